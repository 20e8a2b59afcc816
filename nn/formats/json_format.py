"""Models as JSON: readable, diffable, and bit exact, because Python writes the shortest digits that give a float back.

A file from a stranger is read key by key and refused at the first thing that is not a model's: what it takes in memory
is bounded by its size, whatever it holds.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nn.formats.blueprint import MAX_LAYERS, Blueprint, LayerBlueprint, LayerShape, check_shapes, checked_dropout
from nn.formats.numbers import check_numbers, check_widths, numbers
from nn.formats.strict_json import end_of, strict_json
from nn.numbers import check_parameters, size
from nn.wording import shown

FORMAT = "glassgrad mlp 1"

_KEYS = ("format", "nin", "nouts", "layers", "metadata")
_OPTIONAL = ("dropout",)  # written where there is any, so that files of models without are those of earlier versions
_LAYER_KEYS = ("activation", "weights", "biases")

_SPACE = re.compile(rb"[ \t\r\n]*+")
_SMALL = re.compile(rb'"(?:[^"\\]|\\.){0,1000}+"|[^\[\]{},:"\s]{1,5000}+', re.DOTALL)
_TWO_ENDS = re.compile(rb"\][ \t\r\n]*+\]")


def to_json(plan: Blueprint) -> bytes:
    """The text of a model, one neuron a line."""
    layers = ",\n".join(_layer_text(layer) for layer in plan.layers)
    nouts = [layer.shape.nout for layer in plan.layers]
    dropout = f'"dropout": {json.dumps(plan.dropout)},\n' if plan.dropout else ""
    return (
        f'{{\n"format": {json.dumps(FORMAT)},\n"nin": {plan.nin},\n"nouts": {nouts},\n"layers": [\n{layers}\n],\n'
        f'{dropout}"metadata": {json.dumps(plan.metadata, allow_nan=False)}\n}}\n'
    ).encode("ascii")


def from_json(content: bytes) -> Blueprint:
    """The model in a text that `to_json` may have written; ValueError for any other."""
    found = _Reader(content).file()
    if found["format"] != FORMAT:
        raise ValueError(f"its format is {found['format']!r:.40}, wanted {FORMAT!r}")
    nin, nouts, layers = found["nin"], found["nouts"], found["layers"]
    if type(nin) is not int or type(nouts) is not list or any(type(width) is not int for width in nouts):
        raise ValueError("nin must be an int and nouts a list of ints")
    if len(layers) != len(nouts):
        raise ValueError("layers must be a list with one entry for each of nouts")
    for i, (layer, nout) in enumerate(zip(layers, nouts, strict=True)):
        if layer.shape.nout != nout:
            raise ValueError(f"the weights of layer {i} must be a list of {nout} rows")
    check_shapes(nin, [layer.shape for layer in layers])
    metadata = strict_json(content[found["metadata"]])
    for i, layer in enumerate(layers):
        layer.check(content, i)
    return Blueprint(nin, [layer.read(content) for layer in layers], metadata, found.get("dropout", 0.0))


def plain_metadata(metadata: Any) -> dict[str, Any]:
    """A copy of a dict of plain JSON values; TypeError for anything else in it, ValueError for nan, inf, a cycle or
    more than a file may hold beside the weights."""
    if not isinstance(metadata, Mapping):
        raise TypeError(f"save: metadata must be a dict, got {type(metadata).__name__}")
    try:
        _check_names(metadata)
        text = json.dumps(dict(metadata), allow_nan=False)
        end_of(text.encode("ascii"), 0)
        return strict_json(text)
    except RecursionError:
        raise ValueError("save: metadata is nested too deeply or contains itself") from None
    except TypeError as error:
        raise TypeError(f"save: metadata must be plain JSON values: {error}") from None
    except ValueError as error:
        digits = "integer string conversion" in str(error)
        why = "an int in it has more digits than Python writes or reads" if digits else error
        raise ValueError(f"save: metadata cannot be stored: {why}") from None


@dataclass(frozen=True, slots=True)
class _Layer:
    """The shape of a layer, and where its numbers stand."""

    shape: LayerShape
    weights: tuple[int, int]
    biases: tuple[int, int] | None

    def check(self, content: bytes, i: int) -> None:
        check_numbers(content, *self.weights, f"weights of layer {i}")
        if self.biases is not None:
            check_numbers(content, *self.biases, f"biases of layer {i}")

    def read(self, content: bytes) -> LayerBlueprint:
        biases = None if self.biases is None else numbers(content, *self.biases)
        return LayerBlueprint(self.shape.activation, self.shape.nin, numbers(content, *self.weights), biases)


class _Reader:
    """Judges one file from its start to its end; `_at` is the place of the next character."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def file(self) -> dict[str, Any]:
        """The values of the file, its metadata as the slice that holds their text."""
        found: dict[str, Any] = {}
        for key in self._members("the file", _KEYS, _OPTIONAL):
            if key == "layers":
                found[key] = self._layers(found.get("nin"), found.get("nouts"))
            elif key == "metadata":
                found[key] = self._skimmed_object("metadata")
            elif key == "nouts":
                found[key] = self._whole_numbers()
            elif key == "dropout":
                share = self._small()
                found[key] = checked_dropout(None if share is ... else share, "its dropout")
            else:
                found[key] = self._small()
                if key == "nin" and type(found[key]) is int:
                    size("nin", found[key])
        self._skip_space()
        if self._at < len(self._content):
            raise ValueError(f"it is not JSON: more follows its end at byte {self._at:,}")
        return found

    def _layers(self, nin: Any, nouts: Any) -> list[_Layer]:
        layers: list[_Layer] = []
        parameters = 0
        for i in self._items("layers"):
            if i >= MAX_LAYERS:
                raise ValueError(f"it has more than {MAX_LAYERS:,} layers")
            width = layers[-1].shape.nout if layers else nin if type(nin) is int else None
            layer = self._layer(i, width, nouts[i] if type(nouts) is list and i < len(nouts) else None)
            layers.append(layer)
            parameters += layer.shape.nout * layer.shape.nin + (layer.shape.biases or 0)
            check_parameters("it", parameters)
        return layers

    def _layer(self, i: int, nin: int | None, nout: int | None) -> _Layer:
        """Layer `i`, of the widths given where they are known by now."""
        found: dict[str, Any] = {}
        for key in self._members(f"layer {i}", _LAYER_KEYS):
            if key == "activation":
                found[key] = self._small()
                if type(found[key]) is not str:
                    raise ValueError(f"the activation of layer {i} must be a name")
            elif key == "weights":
                found[key] = self._weights(f"weights of layer {i}", nin, nout)
            else:
                found[key] = self._biases(f"biases of layer {i}")
        *weights, width, rows = found["weights"]
        *biases, count = found["biases"]
        shape = LayerShape(found["activation"], width, rows, count)
        return _Layer(shape, tuple(weights), tuple(biases) if biases else None)

    def _weights(self, what: str, nin: int | None, nout: int | None) -> tuple[int, int, int, int]:
        """Where the rows begin and end, how wide they are, and how many."""
        wanted = f"the {what} must be a list of {'rows' if nout is None else f'{nout} rows'}"
        if not self._take(b"[") or self._next() == b"]":
            raise ValueError(wanted)
        content, start = self._content, self._at
        ends = _TWO_ENDS.search(content, start) if self._next() == b"[" else None
        if ends is None:
            raise ValueError(f"each row of the {what} must be a list of numbers")
        self._at, end = ends.end(), ends.start() + 1
        rows = content.count(b"[", start, end)
        if nout is not None and rows != nout:
            raise ValueError(f"{wanted}, got {rows}")
        check_parameters("it", content.count(b",", start, end) + 1)
        width = nin or content.count(b",", start, content.index(b"]", start)) + 1
        check_widths(content, start, end, width, what)
        return start, end, width, rows

    def _biases(self, what: str) -> tuple[int, int, int] | tuple[None]:
        """Where they begin and end, and how many there are; None in place of all that without."""
        if self._next() != b"[":
            if self._small() is not None:
                raise ValueError(f"the {what} must be a list of numbers")
            return (None,)
        start, end = self._at, self._content.find(b"]", self._at) + 1
        if not end:
            raise ValueError("it is not JSON: it ends in the middle")
        self._at = end
        count = self._content.count(b",", start, end) + 1
        check_parameters("it", count)
        check_widths(self._content, start, end, count, what)
        return start, end, count

    def _whole_numbers(self) -> Any:
        if self._next() != b"[":
            return self._small()
        start, self._at = self._at, end_of(self._content, self._at, most=MAX_LAYERS)
        return strict_json(self._content[start : self._at])

    def _skimmed_object(self, what: str) -> slice:
        if self._next() != b"{":
            raise ValueError(f"{what} must be an object")
        start, self._at = self._at, end_of(self._content, self._at)
        return slice(start, self._at)

    def _small(self) -> Any:
        """A string, number, true, false or null; what else may stand there is no answer to any question here."""
        self._skip_space()
        found = _SMALL.match(self._content, self._at)
        if not found:
            return ...
        self._at = found.end()
        return strict_json(found[0])

    def _members(self, what: str, keys: tuple[str, ...], optional: tuple[str, ...] = ()) -> Iterator[str]:
        """The keys of the object that begins here, each with the value still to be read: all of `keys`, of `optional`
        any, and no other."""
        more = f", and perhaps {', '.join(optional)}" if optional else ""
        wanted = ValueError(f"{what} must be an object with exactly {', '.join(keys)}{more}")
        if not self._take(b"{"):
            raise self._no_json() or wanted
        seen: set[str] = set()
        while not self._take(b"}"):
            if seen:
                self._expect(b",")
            self._skip_space()
            key = self._small()
            if key in seen:
                raise ValueError(f"the key {key!r:.40} is there twice")
            if key not in keys and key not in optional:
                raise self._no_json() or wanted
            seen.add(key)
            self._expect(b":")
            yield key
        if not seen.issuperset(keys):
            raise wanted

    def _items(self, what: str) -> Iterator[int]:
        """The places 0, 1, ... of the list that begins here, each with the item still to be read."""
        if not self._take(b"["):
            raise ValueError(f"{what} must be a list")
        i = 0
        while not self._take(b"]"):
            if i:
                self._expect(b",")
            yield i
            i += 1

    def _next(self) -> bytes:
        self._skip_space()
        return self._content[self._at : self._at + 1]

    def _take(self, mark: bytes) -> bool:
        """Whether `mark` comes next; if so it is read."""
        there = self._next() == mark
        self._at += there
        return there

    def _expect(self, mark: bytes) -> None:
        if not self._take(mark):
            raise self._no_json() or ValueError(f"it is not JSON: {mark.decode()!r} is missing at byte {self._at:,}")

    def _no_json(self) -> ValueError | None:
        """What to say when nothing that JSON allows comes next."""
        following = self._next()
        if following and following in b'{}[]",:-0123456789tfn':
            return None
        try:
            getincrementaldecoder("utf-8")().decode(self._content[self._at : self._at + 100])  # which may cut the last
        except UnicodeDecodeError:
            return ValueError("it is not UTF-8 text")
        return ValueError(f"it is not JSON: it ends in the middle, or nothing can be read at byte {self._at:,}")

    def _skip_space(self) -> None:
        found = _SPACE.match(self._content, self._at)
        assert found is not None, "the pattern takes nothing too"
        self._at = found.end()


def _layer_text(layer: LayerBlueprint) -> str:
    rows = ",\n".join(json.dumps(row, allow_nan=False) for row in layer.rows())
    biases = json.dumps(None if layer.biases is None else layer.biases.tolist(), allow_nan=False)
    return f'{{"activation": {json.dumps(layer.activation)}, "weights": [\n{rows}\n], "biases": {biases}}}'


def _check_names(value: Any) -> None:
    """TypeError for a dict key that JSON would turn into another one: 1 into "1", None into "null"."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {shown(key)} is not a str")
            _check_names(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_names(item)
