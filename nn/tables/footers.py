"""Lines below a table that are no rows: empty ones, sums, where the numbers come from.

They hold next to nothing, and so teach nothing, but a sum would be learned as a target and a source as a text.
"""

from __future__ import annotations

import numpy as np

from nn.tables.table import Table

MOST = 10  # such lines
FEW_CELLS = 2  # in each, a word and a sum
FEWEST_COLUMNS = 4
USUAL = 200  # rows that say how many cells are filled otherwise


def without_footer(table: Table) -> tuple[Table, str]:
    """The table without such lines at its end, and a note on them, "" where there are none."""
    count = len(table)
    if len(table.names) < FEWEST_COLUMNS or count <= MOST:
        return table, ""
    last, first = np.arange(count - MOST, count), np.arange(min(USUAL, count - MOST))
    full = _filled(table, last) > FEW_CELLS
    begin = int(np.flatnonzero(full)[-1]) + 1 if full.any() else MOST
    if begin == MOST or not full.any() or np.median(_filled(table, first)) <= FEW_CELLS:
        return table, ""
    kind, first_line = table.line(int(last[begin])).split()
    last_line = table.line(count - 1).split()[-1]
    has = f"{kind} {first_line} has" if begin == MOST - 1 else f"{kind}s {first_line} to {last_line} have"
    return table.take(np.arange(int(last[begin]))), f"{has} hardly a value, as sums and sources do: left out"


def _filled(table: Table, rows: np.ndarray) -> np.ndarray:
    """How many cells of each of the rows are filled."""
    return len(table.names) - np.sum([column.missing[rows] for column in table.columns], axis=0)
