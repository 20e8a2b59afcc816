"""`glassgrad predict`: a saved model applied to the rows of a CSV file."""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import sys
from pathlib import Path
from typing import Any

from nn.evaluators import Output, evaluator
from nn.files import write_whole
from nn.interruption import Signals
from nn.metrics import predicted_class
from nn.saving import load
from nn.tables.schema import Schema, missing_columns, schema_from_dict
from nn.tables.table import Table, read_table
from nn.tables.targets import ClassTarget
from nn.tables.text_files import TableError
from nn.wording import place, reason, whole

EXAMPLES = """examples:
  glassgrad predict runs/houses-1/model.json new.csv                 the rows with their predictions, printed
  glassgrad predict runs/houses-1/model.json new.csv --out done.csv  the same in a file
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad predict`."""
    parser.add_argument("model", metavar="MODEL.json", help="a model that glassgrad train has written")
    parser.add_argument("data", metavar="FILE.csv", help="rows with the columns that the model was trained on")
    parser.add_argument("--out", "-o", metavar="FILE", help="where to write (default: print)")


def run(options: argparse.Namespace) -> int:
    """Write the rows of the file with the model's predictions; returns the exit code."""
    _check_out(options)
    try:
        model = load(options.model)
    except OSError as error:
        raise ValueError(f"the model '{place(options.model)}' cannot be read: {reason(error)}") from None
    schema = _stored_schema(model, options.model)
    table = read_table(options.data)
    absent = missing_columns(schema, table)
    if absent:
        raise TableError(absent)
    rows = schema.encode(table)
    try:
        outputs = evaluator(model).outputs(rows).tolist()
    except ValueError as error:
        raise ValueError(f"{place(options.model)}: the network does not fit the stored columns: {error}") from None
    text = _as_csv(table, schema, outputs)
    if options.out is None or _is_stdout(options.out):
        sys.stdout.write(text)
        if getattr(sys.stdout, "escaped", False):
            missing = f"characters that {sys.stdout.encoding} lacks are written as \\u..."
            sys.stderr.write(f"glassgrad: {missing}; --out FILE writes UTF-8\n")
        return 0
    _write(Path(options.out), text)
    print(f"{len(rows)} predictions written to {whole(options.out)}")
    return 0


def _check_out(options: argparse.Namespace) -> None:
    """Raise ValueError when the predictions would take the place of the model or of the rows."""
    for name, path in (("the model", options.model), ("the file with the rows", options.data)):
        if options.out is not None and _same_file(options.out, path):
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


def _stored_schema(model: Any, path: str) -> Schema:
    stored = model.metadata.get("table")
    if stored is None:
        raise ValueError(
            f"{place(path)} does not say how a table becomes its inputs; wanted a model from glassgrad train"
        )
    try:
        return schema_from_dict(stored)
    except ValueError as error:
        raise ValueError(f"{place(path)}: {error}") from None


def _as_csv(table: Table, schema: Schema, outputs: list[Output]) -> str:
    target = schema.target
    added = [_free_name(f"predicted {target.name}", table)]
    if isinstance(target, ClassTarget):
        added.append(_free_name("probability", table))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*table.names, *added])
    for i, output in enumerate(outputs):
        cells = ["" if column[i] is None else column[i] for column in table.columns]
        writer.writerow([*cells, *_prediction(schema, output)])
    return text.getvalue()


def _prediction(schema: Schema, output: Output) -> list[Any]:
    target = schema.target
    if not isinstance(target, ClassTarget):
        if isinstance(output, list):
            raise ValueError(f"the model gives {len(output)} outputs where one number is wanted")
        return [f"{target.restore(output):.10g}"]
    wanted = schema.outputs
    if (len(output) if isinstance(output, list) else 1) != wanted:
        raise ValueError(f"the model's outputs do not fit its {len(target.classes)} classes; wanted {wanted}")
    at = predicted_class(output)
    return [target.classes[at], f"{_probability(output, at):.4f}"]


def _probability(output: Output, at: int) -> float:
    """The probability of class `at` from logits: softmax of a list, sigmoid of one number."""
    if not isinstance(output, list):
        return 1.0 / (1.0 + math.exp(-min(abs(output), 700.0)))  # of the class on whose side the output is
    return 1.0 / math.fsum(math.exp(min(x - output[at], 0.0)) for x in output)


def _free_name(name: str, table: Table) -> str:
    while name in table.places:
        name += " (model)"
    return name


def _write(path: Path, text: str) -> None:
    """Write a whole file or nothing."""
    if path.is_dir():
        raise ValueError(f"--out '{place(path)}' is a directory; wanted a file to write")
    try:
        with Signals() as signals, signals.raising():  # an interruption removes what was begun
            write_whole(path, text.encode("utf-8", "backslashreplace"))
    except (OSError, ValueError) as error:
        raise ValueError(f"--out '{place(path)}' cannot be written: {reason(error)}") from None
