"""A graph too large for a box a node, as a step page of layers: a box and a step for each.

One decision: what a layer hands on is a range, lowest to highest; whoever wants a single number takes a single row or a
smaller network, and whoever wants to see a large one go forward and back sees its layers do it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from autograd.wording import counted
from viz.graphs.boxes import sign
from viz.graphs.folding import groups, layer_of
from viz.graphs.graph import Diagram
from viz.graphs.grouping import value_range
from viz.networks.names import code, spoken
from viz.pages.layout import Box
from viz.pages.updating import gradients_of
from viz.svg.labels import clean
from viz.svg.style import number


@dataclass(frozen=True, slots=True)
class Layered:
    """The nodes as the page's scripts read them, their boxes, and the arrows between these by number."""

    nodes: list[dict[str, Any]]
    boxes: dict[int, Box]
    edges: dict[int, tuple[int, int]]


def layered(graph: Diagram, most: int) -> Layered | None:
    """The graph by layers; None where there are no scopes, more than `most` boxes, or layers that feed each other."""
    if not any(graph.scopes):
        return None
    group = groups(graph, "layers", most)
    if isinstance(group, int):
        return None
    members: list[list[int]] = [[] for _ in range(max(group) + 1)]
    for i, g in enumerate(group):
        members[g].append(i)
    sources: list[dict[int, None]] = [{} for _ in members]
    used = [False] * len(graph.nodes)
    used[-1] = True
    for i, inputs in enumerate(graph.sources):
        for j in inputs:
            if group[j] != group[i]:
                sources[group[i]][group[j]] = None
                used[j] = True
    order = _in_order(sources)
    if order is None:
        return None
    place = {g: k for k, g in enumerate(order)}
    gradients = gradients_of(graph)
    nodes, boxes, edges = [], {}, {}
    for g in order:
        inside = members[g]
        outputs = [i for i in inside if used[i]] or inside[-1:]
        operands = [place[s] for s in sources[g]]
        for source in operands:
            edges[len(edges)] = source, place[g]
        node = _node(graph, inside, outputs, operands, gradients)
        nodes.append(node)
        boxes[place[g]] = _box(node)
    return Layered(nodes, boxes, edges)


def _in_order(sources: list[dict[int, None]]) -> list[int] | None:
    """The groups, each behind those it depends on; None where that cannot be."""
    waiting = [len(some) for some in sources]
    users: list[list[int]] = [[] for _ in sources]
    for g, some in enumerate(sources):
        for s in some:
            users[s].append(g)
    ready = [g for g, count in enumerate(waiting) if not count]
    order = []
    for g in ready:
        order.append(g)
        for user in users[g]:
            waiting[user] -= 1
            if not waiting[user]:
                ready.append(user)
    return order if len(order) == len(sources) else None


def _node(
    graph: Diagram, inside: list[int], outputs: list[int], operands: list[int], gradients: list[float]
) -> dict[str, Any]:
    last = inside[-1]
    computed = Counter(sign(graph.nodes[i]) for i in inside if graph.nodes[i].op)
    parameters = [i for i in inside if graph.kinds[i] == "parameter"]
    scope = layer_of(graph.scopes[inside[0]]) if graph.scopes[inside[0]] else ""
    name = spoken(scope) if scope else clean(graph.nodes[last].label, longest=24) or graph.names[last] or f"v{last + 1}"
    kind = "result" if graph.kinds[last] == "result" else "operation" if computed else graph.kinds[last]
    node: dict[str, Any] = {"name": name, "kind": kind, "kindName": "A layer" if scope else "A value", "data": 0.0}
    node["text"] = value_range(graph.nodes[i].data for i in outputs)
    node["gradText"] = value_range(gradients[i] for i in outputs)
    node["short"] = _short([graph.nodes[i].data for i in outputs])
    node["shortGrad"] = f"grad \N{PLUS-MINUS SIGN}{max((abs(gradients[i]) for i in outputs), default=0.0):.3g}"
    if computed:
        node |= {"op": "layer", "operands": operands, "partials": [0.0] * len(operands)}
        neurons = len({graph.scopes[i] for i in inside}) if scope else 0
        node["holds"] = f"{neurons:,} neurons: {', '.join(computed)}" if neurons > 1 else ", ".join(computed)
    if parameters:
        node["parameters"] = counted(len(parameters), "parameter")
        node["parameterGrads"] = value_range(gradients[i] for i in parameters)
    if scope and code(scope):
        node["code"] = code(scope)
    return node


def _box(node: dict[str, Any]) -> Box:
    title = f"{node['name']}, {node['kindName'].lower()}: details"
    return Box(node["kind"], title, clean(node["name"], longest=14), "", node["short"], node["shortGrad"], "")


def _short(numbers: list[float]) -> str:
    """The range in the fifteen letters that a box has room for."""
    low, high = min(numbers), max(numbers)
    return number(low) if low == high or low != low else clean(f"{low:.2g} to {high:.2g}", longest=15)


LAYER_ROW = {
    "symbol": "the layer",
    "noun": "Compute",
    "rule": "Each of its neurons hands its gradient down to its weights, its bias and the neurons it depends on.",
    "doc": "",
    "value": "",
    "partials": [],
    "operands": [],
    "reduction": False,
    "notes": [],
}
