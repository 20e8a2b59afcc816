"""Lines below a table that are no rows: empty ones, sums, where the numbers come from.

They hold next to nothing or say that they are sums. They teach nothing, but a sum would be learned as a target and a
source as a text.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nn.tables.cells import Texts
from nn.tables.reading import FEWEST_COLUMNS, MOST_BELOW
from nn.tables.table import Table

FEW_CELLS = 2  # in each, a word and a sum
SUMS = frozenset((
    "total", "totals", "grand total", "subtotal", "sum", "sums", "average", "mean", "\N{N-ARY SUMMATION}", "ø",
    "summe", "summen", "gesamt", "insgesamt", "gesamtsumme", "endsumme", "zwischensumme", "durchschnitt", "mittelwert",
    "moyenne", "somme", "totale", "totaal", "gemiddelde", "suma", "promedio",
))  # fmt: skip
USUAL = 200  # rows that say how many cells are filled otherwise


def without_footer(table: Table) -> Table:
    """The table without such lines at its end, of which it has a note."""
    count = len(table)
    if count <= MOST_BELOW:
        return table
    last, first = np.arange(count - MOST_BELOW, count), np.arange(min(USUAL, count - MOST_BELOW))
    full = ~_sums(table, last)
    if len(table.names) >= FEWEST_COLUMNS and np.median(_filled(table, first)) > FEW_CELLS:
        full &= _filled(table, last) > FEW_CELLS
    begin = int(np.flatnonzero(full)[-1]) + 1 if full.any() else MOST_BELOW
    if begin == MOST_BELOW:
        return table
    kind, first_line = table.line(int(last[begin])).split()
    last_line = table.line(count - 1).split()[-1]
    are = f"{kind} {first_line} is" if begin == MOST_BELOW - 1 else f"{kind}s {first_line} to {last_line} are"
    note = f"{are} left out: sums, sources or nothing, and no rows"
    return replace(table.take(np.arange(int(last[begin]))), notes=(*table.notes, note))


def _sums(table: Table, rows: np.ndarray) -> np.ndarray:
    """Which of the rows have the word for a sum in a column where no other row has it."""
    found = np.zeros(len(rows), dtype=bool)
    for column in table.columns:
        if isinstance(column, Texts):
            there = set(column.codes[rows].tolist()) - {-1}
            words = [k for k in there if column.values[k].casefold().rstrip(": ") in SUMS]
            alone = [k for k in words if (column.codes == k).sum() == 1]
            found |= np.isin(column.codes[rows], alone)
    return found


def _filled(table: Table, rows: np.ndarray) -> np.ndarray:
    """How many cells of each of the rows are filled."""
    return len(table.names) - np.sum([column.missing[rows] for column in table.columns], axis=0)
