"""The fast way to compute batches: the model and its loss recorded once by `jit`, then replayed over all rows.

Used without being asked where it pays and is exact: a loss that is a mean over samples, rows of numbers. Whatever
cannot be recorded is computed eagerly, and `reason` says why in one line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograd import JitError, Value, jit, logsumexp, no_grad, take
from autograd.modes import switched
from nn.losses import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    focal_loss,
    gaussian_loss,
    hinge_loss,
    huber_loss,
    l1_loss,
    mse_loss,
    poisson_loss,
    quantile_loss,
)
from nn.samples import Batch, as_lists, plain

# Which targets, in an array, each loss takes.
_LABELS: dict[Any, Callable[[Any], Any]] = {
    hinge_loss: lambda y: y.ndim == 1 and (np.abs(y) == 1).all(),
    binary_cross_entropy_with_logits: lambda y: y.ndim == 1 and (y >= 0).all() and (y <= 1).all(),
    mse_loss: lambda y: y.ndim <= 2,
    l1_loss: lambda y: y.ndim <= 2,
    huber_loss: lambda y: y.ndim <= 2,
    quantile_loss: lambda y: y.ndim <= 2,
    poisson_loss: lambda y: y.ndim == 1 and (y >= 0).all(),
    focal_loss: lambda y: y.ndim == 1 and ((y == 0) | (y == 1)).all(),
    gaussian_loss: lambda y: y.ndim == 1,
    cross_entropy: lambda y: y.ndim == 1 and (y >= 0).all() and (y == np.floor(y)).all(),
}
LEAST_ROWS = 4  # below, a recording for one call costs more than it saves


class Recorded:
    """As `Eager`, which it asks for whatever it cannot do itself."""

    __slots__ = ("_executor", "_fast", "_judged", "_known", "_outputs", "eager", "reason")

    def __init__(self, eager: Any, executor: Any = None):
        self.eager = eager
        self._executor = executor
        self.reason = ""
        self._judged: Any = None  # the table whose targets are known to be such that the loss takes them
        self._outputs = jit(eager.model)
        self._known = eager.loss_function in _LABELS
        self._fast: dict[tuple[bool, bool], Any] = {}  # by whether rows have weights, and masks
        if eager.loss_function is not None and not self._known:
            self.reason = "computed eagerly: only the losses of nn are known to be means over samples"

    def gradients(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Any]:
        found = self._batch(rows, targets, weights, _masks(self.eager.model, len(rows)))
        if found is None:
            return self.eager.gradients(rows, targets, weights)
        loss, outputs = found
        loss.backward()
        return loss.data, outputs

    def loss(self, rows: Any, targets: Any, weights: Any = None) -> tuple[float, Any]:
        with no_grad():
            found = self._batch(rows, targets, weights, None)
        if found is None:
            return self.eager.loss(rows, targets, weights)
        return found[0].data, found[1]

    def outputs(self, rows: Any) -> Any:
        if len(rows) < LEAST_ROWS or self.reason:
            return self.eager.outputs(rows)
        try:
            found = self._outputs.map(self._rows(rows), executor=self._executor)
        except Exception as error:  # said again by the eager way, if it is an error there too
            self._raise_what_workers_say(error)
            self.reason = _told(error)
            return self.eager.outputs(rows)
        return found

    def gradients_by_row(self, parameters: list[Any], rows: Any) -> Any:
        """The derivatives of each row's outputs: (rows, parameters), with k outputs (rows, k, parameters)."""
        return self._outputs.gradients_by_row(parameters, self._rows(rows), executor=self._executor)

    def _rows(self, rows: Any) -> Any:
        return _floats(rows) if as_lists(self.eager.model, rows) else _array(rows, np.float64)

    def _batch(self, rows: Any, targets: Any, weights: Any, masks: Any) -> Any:
        """Loss and outputs of a batch, None where they are to be computed eagerly."""
        if not self._known or self.reason or not self._allowed(targets):
            return None
        from autograd.jit import executors
        from autograd.jit.batches import mean_and_values

        extras = [_floats(extra) for extra in (weights, masks) if extra is not None]
        try:
            chosen = _indexes(targets) if self.eager.loss_function is cross_entropy else _floats(targets)
            function = self._function(weights is not None, masks is not None)
            arrays = self._rows(rows), chosen, *extras
            if self._executor is None:
                loss, values = mean_and_values(function, *arrays)
            else:
                loss, values = executors.mean_and_values(function, self._executor, *arrays)
        except Exception as error:
            self._raise_what_workers_say(error)
            self.reason = _told(error)
            return None
        outputs = values[:, 1:]
        # one number a row stands beside a marker that says whether the model gave it bare
        return loss, outputs[:, 1] if outputs[0, 0] else outputs[:, 1:]

    def _raise_what_workers_say(self, error: Exception) -> None:
        """What an executor's workers have raised is no reason to compute everything here instead."""
        if self._executor is not None and not isinstance(error, JitError):
            raise error

    def _function(self, weighted: bool, masked: bool) -> Any:
        """The recorded loss of one row, times its weight, with its mask of units to leave out."""
        key = weighted, masked
        if key not in self._fast:
            model, loss = self.eager.model, self.eager.loss_function

            def computed(row: Any, target: Any, *extras: Any) -> Any:
                with switched(gradless=0):  # what a model keeps must not be cut from its parameters
                    prediction = plain(model.masked(row, extras[-1]) if masked else model(row))
                found = _cross_entropy(prediction, target) if loss is cross_entropy else loss([prediction], [target])
                return _with_outputs(extras[0] * found if weighted else found, prediction)

            self._fast[key] = jit(computed)
        return self._fast[key]

    def _allowed(self, targets: Any) -> bool:
        """Whether the eager loss would take the targets; its own words say what is wrong otherwise."""
        table = targets.table if type(targets) is Batch else None
        if table is not None and table is self._judged:
            return True
        accept = _LABELS[self.eager.loss_function]
        if isinstance(table, (Batch, np.ndarray)) and accept(table.array(None) if type(table) is Batch else table):
            self._judged = table
            return True
        try:
            return bool(accept(_array(targets)))
        except (ValueError, TypeError):  # ragged, or no numbers
            return False


def _with_outputs(loss: Any, prediction: Any) -> list[Any]:
    bare = not isinstance(prediction, (list, tuple))
    items = [prediction] if bare else prediction
    return [loss, Value(float(bare)), *[x.detach() if type(x) is Value else Value(x) for x in items]]


def _cross_entropy(prediction: Any, target: Any) -> Any:
    if len(prediction) < 2:
        raise ValueError("cross_entropy: at least two logits are needed")
    return logsumexp(prediction) - take(prediction, target)


def _masks(model: Any, rows: int) -> Any:
    """Which units are left out in each row while a model with dropout is trained, else None."""
    make = getattr(model, "masks", None)
    return make(rows) if make is not None and getattr(model, "training", False) else None


def _array(items: Any, dtype: Any = None) -> Any:
    return items.array(dtype) if type(items) is Batch else np.asarray(items, dtype=dtype)


def _floats(items: Any) -> Any:
    """Rows as an array that stands for lists of floats, single numbers as an array of them."""
    from autograd.jit.recording.arrays import Lists

    array = _array(items, np.float64)
    return array.view(Lists) if array.ndim > 1 else array


def _indexes(items: Any) -> Any:
    return _array(items, np.int64)


def _told(error: Exception) -> str:
    return f"computed eagerly: {str(error).splitlines()[0][:200] if str(error) else type(error).__name__}"
