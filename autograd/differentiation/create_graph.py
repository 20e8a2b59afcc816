"""backward(create_graph=True): gradients of the leaves as Values, for those who like the object style.

The pure form, `autograd.gradients`, has no side effects. Here a leaf and its gradient hold each other, and Values are
not seen by the garbage collector: the graph lives until the leaf's `grad` is set, as `zero_grad` does.
"""

from __future__ import annotations

from autograd.anomalies import check_pulled
from autograd.differentiation.nodes import topological_order
from autograd.differentiation.sweeps import pulled_values
from autograd.differentiation.tape import tape_between
from autograd.modes import modes
from autograd.node import data_of
from autograd.value import Value


def backward_with_graph(root: Value) -> None:
    """Add the derivative of `root` to the gradient of each leaf, as a Value; set the number on every other node."""
    leaves = [x for x in topological_order(root) if not x.inputs]
    tape = tape_between([root], leaves, [])
    if modes.anomaly:
        check_pulled("backward", tape, [1.0])
    found = []
    for z, g in zip(tape.nodes, pulled_values(tape, [1.0]), strict=True):
        if type(g) is list:  # of a call of a recorded function: the weights of its results
            continue
        if z.inputs:
            found.append((z, 0.0 if g is None else data_of(g)))
        elif g is not None and z.grad == 0.0:
            found.append((z, g if type(g) is Value else Value(g)))
        elif g is not None:
            found.append((z, z.grad + g))
    before = [z.grad for z, _ in found]
    try:
        for z, grad in found:
            z.grad = grad
    except BaseException:  # broken off: half of a pass would be counted twice with the next one
        for (z, _), grad in zip(found, before, strict=True):
            z.grad = grad
        raise
