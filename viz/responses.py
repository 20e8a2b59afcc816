"""What every neuron of a network answers to many points at once, for pictures of it.

Pictures of a training run need a million answers; a graph for each would take minutes. A network made of nn's own
layers is therefore computed as matrices, from any set of parameters, without touching the model; any other model is
called point by point, and then only its outputs are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograd import Value, no_grad
from nn.activations import ACTIVATIONS
from nn.layers import MLP, Layer, Neuron

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray


@dataclass(frozen=True, slots=True)
class Dense:
    """One layer: where its weights (neurons, inputs) and biases (neurons,) stand among the parameters; -1 is none."""

    weights: Array
    biases: Array
    function: Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Probe:
    """A model made ready to be asked about many points; `layers` is empty for a model of unknown make."""

    model: Any
    layers: tuple[Dense, ...]

    def current(self) -> tuple[float, ...]:
        """The parameters as they are now, in the order of `model.parameters()`."""
        return tuple(p.data for p in self.model.parameters())

    def answers(self, points: Any, parameters: Sequence[float]) -> list[Array]:
        """One array (points, neurons) a layer, the outputs last; only the outputs where the layers are not known."""
        import numpy as np

        if not self.layers:
            with _parameters_set(self.model, parameters), no_grad():
                answers = [self.model(row) for row in np.asarray(points, dtype=float).tolist()]
            return [np.array([[float(y) for y in (a if isinstance(a, (list, tuple)) else [a])] for a in answers])]
        known = np.append(np.asarray(parameters, dtype=float), 0.0)  # the place -1 stands for no bias
        found = [np.asarray(points, dtype=float)]
        with np.errstate(all="ignore"):
            for layer in self.layers:
                found.append(_applied(layer.function, found[-1] @ known[layer.weights].T + known[layer.biases]))
        return found[1:]

    def outputs(self, points: Any, parameters: Sequence[float]) -> Array:
        """The outputs alone: (points, outputs)."""
        return self.answers(points, parameters)[-1]

    def weights(self, parameters: Sequence[float]) -> list[Array]:
        """One array (neurons, inputs) a layer."""
        import numpy as np

        return [np.asarray(parameters, dtype=float)[layer.weights] for layer in self.layers]


def probe(model: Any) -> Probe:
    """`model` made ready to be asked: anything with `parameters()` that answers one row with a Value or several."""
    if not callable(model) or not hasattr(model, "parameters"):
        raise TypeError(f"wanted a model with parameters(), such as nn.MLP, got {type(model).__name__}")
    parameters: list[Value] = model.parameters()  # type: ignore[attr-defined]
    place = {id(p): k for k, p in enumerate(parameters)}
    layers = _layers(model)
    if not all(_plain(layer) for layer in layers):
        layers = []
    return Probe(model, tuple(_dense(layer, place) for layer in layers))


def _layers(model: Any) -> Sequence[Any]:
    if type(model) is MLP:
        return model.layers
    return [model] if type(model) is Layer else []


def _plain(layer: Any) -> bool:
    """Whether a layer is what nn makes, and not something a user has put in its place."""
    neurons = getattr(layer, "neurons", ())
    if type(layer) is not Layer or not neurons or not all(type(neuron) is Neuron for neuron in neurons):
        return False
    leaves = (p for neuron in neurons for p in (*neuron.w, neuron.b))
    return all(not isinstance(p, Value) or not p.op for p in leaves) and len({n.activation for n in neurons}) == 1


def _dense(layer: Layer, place: dict[int, int]) -> Dense:
    import numpy as np

    weights = np.array([[place[id(w)] for w in neuron.w] for neuron in layer.neurons])
    biases = np.array([place.get(id(neuron.b), -1) for neuron in layer.neurons])
    return Dense(weights, biases, layer.neurons[0]._function)


def _applied(function: Callable[[Any], Any] | None, z: Array) -> Array:
    """`function` of every element; those that NumPy has itself are the ones that training mostly uses."""
    import numpy as np

    if function is None:
        return z
    name = getattr(function, "__name__", "")
    if name == "relu":
        return np.maximum(z, 0.0)
    if name == "tanh":
        return np.tanh(z)
    if function in ACTIVATIONS.values():  # the engine's own functions take floats; a user's may not
        return np.array([function(x) for x in z.ravel().tolist()]).reshape(z.shape)
    with no_grad():
        return np.array([float(function(Value(x))) for x in z.ravel().tolist()]).reshape(z.shape)


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
