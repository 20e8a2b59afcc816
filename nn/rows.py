"""One row of inputs: what a layer takes, and the words for what it does not.

Lengths are checked before a layer computes. Items are looked at only after the engine has refused one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd import Value


def checked_row(x: Any, nin: int, where: str) -> list[Any]:
    """`x` as a list of `nin` items, which are not looked at."""
    if type(x) is not list:
        x = _listed(x, nin, where)
    if len(x) != nin:
        raise ValueError(f"{where} takes {_inputs(nin)}, got {len(x)}")
    return x


def _listed(x: Any, nin: int, where: str) -> list[Any]:
    if getattr(x, "ndim", 1) > 1:
        raise ValueError(f"{where} takes one row of {_inputs(nin)}, got shape {x.shape}; call it row by row")
    if hasattr(x, "tolist"):
        x = x.tolist()  # Python floats are faster than NumPy's in everything that follows
    if nin == 1 and isinstance(x, (Value, int, float)):
        return [x]
    if isinstance(x, (Value, str, bytes, dict, set, frozenset)) or not hasattr(x, "__iter__"):
        raise TypeError(f"{where} takes a row of {_inputs(nin)} such as a list, got {type(x).__name__}")
    return [*x]


def explained(error: TypeError, row: Sequence[Any], where: str) -> TypeError:
    """A better message when an input is to blame for `error`, else `error` itself."""
    for i, item in enumerate(row):
        if isinstance(item, (str, bytes, complex)) or not hasattr(item, "__float__") or getattr(item, "ndim", 0):
            kind = type(item).__name__
            several = hasattr(item, "__len__") and not isinstance(item, (str, bytes))
            hint = "; it takes one row a call" if several else ""
            return TypeError(f"{where} takes numbers and Values, got {kind} as input {i}{hint}")
    return error


def _inputs(nin: int) -> str:
    return "1 input" if nin == 1 else f"{nin} inputs"
