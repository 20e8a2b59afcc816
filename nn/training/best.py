"""The best parameters of a run, those it began with among them, and the words for one that ended otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from autograd.arrays.parameters import numbers_of
from nn.history import Epoch


class Diverged(Exception):
    """A number of the run is nan or inf; its arguments are what it is, its value and the epoch."""


class Best:
    """The parameters at the end of the epoch with the lowest loss; epoch 0 is before training."""

    def __init__(self, parameters: list[Any]) -> None:
        self.parameters = parameters
        self.data: Sequence[float] = numbers_of(parameters)
        self.untrained = self.data
        self.loss = math.inf
        self.epoch = 0

    def see(self, epoch: Epoch) -> None:
        loss = epoch.train_loss if epoch.val_loss is None else epoch.val_loss
        if loss < self.loss:
            self.data = numbers_of(self.parameters)
            self.loss, self.epoch = loss, epoch.number

    def see_untrained(self, loss: float) -> None:
        """Take the parameters from before training for the best where their loss is not higher."""
        if loss < self.loss:
            self.data, self.loss, self.epoch = self.untrained, loss, 0

    def restore(self) -> None:
        for p, x in zip(self.parameters, self.data, strict=True):
            p.data = x


def kept(best_epoch: int) -> str:
    """What became of the parameters."""
    return f"the parameters of epoch {best_epoch} are kept" if best_epoch else "the untrained parameters are kept"


def advice(trouble: Diverged, best_epoch: int, lr: Any) -> str:
    """What went wrong in which epoch, what was kept, and what to try."""
    what, value, epoch = trouble.args
    now = f" (it was {lr:g})" if isinstance(lr, float) else ""  # somebody else's optimizer may have anything there
    return (
        f"{what} became {value} in epoch {epoch}; {kept(best_epoch)}. Most often the steps are too long: take a "
        f"smaller learning rate{now} and scale the inputs; autograd.detect_anomaly() names the first operation that "
        "went wrong"
    )
