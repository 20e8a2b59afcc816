"""`glassgrad playground`: a page in which a network is built, trained and taken apart with the mouse."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path
from typing import Any

import numpy as np

from nn.commands.interruption import writing
from nn.commands.options import HELD_OUT, fraction
from nn.commands.reading_options import add_reading_options, reading_of
from nn.samples import Samples
from nn.tables.data import Dataset, load_dataset, table_dataset
from nn.tables.targets import ClassTarget
from nn.wording import one_line, whole

FEWEST = 10  # rows from which on some can be held out
MOST_NOTES = 10  # on the table, which are printed
MOST_ROWS = 2_000  # that the page shows; of more, evenly spaced ones are taken

EXAMPLES = """examples:
  glassgrad playground                                    data sets to choose from in the page
  glassgrad playground spiral
  glassgrad playground iris.csv --target species          a table of your own
  glassgrad playground houses.csv --target price -o houses.html --open

The page is one file that needs no network; open it in any browser.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `glassgrad playground`."""
    add = parser.add_argument
    add("data", metavar="DATA", nargs="?", help="a built-in data set or the path of a CSV file; by default none")
    add("--target", metavar="COLUMN", help="the column of the CSV file to predict")
    add_reading_options(parser, types=True)
    add(
        "--held-out",
        metavar="FRACTION",
        type=fraction,
        help=f"rows of the file that are not trained on (default {HELD_OUT})",
    )
    add("--out", "-o", metavar="FILE", default="playground.html", help="the page (default playground.html)")
    add("--open", action="store_true", help="open it in the browser")


def run(options: argparse.Namespace) -> int:
    """Write the page and say where it is; returns the exit code."""
    from viz.pages.playground import DATA_SETS, playground

    given: dict[str, Any] = {}
    if options.data in DATA_SETS:  # which the page makes itself
        given = {"dataset": options.data}
    elif options.data is not None:
        given = _given(options)
    if options.target is not None and "X" not in given:
        raise ValueError("--target names a column of a CSV file; give the file too: glassgrad playground FILE.csv")
    with writing(options.out):
        path = playground(path=options.out, **given).path
    print(f"written to {whole(options.out)}")
    if options.open:
        webbrowser.open(Path(str(path)).resolve().as_uri())
    return 0


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """What the page is to show: rows on one scale, as training would see them, those that are held out first."""
    data = _divided(options)
    for note in data.notes[:MOST_NOTES]:
        print(f"  {one_line(note)}")
    parts = [data.held_out, data.train]
    count = sum(map(len, parts))
    if count > MOST_ROWS:
        print(f"{count:,} rows are more than a page shows; {MOST_ROWS:,} of them are taken")
        held = round(MOST_ROWS * len(data.held_out) / count)
        parts = [_spaced(data.held_out, held), _spaced(data.train, MOST_ROWS - held)]
    names, target = data.schema.inputs, data.schema.target
    if parts[0]:
        print(f"{len(parts[0]):,} of {sum(map(len, parts)):,} rows are held out; --held-out 0 trains on all")
    else:
        print("no rows are held out: what is right of those trained on says little of other rows")
    return {
        "X": np.concatenate([part.rows for part in parts]).tolist(),
        "y": np.concatenate([part.targets for part in parts]).tolist(),
        "classes": target.classes if isinstance(target, ClassTarget) else None,
        "names": names,
        "schema": None if data.table is None else data.schema,
        "title": data.name,
        "held_out": len(parts[0]),
    }


def _divided(options: argparse.Namespace) -> Dataset:
    """The rows to train on and those held out; by default none of a table that has too few."""
    share, reading = options.held_out, reading_of(options)
    first = 0.0 if share is None else share
    data = load_dataset(options.data, target=options.target, validation=0.0, held_out=first, reading=reading)
    if share is not None or len(data.train) < FEWEST:
        return data
    if data.table is None:
        return load_dataset(options.data, validation=0.0, held_out=HELD_OUT)
    return table_dataset(data.table, options.target, fractions=(0.0, HELD_OUT), reading=reading)


def _spaced(part: Samples, count: int) -> Samples:
    """So many rows of the part, evenly spaced."""
    chosen = np.linspace(0, len(part) - 1, count).round().astype(np.int64)
    return Samples(part.rows[chosen], part.targets[chosen])
