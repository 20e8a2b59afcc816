"""A model from a file, and what it says of the table that it was trained on."""

from __future__ import annotations

import os
from typing import Any

from nn.saving import load
from nn.tables.schema import Schema, schema_from_dict
from nn.wording import place, reason


def model_file(path: str) -> str:
    """The file that is meant: that of the model in a run folder, which is what has a name in one's mind."""
    inside = os.path.join(path, "model.json")
    return inside if os.path.isfile(inside) else path


def load_model(path: str) -> Any:
    """The model in the file; raises ValueError in one line."""
    try:
        return load(path)
    except OSError as error:
        raise ValueError(f"the model '{place(path)}' cannot be read: {reason(error)}") from None


def stored_schema(model: Any, path: str) -> Schema:
    """How a table becomes the inputs of the model; raises ValueError where it does not say."""
    stored = model.metadata.get("table")
    if stored is None:
        raise ValueError(
            f"{place(path)} does not say how a table becomes its inputs; wanted a model from glassgrad train"
        )
    try:
        return schema_from_dict(stored)
    except ValueError as error:
        raise ValueError(f"{place(path)}: {error}") from None
