"""Colors, shapes and fonts shared by every picture.

One decision: light colors are written as plain SVG attributes, so that a file looks right in any program, and dark
mode is a CSS media query on top; lines and free text use middle grays that can be read on both backgrounds. Hues are
Okabe and Ito's, which color-blind readers tell apart, and a kind never differs by color alone: its shape differs too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SANS = "Helvetica, Arial, sans-serif"
MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


@dataclass(frozen=True, slots=True)
class Colors:
    """Fill, outline and text of a thing, as #rrggbb."""

    fill: str
    stroke: str
    ink: str


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of box is drawn: its colors by day and night, its shape in Graphviz, its corners in our SVG."""

    light: Colors
    dark: Colors
    shape: str  # Graphviz shape
    style: str  # Graphviz style
    corner: str  # pill, cut, round, circle, square: how the SVG draws the outline
    width: float = 1.0  # outline, in points


KINDS: Mapping[str, Look] = MappingProxyType(
    {
        "input": Look(
            Colors("#e1effa", "#0072b2", "#0b2a40"),
            Colors("#0d2c44", "#56b4e9", "#dcefff"),
            "Mrecord",
            "filled",
            "pill",
            1.2,
        ),
        "parameter": Look(
            Colors("#fdf0d9", "#b96f00", "#3d2a06"),
            Colors("#3a2906", "#e69f00", "#ffeccb"),
            "box",  # no record: old releases of dot cannot put those in one column in order
            "filled,bold",
            "cut",
            1.2,
        ),
        "constant": Look(
            Colors("#f2f4f6", "#8a94a3", "#333b47"),
            Colors("#23282f", "#8a94a3", "#d5dae2"),
            "box",
            "filled,dashed",
            "square",
            1.0,
        ),
        "operation": Look(
            Colors("#ffffff", "#66717f", "#1c2430"),
            Colors("#1b2027", "#8e9aab", "#e8edf4"),
            "record",
            "filled,rounded",
            "round",
            1.0,
        ),
        "circle": Look(
            Colors("#eceff3", "#66717f", "#1c2430"),
            Colors("#2a313a", "#8e9aab", "#e8edf4"),
            "circle",
            "filled",
            "circle",
            1.0,
        ),
        "result": Look(
            Colors("#f9e2ee", "#a8326f", "#43122b"),
            Colors("#40122b", "#e08dbb", "#ffe3f1"),
            "record",
            "filled,rounded,bold",
            "double",
            1.4,
        ),
        "group": Look(
            Colors("#dff3eb", "#00805d", "#06382a"),
            Colors("#06352a", "#35c79a", "#d8fff2"),
            "box",
            "filled,rounded",
            "stack",
            1.2,
        ),
        "more": Look(
            Colors("none", "#8a94a3", "#6b7684"),
            Colors("none", "#8a94a3", "#9aa5b4"),
            "plaintext",
            "dashed",
            "none",
            1.0,
        ),
    }
)

LINE = "#7b8694"  # edges: 3.7:1 on white, 5:1 on near-black
FAINT = "#a7b0bc"  # cluster outlines
NOTE = "#6b7684"  # free text on the page

POSITIVE = Colors("#0072b2", "#0072b2", "#0072b2")
NEGATIVE = Colors("#d55e00", "#d55e00", "#d55e00")
POSITIVE_DARK = "#56b4e9"
NEGATIVE_DARK = "#ff8c42"

PAGE = Colors("#ffffff", "#d9dee5", "#1c2430")  # background, rules, text of a page or a plot
PAGE_DARK = Colors("#12161b", "#333b46", "#e8edf4")

# Curves and classes, in the order they are handed out; the first two are the strongest pair for color-blind readers.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d3b", "#66717f")
SERIES_DARK = ("#56b4e9", "#ff8c42", "#35c79a", "#e08dbb", "#f0b429", "#8ecdf5", "#c2a36b", "#9aa5b4")


def blend(start: str, end: str, share: float) -> str:
    """The color `share` (0 to 1; nan counts as 0) of the way from `start` to `end`, all as #rrggbb."""
    share = min(max(share, 0.0), 1.0) if share == share else 0.0
    pairs = zip((1, 3, 5), (3, 5, 7), strict=True)
    mixed = (round(int(start[i:j], 16) * (1 - share) + int(end[i:j], 16) * share) for i, j in pairs)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def number(x: float) -> str:
    """`x` as short text for a picture: its repr where that has at most seven characters, else four digits."""
    exact = repr(float(x))
    return exact if len(exact) <= 7 else f"{x:#.4g}"
