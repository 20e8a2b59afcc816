"""Models as safetensors: compact and bit exact, with the tensor names and shapes of PyTorch's `nn.Linear`.

The `safetensors` package checks sizes, offsets and holes; our own part of the header is one JSON text under one name,
because the package writes several names in an order that differs from run to run. The header is judged here before the
package sees it, since parsed it may take far more memory than as text.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections.abc import Mapping
from typing import Any

from nn.formats.blueprint import MAX_LAYERS, Blueprint, LayerBlueprint
from nn.formats.json_format import FORMAT
from nn.formats.strict_json import MAX_TEXT, MAX_VALUES, end_of, strict_json
from nn.numbers import check_parameters
from nn.wording import shown

_ENTRY = "glassgrad"

# Two tensors a layer, each with 11 values in some 100 bytes; of the text of our entry, quotation marks are escaped.
_LONGEST_HEADER = 2 * MAX_TEXT + 200 * MAX_LAYERS
_MOST_VALUES = MAX_VALUES + 22 * MAX_LAYERS


def to_safetensors(plan: Blueprint) -> bytes:
    """The bytes of a model: tensors "layers.0.weight" (nout, nin) and "layers.0.bias" (nout,), all float64."""
    _package()
    import numpy
    from safetensors.numpy import save

    tensors: dict[str, numpy.ndarray] = {}
    for i, layer in enumerate(plan.layers):
        tensors[f"layers.{i}.weight"] = numpy.array(layer.weights, dtype="float64").reshape(-1, layer.nin)
        if layer.biases is not None:
            tensors[f"layers.{i}.bias"] = numpy.array(layer.biases, dtype="float64")
    activations = [layer.activation for layer in plan.layers]
    described = {"format": FORMAT, "activations": activations, "metadata": plan.metadata}
    if plan.dropout:
        described["dropout"] = plan.dropout
    return save(tensors, {_ENTRY: json.dumps(described, allow_nan=False)})


def from_safetensors(content: bytes) -> Blueprint:
    """The model in bytes that `to_safetensors` may have written; ValueError for any other."""
    package = _package()
    header = _header(content)
    described = _described(header)
    try:
        tensors = dict(package.deserialize(content))
    except package.SafetensorError as error:
        raise ValueError(f"it is not a safetensors file: {str(error)[:200]}") from None
    activations = described["activations"]
    if type(activations) is not list or not activations or any(type(name) is not str for name in activations):
        raise ValueError("activations must be a list of names")
    if type(described["metadata"]) is not dict:
        raise ValueError("metadata must be an object")
    layers = [_layer(i, name, tensors) for i, name in enumerate(activations)]
    if tensors:
        raise ValueError(f"the tensor {next(iter(tensors))!r:.40} does not belong to it")
    return Blueprint(layers[0].nin, layers, described["metadata"], described.get("dropout", 0.0))


def _package() -> Any:
    try:
        import safetensors
    except ImportError:
        raise ImportError(
            "files ending in .safetensors need the package safetensors: pip install safetensors, or use .json"
        ) from None
    return safetensors


def _header(content: bytes) -> dict[str, Any]:
    """The header, judged: not long, and for no more numbers than a network can have."""
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > len(content) - 8:
        raise ValueError("it is not a safetensors file: it is shorter than its first eight bytes say")
    if not content.startswith(b"{", 8):
        raise ValueError("it is not a safetensors file: its header is no object")
    end = end_of(content, 8, longest=min(length, _LONGEST_HEADER), most=_MOST_VALUES)
    if content[end : 8 + length].strip(b" "):
        raise ValueError("it is not a safetensors file: more follows its header")
    header = strict_json(content[8:end])
    check_parameters("it", sum(_count(tensor) for name, tensor in header.items() if name != "__metadata__"))
    return header


def _count(tensor: Any) -> int:
    shape = tensor.get("shape") if isinstance(tensor, Mapping) else None
    if type(shape) is not list or any(type(size) is not int or size < 0 for size in shape):
        raise ValueError("it is not a safetensors file: the shape of a tensor must be a list of sizes")
    return math.prod(shape)


def _described(header: dict[str, Any]) -> dict[str, Any]:
    """Our entry in the header, which the package does not hand out."""
    kept = header.get("__metadata__")
    entry = kept.get(_ENTRY) if isinstance(kept, dict) else None
    if type(entry) is not str:
        raise ValueError(f"its header has no {_ENTRY!r} entry, so it was not written by save")
    if entry.startswith("{"):
        end_of(entry.encode("utf-8", "surrogatepass"), 0)
    described = strict_json(entry)
    if type(described) is not dict or set(described) - {"dropout"} != {"format", "activations", "metadata"}:
        raise ValueError(
            f"the {_ENTRY!r} entry must be an object with exactly format, activations, metadata, and perhaps dropout"
        )
    if described["format"] != FORMAT:
        raise ValueError(f"its format is {described['format']!r:.40}, wanted {FORMAT!r}")
    return described


def _layer(i: int, activation: str, tensors: dict[str, Any]) -> LayerBlueprint:
    """Layer `i`, whose tensors are taken out of `tensors`."""
    name = f"layers.{i}.weight"
    if name not in tensors:
        raise ValueError(f"it has no tensor {name!r}")
    weights, shape = _numbers(name, tensors.pop(name))
    if len(shape) != 2 or 0 in shape:
        raise ValueError(f"{name!r} must have the shape (outputs, inputs), got {shown(tuple(shape))}")
    bias = tensors.pop(f"layers.{i}.bias", None)
    if bias is None:
        return LayerBlueprint(activation, shape[1], weights, None)
    biases, shape_of_bias = _numbers(f"layers.{i}.bias", bias)
    if len(shape_of_bias) != 1:
        raise ValueError(f"'layers.{i}.bias' must have one dimension, got {len(shape_of_bias)}")
    return LayerBlueprint(activation, shape[1], weights, biases)


def _numbers(name: str, tensor: dict[str, Any]) -> tuple[array[float], list[int]]:
    if tensor["dtype"] != "F64":
        raise ValueError(f"{name!r} holds {tensor['dtype']}, wanted F64")
    numbers = array("d")
    numbers.frombytes(tensor["data"])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers, tensor["shape"]
