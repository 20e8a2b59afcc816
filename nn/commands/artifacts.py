"""The files of a run folder beside the model: curves, summary and pictures, each of which may fail by itself."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from autograd import Value
from nn.commands.influence import Influence
from nn.commands.kinds import DRAWING
from nn.commands.report import loss_for
from nn.evaluators import evaluator
from nn.formats.files import write_whole
from nn.history import History
from nn.tables.data import Dataset
from nn.tables.targets import ClassTarget
from nn.tasks.columns import called
from nn.training.choices import LOSSES
from nn.wording import one_line, reason

AVERAGED = (
    "the model is an average of several networks; losses, shares of rows right, weights and neurons here are those of "
    "the first of them, and the model that was saved answers otherwise"
)
MAX_CONFUSION = 30  # classes: beyond this the numbers in the picture cannot be read

Make = Callable[[Path], Any]


@dataclass(slots=True)
class Artifacts:
    """What has been written into a folder, and what has not.

    Attributes:
        written: each file's name and meaning.
        missing: a sentence for each file that could not be made.
        failed: whether something is missing that should be there. A picture for which a package is missing, or which
            would be too large, is none of this.
        tried: the names of all these files.
    """

    folder: Path
    written: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    failed: bool = False
    tried: set[str] = field(default_factory=set)

    def add(self, name: str, meaning: str, make: Make) -> None:
        """Have `make` write the file."""
        with self.trying(name):
            make(self.folder / name)
            self.written[name] = meaning

    @contextmanager
    def trying(self, name: str) -> Iterator[None]:
        """A block in which whatever goes wrong costs `name` and nothing else."""
        self.tried.add(name)
        try:
            yield
        except KeyboardInterrupt:
            self.tried.discard(name)
            raise
        except Exception as error:
            known = isinstance(error, (ImportError, ValueError, OSError, RuntimeError, MemoryError))
            why = reason(error) if known else f"{type(error).__name__}: {one_line(str(error))}, which is a defect here"
            self.missing.append(f"no {name}: {why}")
            self.failed |= not known or isinstance(error, (OSError, MemoryError))

    def give_up(self, names: list[str], why: str) -> None:
        """Say that the files of `names` that were not tried are not made any more."""
        left = [name for name in names if name not in self.tried]
        if left:
            self.missing.append(f"no {', '.join(left)}: {why}")


def figures_files(history: History, summary: Callable[[], dict[str, Any]]) -> dict[str, tuple[str, Make]]:
    """The files with the figures of a run: name, meaning, and what writes them."""

    def write_history(path: Path) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(history.table())
        write_whole(path, text.getvalue().encode())

    def write_summary(path: Path) -> None:
        write_whole(path, (json.dumps(_without_infinities(summary()), indent=2) + "\n").encode())

    return {
        "history.csv": ("losses and metrics of every epoch", write_history),
        "summary.json": ("options, figures and curves", write_summary),
    }


def _without_infinities(value: Any) -> Any:
    """The value with None for nan and infinities, such as the RMSE of huge numbers, which JSON cannot say."""
    if isinstance(value, dict):
        return {name: _without_infinities(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_infinities(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def draw_example(model: Any, data: Dataset, path: Path) -> None:
    """Write the graph of one prediction and its loss, gradients included, to `path`.

    The worst prediction is taken: where the loss is nearly 0, so is every gradient, and there is nothing to see.
    """
    import viz
    from viz.graphs.dot import dot_of

    part, loss_function = data.held_out or data.train, LOSSES[loss_for(data)]
    outputs, targets = evaluator(model).outputs(part.rows).tolist(), part.targets.tolist()
    worst = max(range(len(part)), key=lambda i: float(loss_function([outputs[i]], [targets[i]])))
    row = [Value(x, label=name) for x, name in zip(part.rows[worst].tolist(), data.schema.inputs, strict=True)]
    prediction = model(row)
    if isinstance(prediction, Value):
        prediction.label = "prediction"
    loss = loss_function([prediction], [targets[worst]])
    loss.label = "loss"
    model.zero_grad()
    loss.backward()
    drawing = viz.draw(loss)
    note = "; ".join(filter(None, (drawing.sketch.note, _scale_of(data.schema.target))))
    sketch = replace(drawing.sketch, note=note)
    viz.render(replace(drawing, sketch=sketch, source=dot_of(sketch)), path)
    model.zero_grad()


def _scale_of(target: Any) -> str:
    """What the numbers of the picture are in the unit of the table, "" for classes."""
    if isinstance(target, ClassTarget):
        return ""
    zero, one = (target.notation.written(float(f"{x:.4g}")) for x in (target.mean, target.scale))
    return f"{one_line(target.name)} on one scale: 0 is {zero}, 1 is {one} more"


def pictures(
    model: Any,
    data: Dataset,
    history: History,
    influence: Influence,
    *,
    first: Any,
    began_with: Dataset,
    trained_with: Mapping[str, Any],
    remarks: list[str],
    planned: int,
) -> dict[str, tuple[str, Make]]:
    """The pictures that suit the run: name, meaning, and what draws them; of an ensemble the graph of the `first`
    network and its training are shown, on the data as it sees them. `trained_with`: optimizer, lr and batch_size;
    `remarks` on the training, `planned` epochs of it."""
    target = data.schema.target
    classes, unit = (target.classes, "") if isinstance(target, ClassTarget) else (None, target.notation.unit)

    def graph(path: Path) -> None:
        draw_example(first, began_with, path)

    def loss_curve(path: Path) -> None:
        from viz.learning import plots

        plots.loss_curve(history, path)

    def boundary(path: Path) -> None:
        from viz.learning import plots

        part = data.held_out or data.train
        plots.decision_boundary(model, part.rows, part.targets, path, classes=classes, names=data.schema.inputs)

    def confusion(path: Path) -> None:
        from viz.learning import plots

        part = data.held_out or data.train
        plots.confusion_matrix(model, part.rows, part.targets, path, classes=classes)

    def page(path: Path) -> None:
        from viz.learning.influence import dependence_svgs
        from viz.pages.training_page import training_page

        part = began_with.held_out or began_with.train
        rows = "held-out rows" if part is began_with.held_out else "training rows"
        drawn: list[tuple[str, Any]] = []
        with suppress(ValueError):  # nothing to show, as for a table of very many columns
            drawn.append(("What matters", importance_text()))
            panels = dependence_svgs(influence.dependences, answer=influence.answer, unit=unit)
            drawn.append(("How the answer follows single columns", panels))
        names = began_with.schema.inputs
        averaged = [AVERAGED] if len(first.parameters()) != len(model.parameters()) else []
        training_page(
            first, history, part.rows, part.targets, path, classes=classes, names=names, pictures=drawn, rows=rows,
            notes=[*averaged, *remarks], planned=planned,
        )  # fmt: skip

    def importance_text() -> str:
        from viz.learning.influence import importance_svg

        names = called(influence.importances)
        found = {names[name]: loss for name, loss in influence.importances.items()}
        return importance_svg(found, figure=influence.figure)

    def dependence_text() -> str:
        from viz.learning.influence import dependence_svg

        return dependence_svg(influence.dependences, answer=influence.answer, unit=unit)

    def importance(path: Path) -> None:
        write_whole(path, importance_text().encode())

    def dependence(path: Path) -> None:
        write_whole(path, dependence_text().encode())

    def to_draw_on(path: Path) -> None:
        from viz.pages.playground import MOST_PARAMETERS, MOST_ROWS, OPTIMIZERS, playground

        count = len(model.parameters())
        if count > MOST_PARAMETERS >= len(first.parameters()):
            raise ValueError(
                f"the networks averaged into one have {count:,} parameters, and a page shows at most "
                f"{MOST_PARAMETERS:,}; --ensemble 1 trains one alone"
            )
        held = data.held_out  # those that chose the epoch belong to neither part: the figures are the terminal's
        rows = np.concatenate([part.rows for part in (held, data.train)])[:MOST_ROWS]
        targets = np.concatenate([part.targets for part in (held, data.train)])[:MOST_ROWS]
        told: dict[str, Any] = {"classes": classes, "names": data.schema.inputs, "title": f"Draw: {data.name}"}
        told["schema"] = data.schema
        if trained_with["optimizer"] in OPTIMIZERS:  # the page goes on with what it knows
            told |= trained_with
        playground(model, rows, targets, path, picture=data.picture, held_out=len(held), **told)

    suiting: dict[str, tuple[str, Make]] = {}
    suiting["graph.svg"] = ("the graph of the worst held-out prediction and its loss", graph)
    if history.epochs:
        suiting["loss.svg"] = ("the loss curves", loss_curve)
        suiting["training.html"] = ("the run to go through epoch by epoch, in a browser", page)
    if data.table is not None:
        suiting["importance.svg"] = ("how much each column matters", importance)
        suiting["dependence.svg"] = ("how the answer follows the columns that matter most", dependence)
    if len(data.schema.inputs) == 2:
        suiting["boundary.svg"] = ("what the model answers over the plane of its two inputs", boundary)
    if data.picture is not None:
        suiting[DRAWING] = ("a page to draw on: what the model takes it for, and its worst mistakes", to_draw_on)
    if classes is not None and 2 < len(classes) <= MAX_CONFUSION:
        suiting["confusion.svg"] = ("which class was taken for which", confusion)
    return suiting
