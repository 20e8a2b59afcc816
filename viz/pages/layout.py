"""Where the boxes and arrows of a step page stand: Graphviz places empty shapes, and this module writes the picture.

Graphviz never sees a label, so no label can upset it, and every box has the size that its three lines of text need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from autograd.wording import counted
from viz.graphs.folding import by_number, family
from viz.svg.labels import xml
from viz.svg.outlines import Extent, outline, rectangle
from viz.svg.stacking import Part, stack
from viz.svg.style import KINDS

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_DEPTH = 12  # frames inside frames; a longer path only makes the picture wider
_FRAMES = 200  # frames around more scopes than this cost more layout time than they explain


@dataclass(frozen=True, slots=True)
class Box:
    """One node as it is drawn: its kind (a name in `style.KINDS`), what a screen reader says, and the lines in it."""

    kind: str
    title: str
    name: str
    sign: str
    data: str
    grad: str
    scope: str


def picture(boxes: Mapping[int, Box], edges: Mapping[int, tuple[int, int]], render: Callable[[str], str]) -> str:
    """The graph as an SVG element ready for a page; `render` turns DOT text into Graphviz's SVG.

    Box 7 becomes a group with the id n7 and a button's role, edge 7 from a box to a box a group with the id e7; the
    page's style sheet colors them by their classes.
    """
    placed, paths = _nested(boxes)
    root = ElementTree.fromstring(render(_dot_source(placed, edges)))
    graph = root.find(f"{_SVG}g")
    assert graph is not None
    shift = re.search(r"translate\(([-\d.]+)[ ,]+([-\d.]+)\)", graph.get("transform", ""))
    dx, dy = (float(shift[1]), float(shift[2])) if shift else (0.0, 0.0)
    ends = {f"e{k}": (f"n{tail}", f"n{head}") for k, (tail, head) in edges.items()}
    stack(graph, _stacks(boxes, paths), ends, lambda group: _extent(group, 0.0, 0.0))
    frames, arrows, nodes = [], [], []
    for group in graph.findall(f"{_SVG}g"):
        kind, ident = group.get("class"), group.get("id", "")
        if kind == "cluster":
            frames.append(_frame(paths[int(ident[1:])][-1], _extent(group, dx, dy)))
        elif kind == "edge":
            arrows.append(_arrow(ident, group, dx, dy))
        elif kind == "node":
            number = int(ident[1:])
            nodes.append((number, _node(boxes[number], ident, _extent(group, dx, dy))))
    # Nodes in the order of the computation, so that moving from one to the next by keyboard follows it.
    inside = "".join(frames) + "".join(arrows) + "".join(text for _, text in sorted(nodes))
    width, height = (round(float(number)) for number in root.get("viewBox", "0 0 100 100").split()[2:])
    return (
        f'<svg id="graph" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" '
        f'aria-label="Computation graph, {counted(len(boxes), "node")}">{inside}<g id="marks"></g></svg>'
    )


def _dot_source(placed: Sequence[str], edges: Mapping[int, tuple[int, int]]) -> str:
    return "\n".join(
        [
            "digraph {",
            "rankdir=LR; nodesep=0.22; ranksep=1; pad=0.15; fontsize=12; labeljust=l;",
            'node [shape=box, label="", fixedsize=true, width=1.65, height=0.86]; edge [arrowsize=0.8];',
            *placed,
            *(f"n{tail} -> n{head} [id=e{k}];" for k, (tail, head) in edges.items()),
            "}",
        ]
    )


def _stacks(boxes: Mapping[int, Box], paths: Sequence[tuple[str, ...]]) -> list[list[Part]]:
    """The parameters of one neuron, and the frames inside one frame, in their order."""
    around: dict[tuple[tuple[str, ...], str], list[int]] = {}
    for i, path in enumerate(paths):
        around.setdefault((path[:-1], family(path[-1])), []).append(i)
    scopes = {k: tuple(box.scope.split("/", _DEPTH)[:_DEPTH]) for k, box in boxes.items() if box.scope}

    def part(i: int) -> Part:
        path = paths[i]
        inside = [f"n{k}" for k, scope in scopes.items() if scope[: len(path)] == path]
        nested = [f"c{j}" for j, other in enumerate(paths) if j != i and other[: len(path)] == path]
        return Part(f"c{i}", (*inside, *nested))

    frames = [[part(i) for i in sorted(some, key=lambda i: by_number(paths[i][-1]))] for some in around.values()]
    owned: dict[str, list[int]] = {}
    for k, box in boxes.items():
        if box.kind == "parameter" and box.scope:
            owned.setdefault(box.scope, []).append(k)
    named = (sorted(some, key=lambda k: by_number(boxes[k].name)) for some in owned.values())
    return [*([Part(f"n{k}", ()) for k in some] for some in named), *frames]


def _nested(boxes: Mapping[int, Box]) -> tuple[list[str], list[tuple[str, ...]]]:
    """DOT lines that place every node in the frames of its scope, and the frames' paths by number."""
    tree: dict = {}
    count = 0
    for k, box in boxes.items():
        here = tree
        for part in box.scope.split("/", _DEPTH)[:_DEPTH] if box.scope else ():
            count += part not in here
            here = here.setdefault(part, {})
        here.setdefault(None, []).append(k)
    if count > _FRAMES:
        return [_node_line(k) for k in boxes], []
    lines: list[str] = []
    paths: list[tuple[str, ...]] = []
    todo: list[str | tuple[tuple[str, ...], dict]] = [((), tree)]  # not recursion: scopes may be nested deeply
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            lines.append(item)
            continue
        around, inside = item
        lines += [_node_line(k) for k in inside.get(None, ())]
        for part, inner in reversed(inside.items()):  # `todo` turns them around again
            if part is not None:
                path = (*around, part)
                # The label only makes Graphviz leave room; the name itself is written by `_frame`.
                todo += ["}", (path, inner), f'subgraph cluster_{len(paths)} {{ id=c{len(paths)}; label="M";']
                paths.append(path)
    return lines, paths


def _node_line(number: int) -> str:
    return f"n{number} [id=n{number}];"


def _frame(name: str, extent: Extent) -> str:
    left, top, _, _ = extent
    return f'<g class="frame">{rectangle(extent, 6)}<text x="{left + 8:.0f}" y="{top + 16:.0f}">{xml(name)}</text></g>'


def _arrow(ident: str, group: ElementTree.Element, dx: float, dy: float) -> str:
    line, head = group.find(f"{_SVG}path"), group.find(f"{_SVG}polygon")
    assert line is not None
    assert head is not None
    curve, tip = _moved(line.get("d", ""), dx, dy), _moved(head.get("points", ""), dx, dy)
    return f'<g class="e" id="{ident}"><path d="{curve}"/><polygon points="{tip}"/></g>'


def _node(box: Box, ident: str, extent: Extent) -> str:
    left, top, width, height = extent
    x, y = left + width / 2, top + height / 2
    sign = f'<tspan class="sign"> {xml(box.sign)}</tspan>' if box.sign else ""
    lines = (
        f'<text x="{x:.0f}" y="{y - 11:.0f}">{xml(box.name)}{sign}</text>'
        f'<text class="d" x="{x:.0f}" y="{y + 5:.0f}">{xml(box.data)}</text>'
        f'<text class="g" x="{x:.0f}" y="{y + 21:.0f}">{xml(box.grad)}</text>'
    )
    return (
        f'<g class="n {box.kind}" id="{ident}" tabindex="-1" role="button" aria-label="{xml(box.title)}">'
        f"{outline(KINDS[box.kind].corner, extent)}{lines}</g>"
    )


def _moved(text: str, dx: float, dy: float) -> str:
    # Coordinates come as x,y pairs in Graphviz's paths (M and C only) and points alike.
    place = iter(range(text.count(",") * 2))
    return _NUMBER.sub(lambda number: f"{float(number[0]) + (dy if next(place) % 2 else dx):.0f}", text)


def _extent(group: ElementTree.Element, dx: float, dy: float) -> Extent:
    shape = group.find(f"{_SVG}polygon")
    assert shape is not None
    numbers = [float(number) for number in _NUMBER.findall(shape.get("points", ""))]
    xs, ys = numbers[0::2], numbers[1::2]
    left, top = min(xs), min(ys)
    return round(left + dx), round(top + dy), round(max(xs) - left), round(max(ys) - top)
