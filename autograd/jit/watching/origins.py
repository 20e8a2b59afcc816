"""Whose code it is: the engine's, the networks', the standard library's, an installed package's, or the user's.

What the user's code and an installed package's name is watched. The standard library and NumPy are taken to be what
they were, but for the state that they keep in the user's objects, and what they draw, read or ask outside.
"""

from __future__ import annotations

import functools
import os
import sys
import types
from typing import Any

ENGINE, NETWORKS, STANDARD, LIBRARY, USER = range(5)

_HERE = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3)) + os.sep  # what holds the packages
_STANDARD = os.path.dirname(os.__file__)  # as `sysconfig` has it, which takes long to import
_NUMPY = os.sep + "numpy" + os.sep
_SITE = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


@functools.lru_cache(maxsize=4096)
def origin_of_file(path: str) -> int:
    """Whose the code is that was compiled from this file."""
    if path.startswith(_HERE):
        package = path[len(_HERE) :].split(os.sep)[0]
        if package == "autograd":
            return ENGINE
        if package in ("nn", "viz"):
            return NETWORKS
    if any(site in path for site in _SITE):
        return STANDARD if _NUMPY in path else LIBRARY
    if path.startswith("<frozen ") or path.startswith(_STANDARD):
        return STANDARD
    return USER


def origin_of_module(name: Any) -> int:
    """Whose a module is, by its name."""
    top = name.partition(".")[0] if isinstance(name, str) else ""
    if top in ("autograd", "nn", "viz"):
        return ENGINE if top == "autograd" else NETWORKS
    if top == "numpy" or (top in sys.stdlib_module_names and top != "__main__"):
        return STANDARD
    module = sys.modules.get(top)
    path = vars(module).get("__file__") if isinstance(module, types.ModuleType) else None
    return origin_of_file(path) if isinstance(path, str) else USER
