"""The table of operations: one row is all that this project knows about one operation.

Everything else is computed from it: the kernels of both twins and of the compiled machine (`autograd.formulas`), the
second derivatives (the same partials, read with Values for numbers), the reference page, error messages and tests. To
add an operation, add its row, give it a public name in `functions.py`, and run `python -m autograd.formulas`.

Formulas are Python expressions in the operands, the result `z`, numbers, conditionals, comparisons, the functions of
the C mathematics library (`LIBRARY`) and the names of other rows. Their arithmetic is IEEE 754: `1 / 0` is inf. A
comparison with nan is false, so a conditional ends in the operand itself where nan has to come through.
"""

from typing import NamedTuple

from autograd.accurate import (
    CBRT_DX,
    CLIP,
    CLIP_DHI,
    CLIP_DLO,
    CLIP_DX,
    ELU_DX,
    ERF_SLOPE,
    FLOORDIV,
    GELU,
    GELU_TANH,
    HELPERS,
    LARGER_X,
    LEAKY_RELU_DX,
    LOG2_E,
    LOG10_E,
    MAXIMUM,
    MINIMUM,
    MOD,
    QUOTIENT_DY,
    RELU_DX,
    SILU,
    SMALLER_X,
)
from autograd.generated.partial_rows import PARTIAL_ROWS

LIBRARY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc "
    "floor ceil trunc rint fabs pow atan2 hypot fmod copysign"
).split()


class Row(NamedTuple):
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
_PUBLIC = (
    # arithmetic
    _binary("add", "x + y", "1", "1", symbol="+"),
    _binary("sub", "x - y", "1", "-1", symbol="-"),
    _binary("mul", "x * y", "y", "x", symbol="*"),
    _binary("div", "x / y", "1 / y", QUOTIENT_DY, symbol="/", domain="y != 0"),
    _unary ("neg", "-x", "-1", symbol="-"),
    _binary("pow", "pow(x, y)", "pow_dx(x, y)", "pow_dy(x, y)", symbol="**", domain="x > 0, or y a whole number",
            doc="x to the power y, both of them variables"),
    _binary("powc", "pow(x, y)", "pow_dx(x, y)", "0", symbol="**", domain="x > 0, or y a whole number",
            doc="x to a constant power y"),
    _binary("mod", MOD, "1 if z == z else z", "-floordiv(x, y) if z == z else z", symbol="%", domain="y != 0",
            doc="remainder with the sign of y, as in Python"),
    _binary("floordiv", FLOORDIV, "0", "0", symbol="//", domain="y != 0",
            doc="the largest whole number not above the exact quotient, as in Python"),

    # powers, exponentials and logarithms
    _unary("square",     "x * x",      "2 * x"),
    _unary("reciprocal", "1 / x",      "-z * z", domain="x != 0"),
    _unary("sqrt",       "sqrt(x)",    "0.5 / (0 + z)", domain="x >= 0"),  # 0 + z: the root of -0.0 is -0.0
    _unary("cbrt",       "cbrt(x)",    CBRT_DX),
    _unary("exp",        "exp(x)",     "z"),
    _unary("expm1",      "expm1(x)",   "exp(x)"),
    _unary("log",        "log(x)",     "1 / x if x > 0 else -z", domain="x > 0"),
    _unary("log2",       "log2(x)",    f"{LOG2_E} / x if x > 0 else -z", domain="x > 0"),
    _unary("log10",      "log10(x)",   f"{LOG10_E} / x if x > 0 else -z", domain="x > 0"),
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
    _unary("relu",     "x if x > 0 else (0 if x <= 0 else x)", RELU_DX, **_KINK, selects="x"),
    _binary("leaky_relu", "x if x > 0 else y * x", LEAKY_RELU_DX, "leaky_relu_dy(x)", **_KINK, selects="y",
            doc="x, or the slope y times x where x is negative"),
    _binary("elu", "x if x > 0 else y * expm1(x)", ELU_DX, "elu_dy(x)", **_KINK, selects="y",
            doc="x, or y * (exp(x) - 1) where x is negative"),
    _unary("gelu",      GELU,      "gelu_dx(x)", doc="x times the distribution function of the standard normal"),
    _unary("gelu_tanh", GELU_TANH, "gelu_tanh_dx(x)",
           doc="the tanh approximation of gelu (Hendrycks and Gimpel, 2016)"),
    _unary("silu",      SILU,      "silu_dx(x)", doc="x times sigmoid(x)"),
    _unary("erf",  "erf(x)",  f"gauss_times(x, {ERF_SLOPE})"),
    _unary("erfc", "erfc(x)", f"gauss_times(x, -{ERF_SLOPE})"),

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
    _binary("maximum", MAXIMUM, LARGER_X, SMALLER_X, selects="x y"),
    _binary("minimum", MINIMUM, SMALLER_X, LARGER_X, selects="x y"),
    _binary("atan2", "atan2(x, y)", "atan2_dx(x, y)", "-atan2_dx(y, x)", doc="the angle of the point (y, x)"),
    _binary("hypot", "hypot(x, y)", "hypot_dx(x, y)", "hypot_dx(y, x)", doc="sqrt(x * x + y * y), without overflow"),
    _ternary("clip", "x lo hi", CLIP, CLIP_DX, CLIP_DLO, CLIP_DHI, selects="x lo hi"),
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
)
# fmt: on

WRITTEN = (
    *_PUBLIC,
    *(Row(name, operands, value, partials, public=False, **more) for name, operands, value, partials, more in HELPERS),
)
# Conditional partials of public rows as operations of their own: nothing of them is written twice, see there. A slope
# of +0 is that of a branch that was not chosen.
ROWS = (
    *WRITTEN,
    *(Row(name, operands, value, slopes, public=False, selects=" ".join(operands))
      for name, operands, value, slopes in PARTIAL_ROWS),
)  # fmt: skip
TABLE = {row.name: row for row in ROWS}
