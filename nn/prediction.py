"""What a trained model says about rows: `predict` for its outputs, `evaluate` for how good they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from nn.evaluators import evaluator
from nn.samples import as_rows, as_targets
from nn.training.choices import Metrics, choose_loss, choose_metrics

if TYPE_CHECKING:
    import numpy


def predict(model: Any, X: Any) -> numpy.ndarray:
    """The outputs of `model` for the rows of `X`: shape (n,) for one output, (n, k) for k; raw, before any sigmoid.

    The model gets what it would get in a loop over `X`: rows of an array, or of a frame, as arrays, others as lists.

    >>> from nn import MLP, predict
    >>> predict(MLP(2, [4, 3], seed=1), [[0.0, 1.0], [1.0, 0.0]]).shape
    (2, 3)
    """
    return evaluator(model).outputs(as_rows(X, caller="predict"))


def evaluate(
    model: Any, X: Any, y: Any, *, loss: str | Callable[..., Any] | None = None, metrics: Metrics | None = None
) -> dict[str, float]:
    """The mean loss and the metrics of `model` on rows it is not trained on, by name; arguments as in `fit`.

    >>> from nn import MLP, evaluate
    >>> figures = evaluate(MLP(1, [1], seed=1), [[0.0], [1.0]], [0, 1], loss="binary_cross_entropy")
    >>> sorted(figures)
    ['accuracy', 'loss']
    """
    rows = as_rows(X, caller="evaluate")
    targets = as_targets(y, len(rows), caller="evaluate")
    loss_name, loss_function = choose_loss(loss, model, rows, targets)
    figure, outputs = evaluator(model, loss_function).loss(rows, targets)
    return {"loss": figure} | {
        name: float(metric(outputs, targets)) for name, metric in choose_metrics(metrics, loss_name).items()
    }
