"""Networks as the textbooks draw them: circles in columns, lines between them, one input flowing through.

One decision: the SVG is written directly, because the places of the circles are known; no layout engine is needed,
and a network of any size becomes a picture of a few hundred lines in a millisecond.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograd import Value, no_grad
from viz.circles import Cell, Column, picture
from viz.errors import RenderError
from viz.labels import brief, clean, named
from viz.render import checked_path, format_of, write

_MOST_LAYERS = 60


@dataclass(frozen=True, slots=True)
class NetworkDrawing:
    """A network's picture; shows itself in a notebook.

    >>> from nn import MLP
    >>> from viz import draw_network
    >>> type(draw_network(MLP(2, [3, 1], seed=1))).__name__
    'NetworkDrawing'
    """

    text: str
    summary: str

    def svg(self) -> str:
        """The SVG text."""
        return self.text

    def content(self, form: str) -> bytes:
        """The picture as bytes; only "svg" can be had."""
        if form != "svg":
            raise RenderError(f"render: pictures of networks are SVG only, got {brief(form)}; name the file .svg")
        return self.text.encode("utf-8")

    def render(self, path: str | os.PathLike[str]) -> Path:
        """The picture in an .svg file, whole or not at all. Returns the path."""
        target = checked_path(path)
        return write(target, self.content(format_of(target)))

    def _repr_svg_(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "image/svg+xml": self.text}

    def __repr__(self) -> str:
        return f"NetworkDrawing({self.summary})"


def draw_network(
    model: Any, x: Sequence[float | Value] | None = None, *, inputs: Sequence[str] | None = None
) -> NetworkDrawing:
    """A picture of an MLP, a Layer or a Neuron: lines by weight, circles with bias and, given `x`, activation.

    Lines are as wide as their weight is large, blue where it is positive and orange where it is negative; with an input
    `x` lines that carry nothing fade, and each circle holds its neuron's answer. Wide layers are shown in part and say
    how much is missing.

    Arguments:
        x: one input row; runs through the model once, without recording.
        inputs: names of the inputs, otherwise x1, x2, ...

    Raises TypeError when `model` has no neurons, ValueError when `x` or `inputs` do not fit.

    >>> from nn import MLP
    >>> from viz import draw_network, render
    >>> drawing = draw_network(MLP(2, [3, 1], seed=1), [0.5, -0.5], inputs=["width", "height"])
    >>> str(render(drawing, "network.svg"))
    'network.svg'
    """
    columns = _columns(model, x, inputs)
    shape = "-".join(str(len(column.cells)) for column in columns)
    return NetworkDrawing(picture(columns), shape)


def _columns(model: Any, x: Sequence[float | Value] | None, names: Sequence[str] | None) -> list[Column]:
    layers = _layers(model)
    if len(layers) > _MOST_LAYERS:
        raise ValueError(f"draw_network: {len(layers)} layers are more than the {_MOST_LAYERS} that fit in a picture")
    nin = len(layers[0][0].w)
    if names is not None and len(names) != nin:
        raise ValueError(f"draw_network: inputs must name {nin} inputs, got {len(names)} names")
    flow = _flow(model, layers, x)
    labels = names if names is not None else [f"x{k + 1}" for k in range(nin)]
    cells = tuple(Cell(named(name, longest=14), None, flow[0][k]) for k, name in enumerate(labels))
    columns = [Column("inputs", f"{nin:,} in", cells)]
    for index, neurons in enumerate(layers):
        cells = tuple(
            Cell(f"neuron {k}", float(neuron.b), flow[index + 1][k], tuple(float(w) for w in neuron.w))
            for k, neuron in enumerate(neurons)
        )
        title = "output" if index == len(layers) - 1 else f"layer {index}"
        columns.append(Column(title, f"{len(cells):,} {_activation(neurons[0])}", cells))
    return columns


def _layers(model: Any) -> list[list[Any]]:
    """The neurons of each layer of an MLP, a Layer or a Neuron."""
    if hasattr(model, "layers"):
        found = [list(layer.neurons) for layer in model.layers if hasattr(layer, "neurons")]
    elif hasattr(model, "neurons"):
        found = [list(model.neurons)]
    else:
        found = [[model]] if hasattr(model, "w") and hasattr(model, "b") else []
    if not found or not all(found):
        raise TypeError(f"draw_network: expected an MLP, a Layer or a Neuron, got {type(model).__name__}")
    return found


def _flow(model: Any, layers: list[list[Any]], x: Sequence[float | Value] | None) -> list[list[float | None]]:
    """The numbers in every column, None everywhere without an input."""
    if x is None:
        return [[None] * len(layers[0][0].w), *([None] * len(neurons) for neurons in layers)]
    row: list[Any] = list(x)
    wanted = len(layers[0][0].w)
    if len(row) != wanted:
        raise ValueError(f"draw_network: x must hold {wanted} numbers, got {len(row)}")
    columns: list[list[float | None]] = [[_number(k, item) for k, item in enumerate(row)]]
    with no_grad():
        for neurons in layers:
            row = [neuron(row) for neuron in neurons]
            columns.append([float(item) for item in row])
    return columns


def _number(k: int, item: Any) -> float:
    try:
        return float(item)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"draw_network: x[{k}] must be a number that fits into a float, got {brief(item)}") from None


def _activation(neuron: Any) -> str:
    activation = getattr(neuron, "activation", "")
    name = activation if isinstance(activation, str) else getattr(activation, "__name__", "neurons")
    return clean(name, longest=14)
