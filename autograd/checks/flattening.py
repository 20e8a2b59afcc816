"""A function of any arguments as one of a flat list of numbers, and its derivatives of any order, for gradcheck.

The derivative along weights is itself a function that can be differentiated, so order n is order 1 of the derivative
before it, and nothing is written twice.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Sequence
from typing import Any

from autograd.differentiation.structure import put_together, taken_apart
from autograd.differentiation.transforms import grad, gradients, only_output, run_of
from autograd.reductions import dot
from autograd.value import Value

Scalar = Callable[[list[Any]], Any]


def flattened(f: Callable[..., Any], at: Any) -> tuple[list[float], Scalar]:
    """The numbers in `at`, and f as a function of a list of them. Raises TypeError and ValueError for a wrong `at`."""
    spread = _takes_several(f, at)
    leaves, structure = taken_apart(tuple(at) if spread else at, "gradcheck: at")
    xs = [x.data if type(x) is Value else float(x) for x in leaves]
    for i, x in enumerate(xs):
        if not math.isfinite(x):
            raise ValueError(f"gradcheck: number {i} of at is {x!r}; differences need finite numbers")
    if not xs:
        raise ValueError("gradcheck: there is no number in at, so nothing to differentiate by")

    def flat(numbers: list[Any]) -> Any:
        arguments = put_together(structure, list(numbers))
        return f(*arguments) if spread else f(arguments)

    return xs, flat


def _takes_several(f: Callable[..., Any], at: Any) -> bool:
    """Whether `at` holds the arguments of f rather than being its argument."""
    if not isinstance(at, tuple | list) or hasattr(at, "_fields"):
        return False
    try:
        signature = inspect.signature(f)
    except (TypeError, ValueError):  # a function of C without a signature
        return isinstance(at, tuple)
    several, single = _binds(signature, at), _binds(signature, (at,))
    return several if isinstance(at, tuple) else several and not single


def _binds(signature: inspect.Signature, arguments: Sequence[Any]) -> bool:
    try:
        signature.bind(*arguments)
    except TypeError:
        return False
    return True


def values_of(flat: Scalar) -> Callable[[list[float]], float]:
    """The function in floats. Within it float() of a Value is an error, as in every transform."""

    def numbers(xs: list[float]) -> float:
        out = only_output(run_of("gradcheck", flat, 0, (xs,), {}))
        return out.data if type(out) is Value else out

    return numbers


def derived(function: Scalar, weights: list[float]) -> Scalar:
    """The derivative along `weights`, as a function that can be differentiated itself."""

    def derivative(xs: list[Any]) -> Any:
        y = function(xs)
        return dot(gradients(y, xs), weights) if type(y) is Value else 0.0

    return derivative


def derived_numbers(function: Scalar, weights: list[float]) -> Callable[[list[float]], float]:
    """The same in floats."""
    gradient = grad(function)

    def numbers(xs: list[float]) -> float:
        return product(gradient(xs), weights)

    return numbers


def product(a: Sequence[float], b: Sequence[float]) -> float:
    """a . b, where nothing times inf is nothing."""
    total = 0.0
    for x, y in zip(a, b, strict=True):
        total += x * y if x and y else 0.0
    return total
