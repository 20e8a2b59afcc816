"""From the path of a file to its table, whatever the format of the file."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace

from nn.tables import other_formats
from nn.tables.cells import Numbers
from nn.tables.numerals import Notation
from nn.tables.reading import MAX_CELLS, Progress, parse
from nn.tables.table import MISSING, Table
from nn.tables.text_files import TableError, decode, read_bytes
from nn.tables.units import column_notation
from nn.wording import place


def read_table(
    path: str | os.PathLike[str],
    *,
    missing: Collection[str] | None = None,
    decimal: str | None = None,
    progress: Progress | None = None,
) -> Table:
    """The table in the file: CSV and its relatives, packed or not, Parquet, JSON lines, Excel; "-" is standard input.

    `missing` says which texts count as missing beside the usual ones, or beside empty cells where "" is among them;
    `decimal` is the decimal mark where the cells leave it open. Raises
    TableError, one line that names the file, and ImportError where the package that reads such files is not installed.
    """
    named = os.fspath(path)
    shown = place(named)
    gone = missing_texts(missing)
    content = read_bytes(named)
    other = other_formats.read(content, named, gone)
    if other is not None:
        return _with_decimal(other, decimal)
    file = decode(content, shown)
    del content
    parsed = parse(file, shown, gone, progress)
    notes = file.notes
    titles = parsed.dialect.titles
    if titles:
        above = f"the first {titles} lines are" if titles > 1 else "the first line is"
        notes = (*notes, f"{above} above the column names and left out")
    if not parsed.dialect.header:
        notes = (*notes, "the first line is a row like the others: the columns are called 'column 1', 'column 2', ...")
    table = Table(named, parsed.dialect.names, parsed.columns, None, notes, file, parsed.dialect)
    return _with_decimal(table, decimal)


def missing_texts(said: Collection[str] | None) -> frozenset[str]:
    """All texts that count as missing where the user says so of some."""
    own = frozenset(text.strip() for text in said or ())
    return own if "" in own else own | MISSING


def _with_decimal(table: Table, decimal: str | None) -> Table:
    """The table with the decimal mark that its columns tell of, when they agree."""
    if len(table) * len(table.names) > MAX_CELLS:
        raise TableError(f"{table.shown} has more than {MAX_CELLS:,} cells; train on a sample of its rows")
    if decimal is not None:
        return replace(table, decimal=decimal)
    decided = set()
    for column in table.columns:
        if isinstance(column, Numbers):
            decided.add(".")
        elif column.values:
            notation = column_notation(column.values)
            if isinstance(notation, Notation) and notation.decided:
                decided.add(notation.decimal)
    if not decided and table.dialect is not None and table.dialect.delimiter == ",":
        return table
    return replace(table, decimal=decided.pop() if len(decided) == 1 else None)
