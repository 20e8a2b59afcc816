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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nn.samples import Row, Samples, permutation, split_order
from nn.tables.cells import Numbers, encoded
from nn.tables.footers import without_footer
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of, moments_of, numbers_of, texts_of
from nn.tables.names import BUILT_IN, TASKS
from nn.tables.notes import Parts, dropped_note, far_targets, in_order_of_time, marks, rare_classes, spellings, strays
from nn.tables.one_case import in_one_case
from nn.tables.other_formats import from_frame
from nn.tables.reading import Progress
from nn.tables.schema import Schema, learn_schema, plain_column, plain_schema
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, class_labels, find_task
from nn.tables.text_files import STANDARD_INPUT, TableError
from nn.tasks.names import LETTERS, first_names, next_letters, one_hot
from nn.tasks.points import points
from nn.tasks.sounds import VOWELS, bands, spoken_vowels
from nn.tasks.vowels import INPUTS, measured_vowels
from nn.wording import quoted, shown, suggestion

# Below this, rows held back leave too little to learn from and too little to judge by.
FEWEST_ROWS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """Rows in three parts, what their numbers mean, and remarks on how they came about.

    >>> import os, tempfile
    >>> from nn import Table
    >>> path = os.path.join(tempfile.mkdtemp(), "sizes.csv")
    >>> with open(path, "w") as file:
    ...     _ = file.write("width,kind\\n" + "1.5,small\\n2.5,large\\n" * 20)
    >>> table = Table.from_file(path, target="kind")
    >>> table.schema.inputs
    ('width',)
    """

    name: str
    schema: Schema
    train: Samples
    validation: Samples
    held_out: Samples
    notes: tuple[str, ...] = ()
    table: Table | None = None
    indexes: Any = None  # of the table's rows in the three parts
    fixed: bool = False  # whether these are divided by time or group, and not to be divided in another way
    picture: tuple[int, int] | None = None  # rows that are pictures of so many rows and columns of pixels

    @classmethod
    def from_file(cls, path: str | os.PathLike[str], *, target: str, **options: Any) -> Dataset:
        """The table in a file, prepared for predicting the column `target`; options as for `table_dataset`, with
        `missing` and `decimal` of `Reading` for how the file is read."""
        reading = options.get("reading") or Reading()
        table = read_table(path, missing=reading.missing, decimal=reading.decimal)
        return table_dataset(table, target, **options)

    @classmethod
    def from_frame(cls, frame: Any, *, target: str, **options: Any) -> Dataset:
        """A frame of pandas, polars or Arrow, prepared for predicting the column `target`."""
        return table_dataset(from_frame(frame), target, **options)

    @property
    def X(self) -> np.ndarray:
        """The inputs of the rows to train on."""
        return self.train.rows

    @property
    def y(self) -> np.ndarray:
        """Their targets: class indexes, or numbers of mean 0 and deviation 1."""
        return self.train.targets


@dataclass(frozen=True, slots=True)
class Reading:
    """What the user says of a table.

    Attributes:
        ignore: columns left out. types: of columns, by name. missing: texts that count as missing, None for the usual.
        decimal: mark. positive: the class that is asked about. group, time: columns by which the rows are divided.
        same_case: whether texts that differ in case alone are one.
    """

    ignore: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] | None = None
    decimal: str | None = None
    positive: str | None = None
    group: str | None = None
    time: str | None = None
    same_case: bool = False

    @property
    def said(self) -> bool:
        return self != Reading()


def load_dataset(
    name: str,
    *,
    target: str | None = None,
    task: str | None = None,
    validation: float = 0.16,
    held_out: float = 0.2,
    reading: Reading | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Dataset:
    """The data set of a built-in name, or of the file at the path `name`.

    `validation` and `held_out` are fractions of all rows. For a file, `target` names the column to predict, `task`
    overrides what it is taken for, and `reading` what is said of the columns. Raises TableError (a ValueError) for
    unusable data and ImportError when a package is missing, each in one line.
    """
    fractions = (validation, held_out)
    reading = reading or Reading()
    if name in BUILT_IN and (target is not None or task is not None or reading.said):
        raise TableError(f"{name} is built in and has its own target; --target, --task and --ignore are for CSV files")
    if name in BUILT_IN:
        return _built_in(name, fractions, seed)
    if name != STANDARD_INPUT and not os.path.exists(name) and not re.search(r"[./\\]", name):
        raise TableError(f"there is no data set or file {quoted(name)}{suggestion(name, BUILT_IN)}")
    table = read_table(name, missing=reading.missing, decimal=reading.decimal, progress=progress)
    return table_dataset(table, target, task=task, fractions=fractions, reading=reading, seed=seed)


def _built_in(name: str, fractions: tuple[float, float], seed: int) -> Dataset:
    if name == "digits":
        X, y = digits()
        pixels = tuple(plain_column(f"pixel {i}", 0.0, 16.0, 16.0) for i in range(64))
        schema = Schema(pixels, ClassTarget("digit", tuple("0123456789")))
        data = _divided(name, schema, [[x / 16.0 for x in row] for row in X], y, fractions, seed)
        return replace(data, picture=(8, 8))
    if name in ("vowels", "sounds"):
        table = _measured_vowels() if name == "vowels" else _spoken_vowels(seed)
        return table_dataset(table, "vowel", fractions=fractions, reading=Reading(group="speaker"), seed=seed)
    if name == "names":
        return _next_letters(fractions, seed)
    X, y = moons(500, seed=seed) if name == "moons" else points(name, 500, seed=seed)
    classes = tuple(map(str, range(max(y) + 1)))
    target = ClassTarget("moon" if name == "moons" else "class", classes)
    schema = plain_schema(("x", "y"), target, float(np.min(X)), float(np.max(X)))
    return _divided(name, schema, X, y, fractions, seed)


def _measured_vowels() -> Table:
    rows, vowels, speakers = measured_vowels()
    columns = [Numbers(column) for column in rows.T]
    return Table("vowels", (*INPUTS, "vowel", "speaker"), (*columns, encoded(vowels), encoded(speakers)))


def _spoken_vowels(seed: int) -> Table:
    rows, vowels, speakers = spoken_vowels(1_200, seed=seed)
    labels, said = list(VOWELS), [f"speaker {k}" for k in speakers]
    columns = [Numbers(column) for column in rows.T]
    texts = encoded(labels[k] for k in vowels), encoded(said)
    return Table("sounds", (*bands(), "vowel", "speaker"), (*columns, *texts))


def _next_letters(fractions: tuple[float, float], seed: int) -> Dataset:
    """Whole names go to each part: a model is not asked for letters of a name that it has learned from."""
    names = first_names()
    parts = _divide([0] * len(names), fractions, seed)
    inputs = [f"{back} back: {letter}" for back in (3, 2, 1) for letter in LETTERS]
    schema = plain_schema(inputs, _NEXT_LETTER, 0.0, 1.0)
    samples = []
    for part in parts:
        before, letters = next_letters([names[k] for k in part], 3)
        samples.append(Samples(one_hot(before), letters))
    return Dataset("names", schema, *samples)


_NEXT_LETTER = ClassTarget("letter", (*LETTERS[:-1], "end"))


def table_dataset(
    table: Table,
    target: str | None,
    *,
    task: str | None = None,
    fractions: tuple[float, float] = (0.16, 0.2),
    reading: Reading | None = None,
    seed: int = 0,
) -> Dataset:
    """The rows of a table for predicting the column `target`; rows without a target are left out."""
    reading = reading or Reading()
    if target is None:
        raise TableError(f"{table.shown} wants --target COLUMN, the column to predict{suggestion('', table.names)}")
    table = in_one_case(table) if reading.same_case else table
    table = _with_target(without_footer(table), target)
    notes = list(table.notes)
    if sum(fractions) > 0 and len(table) < FEWEST_ROWS:
        raise TableError(
            f"{table.shown} has {len(table)} row{'s' if len(table) > 1 else ''} with a target, at least {FEWEST_ROWS} "
            "are wanted so that some can be held out; --validation 0 --held-out 0 trains on all of them"
        )
    if task is not None and task not in TASKS:
        raise TableError(f"there is no task {quoted(task)}{suggestion(task, TASKS)}")
    task = task or find_task(table, target, reading.types.get(target))
    strata = _strata(table, target, task)
    if reading.time is not None:
        indexes = _divide_by_time(table, reading.time, fractions)
        notes.append(f"divided by {quoted(reading.time)}: trained on the earliest rows, judged on the latest")
    elif reading.group is not None:
        indexes = _divide_by_group(table, reading.group, fractions, seed)
        notes.append(f"divided by {quoted(reading.group)}: no value of it is in two parts")
    else:
        indexes = _divide(strata, fractions, seed)
    ignore = names_in(reading.ignore, table)
    if reading.group is not None and reading.group != target:
        ignore = (*ignore, reading.group)
    schema, dropped = learn_schema(
        table, target, indexes[0], task=task, ignore=ignore, types=reading.types, positive=reading.positive
    )
    notes += [dropped_note(column) for column in dropped]
    notes += strays(table, schema) + marks(table, schema) + spellings(schema)
    schema = replace(schema, missing=reading.missing)
    if reading.time is None:
        notes += in_order_of_time(table, schema)
    rows, targets = schema.encode(table), schema.target.apply(table)
    if isinstance(schema.target, ClassTarget):
        notes += rare_classes(schema.target, targets, indexes)
    else:
        notes += far_targets(schema.target, targets)
    train, validated, held = (Samples(rows[part], targets[part]) for part in indexes)
    name = "standard input" if table.path == STANDARD_INPUT else os.path.splitext(os.path.basename(table.path))[0]
    return Dataset(
        name,
        schema,
        train,
        validated,
        held,
        tuple(notes),
        table,
        indexes,
        reading.time is not None or reading.group is not None,
    )


def encoded_by(schema: Schema, data: Dataset) -> Dataset:
    """The same rows of a table as another schema of its columns makes them inputs."""
    assert data.table is not None
    rows = schema.encode(data.table)
    parts = zip(data.indexes, (data.train, data.validation, data.held_out), strict=True)
    train, validation, held_out = (Samples(rows[part], samples.targets) for part, samples in parts)
    return replace(data, schema=schema, train=train, validation=validation, held_out=held_out)


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
    X, y = np.array(rows), np.array(targets, dtype=np.int64)
    train, validated, held = (Samples(X[part], y[part]) for part in _divide(targets, fractions, seed))
    return Dataset(name, schema, train, validated, held)


def _divide(labels: Sequence[Any] | np.ndarray, fractions: tuple[float, float], seed: int) -> Parts:
    """Indexes to train on, to validate with, to hold out; every part that was asked for gets a row."""
    order = split_order(labels, seed=seed)
    validation, held_out = _counts(len(labels), fractions)
    return order[held_out + validation :], order[held_out : held_out + validation], order[:held_out]


def _counts(rows: int, fractions: tuple[float, float]) -> tuple[int, int]:
    validation, held_out = (max(1, round(fraction * rows)) if fraction else 0 for fraction in fractions)
    if validation + held_out >= rows:
        raise TableError(f"--validation and --held-out leave none of {rows} rows to train on")
    return validation, held_out


def _divide_by_time(table: Table, name: str, fractions: tuple[float, float]) -> Parts:
    """The earliest rows to train on, later ones to validate with, the latest held out."""
    meaning = meaning_of(table, name)
    if meaning.kind == "date":
        when, _ = moments_of(table.column(name), meaning.format)
    elif meaning.kind in ("number", "identifier") and "texts" not in meaning.why:
        when, _ = numbers_of(table.column(name), meaning.notation)
    else:
        raise TableError(f"{table.shown}: --time {quoted(name)} wants dates or numbers: {meaning.why}")
    if np.isnan(when).any():
        raise TableError(f"{table.shown}: --time {quoted(name)} has {int(np.isnan(when).sum())} missing values")
    order = np.argsort(when, kind="stable")
    validation, held_out = _counts(len(table), fractions)
    end = len(table) - held_out
    return order[: end - validation], order[end - validation : end], order[end:]


def _divide_by_group(table: Table, name: str, fractions: tuple[float, float], seed: int) -> Parts:
    """Whole groups to each part, in a random order until a part has its rows."""
    codes = texts_of(table.column(name)).codes
    groups = np.unique(codes)
    parts = 1 + sum(fraction > 0 for fraction in fractions)
    if len(groups) < parts:
        raise TableError(f"{table.shown}: --group {quoted(name)} has {len(groups)} values; wanted {parts} at least")
    order = groups[permutation(random.Random(seed), len(groups))]
    size = {int(group): int(count) for group, count in zip(*np.unique(codes, return_counts=True), strict=True)}
    chosen: list[list[int]] = [[], []]
    left = list(map(int, order))
    for part, wanted in zip(chosen, reversed(_counts(len(table), fractions)), strict=True):
        count = 0
        while wanted and count < wanted and len(left) > 1:
            part.append(left.pop(0))
            count += size[part[-1]]
    held, validated = (np.flatnonzero(np.isin(codes, part)) for part in chosen)
    return np.flatnonzero(np.isin(codes, left)), validated, held


def _with_target(table: Table, target: str) -> Table:
    """The table without the rows whose target is missing, of which it has a note."""
    missing = table.column(target).missing
    if missing.all():
        raise TableError(f"{table.shown}: every value of the target column {quoted(target)} is missing")
    without = int(missing.sum())
    if not without:
        return table
    rows_have, are = ("rows have", "are") if without > 1 else ("row has", "is")
    note = f"{without:,} {rows_have} no {quoted(target)} and {are} left out"
    return replace(table.take(np.flatnonzero(~missing)), notes=(*table.notes, note))


def _strata(table: Table, target: str, task: str) -> np.ndarray:
    """A number for each row, the same for rows of one class."""
    if task != "classification":
        return np.zeros(len(table), dtype=np.int64)
    cells = texts_of(table.column(target))
    known: dict[str, int] = {}
    places = [known.setdefault(label, len(known)) for label in class_labels(cells)]
    return np.array(places, dtype=np.int64)[cells.codes]


def names_in(ignore: Sequence[str], table: Table) -> tuple[str, ...]:
    """The columns meant: each text is the name of one, or several parted by commas."""
    found: list[str] = []
    for text in ignore:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        found += [text] if text in table.places or len(parts) < 2 else parts
    return tuple(found)
