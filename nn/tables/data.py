"""Data sets ready to train on: two built in, and any table read from a file.

Each is divided once into rows to train on, rows that choose the best epoch, and rows held out that nothing but the
last line of the report ever looks at.
"""

from __future__ import annotations

import importlib
import math
import os
import random
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from nn.samples import Row, Samples, split_order
from nn.tables.columns import NumberColumn
from nn.tables.schema import Dropped, Schema, learn_schema, plain_schema
from nn.tables.table import Table, read_table
from nn.tables.targets import TASKS, ClassTarget, class_label, find_task
from nn.tables.text_files import TableError
from nn.wording import quoted, shown, suggestion

BUILT_IN = {
    "moons": "two interleaved half circles, 500 points (needs nothing else)",
    "digits": "1,797 handwritten digits of 8x8 pixels (needs scikit-learn)",
}

# Below this, rows held back leave too little to learn from and too little to judge by.
FEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows in three parts, what their numbers mean, and remarks on how they came about."""

    name: str
    schema: Schema
    train: Samples
    validation: Samples
    held_out: Samples
    notes: tuple[str, ...] = ()


def load_dataset(
    name: str,
    *,
    target: str | None = None,
    task: str | None = None,
    validation: float = 0.16,
    held_out: float = 0.2,
    ignore: Collection[str] = (),
    seed: int = 0,
) -> Dataset:
    """The data set of a built-in name, or of the CSV file at the path `name`.

    `validation` and `held_out` are fractions of all rows. For a file, `target` names the column to predict, `task`
    overrides what it is taken for, and the columns in `ignore` are left out. Raises TableError (a ValueError) for
    unusable data and ImportError when a package is missing, each in one line.
    """
    fractions = (validation, held_out)
    if name in BUILT_IN and (target is not None or task is not None or ignore):
        raise TableError(f"{name} is built in and has its own target; --target, --task and --ignore are for CSV files")
    if name == "moons":
        X, y = moons(500, seed=seed)
        return _divided(name, plain_schema(("x", "y"), ClassTarget("moon", ("0", "1"))), X, y, fractions, seed)
    if name == "digits":
        X, y = digits()
        pixels = tuple(NumberColumn(f"pixel {i}", 0.0, 0.0, 16.0, indicator=False) for i in range(64))
        schema = Schema(pixels, ClassTarget("digit", tuple("0123456789")))
        return _divided(name, schema, [[x / 16.0 for x in row] for row in X], y, fractions, seed)
    if not os.path.exists(name) and not re.search(r"[./\\]", name):
        raise TableError(f"there is no data set or file {quoted(name)}{suggestion(name, BUILT_IN)}")
    return table_dataset(read_table(name), target, task=task, fractions=fractions, ignore=ignore, seed=seed)


def table_dataset(
    table: Table,
    target: str | None,
    *,
    task: str | None = None,
    fractions: tuple[float, float] = (0.16, 0.2),
    ignore: Collection[str] = (),
    seed: int = 0,
) -> Dataset:
    """The rows of a table for predicting the column `target`; rows without a target are left out."""
    if target is None:
        raise TableError(f"{table.shown} wants --target COLUMN, the column to predict{suggestion('', table.names)}")
    notes = list(table.notes)
    table, without = _with_target(table, target)
    if without:
        rows_have, are = ("rows have", "are") if without > 1 else ("row has", "is")
        notes.append(f"{without} {rows_have} no {quoted(target)} and {are} left out")
    if sum(fractions) > 0 and len(table) < FEW_ROWS:
        raise TableError(
            f"{table.shown} has {len(table)} row{'s' if len(table) > 1 else ''} with a target, at least {FEW_ROWS} are "
            "wanted so that some can be held out; --validation 0 --held-out 0 trains on all of them"
        )
    if task is not None and task not in TASKS:
        raise TableError(f"there is no task {quoted(task)}{suggestion(task, TASKS)}")
    task = task or find_task(table, target)
    labels = [_stratum(cell, task, table.decimal) for cell in table.column(target)]
    indexes = _divide(labels, fractions, seed)
    schema, dropped = learn_schema(table, target, indexes[0], task=task, ignore=ignore)
    notes += [_dropped_note(column) for column in dropped]
    rows, targets = schema.encode(table), schema.target.apply(table)
    train, validated, held = (_part(rows, targets, part) for part in indexes)
    name = os.path.splitext(os.path.basename(table.path))[0]
    return Dataset(name, schema, train, validated, held, tuple(notes))


def moons(count: int = 500, *, noise: float = 0.1, seed: int = 0) -> tuple[list[Row], list[int]]:
    """Points on two interleaved half circles and the half circle, 0 or 1, that each belongs to, in random order.

    The same distribution as scikit-learn's `make_moons`: the upper half of the unit circle, and the lower half of one
    around (1, 0.5), points equally spaced along each, with normal noise of the standard deviation `noise` on both
    coordinates.

    >>> from nn import moons
    >>> X, y = moons(100, seed=1)
    >>> len(X), len(X[0]), sorted(set(y))
    (100, 2, [0, 1])
    """
    if count < 2:
        raise ValueError(f"moons: at least 2 points are wanted, got {shown(count)}")
    if not (noise >= 0.0 and math.isfinite(noise)):
        raise ValueError(f"moons: noise must be a finite number of at least 0, got {shown(noise)}")
    rng = random.Random(seed)
    points = []
    for label, size in ((0, count // 2), (1, count - count // 2)):
        for i in range(size):
            angle = math.pi * i / max(1, size - 1)
            x, y = math.cos(angle), math.sin(angle)
            if label == 1:
                x, y = 1.0 - x, 0.5 - y
            points.append(([x + rng.gauss(0.0, noise), y + rng.gauss(0.0, noise)], label))
    rng.shuffle(points)
    return [point for point, _ in points], [label for _, label in points]


def digits() -> tuple[list[Row], list[int]]:
    """The 1,797 handwritten digits that scikit-learn bundles: 64 pixels from 0 to 16, and the digit.

    Raises ImportError with the command that installs scikit-learn where it is missing.
    """
    try:
        datasets = importlib.import_module("sklearn.datasets")
    except ImportError:
        raise ImportError("digits needs scikit-learn, which is not installed: pip install scikit-learn") from None
    X, y = datasets.load_digits(return_X_y=True)
    return X.tolist(), y.tolist()


def _divided(
    name: str, schema: Schema, rows: list[Row], targets: list[int], fractions: tuple[float, float], seed: int
) -> Dataset:
    train, validated, held = (_part(rows, targets, part) for part in _divide(targets, fractions, seed))
    return Dataset(name, schema, train, validated, held)


def _part(rows: list[Row], targets: list[Any], indexes: list[int]) -> Samples:
    return Samples([rows[i] for i in indexes], [targets[i] for i in indexes])


def _divide(labels: list[Any], fractions: tuple[float, float], seed: int) -> tuple[list[int], list[int], list[int]]:
    """Indexes to train on, to validate with, to hold out; every part that was asked for gets a row."""
    order = split_order(labels, seed=seed)
    validation, held_out = (max(1, round(fraction * len(labels))) if fraction else 0 for fraction in fractions)
    if validation + held_out >= len(labels):
        raise TableError(f"--validation and --held-out leave none of {len(labels)} rows to train on")
    return order[held_out + validation :], order[held_out : held_out + validation], order[:held_out]


def _with_target(table: Table, target: str) -> tuple[Table, int]:
    """The table without the rows whose target is missing, and how many those were."""
    cells = table.column(target)
    kept = [i for i, cell in enumerate(cells) if cell is not None]
    if not kept:
        raise TableError(f"{table.shown}: every value of the target column {quoted(target)} is missing")
    if len(kept) == len(cells):
        return table, 0
    columns = tuple([column[i] for i in kept] for column in table.columns)
    lines = [table.lines[i] for i in kept]
    return Table(table.path, table.names, columns, lines, table.decimal, table.notes), len(cells) - len(kept)


def _stratum(cell: str | None, task: str, decimal: str) -> str:
    return class_label(cell, decimal) if task == "classification" and cell is not None else ""


def _dropped_note(column: Dropped) -> str:
    return f"column {quoted(column.name)} is not used: {column.reason}"
