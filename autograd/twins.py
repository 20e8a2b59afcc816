"""Which twin of the engine is loaded: the compiled one, or the same source as plain Python.

The plain one is taken where nothing was compiled, where GLASSGRAD_PURE is set in the environment, and where a source
file is newer than what was compiled from it: an extension built before an edit would otherwise win the import.
"""

from __future__ import annotations

import importlib.machinery
import os
import sys
import warnings

from autograd.extensions import CYTHON_ONLY, MODULES

HERE = os.path.dirname(__file__)
ALL = (*MODULES, *CYTHON_ONLY)


class _SourceOnly:
    """Finds this package's modules as source files, never as extensions."""

    @staticmethod
    def find_spec(name: str, path=None, target=None):
        package, _, _ = name.rpartition(".")
        if package.split(".")[0] != "autograd" or not path:
            return None
        finder = importlib.machinery.FileFinder(
            str(next(iter(path))), (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)
        )
        return finder.find_spec(name)


def choose() -> None:
    """Arrange for the right twin to be imported; call before any other module of the package is."""
    if os.environ.get("GLASSGRAD_PURE", "0") not in ("", "0"):
        sys.meta_path.insert(0, _SourceOnly)  # type: ignore[arg-type]
    elif reason := _why_not_compiled():
        warnings.warn(
            f"autograd: {reason}; the plain one is loaded. To build it again: pip install -e .",
            RuntimeWarning,
            stacklevel=3,
        )
        sys.meta_path.insert(0, _SourceOnly)  # type: ignore[arg-type]


def _why_not_compiled() -> str:
    """What is wrong with the compiled twin; "" where nothing is, or where there is none."""
    there = _files()
    missing = [module for module in ALL if not _built(module, there)]
    if len(missing) == len(ALL):
        return ""
    if missing:
        return f"{', '.join(missing)} was not built with the rest of the compiled twin"
    stale = _stale(there)
    return f"{', '.join(stale)} changed after the compiled twin was built" if stale else ""


def _files() -> set[str]:
    """The files in the modules' folders, by their paths from here: a folder is read faster than each file is sought."""
    folders = {module.rpartition("/")[0] for module in ALL}
    return {f"{folder}/{name}" if folder else name for folder in folders for name in _names_in(folder)}


def _names_in(folder: str) -> list[str]:
    path = os.path.join(HERE, folder)
    return os.listdir(path) if os.path.isdir(path) else []


def _built(module: str, there: set[str]) -> list[str]:
    return [module + suffix for suffix in importlib.machinery.EXTENSION_SUFFIXES if module + suffix in there]


def _stale(there: set[str]) -> list[str]:
    """The modules whose source is newer; only asked in a checkout, an installation is all of one date."""
    if not os.path.exists(os.path.join(os.path.dirname(HERE), "pyproject.toml")):
        return []
    kernels = _dates(["generated/kernels.h"], there)  # operations by number: mixed up, sums would turn into products
    return [f"{module}.py" for module in ALL if _newer_source(module, there, kernels)]


def _newer_source(module: str, there: set[str], kernels: list[float]) -> bool:
    dates = _dates(_built(module, there), there)
    sources = _dates([module + suffix for suffix in (".py", ".pyx", ".pxd")], there)
    return bool(dates) and max(sources + kernels, default=0.0) > max(dates)


def _dates(paths: list[str], there: set[str]) -> list[float]:
    return [os.path.getmtime(os.path.join(HERE, path)) for path in paths if path in there]
