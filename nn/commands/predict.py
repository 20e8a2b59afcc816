"""`glassgrad predict`: a saved model applied to the rows of a table, which come back untouched with the answers."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from nn.commands.interruption import Signals
from nn.commands.kinds import no_file, unfit, wanted
from nn.commands.options import probability
from nn.commands.reading_options import add_reading_options, decimal_mark, missing_of
from nn.commands.stored import load_model, model_file, stored_schema
from nn.commands.streams import Unfailing
from nn.evaluators import evaluator
from nn.formats.files import write_whole
from nn.tables.answers import answer_columns, own_decimal, with_answers
from nn.tables.columns import Remarks
from nn.tables.footers import without_footer
from nn.tables.loading import read_table
from nn.tables.schema import Schema
from nn.tables.table import Table
from nn.tables.targets import ClassTarget
from nn.tables.text_files import STANDARD_INPUT, TableError
from nn.wording import one_line, place, reason, whole

MOST_REMARKS = 10
WIDE, MOST_SAID = 20, 5  # columns of rows in which nobody finds an answer; answers that are said beside them

EXAMPLES = """examples:
  glassgrad predict runs/houses-1/model.json new.csv                 the rows with their predictions, printed
  glassgrad predict runs/houses-1/model.json new.csv --out done.csv  the same in a file
  cat new.csv | glassgrad predict runs/houses-1/model.json -         rows from standard input

The rows stay as they are, delimiter and encoding too; behind them come predicted_TARGET and, for classes, one column
probability_CLASS each, with the decimal mark of the rows' own numbers unless --out-decimal says another.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad predict`."""
    parser.add_argument("model", metavar="MODEL.json", help="a model of glassgrad train, or its run folder")
    parser.add_argument(
        "data",
        metavar="FILE.csv",
        help="rows with the columns that the model was trained on; - for standard input",
    )
    parser.add_argument("--out", "-o", metavar="FILE", help="where to write (default, and -: print)")
    parser.add_argument(
        "--threshold", metavar="P", type=probability, help="of two classes, answer the second from this probability on"
    )
    parser.add_argument(
        "--out-decimal",
        metavar="MARK",
        type=decimal_mark,
        help="the decimal mark of the answers, . or , (default: that of the rows)",
    )
    add_reading_options(parser)


def run(options: argparse.Namespace) -> int:
    """Write the rows of the file with the model's predictions; returns the exit code."""
    out: str = options.out or "-"
    printed = out == "-"
    options.model = model_file(options.model)
    if not printed:
        _check_out(options)
    model = load_model(options.model)
    schema = stored_schema(model, options.model)
    try:
        table = read_table(options.data, missing=missing_of(options, schema), decimal=options.decimal)
    except TableError as error:
        there = os.path.isfile(options.data)
        more = wanted(schema) if there else no_file(options.data, schema, options.model)
        raise TableError(f"{error}{more}") from None
    if trouble := unfit(schema, table):
        raise TableError(trouble)
    remarks = list(table.doubts)
    rows = _inputs(schema, table, remarks)
    decimal = options.out_decimal or own_decimal(schema, table)
    try:
        outputs = evaluator(model).outputs(rows)
        names, cells = answer_columns(schema, outputs, table.names, options.threshold, decimal)
    except ValueError as error:
        raise ValueError(f"{place(options.model)}: the network does not fit the stored columns: {error}") from None
    unanswered = [""] * (len(table) - len(rows))
    content = with_answers(table, names, [[*column, *unanswered] for column in cells])
    if printed or _is_stdout(out):
        _print(content, table.source.encoding if table.source else "utf-8")
        if decimal == "," and options.out_decimal is None:
            remarks.insert(0, f"the predictions have a decimal {_marked(decimal, told=False)}")
    else:
        _write(Path(out), content)
        marked = _marked(decimal, told=options.out_decimal is not None)
        print(f"{len(rows):,} predictions written to {whole(out)}, with a decimal {marked}")
    if printed and len(table.names) > WIDE:
        _say_answers(schema, names[0], cells)
    for remark in remarks[:MOST_REMARKS]:
        sys.stderr.write(f"glassgrad: {one_line(remark)}\n")
    return 0


def _say_answers(schema: Schema, name: str, cells: list[list[str]]) -> None:
    """Say the first answers once more, which are hard to find behind so many columns."""
    target = schema.target
    for row, answer in enumerate(cells[0][:MOST_SAID]):
        if isinstance(target, ClassTarget):
            chance = cells[1 + target.classes.index(answer)][row].replace(",", ".")
            answer = f"{answer} ({float(chance):.1%})"
        sys.stderr.write(f"glassgrad: row {row + 1}: {one_line(f'{target.name} {answer}')}\n")
    if len(cells[0]) > MOST_SAID:
        sys.stderr.write(f"glassgrad: and so on, in the column {one_line(name)}\n")


def _inputs(schema: Schema, table: Table, remarks: Remarks) -> Any:
    """The inputs of every row, less the last ones where they are sums or sources, as training leaves them out."""
    rows = without_footer(table)
    if len(rows) < len(table):
        remarks.append(f"{rows.notes[-1]}: no answer there")
    return schema.encode(rows, remarks)


def _marked(decimal: str, *, told: bool) -> str:
    """The decimal mark in words; of a comma that the rows decide, how to get the other; `told`: by the user."""
    if decimal == ".":
        return "point"
    return "comma" if told else "comma as in the rows; --out-decimal . writes a point, as programs read it"


def _print(content: bytes, encoding: str) -> None:
    """Print a table: as text on a terminal, its bytes as they are where they go into a file or a pipe."""
    if sys.stdout.isatty() or not isinstance(sys.stdout, Unfailing):
        sys.stdout.write(content.decode(encoding, "replace"))
    else:
        sys.stdout.write_bytes(content)


def _check_out(options: argparse.Namespace) -> None:
    """Raise ValueError when the predictions would take the place of the model or of the rows."""
    for name, path in (("the model", options.model), ("the file with the rows", options.data)):
        if path != STANDARD_INPUT and _same_file(options.out, path):
            raise ValueError(f"--out '{place(options.out)}' is {name}; choose another file")


def _is_stdout(path: str) -> bool:
    """Whether `path` is a name for where stdout goes, such as /dev/stdout."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError, AttributeError):  # AttributeError: there is no stdout
        return False


def _same_file(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them does not exist
        return False


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or nothing."""
    if path.is_dir():
        raise ValueError(f"--out '{place(path)}' is a directory; wanted a file to write")
    try:
        with Signals() as signals, signals.raising():  # an interruption removes what was begun
            write_whole(path, content)
    except (OSError, ValueError) as error:
        raise ValueError(f"--out '{place(path)}' cannot be written: {reason(error)}") from None
