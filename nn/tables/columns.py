"""One column of a table as inputs of a network: numbers standardized, text one-hot, learned from training rows only.

A column is learned once (`learn_column`), applied to any rows later, and stored beside the model as plain JSON.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nn.tables.standardizing import mean_and_scale, median_of, standardized
from nn.tables.table import Table, number
from nn.tables.text_files import TableError
from nn.wording import quoted

MAX_CATEGORIES = 30  # one input each; rarer texts share one input
MISSING_CATEGORY = "(missing)"
OTHER_CATEGORY = "(other)"

_ID_NAME = re.compile(r"unnamed: \d+|id|index|row|.*[_ .-]id|.*[a-z]Id|.*[a-z]ID|ID|Id|Index|INDEX|uuid|guid")


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A number becomes (x - mean) / scale; a missing one the median, and 1 in a second input where `indicator`."""

    name: str
    median: float
    mean: float
    scale: float
    indicator: bool

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.name, f"{self.name} is missing") if self.indicator else (self.name,)

    def apply(self, table: Table) -> list[list[float]]:
        """The inputs of every row; raises TableError with the line of a cell that is not a finite number."""
        encoded = []
        for cell, line in zip(table.column(self.name), table.lines, strict=True):
            x = self.median if cell is None else _finite(cell, table, line, self.name)
            scaled = standardized(x, self.mean, self.scale)
            encoded.append([scaled, float(cell is None)] if self.indicator else [scaled])
        return encoded

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "number",
            "name": self.name,
            "median": self.median,
            "mean": self.mean,
            "scale": self.scale,
            "indicator": self.indicator,
        }


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A text becomes 1 in the input of its category and 0 in the others; one never seen is "(other)", or all 0."""

    name: str
    categories: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(f"{self.name} = {category}" for category in self.categories)

    def apply(self, table: Table) -> list[list[float]]:
        place = {category: i for i, category in enumerate(self.categories)}
        other = place.get(OTHER_CATEGORY)
        encoded = []
        for cell in table.column(self.name):
            row = [0.0] * len(self.categories)
            at = place.get(_category(cell), other)
            if at is not None:
                row[at] = 1.0
            encoded.append(row)
        return encoded

    def as_dict(self) -> dict[str, Any]:
        return {"kind": "text", "name": self.name, "categories": list(self.categories)}


Column = NumberColumn | TextColumn


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that teaches nothing, and why."""

    name: str
    reason: str


def learn_column(table: Table, name: str, train: Sequence[int]) -> Column | Dropped:
    """The encoding of the column, from the rows whose indexes are in `train`.

    Whether it holds numbers or text is read from all rows, statistics and categories from the training rows only.
    """
    cells = table.column(name)
    present = [cell for cell in cells if cell is not None]
    if not present:
        return Dropped(name, "every value is missing")
    distinct = len(set(present))
    numbers = [number(cell, table.decimal) for cell in present]
    if distinct == len(present) and len(present) > 2 and _ID_NAME.fullmatch(name.replace("Unnamed", "unnamed")):
        return Dropped(name, "its name and its values, all different, are those of an identifier")
    if None not in numbers:
        return _learn_number(table, name, train)
    if distinct > MAX_CATEGORIES and distinct > len(present) // 2:
        return Dropped(name, _too_many(distinct, present, numbers))
    return _learn_text(table, name, train)


def column_from_dict(stored: Any) -> Column:
    """The column that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    if not isinstance(stored, Mapping) or not isinstance(stored.get("name"), str):
        raise ValueError("a stored column must be an object with a name")
    match stored:
        case {"kind": "number", "indicator": bool(indicator)} if set(stored) == _NUMBER_KEYS:
            median, mean, scale = (finite_number(stored[key], key) for key in ("median", "mean", "scale"))
            if scale <= 0:
                raise ValueError(
                    f"the scale of the stored column {quoted(stored['name'])} must be above 0, got {scale}"
                )
            return NumberColumn(stored["name"], median, mean, scale, indicator)
        case {"kind": "text", "categories": [*categories]} if set(stored) == {"kind", "name", "categories"}:
            if not all(isinstance(category, str) for category in categories) or len(set(categories)) != len(categories):
                raise ValueError(
                    f"the categories of the stored column {quoted(stored['name'])} must be different texts"
                )
            return TextColumn(stored["name"], tuple(categories))
    raise ValueError(f"the stored column {quoted(stored['name'])} is neither a number column nor a text column")


_NUMBER_KEYS = {"kind", "name", "median", "mean", "scale", "indicator"}


def finite_number(stored: Any, what: str) -> float:
    """A stored JSON number as a finite float, or ValueError."""
    if type(stored) not in (int, float):
        raise ValueError(f"the stored {what} must be a number, got {type(stored).__name__}")
    try:
        value = float(stored)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise ValueError(f"the stored {what} must be finite")
    return value


def _learn_number(table: Table, name: str, train: Sequence[int]) -> Column | Dropped:
    cells = table.column(name)
    known = []
    for i in train:
        cell = cells[i]
        if cell is not None:
            known.append(_finite(cell, table, table.lines[i], name))
    if not known:
        return Dropped(name, "every value in the training rows is missing")
    indicator = len(known) < len(train)
    if max(known) == min(known) and not indicator:
        return Dropped(name, f"it is {known[0]:g} in every training row")
    median = median_of(known)
    filled = known + [median] * (len(train) - len(known))
    mean, scale = mean_and_scale(filled)
    return NumberColumn(name, median, mean, scale, indicator)


def _learn_text(table: Table, name: str, train: Sequence[int]) -> Column | Dropped:
    cells = table.column(name)
    counts = Counter(_category(cells[i]) for i in train)
    if len(counts) == 1:
        return Dropped(name, f"it is {quoted(next(iter(counts)))} in every training row")
    if len(counts) <= MAX_CATEGORIES:
        return TextColumn(name, tuple(sorted(counts)))
    # Most frequent first, ties in alphabetical order, so that the row order does not decide.
    frequent = sorted(counts, key=lambda category: (-counts[category], category))[: MAX_CATEGORIES - 1]
    return TextColumn(name, (*sorted(frequent), OTHER_CATEGORY))


def _category(cell: str | None) -> str:
    return MISSING_CATEGORY if cell is None else cell


def _finite(cell: str, table: Table, line: int, name: str) -> float:
    value = number(cell, table.decimal)
    if value is None:
        raise TableError(f"{table.shown}, line {line}: column {quoted(name)} wants a number, got {quoted(cell)}")
    if not math.isfinite(value):
        raise TableError(
            f"{table.shown}, line {line}: column {quoted(name)} has the infinite value {quoted(cell)}; "
            "leave the cell empty if it is unknown"
        )
    return value


def _too_many(distinct: int, present: Sequence[str], numbers: Sequence[float | None]) -> str:
    odd = next(cell for cell, value in zip(present, numbers, strict=True) if value is None)
    if 2 * sum(value is not None for value in numbers) > len(present):
        return f"mostly numbers, but {quoted(odd)} is not one; correct it, or leave it empty, to use the column"
    return f"text with {distinct:,} different values in {len(present):,} rows; only repeated values can be learned from"
