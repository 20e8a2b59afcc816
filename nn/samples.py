"""Rows and targets from outside as arrays of finite numbers, checked once so that training need not check again.

Lists, tuples, arrays and frames are all taken. What is an array of numbers, or lists of Python's own, is looked at as a
whole; only where something is odd are the cells gone through one by one, to name the place. The end is about what a
model gets of them, and what may be made of its answers.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograd import Value
from autograd.jit.recording.arrays import Lists
from nn.layers import MLP, Layer, LayerNorm, Neuron
from nn.numbers import finite
from nn.wording import shown

Row = list[float]
Targets = Any  # an array: of whole numbers, of floats, or of rows of floats

ROWS_AT_ONCE = 1 << 14
_PLAIN = frozenset({int, float, bool})
_WHOLE = frozenset({int, bool})


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Rows, an array (n, inputs), and their targets, an array of n."""

    rows: Any
    targets: Targets

    def __len__(self) -> int:
        return len(self.rows)


def as_rows(X: Any, *, caller: str = "fit", name: str = "X") -> np.ndarray:
    """The rows of `X` as an array (n, width) of finite floats: `X` itself where it is one, which nobody then changes.

    Where they were lists, or anything but arrays, it is one of `Lists`, whose rows are lists for a model.
    Raises TypeError for what is no table of numbers and ValueError for an empty, ragged or not finite one, each
    naming the place.
    """
    items = _sequence(X, name, caller)
    table = _whole_table(items)
    if table is not None:
        return table if _of_arrays(items) else table.view(Lists)
    rows = [_row(row, f"{name}[{i}]", caller) for i, row in enumerate(items)]
    if not rows:
        raise ValueError(f"{caller}: {name} is empty; wanted at least one row of numbers")
    width = len(rows[0])
    if width == 0:
        raise ValueError(f"{caller}: {name}[0] is empty; wanted at least one number a row")
    for i, row in enumerate(rows):
        if len(row) != width:
            raise ValueError(f"{caller}: {name}[{i}] has {len(row)} numbers where {name}[0] has {width}")
    table = np.array(rows, dtype=float)
    return table if _of_arrays(items) else table.view(Lists)


def as_targets(y: Any, count: int, *, caller: str = "fit", name: str = "y") -> np.ndarray:
    """One target for each of `count` rows: an array of whole numbers, of floats, or of rows of floats.

    Whole numbers stay whole, since class indexes are. Raises as `as_rows` does, and ValueError when the number of
    targets differs from the number of rows.
    """
    items = _sequence(y, name, caller)
    if len(items) != count:
        raise ValueError(
            f"{caller}: {count} rows in X and {len(items)} targets in {name}; wanted as many targets as rows"
        )
    column = _whole_column(items)
    if column is not None:
        return column
    table = _whole_table(items)
    if table is not None:
        return table[:, 0] if table.shape[1] == 1 else table  # a column vector, as scikit-learn users often have
    targets = [_target(item, f"{name}[{i}]", caller) for i, item in enumerate(items)]
    widths = {len(target) if isinstance(target, list) else None for target in targets}
    if len(widths) > 1:
        raise ValueError(
            f"{caller}: the targets in {name} differ in shape; wanted all numbers or all rows of one width"
        )
    if widths == {1}:
        targets = [target[0] for target in targets]
    whole = not isinstance(targets[0], list) and _WHOLE.issuperset(map(type, targets))
    return _whole_numbers(targets) if whole else np.array(targets, dtype=float)


def permutation(rng: random.Random, count: int) -> np.ndarray:
    """The numbers below `count` in a random order, the same for the same state of `rng` on every machine."""
    keys = np.frombuffer(rng.randbytes(8 * count), dtype="<u8")
    order = np.argsort(keys)
    ordered = keys[order]
    if (ordered[1:] == ordered[:-1]).any():  # which of two equal ones comes first is for a slower sort to say
        return np.argsort(keys, kind="stable")
    return order


def split_order(labels: Sequence[Any] | np.ndarray, *, seed: int) -> np.ndarray:
    """The indexes of `labels` in a random order of which every stretch has all labels in about their proportions.

    Cutting it anywhere gives a stratified split: the j-th of the n members of a class stands (j + 1/2) / n of the way
    down. A class with one member stands in the middle.
    """
    shuffled = list(range(len(labels)))
    random.Random(seed).shuffle(shuffled)
    order = np.array(shuffled, dtype=np.int64)
    if isinstance(labels, np.ndarray):
        members = np.unique(labels, return_inverse=True)[1][order]
    else:
        known: dict[Any, int] = {}
        members = np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)[order]
    sizes = np.bincount(members, minlength=1)
    if len(sizes) == 1:
        return order
    together = np.argsort(members, kind="stable")  # each class by itself, its members as they come
    ranks = np.empty(len(order))
    ranks[together] = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return order[np.argsort((ranks + 0.5) / sizes[members], kind="stable")]


def row_weights(sample_weight: Any, class_weight: Any, targets: np.ndarray) -> np.ndarray | None:
    """How much each row counts, None where all count alike; raises ValueError or TypeError for what are no weights."""
    weights = None
    if sample_weight is not None:
        weights = as_targets(sample_weight, len(targets), name="sample_weight").astype(float)
        if weights.ndim > 1 or (weights < 0).any() or not weights.any():
            raise ValueError("fit: sample_weight must be one number from 0 a row, and not all 0")
    if class_weight is None:
        return weights
    if targets.ndim > 1 or targets.dtype.kind != "i":
        raise ValueError("fit: class_weight is for targets that are classes")
    classes, counts = np.unique(targets, return_counts=True)
    if class_weight == "balanced":
        share = dict(zip(classes.tolist(), (len(targets) / (len(classes) * counts)).tolist(), strict=True))
    elif isinstance(class_weight, Mapping):
        unknown = [label for label in class_weight if label not in set(classes.tolist())]
        if unknown:
            raise ValueError(f"fit: class_weight names {shown(unknown[0])}, which is no class among the targets")
        share = {label: _finite(class_weight.get(label, 1.0), "class_weight", "fit") for label in classes.tolist()}
        if min(share.values()) < 0.0 or not any(share.values()):
            raise ValueError("fit: class_weight must give numbers from 0, and not all 0")
    else:
        raise TypeError(f"fit: class_weight must be a dict or 'balanced', got {shown(class_weight)}")
    by_class = np.array([share[label] for label in classes.tolist()])[np.searchsorted(classes, targets)]
    return by_class if weights is None else weights * by_class


def divide(
    rows: Any, targets: Targets, validation: Any, seed: int, *, stratify: bool
) -> tuple[Any, Any, Samples | None]:
    """Which rows to train on (None for all), which to validate with, and these where they are not among `rows`, by
    `fit`'s rule for `validation`; `stratify` keeps the proportions of the targets."""
    if validation is None or (type(validation) in (int, float) and validation == 0):
        return None, None, None
    if isinstance(validation, (tuple, list)):
        if len(validation) != 2:
            raise ValueError(f"fit: validation must be a fraction or a pair (X, y), got {len(validation)} items")
        held = as_rows(validation[0], name="validation X")
        if held.shape[1] != rows.shape[1]:
            raise ValueError(f"fit: validation rows have {held.shape[1]} numbers where X has {rows.shape[1]}")
        return None, None, Samples(held, as_targets(validation[1], len(held), name="validation y"))
    if isinstance(validation, bool) or not isinstance(validation, (int, float)) or not 0.0 < validation < 1.0:
        raise ValueError(
            f"fit: validation must be a fraction between 0 and 1 or a pair (X, y), got {shown(validation)}"
        )
    count = max(1, round(validation * len(rows)))
    if count >= len(rows):
        raise ValueError(f"fit: validation={validation} of {len(rows)} rows leaves none to train on")
    by_class = targets if targets.ndim == 1 else [tuple(row) for row in targets.tolist()]
    order = split_order(by_class if stratify else np.zeros(len(rows)), seed=seed)
    held = Samples(rows[order[:count]], targets[order[:count]])
    return order[count:], order[:count], held


def _of_arrays(items: Any) -> bool:
    """Whether the loop over the items gives arrays; of a list, its first one says it, as for `jit(f).map`."""
    return isinstance(items, np.ndarray) or getattr(items[0], "ndim", 0) > 0


def _whole_table(items: Any) -> np.ndarray | None:
    """The rows as an array when they are in order at first sight, else None."""
    if isinstance(items, np.ndarray):
        if items.ndim != 2 or items.dtype.kind not in "fiub":
            return None
    elif not all(type(row) in (list, tuple) and _PLAIN.issuperset(map(type, row)) for row in items):
        return None
    try:
        table = np.asarray(items, dtype=float)
    except (ValueError, OverflowError):  # ragged, or an int beyond the floats
        return None
    return table if table.ndim == 2 and table.size and _all_finite(table) else None


def _all_finite(table: np.ndarray) -> bool:
    """Whether all numbers are finite; looked at in stretches, so that it takes next to no memory."""
    return all(np.isfinite(table[k : k + ROWS_AT_ONCE]).all() for k in range(0, len(table), ROWS_AT_ONCE))


def _whole_column(items: Any) -> np.ndarray | None:
    """The numbers as an array when they are in order at first sight, else None."""
    if isinstance(items, np.ndarray):
        if items.ndim != 1 or items.dtype.kind not in "fiub" or not len(items):
            return None
        if items.dtype.kind != "f":
            return _whole_numbers(items)
        column = np.array(items, dtype=float)
    elif items and _WHOLE.issuperset(map(type, items)):
        return _whole_numbers(items)
    elif items and _PLAIN.issuperset(map(type, items)):
        try:
            column = np.array(items, dtype=float)
        except OverflowError:
            return None
    else:
        return None
    return column if np.isfinite(column).all() else None


def _whole_numbers(items: Any) -> Any:
    try:
        column = np.array(items, dtype=np.int64)
    except OverflowError:
        try:
            return np.array(items, dtype=float)
        except OverflowError:
            return None
    # An array of unsigned numbers beyond the signed ones does not overflow but wraps around.
    wrapped = isinstance(items, np.ndarray) and items.dtype.kind == "u" and (column < 0).any()
    return np.array(items, dtype=float) if wrapped else column


def input_names(X: Any) -> list[str] | None:
    """The names of the columns of a frame of pandas, polars or Arrow; None for anything else."""
    names = getattr(X, "column_names", None)  # Arrow, whose `columns` are the columns themselves
    if names is None and hasattr(X, "to_numpy"):
        names = getattr(X, "columns", None)
    return None if names is None else [str(name) for name in names]


def _sequence(values: Any, name: str, caller: str) -> Any:
    """The items as an array or a list; TypeError for what has none in an order."""
    if hasattr(values, "to_numpy"):  # pandas and polars: iterating a frame gives its column names
        values = values.to_numpy()
    elif hasattr(values, "column_names") and hasattr(values, "columns"):  # Arrow: iterating a table gives its columns
        values = np.column_stack([np.asarray(column) for column in values.columns])
    elif hasattr(values, "toarray"):
        values = values.toarray()  # a sparse matrix
    mask = getattr(values, "mask", None) if hasattr(values, "filled") else None  # a masked array
    if mask is not None and np.any(mask):
        raise ValueError(f"{caller}: {name} has masked numbers; fill or leave out such rows first")
    if not isinstance(values, (list, tuple)) and hasattr(values, "__array__"):
        values = np.asarray(values)
    if isinstance(values, np.ndarray) and values.dtype.kind in "mM":
        raise _date(f"{caller}: {name} holds dates or durations ({values.dtype})")
    unordered = isinstance(values, (str, bytes, bytearray, Mapping, AbstractSet))
    if unordered or not hasattr(values, "__iter__") or (isinstance(values, np.ndarray) and not values.ndim):
        kind = type(values).__name__
        raise TypeError(f"{caller}: {name} must be a list or an array of rows, got {kind}{_ordered(values)}")
    return values if isinstance(values, (list, tuple, np.ndarray)) else list(values)


def _ordered(values: Any) -> str:
    if isinstance(values, Mapping):
        return ", whose order means nothing; pass a list in the order of the rows"
    return ", which has no order" if isinstance(values, AbstractSet) else ""


def _date(what: str) -> TypeError:
    return TypeError(f"{what}; wanted numbers, such as the days since the first of them")


def _row(row: Any, place: str, caller: str) -> Row:
    if hasattr(row, "tolist"):
        row = row.tolist()
    if isinstance(row, (str, bytes, Mapping, AbstractSet)) or not hasattr(row, "__iter__"):
        raise TypeError(
            f"{caller}: {place} must be a row of numbers, got {type(row).__name__}; "
            "for one feature write [[x] for x in X]"
        )
    return [_finite(x, f"{place}[{j}]", caller) for j, x in enumerate(row)]


def _target(target: Any, place: str, caller: str) -> Any:
    if getattr(getattr(target, "dtype", None), "kind", "") in ("m", "M"):
        raise _date(f"{caller}: {place} is a date or a duration")
    if hasattr(target, "tolist"):
        target = target.tolist()
    if isinstance(target, (list, tuple)):
        return [_finite(x, f"{place}[{j}]", caller) for j, x in enumerate(target)]
    if type(target) is int or type(target) is bool:
        return _finite(target, place, caller) if abs(target) >= 2**63 else int(target)
    return _finite(target, place, caller)


def _finite(x: Any, place: str, caller: str) -> float:
    if getattr(getattr(x, "dtype", None), "kind", "") in ("m", "M"):
        raise _date(f"{caller}: {place} is a date or a duration")
    return finite(x, f"{caller}: {place}", advice="; fill or leave out such rows first")


class Batch(Sequence[Any]):
    """Items of a table (an array, a list or another batch), in this order; nothing is copied before it is asked for.

    Attributes:
        table: what the items were taken from. places: which of its items (indexes or a slice), None for all.
    """

    __slots__ = ("_array", "_items", "places", "table")

    def __init__(self, table: Any, places: Any = None):
        self.table, self.places = table, places
        self._items: Any = table if places is None and isinstance(table, list) else None
        self._array: Any = None

    @property
    def items(self) -> list[Any]:
        """The items in a list."""
        if self._items is None:
            self._items = _as_list(self.array(None))
        return self._items

    def array(self, dtype: Any) -> Any:
        """The items' numbers in an array, of their own type where `dtype` is None."""
        if self._array is None or dtype not in (None, self._array.dtype):
            table = self.table
            taken = table.array(dtype) if type(table) is Batch else np.asarray(table, dtype=dtype)
            if type(self.places) is np.ndarray and self.places.dtype.kind == "i":
                taken = taken.take(self.places, axis=0)  # twice as fast as brackets for the rows of a step
            elif self.places is not None:
                taken = taken[self.places]
            self._array = taken
        return self._array

    def __len__(self) -> int:
        if self.places is None:
            return len(self.table)
        return len(self.array(None)) if isinstance(self.places, slice) else len(self.places)

    def __getitem__(self, i: Any) -> Any:
        return self.items[i]


def items_of(items: Any) -> Sequence[Any]:
    """The items of a batch or an array in a list; anything else as it is."""
    return items.items if type(items) is Batch else _as_list(items)


def _as_list(items: Any) -> Any:
    return items.tolist() if hasattr(items, "tolist") else items


def as_lists(model: Any, rows: Any) -> bool:
    """Whether a model gets the rows as lists, and not as arrays: where they are lists, and where it is nn's own, whose
    layers make lists of all rows, and are quicker with what is one."""
    first = model.layers[0] if type(model) is MLP and model.layers else model
    return type(first) in (Layer, Neuron, LayerNorm) or of_lists(rows)


def rows_of(rows: Any) -> Sequence[Any]:
    """The rows of a batch or an array as the loop over them gives them, in arrays; a model may write into these."""
    return list(np.array(rows.array(None) if type(rows) is Batch else rows))


def without_graph(prediction: Any) -> Any:
    """The same answer without its graph."""
    if type(prediction) is Value:
        return prediction.detach()
    if isinstance(prediction, (list, tuple)):
        kind = type(prediction)
        return getattr(kind, "_make", kind)([without_graph(x) for x in prediction])
    if getattr(getattr(prediction, "dtype", None), "kind", "") == "O":
        prediction = prediction.copy()
        prediction.flat = [without_graph(x) for x in prediction.flat]
    return prediction


def plain(prediction: Any) -> Any:
    """What a model has answered to a row; an array as a list."""
    return prediction.tolist() if hasattr(prediction, "ndim") else prediction


def of_lists(rows: Any) -> bool:
    """Whether the rows of a batch, an array or a list are lists for a model."""
    while type(rows) is Batch:
        rows = rows.table
    return type(rows) is Lists or not isinstance(rows, np.ndarray)
