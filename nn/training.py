"""`fit`: minibatches, epochs, validation, early stopping.

Whatever ends a run (all epochs, patience, a callback, a loss that is no number, Ctrl-C) ends it in the same place with
a `History` and usable parameters; only wrong arguments raise.
"""

from __future__ import annotations

import math
import operator
import random
import time
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from nn.batches import Batch
from nn.best import Best, Diverged, advice, kept
from nn.choices import Metrics, choose_loss, choose_metrics, choose_optimizer, is_class_loss
from nn.evaluators import Evaluator, Output, evaluator
from nn.history import Epoch, History, Snapshot
from nn.progress import figures_text, progress_bar
from nn.samples import as_rows, as_targets, divide
from nn.wording import shown

Callback = Callable[[Epoch], Any]


def fit(
    model: Any,
    X: Any,
    y: Any,
    *,
    loss: str | Callable[..., Any] | None = None,
    optimizer: Any = "adam",
    lr: float | None = None,
    epochs: int = 100,
    batch_size: int | None = 32,
    validation: float | tuple[Any, Any] | None = None,
    patience: int | None = None,
    keep_best: bool | None = None,
    metrics: Metrics | None = None,
    callbacks: Iterable[Callback] = (),
    record_parameters: bool | int = False,
    seed: int = 0,
    progress: bool = True,
) -> History:
    """Train `model` on rows `X` and targets `y` in shuffled minibatches; its parameters are changed in place.

    Arguments:
        model: called with one row, gives one Value or a list of Values; has `parameters()`.
        X: n rows of finite numbers (lists, a NumPy array, a pandas frame). y: n targets; class indexes, -1 and +1,
            numbers or rows of numbers, as the loss wants them.
        loss: "mse", "hinge", "binary_cross_entropy", "cross_entropy", or a function of all predictions and
            targets of a batch. By default found from the targets: classes 0..k-1 for a model of k outputs, 0 and 1 or
            -1 and +1 for one output, else numbers.
        optimizer: "adam", "adamw", "sgd" (with step size `lr`), an optimizer, or a function from parameters to one.
        batch_size: rows a step; None for all rows.
        validation: a fraction of the rows to hold back, in the proportions of the classes, or a pair (X, y).
        patience: stop after so many epochs in a row without a better loss (on validation rows where there are any).
        keep_best: put the parameters of the best epoch back at the end; by default with validation or patience. After
            an interruption or divergence it is always done.
        metrics: functions of outputs and targets by name; by default accuracy for the losses of classes.
        callbacks: called with each `Epoch`; one that returns True stops the run.
        record_parameters: keep a `Snapshot` of the parameters before training and after every n-th epoch (True: 1).
        seed: of the shuffling and the split; the same seed gives the same bits.

    Returns the `History`. Ctrl-C stops the run and is told in `history.interrupted`; a loss that becomes nan or inf
    stops it with a RuntimeWarning. Raises ValueError or TypeError for wrong arguments before anything is changed.

    >>> from nn import MLP, fit
    >>> model = MLP(1, [1], seed=1)
    >>> history = fit(model, [[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0], lr=0.1, epochs=500, progress=False)
    >>> round(model([3.0]).data, 1)
    7.0
    """
    rows = as_rows(X)
    targets = as_targets(y, len(rows))
    epochs = _count("epochs", epochs)
    patience = None if patience is None else _count("patience", patience)
    every = 0 if record_parameters is False else _count("record_parameters", record_parameters)
    if not hasattr(model, "parameters"):
        raise TypeError(f"fit: the model must have parameters(), as nn.MLP has, got {type(model).__name__}")
    parameters = list(model.parameters())
    if not parameters:
        raise ValueError(f"fit: the model {type(model).__name__} has no parameters to train")
    loss_name, loss_function = choose_loss(loss, model, rows, targets)
    metrics = choose_metrics(metrics, loss_name)
    train, held_back = divide(rows, targets, validation, seed, stratify=is_class_loss(loss_name))
    size = len(train) if batch_size is None else min(_count("batch_size", batch_size), len(train))
    stepper = choose_optimizer(optimizer, parameters, lr)
    compute = evaluator(model, loss_function)
    tables = Batch(train.rows), Batch(train.targets)
    judged = None if held_back is None else (Batch(held_back.rows), Batch(held_back.targets))

    history = History(loss_name, type(stepper).__name__)
    best = Best(parameters)
    shuffle = random.Random(seed).shuffle
    callbacks = tuple(callbacks)
    if every:
        history.snapshots.append(_snapshot(0, parameters))
    try:
        with progress_bar(epochs * len(train), progress) as bar:
            for number in range(1, epochs + 1):
                bar.set_description_str(f"epoch {number}/{epochs}", refresh=False)
                epoch = _epoch(number, compute, stepper, tables, judged, size, shuffle, metrics, bar)
                if not all(math.isfinite(p.data) for p in parameters):
                    raise Diverged("a parameter", math.nan, number)
                history.records.append(epoch)
                best.see(epoch)
                bar.set_postfix_str(figures_text(epoch), refresh=False)
                if every and number % every == 0:
                    history.snapshots.append(_snapshot(number, parameters))
                answers = [callback(epoch) for callback in callbacks]
                if any(answer is True for answer in answers):
                    history.stopped = "a callback asked for it"
                    break
                if patience is not None and number - best.epoch >= patience:
                    history.stopped = f"no better loss for {patience} epoch{'s' if patience > 1 else ''}"
                    break
    except KeyboardInterrupt:
        history.interrupted = True
        history.stopped = "interrupted"
    except Diverged as trouble:
        history.diverged = True
        history.stopped = "diverged"
        history.note = advice(trouble, best.epoch, getattr(stepper, "lr", None))
    history.best_epoch = best.epoch
    history.note = history.note or getattr(compute, "reason", "")
    if keep_best is None:
        keep_best = held_back is not None or patience is not None
    # An interruption before the end of the first epoch leaves what the finished steps have reached.
    if history.diverged or ((keep_best or history.interrupted) and best.epoch):
        best.restore()
    if history.interrupted:
        history.note = f"interrupted in epoch {history.epochs + 1}; " + kept(best.epoch)
    if history.diverged:
        warnings.warn(history.note, RuntimeWarning, stacklevel=2)
    return history


def _epoch(
    number: int,
    compute: Evaluator,
    stepper: Any,
    train: tuple[Batch, Batch],
    held_back: tuple[Batch, Batch] | None,
    size: int,
    shuffle: Callable[[list[int]], None],
    metrics: Metrics,
    bar: Any,
) -> Epoch:
    """Train on every row once, then judge the validation rows."""
    started = time.perf_counter()
    rows, targets = train
    order = list(range(len(rows)))
    shuffle(order)
    weighted = []
    outputs: list[Output] = []
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        stepper.zero_grad()
        loss, batch_outputs = compute.gradients(Batch(rows, batch), Batch(targets, batch))
        if not math.isfinite(loss):
            raise Diverged("the loss", loss, number)
        stepper.step()
        weighted.append(loss * len(batch))
        outputs += batch_outputs
        bar.update(len(batch))
    shuffled = [targets[i] for i in order]
    figures = {name: metric(outputs, shuffled) for name, metric in metrics.items()}
    val_loss = None
    if held_back is not None:
        val_loss, outputs = compute.loss(*held_back)
        if not math.isfinite(val_loss):
            raise Diverged("the validation loss", val_loss, number)
        figures |= {f"val_{name}": metric(outputs, held_back[1].items) for name, metric in metrics.items()}
    return Epoch(number, math.fsum(weighted) / len(order), val_loss, figures, time.perf_counter() - started)


def _count(name: str, value: Any) -> int:
    try:
        count = operator.index(value)
    except TypeError:
        raise TypeError(f"fit: {name} must be a whole number, got {type(value).__name__}") from None
    if count < 1:
        raise ValueError(f"fit: {name} must be at least 1, got {shown(count)}")
    return count


def _snapshot(epoch: int, parameters: list[Any]) -> Snapshot:
    return Snapshot(epoch, tuple(p.data for p in parameters))
