"""Several networks as one: the average of their answers is itself an MLP, their layers side by side.

So an ensemble is saved, loaded, drawn and asked as any other network. A layer behind a hidden layer gets weights of 0
between members; with one hidden layer there are none.
"""

from __future__ import annotations

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


def join(model: MLP, others: list[MLP]) -> None:
    """Make `model` the average of itself and the others; its parameters are new ones."""
    members = [model, *others]
    count = len(members)
    if count == 1:
        return
    joined: list[Layer] = []
    for i in range(len(model.layers)):
        parts = [member.layers[i].neurons for member in members]
        last = i == len(model.layers) - 1
        if last:
            rows = [_averaged([part[j] for part in parts], count, shared=i == 0) for j in range(len(parts[0]))]
        else:
            width = len(parts[0][0].w)
            before = [m * width for m in range(count)]
            rows = [
                _placed(neuron, 0 if i == 0 else before[m], width if i == 0 else width * count)
                for m, part in enumerate(parts)
                for neuron in part
            ]
        first = model.layers[i]
        biased = hasattr(first.neurons[0].b, "data")
        layer = Layer(len(rows[0][0]), len(rows), activation=first.neurons[0].activation, init="zeros", bias=biased)
        layer.name, layer.scopes = first.name, first.scopes
        for neuron, (weights, bias) in zip(layer.neurons, rows, strict=True):
            neuron.w = weights
            neuron.b = bias
        joined.append(layer)
    model.layers = joined


def _placed(neuron: Any, start: int, width: int) -> tuple[list[float], float]:
    """The weights of a hidden neuron among those of all members, and its bias."""
    own = [float(w) for w in neuron.w]
    weights = [0.0] * width
    weights[start : start + len(own)] = own
    return weights, float(neuron.b)


def _averaged(neurons: list[Any], count: int, *, shared: bool) -> tuple[list[float], float]:
    """The weights of an output that averages those of the members, which have inputs of their own or share them."""
    bias = sum(float(neuron.b) for neuron in neurons) / count
    if shared:
        columns = zip(*(neuron.w for neuron in neurons), strict=True)
        return [sum(float(w) for w in column) / count for column in columns], bias
    return [float(w) / count for neuron in neurons for w in neuron.w], bias
