"""What a model's answers hang on: how much each column matters, and how the answer follows those that matter most.

Both are found on rows held out, from the model's answers alone. A column is its inputs together, so that a category or
a date with its parts counts as one; each point of a curve is the value of some row as it stands in the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from nn.evaluators import evaluator
from nn.metrics import accuracy, class_probabilities, r_squared
from nn.samples import Samples
from nn.tables.columns import DateColumn, NumberColumn, TextColumn
from nn.tables.data import Dataset
from nn.tables.meaning import moments_of, numbers_of
from nn.tables.numerals import Notation
from nn.tables.steps import without_steps
from nn.tables.targets import ClassTarget
from nn.tasks.columns import called

MOST_EXCHANGED = 2_000  # rows, and columns, for which it is measured what matters
MOST_COLUMNS = 60
EXCHANGES = 3
FOLLOWED = 6  # columns whose curves are drawn
LONGEST = 10  # characters of a number that a picture shows as it stands in the table
POINTS = 24  # of a curve
CATEGORIES = 8  # the most frequent
AVERAGED = 200  # rows, which stand for all others
CURVES = 5  # classes


@dataclass(frozen=True, slots=True)
class Dependence:
    """The mean answer for each value of one column, whatever the others are (Friedman 2001).

    Attributes:
        column: its name. values: numbers in rising order, or texts. labels: the values as words.
        curves: what each curve is about, a class or the target, and the mean answers: chances, or numbers.
    """

    column: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    curves: tuple[tuple[str, tuple[float, ...]], ...]


class Influence:
    """What the answers of `model` for `data` hang on, each part found when it is asked for and kept."""

    def __init__(self, model: Any, data: Dataset) -> None:
        self._model, self._data = model, data

    @cached_property
    def importances(self) -> dict[str, float]:
        """By column, the greatest first; none for built-in data, whose pictures show more."""
        return {} if self._data.table is None else importances(self._model, self._data)

    @cached_property
    def dependences(self) -> list[Dependence]:
        """Of the columns that matter most, or the first ones where that is not known, called as people are told."""
        if self._data.table is None:
            return []
        order = list(self.importances) or [column.name for column in self._data.schema.columns]
        names = called(column.name for column in self._data.schema.columns)
        return [replace(one, column=names[one.column]) for one in dependences(self._model, self._data, order)]

    @property
    def figure(self) -> str:
        """What is lost: accuracy, or R2."""
        return "accuracy" if isinstance(self._data.schema.target, ClassTarget) else "R2"

    @property
    def answer(self) -> str:
        """What the curves show: chances, or numbers."""
        return "chance" if isinstance(self._data.schema.target, ClassTarget) else "number"


def judged_part(data: Dataset) -> tuple[Samples, Any]:
    """The last part of the data that has rows, and where these stand in the table."""
    parts = (data.held_out, data.validation, data.train)
    k = next((k for k, part in enumerate(parts) if part), 2)
    return parts[k], None if data.indexes is None else data.indexes[2 - k]


def importances(model: Any, data: Dataset, seed: int = 0) -> dict[str, float]:
    """How much worse the answers for the rows held out become when a column's values are exchanged among them: of the
    accuracy, or of R2. Columns that say the same share their importance, and each may look needless alone."""
    part, _ = judged_part(data)
    rows, targets = part.rows[:MOST_EXCHANGED], part.targets[:MOST_EXCHANGED]
    if len(data.schema.columns) > MOST_COLUMNS or len(rows) < 2:
        return {}
    measure = accuracy if isinstance(data.schema.target, ClassTarget) else r_squared
    ask = evaluator(model).outputs
    whole = measure(ask(rows), targets)
    rng = np.random.default_rng(seed)
    found = {}
    for column, place in places(data):
        losses = []
        for _ in range(EXCHANGES):
            exchanged = rows.copy()
            exchanged[:, place] = rows[rng.permutation(len(rows)), place]
            losses.append(whole - measure(ask(exchanged), targets))
        found[column.name] = float(np.mean(losses))
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def places(data: Dataset) -> list[tuple[Any, slice]]:
    """Each column, and where its inputs stand in a row."""
    found, at = [], 0
    for column in data.schema.columns:
        found.append((column, slice(at, at + len(column.inputs))))
        at += len(column.inputs)
    return found


def dependences(model: Any, data: Dataset, order: list[str]) -> list[Dependence]:
    """How the answer follows the first columns of `order`."""
    part, indexes = judged_part(data)
    if not len(part):
        return []
    others = part.rows[:: max(1, len(part) // AVERAGED)][:AVERAGED]
    columns = {column.name: (column, place) for column, place in places(data)}
    ask = evaluator(model).outputs
    found = []
    with np.errstate(all="ignore"):
        for name in order[:FOLLOWED]:
            column, place = columns[name]
            values, labels, chosen = _chosen(column, place, data, part, indexes)
            if len(values) < 2:
                continue
            answers = []
            for k in chosen:
                exchanged = others.copy()
                exchanged[:, place] = part.rows[k, place]
                answers.append(_mean_answer(ask(exchanged), data))
            if np.isfinite(2.0 * np.ptp(answers)):  # numbers near the largest float have no scale to be drawn on
                found.append(Dependence(name, values, labels, _curves(np.array(answers), data)))
    return found


def _chosen(column: Any, place: slice, data: Dataset, part: Samples, indexes: Any) -> tuple[Any, Any, list[int]]:
    """Values of the column with their words, and a row of the part that has each."""
    if data.table is None:
        numbers = part.rows[:, place.start] * column.scale + column.mean
        return _spread(numbers, [f"{x:.4g}" for x in numbers.tolist()])
    column = without_steps(column)
    cells = data.table.column(column.name).take(np.asarray(indexes))
    texts = [cells.text(k) for k in range(len(part))]
    if isinstance(column, TextColumn):
        counted: dict[str, list[int]] = {}
        for k, text in enumerate(texts):
            counted.setdefault("missing" if text is None else text, []).append(k)
        common = sorted(counted, key=lambda text: -len(counted[text]))[:CATEGORIES]
        return tuple(common), tuple(common), [counted[text][0] for text in common]
    if isinstance(column, DateColumn):
        numbers, _ = moments_of(cells, column.format)
    else:
        assert isinstance(column, NumberColumn)
        numbers, _ = numbers_of(cells, Notation(column.decimal, column.unit))
        long = [text is not None and len(text) > LONGEST for text in texts]
        texts = [f"{x:.4g}" if cut else text for x, cut, text in zip(numbers.tolist(), long, texts, strict=True)]
    return _spread(numbers, [text or "" for text in texts])


def _spread(numbers: np.ndarray, texts: list[str]) -> tuple[Any, Any, list[int]]:
    """Rows with different numbers, evenly taken from the middle 98 %: a curve to an outlier shows nothing else."""
    known = np.flatnonzero(np.isfinite(numbers))
    if not len(known):
        return (), (), []
    low, high = np.quantile(numbers[known], (0.01, 0.99))
    if not np.isfinite(high - low):
        return (), (), []
    known = known[(numbers[known] >= low) & (numbers[known] <= high)]
    _, first = np.unique(numbers[known], return_index=True)
    rows = known[first]
    rows = rows[np.unique(np.linspace(0, len(rows) - 1, POINTS).round().astype(int))]
    return tuple(numbers[rows].tolist()), tuple(texts[k] for k in rows), rows.tolist()


def _mean_answer(outputs: np.ndarray, data: Dataset) -> list[float]:
    target = data.schema.target
    if isinstance(target, ClassTarget):
        return class_probabilities(outputs).mean(axis=0).tolist()
    return [float(np.mean(target.restore(outputs)))]


def _curves(answers: np.ndarray, data: Dataset) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Of two classes the second's, of many those whose chances change most."""
    target = data.schema.target
    if not isinstance(target, ClassTarget):
        return ((target.name, tuple(answers[:, 0].tolist())),)
    moved = np.ptp(answers, axis=0)
    shown = [1] if len(target.classes) == 2 else sorted(np.argsort(-moved)[:CURVES].tolist())
    return tuple((target.classes[k], tuple(answers[:, k].tolist())) for k in shown)
