"""Rows, targets and classes as the pictures of models read them: the same reading for plots, pages and animations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from viz.svg import style
from viz.svg.labels import named_apart

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray


def rows_and_targets(name: str, X: Any, y: Any) -> tuple[Array, list[Any]]:
    import numpy as np

    from nn.samples import as_rows, as_targets, items_of

    rows = np.array(as_rows(X, caller=name))
    return rows, list(items_of(as_targets(y, len(rows), caller=name)))


def is_classes(targets: Sequence[Any], outputs: int) -> bool:
    """Whether targets are the classes of a model with so many outputs, by the rule by which `fit` chooses a loss.

    One output: 0 and 1, or -1 and +1. Several: whole numbers below their count, or one-hot rows.
    """
    if isinstance(targets[0], list):
        return outputs > 1 and all(sorted(target)[-2:] == [0, 1] and sum(map(abs, target)) == 1 for target in targets)
    found = set(targets)
    if outputs == 1:
        return found <= {0, 1} or found <= {-1, 1}
    return all(float(t).is_integer() and 0 <= t < outputs for t in found)


def class_and_certainty(field: Array) -> tuple[Array, Array]:
    """The class that outputs (..., k) stand for, and how sure the model is of it: 0 undecided, 1 certain."""
    import numpy as np

    with np.errstate(all="ignore"):
        if field.shape[-1] == 1:
            chosen = (field[..., 0] > 0).astype(int)
            sure = np.tanh(np.abs(field[..., 0]) / 2)  # 2 * sigmoid - 1
        else:
            chosen = np.nan_to_num(field, nan=-np.inf).argmax(axis=-1)
            powers = np.exp(field - field.max(axis=-1, keepdims=True))
            best = 1.0 / powers.sum(axis=-1)
            sure = (best - 1.0 / field.shape[-1]) / (1.0 - 1.0 / field.shape[-1])
    return chosen, np.nan_to_num(sure)


def class_color(k: int, count: int) -> str:
    """The color of class `k` of `count`: of two, blue is the positive one, as blue is positive everywhere."""
    return (style.NEGATIVE.stroke, style.POSITIVE.stroke)[k] if count == 2 else style.SERIES[k % len(style.SERIES)]


def class_names(classes: Sequence[str] | None, count: int) -> list[str]:
    given = named_apart(classes or (), longest=20)
    return [given[k] if k < len(given) and given[k] else str(k) for k in range(count)]


def input_names(names: Sequence[str] | None, count: int) -> list[str]:
    """What `count` inputs are called: as given, and x1, x2, ... where nothing is."""
    given = named_apart(names or (), longest=20)
    return [given[k] if k < len(given) else f"x{k + 1}" for k in range(count)]
