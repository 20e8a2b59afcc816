"""What the operations of random programs should give: a book of formulas, independent of every engine, ours too.

Floats suffice, for a program keeps its numbers moderate and is judged by the size of the terms of its gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograd.testing.programs import Program


def _sigmoid(x: float) -> float:
    small = math.exp(-abs(x))  # of the other sign it would be too large a number from 710 on
    return (1.0 if x > 0 else small) / (1 + small)


# fmt: off
UNARY: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {  # the value and the derivative
    "neg": (lambda x: -x, lambda x: -1.0),
    "relu": (lambda x: max(x, 0.0), lambda x: float(x > 0)),
    "abs": (abs, lambda x: math.copysign(1.0, x)),
    "square": (lambda x: x * x, lambda x: 2 * x),
    "sqrt": (math.sqrt, lambda x: 0.5 / math.sqrt(x)),
    "exp": (math.exp, math.exp),
    "log": (math.log, lambda x: 1 / x),
    "sin": (math.sin, math.cos),
    "cos": (math.cos, lambda x: -math.sin(x)),
    "tan": (math.tan, lambda x: 1 / math.cos(x) ** 2),
    "tanh": (math.tanh, lambda x: 4 * _sigmoid(2 * x) * _sigmoid(-2 * x)),
    "sigmoid": (_sigmoid, lambda x: _sigmoid(x) * _sigmoid(-x)),
    "softplus": (lambda x: math.log1p(math.exp(x)), _sigmoid),
    "silu": (lambda x: x * _sigmoid(x), lambda x: _sigmoid(x) * (1 + x * _sigmoid(-x))),
    "sinh": (math.sinh, math.cosh),
    "cosh": (math.cosh, math.sinh),
    "asin": (math.asin, lambda x: 1 / math.sqrt(1 - x * x)),
    "acos": (math.acos, lambda x: -1 / math.sqrt(1 - x * x)),
    "atan": (math.atan, lambda x: 1 / (1 + x * x)),
    "expm1": (math.expm1, math.exp),
    "log1p": (math.log1p, lambda x: 1 / (1 + x)),
    "erf": (math.erf, lambda x: 2 / math.sqrt(math.pi) * math.exp(-x * x)),
}
BINARY: dict[str, tuple[Callable[[float, float], float], Callable[[float, float], tuple[float, float]]]] = {
    "add": (lambda x, y: x + y, lambda x, y: (1.0, 1.0)),
    "mul": (lambda x, y: x * y, lambda x, y: (y, x)),
    "sub": (lambda x, y: x - y, lambda x, y: (1.0, -1.0)),
    "div": (lambda x, y: x / y, lambda x, y: (1 / y, -x / y**2)),
    "powc": (lambda x, y: x**y, lambda x, y: (y * x ** (y - 1), 0.0)),
    "pow": (lambda x, y: x**y, lambda x, y: (y * x ** (y - 1), x**y * math.log(x))),
    "maximum": (max, lambda x, y: (float(x > y), float(y > x))),
    "minimum": (min, lambda x, y: (float(x < y), float(y < x))),
    "atan2": (math.atan2, lambda x, y: (y / (x * x + y * y), -x / (x * x + y * y))),
    "hypot": (math.hypot, lambda x, y: (x / math.hypot(x, y), y / math.hypot(x, y))),
}
MANY: dict[str, tuple[Callable[[list[float]], float], Callable[[list[float]], Sequence[float]]]] = {
    "sum": (math.fsum, lambda xs: [1.0] * len(xs)),
    "mean": (lambda xs: math.fsum(xs) / len(xs), lambda xs: [1 / len(xs)] * len(xs)),
    "prod": (math.prod, lambda xs: [math.prod(xs[:i] + xs[i + 1 :]) for i in range(len(xs))]),
    "norm": (lambda xs: math.hypot(*xs), lambda xs: [x / math.hypot(*xs) for x in xs]),
    "max": (max, lambda xs: [float(x == max(xs)) for x in xs]),
    "min": (min, lambda xs: [float(x == min(xs)) for x in xs]),
    "logsumexp": (lambda xs: math.log(math.fsum(map(math.exp, xs))), lambda xs: [
        math.exp(x) / math.fsum(map(math.exp, xs)) for x in xs]),
    "dot": (lambda xs: math.fsum([xs[0], *(x * y for x, y in zip(xs[1::2], xs[2::2], strict=True))]),  # the start first
            lambda xs: [1.0, *(xs[i + 1] if i % 2 else xs[i - 1] for i in range(1, len(xs)))]),
    "choose": (lambda xs: xs[2] if xs[0] > xs[1] else xs[3],  # a branch of the program, no operation of an engine
               lambda xs: [0.0, 0.0, float(xs[0] > xs[1]), float(not xs[0] > xs[1])]),
}
# fmt: on


def value_of(name: str, xs: list[float]) -> float | None:
    """The operation on floats; None where it has no finite real value."""
    try:
        z = UNARY[name][0](*xs) if name in UNARY else BINARY[name][0](*xs) if name in BINARY else MANY[name][0](xs)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return z if isinstance(z, float) and math.isfinite(z) else None


def partials_of(name: str, xs: list[float]) -> Sequence[float]:
    """The derivative in each operand."""
    if name in UNARY:
        return (UNARY[name][1](*xs),)
    return BINARY[name][1](*xs) if name in BINARY else MANY[name][1](xs)


def stands_apart(name: str, xs: list[float]) -> bool:
    """Whether rounding cannot take the operation to the other side of a kink, nor its derivatives off to infinity."""
    if name in ("relu", "abs"):
        return abs(xs[0]) > 1e-6
    if name in ("maximum", "minimum", "max", "min"):
        first, *others = sorted(xs, reverse=name.startswith("max"))
        return all(abs(first - x) > 1e-6 for x in others)
    if name == "choose":
        return abs(xs[0] - xs[1]) > 1e-6
    if name in ("asin", "acos"):
        return abs(xs[0]) < 0.99
    return name != "pow" or xs[0] > 0


def gradient(program: Program) -> tuple[float, list[float], list[float]]:
    """The value, the gradient in the inputs, and for each input the sum of the sizes of what its paths contribute."""
    numbers: list[list[float]] = []

    def apply(name: str, xs: list[Any]) -> float:
        z = value_of(name, xs)
        assert z is not None, "a program's steps have values"
        numbers.append(xs)
        return z

    made = program.results(apply, program.inputs)
    grads, sizes = [0.0] * len(made), [0.0] * len(made)
    grads[-1] = sizes[-1] = 1.0
    n = len(program.inputs)
    for place in reversed(range(n, len(made))):
        name, operands = program.steps[place - n]
        for x, partial in zip(operands, partials_of(name, numbers[place - n]), strict=True):
            if type(x) is int:
                grads[x] += grads[place] * partial
                sizes[x] += sizes[place] * abs(partial)
    return made[-1], grads[:n], sizes[:n]
