"""A run: rows to train on and to judge by, and how an epoch goes, in minibatches or in one step of all rows."""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograd.arrays.parameters import numbers_of
from nn.evaluators import Evaluator
from nn.history import Epoch
from nn.samples import Batch, Samples, permutation
from nn.training.best import Diverged
from nn.training.choices import Metrics
from nn.training.full_batch import LBFGS, LevenbergMarquardt, full_batch_step
from nn.training.plan import Plan


@dataclass(slots=True)
class Run:
    """What stays the same from epoch to epoch.

    Attributes:
        model, parameters, compute: what is trained, and how batches are computed. plan: how parameters move.
        train, weights: the rows, and how much each counts, None for all alike. size: rows a step.
        held_back: rows and targets that judge each epoch, if any. metrics: by name.
        rng: of the order of the rows.
    """

    model: Any
    parameters: list[Any]
    compute: Evaluator
    plan: Plan
    train: Samples
    weights: Any
    size: int
    held_back: tuple[Batch, Batch] | None
    metrics: Metrics
    rng: random.Random
    steps_in_epoch: int = field(init=False)

    def __post_init__(self) -> None:
        self.steps_in_epoch = -(-len(self.train) // self.size)

    def epoch(self, number: int, bar: Any) -> Epoch:
        """Train on every row once, then judge the validation rows; raises `Diverged` where a loss is no number."""
        started = time.perf_counter()
        switch(self.model, True)
        in_one = isinstance(self.plan.stepper, (LBFGS, LevenbergMarquardt))
        loss, figures = self._in_one_step(number, bar) if in_one else self._in_batches(number, bar)
        switch(self.model, False)
        val_loss = None
        if self.held_back is not None:
            val_loss, judged = self.compute.loss(*self.held_back)
            if not math.isfinite(val_loss):
                raise Diverged("the validation loss", val_loss, number)
            figures |= self._figures("val_", judged, self.held_back[1].array(None))
        if not np.isfinite(numbers_of(self.parameters)).all():
            raise Diverged("a parameter", math.nan, number)
        return Epoch(number, loss, val_loss, figures, time.perf_counter() - started)

    def loss(self, rows: Batch, targets: Batch) -> float:
        """The loss on rows, inf where it is no number."""
        loss, _ = self.compute.loss(rows, targets)
        return loss if math.isfinite(loss) else math.inf

    def _in_batches(self, number: int, bar: Any) -> tuple[float, dict[str, float]]:
        train, plan = self.train, self.plan
        order = permutation(self.rng, len(train))
        counted = None if self.weights is None else self.weights[order]
        parameters = list(plan.stepper.parameters) if plan.l1 or plan.l2 or plan.clip_norm else []
        weighted: list[float] = []
        outputs: list[Any] = []
        for start in range(0, len(order), self.size):
            batch = slice(start, start + self.size)
            chosen = order[batch]
            plan.stepper.zero_grad()
            extra = () if counted is None else (counted[batch],)
            loss, batch_outputs = self.compute.gradients(
                Batch(train.rows, chosen), Batch(train.targets, chosen), *extra
            )
            if not math.isfinite(loss):
                raise Diverged("the loss", loss, number)
            plan.step(parameters)
            count = len(batch_outputs)
            weighted.append(loss * count)
            if self.metrics:
                outputs.append(batch_outputs)
            bar.update(count)
        figures = self._figures("", np.concatenate(outputs), train.targets[order]) if self.metrics else {}
        return math.fsum(weighted) / len(order), figures

    def _in_one_step(self, number: int, bar: Any) -> tuple[float, dict[str, float]]:
        train, plan = self.train, self.plan
        rows, targets = Batch(train.rows), Batch(train.targets)
        loss = full_batch_step(plan.stepper, self.compute, rows, targets, self.weights, plan.l1, plan.l2)
        if not math.isfinite(loss):
            raise Diverged("the loss", loss, number)
        figures = self._figures("", self.compute.outputs(train.rows), train.targets) if self.metrics else {}
        bar.update(len(train))
        return loss, figures

    def _figures(self, prefix: str, outputs: Any, targets: Any) -> dict[str, float]:
        return {f"{prefix}{name}": float(metric(outputs, targets)) for name, metric in self.metrics.items()}


def renew(model: Any) -> None:
    """Tell a model whose parameters were set that training has ended: it may keep what it has computed until then."""
    if hasattr(model, "training") and hasattr(model, "train"):
        model.train(False)


def switch(model: Any, training: bool) -> None:
    """Switch a model with dropout between training and not."""
    if getattr(model, "training", training) is not training and hasattr(model, "train"):
        model.train(training)
