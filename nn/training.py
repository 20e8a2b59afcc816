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
from dataclasses import dataclass
from typing import Any

import numpy as np

from nn.best import Best, Diverged, advice, kept
from nn.choices import Metrics, choose_loss, choose_metrics, choose_optimizer, is_class_loss
from nn.ensembles import check_members, fresh_member, join
from nn.evaluators import Evaluator, evaluator
from nn.full_batch import LBFGS, LevenbergMarquardt, check_full_batch, full_batch_step
from nn.health import Health
from nn.history import Epoch, History, Snapshot
from nn.samples import Batch, Samples, as_rows, as_targets, divide, permutation, row_weights
from nn.schedules import Plateau, Schedule, chosen_schedule, constant
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
    sample_weight: Any = None,
    class_weight: Any = None,
    schedule: Any = None,
    clip_norm: float | None = None,
    l1: float = 0.0,
    l2: float = 0.0,
    ensemble: int = 1,
) -> History:
    """Train `model` on rows `X` and targets `y` in shuffled minibatches; its parameters are changed in place.

    Arguments:
        model: called with one row, gives one Value or a list of Values; has `parameters()`.
        X: n rows of finite numbers (lists, a NumPy array, a frame). y: n targets; class indexes, -1 and +1, numbers or
            rows of numbers, as the loss wants them.
        loss: "mse", "hinge", "binary_cross_entropy", "cross_entropy", "l1", "huber", "quantile", "poisson", "focal",
            "gaussian", or a function of all predictions and targets of a batch. By default found from the targets:
            classes 0..k-1 for a model of k outputs, 0 and 1 or -1 and +1 for one output, else numbers.
        optimizer: "adam", "adamw", "sgd", "rmsprop", "lion" (with step size `lr`), an optimizer, or a function from
            parameters to one; "lbfgs" and, for squares, "lm" (Levenberg-Marquardt) take one long step of all rows an
            epoch.
        batch_size: rows a step; None for all rows.
        validation: a fraction of the rows to hold back, in the proportions of the classes, or a pair (X, y).
        patience: stop after so many epochs in a row without a better loss (on validation rows where there are any).
        keep_best: put the parameters of the best epoch, or those from before training where they are better, back at
            the end; by default with validation or patience. After an interruption or divergence it is always done.
        metrics: functions of outputs and targets, both arrays, by name; by default accuracy for the losses of classes.
        callbacks: called with each `Epoch`; one that returns True stops the run.
        record_parameters: keep a `Snapshot` of the parameters before training and after every n-th epoch (True: 1).
        seed: of the shuffling and the split; the same seed gives the same bits.
        sample_weight: how much each row counts. class_weight: the same by class, a dict, or "balanced": all classes
            count alike.
        schedule: how the step size changes: "constant", "cosine", "one_cycle", "step", "exponential", "plateau",
            "warmup", or a function of the step and the number of steps that gives a factor.
        clip_norm: the largest length of a gradient; longer ones are shortened.
        l1, l2: l1 * abs(p) and l2 / 2 * p**2 are added to the loss for every parameter p.
        ensemble: train so many networks, the model and others of its shape, and make the model their average.

    Returns the `History`, whose `notes` say what ails the run, if anything does. Ctrl-C stops the run and is told in
    `history.interrupted`; a loss that becomes nan or inf stops it with a RuntimeWarning. Raises ValueError or
    TypeError for wrong arguments before anything is changed.

    >>> from nn import MLP, fit
    >>> model = MLP(1, [1], seed=1)
    >>> history = fit(model, [[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0], lr=0.1, epochs=500, progress=False)
    >>> round(model([3.0]).data, 1)
    7.0
    """
    options = {name: value for name, value in locals().items() if name not in ("model", "X", "y", "ensemble")}
    rows = as_rows(X)
    targets = as_targets(y, len(rows))
    members = _count("ensemble", ensemble)
    if members > 1:
        check_members(model)
    epochs = _count("epochs", epochs)
    patience = None if patience is None else _count("patience", patience)
    flagged = isinstance(record_parameters, bool)
    every = int(record_parameters) if flagged else _count("record_parameters", record_parameters)
    if not hasattr(model, "parameters"):
        raise TypeError(f"fit: the model must have parameters(), as nn.MLP has, got {type(model).__name__}")
    parameters = list(model.parameters())
    if not parameters:
        raise ValueError(f"fit: the model {type(model).__name__} has no parameters to train")
    loss_name, loss_function = choose_loss(loss, model, rows, targets)
    metrics = choose_metrics(metrics, loss_name)
    if is_class_loss(loss_name) and targets.ndim == 1 and (targets == np.floor(targets)).all():
        targets = targets.astype(np.int64)
    weights = row_weights(sample_weight, class_weight, targets)
    chosen, _, held_back = divide(rows, targets, validation, seed, stratify=is_class_loss(loss_name))
    train = Samples(rows, targets) if chosen is None else Samples(rows[chosen], targets[chosen])
    if weights is not None and chosen is not None:
        weights = weights[chosen]
    if weights is not None:
        weights = weights / weights.mean()
    size = len(train) if batch_size is None else min(_count("batch_size", batch_size), len(train))
    stepper = choose_optimizer(optimizer, parameters, lr)
    plan = Plan(stepper, chosen_schedule(schedule), epochs * -(-len(train) // size), clip_norm, l1, l2)
    compute = evaluator(model, loss_function)
    run_epoch = _full_batch_epoch if isinstance(stepper, (LBFGS, LevenbergMarquardt)) else _epoch
    check_full_batch(stepper, loss_name, model)
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
    training = getattr(model, "training", False)
    try:
        with progress_bar(epochs * len(train), progress) as bar:
            for number in range(1, epochs + 1):
                bar.set_description_str(f"epoch {number}/{epochs}", refresh=False)
                _switch(model, True)
                epoch = run_epoch(number, compute, plan, train, weights, judged, size, rng, metrics, bar)
                _switch(model, False)
                if not all(math.isfinite(p.data) for p in parameters):
                    raise Diverged("a parameter", math.nan, number)
                history.records.append(epoch)
                if number == 1:
                    health.first_epoch(-(-len(train) // size))
                best.see(epoch)
                plan.see(epoch)
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
    finally:
        _switch(model, False)
        plan.restore()
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
    _switch(model, training)
    if history.diverged:
        warnings.warn(history.note, RuntimeWarning, stacklevel=2)
    elif members > 1 and not history.interrupted:
        _train_others(model, X, y, members, options, history)
    return history


def _train_others(model: Any, X: Any, y: Any, members: int, options: dict[str, Any], history: History) -> None:
    """Train the other members of an ensemble and make the model the average of them all."""
    others = []
    quiet = {"callbacks": (), "record_parameters": False}
    for i in range(1, members):
        member = fresh_member(model, options["seed"] + 1000 * i)
        found = fit(member, X, y, **options | quiet | {"seed": options["seed"] + i})
        if found.interrupted:
            history.interrupted, history.stopped, history.note = True, "interrupted", found.note
            break
        if not found.diverged:
            others.append(member)
    join(model, others)


@dataclass(slots=True)
class Plan:
    """How parameters move: the optimizer, its step size over time, and what is done to gradients before a step."""

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
        for name in ("l1", "l2"):
            _at_least_zero(name, getattr(self, name))
        if self.clip_norm is not None and _at_least_zero("clip_norm", self.clip_norm) == 0.0:
            raise ValueError("fit: clip_norm must be above 0; leave it out for no limit")

    def step(self, parameters: list[Any]) -> None:
        """One step along gradients that are already there."""
        if self.schedule is not constant:
            self.stepper.lr = self.lr * float(self.schedule(self.done, self.steps))
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

    def see(self, epoch: Epoch) -> None:
        """Tell a schedule that follows the loss of an epoch's end."""
        if isinstance(self.schedule, Plateau):
            self.schedule.see(epoch.train_loss if epoch.val_loss is None else epoch.val_loss)

    def restore(self) -> None:
        """Give the optimizer its own step size back."""
        if self.schedule is not constant:
            self.stepper.lr = self.lr


def _epoch(
    number: int,
    compute: Evaluator,
    plan: Plan,
    train: Samples,
    weights: Any,
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
    counted = None if weights is None else weights[order]
    parameters = list(plan.stepper.parameters) if plan.l1 or plan.l2 or plan.clip_norm else []
    weighted: list[float] = []
    outputs: list[Any] = []
    for start in range(0, len(order), size):
        batch = slice(start, start + size)
        plan.stepper.zero_grad()
        extra = () if counted is None else (counted[batch],)
        loss, batch_outputs = compute.gradients(Batch(rows, batch), Batch(targets, batch), *extra)
        if not math.isfinite(loss):
            raise Diverged("the loss", loss, number)
        plan.step(parameters)
        count = len(batch_outputs)
        weighted.append(loss * count)
        if metrics:
            outputs.append(batch_outputs)
        bar.update(count)
    figures = _figures("", metrics, np.concatenate(outputs), targets.array(None)) if metrics else {}
    return _judged(number, math.fsum(weighted) / len(order), compute, held_back, metrics, figures, started)


def _full_batch_epoch(
    number: int,
    compute: Evaluator,
    plan: Plan,
    train: Samples,
    weights: Any,
    held_back: tuple[Batch, Batch] | None,
    size: int,
    rng: random.Random,
    metrics: Metrics,
    bar: Any,
) -> Epoch:
    """One iteration of an optimizer that looks at all rows, then the validation rows."""
    started = time.perf_counter()
    rows, targets = Batch(train.rows), Batch(train.targets)
    loss = full_batch_step(plan.stepper, compute, rows, targets, weights, plan.l1, plan.l2)
    if not math.isfinite(loss):
        raise Diverged("the loss", loss, number)
    figures = _figures("", metrics, compute.outputs(train.rows), train.targets) if metrics else {}
    bar.update(len(train))
    return _judged(number, loss, compute, held_back, metrics, figures, started)


def _judged(
    number: int,
    loss: float,
    compute: Evaluator,
    held_back: tuple[Batch, Batch] | None,
    metrics: Metrics,
    figures: dict[str, float],
    started: float,
) -> Epoch:
    val_loss = None
    if held_back is not None:
        _switch(getattr(getattr(compute, "eager", compute), "model", None), False)
        val_loss, judged = compute.loss(*held_back)
        if not math.isfinite(val_loss):
            raise Diverged("the validation loss", val_loss, number)
        figures |= _figures("val_", metrics, judged, held_back[1].array(None))
    return Epoch(number, loss, val_loss, figures, time.perf_counter() - started)


def _switch(model: Any, training: bool) -> None:
    """Switch a model with dropout between training and not."""
    if getattr(model, "training", training) is not training and hasattr(model, "train"):
        model.train(training)


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


def _at_least_zero(name: str, value: Any) -> float:
    if isinstance(value, (bool, str, bytes)) or not hasattr(value, "__float__"):
        raise TypeError(f"fit: {name} must be a number, got {type(value).__name__}")
    if not 0.0 <= float(value) < math.inf:
        raise ValueError(f"fit: {name} must be a number from 0, got {shown(value)}")
    return float(value)


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


def progress_bar(total: int | None, progress: bool) -> Any:
    from tqdm.std import tqdm

    layout = "{desc} {percentage:3.0f}%|{bar}| {elapsed} {rate_fmt}{postfix}"
    return tqdm(total=total, disable=not progress, unit=" rows", unit_scale=True, bar_format=layout, dynamic_ncols=True)


def figures_text(epoch: Epoch) -> str:
    figures = [f"loss {epoch.train_loss:.4f}"]
    if epoch.val_loss is not None:
        figures.append(f"val_loss {epoch.val_loss:.4f}")
    return ", ".join(figures + [f"{name} {figure:.3f}" for name, figure in epoch.metrics.items()])
