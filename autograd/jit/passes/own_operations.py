"""Operations of the user's own in recordings: formulas become operations of the table, Python functions are called.

In a recording's graph such an operation stands as it is, since its derivative is what the user says, not what follows
from its value. The machine runs the graph that `lowered` makes of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from autograd import operations
from autograd.differentiation import nodes
from autograd.differentiation.rules import rule_of
from autograd.generated import kernels
from autograd.jit.errors import JitError
from autograd.jit.passes.building import Builder
from autograd.jit.passes.fusing import with_sums_fused
from autograd.jit.passes.graph import CONSTANT, INPUT
from autograd.node import data_of
from autograd.primitives import TABLE

_CALLS: dict[int, Callable[..., float]] = {}  # the Python functions behind operations' codes, partials' among them


def lowered(graph: Any) -> Any:
    """The graph with the values' formulas in the place of operations that have one."""
    b, place = Builder(2 * len(graph.op)), []
    for i, code in enumerate(graph.op):
        operands = graph.args[graph.first[i] : graph.first[i + 1]].tolist()
        if code >= kernels.OPERATIONS:
            place.append(value_node(b, code, [place[k] for k in operands]))
        elif code > 0:
            place.append(b.many(code, [place[k] for k in operands]))
        elif code == CONSTANT:
            place.append(b.constant(graph.numbers[operands[0]]))
        else:
            place.append(b.input(operands[0]) if code == INPUT else b.capture(graph.captured[operands[0]]))
    guards = graph.guards[:]
    for k in range(0, len(guards), 4):
        guards[k + 1], guards[k + 2] = place[guards[k + 1]], place[guards[k + 2]]
    made = with_sums_fused(b.finished([place[i] for i in graph.roots], guards), True)
    # a formula may call further operations of one's own
    return lowered(made) if any(code >= kernels.OPERATIONS and code not in _CALLS for code in made.op) else made


def value_node(b: Any, code: int, operands: list[int]) -> int:
    """Where the value of such an operation stands in the graph that b builds."""
    if code in _CALLS:
        return b.many(code, operands)
    rule = rule_of(operations.name_of(code))
    if rule.formulas[0]:
        return _formula(rule.row.name, 0)(b, *operands)
    if len(operands) > _MOST_OPERANDS:
        raise JitError(f"jit: {rule.row.name} has {len(operands)} operands; a Python function can be called on 200")
    _CALLS[code] = rule.value
    return b.many(code, operands)


_MOST_OPERANDS = 200  # for which the machine has room


def partial_node(b: Any, code: int, k: int, operands: list[int], z: int) -> int:
    """Where its partial number k stands; z is the operation's own node.

    Raises JitError for a partial of a partial that is a Python function.
    """
    if code in _PARTIALS:
        raise JitError(
            f"jit: {operations.name_of(code)} is a Python function, whose derivative a recording does not know: "
            "give the operation's partials as formulas, or differentiate the function itself, without jit"
        )
    rule = rule_of(operations.name_of(code))
    if rule.formulas[k + 1]:
        return _formula(rule.row.name, k + 1)(b, *operands, z)
    return b.many(_partial_code(rule.row.name, k), [*operands, z])


_PARTIALS: set[int] = set()


def own_node(code: int, operands: list[Any]) -> Any:
    """The node of such an operation, or of a partial that is a Python function, on Values and floats."""
    if code not in _PARTIALS:
        return rule_of(operations.name_of(code)).function(*operands)
    number = float(_CALLS[code](*map(data_of, operands)))
    return nodes.node(code, number, tuple(operands), [0.0] * len(operands))


@cache
def _partial_code(name: str, k: int) -> int:
    """The code of the operation that calls the Python function of a partial."""
    rule = rule_of(name)
    code = operations.add_name(f"{name}_d{rule.row.operands[k]}")
    _CALLS[code] = rule.partials[k]
    _PARTIALS.add(code)
    return code


@cache
def _formula(name: str, which: int) -> Callable[..., int]:
    """The function that adds a formula, of the value or of a partial, to a graph."""
    row = rule_of(name).row
    import ast  # this and what makes formulas take long to import, for operations that few programs have

    from autograd.formulas.in_graphs import constant_of, graph_node

    formula = ast.parse((row.value, *row.partials)[which].strip(), mode="eval").body
    operands = ", ".join((*row.operands, "z") if which else row.operands)
    codes = {constant_of(name): operations.code_of(name) for name in TABLE}
    return eval(f"lambda b, {operands}: {graph_node(formula)}", {**codes, "__builtins__": {}})


def function_of(code: int) -> Callable[..., float]:
    """The Python function that an operation's number is got from by calling it."""
    return _CALLS[code]
