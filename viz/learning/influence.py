"""What a model's answers hang on, as small SVGs: bars for how much each column matters, curves for how it does.

No matplotlib is needed, and the pictures are readable by day and night, in files and inside of pages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from viz.svg.labels import named, named_apart, xml
from viz.svg.outlines import PAPER_DARK, paper
from viz.svg.outlines import coordinate as at
from viz.svg.style import MONO, NOTE, PAGE, PAGE_DARK, SANS, SERIES, SERIES_DARK

BARS = 20
_WIDTH = 460.0
_NAME, _BAR, _ROW = 150.0, 210.0, 22.0
_CELL_WIDTH, _CELL_HEIGHT, _COLUMNS = 280.0, 190.0, 2
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 14.0, 30.0, 34.0
_CSS = (
    f"@media (prefers-color-scheme:dark){{{PAPER_DARK}.gg-note{{fill:#9aa5b4}}.gg-ink{{fill:{PAGE_DARK.ink}}}"
    + "".join(f".gg-curve{k}{{stroke:{c}}}.gg-end{k}{{fill:{c}}}" for k, c in enumerate(SERIES_DARK))
    + "}"
)


def importance_svg(losses: Mapping[str, float], *, figure: str) -> str:
    """A bar for each column, the first 20: what of `figure` ("accuracy", "R2") is lost without what it says."""
    shown = list(losses.items())[:BARS]
    if not shown:
        raise ValueError("importance: there is no column whose importance is known")
    longest = max(abs(loss) for _, loss in shown) or 1.0
    height = 46.0 + _ROW * len(shown)
    parts = [_text(12, 22, f"{figure} lost when a column's values are exchanged", "gg-ink", PAGE.ink, size=14)]
    names = named_apart((name for name, _ in shown), longest=22)
    for k, (name, (_, loss)) in enumerate(zip(names, shown, strict=True)):
        y = 40.0 + _ROW * k
        loss = round(loss, 3) + 0.0  # which makes no -0.000 of what is next to nothing
        width = max(1.0, _BAR * abs(loss) / longest)
        color = 0 if loss >= 0 else 1
        number = f"{100 * loss:.1f} %" if figure == "accuracy" else f"{loss:.3f}"
        parts.append(_text(_NAME, y + 11, name, "gg-ink", PAGE.ink, anchor="end"))
        parts.append(
            f'<rect class="gg-end{color}" x="{at(_NAME + 8)}" y="{at(y)}" width="{at(width)}" height="14" rx="2" '
            f'fill="{SERIES[color]}"/>'
        )
        parts.append(_text(_NAME + 14 + width, y + 11, number, "gg-note", NOTE, font=MONO))
    return _svg(_WIDTH, height, "What matters", parts, size=12.5)


def dependence_svg(found: Sequence[Any], *, answer: str, unit: str = "") -> str:
    """The mean `answer`, "chance" or "number", in its `unit` over the values of each column: a small plot a column.

    All have one scale, so that what moves the answer little looks it.
    """
    scale = _common_scale(found)
    lines = -(-len(found) // _COLUMNS)
    columns = min(_COLUMNS, len(found))
    parts = []
    titles = _titles(found)
    for k, one in enumerate(found):
        left, top = _CELL_WIDTH * (k % _COLUMNS), _CELL_HEIGHT * (k // _COLUMNS)
        parts += [f'<g transform="translate({at(left)} {at(top)})">', *_plot(one, titles[k], answer, scale)]
        parts += [*_axis_title(one, answer, unit), "</g>"]
    several = len(found[0].curves) > 1
    height = _CELL_HEIGHT * lines + (22.0 if several else 0.0)
    if several:
        parts += _key(_names(found), height - 10.0)
    return _svg(_CELL_WIDTH * columns, height, "How the answer follows single columns", parts)


def dependence_svgs(found: Sequence[Any], *, answer: str, unit: str = "") -> list[str]:
    """The plots of `dependence_svg` one by one, for a page that puts as many beside each other as there is room for."""
    scale = _common_scale(found)
    drawn = []
    for one, title in zip(found, _titles(found), strict=True):
        parts = [*_plot(one, title, answer, scale), *_axis_title(one, answer, unit)]
        drawn.append(_svg(_CELL_WIDTH, _CELL_HEIGHT, one.column, parts))
    names = _names(found)
    if len(names) > 1:
        drawn.append(_svg(_CELL_WIDTH, 12.0 + 22.0 * -(-len(names) // 2), "Classes", _key_in_rows(names)))
    return drawn


def _titles(found: Sequence[Any]) -> list[str]:
    return named_apart((one.column for one in found), longest=32)


def _names(found: Sequence[Any]) -> list[str]:
    return named_apart(sorted({name for one in found for name, _ in one.curves}), longest=14)


def _common_scale(found: Sequence[Any]) -> tuple[float, float]:
    if not found:
        raise ValueError("dependence: there is no column with two values")
    return _scale([y for one in found for _, curve in one.curves for y in curve if math.isfinite(y)])


def _scale(answers: list[float]) -> tuple[float, float]:
    """The ends of the axis of answers, with some room."""
    low, high = min(answers, default=0.0), max(answers, default=0.0)
    flat = high - low <= 1e-9 * (1.0 + abs(high))
    room = 0.5 * (abs(high) or 1.0) if flat else 0.06 * (high - low)
    return low - room, high + room


def _plot(one: Any, title: str, answer: str, scale: tuple[float, float]) -> list[str]:
    low, high = scale
    width, height = _CELL_WIDTH - _LEFT - _RIGHT, _CELL_HEIGHT - _TOP - _BOTTOM
    order = isinstance(one.values[0], str)
    first, last = (0, len(one.values) - 1) if order else (one.values[0], one.values[-1])

    def x_of(k: int) -> float:
        return _LEFT + width * ((k if order else one.values[k]) - first) / ((last - first) or 1.0)

    def y_of(y: float) -> float:
        return _TOP + height * (1.0 - (y - low) / (high - low))

    parts = [
        _text(_LEFT, 18, title, "gg-ink", PAGE.ink, size=12),
        f'<path d="M{at(_LEFT)} {at(_TOP)}V{at(_TOP + height)}H{at(_LEFT + width)}" fill="none" stroke="{NOTE}" '
        f'stroke-width="0.8"/>',
        _text(_LEFT - 5, _TOP + 8, _short(high, answer), "gg-note", NOTE, anchor="end", font=MONO),
        _text(_LEFT - 5, _TOP + height, _short(low, answer), "gg-note", NOTE, anchor="end", font=MONO),
    ]
    known = sorted(name for name, _ in one.curves)
    for name, curve in one.curves:
        color = known.index(name) % len(SERIES)
        places = [(x_of(k), y_of(y)) for k, y in enumerate(curve) if math.isfinite(y)]
        if not order:
            line = "M" + "L".join(f"{at(x)} {at(y)}" for x, y in places)
            parts.append(
                f'<path class="gg-curve{color}" d="{line}" fill="none" stroke="{SERIES[color]}" stroke-width="1.8" '
                'stroke-linejoin="round"/>'
            )
        else:
            parts += [
                f'<circle class="gg-end{color}" cx="{at(x)}" cy="{at(y)}" r="3.4" fill="{SERIES[color]}"/>'
                for x, y in places
            ]
    bottom = _TOP + height + 14
    if order:
        room_each = max(3, int(width / (5.6 * len(one.labels))))
        longest = room_each * (2 if len(one.labels) > 3 else 1)
        for k, label in enumerate(named_apart(one.labels, longest=longest)):
            anchor = "start" if k == 0 else "end" if k == len(one.labels) - 1 else "middle"
            lower = bottom + 11 * (k % 2) if len(one.labels) > 3 else bottom
            parts.append(_text(x_of(k), lower, label, "gg-note", NOTE, anchor=anchor))
    else:
        parts.append(_text(_LEFT, bottom, named(one.labels[0], longest=16), "gg-note", NOTE))
        parts.append(_text(_LEFT + width, bottom, named(one.labels[-1], longest=16), "gg-note", NOTE, anchor="end"))
    return parts


def _axis_title(one: Any, answer: str, unit: str) -> list[str]:
    """What goes upward, along the axis: chances, or what is predicted, with its unit."""
    name = named(one.curves[0][0], longest=18 - len(unit))
    if answer == "chance":
        name = f"chance of {name}" if len(one.curves) == 1 else "chance"
    middle = _TOP + (_CELL_HEIGHT - _TOP - _BOTTOM) / 2
    told = not unit or unit in one.curves[0][0]  # sales (€)
    text = _text(0, 0, name if told else f"{name} ({unit})", "gg-note", NOTE, anchor="middle")
    return [f'<g transform="translate({at(_LEFT - 38)} {at(middle)}) rotate(-90)">{text}</g>']


def _key(names: list[str], y: float) -> list[str]:
    parts, x = [], 16.0
    for k, name in enumerate(names):
        parts += _entry(k, name, x, y)
        x += 26.0 + 6.2 * len(name)
    return parts


def _key_in_rows(names: list[str]) -> list[str]:
    """The key with two names a row."""
    places = [(16.0 + 130.0 * (k % 2), 20.0 + 22.0 * (k // 2)) for k in range(len(names))]
    return [part for k, (name, place) in enumerate(zip(names, places, strict=True)) for part in _entry(k, name, *place)]


def _entry(k: int, name: str, x: float, y: float) -> list[str]:
    color = k % len(SERIES)
    return [
        f'<circle class="gg-end{color}" cx="{at(x)}" cy="{at(y - 4)}" r="4" fill="{SERIES[color]}"/>',
        _text(x + 8, y, name, "gg-ink", PAGE.ink),
    ]


def _short(y: float, answer: str) -> str:
    """At most seven characters and a sign: there is room for no more beside the axis."""
    if answer == "chance":
        return f"{100 * y:.0f} %"
    return f"{y:.0f}" if 1e3 <= abs(y) < 1e6 else f"{y:.3g}" if 1e-4 <= abs(y) < 1e3 or not y else f"{y:.2g}"


def _text(
    x: float, y: float, text: str, kind: str, color: str, *, anchor: str = "start", font: str = "", size: float = 0.0
) -> str:
    more = f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-family="{font}"' if font else ""
    more += f' font-size="{at(size)}" font-weight="600"' if size else ""
    return f'<text class="{kind}" x="{at(x)}" y="{at(y)}" fill="{color}"{more}>{xml(text)}</text>'


def _svg(width: float, height: float, label: str, parts: list[str], *, size: float = 10.5) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gg" width="{at(width)}" height="{at(height)}" '
        f'viewBox="0 0 {at(width)} {at(height)}" role="img" aria-label="{xml(named(label, longest=60))}" '
        f'font-family="{SANS}" font-size="{at(size)}">\n<style>{_CSS}</style>\n{paper(width, height)}\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
