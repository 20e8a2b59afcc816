"""Networks as the textbooks draw them: circles in columns, lines between them, one input flowing through.

One decision: the SVG is written directly, because the places of the circles are known; no layout engine is needed,
and a network of any size becomes a picture of a few hundred lines in a millisecond.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograd import Value, no_grad
from viz.errors import RenderError
from viz.labels import clean, xml
from viz.render import checked_path, format_of, write
from viz.style import MONO, NEGATIVE, NOTE, POSITIVE, SANS, number

MOST_IN_COLUMN = 16  # circles in one column; of more the first 13 and the last two are shown
_MOST_LAYERS = 60
_RADIUS = 19.0
_STEP = 52.0  # from one circle to the next in a column
_GAP = 175.0  # from one column to the next
_TOP = 62.0
_MOST_NUMBERED = 14  # lines; more of them leave no room for their weights
_INK = "#1c2430"


@dataclass(frozen=True, slots=True)
class Cell:
    """One circle: what it is called, its bias (None at inputs), its activation (None without an input), its weights."""

    name: str
    bias: float | None
    activation: float | None
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of circles, `title` above it and `subtitle` below the title."""

    title: str
    subtitle: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class NetworkDrawing:
    """A network's picture; shows itself in a notebook."""

    text: str
    summary: str

    def svg(self) -> str:
        """The SVG text."""
        return self.text

    def content(self, form: str) -> bytes:
        """The picture as bytes; only "svg" can be had."""
        if form != "svg":
            raise RenderError(f"render: pictures of networks are SVG only, got {form!r}; name the file .svg")
        return self.text.encode("utf-8")

    def render(self, path: str | os.PathLike[str]) -> Path:
        """The picture in an .svg file, whole or not at all. Returns the path."""
        target = checked_path(path)
        return write(target, self.content(format_of(target)))

    def _repr_svg_(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "image/svg+xml": self.text}

    def __repr__(self) -> str:
        return f"NetworkDrawing({self.summary})"


def draw_network(
    model: Any, x: Sequence[float | Value] | None = None, *, inputs: Sequence[str] | None = None
) -> NetworkDrawing:
    """A picture of an MLP, a Layer or a Neuron: lines by weight, circles with bias and, given `x`, activation.

    Lines are as wide as their weight is large, blue where it is positive and orange where it is negative; with an input
    `x` lines that carry nothing fade, and each circle holds its neuron's answer. Wide layers are shown in part and say
    how much is missing.

    Arguments:
        x: one input row; runs through the model once, without recording.
        inputs: names of the inputs, otherwise x1, x2, ...

    Raises TypeError when `model` has no neurons, ValueError when `x` or `inputs` do not fit.
    """
    columns = _columns(model, x, inputs)
    shape = "-".join(str(len(column.cells)) for column in columns)
    return NetworkDrawing(_picture(columns, flowing=x is not None), shape)


def _columns(model: Any, x: Sequence[float | Value] | None, names: Sequence[str] | None) -> list[Column]:
    layers = _layers(model)
    if len(layers) > _MOST_LAYERS:
        raise ValueError(f"draw_network: {len(layers)} layers are more than the {_MOST_LAYERS} that fit in a picture")
    nin = len(layers[0][0].w)
    if names is not None and len(names) != nin:
        raise ValueError(f"draw_network: inputs must name {nin} inputs, got {len(names)} names")
    flow = _flow(model, layers, x)
    labels = names if names is not None else [f"x{k + 1}" for k in range(nin)]
    cells = tuple(Cell(clean(str(name), longest=14), None, flow[0][k]) for k, name in enumerate(labels))
    columns = [Column("inputs", f"{nin:,} in", cells)]
    for index, neurons in enumerate(layers):
        cells = tuple(
            Cell(f"neuron {k}", float(neuron.b), flow[index + 1][k], tuple(float(w) for w in neuron.w))
            for k, neuron in enumerate(neurons)
        )
        title = "output" if index == len(layers) - 1 else f"layer {index}"
        columns.append(Column(title, f"{len(cells):,} {_activation(neurons[0])}", cells))
    return columns


def _layers(model: Any) -> list[list[Any]]:
    """The neurons of each layer of an MLP, a Layer or a Neuron."""
    if hasattr(model, "layers"):
        found = [list(layer.neurons) for layer in model.layers if hasattr(layer, "neurons")]
    elif hasattr(model, "neurons"):
        found = [list(model.neurons)]
    else:
        found = [[model]] if hasattr(model, "w") and hasattr(model, "b") else []
    if not found or not all(found):
        raise TypeError(f"draw_network: expected an MLP, a Layer or a Neuron, got {type(model).__name__}")
    return found


def _flow(model: Any, layers: list[list[Any]], x: Sequence[float | Value] | None) -> list[list[float | None]]:
    """The numbers in every column, None everywhere without an input."""
    if x is None:
        return [[None] * len(layers[0][0].w), *([None] * len(neurons) for neurons in layers)]
    row: list[Any] = list(x)
    wanted = len(layers[0][0].w)
    if len(row) != wanted:
        raise ValueError(f"draw_network: x must hold {wanted} numbers, got {len(row)}")
    columns: list[list[float | None]] = [[float(item) for item in row]]
    with no_grad():
        for neurons in layers:
            row = [neuron(row) for neuron in neurons]
            columns.append([float(item) for item in row])
    return columns


def _activation(neuron: Any) -> str:
    activation = getattr(neuron, "activation", "")
    name = activation if isinstance(activation, str) else getattr(activation, "__name__", "neurons")
    return clean(name, longest=14)


def _visible(column: Column) -> list[int | None]:
    """Places of the cells that are drawn; None is where the others are left out."""
    count = len(column.cells)
    if count <= MOST_IN_COLUMN:
        return list(range(count))
    return [*range(MOST_IN_COLUMN - 3), None, count - 2, count - 1]


def _picture(columns: list[Column], *, flowing: bool) -> str:
    visible = [_visible(column) for column in columns]
    tallest = max(map(len, visible))
    left = max(70.0, _RADIUS + 20 + 5.6 * max(len(cell.name) for cell in columns[0].cells))
    width = max(left + _GAP * (len(columns) - 1) + 70, 330.0)
    bottom = _TOP + _STEP * tallest
    height = bottom + 44
    at = {
        (c, k): (left + _GAP * c, _TOP + _STEP * (tallest - len(some)) / 2 + _STEP * (i + 0.5))
        for c, some in enumerate(visible)
        for i, k in enumerate(some)
    }
    shown = [
        abs(columns[c].cells[k].weights[j])
        for c in range(1, len(columns))
        for k in visible[c]
        for j in visible[c - 1]
        if k is not None and j is not None
    ]
    largest = max((w for w in shown if math.isfinite(w)), default=0.0) or 1.0
    lines: list[str] = []
    for c in range(1, len(columns)):
        lines += _lines(columns, c, visible, at, largest, flowing, len(shown) <= _MOST_NUMBERED)
    circles = [text for c in range(len(columns)) for text in _circles(columns[c], c, visible[c], at)]
    summary = "Neural network, " + ", ".join(f"{column.title}: {len(column.cells):,}" for column in columns)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{_c(width)}" height="{_c(height)}" '
        f'viewBox="0 0 {_c(width)} {_c(height)}" role="img" aria-label="{xml(summary)}" font-family="{SANS}" '
        f'font-size="11" text-anchor="middle">\n<style>{_CSS}</style>\n'
        + "\n".join((*lines, *circles, *_titles(columns, left), _scale(largest, height, flowing)))
        + "\n</svg>\n"
    )


def _c(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".")


def _lines(columns, c, visible, at, largest: float, flowing: bool, numbered: bool) -> list[str]:
    """The weights from column c - 1 to column c."""
    carried = [
        abs(w * (source.activation or 0.0))
        for cell in columns[c].cells
        for w, source in zip(cell.weights, columns[c - 1].cells, strict=True)
    ]
    most = max((x for x in carried if math.isfinite(x)), default=0.0) or 1.0
    lines = []
    for k in visible[c]:
        for j in visible[c - 1]:
            if k is None or j is None:
                continue
            w = columns[c].cells[k].weights[j]
            (x1, y1), (x2, y2) = at[c - 1, j], at[c, k]
            x1, x2 = x1 + _RADIUS, x2 - _RADIUS
            share = min(abs(w) / largest, 1.0) if math.isfinite(w) else 0.0
            strength = 0.25 + 0.65 * share
            if flowing:
                load = abs(w * (columns[c - 1].cells[j].activation or 0.0)) / most
                strength = 0.07 + 0.83 * (math.sqrt(min(load, 1.0)) if math.isfinite(load) else 0.0)
            sign = "gg-positive" if w > 0 else "gg-negative" if w < 0 else "gg-neutral"
            color = POSITIVE.stroke if w > 0 else NEGATIVE.stroke if w < 0 else NOTE
            bend = (x2 - x1) * 0.42
            lines.append(
                f'<path class="{sign}" d="M{_c(x1)} {_c(y1)}C{_c(x1 + bend)} {_c(y1)} {_c(x2 - bend)} {_c(y2)} {_c(x2)} '
                f'{_c(y2)}" fill="none" stroke="{color}" stroke-width="{_c(0.5 + 4 * share)}" '
                f'stroke-opacity="{_c(strength)}"{"" if math.isfinite(w) else _DASHED}><title>weight {xml(repr(w))}</title></path>'
            )
            if numbered:
                near = 0.3 if len(visible[c - 1]) >= len(visible[c]) else 0.7  # where the lines have parted
                place = _c(x1 + (x2 - x1) * near), _c(y1 + (y2 - y1) * _eased(near) + 3)
                lines.append(
                    f'<text class="gg-weight" x="{place[0]}" y="{place[1]}" font-family="{MONO}" font-size="9" '
                    f'fill="{_INK}" stroke="#ffffff" stroke-width="3" stroke-opacity="0.85" paint-order="stroke">'
                    f"{number(w)}</text>"
                )
    return lines


def _eased(t: float) -> float:
    """How far up its way a line's curve is at the share `t` of its width, nearly."""
    return t * t * (3 - 2 * t)


def _circles(column: Column, c: int, visible: list[int | None], at) -> list[str]:
    finite = [
        abs(cell.activation) for cell in column.cells if cell.activation is not None and math.isfinite(cell.activation)
    ]
    brightest = max(finite, default=0.0) or 1.0
    parts = []
    for k in visible:
        x, y = at[c, k]
        if k is None:
            hidden = len(column.cells) - (len(visible) - 1)
            dots = "".join(f'<circle cx="{_c(x)}" cy="{_c(y - 12 + 6 * i)}" r="1.5" fill="{NOTE}"/>' for i in range(3))
            parts.append(
                f'{dots}<text x="{_c(x)}" y="{_c(y + 18)}" font-size="10" fill="{NOTE}">… {hidden:,} more</text>'
            )
            continue
        parts.append(_circle(column.cells[k], x, y, brightest, first=c == 0))
    return parts


def _circle(cell: Cell, x: float, y: float, brightest: float, *, first: bool) -> str:
    told = [cell.name]
    told += [f"activation {cell.activation!r}"] if cell.activation is not None else []
    told += [f"bias {cell.bias!r}"] if cell.bias is not None else []
    parts = [f'<g class="gg-cell"><title>{xml(", ".join(told))}</title>']
    parts.append(
        f'<circle cx="{_c(x)}" cy="{_c(y)}" r="{_c(_RADIUS)}" fill="#ffffff" stroke="#66717f" stroke-width="1.1"/>'
    )
    a = cell.activation
    if a is not None and math.isfinite(a) and a != 0:
        color, sign = (POSITIVE.stroke, "gg-glow-positive") if a > 0 else (NEGATIVE.stroke, "gg-glow-negative")
        parts.append(
            f'<circle class="{sign}" cx="{_c(x)}" cy="{_c(y)}" r="{_c(_RADIUS)}" fill="{color}" '
            f'fill-opacity="{_c(0.08 + 0.5 * min(abs(a) / brightest, 1.0))}"/>'
        )
    if a is not None:
        parts.append(
            f'<text x="{_c(x)}" y="{_c(y + 3.4)}" font-family="{MONO}" font-size="9.2" fill="{_INK}">{_short(a)}</text>'
        )
    elif first:
        parts.append(f'<text x="{_c(x)}" y="{_c(y + 3.8)}" font-weight="600" fill="{_INK}">{xml(cell.name[:6])}</text>')
    elif cell.bias is not None:
        parts.append(
            f'<text x="{_c(x)}" y="{_c(y + 3.4)}" font-family="{MONO}" font-size="9.2" fill="{_INK}">{_short(cell.bias)}</text>'
        )
    if first and (a is not None or len(cell.name) > 6):
        parts.append(
            f'<text class="gg-free" x="{_c(x - _RADIUS - 6)}" y="{_c(y + 3.6)}" text-anchor="end" font-size="10.5" '
            f'fill="{NOTE}">{xml(cell.name)}</text>'
        )
    if cell.bias is not None and a is not None:
        parts.append(
            f'<text class="gg-free" x="{_c(x)}" y="{_c(y + _RADIUS + 10)}" font-size="8.5" fill="{NOTE}">'
            f'b <tspan font-family="{MONO}">{_short(cell.bias)}</tspan></text>'
        )
    return "".join(parts) + "</g>"


def _short(x: float) -> str:
    """At most six characters, so that they fit in a circle."""
    if not math.isfinite(x):
        return repr(x)
    for digits in (3, 2, 1):
        text = f"{x:.{digits}g}"
        if len(text) <= 6:
            return text
    return f"{x:.0e}"


def _titles(columns: list[Column], left: float) -> list[str]:
    parts = []
    for c, column in enumerate(columns):
        x = _c(left + _GAP * c)
        parts.append(
            f'<text class="gg-title" x="{x}" y="24" font-size="12.5" font-weight="600" fill="{_INK}">{column.title}</text>'
            f'<text class="gg-free" x="{x}" y="40" font-size="10.5" fill="{NOTE}">{xml(column.subtitle)}</text>'
        )
    return parts


def _scale(largest: float, height: float, flowing: bool) -> str:
    """The legend: the widest positive and negative line, and what the number in a circle is."""
    y = height - 16
    text = f'fill="{NOTE}" font-size="10" text-anchor="start"'
    inside = "in the circle: activation; b: bias; faint: carries little" if flowing else "in the circle: bias"
    samples = (
        (20.0, "gg-positive", POSITIVE.stroke, f"weight +{_short(largest)}"),
        (128.0, "gg-negative", NEGATIVE.stroke, f"\N{MINUS SIGN}{_short(largest)}"),
    )
    parts = [
        f'<path class="{sign}" d="M{_c(x)} {_c(y - 3.5)}h22" stroke="{color}" stroke-width="4.5" fill="none"/>'
        f'<text x="{_c(x + 28)}" y="{_c(y)}" {text}>{words}</text>'
        for x, sign, color, words in samples
    ]
    return "".join(parts) + f'<text x="20" y="{_c(y + 14)}" {text}>{inside}</text>'


_DASHED = ' stroke-dasharray="4 3"'
_CSS = (
    "@media (prefers-color-scheme:dark){"
    ".gg-cell circle:first-of-type{fill:#1b2027;stroke:#8e9aab}.gg-cell>text:not(.gg-free){fill:#e8edf4}"
    ".gg-weight{fill:#e8edf4;stroke:#12161b}.gg-title{fill:#e8edf4}.gg-free{fill:#9aa5b4}"
    ".gg-positive{stroke:#56b4e9}.gg-negative{stroke:#ff8c42}"
    ".gg-glow-positive{fill:#2f9be0}.gg-glow-negative{fill:#ff7a29}}"
)
