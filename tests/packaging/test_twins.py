"""The compiled twin and the plain one: which is loaded when, and that they give the same bits."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import setuptools

import autograd
from autograd import twins
from autograd.extensions import CYTHON_ONLY, MODULES

ROOT = Path(__file__).parents[2]

DIGEST = """
import sys
sys.path.insert(0, "tests/engine")
import hashlib, autograd
from autograd import Value, primitives
from autograd.generated import kernels
from autograd.differentiation.nodes import apply_binary, apply_unary
from strategies import ladder, pairs, random_program
from test_random_programs import gradient
import random
for row in primitives.ROWS:
    if row.reduction or len(row.operands) > 2:
        continue
    digest, code = hashlib.sha256(), kernels.NAMES.index(row.name)
    for at in [(x,) for x in ladder()] if len(row.operands) == 1 else pairs():
        z = (apply_unary if len(at) == 1 else apply_binary)(code, *map(Value, at))
        digest.update(repr((z.data, z.partials)).encode())
    print(row.name, digest.hexdigest()[:16])
programs = [random_program(random.Random(seed)) for seed in range(200)]
print("programs", hashlib.sha256(repr([gradient(program) for program in programs]).encode()).hexdigest()[:16])
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "GLASSGRAD_PURE"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**inherited, **environment}, capture_output=True, text=True
    )


def test_the_environment_asks_for_the_plain_twin():
    done = run("import autograd; print(autograd.COMPILED, autograd.value.__file__[-3:])", GLASSGRAD_PURE="1")
    assert done.stdout.split() == ["False", ".py"], done.stderr


@pytest.mark.parametrize("nothing", ["", "0"])
def test_an_empty_wish_is_none(nothing):
    wished, usual = (
        run("import autograd; print(autograd.COMPILED)", **env).stdout for env in ({"GLASSGRAD_PURE": nothing}, {})
    )
    assert wished == usual


def test_the_one_asked_for_is_the_one_loaded_here():
    if os.environ.get("GLASSGRAD_PURE", "0") not in ("", "0"):
        assert not autograd.COMPILED


def test_both_twins_give_the_same_bits():
    if "True" not in run("import autograd; print(autograd.COMPILED)").stdout:
        pytest.skip("nothing is compiled")
    compiled, plain = run(DIGEST), run(DIGEST, GLASSGRAD_PURE="1")
    assert compiled.returncode == plain.returncode == 0, compiled.stderr + plain.stderr
    assert compiled.stdout.splitlines() == plain.stdout.splitlines()


def files(folder: Path, *, source: float, built: float | None) -> None:
    (folder / "autograd").mkdir()
    (folder / "pyproject.toml").touch()
    for module in (*MODULES, *CYTHON_ONLY):
        path = folder / "autograd" / (module + (".pyx" if module in CYTHON_ONLY else ".py"))
        path.parent.mkdir(exist_ok=True, parents=True)
        path.touch()
        os.utime(path, (source, source))
        if built is not None:
            extension = path.with_name(path.stem + twins.importlib.machinery.EXTENSION_SUFFIXES[0])
            extension.touch()
            os.utime(extension, (built, built))


@pytest.mark.parametrize(
    ("source", "built", "stale"), [(200.0, 100.0, True), (100.0, 200.0, False), (200.0, None, False)]
)
def test_an_extension_older_than_its_source_is_stale(monkeypatch, tmp_path, source, built, stale):
    files(tmp_path, source=source, built=built)
    monkeypatch.setattr(twins, "HERE", tmp_path / "autograd")
    assert bool(twins._stale(twins._files())) is stale


def test_kernels_generated_after_the_build_make_every_extension_stale(monkeypatch, tmp_path):
    files(tmp_path, source=100.0, built=200.0)
    monkeypatch.setattr(twins, "HERE", tmp_path / "autograd")
    assert twins._stale(twins._files()) == []
    (tmp_path / "autograd" / "generated" / "kernels.h").touch()
    assert len(twins._stale(twins._files())) == len((*MODULES, *CYTHON_ONLY))


def test_every_extension_is_built_again_when_the_kernels_are_newer(monkeypatch):
    asked: dict[str, Any] = {}
    monkeypatch.setattr(setuptools, "setup", asked.update)
    runpy.run_path(str(ROOT / "setup.py"))
    built = {extension.name: extension for extension in asked["ext_modules"]}
    for module in (*MODULES, *CYTHON_ONLY):
        assert "autograd/generated/kernels.h" in built[f"autograd.{module.replace('/', '.')}"].depends, module


def test_a_missing_extension_has_all_of_them_passed_over(monkeypatch, tmp_path):
    files(tmp_path, source=100.0, built=200.0)
    next((tmp_path / "autograd").rglob("tape.*so")).unlink()
    monkeypatch.setattr(twins, "HERE", tmp_path / "autograd")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delenv("GLASSGRAD_PURE", raising=False)
    with pytest.warns(RuntimeWarning, match=r"tape was not built"):
        twins.choose()
    assert sys.meta_path[0] is twins._SourceOnly


def test_a_stale_extension_is_passed_over_with_a_warning(monkeypatch, tmp_path):
    files(tmp_path, source=200.0, built=100.0)
    monkeypatch.setattr(twins, "HERE", tmp_path / "autograd")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delenv("GLASSGRAD_PURE", raising=False)
    with pytest.warns(RuntimeWarning, match=r"changed after the compiled twin was built.*pip install"):
        twins.choose()
    assert sys.meta_path[0] is twins._SourceOnly


def test_an_installation_is_never_asked_for_dates(monkeypatch, tmp_path):
    files(tmp_path, source=200.0, built=100.0)
    (tmp_path / "pyproject.toml").unlink()
    monkeypatch.setattr(twins, "HERE", tmp_path / "autograd")
    assert twins._stale(twins._files()) == []
