"""Losses and optimizers by name, and the loss that suits given targets.

Names come from callers and command lines, so they are looked up in the tables here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nn import losses, optimizers
from nn.evaluators import Output, evaluator
from nn.metrics import accuracy
from nn.samples import Row, Targets
from nn.wording import shown

LOSSES: dict[str, Callable[..., Any]] = {
    "mse": losses.mse_loss,
    "hinge": losses.hinge_loss,
    "binary_cross_entropy": losses.binary_cross_entropy_with_logits,
    "cross_entropy": losses.cross_entropy,
}

Metrics = Mapping[str, Callable[[list[Any], list[Any]], float]]

CLASS_LOSSES = ("hinge", "binary_cross_entropy", "cross_entropy")

# Name: class and the step size that suits networks of a few hundred parameters on standardized inputs.
OPTIMIZERS: dict[str, tuple[Callable[..., Any], float]] = {
    "sgd": (optimizers.SGD, 0.1),
    "adam": (optimizers.Adam, 0.01),
    "adamw": (optimizers.AdamW, 0.01),
}


def choose_loss(
    loss: str | Callable[..., Any] | None, model: Any, rows: list[Row], targets: Targets
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
        return short, LOSSES[short]
    if not callable(loss):
        raise TypeError(f"fit: loss must be a name or a function of predictions and targets, got {type(loss).__name__}")
    known = next((name for name, function in LOSSES.items() if function is loss), None)
    return known or getattr(loss, "__name__", type(loss).__name__), loss


def choose_optimizer(optimizer: Any, parameters: list[Any], lr: float | None = None) -> Any:
    """The optimizer asked for by name, by a function from parameters to one, or as it is."""
    if isinstance(optimizer, str):
        if optimizer not in OPTIMIZERS:
            raise ValueError(f"fit: unknown optimizer {optimizer[:40]!r}; choose one of {', '.join(OPTIMIZERS)}")
        make, usual = OPTIMIZERS[optimizer]
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


def _fitting_loss(output: Output, targets: Targets) -> str:
    whole = _whole_numbers(targets)
    if whole is None:
        return "mse"
    if isinstance(output, list):
        return "cross_entropy" if whole <= set(range(len(output))) else "mse"
    if whole <= {0, 1}:
        return "binary_cross_entropy"
    return "hinge" if whole <= {-1, 1} else "mse"


def _whole_numbers(targets: Targets) -> set[int] | None:
    """The different targets, or None when one is a row or has decimals."""
    found = set()
    for y in targets:
        if isinstance(y, list) or y != (whole := int(y)):
            return None
        found.add(whole)
    return found
