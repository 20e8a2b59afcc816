"""A run that goes on where another ended, to the bit: what is kept of it after each epoch, and how it is put back.

What is kept is plain JSON values: parameters as they are and as they were at first, the best ones, what the optimizer
and the schedule remember, the generators of random numbers, and the figures of the epochs. It may come from a file, so
it is looked through before anything is changed.
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograd.arrays.parameters import numbers_of
from nn.history import Epoch, History
from nn.numbers import finite
from nn.training.best import Best
from nn.training.health import Health
from nn.training.run import Run
from nn.training.schedules import Plateau
from nn.wording import shown

KEYS = (
    "epoch", "parameters", "untrained", "best", "optimizer", "steps", "schedule", "order", "dropout", "records", "first"
)  # fmt: skip
MOST_EPOCHS = 10**7
_WORDS = 624  # of the Mersenne twister, among which it has a place
_PLAIN = frozenset({int, str, bool, type(None)})


def kept_state(run: Run, best: Best, health: Health, history: History) -> dict[str, Any]:
    """What a run needs to go on after its last epoch; `plain` makes JSON values of it."""
    schedule = run.plan.schedule
    stepper = run.plan.stepper
    kept = getattr(stepper, "kept_state", None) or getattr(stepper, "state_dict", None)
    optimizer = None if kept is None else kept()
    if isinstance(optimizer, dict) and "lr" in optimizer and run.plan.lr is not None:
        optimizer["lr"] = run.plan.lr  # its own, which the schedule multiplies
    drawn = _mask_source(run.model)
    return {
        "epoch": len(history.records),
        "parameters": numbers_of(run.parameters),
        "untrained": best.untrained,
        "best": {"epoch": best.epoch, "loss": best.loss, "parameters": best.data},
        "optimizer": optimizer,
        "steps": run.plan.done,
        "schedule": schedule.state_dict() if isinstance(schedule, Plateau) else None,
        "order": run.rng.getstate(),
        "dropout": None if drawn is None else drawn.bit_generator.state,
        "records": history.records,
        "first": {"ratio": health.ratio, "gradients": health.gradients},
    }


def plain(kept: dict[str, Any]) -> dict[str, Any]:
    """What was kept as JSON values: lists for arrays and tuples, None for infinities."""
    state = {name: _plain(value) for name, value in kept.items() if name != "records"}
    state["records"] = [  # the list has gone on since then, where the run was interrupted
        [r.number, _plain(r.train_loss), _plain(r.val_loss), _plain(r.metrics), r.seconds]
        for r in kept["records"][: kept["epoch"]]
    ]
    return state


def state_of(resume: Any) -> dict[str, Any]:
    """The state that `fit(resume=...)` was given, whole and in order; raises TypeError or ValueError otherwise."""
    state = resume.state if isinstance(resume, History) else resume
    if isinstance(resume, History) and state is None:
        raise ValueError("fit: resume: the run completed no epoch, so there is nothing to go on from")
    if not isinstance(state, Mapping):
        raise TypeError(f"fit: resume must be a History or its state, got {type(resume).__name__}")
    if set(state) != set(KEYS):
        raise ValueError(f"fit: resume must have exactly {', '.join(KEYS)}, got {shown(list(state))}")
    state = dict(state)
    for name in ("epoch", "steps"):
        if type(state[name]) is not int or not 0 <= state[name] <= MOST_EPOCHS * MOST_EPOCHS:
            raise ValueError(f"fit: resume: {name} must be a whole number from 0, got {shown(state[name])}")
    records = state["records"]
    if not isinstance(records, list) or len(records) != state["epoch"] or not records:
        raise ValueError(f"fit: resume: records must be a list of {state['epoch']} epochs, one at least")
    state["records"] = [_epoch(record, i + 1) for i, record in enumerate(records)]
    for name in ("best", "first"):
        if not isinstance(state[name], Mapping):
            raise ValueError(f"fit: resume: {name} must be a dict, got {shown(state[name])}")
    return state


def numbers(state: dict[str, Any], name: str, count: int) -> list[float]:
    """The parameters that are kept under this name, as many as the model has."""
    kept = state["best"].get("parameters") if name == "best" else state[name]
    if not isinstance(kept, list) or len(kept) != count:
        got = f"{len(kept)}" if isinstance(kept, list) else type(kept).__name__
        raise ValueError(f"fit: resume: the run had {got} parameters under {name!r} and the model has {count}")
    return [finite(x, f"fit: resume: {name}[{i}]", plain=True) for i, x in enumerate(kept)]


def best_of(state: dict[str, Any], count: int) -> tuple[int, float, list[float]]:
    """The best epoch, its loss and its parameters, of which there are `count`."""
    loss, epoch = state["best"].get("loss"), state["best"].get("epoch")
    if type(epoch) is not int or not 0 <= epoch <= state["epoch"]:
        raise ValueError(f"fit: resume: the best epoch must be one of 0 to {state['epoch']}, got {shown(epoch)}")
    loss = math.inf if loss is None else finite(loss, "fit: resume: the best loss", plain=True)
    return epoch, loss, numbers(state, "best", count)


def put_back(state: dict[str, Any], run: Run, best: Best, health: Health, history: History) -> None:
    """Have everything stand as after the last epoch of the run that was kept, which `best` and `health` have seen the
    untrained parameters of; ValueError where it does not fit."""
    count = len(run.parameters)
    parameters = numbers(state, "parameters", count)
    best.epoch, best.loss, best.data = best_of(state, count)
    first = state["first"]
    gradients = first.get("gradients")
    if not isinstance(gradients, list):
        raise ValueError("fit: resume: first must have a list of gradients")
    health.ratio = finite(first.get("ratio"), "fit: resume: the ratio of the first steps", plain=True)
    health.gradients = [math.nan if g is None else finite(g, "fit: resume: a gradient", plain=True) for g in gradients]
    schedule = run.plan.schedule
    if isinstance(schedule, Plateau) != (state["schedule"] is not None):
        raise ValueError("fit: resume: of the two runs only one has the schedule 'plateau'; give the same")
    if isinstance(schedule, Plateau):
        schedule.load_state_dict(state["schedule"])
    _put_back_order(run.rng, state["order"])
    _put_back_dropout(run.model, state["dropout"])
    _put_back_optimizer(run.plan.stepper, state["optimizer"])
    run.plan.lr, run.plan.done = getattr(run.plan.stepper, "lr", None), state["steps"]
    history.records += state["records"]
    for p, x in zip(run.parameters, parameters, strict=True):
        p.data = x


def _put_back_optimizer(stepper: Any, kept: Any) -> None:
    kind = type(stepper).__name__
    load = getattr(stepper, "load_state_dict", None)
    if load is None or kept is None:
        raise ValueError(
            f"fit: resume: {kind} has no state_dict and load_state_dict, so a run with it cannot be gone on with"
        )
    if isinstance(kept, Mapping) and "betas" in kept and isinstance(kept["betas"], list):
        kept = {**kept, "betas": tuple(kept["betas"])}
    load(kept)


def _put_back_order(rng: random.Random, kept: Any) -> None:
    try:
        version, words, gauss = kept
        rng.setstate((version, tuple(words), gauss))
    except (TypeError, ValueError, OverflowError):
        raise ValueError("fit: resume: order is no state of random.Random") from None


def _mask_source(model: Any) -> Any:
    """The generator of what dropout leaves out, None without."""
    source = getattr(model, "mask_source", None)
    return None if source is None else source()


def _put_back_dropout(model: Any, kept: Any) -> None:
    drawn = _mask_source(model)
    if (drawn is None) != (kept is None):
        have = "had dropout and the model has none" if drawn is None else "had no dropout and the model has"
        raise ValueError(f"fit: resume: the run {have}; make the model with the same dropout")
    if drawn is not None:
        try:
            inside = kept["state"]
            if type(inside["pos"]) is not int or not 0 <= inside["pos"] <= len(inside["key"]) == _WORDS:
                raise ValueError("NumPy would read whatever lies there")
            drawn.bit_generator.state = kept
        except (TypeError, ValueError, LookupError, OverflowError):
            raise ValueError("fit: resume: dropout is no state of NumPy's generator") from None


def _epoch(record: Any, number: int) -> Epoch:
    try:
        kept_number, train_loss, val_loss, metrics, seconds = record
        named = {str(name): _float(x) for name, x in metrics.items()}
        if kept_number != number:
            raise ValueError(f"epoch {kept_number!r}")
        return Epoch(number, _float(train_loss), None if val_loss is None else _float(val_loss), named, _float(seconds))
    except (TypeError, ValueError, AttributeError):
        raise ValueError(f"fit: resume: record {number} is no epoch: {shown(record)}") from None


def _float(x: Any) -> float:
    return math.nan if x is None else finite(x, "a figure", plain=True)


def _plain(value: Any) -> Any:
    if isinstance(value, (array, np.ndarray)):  # the parameters, of which there are many
        array_of = np.asarray(value)
        every = array_of.dtype.kind != "f" or np.isfinite(array_of).all()
        return value.tolist() if every else [_plain(x) for x in value.tolist()]
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        if _PLAIN.issuperset(map(type, value)):  # a generator of random numbers has 625
            return list(value)
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
