# pyright: reportMissingImports=false
"""Arguments put together again from their numbers, and results taken apart: both by the walk of structure.py.

Compiled by Cython where possible (types: nesting.pxd). Results are put together at every call; the rest runs when a
function is recorded or computed as it is.
"""

from __future__ import annotations

import enum
import sys
import types
from collections.abc import Iterable, Iterator
from typing import Any

from autograd.differentiation.records import attributes_of
from autograd.differentiation.structure import (
    NUMBER,
    Reader,
    Structure,
    container,
    difference,
    is_array,
    items_of,
    put_together,
)
from autograd.jit.errors import JitError
from autograd.jit.indices import Index
from autograd.jit.recording.arguments import Call
from autograd.node import data_of
from autograd.value import Value


def rebuilt(call: Call, leaves: list[Any], *, eager: bool = False) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Positional and keyword arguments on these leaves; elements of integer arrays are plain ints if `eager`."""
    objects = {id(x): x for x in call.objects}

    def other(structure: Structure, rest: Iterator[Any]) -> Any:
        kind, keys = structure.kind, structure.keys
        if kind == "index":
            return index(next(rest))
        if kind == "object":
            return objects[keys[0]]
        if kind == "slice":
            return slice(*keys)
        if kind == "integers":
            return _array([index(next(rest)) for _ in range(structure.size)], keys)
        (items,) = structure.parts  # an array of objects
        array = _array(put_together(items, [next(rest) for _ in range(items.size)], other), keys)
        return array if structure.prototype is None else array.view(structure.prototype)

    def index(leaf: Any) -> Any:
        return int(data_of(leaf)) if eager else Index(leaf)

    return put_together(call.structure, leaves, other)


def _array(items: list[Any], shape: tuple[int, ...]) -> Any:
    import numpy as np  # which is there already where there is an array

    flat = np.empty(len(items), dtype=object)
    for k, item in enumerate(items):
        flat[k] = item
    return flat.reshape(shape)


def classes_in(structure: Structure) -> set[type]:
    """The classes of named tuples and dataclasses in a structure."""
    own = {structure.kind} if isinstance(structure.kind, type) and structure.kind not in (list, tuple, dict) else set()
    return own.union(*map(classes_in, structure.parts))


def has_indices(structure: Structure) -> bool:
    """Whether there are elements of integer arrays in a structure."""
    return structure.kind in ("index", "integers") or any(map(has_indices, structure.parts))


class Results(Reader):
    """What a function returned, taken apart.

    Attributes:
        leaves: the numbers, Values and others; every one becomes a root of the recording, which needs one in any case.
        structure: the nesting.
        fixed: for each number itself if it is no Value but the same at every call of this path, None for a Value.

    Raises JitError for what is neither a number, a container of numbers nor plain data. Holds none of the Values once
    `released`, and so not the graph that the run has made.
    """

    def __init__(self, out: Any):
        super().__init__()
        self.fixed: list[Any] = []
        self.structure = self.read(out, "jit: what the function returned")
        self.fixed = self.leaves[:]
        for k in self.values:
            self.fixed[k] = None

    def path(self, name: str, key: Any) -> str:
        return name

    def attributes(self, tree: Any) -> tuple[Any, ...] | None:
        found = attributes_of(tree)
        return None if found is None else (found[0], found[1] + found[2])

    def bare(self, tree: Any) -> bool:
        return not getattr(tree, "__dict__", None)

    def other(self, x: Any, name: str) -> Structure:
        if type(x) is Index:
            x = x.value
        if type(x) is Value:
            self.values.append(len(self.leaves))
        elif is_array(x) and x.ndim:
            return self.array(x)
        elif not _is_number(x) or abs(x) > _LARGEST:
            if isinstance(x, (str, bytes, type(None), int)):
                return Structure("constant", keys=(x,))
            if is_array(x):
                return self.item(x.item(), name, 1)
            raise JitError(f"jit: the function returned {type(x).__name__}; {_in_its_stead(x)}")
        self.leaves.append(x)
        return NUMBER

    def array(self, x: Any) -> Structure:
        if x.dtype.kind not in "fiubO":
            raise JitError(f"jit: the function returned an array of {x.dtype}; it must return Values and numbers")
        items = items_of(self, list, x.ravel().tolist(), (), None, "", 0)
        if any(part is not NUMBER for part in items.parts):
            raise JitError("jit: the function returned an array of objects that are not all numbers; return a list")
        return Structure("array", keys=x.shape, prototype=x.dtype, size=x.size)

    def released(self) -> list[Any]:
        """The numbers, which this object then holds no more."""
        leaves, self.leaves = self.leaves, []
        return leaves

    def make(self, values: list[Any]) -> Any:
        """The result of one call, from the number or Value of each root; what is no Value is what it was."""
        leaves = values[: len(self.fixed)]
        for k in range(len(leaves)):
            if self.fixed[k] is not None:
                leaves[k] = self.fixed[k]
        return leaves[0] if self.structure is NUMBER else put_together(self.structure, leaves)


def _is_number(x: Any) -> bool:
    numpy: Any = sys.modules.get("numpy")
    return isinstance(x, (float, int)) or (numpy is not None and isinstance(x, (numpy.number, numpy.bool_)))


def _in_its_stead(x: Any) -> str:
    """What to return for something that is no number and no container that is known."""
    for kind in (dict, list, tuple):
        if isinstance(x, kind):
            return f"return a plain {kind.__name__}, {kind.__name__}(...)"
    if isinstance(x, enum.Enum):
        return "return what it stands for, its .value or .name"
    if isinstance(x, types.SimpleNamespace):
        return "return a dict, vars(...)"
    if isinstance(x, Iterable):
        return "return a list, list(...)"
    return "it must return Values, numbers, or lists, tuples, dicts, dataclasses and arrays of them"


_LARGEST = sys.float_info.max  # a whole number beyond is handed on as it is


def same_nesting(name: str, structures: list[Structure]) -> Structure:
    """The structure that rows have in common. Raises ValueError where they differ, saying how."""
    first = structures[0]
    for other in structures[1:]:
        if found := difference(first, other):
            raise ValueError(f"{name}: the rows have results of different kinds: {found}; return the same for each row")
    return first


def as_columns(structure: Structure, columns: list[Any]) -> Any:
    """The results of many rows: an array for each number, those of a list or an array side by side in one."""
    import numpy as np

    if shape := rectangle(structure):
        return np.stack(columns, axis=1).reshape(-1, *shape) if columns else np.zeros((0, *shape))
    rest = iter(columns)

    def each(part: Structure) -> Any:
        inner = rectangle(part)
        if part is NUMBER:
            return next(rest)
        if inner:
            return as_columns(part, [next(rest) for _ in range(part.size)])
        if isinstance(part.kind, str):
            return part.keys[0]
        return container(part, [each(item) for item in part.all_parts()])

    return each(structure)


def rectangle(structure: Structure) -> tuple[int, ...]:
    """The shape of a list, tuple or array of numbers, or of a list of lists of one length; () for anything else."""
    if structure.kind == "array":
        return structure.keys
    if structure.kind not in (list, tuple) or len(structure.parts) != 1:
        return ()
    (part,) = structure.parts
    if part is NUMBER:
        return (structure.count,)
    inner = rectangle(part) if structure.kind is list and part.kind is not tuple else ()
    return (structure.count, *inner) if inner else ()
