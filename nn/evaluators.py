"""How a batch is computed: the one place where training meets the engine.

`fit`, `evaluate` and `predict` ask `evaluator` for an object with three methods and know nothing else of how outputs
and gradients come about; a faster way to compute them is another class here and a line in `evaluator`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from autograd import Value, mean
from nn.samples import as_lists, items_of, plain, rows_of, without_graph

Outputs = Any  # an array (n,) for one output, (n, k) for k


class Evaluator(Protocol):
    """What training needs of a way to compute; outputs are an array of one number, or one row of numbers, a row."""

    def gradients(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Outputs]:
        """Loss and outputs of a batch; the loss's gradient is added to the parameters' `.grad`.

        With weights the loss is the mean of each row's loss times its weight.
        """
        ...

    def loss(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Outputs]:
        """Loss and outputs, no gradient."""
        ...

    def outputs(self, rows: Any) -> Outputs:
        """Outputs, no gradient."""
        ...


def evaluator(model: Any, loss: Callable[..., Any] | None = None, executor: Any = None) -> Evaluator:
    """The way to compute `model` and the loss of its outputs; without a loss only `outputs` may be used.

    With an executor its workers compute chunks of the rows.
    """
    from nn.recorded import Recorded

    return Recorded(Eager(model, loss), executor)


@dataclass(frozen=True, slots=True)
class Eager:
    """One graph a batch: every row through the model, the loss over all of them, one backward pass.

    Where no gradient is asked for, there is a graph a row, and not `no_grad`: what a model keeps of what it computes
    must not be cut from its parameters.
    """

    model: Callable[[Any], Any]
    loss_function: Callable[..., Any] | None

    def gradients(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Outputs]:
        model = self.model
        predictions = [model(row) for row in self._rows(rows)]
        loss = self._loss(predictions, targets, weights)
        if not isinstance(loss, Value):
            raise TypeError(
                f"fit: the loss is a {type(loss).__name__}, not a Value, so there is nothing to differentiate; "
                "compute model and loss from Values"
            )
        loss.backward()
        return loss.data, _numbers(predictions)

    def loss(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Outputs]:
        model = self.model
        predictions = [without_graph(model(row)) for row in self._rows(rows)]
        return float(self._loss(predictions, targets, weights)), _numbers(predictions)

    def outputs(self, rows: Any) -> Outputs:
        model = self.model
        return _numbers([without_graph(model(row)) for row in self._rows(rows)])

    def _rows(self, rows: Any) -> Any:
        return items_of(rows) if as_lists(self.model, rows) else rows_of(rows)

    def _loss(self, predictions: list[Any], targets: Any, weights: Any) -> Any:
        assert self.loss_function is not None, "an evaluator without a loss only computes outputs"
        labels = items_of(targets)
        if weights is None:
            return self.loss_function(predictions, labels)
        loss = self.loss_function
        samples = zip(predictions, labels, items_of(weights), strict=True)
        return mean([weight * loss([prediction], [label]) for prediction, label, weight in samples])


def _numbers(predictions: list[Any]) -> Outputs:
    import numpy

    rows = [
        [float(x) for x in prediction] if isinstance(prediction, (list, tuple)) else float(prediction)
        for prediction in map(plain, predictions)
    ]
    return numpy.array(rows, dtype=float)
