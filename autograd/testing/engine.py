"""A face for any engine: a class with operators, `.data`, `.grad` and `.backward()`, and what it is able to do.

What an engine lacks is found by trying: an operation that raises on ordinary numbers, or gives something that is no
node, is unsupported. That is reported, and never counted as a failure.
"""

from __future__ import annotations

import importlib
import math
import operator
import sys
from collections.abc import Callable
from typing import Any

from autograd.testing.programs import OPERATIONS, Program
from autograd.testing.reference import BINARY, MANY, UNARY

_OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow,
    "powc": operator.pow, "neg": operator.neg, "abs": abs,
}  # fmt: skip
_BUILT_IN: dict[str, Callable[[list[Any]], Any]] = {  # of plain Python; they need operators and comparisons only
    "sum": sum,
    "mean": lambda xs: sum(xs) / len(xs),
    "prod": math.prod,
    "dot": lambda xs: sum((x * y for x, y in zip(xs[1::2], xs[2::2], strict=True)), xs[0]),
    "max": max,
    "min": min,
    "choose": lambda xs: xs[2] if xs[0] > xs[1] else xs[3],
}


class Engine:
    """The class under test, called in one way.

    Attributes:
        value_class: the class.
        supports: the names of the operations it has, of `autograd.testing.OPERATIONS`, in that order.
        lacks: the others.
    """

    def __init__(self, value_class: Any, functions: Any = None):
        """`functions` is where functions such as `exp` or `dot` are looked up that the class has no method for: a
        module or any object with such attributes; the package that the class comes from unless given."""
        if not isinstance(value_class, type):
            raise TypeError(f"check_engine: the first argument must be a class, got {type(value_class).__name__}")
        missing = [name for name in ("backward", "__add__", "__mul__") if not hasattr(value_class, name)]
        if missing:
            raise TypeError(f"check_engine: {value_class.__name__} has no {missing[0]}; an engine's class needs it")
        self.value_class = value_class
        self.functions = functions if functions is not None else _package_of(value_class)
        self.supports = tuple(name for name in OPERATIONS if self._works(name))
        self.lacks = tuple(name for name in OPERATIONS if name not in self.supports)

    @property
    def name(self) -> str:
        """Module and name of the class."""
        return f"{self.value_class.__module__}.{self.value_class.__qualname__}"

    def new(self, x: float) -> Any:
        """A leaf."""
        return self.value_class(x)

    def apply(self, name: str, xs: list[Any]) -> Any:
        """An operation of a program, on nodes and floats."""
        if name in _OPERATORS:
            return _OPERATORS[name](*xs)
        if name in UNARY:
            method = getattr(xs[0], name, None)
            return method() if method is not None else getattr(self.functions, name)(xs[0])
        if name in BINARY:
            return getattr(self.functions, name)(*xs)
        f = getattr(self.functions, name, None)
        if f is not None and name == "dot":
            return f(xs[1::2], xs[2::2], start=xs[0])
        z = (f if f is not None else _BUILT_IN[name])(xs)
        return z if isinstance(z, self.value_class) else self.new(z)  # the largest may be a constant

    def gradient(self, program: Program) -> tuple[float, list[float]]:
        """The value of a program and its gradient in the inputs, on new leaves."""
        xs = [self.new(x) for x in program.inputs]
        y = program.results(self.apply, xs)[-1]
        y.backward()
        return number(y.data), [number(x.grad) for x in xs]

    def _works(self, name: str) -> bool:
        count = 1 if name in UNARY else 2 if name in BINARY else 5 if name in MANY else 1
        try:
            xs = [self.new(x) for x in (0.5, 0.75, 0.25, 0.875, 0.625)[:count]]
            z = self.apply(name, [xs[0], 2.0] if name == "powc" else xs)
            return isinstance(z, self.value_class) and math.isfinite(number(z.data))
        except Exception:  # whatever an engine raises for what it has not got
            return False


def number(x: Any) -> float:
    """What an engine calls data or a gradient, as a float; complex numbers and others raise TypeError."""
    return float(getattr(x, "data", x)) if not isinstance(x, int | float) else float(x)


def _package_of(value_class: type) -> Any:
    return sys.modules.get(value_class.__module__.partition(".")[0])


def found(path: str) -> type:
    """The class that "package.module:Class" names. Raises ValueError where there is none."""
    module, colon, name = path.partition(":")
    if not colon or not module or not name:
        raise ValueError(f"an engine is named as package.module:Class, such as micrograd.engine:Value; got {path!r}")
    try:
        answer: Any = importlib.import_module(module)
        for part in name.split("."):
            answer = getattr(answer, part)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"the engine {path!r} cannot be loaded: {error}") from error
    return answer
