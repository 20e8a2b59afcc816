"""A network that begins as the linear model: what it learns comes on top, and where that holds for no other row, the
best epoch is the one before training.

The linear part runs through two ReLU units an output in each hidden layer, for what is above 0 and what is below; the
other units begin with weights of 0 behind them. A network without hidden layers is a linear model, and begins as the
best one: steps find it slowly, and stop before it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nn.layers import MLP
from nn.training.baselines import PENALTY, fitting_penalty, generalizing_penalty, linear_weights

LARGEST = 20_000_000  # numbers in a table for which a linear model is made beside


def start_from_linear(model: MLP, X: Any, y: Any, classes: int | None, *, counts: Any = None) -> bool:
    """Give a network of ReLU layers, or none, and linear outputs the answers of the linear model for these rows.

    `counts`: how often each row counts, None for once. False where its layers are others, or no such model can be had.
    """
    *hidden, last = model.layers
    outputs = len(last.neurons)
    fits = all(len(layer.neurons) > 2 * outputs for layer in hidden)
    relu = all(neuron.activation == "relu" for layer in hidden for neuron in layer.neurons)
    if not fits or not relu or np.size(X) > LARGEST or any(n.activation != "linear" for n in last.neurons):
        return False
    try:
        penalty = PENALTY
        if classes is None:
            penalty = fitting_penalty(X, y) if counts is None else generalizing_penalty(X, y, counts)
        weights = linear_weights(X, y, classes, penalty=penalty, counts=counts)
    except np.linalg.LinAlgError:  # columns that say the same
        return False
    if classes == 2 and outputs == 1:
        weights = weights[:, 1:] - weights[:, :1]
    if weights.shape[1] != outputs or not np.isfinite(weights).all():
        return False
    for i, layer in enumerate(hidden):
        for j in range(outputs):
            for unit, sign in ((2 * j, 1.0), (2 * j + 1, -1.0)):
                neuron = layer.neurons[unit]
                if i == 0:
                    neuron.w, neuron.b = (sign * weights[:-1, j]).tolist(), sign * float(weights[-1, j])
                else:
                    neuron.w, neuron.b = _one_at(unit, len(neuron.w)), 0.0
    for j, neuron in enumerate(last.neurons):
        if not hidden:
            neuron.w, neuron.b = weights[:-1, j].tolist(), float(weights[-1, j])
            continue
        row = _one_at(2 * j, len(neuron.w))
        row[2 * j + 1] = -1.0
        neuron.w, neuron.b = row, 0.0
    return True


def _one_at(place: int, width: int) -> list[float]:
    row = [0.0] * width
    row[place] = 1.0
    return row
