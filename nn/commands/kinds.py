"""What models of built-in data are asked with, and what is said to whoever gives them something else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from nn.commands.one_hot import letters_before
from nn.tables.data import Dataset
from nn.tables.schema import Schema, missing_columns
from nn.tables.table import Table
from nn.tasks.columns import LOGARITHMS, of_pixels
from nn.tasks.sounds import bands
from nn.tasks.vowels import INPUTS
from nn.wording import argument, in_quotes

DRAWING = "draw.html"  # the page to draw on
MOST_IGNORED = 3  # columns that are named once more
RECORDINGS = "a model of sounds takes a recording: a wav file with one vowel"


def uses(at: str, name: str, data: Dataset, page: str | None) -> Iterator[str]:
    """How the model in the file `at` is used that was trained on the data of this name; `page` is one to draw on."""
    model = shlex.quote(at)
    if name == "names":
        code = f"from nn.tasks.names import invent; print(*invent({at!r}))"
        yield f"which letter comes next: glassgrad explain {model} mar"
        yield f"use the model: python -c {in_quotes(code)}"
    elif name == "sounds":
        yield f"use the model: glassgrad explain {model} YOURS.wav tells the vowel in a recording"
    else:
        if data.table is None:
            yield f"it answers for tables with {_columns(data.schema)}"
        elif name == "vowels":
            yield f"it answers for tables with {_columns(data.schema)}: {LOGARITHMS}"
            yield f"a row of them explained: glassgrad explain {model} {in_quotes(_some_row(data))}"
        if page is not None:
            yield f"draw on {page} and save what you have drawn as a row, drawing.csv"
        yield f"use the model: glassgrad predict {model} {'FILE.csv' if page is None else 'drawing.csv'}"


def _some_row(data: Dataset) -> str:
    """A row of the table, the first one held out, as pairs."""
    assert data.table is not None
    row = 0 if data.indexes is None or not len(data.indexes[2]) else int(data.indexes[2][0])
    numbers = {column.name: data.table.column(column.name).text(row) for column in data.schema.columns}
    return ", ".join(f"{name}={float(x or 0.0):.3f}" for name, x in numbers.items())


def _columns(schema: Schema) -> str:
    """What a table for the model has to hold."""
    names = [column.name for column in schema.columns]
    if len(names) > 3:
        return f"{len(names)} columns, {names[0]} to {names[-1]}"
    return f"the column{'s' if len(names) > 1 else ''} {' and '.join(names)}"


def wanted(schema: Schema) -> str:
    """A clause about what the model takes, "" for one of a table."""
    names = tuple(column.name for column in schema.columns)
    if names == bands():
        return f"; {RECORDINGS}"
    if letters_before(schema):
        return "; a model of names takes letters: glassgrad explain MODEL.json mar"
    if of_pixels(names):
        return "; a model of pictures takes what its page to draw on, draw.html, saves as a row"
    if names == INPUTS:
        return f"; {LOGARITHMS}"
    return ""


def no_file(text: str, schema: Schema, at: str) -> str:
    """A clause for who gives `predict` a text that is no file: letters are for `explain`; `at`: where the model is."""
    if letters_before(schema) and text.isalpha():
        return f"; for letters: glassgrad explain {shlex.quote(at)} {shlex.quote(text)}"
    return ""


def unfit(schema: Schema, table: Table) -> str:
    """What is wrong with a table that lacks columns of the model, "" where it has them all."""
    absent = missing_columns(schema, table)
    if absent is None:
        return ""
    if table.names == bands():
        return f"{table.shown} is a recording, and the model takes none; {RECORDINGS}"
    return absent + (wanted(schema) or ("" if absent.endswith("?") else _without(schema, table)))


def _without(schema: Schema, table: Table) -> str:
    """A clause on what to do about columns that a table lacks, "" where it is another table altogether."""
    names = [column.name for column in schema.columns]
    absent = [name for name in names if name not in table.places]
    if len(absent) == len(names):
        return ""
    them = "it" if len(absent) == 1 else "them"
    options = " ".join(f"--ignore {argument(name)}" for name in absent[:MOST_IGNORED])
    more = " ..." if len(absent) > MOST_IGNORED else ""
    return f"; add {them} empty, which counts as missing, or train without {them}: {options}{more}"
