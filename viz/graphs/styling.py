"""Graphviz's SVG rewritten as ours: its layout, our outlines, type, dark mode, hints and legend.

One decision: from Graphviz come coordinates, every one of them checked to be a number, and the words of frames and
arrows; whatever is written into the picture is cleaned and escaped here, so that no label can reach it another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from autograd.wording import counted
from viz.graphs.folding import by_number, family
from viz.graphs.sketch import Box, Sketch
from viz.svg.labels import xml
from viz.svg.outlines import PAPER_DARK, Extent, outline, paper, rectangle
from viz.svg.outlines import coordinate as at
from viz.svg.stacking import Part, stack
from viz.svg.style import FAINT, KINDS, LINE, MONO, NEGATIVE_DARK, NOTE, POSITIVE_DARK, SANS, Look

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_PATH = re.compile(r"[MCLZz\d\s,.e+-]*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_SIGNS = {"*": "\N{MULTIPLICATION SIGN}", "-": "\N{MINUS SIGN}", "/": "\N{DIVISION SIGN}"}
_LONGEST_HINT = 400
_LEGEND = 26.0  # points, height of the line that names the kinds
_KIND_WORDS = {
    "input": "input",
    "parameter": "parameter",
    "constant": "constant",
    "circle": "operation",
    "operation": "operation",
    "group": "group",
    "result": "result",
}
_EDGE_WORDS = {
    None: "",
    "partials": "on arrows: local derivative",
    "flow": "arrow width: gradient flowing back (blue +, orange \N{MINUS SIGN})",
}


def styled(graphviz_svg: str, shown: Sketch, *, edges: str | None = None, legend: bool = True) -> str:
    """The finished SVG: one `<g id>` for each box, light and dark, no script, no link, no outside reference."""
    root = ElementTree.fromstring(graphviz_svg)
    drawing = root.find(f"{_SVG}g")
    assert drawing is not None
    _, _, width, height = _numbers(root.get("viewBox", ""))
    dx, dy = _numbers(drawing.get("transform", "").rpartition("translate")[2])
    boxes = {box.id: box for box in shown.boxes}
    ends = {f"e{k}": (link.source, link.target) for k, link in enumerate(shown.links)}
    stack(drawing, _stacks(shown), ends, _extent)
    frames: list[str] = []
    arrows: list[str] = []
    shapes: list[str] = []
    notes: list[str] = []
    for child in drawing:
        kind = (child.get("class") or "").partition(" ")[0]
        if kind == "cluster":
            frames.append(_frame(child))
        elif kind == "edge":
            arrows.append(_arrow(child))
        elif kind == "node":
            shapes.append(_shape(child, boxes[child.get("id", "")]))
        elif child.tag == f"{_SVG}text":
            notes.append(_gray(*_place(child), shown.note, anchor=_anchor(child)))
    footer, needed = _footer(shown, edges) if legend else ("", 0.0)
    width = max(width, needed)
    total = height + (_LEGEND if footer else 0.0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{at(width)}pt" height="{at(total)}pt" '
        f'viewBox="0 0 {at(width)} {at(total)}" role="img" aria-label="{xml(_description(shown))}" '
        f'font-family="{SANS}" font-size="11" text-anchor="middle">\n'
        f"<style>{_CSS}</style>\n{paper(width, total)}\n"
        f'<g transform="translate({at(dx)} {at(dy)})">\n'
        + "\n".join((*frames, *arrows, *shapes, *notes))
        + "\n</g>\n"
        + (f'<g transform="translate(0 {at(height)})">{footer}</g>\n' if footer else "")
        + "</svg>\n"
    )


def _stacks(shown: Sketch) -> list[list[Part]]:
    """What has to stand in order: the frames inside one frame, and inputs that feed the same boxes."""
    frames = shown.frames
    around: dict[tuple[str, str], list[str]] = {}
    for path in frames:
        parent, _, name = path.rpartition("/")
        around.setdefault((parent, family(name)), []).append(path)
    stacks = []
    for paths in around.values():
        parts = []
        for path in sorted(paths, key=by_number):
            inside = [box.id for box in shown.boxes if box.scope == path or box.scope.startswith(f"{path}/")]
            nested = [f"f{k}" for k, other in enumerate(frames) if other.startswith(f"{path}/")]
            parts.append(Part(f"f{frames.index(path)}", (*inside, *nested)))
        stacks.append(parts)
    users: dict[str, list[str]] = {box.id: [] for box in shown.boxes if box.kind == "input" and not box.scope}
    for link in shown.links:
        if link.source in users:
            users[link.source].append(link.target)
    alike: dict[tuple[str, ...], list[Part]] = {}
    for link in shown.links:  # in the order of the formulas
        if link.source in users:
            alike.setdefault(tuple(sorted(users.pop(link.source))), []).append(Part(link.source, ()))
    return [*stacks, *alike.values()]


def _description(shown: Sketch) -> str:
    return f"Computation graph, {shown.note or counted(shown.total, 'node')}"


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _extent(element: ElementTree.Element) -> Extent:
    """Left, top, width and height of the first outline in a Graphviz group, or of its texts."""
    for part in element:
        if part.tag == f"{_SVG}ellipse":
            cx, cy, rx, ry = (float(part.get(name, "0")) for name in ("cx", "cy", "rx", "ry"))
            return cx - rx, cy - ry, 2 * rx, 2 * ry
        if part.tag in (f"{_SVG}polygon", f"{_SVG}path"):
            flat = _numbers(part.get("points") or part.get("d") or "")
            xs, ys = flat[::2], flat[1::2]
            return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    for part in element.iter(f"{_SVG}text"):
        return float(part.get("x", "0")) - 20, float(part.get("y", "0")) - 11, 40, 15
    return 0.0, 0.0, 0.0, 0.0


def _place(text: ElementTree.Element) -> tuple[float, float]:
    return float(text.get("x", "0")), float(text.get("y", "0"))


def _gray(x: float, y: float, words: str, *, size: float = 10, anchor: str = "start", extra: str = "") -> str:
    """Free text on the page."""
    return (
        f'<text class="gg-note" x="{at(x)}" y="{at(y)}" font-size="{at(size)}" text-anchor="{anchor}" '
        f'fill="{NOTE}"{extra}>{xml(words)}</text>'
    )


def _anchor(text: ElementTree.Element) -> str:
    anchor = text.get("text-anchor", "start")
    return anchor if anchor in ("start", "end") else "middle"


def _frame(element: ElementTree.Element) -> str:
    extent = _extent(element)
    words = "".join(text.text or "" for text in element.iter(f"{_SVG}text"))
    faint = f' fill="{NOTE}" fill-opacity="0.035" stroke="{FAINT}" stroke-width="0.8"'
    return f'<g class="gg-frame">{rectangle(extent, 7, extra=faint)}{_gray(extent[0] + 8, extent[1] + 13, words)}</g>'


def _arrow(element: ElementTree.Element) -> str:
    parts: list[str] = []
    sign = (element.get("class") or "").partition(" ")[2]
    color = LINE
    for part in element:
        stroke = part.get("stroke", "")
        if _COLOR.fullmatch(stroke):
            color = stroke
        if part.tag == f"{_SVG}path" and _PATH.fullmatch(part.get("d", "-")):
            dashes = part.get("stroke-dasharray", "")
            extra = f' stroke-dasharray="{dashes}"' if _PATH.fullmatch(dashes) and dashes else ""
            width = (_numbers(part.get("stroke-width", "")) or [1.0])[0]
            parts.append(f'<path d="{part.get("d")}" fill="none" stroke-width="{at(width)}"{extra}/>')
        elif part.tag == f"{_SVG}polygon" and _PATH.fullmatch(part.get("points", "-")):
            parts.append(f'<polygon points="{part.get("points")}" stroke="none"/>')
        elif part.tag == f"{_SVG}text":
            face = f' font-family="{MONO}" stroke="none"'
            parts.append(_gray(*_place(part), part.text or "", size=8.5, anchor="middle", extra=face))
    colored = f" gg-{sign}" if sign.isalpha() else ""
    name = xml(element.get("id", ""))
    return f'<g class="gg-edge{colored}" id="{name}" stroke="{color}" fill="{color}">{"".join(parts)}</g>'


def _shape(element: ElementTree.Element, box: Box) -> str:
    look = KINDS[box.kind]
    extent = _extent(element)
    places = [_place(text) for text in element.iter(f"{_SVG}text")]
    words = zip(box.parts, places, strict=False)  # an engine may leave out a text of spaces
    return (
        f'<g class="gg-node gg-{box.kind}" id="{box.id}" fill="{look.light.fill}" stroke="{look.light.stroke}" '
        f'stroke-width="{look.width}"><title>{xml(box.hint or " ".join(box.texts), longest=_LONGEST_HINT)}</title>'
        + outline(look.corner, extent, long=len(box.sign) > 4, copies=box.copies)
        + _rule(box, places, extent)
        + "".join(_text(role, text, place, box.kind, look.light.ink) for (role, text), place in words)
        + "</g>"
    )


def _rule(box: Box, places: list[tuple[float, float]], extent: Extent) -> str:
    """A line below what the box is called, a third of the way to the numbers."""
    heading = sum(role != "field" for role, _ in box.parts)
    if not 0 < heading < len(places):
        return ""
    above, below = places[heading - 1][1], places[heading][1]
    path = f"M{at(extent[0])} {at(above + 0.31 * (below - above))}h{at(extent[2])}"
    return f'<path d="{path}" stroke-width="0.5" stroke-opacity="0.55"/>'


def _text(role: str, text: str, place: tuple[float, float], kind: str, ink: str) -> str:
    start = f'<text x="{at(place[0])}" y="{at(place[1])}" fill="{ink}" stroke="none"'
    if role == "sign":
        size = 13 if text in _SIGNS or text == "+" else 11
        return f'{start} font-weight="600" font-size="{size}">{xml(_SIGNS.get(text, text))}</text>'
    word, _, figure = text.partition(" ")
    if role == "field" and word in ("data", "grad"):
        return (
            f'{start}><tspan fill-opacity="0.62" font-size="9.5">{word} </tspan>'
            f'<tspan font-family="{MONO}" font-size="9.8">{xml(figure)}</tspan></text>'
        )
    if kind == "constant":
        return f'{start} font-family="{MONO}" font-size="9.8">{xml(text)}</text>'
    weight = ' font-weight="600"' if role == "name" and kind != "more" else ""
    return f"{start}{weight}>{xml(text)}</text>"


def _footer(shown: Sketch, edges: str | None) -> tuple[str, float]:
    """The legend of the kinds in this picture, and the width it needs."""
    present = {box.kind for box in shown.boxes}
    if "circle" in present:
        present.discard("operation")
    kinds = [kind for kind in _KIND_WORDS if kind in present]
    x = 6.0
    items: list[str] = []
    for kind in kinds if len(kinds) > 1 else ():
        look = KINDS[kind]
        extent = (x + 3, 7.0, 12.0 if kind == "circle" else 20.0, 12.0)
        items.append(
            f'<g class="gg-{kind}" fill="{look.light.fill}" stroke="{look.light.stroke}" stroke-width="1">'
            f"{outline(look.corner, extent)}</g>"
        )
        x += extent[2] + 9
        words = _KIND_WORDS[kind]
        items.append(_gray(x, 16.5, words))
        x += 5.2 * len(words) + 14
    if _EDGE_WORDS[edges]:
        items.append(_gray(x + 3, 16.5, _EDGE_WORDS[edges]))
        x += 4.9 * len(_EDGE_WORDS[edges]) + 14
    return "".join(items), x


def _rules(kinds: Iterable[tuple[str, Look]]) -> str:
    rules = []
    for kind, look in kinds:
        dark = look.dark
        rules.append(f".gg-{kind}{{fill:{dark.fill};stroke:{dark.stroke}}}.gg-{kind}>text{{fill:{dark.ink}}}")
    return "".join(rules)


_CSS = (
    f"@media (prefers-color-scheme:dark){{{PAPER_DARK}{_rules(KINDS.items())}"
    ".gg-frame>rect{stroke:#46505c}.gg-note{fill:#9aa5b4}"
    f".gg-positive{{stroke:{POSITIVE_DARK};fill:{POSITIVE_DARK}}}"
    f".gg-negative{{stroke:{NEGATIVE_DARK};fill:{NEGATIVE_DARK}}}}}"
)
