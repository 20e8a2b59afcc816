"""What a picture of a graph shows, before any format: boxes, links and one line of explanation.

One decision: everything that decides *what* is shown works on these records, and everything that decides *how* it looks
reads them, so that DOT, SVG and tests agree. Texts are kept as the user wrote them and come out cleaned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viz.svg.labels import clean

MOST_FRAMES = 80  # more frames than this slow layout down and are too small to read


@dataclass(frozen=True, slots=True)
class Box:
    """One shape in a picture.

    `id` comes from a counter: n12 is the node at place 12 of the topological order, o12 its operation's circle, c3 a
    constant, g5 a group, m7 a mark for what was left out. `kind` is a name in `style.KINDS`. `sign` is the operation,
    `name` the label, `fields` the numbers; `hint` is the longer text that appears under the mouse. `scope` is the path
    whose frame stands around the box. `node` is the Value, where the box is exactly one.
    """

    id: str
    kind: str
    sign: str = ""
    name: str = ""
    fields: tuple[str, ...] = ()
    hint: str = ""
    scope: str = ""
    node: Any = None
    copies: int = 1  # more than 1: drawn as a stack

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What is written in the box, cleaned, line by line: pairs of "sign", "name" or "field" and a text."""
        given = (("sign", self.sign), ("name", self.name), *(("field", field) for field in self.fields))
        cleaned = ((role, clean(text)) for role, text in given)
        return tuple((role, text) for role, text in cleaned if text)

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of `parts`."""
        return tuple(text for _, text in self.parts)


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from the box `source` to the box `target` (ids).

    `partial` is the local derivative, where the arrow is one operand; `flow` the gradient that goes back through it.
    """

    source: str
    target: str
    partial: float | None = None
    flow: float | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """A picture of a graph of `total` nodes at one level of detail; `note` says so where something is folded away."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    level: str
    total: int
    note: str = ""

    @property
    def frames(self) -> list[str]:
        """The scope paths that have a frame in the picture, those around others before them."""
        found: dict[str, None] = {}
        for box in self.boxes:
            path = ""
            for part in box.scope.split("/") if box.scope else ():
                path = f"{path}/{part}" if path else part
                found[path] = None
        return list(found) if len(found) <= MOST_FRAMES else []
