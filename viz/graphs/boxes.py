"""The boxes and links of a sketch: one node a box with its numbers, or one group a box with a summary.

One decision: every number in a picture is the engine's own (`data`, `grad`, `partials`); nothing is computed again here
except sums over a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from autograd import TABLE
from viz.graphs.graph import Diagram
from viz.graphs.sketch import Box, Link, Sketch
from viz.networks.names import code, spoken
from viz.svg.style import number

MOST_CONSTANTS = 8  # constant operands of n-ary nodes shown one by one; more become one box


def detailed(graph: Diagram, shown: Sequence[int], level: str, *, users: list[list[int]] | None = None) -> Sketch:
    """One box for each of the places in `shown`; at level "raw" operations stand apart from their results.

    What is left out is marked at the box it belonged to: inputs always, users where `users` is given.
    """
    kept = set(shown)
    constants = _Constants(graph, shown)
    boxes: list[Box] = []
    links: list[Link] = []
    for i in shown:
        node = graph.nodes[i]
        entry = f"n{i}"
        if node.op:
            if level == "raw":
                entry = f"o{i}"
                boxes.append(Box(entry, "circle", sign=sign(node), hint=_hint(node), scope=graph.scopes[i]))
                links.append(Link(entry, f"n{i}", flow=node.grad))
            _add_operands(graph, i, entry, kept, boxes, links, constants)
        boxes.append(node_box(graph, i, level))
        missing = sum(j not in kept for j in users[i]) if users else 0
        if missing:
            boxes.append(Box(f"u{i}", "more", name=f"{missing:,} more"))
            links.append(Link(f"n{i}", f"u{i}", dashed=True))
    note = "" if len(kept) == len(graph.nodes) else note_of(len(kept), graph.total, "the rest is left out")
    return Sketch((*boxes, *constants.boxes()), tuple(links), level, graph.total, note)


def sign(node: Any) -> str:
    """The operation as it is written between its operands, or its name."""
    row = TABLE.get(node.op)
    return (row.symbol if row else "") or node.op


def note_of(shown: int, total: int, how: str) -> str:
    return f"showing {shown:,} of {total:,} nodes, {how}"


def numbers(node: Any) -> tuple[str, str]:
    return f"data {number(node.data)}", f"grad {number(node.grad)}"


def _hint(node: Any, name: str = "", scope: str = "") -> str:
    """The whole name and all digits; of a parameter also where it is in a program."""
    called = "" if node.op else spoken(scope, name)
    what = called or f"{node.op or 'leaf'}{f' {node.label}' if node.label else ''}"
    inside = [spoken(scope)] if node.op and scope else []
    where = ", ".join(part for part in (*inside, code(scope, name) if called else "", node.source) if part)
    return f"{what}: data {node.data!r}, grad {node.grad!r}{f' ({where})' if where else ''}"


def node_box(graph: Diagram, i: int, level: str) -> Box:
    node = graph.nodes[i]
    mark = sign(node) if node.op and level != "raw" else ""
    hint = _hint(node, graph.names[i], graph.scopes[i])
    return Box(f"n{i}", graph.kinds[i], mark, graph.names[i], numbers(node), hint, graph.scopes[i], node)


def _add_operands(graph, i, entry, kept, boxes, links, constants) -> None:
    """Arrows into node i, one for each operand in the order of the formula."""
    node = graph.nodes[i]
    partials = iter(node.partials)
    places = iter(graph.sources[i])
    left_out = 0
    for position, operand in enumerate(node.operands):
        if isinstance(operand, float | int):
            name = constants.named(i, position, float(operand))
            if name:
                links.append(Link(name, entry))
            continue
        j, partial = next(places), next(partials)
        if j in kept:
            links.append(Link(f"n{j}", entry, partial, partial * node.grad))
        else:
            left_out += 1
    if left_out:
        boxes.append(Box(f"m{i}", "more", name=f"{left_out:,} more"))
        links.append(Link(f"m{i}", entry, dashed=True))


class _Constants:
    """The plain numbers among operands: one box each, shared where `dot` nodes take the same input row."""

    def __init__(self, graph: Diagram, shown: Iterable[int]) -> None:
        self._graph = graph
        self._names: dict[tuple[Any, ...], str] = {}
        self._boxes: list[Box] = []
        rows = {
            (position, repr(operand))
            for i in shown
            if graph.nodes[i].op in _ROWS
            for position, operand in enumerate(graph.nodes[i].operands)
            if _is_shown(graph.nodes[i], position, operand)
        }
        self._many = len(rows) > MOST_CONSTANTS

    def named(self, i: int, position: int, constant: float) -> str:
        """The id of the box for this operand; "" where none is drawn, or its arrow already is."""
        node = self._graph.nodes[i]
        if node.op not in _ROWS:
            return self._box((i, position), number(constant), self._graph.scopes[i])
        if not _is_shown(node, position, constant):
            return ""
        if not self._many:
            return self._box((position, repr(constant)), number(constant), "")
        if ("row", i) in self._names:
            return ""
        count = sum(_is_shown(node, k, operand) for k, operand in enumerate(node.operands))
        self._names["row", i] = self._box((i,), f"{count:,} numbers", self._graph.scopes[i])
        return self._names["row", i]

    def _box(self, key: tuple[Any, ...], text: str, scope: str) -> str:
        if key not in self._names:
            self._names[key] = f"c{len(self._boxes)}"
            self._boxes.append(Box(self._names[key], "constant", name=text, hint=f"constant {text}", scope=scope))
        return self._names[key]

    def boxes(self) -> list[Box]:
        return self._boxes


_ROWS = frozenset({"dot", "sum", "mean", "prod", "logsumexp", "max", "min", "norm"})


def _is_shown(node: Any, position: int, operand: Any) -> bool:
    """Whether an operand of one of these is a plain number that was given: not the 0.0 that a sum without a start has
    in the first place."""
    return isinstance(operand, float | int) and not (position == 0 and operand == 0.0 and node.op in ("dot", "sum"))
