"""The files of a run folder: model, curves, summary and pictures.

A picture that cannot be drawn (a package is missing, a graph is too large) costs a sentence, never the run.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograd import Value
from nn.choices import LOSSES
from nn.commands.report import loss_for
from nn.evaluators import evaluator
from nn.history import History
from nn.saving import save
from nn.tables.data import Dataset
from nn.tables.targets import ClassTarget

Written = dict[str, str]

MAX_CONFUSION = 30  # classes: beyond this the numbers in the picture cannot be read


def write_artifacts(
    folder: Path, model: Any, data: Dataset, history: History, summary: dict[str, Any]
) -> tuple[Written, list[str]]:
    """Fill the folder; returns each file's name and meaning, and a sentence for each picture that was not drawn."""
    save(model, folder / "model.json", metadata={"table": data.schema.as_dict()})
    with open(folder / "history.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(history.table())
    (folder / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    written = {
        "model.json": "the trained network and how its inputs are made",
        "history.csv": "losses and metrics of every epoch",
        "summary.json": "options, figures and curves",
    }
    missing = []
    for name, (meaning, draw) in _pictures(model, data, history).items():
        try:
            draw(folder / name)
            written[name] = meaning
        except (ImportError, ValueError, OSError, RuntimeError) as error:
            missing.append(f"no {name}: {' '.join(str(error).split())}")
    return written, missing


def draw_example(model: Any, data: Dataset, path: Path) -> None:
    """Write the graph of one prediction and its loss, gradients included, to `path`.

    The worst prediction is taken: where the loss is nearly 0, so is every gradient, and there is nothing to see.
    """
    import viz

    part, loss_function = data.held_out or data.train, LOSSES[loss_for(data)]
    outputs = evaluator(model).outputs(part.rows)
    worst = max(range(len(part)), key=lambda i: float(loss_function([outputs[i]], [part.targets[i]])))
    row = [Value(x, label=name) for x, name in zip(part.rows[worst], data.schema.inputs, strict=True)]
    prediction = model(row)
    if isinstance(prediction, Value):
        prediction.label = "prediction"
    loss = loss_function([prediction], [part.targets[worst]])
    loss.label = "loss"
    model.zero_grad()
    loss.backward()
    viz.render(loss, path)
    model.zero_grad()


def _pictures(model: Any, data: Dataset, history: History) -> dict[str, tuple[str, Callable[[Path], Any]]]:
    def graph(path: Path) -> None:
        draw_example(model, data, path)

    def loss_curve(path: Path) -> None:
        from viz.learning import plots

        plots.loss_curve(history, path)

    def boundary(path: Path) -> None:
        from viz.learning import plots

        part, target = data.held_out or data.train, data.schema.target
        classes = target.classes if isinstance(target, ClassTarget) else None
        plots.decision_boundary(model, part.rows, part.targets, path, classes=classes, names=data.schema.inputs)

    def confusion(path: Path) -> None:
        from viz.learning import plots

        part, target = data.held_out or data.train, data.schema.target
        classes = target.classes if isinstance(target, ClassTarget) else None
        plots.confusion_matrix(model, part.rows, part.targets, path, classes=classes)

    def page(path: Path) -> None:
        from viz.pages.training_page import training_page

        target = data.schema.target
        classes = target.classes if isinstance(target, ClassTarget) else None
        part = data.train
        training_page(model, history, part.rows, part.targets, path, classes=classes, names=data.schema.inputs)

    pictures: dict[str, tuple[str, Callable[[Path], Any]]] = {
        "graph.svg": ("the graph of the worst held-out prediction and its loss", graph)
    }
    if history.epochs:
        pictures["loss.svg"] = ("the loss curves", loss_curve)
        pictures["training.html"] = ("the run to go through epoch by epoch, in a browser", page)
    if len(data.schema.inputs) == 2:
        pictures["boundary.svg"] = ("what the model answers over the plane of its two inputs", boundary)
    if isinstance(data.schema.target, ClassTarget) and 2 < len(data.schema.target.classes) <= MAX_CONFUSION:
        pictures["confusion.svg"] = ("which class was taken for which", confusion)
    return pictures
