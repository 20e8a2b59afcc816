"""The boxes and links of a sketch: one node a box with its numbers, or one group a box with a summary.

One decision: every number in a picture is the engine's own (`data`, `grad`, `partials`); nothing is computed again here
except sums over a group.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from autograd import TABLE
from viz.folding import family
from viz.graph import Graph
from viz.sketch import Box, Link, Sketch
from viz.style import number

_MOST_CONSTANTS = 8  # constant operands of n-ary nodes shown one by one; more become one box


def detailed(graph: Graph, shown: Sequence[int], level: str, *, users: list[list[int]] | None = None) -> Sketch:
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
        boxes.append(_node_box(graph, i, level))
        missing = sum(j not in kept for j in users[i]) if users else 0
        if missing:
            boxes.append(Box(f"u{i}", "more", name=f"{missing:,} more"))
            links.append(Link(f"n{i}", f"u{i}", dashed=True))
    note = "" if len(kept) == len(graph.nodes) else _note(len(kept), graph.total, "the rest is left out")
    return Sketch((*boxes, *constants.boxes()), tuple(links), level, graph.total, note)


def grouped(graph: Graph, group: list[int], level: str) -> Sketch:
    """One box for each group number, a group of one node drawn as that node."""
    members: list[list[int]] = [[] for _ in range(max(group) + 1)]
    for i, g in enumerate(group):
        members[g].append(i)
    used_outside = [False] * len(graph.nodes)
    used_outside[-1] = True
    flows: dict[tuple[int, int], float] = {}
    for i, sources in enumerate(graph.sources):
        if not sources:
            continue
        target = group[i]
        for j, partial in zip(sources, graph.nodes[i].partials, strict=True):
            if group[j] != target:
                used_outside[j] = True
                key = (group[j], target)
                flows[key] = flows.get(key, 0.0) + partial * graph.nodes[i].grad
    names = [f"n{some[0]}" if len(some) == 1 else f"g{g}" for g, some in enumerate(members)]
    boxes: list[Box] = []
    for g, some in enumerate(members):
        if len(some) == 1:
            boxes.append(_node_box(graph, some[0], "operations"))
        else:
            boxes.append(_group_box(graph, names[g], some, [i for i in some if used_outside[i]], level))
    links = [Link(names[s], names[t], flow=flow) for (s, t), flow in flows.items()]
    constants = _group_constants(graph, group, names)
    boxes += constants[0]
    links += constants[1]
    shown = len(members)
    note = "" if shown == len(graph.nodes) else _note(shown, graph.total, f"folded to {level}")
    return Sketch(tuple(boxes), tuple(links), level, graph.total, note)


def sign(node: Any) -> str:
    """The operation as it is written between its operands, or its name."""
    row = TABLE.get(node.op)
    return (row.symbol if row else "") or node.op


def _note(shown: int, total: int, how: str) -> str:
    return f"showing {shown:,} of {total:,} nodes, {how}"


def _numbers(node: Any) -> tuple[str, str]:
    return f"data {number(node.data)}", f"grad {number(node.grad)}"


def _hint(node: Any) -> str:
    what = f"{node.op or 'leaf'}{f' {node.label}' if node.label else ''}: data {node.data!r}, grad {node.grad!r}"
    where = ", ".join(part for part in (node.scope, node.source) if part)
    return f"{what} ({where})" if where else what


def _node_box(graph: Graph, i: int, level: str) -> Box:
    node = graph.nodes[i]
    mark = sign(node) if node.op and level != "raw" else ""
    return Box(f"n{i}", graph.kinds[i], mark, node.label, _numbers(node), _hint(node), graph.scopes[i], node)


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

    def __init__(self, graph: Graph, shown: Iterable[int]) -> None:
        self._graph = graph
        self._names: dict[tuple[Any, ...], str] = {}
        self._boxes: list[Box] = []
        rows = {
            (position, repr(operand))
            for i in shown
            if graph.nodes[i].op in _ROWS
            for position, operand in enumerate(graph.nodes[i].operands)
            if isinstance(operand, float | int)
        }
        self._many = len(rows) > _MOST_CONSTANTS

    def named(self, i: int, position: int, constant: float) -> str:
        """The id of the box for this operand; "" where none is drawn, or its arrow already is."""
        node = self._graph.nodes[i]
        if node.op not in _ROWS:
            return self._box((i, position), number(constant), self._graph.scopes[i])
        if position == 0 and constant == 0.0 and node.op != "mean":
            return ""  # the start of a sum that was given none
        if not self._many:
            return self._box((position, repr(constant)), number(constant), "")
        if ("row", i) in self._names:
            return ""
        count = sum(isinstance(operand, float | int) for operand in node.operands)
        self._names["row", i] = self._box((i,), f"{count:,} numbers", self._graph.scopes[i])
        return self._names["row", i]

    def _box(self, key: tuple[Any, ...], text: str, scope: str) -> str:
        if key not in self._names:
            self._names[key] = f"c{len(self._boxes)}"
            self._boxes.append(Box(self._names[key], "constant", name=text, hint=f"constant {text}", scope=scope))
        return self._names[key]

    def boxes(self) -> list[Box]:
        return self._boxes


_ROWS = frozenset({"dot", "sum", "mean", "prod", "logsumexp", "max", "min"})


def _group_constants(graph: Graph, group: list[int], names: list[str]) -> tuple[list[Box], list[Link]]:
    """The plain numbers that `dot` nodes read: one by one where they are few, else as one box."""
    found: dict[tuple[int, str], dict[int, None]] = {}
    for i, node in enumerate(graph.nodes):
        if node.op != "dot" or not graph.scopes[i] or len(node.inputs) == len(node.operands):
            continue
        for position, operand in enumerate(node.operands):
            if position and isinstance(operand, float | int):
                found.setdefault((position, repr(float(operand))), {})[group[i]] = None
    if len(found) > _MOST_CONSTANTS:
        readers = dict.fromkeys(g for some in found.values() for g in some)
        box = Box("c0", "constant", name=f"{len(found):,} numbers", hint="plain numbers given as inputs")
        return [box], [Link("c0", names[g]) for g in readers]
    boxes = []
    links = []
    for k, ((_, text), readers) in enumerate(found.items()):
        boxes.append(Box(f"c{k}", "constant", name=number(float(text)), hint=f"constant {text}"))
        links += [Link(f"c{k}", names[g]) for g in readers]
    return boxes, links


def _group_box(graph: Graph, name: str, members: list[int], outputs: list[int], level: str) -> Box:
    nodes = graph.nodes
    scopes = dict.fromkeys(graph.scopes[i] for i in members)
    first = graph.scopes[members[0]]
    parameters = sum(graph.kinds[i] == "parameter" for i in members)
    computed = Counter(sign(nodes[i]) for i in members if nodes[i].op)
    kind, copies, fields = "group", 1, []
    if not first:
        copies = len(members)
        what = nodes[members[0]].op if computed else graph.kinds[members[0]] + "s"
        kind = "operation" if computed else graph.kinds[members[0]]
        title = f"{copies:,} x {what}" if computed else f"{copies:,} {what}"
    else:
        own = first.rsplit("/", 1)[-1]
        if level == "repeats" and len(scopes) > 1:
            copies = len(scopes)
            title = f"{copies:,} x {family(own).capitalize()}"
        elif level == "layers" and len(scopes) > 1:
            title = _common(list(scopes))
            fields.append(_counted(len(scopes), family(own)))
        else:
            title = own
        if computed:
            fields.append(", ".join(computed) if len(computed) <= 4 else _counted(sum(computed.values()), "operation"))
    if parameters and kind == "group":
        fields.append(_counted(parameters, "parameter"))
    shown = outputs or members[-1:]
    if len(shown) == 1:
        fields += _numbers(nodes[shown[0]])
    else:
        fields.append(f"data {_range(nodes[i].data for i in shown)}")
        fields.append(f"grad {_range(nodes[i].grad for i in shown)}")
    hint = f"{first or title}: {len(members):,} nodes, {len(shown):,} used outside"
    scope = first.rpartition("/")[0] if level in ("neurons", "repeats") else ""
    return Box(name, kind, "", title, tuple(fields), hint, scope, None, copies)


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 or thing.endswith("s") else f"{count:,} {thing}s"


def _common(scopes: list[str]) -> str:
    """The last part of the path that all `scopes` share."""
    shared = scopes[0].split("/")
    for scope in scopes[1:]:
        parts = scope.split("/")
        while parts[: len(shared)] != shared:
            shared.pop()
    return shared[-1] if shared else family(scopes[0])


def _range(values: Iterable[float]) -> str:
    given = list(values)
    finite = [x for x in given if not math.isnan(x)]
    if not finite:
        return "nan"
    low, high = min(finite), max(finite)
    text = number(low) if low == high else f"{low:.3g} to {high:.3g}"
    return text if len(finite) == len(given) else f"{text}, {len(given) - len(finite):,} nan"
