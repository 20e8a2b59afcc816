"""The playground: the engine itself in one offline page, with everything to be touched: `playground(path="play.html")`.

The machine that the page runs is the compiled twin's, as WebAssembly (`machine/`); scripts schedule networks into its
words and train them as `nn.fit` does, so that the program a page gives back makes the same numbers in Python.
"""

from __future__ import annotations

import base64
import os
import struct
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viz.learning.classes import class_names, input_names, rows_and_targets
from viz.pages.glossary import OF_CONTROLS, OF_FIGURES, Words
from viz.pages.markdown import inline
from viz.pages.modules import joined
from viz.pages.offline import asset, offline_html
from viz.pages.page import Page
from viz.svg.labels import brief
from viz.svg.palette import palette_css

if TYPE_CHECKING:
    from nn.tables.schema import Schema

MOST_ROWS, MOST_INPUTS, MOST_CLASSES, MOST_PARAMETERS = 2_000, 100, 20, 20_000
DATA_SETS = ("moons", "circles", "xor", "spiral", "blobs", "vowels", "sine", "step", "plane")  # that the page makes
OPTIMIZERS = ("sgd", "adam", "adamw")
MOST_PLAIN = 500  # parameters that a page carries as text
_MACHINE = Path(__file__).with_name("machine") / "machine.wasm"
_STYLES = ("common.css", "playground.css")
_HEIGHT = 900


def playground(
    model: Any = None,
    X: Any = None,
    y: Any = None,
    path: str | os.PathLike[str] | None = None,
    *,
    dataset: str | None = None,
    loss: str | None = None,
    classes: Sequence[str] | None = None,
    names: Sequence[str] | None = None,
    title: str = "",
    picture: tuple[int, int] | None = None,
    held_out: int = 0,
    optimizer: str | None = None,
    lr: float | None = None,
    batch_size: int | None = None,
    schema: Schema | None = None,
) -> Page:
    """One HTML file in which a network is built, trained, taken apart and taken home: the engine itself, in the page.

    Everything can be touched: points, weights, layers, loss, optimizer. The page gives the Python program that does the
    same, and its weights as a file for `nn.load`.

    Arguments:
        model: an `nn.MLP` to begin with, its weights as they are; by default two layers of tanh neurons.
        X, y: rows and targets: whole numbers from 0 (or -1 and 1) are classes, others numbers. By default data sets
            that the page makes, for networks of one or two inputs.
        dataset: which of the page's own data sets it begins with; see `DATA_SETS`.
        loss: "binary_cross_entropy", "hinge", "cross_entropy" or "mse" where the targets leave it open.
        classes, names: what the classes and the inputs are called. title: of the page, and what its data are called.
        picture: rows that are pictures have so many rows and columns of pixels, 0 for paper and 1 for ink: there is a
            pad to draw on then, what each pixel adds to the answer, and the worst mistakes.
        held_out: so many of the rows, the first ones, are not trained on.
        optimizer, lr, batch_size: what the page trains with at first: "sgd", "adam" or "adamw", its learning rate, and
            rows a step, 0 for all.
        schema: how X and y were made of a table (`load_dataset(...).schema`): own names and units are shown.

    Raises TypeError for a model that is no MLP of nn's own layers, ValueError for what does not fit together or is too
    large to be shown: 2,000 rows, 100 inputs, 20 classes, 20,000 parameters.

    >>> from nn import MLP
    >>> from viz import playground
    >>> type(playground(MLP(2, [4, 1], "tanh", seed=1), dataset=None)).__name__
    'Page'
    """
    if (X is None) != (y is None):
        raise ValueError("playground: X and y belong together; give both or neither")
    if dataset is not None and (dataset not in DATA_SETS or model is not None or X is not None):
        raise ValueError(
            f"playground: dataset must be one of {', '.join(DATA_SETS)}, without a model or data, got {brief(dataset)}"
        )
    network = None if model is None else _network(model)
    if schema is not None:
        names = names or schema.inputs
        classes = classes or getattr(schema.target, "classes", None)
    data = None if X is None else _data(X, y, network, classes, names)
    _check_fit(network, data)
    _add_view(data, picture, held_out, title)
    _add_units(data, schema)
    title = title or "Playground"
    text = offline_html(
        "playground_page.html",
        None,
        title=title,
        data={
            "machine": packed_machine(),
            "clinic": clinic(),
            "network": network,
            "parameters": None if model is None else _numbers([p.data for p in model.parameters()]),
            "data": data,
            "dropout": 0.0 if model is None else float(model.dropout),
            "loss": _checked_loss(loss, data) or (data or {}).get("loss"),
            "settings": _settings(optimizer, lr, batch_size),
            "set": None if data else dataset or _set_for(network),
        },
        styles=[palette_css(), *(asset(name) for name in _STYLES)],
        scripts=[joined("playground/playground.js")],
        parts={
            "kind": "playground",
            "without_scripts": "The playground runs in scripts. Allow them to use it.",
            "parts": asset("playground.html"),
            "words": Words().explained((*OF_CONTROLS, *OF_FIGURES), inline),
        },
        webassembly=True,
    )
    made = Page(text, title, height=_HEIGHT)
    return made if path is None else made.save(path)


def clinic() -> dict[str, Any]:
    """The sentences of nn's diagnoses and their thresholds, as the scripts read them."""
    from nn.training.diagnoses import CURES, SENTENCES, THRESHOLDS

    return {"sentences": SENTENCES, "cures": CURES, "thresholds": THRESHOLDS}


@cache
def packed_machine() -> str:
    """The module as pages carry it."""
    return _packed(_MACHINE.read_bytes())


def _network(model: Any) -> dict[str, Any]:
    """The shape of an MLP as the scripts read it."""
    from nn.activations import ACTIVATIONS
    from nn.layers import MLP, Layer, Neuron

    if not isinstance(model, MLP):
        raise TypeError(f"playground: the model must be an nn.MLP, got {type(model).__name__}")
    layers = []
    for k, layer in enumerate(model.layers):
        neurons = getattr(layer, "neurons", ())
        if type(layer) is not Layer or not all(type(neuron) is Neuron for neuron in neurons):
            raise TypeError(f"playground: layer {k} must be an nn.Layer of nn.Neurons, got {type(layer).__name__}")
        activations = {neuron.activation for neuron in neurons}
        if len(activations) > 1 or not activations <= set(ACTIVATIONS):
            raise ValueError(
                f"playground: the neurons of layer {k} must have one activation of {', '.join(ACTIVATIONS)}"
            )
        if any(isinstance(neuron.b, float) for neuron in neurons):
            raise ValueError(f"playground: layer {k} has no biases; make the MLP with bias=True")
        layers.append({"neurons": len(neurons), "activation": activations.pop()})
    count = len(model.parameters())
    if count > MOST_PARAMETERS:
        raise ValueError(f"playground: {count:,} parameters are more than the {MOST_PARAMETERS:,} that can be shown")
    return {"inputs": len(model.layers[0].neurons[0].w), "layers": layers}


def _data(X: Any, y: Any, network: Any, classes: Any, names: Any) -> dict[str, Any]:
    rows, targets = rows_and_targets("playground", X, y)
    if len(rows) > MOST_ROWS or rows.shape[1] > MOST_INPUTS:
        raise ValueError(
            f"playground: {len(rows):,} rows of {rows.shape[1]} inputs are more than can be shown, {MOST_ROWS:,} of "
            f"{MOST_INPUTS}; take some of them"
        )
    if len(rows) < 2:
        raise ValueError("playground: at least two rows are wanted, got one")
    wide = isinstance(targets[0], list)
    found = set() if wide else set(targets)
    count, loss = 0, "mse"
    if found == {-1, 1}:
        count, loss, targets = 2, "hinge", [int(t > 0) for t in targets]
    elif found and all(float(t).is_integer() and t >= 0 for t in found) and max(found) < MOST_CLASSES:
        outputs = network["layers"][-1]["neurons"] if network else 0
        count = max(int(max(found)) + 1, outputs if outputs > 1 else 2)
        targets = [int(t) for t in targets]
        loss = "binary_cross_entropy" if count == 2 and outputs < 2 else "cross_entropy"
        if outputs == 1 and count > 2:  # numbers that happen to be whole
            count, loss = 0, "mse"
    return {
        "X": rows.tolist(),
        "y": targets,
        "classes": count,
        "names": input_names(names, rows.shape[1]),
        "classNames": class_names(classes, count),
        "loss": loss,
    }


def _add_view(data: dict[str, Any] | None, picture: tuple[int, int] | None, held_out: int, title: str) -> None:
    """Say in the data what its rows are, and which of them are held out."""
    if data is None:
        if picture is not None or held_out:
            raise ValueError("playground: picture and held_out say something of rows; give X and y too")
        return
    rows = data["X"]
    if not isinstance(held_out, int) or not 0 <= held_out <= len(rows) - 2:
        raise ValueError(f"playground: held_out must be 0 to {len(rows) - 2} of these rows, got {brief(held_out)}")
    data |= {"held": held_out, "title": title}
    if picture is None:
        return
    if len(picture) != 2 or picture[0] * picture[1] != len(rows[0]) or not data["classes"]:
        raise ValueError(
            f"playground: picture must be the rows and columns of {len(rows[0])} pixels, with classes as targets, "
            f"got {brief(picture)}"
        )
    data["view"] = {"kind": "image", "rows": picture[0], "columns": picture[1]}
    unit = next((unit for unit in (1, 16, 255) if all(_is_byte(x * unit) for row in rows for x in row)), None)
    if unit is not None:
        data |= packed_rows(bytes(round(x * unit) for row in rows for x in row), len(rows[0]), unit)
        del data["X"]


def _add_units(data: dict[str, Any] | None, schema: Schema | None) -> None:
    """Say in the data what its numbers are in the table."""
    if schema is None:
        return
    from viz.pages.own_units import scales_of, target_scale

    scales = scales_of(schema)
    if data is None or len(scales) != len(data["names"]):
        got = "no X" if data is None else f"rows of {len(data['names'])}"
        raise ValueError(f"playground: schema has {len(scales)} inputs; give the X and y that it encodes, got {got}")
    data |= {"scales": scales, "target": target_scale(schema)}


def _is_byte(x: float) -> bool:
    return 0.0 <= x <= 255.0 and abs(x - round(x)) < 1e-9


def packed_rows(numbers: bytes, width: int, unit: int) -> dict[str, Any]:
    """Rows of `width` bytes, each in parts of `unit`, as the scripts unpack them."""
    return {"packed": _packed(numbers), "width": width, "unit": unit}


def _numbers(found: list[float]) -> list[float] | str:
    """Many numbers are half as long packed, to the last bit; a page of few can be read."""
    return found if len(found) <= MOST_PLAIN else _packed(struct.pack(f"<{len(found)}d", *found))


def _packed(content: bytes) -> str:
    """gzip in base64, the same text every time."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31)
    return base64.b64encode(pack.compress(content) + pack.flush()).decode("ascii")


def _checked_loss(loss: str | None, data: dict[str, Any] | None) -> str | None:
    if loss is None:
        return None
    classes = 2 if data is None else data["classes"]
    fitting = ("mse",) if not classes else ("binary_cross_entropy", "hinge") if classes == 2 else ("cross_entropy",)
    if loss not in fitting:
        raise ValueError(f"playground: loss must be one of {', '.join(fitting)} for these targets, got {brief(loss)}")
    return loss


def _settings(optimizer: str | None, lr: float | None, batch_size: int | None) -> dict[str, Any]:
    """What is said of the training, by the names that the scripts have for it."""
    from nn.numbers import finite

    if optimizer not in (None, *OPTIMIZERS):
        raise ValueError(f"playground: optimizer must be one of {', '.join(OPTIMIZERS)}, got {brief(optimizer)}")
    if lr is not None and finite(lr, "playground: lr") <= 0:
        raise ValueError(f"playground: lr must be above 0, got {brief(lr)}")
    if batch_size is not None and (not isinstance(batch_size, int) or batch_size < 0):
        raise ValueError(f"playground: batch_size must be a whole number from 0 on, got {brief(batch_size)}")
    found = {"optimizer": optimizer, "lr": lr, "batch": batch_size}
    return {name: value for name, value in found.items() if value is not None}


def _check_fit(network: dict[str, Any] | None, data: dict[str, Any] | None) -> None:
    """Raise ValueError where model and data do not go together, or the model has no data to go with."""
    if network is None:
        return
    inputs, outputs = network["inputs"], network["layers"][-1]["neurons"]
    if data is None:
        if not _set_for(network):
            raise ValueError(
                f"playground: a model of {inputs} inputs and {outputs} outputs needs data of its own: give X and y"
            )
        return
    width = len(data["X"][0])
    if width != inputs:
        raise ValueError(f"playground: the model takes {inputs} inputs and the rows have {width}")
    first = data["y"][0]
    wanted = (1 if data["classes"] == 2 else data["classes"]) or (len(first) if isinstance(first, list) else 1)
    if wanted != outputs:
        what = f"{data['classes']} classes" if data["classes"] else "these targets"
        raise ValueError(f"playground: {what} want a model of {wanted} outputs, got {outputs}")


def _set_for(network: dict[str, Any] | None) -> str:
    """The data set that the page begins with, "" where none fits the network."""
    if network is None:
        return "moons"
    shape = network["inputs"], network["layers"][-1]["neurons"]
    return {(2, 1): "moons", (2, 3): "blobs", (1, 1): "sine"}.get(shape, "")
