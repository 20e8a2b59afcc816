"""How a batch is computed: the one place where training meets the engine.

`fit`, `evaluate` and `predict` ask `evaluator` for an object with three methods and know nothing else of how outputs
and gradients come about; a faster way to compute them is another class here and a line in `evaluator`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from autograd import Value, no_grad

Output = float | list[float]


class Evaluator(Protocol):
    """What training needs of a way to compute; outputs are one float, or a list of floats, a row."""

    def gradients(self, rows: Sequence[Any], targets: Sequence[Any]) -> tuple[float, list[Output]]:
        """Loss and outputs of a batch; the loss's gradient is added to the parameters' `.grad`."""
        ...

    def loss(self, rows: Sequence[Any], targets: Sequence[Any]) -> tuple[float, list[Output]]:
        """Loss and outputs, no gradient."""
        ...

    def outputs(self, rows: Sequence[Any]) -> list[Output]:
        """Outputs, no gradient."""
        ...


def evaluator(model: Any, loss: Callable[..., Any] | None = None) -> Evaluator:
    """The way to compute `model` and the loss of its outputs; without a loss only `outputs` may be used."""
    from nn.recorded import Recorded

    return Recorded(Eager(model, loss))


@dataclass(frozen=True, slots=True)
class Eager:
    """One graph a batch: every row through the model, the loss over all of them, one backward pass."""

    model: Callable[[Any], Any]
    loss_function: Callable[..., Any] | None

    def gradients(self, rows: Sequence[Any], targets: Sequence[Any]) -> tuple[float, list[Output]]:
        model = self.model
        predictions = [model(row) for row in rows]
        loss = self._loss(predictions, targets)
        if not isinstance(loss, Value):
            raise TypeError(
                f"fit: the loss is a {type(loss).__name__}, not a Value, so there is nothing to differentiate; "
                "compute model and loss from Values"
            )
        loss.backward()
        return loss.data, [_numbers(prediction) for prediction in predictions]

    def loss(self, rows: Sequence[Any], targets: Sequence[Any]) -> tuple[float, list[Output]]:
        model = self.model
        with no_grad():
            predictions = [model(row) for row in rows]
            loss = self._loss(predictions, targets)
        return float(loss), [_numbers(prediction) for prediction in predictions]

    def outputs(self, rows: Sequence[Any]) -> list[Output]:
        model = self.model
        with no_grad():
            return [_numbers(model(row)) for row in rows]

    def _loss(self, predictions: list[Any], targets: Sequence[Any]) -> Any:
        assert self.loss_function is not None, "an evaluator without a loss only computes outputs"
        return self.loss_function(predictions, targets)


def _numbers(prediction: Any) -> Output:
    if isinstance(prediction, (list, tuple)):
        return [float(x) for x in prediction]
    return float(prediction)
