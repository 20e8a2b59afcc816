"""Frames and boxes that stand on top of each other, put into the order of the program.

Graphviz orders a column so that few arrows cross, each release in its own way; a reader looks for neuron 0 at the top.
One decision: what is out of order changes places within the room that the whole stack takes, so that nothing else
in the picture moves; arrows into it from outside are drawn anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeAlias
from xml.etree import ElementTree

from viz.svg.outlines import Extent

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")

ExtentOf: TypeAlias = Callable[[ElementTree.Element], Extent]


@dataclass(frozen=True, slots=True)
class Part:
    """What moves as one: the element that shows its extent, and the ids of all elements that move with it."""

    frame: str
    members: tuple[str, ...]


def stack(
    drawing: ElementTree.Element, stacks: Sequence[Sequence[Part]], ends: Mapping[str, tuple[str, str]], of: ExtentOf
) -> None:
    """Move the elements of Graphviz's `drawing` so that the parts of each stack stand in their order, top to bottom.

    `ends` are the ids of the boxes that each arrow joins; `of` measures an element. Parts that do not stand in one
    column, or are in order, stay where they are.
    """
    elements = {element.get("id", ""): element for element in drawing}
    moves: dict[str, float] = {}
    for parts in stacks:
        found = [part for part in parts if part.frame in elements]
        extents = [of(elements[part.frame]) for part in found]
        for part, move in zip(found, _moves(extents), strict=True):
            for name in (part.frame, *part.members):
                moves[name] = moves.get(name, 0.0) + move
    moves = {name: move for name, move in moves.items() if move and name in elements}
    if not moves:
        return
    for name, move in moves.items():
        _shift(elements[name], lambda _, y, move=move: y + move)
    for name, (tail, head) in ends.items():
        start, end = moves.get(tail, 0.0), moves.get(head, 0.0)
        if name not in elements or not (start or end):
            continue
        if start == end:
            _shift(elements[name], lambda _, y, move=start: y + move)
        else:
            _redraw(elements[name], of(elements[tail]), of(elements[head]))


def _moves(extents: Sequence[Extent]) -> list[float]:
    """How far down each part has to go so that all stand in order, with the gaps that were between them."""
    still = [0.0] * len(extents)
    tops = [top for _, top, _, _ in extents]
    if len(extents) < 2 or tops == sorted(tops):
        return still
    if any(not _above_each_other(one, other) for one, other in combinations(extents[:40], 2)):
        return still
    seen = sorted(extents, key=lambda extent: extent[1])
    gaps = [max(0.0, below[1] - (above[1] + above[3])) for above, below in pairwise(seen)]
    moves = []
    place = min(tops)
    for extent, gap in zip(extents, [*gaps, 0.0], strict=True):
        moves.append(place - extent[1])
        place += extent[3] + gap
    return moves


def _above_each_other(one: Extent, other: Extent) -> bool:
    """Whether the two share a column, and no row."""
    column = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    row = one[1] < other[1] + other[3] - 0.5 and other[1] < one[1] + one[3] - 0.5
    return column and not row


def _redraw(arrow: ElementTree.Element, tail: Extent, head: Extent) -> None:
    """The arrow as one plain curve between two boxes, whose old way led past others."""
    forward = tail[0] <= head[0]
    x1 = tail[0] + (tail[2] if forward else 0.0)
    x2 = head[0] + (0.0 if forward else head[2])
    y1, y2 = tail[1] + tail[3] / 2, head[1] + head[3] / 2
    back = -6.0 if forward else 6.0  # the head's length
    bend = 0.5 * (x2 + back - x1)
    curve = (x1, y1), (x1 + bend, y1), (x2 + back - bend, y2), (x2 + back, y2)
    start, *others = (f"{x:.2f},{y:.2f}" for x, y in curve)
    for part in arrow:
        if part.tag == f"{_SVG}path":
            part.set("d", f"M{start}C{' '.join(others)}")
        elif part.tag == f"{_SVG}polygon":
            tip = (x2 + back, y2 - 2.6), (x2, y2), (x2 + back, y2 + 2.6)
            part.set("points", " ".join(f"{x:.2f},{y:.2f}" for x, y in tip))
        elif part.tag == f"{_SVG}text":
            part.set("x", f"{(x1 + x2) / 2:.2f}")
            part.set("y", f"{(y1 + y2) / 2:.2f}")


def _shift(element: ElementTree.Element, moved: Callable[[float, float], float]) -> None:
    """Give every point (x, y) of the element the height `moved(x, y)`."""
    for part in element.iter():
        for name in ("d", "points"):
            if name in part.attrib:
                part.set(name, _points_shifted(part.get(name, ""), moved))
        for across, down in (("x", "y"), ("cx", "cy")):
            if down in part.attrib:
                part.set(down, f"{moved(float(part.get(across, '0')), float(part.get(down, '0'))):.2f}")


def _points_shifted(text: str, moved: Callable[[float, float], float]) -> str:
    """The points of a path or polygon, x and y in turn, with new heights; letters and commas stay."""
    numbers = [float(number) for number in _NUMBER.findall(text)]
    heights = [moved(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=False)]
    place = iter(range(len(numbers)))

    def written(found: re.Match[str]) -> str:
        k = next(place)
        return f"{heights[k // 2]:.2f}" if k % 2 else found[0]

    return _NUMBER.sub(written, text)
