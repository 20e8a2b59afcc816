"""`glassgrad playground`: a page in which a network is built, trained and taken apart with the mouse."""

from __future__ import annotations

import argparse
import webbrowser
from pathlib import Path
from typing import Any

from nn.commands.interruption import writing
from nn.commands.reading_options import add_reading_options, reading_of
from nn.tables.data import load_dataset
from nn.tables.targets import ClassTarget
from nn.wording import whole

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
    """What the page is to show: rows on one scale, as training would see them."""
    data = load_dataset(options.data, target=options.target, validation=0.0, held_out=0.0, reading=reading_of(options))
    rows, targets = data.train.rows, data.train.targets
    if len(rows) > MOST_ROWS:
        chosen = [round(k * (len(rows) - 1) / (MOST_ROWS - 1)) for k in range(MOST_ROWS)]
        print(f"{len(rows):,} rows are more than a page shows; {MOST_ROWS:,} of them are taken")
        rows, targets = rows[chosen], targets[chosen]
    target = data.schema.target
    classes = target.classes if isinstance(target, ClassTarget) else None
    title = data.name
    return {"X": rows.tolist(), "y": targets.tolist(), "classes": classes, "names": data.schema.inputs, "title": title}
