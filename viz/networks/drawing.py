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

from autograd import Value, no_grad, sigmoid, softmax
from viz.networks.circles import Cell, Column, picture
from viz.networks.layers import LayerIn, is_plain, layers_of
from viz.svg.errors import RenderError
from viz.svg.labels import brief, clean, named_apart
from viz.svg.render import checked_path, format_of, write

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

    def save(self, path: str | os.PathLike[str]) -> Path:
        """The same as `render`, under the name that all pictures have for it."""
        return self.render(path)

    def _repr_svg_(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), "image/svg+xml": self.text}

    def __repr__(self) -> str:
        return f"NetworkDrawing({self.summary})"


def draw_network(
    model: Any,
    x: Sequence[float | Value] | None = None,
    *,
    inputs: Sequence[str] | None = None,
    classes: Sequence[str] | None = None,
) -> NetworkDrawing:
    """A picture of an MLP, a Layer, a Neuron or a Module made of them, as circles and lines.

    Circles hold their bias; lines are as wide as their weight is large, blue where it is positive and orange where it
    is negative. With an input `x` lines that carry nothing fade, and each circle holds its neuron's answer. Wide layers
    are shown in part and say how much is missing. Under the mouse each weight says what it is called and where it is in
    a program.

    Arguments:
        x: one input row; runs through the model once, without recording.
        inputs: names of the inputs, otherwise x1, x2, ...
        classes: names of the classes; with `x` each output then has its probability beside it, by sigmoid for one
            output (that of the second class) and by softmax for several.

    Raises TypeError when `model` has no neurons or its layers do not follow one another, ValueError when `x`, `inputs`
    or `classes` do not fit, or when the module does with `x` what no picture of its layers shows.

    >>> from nn import MLP
    >>> from viz import draw_network, render
    >>> drawing = draw_network(MLP(2, [3, 1], seed=1), [0.5, -0.5], inputs=["width", "height"])
    >>> str(render(drawing, "network.svg"))
    'network.svg'
    """
    columns = _columns(model, x, inputs, classes)
    shape = "-".join(str(len(column.cells)) for column in columns)
    return NetworkDrawing(picture(columns), shape)


def _columns(
    model: Any, x: Sequence[float | Value] | None, names: Sequence[str] | None, classes: Sequence[str] | None
) -> list[Column]:
    layers = layers_of(model)
    if len(layers) > _MOST_LAYERS:
        raise ValueError(f"draw_network: {len(layers)} layers are more than the {_MOST_LAYERS} that fit in a picture")
    nin = len(layers[0].neurons[0].w)
    if names is not None and len(names) != nin:
        raise ValueError(f"draw_network: inputs must name {nin} inputs, got {len(names)} names")
    flow = _flow(model, layers, x)
    labels = names if names is not None else [f"x{k + 1}" for k in range(nin)]
    cells = tuple(Cell(name, None, flow[0][k]) for k, name in enumerate(named_apart(labels, longest=14)))
    columns = [Column("inputs", f"{nin:,} in", cells)]
    for index, layer in enumerate(layers):
        last = index == len(layers) - 1
        beside = _probabilities(flow[-1], classes) if last else []
        cells = tuple(
            Cell(
                f"neuron {k}",
                float(neuron.b),
                flow[index + 1][k],
                tuple(float(w) for w in neuron.w),
                layer.name_of(k),
                layer.code_of(k),
                beside[k] if beside else "",
            )
            for k, neuron in enumerate(layer.neurons)
        )
        role = "output, " if last and len(layers) > 1 else ""
        columns.append(Column(layer.name, f"{role}{len(cells):,} {_activation(layer.neurons[0])}", cells))
    return columns


def _probabilities(outputs: Sequence[float | None], classes: Sequence[str] | None) -> list[str]:
    """What stands beside each output: the probability that a softmax, or for one output the sigmoid, makes of it."""
    if classes is None:
        return []
    wanted = max(2, len(outputs))
    if isinstance(classes, (str, bytes)) or len(classes) != wanted:
        raise ValueError(f"draw_network: classes must name {wanted} classes, got {brief(classes)}")
    names = named_apart(classes, longest=14)
    known = [output for output in outputs if output is not None]
    if not known:
        return []
    if len(known) == 1:
        return [f"p({names[1]}) = {sigmoid(known[0]):.3g}"]
    shares = softmax(known)
    return [f"p({name}) = {share:.3g}" for name, share in zip(names, shares, strict=True)]


def _flow(model: Any, layers: list[LayerIn], x: Sequence[float | Value] | None) -> list[list[float | None]]:
    """The numbers in every column, None everywhere without an input."""
    wanted = len(layers[0].neurons[0].w)
    if x is None:
        return [[None] * wanted, *([None] * len(layer.neurons) for layer in layers)]
    row: list[Any] = list(x)
    if len(row) != wanted:
        raise ValueError(f"draw_network: x must hold {wanted} numbers, got {len(row)}")
    columns: list[list[float | None]] = [[_number(k, item) for k, item in enumerate(row)]]
    with no_grad():
        for layer in layers:
            row = [neuron(row) for neuron in layer.neurons]
            columns.append([float(item) for item in row])
        if not is_plain(model) and not _same(model(list(x)), columns[-1]):
            raise ValueError(
                f"draw_network: a {type(model).__name__} does more with x than its layers one after another, which the "
                "picture would not show; leave x out, or draw the graph: viz.draw(model(x))"
            )
    return columns


def _same(answer: Any, column: Sequence[float | None]) -> bool:
    answers = list(answer) if isinstance(answer, (list, tuple)) else [answer]
    return [repr(float(item)) for item in answers] == [repr(item) for item in column]


def _number(k: int, item: Any) -> float:
    try:
        return float(item)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"draw_network: x[{k}] must be a number that fits into a float, got {brief(item)}") from None


def _activation(neuron: Any) -> str:
    activation = getattr(neuron, "activation", "")
    name = activation if isinstance(activation, str) else getattr(activation, "__name__", "neurons")
    return clean(name, longest=14)
