"""A wheel of this project as a user gets it: built without the compiled twin, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


PACKAGES = ("autograd", "nn", "viz")
NOT_SOURCE = shutil.ignore_patterns("*.so", "*.pyd", "*.c", "__pycache__")


FOLDERS = ("tests", "docs", "examples", "benchmarks")
FILES = (
    "pyproject.toml", "setup.py", "pytest_glassgrad.py", "README.md", "LICENSE", "MANIFEST.in", "CHANGELOG.md",
    "CONTRIBUTING.md", "RELEASING.md", "mkdocs.yml",
)  # fmt: skip


def build_wheel(folder: Path) -> Path:
    """The pure wheel, built in `folder`."""
    return _built("build_wheel", PACKAGES, folder)


def build_sdist(folder: Path) -> Path:
    """The sdist, built in `folder`."""
    return _built("build_sdist", (*PACKAGES, *FOLDERS), folder)


def _built(what: str, folders: tuple[str, ...], folder: Path) -> Path:
    code = f"import sys; from setuptools import build_meta; print(build_meta.{what}(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=copy_of_sources(folder, folders),
        env={**os.environ, "GLASSGRAD_BUILD": "pure"}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def copy_of_sources(folder: Path, folders: tuple[str, ...] = PACKAGES) -> Path:
    """Where to build without leaving anything in a checkout, or using what is left there."""
    source = folder / "source"
    for name in folders:
        shutil.copytree(ROOT / name, source / name, ignore=NOT_SOURCE)
    for name in FILES:
        shutil.copy(ROOT / name, source / name)
    return source


def environment_with(wheel: Path, folder: Path) -> Path:
    """The Python of a new environment with the wheel, nothing of this checkout, and what else is installed here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=60)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # a .pth in a folder that a .pth names is not read: an editable installation there stays out of the way
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"
