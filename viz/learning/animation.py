"""A training run as an animated GIF: `animate(model, history, X, y, "training.gif")`."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viz.learning.boundary import draw_ground, plane
from viz.learning.classes import input_names, rows_and_targets
from viz.learning.figures import new_figure, plain, told_when_missing
from viz.learning.plots import draw_losses
from viz.pages.quantized import spread
from viz.svg.labels import brief, clean, xml
from viz.svg.render import checked_path, write

if TYPE_CHECKING:
    from PIL.Image import Image

_RESOLUTION = 80  # points a side: a frame is small and seen for a moment
_DPI = 80


def animate(
    model: Any,
    history: Any,
    X: Any,
    y: Any,
    path: str | os.PathLike[str],
    *,
    frames: int = 40,
    frames_per_second: float = 8.0,
    classes: Sequence[str] | None = None,
    names: Sequence[str] = ("x1", "x2"),
) -> Animation:
    """Write a GIF in which the decision boundary moves and the loss falls, and return its path, which shows itself.

    The moments come from `fit(..., record_parameters=True)`; at most `frames` of them are shown, evenly spaced, the
    last one for two seconds. A model of another number of inputs than two is shown by its loss alone. Raises ValueError
    when the history has no moments or the name does not end in .gif, ImportError without matplotlib. Cost: about 0.1 s
    a frame.

    >>> from nn import MLP, fit, moons
    >>> from viz import animate
    >>> X, y = moons(20, seed=1)
    >>> model = MLP(2, [3, 1], seed=1)
    >>> history = fit(model, X, y, epochs=2, record_parameters=True, progress=False)
    >>> str(animate(model, history, X, y, "learning.gif"))
    'learning.gif'
    """
    from viz.learning.responses import Probe

    target = checked_path(path)
    if target.suffix.lower() != ".gif":
        raise ValueError(f"animate: writes GIF files, so {clean(str(target))!r} has to end in .gif")
    if not 0.1 <= frames_per_second <= 50:
        raise ValueError(f"animate: frames_per_second must be 0.1 to 50, got {brief(frames_per_second)}")
    if frames < 2:
        raise ValueError(f"animate: frames must be at least 2, got {brief(frames)}")
    if not history.snapshots or not history.records:
        raise ValueError("animate: the history has no recorded moments; train with fit(..., record_parameters=True)")
    rows, targets = rows_and_targets("animate", X, y)
    asked = Probe(model)
    across, up = input_names(names, 2)
    pictures = []
    for moment in spread(history.snapshots, frames):
        flat = rows.shape[1] == 2
        figure = new_figure((8.4 if flat else 5.0, 4.2), layout=None)
        if flat:
            ground, curve = figure.subplots(1, 2, width_ratios=(1.15, 1))
            draw_ground(ground, asked, moment.parameters, rows, targets, _RESOLUTION, classes)
            (left, right), (bottom, top) = plane(rows)
            ground.set(xlim=(left, right), ylim=(bottom, top), xlabel=plain(across), ylabel=plain(up))
        else:
            curve = figure.subplots()
        draw_losses(curve, history, now=moment.epoch)
        figure.suptitle(f"epoch {moment.epoch}" if moment.epoch else "before training")
        pictures.append(_picture(figure))
    write(target, _gif(pictures, round(1000 / frames_per_second)))
    return Animation(target)


class Animation(type(Path())):
    """The path of a GIF, which a notebook shows as the moving picture."""

    def _repr_html_(self) -> str:
        try:
            content = base64.b64encode(self.read_bytes()).decode("ascii")
        except OSError:  # moved since then
            return xml(repr(self))
        return f'<img alt="{xml(self.stem)}" src="data:image/gif;base64,{content}">'


def _picture(figure: Any) -> Image:
    with told_when_missing():
        from PIL import Image
    # Margins that fit, instead of fitted margins: those would take most of the time, and move from frame to frame.
    figure.subplots_adjust(left=0.1, right=0.97, bottom=0.14, top=0.84, wspace=0.32)
    figure.set_dpi(_DPI)
    figure.canvas.draw()
    return Image.frombuffer("RGBA", figure.canvas.get_width_height(), bytes(figure.canvas.buffer_rgba())).convert("RGB")


def _gif(pictures: Sequence[Image], milliseconds: int) -> bytes:
    with told_when_missing():
        from PIL.Image import Dither
    # One palette for all frames, taken from the last one, which has all colors: without it they would flicker.
    palette = pictures[-1].quantize(128)
    quantized = [picture.quantize(palette=palette, dither=Dither.NONE) for picture in pictures]
    durations = [milliseconds] * (len(pictures) - 1) + [2000]
    buffer = io.BytesIO()
    quantized[0].save(
        buffer, format="GIF", save_all=True, append_images=quantized[1:], duration=durations, loop=0, optimize=False
    )
    return buffer.getvalue()
