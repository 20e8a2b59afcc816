"""Rows of models whose columns are one-hot, `3 back: m`: where one of a group is given the others are 0; and those of
the models of names, whose columns are the letters before the one asked about, which are given as a text."""

from __future__ import annotations

import re

from nn.tables.columns import NumberColumn
from nn.tables.schema import Schema
from nn.tables.table import Table
from nn.tasks.names import LETTERS
from nn.wording import cut, quoted

LIKELY = 8  # letters that are named
START = LETTERS[-1]  # stands before the first letter of a name
_BACK = re.compile(r"(\d+) back: (.)")


def with_others(given: dict[str, str], schema: Schema) -> dict[str, str]:
    """The values given, and 0 for columns of whose group another is given as 1."""
    groups = _groups(schema)
    chosen = {groups[name] for name, value in given.items() if name in groups and value.strip() == "1"}
    return {name: "0" for name, group in groups.items() if group in chosen} | given


def _groups(schema: Schema) -> dict[str, str]:
    """The group of each column that is 0 or 1 and called by its group and a value."""
    found = {}
    for column in schema.columns:
        group, colon, value = column.name.rpartition(": ")
        binary = isinstance(column, NumberColumn) and column.seen == (0.0, 1.0)
        if binary and colon and group and value:
            found[column.name] = group
    return found


def letters_before(schema: Schema) -> int:
    """How many letters the model looks back, 0 for a model of anything else."""
    found = [_BACK.fullmatch(column.name) for column in schema.columns]
    if not found or any(match is None or match[2] not in LETTERS for match in found):
        return 0
    return len(found) // len(LETTERS)


def spelled(text: str, back: int) -> dict[str, str]:
    """The columns that are 1 for the last letters of a text."""
    wrong = next((letter for letter in text.lower() if letter not in LETTERS), None)
    if wrong is not None:
        raise ValueError(f"the model knows the letters a to z, and got {quoted(wrong)} in {quoted(text)}")
    letters = (START * back + text.lower())[-back:]
    return {f"{back - k} back: {letter}": "1" for k, letter in enumerate(letters)}


def likely_letters(table: Table, chances: list[float], classes: tuple[str, ...], back: int) -> str:
    """The most likely letters behind those of the row, with their chances."""
    before = ""
    for k in range(back, 0, -1):
        ones = (letter for letter in LETTERS if table.column(f"{k} back: {letter}").text(0) in ("1", "1.0"))
        before += next(ones, "?")
    order = sorted(range(len(chances)), key=lambda k: -chances[k])[:LIKELY]
    likely = ", ".join(f"{cut(classes[k])} {chances[k]:.1%}" for k in order)
    return f"the most likely letters after {quoted(before.lstrip(START))}: {likely}"
