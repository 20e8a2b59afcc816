"""What stands on the axes of matplotlib, as text: where it is, its color, its words."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator


def described(axes: Any) -> str:
    """Each thing that was drawn, in the order it was drawn in."""
    lines = [
        f"figure {axes.figure.get_size_inches().tolist()}, {len(axes.figure.axes)} axes",
        f"x {_rounded(axes.get_xlim())} {axes.get_xscale()} {axes.get_xlabel()!r} {_ticks(axes.xaxis)}",
        f"y {_rounded(axes.get_ylim())} {axes.get_yscale()} {axes.get_ylabel()!r} {_ticks(axes.yaxis)}",
        f"title {axes.get_title()!r}, aspect {axes.get_aspect()}, frame {axes.axison}",
    ]
    edges = {name: to_hex(edge.get_edgecolor()) for name, edge in axes.spines.items() if edge.get_visible()}
    lines.append(f"edges {edges}")
    lines += [line for artist in axes.get_children() for line in _artist(artist)]
    legend = axes.get_legend()
    if legend is not None:
        lines += [f"legend {text.get_text()!r}" for text in legend.get_texts()]
        lines.append(f"legend with a frame: {legend.get_frame_on()}")
    return "\n".join(lines)


def _rounded(numbers: Any) -> list[float]:
    return [round(float(x), 4) for x in numbers]


def _ticks(axis: Any) -> list[str]:
    """The words at places of our own; where an axis has numbers, matplotlib chooses them."""
    if not isinstance(axis.get_major_locator(), FixedLocator):
        return []
    return [text.get_text() for text in axis.get_ticklabels() if text.get_text()]


def _artist(artist: Any) -> list[str]:
    below = f"z {artist.get_zorder()}"
    if isinstance(artist, Line2D):
        look = f"{to_hex(artist.get_color())} {artist.get_linewidth()} {artist.get_marker()} {artist.get_fillstyle()}"
        data = np.round(artist.get_xydata(), 4).tolist()
        return [f"line {look} {artist.get_markersize()} {below} {artist.get_clip_on()} {data}"]
    if isinstance(artist, Text) and artist.get_text():
        look = f"{to_hex(artist.get_color())} {artist.get_fontsize()} {artist.get_ha()} {artist.get_va()}"
        place = _rounded(artist.get_position())
        return [f"text {artist.get_text()!r} {place} {look} {below}"]
    if isinstance(artist, AxesImage):
        array = np.round(np.asarray(artist.get_array(), dtype=float), 3)
        extent = _rounded(artist.get_extent())
        colors = [to_hex(c, keep_alpha=True) for c in artist.get_cmap()([0.0, 0.25, 0.5, 1.0])]
        mean = array.mean(axis=(0, 1)).round(3).tolist()
        return [f"image {array.shape} mean {mean} {_rounded(artist.get_clim())} {colors} {extent} {below}"]
    if isinstance(artist, Collection) and len(artist.get_paths()):
        offsets = np.round(np.asarray(artist.get_offsets(), dtype=float), 3).tolist()
        faces = [to_hex(c, keep_alpha=True) for c in artist.get_facecolor()]
        edges = [to_hex(c, keep_alpha=True) for c in artist.get_edgecolor()]
        widths, sizes = np.round(artist.get_linewidth(), 3).tolist(), getattr(artist, "get_sizes", list)()
        return [f"{type(artist).__name__} {below} {offsets} {faces} {edges} {widths} {_rounded(sizes)}"]
    return []
