"""The column to predict: which task it sets, and its cells as numbers a loss can use and back.

Class labels are kept as text, a whole number without its ".0", so that 1 and 1.0 are one class.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nn.tables.columns import finite_number
from nn.tables.standardizing import mean_and_scale, standardized
from nn.tables.table import Table, number
from nn.tables.text_files import TableError
from nn.wording import quoted

TASKS = ("classification", "regression")
MAX_CLASSES = 100

# Whole numbers are taken for classes up to this many different ones, each seen five times on average; a column of
# counts or prices has more, and a rating from 1 to 10 fewer.
FEW_INTEGERS = 20


@dataclass(frozen=True, slots=True)
class ClassTarget:
    """Classes in a fixed order; class i is trained as the integer i."""

    name: str
    classes: tuple[str, ...]

    task = "classification"

    def apply(self, table: Table) -> list[int]:
        """The class index of every row; raises TableError with the line of a class that was never seen."""
        place = {label: i for i, label in enumerate(self.classes)}
        indexes = []
        for cell, line in zip(table.column(self.name), table.lines, strict=True):
            at = None if cell is None else place.get(class_label(cell, table.decimal))
            if at is None:
                shown = "no value" if cell is None else quoted(cell)
                raise TableError(
                    f"{table.shown}, line {line}: column {quoted(self.name)} has {shown}, which is no class"
                )
            indexes.append(at)
        return indexes

    def as_dict(self) -> dict[str, Any]:
        return {"task": self.task, "name": self.name, "classes": list(self.classes)}


@dataclass(frozen=True, slots=True)
class NumberTarget:
    """A number, trained as (y - mean) / scale so that its unit does not decide the step size."""

    name: str
    mean: float
    scale: float

    task = "regression"

    def apply(self, table: Table) -> list[float]:
        """The scaled number of every row; raises TableError with the line of a cell that is not a finite number."""
        return [standardized(y, self.mean, self.scale) for y in target_numbers(table, self.name)]

    def restore(self, scaled: float) -> float:
        """The prediction in the column's own unit."""
        return self.mean + self.scale * scaled

    def as_dict(self) -> dict[str, Any]:
        return {"task": self.task, "name": self.name, "mean": self.mean, "scale": self.scale}


Target = ClassTarget | NumberTarget


def find_task(table: Table, name: str) -> str:
    """`"classification"` for text and for few distinct whole numbers, else `"regression"`."""
    present = [cell for cell in table.column(name) if cell is not None]
    numbers = [number(cell, table.decimal) for cell in present]
    known = [y for y in numbers if y is not None]
    if len(known) < len(numbers):
        return "classification"
    if not all(math.isfinite(y) and y == int(y) for y in known):
        return "regression"
    distinct = len(set(known))
    few = distinct <= 2 or (distinct <= FEW_INTEGERS and 5 * distinct <= len(known))
    return "classification" if few else "regression"


def learn_classes(table: Table, name: str) -> ClassTarget:
    """The classes of the column, numbers in their order and then texts in theirs.

    Raises TableError for a single class and for so many that they are no classes.
    """
    labels = Counter(class_label(cell, table.decimal) for cell in table.column(name) if cell is not None)
    if len(labels) == 1:
        only = quoted(next(iter(labels)))
        raise TableError(
            f"{table.shown}: every row of column {quoted(name)} is {only}; two classes at least are wanted"
        )
    if len(labels) > MAX_CLASSES or len(labels) > max(2, len(table) // 2):
        raise TableError(
            f"{table.shown}: column {quoted(name)} has {len(labels):,} different values in {len(table):,} rows, too "
            f"many for classes (at most {MAX_CLASSES}, and two rows each); choose another column"
            + ("" if _has_text(table, name) else " or --task regression")
        )
    return ClassTarget(name, tuple(sorted(labels, key=_class_order)))


def learn_numbers(table: Table, name: str, train: Sequence[int]) -> NumberTarget:
    """Mean and scale of the column over the training rows; raises TableError when it holds text or never varies."""
    numbers = target_numbers(table, name)
    if min(numbers) == max(numbers):
        raise TableError(
            f"{table.shown}: column {quoted(name)} is {numbers[0]:g} in every row; there is nothing to learn"
        )
    return NumberTarget(name, *mean_and_scale([numbers[i] for i in train]))


def target_numbers(table: Table, name: str) -> list[float]:
    """The column as finite numbers; raises TableError with the line of any other cell."""
    numbers = []
    for cell, line in zip(table.column(name), table.lines, strict=True):
        y = None if cell is None else number(cell, table.decimal)
        if y is None or not math.isfinite(y):
            shown = "nothing" if cell is None else quoted(cell)
            raise TableError(
                f"{table.shown}, line {line}: regression on column {quoted(name)} wants finite numbers, got {shown}"
            )
        numbers.append(y)
    return numbers


def target_from_dict(stored: Any) -> Target:
    """The target that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    match stored:
        case {"task": "classification", "name": str(name), "classes": [*classes], **rest} if not rest:
            texts = [label for label in classes if isinstance(label, str)]
            if len(texts) < len(classes) or len(set(texts)) < len(texts) or not 2 <= len(texts) <= MAX_CLASSES:
                raise ValueError(f"the stored target wants 2 to {MAX_CLASSES} classes with different names")
            return ClassTarget(name, tuple(texts))
        case {"task": "regression", "name": str(name), "mean": mean, "scale": scale, **rest} if not rest:
            scale = finite_number(scale, "scale of the target")
            if scale <= 0:
                raise ValueError(f"the stored scale of the target must be above 0, got {scale}")
            return NumberTarget(name, finite_number(mean, "mean of the target"), scale)
    raise ValueError("the stored target is neither a classification nor a regression target")


def class_label(cell: str, decimal: str = ".") -> str:
    """The class a cell names: its text, a whole number without decimals."""
    y = number(cell, decimal)
    if y is not None and math.isfinite(y) and y == int(y) and abs(y) < 1e15:
        return str(int(y))
    return cell


def _class_order(label: str) -> tuple[int, float, str]:
    y = number(label)
    return (1, 0.0, label) if y is None else (0, y, label)


def _has_text(table: Table, name: str) -> bool:
    return any(cell is not None and number(cell, table.decimal) is None for cell in table.column(name))
