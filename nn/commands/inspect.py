"""`glassgrad inspect`: what each column of a table is taken for, and why, before anything is trained."""

from __future__ import annotations

import argparse

import numpy as np

from autograd.wording import counted
from nn.commands.leaks import leaks
from nn.commands.reading_options import add_reading_options, reading_of
from nn.tables.data import names_in
from nn.tables.footers import without_footer
from nn.tables.loading import read_table
from nn.tables.meaning import Meaning, checked_types, meaning_of
from nn.tables.one_case import in_one_case
from nn.tables.table import Table
from nn.tables.targets import find_task
from nn.tables.text_files import TableError
from nn.wording import cut, cut_apart, one_line

SHOWN = 3  # examples a column

EXAMPLES = """examples:
  glassgrad inspect houses.csv
  glassgrad inspect houses.csv --target price        also what looks like a leak of it
  glassgrad inspect houses.csv --type zip=category --decimal ,
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad inspect`."""
    parser.add_argument("data", metavar="FILE", help="a table: CSV, Parquet, JSON lines or Excel; - for standard input")
    parser.add_argument("--target", metavar="COLUMN", help="the column to predict")
    add_reading_options(parser, types=True)


def run(options: argparse.Namespace) -> int:
    """Print a line for each column; returns 2 where something is to be decided by the user first."""
    reading = reading_of(options)
    table = read_table(options.data, missing=reading.missing, decimal=reading.decimal)
    table = in_one_case(table) if reading.same_case else table
    ignored = names_in(reading.ignore, table)
    said = checked_types(reading.types, table)
    if options.target is not None:
        table.column(options.target)
    rows_in, columns_in = (counted(n, what) for n, what in ((len(table), "row"), (len(table.names), "column")))
    print(f"{table.shown}: {rows_in}, {columns_in}{_layout(table)}")
    table = without_footer(table)
    for note in table.notes:
        print(f"  {note}")
    undecided = False
    rows = [("column", "taken for", "missing", "examples", "why")]
    for name, shown in zip(table.names, cut_apart(table.names), strict=True):
        try:
            meaning = meaning_of(table, name, said.get(name) if name not in ignored else None)
            task = find_task(table, name, said.get(name)) if name == options.target else ""
        except TableError as error:
            undecided = True
            meaning, task = Meaning("?", str(error).removeprefix(table.shown).lstrip(":, ")), "?"
        kind = "ignored" if name in ignored else meaning.kind
        if name == options.target:
            kind = f"target: {task}"
        kind = "?" if meaning.kind == "?" and name not in ignored else kind
        missing = int(table.column(name).missing.sum())
        rows.append((cut(shown), kind, f"{missing:,}" if missing else "", _examples(table, name), meaning.why))
    _print_columns(rows)
    for sentence in leaks(table, options.target) if options.target is not None and not undecided else ():
        print(one_line(sentence))
    if undecided:
        print("undecided: the lines with ? name the options that decide")
    return 2 if undecided else 0


def _layout(table: Table) -> str:
    if table.dialect is None:
        return ""
    named = {"\t": "tabs", " ": "blanks"}.get(table.dialect.delimiter, f"'{table.dialect.delimiter}'")
    return f", parted by {named}"


def _examples(table: Table, name: str) -> str:
    cells = table.column(name)
    found: list[str] = []
    for row in np.flatnonzero(~cells.missing)[:200]:
        text = cut(str(cells.text(int(row))))
        if text not in found:
            found.append(text if len(text) <= 20 else text[:17] + "...")
        if len(found) == SHOWN:
            break
    return ", ".join(found)


def _print_columns(rows: list[tuple[str, ...]]) -> None:
    widths = [min(40, max(len(row[i]) for row in rows)) for i in range(len(rows[0]) - 1)]
    for *cells, last in rows:
        line = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
        print(f"{line}  {one_line(last)}".rstrip())
