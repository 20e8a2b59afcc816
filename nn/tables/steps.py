"""A number as steps: beside the number itself, how far it has climbed each step between numbers seen in training.

A network of one standardized number bends its answer a few times along it; where a number stands for a place, a year or
a price, the answer jumps from one to the next, which inputs that rise one after the other let it do (piecewise linear
encoding: Gorishniy, Rubachev and Babenko 2022). Whether that helps is decided in `training.blending`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from nn.tables import dates
from nn.tables.columns import Column, DateColumn, NumberColumn, Remarks, TextColumn, column_from_dict, finite_number
from nn.tables.meaning import moments_of, numbers_of
from nn.tables.numerals import Notation
from nn.tables.table import Table
from nn.wording import quoted

FEW = 64  # different numbers, up to which each is an end of a step
STEPS = 16  # otherwise, with as many rows each
MOST_ENDS = 1_000  # in a stored column
MOST_ROWS = 20_000  # from which steps are learned


@dataclass(frozen=True, slots=True)
class SteppedColumn:
    """A column of numbers or dates whose inputs are followed by one a step: 0 at its beginning, 1 at its end, less the
    mean of the training rows.

    `ends` rise; a number below the first has climbed no step, one above the last all of them. A missing one counts as
    the median, as in the plain column.
    """

    plain: NumberColumn | DateColumn
    ends: tuple[float, ...]
    means: tuple[float, ...]

    @property
    def name(self) -> str:
        return self.plain.name

    @property
    def inputs(self) -> tuple[str, ...]:
        written = [dates.written(x) if isinstance(self.plain, DateColumn) else f"{x:.6g}" for x in self.ends]
        steps = (f"{self.name} from {low} to {high}" for low, high in pairwise(written))
        return (*self.plain.inputs, *steps)

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The inputs of every row; raises TableError as the plain column does."""
        plain = self.plain.apply(table, remarks)
        climbed = _climbed(_numbers(self.plain, table), self.plain.median, self.ends)
        return np.concatenate([plain, climbed - np.array(self.means)], axis=1)

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "steps", "plain": self.plain.as_dict(), "ends": list(self.ends), "means": list(self.means)}


AnyColumn = Column | SteppedColumn


def without_steps(column: AnyColumn) -> Column:
    """The column as it is without steps."""
    return column.plain if isinstance(column, SteppedColumn) else column


def stepped(column: AnyColumn, table: Table, train: Any) -> AnyColumn:
    """The column with steps between its numbers in the training rows; as it is where it has no three of them."""
    if not isinstance(column, (NumberColumn, DateColumn)):
        return column
    rows = np.asarray(train, dtype=np.int64)
    x = _numbers(column, table)[rows[:: max(1, len(rows) // MOST_ROWS)]]
    known = x[~np.isnan(x)]
    ends = np.unique(known)
    if len(ends) > FEW:
        with np.errstate(over="ignore", invalid="ignore"):  # between numbers near the largest there are no quantiles
            ends = np.unique(np.quantile(known, np.linspace(0.0, 1.0, STEPS + 1)))
    ends = ends[np.isfinite(ends)]
    # Neighbors so near that half of their distance is 0 are no step.
    ends = ends[np.concatenate([[True], np.diff(ends / 2) > 0.0])] if len(ends) else ends
    if len(ends) < 3:
        return column
    means = _climbed(x, column.median, ends).mean(axis=0)
    return SteppedColumn(column, tuple(ends.tolist()), tuple(means.tolist()))


def stepped_from_dict(stored: Any) -> AnyColumn:
    """The column that `as_dict` described, with steps or without; raises ValueError for anything else, since model
    files come from outside."""
    if not isinstance(stored, Mapping) or stored.get("kind") != "steps":
        return column_from_dict(stored)
    if set(stored) != {"kind", "plain", "ends", "means"}:
        raise ValueError("a stored column of steps must have exactly kind, plain, ends and means")
    plain = column_from_dict(stored["plain"])
    if isinstance(plain, TextColumn):
        raise ValueError(f"the stored column {quoted(plain.name)} has steps between texts")
    ends, means = stored["ends"], stored["means"]
    if not isinstance(ends, list) or not isinstance(means, list) or not 2 <= len(ends) == len(means) + 1 <= MOST_ENDS:
        raise ValueError(
            f"the steps of the stored column {quoted(plain.name)} want 2 to {MOST_ENDS:,} ends and a mean each"
        )
    numbers = tuple(finite_number(x, "end of a step") for x in ends)
    if any(not high / 2 - low / 2 > 0.0 for low, high in pairwise(numbers)):
        raise ValueError(f"the ends of the steps of the stored column {quoted(plain.name)} must rise")
    if isinstance(plain, DateColumn) and not dates.EARLIEST <= numbers[0] < numbers[-1] <= dates.LATEST:
        raise ValueError(f"the steps of the stored column {quoted(plain.name)} are between no dates")
    return SteppedColumn(plain, numbers, tuple(finite_number(x, "mean of a step") for x in means))


def _climbed(x: np.ndarray, median: float, ends: Sequence[float] | np.ndarray) -> np.ndarray:
    """How far each row has climbed each step."""
    known = np.where(np.isnan(x), median, x)
    climbed = np.empty((len(known), len(ends) - 1))
    for k, (low, high) in enumerate(pairwise(ends)):  # in halves, as the distance of two huge numbers overflows
        climbed[:, k] = (np.clip(known, low, high) / 2 - low / 2) / (high / 2 - low / 2)
    return climbed


def _numbers(column: NumberColumn | DateColumn, table: Table) -> np.ndarray:
    """The column's numbers, of dates the seconds since 1970, nan where missing."""
    cells = table.column(column.name)
    if isinstance(column, DateColumn):
        return moments_of(cells, column.format)[0]
    return numbers_of(cells, Notation(column.decimal, column.unit))[0]
