"""`gradcheck`: are the derivatives of this function right, to six digits?

Three witnesses are heard: reverse mode, forward mode, and differences (differences.py), in random directions and along
each argument. Second derivatives are differences of exact first ones, far more accurate than second differences. Every
operation is also checked alone (node_checks.py): that finds the culprit, and errors too small to show in the whole. How
far rounding can move a result is computed from the graph, so that a tolerance is never a guess.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from autograd.checks.differences import EPSILON, Verdict, verdict
from autograd.checks.flattening import Scalar, derived, derived_numbers, flattened, product, values_of
from autograd.checks.node_checks import Mistake, mistakes, rounding_of, units
from autograd.differentiation.matrices import hvp
from autograd.differentiation.nodes import topological_order
from autograd.differentiation.transforms import grad, jvp
from autograd.modes import record_source
from autograd.primitives import TABLE
from autograd.value import Value

__all__ = ["GradcheckError", "gradcheck"]

MOST_SINGLE_INPUTS = 8  # directions along one input alone; with more inputs the random directions must do
TOLERANCE = 2e-7  # what passes for rounding; an error of 1e-6 is found


class GradcheckError(AssertionError):
    """A derivative that is wrong; `mistakes` are the operations to blame, empty where they are all right alone.

    >>> from autograd import GradcheckError, Value, gradcheck
    >>> try:
    ...     gradcheck(lambda x: x.detach() * x, 3.0)
    ... except GradcheckError as error:
    ...     print("wrong")
    wrong
    """

    def __init__(self, message: str, found: Sequence[Mistake] = ()):
        super().__init__(message)
        self.mistakes = tuple(found)


def gradcheck(
    f: Callable[..., Any], at: Any, order: int = 2, *, directions: int = 3, tolerance: float = TOLERANCE, seed: int = 0,
    on_skip: Callable[[str], Any] | None = None,
) -> bool:  # fmt: skip
    """Whether the derivatives of f are right at a point: True, or GradcheckError.

    Arguments:
        f: a function that returns one number.
        at: its argument, a number or any structure of numbers; a tuple holds several arguments where f takes them.
        order: check derivatives up to this order.
        directions: how many random directions to compare in.
        tolerance: the relative error that is accepted. Below 1e-9 differences see nothing.
        seed: of the random directions; the same seed gives the same check.
        on_skip: called with a sentence for each comparison that could not be made, such as `print`.

    A function has no derivative to compare at a kink, at an edge of its domain and where rounding hides it: such
    directions are left out and `on_skip` told, for they are no errors.

    Returns:
        True.

    Raises:
        GradcheckError: names the operation, its operands, both numbers, their distance, and the line of your program.
        TypeError, ValueError: for wrong arguments, and for a function that gives another number when called again.

    Costs some hundred evaluations of f, and ten of every operation in it.

    >>> gradcheck(lambda x, y: (x * y).tanh(), (0.3, 2.0))
    True
    """
    _check_arguments(f, order, directions, tolerance)
    xs, flat = flattened(f, at)
    draw = Random(seed)
    tell = on_skip if on_skip is not None else _ignore
    function, numbers = flat, values_of(flat)
    if not _same(numbers(xs), numbers(xs)):
        raise ValueError("gradcheck: the function gives another number when it is called again; fix its random numbers")
    for n in range(1, order + 1):
        _check_order(n, function, numbers, xs, _Options(directions, tolerance, seed, draw, tell))
        if n < order:
            weights = [draw.choice((-1, 1)) * draw.uniform(0.5, 1.5) for _ in xs]
            _check_hessian(n, function, xs, weights)
            function, numbers = derived(function, weights), derived_numbers(function, weights)
    return True


@dataclass(frozen=True, slots=True)
class _Options:
    directions: int
    tolerance: float
    seed: int
    draw: Random
    tell: Callable[[str], Any]


# ---- one order


def _check_order(n: int, function: Scalar, numbers: Callable, xs: list[float], options: _Options) -> None:
    with record_source():
        leaves = [Value(x) for x in xs]
        y = function(leaves)
    graph = topological_order(y) if type(y) is Value else []
    if found := mistakes(graph, tolerance=options.tolerance, seed=options.seed):
        raise GradcheckError("; ".join([f"gradcheck: {found[0]}", *_and_more(found)]), found)
    sizes, noise = _sizes_and_noise(graph, leaves)
    gradient = grad(function)(xs)
    for v in _directions(xs, options):
        g = product(gradient, v)
        if all(map(math.isfinite, sizes)):  # forward mode multiplies 0 by the others
            _check_forward(n, function, xs, v, g, product(sizes, [abs(d) for d in v]))
        answer = verdict(_along(numbers, xs, v), g, noise=noise, tolerance=options.tolerance)
        if answer.wrong and not math.isfinite(g) and (outside := _outside_of_domain(graph)):
            answer = Verdict(False, None, outside)
        if answer.wrong:
            raise GradcheckError(_lost(n, xs, v, g, answer, len([z for z in graph if z.inputs])))
        if answer.reason:
            where = f"{_th(n)} derivative, {_direction(v)}"
            options.tell(f"gradcheck: {where}: not compared, {answer.reason}{_kinks(graph)}")


def _along(numbers: Callable[[list[float]], float], xs: list[float], v: list[float]) -> Callable[[float], float]:
    return lambda t: numbers([x + t * d for x, d in zip(xs, v, strict=True)])


def _directions(xs: list[float], options: _Options) -> list[list[float]]:
    """Random directions that move every input on its own scale, and each input alone."""
    found = []
    if len(xs) <= MOST_SINGLE_INPUTS:
        for i, x in enumerate(xs):
            for unit in units(x):
                found.append([unit if j == i else 0.0 for j in range(len(xs))])
    if len(xs) > 1:
        for _ in range(options.directions):  # few bits, so that x + h * v is exact
            found.append([options.draw.choice((-1, 1)) * options.draw.randint(8, 15) / 8 * units(x)[-1] for x in xs])
    return found


def _sizes_and_noise(graph: list[Value], leaves: list[Value]) -> tuple[list[float], float]:
    """For each leaf the sum over its paths of the size of their products; and how far rounding can move the result."""
    weight: dict[int, float] = {id(graph[-1]): 1.0} if graph else {}
    noise = 0.0
    for z in reversed(graph):
        w = weight.get(id(z), 0.0)
        if z.inputs:
            noise += w * rounding_of(z)
        for x, partial in zip(z.inputs, z.partials, strict=True):
            weight[id(x)] = weight.get(id(x), 0.0) + w * abs(partial)
    if not math.isfinite(noise):  # a partial is infinite; that may cancel, or be multiplied by 0
        noise = 4 * EPSILON * abs(graph[-1].data)
    return [weight.get(id(x), 0.0) for x in leaves], noise


def _check_forward(n: int, function: Scalar, xs: list[float], v: list[float], g: float, size: float) -> None:
    forward = jvp(function, (xs,), (v,))[1]
    if abs(forward - g) > 1e-9 * size or (math.isfinite(g) and not math.isfinite(forward)):
        raise GradcheckError(
            f"gradcheck: {_th(n)} derivative at {_short(xs)}, {_direction(v)}: reverse mode gives {g!r}, forward mode "
            f"{forward!r} (distance {abs(forward - g):.1e})"
        )


def _check_hessian(n: int, function: Scalar, xs: list[float], weights: list[float]) -> None:
    """The short cut that `hvp` takes must give what differentiating the gradient gives."""
    derivative = derived(function, weights)
    for i, (short, long) in enumerate(zip(hvp(function, xs, weights), grad(derivative)(xs), strict=True)):
        if math.isfinite(long) and not abs(short - long) <= 1e-6 * max(abs(short), abs(long)):
            leaves = [Value(x) for x in xs]
            y = derivative(leaves)
            size = _sizes_and_noise(topological_order(y), leaves)[0][i]
            if not abs(short - long) <= 1e-9 * size:
                raise GradcheckError(
                    f"gradcheck: {_th(n + 1)} derivative at {_short(xs)}, in number {i}: hvp gives {short!r}, "
                    f"differentiating the gradient {long!r} (distance {abs(short - long):.1e})"
                )


# ---- what to say


def _lost(n: int, xs: list[float], v: list[float], g: float, answer: Verdict, operations: int) -> str:
    assert answer.estimate is not None
    moved = [i for i, d in enumerate(v) if d]
    scale = v[moved[0]] if len(moved) == 1 else 1.0
    where = f"at {_short(xs)}, {_direction(v)}"
    if len(moved) == 1:
        where = f"in number {moved[0]} of at, which is {xs[moved[0]]!r}"
    claimed, differences = g / scale, answer.estimate.value / scale
    blame = (
        f"Each of the {operations} operations is right alone, so a derivative was lost between them: is a number read "
        "by .data, or cut off by detach()?"
    )
    if not math.isfinite(g):
        blame = "A partial is infinite on a path that counts for nothing; within detect_anomaly() backward names it"
    return (
        f"gradcheck: {_th(n)} derivative {where}: reverse and forward mode give {claimed!r}, differences give "
        f"{differences:.12g} (distance {abs(claimed - differences):.1e}). {blame}"
    )


def _and_more(found: list[Mistake]) -> list[str]:
    others = {m.node.op for m in found[1:]}
    return [f"{len(found) - 1} more wrong partials, of {', '.join(sorted(others))}"] if others else []


def _kinks(graph: list[Value]) -> str:
    """Which operations of the graph stand at a kink, as the table or a tie tells."""
    for z in graph:
        row = TABLE.get(z.op)
        if row is not None and any(abs(x.data - kink) < 1e-9 for kink in row.kinks for x in z.inputs[:1]):
            return f" ({z.op} stands at its kink, x = {z.inputs[0].data!r})"
        if z.op in ("maximum", "minimum", "max", "min"):
            numbers = [x.data if type(x) is Value else x for x in z.operands]
            if sum(abs(x - z.data) < 1e-9 for x in numbers) > 1:
                return f" ({z.op} has a tie at {z.data!r})"
    return ""


def _outside_of_domain(graph: list[Value]) -> str:
    """Which operation has a value but no derivative, such as x ** y at x = -2 and y = 1; "" where there is none."""
    for z in graph:
        if any(math.isnan(partial) for partial in z.partials):
            operands = ", ".join(repr(x.data if type(x) is Value else x) for x in z.operands[:6])
            return f"{z.op}({operands}) has no derivative there"
    return ""


def _th(n: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(n, f"{n}th")


def _direction(v: list[float]) -> str:
    moved = [i for i, d in enumerate(v) if d]
    return f"along number {moved[0]}" if len(moved) == 1 else f"in the direction {_short(v)}"


def _short(xs: list[float]) -> str:
    return "[" + ", ".join(f"{x:.6g}" for x in xs[:6]) + (", ...]" if len(xs) > 6 else "]")


def _same(a: float, b: float) -> bool:
    return a == b or (a != a and b != b)


def _ignore(sentence: str) -> None:
    """What is done with a skipped comparison unless `on_skip` is given."""


def _check_arguments(f: Any, order: Any, directions: Any, tolerance: Any) -> None:
    if not callable(f):
        raise TypeError(f"gradcheck: the first argument must be a function, got {type(f).__name__}")
    for name, number, least in (("order", order, 1), ("directions", directions, 1)):
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"gradcheck: {name} must be a whole number, got {type(number).__name__}")
        if number < least:
            raise ValueError(f"gradcheck: {name} must be at least {least}, got {number}")
    if isinstance(tolerance, bool) or not isinstance(tolerance, int | float):
        raise TypeError(f"gradcheck: tolerance must be a number, got {type(tolerance).__name__}")
    if not 0 < tolerance < 1:
        raise ValueError(f"gradcheck: tolerance must be between 0 and 1, got {tolerance!r}")
