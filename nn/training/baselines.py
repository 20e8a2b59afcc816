"""What a network has to beat: always the most frequent class or the mean, and a linear model.

The linear ones are those of everyday: ridge regression, and multinomial logistic regression with the same penalty,
found by steps whose matrix bounds the curvature everywhere (Boehning 1992), so that every step goes down.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nn.metrics import class_probabilities

PENALTY = 1.0  # as scikit-learn's Ridge and LogisticRegression have it
PENALTIES = (0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0)
MOST_NUMBERS = 400_000
MOST_STEPS = 300


def constant_outputs(targets: Any, rows: int, classes: int | None = None) -> np.ndarray:
    """What is answered for `rows` rows by who knows the training targets alone: logits of `classes`, or the mean."""
    if classes is None:
        return np.full(rows, np.asarray(targets, dtype=float).mean())
    counts = np.bincount(np.asarray(targets, dtype=np.int64), minlength=classes)
    return np.tile(np.log((counts + 1.0) / (len(targets) + classes)), (rows, 1))


def linear_weights(
    X: Any, targets: Any, classes: int | None = None, *, penalty: float = PENALTY, counts: Any = None
) -> np.ndarray:
    """The weights (inputs + 1, outputs) of the linear model for these rows, those of the constant last.

    `counts`: how often each row counts, None for once.
    """
    X, targets, counts = _some_rows(X, targets, counts)
    X = _with_ones(X)
    counted = (X.T * counts).T
    damping = np.full(X.shape[1], penalty)
    damping[-1] = 1e-9 * counts.sum()  # the constant is free
    if classes is None:
        y = np.asarray(targets, dtype=float).reshape(len(X), -1)
        return np.linalg.solve(counted.T @ X + np.diag(damping), counted.T @ y)
    wanted = np.eye(classes)[np.asarray(targets, dtype=np.int64)]
    inverse = np.linalg.inv(0.5 * counted.T @ X + np.diag(damping))
    weights = np.zeros((X.shape[1], classes))
    ahead, momentum = weights, 1.0
    for _ in range(MOST_STEPS):
        gradient = counted.T @ (class_probabilities(X @ ahead) - wanted) + damping[:, None] * ahead
        stepped = ahead - inverse @ gradient
        if float(np.abs(stepped - weights).max()) < 1e-5 * (1.0 + float(np.abs(stepped).max())):
            return stepped
        following = 0.5 + (0.25 + momentum * momentum) ** 0.5
        ahead = stepped + (momentum - 1.0) / following * (stepped - weights)
        weights, momentum = stepped, following
    return weights


def fitting_penalty(X: Any, targets: Any) -> float:
    """The penalty of ridge regression with the least error on rows left out one by one, which needs no training: the
    error of a row left out is its error divided by what it does not decide itself."""
    X, targets, _ = _some_rows(X, targets)
    X = np.clip(X, -1e6, 1e6)
    y = np.asarray(targets, dtype=float).reshape(len(X), -1)
    left, sizes, _ = np.linalg.svd(X - X.mean(axis=0), full_matrices=False)
    centered = y - y.mean(axis=0)
    found = []
    for penalty in PENALTIES:
        shrink = sizes**2 / (sizes**2 + penalty)
        rest = centered - left @ (shrink[:, None] * (left.T @ centered))
        own = np.square(left) @ shrink + 1.0 / len(X)
        found.append(float(np.square(rest / np.maximum(1.0 - own, 1e-9)[:, None]).sum()))
    return PENALTIES[int(np.argmin(found))]


def generalizing_penalty(X: Any, targets: Any, counts: Any) -> float:
    """The penalty of ridge regression by generalized cross-validation (Golub, Heath and Wahba 1979).

    A row that counts twice is two rows, which leaving rows out one by one would not make of it.
    """
    X, targets, counts = _some_rows(X, targets, counts)
    X, total = np.clip(X, -1e6, 1e6), float(counts.sum())
    y = np.asarray(targets, dtype=float).reshape(len(X), -1)
    root = np.sqrt(counts)[:, None]
    centered, rest = ((table - np.average(table, axis=0, weights=counts)) * root for table in (X, y))
    left, sizes, _ = np.linalg.svd(centered, full_matrices=False)
    found = []
    for penalty in PENALTIES:
        shrink = sizes**2 / (sizes**2 + penalty)
        error = float(np.square(rest - left @ (shrink[:, None] * (left.T @ rest))).sum())
        found.append(error / max(1e-9, 1.0 - (float(shrink.sum()) + 1.0) / total) ** 2)
    return PENALTIES[int(np.argmin(found))]


def linear_outputs(weights: np.ndarray, X: Any) -> np.ndarray:
    """The answers of a linear model: one number a row, or a row of logits."""
    outputs = _with_ones(X) @ weights
    return outputs[:, 0] if outputs.shape[1] == 1 else outputs


def _some_rows(X: Any, targets: Any, counts: Any = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """At most so many rows, evenly taken, that the model takes no longer than a second."""
    X, targets = np.asarray(X, dtype=float), np.asarray(targets)
    stride = max(1, len(X) * X.shape[1] // MOST_NUMBERS)
    counts = np.ones(len(X)) if counts is None else np.asarray(counts, dtype=float)
    return X[::stride], targets[::stride], counts[::stride]


def _with_ones(X: Any) -> np.ndarray:
    array = np.clip(np.asarray(X, dtype=float), -1e6, 1e6)
    return np.column_stack([array, np.ones(len(array))])
