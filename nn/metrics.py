"""Figures that judge predictions: accuracy and confusion for classes, RMSE and R2 for numbers.

Classes are read from a network's outputs as a loss from logits leaves them: one number is a class by its sign, a list
by its largest element; -1 and +1, 0 and 1, and one-hot rows are all accepted as targets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any


def predicted_class(output: Any) -> int:
    """The class an output stands for: 1 or 0 by the sign of one number, else the place of the (first) largest."""
    if not hasattr(output, "__len__"):
        return int(output > 0)
    return max(range(len(output)), key=lambda i: output[i])


def target_class(target: Any) -> int:
    """The class a target stands for: 0 for -1 (hinge loss), an index as it is, the place of the 1 in a one-hot row."""
    if hasattr(target, "__len__"):
        return max(range(len(target)), key=lambda i: target[i])
    return max(0, int(target))


def accuracy(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """The fraction, 0 to 1, of rows whose predicted class is the target's."""
    _same_length("accuracy", outputs, targets)
    pairs = zip(outputs, targets, strict=True)
    return sum(predicted_class(output) == target_class(target) for output, target in pairs) / len(targets)


def confusion_matrix(outputs: Sequence[Any], targets: Sequence[Any]) -> list[list[int]]:
    """Counts of rows by class: `matrix[i][j]` rows of class i were predicted as class j."""
    _same_length("confusion_matrix", outputs, targets)
    pairs = [(target_class(t), predicted_class(o)) for o, t in zip(outputs, targets, strict=True)]
    first = outputs[0]
    size = max(2, len(first) if hasattr(first, "__len__") else 2, 1 + max(max(pair) for pair in pairs))
    matrix = [[0] * size for _ in range(size)]
    for expected, got in pairs:
        matrix[expected][got] += 1
    return matrix


def rmse(predictions: Sequence[float], targets: Sequence[float]) -> float:
    """The root of the mean squared error, in the unit of the targets."""
    _same_length("rmse", predictions, targets)
    predictions, targets, factor = _shrunk(predictions, targets)
    return math.dist(predictions, targets) / math.sqrt(len(targets)) / factor


def r_squared(predictions: Sequence[float], targets: Sequence[float]) -> float:
    """The share of the targets' variance that is explained: 1 is perfect, 0 what predicting the mean reaches.

    Targets that are all equal have no variance: 1.0 for exact predictions, else 0.0, as scikit-learn has it.
    """
    _same_length("r_squared", predictions, targets)
    predictions, targets, _ = _shrunk(predictions, targets)
    mean = math.fsum(targets) / len(targets)
    total = math.dist(targets, [mean] * len(targets))
    rest = math.dist(predictions, targets)
    if total == 0.0:
        return float(rest == 0.0)
    ratio = rest / total
    return 1.0 - ratio * ratio


def _shrunk(predictions: Sequence[float], targets: Sequence[float]) -> tuple[Sequence[float], Sequence[float], float]:
    """Both times a power of two, 1 unless they are near the largest float: no sum and no difference overflows then."""
    _, exponent = math.frexp(max(map(abs, targets)))
    if exponent <= 960:  # 2**64 rows below the largest exponent, 1024
        return predictions, targets, 1.0
    factor = math.ldexp(1.0, 960 - exponent)
    return [x * factor for x in predictions], [y * factor for y in targets], factor


def _same_length(name: str, predictions: Sequence[Any], targets: Sequence[Any]) -> None:
    if len(predictions) != len(targets):
        raise ValueError(f"{name}: {len(predictions)} predictions for {len(targets)} targets")
    if len(targets) == 0:
        raise ValueError(f"{name}: wants at least one prediction, got none")
