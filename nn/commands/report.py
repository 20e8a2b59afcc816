"""What a training run says about its model: figures for each part of the data, and a summary for later readers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

import autograd
from nn.choices import LOSSES
from nn.evaluators import evaluator
from nn.history import History
from nn.metrics import accuracy, confusion_matrix, r_squared, rmse
from nn.samples import Samples
from nn.tables.data import Dataset
from nn.tables.targets import ClassTarget, NumberTarget

Figures = dict[str, dict[str, float]]


def loss_for(data: Dataset) -> str:
    """The name of the loss that suits the target."""
    if isinstance(data.schema.target, NumberTarget):
        return "mse"
    return "cross_entropy" if data.schema.outputs > 1 else "binary_cross_entropy"


def judge_parts(model: Any, data: Dataset) -> Figures:
    """The figures of every part of the data that has rows, by the part's name."""
    parts = {"training": data.train, "validation": data.validation, "held out": data.held_out}
    return {name: judge(model, data, part) for name, part in parts.items() if part}


def judge(model: Any, data: Dataset, part: Samples) -> dict[str, float]:
    """Loss and accuracy of the model on a part of the data, or loss, RMSE and R2, RMSE in the unit of the target."""
    loss, outputs = evaluator(model, LOSSES[loss_for(data)]).loss(part.rows, part.targets)
    target = data.schema.target
    if isinstance(target, ClassTarget):
        return {"loss": loss, "accuracy": accuracy(outputs, part.targets)}
    predicted, expected = target.restore(outputs), target.restore(part.targets)
    return {"loss": loss, "RMSE": rmse(predicted, expected), "R2": r_squared(predicted, expected)}


def print_figures(say: Callable[..., None], figures: Figures) -> None:
    """Print one line a part, under the names of the figures."""
    names = list(next(iter(figures.values())))
    say(f"{'':<12}" + "".join(f"{name:>12}" for name in names))
    for part, row in figures.items():
        cells = (f"{100 * x:.1f} %" if name == "accuracy" else f"{x:.4g}" for name, x in row.items())
        say(f"{part:<12}" + "".join(f"{cell:>12}" for cell in cells))


def summarize(
    model: Any, data: Dataset, history: History, figures: Figures, options: Mapping[str, Any]
) -> dict[str, Any]:
    """Options, figures, curves and, for classes, the confusion of the held-out rows, as plain JSON values."""
    summary: dict[str, Any] = {
        "options": dict(options),
        "python": sys.version.split()[0],
        "compiled": autograd.COMPILED,
        "inputs": list(data.schema.inputs),
        "parameters": len(model.parameters()),
        "rows": {"training": len(data.train), "validation": len(data.validation), "held out": len(data.held_out)},
        "notes": list(data.notes),
        "figures": figures,
        "history": history.as_dict(),
    }
    target = data.schema.target
    if isinstance(target, ClassTarget) and data.held_out:
        summary["classes"] = list(target.classes)
        summary["confusion"] = confusion_matrix(evaluator(model).outputs(data.held_out.rows), data.held_out.targets)
    return summary
