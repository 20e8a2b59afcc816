"""The row that a command is asked about: COLUMN=VALUE pairs as the model's tables write them, or a row of a file."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Sequence

import numpy as np

from nn.commands.kinds import unfit, wanted
from nn.commands.one_hot import letters_before, spelled, with_others
from nn.tables import dates
from nn.tables.cells import encoded
from nn.tables.columns import Column, DateColumn, NumberColumn, TextColumn
from nn.tables.loading import missing_texts, read_table
from nn.tables.numerals import Notation
from nn.tables.schema import Schema
from nn.tables.steps import without_steps
from nn.tables.table import Table
from nn.tables.text_files import TableError
from nn.wording import in_quotes, one_line, place, quoted, suggestion

MARKS = ",;"  # between the pairs: decimal commas want the second
EXAMPLES = 2  # columns in an example
LONGEST_ROW = 60  # characters of its cells


def given_row(
    text: str, schema: Schema, missing: tuple[str, ...] | None = None, decimal: str | None = None
) -> Table:
    """The row meant, as a table of one row with all columns of the model; its `rows` where it is one of several.

    `missing`: the texts that count as missing. `decimal`: the mark where a file's cells leave it open.
    """
    path, _, number = text.rpartition(":")
    if number.isdigit() and ("=" not in text or os.path.isfile(path)):
        return _of_file(path, int(number), schema, missing, decimal)
    if os.path.isfile(text) or ("=" not in text and re.search(r"[/\\]|\.\w+$", text)):
        return _of_file(text, None, schema, missing, decimal)
    back = letters_before(schema)
    if back and "=" not in text:
        return _of_values(spelled(text, back), schema, missing)
    return _of_pairs(text, schema, missing)


def written(column: NumberColumn | DateColumn, x: float) -> str:
    """A number, or a moment, as the cells of its column have it."""
    if isinstance(column, DateColumn):
        return dates.written_as(x, column.format)
    return Notation(column.decimal, column.unit).written(x)


def example(schema: Schema) -> str:
    """A row with columns of the model, in their own clothes, as a word of a command."""
    pairs = [f"{column.name}={_usual(column)}" for column in map(without_steps, schema.columns[:EXAMPLES])]
    mark = ";" if any("," in pair for pair in pairs) else ","
    shielded = ('"' + pair.replace('"', '""') + '"' if mark in pair or '"' in pair else pair for pair in pairs)
    return in_quotes(f"{mark} ".join(shielded))


def _usual(column: Column) -> str:
    return column.categories[0] if isinstance(column, TextColumn) else written(column, column.median)


def _of_file(
    path: str, number: int | None, schema: Schema, missing: Collection[str] | None, decimal: str | None
) -> Table:
    table = read_table(path, missing=missing, decimal=decimal)
    if trouble := unfit(schema, table):
        raise TableError(trouble)
    if number is None and len(table) > 1:
        raise TableError(f"{table.shown} has {len(table):,} rows; say which: {place(path)}:1 is the first")
    if number is None and len(table) == 1:
        return table
    row = 1 if number is None else number
    if not 1 <= row <= len(table):
        raise TableError(f"{table.shown} has the rows 1 to {len(table):,}, not {row:,}")
    return table.take(np.array([row - 1]))


def which(table: Table) -> str:
    """Which row of its file was taken, and the beginning of what it holds."""
    said = ""
    for column in table.columns:
        cell = one_line(column.text(0) or "")
        if len(said) + len(cell) > LONGEST_ROW:
            said += "; ..." if said else quoted(cell)
            break
        said += f"; {cell}" if said else cell
    return f"{table.counted(0)} of {table.shown}: {said}"


def _of_pairs(text: str, schema: Schema, missing: Collection[str] | None) -> Table:
    names = [column.name for column in schema.columns]
    known = {*names, schema.target.name}
    readings = [_parted(text, mark) for mark in MARKS if mark in text] or [_parted(text, MARKS[0])]
    pairs = max(readings, key=lambda pairs: (all(equals for _, equals, _ in pairs), _known(pairs, known)))
    given: dict[str, str] = {}
    for name, equals, value in pairs:
        if not equals:
            commas = "; pairs with decimal commas are parted by ;, which one alone ends with" if name.isdigit() else ""
            raise ValueError(
                f"ROW wants COLUMN=VALUE pairs parted by , or ; such as {example(schema)}, or FILE:NUMBER, or a FILE "
                f"of one row; got {quoted(name)}{commas}{wanted(schema)}"
            )
        given[name] = value
    for name in given:
        if name not in known:
            raise ValueError(f"the model has no column {quoted(name)}{suggestion(name, names)}")
    return _of_values(given, schema, missing)


def _of_values(given: dict[str, str], schema: Schema, missing: Collection[str] | None) -> Table:
    """The row that has these values, and no others but those that they tell of."""
    names = [column.name for column in schema.columns]
    given = with_others(given, schema)
    gone = missing_texts(missing)
    cells = [given.get(name, "") for name in names]
    return Table("the row", tuple(names), tuple(encoded([None if cell in gone else cell]) for cell in cells))


def _parted(text: str, mark: str) -> list[tuple[str, str, str]]:
    """Names, equals signs (one that lacks it is no pair) and values; a pair in quotation marks may hold the mark."""
    parts = next(csv.reader([text], delimiter=mark, skipinitialspace=True), [])
    found = [part.partition("=") for part in parts if part.strip()]
    return [(name.strip(), equals, value.strip()) for name, equals, value in found]


def _known(pairs: Sequence[tuple[str, str, str]], known: set[str]) -> int:
    return sum(1 if name in known else -1 for name, _, _ in pairs)
