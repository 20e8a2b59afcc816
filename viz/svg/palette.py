"""The colors of `style.py` as CSS, by day and by night, and the legend of the boxes' shapes."""

from __future__ import annotations

from collections.abc import Collection

from viz.svg import style
from viz.svg.outlines import outline

_LEGEND = {
    "input": "input",
    "parameter": "parameter",
    "constant": "constant",
    "operation": "result of an operation",
    "result": "the result differentiated",
}


def palette_css() -> str:
    """Custom properties for both color schemes: the system's choice, or the one in the root's `data-theme`."""
    light, dark = _variables(dark=False), _variables(dark=True)
    return "\n".join(
        [
            f":root {{ color-scheme: light dark; --sans: {style.SANS}; --mono: {style.MONO}; {light} }}",
            f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}",
            f':root[data-theme="light"] {{ color-scheme: light; {light} }}',
            f':root[data-theme="dark"] {{ color-scheme: dark; {dark} }}',
        ]
    )


def legend(kinds: Collection[str]) -> str:
    """A list that says what each kind of box in a picture is."""
    items = "".join(
        f'<li><svg viewBox="0 0 44 26" width="44" height="26" aria-hidden="true"><g class="n known {kind}">'
        f"{outline(style.KINDS[kind].corner, (3, 4, 38, 18))}</g></svg> {_LEGEND[kind]}</li>"
        for kind in _LEGEND
        if kind in kinds
    )
    return f'<ul class="legend">{items}</ul>'


def _variables(*, dark: bool) -> str:
    page = style.PAGE_DARK if dark else style.PAGE
    pairs = {
        "paper": page.fill,
        "rule": page.stroke,
        "ink": page.ink,
        "line": style.LINE,
        "note": "#9aa5b4" if dark else "#566170",  # 5:1 on the page: it is read, not only seen
        "positive": style.POSITIVE_DARK if dark else style.POSITIVE.stroke,
        "negative": style.NEGATIVE_DARK if dark else style.NEGATIVE.stroke,
        # The same hues for text: darker, since letters need more contrast than shapes.
        "positive-ink": style.POSITIVE_DARK if dark else style.blend(style.POSITIVE.stroke, page.ink, 0.25),
        "negative-ink": style.NEGATIVE_DARK if dark else style.blend(style.NEGATIVE.stroke, page.ink, 0.25),
        "raised": style.blend(page.fill, page.ink, 0.05),
    }
    series = style.SERIES_DARK if dark else style.SERIES
    pairs |= {f"series-{k}": color for k, color in enumerate(series)}
    for name, look in style.KINDS.items():
        colors = look.dark if dark else look.light
        pairs |= {f"{name}-fill": colors.fill, f"{name}-stroke": colors.stroke, f"{name}-ink": colors.ink}
    return " ".join(f"--{name}: {value};" for name, value in pairs.items())
