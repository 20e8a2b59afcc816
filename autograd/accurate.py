"""Formulas for where the plain ones lose digits: the longer values of public rows, and rows that only formulas use.

What stands here keeps every value and partial within 4 units in the last place, near zeros and where numbers are
subnormal too. The ways are few: a constant is the sum of two floats, HIGH and LOW, where one would be rounded; what
rounding has taken away is computed and added (`mul_error`, `add_error`); a factor that would be subnormal enters as the
square of its root, so that the rounding comes last (`times_square`); beside a zero stands a formula in the distance
from there. This module knows text only: primitives.py makes rows of it.
"""

from __future__ import annotations

from typing import Any

Helper = tuple[str, tuple[str, ...], str, tuple[str, ...], dict[str, Any]]  # name, operands, value, partials, the rest

LARGEST = 1.7976931348623157e308  # the largest float
LEAST_NORMAL = 2.3e-308  # just above the least float with all its digits
VANISHING = 1e-280  # below it a power is computed anew: its last digits may have been lost on the way
WHOLE = 9007199254740992.0  # 2 ** 53: from here on the next float is farther away than the next whole number
SQRT_2, SQRT_2_LOW = 1.4142135623730951, -9.667293313452913e-17
SQRT_HALF, SQRT_HALF_LOW = 0.7071067811865476, -4.833646656726457e-17
DENSITY, DENSITY_LOW = 0.3989422804014327, -2.49232720227773e-17  # 1 / sqrt(2 pi), of the standard normal
ONE_BY_SQRT_PI = 0.5641895835477563
LOG2_E, LOG10_E = 1.4426950408889634, 0.4342944819032518  # 1 / log(2), 1 / log(10)
ERF_SLOPE = 1.1283791670955126  # 2 / sqrt(pi)


def polynomial(coefficients: tuple[float, ...], x: str) -> str:
    """The polynomial in x, constant first, as a formula."""
    *lower, text = map(repr, coefficients)
    for coefficient in reversed(lower):
        text = f"({coefficient} + {x} * {text})"
    return text


def slope(coefficients: tuple[float, ...]) -> tuple[float, ...]:
    """The coefficients of the derivative of x times the polynomial."""
    return tuple([(k + 1) * coefficient for k, coefficient in enumerate(coefficients)])


def _helper(name: str, operands: str, value: str, *partials: str, **more: Any) -> Helper:
    return name, tuple(operands.split()), value, partials, more


# fmt: off
# ---- quotients and remainders, as Python has them: the sign of the divisor

QUOTIENT_DY = f"-z / y if fabs(z) > {LEAST_NORMAL} or z == 0 else -x * square(1 / y)"  # z may be without all its digits
MOD = ("copysign(0, y) if fmod(x, y) == 0 else"
       " (fmod(x, y) + y if (fmod(x, y) < 0) != (y < 0) else fmod(x, y))")
FLOORDIV = ("floor(x / y) if y == 0 or fmod(x, y) == 0 else"
            " 0 + rint((x - fmod(x, y)) / y) - (1 if (fmod(x, y) < 0) != (y < 0) else 0)")
# An error of z cancels in it: C libraries give the cube root to 3 units in the last place only.
CBRT_DX = "(1 / (z * z) + 2 * z / x) / 9 if x - x == 0 and x != 0 else 1 / (z * z)"

# ---- the larger, the smaller, and what lies between: ties share, and nan comes through

MAXIMUM = "x if x > y else (y if x < y else (x if x == y and x != 0 else x + y))"
MINIMUM = "x if x <= y else (y if x > y else x + y)"
LARGER_X = "1 if x > y else (0 if x < y else (0.5 if x == y else x + y))"
SMALLER_X = "1 if x < y else (0 if x > y else (0.5 if x == y else x + y))"
_BOUNDS = "if lo == lo and hi == hi else lo + hi"
CLIP = f"(lo if x < lo else (hi if x > hi else x)) {_BOUNDS}"
CLIP_DX, CLIP_DLO, CLIP_DHI = (
    f"(1 if lo <= x <= hi else (0 if x == x else x)) {_BOUNDS}",
    f"(1 if x < lo else 0) {_BOUNDS}",
    f"(1 if x > hi else 0) {_BOUNDS}",
)

# ---- exponentials on the left: from -700 on exp(x) loses digits, and the root of it does not

RELU_DX = "1 if x > 0 else (0 if x <= 0 else x)"
LEAKY_RELU_DX = "1 if x > 0 else (y if x <= 0 else x)"
ELU_DX = "1 if x > 0 else (y * exp(x) if x > -700 else times_square(y, exp(0.5 * x)))"
SILU = "x * sigmoid(x) if x >= -700 else (times_square(x, exp(0.5 * x)) if x > -800 else (-0 if x < 0 else x))"

# silu'(x) is zero at -1.278...; in the distance from there its numerator, exp(-x) * (1 + x + exp(x)), is silu_rise.
SILU_ZERO, SILU_ZERO_LOW = -1.2784645427610737, -1.0946994183093437e-16
_SILU_FACTOR = 0.2784645427610738  # -1 - SILU_ZERO, which is exp(SILU_ZERO)
_SILU = [
    _helper("silu_dx", "x",
            f"((exp(-fabs(x)) * silu_rise(x + {-SILU_ZERO} + {-SILU_ZERO_LOW}) if -2 < x < -0.8"
            " else (1 if x >= 0 else square(exp(-fabs(x)))) + exp(-fabs(x)) * (1 + x)) / square(1 + exp(-fabs(x)))"
            " if -8 < x <= 700 else (1 if x > 0 else tilted(exp(-fabs(x)), 1 + x, 0))) if x >= -700 else"
            " (times_square(1 + x, exp(0.5 * x)) if x > -800 else sigmoid(x))",
            "sigmoid_dx(x) * (2 - x * tanh(0.5 * x)) if -700 <= x <= 700 else"
            " (times_square(2 - fabs(x), exp(-0.5 * fabs(x))) if -800 < x < 800 else sigmoid_dx(x))",
            doc="the derivative of silu"),
    _helper("silu_rise", "x", f"x + {_SILU_FACTOR} * expm1(x)", f"1 + {_SILU_FACTOR} * exp(x)",
            doc="1 + t + exp(t) for a t at a distance x from the zero, where the terms cancel"),
    _helper("sech2", "x", "4 * exp(-2 * fabs(x)) / square(1 + exp(-2 * fabs(x)))", "-2 * z * tanh(x)",
            doc="1 / cosh(x)**2, the derivative of tanh, without losing digits where tanh saturates"),
    _helper("sigmoid_dx", "x", "exp(-fabs(x)) / square(1 + exp(-fabs(x)))", "-z * tanh(0.5 * x)",
            doc="the derivative of sigmoid"),
]

# ---- gelu: x * normal_cdf(x)

# Below -37.5 normal_cdf is subnormal: there stands its asymptotic series (Abramowitz and Stegun, 26.2.12).
GELU = ("x * normal_cdf(x) if x > -37.5 else"
        " (normal_pdf_times(x, -mills(1 / (x * x))) if x > -40 else (-0 if x < 0 else x))")
# gelu'(x) at x = GELU_ZERO + d is d times a polynomial in d, and so has all its digits however small it is. The
# polynomials interpolate at 18 Chebyshev points of -1.4 < x < -0.3; a test computes them again.
GELU_ZERO = (-0.7517915246935645, 1.4956759177009883e-17)  # a sum of two numbers: its first 106 bits
GELU_RISE = (
    0.4314939923140469, 0.388284982990552, -0.01819967639867096, -0.11400823329722178, -0.014771522148255996,
    0.019421679838185987, 0.004539228379533291, -0.002239538067760754, -0.0007448268456762448, 0.0001863397378989347,
    8.615954294312947e-05, -1.1214276963066259e-05, -7.748772602996107e-06, 4.321840616200448e-07, 5.70921327829851e-07,
    5.122998358317276e-10, -3.529228024437523e-08, -4.046448747592628e-09,
)
_GELU = [
    _helper("gelu_dx", "x",
            f"(gelu_rise(x + {-GELU_ZERO[0]} - {GELU_ZERO[1]}) if -1.4 < x < -0.3 else"
            " normal_cdf(x) + normal_pdf_times(x, x)) if x > -37.5 else"
            " (normal_pdf_times(x, x - mills(1 / (x * x)) / x) if x > -40 else normal_cdf(x))",
            f"normal_pdf_times(x, ({SQRT_2} - x - {-SQRT_2_LOW}) * ({SQRT_2} + x - {-SQRT_2_LOW}))",
            doc="the derivative of gelu"),
    _helper("gelu_rise", "x", f"x * {polynomial(GELU_RISE, 'x')}", polynomial(slope(GELU_RISE), "x"),
            doc="the derivative of gelu at a distance x from its zero, for -0.65 < x < 0.46"),
]

# ---- gelu_tanh: x * sigmoid(a) with the angle a = STEEPNESS * (x + CUBIC * x**3), as exact as the sum of two floats

STEEPNESS, STEEPNESS_LOW = 1.5957691216057308, -9.96930880911092e-17  # 2 * sqrt(2 / pi)
CUBIC = 0.044715  # of Hendrycks and Gimpel (2016), as a decimal number:
_CUBIC_LOW = 2.1960211427085595e-18  # what the float 0.044715 lacks of it
_REACH = 0.21406444881780073  # 3 * STEEPNESS * CUBIC
GELU_TANH = ("x * sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) if -20 < x < 40 else"
             " (times_square(x * (1 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40 < x < 0 else"
             " (-0 if x < 0 else x))")
GELU_TANH_ZERO = (-0.7524614220710163, 3.635560509207687e-17)
GELU_TANH_RISE = (
    0.4304000910248585, 0.38751844613578895, -0.01578285352184177, -0.1139444830809613, -0.0166193283436241,
    0.019682309459681486, 0.005261059274927876, -0.0024227318314625165, -0.0009274423678360045, 0.0002639272570248958,
    0.00012425548183464833, -3.495138975430187e-05, -1.5966847291412686e-05, 5.887599320797336e-06,
    2.469892763685634e-06, -8.879102927636128e-07, -4.3842887372620304e-07, 3.233126109891417e-09,
)
_GELU_TANH = [
    _helper("gelu_tanh_dx", "x",
            f"(gelu_tanh_rise(x + {-GELU_TANH_ZERO[0]} - {GELU_TANH_ZERO[1]}) if -1.4 < x < -0.3 else"
            " (tilted(exp(-fabs(gelu_angle(x))), gelu_reach(x),"
            " gelu_reach_error(x) + gelu_angle_error(x) * gelu_reach(x)) if x < -1 else"
            " sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * (1 + x * gelu_angle_dx(x)"
            " * sigmoid(-gelu_angle(x))))) if -20 < x < 40 else"
            " (times_square(gelu_reach(x) * (1 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40 < x < 0 else"
            " (0 if x < 0 else (1 if x > 0 else x)))",
            "sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x))"
            " * (gelu_bend(x) - x * square(gelu_angle_dx(x)) * tanh(0.5 * gelu_angle(x))) if -20 < x < 20 else"
            " (times_square((gelu_bend(x) - fabs(x) * square(gelu_angle_dx(x))) * (1 + gelu_angle_error(-fabs(x))),"
            " exp(-0.5 * fabs(gelu_angle(x)))) if -40 < x < 40 else (x if x != x else 0))",
            doc="the derivative of gelu_tanh"),
    _helper("gelu_tanh_rise", "x", f"x * {polynomial(GELU_TANH_RISE, 'x')}", polynomial(slope(GELU_TANH_RISE), "x"),
            doc="the derivative of gelu_tanh at a distance x from its zero, for -0.65 < x < 0.46"),
]
_ANGLE = [
    _helper("gelu_angle", "x", f"{STEEPNESS} * (x * gelu_factor(x))", "gelu_angle_dx(x)"),
    _helper("gelu_angle_dx", "x", f"{STEEPNESS} * (1 + 0.134145 * (x * x))", f"{STEEPNESS} * (0.26829 * x)"),
    _helper("gelu_reach", "x", f"1 + ({STEEPNESS} * x + {_REACH} * x * (x * x))",
            f"{STEEPNESS} + 0.6421933464534022 * x * x", doc="1 + x * gelu_angle_dx(x)"),
    _helper("gelu_bend", "x", f"{STEEPNESS} * (2 + 0.53658 * (x * x))", f"{STEEPNESS} * (1.07316 * x)",
            doc="the second derivative of x * gelu_angle(x)"),
    _helper("gelu_factor", "x", f"1 + {CUBIC} * (x * x)", "0.08943 * x"),
    _helper("sigmoid_of_sum", "x y", "sigmoid(x) * (1 + y * sigmoid(-x))", "z * sigmoid_of_sum(-x, -y)",
            "z * sigmoid_of_sum(-x, -y)", doc="sigmoid(x + y) for a y within the rounding error of x"),
    _helper("tilted", "x y low", "x * (y + (x + low - x * (2 + x) / square(1 + x) * (y + x)))",
            "(y + 2 * x - 2 * z * (1 + x)) / square(1 + x)", "x / square(1 + x)", "x / square(1 + x)",
            doc="x * (x + y + low) / (1 + x)**2 for a small x, a y of ordinary size, and a low within its rounding"),
]
_ANGLE_ERRORS = [
    _helper("gelu_factor_error", "x", f"add_error(1, {CUBIC} * (x * x)) + (mul_error({CUBIC}, x * x)"
            f" + {CUBIC} * mul_error(x, x) + {_CUBIC_LOW} * (x * x))", "0"),
    _helper("gelu_angle_error", "x", f"mul_error({STEEPNESS}, x * gelu_factor(x)) + {STEEPNESS}"
            f" * (mul_error(x, gelu_factor(x)) + x * gelu_factor_error(x)) - {-STEEPNESS_LOW} * (x * gelu_factor(x))",
            "0"),
    _helper("gelu_reach_error", "x", f"add_error({STEEPNESS} * x, {_REACH} * x * (x * x))"
            f" + (mul_error({STEEPNESS}, x) - {-STEEPNESS_LOW} * x)", "0",
            doc="for x < -1, where adding 1 is exact; but for the last term's"),
]

# ---- powers: below an exponent of 0.5, y - 1 would be rounded; tiny powers are computed from their roots

_POWERS = [
    _helper("pow_dx", "x y", "0 if y == 0 else pow_dx_kept(y * pow(x, y - 1) if y >= 0.5 or x == 0 or x - x != 0 else"
            " (y * pow(x, y) / x if fabs(y) > 1e-290 else y / x), x, y)",
            "0 if y == 0 else (y * pow_dx(x, y - 1) if y >= 1 or x == 0 else (y - 1) * z / x)",
            "0 if x == 0 and y > 1 else pow(x, y - 1) * (1 + y * log(x))",
            doc="the derivative of pow(x, y) in x; below 0.5, y - 1 would be rounded"),
    _helper("pow_dy", "x y", "0 if x == 0 and y >= 0 else pow_dy_kept(pow(x, y) * log(x), x, y)",
            "0 if x == 0 and y > 1 else pow(x, y - 1) * (1 + y * log(x))", "0 if x == 0 and y >= 0 else z * log(x)",
            doc="the derivative of pow(x, y) in y"),
]
_POWERS_KEPT = [
    _helper("pow_dx_kept", "p x y", f"p if not fabs(p) < {VANISHING} or x - x != 0 else copysign(times_square("
            "y if y > 0 else y / x, pow(fabs(x), 0.5 * (y - 1 if y > 0 else y))), p)", "1", "0", "0",
            doc="p, which is pow_dx(x, y); with all its digits where pow is subnormal"),
    _helper("pow_dy_kept", "p x y", f"p if not fabs(p) < {VANISHING} else times_square(log(x), pow(x, 0.5 * y))",
            "1", "0", "0", doc="p, which is pow_dy(x, y); with all its digits where pow is subnormal"),
]

# ---- points of the plane: scaled by powers of 2, 2**601 and 2**-600, where a square would overflow or underflow

SCALE_UP, SCALE_DOWN = 4.149515568880993e180, 2.409919865102884e-181
_PLANE = [
    _helper("atan2_dx", "x y", "y / (x * x + y * y) if 1e-140 < hypot(x, y) < 1e150 else (0 if hypot(x, y) == 0"
            f" or (hypot(x, y) > {LARGEST} and x == x and y == y)"
            " else y * scale(x, y) / (square(x * scale(x, y)) + square(y * scale(x, y))) * scale(x, y))",
            "-2 * z * atan2_dx(y, x)", "(atan2_dx(y, x) - z) * (atan2_dx(y, x) + z)",
            doc="the derivative of atan2(x, y) in x"),
    _helper("hypot_dx", "x y", "x / hypot(x, y) if 1e-290 < hypot(x, y) < 1e300 else (0 if hypot(x, y) == 0"
            " else scaled(x, y) / hypot(scaled(x, y), scaled(y, x)))",
            "hypot_dx(y, x) * (hypot_dx(y, x) / hypot(x, y))", "-z * (hypot_dx(y, x) / hypot(x, y))",
            doc="the derivative of hypot(x, y) in x"),
]
_SCALE = _helper("scale", "x y", f"{SCALE_UP} if hypot(x, y) < 1 else {SCALE_DOWN}", "0", "0",
                 doc="a power of 2 that brings the point (x, y) to where squares neither overflow nor underflow")
_NORMS = [
    _helper("norm_scale", "x", f"1 if 1e-140 < x < 1e140 else ({SCALE_UP} if x < 1 else {SCALE_DOWN})", "0",
            doc="a power of 2 that brings numbers up to x to where squares neither overflow nor underflow"),
    _helper("norm_part", "x y", f"copysign(1, x) if fabs(x) > {LARGEST} else"
            f" (x * 0 if y > {LARGEST} else x * norm_scale(y))", "norm_scale(y)", "0",
            doc="x so scaled, where y is the largest; infinities stand for a direction"),
    _helper("scaled", "x y", f"copysign(1, x) if fabs(x) > {LARGEST} else"
            f" (x * 0 if fabs(y) > {LARGEST} else x * scale(x, y))", "scale(x, y)", "0",
            doc="x in a size near 1; infinities stand for a direction"),
]

# ---- the normal distribution: the square of the upper half of x is exact, and there is a factor for the rest

_BETWEEN = "(x - high(x)) * (x + high(x))"  # x * x without the square of its upper half
_NORMAL = [
    _helper("gauss_times", "x y", f"y * exp(-high(x) * high(x)) * (1 + small_expm1(-{_BETWEEN}))"
            f" if -26 < x < 26 else (times_square(y * (1 + small_expm1(-{_BETWEEN})),"
            " exp(-0.5 * high(x) * high(x))) if -40 < x < 40 else exp(-x * x))",
            "gauss_times(x, -2 * x * y)", "gauss_times(x, 1)",
            doc="y * exp(-x * x); the square of the upper half of x is exact"),
    _helper("normal_pdf_times", "x y", f"y * exp(-0.5 * high(x) * high(x)) * ({DENSITY} + ({DENSITY}"
            f" * small_expm1(-0.5 * {_BETWEEN}) - {-DENSITY_LOW}))"
            f" if -37.5 < x < 37.5 else (times_square({DENSITY} * y * (1 + small_expm1(-0.5 * {_BETWEEN})),"
            " exp(-0.25 * high(x) * high(x))) if -40 < x < 40 else exp(-x * x))",
            "normal_pdf_times(x, -x * y)", "normal_pdf(x)",
            doc="y times the density of the standard normal, rounded last where that is subnormal"),
    _helper("normal_pdf", "x", "normal_pdf_times(x, 1)", "normal_pdf_times(x, -x)",
            doc="the density of the standard normal"),
    _helper("normal_cdf", "x", f"0.5 * erfc(-{SQRT_HALF} * x) + {ONE_BY_SQRT_PI} * exp(-0.5 * x * x)"
            f" * (mul_error({SQRT_HALF}, x) - {-SQRT_HALF_LOW} * x) if -40 < x < 10 else 0.5 * erfc(-x)",
            "normal_pdf(x)",
            doc="the distribution function of the standard normal, corrected for the rounding of x / sqrt(2)"),
    _helper("mills", "x", "1 - x * (1 - 3 * x * (1 - 5 * x * (1 - 7 * x * (1 - 9 * x * (1 - 11 * x)))))",
            "-1 + x * (6 - x * (45 - x * (420 - x * (4725 - x * (62370 - x * (945945 - x * 16216200))))))",
            doc="normal_cdf(t) * -t / normal_pdf(t) for t = -1 / sqrt(x) below -37"),
]
_SMALL = [
    _helper("small_expm1", "x", "x + x * x * (0.5 + x * 0.16666666666666666)", "1 + z",
            doc="exp(x) - 1 for x between -1e-5 and 1e-5"),
    _helper("times_square", "x y", "x * y * y", "y * y", "2 * x * y",
            doc="x * y**2, rounded last where that is subnormal: most formulas want all digits of a tiny factor"),
]

# ---- slopes of activations; +0 says that nothing was chosen, -0 that something was and is zero

_SLOPES = [
    _helper("leaky_relu_dy", "x", "0 if x > 0 else (x if x != 0 else -0)", "0 if x > 0 else (1 if x == x else x)",
            doc="the derivative of leaky_relu in its slope: +0 where that was not chosen, -0 where it was and x is 0"),
    _helper("elu_dy", "x", "0 if x > 0 else (expm1(x) if x != 0 else -0)", "0 if x > 0 else exp(x)",
            doc="the derivative of elu in y, likewise"),
]

# ---- what derivatives of derivatives are made of where a formula has conditions, so that no branch is frozen

_CONDITIONS = [
    *(_helper(name, "x y", f"1 if x {symbol} y else 0", "0", "0", symbol=symbol, selects="x y")
      for name, symbol in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="), ("eq", "=="), ("ne", "!="))),
    _helper("fmod", "x y", "fmod(x, y)", "1 if z == z else z", "-rint((x - z) / y)",
            doc="the remainder with the sign of x"),
    _helper("copysign", "x y", "copysign(x, y)", "copysign(1, x) * copysign(1, y)", "0", doc="x with the sign of y"),
    _helper("chosen", "x y", "x * y if x != 0 or copysign(1, x) < 0 else 0",
            "y if x != 0 or copysign(1, x) < 0 else 0", "x", selects="y",
            doc="the share x * y of an operand that a selection has chosen; nothing where it has not, and x is +0"),
    _helper("norm_share", "x y", "x / y if y != 0 else 0", "1 / y", QUOTIENT_DY,
            doc="x / y, and nothing of a norm y that is 0: the derivative of a norm"),
    _helper("exp_below", "x y", "1 if x == y else (exp(x - y) if y - y == 0 or x != x or y != y else 0)", "z", "-z",
            doc="exp(x - y) for an x not above y, and its limit where y is infinite"),
]

# ---- what rounding takes away: zero in the mathematics, and so are the partials

_SPLIT = 134217729  # 2 ** 27 + 1: a product with it, taken away again, leaves the upper 26 of 53 bits
_ROUNDING = [
    _helper("high", "x", f"x * {_SPLIT} - (x * {_SPLIT} - x)", "1",
            doc="the upper 26 of the 53 bits of x (Veltkamp, 1968)"),
    _helper("mul_error", "x y", "high(x) * high(y) - x * y + high(x) * (y - high(y)) + (x - high(x)) * high(y)"
            " + (x - high(x)) * (y - high(y))", "0", "0",
            doc="how much x times y exceeds the rounded product (Dekker, 1971)"),
    _helper("add_error", "x y", "x - (x + y - (x + y - x)) + (y - (x + y - x))", "0", "0",
            doc="how much x plus y exceeds the rounded sum (Knuth, 1969)"),
]
_TO_DIGITS = [
    _helper("rint_of_sum", "x y", "rint(x) + 1 if x - rint(x) == 0.5 and y > 0 else"
            " (rint(x) - 1 if x - rint(x) == -0.5 and y < 0 else rint(x))", "0", "0",
            doc="the whole number nearest to x + y, where y is what rounding has taken from x"),
    _helper("round_to_part", "x y", f"rint_of_sum(x * y, mul_error(x, y)) / y if fabs(x * y) < {WHOLE:.0f} else x",
            "0", "0", doc="x to the nearest multiple of 1 / y, as Python rounds to digits"),
    _helper("round_to_multiple", "x y", "rint_of_sum(x / y, x - x / y * y - mul_error(x / y, y)) * y"
            f" if fabs(x / y) < {WHOLE:.0f} else x", "0", "0", doc="x to the nearest multiple of y, likewise"),
]
# fmt: on

HELPERS = (  # in the order of their numbers, which saved graphs do not know but generated files do
    *_GELU, *_GELU_TANH, *_SILU, *_POWERS, *_PLANE, *_NORMAL, *_ANGLE, *_SMALL, *_POWERS_KEPT, *_SLOPES, *_CONDITIONS,
    *_ROUNDING, *_ANGLE_ERRORS, _SCALE, *_TO_DIGITS, *_NORMS,
)  # fmt: skip
