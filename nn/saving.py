"""`save` and `load`: a trained MLP as JSON or safetensors, chosen by suffix; never pickle, which runs code on loading.

Files come from strangers: what is read is bounded, checked to the last number and built completely before it is
returned. What is written replaces the old file in one step or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nn.formats.blueprint import Blueprint, blueprint, built
from nn.formats.files import read_at_most, write_whole
from nn.formats.json_format import from_json, plain_metadata, to_json
from nn.formats.safetensors_format import from_safetensors, to_safetensors
from nn.layers import MLP
from nn.wording import briefly, place, quoted, shown

MAX_BYTES = 64 * 2**20  # far above any network of scalars that can be trained, far below what hurts to read

_FORMATS: dict[str, tuple[Callable[[Blueprint], bytes], Callable[[bytes], Blueprint]]] = {
    ".json": (to_json, from_json),
    ".safetensors": (to_safetensors, from_safetensors),
}


def save(model: MLP, path: str | os.PathLike[str], *, metadata: Mapping[str, Any] | None = None) -> None:
    """Write `model` to `path`, whose suffix .json or .safetensors says how; `load` gives back the same bits.

    Arguments:
        model: an MLP whose activations were chosen by name; its gradients are not kept.
        metadata: a dict of names and plain JSON values to keep beside it (columns, scales, classes); by default
            `model.metadata`. Tuples come back as lists.

    The file appears complete or not at all, and one that was there is replaced; a symbolic link is replaced itself.
    Raises TypeError for another kind of model or metadata, ValueError for what the format cannot hold (callables as
    activations, shared parameters, nan or inf, more than 64 MB) or an unknown suffix, OSError where the system does.

    >>> from nn import MLP, load, save
    >>> model = MLP(2, [4, 1], seed=1)
    >>> save(model, "model.json", metadata={"columns": ["width", "height"]})
    >>> load("model.json").metadata
    {'columns': ['width', 'height']}
    """
    target = _checked_path("save", path)
    with briefly(target):
        if target.is_dir():
            raise IsADirectoryError(f"save: '{place(target)}' is a folder; add a file name")
        if not target.parent.is_dir():
            raise FileNotFoundError(f"save: the folder '{place(target.parent)}' does not exist; create it first")
        write_whole(target, encoded(model, target.suffix, metadata=metadata))


def encoded(model: MLP, suffix: str, *, metadata: Mapping[str, Any] | None = None) -> bytes:
    """What `save` writes into a file with this suffix."""
    encode, _ = _FORMATS[suffix.lower()]
    content = encode(blueprint(model, plain_metadata(getattr(model, "metadata", {}) if metadata is None else metadata)))
    if len(content) > MAX_BYTES:
        raise ValueError(f"save: the file would have {len(content):,} bytes; the limit is {MAX_BYTES:,}")
    return content


def load(path: str | os.PathLike[str]) -> MLP:
    """The model that `save` wrote, with what was kept beside it as `.metadata`.

    Raises ValueError that names the file and what is wrong for anything that is not exactly such a file, and OSError
    where it cannot be read. Reads at most 64 MB.

    >>> from nn import MLP, load, save
    >>> model = MLP(2, [4, 1], seed=1)
    >>> save(model, "model.json")
    >>> load("model.json")([1.0, 2.0]).data == model([1.0, 2.0]).data
    True
    """
    source = _checked_path("load", path)
    _, decode = _FORMATS[source.suffix.lower()]
    with briefly(source):
        content = read_at_most(source, MAX_BYTES)
    if content is None:
        raise ValueError(f"load: '{place(source)}' has more than {MAX_BYTES:,} bytes, the limit for a model")
    try:
        return built(decode(content))
    except ValueError as error:
        raise ValueError(f"load: '{place(source)}' is not a saved model: {error}") from None


def _checked_path(caller: str, path: Any) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"{caller}: path must be a str or a Path, got {type(path).__name__}")
    text = os.fspath(path)
    if not isinstance(text, str) or "\0" in text:
        raise ValueError(f"{caller}: {shown(text)} cannot be a file name")
    checked = Path(text)
    if checked.suffix.lower() not in _FORMATS:
        raise ValueError(f"{caller}: the name must end in {' or '.join(_FORMATS)}, got {quoted(checked.name)}")
    return checked
