"""Imports run one way: no module needs one that is built on it, not even inside a function."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[1]


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


def test_imports_run_one_way():
    known = modules("autograd")
    graph = {name: imported(path.read_text(encoding="utf-8"), known) - {name} for name, path in known.items()}
    list(TopologicalSorter(graph).static_order())  # raises CycleError, which shows the circle
