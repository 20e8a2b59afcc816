"""What counts as a number: anything real with `__float__`, converted once, at the door."""

from __future__ import annotations

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
    if getattr(getattr(x, "dtype", None), "kind", "") == "O" and not x.ndim:
        x = x.item()
        if hasattr(x, "__array_ufunc__"):  # a Value, whose derivative would be lost: the array's operators know how
            raise TypeError(f"expected a real number, got a {_described(x)} in an array; take it out with item()")
    if isinstance(x, str | bytes | bytearray | complex) or getattr(x, "ndim", 0) or not hasattr(x, "__float__"):
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
