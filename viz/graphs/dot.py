"""A sketch as DOT text: pure, deterministic, and good to look at in any Graphviz.

One decision: record labels, never HTML-like ones, because the WebAssembly build of Graphviz drops those and because a
label can then never be taken for markup.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from autograd import Value
from viz.graphs.choosing import sketch
from viz.graphs.folding import by_number
from viz.graphs.sketch import Box, Link, Sketch
from viz.svg.labels import brief, dot_lines, dot_string, record_label
from viz.svg.style import FAINT, KINDS, LINE, NEGATIVE, NOTE, POSITIVE, number

EDGES = (None, "partials", "flow")
DIRECTIONS = ("LR", "TB", "RL", "BT")
_WIDEST = 5.0  # points, the arrow through which most gradient flows


def to_dot(value: Value, *, edges: str | None = None, direction: str = "LR", **options: Any) -> str:
    """The graph under `value` as DOT text; the same graph always gives the same text.

    Arguments:
        edges: "partials" writes the local derivative on every arrow, "flow" draws arrows as wide as the gradient that
            goes back through them (blue positive, orange negative).
        direction: "LR" (inputs left), "TB", "RL" or "BT".
        options: level, around, hops, max_nodes, unfold, parameters, inputs; see `viz.graphs.choosing.sketch`.

    >>> from autograd import Value
    >>> from viz import to_dot
    >>> print(to_dot(Value(2.0, label="a") * 3).splitlines()[0])
    digraph glassgrad {
    """
    return dot_of(sketch(value, **options), edges=edges, direction=direction)


def dot_of(shown: Sketch, *, edges: str | None = None, direction: str = "LR") -> str:
    """A sketch as DOT text."""
    if edges not in EDGES:
        raise ValueError(f"draw: edges must be 'partials', 'flow' or None, got {brief(edges)}")
    if direction not in DIRECTIONS:
        raise ValueError(f"draw: direction must be one of {', '.join(DIRECTIONS)}, got {brief(direction)}")
    framed = _framed(shown, direction)
    if any(line.lstrip().startswith(_COLUMN) for line in framed):
        framed.insert(0, "  remincross=false;")  # the second pass over all frames would turn columns around
    lines = [
        "digraph glassgrad {",
        f'  graph [rankdir={direction}, bgcolor="transparent", nodesep=0.16, ranksep={_gap(shown)}];',
        f'  graph [fontname="{_FONT}", fontsize=10, fontcolor="{NOTE}"{_note(shown.note)}];',
        f'  node [fontname="{_FONT}", fontsize=11, height=0.3, width=0.3, margin="0.1,0.04"];',
        f'  edge [color="{LINE}", arrowsize=0.6, fontname="{_FONT}", fontsize=9, fontcolor="{NOTE}"];',
        *framed,
        *_arrows(shown.links, edges),
        "}",
    ]
    return "\n".join(lines) + "\n"


_COLUMN = "{ rank=same;"
_FONT = "Helvetica,Arial,sans-serif"


def _gap(shown: Sketch) -> float:
    """Inches between columns: fans of hundreds of arrows between folded neurons need room to part."""
    dense = shown.level not in ("raw", "operations")
    return 0.4 + (min(1.6, round(len(shown.links) / 160, 2)) if dense else 0.0)


def _note(note: str) -> str:
    return f", label={dot_string(note, longest=200)}, labelloc=b, labeljust=l" if note else ""


def _framed(shown: Sketch, direction: str) -> list[str]:
    """The boxes, each inside nested frames for its scope path."""
    frames = shown.frames
    inside: dict[str, list[Box]] = {path: [] for path in ("", *frames)}
    joined = {(link.source, link.target) for link in shown.links}
    for box in shown.boxes:
        inside[box.scope if frames else ""].append(box)
    children: dict[str, list[str]] = {path: [] for path in inside}
    for path in inside:
        if path:
            children[path.rpartition("/")[0]].append(path)
    if len(children[""]) == 1 and not inside[children[""][0]]:  # a frame around all other frames says little
        children[""] = children[children[""][0]]
    lines: list[str] = []
    open_frames: list[str] = []
    stack = [("", False)]
    while stack:
        path, leaving = stack.pop()
        indent = "  " * (len(open_frames) + 1)
        if leaving:
            open_frames.pop()
            lines.append("  " * (len(open_frames) + 1) + "}")
            continue
        if path:
            name = dot_string(path.rpartition("/")[2])
            lines.append(f"{indent}subgraph cluster_{len(lines)} {{")
            lines.append(f'{indent}  id="f{frames.index(path)}"; label={name}; labelloc=t; labeljust=l; margin=10;')
            lines.append(f'{indent}  style=rounded; color="{FAINT}"; penwidth=0.8;')
            open_frames.append(path)
            indent += "  "
            stack.append((path, True))
        lines += [indent + _shape(box, direction) for box in inside[path]]
        lines += [indent + row for row in _in_order(inside[path], joined, direction)]
        stack += [(child, False) for child in reversed(children[path])]
    return lines


def _in_order(boxes: list[Box], joined: set[tuple[str, str]], direction: str) -> list[str]:
    """What shares a frame in one column, in its own order: groups, unless one of them feeds another, and parameters
    that go into the same operation."""
    groups = [box for box in boxes if box.kind == "group"]
    if any((a.id, b.id) in joined for a in groups for b in groups):
        groups = []
    users: dict[str, list[str]] = {}
    for source, target in sorted(joined):
        users.setdefault(source, []).append(target)
    columns: dict[tuple[str, ...], list[Box]] = {}
    for box in boxes:
        if box.kind == "parameter" and box.scope:
            columns.setdefault(tuple(users.get(box.id, ())), []).append(box)
    rows = []
    for column in (groups, *columns.values()):
        names = [box.id for box in sorted(column, key=lambda box: by_number(box.name))]
        if direction in ("LR", "RL"):
            names.reverse()  # Graphviz turns its columns with the first at the bottom
        if len(names) > 1:
            rows.append(f"{_COLUMN} {' -> '.join(names)} [style=invis]; }}")
    return rows


def _shape(box: Box, direction: str) -> str:
    look = KINDS[box.kind]
    shape, style = look.shape, look.style
    if box.kind == "circle" and len(box.sign) > 4:
        shape, style = "box", "filled,rounded"
    texts = box.texts or (" ",)
    if shape in ("record", "Mrecord"):
        label = record_label(texts)
        if direction in ("TB", "BT"):
            label = '"{' + label[1:-1] + '}"'
    else:
        label = dot_lines(texts)  # groups are no records: old releases of dot cannot put those in one column in order
    extra = ", fixedsize=true, width=0.42" if shape == "circle" else f", width={_least_width(box):.2f}"
    extra += ", fontsize=13" if box.kind in ("group", "parameter") else ""  # leading: our SVG sets the words smaller
    fill = "transparent" if look.light.fill == "none" else look.light.fill
    line = "transparent" if box.kind == "more" else look.light.stroke
    return (
        f'{box.id} [id="{box.id}", class="{box.kind}", shape={shape}, style="{style}", label={label}, '
        f'fillcolor="{fill}", color="{line}", fontcolor="{look.light.ink}", penwidth={look.width}{extra}];'
    )


def _least_width(box: Box) -> float:
    """Inches that the box needs when its numbers are set in the wider letters of a typewriter face."""
    longest = max((len(text) for role, text in box.parts if role == "field"), default=0)
    return max(0.3, (5.9 * longest + 10) / 72) if longest else 0.3


def _arrows(links: Iterable[Link], edges: str | None) -> list[str]:
    links = list(links)
    largest = max((abs(link.flow) for link in links if link.flow is not None and math.isfinite(link.flow)), default=0.0)
    lines = []
    for k, link in enumerate(links):
        attributes = [f'id="e{k}"']
        if link.dashed:
            attributes.append("style=dashed")
        if link.source[0] == "o":
            attributes.append("weight=4")
        if edges == "partials" and link.partial is not None:
            attributes.append(f'label=" {number(link.partial)} "')  # spaces keep it off the line
        if edges == "flow" and link.flow is not None:
            attributes += _flow(link.flow, largest)
        lines.append(f"  {link.source} -> {link.target} [{', '.join(attributes)}];")
    return lines


def _flow(flow: float, largest: float) -> list[str]:
    """Width by size and color by sign; nothing flows through a thin dotted line, and nan or inf is dashed."""
    if not math.isfinite(flow):
        return ["style=dashed", 'class="nan"']
    if flow == 0.0:
        return ["style=dotted", "penwidth=0.6"]
    color, name = (POSITIVE.stroke, "positive") if flow > 0 else (NEGATIVE.stroke, "negative")
    width = 0.5 + (_WIDEST - 0.5) * abs(flow) / largest
    arrow = 0.5 + 0.12 * width  # so that the head stays wider than the line
    return [f"penwidth={width:.3g}", f"arrowsize={arrow:.2f}", f'color="{color}"', f'class="{name}"']
