"""Rows and targets from outside as plain lists of floats, checked once so that training need not check again.

Lists, tuples, NumPy arrays and pandas frames are all taken; what comes out is lists, because a scalar engine reads
numbers one at a time and a list is the fastest thing to read them from.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nn.wording import shown

Row = list[float]
Targets = list[Any]


@dataclass(frozen=True, slots=True)
class Samples:
    """Rows and their targets."""

    rows: list[Row]
    targets: Targets

    def __len__(self) -> int:
        return len(self.rows)


def as_rows(X: Any, *, caller: str = "fit", name: str = "X") -> list[Row]:
    """The rows of `X` as lists of finite floats, all of one width.

    Raises TypeError for what is no table of numbers and ValueError for an empty, ragged or not finite one, each
    naming the place.
    """
    rows = [_row(row, f"{name}[{i}]", caller) for i, row in enumerate(_sequence(X, name, caller))]
    if not rows:
        raise ValueError(f"{caller}: {name} is empty; wanted at least one row of numbers")
    width = len(rows[0])
    if width == 0:
        raise ValueError(f"{caller}: {name}[0] is empty; wanted at least one number a row")
    for i, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(f"{caller}: {name}[{i}] has {len(row)} numbers where {name}[0] has {width}")
    return rows


def as_targets(y: Any, count: int, *, caller: str = "fit", name: str = "y") -> Targets:
    """One target for each of `count` rows: a float, or a list of floats where the targets are rows.

    Whole numbers stay ints, since class indexes are. Raises as `as_rows` does, and ValueError when the number of
    targets differs from the number of rows.
    """
    items = _sequence(y, name, caller)
    if len(items) != count:
        raise ValueError(
            f"{caller}: {count} rows in X and {len(items)} targets in {name}; wanted as many targets as rows"
        )
    targets = [_target(item, f"{name}[{i}]", caller) for i, item in enumerate(items)]
    widths = {len(target) if isinstance(target, list) else None for target in targets}
    if len(widths) > 1:
        raise ValueError(
            f"{caller}: the targets in {name} differ in shape; wanted all numbers or all rows of one width"
        )
    if widths == {1}:
        return [target[0] for target in targets]  # a column vector, as scikit-learn users often have
    return targets


def split_order(labels: Sequence[Any], *, seed: int) -> list[int]:
    """The indexes of `labels` in a random order of which every stretch has all labels in about their proportions.

    Cutting it anywhere gives a stratified split: the j-th of the n members of a class stands (j + 1/2) / n of the way
    down. A class with one member stands in the middle.
    """
    order = list(range(len(labels)))
    random.Random(seed).shuffle(order)
    size: dict[Any, int] = {}
    rank: dict[int, int] = {}
    for i in order:
        rank[i] = size.get(labels[i], 0)
        size[labels[i]] = rank[i] + 1
    return sorted(order, key=lambda i: (rank[i] + 0.5) / size[labels[i]])


def divide(
    rows: list[Row], targets: Targets, validation: Any, seed: int, *, stratify: bool
) -> tuple[Samples, Samples | None]:
    """Rows to train on and rows to validate with, by `fit`'s rule for `validation`; `stratify` keeps the proportions
    of the targets."""
    if validation is None or validation == 0.0:
        return Samples(rows, targets), None
    if isinstance(validation, (tuple, list)):
        if len(validation) != 2:
            raise ValueError(f"fit: validation must be a fraction or a pair (X, y), got {len(validation)} items")
        held = as_rows(validation[0], name="validation X")
        if len(held[0]) != len(rows[0]):
            raise ValueError(f"fit: validation rows have {len(held[0])} numbers where X has {len(rows[0])}")
        return Samples(rows, targets), Samples(held, as_targets(validation[1], len(held), name="validation y"))
    if isinstance(validation, bool) or not isinstance(validation, (int, float)) or not 0.0 < validation < 1.0:
        raise ValueError(
            f"fit: validation must be a fraction between 0 and 1 or a pair (X, y), got {shown(validation)}"
        )
    count = max(1, round(validation * len(rows)))
    if count >= len(rows):
        raise ValueError(f"fit: validation={validation} of {len(rows)} rows leaves none to train on")
    order = split_order(targets if stratify else [0] * len(rows), seed=seed)
    held_back = Samples([rows[i] for i in order[:count]], [targets[i] for i in order[:count]])
    return Samples([rows[i] for i in order[count:]], [targets[i] for i in order[count:]]), held_back


def _sequence(values: Any, name: str, caller: str) -> Sequence[Any]:
    if hasattr(values, "to_numpy"):  # pandas and polars: iterating a frame gives its column names
        values = values.to_numpy()
    if hasattr(values, "tolist"):
        values = values.tolist()
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise TypeError(f"{caller}: {name} must be a list or an array of rows, got {type(values).__name__}")
    return values if isinstance(values, (list, tuple)) else list(values)


def _row(row: Any, place: str, caller: str) -> Row:
    if hasattr(row, "tolist"):
        row = row.tolist()
    if isinstance(row, (str, bytes)) or not hasattr(row, "__iter__"):
        raise TypeError(
            f"{caller}: {place} must be a row of numbers, got {type(row).__name__}; "
            "for one feature write [[x] for x in X]"
        )
    return [_finite(x, f"{place}[{j}]", caller) for j, x in enumerate(row)]


def _target(target: Any, place: str, caller: str) -> Any:
    if hasattr(target, "tolist"):
        target = target.tolist()
    if isinstance(target, (list, tuple)):
        return [_finite(x, f"{place}[{j}]", caller) for j, x in enumerate(target)]
    if type(target) is int or type(target) is bool:
        return int(target)
    return _finite(target, place, caller)


def _finite(x: Any, place: str, caller: str) -> float:
    if type(x) is not float:
        if x is None or isinstance(x, (str, bytes, bytearray, complex)) or not hasattr(x, "__float__"):
            raise TypeError(f"{caller}: {place} must be a number, got {type(x).__name__} {shown(x)}")
        try:
            x = float(x)
        except OverflowError:
            x = math.inf
    if not math.isfinite(x):
        raise ValueError(f"{caller}: {place} is {x}; wanted a finite number, so fill or leave out such rows first")
    return x
