"""What counts as a number: anything real with `__float__`, converted once, at the door."""

from __future__ import annotations

import sys
from typing import Any


class LostDerivativeError(TypeError):
    """The float of a Value was asked for where its derivative was wanted."""


def number(x: Any) -> float:
    """`x` as a Python float.

    Accepts int, bool, float, NumPy scalars and 0-d arrays, `Fraction`, `Decimal` and whatever else is one real number.

    Raises:
        TypeError: for strings, bytes, None, complex numbers, sequences and arrays, naming what came.
        OverflowError: for an integer too large for a float.
    """
    if isinstance(x, float):
        return float(x)
    ndim = getattr(x, "ndim", None)
    if ndim == 0 and getattr(getattr(x, "dtype", None), "kind", "") == "O":
        x = x.item()
        if hasattr(x, "__array_ufunc__"):  # a Value, whose derivative would be lost: the array's operators know how
            raise TypeError(f"expected a real number, got a {_described(x)} in an array; take it out with item()")
    if ndim or isinstance(x, str | bytes | bytearray | complex) or not hasattr(x, "__float__"):
        raise TypeError(f"expected a real number, got {_described(x)}")
    try:
        return float(x)
    except OverflowError:
        raise OverflowError(f"this {type(x).__name__} is too large for a float (the largest is 1.8e308)") from None
    except LostDerivativeError:
        raise
    except (TypeError, ValueError):
        raise TypeError(f"expected a real number, got {_described(x)}") from None


def _described(x: Any) -> str:
    if getattr(x, "ndim", 0):
        return f"an array of shape {x.shape}: make one Value of each element"
    if isinstance(x, str | bytes):
        return f"{type(x).__name__} {x[:20]!r}"
    if isinstance(x, list | tuple | dict | set):
        return f"a {type(x).__name__}: make one Value of each element"
    return "None" if x is None else type(x).__name__


# Functions of `statistics`, and what takes a list xs of Values in their stead.
_OF_VALUES = {
    "mean": "autograd.mean(xs)",
    "variance": "autograd.sum((x - m) ** 2 for x in xs) / (len(xs) - 1) with m = autograd.mean(xs)",
    "pvariance": "autograd.mean((x - m) ** 2 for x in xs) with m = autograd.mean(xs)",
    "stdev": "(autograd.sum((x - m) ** 2 for x in xs) / (len(xs) - 1)) ** 0.5 with m = autograd.mean(xs)",
    "pstdev": "autograd.mean((x - m) ** 2 for x in xs) ** 0.5 with m = autograd.mean(xs)",
    "harmonic_mean": "len(xs) / autograd.sum(1 / x for x in xs)",
}


def no_ratio() -> TypeError:
    """The error to raise where the exact ratio of a Value is asked for: what to use, by the name of who asks."""
    frame: Any = sys._getframe(1)
    name = ""
    while frame is not None and not (name and frame.f_globals.get("__name__") != "statistics"):
        if frame.f_globals.get("__name__") == "statistics":
            name = frame.f_code.co_name
        frame = frame.f_back
    if not name:
        return TypeError("a Value is no exact ratio of integers, which would lose its derivative; v.data has one")
    instead = _OF_VALUES.get(name, "operators, autograd.mean and autograd.sum")
    return TypeError(
        f"statistics.{name} computes with exact ratios of integers, which would lose the derivatives of Values; "
        f"instead, write {instead}"
    )
