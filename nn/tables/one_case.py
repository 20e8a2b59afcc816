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
    texts, counts = column.values, column.counts()
    groups: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        groups.setdefault(text.casefold(), []).append(i)
    if len(groups) == len(texts):
        return column
    chosen = [min(group, key=lambda i: (-counts[i], texts[i])) for group in groups.values()]
    places = np.empty(len(texts) + 1, dtype=np.int64)
    places[-1] = -1  # of a missing cell
    for place, group in enumerate(groups.values()):
        places[group] = place
    several = [(i, group) for i, group in zip(chosen, groups.values(), strict=True) if len(group) > 1]
    some = "; ".join(
        f"{' and '.join(quoted(texts[k]) for k in group[:4])} as {quoted(texts[i])}"
        for i, group in several[:3]
    )
    notes.append(f"column {quoted(name)}: texts that differ in case alone count as one: {some}")
    return Texts([texts[i] for i in chosen], places[column.codes])
