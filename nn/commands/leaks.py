"""Columns that tell the target all but by themselves, and so may not be known when the answer is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from nn.tables.meaning import meaning_of, numbers_of, texts_of
from nn.tables.table import Table
from nn.tables.targets import find_task
from nn.wording import argument, quoted

MOST_ROWS = 20_000  # looked at
NEARLY_ALL = 0.98  # of a target that is told
ERRORS_LEFT = {"accuracy": 0.05, "R2": 0.02}  # of those of a constant answer, where an answer is nearly always right
FEWEST = 10  # rows of other classes than the most frequent, below which a cut that parts them is chance
FAR_ABOVE = 10.0  # times as much lost as without the second column


def leaks(table: Table, target: str) -> list[str]:
    """Sentences about columns that tell the target all but by themselves, and so may not be known when it is asked."""
    found = []
    chosen = np.arange(min(len(table), MOST_ROWS))
    part = table.take(chosen[~table.column(target).missing[chosen]])
    y = _as_numbers(part, target)
    numeric = y is not None and find_task(part, target) == "regression"
    for name in table.names:
        if name == target or y is None or len(part) < 20:
            continue
        x = _as_numbers(part, name)
        if x is None:
            continue
        share = _told(x, y, numeric=numeric)
        if share > NEARLY_ALL:
            found.append(
                f"looks like a leak: {quoted(name)} alone tells {100 * share:.0f} % of {quoted(target)}; if it is not "
                "known when the answer is wanted, leave it out with --ignore"
            )
    return found


def lone_column(importances: Mapping[str, float], network: Mapping[str, float], constant: Mapping[str, float]) -> str:
    """A sentence where one column carries nearly all of a network that is nearly always right, or "".

    `importances`: what is lost without each column, the greatest first.
    """
    figure = "accuracy" if "accuracy" in network else "R2"
    usual = 1.0 - constant[figure]
    if len(importances) < 2 or usual <= 0.0 or 1.0 - network[figure] > ERRORS_LEFT[figure] * usual:
        return ""
    (name, first), (_, second) = list(importances.items())[:2]
    if first <= FAR_ABOVE * max(second, 0.0) or first < usual / 4:
        return ""
    return (
        f"nearly all of this comes from {quoted(name)} alone: if it is not known when the answer is wanted, leave it "
        f"out with --ignore {argument(name)}"
    )


def _as_numbers(table: Table, name: str) -> Any:
    """The column as numbers, categories as their places; None for what is neither."""
    meaning = meaning_of(table, name)
    if meaning.kind == "number":
        return numbers_of(table.column(name), meaning.notation)[0]
    if meaning.kind in ("category", "boolean"):
        return texts_of(table.column(name)).codes.astype(float)
    return None


def _told(x: Any, y: Any, *, numeric: bool) -> float:
    """The share of the target that a column tells beyond what is known without it."""
    known = ~np.isnan(x)
    x, y = x[known], y[known]
    if len(x) < 20 or x.min() == x.max() or y.min() == y.max():
        return 0.0
    if numeric:
        return float(np.corrcoef(x, y)[0, 1] ** 2)
    values, codes = np.unique(x, return_inverse=True)
    classes, labels = np.unique(y, return_inverse=True)
    counts = np.zeros((len(values), len(classes)))
    np.add.at(counts, (codes, labels), 1)
    right = _right_of_cut(counts) if len(x) - counts.sum(axis=0).max() >= FEWEST else 0.0
    if len(values) > len(x) / 5:  # as good as all different: cut into ten parts of one size
        parts = np.searchsorted(np.quantile(x, np.arange(1, 10) / 10), values)
        counts = np.array([counts[parts == part].sum(axis=0) for part in np.unique(parts)])
    right = max(right, counts.max(axis=1).sum()) / len(x)
    always = np.bincount(labels).max() / len(x)
    return float((right - always) / (1.0 - always))


def _right_of_cut(counts: np.ndarray) -> float:
    """How many rows are right where one class is answered up to some value and one beyond it, the best two of either;
    `counts`: of rows, by value in rising order and class."""
    below = counts.cumsum(axis=0)
    return float((below.max(axis=1) + (below[-1] - below).max(axis=1)).max())
