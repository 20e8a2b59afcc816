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

import numpy as np

from nn.best import Best, Diverged, advice, kept
from nn.choices import Metrics, choose_loss, choose_metrics, choose_optimizer, is_class_loss
from nn.evaluators import Evaluator, evaluator
from nn.health import Health
from nn.history import Epoch, History, Snapshot
from nn.samples import Batch, Samples, as_rows, as_targets, divide, permutation
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

    Returns the `History`, whose `notes` say what ails the run, if anything does. Ctrl-C stops the run and is told in
    `history.interrupted`; a loss that becomes nan or inf stops it with a RuntimeWarning. Raises
    ValueError or TypeError for wrong arguments before anything is changed.
    """
    rows = as_rows(X)
    targets = as_targets(y, len(rows))
    epochs = _count("epochs", epochs)
    patience = None if patience is None else _count("patience", patience)
    every = (
        int(record_parameters)
        if isinstance(record_parameters, bool)
        else _count("record_parameters", record_parameters)
    )
    if not hasattr(model, "parameters"):
        raise TypeError(f"fit: the model must have parameters(), as nn.MLP has, got {type(model).__name__}")
    parameters = list(model.parameters())
    if not parameters:
        raise ValueError(f"fit: the model {type(model).__name__} has no parameters to train")
    loss_name, loss_function = choose_loss(loss, model, rows, targets)
    metrics = choose_metrics(metrics, loss_name)
    if is_class_loss(loss_name) and targets.ndim == 1 and (targets == np.floor(targets)).all():
        targets = targets.astype(np.int64)
    chosen, _, held_back = divide(rows, targets, validation, seed, stratify=is_class_loss(loss_name))
    train = Samples(rows, targets) if chosen is None else Samples(rows[chosen], targets[chosen])
    size = len(train) if batch_size is None else min(_count("batch_size", batch_size), len(train))
    stepper = choose_optimizer(optimizer, parameters, lr)
    compute = evaluator(model, loss_function)
    judged = None if held_back is None else (Batch(held_back.rows), Batch(held_back.targets))

    history = History(loss_name, type(stepper).__name__)
    best = Best(parameters)
    if judged is not None:
        best.see_untrained(_loss_of(compute, judged))
    health = Health(model, parameters, train, loss_name)
    rng = random.Random(seed)
    trouble: Diverged | None = None
    callbacks = tuple(callbacks)
    if every:
        history.snapshots.append(_snapshot(0, parameters))
    try:
        with progress_bar(epochs * len(train), progress) as bar:
            for number in range(1, epochs + 1):
                bar.set_description_str(f"epoch {number}/{epochs}", refresh=False)
                epoch = _epoch(number, compute, stepper, train, judged, size, rng, metrics, bar)
                if not all(math.isfinite(p.data) for p in parameters):
                    raise Diverged("a parameter", math.nan, number)
                history.records.append(epoch)
                if number == 1:
                    health.first_epoch(-(-len(train) // size))
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
    except Diverged as error:
        trouble = error
        history.diverged = True
        history.stopped = "diverged"
    if keep_best is None:
        keep_best = held_back is not None or patience is not None
    if judged is None and (keep_best or history.diverged):
        _judge_untrained(best, compute, (Batch(train.rows), Batch(train.targets)))
    if trouble is not None:
        history.note = advice(trouble, best.epoch, getattr(stepper, "lr", None))
    history.best_epoch = best.epoch
    if not history.note and keep_best and history.epochs and not best.epoch:
        history.note = "no epoch was better than the start: " + kept(0)
    history.note = history.note or getattr(compute, "reason", "")
    # An interruption before the end of the first epoch leaves what the finished steps have reached.
    if history.diverged or (keep_best and history.epochs) or (history.interrupted and best.epoch):
        best.restore()
    if history.interrupted:
        history.note = f"interrupted in epoch {history.epochs + 1}; "
        history.note += kept(best.epoch) if best.epoch or history.epochs else "no epoch was completed"
    history.notes = health.notes(history, getattr(stepper, "lr", None))
    if history.diverged:
        warnings.warn(history.note, RuntimeWarning, stacklevel=2)
    return history


def _epoch(
    number: int,
    compute: Evaluator,
    stepper: Any,
    train: Samples,
    held_back: tuple[Batch, Batch] | None,
    size: int,
    rng: random.Random,
    metrics: Metrics,
    bar: Any,
) -> Epoch:
    """Train on every row once, then judge the validation rows."""
    started = time.perf_counter()
    order = permutation(rng, len(train))
    rows, targets = Batch(train.rows[order]), Batch(train.targets[order])
    weighted: list[float] = []
    outputs: list[Any] = []
    for start in range(0, len(order), size):
        batch = slice(start, start + size)
        stepper.zero_grad()
        loss, batch_outputs = compute.gradients(Batch(rows, batch), Batch(targets, batch))
        if not math.isfinite(loss):
            raise Diverged("the loss", loss, number)
        stepper.step()
        count = len(batch_outputs)
        weighted.append(loss * count)
        if metrics:
            outputs.append(batch_outputs)
        bar.update(count)
    figures = _figures("", metrics, np.concatenate(outputs), targets.array(None)) if metrics else {}
    val_loss = None
    if held_back is not None:
        val_loss, judged = compute.loss(*held_back)
        if not math.isfinite(val_loss):
            raise Diverged("the validation loss", val_loss, number)
        figures |= _figures("val_", metrics, judged, held_back[1].array(None))
    return Epoch(number, math.fsum(weighted) / len(order), val_loss, figures, time.perf_counter() - started)


def _figures(prefix: str, metrics: Metrics, outputs: Any, targets: Any) -> dict[str, float]:
    return {f"{prefix}{name}": float(metric(outputs, targets)) for name, metric in metrics.items()}


def _loss_of(compute: Evaluator, samples: tuple[Batch, Batch]) -> float:
    """The loss on rows, inf where it is no number."""
    loss, _ = compute.loss(*samples)
    return loss if math.isfinite(loss) else math.inf


def _judge_untrained(best: Best, compute: Evaluator, train: tuple[Batch, Batch]) -> None:
    """Have the parameters from before training compete with those of the best epoch, both judged on the same rows:
    the loss of an epoch is gathered while its parameters move."""
    present = [p.data for p in best.parameters]
    losses = []
    for data in (best.data, best.untrained):
        _set(best.parameters, data)
        losses.append(_loss_of(compute, train))
    _set(best.parameters, present)
    best.loss = losses[0]
    if losses[1] < losses[0]:
        best.see_untrained(losses[1])


def _set(parameters: list[Any], numbers: list[float]) -> None:
    for p, x in zip(parameters, numbers, strict=True):
        p.data = x


def _count(name: str, value: Any) -> int:
    try:
        count = operator.index(value)
        if isinstance(value, bool):
            raise TypeError("True and False are no counts")
    except TypeError:
        raise TypeError(f"fit: {name} must be a whole number, got {type(value).__name__}") from None
    if count < 1:
        raise ValueError(f"fit: {name} must be at least 1, got {shown(count)}")
    return count


def _snapshot(epoch: int, parameters: list[Any]) -> Snapshot:
    return Snapshot(epoch, tuple(p.data for p in parameters))


def progress_bar(total: int, progress: bool) -> Any:
    from tqdm.std import tqdm

    layout = "{desc} {percentage:3.0f}%|{bar}| {elapsed} {rate_fmt}{postfix}"
    return tqdm(total=total, disable=not progress, unit=" rows", unit_scale=True, bar_format=layout, dynamic_ncols=True)


def figures_text(epoch: Epoch) -> str:
    figures = [f"loss {epoch.train_loss:.4f}"]
    if epoch.val_loss is not None:
        figures.append(f"val_loss {epoch.val_loss:.4f}")
    return ", ".join(figures + [f"{name} {figure:.3f}" for name, figure in epoch.metrics.items()])
