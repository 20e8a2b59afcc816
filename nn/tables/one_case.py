"""Texts that differ in case alone taken for one, where the user says that they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nn.tables.cells import Cells, Texts
from nn.tables.table import Table
from nn.wording import quoted


def in_one_case(table: Table) -> Table:
    """The table whose texts are those that are written most often of all that differ in case alone; notes name them."""
    notes: list[str] = []
    columns = tuple(_joined(column, name, notes) for name, column in zip(table.names, table.columns, strict=True))
    return replace(table, columns=columns, notes=(*table.notes, *notes)) if notes else table


def _joined(column: Cells, name: str, notes: list[str]) -> Cells:
    if not isinstance(column, Texts):
        return column
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(column.values):
        groups.setdefault(text.casefold(), []).append(i)
    if len(groups) == len(column.values):
        return column
    counts = column.counts()
    chosen = [min(group, key=lambda i: (-counts[i], column.values[i])) for group in groups.values()]
    places = np.empty(len(column.values) + 1, dtype=np.int64)
    places[-1] = -1  # of a missing cell
    for place, group in enumerate(groups.values()):
        places[group] = place
    several = [(i, group) for i, group in zip(chosen, groups.values(), strict=True) if len(group) > 1]
    some = "; ".join(
        f"{' and '.join(quoted(column.values[k]) for k in group[:4])} as {quoted(column.values[i])}"
        for i, group in several[:3]
    )
    notes.append(f"column {quoted(name)}: texts that differ in case alone count as one: {some}")
    return Texts([column.values[i] for i in chosen], places[column.codes])
