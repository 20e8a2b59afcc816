"""What the derivatives should be: 50-digit arithmetic (mpmath), independent of the table under test.

Every operation is written down here once more, from a book of formulas: its value and its partials, with nothing taken
from `autograd`. Cancellation costs nothing at 50 digits, so the formulas are the plain ones. `test_oracles.py` holds
them against differences of the values.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

mp.dps = 50

Function = Callable[..., mpf]


def _mod(x: mpf, y: mpf) -> mpf:
    remainder = Fraction(float(x)) % Fraction(float(y))
    return mpf(remainder.numerator) / remainder.denominator


def _fmod(x: mpf, y: mpf) -> mpf:
    remainder = abs(Fraction(float(x))) % abs(Fraction(float(y)))
    return mpmath.sign(x) * mpf(remainder.numerator) / remainder.denominator


def _floor_quotient(x: mpf, y: mpf) -> mpf:
    return mpf(Fraction(float(x)) // Fraction(float(y)))


def _nearest(x: mpf) -> mpf:
    return mpf(round(Fraction(float(x))))


def _power_dy(x: mpf, y: mpf) -> mpf:
    return mpf(0) if x == 0 and y >= 0 else x**y * mpmath.log(x)


def _power_dx(x: mpf, y: mpf) -> mpf:
    return mpf(0) if y == 0 else y * x ** (y - 1)


def _sigmoid(x: mpf) -> mpf:
    return 1 / (1 + mpmath.exp(-x))


def _sigmoid_dx(x: mpf) -> mpf:
    return mpmath.exp(-abs(x)) / (1 + mpmath.exp(-abs(x))) ** 2


def _density(x: mpf) -> mpf:
    return mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mp.pi)


def _distribution(x: mpf) -> mpf:
    return mpmath.erfc(-x / mpmath.sqrt(2)) / 2


_ROOT_8_PI = mpmath.sqrt(8 / mp.pi)
_CUBIC = mpf("0.044715")


def _angle(x: mpf) -> mpf:
    return _ROOT_8_PI * (x + _CUBIC * x**3)


def _angle_dx(x: mpf) -> mpf:
    return _ROOT_8_PI * (1 + 3 * _CUBIC * x**2)


def _tanh_slope(x: mpf) -> mpf:
    return _sigmoid(_angle(x)) + x * _angle_dx(x) * _sigmoid_dx(_angle(x))


def _tanh_bend(x: mpf) -> mpf:
    bend = 2 * _angle_dx(x) + 6 * _ROOT_8_PI * _CUBIC * x * x
    return _sigmoid_dx(_angle(x)) * (bend - x * _angle_dx(x) ** 2 * mpmath.tanh(_angle(x) / 2))


def _silu_bend(x: mpf) -> mpf:
    return _sigmoid_dx(x) * (2 - x * mpmath.tanh(x / 2))


_GELU_ZERO = mpmath.findroot(lambda x: _distribution(x) + x * _density(x), -0.75)
_TANH_ZERO = mpmath.findroot(_tanh_slope, -0.75)
_SILU_ZERO = mpmath.findroot(lambda x: 1 + x + mpmath.exp(x), -1.28)


def _square_sum(x: mpf, y: mpf) -> mpf:
    return x * x + y * y


def _zero(*_: mpf) -> mpf:
    return mpf(0)


def _one(*_: mpf) -> mpf:
    return mpf(1)


# fmt: off
ORACLES: dict[str, tuple[Function, ...]] = {  # the value, then the partial in each operand
    "add": (lambda x, y: x + y, _one, _one),
    "sub": (lambda x, y: x - y, _one, lambda x, y: mpf(-1)),
    "mul": (lambda x, y: x * y, lambda x, y: y, lambda x, y: x),
    "div": (lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y**2),
    "neg": (lambda x: -x, lambda x: mpf(-1)),
    "pow": (lambda x, y: x**y, _power_dx, _power_dy),
    "powc": (lambda x, y: x**y, _power_dx, _zero),
    "mod": (_mod, _one, lambda x, y: -_floor_quotient(x, y)),
    "floordiv": (_floor_quotient, _zero, _zero),
    "square": (lambda x: x * x, lambda x: 2 * x),
    "reciprocal": (lambda x: 1 / x, lambda x: -1 / x**2),
    "sqrt": (mpmath.sqrt, lambda x: 1 / (2 * mpmath.sqrt(x))),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), lambda x: 1 / (3 * mpmath.cbrt(abs(x)) ** 2)),
    "exp": (mpmath.exp, mpmath.exp),
    "expm1": (mpmath.expm1, mpmath.exp),
    "log": (mpmath.log, lambda x: 1 / x),
    "log2": (lambda x: mpmath.log(x) / mpmath.log(2), lambda x: 1 / (x * mpmath.log(2))),
    "log10": (lambda x: mpmath.log(x) / mpmath.log(10), lambda x: 1 / (x * mpmath.log(10))),
    "log1p": (mpmath.log1p, lambda x: 1 / (1 + x)),
    "sin": (mpmath.sin, mpmath.cos),
    "cos": (mpmath.cos, lambda x: -mpmath.sin(x)),
    "tan": (mpmath.tan, lambda x: 1 / mpmath.cos(x) ** 2),
    "asin": (mpmath.asin, lambda x: 1 / mpmath.sqrt(1 - x * x)),
    "acos": (mpmath.acos, lambda x: -1 / mpmath.sqrt(1 - x * x)),
    "atan": (mpmath.atan, lambda x: 1 / (1 + x * x)),
    "sinh": (mpmath.sinh, mpmath.cosh),
    "cosh": (mpmath.cosh, mpmath.sinh),
    "tanh": (mpmath.tanh, lambda x: 1 / mpmath.cosh(x) ** 2),
    "asinh": (mpmath.asinh, lambda x: 1 / mpmath.sqrt(1 + x * x)),
    "acosh": (mpmath.acosh, lambda x: 1 / mpmath.sqrt(x * x - 1)),
    "atanh": (mpmath.atanh, lambda x: 1 / (1 - x * x)),
    "sigmoid": (_sigmoid, _sigmoid_dx),
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), _sigmoid),
    "relu": (lambda x: x if x > 0 else mpf(0), lambda x: mpf(x > 0)),
    "leaky_relu": (lambda x, y: x if x > 0 else x * y, lambda x, y: mpf(1) if x > 0 else y,
                   lambda x, y: mpf(0) if x > 0 else x),
    "elu": (lambda x, y: x if x > 0 else y * mpmath.expm1(x), lambda x, y: mpf(1) if x > 0 else y * mpmath.exp(x),
            lambda x, y: mpf(0) if x > 0 else mpmath.expm1(x)),
    "gelu": (lambda x: x * _distribution(x), lambda x: _distribution(x) + x * _density(x)),
    "gelu_tanh": (lambda x: x * _sigmoid(_angle(x)), _tanh_slope),
    "silu": (lambda x: x * _sigmoid(x), lambda x: _sigmoid(x) + x * _sigmoid_dx(x)),
    "erf": (mpmath.erf, lambda x: 2 * mpmath.exp(-x * x) / mpmath.sqrt(mp.pi)),
    "erfc": (mpmath.erfc, lambda x: -2 * mpmath.exp(-x * x) / mpmath.sqrt(mp.pi)),
    "abs": (abs, mpmath.sign),
    "sign": (mpmath.sign, _zero),
    "floor": (mpmath.floor, _zero),
    "ceil": (mpmath.ceil, _zero),
    "round": (_nearest, _zero),
    "trunc": (lambda x: mpmath.sign(x) * mpmath.floor(abs(x)), _zero),
    "detach": (lambda x: x, _zero),
    "identity": (lambda x: x, _one),
    "maximum": (max, lambda x, y: mpf(x > y), lambda x, y: mpf(x < y)),
    "minimum": (min, lambda x, y: mpf(x < y), lambda x, y: mpf(x > y)),
    "atan2": (mpmath.atan2, lambda x, y: y / _square_sum(x, y), lambda x, y: -x / _square_sum(x, y)),
    "hypot": (lambda x, y: mpmath.sqrt(_square_sum(x, y)), lambda x, y: x / mpmath.sqrt(_square_sum(x, y)),
              lambda x, y: y / mpmath.sqrt(_square_sum(x, y))),
    "clip": (lambda x, lo, hi: min(max(x, lo), hi), lambda x, lo, hi: mpf(lo <= x <= hi), lambda x, lo, hi: mpf(x < lo),
             lambda x, lo, hi: mpf(x > hi)),
    "where": (lambda c, x, y: x if c else y, _zero, lambda c, x, y: mpf(c != 0), lambda c, x, y: mpf(c == 0)),
    "sech2": (lambda x: 1 / mpmath.cosh(x) ** 2, lambda x: -2 * mpmath.sinh(x) / mpmath.cosh(x) ** 3),
    "sigmoid_dx": (_sigmoid_dx, lambda x: -_sigmoid_dx(x) * mpmath.tanh(x / 2)),
    "pow_dx": (_power_dx, lambda x, y: mpf(0) if y in (0, 1) else y * (y - 1) * x ** (y - 2),
               lambda x, y: x ** (y - 1) * (1 + (y * mpmath.log(x) if y else 0))),
    "pow_dy": (_power_dy, lambda x, y: x ** (y - 1) * (1 + y * mpmath.log(x)), lambda x, y: x**y * mpmath.log(x) ** 2),
    "atan2_dx": (lambda x, y: y / _square_sum(x, y), lambda x, y: -2 * x * y / _square_sum(x, y) ** 2,
                 lambda x, y: (x * x - y * y) / _square_sum(x, y) ** 2),
    "hypot_dx": (lambda x, y: x / mpmath.sqrt(_square_sum(x, y)),
                 lambda x, y: y * y / mpmath.sqrt(_square_sum(x, y)) ** 3,
                 lambda x, y: -x * y / mpmath.sqrt(_square_sum(x, y)) ** 3),
    "gelu_dx": (lambda x: _distribution(x) + x * _density(x), lambda x: _density(x) * (2 - x * x)),
    "gelu_rise": (lambda x: _distribution(x + _GELU_ZERO) + (x + _GELU_ZERO) * _density(x + _GELU_ZERO),
                  lambda x: _density(x + _GELU_ZERO) * (2 - (x + _GELU_ZERO) ** 2)),
    "gelu_tanh_dx": (_tanh_slope, _tanh_bend),
    "gelu_tanh_rise": (lambda x: _tanh_slope(x + _TANH_ZERO), lambda x: _tanh_bend(x + _TANH_ZERO)),
    "silu_dx": (lambda x: _sigmoid(x) + x * _sigmoid_dx(x), _silu_bend),
    "silu_rise": (lambda x: 1 + x + _SILU_ZERO + mpmath.exp(x + _SILU_ZERO), lambda x: 1 + mpmath.exp(x + _SILU_ZERO)),
    "gauss_times": (lambda x, y: y * mpmath.exp(-x * x), lambda x, y: -2 * x * y * mpmath.exp(-x * x),
                    lambda x, y: mpmath.exp(-x * x)),
    "normal_pdf_times": (lambda x, y: y * _density(x), lambda x, y: -x * y * _density(x), lambda x, y: _density(x)),
    "mills": (lambda x: _distribution(-1 / mpmath.sqrt(x)) / mpmath.sqrt(x) / _density(1 / mpmath.sqrt(x)),
              lambda x: mpmath.diff(ORACLES["mills"][0], x)),
    "gelu_reach": (lambda x: 1 + x * _angle_dx(x), lambda x: _angle_dx(x) + 6 * _ROOT_8_PI * _CUBIC * x * x),
    "gelu_bend": (lambda x: 2 * _angle_dx(x) + 6 * _ROOT_8_PI * _CUBIC * x * x, lambda x: 24 * _ROOT_8_PI * _CUBIC * x),
    "tilted": (lambda x, y, low: x * (x + y + low) / (1 + x) ** 2,
               lambda x, y, low: (2 * x + (y + low) * (1 - x)) / (1 + x) ** 3,
               lambda x, y, low: x / (1 + x) ** 2, lambda x, y, low: x / (1 + x) ** 2),
    "small_expm1": (mpmath.expm1, mpmath.exp),
    "times_square": (lambda x, y: x * y * y, lambda x, y: y * y, lambda x, y: 2 * x * y),
    "normal_pdf": (_density, lambda x: -x * _density(x)),
    "normal_cdf": (_distribution, _density),
    "gelu_angle": (_angle, _angle_dx),
    "gelu_angle_dx": (_angle_dx, lambda x: 6 * _ROOT_8_PI * _CUBIC * x),
    "gelu_factor": (lambda x: 1 + _CUBIC * x * x, lambda x: 2 * _CUBIC * x),
    "leaky_relu_dy": (lambda x: mpf(0) if x > 0 else x, lambda x: mpf(x <= 0)),
    "elu_dy": (lambda x: mpf(0) if x > 0 else mpmath.expm1(x), lambda x: mpf(0) if x > 0 else mpmath.exp(x)),
    "lt": (lambda x, y: mpf(x < y), _zero, _zero),
    "le": (lambda x, y: mpf(x <= y), _zero, _zero),
    "gt": (lambda x, y: mpf(x > y), _zero, _zero),
    "ge": (lambda x, y: mpf(x >= y), _zero, _zero),
    "eq": (lambda x, y: mpf(x == y), _zero, _zero),
    "ne": (lambda x, y: mpf(x != y), _zero, _zero),
    "fmod": (_fmod, _one, lambda x, y: -(x - _fmod(x, y)) / y),
    "copysign": (lambda x, y: abs(x) * (1 if y > 0 else -1), lambda x, y: mpf(1 if x * y > 0 else -1), _zero),
    "norm_share": (lambda x, y: x / y, lambda x, y: 1 / y, lambda x, y: -x / y**2),
    "chosen": (lambda x, y: x * y, lambda x, y: y if x else mpf(0), lambda x, y: x),
    "exp_below": (lambda x, y: mpmath.exp(x - y), lambda x, y: mpmath.exp(x - y), lambda x, y: -mpmath.exp(x - y)),
    "sigmoid_of_sum": (lambda x, y: _sigmoid(x + y), lambda x, y: _sigmoid_dx(x + y), lambda x, y: _sigmoid_dx(x + y)),
}
# fmt: on


def exact(f: Function, at: tuple[float, ...]) -> mpf | None:
    """f at these floats to 50 digits; None where it has no finite real value."""
    try:
        z = f(*map(mpf, at))
    except (ZeroDivisionError, ValueError, OverflowError):
        return None
    return z if isinstance(z, mpf) and mpmath.isfinite(z) else None


def nearest(exact: mpf) -> float:
    """The float nearest to a number; inf beyond them all."""
    try:
        return float(exact)
    except OverflowError:
        return math.copysign(math.inf, exact)


def ulps(got: float, exact: mpf) -> float:
    """The distance in units in the last place of the float nearest to the exact number."""
    wanted = nearest(exact)
    if math.isinf(wanted) or math.isnan(got) or math.isinf(got):
        return 0.0 if got == wanted else math.inf
    return float(abs(mpf(got) - exact) / mpf(math.ulp(wanted)))
