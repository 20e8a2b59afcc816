"""A wheel of this project as a user gets it: built without the compiled twin, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


PACKAGES = ("autograd", "nn", "viz")
NOT_SOURCE = shutil.ignore_patterns("*.so", "*.pyd", "*.c", "__pycache__")


def build_wheel(folder: Path) -> Path:
    """The pure wheel, built in `folder` from a copy of the sources, so that nothing is left in a checkout."""
    source = folder / "source"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=NOT_SOURCE)
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "MANIFEST.in"):
        shutil.copy(ROOT / name, source / name)
    code = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=source, env={**os.environ, "GLASSGRAD_BUILD": "pure"}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def environment_with(wheel: Path, folder: Path) -> Path:
    """The Python of a new environment with the wheel, nothing of this checkout, and what else is installed here."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=60)
    (packages,) = folder.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # a .pth in a folder that a .pth names is not read: an editable installation there stays out of the way
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"
