"""Pictures of training and of trained models with matplotlib: each draws on one axes and returns it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viz.learning.boundary import decision_boundary
from viz.learning.classes import class_names, is_classes, rows_and_targets
from viz.learning.figures import color_map, diverging, drawing, plain
from viz.svg import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["confusion_matrix", "decision_boundary", "loss_curve", "weights"]


def loss_curve(history: Any, path: str | os.PathLike[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """Training and validation loss over the epochs of `history`, the best epoch marked; accuracy in the legend.

    The loss axis is logarithmic where the curves span more than a factor of 20. `path` saves the picture as its suffix
    says. Raises ValueError for a history without epochs or an unknown suffix, ImportError without matplotlib.

    >>> from nn import MLP, fit
    >>> from viz import loss_curve
    >>> history = fit(MLP(1, [1], seed=1), [[0.0], [1.0]], [1.0, 2.0], epochs=3, progress=False)
    >>> figure = loss_curve(history, "loss.png")
    """
    if not history.train_loss:
        raise ValueError("loss_curve: the history has no completed epoch, so there is nothing to draw")
    with drawing("loss_curve", path, ax, size=(6.4, 4.0)) as axes:
        draw_losses(axes, history)
    return axes


def draw_losses(axes: Axes, history: Any, *, now: int | None = None) -> None:
    """Draw the loss curves: all of them, or those up to the epoch `now` with the rest to come in gray."""
    from matplotlib.ticker import MaxNLocator

    curves = {"training": list(history.train_loss), "validation": list(history.val_loss)}
    count = len(curves["training"])
    shown = count if now is None else now
    epochs = range(1, count + 1)
    for color, (name, curve) in zip(style.SERIES, curves.items(), strict=False):
        if curve:
            last = f", last {curve[-1]:.3g}{_last_metric(history, name)}" if now is None else ""
            dots = "o" if shown == 1 else None
            axes.plot(epochs[:shown], curve[:shown], color=color, linewidth=2, marker=dots, label=f"{name}{last}")
            if shown < count:
                axes.plot(epochs, curve, color=style.PAGE.stroke, linewidth=1, zorder=0)
    positive = [x for curve in curves.values() for x in curve if 0.0 < x < float("inf")]
    if positive and max(positive) > 20 * min(positive) and min(map(min, filter(None, curves.values()))) > 0:
        _log_scale(axes)
    best = history.best_epoch
    if best and now is None:
        value = (curves["validation"] or curves["training"])[best - 1]
        circle = {"color": style.PAGE.ink, "markersize": 7, "fillstyle": "none", "clip_on": False}
        axes.plot([best], [value], "o", label=f"best: epoch {best}", **circle)
    axes.set(xlabel="epoch", ylabel=f"loss ({plain(history.loss.replace('_', ' '))})".replace(" ()", ""), title="Loss")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(0.5 if count == 1 else 1, max(count, 1.5))
    axes.legend(frameon=False)
    axes.grid(alpha=0.5)


def confusion_matrix(
    model: Any,
    X: Any,
    y: Any,
    path: str | os.PathLike[str] | None = None,
    *,
    ax: Axes | None = None,
    classes: Sequence[str] | None = None,
) -> Axes:
    """How many rows of each class (down) the model takes for which class (across), with the accuracy as title.

    `classes` names the classes. Raises ValueError when the targets are not classes.

    >>> from nn import MLP, moons
    >>> from viz import confusion_matrix
    >>> X, y = moons(20, seed=1)
    >>> figure = confusion_matrix(MLP(2, [3, 1], seed=1), X, y, classes=["upper", "lower"])
    """
    import numpy as np

    from nn.metrics import confusion_matrix as count
    from viz.learning.responses import Probe

    rows, targets = rows_and_targets("confusion_matrix", X, y)
    asked = Probe(model)
    outputs = asked.outputs(rows, asked.current())
    if not is_classes(targets, outputs.shape[1]):
        raise ValueError(
            f"confusion_matrix: the targets are not classes of a model with {outputs.shape[1]} outputs; wanted whole "
            "numbers from 0 to below that, or 0 and 1 (or -1 and 1) for one output"
        )
    counts = np.array(count((outputs[:, 0] if outputs.shape[1] == 1 else outputs).tolist(), targets))
    with drawing("confusion_matrix", path, ax, size=(5.2, 5.0)) as axes:
        share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        axes.imshow(share, cmap=color_map(style.PAGE.fill, style.POSITIVE.stroke), vmin=0, vmax=1)
        small = 11 if len(counts) <= 6 else 8
        for (i, j), n in np.ndenumerate(counts):
            if n:
                color = style.PAGE.fill if share[i, j] > 0.55 else style.PAGE.ink
                axes.text(j, i, f"{n}", ha="center", va="center", color=color, fontsize=small)
        named = [plain(name) for name in class_names(classes, len(counts))]
        axes.set_xticks(range(len(counts)), named)
        axes.set_yticks(range(len(counts)), named)
        axes.set(xlabel="the model says", ylabel="it is", title=f"{np.trace(counts) / counts.sum():.1%} right")
        axes.tick_params(length=0)
    return axes


def weights(model: Any, path: str | os.PathLike[str] | None = None, *, ax: Axes | None = None) -> Axes:
    """The weights of every layer as a heat map: a row for each neuron, a column for each of its inputs.

    All layers stand side by side on one color scale, blue for positive and orange for negative. Raises ValueError for a
    model that is not made of nn's layers.

    >>> from nn import MLP
    >>> from viz import weights
    >>> figure = weights(MLP(2, [3, 1], seed=1), "weights.svg")
    """
    import numpy as np

    from viz.learning.responses import Probe

    asked = Probe(model)
    layers = asked.weights(asked.current())
    if not layers:
        raise ValueError(f"weights: draws MLP and Layer, and a {type(model).__name__} keeps its weights elsewhere")
    tallest = max(layer.shape[0] for layer in layers)
    gap = max(1.0, 0.08 * sum(layer.shape[1] for layer in layers))
    span = sum(layer.shape[1] for layer in layers) + gap * (len(layers) - 1)
    finite = [np.abs(layer[np.isfinite(layer)]) for layer in layers]
    largest = max((part.max() for part in finite if part.size), default=1.0) or 1.0
    with drawing("weights", path, ax, size=(min(11.0, max(5.0, 2.5 + 4.2 * span / tallest)), 4.4)) as axes:
        left = 0.0
        image: Any = None
        for k, layer in enumerate(layers):
            height, width = layer.shape
            top = (tallest - height) / 2
            extent = (left, left + width, top + height, top)
            image = axes.imshow(
                layer, cmap=diverging(), vmin=-largest, vmax=largest, extent=extent, interpolation="nearest"
            )
            axes.text(
                left + width / 2, top - 0.02 * tallest, f"layer {k}\n{width} to {height}", ha="center", va="bottom"
            )
            left += width + gap
        axes.set(xlim=(-0.02 * span, 1.02 * span), ylim=(1.02 * tallest, -0.02 * tallest), aspect="auto")
        axes.set_axis_off()
        axes.figure.colorbar(image, ax=axes, label="weight", fraction=0.05)
    return axes


def _log_scale(axes: Axes) -> None:
    """A logarithmic axis with plain numbers on it, which more people read than powers of ten."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda x, _: f"{x:g}"))
    axes.yaxis.set_minor_formatter(NullFormatter())


def _last_metric(history: Any, name: str) -> str:
    curve = history.metrics.get("val_accuracy" if name == "validation" else "accuracy")
    return f" ({curve[-1]:.1%} right)" if curve else ""
