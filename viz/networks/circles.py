"""A network's circles and lines as SVG text, column by column.

One decision: the places of the circles follow from their numbers alone, so no layout engine is needed and a network of
any size is written in milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from viz.svg.labels import xml
from viz.svg.outlines import PAPER_DARK, paper
from viz.svg.outlines import coordinate as at
from viz.svg.style import MONO, NEGATIVE, NEGATIVE_DARK, NOTE, POSITIVE, POSITIVE_DARK, SANS, number

MOST_IN_COLUMN = 16  # circles in one column; of more the first 13 and the last two are shown
_RADIUS = 19.0
_STEP = 52.0  # from one circle to the next in a column
_GAP = 196.0  # from one column to the next
_TOP = 62.0
_MOST_NUMBERED = 48  # lines between two columns; of more, finding room for all weights takes time and never succeeds
_LABEL = (46.0, 10.5)  # room that a weight takes
_INK = "#1c2430"
_CSS = (
    f"@media (prefers-color-scheme:dark){{{PAPER_DARK}"
    ".gg-cell circle:first-of-type{fill:#1b2027;stroke:#8e9aab}.gg-cell>text:not(.gg-free){fill:#e8edf4}"
    ".gg-weight{fill:#e8edf4;stroke:#12161b}.gg-title{fill:#e8edf4}.gg-free{fill:#9aa5b4}"
    f".gg-positive{{stroke:{POSITIVE_DARK}}}.gg-negative{{stroke:{NEGATIVE_DARK}}}"
    ".gg-glow-positive{fill:#2f9be0}.gg-glow-negative{fill:#ff7a29}}"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One circle: what it is called, its bias (None at inputs), its activation (None without an input), its weights.

    `whole` is its name in full, `code` where it is in a program, `beside` what is written at its right.
    """

    name: str
    bias: float | None
    activation: float | None
    weights: tuple[float, ...] = ()
    whole: str = ""
    code: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of circles, `title` above it and `subtitle` below the title."""

    title: str
    subtitle: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One weight, from the circle at `start` to that at `end`; `carried` is the weight times what comes in, or None."""

    name: str
    weight: float
    carried: float | None
    start: tuple[float, float]
    end: tuple[float, float]


def picture(columns: list[Column]) -> str:
    """The whole SVG; lines that carry little fade where the cells have activations."""
    seen = [_visible(column) for column in columns]
    tallest = max(map(len, seen))
    left = max(70.0, _RADIUS + 20 + 5.6 * max(len(cell.name) for cell in columns[0].cells))
    places = {
        (c, k): (left + _GAP * c, _TOP + _STEP * (tallest - len(some)) / 2 + _STEP * (i + 0.5))
        for c, some in enumerate(seen)
        for i, k in enumerate(some)
    }
    between = [_lines(columns, c, seen, places) for c in range(1, len(columns))]
    largest = _largest(line.weight for lines in between for line in lines)
    parts = [text for lines in between for text in _drawn(lines, largest)]
    for c, lines in enumerate(between):
        parts += _weights(lines, parted=0.3 if len(seen[c]) >= len(seen[c + 1]) else 0.7)
    for c, column in enumerate(columns):
        parts += _title(column, left + _GAP * c)
        parts += _circles(column, seen[c], [places[c, k] for k in seen[c]], first=c == 0)
    beside = 20 + 6.2 * max(len(cell.beside) for cell in columns[-1].cells)
    width = max(left + _GAP * (len(columns) - 1) + 50 + beside, 330.0)
    bottom = _TOP + _STEP * tallest
    height = bottom + 50
    parts.append(_legend(largest, bottom + 28, flowing=columns[0].cells[0].activation is not None))
    summary = "Neural network, " + ", ".join(f"{column.title}: {len(column.cells):,}" for column in columns)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{at(width)}" height="{at(height)}" '
        f'viewBox="0 0 {at(width)} {at(height)}" role="img" aria-label="{xml(summary)}" font-family="{SANS}" '
        f'font-size="11" text-anchor="middle">\n<style>{_CSS}</style>\n{paper(width, height)}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _visible(column: Column) -> list[int | None]:
    """Places of the cells that are drawn; None is where the others are left out."""
    count = len(column.cells)
    if count <= MOST_IN_COLUMN:
        return list(range(count))
    return [*range(MOST_IN_COLUMN - 3), None, count - 2, count - 1]


def _lines(columns: list[Column], c: int, seen: list[list[int | None]], places: dict) -> list[_Line]:
    """The weights from column c - 1 to column c, as far as both ends are drawn."""
    lines = []
    for k in seen[c]:
        for j in seen[c - 1]:
            if k is not None and j is not None:
                cell = columns[c].cells[k]
                weight, activation = cell.weights[j], columns[c - 1].cells[j].activation
                name = " \N{MIDDLE DOT} ".join(part for part in (cell.whole, f"w[{j}]") if part)
                name += f" ({cell.code}.w[{j}])" if cell.code else ""
                carried = None if activation is None else weight * activation
                (x1, y1), (x2, y2) = places[c - 1, j], places[c, k]
                lines.append(_Line(name, weight, carried, (x1 + _RADIUS, y1), (x2 - _RADIUS, y2)))
    return lines


def _largest(numbers: Iterable[float]) -> float:
    """The largest finite size, or 1 where there is none to divide by."""
    return max((abs(x) for x in numbers if math.isfinite(x)), default=0.0) or 1.0


def _share(x: float, largest: float) -> float:
    return min(abs(x) / largest, 1.0) if math.isfinite(x) else 0.0


def _drawn(lines: list[_Line], largest: float) -> list[str]:
    """Width by weight, color by sign, opacity by what is carried, or by weight where nothing flows."""
    most = _largest(line.carried for line in lines if line.carried is not None)
    drawn = []
    for line in lines:
        w, (x1, y1), (x2, y2) = line.weight, line.start, line.end
        share = _share(w, largest)
        strength = 0.25 + 0.65 * share if line.carried is None else 0.07 + 0.83 * math.sqrt(_share(line.carried, most))
        sign, color = _signed(w)
        bend = (x2 - x1) * 0.42
        curve = f"M{at(x1)} {at(y1)}C{at(x1 + bend)} {at(y1)} {at(x2 - bend)} {at(y2)} {at(x2)} {at(y2)}"
        dashes = "" if math.isfinite(w) else ' stroke-dasharray="4 3"'
        drawn.append(
            f'<path class="gg-{sign}" d="{curve}" fill="none" stroke="{color}" stroke-width="{at(0.5 + 4 * share)}" '
            f'stroke-opacity="{at(strength)}"{dashes}><title>{xml(line.name)} = {w!r}</title></path>'
        )
    return drawn


def _signed(x: float) -> tuple[str, str]:
    """The class and the color of a number's sign."""
    if x > 0:
        return "positive", POSITIVE.stroke
    return ("negative", NEGATIVE.stroke) if x < 0 else ("neutral", NOTE)


def _weights(lines: list[_Line], *, parted: float) -> list[str]:
    """The weights as numbers on their lines, each where it meets no other one; none where there is no room for all.

    `parted`: the share of the way at which the lines have parted, where each is looked for first.
    """
    if len(lines) > _MOST_NUMBERED:
        return []
    ways = [k / 40 for k in range(7, 34)]
    taken: list[tuple[float, float]] = []
    written = []
    for line in lines:
        apart = {way: _apart(line, lines, way) for way in ways}
        for way in sorted(ways, key=lambda way: (-apart[way], abs(way - parted))):
            x, y = _point(line, way)
            if all(abs(x - a) >= _LABEL[0] or abs(y - b) >= _LABEL[1] for a, b in taken):
                taken.append((x, y))
                written.append(_weight(line, x, y))
                break
        else:
            return []
    return written


def _apart(line: _Line, lines: list[_Line], way: float) -> float:
    """How far the nearest other line passes; more than the height of a number makes no difference."""
    height = _point(line, way)[1]
    return min([_LABEL[1], *(abs(_point(other, way)[1] - height) for other in lines if other is not line)])


def _point(line: _Line, way: float) -> tuple[float, float]:
    """The point at a share of the way along a line, nearly."""
    (x1, y1), (x2, y2) = line.start, line.end
    return x1 + (x2 - x1) * way, y1 + (y2 - y1) * way * way * (3 - 2 * way)


def _weight(line: _Line, x: float, y: float) -> str:
    return (
        f'<text class="gg-weight" x="{at(x)}" y="{at(y + 3)}" '
        f'font-family="{MONO}" font-size="9" fill="{_INK}" stroke="#ffffff" stroke-width="3" stroke-opacity="0.85" '
        f'paint-order="stroke">{number(line.weight)}</text>'
    )


def _circles(column: Column, seen: list[int | None], places: list[tuple[float, float]], *, first: bool) -> list[str]:
    brightest = _largest(cell.activation for cell in column.cells if cell.activation is not None)
    parts = []
    for k, (x, y) in zip(seen, places, strict=True):
        if k is None:
            hidden = len(column.cells) - (len(seen) - 1)
            parts += [f'<circle cx="{at(x)}" cy="{at(y - 12 + 6 * i)}" r="1.5" fill="{NOTE}"/>' for i in range(3)]
            parts.append(_words(x, y + 18, f"… {hidden:,} more", size=10))
        else:
            parts.append(_circle(column.cells[k], x, y, brightest, first=first))
    return parts


def _circle(cell: Cell, x: float, y: float, brightest: float, *, first: bool) -> str:
    """A neuron: its activation inside and its bias below, or its bias inside; an input: its number, or its name."""
    a, b = cell.activation, cell.bias
    words = [cell.whole or cell.name, *([cell.code] if cell.code else [])]
    words += [*([f"activation {a!r}"] if a is not None else []), *([f"bias {b!r}"] if b is not None else [])]
    round_here = f'cx="{at(x)}" cy="{at(y)}" r="{at(_RADIUS)}"'
    parts = [
        f'<g class="gg-cell"><title>{xml(", ".join(words))}</title>',
        f'<circle {round_here} fill="#ffffff" stroke="#66717f" stroke-width="1.1"/>',
    ]
    if a is not None and math.isfinite(a) and a != 0:
        sign, color = _signed(a)
        glow = at(0.08 + 0.5 * _share(a, brightest))
        parts.append(f'<circle class="gg-glow-{sign}" {round_here} fill="{color}" fill-opacity="{glow}"/>')
    inside = a if a is not None else b
    if inside is not None:
        parts.append(
            f'<text x="{at(x)}" y="{at(y + 3.4)}" font-family="{MONO}" font-size="9.2" fill="{_INK}">'
            f"{_short(inside)}</text>"
        )
    elif len(cell.name) <= 5:
        parts.append(f'<text x="{at(x)}" y="{at(y + 3.8)}" font-weight="600" fill="{_INK}">{xml(cell.name)}</text>')
    if first and (a is not None or len(cell.name) > 5):
        parts.append(_words(x - _RADIUS - 6, y + 3.6, xml(cell.name), anchor="end"))
    if b is not None and a is not None:
        parts.append(_words(x, y + _RADIUS + 10, f'b <tspan font-family="{MONO}">{_short(b)}</tspan>', size=8.5))
    if cell.beside:
        parts.append(_words(x + _RADIUS + 7, y + 3.6, xml(cell.beside), anchor="start"))
    return "".join(parts) + "</g>"


def _words(x: float, y: float, words: str, *, size: float = 10.5, anchor: str = "middle") -> str:
    """Gray text on the page; `words` are SVG already."""
    return (
        f'<text class="gg-free" x="{at(x)}" y="{at(y)}" font-size="{at(size)}" text-anchor="{anchor}" '
        f'fill="{NOTE}">{words}</text>'
    )


def _short(x: float) -> str:
    """At most six characters, so that they fit in a circle."""
    if not math.isfinite(x):
        return repr(x)
    shortened = (f"{x:.{digits}g}" for digits in (3, 2, 1))
    return next((text for text in shortened if len(text) <= 6), f"{x:.0e}")


def _title(column: Column, x: float) -> list[str]:
    heading = f'<text class="gg-title" x="{at(x)}" y="24" font-size="12.5" font-weight="600" fill="{_INK}">'
    return [f"{heading}{xml(column.title)}</text>", _words(x, 40, xml(column.subtitle))]


def _legend(largest: float, y: float, *, flowing: bool) -> str:
    """The widest positive and negative line, and what the number in a circle is."""
    inside = "in the circle: activation; b: bias; faint: carries little" if flowing else "in the circle: bias"
    parts = []
    for x, w, words in ((20.0, 1.0, f"weight +{_short(largest)}"), (128.0, -1.0, f"\N{MINUS SIGN}{_short(largest)}")):
        sign, color = _signed(w)
        parts.append(f'<path class="gg-{sign}" d="M{at(x)} {at(y - 3.5)}h22" stroke="{color}" stroke-width="4.5"/>')
        parts.append(_words(x + 28, y, words, size=10, anchor="start"))
    return "".join(parts) + _words(20, y + 14, inside, size=10, anchor="start")
