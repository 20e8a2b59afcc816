"""What `detect_anomaly` asks after a pass: which operation hands on a derivative that is not finite, and says so.

The sweeps themselves do not look; where the mode is on, their shares are computed once more here, node by node. A share
is named by the operation that multiplies: what comes in is still finite, or it would have been named before.
"""

from __future__ import annotations

import math
from typing import Any

from autograd.differentiation import nodes
from autograd.differentiation.nodes import topological_order
from autograd.differentiation.tape import Tape
from autograd.node import data_of
from autograd.value import Value


class AnomalyError(ArithmeticError):
    """A nan or an infinity turned up inside `detect_anomaly()`.

    >>> from autograd import AnomalyError, Value, detect_anomaly
    >>> try:
    ...     with detect_anomaly():
    ...         Value(-1.0).log()
    ... except AnomalyError as error:
    ...     print(str(error)[:18])
    log(-1.0) gave nan
    """


def described(z: Value, what: str) -> str:
    """A sentence about a node for an error message."""
    operands = ", ".join(repr(data_of(x)) for x in z.operands[:6]) + (", ..." if len(z.operands) > 6 else "")
    return f"{z.op}({operands}) {what}" + (f", made at {z.source}" if z.source else "")


def check_backward(root: Value) -> None:
    """Raise for the first node, from the root down, that hands a gradient down that is not finite."""
    reached = {root}
    for z in reversed(topological_order(root)):
        if z in reached:
            for x, partial in nodes.shares(z):
                _check_share("backward", z, z.grad, partial, x)
                reached.add(x)


def check_pulled(name: str, tape: Tape, weights: list[Any]) -> None:
    """The same for the sweep down a tape that the transform `name` is about to make."""
    g = _starts(tape, tape.outputs, weights)
    known = set(tape.nodes)
    for z in reversed(tape.nodes):
        for x, partial in nodes.shares(z):
            if z in g and x in known:
                g[x] = g.get(x, 0.0) + _check_share(name, z, g[z], partial, x)


def check_pushed(name: str, tape: Tape, tangents: list[Any]) -> None:
    """The same for the sweep up a tape, of tangents."""
    t = _starts(tape, tape.variables, tangents)
    for z in tape.nodes:
        for x, partial in nodes.shares(z):
            if x in t:
                t[z] = t.get(z, 0.0) + _check_share(name, z, t[x], partial, x)


def _starts(tape: Tape, places: list[int], numbers: list[Any]) -> dict[Value, float]:
    found: dict[Value, float] = {}
    for i, number in zip(places, numbers, strict=True):
        if i >= 0 and number is not None:
            found[tape.nodes[i]] = found.get(tape.nodes[i], 0.0) + data_of(number)
    return found


def _check_share(name: str, z: Value, incoming: float, partial: float, x: Value) -> float:
    share = partial * incoming
    if not math.isfinite(share):
        way = "hands up" if name == "jvp" else "hands down"
        which = f"{'from' if name == 'jvp' else 'to'} {x.label or x.op or 'an input'}"
        raise AnomalyError(f"{name}: {described(z, f'{way} {incoming!r} * {partial!r} {which}')}")
    return share
