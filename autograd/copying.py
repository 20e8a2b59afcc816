"""Copying and pickling of graphs: flat, so that depth does not matter.

Leaves are pickled as objects of their own, so that a model and a loss pickled together still share their parameters.
Operations of the user's own are pickled by name and formulas; a function cannot be, so they must be there at loading.

A copy has nothing to do with what it is a copy of: it has no share in its derivative. So where a transform
differentiates by way of a Value, or a recording computes with it, the Value is its own copy, as a float is; and pickle,
which cannot do that, raises.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from autograd import hooks
from autograd.differentiation.nodes import annotate, assemble, disassembled, topological_order
from autograd.differentiation.running import is_differentiated, is_recorded
from autograd.numbers import LostDerivativeError
from autograd.primitives import ROWS, TABLE
from autograd.value import Value

_NAMES = frozenset(row.name for row in ROWS)


def copied(z: Value) -> Value:
    """What `copy.copy` gives."""
    if _takes_part(z):
        return z
    make, parts = reduced(z)
    return make(*parts)


def deeply_copied(z: Value, memo: dict[int, Any]) -> Value:
    """What `copy.deepcopy` gives, and so `dataclasses.asdict`."""
    if _takes_part(z):
        return z
    make, parts = reduced(z)
    return make(*copy.deepcopy(parts, memo))


def pickled(z: Value) -> tuple[Any, ...]:
    """What pickle asks for; an error where this Value takes part in what its copy would not."""
    recorder: Any = hooks.recorder_here()
    if recorder is not None:
        raise recorder.refuse(
            "a Value is pickled inside a function that is being recorded; what is read from the pickle would be this "
            "one number for ever. Pickle outside of the function, and to hand a Value on, hand on itself"
        )
    if is_differentiated(z):
        raise LostDerivativeError(
            "a Value in a pickle loses its derivative, and this one depends on what is being differentiated; hand on "
            "the Value itself (copy.copy and copy.deepcopy do), or v.detach() for a constant"
        )
    return reduced(z)


def _takes_part(z: Value) -> bool:
    """Whether it depends on what a running transform differentiates by, or on what a recorded function computes with.

    Raises JitError in a recording that it is not part of: each call would want another copy, and there would be one.
    """
    recorder: Any = hooks.recorder_here()
    if is_differentiated(z) or is_recorded(z):
        return True
    if recorder is not None and not recorder.has(z):
        raise recorder.refuse(
            "a Value from outside is copied inside a function that is being recorded; the recording would keep this "
            "one copy for ever. Use the Value itself, or detach() for a constant, or copy outside of the function"
        )
    return recorder is not None


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
