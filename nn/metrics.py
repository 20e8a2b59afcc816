"""Figures that judge predictions: accuracy and confusion for classes, RMSE and R2 for numbers.

Classes are read from a network's outputs as a loss from logits leaves them: one number is a class by its sign, a list
by its largest element; -1 and +1, 0 and 1, and one-hot rows are all accepted as targets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np


def target_class(target: Any) -> int:
    """The class a target stands for: 0 for -1 (hinge loss), an index as it is, the place of the 1 in a one-hot row."""
    if hasattr(target, "__len__"):
        return max(range(len(target)), key=lambda i: target[i])
    return max(0, int(target))


def predicted_classes(outputs: Any) -> np.ndarray:
    """The class that every output stands for: 1 or 0 by the sign of one number, else the place of the first largest."""
    array = np.asarray(outputs)
    return (array > 0).astype(np.int64) if array.ndim == 1 else array.argmax(axis=1)


def target_classes(targets: Any) -> np.ndarray:
    """The class of every target, as `target_class` has it."""
    array = np.asarray(targets)
    return np.maximum(0, array.astype(np.int64)) if array.ndim == 1 else array.argmax(axis=1)


def accuracy(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """The fraction, 0 to 1, of rows whose predicted class is the target's."""
    _same_length("accuracy", outputs, targets)
    return float((predicted_classes(outputs) == target_classes(targets)).mean())


def confusion_matrix(outputs: Sequence[Any], targets: Sequence[Any]) -> list[list[int]]:
    """Counts of rows by class: `matrix[i][j]` rows of class i were predicted as class j."""
    _same_length("confusion_matrix", outputs, targets)
    expected, got = target_classes(targets), predicted_classes(outputs)
    width = np.asarray(outputs).shape[1] if np.asarray(outputs).ndim > 1 else 2
    size = max(2, width, 1 + int(max(expected.max(), got.max())))
    return np.bincount(expected * size + got, minlength=size * size).reshape(size, size).tolist()


def recalls(matrix: Sequence[Sequence[int]]) -> list[float]:
    """Of each class's rows in a confusion matrix, the fraction that was found; nan for a class without rows."""
    return [row[i] / sum(row) if sum(row) else math.nan for i, row in enumerate(matrix)]


def balanced_accuracy(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """The mean of the classes' recalls: what guessing reaches is 1 / classes, however rare some are."""
    found = [recall for recall in recalls(confusion_matrix(outputs, targets)) if not math.isnan(recall)]
    return math.fsum(found) / len(found)


def f1(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """The harmonic mean of precision and recall: of two classes that of the second, of more the mean over classes."""
    matrix = np.array(confusion_matrix(outputs, targets), dtype=float)
    both = matrix.sum(axis=0) + matrix.sum(axis=1)
    scores = np.divide(2 * np.diag(matrix), both, out=np.zeros(len(both)), where=both > 0)
    return float(scores[1] if len(scores) == 2 else scores[both > 0].mean())


def roc_auc(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """How often a row of a class is given a higher chance of it than a row of another, ties counted half.

    Of more than two classes the mean of each one's against all others; nan where only one class has rows.
    """
    chances, expected = class_probabilities(outputs), target_classes(targets)
    known = [k for k in range(chances.shape[1]) if 0 < (expected == k).sum() < len(expected)]
    known = [1] if chances.shape[1] == 2 and known else known
    return float(np.mean([_above(chances[:, k], expected == k) for k in known])) if known else math.nan


def log_loss(outputs: Sequence[Any], targets: Sequence[Any]) -> float:
    """The mean of -log of the probability given to the class of each row."""
    chances, expected = class_probabilities(outputs), target_classes(targets)
    return float(-np.log(np.maximum(chances[np.arange(len(expected)), expected], 1e-300)).mean())


def class_probabilities(outputs: Any) -> np.ndarray:
    """One probability a class from logits: softmax of a row, sigmoid of one number."""
    logits = np.asarray(outputs, dtype=float)
    if logits.ndim == 1:
        logits = np.column_stack([np.zeros(len(logits)), logits])
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def _above(scores: np.ndarray, chosen: np.ndarray) -> float:
    """The share of pairs of a chosen and another row in which the chosen one's score is higher (Mann and Whitney)."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2.0)[places]
    count = int(chosen.sum())
    return (float(ranks[chosen].sum()) - count * (count + 1) / 2.0) / (count * (len(scores) - count))


def rmse(predictions: Sequence[float], targets: Sequence[float]) -> float:
    """The root of the mean squared error, in the unit of the targets."""
    _same_length("rmse", predictions, targets)
    predicted, expected, factor = _shrunk(predictions, targets)
    return float(_length(predicted - expected) / math.sqrt(len(expected)) / factor)


def mae(predictions: Sequence[float], targets: Sequence[float]) -> float:
    """The mean of the absolute errors, in the unit of the targets."""
    _same_length("mae", predictions, targets)
    predicted, expected, factor = _shrunk(predictions, targets)
    return float(np.abs(predicted - expected).mean() / factor)


def r_squared(predictions: Sequence[float], targets: Sequence[float]) -> float:
    """The share of the targets' variance that is explained: 1 is perfect, 0 what predicting the mean reaches.

    Targets that are all equal have no variance: 1.0 for exact predictions, else 0.0, as scikit-learn has it.
    """
    _same_length("r_squared", predictions, targets)
    predicted, expected, _ = _shrunk(predictions, targets)
    total = _length(expected - expected.mean())
    rest = _length(predicted - expected)
    if total == 0.0:
        return float(rest == 0.0)
    with np.errstate(over="ignore"):
        ratio = np.float64(rest) / total
        return float(1.0 - ratio * ratio)


def _length(x: np.ndarray) -> float:
    """The square root of the sum of squares, which overflows and vanishes no earlier than its result."""
    largest = float(np.abs(x).max())
    if not 0.0 < largest < math.inf:
        return largest
    return largest * math.sqrt(float(np.square(x / largest).sum()))


def _shrunk(predictions: Any, targets: Any) -> tuple[np.ndarray, np.ndarray, float]:
    """Both times a power of two, 1 unless they are near the largest float: no sum and no difference overflows then."""
    predicted, expected = np.asarray(predictions, dtype=float), np.asarray(targets, dtype=float)
    largest = max(float(np.abs(predicted).max()), float(np.abs(expected).max()))
    exponent = math.frexp(largest)[1] if math.isfinite(largest) else 0
    if exponent <= 960:  # 2**64 rows below the largest exponent, 1024
        return predicted, expected, 1.0
    factor = math.ldexp(1.0, 960 - exponent)
    return predicted * factor, expected * factor, factor


def _same_length(name: str, predictions: Sequence[Any], targets: Sequence[Any]) -> None:
    if len(predictions) != len(targets):
        raise ValueError(f"{name}: {len(predictions)} predictions for {len(targets)} targets")
    if len(targets) == 0:
        raise ValueError(f"{name}: wants at least one prediction, got none")
