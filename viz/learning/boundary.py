"""The decision boundary: what a model of two inputs answers everywhere, under the points it was shown."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viz.learning.classes import (
    class_and_certainty,
    class_color,
    class_names,
    input_names,
    is_classes,
    rows_and_targets,
)
from viz.learning.figures import drawing, plain
from viz.svg import style
from viz.svg.labels import brief

if TYPE_CHECKING:
    import numpy
    from matplotlib.axes import Axes

    from viz.learning.responses import Probe

    Array = numpy.ndarray

RESOLUTION = 120  # points a side: a boundary without visible steps in a picture of this size


def decision_boundary(
    model: Any,
    X: Any,
    y: Any,
    path: str | os.PathLike[str] | None = None,
    *,
    ax: Axes | None = None,
    resolution: int = RESOLUTION,
    classes: Sequence[str] | None = None,
    names: Sequence[str] = ("x1", "x2"),
) -> Axes:
    """What a model of two inputs answers over the plane, with the rows of `X` on it.

    Whole-number targets are classes: the ground shows how sure the model is and black lines where it changes its mind.
    Other targets are numbers: ground and points share one color scale. `classes` names the classes, `names` the inputs;
    `resolution` is the number of points computed along each side. Raises ValueError when rows do not have two numbers.

    >>> from nn import MLP, moons
    >>> from viz import decision_boundary
    >>> X, y = moons(20, seed=1)
    >>> figure = decision_boundary(MLP(2, [3, 1], seed=1), X, y, "boundary.png", resolution=20)
    """
    from viz.learning.responses import Probe

    rows, targets = rows_and_targets("decision_boundary", X, y)
    if rows.shape[1] != 2:
        raise ValueError(
            f"decision_boundary: draws models of 2 inputs, and the rows have {rows.shape[1]}; "
            "choose two columns, or look at confusion_matrix and weights"
        )
    if not 2 <= resolution <= 2000:
        raise ValueError(f"decision_boundary: resolution must be 2 to 2,000 points a side, got {brief(resolution)}")
    asked = Probe(model)
    across, up = input_names(names, 2)
    with drawing("decision_boundary", path, ax, size=(5.6, 5.0)) as axes:
        right = draw_ground(axes, asked, asked.current(), rows, targets, resolution, classes)
        axes.set_title("Answer over the plane" if right is None else f"{right:.1%} right")
        (left, right_edge), (bottom, top) = plane(rows)
        axes.set(xlabel=plain(across), ylabel=plain(up), xlim=(left, right_edge), ylim=(bottom, top))
    return axes


def draw_ground(
    axes: Axes,
    asked: Probe,
    parameters: Sequence[float],
    rows: Array,
    targets: Sequence[Any],
    resolution: int,
    classes: Sequence[str] | None,
) -> float | None:
    """Draw a model's answers with some parameters, and the rows; the share of rows that are answered right.

    None where the targets are numbers, not classes.
    """
    import numpy as np

    from nn.metrics import accuracy

    (left, right), (bottom, top) = plane(rows)
    xs, ys = np.linspace(left, right, resolution), np.linspace(bottom, top, resolution)
    points = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    field = asked.outputs(points, parameters).reshape(resolution, resolution, -1)
    if not is_classes(targets, field.shape[2]):
        numbers = np.asarray(targets, dtype=float).reshape(len(rows), -1)[:, 0]
        _draw_numbers(axes, xs, ys, field[..., 0], rows, numbers)
        return None
    _draw_classes(axes, xs, ys, field, rows, targets, classes)
    outputs = asked.outputs(rows, parameters).tolist()
    return accuracy([answer[0] if len(answer) == 1 else answer for answer in outputs], targets)


def plane(rows: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """Left and right, bottom and top of the picture around points (n, 2): some room around the outermost."""
    low, high = rows.min(axis=0), rows.max(axis=0)
    room = [max(0.12 * (high[k] - low[k]), 1e-6 * max(1.0, abs(high[k]))) for k in (0, 1)]
    return (float(low[0] - room[0]), float(high[0] + room[0])), (float(low[1] - room[1]), float(high[1] + room[1]))


def _draw_classes(
    ax: Axes, xs: Array, ys: Array, field: Array, rows: Array, targets: Sequence[Any], classes: Any
) -> None:
    import numpy as np

    from nn.metrics import target_class

    expected = np.array([target_class(t) for t in targets])
    single = field.shape[2] == 1
    count = max(2, field.shape[2], int(expected.max()) + 1)
    chosen, sure = class_and_certainty(field)
    ground = np.zeros((*chosen.shape, 3))
    for k in range(count):
        color = np.array(_rgb(class_color(k, count)))
        part = chosen == k
        ground[part] = 1 - (1 - color) * (0.12 + 0.38 * sure[part][:, None])
    ground[~np.isfinite(field).all(axis=2)] = _rgb(style.FAINT)
    extent = (xs[0], xs[-1], ys[0], ys[-1])
    ax.imshow(ground, origin="lower", extent=extent, aspect="auto", interpolation="bilinear")
    _boundaries(ax, xs, ys, field, count, single)
    for k, name in enumerate(class_names(classes, count)):
        here = rows[expected == k]
        mark = "osD^vP*X<>hp"[k % 12]
        ax.scatter(
            *here.T,
            s=26,
            marker=mark,
            color=class_color(k, count),
            edgecolors="white",
            linewidths=0.7,
            label=plain(name),
        )
    ax.legend(frameon=True, framealpha=0.85, edgecolor="none", title="class")


def _boundaries(ax: Axes, xs: Array, ys: Array, field: Array, count: int, single: bool) -> None:
    import numpy as np

    if not np.isfinite(field).all():
        return
    for k in range(1 if single else count):
        others = 0.0 if single else np.delete(field, k, axis=2).max(axis=2)
        lead = field[..., k] - others
        if lead.min() < 0 < lead.max():
            ax.contour(xs, ys, lead, levels=[0.0], colors=[style.PAGE.ink], linewidths=1.4)


def _draw_numbers(ax: Axes, xs: Array, ys: Array, field: Array, rows: Array, targets: Array) -> None:

    # The targets' range, whatever the model answers beyond it: so that pictures of one run can be compared.
    low, high = targets.min(), targets.max()
    scale: dict[str, Any] = {
        "cmap": "viridis",
        "vmin": low,
        "vmax": high if high > low else low + 1,
    }  # made for color-blind readers
    image = ax.imshow(
        field, origin="lower", extent=(xs[0], xs[-1], ys[0], ys[-1]), aspect="auto", interpolation="bilinear", **scale
    )
    ax.scatter(*rows.T, c=targets, s=26, edgecolors="white", linewidths=0.7, **scale)
    ax.figure.colorbar(image, ax=ax, label="answer (ground) and target (points)", extend="both")
    ax.set_title("Answer over the plane")


def _rgb(color: str) -> tuple[float, float, float]:
    return tuple(int(color[k : k + 2], 16) / 255 for k in (1, 3, 5))  # type: ignore[return-value]
