"""`glassgrad explain`: one row's answer, which inputs carry it, and the smallest change of one input that turns it."""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.commands.contributions import as_shares, contributions, rounded
from nn.commands.given_row import given_row, which, written
from nn.commands.one_hot import letters_before, likely_letters
from nn.commands.reading_options import add_reading_options, missing_of
from nn.commands.stored import load_model, model_file, stored_schema
from nn.evaluators import evaluator
from nn.metrics import class_probabilities
from nn.tables import dates
from nn.tables.cells import Cells, Numbers, Texts, encoded
from nn.tables.columns import Column, DateColumn, NumberColumn, TextColumn
from nn.tables.meaning import moments_of, numbers_of
from nn.tables.numerals import Notation
from nn.tables.schema import Schema
from nn.tables.steps import without_steps
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, NumberTarget
from nn.tasks.columns import called, numbers_told
from nn.wording import cut, cut_apart, one_line, quoted

STEPS = 200  # tried between the least and the greatest number of a column
SHOWN = 10
LEAST = 0.0005  # of all, below which a share would be 0.0 %
LONGEST_NUMBER = 12  # characters of a cell; one with more is written to six digits
LONGEST_TOLD = 110  # characters of a column's name and what counts in its place
FEW = 3  # columns without a value that are named one by one

EXAMPLES = """examples:
  glassgrad explain runs/houses-1/model.json "area=80,rooms=3,city=Bonn"
  glassgrad explain runs/flats-1/model.json "Area m2=80,5; Rooms=3"   decimal commas: pairs parted by ;
  glassgrad explain runs/houses-1/model.json houses.csv:12            row 12 of a table
  glassgrad explain runs/sounds-1/model.json ee.wav                   a file of one row
  glassgrad explain runs/names-1/model.json mar                       letters: which comes next?

Columns that are left out count as missing.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad explain`."""
    parser.add_argument("model", metavar="MODEL.json", help="a model of glassgrad train, or its run folder")
    parser.add_argument(
        "row",
        metavar="ROW",
        help="COLUMN=VALUE pairs parted by , or ; or FILE:NUMBER for a row of a table, or a FILE of one row; of a "
        "model of names: letters",
    )
    add_reading_options(parser)


def run(options: argparse.Namespace) -> int:
    """Print the answer for the row and what it comes from; returns the exit code."""
    options.model = model_file(options.model)
    model = load_model(options.model)
    schema = stored_schema(model, options.model)
    table = given_row(options.row, schema, missing_of(options, schema), options.decimal)
    remarks = list(table.doubts)
    inputs = schema.encode(table, remarks)
    answers = _answers(model, schema, inputs)
    if table.rows is not None:
        print(which(table))
    print(f"{schema.target.name}: {answers.shown(0)}")
    empty = [quoted(column.name) for column in schema.columns if table.column(column.name).missing[0]]
    if empty:
        remarks.append(f"no value for {_named(empty, len(schema.columns))}: filled in as in training, so less sure")
    if told := numbers_told(column.name for column in schema.columns):
        remarks.append(told)
    for remark in remarks[:SHOWN]:
        print(f"  {remark}")
    back = letters_before(schema)
    if back and isinstance(schema.target, ClassTarget) and answers.chances is not None:
        print(likely_letters(table, answers.chances[0].tolist(), schema.target.classes, back))
    _print_contributions(model, schema, table, inputs, answers)
    if back:  # whose columns cannot be changed one by one
        return 0
    changes = list(_changes(model, schema, table))
    if isinstance(schema.target, ClassTarget):
        print("the smallest change of one column that turns the answer:" if changes else _steady(schema))
    else:
        print("what the answer becomes between the ends of one column:")
    for line in changes[:SHOWN]:
        print(f"  {line}")
    return 0


def _named(empty: list[str], columns: int) -> str:
    if len(empty) <= FEW:
        return ", ".join(empty)
    return f"{len(empty):,} of the {columns:,} columns ({', '.join(empty[:FEW])}, ...)"


def _print_contributions(model: Any, schema: Schema, table: Table, inputs: np.ndarray, answers: _Answers) -> None:
    """Print what leads from the answer to mean inputs to that for the row, column by column."""
    texts = [isinstance(column, TextColumn) for column in schema.columns]
    numbers = "each number the mean of the training rows"
    none = "each text left open"
    start = none if all(texts) else f"{numbers}, {none}" if any(texts) else numbers
    mean = _answers(model, schema, np.zeros_like(inputs))  # inputs are standardized, texts 0 or 1
    print(f"the answer to a row in the middle ({start}): {mean.shown(0)}")
    target, told = schema.target, _with_gaps(schema, table)
    if isinstance(target, ClassTarget):
        parts = contributions(model, schema, inputs[0], int(answers.numbers[0]))
        print(
            f"what draws it from there towards {cut(answers.of(0))} (+) and away from it (-), as shares of the sizes "
            "of all of them together:"
        )
        for name, share in _apart(as_shares(parts), told)[:SHOWN]:
            if abs(share) >= LEAST or len(parts) <= FEW:
                print(f"  {share:>+8.1%}  {name}")
        return
    parts = _apart(contributions(model, schema, inputs[0], 0), told)
    rest = parts[SHOWN:]
    if rest:
        others = f"the other {len(rest):,} columns together" if len(rest) > 1 else rest[0][0]
        parts = [*parts[:SHOWN], (others, math.fsum(part for _, part in rest))]
    print(f"what leads from there to {answers.shown(0)}, column by column:")
    unit = f" {target.notation.unit}" if target.notation.unit else ""
    mark = target.notation.decimal
    lines = [(f"{part.replace('.', mark)}{unit}", name) for name, part in rounded(parts)]
    width = max((len(part) for part, _ in lines), default=0)
    for part, name in lines:
        print(f"  {part:>{width}}  {name}")
    if answers.numbers[0] in (target.low, target.high):
        print("  (they add up to more: answers are cut a range beyond what training saw)")


def _with_gaps(schema: Schema, table: Table) -> dict[str, str]:
    """What the columns are called, those without a value with what counts in its place."""
    told = _told(schema)
    for column in map(without_steps, schema.columns):
        if table.column(column.name).missing[0]:
            told[column.name] += f" (missing: {_instead_of_gap(column)})"
    return told


def _instead_of_gap(column: Column) -> str:
    if isinstance(column, TextColumn):
        return "a kind of its own" if column.missing else "no kind counts"
    return f"{written(column, column.median)}, the median, counts" + (" and the gap itself" if column.indicator else "")


def _told(schema: Schema) -> dict[str, str]:
    """What the columns are called in what is printed, by their names."""
    return called(column.name for column in schema.columns)


def _apart(parts: list[tuple[str, float]], told: dict[str, str]) -> list[tuple[str, float]]:
    names = cut_apart((told[name] for name, _ in parts), LONGEST_TOLD)
    return [(name, part) for name, (_, part) in zip(map(one_line, names), parts, strict=True)]


def _steady(schema: Schema) -> str:
    return "no change of one column within what training saw turns the answer"


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a model answers to some rows: numbers, or the places of classes and how sure they are."""

    target: ClassTarget | NumberTarget
    numbers: np.ndarray
    chances: np.ndarray | None = None

    def of(self, row: int) -> str:
        """The class that a row is answered with."""
        assert isinstance(self.target, ClassTarget)
        return self.target.classes[self.numbers[row]]

    def shown(self, row: int) -> str:
        """The answer to a row, numbers as the cells of the target have them."""
        if isinstance(self.target, ClassTarget):
            assert self.chances is not None
            return f"{self.of(row)} ({self.chances[row, self.numbers[row]]:.1%})"
        return Notation(self.target.notation.decimal, self.target.notation.unit).written(float(self.numbers[row]))


def _answers(model: Any, schema: Schema, inputs: np.ndarray) -> _Answers:
    outputs = evaluator(model).outputs(inputs)
    target = schema.target
    if not isinstance(target, ClassTarget):
        return _Answers(target, target.restore(outputs))
    chances = class_probabilities(outputs)
    return _Answers(target, chances.argmax(axis=1), chances)


def _changes(model: Any, schema: Schema, table: Table) -> Iterator[str]:
    """For each column what other values of it make of the answer."""
    found: list[tuple[float, str]] = []
    names = tuple(column.name for column in schema.columns)
    now = _answers(model, schema, schema.encode(table))
    told = _told(schema)
    for column in map(without_steps, schema.columns):
        values, cells = _tried(column)
        others = [table.column(name).take(np.zeros(len(values), int)) for name in names]
        others[names.index(column.name)] = cells
        answers = _answers(model, schema, schema.encode(Table("the row", names, tuple(others))))
        if isinstance(schema.target, ClassTarget):
            found += _turning(column, told[column.name], values, cells, answers, int(now.numbers[0]), table)
        else:
            first, last = 0, len(values) - 1
            if isinstance(column, TextColumn):
                first, last = int(answers.numbers.argmin()), int(answers.numbers.argmax())
            ends = f"{told[column.name]}: {values[first]} to {values[last]}"
            found.append((0.0, f"{ends} gives {answers.shown(first)} to {answers.shown(last)}"))
    yield from (line for _, line in sorted(found, key=lambda pair: pair[0]))


def _turning(
    column: Column, name: str, values: list[str], cells: Cells, answers: _Answers, now: int, table: Table
) -> list[tuple[float, str]]:
    """The nearest value of the column with another class than now, and how far it is."""
    other = np.flatnonzero(answers.numbers != now)
    if not len(other):
        return []
    given = table.column(column.name)
    was = given.text(0)
    if isinstance(cells, Texts) or isinstance(column, TextColumn):
        return [(1.0, f"{name} = {values[other[0]]} {_instead(was)}: {answers.shown(other[0])}")]
    start = float(_numbers(column, table)[0])
    if was is not None and (isinstance(given, Numbers) or len(was) > LONGEST_NUMBER):
        was = written(column, start)
    reach = float(cells.numbers.max() - cells.numbers.min()) or 1.0
    distance = np.abs(cells.numbers[other] - (column.median if was is None else start)) / reach
    i = int(other[distance.argmin()])
    return [(float(distance.min()), f"{name} = {values[i]} {_instead(was)}: {answers.shown(i)}")]


def _instead(was: str | None) -> str:
    return "where it is missing" if was is None else f"instead of {was}"


def _numbers(column: NumberColumn | DateColumn, table: Table) -> np.ndarray:
    cells = table.column(column.name)
    if isinstance(column, DateColumn):
        return moments_of(cells, column.format)[0]
    return numbers_of(cells, Notation(column.decimal, column.unit))[0]


def _tried(column: Column) -> tuple[list[str], Cells]:
    """Values of the column as it writes them, and as cells: the categories, or numbers or moments as they rise."""
    if isinstance(column, TextColumn):
        return list(column.categories), encoded(column.categories)
    dated = isinstance(column, DateColumn)
    low, high = (column.low, column.high) if isinstance(column, DateColumn) else column.seen
    numbers = np.linspace(low, high, STEPS)
    unit = dates.DAY if dated else 1.0
    if all((x / unit).is_integer() for x in ((low, high) if dated else (low, high, 2 * column.median))):
        numbers = np.unique(np.round(numbers / unit)) * unit  # nobody has 3.0151 rooms
    return [written(column, x) for x in numbers.tolist()], Numbers(numbers, dated)
