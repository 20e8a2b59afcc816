"""Functions in, functions out: `grad`, `value_and_grad`, `jvp`, `vjp`, `gradients`.

Every call runs the function on variables of its own, records the graph that came out, and sweeps over it, so nothing
the function has captured is touched, not even its `grad`. Results are floats, with two exceptions, which make nesting
work: they are Values where an argument holds a Value, and where the output depends on a variable of a transform that is
still running around this one. Captured parameters are constants to a transform: they leave its results floats.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd import hooks
from autograd.anomalies import check_pulled, check_pushed
from autograd.differentiation.nodes import apply_unary
from autograd.differentiation.running import called, enclosing, older_nodes
from autograd.differentiation.structure import (
    DEEPEST,
    OfNumbers,
    Structure,
    difference,
    in_order_of,
    is_array,
    one_number,
    put_together,
    taken_apart,
    tuple_of,
)  # fmt: skip
from autograd.differentiation.sweeps import as_values, pulled, pulled_from_call, pulled_values, pushed, pushed_values
from autograd.differentiation.tape import Tape, tape_between
from autograd.generated.kernels import NAMES
from autograd.modes import modes
from autograd.node import data_of
from autograd.value import Value

__all__ = ["grad", "gradients", "jvp", "value_and_grad", "vjp"]

_IDENTITY = NAMES.index("identity")


def grad(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """The function that computes the gradient of f.

    Arguments:
        f: returns one number, which may be alone in a list or an array. Its arguments are numbers, or lists, tuples,
            dicts and arrays of numbers, nested as you like; keyword arguments are passed on and not differentiated.
        argnums: which positional arguments to differentiate by, from 0, or from the end where negative. For a tuple of
            them the result is a tuple.

    Returns:
        A function of the same arguments; its result has the structure of the argument.

    Raises:
        TypeError: by the function returned, when f does not return one number or an argument holds something else.
        ValueError: by the function returned, when there is no argument with that number.

    Floats in give floats out, to which nothing is connected: what f reads from outside, such as the parameters of a
    model, is a constant. Where such a derivative is part of a loss that is differentiated by them, pass `Value(x)`.

    Costs about as much as computing f twice.

    >>> grad(lambda x: x ** 3)(2.0)
    12.0
    >>> w = Value(5.0)
    >>> slope = grad(lambda x: w * x ** 2)
    >>> slope(2.0), gradients(slope(Value(2.0)), w)
    (20.0, Value(4.0, grad=0.0))
    """
    return _named(lambda value, gradient: gradient, "grad", f, argnums)


def value_and_grad(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
    """The function that computes f and its gradient, as a pair; see `grad`, also for what floats in give.

    >>> from autograd import value_and_grad
    >>> value_and_grad(lambda x: x**3)(2.0)
    (8.0, 12.0)
    """
    return _named(lambda value, gradient: (value, gradient), "value_and_grad", f, argnums)


def _named(result: Callable[[Any, Any], Any], name: str, f: Callable[..., Any], argnums: Any) -> Callable[..., Any]:
    check(name, f, argnums)

    @functools.wraps(f, updated=())  # a model's attributes are not the derivative's
    def function(*arguments: Any, **options: Any) -> Any:
        run = run_of(name, f, argnums, arguments, options)
        out = only_output(run)
        tape = tape_of(run, [out])
        return result(plain(run, out), put_together(run.structure, gradient_of(run, tape)))

    function.__name__ = function.__qualname__ = f"{name}({getattr(f, '__name__', type(f).__name__)})"
    return of_recorded(name, f, argnums, function)


def of_recorded(name: str, f: Any, argnums: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """The transform, at machine speed where f has been recorded by `jit`."""
    recorded = getattr(type(f), "recorded_transform", None)
    return function if recorded is None else recorded(f, name, argnums, function)


def jvp(f: Callable[..., Any], primals: Any, tangents: Any) -> tuple[Any, Any]:
    """f(*primals), and its derivative when the arguments move along the tangents: forward mode.

    Arguments:
        primals: a tuple or list of the arguments of f; anything else is its only argument.
        tangents: the same structure with a direction for each number.

    Returns:
        Value and tangent, both with the structure of what f returns. Floats in give floats out; see `grad`.

    Raises:
        ValueError: when primals and tangents differ in structure, naming where.

    Costs about two evaluations of f, whatever the number of arguments and results.

    >>> jvp(lambda x, y: x * y, (2.0, 3.0), (1.0, 0.0))
    (6.0, 3.0)
    """
    check("jvp", f, 0)
    several = isinstance(primals, list | tuple) and not hasattr(primals, "_fields")
    arguments = tuple(primals) if several else (primals,)
    directions = tuple(tangents) if several and isinstance(tangents, list | tuple) else (tangents,)
    run = run_of("jvp", f, tuple(range(len(arguments))), arguments, {})
    moves = matched("jvp: tangents", run.structure, directions, "the primals")
    outputs, shape = taken_apart(run.out, "jvp: what the function returned")
    tape = tape_of(run, outputs)
    run.nested |= any(type(t) is Value for t in moves)
    if modes.anomaly:
        check_pushed("jvp", tape, moves)
    if run.nested:
        t = pushed_values(tape, moves)
        found = as_values(t, tape.outputs)
    else:
        found = [0.0 if t is None else t for t in pushed(tape, moves)]
    return put_together(shape, [plain(run, x) for x in outputs]), put_together(shape, _spread(run, outputs, found))


def vjp(f: Callable[..., Any], *primals: Any) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """f(*primals), and the function that pulls a weight on each result back to the arguments: reverse mode.

    Returns:
        The value, and a pullback: it takes weights in the structure of the value and gives a tuple with the gradient of
        the weighted sum for each argument. It can be called any number of times, at the cost of one sweep each.
        Floats in give floats out; see `grad`.

    >>> value, pullback = vjp(lambda x, y: [x * y, x + y], 2.0, 3.0)
    >>> pullback([1.0, 10.0])
    (13.0, 12.0)
    """
    check("vjp", f, 0)
    run = run_of("vjp", f, tuple(range(len(primals))), primals, {})
    outputs, shape = taken_apart(run.out, "vjp: what the function returned")
    tape = tape_of(run, outputs)

    def pullback(weights: Any) -> tuple[Any, ...]:
        chosen = matched("vjp: weights", shape, weights, "the value")
        chosen = [w for w, out in zip(chosen, outputs, strict=True) if type(out) is Value]
        return put_together(run.structure, gradient_of(run, tape, chosen))

    return put_together(shape, [plain(run, x) for x in outputs]), pullback


def gradients(y: Value, xs: Any) -> Any:
    """The derivative of y in the direction of Values it was computed from, as Values that can be differentiated again.

    Arguments:
        y: the result of a computation.
        xs: a Value or a structure of them, leaves or not. Where one depends on another, what flows through it counts.

    Returns:
        The structure of `xs`. No `grad` is read or written.

    >>> x = Value(2.0)
    >>> first = gradients(x ** 3, x)
    >>> gradients(first, x)
    Value(12.0, grad=0.0)
    """
    if type(y) is not Value:
        raise TypeError(f"gradients: y must be a Value, got {type(y).__name__}")
    reader = OfNumbers()
    structure = reader.read(xs, "gradients: xs")
    variables = reader.leaves
    if len(reader.values) < len(variables):
        found = next(x for x in variables if type(x) is not Value)
        raise TypeError(f"gradients: xs must hold Values, got the number {found!r}")
    found = None if modes.anomaly else pulled_from_call(y, variables)
    if found is None:
        tape = tape_between([y], variables, [], True)
        if modes.anomaly:
            check_pulled("gradients", tape, [1.0])
        found = as_values(pulled_values(tape, [1.0]), tape.variables)
    return put_together(structure, found)


# ---- what all transforms do


class Run:
    """One call of a transformed function: its variables, what they look like together, what came out."""

    __slots__ = ("name", "nested", "out", "structure", "variables")

    def __init__(self, name: str, variables: list[Value], structure: Structure, nested: bool, out: Any):
        self.name, self.variables, self.structure, self.nested, self.out = name, variables, structure, nested, out


def check(name: str, f: Any, argnums: Any) -> None:
    """Raise TypeError where f cannot be called or argnums are not whole numbers."""
    if not callable(f):
        raise TypeError(f"{name}: the first argument must be a function, got {type(f).__name__}")
    numbers = argnums if isinstance(argnums, tuple | list) else (argnums,)
    if any(isinstance(k, bool) or not hasattr(k, "__index__") for k in numbers):
        raise TypeError(f"{name}: argnums must be a whole number or a tuple of them, got {argnums!r}")


def run_of(name: str, f: Any, argnums: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> Run:
    """Call f on variables in the place of the numbers in the chosen arguments."""
    several = isinstance(argnums, tuple | list)
    places = [_place(name, k, argnums, len(arguments)) for k in (argnums if several else (argnums,))]
    if len(set(places)) < len(places):
        raise ValueError(f"{name}: argnums={argnums!r} names an argument twice")
    leaves: list[Any] = []
    parts = []
    for k in places:
        found, structure = taken_apart(arguments[k], f"{name}: argument {k}")
        leaves += found
        parts.append(structure)
    variables = [apply_unary(_IDENTITY, x) if type(x) is Value else Value(x) for x in leaves]
    together = tuple_of(parts)
    given = list(arguments)
    for k, argument in zip(places, put_together(together, variables), strict=True):
        given[k] = argument
    out = called(f, given, options, variables)
    nested = any(type(x) is Value for x in leaves)
    return Run(name, variables, together if several else parts[0], nested, out)


def _place(name: str, k: Any, argnums: Any, n: int) -> int:
    if not -n <= k < n:
        count = "1 positional argument" if n == 1 else f"{n} positional arguments"
        raise ValueError(f"{name}: argnums={argnums!r}, but the function was called with {count}, counted from 0")
    return int(k) % n


def only_output(run: Run) -> Any:
    """The one number that the function has returned, a Value or a float."""
    out = only_item(run.out)
    if type(out) is Value or type(out) is float:
        return out
    try:
        return one_number(out, "")
    except TypeError:
        pass
    out = run.out
    kind = f"an array of shape {out.shape}" if getattr(out, "shape", None) else type(out).__name__
    if out is None:
        kind = "None; is a return missing"
    several = isinstance(out, list | tuple | dict) or getattr(out, "ndim", 0)
    advice = "; for several use jacobian" if several and run.name != "jacobian" else ""
    raise TypeError(f"{run.name}: the function must return one number, got {kind}{advice}")


def only_item(x: Any) -> Any:
    """What a list, a tuple or an array of one item holds, however nested; anything else itself."""
    for _ in range(DEEPEST):
        if is_array(x):
            return x.item() if x.size == 1 else x
        if not isinstance(x, list | tuple) or len(x) != 1:
            return x
        (x,) = x
    return x


def tape_of(run: Run, outputs: list[Any]) -> Tape:
    """The tape from the variables to those outputs that are Values; notes whether results must be Values."""
    tape = tape_between([x for x in outputs if type(x) is Value], run.variables, enclosing(), False, older_nodes())
    recorder: Any = hooks.recorder_here()
    run.nested |= tape.nested or (recorder is not None and recorder.is_symbolic(tape))
    return tape


def gradient_of(run: Run, tape: Tape, weights: list[Any] | None = None) -> list[Any]:
    """The gradient of the weighted sum of a tape's outputs in the direction of each variable."""
    weights = [1.0] * len(tape.outputs) if weights is None else weights
    if modes.anomaly:
        check_pulled(run.name, tape, weights)
    if not run.nested and not any(type(w) is Value for w in weights):
        return [0.0 if g is None else g for g in pulled(tape, weights)]
    g = pulled_values(tape, weights)
    return as_values(g, tape.variables)


def matched(name: str, wanted: Structure, tree: Any, other: str) -> list[Any]:
    """The numbers of a tree that must have a given structure."""
    leaves, structure = taken_apart(tree, name)
    if structure == wanted:
        return leaves
    if found := difference(wanted, structure):
        raise ValueError(f"{name} must have the structure of {other}; {found}")
    return in_order_of(wanted, structure, leaves)


def plain(run: Run, x: Any) -> Any:
    """A result as it is handed out: a Value where the run is nested, otherwise a float."""
    if run.nested:
        return x if type(x) is Value else Value(x)
    return data_of(x)


def _spread(run: Run, outputs: list[Any], found: list[Any]) -> list[Any]:
    """The tangents of the Values among the outputs, and zeros for the rest."""
    tangents = iter(found)
    zero = Value(0.0) if run.nested else 0.0
    return [next(tangents) if type(out) is Value else zero for out in outputs]
