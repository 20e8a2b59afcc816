"""The cells of one column: its different texts and which of them each row has, or numbers, or moments.

What a column means is decided from its different texts, of which there are few where there are many rows. A column of
a million different numbers is kept as numbers from the start.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.tables.dates import written


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Different texts, and for each row the place of its own among them, -1 for a missing cell."""

    values: list[str]
    codes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def missing(self) -> np.ndarray:
        return self.codes < 0

    def counts(self, rows: Any = None) -> np.ndarray:
        """How many rows (of those given) have each of the texts."""
        codes = self.codes if rows is None else self.codes[rows]
        return np.bincount(codes[codes >= 0], minlength=len(self.values))

    def take(self, rows: Any) -> Texts:
        """The cells of some rows, with the texts that are left among them."""
        codes = self.codes[rows]
        used, codes_of_used = np.unique(codes[codes >= 0], return_inverse=True)
        taken = np.full(len(codes), -1, dtype=np.int64)
        taken[codes >= 0] = codes_of_used
        return Texts([self.values[i] for i in used], taken)

    def text(self, row: int) -> str | None:
        code = self.codes[row]
        return None if code < 0 else self.values[code]

    def listed(self) -> list[str | None]:
        """Every row's text, None for a missing one."""
        return [None if code < 0 else self.values[code] for code in self.codes.tolist()]

    def mapped(self, values: Sequence[float]) -> np.ndarray:
        """A number for each row, from one for each text; nan for missing ones."""
        table = np.array([*values, np.nan], dtype=float)
        return table[self.codes]  # -1 is the last


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A number a row, nan for a missing one; or a moment, in seconds since 1970, where `dates`."""

    numbers: np.ndarray
    dates: bool = False

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def missing(self) -> np.ndarray:
        return np.isnan(self.numbers)

    def take(self, rows: Any) -> Numbers:
        return Numbers(self.numbers[rows], self.dates)

    def text(self, row: int) -> str | None:
        x = float(self.numbers[row])
        if self.dates and x == x:
            return written(x)
        return None if x != x else f"{int(x)}" if x.is_integer() and abs(x) < 1e15 else repr(x)


Cells = Texts | Numbers


def encoded(cells: Iterable[str | None]) -> Texts:
    """The cells with each different text once, in the order in which they first come."""
    places: dict[str, int] = {}
    codes = [-1 if cell is None else places.setdefault(cell, len(places)) for cell in cells]
    return Texts(list(places), np.array(codes, dtype=np.int64))
