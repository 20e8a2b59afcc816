"""Figures without pyplot: nothing stays open, no window is needed, and threads do not meet.

matplotlib is an extra: it is imported when a figure is made, and its absence is told with what to install.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viz.svg import style
from viz.svg.labels import clean
from viz.svg.render import checked_path, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SUFFIXES = ("svg", "png", "pdf", "jpg", "jpeg", "webp")


def new_figure(size: tuple[float, float], *, layout: Any = "constrained") -> Any:
    """A figure that belongs to nobody: no window, no list of open figures."""
    with told_when_missing():
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    figure = Figure(figsize=size, layout=layout, facecolor=style.PAGE.fill)
    FigureCanvasAgg(figure)
    return figure


@contextmanager
def drawing(
    name: str, path: str | os.PathLike[str] | None, ax: Axes | None, *, size: tuple[float, float]
) -> Iterator[Axes]:
    """The axes to draw on, styled; saved to `path` when the block ends without an error."""
    suffix = None if path is None else _suffix(name, path)
    axes: Axes = _shown_axes(new_figure(size)) if ax is None else ax
    axes.set_facecolor(style.PAGE.fill)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(style.LINE)
    axes.tick_params(colors=style.NOTE)
    yield axes
    for text in (axes.title, axes.xaxis.label, axes.yaxis.label):
        text.set_color(style.PAGE.ink)
    if path is not None:
        figure: Any = axes.get_figure(root=True)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=suffix, dpi=160, metadata=_undated(suffix))
        content = buffer.getvalue()
        write(checked_path(path), _with_counted_names(content) if suffix == "svg" else content)


def _shown_axes(figure: Any) -> Axes:
    """Axes that show their figure in a notebook: pyplot does not know it, so nothing else would."""
    from matplotlib.axes import Axes

    class Plot(Axes):
        def _repr_png_(self) -> bytes:
            buffer = io.BytesIO()
            self.get_figure(root=True).savefig(buffer, format="png", dpi=110)  # type: ignore[union-attr]
            return buffer.getvalue()

    return figure.add_subplot(axes_class=Plot)


def plain(text: str, *, longest: int = 40) -> str:
    """A user's text for matplotlib, which would read formulas between dollars and hide names that begin with `_`."""
    text = clean(text, longest=longest).replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text


def _with_counted_names(svg: bytes) -> bytes:
    """The SVG with its random ids replaced by counted ones, so that the same run gives the same bytes."""
    drawn = dict.fromkeys(re.findall(rb'id="([a-z]+[0-9a-f]{10})"', svg))
    for number, name in enumerate(drawn):
        svg = svg.replace(name, b"n%010d" % number)
    return svg


def _undated(suffix: str | None) -> dict[str, None] | None:
    """What keeps the date out of the file."""
    return {"Date": None} if suffix == "svg" else ({"CreationDate": None} if suffix == "pdf" else None)


def diverging() -> Any:
    """The color map of signed numbers: orange below 0, the page's color at 0, blue above."""
    return color_map(style.NEGATIVE.stroke, style.PAGE.fill, style.POSITIVE.stroke)


def color_map(*stops: str) -> Any:
    with told_when_missing():
        from matplotlib.colors import LinearSegmentedColormap
    return LinearSegmentedColormap.from_list("glassgrad", list(stops))


@contextmanager
def told_when_missing() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise ImportError("plots need matplotlib, which is not installed: pip install matplotlib") from error


def _suffix(name: str, path: str | os.PathLike[str]) -> str:
    suffix = Path(path).suffix.lower().removeprefix(".")
    if suffix not in _SUFFIXES:
        known = ", ".join(f".{known}" for known in _SUFFIXES)
        raise ValueError(f"{name}: cannot write {clean(str(path))!r}: the suffix must be one of {known}")
    return suffix
