"""What a saved model says: the plain data between an MLP and the formats of its file.

Formats only fill and read this record. Whatever they found in a file, `built` is where it is judged, so that a rule
stands once for all of them.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from autograd import Value
from nn.activations import ACTIVATIONS
from nn.layers import MLP, Layer, Neuron
from nn.numbers import check_parameters, size
from nn.wording import shown

MAX_LAYERS = 10_000


@dataclass(frozen=True, slots=True)
class LayerShape:
    """What is known of a layer before its numbers are: `biases` says how many, None without."""

    activation: str
    nin: int
    nout: int
    biases: int | None


@dataclass(frozen=True, slots=True)
class LayerBlueprint:
    """One layer: the weights of its neurons, `nin` each, one after another, and the biases or None."""

    activation: str
    nin: int
    weights: array[float]
    biases: array[float] | None

    @property
    def shape(self) -> LayerShape:
        biases = None if self.biases is None else len(self.biases)
        return LayerShape(self.activation, self.nin, len(self.weights) // self.nin, biases)

    def rows(self) -> Iterator[list[float]]:
        """The weights of one neuron after the other."""
        return (self.weights[j : j + self.nin].tolist() for j in range(0, len(self.weights), self.nin))


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A whole MLP and what is kept beside it."""

    nin: int
    layers: list[LayerBlueprint]
    metadata: dict[str, Any] = field(default_factory=dict)
    dropout: float = 0.0


def blueprint(model: Any, metadata: dict[str, Any]) -> Blueprint:
    """The record of `model`; TypeError when it is no plain MLP, ValueError when it has what a file cannot say."""
    if type(model) is not MLP or not all(type(layer) is Layer for layer in model.layers):
        raise TypeError(
            f"save: only an MLP of plain layers can be saved, got {type(model).__name__}; for other modules store "
            "model.state_dict() as JSON and give it to load_state_dict()"
        )
    if len(model.layers) > MAX_LAYERS:
        raise ValueError(f"save: a file holds at most {MAX_LAYERS:,} layers, got {len(model.layers):,}")
    layers = [_layer_blueprint(i, layer) for i, layer in enumerate(model.layers)]
    width = nin = layers[0].nin
    for i, layer in enumerate(layers):
        if layer.nin != width:
            raise ValueError(f"save: the neurons of layer {i} do not all take {width} inputs")
        width = layer.shape.nout
    if len(model.parameters()) != sum(len(layer.weights) + len(layer.biases or ()) for layer in layers):
        raise ValueError("save: weights are shared or computed from others, which a file cannot say; use state_dict()")
    dropout = checked_dropout(getattr(model, "dropout", 0.0), "save: the model's dropout")
    return Blueprint(nin, layers, metadata, dropout)


def checked_dropout(share: Any, what: str) -> float:
    """A share of units to leave out, raising ValueError for what is none; anything may have been written there."""
    if type(share) is bool or not isinstance(share, (int, float)) or not 0.0 <= share < 1.0:
        raise ValueError(f"{what} must be a number from 0 to below 1, got {shown(share)}")
    return float(share)


def check_shapes(nin: int, shapes: Sequence[LayerShape]) -> None:
    """Raise ValueError unless these are the layers of an MLP of `nin` inputs, and not too large a one."""
    if not shapes:
        raise ValueError("it has no layers")
    try:
        sizes = [size("nin", nin), *(size(f"the width of layer {i}", shape.nout) for i, shape in enumerate(shapes))]
    except TypeError as error:
        raise ValueError(str(error)) from None
    check_parameters("it", sum(n * (m + 1) for m, n in pairwise(sizes)))
    for i, shape in enumerate(shapes):
        if shape.activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise ValueError(f"layer {i} has the unknown activation {shape.activation[:40]!r}; known: {known}")
        if shape.nin != sizes[i]:
            raise ValueError(f"neuron 0 of layer {i} has {shape.nin} weights, wanted {sizes[i]}")
        if shape.biases not in (None, shape.nout):
            raise ValueError(f"layer {i} has {shape.biases} biases for {shape.nout} neurons")


def built(plan: Blueprint) -> MLP:
    """The MLP a record describes; ValueError names what in it is wrong. All is checked before anything is made."""
    shapes = [layer.shape for layer in plan.layers]
    check_shapes(plan.nin, shapes)
    for i, layer in enumerate(plan.layers):
        for what, numbers in (("weights", layer.weights), ("biases", layer.biases or ())):
            if not all(map(math.isfinite, numbers)):
                raise ValueError(f"the {what} of layer {i} are not all finite")
    nouts = [shape.nout for shape in shapes]
    dropout = checked_dropout(plan.dropout, "its dropout")
    activations = [layer.activation for layer in plan.layers]
    model = MLP(plan.nin, nouts, activations, init="zeros", seed=0, dropout=dropout)
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
    nin = len(neurons[0].w)
    if nin == 0 or any(len(neuron.w) != nin for neuron in neurons):
        raise ValueError(f"save: the neurons of layer {i} do not all take {max(1, nin)} inputs")
    weights = array("d", [float(w) for neuron in neurons for w in neuron.w])
    biases = array("d", [float(neuron.b) for neuron in neurons]) if biased else None
    _check_finite(i, nin, weights, biases)
    return LayerBlueprint(activation, nin, weights, biases)


def _check_finite(i: int, nin: int, weights: array[float], biases: array[float] | None) -> None:
    for k, number in enumerate(weights):
        if not math.isfinite(number):
            raise _not_finite(f"layers.{i}.neurons.{k // nin}.w.{k % nin}", number)
    for j, number in enumerate(biases or ()):
        if not math.isfinite(number):
            raise _not_finite(f"layers.{i}.neurons.{j}.b", number)


def _not_finite(name: str, number: float) -> ValueError:
    return ValueError(f"save: {name} is {number}; only finite parameters are saved")


def _fill(made: Layer, layer: LayerBlueprint) -> None:
    for j, (neuron, row) in enumerate(zip(made.neurons, layer.rows(), strict=True)):
        for p, number in zip(neuron.w, row, strict=True):
            p.data = number
        if layer.biases is None:
            vars(neuron)["b"] = 0.0  # set as an attribute, it would become the number of the bias
        else:
            assert isinstance(neuron.b, Value)
            neuron.b.data = layer.biases[j]
