"""The table of operations: one row is all that this project knows about one operation.

Everything else is computed from it: the kernels of both twins and of the compiled machine (`autograd.generate`), the
second derivatives (the same partials, read with Values for numbers), the reference page, error messages and tests. To
add an operation, add its row, give it a public name in `functions.py`, and run `python -m autograd.generate`.

Formulas are Python expressions in the operands, the result `z`, numbers, conditionals, comparisons, the functions of
the C mathematics library (`LIBRARY`) and the names of other rows. Their arithmetic is IEEE 754: `1 / 0` is inf. A
comparison with nan is false, so a conditional ends in the operand itself where nan has to come through.
"""

from __future__ import annotations

from dataclasses import dataclass

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
ROWS = (
    # arithmetic
    _binary("add", "x + y", "1", "1", symbol="+"),
    _binary("sub", "x - y", "1", "-1", symbol="-"),
    _binary("mul", "x * y", "y", "x", symbol="*"),
    _binary("div", "x / y", "1 / y", "-z / y", symbol="/", domain="y != 0"),
    _unary ("neg", "-x", "-1", symbol="-"),
    _binary("pow", "pow(x, y)", "pow_dx(x, y)", "pow_dy(x, y)", symbol="**", domain="x > 0, or y a whole number",
            doc="x to the power y, both of them variables"),
    _binary("powc", "pow(x, y)", "pow_dx(x, y)", "0", symbol="**", domain="x > 0, or y a whole number",
            doc="x to a constant power y: never looks at log(x)"),
    _binary("mod", "fmod(x, y) + y if fmod(x, y) != 0 and (fmod(x, y) < 0) != (y < 0) else fmod(x, y)",
            "1 if z == z else z", "-floor(x / y) if z == z else z", symbol="%", domain="y != 0",
            doc="remainder with the sign of y, as in Python"),
    _binary("floordiv", "floor(x / y)", "0", "0", symbol="//", domain="y != 0"),

    # powers, exponentials and logarithms
    _unary("square",     "x * x",      "2 * x"),
    _unary("reciprocal", "1 / x",      "-z * z", domain="x != 0"),
    _unary("sqrt",       "sqrt(x)",    "0.5 / z", domain="x >= 0"),
    _unary("cbrt",       "cbrt(x)",    "1 / (3 * z * z)"),
    _unary("exp",        "exp(x)",     "z"),
    _unary("expm1",      "expm1(x)",   "exp(x)"),
    _unary("log",        "log(x)",     "1 / x if x >= 0 else z", domain="x > 0"),
    _unary("log2",       "log2(x)",    "1.4426950408889634 / x if x >= 0 else z", domain="x > 0"),
    _unary("log10",      "log10(x)",   "0.4342944819032518 / x if x >= 0 else z", domain="x > 0"),
    _unary("log1p",      "log1p(x)",   "1 / (1 + x) if x >= -1 else z", domain="x > -1"),

    # circular and hyperbolic functions
    _unary("sin",   "sin(x)",   "cos(x)"),
    _unary("cos",   "cos(x)",   "-sin(x)"),
    _unary("tan",   "tan(x)",   "1 + z * z"),
    _unary("asin",  "asin(x)",  "1 / sqrt((1 - x) * (1 + x))", domain="-1 <= x <= 1"),
    _unary("acos",  "acos(x)",  "-1 / sqrt((1 - x) * (1 + x))", domain="-1 <= x <= 1"),
    _unary("atan",  "atan(x)",  "1 / (1 + x * x)"),
    _unary("sinh",  "sinh(x)",  "cosh(x)"),
    _unary("cosh",  "cosh(x)",  "sinh(x)"),
    _unary("tanh",  "tanh(x)",  "sech2(x)"),
    _unary("asinh", "asinh(x)", "1 / hypot(x, 1)"),
    _unary("acosh", "acosh(x)", "1 / (sqrt(x - 1) * sqrt(x + 1))", domain="x >= 1"),
    _unary("atanh", "atanh(x)", "1 / ((1 - x) * (1 + x)) if fabs(x) <= 1 else z", domain="-1 < x < 1"),
    _unary("sech2", "4 * exp(-2 * fabs(x)) / ((1 + exp(-2 * fabs(x))) * (1 + exp(-2 * fabs(x))))", "-2 * z * tanh(x)",
           public=False, doc="1 / cosh(x)**2, the derivative of tanh, without losing digits where tanh saturates"),

    # activations
    _unary("sigmoid",  "1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))", "sigmoid(x) * sigmoid(-x)"),
    _unary("softplus", "x + log1p(exp(-x)) if x > 0 else log1p(exp(x))", "sigmoid(x)", doc="log(1 + exp(x))"),
    _unary("relu",     "x if x > 0 else (0 if x <= 0 else x)", "1 if x > 0 else (0 if x <= 0 else x)", **_KINK),
    _binary("leaky_relu", "x if x > 0 else y * x", "1 if x > 0 else (y if x <= 0 else x)",
            "0 if x > 0 else x", **_KINK, doc="x, or the slope y times x where x is negative"),
    _binary("elu", "x if x > 0 else y * expm1(x)", "1 if x > 0 else y * exp(x)", "0 if x > 0 else expm1(x)",
            **_KINK, doc="x, or y * (exp(x) - 1) where x is negative"),
    _unary("gelu", "x * normal_cdf(x)", "normal_cdf(x) + x * normal_pdf(x)", doc="x times the normal distribution function"),
    _unary("gelu_tanh", "x * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))",
           "sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x)) + x * 1.5957691216057308 * (1 + 0.134145 * x * x)"
           " * sigmoid(1.5957691216057308 * (x + 0.044715 * x * x * x))"
           " * sigmoid(-1.5957691216057308 * (x + 0.044715 * x * x * x))",
           doc="the tanh approximation of gelu (Hendrycks and Gimpel, 2016)"),
    _unary("silu", "x * sigmoid(x)", "sigmoid(x) + x * sigmoid(x) * sigmoid(-x)", doc="x times sigmoid(x)"),
    _unary("erf",  "erf(x)",  "1.1283791670955126 * exp(-x * x)"),
    _unary("erfc", "erfc(x)", "-1.1283791670955126 * exp(-x * x)"),
    _unary("normal_cdf", "0.5 * erfc(-0.7071067811865476 * x)", "normal_pdf(x)", public=False,
           doc="the distribution function of the standard normal"),
    _unary("normal_pdf", "0.3989422804014327 * exp(-0.5 * x * x)", "-x * z", public=False,
           doc="the density of the standard normal"),

    # piecewise functions
    _unary("abs",   "fabs(x)", "1 if x > 0 else (-1 if x < 0 else x * 0)", **_KINK),
    _unary("sign",  "1 if x > 0 else (-1 if x < 0 else x)", "0 if x == x else x", **_KINK),
    _unary("floor", "floor(x)", "0 if x == x else x", doc=_INTEGERS),
    _unary("ceil",  "ceil(x)",  "0 if x == x else x", doc=_INTEGERS),
    _unary("round", "rint(x)",  "0 if x == x else x", doc="to the nearest integer, ties to even"),
    _unary("trunc", "trunc(x)", "0 if x == x else x", doc=_INTEGERS),
    _unary("detach", "x", "0", doc="x itself, taken for a constant"),

    # two arguments
    _binary("maximum", "x if x >= y else (y if x < y else x + y)",
            "1 if x > y else (0 if x < y else (0.5 if x == y else x + y))",
            "1 if x < y else (0 if x > y else (0.5 if x == y else x + y))"),
    _binary("minimum", "x if x <= y else (y if x > y else x + y)",
            "1 if x < y else (0 if x > y else (0.5 if x == y else x + y))",
            "1 if x > y else (0 if x < y else (0.5 if x == y else x + y))"),
    _binary("atan2", "atan2(x, y)", "atan2_dx(x, y)", "atan2_dx(-y, x)", doc="the angle of the point (y, x)"),
    _binary("hypot", "hypot(x, y)", "hypot_dx(x, y)", "hypot_dx(y, x)", doc="sqrt(x * x + y * y), without overflow"),
    _ternary("clip", "x lo hi", "lo if x < lo else (hi if x > hi else x)",
             "1 if lo <= x <= hi else (0 if x == x else x)", "1 if x < lo else 0", "1 if x > hi else 0"),
    _ternary("where", "c x y", "x if c else y", "0", "1 if c else 0", "0 if c else 1",
             doc="x where c is true (not 0), otherwise y"),

    # reductions: x (and y) stand for each operand in turn, n for their number, k for the number of ties
    _reduction("sum",       "start + x1 + x2 + ...", "1"),
    _reduction("mean",      "(x1 + x2 + ...) / n", "1 / n"),
    _reduction("prod",      "x1 * x2 * ...", "product of the others"),
    _reduction("dot",       "start + x1 * y1 + x2 * y2 + ...", "y", "x"),
    _reduction("logsumexp", "log(exp(x1) + exp(x2) + ...)", "exp(x - z)"),
    _reduction("max",       "the largest", "1 / k if x == z else 0"),
    _reduction("min",       "the smallest", "1 / k if x == z else 0"),

    # operations that only the formulas above use
    _binary("pow_dx", "0 if y == 0 else y * pow(x, y - 1)", "0 if y == 0 else y * pow_dx(x, y - 1)",
            "pow(x, y - 1) + y * pow_dy(x, y - 1)", public=False, doc="the derivative of pow(x, y) in x"),
    _binary("pow_dy", "(0 if x == 0 and y >= 0 else pow(x, y) * log(x))", "pow_dx(x, y) * log(x) + pow(x, y - 1)",
            "pow_dy(x, y) * log(x)", public=False, doc="the derivative of pow(x, y) in y"),
    _binary("atan2_dx", "y / (x * x + y * y)", "-2 * x * z / (x * x + y * y)",
            "(x * x - y * y) / ((x * x + y * y) * (x * x + y * y))", public=False, doc="the derivative of atan2(x, y) in x"),
    _binary("hypot_dx", "x / hypot(x, y)", "square(y / hypot(x, y)) / hypot(x, y)",
            "-(x / hypot(x, y)) * (y / hypot(x, y)) / hypot(x, y)", public=False, doc="the derivative of hypot(x, y) in x"),
)
# fmt: on

TABLE = {row.name: row for row in ROWS}
