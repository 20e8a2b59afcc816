"""Copying and pickling of graphs: flat, so that depth does not matter.

Leaves are pickled as objects of their own, so that a model and a loss pickled together still share their parameters.
Operations of the user's own are pickled by name and formulas; a function cannot be, so they must be there at loading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograd.differentiation.nodes import annotate, assemble, disassembled, topological_order
from autograd.primitives import ROWS, TABLE
from autograd.value import Value

_NAMES = frozenset(row.name for row in ROWS)


def reduced(root: Value) -> tuple[Any, ...]:
    """What pickle and deepcopy need to make an equal graph."""
    if not root.inputs:
        return leaf, (root.data, float(root.grad), root.label, root.scope, root.source)
    order = topological_order(root)
    leaves = [x for x in order if not x.inputs]
    place = {id(x): i for i, x in enumerate([*leaves, *(x for x in order if x.inputs)])}
    nodes = [disassembled(z, place) for z in order if z.inputs]
    own = [TABLE[op] for op in sorted({node[0] for node in nodes} - _NAMES)]
    return graph, (leaves, nodes, [(row.name, row.operands, row.value, row.partials) for row in own])


def leaf(data: float, grad: float, label: str, scope: str, source: str) -> Value:
    """The leaf that `reduced` took apart."""
    x = Value(data)
    x.grad = grad
    if label or scope or source:
        annotate(x, (label, scope, source))
    return x


def graph(leaves: list[Value], nodes: list[tuple[Any, ...]], own: Sequence[tuple[Any, ...]] = ()) -> Value:
    """The last node of the graph that `reduced` took apart.

    Arguments:
        own: name, operands and formulas of the operations that are not of the table as it is shipped.

    Raises:
        ValueError: where one of them was not made in this program, or is another operation here; where the pickle is
            damaged, so that there is no such graph.
    """
    for name, *rule in own:
        row = TABLE.get(name)
        if row is None or [row.operands, row.value, row.partials] != rule:
            what = "is not known here" if row is None else f"is another one here, {row.value} for {rule[1]}"
            raise ValueError(
                f"the graph holds the operation {name!r}, which {what}; "
                f"before loading it, call autograd.operation({name!r}, ...) as the program did that saved it"
            )
    made = list(leaves)
    if not made or any(type(x) is not Value for x in made):
        raise ValueError("the pickle is damaged: a graph has leaves, and they are Values")
    for node in nodes:
        made.append(assemble(node, made))
    return made[-1]
