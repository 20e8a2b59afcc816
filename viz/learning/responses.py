"""What every neuron of a network answers to many points at once, for pictures of it.

Pictures of a training run need a million answers; a graph for each would take minutes. The model is therefore recorded
once and replayed over all points, with any set of parameters, as `nn.predict` does it; one that cannot be recorded is
called point by point. Of a model that is not made of nn's own layers only the outputs are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from autograd import Value
from nn.evaluators import Evaluator, evaluator
from nn.layers import MLP, Layer, Neuron

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray


class Probe:
    """A model made ready to be asked about many points: anything with `parameters()` that answers one row.

    Attributes:
        places: for each layer where its weights (neurons, inputs) stand among the parameters; empty for a model of
            unknown make.
    """

    def __init__(self, model: Any) -> None:
        if not callable(model) or not hasattr(model, "parameters"):
            raise TypeError(f"wanted a model with parameters(), such as nn.MLP, got {type(model).__name__}")
        self.model: Any = model
        layers = _layers(model)
        self.places: tuple[Array, ...] = _places(layers, model.parameters())  # type: ignore[attr-defined]
        self._outputs = evaluator(model)
        self._answers = evaluator(_every_answer(layers)) if self.places else self._outputs

    def current(self) -> tuple[float, ...]:
        """The parameters as they are now, in the order of `model.parameters()`."""
        return tuple(p.data for p in self.model.parameters())

    def answers(self, points: Any, parameters: Sequence[float]) -> list[Array]:
        """One array (points, neurons) a layer, the outputs last; only the outputs where the layers are not known."""
        import numpy as np

        found = self._asked(self._answers, points, parameters)
        widths = [len(layer) for layer in self.places]
        return np.split(found, list(accumulate(widths))[:-1], axis=1)

    def outputs(self, points: Any, parameters: Sequence[float]) -> Array:
        """The outputs alone: (points, outputs)."""
        return self._asked(self._outputs, points, parameters)

    def weights(self, parameters: Sequence[float]) -> list[Array]:
        """One array (neurons, inputs) a layer."""
        import numpy as np

        return [np.asarray(parameters, dtype=float)[layer] for layer in self.places]

    def _asked(self, way: Evaluator, points: Any, parameters: Sequence[float]) -> Array:
        import numpy as np

        rows = np.asarray(points, dtype=float).tolist()
        with _parameters_set(self.model, parameters):
            return np.array(way.outputs(rows), dtype=float).reshape(len(rows), -1)


def _layers(model: Any) -> Sequence[Any]:
    if type(model) is MLP:
        return model.layers
    return [model] if type(model) is Layer else []


def _places(layers: Sequence[Any], parameters: list[Value]) -> tuple[Array, ...]:
    """Where the weights of each layer stand; nothing where a user has put something else in a layer's place."""
    import numpy as np

    place = {id(p): k for k, p in enumerate(parameters)}
    found = []
    for layer in layers:
        neurons = getattr(layer, "neurons", ())
        if type(layer) is not Layer or not neurons or not all(type(neuron) is Neuron for neuron in neurons):
            return ()
        if not all(id(w) in place for neuron in neurons for w in neuron.w):
            return ()
        found.append(np.array([[place[id(w)] for w in neuron.w] for neuron in neurons]))
    return tuple(found)


def _every_answer(layers: Sequence[Layer]) -> Callable[[Any], list[Any]]:
    """A function of a row that gives the answers of all layers' neurons in one list."""

    def answers(row: Any) -> list[Any]:
        found = []
        for layer in layers:
            row = layer.outputs(row)
            found += row
        return found

    return answers


@contextmanager
def _parameters_set(model: Any, numbers: Sequence[float]) -> Iterator[None]:
    """The model with other parameters, for as long as the block lasts."""
    parameters = list(model.parameters())
    kept = [p.data for p in parameters]
    try:
        for p, x in zip(parameters, numbers, strict=True):
            p.data = x
        yield
    finally:
        for p, x in zip(parameters, kept, strict=True):
            p.data = x
