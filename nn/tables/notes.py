"""Notes on a table that is learned from: what was left out, and what the rows may lack to be learned or judged by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nn.tables.columns import DateColumn, Dropped, NumberColumn, TextColumn
from nn.tables.meaning import counted_from, moments_of, numbers_of, spelled_alike
from nn.tables.numerals import Notation
from nn.tables.schema import Schema
from nn.tables.strays import mark_of, may_have_mark, strays_of, words_of
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, NumberTarget
from nn.wording import argument, quoted

CHANCE_ROWS = 10  # in order by chance
FAR_TARGET = 1000.0  # deviations, as learned from the others

NOT_USED = "is not used"

Parts = tuple[np.ndarray, np.ndarray, np.ndarray]  # of the indexes to train on, to validate with, held out


def rare_classes(target: ClassTarget, targets: np.ndarray, indexes: Parts) -> list[str]:
    """Notes about classes of which there are too few rows to learn them or to judge by."""
    notes = []
    parts = [np.bincount(targets[part], minlength=len(target.classes)) for part in indexes]
    for i, label in enumerate(target.classes):
        train, _, held = (int(part[i]) for part in parts)
        if train == 0:
            notes.append(f"class {quoted(label)} is in none of the training rows, so it cannot be learned")
        elif int(sum(part[i] for part in parts)) < 5:
            count = int(sum(part[i] for part in parts))
            notes.append(f"class {quoted(label)} has {count} row{'s' if count > 1 else ''}: too few to be learned well")
        elif held == 0 and len(indexes[2]):
            notes.append(f"class {quoted(label)} is in none of the rows held out, so nothing says how well it is found")
    return notes


def far_targets(target: NumberTarget, targets: np.ndarray) -> list[str]:
    far = np.flatnonzero(np.abs(targets) > FAR_TARGET)
    if not len(far):
        return []
    worst = target.restore(float(targets[far[np.argmax(np.abs(targets[far]))]]))
    return [f"{len(far)} of {quoted(target.name)} lie very far from all others, such as {worst:g}: slips of the pen?"]


def in_order_of_time(table: Table, schema: Schema) -> list[str]:
    """A note when the rows stand in the order of a time: then the future is not to be judged by a random split."""
    if len(table) < CHANCE_ROWS:
        return []
    for column in schema.columns:
        if isinstance(column, DateColumn):
            moments, _ = moments_of(table.column(column.name), column.format)
            ordered = not np.isnan(moments).any() and (np.diff(moments) >= 0).all() and moments[0] < moments[-1]
        elif isinstance(column, NumberColumn):  # weeks, years: whatever else counts the rows is no column of numbers
            numbers, _ = numbers_of(table.column(column.name), Notation(column.decimal, column.unit))
            ordered = counted_from(numbers) is not None
        else:
            continue
        if ordered:
            shown = quoted(column.name)
            return [
                f"the rows are in the order of {shown}; --time {argument(column.name)} judges the model on the latest "
                "of them"
            ]
    return []


def strays(table: Table, schema: Schema) -> list[str]:
    """Notes about columns whose numbers are learned as categories since a few words stand among them."""
    texts = [column.name for column in schema.columns if isinstance(column, TextColumn)]
    if isinstance(schema.target, ClassTarget):
        texts.append(schema.target.name)
    found = ((strays_of(table, name), name) for name in texts)
    said = (words_of(table, name) if strays is None else strays.sentence for strays, name in found)
    return [sentence for sentence in said if sentence]


def marks(table: Table, schema: Schema) -> list[str]:
    """Notes about numbers that may stand for missing ones."""
    found = []
    for column in schema.columns:
        cells = table.column(column.name)
        if isinstance(column, NumberColumn) and may_have_mark(cells):
            mark = mark_of(cells, numbers_of(cells, Notation(column.decimal, column.unit))[0])
            found += [f"column {quoted(column.name)}: {mark}"] if mark else []
    return found


def spellings(schema: Schema) -> list[str]:
    """Notes about texts that may be one thing, which stay as they are."""
    texts = {column.name: column.categories for column in schema.columns if isinstance(column, TextColumn)}
    if isinstance(schema.target, ClassTarget):
        texts[schema.target.name] = schema.target.classes
    return [
        f"column {quoted(name)}: {' and '.join(map(quoted, group[:4]))} may be one thing spelled in several ways, and "
        f"count as different; where they are one, {_remedy(group)}"
        for name, found in texts.items()
        for group in spelled_alike(found)
    ]


def _remedy(group: Sequence[str]) -> str:
    one = len({text.casefold() for text in group}) == 1
    return "--same-case takes them for it" if one else "write them alike in the file"


def dropped_note(column: Dropped) -> str:
    name = quoted(column.name)
    if column.taken:
        return f"column {name} counts the rows and is taken all the same: there is no other to learn from"
    return f"column {name} {NOT_USED}: {column.reason}"
