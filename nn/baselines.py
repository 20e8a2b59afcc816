"""What a network has to beat: always the most frequent class or the mean, and a linear model.

The linear ones are those of everyday: ridge regression, and multinomial logistic regression with the same penalty,
found by steps whose matrix bounds the curvature everywhere (Boehning 1992), so that every step goes down.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nn.metrics import class_probabilities

PENALTY = 1.0  # as scikit-learn's Ridge and LogisticRegression have it
MOST_STEPS = 300


def constant_outputs(targets: Any, rows: int, classes: int | None = None) -> np.ndarray:
    """What is answered for `rows` rows by who knows the training targets alone: logits of `classes`, or the mean."""
    if classes is None:
        return np.full(rows, np.asarray(targets, dtype=float).mean())
    counts = np.bincount(np.asarray(targets, dtype=np.int64), minlength=classes)
    return np.tile(np.log((counts + 1.0) / (len(targets) + classes)), (rows, 1))


def linear_weights(X: Any, targets: Any, classes: int | None = None) -> np.ndarray:
    """The weights (inputs + 1, outputs) of the linear model for these rows, those of the constant last."""
    X = _with_ones(X)
    damping = np.full(X.shape[1], PENALTY)
    damping[-1] = 1e-9 * len(X)  # the constant is free
    if classes is None:
        y = np.asarray(targets, dtype=float).reshape(len(X), -1)
        return np.linalg.solve(X.T @ X + np.diag(damping), X.T @ y)
    wanted = np.eye(classes)[np.asarray(targets, dtype=np.int64)]
    inverse = np.linalg.inv(0.5 * X.T @ X + np.diag(damping))
    weights = np.zeros((X.shape[1], classes))
    ahead, momentum = weights, 1.0
    for _ in range(MOST_STEPS):
        gradient = X.T @ (class_probabilities(X @ ahead) - wanted) + damping[:, None] * ahead
        stepped = ahead - inverse @ gradient
        if float(np.abs(stepped - weights).max()) < 1e-5 * (1.0 + float(np.abs(stepped).max())):
            return stepped
        following = 0.5 + (0.25 + momentum * momentum) ** 0.5
        ahead = stepped + (momentum - 1.0) / following * (stepped - weights)
        weights, momentum = stepped, following
    return weights


def linear_outputs(weights: np.ndarray, X: Any) -> np.ndarray:
    """The answers of a linear model: one number a row, or a row of logits."""
    outputs = _with_ones(X) @ weights
    return outputs[:, 0] if outputs.shape[1] == 1 else outputs


def _with_ones(X: Any) -> np.ndarray:
    array = np.clip(np.asarray(X, dtype=float), -1e6, 1e6)
    return np.column_stack([array, np.ones(len(array))])
