"""The boxes and links of a folded sketch: one group of nodes a box, with a summary of what it holds.

One decision: a group shows the numbers of those of its nodes that others use; what happens inside stays inside.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from autograd.wording import counted
from viz.graphs.boxes import MOST_CONSTANTS, node_box, note_of, numbers, sign
from viz.graphs.folding import by_number, family, layer_of
from viz.graphs.graph import Diagram
from viz.graphs.sketch import Box, Link, Sketch
from viz.svg.labels import named
from viz.svg.style import number


def grouped(graph: Diagram, group: list[int], level: str) -> Sketch:
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
            boxes.append(node_box(graph, some[0], "operations"))
        else:
            boxes.append(_group_box(graph, names[g], some, [i for i in some if used_outside[i]], level))
    links = [Link(names[s], names[t], flow=flow) for (s, t), flow in flows.items()]
    constants = _group_constants(graph, group, names)
    boxes += constants[0]
    links += constants[1]
    shown = len(members)
    note = "" if shown == len(graph.nodes) else note_of(shown, graph.total, f"folded to {level}")
    return Sketch(tuple(boxes), tuple(links), level, graph.total, note)


def _group_constants(graph: Diagram, group: list[int], names: list[str]) -> tuple[list[Box], list[Link]]:
    """The plain numbers that `dot` nodes read: one by one where they are few, else as one box."""
    found: dict[tuple[int, str], dict[int, None]] = {}
    for i, node in enumerate(graph.nodes):
        if node.op != "dot" or not graph.scopes[i] or len(node.inputs) == len(node.operands):
            continue
        for position, operand in enumerate(node.operands):
            if position and isinstance(operand, float | int):
                found.setdefault((position, repr(float(operand))), {})[group[i]] = None
    if len(found) > MOST_CONSTANTS:
        readers = dict.fromkeys(g for some in found.values() for g in some)
        box = Box("c0", "constant", name=f"{len(found):,} numbers", hint="plain numbers given as inputs")
        return [box], [Link("c0", names[g]) for g in readers]
    boxes = []
    links = []
    for k, ((_, text), readers) in enumerate(found.items()):
        boxes.append(Box(f"c{k}", "constant", name=number(float(text)), hint=f"constant {text}"))
        links += [Link(f"c{k}", names[g]) for g in readers]
    return boxes, links


def _group_box(graph: Diagram, name: str, members: list[int], outputs: list[int], level: str) -> Box:
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
        labels = sorted((nodes[i].label for i in members if nodes[i].label), key=by_number)
        if level != "repeats" and len(labels) == copies:
            fields.append(f"{named(labels[0], longest=16)} … {named(labels[-1], longest=16)}")
    else:
        own = first.rsplit("/", 1)[-1]
        if level == "repeats" and len(scopes) > 1:
            copies = len(scopes)
            title = f"{copies:,} x {family(own).capitalize()}"
        elif level == "layers" and (len(scopes) > 1 or layer_of(first) != first):
            title = _common(list(scopes)) if len(scopes) > 1 else layer_of(first).rpartition("/")[2]
            what = family(own)
            fields.append(counted(len(scopes), what, what if what.endswith("s") else ""))
        else:
            title = own
        if computed:
            fields.append(", ".join(computed) if len(computed) <= 4 else counted(sum(computed.values()), "operation"))
    if parameters and kind == "group":
        fields.append(counted(parameters, "parameter"))
    shown = outputs or members[-1:]
    if len(shown) == 1:
        fields += numbers(nodes[shown[0]])
    else:
        fields.append(f"data {value_range(nodes[i].data for i in shown)}")
        fields.append(f"grad {value_range(nodes[i].grad for i in shown)}")
    hint = f"{first or title}: {counted(len(members), 'node')}, {len(shown):,} used outside"
    scope = first.rpartition("/")[0] if level in ("neurons", "repeats") else ""
    return Box(name, kind, "", title, tuple(fields), hint, scope, None, copies)


def _common(scopes: list[str]) -> str:
    """The last part of the path that all `scopes` share."""
    shared = scopes[0].split("/")
    for scope in scopes[1:]:
        parts = scope.split("/")
        while parts[: len(shared)] != shared:
            shared.pop()
    return shared[-1] if shared else family(scopes[0])


def value_range(values: Iterable[float]) -> str:
    """The lowest and the highest of some numbers as one text."""
    given = list(values)
    finite = [x for x in given if not math.isnan(x)]
    if not finite:
        return "nan"
    low, high = min(finite), max(finite)
    text = number(low) if low == high else f"{low:.3g} to {high:.3g}"
    return text if len(finite) == len(given) else f"{text}, {len(given) - len(finite):,} nan"
