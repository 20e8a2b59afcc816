"""The C mathematics library as IEEE 754 has it: inf or nan where Python's `math` and `/` raise.

The plain twin and every function of plain floats compute with these; the compiled twin calls the same C library
directly, so both give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from math import atan, atan2, cbrt, copysign, erf, erfc, fabs, inf, isinf, isnan, nan, tanh

__all__ = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "copysign", "cos", "cosh", "div", "erf",
    "erfc", "exp", "expm1", "fabs", "floor", "fmod", "hypot", "log", "log10", "log1p", "log2", "pow", "rint", "sin",
    "sinh", "sqrt", "tan", "tanh", "trunc",
]  # fmt: skip

asinh = math.asinh


def hypot(x: float, y: float) -> float:
    """sqrt(x * x + y * y), inf where that overflows: by way of complex, as `math.hypot` is not the C library's."""
    try:
        return abs(complex(x, y))
    except OverflowError:
        return inf


def div(x: float, y: float) -> float:
    """x / y; inf with the product of the signs where only y is 0, nan for 0 / 0."""
    try:
        return x / y
    except ZeroDivisionError:
        return nan if x == 0 or isnan(x) else copysign(inf, x) * copysign(1.0, y)


def _nan_outside(f: Callable[[float], float]) -> Callable[[float], float]:
    def function(x: float) -> float:
        try:
            return f(x)
        except ValueError:
            return nan

    return function


def _limit_at(pole: float, limit: float, f: Callable[[float], float]) -> Callable[[float], float]:
    def function(x: float) -> float:
        try:
            return f(x)
        except ValueError:
            return limit if x == pole else nan

    return function


def _inf_beyond(f: Callable[[float], float], *, odd: bool = False) -> Callable[[float], float]:
    def function(x: float) -> float:
        try:
            return f(x)
        except OverflowError:
            return copysign(inf, x) if odd else inf

    return function


def _whole(f: Callable[[float], int]) -> Callable[[float], float]:
    def function(x: float) -> float:
        return copysign(float(f(x)), x) if -4503599627370496.0 < x < 4503599627370496.0 else x  # beyond 2**52 all are

    return function


exp = _inf_beyond(math.exp)
expm1 = _inf_beyond(math.expm1)
cosh = _inf_beyond(math.cosh)
sinh = _inf_beyond(math.sinh, odd=True)
log = _limit_at(0.0, -inf, math.log)
log2 = _limit_at(0.0, -inf, math.log2)
log10 = _limit_at(0.0, -inf, math.log10)
log1p = _limit_at(-1.0, -inf, math.log1p)
sqrt = _nan_outside(math.sqrt)
sin = _nan_outside(math.sin)
cos = _nan_outside(math.cos)
tan = _nan_outside(math.tan)
asin = _nan_outside(math.asin)
acos = _nan_outside(math.acos)
acosh = _nan_outside(math.acosh)
floor = _whole(math.floor)
ceil = _whole(math.ceil)
trunc = _whole(math.trunc)
rint = _whole(round)


def atanh(x: float) -> float:
    """The inverse hyperbolic tangent; inf with the sign of x at the poles, nan beyond them."""
    return copysign(inf, x) if x == 1 or x == -1 else _atanh(x)


_atanh = _nan_outside(math.atanh)


def fmod(x: float, y: float) -> float:
    """The remainder with the sign of x; nan for y = 0 and for an infinite x."""
    try:
        return math.fmod(x, y)
    except ValueError:
        return nan


def pow(x: float, y: float) -> float:
    """x to the power y as C99 has it: never complex, inf at poles and beyond the range of a float."""
    try:
        return math.pow(x, y)
    except OverflowError:
        return -inf if x < 0 and y % 2 == 1 else inf
    except ValueError:  # a pole at 0, or no real power of a negative number
        if x != 0:
            return nan
        return copysign(inf, x) if not isinf(y) and y % 2 == 1 else inf
