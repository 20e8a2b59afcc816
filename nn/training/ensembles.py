"""Several networks as one: the average of their answers is itself an MLP, their layers side by side.

So an ensemble is saved, loaded, drawn and asked as any other network. A layer behind a hidden layer gets weights of 0
between members; with one hidden layer there are none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from nn.layers import MLP, Layer, Neuron


def fresh_member(model: Any, seed: int) -> MLP:
    """An untrained network of the same shape; TypeError where the model is no plain MLP with linear outputs."""
    check_members(model)
    layers = model.layers
    activations = [layer.neurons[0].activation for layer in layers]
    biased = hasattr(layers[0].neurons[0].b, "data")
    widths = [len(layer.neurons) for layer in layers]
    return MLP(len(layers[0].neurons[0].w), widths, activations, seed=seed, bias=biased, dropout=model.dropout)


def check_members(model: Any) -> None:
    """Raise TypeError unless networks like this one can be averaged into one."""
    plain = type(model) is MLP and all(type(n) is Neuron for layer in model.layers for n in layer.neurons)
    if not plain or any(n.activation != "linear" for n in model.layers[-1].neurons):
        raise TypeError(
            f"fit: ensemble wants an MLP with linear outputs, got {type(model).__name__}; average other models yourself"
        )


def widen(model: MLP, places: Sequence[int], inputs: int) -> None:
    """Make `model` one of so many inputs that looks only at those at `places`, in their order; its first layer is a new
    one."""
    first = model.layers[0]
    rows = [_placed(neuron, places, inputs) for neuron in first.neurons]
    model.layers = [_layer(first, rows), *model.layers[1:]]


def join(model: MLP, others: Sequence[MLP], shares: Sequence[float] | None = None) -> None:
    """Make `model` the average of itself and the others; its parameters are new ones.

    `shares`: how much each of them counts, the model first, 1 in all; alike by default. Who counts nothing is left out.
    Members may differ in the widths of their hidden layers.
    """
    counted = [1.0 / (len(others) + 1)] * (len(others) + 1) if shares is None else shares
    members = [(member, share) for member, share in zip([model, *others], counted, strict=True) if share]
    if members == [(model, 1.0)]:
        return
    joined: list[Layer] = []
    start = [0] * len(members)  # of each member's numbers among all that come from the layer before
    width = len(model.layers[0].neurons[0].w)
    for i, like in enumerate(model.layers):
        parts = [member.layers[i].neurons for member, _ in members]
        if i == len(model.layers) - 1:
            columns = zip(*parts, strict=True)
            joined.append(_layer(like, [_averaged(column, members, shared=i == 0) for column in columns]))
            break
        places = [range(at, at + len(part[0].w)) for at, part in zip(start, parts, strict=True)]
        rows = [_placed(neuron, places[m], width) for m, part in enumerate(parts) for neuron in part]
        joined.append(_layer(like, rows))
        start = [0, *itertools.accumulate(len(part) for part in parts)][:-1]
        width = len(rows)
    model.layers = joined


Row = tuple[list[float], float]  # the weights of a neuron and its bias


def _layer(like: Layer, rows: Sequence[Row]) -> Layer:
    """A layer of these neurons, otherwise as the one given."""
    activation, biased = like.neurons[0].activation, hasattr(like.neurons[0].b, "data")
    layer = Layer(len(rows[0][0]), len(rows), activation=activation, init="zeros", bias=biased)
    layer.name, layer.scopes = like.name, like.scopes
    for neuron, (weights, bias) in zip(layer.neurons, rows, strict=True):
        neuron.w = weights
        neuron.b = bias
    return layer


def _placed(neuron: Any, places: Sequence[int], width: int) -> Row:
    """The neuron as one that has `width` inputs and looks at those at `places`."""
    weights = [0.0] * width
    for place, w in zip(places, neuron.w, strict=True):
        weights[place] = float(w)
    return weights, float(neuron.b)


def _averaged(neurons: Sequence[Any], members: Sequence[tuple[MLP, float]], *, shared: bool) -> Row:
    """The output that averages those of the members, which have inputs of their own or share them."""
    shares = [share for _, share in members]
    bias = sum(share * float(neuron.b) for neuron, share in zip(neurons, shares, strict=True))
    weights = [[share * float(w) for w in neuron.w] for neuron, share in zip(neurons, shares, strict=True)]
    if shared:
        return [sum(column) for column in zip(*weights, strict=True)], bias
    return [w for row in weights for w in row], bias
