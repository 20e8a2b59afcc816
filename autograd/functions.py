"""The functions that take a Value or a number; of a number they give a float."""

from __future__ import annotations

from operator import index
from typing import Any

from autograd.differentiation.nodes import apply_binary, apply_unary
from autograd.generated import kernels
from autograd.numbers import number
from autograd.primitives import TABLE
from autograd.value import Value

__all__ = [
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "cos", "cosh", "elu", "erf",
    "erfc", "exp", "expm1", "floor", "gelu", "gelu_tanh", "hypot", "leaky_relu", "log", "log10", "log1p", "log2",
    "maximum", "minimum", "reciprocal", "relu", "round", "sigmoid", "sign", "silu", "sin", "sinh", "softplus", "sqrt",
    "square", "tan", "tanh", "trunc",
]  # fmt: skip


def _documented(f: Any, name: str) -> Any:
    row = TABLE[name]
    f.__name__ = f.__qualname__ = name
    partials = "; ".join(f"d/d{x} = {partial}" for x, partial in zip(row.operands, row.partials, strict=True))
    f.__doc__ = "\n\n".join(
        text for text in (f"{row.doc or name + ' of a Value or a number'}.", f"z = {row.value}; {partials}",
                          f"Domain: {row.domain}." if row.domain else "", _example(name)) if text
    )  # fmt: skip
    return f


def _example(name: str) -> str:
    """A doctest of the function and its derivative in x, at a point in every domain but acosh's."""
    x, more = (1.5 if name == "acosh" else 0.5), [2.0] * (len(TABLE[name].operands) - 1)
    z, dx, *_ = kernels.FORWARD[kernels.NAMES.index(name)](x, *more)  # pyright: ignore[reportOptionalCall]
    call = ", ".join(["x", *map(str, more)])
    return (
        f">>> from autograd import Value, {name}\n>>> x = Value({x})\n>>> z = {name}({call})\n>>> z.backward()\n"
        f'>>> print(f"{{z:.5g}}, slope {{x.grad:.5g}}")\n{z:.5g}, slope {dx:.5g}'
    )


def _unary(name: str) -> Any:
    op, of_float = kernels.NAMES.index(name), kernels.VALUES[name]

    def function(x: Any) -> Any:
        if type(x) is not Value:
            x = getattr(x, "stands_for", x)
        return apply_unary(op, x) if type(x) is Value else of_float(number(x))

    return _documented(function, name)


def _binary(name: str) -> Any:
    op, of_floats = kernels.NAMES.index(name), kernels.VALUES[name]

    def function(x: Any, y: Any) -> Any:
        x, y = getattr(x, "stands_for", x), getattr(y, "stands_for", y)
        if type(x) is Value or type(y) is Value:
            return apply_binary(op, x, y)
        return of_floats(number(x), number(y))

    return _documented(function, name)


abs = _unary("abs")
acos = _unary("acos")
acosh = _unary("acosh")
asin = _unary("asin")
asinh = _unary("asinh")
atan = _unary("atan")
atanh = _unary("atanh")
cbrt = _unary("cbrt")
ceil = _unary("ceil")
cos = _unary("cos")
cosh = _unary("cosh")
erf = _unary("erf")
erfc = _unary("erfc")
exp = _unary("exp")
expm1 = _unary("expm1")
floor = _unary("floor")
gelu = _unary("gelu")
gelu_tanh = _unary("gelu_tanh")
log = _unary("log")
log10 = _unary("log10")
log1p = _unary("log1p")
log2 = _unary("log2")
reciprocal = _unary("reciprocal")
relu = _unary("relu")
sigmoid = _unary("sigmoid")
sign = _unary("sign")
silu = _unary("silu")
sin = _unary("sin")
sinh = _unary("sinh")
softplus = _unary("softplus")
sqrt = _unary("sqrt")
square = _unary("square")
tan = _unary("tan")
tanh = _unary("tanh")
trunc = _unary("trunc")

atan2 = _binary("atan2")
hypot = _binary("hypot")
maximum = _binary("maximum")
minimum = _binary("minimum")

_round = _unary("round")
_leaky_relu = _binary("leaky_relu")
_elu = _binary("elu")


def round(x: Any, digits: int | None = None) -> Any:
    if digits is None:
        return _round(x)
    return x.__round__(digits) if type(x) is Value else float(number(x).__round__(index(digits)))


round.__doc__ = f"{_round.__doc__}\n\nWith `digits` to so many behind the point, before it where negative, as Python."


def leaky_relu(x: Any, slope: Any = 0.01) -> Any:
    """x, or slope * x where x is negative.

    >>> leaky_relu(-2.0)
    -0.02
    """
    return _leaky_relu(x, slope)


def elu(x: Any, alpha: Any = 1.0) -> Any:
    """x, or alpha * (exp(x) - 1) where x is negative.

    >>> elu(3.0), elu(-1000.0, alpha=2.0)
    (3.0, -2.0)
    """
    return _elu(x, alpha)
