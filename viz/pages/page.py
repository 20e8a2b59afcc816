"""Backpropagation step by step, as one offline page: `page(loss, "backprop.html")`.

The page carries the recorded graph and works the two passes out again, addition by addition; nothing in the program is
touched, not even a gradient, and what the page shows is one backward pass from gradients of 0.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from autograd import Value, topological_order
from autograd.wording import counted
from viz.graphs.graph import Diagram, graph_of
from viz.networks.names import code, spoken
from viz.pages.layered import LAYER_ROW, layered
from viz.pages.layout import Box, picture
from viz.pages.modules import joined
from viz.pages.offline import Player, asset, frame, offline_html, save_page
from viz.pages.updating import gradients_of, updated
from viz.pages.words import row_words, symbol
from viz.svg.labels import brief, clean
from viz.svg.palette import legend, palette_css
from viz.svg.render import svg
from viz.svg.style import number

MAX_NODES = 2000  # boxes; beyond this neither Graphviz nor a reader keeps up
_MOST = 5  # nodes for each box: parameters folded into their operations cost a page little
_SMALL = 120  # nodes; in smaller graphs every parameter has room for a box of its own
_STYLES = ("common.css", "page.css")
_PLAYER = Player(
    "steps", "steps", "step", "Step", 2500, 1200, 400,
    "This page shows the finished graph. Allow scripts to go through it step by step.",
)  # fmt: skip
_KIND_NAMES = {
    "input": "Input",
    "parameter": "Parameter",
    "operation": "Result of an operation",
    "result": "The result",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A finished offline page: `html` is its text, `path` where it was written, if anywhere.

    In a notebook it shows itself in a sandboxed frame, `height` pixels high.

    >>> from autograd import Value
    >>> from viz import page
    >>> made = page(Value(2.0, label="a") * 3)
    >>> made.html[:15].lower(), made.path
    ('<!doctype html>', None)
    """

    html: str
    title: str
    path: Path | None = None
    height: int = 760

    def save(self, path: str | os.PathLike[str]) -> Page:
        """The same page, written to `path` in one piece: an interruption leaves the old file whole."""
        return Page(self.html, self.title, save_page(self.html, path), self.height)

    def _repr_html_(self) -> str:
        return frame(self.html, height=self.height, title=self.title)

    def __repr__(self) -> str:
        place = f", {str(self.path)!r}" if self.path else ""
        return f"Page({self.title!r}, {len(self.html) / 1024:.0f} KB{place})"


def page(
    value: Value,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str = "",
    unfold: bool = False,
    fold: bool | None = None,
    parameters: Any = None,
    inputs: Any = None,
    max_nodes: int = MAX_NODES,
    lr: float = 0.1,
) -> Page:
    """One HTML file in which backpropagation from `value` is gone through forward and backward, step by step.

    The file needs nothing but itself and asks for nothing. Without `path` nothing is written: a notebook shows the
    result, `save` writes it. Source lines are shown where the graph was built inside `autograd.record_source()`.
    `parameters` (a model, or Values) or `inputs` say which leaves are which, where scopes do not. Where there are
    parameters, the page goes on to their update with the learning rate `lr`, and forward once more.

    Arguments:
        unfold: take sums and dot products apart into single additions and multiplications.
        fold: draw a parameter that only one operation uses inside that operation's box; by default in graphs of more
            than 120 nodes. It keeps its numbers, its steps and its details.
        max_nodes: most boxes in the picture; four times as many arrows may go between them.

    Raises TypeError when `value` is no Value, ValueError for a graph too large to follow, and what writing a file
    raises. Cost: one run of Graphviz, about half a second for 1,000 boxes, and about 0.8 KB of page a box.

    >>> from autograd import Value
    >>> from viz import page
    >>> str(page((Value(2.0, label="a") * 3).tanh(), "backprop.html").path)
    'backprop.html'
    """
    if not isinstance(value, Value):
        raise TypeError(f"page: wants a Value, the result of a computation, got {type(value).__name__}")
    if max_nodes < 1:
        raise ValueError(f"page: max_nodes must be at least 1, got {brief(max_nodes)}")
    order = topological_order(value)
    title = title or f"Backpropagation from {clean(value.label, longest=40) or 'the result'}"
    sizes = len(order), sum(len(v.inputs) for v in order)
    if not _fits(*sizes, _MOST * max_nodes):
        graph = graph_of(value, parameters=parameters, inputs=inputs)
        return _of_layers(graph, max_nodes, sizes, _MOST * max_nodes, title, path)
    graph = graph_of(value, unfold=unfold, parameters=parameters, inputs=inputs)
    homes = _homes(graph) if fold or (fold is None and len(graph.nodes) > _SMALL) else {}
    places = [k for k in range(len(graph.nodes)) if k not in homes]
    edges = _edges(graph, homes)
    if not _fits(len(places), len(edges), max_nodes):
        return _of_layers(graph, max_nodes, (len(places), len(edges)), max_nodes, title, path)
    names = _names(graph)
    nodes = [_node(graph, k, names[k], homes.get(k)) for k in range(len(graph.nodes))]
    again = updated(graph, gradients_of(graph), lr)
    after = again and [{"data": v.data, "partials": list(v.partials)} for v in again]
    boxes = {k: _box(graph, k, nodes[k]) for k in places}
    data = {"nodes": nodes, "rows": {v.op: row_words(v.op) for v in graph.nodes if v.op}, "lr": lr, "after": after}
    stand = "stands in the box that uses it" if len(homes) == 1 else "stand in the boxes that use them"
    folded = f"The {counted(len(homes), 'parameter')} {stand}. " if homes else ""
    return _made(data, boxes, edges, folded, title, path)


def _made(data: Any, boxes: Mapping[int, Box], edges: Any, folded: str, title: str, path: Any) -> Page:
    text = offline_html(
        "page.html",
        _PLAYER,
        title=title,
        data=data,
        styles=[palette_css(), *(asset(name) for name in _STYLES)],
        scripts=[joined("page.js")],
        parts={
            "graph": picture(boxes, edges, svg),
            "legend": legend({box.kind for box in boxes.values()}),
            "folded": folded,
        },
    )
    made = Page(text, title)
    return made if path is None else made.save(path)


def _of_layers(graph: Diagram, max_nodes: int, sizes: tuple[int, int], most: int, title: str, path: Any) -> Page:
    """The page of a graph with too many boxes: layer by layer, if it has layers."""
    found = layered(graph, max_nodes)
    if found is None:
        _refuse(*sizes, most)
    data = {"nodes": found.nodes, "rows": {"layer": LAYER_ROW}, "lr": 0.0, "after": None}
    folded = f"The {graph.total:,} nodes are folded into layers, which show their lowest and highest number. "
    return _made(data, found.boxes, found.edges, folded, title, path)


def _fits(nodes: int, arrows: int, max_nodes: int) -> bool:
    return nodes <= max_nodes and arrows <= 4 * max_nodes


def _refuse(nodes: int, arrows: int, max_nodes: int) -> NoReturn:
    raise ValueError(
        f"page: the graph has {nodes:,} nodes and {arrows:,} arrows; one to be followed step by step has at most "
        f"{max_nodes:,} and four times as many, or layers into which it can be folded; take the loss of a single row "
        "or a smaller network, or draw the graph folded with viz.draw"
    )


def _homes(graph: Diagram) -> dict[int, int]:
    """For each parameter that is an operand once, the operation it is folded into."""
    uses: dict[int, list[int]] = {}
    for k, sources in enumerate(graph.sources):
        for source in sources:
            uses.setdefault(source, []).append(k)
    return {k: users[0] for k, users in uses.items() if graph.kinds[k] == "parameter" and len(users) == 1}


def _edges(graph: Diagram, homes: Mapping[int, int]) -> dict[int, tuple[int, int]]:
    """The arrows between boxes by their numbers: one for each operand, numbered in the order of nodes and operands."""
    every = ((source, k) for k, sources in enumerate(graph.sources) for source in sources)
    return {number: edge for number, edge in enumerate(every) if edge[0] not in homes}


def _names(graph: Diagram) -> list[str]:
    """A name for every node: its label, else its place in a neuron (w[3], b), else a letter and its number.

    The last one is called result, which it is for sure: that it is a loss, or which variable of the program holds it,
    is not known here.
    """
    labels = [clean(v.label, longest=24) for v in graph.nodes]
    prefix = next(letter for letter in ("v", "t", "u", "node ") if letter == "node " or not _taken(letter, labels))
    named = [clean(name, longest=24) for name in graph.names]
    if graph.kinds[-1] == "result" and not named[-1] and "result" not in (*labels, *named):
        named[-1] = "result"
    places = itertools.count(1)  # of those without a name alone: nobody looks for the others' numbers
    return [label or name or f"{prefix}{next(places)}" for label, name in zip(labels, named, strict=True)]


def _taken(letter: str, labels: Sequence[str]) -> bool:
    return any(label.startswith(letter) and label[1:].isdigit() for label in labels)


def _operands(graph: Diagram, k: int) -> list[int | list[float]]:
    """Node k's operands in the formula's order: a node's place, or a constant in a list of its own."""
    sources = iter(graph.sources[k])
    return [[float(o)] if isinstance(o, (int, float)) else next(sources) for o in graph.nodes[k].operands]


def _node(graph: Diagram, k: int, name: str, home: int | None) -> dict[str, Any]:
    """One node as the page's scripts read it; `home` is the node whose box it is drawn in, if not its own."""
    v, kind, scope = graph.nodes[k], graph.kinds[k], graph.scopes[k]
    node: dict[str, Any] = {"name": name, "kind": kind, "kindName": _KIND_NAMES[kind], "data": v.data}
    if v.op:
        node |= {"op": v.op, "operands": _operands(graph, k), "partials": list(v.partials)}
    if home is not None:
        node["home"] = home
    if scope:
        node["scope"] = clean(spoken(scope), longest=200)
    if kind == "parameter" and (place := code(scope, graph.names[k])):
        node["code"] = place
    if v.source:
        node["source"] = clean(v.source, longest=200)
    return node


def _box(graph: Diagram, k: int, node: dict[str, Any]) -> Box:
    v = graph.nodes[k]
    sign = symbol(v.op)
    return Box(
        kind=node["kind"],
        title=f"{node['name']}, {node['kindName'].lower()}{', ' + sign if sign else ''}: details",
        name=clean(node["name"], longest=max(12 - len(sign), 4)),
        sign=clean(sign, longest=9),
        data=number(v.data),
        grad=f"grad {number(v.grad)}",
        scope=graph.scopes[k],
    )
