"""The outlines of boxes in our own SVG, one for each kind, so that kinds differ by shape as well as by color."""

from __future__ import annotations

from typing import TypeAlias

from viz.svg.style import PAGE, PAGE_DARK

Extent: TypeAlias = tuple[float, float, float, float]  # left, top, width, height


PAPER_DARK = f".gg-paper{{fill:{PAGE_DARK.fill}}}"


def coordinate(x: float) -> str:
    """A coordinate with two decimals at most."""
    return f"{x:.2f}".rstrip("0").rstrip(".")


def rectangle(extent: Extent, radius: float, grow: float = 0.0, extra: str = "") -> str:
    """A rectangle with round corners, `grow` points larger on each side."""
    left, top, width, height = extent
    return (
        f'<rect x="{coordinate(left - grow)}" y="{coordinate(top - grow)}" width="{coordinate(width + 2 * grow)}" '
        f'height="{coordinate(height + 2 * grow)}" rx="{coordinate(radius)}"{extra}/>'
    )


def paper(width: float, height: float) -> str:
    """The ground of a whole picture, light or dark with its ink: whatever is around it, its words can be read."""
    fill = f'fill="{PAGE.fill}"'
    return f'<rect class="gg-paper" width="{coordinate(width)}" height="{coordinate(height)}" rx="6" {fill}/>'


def outline(corner: str, extent: Extent, *, long: bool = False, copies: int = 1) -> str:
    """The outline of a kind of box (`Look.corner`) as SVG elements.

    `long`: its text is too long for a circle; `copies`: how many things a stack stands for.
    """
    left, top, width, height = extent
    if corner == "circle":
        if long:
            return rectangle(extent, height / 2)
        x, y, radius = (coordinate(z) for z in (left + width / 2, top + height / 2, width / 2))
        return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'
    if corner == "cut":
        k = 6.0
        right, bottom = left + width, top + height
        corners = (
            (left + k, top), (right - k, top), (right, top + k), (right, bottom - k),
            (right - k, bottom), (left + k, bottom), (left, bottom - k), (left, top + k),
        )  # fmt: skip
        return f'<polygon points="{" ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)}"/>'
    if corner == "double":
        return rectangle(extent, 7, 2.6, ' stroke-width="0.9"') + rectangle(extent, 4.5)
    if corner == "stack":
        behind = range(2 if copies > 1 else 1, 0, -1)
        cards = (rectangle((left + 3 * k, top - 3 * k, width, height), 5) for k in behind)
        return "".join(cards) + rectangle(extent, 5)
    if corner == "square":
        return rectangle(extent, 0, 0, ' stroke-dasharray="3 2"')
    if corner == "none":
        return ""
    return rectangle(extent, min(height / 2, 13.0) if corner == "pill" else 4.5)
