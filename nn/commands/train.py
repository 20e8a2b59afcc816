"""`glassgrad train`: from a data set's name to a folder with a trained model, its pictures and its figures."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nn.activations import ACTIVATIONS
from nn.commands.launch import prepared, reading
from nn.commands.options import HELD_OUT, at_least_one, at_least_zero, fraction, positive, sizes
from nn.commands.reading_options import add_reading_options, reading_of
from nn.commands.run_folder import check_out
from nn.layers import MLP
from nn.tables.names import BUILT_IN, OPTIMIZERS, QUESTIONS, TASKS
from nn.tasks.points import SHAPES
from nn.training.schedules import SCHEDULES
from nn.training.settings import Settings, Size, table_settings
from nn.wording import cut

if TYPE_CHECKING:
    from nn.tables.data import Dataset

PATIENCE = 0.2  # seconds of reading without a word
MOST_NOTES = 10  # printed; the summary has all

EXAMPLES = """examples:
  glassgrad train moons                                   two half circles; needs nothing else
  glassgrad train digits --hidden 64 --epochs 30          handwritten digits (pip install scikit-learn)
  glassgrad train houses.csv --target price               a table: the column decides between classes and numbers
  glassgrad train --resume runs/houses-1                  go on where it was ended or killed, to the same numbers
  glassgrad train wine.csv --target quality --task regression --ignore id --ignore comment

Ctrl-C stops the training, keeps the best model so far, writes the run folder and exits with 130; a second one leaves
out the pictures. While training goes on, model.json is that of the best epoch so far.
"""


# The built-in sets, whose networks are meant to be looked at; chosen so that moons is done in seconds on plain Python.
DEFAULTS = {
    "moons": Settings((16, 16), 20, 0.02, 16, 10),
    **dict.fromkeys(SHAPES, Settings((16, 16), 60, 0.02, 16, 20)),
    "digits": Settings((64,), 40, 0.005, 32, 12, l2=1e-3, schedule="cosine"),
    "vowels": Settings((32,), 60, 0.01, 32, 60, l2=3e-3, schedule="cosine", ensemble=5),
    "names": Settings((64,), 20, 0.005, 64, 4),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad train`."""
    add = parser.add_argument
    add(
        "data",
        metavar="DATA",
        nargs="?",
        help=f"{', '.join(BUILT_IN)}, or the path of a table (CSV, Parquet, ...); - for standard input",
    )
    add("--target", metavar="COLUMN", help="the column to predict")
    add("--task", metavar="TASK", help=f"{' or '.join(TASKS)}; by default found from the target column")
    add_reading_options(parser, types=True)
    add("--positive", metavar="CLASS", help="of two classes, the one that is asked about")
    add("--group", metavar="COLUMN", help="no value of this column comes into two parts of the data")
    add("--time", metavar="COLUMN", help="train on the rows that are earliest by this column, judge on the latest")
    add("--hidden", metavar="SIZES", type=sizes, help="neurons in each hidden layer: 16,16; 0 for a linear model")
    add(
        "--activation",
        choices=sorted(ACTIVATIONS),
        default="relu",
        metavar="NAME",
        help="relu, tanh, ... (default relu)",
    )
    add("--epochs", metavar="N", type=at_least_one, help="passes over the training rows, at most")
    add("--patience", metavar="N", type=at_least_one, help="epochs without improvement before training stops")
    add("--batch-size", metavar="N", type=at_least_one, help="rows a step")
    add(
        "--optimizer",
        choices=sorted(OPTIMIZERS),
        default="adam",
        metavar="NAME",
        help="adam, adamw or sgd (default adam)",
    )
    add("--lr", metavar="RATE", type=positive, help="step size")
    add("--schedule", metavar="NAME", choices=sorted(SCHEDULES), help="of the step size: cosine, constant, ...")
    add("--l2", metavar="PENALTY", type=at_least_zero, help="half of it times the square of every weight is added")
    add(
        "--ensemble",
        metavar="N",
        type=at_least_one,
        help="networks of a kind of which the model is the average; 1: one alone",
    )
    add(
        "--validation",
        metavar="FRACTION",
        type=fraction,
        default=0.16,
        help="rows that choose the epoch (default 0.16)",
    )
    add(
        "--held-out",
        metavar="FRACTION",
        type=fraction,
        default=HELD_OUT,
        help=f"rows kept for the final figures (default {HELD_OUT})",
    )
    add("--seed", metavar="N", type=int, default=0, help="of data, split, weights and order (default 0)")
    add("--out", metavar="DIR", help="where to write (default: a new folder in runs)")
    add(
        "--resume",
        metavar="RUN",
        help="go on with the training of a run folder that ended early; --epochs may be raised",
    )
    add("--quiet", action="store_true", help="print nothing but the name of the run folder")


def run(options: argparse.Namespace) -> int:
    """Train as the options say and write the run folder; returns the exit code."""
    started = time.perf_counter()
    say = _silent if options.quiet else print
    options.state = None
    if options.resume is not None:
        from nn.commands.resumption import resumed

        options = resumed(options, add_arguments)
    if options.data is None:
        raise ValueError(
            f"train: the following arguments are required: DATA ({', '.join(BUILT_IN)}, or the path of a table)"
        )
    check_out(options.out)
    words = first_words(options)
    if words:
        say(words)
    from nn.commands.training_run import TrainingRun  # what takes time to import comes after the first words
    from nn.tables.data import load_dataset

    data = load_dataset(
        options.data,
        target=options.target,
        task=options.task,
        validation=options.validation,
        held_out=options.held_out,
        reading=reading_of(options),
        seed=options.seed,
        progress=None if options.quiet else _reading_bar(),
    )
    if options.state is not None:
        from nn.commands.resumption import check_data

        check_data(options.state, data)
    usual = usual_settings(options.data, data)
    chosen = _settings(options, usual)
    inputs, outputs = len(data.schema.inputs), data.schema.outputs
    model = MLP(inputs, [*chosen.hidden, outputs], activation=options.activation, seed=options.seed)
    if words != about(data):
        say(about(data))
    _introduce(say, data, model, options, chosen)
    return TrainingRun(say, model, data, chosen, options, usual.lr).complete(started)


def first_words(options: argparse.Namespace) -> str:
    """What is said before NumPy is imported and the data are read, "" for nothing."""
    if options.data not in BUILT_IN:
        said = prepared() and options.resume is None  # before all was imported
        return "" if said else reading(options.data)
    known = options.data in QUESTIONS and options.state is None
    return f"{options.data}: {QUESTIONS[options.data]}" if known else ""


def about(data: Dataset) -> str:
    """What is learned from what, in a line."""
    from nn.tables.targets import ClassTarget

    target, inputs = data.schema.target, len(data.schema.inputs)
    if isinstance(target, ClassTarget):
        aim = f"{len(target.classes)} classes of {cut(target.name)}"
    else:
        aim = f"the number {cut(target.name)} (regression)"
    return f"{cut(data.name)}: {inputs} input{'s' if inputs > 1 else ''}, {aim}"


def _reading_bar() -> Callable[[int, int], None]:
    """What tells how many rows of a file have been read; silent for one that is read at once."""
    bars: list[Any] = []
    started = time.perf_counter()

    def report(rows: int, total: int) -> None:
        if not bars and rows != total and time.perf_counter() - started > PATIENCE:
            from nn.training.progress import progress_bar

            bars.append(progress_bar(total if total > 0 else None, True))
            bars[0].set_description_str("reading", refresh=False)
        for bar in bars:
            bar.total = total if total > 0 else None
            bar.update(rows - bar.n)
            if rows == total:
                bar.close()

    return report


def usual_settings(name: str, data: Dataset) -> Settings:
    """What the data of this name are trained with where the user says nothing."""
    return DEFAULTS.get(name) or table_settings(
        Size(len(data.train), len(data.schema.inputs), data.schema.outputs), data.schema.target.task == "regression"
    )


def _settings(options: argparse.Namespace, usual: Settings) -> Settings:
    """What is trained with: what the user says, else what is usual."""
    return Settings(
        usual.hidden if options.hidden is None else options.hidden,
        options.epochs or usual.epochs,
        options.lr or usual.lr,
        options.batch_size or usual.batch_size,
        options.patience or usual.patience,
        usual.l2 if options.l2 is None else options.l2,
        options.schedule or usual.schedule,
        options.ensemble or usual.ensemble,
    )


def _introduce(
    say: Callable[..., None], data: Dataset, model: Any, options: argparse.Namespace, chosen: Settings
) -> None:
    from nn.commands.report import loss_for

    for note in data.notes[:MOST_NOTES]:
        say(f"  {note}")
    if len(data.notes) > MOST_NOTES:
        say(f"  and {len(data.notes) - MOST_NOTES:,} more such notes")
    say(f"rows: {len(data.train)} to train, {len(data.validation)} to choose the epoch, {len(data.held_out)} held out")
    shape = "-".join(str(size) for size in (len(data.schema.inputs), *chosen.hidden, data.schema.outputs))
    bent = options.activation if chosen.hidden else "no hidden layer"
    say(
        f"network: {shape}, {bent}, {len(model.parameters())} parameters; "
        f"{loss_for(data).replace('_', ' ')}, {options.optimizer} with lr {chosen.lr:g}, batches of {chosen.batch_size}"
    )


def _silent(*_: Any) -> None:
    pass
