"""One column of a table as inputs of a network: learned from the training rows alone, applied to any rows later.

A column is stored beside the model as plain JSON. `apply` gives an array of a row of inputs for each row, and says in
`remarks` what it met that the training rows did not have.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.numbers import finite
from nn.tables import dates
from nn.tables.cells import Texts
from nn.tables.meaning import (
    MAX_CATEGORIES,
    MOST_CATEGORIES,
    OFTEN,
    Meaning,
    counted_from,
    meaning_of,
    moments_of,
    numbers_of,
    spelling,
    texts_of,
)
from nn.tables.numerals import Notation, plain_number
from nn.tables.standardizing import bounds, mean_and_scale, median_of, seen_range, squashed, standardized
from nn.tables.strays import FEW_WORDS, missing_option
from nn.tables.table import Table
from nn.tables.text_files import TableError
from nn.wording import nearest, quoted

Remarks = list[str]
MISSING_CATEGORY = "is missing"
OTHER_CATEGORY = "is another"


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A number becomes (x - mean) / scale; a missing one the median, and 1 in a second input where `indicator`.

    Numbers outside of `low` and `high` are cut to them. Where `squashed`, a number far from the median counts by its
    logarithm, so that the few of a long tail do not press the many together.
    """

    name: str
    median: float
    mean: float
    scale: float
    indicator: bool
    low: float = -math.inf
    high: float = math.inf
    decimal: str = "."
    unit: str = ""
    spread: float = 0.0  # of what is squashed, 0 where nothing is
    ends: tuple[float, float] | None = None  # the least and the greatest number of the training rows, slips left aside

    @property
    def inputs(self) -> tuple[str, ...]:
        return (self.name, f"{self.name} {MISSING_CATEGORY}") if self.indicator else (self.name,)

    @property
    def seen(self) -> tuple[float, float]:
        """The least and the greatest number seen in training, of files that do not say so what their bounds tell."""
        return self.ends or seen_range(self.low, self.high)

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The inputs of every row; raises TableError with the line of a cell that is not a finite number."""
        cells, notation = table.column(self.name), Notation(self.decimal, self.unit)
        numbers, wrong = numbers_of(cells, notation)
        if wrong is not None:
            raise TableError(_no_number(table, self.name, wrong, notation))
        missing = np.isnan(numbers)
        far = ~missing & ((numbers < self.low) | (numbers > self.high))
        if remarks is not None and far.any():
            worst = float(numbers[far][np.argmax(np.abs(numbers[far] - self.median))])
            cut = self.high if worst > self.high else self.low
            least, most = map(notation.written, self.seen)
            remarks.append(
                f"column {quoted(self.name)}: {_rows(far)} far outside of what was seen in training, such as "
                f"{notation.written(worst)}, counted as {notation.written(cut)}; training saw {least} to {most}"
            )
        known = np.clip(np.where(missing, self.median, numbers), self.low, self.high)
        scaled = standardized(squashed(known, self.median, self.spread), self.mean, self.scale)
        return np.column_stack([scaled, missing.astype(float)]) if self.indicator else scaled[:, None]

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "number", "name": self.name, "median": self.median, "mean": self.mean, "scale": self.scale,
            "indicator": self.indicator, "low": self.low, "high": self.high, "decimal": self.decimal,
            "unit": self.unit, "spread": self.spread, **({} if self.ends is None else {"ends": list(self.ends)}),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A text becomes 1 in the input of its category and 0 in the others.

    A missing one has an input where `missing`; one never seen that of the rare ones where `other`, or all are 0. Two
    categories that are opposites have one input, +1 or -1. Another spelling of a category (case, 2.0 for 2) is it,
    where it is that of one alone.
    """

    name: str
    categories: tuple[str, ...]
    missing: bool = False
    other: bool = False

    @property
    def single(self) -> bool:
        return len(self.categories) == 2 and not self.other

    @property
    def inputs(self) -> tuple[str, ...]:
        named = self.categories[1:] if self.single else self.categories
        found = tuple(f"{self.name} = {category}" for category in named)
        found += (f"{self.name} {OTHER_CATEGORY}",) if self.other else ()
        return found + ((f"{self.name} {MISSING_CATEGORY}",) if self.missing else ())

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        cells = texts_of(table.column(self.name))
        places = matched(cells, self.categories, self.name, remarks, rare=self.other)
        codes = np.array([*places, -1], dtype=np.int64)[cells.codes]
        seen = codes >= 0
        count = len(self.categories)
        inputs = np.zeros((len(codes), count + self.other + self.missing))
        inputs[np.flatnonzero(seen), codes[seen]] = 1.0
        if self.other:
            inputs[~seen & ~cells.missing, count] = 1.0
        if self.missing:
            inputs[cells.missing, -1] = 1.0
        if self.single:
            inputs = np.column_stack([inputs[:, 1] - inputs[:, 0], inputs[:, 2:]])
        return inputs

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "text", "name": self.name, "categories": list(self.categories), "missing": self.missing,
            "other": self.other,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A moment becomes those of its parts that differ among the training rows, each standardized."""

    name: str
    format: str
    parts: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    median: float
    low: float
    high: float
    indicator: bool

    @property
    def inputs(self) -> tuple[str, ...]:
        found = tuple(f"{self.name} {part}" for part in self.parts)
        return (*found, f"{self.name} {MISSING_CATEGORY}") if self.indicator else found

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The inputs of every row; raises TableError with the line of a cell that is no date of the format."""
        moments, wrong = moments_of(table.column(self.name), self.format)
        if wrong is not None:
            cell = table.column(self.name).text(wrong)
            raise TableError(
                f"{table.where(wrong)}: column {quoted(self.name)} wants a date, got {quoted(str(cell))}; correct it, "
                f"or say {missing_option(str(cell))}"
            )
        missing = np.isnan(moments)
        known = np.where(missing, self.median, moments)
        reach = self.high - self.low or dates.DAY
        far = (known < self.low - reach) | (known > self.high + reach)
        if remarks is not None and far.any():
            remarks.append(
                f"column {quoted(self.name)}: {_rows(far)} far outside of the dates seen in training, "
                f"{dates.written(self.low)} to {dates.written(self.high)}"
            )
        found = dates.parts_of(np.clip(known, self.low - reach, self.high + reach))
        columns = [
            standardized(found[part], mean, scale)
            for part, mean, scale in zip(self.parts, self.means, self.scales, strict=True)
        ]
        if self.indicator:
            columns.append(missing.astype(float))
        return np.column_stack(columns)

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "date", "name": self.name, "format": self.format, "parts": list(self.parts),
            "means": list(self.means), "scales": list(self.scales), "median": self.median, "low": self.low,
            "high": self.high, "indicator": self.indicator,
        }  # fmt: skip


Column = NumberColumn | TextColumn | DateColumn


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column that teaches nothing, and why; `counts`: whether its numbers count the rows; `taken`: all the same."""

    name: str
    reason: str
    counts: bool = False
    taken: bool = False


def learn_column(
    table: Table, name: str, train: Any, said: str | None = None, *, categories: int = MOST_CATEGORIES
) -> Column | Dropped:
    """The encoding of the column, from the rows whose indexes are in `train`, with at most so many categories.

    What it means is decided from all rows, statistics and categories are learned from the training rows only.
    """
    meaning = meaning_of(table, name, said)
    if not meaning.used:
        return Dropped(name, meaning.why, meaning.kind == "identifier" and _counts(table, name, meaning))
    rows = np.asarray(train, dtype=np.int64)
    if meaning.kind == "number":
        return _learn_number(table, name, rows, meaning)
    if meaning.kind == "date":
        return _learn_date(table, name, rows, meaning)
    return _learn_text(table, name, rows, categories)


def matched(cells: Texts, known: Sequence[str], name: str, remarks: Remarks | None, *, rare: bool = False) -> list[int]:
    """The place among the known texts of each of the cells' texts, -1 for one that is none of them."""
    exact = {text: i for i, text in enumerate(known)}
    loose: dict[str, int] = {}
    for i, text in enumerate(known):
        key = spelling(text)
        loose[key] = -1 if key in loose else i
    places, respelled, unseen = [], [], []
    for text in cells.values:
        at = exact.get(text, -1)
        if at < 0:
            at = loose.get(spelling(text), -1)
            (respelled if at >= 0 else unseen).append(text)
        places.append(at)
    if remarks is not None and respelled:
        pairs = [(text, str(known[places[cells.values.index(text)]])) for text in respelled[:3]]
        some = ", ".join(f"{quoted(text)} as {quoted(taken)}" for text, taken in pairs)
        remarks.append(f"column {quoted(name)}: other spellings are taken as those of the training: {some}")
    if remarks is not None and unseen:
        texts = set(unseen)
        count = int(sum(c for text, c in zip(cells.values, cells.counts(), strict=True) if text in texts))
        counted = "as the rare ones of the training" if rare else "as none of those known"
        remarks.append(
            f"column {quoted(name)}: {count:,} row{'s have' if count > 1 else ' has'} texts that the training rows did "
            f"not have, counted {counted}: {', '.join(map(quoted, unseen[:5]))}{', ...' if len(unseen) > 5 else ''}"
            + _meant(unseen, known)
        )
    return places


def _meant(unseen: Sequence[str], known: Sequence[str]) -> str:
    """A clause about the known text that the first of those never seen is all but the same as."""
    folded = {text.casefold(): text for text in known}
    near = nearest(unseen[0], folded, 0.8)
    return f"; did you mean {quoted(folded[near])}?" if near else ""


def column_from_dict(stored: Any) -> Column:
    """The column that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    if not isinstance(stored, Mapping) or not isinstance(stored.get("name"), str):
        raise ValueError("a stored column must be an object with a name")
    kind = stored.get("kind")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    if read is None or set(stored) - (_LATER if kind == "number" else set()) != read[1]:
        raise ValueError(f"the stored column {quoted(stored['name'])} is neither a number, a text nor a date column")
    return read[0](stored)


def finite_number(stored: Any, what: str) -> float:
    """A stored JSON number as a finite float, or ValueError."""
    try:
        return finite(stored, f"the stored {what}", plain=True)
    except TypeError as error:  # what is wrong with a file is its content
        raise ValueError(str(error)) from None


def _stored_number(stored: Any) -> NumberColumn:
    keys = ("median", "mean", "scale", "low", "high", "spread")
    median, mean, scale, low, high, spread = (finite_number(stored[key], key) for key in keys)
    if scale <= 0 or spread < 0 or low > high:
        raise ValueError(f"the scale of the stored column {quoted(stored['name'])} must be above 0, got {scale}")
    decimal, unit, indicator = stored["decimal"], stored["unit"], stored["indicator"]
    if decimal not in (".", ",") or not isinstance(unit, str) or not isinstance(indicator, bool):
        raise ValueError(f"the notation of the stored column {quoted(stored['name'])} is none")
    ends = _stored_ends(stored["ends"], stored["name"]) if "ends" in stored else None
    return NumberColumn(stored["name"], median, mean, scale, indicator, low, high, decimal, unit, spread, ends)


def _stored_ends(stored: Any, name: str) -> tuple[float, float]:
    least, most = (
        (finite_number(x, "end") for x in stored) if isinstance(stored, list) and len(stored) == 2 else (1.0, 0.0)
    )
    if least > most:
        raise ValueError(f"the ends of the stored column {quoted(name)} must be two numbers that rise")
    return least, most


def _stored_text(stored: Any) -> TextColumn:
    categories, missing, other = stored["categories"], stored["missing"], stored["other"]
    texts = [category for category in categories if isinstance(category, str)] if isinstance(categories, list) else []
    flags = isinstance(missing, bool) and isinstance(other, bool)
    if not texts or len(texts) < len(categories) or len(set(texts)) < len(texts) or not flags:
        raise ValueError(f"the categories of the stored column {quoted(stored['name'])} must be different texts")
    return TextColumn(stored["name"], tuple(texts), missing, other)


def _stored_date(stored: Any) -> DateColumn:
    lists = [stored[key] for key in ("parts", "means", "scales")]
    parts, means, scales = lists
    known = dates.parts_of(np.zeros(1))
    if not all(isinstance(item, list) for item in lists) or len({len(item) for item in lists}) != 1 or not parts:
        raise ValueError(f"the stored column {quoted(stored['name'])} must have as many parts as means and scales")
    if any(part not in list(known) for part in parts) or stored["format"] not in (*dates.FORMATS, "moment"):
        raise ValueError(f"the stored column {quoted(stored['name'])} is no date column")
    if not isinstance(stored["indicator"], bool):
        raise ValueError(f"the stored column {quoted(stored['name'])} is no date column")
    median, low, high = (finite_number(stored[key], key) for key in ("median", "low", "high"))
    if not (dates.EARLIEST <= low <= high <= dates.LATEST and dates.EARLIEST <= median <= dates.LATEST):
        raise ValueError(f"the dates of the stored column {quoted(stored['name'])} are none")
    spreads = tuple(finite_number(x, "scale") for x in scales)
    if min(spreads) <= 0:
        raise ValueError(f"the scales of the stored column {quoted(stored['name'])} must be above 0")
    return DateColumn(
        stored["name"], stored["format"], tuple(parts), tuple(finite_number(x, "mean") for x in means), spreads,
        median, low, high, stored["indicator"],
    )  # fmt: skip


_LATER = {"ends"}  # which older files lack
_READERS: dict[str, tuple[Callable[[Any], Column], set[str]]] = {
    "number": (
        _stored_number,
        {"kind", "name", "median", "mean", "scale", "indicator", "low", "high", "decimal", "unit", "spread"},
    ),
    "text": (_stored_text, {"kind", "name", "categories", "missing", "other"}),
    "date": (
        _stored_date,
        {"kind", "name", "format", "parts", "means", "scales", "median", "low", "high", "indicator"},
    ),
}


def _learn_number(table: Table, name: str, train: np.ndarray, meaning: Meaning) -> Column | Dropped:
    numbers, wrong = numbers_of(table.column(name), meaning.notation)
    if wrong is not None:
        raise TableError(_no_number(table, name, wrong, meaning.notation))
    chosen = numbers[train]
    known = chosen[~np.isnan(chosen)]
    if not len(known):
        return Dropped(name, "every value in the training rows is missing")
    indicator = len(known) < len(train)
    if known.max() == known.min() and not indicator:
        return Dropped(name, f"it is {known[0]:g} in every training row")
    median = median_of(known)
    low, high, spread = bounds(known, median)
    filled = np.where(np.isnan(chosen), median, np.clip(chosen, low, high))
    mean, scale = mean_and_scale(squashed(filled, median, spread))
    notation = meaning.notation
    within = known[(known >= low) & (known <= high)]
    ends = (float(within.min()), float(within.max()))
    return NumberColumn(name, median, mean, scale, indicator, low, high, notation.decimal, notation.unit, spread, ends)


def _counts(table: Table, name: str, meaning: Meaning) -> bool:
    numbers, wrong = numbers_of(table.column(name), meaning.notation)
    return wrong is None and counted_from(numbers) is not None


def _learn_text(table: Table, name: str, train: np.ndarray, most: int) -> Column | Dropped:
    cells = texts_of(table.column(name)).take(train)
    counts = dict(zip(cells.values, cells.counts().tolist(), strict=True))
    missing = bool(cells.missing.any())
    if not counts:
        return Dropped(name, "every value in the training rows is missing")
    if len(counts) == 1 and not missing:
        return Dropped(name, f"it is {quoted(next(iter(counts)))} in every training row")
    if len(counts) <= MAX_CATEGORIES:
        return TextColumn(name, tuple(sorted(counts, key=category_order)), missing)
    # Most frequent first, ties in alphabetical order, so that the row order does not decide.
    often = sum(count >= OFTEN for count in counts.values())
    kept = max(MAX_CATEGORIES - 1, min(often, most))
    frequent = sorted(counts, key=lambda category: (-counts[category], category))[:kept]
    return TextColumn(name, tuple(sorted(frequent, key=category_order)), missing, other=kept < len(counts))


def category_order(text: str) -> tuple[int, float, str]:
    """Numbers in their order, then texts in theirs."""
    x = plain_number(text)
    return (1, 0.0, text) if x is None else (0, x, text)


def _learn_date(table: Table, name: str, train: np.ndarray, meaning: Meaning) -> Column | Dropped:
    moments, _ = moments_of(table.column(name), meaning.format)
    chosen = moments[train]
    known = chosen[~np.isnan(chosen)]
    if not len(known):
        return Dropped(name, "every value in the training rows is missing")
    indicator = len(known) < len(train)
    median = float(np.sort(known)[len(known) // 2])
    found = dates.parts_of(np.where(np.isnan(chosen), median, chosen))
    varying = [part for part, numbers in found.items() if numbers.max() - numbers.min() > 1e-9]
    if "year" in varying and found["year"].max() - found["year"].min() < 2:
        varying.remove("year")  # the days elapsed tell all of it
    if not varying and not indicator:
        return Dropped(name, "it is the same date in every training row")
    parts = varying or ["elapsed"]
    learned = [mean_and_scale(found[part]) for part in parts]
    means, scales = zip(*learned, strict=True)
    low, high = float(known.min()), float(known.max())
    return DateColumn(name, meaning.format, tuple(parts), means, scales, median, low, high, indicator)


def _no_number(table: Table, name: str, row: int, notation: Notation) -> str:
    cell = str(table.column(name).text(row))
    x = notation.number(cell)
    if x is None:
        bare = Notation(notation.decimal).number(cell) is not None  # a number, but not one of that unit
        wanted = f"numbers such as {quoted(notation.written(10))}" if bare and notation.unit else "a number"
        remedy = "" if bare else f"; correct it, or say {_words_missing(table, name, cell, notation)}"
        return f"{table.where(row)}: column {quoted(name)} wants {wanted}, got {quoted(cell)}{remedy}"
    return (
        f"{table.where(row)}: column {quoted(name)} has the infinite value {quoted(cell)}; leave the cell empty if it "
        "is unknown"
    )


def _words_missing(table: Table, name: str, first: str, notation: Notation) -> str:
    """The options that take the texts among the numbers for missing: all of a few, or the first."""
    cells = table.column(name)
    odd = [cell for cell in cells.values if notation.number(cell) is None] if isinstance(cells, Texts) else []
    return " ".join(map(missing_option, odd if len(odd) <= FEW_WORDS else [first]))


def _rows(which: np.ndarray) -> str:
    count = int(which.sum())
    return f"{count:,} rows are" if count > 1 else "1 row is"
