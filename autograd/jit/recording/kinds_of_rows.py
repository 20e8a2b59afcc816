"""What the rows in a list are: a recorded function gets tuples where the loop over the rows would get tuples."""

from __future__ import annotations

from itertools import chain
from math import prod
from typing import Any

from autograd.differentiation.structure import Structure


def row_in(rows: list[Any], shape: tuple[int, ...], leaf: Structure, name: str) -> Structure:
    """The structure that all rows have, of which an array of rows would have this shape and leaves of this kind.

    Raises TypeError where they differ, or are of a class that a recording cannot make anew; `name` is for the message.
    """
    if not shape:
        return leaf
    kind = kind_of(rows, name)
    if kind is None:
        return Structure("array" if leaf.kind == "number" else "integers", keys=shape, size=prod(shape))
    width = shape[0]
    if len(shape) == 1 or not width:
        return Structure(kind, (leaf,) if width else (), count=width, size=width)
    items = list(chain.from_iterable(rows))
    if len(set(map(type, items))) == 1:
        parts = [row_in(items, shape[1:], leaf, f"{name}[0]")]
    else:
        parts = [row_in([row[k] for row in rows], shape[1:], leaf, f"{name}[{k}]") for k in range(width)]
        if all(part == parts[0] for part in parts):
            del parts[1:]
    return Structure(kind, tuple(parts), count=width, size=prod(shape))


def kind_of(rows: list[Any], name: str) -> Any:
    """list, tuple or a class of named tuples; None for arrays."""
    kinds = set(map(type, rows))
    kind = kinds.pop()
    if kinds:
        names = " and ".join(sorted(x.__name__ for x in (kind, *kinds)))
        raise TypeError(f"{name}: the rows must be of one kind, got {names}; make them all lists, or all tuples")
    if kind is list or kind is tuple:
        return kind
    if issubclass(kind, tuple) and hasattr(kind, "_fields") and not any(getattr(x, "__dict__", None) for x in rows):
        return kind
    if hasattr(kind, "dtype"):
        return None
    raise TypeError(f"{name}: rows of {kind.__name__} would not stay what they are; pass lists, list(row) for each row")


def with_bools(rows: list[Any]) -> bool:
    """Whether there is a bool among the numbers of the first row or the last; each has its columns of one kind."""
    if not rows:
        return False
    items = [rows[0], rows[-1]]
    while items and not hasattr(items[0], "dtype"):
        if not isinstance(items[0], (list, tuple)):
            return bool in set(map(type, items))
        items = list(chain.from_iterable(items))
    return False  # arrays, whose elements are of one kind
