"""Derivatives of several numbers by several: `jacobian`, `hessian`, and `hvp`, a Hessian times a vector without it.

One run of the function and one tape serve all rows. Second derivatives as floats take the short cut of second_order.py;
where it does not know the way or Values are wanted, the gradient is made of Values and differentiated again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograd.anomalies import check_pulled
from autograd.differentiation.running import enclosing, older_nodes
from autograd.differentiation.second_order import adjoint_tangents, curvature_of
from autograd.differentiation.sparsity import dependencies, hessian_sweeps, jacobian_sweeps, matrix
from autograd.differentiation.structure import blocks, put_together, taken_apart
from autograd.differentiation.sweeps import pulled, pulled_values, pushed, pushed_values
from autograd.differentiation.tape import Tape, tape_between
from autograd.differentiation.transforms import (
    Run,
    check,
    gradient_of,
    matched,
    of_recorded,
    only_output,
    run_of,
    tape_of,
)
from autograd.modes import modes
from autograd.node import data_of
from autograd.value import Value

__all__ = ["hessian", "hvp", "jacobian"]


def jacobian(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0, *, sparse: bool = False) -> Callable[..., Any]:
    """The function that computes the derivative of each number f returns by each number in an argument.

    Arguments:
        f, argnums: as for `grad`, but f returns any structure of numbers.
        sparse: whether the result is a SciPy sparse array (CSR) with a row for each number f returns and a column for
            each number of the argument, both in order, however nested. It holds the entries that can be other than 0.

    Returns:
        A function of the same arguments. Its result has the structure of what f returns, and in the place of each
        number the structure of the argument: for lists a list of rows. An array of shape S by one of shape T is an
        array of shape S + T. Floats in give floats out, to which what f reads from outside is a constant; see `grad`.

    Costs one run of f and one sweep for each result or each argument, whichever are fewer; with `sparse` one for each
    group of arguments, or of results, that have nothing in common.

    >>> jacobian(lambda x: [x[0] * x[1], x[0] + x[1]])([2.0, 3.0])
    [[3.0, 2.0], [1.0, 1.0]]
    """
    check("jacobian", f, argnums)
    if sparse:
        return _sparse("jacobian", f, argnums, _sparse_jacobian)

    def function(*arguments: Any, **options: Any) -> Any:
        run = run_of("jacobian", f, argnums, arguments, options)
        outputs, shape = taken_apart(run.out, "jacobian: what the function returned")
        rows = iter(_rows(run, tape_of(run, outputs)))
        zero = Value(0.0) if run.nested else 0.0
        nothing = [zero] * len(run.variables)
        return blocks(shape, run.structure, [next(rows) if type(x) is Value else nothing for x in outputs])

    return of_recorded("jacobian", f, argnums, _named("jacobian", f, function))


def hessian(f: Callable[..., Any], argnums: int | tuple[int, ...] = 0, *, sparse: bool = False) -> Callable[..., Any]:
    """The function that computes all second derivatives of f, which returns one number.

    Arguments:
        f, argnums: as for `grad`. sparse: as for `jacobian`.

    Its result has the structure of the argument, and in the place of each number that structure again: for a number a
    number, for a list of n a list of n rows. Costs one run of f and two sweeps for each of the n numbers; with `sparse`
    a few gradients where each number meets few others in f, however many there are. Floats in give floats out;
    see `grad`.

    >>> hessian(lambda x: x[0] ** 2 * x[1])([1.0, 3.0])
    [[6.0, 2.0], [2.0, 0.0]]
    """
    check("hessian", f, argnums)
    if sparse:
        return _sparse("hessian", f, argnums, _sparse_hessian)

    def function(*arguments: Any, **options: Any) -> Any:
        run = run_of("hessian", f, argnums, arguments, options)
        tape = tape_of(run, [only_output(run)])
        b = _curvature(run, tape)
        rows = _rows_of_values(run, tape) if b is None else _second_by_columns(run, b)
        return blocks(run.structure, run.structure, rows)

    return of_recorded("hessian", f, argnums, _named("hessian", f, function))


def hvp(f: Callable[..., Any], x: Any, v: Any) -> Any:
    """The Hessian of f at x times the vector v: how the gradient changes when x moves along v.

    Arguments:
        f: a function of one argument that returns one number.
        x: its argument, a number or any structure of numbers.
        v: a direction, with the structure of x.

    Returns:
        The structure of x. Costs about as much as a gradient or two, whatever the size of x. Floats in give floats out;
        see `grad`.

    >>> hvp(lambda x: x[0] ** 2 * x[1], [1.0, 3.0], [1.0, 0.0])
    [6.0, 2.0]
    """
    check("hvp", f, 0)
    run = run_of("hvp", f, 0, (x,), {})
    directions = matched("hvp: v", run.structure, v, "x")
    tape = tape_of(run, [only_output(run)])
    run.nested |= any(type(t) is Value for t in directions)
    b = _curvature(run, tape)
    if b is not None:
        return put_together(run.structure, [_number(t) for t in adjoint_tangents(b, directions)])
    again = tape_between(_gradient_in_values(tape), run.variables, enclosing(), False, older_nodes())
    t = pushed_values(again, directions)
    return put_together(run.structure, [_entry(run, t[i] if i >= 0 else None) for i in again.outputs])


def _sparse(name: str, f: Any, argnums: Any, found: Callable[[Run, Tape, list[Any]], Any]) -> Callable[..., Any]:
    def function(*arguments: Any, **options: Any) -> Any:
        run = run_of(name, f, argnums, arguments, options)
        outputs = [only_output(run)] if name == "hessian" else taken_apart(run.out, f"{name}: the result")[0]
        tape = tape_of(run, outputs)
        if run.nested:
            raise TypeError(
                f"{name}: sparse=True gives numbers, which cannot be differentiated or recorded; leave it out where "
                "an argument holds Values, and inside other transforms and recorded functions"
            )
        return found(run, tape, outputs)

    return of_recorded(f"sparse_{name}", f, argnums, _named(name, f, function))


def _sparse_jacobian(run: Run, tape: Tape, outputs: list[Any]) -> Any:
    found = iter(_dependencies(tape))
    sweeps = jacobian_sweeps([next(found) if type(x) is Value else () for x in outputs], len(run.variables))
    on_tape = [i for i, x in enumerate(outputs) if type(x) is Value]
    places = {i: k for k, i in enumerate(on_tape)}
    tangents = [pushed(tape, _along(len(run.variables), *group)) for group in sweeps.forward]
    adjoints = [pulled(tape, _along(len(on_tape), *[places[i] for i in group])) for group in sweeps.reverse]
    first = len(tangents)
    values = [tangents[k][places[i]] if k < first else adjoints[k - first][i] for k, i in sweeps.entries]
    return matrix(sweeps, [_number(x) for x in values])


def _sparse_hessian(run: Run, tape: Tape, outputs: list[Any]) -> Any:
    again = tape_between(_gradient_in_values(tape), run.variables, enclosing(), False, older_nodes())
    sweeps = hessian_sweeps(_dependencies(again))
    b, n = _curvature(run, tape), len(run.variables)
    moves = [_along(n, *group) for group in sweeps.forward]
    tangents = [pushed(again, move) if b is None else adjoint_tangents(b, move) for move in moves]
    return matrix(sweeps, [_number(tangents[k][i]) for k, i in sweeps.entries])


def _dependencies(tape: Tape) -> Any:
    """Which variables each output of the tape depends on."""
    places = {id(z): i for i, z in enumerate(tape.nodes)}
    operands = [[places.get(id(x)) for x in z.inputs] for z in tape.nodes]
    return dependencies(operands, {i: k for k, i in enumerate(tape.variables) if i >= 0}, list(tape.outputs))


def _named(name: str, f: Any, function: Any) -> Any:
    functools.update_wrapper(function, f, updated=())
    function.__name__ = function.__qualname__ = f"{name}({getattr(f, '__name__', type(f).__name__)})"
    return function


def _curvature(run: Run, tape: Tape) -> Any:
    """What the short cut needs; None where it is of no use, or would not name the operation that gives a nan."""
    if modes.anomaly:
        check_pulled(run.name, tape, [1.0] * len(tape.outputs))
    return None if run.nested or modes.anomaly else curvature_of(tape)


def _rows(run: Run, tape: Tape) -> list[list[Any]]:
    """For each output on the tape its gradient, in floats from whichever side is narrower."""
    m, n = len(tape.outputs), len(run.variables)
    if run.nested or modes.anomaly:
        return [gradient_of(run, tape, _along(m, k)) for k in range(m)]
    if m <= n:
        return [[_number(g) for g in pulled(tape, _along(m, k))] for k in range(m)]
    columns = [[_number(t) for t in pushed(tape, _along(n, k))] for k in range(n)]
    return [[column[i] for column in columns] for i in range(m)]


def _second_by_columns(run: Run, b: Any) -> list[list[float]]:
    n = len(run.variables)
    columns = [[_number(t) for t in adjoint_tangents(b, _along(n, k))] for k in range(n)]
    return [[column[i] for column in columns] for i in range(n)]


def _gradient_in_values(tape: Tape) -> list[Any]:
    g = pulled_values(tape, [1.0] * len(tape.outputs))
    return [Value(0.0) if i < 0 or type(g[i]) is not Value else g[i] for i in tape.variables]


def _rows_of_values(run: Run, tape: Tape) -> list[list[Any]]:
    """The second derivatives, as Values where they are wanted: tangents of the gradient, as everywhere else."""
    again = tape_between(_gradient_in_values(tape), run.variables, enclosing(), False, older_nodes())
    columns = []
    for k in range(len(run.variables)):
        t = pushed_values(again, _along(len(run.variables), k))
        columns.append([_entry(run, t[i] if i >= 0 else None) for i in again.outputs])
    return [list(row) for row in zip(*columns, strict=True)]


def _along(n: int, *moving: int) -> list[Any]:
    """The direction in which only these move; the others do not take part, not even as zeros."""
    direction: list[Any] = [None] * n
    for k in moving:
        direction[k] = 1.0
    return direction


def _number(x: Any) -> float:
    return 0.0 if x is None else x


def _entry(run: Run, x: Any) -> Any:
    """An entry as it is handed out: a Value where the run is nested, otherwise a float."""
    if run.nested:
        return x if type(x) is Value else Value(_number(x))
    return data_of(_number(x))
