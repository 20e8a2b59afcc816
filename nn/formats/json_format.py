"""Models as JSON: readable, diffable, and bit exact, because Python writes the shortest digits that give a float back.

Python's parser is too kind for files from strangers (nan, numbers that overflow to inf, keys given twice), so every
such kindness is switched off here.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from nn.formats.blueprint import Blueprint, LayerBlueprint

FORMAT = "glassgrad mlp 1"


def to_json(plan: Blueprint) -> bytes:
    """The text of a model, one neuron a line."""
    layers = ",\n".join(_layer_text(layer) for layer in plan.layers)
    nouts = [len(layer.weights) for layer in plan.layers]
    return (
        f'{{\n"format": {json.dumps(FORMAT)},\n"nin": {plan.nin},\n"nouts": {nouts},\n"layers": [\n{layers}\n],\n'
        f'"metadata": {json.dumps(plan.metadata, allow_nan=False)}\n}}\n'
    ).encode("ascii")


def from_json(content: bytes) -> Blueprint:
    """The model in a text that `to_json` may have written; ValueError for any other."""
    found = strict_json(content)
    _check_keys("the file", found, ("format", "nin", "nouts", "layers", "metadata"))
    if found["format"] != FORMAT:
        raise ValueError(f"its format is {found['format']!r:.40}, wanted {FORMAT!r}")
    nin, nouts, layers, metadata = (found[name] for name in ("nin", "nouts", "layers", "metadata"))
    if type(nin) is not int or type(nouts) is not list or any(type(width) is not int for width in nouts):
        raise ValueError("nin must be an int and nouts a list of ints")
    if type(metadata) is not dict:
        raise ValueError("metadata must be an object")
    if type(layers) is not list or len(layers) != len(nouts):
        raise ValueError("layers must be a list with one entry for each of nouts")
    return Blueprint(nin, [_layer(i, *pair) for i, pair in enumerate(zip(layers, nouts, strict=True))], metadata)


def strict_json(content: bytes | str) -> Any:
    """What a JSON text says; ValueError for nan, infinities, too large numbers, repeated keys and deep nesting too."""
    try:
        return json.loads(
            content if isinstance(content, str) else content.decode("utf-8"),
            parse_float=_parsed_float,
            parse_constant=_refused_constant,
            object_pairs_hook=_unique_keys,
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error}") from None


def plain_metadata(metadata: Any) -> dict[str, Any]:
    """A copy of a dict of plain JSON values; TypeError for anything else in it, ValueError for nan, inf or a cycle."""
    if not isinstance(metadata, Mapping):
        raise TypeError(f"save: metadata must be a dict, got {type(metadata).__name__}")
    try:
        _check_names(metadata)
        return strict_json(json.dumps(dict(metadata), allow_nan=False))
    except RecursionError:
        raise ValueError("save: metadata is nested too deeply or contains itself") from None
    except TypeError as error:
        raise TypeError(f"save: metadata must be plain JSON values: {error}") from None
    except ValueError as error:
        raise ValueError(f"save: metadata cannot be stored: {error}") from None


def _layer_text(layer: LayerBlueprint) -> str:
    rows = ",\n".join(json.dumps(row, allow_nan=False) for row in layer.weights)
    biases = json.dumps(layer.biases, allow_nan=False)
    return f'{{"activation": {json.dumps(layer.activation)}, "weights": [\n{rows}\n], "biases": {biases}}}'


def _layer(i: int, found: Any, nout: int) -> LayerBlueprint:
    _check_keys(f"layer {i}", found, ("activation", "weights", "biases"))
    activation, weights, biases = found["activation"], found["weights"], found["biases"]
    if type(activation) is not str:
        raise ValueError(f"the activation of layer {i} must be a name")
    if type(weights) is not list or len(weights) != nout:
        raise ValueError(f"the weights of layer {i} must be a list of {nout} rows")
    rows = [_numbers(f"weights of neuron {j} in layer {i}", row) for j, row in enumerate(weights)]
    return LayerBlueprint(activation, rows, None if biases is None else _numbers(f"biases of layer {i}", biases))


def _numbers(what: str, found: Any) -> list[float]:
    if type(found) is not list or not all(type(x) is float or type(x) is int for x in found):
        raise ValueError(f"the {what} must be a list of numbers")
    try:
        return [float(x) for x in found]
    except OverflowError:
        raise ValueError(f"the {what} have a number too large for a float") from None


def _check_keys(what: str, found: Any, keys: tuple[str, ...]) -> None:
    if type(found) is not dict or set(found) != set(keys):
        raise ValueError(f"{what} must be an object with exactly {', '.join(keys)}")


def _check_names(value: Any) -> None:
    """TypeError for a dict key that JSON would turn into another one: 1 into "1", None into "null"."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r:.40} is not a str")
            _check_names(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_names(item)


def _parsed_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:40]} is too large for a float")
    return number


def _refused_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number that a model may hold")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        repeated = next(name for name in counts if counts[name] > 1)
        raise ValueError(f"the key {repeated!r:.40} is there twice")
    return found
