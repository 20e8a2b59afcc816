"""Nested arguments: numbers in lists, tuples, named tuples, dicts and NumPy arrays, taken apart and put together again.

A `Structure` is what is left when the numbers are taken out. NumPy is not imported here: an array can only come from
somebody who has.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Any

from autograd.numbers import number
from autograd.value import Value

_DEEPEST = 200  # levels of nesting; a list that contains itself has no end


@dataclass(frozen=True, slots=True)
class Structure:
    """A container of structures, an array of numbers, or one number.

    Attributes:
        kind: list, tuple, dict; a named tuple's class; "array"; "number".
        parts: what the container holds, in order.
        keys: a dict's keys; an array's shape.
        prototype: the dict itself where it is of a class of its own.
    """

    kind: Any
    parts: tuple[Structure, ...] = ()
    keys: tuple[Any, ...] = ()
    prototype: Any = field(default=None, compare=False)

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        if self.kind == "number":
            return 1
        return prod(self.keys) if self.kind == "array" else sum(part.size for part in self.parts)


NUMBER = Structure("number")


def taken_apart(tree: Any, name: str) -> tuple[list[Any], Structure]:
    """The numbers of a nested argument, as floats and Values, and the structure without them.

    Arguments:
        name: what error messages call it, such as "grad: argument 0".

    Raises:
        TypeError: for anything that is neither a number nor a known container, naming where it is.
    """
    leaves: list[Any] = []
    return leaves, _taken_apart(tree, name, leaves, 0)


def _taken_apart(tree: Any, name: str, leaves: list[Any], depth: int) -> Structure:
    if type(tree) is float or type(tree) is Value:
        leaves.append(tree)
        return NUMBER
    if depth > _DEEPEST:
        path = name if len(name) < 80 else f"{name[:40]}..."
        raise ValueError(f"{path} is nested deeper than {_DEEPEST} levels; does a list contain itself?")
    if isinstance(tree, dict):
        parts = _parts(tree.items(), name, leaves, depth)
        return Structure(dict, parts, tuple(tree), None if type(tree) is dict else tree)
    if isinstance(tree, list | tuple):
        parts = _parts(enumerate(tree), name, leaves, depth)
        named = isinstance(tree, tuple) and hasattr(tree, "_fields")
        return Structure(type(tree) if named else list if isinstance(tree, list) else tuple, parts)
    if is_array(tree) and tree.ndim:
        return _array_taken_apart(tree, name, leaves)
    leaves.append(one_number(tree, name))
    return NUMBER


def _parts(entries: Iterable[tuple[Any, Any]], name: str, leaves: list[Any], depth: int) -> tuple[Structure, ...]:
    parts = []
    for key, part in entries:
        if type(part) is float or type(part) is Value:  # nearly all are: no name is made up for them
            leaves.append(part)
            parts.append(NUMBER)
        else:
            parts.append(_taken_apart(part, f"{name}[{key!r}]", leaves, depth + 1))
    return tuple(parts)


def _array_taken_apart(array: Any, name: str, leaves: list[Any]) -> Structure:
    if array.dtype.kind not in "fiubO":
        raise TypeError(f"{name} is an array of {array.dtype}; it must be an array of numbers")
    for i, element in enumerate(array.ravel().tolist()):
        leaves.append(element if type(element) is float else one_number(element, f"{name}.flat[{i}]"))
    return Structure("array", keys=array.shape)


def one_number(x: Any, name: str) -> Any:
    """`x` itself if it is a Value, otherwise as a float; TypeError naming what it should have been a number."""
    if is_array(x) and not x.ndim and x.dtype == object:
        x = x.item()
    if type(x) is Value:
        return x
    try:
        return number(x)
    except TypeError:
        raise TypeError(f"{name} is {_described(x)}, where a number is wanted") from None
    except OverflowError as error:
        raise OverflowError(f"{name}: {error}") from None


def _described(x: Any) -> str:
    if x is None:
        return "None"
    return f"the string {x[:20]!r}" if isinstance(x, str) else f"of type {type(x).__name__}"


def is_array(x: Any) -> bool:
    """Whether it is a NumPy array."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(x, numpy.ndarray)


def put_together(structure: Structure, leaves: list[Any]) -> Any:
    """The tree of this structure that holds these floats and Values; an array of Values is one of objects."""
    return _mapped(structure, iter(leaves), lambda shape, items: _array(items, shape), lambda x: x)


def blocks(outer: Structure, inner: Structure, rows: list[list[Any]]) -> Any:
    """The tree of the outer structure, in which each number is a tree of the inner one: a matrix put together.

    Arguments:
        rows: for each number of the outer structure, one entry for each of the inner.

    A block of an array of shape S and an array of shape T is one array of shape S + T.
    """

    def one_row(row: list[Any]) -> Any:
        return put_together(inner, row)

    def array_of_rows(shape: tuple[int, ...], chosen: list[list[Any]]) -> Any:
        columns = iter(range(inner.size))

        def block(inner_shape: tuple[int, ...], place: list[int]) -> Any:
            return _array([row[j] for row in chosen for j in place], shape + inner_shape)

        return _mapped(inner, columns, block, lambda j: block((), [j]))

    return _mapped(outer, iter(rows), array_of_rows, one_row)


def _mapped(
    structure: Structure,
    leaves: Iterator[Any],
    array: Callable[[tuple[int, ...], list[Any]], Any],
    leaf: Callable[[Any], Any],
) -> Any:
    if structure.kind == "number":
        return leaf(next(leaves))
    if structure.kind == "array":
        return array(structure.keys, [next(leaves) for _ in range(structure.size)])
    parts = [
        leaf(next(leaves)) if part is NUMBER else _mapped(part, leaves, array, leaf) for part in structure.parts
    ]  # fmt: skip
    if structure.kind is list:
        return parts
    if structure.kind is tuple:
        return tuple(parts)
    if structure.kind is not dict:
        return structure.kind(*parts)
    answer = {} if structure.prototype is None else structure.prototype.copy()
    answer.update(zip(structure.keys, parts, strict=True))
    return answer


def _array(items: list[Any], shape: tuple[int, ...]) -> Any:
    numpy = sys.modules["numpy"]
    of_values = any(type(x) is Value for x in items)
    flat = numpy.empty(len(items), dtype=object if of_values else float)
    flat[:] = items
    return flat.reshape(shape)


def difference(wanted: Structure, got: Structure, path: str = "") -> str:
    """Where and how two structures first differ, "" if they do not."""
    if wanted.kind != got.kind or (wanted.kind == "array" and wanted.keys != got.keys):
        return f"at {path or 'the top'}: {_kind(got)} instead of {_kind(wanted)}"
    if wanted.kind is dict and set(wanted.keys) != set(got.keys):
        return f"at {path or 'the top'}: the keys {list(got.keys)} instead of {list(wanted.keys)}"
    if len(wanted.parts) != len(got.parts):
        return f"at {path or 'the top'}: {len(got.parts)} entries instead of {len(wanted.parts)}"
    keys = wanted.keys if wanted.kind is dict else range(len(wanted.parts))
    theirs = dict(zip(got.keys, got.parts, strict=True)) if wanted.kind is dict else got.parts
    for key, part in zip(keys, wanted.parts, strict=True):
        if found := difference(part, theirs[key], f"{path}[{key!r}]"):
            return found
    return ""


def in_order_of(wanted: Structure, got: Structure, leaves: list[Any]) -> list[Any]:
    """The leaves of `got`, which has the same structure, with dicts in the order of `wanted`."""
    if wanted.kind in ("number", "array"):
        return leaves
    places, start = [], 0
    for part in got.parts:
        places.append(leaves[start : start + part.size])
        start += part.size
    keys = list(wanted.keys) if wanted.kind is dict else list(range(len(wanted.parts)))
    index = {key: i for i, key in enumerate(got.keys)} if wanted.kind is dict else {i: i for i in keys}
    return [
        leaf
        for key, part in zip(keys, wanted.parts, strict=True)
        for leaf in in_order_of(part, got.parts[index[key]], places[index[key]])
    ]


def _kind(structure: Structure) -> str:
    if structure.kind == "array":
        return f"an array of shape {structure.keys}"
    return "a number" if structure.kind == "number" else f"a {structure.kind.__name__}"
