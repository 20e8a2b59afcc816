"""What is shipped: the files of a wheel and of an sdist, how a build fails, and a pytest that stays quick."""

from __future__ import annotations

import importlib.machinery
import os
import re
import runpy
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from pathlib import Path

import pytest
import setuptools
from wheels import NOT_SOURCE, PACKAGES, ROOT, build_sdist, build_wheel, copy_of_sources, environment_with

from autograd import COMPILED

pytestmark = pytest.mark.release

SHIPPED = {f".{kind}" for kind in "py pyi typed h pxd pyx html css js md wasm sources c txt".split()}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def sources(folder: Path = ROOT) -> set[str]:
    """Every file of the packages that is source, as paths."""
    found = set()
    for package in PACKAGES:
        for path in (folder / package).rglob("*"):
            if path.is_file() and not NOT_SOURCE(str(path.parent), [path.name]) and "__pycache__" not in path.parts:
                found.add(path.relative_to(folder).as_posix())
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build_sdist(tmp_path_factory.mktemp("sdist"))


def test_a_wheel_has_every_source_file_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names - {"pytest_glassgrad.py"} == sources()
    assert {Path(name).suffix for name in names} <= SHIPPED, "a new kind of file: name it in package-data too"


def test_a_pure_wheel_is_for_every_platform_and_runs(wheel, tmp_path):
    assert wheel.name.endswith("-py3-none-any.whl")
    python = environment_with(wheel, tmp_path / "venv")
    code = "import autograd, nn, viz; print(autograd.COMPILED, autograd.__file__)"
    done = subprocess.run([str(python), "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=100)
    compiled, path = done.stdout.split()
    assert compiled == "False"
    assert Path(path).is_relative_to(tmp_path)
    assert done.stderr == ""


def test_a_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        metadata = archive.read(name).decode()
    assert "Requires-Python: >=3.11" in metadata
    assert "License-Expression: MIT" in metadata
    assert "Classifier: Typing :: Typed" in metadata


def test_an_sdist_has_what_the_tests_and_the_documentation_need(sdist):
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert sources() <= names
    for folder in ("tests", "docs", "examples", "benchmarks"):
        wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.*") if path.is_file()}
        assert {name for name in wanted if "__pycache__" not in name} <= names
    assert {"setup.py", "pyproject.toml", "mkdocs.yml", "CHANGELOG.md", "RELEASING.md", "pytest_glassgrad.py"} <= names
    assert not {name for name in names if name.endswith((*importlib.machinery.EXTENSION_SUFFIXES, ".c", ".pyc"))}


def test_what_is_asked_of_a_build_is_known_or_refused(monkeypatch):
    asked: dict = {}
    monkeypatch.setattr(setuptools, "setup", asked.update)
    monkeypatch.setenv("GLASSGRAD_BUILD", "pure")
    runpy.run_path(str(ROOT / "setup.py"))
    assert asked["ext_modules"] == []
    monkeypatch.setenv("GLASSGRAD_BUILD", "compiled")
    runpy.run_path(str(ROOT / "setup.py"))
    assert len(asked["ext_modules"]) > 20
    monkeypatch.setenv("GLASSGRAD_BUILD", "fast")
    with pytest.raises(SystemExit, match="pure or compiled"):
        runpy.run_path(str(ROOT / "setup.py"))


@pytest.mark.parametrize(("wanted", "code"), [("compiled", 1), ("", 0)])
def test_a_failing_compiler_fails_a_build_only_where_the_compiled_twin_was_asked_for(wanted, code, tmp_path):
    environment = {**os.environ, "GLASSGRAD_BUILD": wanted, "CC": str(tmp_path / "no-such-compiler")}
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", "build_ext", "--inplace"],
        cwd=copy_of_sources(tmp_path), env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert not list(tmp_path.rglob("*.so"))
    assert ("the plain twin will be used" in done.stderr) == (not wanted)


@pytest.mark.skipif(not COMPILED, reason="needs the compiled twin")
@pytest.mark.parametrize("changed", [None, "autograd/generated/kernels.h"])
def test_an_editable_installation_compiles_only_where_something_changed(changed, tmp_path):
    source = copy_of_sources(tmp_path)
    for built in (ROOT / "autograd").rglob(f"*{importlib.machinery.EXTENSION_SUFFIXES[0]}"):
        shutil.copy(built, source / built.relative_to(ROOT))  # of now: newer than the sources, which keep their dates
    if changed:
        later = time.time() + 10
        os.utime(source / changed, (later, later))
    code = f"from setuptools import build_meta; build_meta.build_editable({str(tmp_path)!r})"
    environment = {**os.environ, "GLASSGRAD_BUILD": "compiled", "CC": str(tmp_path / "no-such-compiler")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source, env=environment, capture_output=True, text=True, timeout=300
    )
    assert (done.returncode == 0) == (changed is None), done.stderr


def test_versions_agree():
    import autograd

    assert PROJECT["project"]["version"] == autograd.__version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[:1] in (["Unreleased"], [autograd.__version__])


def test_pytest_loads_the_engine_only_when_asked(wheel, tmp_path):
    python = environment_with(wheel, tmp_path / "venv")
    (tmp_path / "test_nothing.py").write_text(
        "import sys\ndef test_nothing(pytestconfig):\n"
        "    assert pytestconfig.pluginmanager.has_plugin('glassgrad')\n"
        "    assert not {'autograd', 'nn', 'viz', 'numpy'} & set(sys.modules)\n"
    )
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stdout + done.stderr
