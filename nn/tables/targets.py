"""The column to predict: which task it sets, and its cells as numbers a loss can use and back.

Class labels are the texts of the cells, as they are; only where all of them are whole numbers, 1 and 1.0 are one class.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nn.tables.cells import Numbers, Texts
from nn.tables.columns import Remarks, category_order, finite_number, matched
from nn.tables.meaning import Meaning, meaning_of, numbers_of, texts_of
from nn.tables.numerals import Ambiguous, Notation, is_code
from nn.tables.standardizing import bounds, mean_and_scale, median_of, standardized
from nn.tables.strays import strays_of
from nn.tables.table import Table
from nn.tables.text_files import TableError
from nn.tables.units import LONGEST_UNIT, column_notation
from nn.wording import quoted, suggestion

MAX_CLASSES = 100

# Whole numbers are taken for classes up to this many different ones, each seen five times on average; a column of
# counts or prices has more, and a rating from 1 to 10 fewer.
FEW_INTEGERS = 20

_BOUNDS = {"low", "high"}
_WHOLE = re.compile(r"[+-]?\d+(?:\.0*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClassTarget:
    """Classes in a fixed order; class i is trained as the integer i."""

    name: str
    classes: tuple[str, ...]

    task = "classification"

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The class index of every row; raises TableError with the line of a class that was never seen."""
        cells = texts_of(table.column(self.name))
        places = np.array([*matched(cells, self.classes, self.name, remarks), -1], dtype=np.int64)[cells.codes]
        wrong = np.flatnonzero(places < 0)
        if len(wrong):
            cell = cells.text(int(wrong[0]))
            shown = "no value" if cell is None else quoted(cell)
            raise TableError(f"{table.where(int(wrong[0]))}: column {quoted(self.name)} has {shown}, which is no class")
        return places

    def as_dict(self) -> dict[str, Any]:
        return {"task": self.task, "name": self.name, "classes": list(self.classes)}


@dataclass(frozen=True, slots=True)
class NumberTarget:
    """A number, trained as (y - mean) / scale so that its unit does not decide the step size.

    Answers beyond `low` and `high`, the range of what was seen in training outside of it, are cut to them.
    """

    name: str
    mean: float
    scale: float
    low: float = -sys.float_info.max
    high: float = sys.float_info.max
    notation: Notation = field(default_factory=Notation, compare=False)

    task = "regression"

    def apply(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The scaled number of every row; raises TableError with the line of a cell that is not a finite number."""
        return standardized(target_numbers(table, self.name, self.notation), self.mean, self.scale)

    def restore(self, scaled: Any) -> Any:
        """The prediction, or an array of them, in the column's own unit."""
        with np.errstate(over="ignore"):
            return np.clip(self.mean + self.scale * scaled, self.low, self.high)

    @property
    def clothed(self) -> bool:
        """Whether its cells are more than digits and a point."""
        return bool(self.notation.unit) or self.notation.decimal != "."

    def as_dict(self) -> dict[str, Any]:
        numbers = {"mean": self.mean, "scale": self.scale, "low": self.low, "high": self.high}
        clothes = {"decimal": self.notation.decimal, "unit": self.notation.unit} if self.clothed else {}
        return {"task": self.task, "name": self.name, **numbers, **clothes}


Target = ClassTarget | NumberTarget


def find_task(table: Table, name: str, said: str | None = None) -> str:
    """`"classification"` for text, for codes and for few distinct whole numbers, else `"regression"`.

    `said` is what the user says the column is. Raises TableError for numbers among which a few words stand.
    """
    if said in ("number", "category"):
        return "regression" if said == "number" else "classification"
    cells = table.column(name)
    if isinstance(cells, Texts) and any(map(is_code, cells.values)):
        return "classification"
    if isinstance(cells, Texts) and column_notation(cells.values, table.decimal or ".") is None:
        strays = strays_of(table, name)
        if strays is None or strays.notation is None:
            return "classification"
        notation = strays.notation  # where it is open, points and commas part thousands or decimals: no classes
        if isinstance(notation, Ambiguous) or _task_of(numbers_of(strays.others, notation)[0]) == "regression":
            raise TableError(f"{table.shown}: {strays.sentence}")
        return "classification"
    return _task_of(numbers_of(cells, _target_meaning(table, name).notation)[0])


def _task_of(numbers: np.ndarray) -> str:
    known = numbers[~np.isnan(numbers)]
    if not (np.isfinite(known).all() and (known == np.floor(known)).all()):
        return "regression"
    distinct = len(np.unique(known))
    few = distinct <= 2 or (distinct <= FEW_INTEGERS and 5 * distinct <= len(known))
    return "classification" if few else "regression"


def learn_classes(table: Table, name: str, positive: str | None = None) -> ClassTarget:
    """The classes of the column, numbers in their order and then texts in theirs; `positive` comes last.

    Raises TableError for a single class and for so many that they are no classes.
    """
    cells = texts_of(table.column(name))
    labels = class_labels(cells)
    classes = sorted(set(labels), key=category_order)
    if len(classes) == 1:
        raise TableError(
            f"{table.shown}: every row of column {quoted(name)} is {quoted(classes[0])}; two classes at least are "
            "wanted"
        )
    if len(classes) > MAX_CLASSES or len(classes) > max(2, len(table) // 2):
        numeric = column_notation(cells.values, table.decimal or ".") is not None
        raise TableError(
            f"{table.shown}: column {quoted(name)} has {len(classes):,} different values in {len(table):,} rows, too "
            f"many for classes (at most {MAX_CLASSES}, and two rows each); choose another column"
            + (" or --task regression" if numeric else "")
        )
    if positive is not None:
        found = matched(Texts([positive], np.zeros(1, dtype=np.int64)), classes, name, None)[0]
        if found < 0 or len(classes) != 2:
            why = "" if len(classes) == 2 else f"; it is for two classes, there are {len(classes)}"
            near = suggestion(positive, classes)
            raise TableError(f"--positive {quoted(positive)} is no class of {quoted(name)}{why}{near}")
        classes = [classes[1 - found], classes[found]]
    return ClassTarget(name, tuple(classes))


def class_labels(cells: Texts) -> list[str]:
    """The class that each different text names: itself, or for whole numbers its most frequent spelling."""
    if not all(_WHOLE.fullmatch(value) and not is_code(value) for value in cells.values):
        return cells.values
    spellings: dict[int, list[tuple[int, int, str]]] = {}
    for value, count in zip(cells.values, cells.counts().tolist(), strict=True):
        spellings.setdefault(int(value.partition(".")[0]), []).append((-count, len(value), value))
    chosen = {number: min(found)[2] for number, found in spellings.items()}
    return [chosen[int(value.partition(".")[0])] for value in cells.values]


def learn_numbers(table: Table, name: str, train: Sequence[int]) -> NumberTarget:
    """Mean and scale of the column over the training rows; raises TableError when it holds text or never varies.

    Where a few numbers lie very far from all others they are cut to where the tail of the others ends, for mean and
    scale alone: one slip would press all other targets together.
    """
    notation = _target_meaning(table, name).notation
    numbers = target_numbers(table, name, notation)
    if numbers.min() == numbers.max():
        raise TableError(
            f"{table.shown}: column {quoted(name)} is {numbers[0]:g} in every row; there is nothing to learn"
        )
    known = numbers[np.asarray(train)]
    low, high, spread = bounds(known, median_of(known))
    mean, scale = mean_and_scale(np.clip(known, low, high) if spread else known)
    return NumberTarget(name, mean, scale, low, high, notation)


def target_numbers(table: Table, name: str, notation: Notation) -> np.ndarray:
    """The column as finite numbers; raises TableError with the line of any other cell."""
    cells = table.column(name)
    numbers, wrong = numbers_of(cells, notation)
    missing = np.flatnonzero(np.isnan(numbers))
    if wrong is None and len(missing):
        wrong = int(missing[0])
    if wrong is not None:
        strays = strays_of(table, name)
        if strays is not None and strays.notation is not None:
            raise TableError(f"{table.shown}: {strays.sentence}")
        cell = cells.text(wrong)
        shown = "nothing" if cell is None else quoted(cell)
        raise TableError(f"{table.where(wrong)}: regression on column {quoted(name)} wants finite numbers, got {shown}")
    return numbers


def _target_meaning(table: Table, name: str) -> Meaning:
    """How the numbers of the target are written."""
    cells = table.column(name)
    if isinstance(cells, Numbers):
        return Meaning("number", "")
    found = column_notation(cells.values, table.decimal)
    if isinstance(found, Ambiguous):
        return meaning_of(table, name)  # which decides, or says what to ask
    return Meaning("number", "", found or Notation(table.decimal or "."))


def target_from_dict(stored: Any) -> Target:
    """The target that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    match stored:
        case {"task": "classification", "name": str(name), "classes": [*classes], **rest} if not rest:
            texts = [label for label in classes if isinstance(label, str)]
            if len(texts) < len(classes) or len(set(texts)) < len(texts) or not 2 <= len(texts) <= MAX_CLASSES:
                raise ValueError(f"the stored target wants 2 to {MAX_CLASSES} classes with different names")
            return ClassTarget(name, tuple(texts))
        case {
            "task": "regression",
            "name": str(name),
            "mean": mean,
            "scale": scale,
            "low": low,
            "high": high,
            **clothes,
        } if not clothes or set(clothes) == {"decimal", "unit"}:
            scale = finite_number(scale, "scale of the target")
            low, high = finite_number(low, "bound of the target"), finite_number(high, "bound of the target")
            if low > high:
                raise ValueError("the stored bounds of the target are none")
            if scale <= 0:
                raise ValueError(f"the stored scale of the target must be above 0, got {scale}")
            decimal, unit = clothes.get("decimal", "."), clothes.get("unit", "")
            if decimal not in (".", ",") or not isinstance(unit, str) or len(unit) > LONGEST_UNIT:
                raise ValueError("the stored notation of the target is none")
            mean = finite_number(mean, "mean of the target")
            return NumberTarget(name, mean, scale, low, high, Notation(decimal, unit))
    raise ValueError("the stored target is neither a classification nor a regression target")
