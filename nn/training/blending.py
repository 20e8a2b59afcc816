"""How much a second kind of networks counts beside the first, decided by rows that each network was not trained on."""

from __future__ import annotations

from typing import Any

import numpy as np

from nn.metrics import log_loss

SHARES = (0.25, 0.5, 0.75)  # the first kind always counts: its network is the one whose training is shown
LEAST_GAIN = 0.01  # of the loss, below which the first kind stays alone: it has fewer inputs
HOPELESS = 1.5  # times the loss of the first network of the first kind, after which no more of the second are trained


class LeftOut:
    """What networks of one kind answer for rows that they were not trained on, the mean where several leave one out."""

    def __init__(self, rows: int) -> None:
        self._sums: Any = None
        self._counts = np.zeros(rows)

    def add(self, rows: np.ndarray, outputs: np.ndarray) -> None:
        """Take note of a network's outputs for the rows of these indexes."""
        if self._sums is None:
            self._sums = np.zeros((len(self._counts), *outputs.shape[1:]))
        self._sums[rows] += outputs
        self._counts[rows] += 1.0

    @property
    def rows(self) -> np.ndarray:
        """The indexes of the rows that some network left out."""
        return np.flatnonzero(self._counts)

    def outputs(self, rows: np.ndarray) -> np.ndarray:
        """The mean outputs for rows that were left out."""
        return (self._sums[rows].T / self._counts[rows]).T


def share_of_second(first: LeftOut, second: LeftOut, targets: np.ndarray, *, classes: bool) -> float:
    """The share, in quarters, with which the second kind makes the loss least; 0 where it gains too little."""
    rows = np.intersect1d(first.rows, second.rows)
    one, other, y = first.outputs(rows), second.outputs(rows), targets[rows]
    losses = {share: loss_of((1.0 - share) * one + share * other, y, classes=classes) for share in (0.0, *SHARES)}
    best = min(SHARES, key=losses.__getitem__)
    return best if losses[best] < (1.0 - LEAST_GAIN) * losses[0.0] else 0.0


def loss_of(outputs: Any, targets: Any, *, classes: bool) -> float:
    """The loss that the networks were trained with."""
    return float(log_loss(outputs, targets)) if classes else float(np.square(outputs - targets).mean())
