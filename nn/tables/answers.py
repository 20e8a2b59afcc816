"""What a model answers for the rows of a table, and the rows' own text with the answers behind it.

The rows stay as they are, to the byte: delimiter, quotation marks, encoding and line ends are the file's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from nn.metrics import class_probabilities
from nn.tables.cells import Texts
from nn.tables.columns import NumberColumn
from nn.tables.dialect import BLANKS, Dialect
from nn.tables.schema import Schema
from nn.tables.steps import without_steps
from nn.tables.table import Table
from nn.tables.targets import ClassTarget


def answer_columns(
    schema: Schema, outputs: Any, taken: Sequence[str], threshold: float | None = None, decimal: str = "."
) -> tuple[list[str], list[list[str]]]:
    """The names of the answer's columns, none of which is in `taken`, and the cells of each.

    A number has the fewest digits that read back as it, behind the mark `decimal`.
    Raises ValueError where the outputs do not fit the target.
    """
    target = schema.target
    array = np.asarray(outputs, dtype=float)
    if not isinstance(target, ClassTarget):
        if array.ndim > 1:
            raise ValueError(f"the model gives {array.shape[1]} outputs where one number is wanted")
        numbers = [repr(float(y)).replace(".", decimal) for y in target.restore(array)]
        return [_free_name(f"predicted_{target.name}", taken)], [numbers]
    width = array.shape[1] if array.ndim > 1 else 1
    if width != schema.outputs:
        raise ValueError(f"the model's outputs do not fit its {len(target.classes)} classes; wanted {schema.outputs}")
    chances = class_probabilities(array)
    if threshold is not None and len(target.classes) == 2:
        places = (chances[:, 1] >= threshold).astype(int)
    else:
        places = chances.argmax(axis=1)
    names: list[str] = []
    for name in (f"predicted_{target.name}", *(f"probability_{label}" for label in target.classes)):
        names.append(_free_name(name, [*taken, *names]))
    cells = [[target.classes[i] for i in places]]
    cells += [[f"{p:.6g}".replace(".", decimal) for p in column] for column in chances.T.tolist()]
    return names, cells


def own_decimal(schema: Schema, table: Table) -> str:
    """The decimal mark that the rows' own numbers have, by which the answers behind them are read in one go with them.

    Where no cell of the rows tells, it is that of the numbers the model was trained on. A point where commas part the
    cells, or where the answers are no part of a text file.
    """
    if table.dialect is None or table.dialect.delimiter == ",":
        return "."
    if table.decimal is not None:
        return table.decimal
    numbers = [column for column in map(without_steps, schema.columns) if isinstance(column, NumberColumn)]
    return "," if numbers and all(column.decimal == "," for column in numbers) else "."


def with_answers(table: Table, names: Sequence[str], cells: Sequence[Sequence[str]]) -> bytes:
    """The text of the table's file with the answers behind each row; of a table without one, CSV."""
    if table.source is None or table.dialect is None:
        return _as_csv(table, names, cells)
    text = table.source.content.decode("utf-8")
    delimiter = " " if table.dialect.delimiter == BLANKS else table.dialect.delimiter
    answers = map(list, zip(*cells, strict=True))
    parts = [text[: table.dialect.before]]
    header = table.dialect.header
    for record, cells in _raw_records(text[table.dialect.before :], table.dialect):
        if not _is_row(cells, table.dialect):
            parts.append(record)
            continue
        added = list(names) if header else next(answers)
        if len(cells) < len(table.dialect.names) and not header:  # a word below the rows
            parts.append(record)
            continue
        header = False
        own = record.rstrip("\r\n")
        glue = "" if table.dialect.trailing and own.rstrip(" ").endswith(delimiter) else delimiter
        parts += (own, glue, _fields(added, delimiter), record[len(own) :])
    source = table.source
    return source.mark + "".join(parts).encode(source.encoding, "backslashreplace")


def _raw_records(text: str, dialect: Dialect) -> Iterator[tuple[str, list[str]]]:
    """Each record as it stands in the text, its line end included, and its fields."""
    lines: list[str] = []

    def fed() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    if dialect.delimiter == BLANKS:
        yield from ((line, line.split()) for line in io.StringIO(text, newline=""))
        return
    for cells in csv.reader(fed(), delimiter=dialect.delimiter, strict=True, skipinitialspace=dialect.spaced):
        yield "".join(lines), cells
        lines.clear()


def _is_row(cells: Sequence[str], dialect: Dialect) -> bool:
    """Whether a record is the header or a row, and not a blank line or a comment."""
    if not cells or (len(cells) == 1 and not cells[0].strip()):
        return False
    width = len(dialect.names)
    return not cells[0].lstrip().startswith("#") or len(cells) in (width, width + dialect.trailing)


def _fields(cells: Sequence[str], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="").writerow(cells)
    return text.getvalue()


def _as_csv(table: Table, names: Sequence[str], cells: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*table.names, *names])
    own = [
        column.listed() if isinstance(column, Texts) else [column.text(i) for i in range(len(table))]
        for column in table.columns
    ]
    for row in zip(*own, *cells, strict=True):
        writer.writerow(["" if cell is None else cell for cell in row])
    return text.getvalue().encode("utf-8", "backslashreplace")


def _free_name(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += "_model"
    return name
