"""What a recorded function is called with, taken apart: numbers that change from call to call, and the rest, the key.

Floats, Values and the elements of arrays are numbers. Everything else (ints, strings, shapes, which containers) is in
the key, so that another one of these makes another recording. For a batch, arrays and lists hold one item a row.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from autograd.jit.indices import Index
from autograd.value import Value, data_of

PLAIN = frozenset({int, bool, str, bytes, complex, type(None), type(Ellipsis), range, slice})


class Call:
    """One call.

    Attributes:
        key: what the recording depends on. objects: those in the key by identity, such as a model.
        numbers: for each number a float or a Value; None where every row brings its own.
        tables: arrays with an item for each row. spans: for each (the place of its first number, numbers in a row).
        n: how many rows, None without.
    """

    __slots__ = ("key", "n", "numbers", "objects", "spans", "tables")

    def __init__(self) -> None:
        self.key: list[Any] = []
        self.objects: list[Any] = []
        self.numbers: list[Any] = []
        self.tables: list[Any] = []
        self.spans: list[tuple[int, int]] = []
        self.n: Any = None  # an int where there are rows

    def add(self, token: str, number: Any) -> None:
        self.key.append(token)
        self.numbers.append(number)

    def row(self, r: int) -> list[Any]:
        """The numbers of row r."""
        numbers = self.numbers[:]
        for table, (start, width) in zip(self.tables, self.spans, strict=True):
            numbers[start : start + width] = table[r].ravel().tolist()
        return numbers


def single(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
    """A call with one set of numbers."""
    call = Call()
    for x in args:
        take_apart(call, x)
    for name in sorted(kwargs):
        call.key.append(name)
        take_apart(call, kwargs[name])
    return call


def take_apart(call: Call, x: Any) -> None:
    kind = type(x)
    if kind is float:
        call.add("f", x)
    elif kind is Value:
        call.add("v", x)
    elif kind in PLAIN:
        call.key.append((kind, x if kind is not slice else repr(x)))
    elif kind is list or kind is tuple:
        call.key.append((kind, len(x)))
        for item in x:
            take_apart(call, item)
    elif kind is dict:
        call.key.append((kind, tuple(x)))
        for item in x.values():
            take_apart(call, item)
    elif kind is Index:
        call.add("v", x.value)
    elif hasattr(x, "dtype"):
        _array_apart(call, x)
    elif isinstance(x, float):
        call.add("f", float(x))
    else:
        call.objects.append(x)
        call.key.append(("object", id(x)))


def _array_apart(call: Call, x: Any) -> None:
    if getattr(x, "ndim", None) == 0:
        number = x.item()
        return take_apart(call, number)
    if type(x) is not sys.modules["numpy"].ndarray:
        call.objects.append(x)
        call.key.append(("object", id(x)))
        return
    kind = x.dtype.kind
    if kind == "f":
        call.key.append(("array", x.shape))
        for number in x.ravel().tolist():
            call.add("f", float(number))
    elif kind in "iub":
        call.key.append(("integers", x.shape))
        for number in x.ravel().tolist():
            call.add("i", float(number))
    elif kind == "O":
        call.key.append(("objects", x.shape))
        for item in x.ravel():
            take_apart(call, item)
    else:
        raise TypeError(f"jit: an array must hold numbers, this one holds {x.dtype}")


def batch(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
    """A call with a row of numbers for each item of the arrays and lists; other arguments are shared by all rows.

    Raises ValueError where the numbers of rows differ or a list is ragged, TypeError for what holds no numbers.
    """
    call = Call()
    for place, x in enumerate(args):
        _rows_apart(call, x, f"{name}: argument {place}")
    for key in sorted(kwargs):
        call.key.append(key)
        _rows_apart(call, kwargs[key], f"{name}: argument {key}")
    if call.n is None:
        raise TypeError(f"{name}: no argument has rows; pass arrays or lists with one item for each row")
    return call


def _rows_apart(call: Call, x: Any, name: str) -> None:
    kind = type(x)
    if kind is dict or kind is tuple:
        call.key.append((kind, tuple(x) if kind is dict else len(x)))
        for item in x.values() if kind is dict else x:
            _rows_apart(call, item, name)
    elif kind is list or (hasattr(x, "dtype") and getattr(x, "ndim", 0)) or hasattr(x, "to_numpy"):
        _table_apart(call, x, name)
    else:
        take_apart(call, x)


def _table_apart(call: Call, x: Any, name: str) -> None:
    import numpy as np

    as_list: bool = type(x) is list and not (x and hasattr(x[0], "dtype") and x[0].ndim)
    table_like: Any = x
    if hasattr(table_like, "to_numpy"):
        x = table_like.to_numpy()
    if type(x) is not np.ndarray:
        try:
            x = np.array(x) if len(x) else np.zeros(0)
        except ValueError:
            raise ValueError(f"{name}: the rows must have one length") from None
    kind = x.dtype.kind
    if kind not in "fiub":
        what = "Values; rows are numbers, share a Value by passing it bare" if kind == "O" else str(x.dtype)
        raise TypeError(f"{name}: rows must be numbers, got {what}")
    n, shape = x.shape[0], x.shape[1:]
    if call.n is None:
        call.n = n
    elif call.n != n:
        raise ValueError(f"{name}: {n} rows, but the arguments before it have {call.n}")
    token = "f" if kind == "f" else "i"
    if as_list and shape:
        _list_key(call, shape, token)
    elif shape:
        call.key.append(("array" if kind == "f" else "integers", shape))
    columns = 1
    for size in shape:
        columns *= size
    if x.dtype != np.float64 or not x.flags.c_contiguous:
        x = np.ascontiguousarray(x, dtype=np.float64)
    call.tables.append(x)
    call.spans.append((len(call.numbers), columns))
    if not (as_list and shape):
        call.key += token * columns
    call.numbers += [None] * columns


def _list_key(call: Call, shape: tuple[int, ...], token: str) -> None:
    call.key.append((list, shape[0]))
    if len(shape) == 1:
        call.key += token * shape[0]
        return
    for _ in range(shape[0]):
        _list_key(call, shape[1:], token)


class Rebuilt:
    """The arguments put together again on the leaves that stand for their numbers, as the key describes them."""

    def __init__(self, call: Call, leaves: list[Any], eager: bool):
        self.eager = eager
        self.tokens = iter(call.key)
        self.leaves = iter(leaves)
        self.objects = {id(x): x for x in call.objects}

    def next(self) -> Any:
        token = next(self.tokens)
        if token == "f" or token == "v":
            return next(self.leaves)
        if token == "i":
            leaf = next(self.leaves)
            return int(data_of(leaf)) if self.eager else Index(leaf)
        kind, value = token
        if kind is list or kind is tuple:
            return kind([self.next() for _ in range(value)])
        if kind is dict:
            return {key: self.next() for key in value}
        if kind == "object":
            return self.objects[value]
        if kind in ("array", "integers", "objects"):
            return self._array(value)
        return value if kind is not slice else eval(value)

    def _array(self, shape: tuple[int, ...]) -> Any:
        import numpy as np

        count = 1
        for size in shape:
            count *= size
        flat = np.empty(count, dtype=object)
        for k in range(count):
            flat[k] = self.next()
        return flat.reshape(shape)


def rebuilt(
    call: Call, leaves: list[Any], n_args: int, names: list[str], *, eager: bool = False
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Positional and keyword arguments on these leaves; elements of integer arrays are plain ints if `eager`."""
    again = Rebuilt(call, leaves, eager)
    args = tuple(again.next() for _ in range(n_args))
    kwargs = {}
    for _ in names:
        name = next(again.tokens)
        kwargs[name] = again.next()
    return args, kwargs


class Results:
    """What a function returned: its Values, and how to put their like into the same nesting.

    Raises TypeError for what is neither a Value nor plain data.
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
            parts = [self._maker(x) for x in out]
            return lambda values: type(out)(*[part(values) for part in parts])
        if type(out) in (list, tuple):
            parts = [self._maker(x) for x in out]
            return lambda values: type(out)([part(values) for part in parts])
        if type(out) is dict:
            items = {key: self._maker(x) for key, x in out.items()}
            return lambda values: {key: part(values) for key, part in items.items()}
        array: Any = out
        if getattr(out, "ndim", 0) and array.dtype == object:
            return self._array_maker(array)
        if isinstance(out, (float, int, str, bytes, type(None))) or hasattr(out, "dtype"):
            return lambda values: out
        from autograd.jit.errors import JitError

        raise JitError(
            f"jit: the function returned {type(out).__name__}; it must return Values, numbers, or lists, tuples, dicts "
            "and arrays of them"
        )

    def _array_maker(self, out: Any) -> Callable[[list[Any]], Any]:
        import numpy as np

        parts = [self._maker(x) for x in out.ravel()]

        def make(values: list[Any]) -> Any:
            flat = np.empty(len(parts), dtype=object)
            for k, part in enumerate(parts):
                flat[k] = part(values)
            return flat.reshape(out.shape)

        return make
