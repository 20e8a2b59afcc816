"""`glassgrad explain`: one row's answer, which inputs carry it, and the smallest change of one input that turns it."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograd import Value, grad
from nn.commands.stored import load_model, stored_schema
from nn.evaluators import evaluator
from nn.metrics import class_probabilities
from nn.tables.cells import encoded
from nn.tables.columns import DateColumn, NumberColumn, TextColumn
from nn.tables.loading import missing_texts, read_table
from nn.tables.numerals import Notation
from nn.tables.schema import Schema
from nn.tables.standardizing import seen_range
from nn.tables.steps import without_steps
from nn.tables.table import Table
from nn.tables.targets import ClassTarget
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
    answer = _answers(model, schema, inputs)[0]
    print(f"{schema.target.name}: {answer}")
    empty = [quoted(column.name) for column in schema.columns if table.column(column.name).missing[0]]
    if empty:
        remarks.append(f"no value for {', '.join(dict.fromkeys(empty))}: filled in as in training, so less sure")
    for remark in remarks[:SHOWN]:
        print(f"  {remark}")
    print("what draws it up (+) and down (-) from the answer to mean inputs, by derivative times distance:")
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


def _answers(model: Any, schema: Schema, inputs: np.ndarray) -> list[str]:
    outputs = evaluator(model).outputs(inputs)
    target = schema.target
    if not isinstance(target, ClassTarget):
        return [f"{float(y):.6g}" for y in target.restore(outputs)]
    chances = class_probabilities(outputs)
    places = chances.argmax(axis=1)
    return [f"{target.classes[k]} ({chances[i, k]:.1%})" for i, k in enumerate(places)]


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
    classes = isinstance(schema.target, ClassTarget)
    for column in map(without_steps, schema.columns):
        if isinstance(column, DateColumn):
            continue
        values = _tried(column)
        others = [table.columns[table.places[c.name]].take(np.zeros(len(values), int)) for c in schema.columns]
        names = tuple(c.name for c in schema.columns)
        here = names.index(column.name)
        others[here] = encoded(values)
        answers = _answers(model, schema, schema.encode(Table("the row", names, tuple(others))))
        now = _answers(model, schema, schema.encode(table))[0]
        if classes:
            found += _turning(column, values, answers, now, table)
        elif isinstance(column, NumberColumn):
            found.append((0.0, f"{column.name} from {values[0]} to {values[-1]}: {answers[0]} to {answers[-1]}"))
        else:
            best, worst = max(answers, key=float), min(answers, key=float)
            found.append((0.0, f"{column.name}: {worst} to {best}"))
    yield from (line for _, line in sorted(found, key=lambda pair: pair[0]))


def _turning(column: Any, values: list[str], answers: list[str], now: str, table: Table) -> list[tuple[float, str]]:
    """The nearest value of the column with another class than now, and how far it is."""
    label = now.rpartition(" (")[0]
    other = [i for i, answer in enumerate(answers) if answer.rpartition(" (")[0] != label]
    if not other:
        return []
    was = table.column(column.name).text(0)
    if isinstance(column, TextColumn):
        return [(1.0, f"{column.name} = {values[other[0]]} instead of {was}: {answers[other[0]]}")]
    notation = Notation(column.decimal, column.unit)
    start = column.median if was is None else notation.number(was) or 0.0
    low, high = seen_range(column.low, column.high)
    reach = high - low or 1.0
    distance = [abs((notation.number(values[i]) or 0.0) - start) / reach for i in other]
    i = other[int(np.argmin(distance))]
    return [(min(distance), f"{column.name} = {values[i]} instead of {was}: {answers[i]}")]


def _tried(column: Any) -> list[str]:
    if isinstance(column, TextColumn):
        return list(column.categories)
    low, high = seen_range(column.low, column.high)
    numbers = np.linspace(low, high, STEPS)
    if all(float(x).is_integer() for x in (low, high, 2 * column.median)):
        numbers = np.unique(np.round(numbers))  # nobody has 3.0151 rooms
    mark = column.decimal
    return [f"{x:.6g}".replace(".", mark) for x in numbers.tolist()]
