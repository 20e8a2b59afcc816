"""Recorded functions in other processes, in files, and copied with the objects that hold them.

Plain pickle takes a function by its name, and so it does here: `@jit def f` is found as `f`. What is found under
another name or none goes by the function in it. cloudpickle, and with it loky, joblib and Dask, takes functions of the
main program by value, since their names mean nothing where they are going.
"""

from __future__ import annotations

import copy
import sys
from typing import Any


def reduced(jitted: Any) -> Any:
    """What pickle asks for."""
    module, name = getattr(jitted, "__module__", None), getattr(jitted, "__qualname__", "")
    by_value = module in ("__main__", "__mp_main__") and _pickler_takes_functions_by_value()
    if not by_value and _found(module, name) is jitted:
        return name
    return type(jitted), (jitted.f, jitted.settings)


def copied(jitted: Any, memo: dict[int, Any]) -> Any:
    """A deep copy: of a method of the copied object, a recorded method of the copy; functions are not copied."""
    new = memo[id(jitted)] = object.__new__(type(jitted))
    f = copy.deepcopy(jitted.f, memo)
    if f is jitted.f:
        memo[id(jitted)] = jitted
        return jitted
    new.__init__(f, jitted.settings)
    return new


def _found(module: str | None, name: str) -> Any:
    """What the name leads to, None where it leads nowhere."""
    found: Any = sys.modules.get(module or "")
    for part in name.split("."):
        found = getattr(found, part, None)
    return found


def _pickler_takes_functions_by_value() -> bool:
    frame: Any = sys._getframe(1)
    while frame is not None:
        if "cloudpickle" in str(frame.f_globals.get("__name__")).split("."):
            return True
        frame = frame.f_back
    return False
