"""Numbers from outside, each with its rule, checked before anything is made of them.

`what` begins each message: who was called, and what the number is there ("fit: l2", "SGD: lr").
"""

from __future__ import annotations

import math
import operator
from typing import Any

from autograd import Value
from nn.wording import shown

MAX_SIZE = 10**6
MAX_PARAMETERS = 10**7  # about 1 GB of Values

_NO_NUMBERS = (str, bytes, bytearray, complex)


def finite(x: Any, what: str, *, plain: bool = False, advice: str = "") -> float:
    """`x` as a finite float; TypeError for what is no real number, ValueError for nan, infinities and huge ints."""
    if type(x) is not float:
        whole, x = hasattr(x, "__index__"), _real(x, what, plain)
        if whole and math.isinf(x):
            raise ValueError(f"{what} is too large for a float{advice}")
    if not math.isfinite(x):
        raise ValueError(f"{what} must be finite, got {x}{advice}")
    return x


def at_least_zero(x: Any, what: str) -> float:
    """`x` as a finite float from 0 on."""
    value = _real(x, what, plain=True)
    if not 0.0 <= value < math.inf:
        raise ValueError(f"{what} must be a number from 0, got {value}")
    return value


def fraction(x: Any, what: str) -> float:
    """`x` as a float from 0 to below 1."""
    value = _real(x, what, plain=True)
    if not 0.0 <= value < 1.0:
        raise ValueError(f"{what} must be at least 0 and below 1, got {value}")
    return value


def count(x: Any, what: str) -> int:
    """`x` as an int from 1 on."""
    value = _whole(x, what)
    if value < 1:
        raise ValueError(f"{what} must be at least 1, got {shown(value)}")
    return value


def size(name: str, value: Any) -> int:
    """`value` as an int in 1..1,000,000; TypeError for anything but a whole number (True is none), else ValueError."""
    value = _whole(value, name)
    if not 1 <= value <= MAX_SIZE:
        shown = value if abs(value) < 10**18 else "a larger number" if value > 0 else "a number far below"
        raise ValueError(f"{name} must be in 1..{MAX_SIZE:,}, got {shown}")
    return value


def check_parameters(name: str, count: int) -> None:
    """ValueError when `count` parameters are more than memory is planned for."""
    if count > MAX_PARAMETERS:
        raise ValueError(f"{name} would have {count:,} parameters; the limit is {MAX_PARAMETERS:,}: narrow the layers")


def _real(x: Any, what: str, plain: bool) -> float:
    """`x` as a float, infinite where no float holds it; where it must be `plain`, True and Values are refused."""
    if isinstance(x, _NO_NUMBERS) or not hasattr(x, "__float__") or (plain and (_is_truth(x) or isinstance(x, Value))):
        value = "" if x is None else f" {shown(x)}"
        raise TypeError(f"{what} must be a number, got {type(x).__name__}{value}")
    try:
        return float(x)
    except OverflowError:
        return math.inf if x > 0 else -math.inf


def _is_truth(x: Any) -> bool:
    """Whether `x` is True or False, Python's or NumPy's."""
    return isinstance(x, bool) or getattr(getattr(x, "dtype", None), "kind", "") == "b"


def _whole(x: Any, what: str) -> int:
    if _is_truth(x) or not hasattr(x, "__index__"):
        raise TypeError(f"{what} must be a whole number, got {type(x).__name__}")
    return operator.index(x)
