"""`save` and `load`: a trained MLP as JSON or safetensors, chosen by suffix; never pickle, which runs code on loading.

Files come from strangers: what is read is bounded, checked to the last number and built completely before it is
returned. What is written replaces the old file in one step or not at all.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nn.formats.blueprint import Blueprint, blueprint, built
from nn.formats.json_format import from_json, plain_metadata, to_json
from nn.formats.safetensors_format import from_safetensors, to_safetensors
from nn.layers import MLP

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
    """
    target = _checked_path("save", path)
    encode, _ = _FORMATS[target.suffix.lower()]
    plan = blueprint(model, plain_metadata(getattr(model, "metadata", {}) if metadata is None else metadata))
    if target.is_dir():
        raise IsADirectoryError(f"save: {str(target)!r} is a folder; add a file name")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"save: the folder {str(target.parent)!r} does not exist; create it first")
    content = encode(plan)
    if len(content) > MAX_BYTES:
        raise ValueError(f"save: the file would have {len(content):,} bytes; the limit is {MAX_BYTES:,}")
    _replace(target, content)


def load(path: str | os.PathLike[str]) -> MLP:
    """The model that `save` wrote, with what was kept beside it as `.metadata`.

    Raises ValueError that names the file and what is wrong for anything that is not exactly such a file, and OSError
    where it cannot be read. Reads at most 64 MB.
    """
    source = _checked_path("load", path)
    _, decode = _FORMATS[source.suffix.lower()]
    with open(source, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"load: {str(source)!r} has more than {MAX_BYTES:,} bytes, the limit for a model")
    try:
        return built(decode(content))
    except ValueError as error:
        raise ValueError(f"load: {str(source)!r} is not a saved model: {error}") from None


def _checked_path(caller: str, path: Any) -> Path:
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f"{caller}: path must be a str or a Path, got {type(path).__name__}")
    text = os.fspath(path)
    if not isinstance(text, str) or "\0" in text:
        raise ValueError(f"{caller}: {text!r:.80} cannot be a file name")
    checked = Path(text)
    if checked.suffix.lower() not in _FORMATS:
        raise ValueError(f"{caller}: the name must end in {' or '.join(_FORMATS)}, got {checked.name!r:.80}")
    return checked


def _replace(target: Path, content: bytes) -> None:
    """Make `content` what `target` holds; nothing is left behind when that fails."""
    temporary = target.parent / f".glassgrad-{secrets.token_hex(8)}.tmp"
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
