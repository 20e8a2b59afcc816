"""A training run to look back at, as one offline page: `training_page(model, history, X, y, "training.html")`.

All numbers are computed here, once, from the recorded parameters, and put into the page as bytes; the page only paints
them. So it needs no network, and shows what the model really answered at the end of each epoch. nn is imported where it
is used: `import viz` has to be quick for those who only draw a graph.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viz.learning.classes import class_names, input_names, rows_and_targets
from viz.pages.modules import joined
from viz.pages.offline import Player, asset, offline_html
from viz.pages.page import Page
from viz.pages.quantized import spread
from viz.pages.training_frames import NEURONS, Show, fitting_moments
from viz.svg.labels import brief, clean, xml
from viz.svg.palette import palette_css

if TYPE_CHECKING:
    from nn.history import Epoch, History, Snapshot
    from viz.learning.responses import Probe

FRAMES = 48  # moments of a run that a page keeps; more only make it larger
_LONGEST_NOTE = 600  # characters
_LONGEST_NAME = 60
_MOST_INPUTS = 1000  # whose names a page carries
_STYLES = ("common.css", "training.css")
_PLAYER = Player(
    "training", "epochs", "moment", "Moment of the training", 900, 300, 90,
    "This page paints its pictures with scripts. Allow them to look at the training.",
)  # fmt: skip


def training_page(
    model: Any,
    history: History,
    X: Any,
    y: Any,
    path: str | os.PathLike[str] | None = None,
    *,
    title: str = "",
    classes: Sequence[str] | None = None,
    names: Sequence[str] | None = None,
    frames: int = FRAMES,
    pictures: Sequence[tuple[str, str | Sequence[str]]] = (),
    rows: str = "",
    notes: Sequence[str] | None = None,
    planned: int = 0,
) -> Page:
    """One HTML file in which a training run is gone through epoch by epoch.

    For a model of two inputs: what it answers over the plane, what every neuron answers, weights. For one of a single
    input: the curve through the points. For any: loss, metrics, confusion matrix, weights. The moments come from
    `fit(..., record_parameters=True)`; without them the page shows the end of the run and its curves. The model itself
    is left as it is.

    Arguments:
        X, y: the rows to show the model on and their targets: those it was trained on, or held-out ones.
        classes, names: what the classes and the inputs are called.
        frames: most moments to keep, evenly spaced over the run; fewer are kept of a large network.
        pictures: titles and SVG texts to show below, for one title one or several.
        rows: what X and y are, such as "held-out rows"; the page says so.
        notes: what is said of the run's health in place of `history.notes`. planned: the epochs that it was to have,
            where it may have had fewer.

    These notes stand above the pictures, below why the run stopped where that was not at its end. The page opens on the
    moment that the model's parameters are those of.

    Raises ValueError when the snapshots are another model's, TypeError or ValueError for rows that are no table, and
    what writing a file raises. Cost: about a second; the page stays below 2 MB.

    >>> from nn import MLP, fit, moons
    >>> from viz import training_page
    >>> X, y = moons(20, seed=1)
    >>> model = MLP(2, [3, 1], seed=1)
    >>> history = fit(model, X, y, epochs=2, record_parameters=True, progress=False)
    >>> str(training_page(model, history, X, y, "training.html").path)
    'training.html'
    """
    from nn.history import Snapshot
    from viz.learning.responses import Probe

    inputs, targets = rows_and_targets("training_page", X, y)
    if frames < 1:
        raise ValueError(f"training_page: frames must be at least 1, got {brief(frames)}")
    asked = Probe(model)
    current = asked.current()
    moments = spread(history.snapshots, fitting_moments(asked, frames))[-frames:]
    wanted = len(current)
    if moments and len(moments[0].parameters) != wanted:
        raise ValueError(
            f"training_page: the history's snapshots have {len(moments[0].parameters)} parameters and the model "
            f"{wanted}; give the model that was trained"
        )
    moments, kept = _with_model(moments, Snapshot(_epoch_of(history, current), current), frames)
    show = Show(asked, inputs, targets, moments=len(moments), regression=history.loss == "mse")
    data = {
        "curves": _curves(history),
        "best": history.best_epoch,
        "kept": kept,
        "epochs": max(history.epochs, planned),
        "recorded": bool(history.snapshots),
        "task": "classes" if show.classes else "numbers",
        "rows": clean(rows, longest=40),
        "classNames": class_names(classes, show.classes),
        "inputs": input_names(names, min(inputs.shape[1], _MOST_INPUTS)),
        "layers": _layers(model, asked),
        "plane": show.plane_facts(),
        "line": show.line_facts(),
        "points": show.points(),
        "frames": [show.frame(moment) for moment in moments],
    }
    title = title or f"Training of {_name(model)}"
    text = offline_html(
        "training.html",
        _PLAYER,
        title=title,
        data=data,
        styles=[palette_css(), *(asset(name) for name in _STYLES)],
        scripts=[joined("training.js")],
        parts={
            "notes": _notes([*_ending(history, planned), *(history.notes if notes is None else notes)]),
            "pictures": "".join(_shown(name, svg) for name, svg in pictures),
        },
    )
    made = Page(text, title)
    return made if path is None else made.save(path)


def _name(model: Any) -> str:
    """What the model is, without its last settings where these are too long for a title."""
    text = clean(repr(model), longest=_LONGEST_NAME)
    return f"{text.rpartition(',')[0] or text}, …)" if text.endswith("…") and "(" in text else text


def _epoch_of(history: History, parameters: tuple[float, ...]) -> int:
    """The epoch after which the model had these parameters: as recorded, else the best one, which `fit` puts back."""
    for moment in reversed(history.snapshots):
        if moment.parameters == parameters:
            return moment.epoch
    return (history.best_epoch if history.snapshots else 0) or history.epochs


def _with_model(moments: list[Snapshot], model: Snapshot, most: int) -> tuple[list[Snapshot], int]:
    """The moments with that of the model as it is among them, and its place."""
    for k, moment in enumerate(moments):
        if moment.parameters == model.parameters:
            return moments, k
    if len(moments) >= most:  # one that is not the first or the last makes room, as long as there is one
        ends = (0, len(moments) - 1)
        nearest = min(range(len(moments)), key=lambda k: (k in ends, abs(moments[k].epoch - model.epoch)))
        moments = moments[:nearest] + moments[nearest + 1 :]
    kept = sum(moment.epoch <= model.epoch for moment in moments)
    return [*moments[:kept], model, *moments[kept:]], kept


class Watch:
    """A callback for `fit` that leaves the page of the run behind when its block ends, however the run ends.

    >>> from nn import MLP, fit, moons
    >>> from viz import Watch
    >>> X, y = moons(20, seed=1)
    >>> model = MLP(2, [3, 1], seed=1)
    >>> with Watch(model, X, y, "training.html") as watch:
    ...     history = fit(model, X, y, epochs=2, callbacks=[watch], progress=False)
    """

    def __init__(
        self, model: Any, X: Any, y: Any, path: str | os.PathLike[str], *, every: int = 1, **options: Any
    ) -> None:
        """`every`: epochs between two recorded moments; `options` are those of `training_page`."""
        from nn.history import History

        rows_and_targets("Watch", X, y)
        if every < 1:
            raise ValueError(f"Watch: every must be at least 1, got {brief(every)}")
        self.model, self.X, self.y, self.path, self.every, self.options = model, X, y, path, every, options
        self.history = History("", "")
        self._record(0)

    def __call__(self, epoch: Epoch) -> None:
        self.history.records.append(epoch)
        if epoch.number % self.every == 0:
            self._record(epoch.number)

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        if self.history.records:
            self.write()

    def write(self) -> Page:
        """The page of the epochs so far, also written to the path."""
        curve = self.history.val_loss or self.history.train_loss
        self.history.best_epoch = 1 + min(range(len(curve)), key=curve.__getitem__) if curve else 0
        return training_page(self.model, self.history, self.X, self.y, self.path, **self.options)

    def _record(self, number: int) -> None:
        from nn.history import Snapshot

        self.history.snapshots.append(Snapshot(number, tuple(p.data for p in self.model.parameters())))


def _curves(history: History) -> list[dict[str, Any]]:
    """Loss and metrics by name, six digits each: more cannot be seen."""
    losses = {"training loss": history.train_loss, "validation loss": history.val_loss}
    shares = {name.replace("val_", "validation "): curve for name, curve in history.metrics.items()}
    return [
        {"name": clean(name), "group": group, "numbers": [float(f"{x:.6g}") for x in curve]}
        for group, curves in (("loss", losses), ("metric", shares))
        for name, curve in curves.items()
        if curve
    ]


def _ending(history: History, planned: int) -> list[str]:
    """How a run ended where that was not as planned."""
    from nn.history import Stop

    of = f" of {planned}" if planned > history.epochs else ""
    early = not history.note and history.reason is not Stop.ALL_DONE
    stopped = f"stopped at epoch {history.epochs}{of}: {history.stopped}"
    return [history.note, *([stopped] if early or history.reason is Stop.NO_BETTER else [])]


def _notes(said: Sequence[str]) -> str:
    """The list of what is said of a run."""
    notes = list(dict.fromkeys(note for note in said if note))
    items = "".join(f"<li>{xml(clean(note, longest=_LONGEST_NOTE))}</li>" for note in notes)
    if not items:
        return ""
    return (
        f'<section id="notes" aria-label="Notes"><h2>What was noticed</h2><ul>{items}</ul></section>'
    )


def _shown(title: str, svgs: str | Sequence[str]) -> str:
    """Finished SVGs as images of their own, in which no script and no style of the page has a part."""
    name = xml(clean(title))
    texts = [svgs] if isinstance(svgs, str) else svgs
    contents = [base64.b64encode(svg.encode("utf-8")).decode("ascii") for svg in texts]
    images = "".join(f'<img alt="{name}" src="data:image/svg+xml;base64,{content}">' for content in contents)
    kind = "picture" if len(texts) == 1 else "picture panels"
    return f'<section class="{kind}" aria-label="{name}"><h2>{name}</h2>{images}</section>'


def _layers(model: Any, asked: Probe) -> list[dict[str, Any]]:
    from nn.activations import activation_name

    layers: list[Any] = getattr(model, "layers", [model])
    found = []
    for layer, places in zip(layers, asked.places):  # noqa: B905  # no places: of unknown make, nothing to show
        activations = {activation_name(neuron.activation) for neuron in layer.neurons}
        neurons, inputs = places.shape
        found.append(
            {
                "neurons": neurons,
                "inputs": inputs,
                "shown": min(NEURONS, neurons),
                "activation": clean(activations.pop(), longest=20) if len(activations) == 1 else "mixed",
            }
        )
    return found
