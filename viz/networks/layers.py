"""The layers of a network in the order of its program: those of an MLP, or what a module keeps in its attributes.

One decision: a module's own `__call__` cannot be read, so layers count as following one another in the order in which
they were set, and only where their widths fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from viz.networks.names import spoken


@dataclass(frozen=True, slots=True)
class LayerIn:
    """One layer's neurons, what it is called, and the expression for it in a program that calls the network `model`."""

    name: str
    code: str
    neurons: list[Any]
    single: bool = False  # a neuron that stands alone, in no list

    def name_of(self, k: int) -> str:
        """What neuron number `k` is called."""
        return self.name if self.single else spoken(self.name, f"neuron {k}")

    def code_of(self, k: int) -> str:
        """The expression for neuron number `k`."""
        return self.code if self.single else f"{self.code}.neurons[{k}]"


def layers_of(model: Any) -> list[LayerIn]:
    """The layers of an MLP, a Layer, a Neuron or a Module made of them.

    Raises TypeError where there are none, and where one takes more or fewer numbers than the one before it gives.
    """
    found = list(_found("", "model", model, set()))
    if not found or not all(layer.neurons for layer in found):
        raise TypeError(
            f"draw_network: expected an MLP, a Layer, a Neuron or a Module made of them, got {type(model).__name__}"
        )
    for before, layer in pairwise(found):
        wanted, given = len(layer.neurons[0].w), len(before.neurons)
        if wanted != given:
            raise TypeError(
                f"draw_network: {layer.code} takes {wanted} numbers and {before.code} before it gives {given}, so they "
                "do not follow one another; draw them one by one"
            )
    return found


def is_plain(model: Any) -> bool:
    """Whether the model is known to run its layers one after another and nothing else."""
    from nn.layers import MLP, Layer, Neuron

    return type(model) in (MLP, Layer, Neuron)


def _found(name: str, code: str, item: Any, seen: set[int]) -> Iterator[LayerIn]:
    if id(item) in seen:
        return
    seen.add(id(item))
    if hasattr(item, "neurons"):
        yield LayerIn(name or "layer", code, list(item.neurons))
    elif hasattr(item, "w") and hasattr(item, "b") and callable(item):
        yield LayerIn(name or "neuron", code, [item], single=True)
    elif hasattr(item, "layers"):
        for k, layer in enumerate(item.layers):
            yield from _found(spoken(name, f"layer {k}"), f"{code}.layers[{k}]", layer, seen)
    elif isinstance(item, (list, tuple)):
        for k, child in enumerate(item):
            yield from _found(f"{name}[{k}]", f"{code}[{k}]", child, seen)
    elif isinstance(item, dict):
        for key, child in item.items():
            yield from _found(f"{name}[{key!r}]", f"{code}[{key!r}]", child, seen)
    elif hasattr(item, "parameters"):
        for key, child in getattr(item, "__dict__", {}).items():
            yield from _found(spoken(name, key), f"{code}.{key}", child, seen)
