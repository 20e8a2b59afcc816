"""Graphviz's SVG rewritten as ours: its layout, our outlines, type, dark mode, hints and legend.

One decision: from Graphviz come coordinates, every one of them checked to be a number, and the words of frames and
arrows; whatever is written into the picture is cleaned and escaped here, so that no label can reach it another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from viz.labels import xml
from viz.sketch import Box, Sketch
from viz.style import FAINT, KINDS, LINE, MONO, NEGATIVE_DARK, NOTE, POSITIVE_DARK, SANS, Look

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


def dressed(graphviz_svg: str, shown: Sketch, *, edges: str | None = None, legend: bool = True) -> str:
    """The finished SVG: one `<g id>` for each box, light and dark, no script, no link, no outside reference."""
    root = ElementTree.fromstring(graphviz_svg)
    drawing = root.find(f"{_SVG}g")
    assert drawing is not None
    _, _, width, height = _numbers(root.get("viewBox", ""))
    dx, dy = _numbers(drawing.get("transform", "").rpartition("translate")[2])
    boxes = {box.id: box for box in shown.boxes}
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
            notes.append(_note(child, shown.note))
    footer, needed = _footer(shown, edges) if legend else ("", 0.0)
    width = max(width, needed)
    total = height + (_LEGEND if footer else 0.0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{_c(width)}pt" height="{_c(total)}pt" '
        f'viewBox="0 0 {_c(width)} {_c(total)}" role="img" aria-label="{xml(_description(shown))}" '
        f'font-family="{SANS}" font-size="11" text-anchor="middle">\n'
        f"<style>{_CSS}</style>\n"
        f'<g transform="translate({_c(dx)} {_c(dy)})">\n'
        + "\n".join((*frames, *arrows, *shapes, *notes))
        + "\n</g>\n"
        + (f'<g transform="translate(0 {_c(height)})">{footer}</g>\n' if footer else "")
        + "</svg>\n"
    )


def _description(shown: Sketch) -> str:
    return f"Computation graph, {shown.note or f'{shown.total:,} nodes'}"


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]


def _c(x: float) -> str:
    """A coordinate: two decimals at most."""
    return f"{x:.2f}".rstrip("0").rstrip(".")


def _extent(element: ElementTree.Element) -> tuple[float, float, float, float]:
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


def _frame(element: ElementTree.Element) -> str:
    left, top, width, height = _extent(element)
    words = "".join(text.text or "" for text in element.iter(f"{_SVG}text"))
    return (
        f'<g class="gg-frame"><rect x="{_c(left)}" y="{_c(top)}" width="{_c(width)}" height="{_c(height)}" rx="7" '
        f'fill="{NOTE}" fill-opacity="0.035" stroke="{FAINT}" stroke-width="0.8"/>'
        f'<text x="{_c(left + 8)}" y="{_c(top + 13)}" font-size="10" text-anchor="start" fill="{NOTE}">{xml(words)}</text></g>'
    )


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
            parts.append(f'<path d="{part.get("d")}" fill="none" stroke-width="{_c(width)}"{extra}/>')
        elif part.tag == f"{_SVG}polygon" and _PATH.fullmatch(part.get("points", "-")):
            parts.append(f'<polygon points="{part.get("points")}" stroke="none"/>')
        elif part.tag == f"{_SVG}text":
            parts.append(
                f'<text x="{_c(float(part.get("x", "0")))}" y="{_c(float(part.get("y", "0")))}" font-size="8.5" '
                f'font-family="{MONO}" fill="{NOTE}" stroke="none">{xml(part.text or "")}</text>'
            )
    name = xml(element.get("id", ""))
    return f'<g class="gg-edge{f" gg-{sign}" if sign.isalpha() else ""}" id="{name}" stroke="{color}" fill="{color}">{"".join(parts)}</g>'


def _shape(element: ElementTree.Element, box: Box) -> str:
    look = KINDS[box.kind]
    extent = _extent(element)
    dividers = [_numbers(part.get("points", "")) for part in element.iter(f"{_SVG}polyline")]
    heading = sum(role != "field" for role, _ in box.parts)  # one rule, below what the box is called
    rules = "".join(
        f"M{_c(p[0])} {_c(p[1])}L{_c(p[2])} {_c(p[3])}" for p in dividers[heading - 1 : heading] if len(p) == 4
    )
    places = [(float(t.get("x", "0")), float(t.get("y", "0"))) for t in element.iter(f"{_SVG}text")]
    words = zip(box.parts, places, strict=False)  # an engine may leave out a text of spaces
    return (
        f'<g class="gg-node gg-{box.kind}" id="{box.id}" fill="{look.light.fill}" stroke="{look.light.stroke}" '
        f'stroke-width="{look.width}"><title>{xml(box.hint or " ".join(box.texts), longest=_LONGEST_HINT)}</title>'
        + _outline(look.corner, extent, box)
        + (f'<path d="{rules}" stroke-width="0.5" stroke-opacity="0.55"/>' if rules else "")
        + "".join(_text(role, text, place, box.kind, look.light.ink) for (role, text), place in words)
        + "</g>"
    )


def _text(role: str, text: str, place: tuple[float, float], kind: str, ink: str) -> str:
    start = f'<text x="{_c(place[0])}" y="{_c(place[1])}" fill="{ink}" stroke="none"'
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


def _rect(extent: tuple[float, float, float, float], radius: float, grow: float = 0.0, extra: str = "") -> str:
    left, top, width, height = extent
    return (
        f'<rect x="{_c(left - grow)}" y="{_c(top - grow)}" width="{_c(width + 2 * grow)}" '
        f'height="{_c(height + 2 * grow)}" rx="{_c(radius)}"{extra}/>'
    )


def _outline(corner: str, extent: tuple[float, float, float, float], box: Box) -> str:
    left, top, width, height = extent
    if corner == "circle":
        if len(box.sign) > 4:
            return _rect(extent, height / 2)
        return f'<circle cx="{_c(left + width / 2)}" cy="{_c(top + height / 2)}" r="{_c(width / 2)}"/>'
    if corner == "cut":
        k = 6.0
        right, bottom = left + width, top + height
        corners = (
            (left + k, top), (right - k, top), (right, top + k), (right, bottom - k),
            (right - k, bottom), (left + k, bottom), (left, bottom - k), (left, top + k),
        )  # fmt: skip
        return f'<polygon points="{" ".join(f"{_c(x)},{_c(y)}" for x, y in corners)}"/>'
    if corner == "double":
        return _rect(extent, 7, 2.6, ' stroke-width="0.9"') + _rect(extent, 4.5)
    if corner == "stack":
        behind = range(2 if box.copies > 1 else 1, 0, -1)
        cards = (_rect((left + 3 * k, top - 3 * k, width, height), 5) for k in behind)
        return "".join(cards) + _rect(extent, 5)
    if corner == "square":
        return _rect(extent, 0, 0, ' stroke-dasharray="3 2"')
    if corner == "none":
        return ""
    return _rect(extent, min(height / 2, 13.0) if corner == "pill" else 4.5)


def _note(element: ElementTree.Element, note: str) -> str:
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    anchor = element.get("text-anchor", "middle")
    anchor = anchor if anchor in ("start", "middle", "end") else "middle"
    return f'<text class="gg-note" x="{_c(x)}" y="{_c(y)}" font-size="10" text-anchor="{anchor}" fill="{NOTE}">{xml(note)}</text>'


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
            f"{_outline(look.corner, extent, Box('', kind))}</g>"
        )
        x += extent[2] + 9
        words = _KIND_WORDS[kind]
        items.append(_legend_text(x, words))
        x += 5.2 * len(words) + 14
    if _EDGE_WORDS[edges]:
        items.append(_legend_text(x + 3, _EDGE_WORDS[edges]))
        x += 4.9 * len(_EDGE_WORDS[edges]) + 14
    return "".join(items), x


def _legend_text(x: float, words: str) -> str:
    return f'<text x="{_c(x)}" y="16.5" font-size="10" text-anchor="start" fill="{NOTE}">{words}</text>'


def _rules(kinds: Iterable[tuple[str, Look]]) -> str:
    rules = []
    for kind, look in kinds:
        dark = look.dark
        rules.append(f".gg-{kind}{{fill:{dark.fill};stroke:{dark.stroke}}}.gg-{kind}>text{{fill:{dark.ink}}}")
    return "".join(rules)


_CSS = (
    f"@media (prefers-color-scheme:dark){{{_rules(KINDS.items())}"
    f".gg-positive{{stroke:{POSITIVE_DARK};fill:{POSITIVE_DARK}}}.gg-negative{{stroke:{NEGATIVE_DARK};fill:{NEGATIVE_DARK}}}}}"
)
