"""Imports run one way: no module needs one that is built on it, not even inside a function; NumPy comes late."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import nn

ROOT = Path(__file__).parents[2]


def modules(*packages: str) -> dict[str, Path]:
    paths = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


def imported(text: str, known: dict[str, Path]) -> set[str]:
    """The modules that a source imports, those that it gets the C names of included."""
    found = set()
    tree = ast.parse(text)
    for_checkers = [node for node in tree.body if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    tree.body = [node for node in tree.body if node not in for_checkers]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = node.module.removeprefix("cython.cimports.")
            inner = [f"{module}.{alias.name}" for alias in node.names]
            found.update(name if name in known else module for name in inner)
    return found & set(known)


UPWARD = ("autograd.display", "viz.notebook")  # the one import that may lead up: pictures for notebooks


@pytest.mark.program
def test_imports_run_one_way():
    known = modules("autograd", "nn", "viz")
    graph = {name: imported(path.read_text(encoding="utf-8"), known) - {name} for name, path in known.items()}
    graph[UPWARD[0]].remove(UPWARD[1])
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which shows the circle


@pytest.mark.parametrize("module", ["autograd", "nn", "viz", "nn.__main__", "nn.commands.draw"])
def test_numpy_is_imported_by_what_needs_it(module):
    program = f"import sys, {module}; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_nn_imports_late_is_there():
    assert set(nn.__all__) <= set(dir(nn))
    assert all(getattr(nn, name) is not None for name in nn.__all__)
    with pytest.raises(AttributeError, match="module 'nn' has no attribute 'fitt'"):
        _ = nn.fitt


def test_nn_stays_easy_to_survey():
    assert len(list((ROOT / "nn").glob("*.py"))) <= 20
