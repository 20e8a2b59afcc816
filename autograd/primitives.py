"""The table of operations: one row is all that this project knows about one operation.

Everything else is computed from it: the kernels of both twins and of the compiled machine (`autograd.formulas`), the
second derivatives (the same partials, read with Values for numbers), the reference page, error messages and tests. To
add an operation, add its row, give it a public name in `functions.py`, and run `python -m autograd.formulas`.

Formulas are Python expressions in the operands, the result `z`, numbers, conditionals, comparisons, the functions of
the C mathematics library (`LIBRARY`) and the names of other rows. Their arithmetic is IEEE 754: `1 / 0` is inf. A
comparison with nan is false, so a conditional ends in the operand itself where nan has to come through.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograd.accurate import GELU_RISE, GELU_TANH_RISE, polynomial, slope
from autograd.generated.partial_rows import PARTIAL_ROWS

LIBRARY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc "
    "floor ceil trunc rint fabs pow atan2 hypot fmod copysign"
).split()


@dataclass(frozen=True, slots=True)
class Row:
    """One operation: its value, one partial for each operand, and what a reader or a test must know of it."""

    name: str
    operands: tuple[str, ...]
    value: str
    partials: tuple[str, ...]
    symbol: str = ""
    domain: str = ""
    kinks: tuple[float, ...] = ()
    doc: str = ""
    reduction: bool = False  # takes any number of operands; its kernel is a loop in reductions.py
    public: bool = True  # False: an operation that only other rows' formulas use
    selects: str = ""  # operands that were not chosen where their partial is +0: there goes nothing, not even 0 * inf


def _unary(name, value, dx, **more) -> Row:
    return Row(name, ("x",), value, (dx,), **more)


def _binary(name, value, dx, dy, **more) -> Row:
    return Row(name, ("x", "y"), value, (dx, dy), **more)


def _ternary(name, operands, value, *partials, **more) -> Row:
    return Row(name, tuple(operands.split()), value, partials, **more)


def _reduction(name, value, *partials, **more) -> Row:
    return Row(name, ("x", "y")[: len(partials)], value, partials, reduction=True, **more)


_KINK = dict(kinks=(0.0,))
_INTEGERS = "jumps at the integers"

# fmt: off
WRITTEN = (
    # arithmetic
    _binary("add", "x + y", "1", "1", symbol="+"),
    _binary("sub", "x - y", "1", "-1", symbol="-"),
    _binary("mul", "x * y", "y", "x", symbol="*"),
    _binary("div", "x / y", "1 / y", "-z / y if fabs(z) > 2.3e-308 or z == 0"
            " else -x * square(1 / y)", symbol="/", domain="y != 0"),  # a z without all its digits is no help
    _unary ("neg", "-x", "-1", symbol="-"),
    _binary("pow", "pow(x, y)", "pow_dx(x, y)", "pow_dy(x, y)", symbol="**", domain="x > 0, or y a whole number",
            doc="x to the power y, both of them variables"),
    _binary("powc", "pow(x, y)", "pow_dx(x, y)", "0", symbol="**", domain="x > 0, or y a whole number",
            doc="x to a constant power y: never looks at log(x)"),
    _binary("mod", "copysign(0, y) if fmod(x, y) == 0 else"
            " (fmod(x, y) + y if (fmod(x, y) < 0) != (y < 0) else fmod(x, y))",
            "1 if z == z else z", "-floordiv(x, y) if z == z else z", symbol="%", domain="y != 0",
            doc="remainder with the sign of y, as in Python"),
    _binary("floordiv", "floor(x / y) if y == 0 or fmod(x, y) == 0 else"
            " 0 + rint((x - fmod(x, y)) / y) - (1 if (fmod(x, y) < 0) != (y < 0) else 0)", "0", "0", symbol="//",
            domain="y != 0", doc="the largest whole number not above the exact quotient, as in Python"),

    # powers, exponentials and logarithms
    _unary("square",     "x * x",      "2 * x"),
    _unary("reciprocal", "1 / x",      "-z * z", domain="x != 0"),
    _unary("sqrt",       "sqrt(x)",    "0.5 / (0 + z)", domain="x >= 0"),  # 0 + z: the root of -0.0 is -0.0
    _unary("cbrt",       "cbrt(x)",    "(1 / (z * z) + 2 * z / x) / 9 if x - x == 0 and x != 0 else 1 / (z * z)"),
    # ... where an error of z cancels: libraries give it to 3 units in the last place only
    _unary("exp",        "exp(x)",     "z"),
    _unary("expm1",      "expm1(x)",   "exp(x)"),
    _unary("log",        "log(x)",     "1 / x if x > 0 else -z", domain="x > 0"),
    _unary("log2",       "log2(x)",    "1.4426950408889634 / x if x > 0 else -z", domain="x > 0"),
    _unary("log10",      "log10(x)",   "0.4342944819032518 / x if x > 0 else -z", domain="x > 0"),
    _unary("log1p",      "log1p(x)",   "1 / (1 + x) if x > -1 else -z", domain="x > -1"),

    # circular and hyperbolic functions
    _unary("sin",   "sin(x)",   "cos(x)"),
    _unary("cos",   "cos(x)",   "-sin(x)"),
    _unary("tan",   "tan(x)",   "1 + z * z"),
    _unary("asin",  "asin(x)",  "1 / sqrt((1 - x) * (1 + x))", domain="-1 <= x <= 1"),
    _unary("acos",  "acos(x)",  "-1 / sqrt((1 - x) * (1 + x))", domain="-1 <= x <= 1"),
    _unary("atan",  "atan(x)",  "1 / (1 + x * x) if -1e150 < x < 1e150 else 1 / x / x"),
    _unary("sinh",  "sinh(x)",  "cosh(x)"),
    _unary("cosh",  "cosh(x)",  "sinh(x)"),
    _unary("tanh",  "tanh(x)",  "sech2(x)"),
    _unary("asinh", "asinh(x)", "1 / hypot(x, 1)"),
    _unary("acosh", "acosh(x)", "1 / (sqrt(x - 1) * sqrt(x + 1))", domain="x >= 1"),
    _unary("atanh", "atanh(x)", "1 / ((1 - x) * (1 + x)) if -1 <= x <= 1 else z", domain="-1 < x < 1"),

    # activations
    _unary("sigmoid",  "(1 if x >= 0 else exp(-fabs(x))) / (1 + exp(-fabs(x)))", "sigmoid_dx(x)"),
    _unary("softplus", "(x if x > 0 else 0) + log1p(exp(-fabs(x)))", "sigmoid(x)", doc="log(1 + exp(x))"),
    _unary("relu",     "x if x > 0 else (0 if x <= 0 else x)", "1 if x > 0 else (0 if x <= 0 else x)", **_KINK,
           selects="x"),
    _binary("leaky_relu", "x if x > 0 else y * x", "1 if x > 0 else (y if x <= 0 else x)",
            "leaky_relu_dy(x)", **_KINK, selects="y", doc="x, or the slope y times x where x is negative"),
    _binary("elu", "x if x > 0 else y * expm1(x)", "1 if x > 0 else (y * exp(x) if x > -700 else"
            " times_square(y, exp(0.5 * x)))", "elu_dy(x)", **_KINK, selects="y",
            doc="x, or y * (exp(x) - 1) where x is negative"),
    _unary("gelu", "x * normal_cdf(x) if x > -37.5 else"
           " (normal_pdf_times(x, -mills(1 / (x * x))) if x > -40 else (-0 if x < 0 else x))", "gelu_dx(x)",
           doc="x times the distribution function of the standard normal"),
    _unary("gelu_tanh", "x * sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) if -20 < x < 40 else"
           " (times_square(x * (1 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40 < x < 0 else"
           " (-0 if x < 0 else x))", "gelu_tanh_dx(x)",
           doc="the tanh approximation of gelu (Hendrycks and Gimpel, 2016)"),
    _unary("silu", "x * sigmoid(x) if x >= -700 else"
           " (times_square(x, exp(0.5 * x)) if x > -800 else (-0 if x < 0 else x))", "silu_dx(x)",
           doc="x times sigmoid(x)"),
    _unary("erf",  "erf(x)",  "gauss_times(x, 1.1283791670955126)"),
    _unary("erfc", "erfc(x)", "gauss_times(x, -1.1283791670955126)"),

    # piecewise functions
    _unary("abs",   "fabs(x)", "1 if x > 0 else (-1 if x < 0 else x * 0)", **_KINK),
    _unary("sign",  "1 if x > 0 else (-1 if x < 0 else x)", "0", **_KINK),
    _unary("floor", "floor(x)", "0", doc=_INTEGERS),
    _unary("ceil",  "ceil(x)",  "0", doc=_INTEGERS),
    _unary("round", "rint(x)",  "0", doc="to the nearest integer, ties to even"),
    _unary("trunc", "trunc(x)", "0", doc=_INTEGERS),
    _unary("detach", "x", "0", doc="x itself, taken for a constant"),
    _unary("identity", "x", "1", public=False, doc="x itself: the variable of a transform of a function"),

    # two arguments
    _binary("maximum", "x if x > y else (y if x < y else (x if x == y and x != 0 else x + y))",
            "1 if x > y else (0 if x < y else (0.5 if x == y else x + y))",
            "1 if x < y else (0 if x > y else (0.5 if x == y else x + y))", selects="x y"),
    _binary("minimum", "x if x <= y else (y if x > y else x + y)",
            "1 if x < y else (0 if x > y else (0.5 if x == y else x + y))",
            "1 if x > y else (0 if x < y else (0.5 if x == y else x + y))", selects="x y"),
    _binary("atan2", "atan2(x, y)", "atan2_dx(x, y)", "-atan2_dx(y, x)", doc="the angle of the point (y, x)"),
    _binary("hypot", "hypot(x, y)", "hypot_dx(x, y)", "hypot_dx(y, x)", doc="sqrt(x * x + y * y), without overflow"),
    _ternary("clip", "x lo hi", "(lo if x < lo else (hi if x > hi else x)) if lo == lo and hi == hi else lo + hi",
             "(1 if lo <= x <= hi else (0 if x == x else x)) if lo == lo and hi == hi else lo + hi",
             "(1 if x < lo else 0) if lo == lo and hi == hi else lo + hi",
             "(1 if x > hi else 0) if lo == lo and hi == hi else lo + hi", selects="x lo hi"),
    _ternary("where", "c x y", "x if c else y", "0", "1 if c else 0", "0 if c else 1", selects="c x y",
             doc="x where c is true (not 0), otherwise y"),

    # reductions: x (and y) stand for each operand in turn, n for their number, k for the number of ties
    _reduction("sum",       "start + x1 + x2 + ...", "1"),
    _reduction("mean",      "(x1 + x2 + ...) / n", "1 / n"),
    _reduction("prod",      "x1 * x2 * ...", "product of the others"),
    _reduction("dot",       "start + x1 * y1 + x2 * y2 + ...", "y", "x"),
    _reduction("logsumexp", "log(exp(x1) + exp(x2) + ...)", "exp(x - z)"),
    _reduction("max",       "the largest", "1 / k if x == z else 0", selects="x"),
    _reduction("min",       "the smallest", "1 / k if x == z else 0", selects="x"),
    _reduction("norm",      "sqrt(x1 * x1 + x2 * x2 + ...)", "x / z if z != 0 else 0",
               doc="the length of a vector, without overflow"),

    # what `autograd.jit` makes
    _reduction("take", "the operand at the place that the first one says", "1 if it is there else 0", public=False,
               selects="x", doc="one of several, chosen by a whole number"),
    _reduction("program", "the result of a recorded function", "computed by the program", public=False,
               doc="a function recorded by jit and computed as one operation"),

    # operations that only the formulas above use: derivatives that want care, each with partials of its own ...
    _unary("gelu_dx", "(gelu_rise(x + 0.7517915246935645 - 1.4956759177009883e-17) if -1.4 < x < -0.3 else"
           " normal_cdf(x) + normal_pdf_times(x, x)) if x > -37.5 else"
           " (normal_pdf_times(x, x - mills(1 / (x * x)) / x) if x > -40 else normal_cdf(x))",
           "normal_pdf_times(x, (1.4142135623730951 - x - 9.667293313452913e-17)"
           " * (1.4142135623730951 + x - 9.667293313452913e-17))", public=False, doc="the derivative of gelu"),
    _unary("gelu_rise", f"x * {polynomial(GELU_RISE, 'x')}", polynomial(slope(GELU_RISE), "x"), public=False,
           doc="the derivative of gelu at a distance x from its zero, for -0.65 < x < 0.46"),
    _unary("gelu_tanh_dx", "(gelu_tanh_rise(x + 0.7524614220710163 - 3.635560509207687e-17) if -1.4 < x < -0.3 else"
           " (tilted(exp(-fabs(gelu_angle(x))), gelu_reach(x),"
           " gelu_reach_error(x) + gelu_angle_error(x) * gelu_reach(x)) if x < -1 else"
           " sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * (1 + x * gelu_angle_dx(x)"
           " * sigmoid(-gelu_angle(x))))) if -20 < x < 40 else"
           " (times_square(gelu_reach(x) * (1 + gelu_angle_error(x)), exp(0.5 * gelu_angle(x))) if -40 < x < 0 else"
           " (0 if x < 0 else (1 if x > 0 else x)))",
           "sigmoid_of_sum(gelu_angle(x), gelu_angle_error(x)) * sigmoid_of_sum(-gelu_angle(x), -gelu_angle_error(x))"
           " * (gelu_bend(x) - x * square(gelu_angle_dx(x)) * tanh(0.5 * gelu_angle(x))) if -20 < x < 20 else"
           " (times_square((gelu_bend(x) - fabs(x) * square(gelu_angle_dx(x))) * (1 + gelu_angle_error(-fabs(x))),"
           " exp(-0.5 * fabs(gelu_angle(x))))"
           " if -40 < x < 40 else (x if x != x else 0))", public=False, doc="the derivative of gelu_tanh"),
    _unary("gelu_tanh_rise", f"x * {polynomial(GELU_TANH_RISE, 'x')}", polynomial(slope(GELU_TANH_RISE), "x"),
           public=False, doc="the derivative of gelu_tanh at a distance x from its zero, for -0.65 < x < 0.46"),
    _unary("silu_dx", "((exp(-fabs(x)) * silu_rise(x + 1.2784645427610737 + 1.0946994183093437e-16) if -2 < x < -0.8"
           " else (1 if x >= 0 else square(exp(-fabs(x)))) + exp(-fabs(x)) * (1 + x)) / square(1 + exp(-fabs(x)))"
           " if -8 < x <= 700 else (1 if x > 0 else tilted(exp(-fabs(x)), 1 + x, 0))) if x >= -700 else"
           " (times_square(1 + x, exp(0.5 * x)) if x > -800 else sigmoid(x))",
           "sigmoid_dx(x) * (2 - x * tanh(0.5 * x)) if -700 <= x <= 700 else"
           " (times_square(2 - fabs(x), exp(-0.5 * fabs(x))) if -800 < x < 800 else sigmoid_dx(x))", public=False,
           doc="the derivative of silu"),
    _unary("silu_rise", "x + 0.2784645427610738 * expm1(x)", "1 + 0.2784645427610738 * exp(x)", public=False,
           doc="1 + t + exp(t) for a t at a distance x from the zero, where the terms cancel"),
    _unary("sech2", "4 * exp(-2 * fabs(x)) / square(1 + exp(-2 * fabs(x)))", "-2 * z * tanh(x)", public=False,
           doc="1 / cosh(x)**2, the derivative of tanh, without losing digits where tanh saturates"),
    _unary("sigmoid_dx", "exp(-fabs(x)) / square(1 + exp(-fabs(x)))", "-z * tanh(0.5 * x)", public=False,
           doc="the derivative of sigmoid"),
    _binary("pow_dx", "0 if y == 0 else pow_dx_kept(y * pow(x, y - 1) if y >= 0.5 or x == 0 or x - x != 0 else"
            " (y * pow(x, y) / x if fabs(y) > 1e-290 else y / x), x, y)",
            "0 if y == 0 else (y * pow_dx(x, y - 1) if y >= 1 or x == 0 else (y - 1) * z / x)",
            "0 if x == 0 and y > 1 else pow(x, y - 1) * (1 + y * log(x))",
            public=False, doc="the derivative of pow(x, y) in x; below 0.5, y - 1 would be rounded"),
    _binary("pow_dy", "0 if x == 0 and y >= 0 else pow_dy_kept(pow(x, y) * log(x), x, y)",
            "0 if x == 0 and y > 1 else pow(x, y - 1) * (1 + y * log(x))",
            "0 if x == 0 and y >= 0 else z * log(x)", public=False, doc="the derivative of pow(x, y) in y"),
    _binary("atan2_dx", "y / (x * x + y * y) if 1e-140 < hypot(x, y) < 1e150 else (0 if hypot(x, y) == 0"
            " or (hypot(x, y) > 1.7976931348623157e308 and x == x and y == y)"
            " else y * scale(x, y) / (square(x * scale(x, y)) + square(y * scale(x, y))) * scale(x, y))",
            "-2 * z * atan2_dx(y, x)", "(atan2_dx(y, x) - z) * (atan2_dx(y, x) + z)", public=False,
            doc="the derivative of atan2(x, y) in x"),
    _binary("hypot_dx", "x / hypot(x, y) if 1e-290 < hypot(x, y) < 1e300 else (0 if hypot(x, y) == 0"
            " else scaled(x, y) / hypot(scaled(x, y), scaled(y, x)))",
            "hypot_dx(y, x) * (hypot_dx(y, x) / hypot(x, y))", "-z * (hypot_dx(y, x) / hypot(x, y))", public=False,
            doc="the derivative of hypot(x, y) in x"),
    _binary("gauss_times", "y * exp(-high(x) * high(x)) * (1 + small_expm1(-(x - high(x)) * (x + high(x))))"
            " if -26 < x < 26 else (times_square(y * (1 + small_expm1(-(x - high(x)) * (x + high(x)))),"
            " exp(-0.5 * high(x) * high(x))) if -40 < x < 40 else exp(-x * x))",
            "gauss_times(x, -2 * x * y)", "gauss_times(x, 1)", public=False,
            doc="y * exp(-x * x); the square of the upper half of x is exact"),
    _binary("normal_pdf_times", "y * exp(-0.5 * high(x) * high(x)) * (0.3989422804014327 + (0.3989422804014327"
            " * small_expm1(-0.5 * (x - high(x)) * (x + high(x))) - 2.49232720227773e-17))"
            " if -37.5 < x < 37.5 else (times_square(0.3989422804014327 * y * (1 + small_expm1(-0.5 * (x - high(x))"
            " * (x + high(x)))), exp(-0.25 * high(x) * high(x))) if -40 < x < 40 else exp(-x * x))",
            "normal_pdf_times(x, -x * y)", "normal_pdf(x)", public=False,
            doc="y times the density of the standard normal, rounded last where that is subnormal"),
    _unary("normal_pdf", "normal_pdf_times(x, 1)", "normal_pdf_times(x, -x)", public=False,
           doc="the density of the standard normal"),
    _unary("normal_cdf", "0.5 * erfc(-0.7071067811865476 * x) + 0.5641895835477563 * exp(-0.5 * x * x)"
           " * (mul_error(0.7071067811865476, x) - 4.833646656726457e-17 * x) if -40 < x < 10 else 0.5 * erfc(-x)",
           "normal_pdf(x)", public=False,
           doc="the distribution function of the standard normal, corrected for the rounding of x / sqrt(2)"),
    _unary("mills", "1 - x * (1 - 3 * x * (1 - 5 * x * (1 - 7 * x * (1 - 9 * x * (1 - 11 * x)))))",
           "-1 + x * (6 - x * (45 - x * (420 - x * (4725 - x * (62370 - x * (945945 - x * 16216200))))))", public=False,
           doc="normal_cdf(t) * -t / normal_pdf(t) for t = -1 / sqrt(x) below -37"),
    _unary("gelu_angle", "1.5957691216057308 * (x * gelu_factor(x))", "gelu_angle_dx(x)", public=False),
    _unary("gelu_angle_dx", "1.5957691216057308 * (1 + 0.134145 * (x * x))", "1.5957691216057308 * (0.26829 * x)",
           public=False),
    _unary("gelu_reach", "1 + (1.5957691216057308 * x + 0.21406444881780073 * x * (x * x))",
           "1.5957691216057308 + 0.6421933464534022 * x * x", public=False, doc="1 + x * gelu_angle_dx(x)"),
    _unary("gelu_bend", "1.5957691216057308 * (2 + 0.53658 * (x * x))", "1.5957691216057308 * (1.07316 * x)",
           public=False, doc="the second derivative of x * gelu_angle(x)"),
    _unary("gelu_factor", "1 + 0.044715 * (x * x)", "0.08943 * x", public=False),
    _binary("sigmoid_of_sum", "sigmoid(x) * (1 + y * sigmoid(-x))", "z * sigmoid_of_sum(-x, -y)",
            "z * sigmoid_of_sum(-x, -y)", public=False, doc="sigmoid(x + y) for a y within the rounding error of x"),
    _ternary("tilted", "x y low", "x * (y + (x + low - x * (2 + x) / square(1 + x) * (y + x)))",
             "(y + 2 * x - 2 * z * (1 + x)) / square(1 + x)", "x / square(1 + x)", "x / square(1 + x)",
             public=False,
             doc="x * (x + y + low) / (1 + x)**2 for a small x, a y of ordinary size, and a low within its rounding"),
    _unary("small_expm1", "x + x * x * (0.5 + x * 0.16666666666666666)", "1 + z", public=False,
           doc="exp(x) - 1 for x between -1e-5 and 1e-5"),
    _binary("times_square", "x * y * y", "y * y", "2 * x * y", public=False,
            doc="x * y**2, rounded last where that is subnormal: most formulas want all digits of a tiny factor"),
    _ternary("pow_dx_kept", "p x y", "p if not fabs(p) < 1e-280 or x - x != 0 else copysign(times_square("
             "y if y > 0 else y / x, pow(fabs(x), 0.5 * (y - 1 if y > 0 else y))), p)",
             "1", "0", "0", public=False, doc="p, which is pow_dx(x, y); with all its digits where pow is subnormal"),
    _ternary("pow_dy_kept", "p x y", "p if not fabs(p) < 1e-280 else times_square(log(x), pow(x, 0.5 * y))",
             "1", "0", "0", public=False, doc="p, which is pow_dy(x, y); with all its digits where pow is subnormal"),

    _unary("leaky_relu_dy", "0 if x > 0 else (x if x != 0 else -0)", "0 if x > 0 else (1 if x == x else x)",
           public=False,
           doc="the derivative of leaky_relu in its slope: +0 where that was not chosen, -0 where it was and x is 0"),
    _unary("elu_dy", "0 if x > 0 else (expm1(x) if x != 0 else -0)", "0 if x > 0 else exp(x)", public=False,
           doc="the derivative of elu in y, likewise"),

    # ... what derivatives of derivatives are made of where a formula has conditions, so that no branch is frozen ...
    _binary("lt", "1 if x < y else 0", "0", "0", symbol="<", public=False, selects="x y"),
    _binary("le", "1 if x <= y else 0", "0", "0", symbol="<=", public=False, selects="x y"),
    _binary("gt", "1 if x > y else 0", "0", "0", symbol=">", public=False, selects="x y"),
    _binary("ge", "1 if x >= y else 0", "0", "0", symbol=">=", public=False, selects="x y"),
    _binary("eq", "1 if x == y else 0", "0", "0", symbol="==", public=False, selects="x y"),
    _binary("ne", "1 if x != y else 0", "0", "0", symbol="!=", public=False, selects="x y"),
    _binary("fmod", "fmod(x, y)", "1 if z == z else z", "-rint((x - z) / y)", public=False,
            doc="the remainder with the sign of x"),
    _binary("copysign", "copysign(x, y)", "copysign(1, x) * copysign(1, y)", "0", public=False,
            doc="x with the sign of y"),
    _binary("chosen", "x * y if x != 0 or copysign(1, x) < 0 else 0", "y if x != 0 or copysign(1, x) < 0 else 0", "x",
            public=False, selects="y",
            doc="the share x * y of an operand that a selection has chosen; nothing where it has not, and x is +0"),
    _binary("norm_share", "x / y if y != 0 else 0", "1 / y", "-z / y if fabs(z) > 2.3e-308 or z == 0"
            " else -x * square(1 / y)", public=False,
            doc="x / y, and nothing of a norm y that is 0: the derivative of a norm"),
    _binary("exp_below", "1 if x == y else (exp(x - y) if y - y == 0 or x != x or y != y else 0)", "z", "-z",
            public=False, doc="exp(x - y) for an x not above y, and its limit where y is infinite"),

    # ... and what rounding takes away: zero in the mathematics, so are the partials
    _unary("high", "x * 134217729 - (x * 134217729 - x)", "1", public=False,
           doc="the upper 26 of the 53 bits of x (Veltkamp, 1968)"),
    _binary("mul_error", "high(x) * high(y) - x * y + high(x) * (y - high(y)) + (x - high(x)) * high(y)"
            " + (x - high(x)) * (y - high(y))", "0", "0", public=False,
            doc="how much x times y exceeds the rounded product (Dekker, 1971)"),
    _binary("add_error", "x - (x + y - (x + y - x)) + (y - (x + y - x))", "0", "0", public=False,
            doc="how much x plus y exceeds the rounded sum (Knuth, 1969)"),
    _unary("gelu_factor_error", "add_error(1, 0.044715 * (x * x)) + (mul_error(0.044715, x * x)"
           " + 0.044715 * mul_error(x, x) + 2.1960211427085595e-18 * (x * x))", "0", public=False),
    _unary("gelu_angle_error", "mul_error(1.5957691216057308, x * gelu_factor(x)) + 1.5957691216057308"
           " * (mul_error(x, gelu_factor(x)) + x * gelu_factor_error(x)) - 9.96930880911092e-17 * (x * gelu_factor(x))",
           "0", public=False),
    _unary("gelu_reach_error", "add_error(1.5957691216057308 * x, 0.21406444881780073 * x * (x * x))"
           " + (mul_error(1.5957691216057308, x) - 9.96930880911092e-17 * x)", "0", public=False,
           doc="for x < -1, where adding 1 is exact; but for the last term's"),
    _binary("scale", "4.149515568880993e180 if hypot(x, y) < 1 else 2.409919865102884e-181", "0", "0", public=False,
            doc="a power of 2 that brings the point (x, y) to where squares neither overflow nor underflow"),
    _binary("rint_of_sum", "rint(x) + 1 if x - rint(x) == 0.5 and y > 0 else"
            " (rint(x) - 1 if x - rint(x) == -0.5 and y < 0 else rint(x))", "0", "0", public=False,
            doc="the whole number nearest to x + y, where y is what rounding has taken from x"),
    _binary("round_to_part", "rint_of_sum(x * y, mul_error(x, y)) / y if fabs(x * y) < 4503599627370496 else x",
            "0", "0", public=False, doc="x to the nearest multiple of 1 / y, as Python rounds to digits"),
    _binary("round_to_multiple", "rint_of_sum(x / y, x - x / y * y - mul_error(x / y, y)) * y"
            " if fabs(x / y) < 4503599627370496 else x", "0", "0", public=False,
            doc="x to the nearest multiple of y, likewise"),
    _unary("norm_scale", "1 if 1e-140 < x < 1e140 else (4.149515568880993e180 if x < 1 else 2.409919865102884e-181)",
           "0", public=False,
           doc="a power of 2 that brings numbers up to x to where squares neither overflow nor underflow"),
    _binary("norm_part", "copysign(1, x) if fabs(x) > 1.7976931348623157e308 else"
            " (x * 0 if y > 1.7976931348623157e308 else x * norm_scale(y))", "norm_scale(y)", "0", public=False,
            doc="x so scaled, where y is the largest; infinities stand for a direction"),
    _binary("scaled", "copysign(1, x) if fabs(x) > 1.7976931348623157e308 else"
            " (x * 0 if fabs(y) > 1.7976931348623157e308 else x * scale(x, y))", "scale(x, y)", "0", public=False,
            doc="x in a size near 1; infinities stand for a direction"),
)
# fmt: on

# Conditional partials of public rows as operations of their own: nothing of them is written twice, see there. A slope
# of +0 is that of a branch that was not chosen.
ROWS = (
    *WRITTEN,
    *(Row(name, operands, value, slopes, public=False, selects=" ".join(operands))
      for name, operands, value, slopes in PARTIAL_ROWS),
)  # fmt: skip
TABLE = {row.name: row for row in ROWS}
