"""Arguments put together again from their numbers, and results taken apart and put together: the nesting of both.

Runs when a function is recorded or computed as it is; arguments.py is what runs at every call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograd.jit.arguments import Call
from autograd.jit.errors import JitError
from autograd.jit.indices import Index
from autograd.value import Value, data_of


def rebuilt(call: Call, leaves: list[Any], *, eager: bool = False) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Positional and keyword arguments on these leaves; elements of integer arrays are plain ints if `eager`."""
    again = Rebuilt(call, leaves, eager)
    args = tuple([again.next() for _ in range(next(again.tokens))])
    return args, {next(again.tokens): again.next() for _ in call.names}


class Rebuilt:
    """The arguments put together again on the leaves that stand for their numbers, as the key describes them."""

    def __init__(self, call: Call, leaves: list[Any], eager: bool):
        self.eager = eager
        self.tokens: Iterator[Any] = iter(call.key)
        self.leaves = iter(leaves)
        self.objects = {id(x): x for x in call.objects}

    def next(self) -> Any:
        token = next(self.tokens)
        if token == "f" or token == "v":
            return next(self.leaves)
        if token == "i":
            return self._index()
        kind, value = token
        if kind is list or kind is tuple:
            return kind([self.next() for _ in range(value)])
        if kind is dict:
            return {key: self.next() for key in value}
        if kind == "object":
            return self.objects[value]
        if kind == "array":
            return _array(value, lambda: next(self.leaves))
        if kind == "integers":
            return _array(value, self._index)
        if kind == "objects":
            return _array(value, self.next)
        return value if kind is not slice else eval(value)

    def _index(self) -> Any:
        leaf = next(self.leaves)
        return int(data_of(leaf)) if self.eager else Index(leaf)


def _array(shape: tuple[int, ...], item: Callable[[], Any]) -> Any:
    array = np.empty(shape, dtype=object)
    flat = array.reshape(-1)
    for k in range(flat.size):
        flat[k] = item()
    return array


class Results:
    """What a function returned: its Values, and how to put their like into the same nesting.

    `make` holds none of these Values, and so not the graph that the run has made. Raises JitError for what is neither a
    Value nor plain data.
    """

    __slots__ = ("make", "values")

    def __init__(self, out: Any):
        self.values: list[Value] = []
        self.make = self._maker(out)

    def _maker(self, out: Any) -> Callable[[list[Any]], Any]:
        if type(out) is Index:
            out = out.value
        if type(out) is Value:
            k = len(self.values)
            self.values.append(out)
            return lambda values: values[k]
        if isinstance(out, tuple) and hasattr(out, "_fields"):
            kind, parts = type(out), [self._maker(x) for x in out]
            return lambda values: kind(*[part(values) for part in parts])
        if type(out) in (list, tuple):
            kind, parts = type(out), [self._maker(x) for x in out]
            return lambda values: kind([part(values) for part in parts])
        if type(out) is dict:
            items = {key: self._maker(x) for key, x in out.items()}
            return lambda values: {key: part(values) for key, part in items.items()}
        array: Any = out
        if getattr(out, "ndim", 0) and array.dtype == object:
            return self._array_maker(array)
        if isinstance(out, (float, int, str, bytes, type(None))) or hasattr(out, "dtype"):
            return lambda values: out
        raise JitError(
            f"jit: the function returned {type(out).__name__}; it must return Values, numbers, or lists, tuples, dicts "
            "and arrays of them"
        )

    def _array_maker(self, out: Any) -> Callable[[list[Any]], Any]:
        shape, parts = out.shape, [self._maker(x) for x in out.ravel()]

        def make(values: list[Any]) -> Any:
            rest = iter(parts)
            return _array(shape, lambda: next(rest)(values))

        return make
