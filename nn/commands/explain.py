"""`glassgrad explain`: one row's answer, which inputs carry it, and the smallest change of one input that turns it."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd import Value, grad
from nn.commands.stored import load_model, stored_schema
from nn.evaluators import evaluator
from nn.metrics import class_probabilities
from nn.tables import dates
from nn.tables.cells import Cells, Numbers, Texts, encoded
from nn.tables.columns import Column, DateColumn, NumberColumn, TextColumn
from nn.tables.loading import missing_texts, read_table
from nn.tables.meaning import moments_of, numbers_of
from nn.tables.numerals import Notation
from nn.tables.schema import Schema
from nn.tables.standardizing import seen_range
from nn.tables.steps import without_steps
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, NumberTarget
from nn.tables.text_files import TableError
from nn.wording import quoted, suggestion

STEPS = 200  # tried between the least and the greatest number of a column
SHOWN = 10

EXAMPLES = """examples:
  glassgrad explain runs/houses-1/model.json "area=80,rooms=3,city=Bonn"
  glassgrad explain runs/houses-1/model.json houses.csv:12          row 12 of a table

Columns that are left out count as missing.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad explain`."""
    parser.add_argument("model", metavar="MODEL.json", help="a model that glassgrad train has written")
    parser.add_argument("row", metavar="ROW", help="COLUMN=VALUE parted by commas, or FILE:NUMBER for a row of a table")


def run(options: argparse.Namespace) -> int:
    """Print the answer for the row and what it comes from; returns the exit code."""
    model = load_model(options.model)
    schema = stored_schema(model, options.model)
    table = _row(options.row, schema)
    remarks: list[str] = []
    inputs = schema.encode(table, remarks)
    print(f"{schema.target.name}: {_answers(model, schema, inputs).shown(0)}")
    empty = [quoted(column.name) for column in schema.columns if table.column(column.name).missing[0]]
    if empty:
        remarks.append(f"no value for {', '.join(dict.fromkeys(empty))}: filled in as in training, so less sure")
    for remark in remarks[:SHOWN]:
        print(f"  {remark}")
    texts = any(isinstance(column, TextColumn) for column in schema.columns)
    mean = _answers(model, schema, np.zeros_like(inputs)).shown(0)  # inputs are standardized, texts 0 or 1
    print(f"the answer to mean {'numbers and no text' if texts else 'inputs'}: {mean}")
    print(
        "what draws it up (+) and down (-) from there: derivative times distance, as a share of the sizes of all of "
        "them together:"
    )
    for name, share in _shares(model, schema, inputs[0])[:SHOWN]:
        print(f"  {share:>+8.1%}  {name}")
    changes = list(_changes(model, schema, table))
    if isinstance(schema.target, ClassTarget):
        print("the smallest change of one column that turns the answer:" if changes else _steady(schema))
    else:
        print("what the answer becomes between the ends of one column:")
    for line in changes[:SHOWN]:
        print(f"  {line}")
    return 0


def _steady(schema: Schema) -> str:
    return "no change of one column within what training saw turns the answer"


def _row(text: str, schema: Schema) -> Table:
    """The row meant, as a table of one row with all columns of the model."""
    path, colon, number = text.rpartition(":")
    if colon and number.isdigit() and "=" not in text:
        table = read_table(path, missing=schema.missing)
        row = int(number)
        if not 1 <= row <= len(table):
            raise TableError(f"{table.shown} has the rows 1 to {len(table):,}, not {row:,}")
        return table.take(np.array([row - 1]))
    given: dict[str, str] = {}
    for part in next(csv.reader([text], skipinitialspace=True), []):
        name, equals, value = part.partition("=")
        if not equals:
            raise ValueError(f"ROW wants COLUMN=VALUE parted by commas, or FILE:NUMBER, got {quoted(part)}")
        given[name.strip()] = value.strip()
    names = [column.name for column in schema.columns]
    for name in given:
        if name not in names and name != schema.target.name:
            raise ValueError(f"the model has no column {quoted(name)}{suggestion(name, names)}")
    gone = missing_texts(schema.missing)
    cells = [given.get(name, "") for name in names]
    return Table("the row", tuple(names), tuple(encoded([None if cell in gone else cell]) for cell in cells))


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a model answers to some rows: numbers, or the places of classes and how sure they are."""

    target: ClassTarget | NumberTarget
    numbers: np.ndarray
    chances: np.ndarray | None = None

    def shown(self, row: int) -> str:
        """The answer to a row, with the unit of the target."""
        if isinstance(self.target, ClassTarget):
            assert self.chances is not None
            return f"{self.target.classes[self.numbers[row]]} ({self.chances[row, self.numbers[row]]:.1%})"
        return Notation(unit=self.target.notation.unit).written(float(self.numbers[row]))


def _answers(model: Any, schema: Schema, inputs: np.ndarray) -> _Answers:
    outputs = evaluator(model).outputs(inputs)
    target = schema.target
    if not isinstance(target, ClassTarget):
        return _Answers(target, target.restore(outputs))
    chances = class_probabilities(outputs)
    return _Answers(target, chances.argmax(axis=1), chances)


def _shares(model: Any, schema: Schema, row: np.ndarray) -> list[tuple[str, float]]:
    """Each column's part of the answer: the sum over its inputs of derivative times value, as shares of all sizes."""
    outputs = np.atleast_1d(evaluator(model).outputs(row[None])[0])
    chosen = int(outputs.argmax())

    def output(x: list[Any]) -> Value:
        out = model(x)
        return out[chosen] if isinstance(out, list) else out

    products = np.array(grad(output)(row.tolist())) * row
    parts, at = [], 0
    for column in schema.columns:
        width = len(column.inputs)
        parts.append((column.name, float(products[at : at + width].sum())))
        at += width
    total = sum(abs(part) for _, part in parts) or 1.0
    return sorted(((name, part / total) for name, part in parts), key=lambda pair: -abs(pair[1]))


def _changes(model: Any, schema: Schema, table: Table) -> Iterator[str]:
    """For each column what other values of it make of the answer."""
    found: list[tuple[float, str]] = []
    names = tuple(column.name for column in schema.columns)
    now = _answers(model, schema, schema.encode(table))
    for column in map(without_steps, schema.columns):
        values, cells = _tried(column)
        others = [table.column(name).take(np.zeros(len(values), int)) for name in names]
        others[names.index(column.name)] = cells
        answers = _answers(model, schema, schema.encode(Table("the row", names, tuple(others))))
        if isinstance(schema.target, ClassTarget):
            found += _turning(column, values, cells, answers, int(now.numbers[0]), table)
        else:
            first, last = 0, len(values) - 1
            if isinstance(column, TextColumn):
                first, last = int(answers.numbers.argmin()), int(answers.numbers.argmax())
            ends = f"{column.name} from {values[first]} to {values[last]}"
            found.append((0.0, f"{ends}: {answers.shown(first)} to {answers.shown(last)}"))
    yield from (line for _, line in sorted(found, key=lambda pair: pair[0]))


def _turning(
    column: Column, values: list[str], cells: Cells, answers: _Answers, now: int, table: Table
) -> list[tuple[float, str]]:
    """The nearest value of the column with another class than now, and how far it is."""
    other = np.flatnonzero(answers.numbers != now)
    if not len(other):
        return []
    was = table.column(column.name).text(0)
    if isinstance(cells, Texts) or isinstance(column, TextColumn):
        return [(1.0, f"{column.name} = {values[other[0]]} instead of {was}: {answers.shown(other[0])}")]
    start = float(_numbers(column, table)[0])
    reach = float(cells.numbers.max() - cells.numbers.min()) or 1.0
    distance = np.abs(cells.numbers[other] - (column.median if was is None else start)) / reach
    i = int(other[distance.argmin()])
    return [(float(distance.min()), f"{column.name} = {values[i]} instead of {was}: {answers.shown(i)}")]


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
    low, high = (column.low, column.high) if dated else seen_range(column.low, column.high)
    numbers = np.linspace(low, high, STEPS)
    unit = dates.DAY if dated else 1.0
    if all((x / unit).is_integer() for x in ((low, high) if dated else (low, high, 2 * column.median))):
        numbers = np.unique(np.round(numbers / unit)) * unit  # nobody has 3.0151 rooms
    written = [_written(column, x) for x in numbers.tolist()]
    return written, Numbers(numbers, dated)


def _written(column: NumberColumn | DateColumn, x: float) -> str:
    if isinstance(column, DateColumn):
        return dates.written_as(x, column.format)
    return Notation(column.decimal, column.unit).written(x)
