"""`fit`: minibatches, epochs, validation, early stopping.

Whatever ends a run (all epochs, patience, a callback, a loss that is no number, Ctrl-C) ends it in the same place with
a `History` and usable parameters; only wrong arguments raise, and a callback that replaces parameters.
"""

from __future__ import annotations

import operator
import random
import warnings
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np

from autograd.arrays.parameters import numbers_of
from nn.evaluators import evaluator
from nn.history import Epoch, History, Snapshot, Stop
from nn.numbers import count
from nn.samples import Batch, Samples, as_rows, as_targets, divide, input_names, row_weights
from nn.training.best import Best, Diverged, advice
from nn.training.best import kept as kept_words
from nn.training.choices import Metrics, choose_loss, choose_metrics, choose_optimizer, is_class_loss
from nn.training.ensembles import check_members, fresh_member, join
from nn.training.full_batch import check_full_batch
from nn.training.health import Health
from nn.training.kept_values import KeptValues
from nn.training.plan import Plan
from nn.training.progress import figures_text, progress_bar
from nn.training.resuming import kept_state, numbers, plain, put_back, state_of
from nn.training.run import Run, renew, switch
from nn.training.schedules import chosen_schedule
from nn.training.untrained import notes_on_untrained

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
    resume: Any = None,
    checkpoint: Callable[[Callable[[], dict[str, Any]]], Any] | None = None,
    executor: Any = None,
) -> History:
    """Train `model` on rows `X` and targets `y` in shuffled minibatches; its parameters are changed in place.

    Arguments:
        model: called with one row, gives one Value or a list of Values; has `parameters()`.
        X: n rows of finite numbers (lists, a NumPy array, a frame); those of an array or a frame are arrays for the
            model. y: n targets; class indexes, -1 and +1, numbers or rows of numbers, as the loss wants them.
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
        callbacks: called with each `Epoch`; one that returns True stops the run. They may set numbers of parameters,
            and not replace any.
        record_parameters: keep a `Snapshot` of the parameters before training and after every n-th epoch (True: 1).
        seed: of the shuffling and the split; the same seed gives the same bits.
        sample_weight: how much each row counts. class_weight: the same by class, a dict, or "balanced": all classes
            count alike.
        schedule: how the step size changes: "constant", "cosine", "one_cycle", "step", "exponential", "plateau",
            "warmup", or a function of the step and the number of steps that gives a factor.
        clip_norm: the largest length of a gradient; longer ones are shortened.
        l1, l2: l1 * abs(p) and l2 / 2 * p**2 are added to the loss for every parameter p.
        ensemble: train so many networks, the model and others of its shape, and make the model their average.
        resume: a `History`, or its `state`, of a run of such a model with these arguments that ended early: the run
            goes on after its last epoch, and ends with the bits of one that was never stopped.
        checkpoint: called after every epoch with a function that gives the state of then, plain JSON values for
            `resume`; to be stored now and then, for the case that the process is killed.
        executor: any `concurrent.futures.Executor`: its workers compute chunks of each batch, with the same bits for
            any number of workers. It pays for batches of tens of thousands of rows; see docs/scale.md.

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
    members = count(ensemble, "fit: ensemble")
    if members > 1:
        check_members(model)
    epochs = count(epochs, "fit: epochs")
    patience = None if patience is None else count(patience, "fit: patience")
    flagged = isinstance(record_parameters, bool)
    every = int(record_parameters) if flagged else count(record_parameters, "fit: record_parameters")
    state = None if resume is None else state_of(resume)
    run, loss_name = _prepared(model, X, y, options)
    stepper, parameters = run.plan.stepper, run.parameters
    history = History(loss_name, type(stepper).__name__)
    best, health = _watched(run, loss_name, history, state, input_names(X))
    computed, untrained = KeptValues(model, parameters), notes_on_untrained(model, parameters)
    kept: dict[str, Any] | None = None if state is None else kept_state(run, best, health, history)
    trouble: Diverged | None = None
    callbacks = tuple(callbacks)
    if every:
        history.snapshots.append(_snapshot(history.epochs, parameters))
    training = getattr(model, "training", False)
    try:
        with progress_bar(epochs * len(run.train), progress) as bar:
            bar.update(history.epochs * len(run.train))
            for number in range(history.epochs + 1, epochs + 1):
                bar.set_description_str(f"epoch {number}/{epochs}", refresh=False)
                if number == 2:
                    computed.see()
                epoch = run.epoch(number, bar)
                history.records.append(epoch)
                if number == 1:
                    health.first_epoch()
                best.see(epoch)
                run.plan.see(epoch)
                kept = kept_state(run, best, health, history)
                if checkpoint is not None:
                    checkpoint(partial(plain, kept))
                bar.set_postfix_str(figures_text(epoch), refresh=False)
                if every and number % every == 0:
                    history.snapshots.append(_snapshot(number, parameters))
                answers = [callback(epoch) for callback in callbacks]
                if callbacks:
                    _check_still_there(model, parameters)
                if any(answer is True for answer in answers):
                    history.reason = Stop.CALLBACK
                    break
                if patience is not None and number - best.epoch >= patience:
                    history.reason, history.waited = Stop.NO_BETTER, patience
                    break
    except KeyboardInterrupt:
        history.interrupted = True
        history.reason = Stop.INTERRUPTED
    except Diverged as error:
        trouble = error
        history.diverged = True
        history.reason = Stop.DIVERGED
    finally:
        switch(model, False)
        run.plan.restore()
    if kept is not None:
        history.state = plain(kept)
    if keep_best is None:
        keep_best = run.held_back is not None or patience is not None
    if run.held_back is None and (keep_best or history.diverged):
        _judge_untrained(best, run)
    if trouble is not None:
        history.note = advice(trouble, best.epoch, getattr(stepper, "lr", None))
    history.best_epoch = best.epoch
    if not history.note and keep_best and history.epochs and not best.epoch:
        history.note = "no epoch was better than the start: " + kept_words(0)
    history.note = history.note or getattr(run.compute, "reason", "")
    # An interruption before the end of the first epoch leaves what the finished steps have reached.
    if history.diverged or (keep_best and history.epochs) or (history.interrupted and best.epoch):
        best.restore()
    renew(model)
    if history.interrupted:
        history.note = f"interrupted in epoch {history.epochs + 1}; "
        history.note += kept_words(best.epoch) if best.epoch or history.epochs else "no epoch was completed"
    decay = getattr(stepper, "weight_decay", 0.0)
    penalties = {"a weight decay": decay, "an L1 penalty": run.plan.l1, "an L2 penalty": run.plan.l2}
    history.notes = untrained + computed.notes()
    history.notes += health.notes(history, getattr(stepper, "lr", None), penalties, patience, clip_norm)
    switch(model, training)
    if history.diverged:
        warnings.warn(history.note, RuntimeWarning, stacklevel=2)
    elif members > 1 and not history.interrupted:
        _train_others(model, X, y, members, options, history)
    return history


def _check_still_there(model: Any, parameters: list[Any]) -> None:
    """Raise ValueError where the model has other parameters than those that are being trained."""
    now = list(model.parameters())
    if len(now) == len(parameters) and all(map(operator.is_, now, parameters)):
        return
    k = next((k for k, (a, b) in enumerate(zip(now, parameters, strict=False)) if a is not b), None)
    what = f"has {len(now):,} parameters instead of {len(parameters):,}" if k is None else f"has another parameter {k}"
    raise ValueError(
        f"fit: after a callback the model {what}, which would never be trained; set a parameter's .data instead of "
        "replacing it, or call fit again for a model that has changed"
    )


def _prepared(model: Any, X: Any, y: Any, options: dict[str, Any]) -> tuple[Run, str]:
    """The run that the arguments of `fit` describe, all of them checked, and the name of its loss."""
    rows = as_rows(X)
    targets = as_targets(y, len(rows))
    if not hasattr(model, "parameters"):
        raise TypeError(f"fit: the model must have parameters(), as nn.MLP has, got {type(model).__name__}")
    parameters = list(model.parameters())
    if not parameters:
        raise ValueError(f"fit: the model {type(model).__name__} has no parameters to train")
    loss_name, loss_function = choose_loss(options["loss"], model, rows, targets)
    metrics = choose_metrics(options["metrics"], loss_name)
    if is_class_loss(loss_name) and targets.ndim == 1 and (targets == np.floor(targets)).all():
        targets = targets.astype(np.int64)
    weights = row_weights(options["sample_weight"], options["class_weight"], targets)
    seed = options["seed"]
    chosen, _, held_back = divide(rows, targets, options["validation"], seed, stratify=is_class_loss(loss_name))
    train = Samples(rows, targets) if chosen is None else Samples(rows[chosen], targets[chosen])
    if weights is not None:
        weights = weights if chosen is None else weights[chosen]
        weights = weights / weights.mean()
    asked = options["batch_size"]
    size = len(train) if asked is None else min(count(asked, "fit: batch_size"), len(train))
    stepper = choose_optimizer(options["optimizer"], parameters, options["lr"])
    check_full_batch(stepper, loss_name, model)
    steps = count(options["epochs"], "fit: epochs") * -(-len(train) // size)
    schedule = chosen_schedule(options["schedule"])
    plan = Plan(stepper, schedule, steps, options["clip_norm"], options["l1"], options["l2"])
    judged = None if held_back is None else (Batch(held_back.rows), Batch(held_back.targets))
    executor = options["executor"]
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise TypeError(f"fit: executor must be a concurrent.futures.Executor, got {type(executor).__name__}")
    compute = evaluator(model, loss_function, executor)
    return Run(model, parameters, compute, plan, train, weights, size, judged, metrics, random.Random(seed)), loss_name


def _watched(
    run: Run, loss_name: str, history: History, state: dict[str, Any] | None, names: list[str] | None
) -> tuple[Best, Health]:
    """What keeps the best epoch and what looks for diseases, both of which begin with the untrained parameters."""
    given = numbers_of(run.parameters)
    try:
        if state is not None:
            _begin_as(run.parameters, numbers(state, "untrained", len(given)))
        best = Best(run.parameters)
        health = Health(run.model, run.parameters, run.train, loss_name, run.steps_in_epoch, names)
        if state is not None:
            put_back(state, run, best, health, history)
        elif run.held_back is not None:
            best.see_untrained(run.loss(*run.held_back))
    except BaseException:
        _begin_as(run.parameters, given)
        raise
    return best, health


def _train_others(model: Any, X: Any, y: Any, members: int, options: dict[str, Any], history: History) -> None:
    """Train the other members of an ensemble and make the model the average of them all."""
    others = []
    quiet = {"callbacks": (), "record_parameters": False, "resume": None, "checkpoint": None}
    for i in range(1, members):
        member = fresh_member(model, options["seed"] + 1000 * i)
        found = fit(member, X, y, **options | quiet | {"seed": options["seed"] + i})
        if found.interrupted:
            history.interrupted, history.reason, history.note = True, Stop.INTERRUPTED, found.note
            break
        if not found.diverged:
            others.append(member)
    join(model, others)


def _judge_untrained(best: Best, run: Run) -> None:
    """Have the parameters from before training compete with those of the best epoch, both judged on the same rows:
    the loss of an epoch is gathered while its parameters move."""
    train = Batch(run.train.rows), Batch(run.train.targets)
    present = numbers_of(best.parameters)
    losses = []
    for data in (best.data, best.untrained):
        _begin_as(best.parameters, data)
        renew(run.model)
        losses.append(run.loss(*train))
    _begin_as(best.parameters, present)
    renew(run.model)
    best.loss = losses[0]
    if losses[1] < losses[0]:
        best.see_untrained(losses[1])


def _begin_as(parameters: list[Any], numbers: Iterable[float]) -> None:
    for p, x in zip(parameters, numbers, strict=True):
        p.data = x


def _snapshot(epoch: int, parameters: list[Any]) -> Snapshot:
    return Snapshot(epoch, tuple(numbers_of(parameters)))
