"""Copying and pickling of graphs: flat, so that depth does not matter.

Leaves are pickled as objects of their own, so that a model and a loss pickled together still share their parameters.
"""

from __future__ import annotations

from typing import Any

from autograd.backprop import topological_order
from autograd.value import Value, annotate, assemble, disassembled


def reduced(root: Value) -> tuple[Any, ...]:
    """What pickle and deepcopy need to make an equal graph."""
    if not root.inputs:
        return leaf, (root.data, float(root.grad), root.label, root.scope, root.source)
    order = topological_order(root)
    leaves = [x for x in order if not x.inputs]
    place = {id(x): i for i, x in enumerate([*leaves, *(x for x in order if x.inputs)])}
    nodes = [disassembled(z, place) for z in order if z.inputs]
    return graph, (leaves, nodes)


def leaf(data: float, grad: float, label: str, scope: str, source: str) -> Value:
    """The leaf that `reduced` took apart."""
    x = Value(data)
    x.grad = grad
    if label or scope or source:
        annotate(x, (label, scope, source))
    return x


def graph(leaves: list[Value], nodes: list[tuple[Any, ...]]) -> Value:
    """The last node of the graph that `reduced` took apart."""
    made = list(leaves)
    for node in nodes:
        made.append(assemble(node, made))
    return made[-1]
