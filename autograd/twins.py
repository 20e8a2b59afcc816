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
    missing = [module for module in ALL if not _built(module)]
    if len(missing) == len(ALL):
        return ""
    if missing:
        return f"{', '.join(missing)} was not built with the rest of the compiled twin"
    stale = _stale()
    return f"{', '.join(stale)} changed after the compiled twin was built" if stale else ""


def _built(module: str) -> list[str]:
    built = [os.path.join(HERE, module + suffix) for suffix in importlib.machinery.EXTENSION_SUFFIXES]
    return [path for path in built if os.path.exists(path)]


def _stale() -> list[str]:
    """The modules whose source is newer; only asked in a checkout, an installation is all of one date."""
    if not os.path.exists(os.path.join(os.path.dirname(HERE), "pyproject.toml")):
        return []
    return [f"{module}.py" for module in ALL if _newer_source(module)]


def _newer_source(module: str) -> bool:
    dates = [os.path.getmtime(path) for path in _built(module)]
    sources = [os.path.join(HERE, module + suffix) for suffix in (".py", ".pyx", ".pxd")]
    # operations by number: mixed up, sums would turn into products
    sources.append(os.path.join(HERE, "generated", "kernels.h"))
    return bool(dates) and any(os.path.exists(path) and os.path.getmtime(path) > max(dates) for path in sources)
