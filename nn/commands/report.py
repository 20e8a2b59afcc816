"""What a training run says about its model: figures for each part of the data, what has to be beaten, a summary."""

from __future__ import annotations

import math
import random
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import autograd
from nn.evaluators import evaluator
from nn.history import History
from nn.metrics import (
    accuracy,
    balanced_accuracy,
    class_probabilities,
    confusion_matrix,
    f1,
    log_loss,
    mae,
    predicted_classes,
    r_squared,
    recalls,
    rmse,
    roc_auc,
)
from nn.samples import Samples
from nn.tables.data import Dataset
from nn.tables.names import BUILT_IN
from nn.tables.notes import NOT_USED
from nn.tables.numerals import Notation
from nn.tables.targets import ClassTarget, NumberTarget
from nn.tables.text_files import STANDARD_INPUT
from nn.tasks.columns import called, numbers_told
from nn.tasks.names import invented
from nn.training.baselines import constant_outputs, linear_outputs, linear_weights
from nn.training.choices import LOSSES
from nn.wording import cut, cut_apart, quoted, whole

Figures = dict[str, dict[str, float]]

PARTS = ("training", "validation", "held out")
MOST_CLASSES = 10  # of which a confusion matrix fits on a terminal
SHOWN = 6
MOST_SEARCHED = 20_000  # rows of a file in which the lines of the worst ones are looked for
FEW = 30  # rows held out, of which each one moves the figures
GOOD, FAIR = 0.5, 0.2  # share of the errors of the constant answer that the network does away with
_MEANINGS = {
    "accuracy": (
        "accuracy: share of rows right; balanced: the same averaged over classes, so that rare ones count as much;",
        "F1: 1 when all of a class is found and nothing else is taken for it; AUC: how often a row of a class gets a "
        "higher",
        "chance of it than another row, 0.5 is guessing; log loss: mean of -log of the chance given to the true class",
    ),
    "R2": (
        "RMSE and MAE: how far answers are off, in the target's unit, as root of the mean square (large misses count "
        "more)",
        "and as plain mean; R2: share of the target's variance explained, 1 is perfect, 0 what their own mean reaches",
    ),
}
HARDLY = 0.99  # of the linear model's errors
LARGEST_LINEAR = 20_000_000  # numbers in the table of a linear model that is made beside
_CLASS_FIGURES = {
    "accuracy": accuracy, "balanced": balanced_accuracy, "F1": f1, "AUC": roc_auc, "log loss": log_loss,
}  # fmt: skip
_NUMBER_FIGURES = {"RMSE": rmse, "MAE": mae, "R2": r_squared}


def loss_for(data: Dataset) -> str:
    """The name of the loss that suits the target."""
    if isinstance(data.schema.target, NumberTarget):
        return "mse"
    return "cross_entropy" if data.schema.outputs > 1 else "binary_cross_entropy"


def judge_parts(model: Any, data: Dataset, *, shared: bool = False) -> Figures:
    """The figures of every part of the data that has rows, by the part's name; `shared`: whether networks of the model
    were trained on the validation rows, which say nothing then that the rows held out do not say honestly."""
    parts = dict(zip(PARTS, (data.train, data.validation, data.held_out), strict=True))
    if shared and data.held_out:
        del parts["validation"]
    return {name: judge(model, data, part) for name, part in parts.items() if part}


def judge(model: Any, data: Dataset, part: Samples) -> dict[str, float]:
    """The loss of the model on a part of the data and the figures of its answers."""
    loss, outputs = evaluator(model, LOSSES[loss_for(data)]).loss(part.rows, part.targets)
    return {"loss": loss} | figures_of(outputs, data, part)


def figures_of(outputs: Any, data: Dataset, part: Samples) -> dict[str, float]:
    """What metrics say of answers, those of numbers in the unit of the target; a metric that fails is nan."""
    target = data.schema.target
    metrics: Mapping[str, Callable[..., float]]
    if isinstance(target, ClassTarget):
        metrics, answers, expected = _CLASS_FIGURES, outputs, part.targets
    else:
        metrics, answers, expected = _NUMBER_FIGURES, target.restore(outputs), target.mean + target.scale * part.targets
    found = {}
    for name, metric in metrics.items():
        try:
            with np.errstate(all="ignore"):
                found[name] = float(metric(answers, expected))
        except (ValueError, ArithmeticError):  # a figure that cannot be had must cost nothing but itself
            found[name] = math.nan
    return found


def judge_baselines(data: Dataset) -> Figures:
    """What is reached on the last part that has rows without a network: by a constant answer and by a linear model."""
    part = data.held_out or data.validation or data.train
    target = data.schema.target
    classes = len(target.classes) if isinstance(target, ClassTarget) else None
    found = {_constant(data): figures_of(constant_outputs(data.train.targets, len(part), classes), data, part)}
    if data.train.rows.size <= LARGEST_LINEAR:
        try:
            weights = linear_weights(data.train.rows, data.train.targets, classes)
            found["linear model"] = figures_of(linear_outputs(weights, part.rows), data, part)
        except np.linalg.LinAlgError:  # columns that say the same
            pass
    return found


def _constant(data: Dataset) -> str:
    target = data.schema.target
    if not isinstance(target, ClassTarget):
        return "the training mean"
    most = int(np.bincount(np.asarray(data.train.targets), minlength=len(target.classes)).argmax())
    return f"always {quoted(cut(target.classes[most])[:20])}"


def print_figures(
    say: Callable[..., None],
    figures: Figures,
    baselines: Figures,
    data: Dataset,
    *,
    hidden: bool = True,
    sick: bool = False,
    shared: bool = False,
    advice: str = "",
) -> None:
    """Print one line a part and a baseline, and what they are worth; `hidden`: whether the network has hidden layers,
    without which it is a linear model itself; `sick`: whether a disease of it was told of; `shared`: as above;
    `advice`: what to do where the linear model is better, "" where a note has said what to do first."""
    names = list(next(iter(figures.values())))
    width = max(12, *(len(part) + 2 for part in (*figures, *baselines)))
    say(f"{'':<{width}}" + "".join(f"{name:>11}" for name in names))
    for part, row in (figures | baselines).items():
        cells = (_shown(name, row[name]) if name in row else "" for name in names)
        say(f"{part:<{width}}" + "".join(f"{cell:>11}" for cell in cells))
    last = list(figures)[-1]
    for line in _MEANINGS["accuracy" if "accuracy" in names else "R2"]:
        say(f"  {line}")
    rows = {"training": len(data.train), "validation": len(data.validation), "held out": len(data.held_out)}[last]
    verdict = _verdict(figures[last], baselines, last, hidden=hidden, advice=advice)
    standing = _standing(figures[last], baselines, last, rows, hidden=hidden, sick=sick, advice=advice)
    poor = bool(verdict) or not standing.startswith(("Good", "Fair"))
    say((verdict or standing) + (_left_out(data) if poor else ""))
    if shared and last == "validation":
        say("warning: most networks of the average were trained on these rows too, so that their figures flatter")
    if last == "held out" and rows < FEW:
        weight = f"one row is {100 / rows:.0f} points of accuracy" if "accuracy" in names else "each counts for much"
        say(f"warning: only {rows} row{'s' if rows > 1 else ''} held out, {weight}: the figures are rough")


def _left_out(data: Dataset) -> str:
    """A clause about columns that a few words keep from being learned from, which may be what is lacking."""
    left = [note.split("'")[1] for note in data.notes if NOT_USED in note and "--missing" in note]
    if not left:
        return ""
    are = f"column {quoted(left[0])} is" if len(left) == 1 else f"{len(left)} columns such as {quoted(left[0])} are"
    return f"; {are} not used yet, and the note above says with which option"


def _shown(name: str, x: float) -> str:
    if math.isnan(x):
        return "-"
    return f"{100 * x:.1f} %" if name in ("accuracy", "balanced") else f"{x:.4g}"


def _verdict(
    network: Mapping[str, float], baselines: Figures, part: str, *, hidden: bool = True, advice: str = ""
) -> str:
    """A sentence when the network is not better than what costs nothing, or "" ."""
    figure = "accuracy" if "accuracy" in network else "R2"
    then = f"; {advice}" if advice else ""
    for name, row in baselines.items():
        if name == "linear model":
            if network[figure] < row[figure] - 0.01:
                worse = f"{_shown(figure, row[figure])} against {_shown(figure, network[figure])}"
                if hidden:
                    return f"a plain linear model is better than the network on the rows {part}: {figure} {worse}{then}"
                return (
                    f"the linear model that is computed is better on the rows {part} than this one, which is trained "
                    f"in steps and is that of its best epoch for the validation rows: {figure} {worse}{then}"
                )
        elif network[figure] <= row[figure] + 1e-9 and network.get("AUC", 0.0) <= 0.7:
            return (
                f"the network is not better than {name} on the rows {part}: {figure} "
                f"{_shown(figure, network[figure])} against {_shown(figure, row[figure])}; nothing was learned that "
                "holds for other rows"
            )
    return ""


def _standing(
    network: Mapping[str, float],
    baselines: Figures,
    part: str,
    rows: int,
    *,
    hidden: bool = True,
    sick: bool = False,
    advice: str = "",
) -> str:
    """What the network is worth, in a sentence: its figure beside those of who knows less."""
    others = {"a plain linear model" if name == "linear model" else name: row for name, row in baselines.items()}
    constant = next(iter(baselines.values()))
    if "accuracy" in network:
        wrong, usual = 1.0 - network["accuracy"], 1.0 - constant["accuracy"]
        gain = 1.0 - wrong / usual if usual else 0.0
        reached = f"{_shown('accuracy', network['accuracy'])} of {rows:,} rows {part} right"
        beside = [f"{name} gets {_shown('accuracy', row['accuracy'])}" for name, row in others.items()]
    else:
        gain = network["R2"]
        reached = f"answers for {rows:,} rows {part} are off by {network['MAE']:.4g} on average"
        beside = [f"{name} is off by {row['MAE']:.4g}" for name, row in others.items()]
    word = "Good" if gain >= GOOD else "Fair" if gain >= FAIR else "Weak"
    figure = "accuracy" if "accuracy" in network else "R2"
    linear = baselines.get("linear model")
    no_better = hidden and linear is not None and _hardly_better(network, linear)
    nothing = linear is not None and linear[figure] >= network[figure]
    begun = f"{'No' if nothing else 'Hardly'} better than a linear model" if no_better else word
    if sick and begun == "Good":
        begun = "Not well (see the note above), and yet"
    said = f"{begun}: {reached}, where {' and '.join(beside)}"
    if no_better and advice:
        said += f"; the hidden layers gain {'nothing' if nothing else 'next to nothing'} here: {advice}"
    auc = network.get("AUC", 0.0)
    if word == "Weak" and auc > 0.7:
        said += f"; yet it tells likely rows from unlikely ones: AUC {auc:.2g}"
    return said


def _hardly_better(network: Mapping[str, float], linear: Mapping[str, float]) -> bool:
    """Whether the network has all but the errors of the linear model, or as many as can be told apart in print."""
    if "accuracy" in network:
        return 1.0 - network["accuracy"] >= HARDLY * (1.0 - linear["accuracy"])
    alike = f"{network['MAE']:.4g}" == f"{linear['MAE']:.4g}"
    return alike or 1.0 - network["R2"] >= HARDLY * (1.0 - linear["R2"])


def print_confusion(say: Callable[..., None], model: Any, data: Dataset) -> None:
    """Print which class was taken for which among the rows held out."""
    target = data.schema.target
    if not isinstance(target, ClassTarget) or not data.held_out or len(target.classes) > MOST_CLASSES:
        return
    matrix = confusion_matrix(evaluator(model).outputs(data.held_out.rows), data.held_out.targets)
    names = cut_apart(map(cut, target.classes), 14)
    width = max(8, *(len(name) + 2 for name in names))
    say("held out, a row for each class as it is, a column as it was answered:")
    say(f"  {'':<{width}}" + "".join(f"{name:>{width}}" for name in names) + f"{'found':>10}")
    for name, row, recall in zip(names, matrix, recalls(matrix), strict=False):
        share = "-" if math.isnan(recall) else f"{100 * recall:.1f} %"
        say(f"  {name:<{width}}" + "".join(f"{count:>{width}}" for count in row) + f"{share:>10}")


def print_importances(say: Callable[..., None], found: Mapping[str, float], figure: str) -> None:
    """Print the columns that matter most."""
    if len(found) < 2:
        return
    say(f"what matters, by the {figure} lost when a column's values are exchanged among the rows:")
    names = cut_apart(called(found).values())
    for name, loss in list(zip(names, found.values(), strict=True))[:SHOWN]:
        loss = round(loss, 3) + 0.0  # which makes no -0.000 of what is next to nothing
        shown = f"{100 * loss:>7.1f} %" if figure == "accuracy" else f"{loss:>9.3f}"
        say(f"  {shown}  {cut(name)}")
    if told := numbers_told(found):
        say(f"  ({told})")


def print_names(say: Callable[..., None], model: Any) -> None:
    """Print names that a model of the next letter makes up."""
    logits, rng = evaluator(model).outputs, random.Random(1)
    say(f"names it invents, letter by letter: {', '.join(invented(logits, rng) for _ in range(10))}")


def print_worst(say: Callable[..., None], model: Any, data: Dataset, at: Path | None) -> None:
    """Print the five rows held out that were answered worst, by where they stand in the file, and what explains the
    first of them; `at`: where the model is."""
    part, table = data.held_out, data.table
    if not part or table is None or data.indexes is None or len(table) > MOST_SEARCHED:
        return
    if table.path in BUILT_IN:  # whose rows nobody can look up
        return
    target = data.schema.target
    outputs = evaluator(model).outputs(part.rows)
    if isinstance(target, ClassTarget):
        wrong = predicted_classes(outputs) != part.targets
        chances = class_probabilities(outputs)[np.arange(len(part)), part.targets]
        order = [int(i) for i in np.argsort(chances) if wrong[i]][:5]
        said = [(target.classes[part.targets[i]], target.classes[predicted_classes(outputs)[i]]) for i in order]
    else:
        order = [int(i) for i in np.argsort(-np.abs(outputs - part.targets))[:5]]
        cells, own = table.column(target.name), Notation(target.notation.decimal, target.notation.unit)
        answers = [own.written(float(target.restore(outputs[i]))) for i in order]
        said = [(str(cells.text(int(data.indexes[2][i]))), answer) for i, answer in zip(order, answers, strict=True)]
    if order:
        say("held-out rows answered worst:")
    for i, (truth, answer) in zip(order, said, strict=True):
        say(f"  {table.counted(int(data.indexes[2][i]))}: {quoted(truth)} was answered with {quoted(answer)}")
    if order and at is not None and table.path != STANDARD_INPUT:
        row = f"{whole(table.path)}:{table.number(int(data.indexes[2][order[0]]))}"
        say(f"  the worst one explained: glassgrad explain {shlex.quote(whole(at))} {shlex.quote(row)}")


def summarize(
    model: Any,
    data: Dataset,
    history: History,
    figures: Figures,
    baselines: Figures,
    options: Mapping[str, Any],
    importances: Mapping[str, float],
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
        "baselines": baselines,
        "importances": dict(importances),
        "history": history.as_dict(),
    }
    target = data.schema.target
    if isinstance(target, ClassTarget) and data.held_out:
        summary["classes"] = list(target.classes)
        summary["confusion"] = confusion_matrix(evaluator(model).outputs(data.held_out.rows), data.held_out.targets)
    return summary
