"""Losses and optimizers by name, and the loss that suits given targets.

Names come from callers and command lines, so they are looked up in the tables here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from nn import losses, optimizers
from nn.evaluators import evaluator
from nn.metrics import accuracy
from nn.samples import Targets
from nn.training.full_batch import LBFGS, LevenbergMarquardt
from nn.wording import shown

LOSSES: dict[str, Callable[..., Any]] = {
    "mse": losses.mse_loss,
    "hinge": losses.hinge_loss,
    "binary_cross_entropy": losses.binary_cross_entropy_with_logits,
    "cross_entropy": losses.cross_entropy,
    "l1": losses.l1_loss,
    "huber": losses.huber_loss,
    "quantile": losses.quantile_loss,
    "poisson": losses.poisson_loss,
    "focal": losses.focal_loss,
    "gaussian": losses.gaussian_loss,
}

Metrics = Mapping[str, Callable[[Any, Any], float]]

CLASS_LOSSES = ("hinge", "binary_cross_entropy", "cross_entropy", "focal")

# Name: class and the step size that suits networks of a few hundred parameters on standardized inputs.
OPTIMIZERS: dict[str, tuple[Callable[..., Any], float]] = {
    "sgd": (optimizers.SGD, 0.1),
    "adam": (optimizers.Adam, 0.01),
    "adamw": (optimizers.AdamW, 0.01),
    "rmsprop": (optimizers.RMSProp, 0.01),
    "lion": (optimizers.Lion, 0.002),
    "lbfgs": (LBFGS, 1.0),
    "lm": (LevenbergMarquardt, 1.0),
}
FULL_BATCH = ("lbfgs", "lm")


def choose_loss(
    loss: str | Callable[..., Any] | None, model: Any, rows: Any, targets: Targets
) -> tuple[str, Callable[..., Any]]:
    """Name and function of the loss asked for, or of the one that suits the targets and the model's outputs.

    The first row is tried on the model, so that a wrong width is told before training begins.
    """
    output = evaluator(model).outputs(rows[:1])[0]
    if loss is None:
        loss = _fitting_loss(output, targets)
    if isinstance(loss, str):
        # The functions' own names are taken too.
        short = next((name for name, function in LOSSES.items() if function.__name__ == loss), loss)
        if short not in LOSSES:
            raise ValueError(f"fit: unknown loss {loss[:40]!r}; choose one of {', '.join(LOSSES)}, or pass a function")
        check_targets(short, output, targets)
        return short, LOSSES[short]
    if not callable(loss):
        raise TypeError(f"fit: loss must be a name or a function of predictions and targets, got {type(loss).__name__}")
    known = next((name for name, function in LOSSES.items() if function is loss), None)
    if known:
        check_targets(known, output, targets)
    return known or getattr(loss, "__name__", type(loss).__name__), loss


def choose_optimizer(optimizer: Any, parameters: list[Any], lr: float | None = None) -> Any:
    """The optimizer asked for by name, by a function from parameters to one, or as it is."""
    if isinstance(optimizer, str):
        if optimizer not in OPTIMIZERS:
            raise ValueError(f"fit: unknown optimizer {optimizer[:40]!r}; choose one of {', '.join(OPTIMIZERS)}")
        make, usual = OPTIMIZERS[optimizer]
        if optimizer in FULL_BATCH:
            if lr is not None:
                raise ValueError(f"fit: {optimizer} finds the length of its steps itself; leave lr out")
            return make()
        return make(parameters, lr=usual if lr is None else lr)
    if isinstance(optimizer, type) or (callable(optimizer) and not hasattr(optimizer, "step")):
        return optimizer(parameters) if lr is None else optimizer(parameters, lr=lr)
    if not hasattr(optimizer, "step") or not hasattr(optimizer, "zero_grad"):
        raise TypeError(
            f"fit: optimizer must be a name, an optimizer or a class of one, got {type(optimizer).__name__}"
        )
    if lr is not None:
        raise ValueError("fit: lr is given beside an optimizer that has its own; set it there")
    return optimizer


def is_class_loss(name: str) -> bool:
    """Whether the targets of this loss are classes."""
    return name in CLASS_LOSSES


def choose_metrics(metrics: Metrics | None, loss_name: str) -> Metrics:
    """The metrics asked for; by default accuracy for a loss of classes and none for others."""
    if metrics is None:
        return {"accuracy": accuracy} if is_class_loss(loss_name) else {}
    if not isinstance(metrics, Mapping) or not all(map(callable, metrics.values())):
        raise TypeError(f"fit: metrics must be a dict of names and functions, got {shown(metrics)}")
    return metrics


def check_targets(name: str, output: Any, targets: Targets) -> None:
    """Raise ValueError, before anything is trained, for targets that the loss of this name cannot take."""
    rows = np.ndim(output) > 0
    if name == "cross_entropy" and rows and targets.ndim == 1:
        wrong = np.flatnonzero((targets < 0) | (targets >= len(output)) | (targets != np.floor(targets)))
        if len(wrong):
            raise ValueError(_no_class(targets, int(wrong[0]), len(output)))
    elif name == "mse" and rows and targets.ndim == 1:
        raise ValueError(
            f"fit: the model gives {len(output)} numbers a row and y has one; for classes pass indexes "
            f"0..{len(output) - 1}, for numbers rows of {len(output)}"
        )


def _no_class(targets: Targets, place: int, width: int) -> str:
    low, high = targets.min(), targets.max()
    if low >= 1 and high == width and (targets == np.floor(targets)).all():
        return (
            f"fit: the labels run from {low:g} to {high:g}, and a model of {width} outputs has the classes "
            f"0..{width - 1}; subtract 1 from y"
        )
    return (
        f"fit: y[{place}] is {targets[place]:g}, and a model of {width} outputs has the classes 0..{width - 1}; "
        "number the classes from 0, one output each"
    )


def _fitting_loss(output: Any, targets: Targets) -> str:
    if targets.ndim > 1:
        return "mse"
    whole = set(np.unique(targets).tolist()) if (targets == np.floor(targets)).all() else None
    if np.ndim(output):
        return "mse" if whole is None else "cross_entropy"
    if whole is None:
        return "mse"
    if whole <= {0, 1}:
        return "binary_cross_entropy"
    return "hinge" if whole <= {-1, 1} else "mse"
