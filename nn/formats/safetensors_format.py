"""Models as safetensors: compact and bit exact, with the tensor names and shapes of PyTorch's `nn.Linear`.

The `safetensors` package checks sizes, offsets and holes; our own part of the header is one JSON text under one name,
because the package writes several names in an order that differs from run to run.
"""

from __future__ import annotations

import json
import struct
from typing import Any

from nn.formats.blueprint import Blueprint, LayerBlueprint
from nn.formats.json_format import FORMAT, strict_json

_ENTRY = "glassgrad"


def to_safetensors(plan: Blueprint) -> bytes:
    """The bytes of a model: tensors "layers.0.weight" (nout, nin) and "layers.0.bias" (nout,), all float64."""
    _package()
    import numpy
    from safetensors.numpy import save

    tensors: dict[str, numpy.ndarray] = {}
    for i, layer in enumerate(plan.layers):
        tensors[f"layers.{i}.weight"] = numpy.array(layer.weights, dtype="float64")
        if layer.biases is not None:
            tensors[f"layers.{i}.bias"] = numpy.array(layer.biases, dtype="float64")
    activations = [layer.activation for layer in plan.layers]
    described = {"format": FORMAT, "activations": activations, "metadata": plan.metadata}
    return save(tensors, {_ENTRY: json.dumps(described, allow_nan=False)})


def from_safetensors(content: bytes) -> Blueprint:
    """The model in bytes that `to_safetensors` may have written; ValueError for any other."""
    package = _package()
    try:
        tensors = dict(package.deserialize(content))
    except package.SafetensorError as error:
        raise ValueError(f"it is not a safetensors file: {error}") from None
    described = _described(content)
    activations = described["activations"]
    if type(activations) is not list or not activations or any(type(name) is not str for name in activations):
        raise ValueError("activations must be a list of names")
    if type(described["metadata"]) is not dict:
        raise ValueError("metadata must be an object")
    layers = [_layer(i, name, tensors) for i, name in enumerate(activations)]
    if tensors:
        raise ValueError(f"the tensor {next(iter(tensors))!r:.40} does not belong to it")
    return Blueprint(len(layers[0].weights[0]), layers, described["metadata"])


def _package() -> Any:
    try:
        import safetensors
    except ImportError:
        raise ImportError(
            "files ending in .safetensors need the package safetensors: pip install safetensors, or use .json"
        ) from None
    return safetensors


def _described(content: bytes) -> dict[str, Any]:
    """Our entry in the header, which the package has found well-formed but does not hand out."""
    length = int.from_bytes(content[:8], "little")
    header = strict_json(content[8 : 8 + length])
    entry = (header.get("__metadata__") or {}).get(_ENTRY)
    if entry is None:
        raise ValueError(f"its header has no {_ENTRY!r} entry, so it was not written by save")
    described = strict_json(entry)
    if type(described) is not dict or set(described) != {"format", "activations", "metadata"}:
        raise ValueError(f"the {_ENTRY!r} entry must be an object with exactly format, activations, metadata")
    if described["format"] != FORMAT:
        raise ValueError(f"its format is {described['format']!r:.40}, wanted {FORMAT!r}")
    return described


def _layer(i: int, activation: str, tensors: dict[str, Any]) -> LayerBlueprint:
    """Layer `i`, whose tensors are taken out of `tensors`."""
    name = f"layers.{i}.weight"
    if name not in tensors:
        raise ValueError(f"it has no tensor {name!r}")
    numbers, shape = _numbers(name, tensors.pop(name))
    if len(shape) != 2 or 0 in shape:
        raise ValueError(f"{name!r} must have the shape (outputs, inputs), got {tuple(shape)}")
    nin = shape[1]
    rows = [numbers[j : j + nin] for j in range(0, len(numbers), nin)]
    bias = tensors.pop(f"layers.{i}.bias", None)
    if bias is None:
        return LayerBlueprint(activation, rows, None)
    biases, shape = _numbers(f"layers.{i}.bias", bias)
    if len(shape) != 1:
        raise ValueError(f"'layers.{i}.bias' must have one dimension, got {len(shape)}")
    return LayerBlueprint(activation, rows, biases)


def _numbers(name: str, tensor: dict[str, Any]) -> tuple[list[float], list[int]]:
    if tensor["dtype"] != "F64":
        raise ValueError(f"{name!r} holds {tensor['dtype']}, wanted F64")
    data = tensor["data"]
    return list(struct.unpack(f"<{len(data) // 8}d", data)), tensor["shape"]
