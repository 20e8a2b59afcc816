"""What models of built-in data are asked with, and what is said to whoever gives them something else."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from nn.commands.one_hot import letters_before
from nn.tables.data import Dataset
from nn.tables.schema import Schema, missing_columns
from nn.tables.table import Table
from nn.tasks.sounds import bands
from nn.tasks.vowels import INPUTS
from nn.wording import in_quotes

DRAWING = "draw.html"  # the page to draw on
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
            yield f"it answers for tables with {_columns(data.schema)}: natural logarithms of frequencies in Hz"
        if page is not None:
            yield f"draw on {page} and save what you have drawn as a row, drawing.csv"
        yield f"use the model: glassgrad predict {model} {'FILE.csv' if page is None else 'drawing.csv'}"


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
    if len(names) > 1 and names == tuple(f"pixel {k}" for k in range(len(names))):
        return "; a model of pictures takes what its page to draw on, draw.html, saves as a row"
    if names == INPUTS:
        return f"; these are natural logarithms of frequencies in Hz, such as {INPUTS[1]}=6.2 for 500 Hz"
    return ""


def unfit(schema: Schema, table: Table) -> str:
    """What is wrong with a table that lacks columns of the model, "" where it has them all."""
    absent = missing_columns(schema, table)
    if absent is None:
        return ""
    if table.names == bands():
        return f"{table.shown} is a recording, and the model takes none; {RECORDINGS}"
    return absent + wanted(schema)
