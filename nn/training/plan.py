"""How parameters move: the optimizer, its step size over time, and what is done to gradients before a step."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from nn.history import Epoch
from nn.numbers import at_least_zero
from nn.optimizers import SGD, Adam, RMSProp
from nn.training.schedules import Plateau, Schedule, constant


@dataclass(slots=True)
class Plan:
    """An optimizer and its schedule over `steps` steps, of which `done` are done."""

    stepper: Any
    schedule: Schedule
    steps: int
    clip_norm: float | None = None
    l1: float = 0.0
    l2: float = 0.0
    lr: Any = None
    done: int = 0

    def __post_init__(self) -> None:
        self.lr = getattr(self.stepper, "lr", None)
        self.l1, self.l2 = at_least_zero(self.l1, "fit: l1"), at_least_zero(self.l2, "fit: l2")
        if self.clip_norm is not None and at_least_zero(self.clip_norm, "fit: clip_norm") == 0.0:
            raise ValueError("fit: clip_norm must be above 0; leave it out for no limit")

    def step(self, parameters: list[Any]) -> None:
        """One step along gradients that are already there; `parameters` are looked at by what changes gradients."""
        if self.schedule is not constant:
            self.stepper.lr = self.lr * float(self.schedule(self.done, self.steps))
        if self.l2 and self._decays():
            self._step_decaying()
            return
        if self.l1 or self.l2:
            for p in parameters:
                x = p.data
                p.grad += self.l2 * x + self.l1 * ((x > 0.0) - (x < 0.0))
        if self.clip_norm is not None:
            length = math.hypot(*(p.grad for p in parameters))
            if length > self.clip_norm:
                for p in parameters:
                    p.grad *= self.clip_norm / length
        self.stepper.step()
        self.done += 1

    def _step_decaying(self) -> None:
        self.stepper.weight_decay = self.l2
        try:
            self.stepper.step()
        finally:
            self.stepper.weight_decay = 0.0  # what is kept of an optimizer is what the caller has made
        self.done += 1

    def _decays(self) -> bool:
        """Whether the optimizer's own weight decay is l2, to the bit, and goes through the parameters faster."""
        same = type(self.stepper) in (SGD, Adam, RMSProp) and not self.stepper.weight_decay
        return same and not self.l1 and self.clip_norm is None

    def see(self, epoch: Epoch) -> None:
        """Tell a schedule that follows the loss of an epoch's end."""
        if isinstance(self.schedule, Plateau):
            self.schedule.see(epoch.train_loss if epoch.val_loss is None else epoch.val_loss)

    def restore(self) -> None:
        """Give the optimizer its own step size back."""
        if self.schedule is not constant:
            self.stepper.lr = self.lr
