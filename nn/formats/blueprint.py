"""What a saved model says: the plain data between an MLP and the formats of its file.

Formats only fill and read this record. Whatever they found in a file, `built` is where it is judged, so that a rule
stands once for all of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from autograd import Value
from nn.activations import ACTIVATIONS
from nn.layers import MLP, Layer, Neuron
from nn.sizes import check_parameters, size


@dataclass(frozen=True, slots=True)
class LayerBlueprint:
    """One layer: a row of weights for each neuron, and its biases or None."""

    activation: str
    weights: list[list[float]]
    biases: list[float] | None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A whole MLP and what is kept beside it."""

    nin: int
    layers: list[LayerBlueprint]
    metadata: dict[str, Any] = field(default_factory=dict)


def blueprint(model: Any, metadata: dict[str, Any]) -> Blueprint:
    """The record of `model`; TypeError when it is no plain MLP, ValueError when it has what a file cannot say."""
    if type(model) is not MLP or not all(type(layer) is Layer for layer in model.layers):
        raise TypeError(
            f"save: only an MLP of plain layers can be saved, got {type(model).__name__}; for other modules store "
            "model.state_dict() as JSON and give it to load_state_dict()"
        )
    layers = [_layer_blueprint(i, layer) for i, layer in enumerate(model.layers)]
    nin = len(layers[0].weights[0])
    count = 0
    width = nin
    for i, layer in enumerate(layers):
        if any(len(row) != width for row in layer.weights):
            raise ValueError(f"save: the neurons of layer {i} do not all take {width} inputs")
        width = len(layer.weights)
        count += width * len(layer.weights[0]) + len(layer.biases or ())
    if len(model.parameters()) != count:
        raise ValueError("save: weights are shared or computed from others, which a file cannot say; use state_dict()")
    return Blueprint(nin, layers, metadata)


def built(plan: Blueprint) -> MLP:
    """The MLP a record describes; ValueError names what in it is wrong. Sizes are checked before anything is made."""
    try:
        nin = size("nin", plan.nin)
        nouts = [size(f"the width of layer {i}", len(layer.weights)) for i, layer in enumerate(plan.layers)]
    except TypeError as error:
        raise ValueError(str(error)) from None
    if not nouts:
        raise ValueError("it has no layers")
    check_parameters("it", sum(n * (m + 1) for m, n in zip([nin, *nouts], nouts)))  # noqa: B905
    width = nin
    for i, layer in enumerate(plan.layers):
        _check_layer(i, layer, width)
        width = len(layer.weights)
    model = MLP(nin, nouts, [layer.activation for layer in plan.layers], init="zeros")
    model.metadata = plan.metadata
    for made, layer in zip(model.layers, plan.layers, strict=True):
        _fill(made, layer)
    return model


def _layer_blueprint(i: int, layer: Layer) -> LayerBlueprint:
    neurons = layer.neurons
    if not neurons or not all(type(neuron) is Neuron for neuron in neurons):
        raise TypeError(f"save: layer {i} must hold plain Neurons only; store model.state_dict() instead")
    activation = neurons[0].activation
    if not isinstance(activation, str):
        raise ValueError(
            f"save: the activation of layer {i} is a function of yours, and code is never stored; choose it by name "
            f"({', '.join(ACTIVATIONS)}) or store model.state_dict()"
        )
    if any(neuron.activation != activation for neuron in neurons):
        raise ValueError(f"save: the neurons of layer {i} differ in activation; store model.state_dict() instead")
    biased = isinstance(neurons[0].b, Value)
    if any(isinstance(neuron.b, Value) is not biased for neuron in neurons):
        raise ValueError(f"save: only some neurons of layer {i} have a bias; store model.state_dict() instead")
    weights = [[_finite(w, f"layers.{i}.neurons.{j}.w.{k}") for k, w in enumerate(n.w)] for j, n in enumerate(neurons)]
    biases = [_finite(neuron.b, f"layers.{i}.neurons.{j}.b") for j, neuron in enumerate(neurons)] if biased else None
    return LayerBlueprint(activation, weights, biases)


def _finite(p: Any, name: str) -> float:
    number = float(p)
    if not math.isfinite(number):
        raise ValueError(f"save: {name} is {number}; only finite parameters are saved")
    return number


def _check_layer(i: int, layer: LayerBlueprint, nin: int) -> None:
    if layer.activation not in ACTIVATIONS:
        known = ", ".join(ACTIVATIONS)
        raise ValueError(f"layer {i} has the unknown activation {layer.activation[:40]!r}; known: {known}")
    for j, row in enumerate(layer.weights):
        if len(row) != nin:
            raise ValueError(f"neuron {j} of layer {i} has {len(row)} weights, wanted {nin}")
        _check_numbers(f"weights of neuron {j} in layer {i}", row)
    if layer.biases is not None:
        if len(layer.biases) != len(layer.weights):
            raise ValueError(f"layer {i} has {len(layer.biases)} biases for {len(layer.weights)} neurons")
        _check_numbers(f"biases of layer {i}", layer.biases)


def _check_numbers(what: str, numbers: list[float]) -> None:
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"the {what} are not all finite")


def _fill(made: Layer, layer: LayerBlueprint) -> None:
    for j, (neuron, row) in enumerate(zip(made.neurons, layer.weights, strict=True)):
        for p, number in zip(neuron.w, row, strict=True):
            p.data = number
        if layer.biases is None:
            neuron.b = 0.0
        else:
            assert isinstance(neuron.b, Value)
            neuron.b.data = layer.biases[j]
