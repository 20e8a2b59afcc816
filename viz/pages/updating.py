"""What gradient descent makes of a recorded graph: each parameter one step down, and everything computed once more.

The graph is not recorded again: the operations are applied to plain numbers, in the graph's order, by the engine.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import autograd
from autograd import TABLE, Value
from autograd.modes import switched
from viz.graphs.graph import Diagram

_OPERATORS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "div": operator.truediv,
        "neg": operator.neg,
        "pow": operator.pow,
        "powc": operator.pow,
        "mod": operator.mod,
        "floordiv": operator.floordiv,
        "detach": operator.methodcaller("detach"),
    }
)


def updated(graph: Diagram, gradients: list[float], lr: float) -> list[Value] | None:
    """Every node once more after one step of size `lr` against the gradients of the parameters: number and partials.

    None where there is no parameter, or an operation of a user's own, whose formula is not known here.
    """
    if "parameter" not in graph.kinds:
        return None
    again: list[Value] = []
    for i, node in enumerate(graph.nodes):
        if not node.op:
            step = lr * gradients[i] if graph.kinds[i] == "parameter" else 0.0
            again.append(Value(node.data - step))
            continue
        places = iter(graph.sources[i])
        # Of each operation only the last step is wanted: its operands are leaves, one for each place.
        operands = [float(o) if isinstance(o, (int, float)) else Value(again[next(places)].data) for o in node.operands]
        with switched(gradless=0, anomaly=0, source=0):  # whatever the caller has switched on
            result = _applied(node.op, operands)
        if result is None:
            return None
        again.append(result)
    return again


def gradients_of(graph: Diagram) -> list[float]:
    """The gradient of the last node by every node, by one sweep from the last to the first."""
    gradients = [0.0] * len(graph.nodes)
    gradients[-1] = 1.0
    for i in range(len(graph.nodes) - 1, -1, -1):
        for j, partial in zip(graph.sources[i], graph.nodes[i].partials if graph.nodes[i].op else (), strict=True):
            gradients[j] += gradients[i] * partial
    return gradients


def _applied(op: str, operands: list[Any]) -> Value | None:
    if op in _OPERATORS:
        return _OPERATORS[op](*operands)
    row = TABLE.get(op)
    function = getattr(autograd, op, None)
    if row is None or not row.public or function is None or op in ("take", "program"):
        return None
    if op == "dot":
        start, *pairs = operands
        return function(pairs[::2], pairs[1::2], start)
    if op == "sum":
        return function(operands[1:], operands[0])
    return function(operands) if row.reduction else function(*operands)
