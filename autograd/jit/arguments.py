# cython: boundscheck=False, wraparound=False, annotation_typing=False
# pyright: reportMissingImports=false
"""What a recorded function is called with, taken apart: numbers that change from call to call, and the rest, the key.

Floats, Values and the elements of arrays are numbers. Everything else (ints, strings, shapes, which containers) is in
the key, so that another one of these makes another recording. For a batch, arrays and lists hold one item a row.
Compiled by Cython where possible (types: arguments.pxd): this runs at every call. nesting.py puts together again.
"""

import numpy as np

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.indices import Index

if cython.compiled:
    from cython.cimports.autograd.value import Value
else:
    from autograd.value import Value

    def go_deeper():
        """Raise RecursionError where the stack is about to overflow; Python does so by itself."""

    def come_back():
        """The end of what began with `go_deeper`."""

PLAIN = frozenset({int, bool, str, bytes, complex, type(None), type(Ellipsis), range, slice})
FLOAT64 = np.dtype(np.float64)
ndarray = np.ndarray


class Lists(np.ndarray):
    """An array of rows that the function gets as lists, as if they had come in lists."""


class Call:
    """One call.

    Attributes:
        key: what the recording depends on; first how many arguments are positional. names: of the others, sorted.
        objects: those in the key by identity, such as a model.
        numbers: for each number a float or a Value; None where every row brings its own. active: where Values are.
        tables: arrays with an item for each row. spans: for each the place of its first number, and how many there are.
        n: how many rows, None without.
    """

    __slots__ = ("active", "key", "n", "names", "numbers", "objects", "spans", "tables")

    def __init__(self, args, kwargs):
        self.key = [len(args)]
        self.names = sorted(kwargs) if kwargs else []
        self.objects = []
        self.numbers = []
        self.active = []
        self.tables = []
        self.spans = []
        self.n = None

    def with_numbers(self, more):
        """The call with further numbers behind its own."""
        call = Call((), {})
        call.numbers = self.numbers + more
        call.tables, call.spans, call.n = self.tables, self.spans, self.n
        return call

    def row(self, r):
        """The numbers of row r."""
        numbers = self.numbers[:]
        for k, table in enumerate(self.tables):
            start, width = self.spans[2 * k], self.spans[2 * k + 1]
            numbers[start : start + width] = table[r].ravel().tolist()
        return numbers


def single(args, kwargs):
    """A call with one set of numbers."""
    call = Call(args, kwargs)
    for x in args:
        take_apart(call, x)
    for name in call.names:
        call.key.append(name)
        take_apart(call, kwargs[name])
    return call


def batch(name, args, kwargs):
    """A call with a row of numbers for each item of the arrays and lists; other arguments are shared by all rows.

    Raises ValueError where the numbers of rows differ or a list is ragged, TypeError for what holds no numbers.
    """
    call = Call(args, kwargs)
    for place, x in enumerate(args):
        rows_apart(call, x, name, place)
    for key in call.names:
        call.key.append(key)
        rows_apart(call, kwargs[key], name, key)
    if call.n is None:
        raise TypeError(f"{name}: no argument has rows; pass arrays or lists with one item for each row")
    return call


def take_apart(call, x):
    """Add one argument, or a part of it, to the call."""
    kind = type(x)
    if kind is float:
        call.key.append("f")
        call.numbers.append(x)
    elif kind is Value:
        add_value(call, x)
    elif kind is list or kind is tuple:
        call.key.append((kind, len(x)))
        all_apart(call, x)
    elif kind in PLAIN:
        call.key.append((kind, x if kind is not slice else repr(x)))
    elif kind is dict:
        call.key.append((kind, tuple(x)))
        all_apart(call, x.values())
    elif kind is ndarray:
        array_apart(call, x)
    elif kind is Index:
        add_value(call, x.value)
    elif hasattr(x, "dtype") and getattr(x, "ndim", None) == 0:
        take_apart(call, x.item())
    elif isinstance(x, float):
        call.key.append("f")
        call.numbers.append(float(x))
    else:
        call.objects.append(x)
        call.key.append(("object", id(x)))
    return 0


def all_apart(call, items):
    go_deeper()
    try:
        for item in items:
            take_apart(call, item)
    finally:
        come_back()
    return 0


def add_value(call, x):
    call.key.append("v")
    call.active.append(len(call.numbers))
    call.numbers.append(x)
    return 0


def array_apart(call, x):
    kind = x.dtype.kind
    if x.ndim == 0:
        take_apart(call, x.item())
    elif kind == "f":
        call.key.append(("array", x.shape))
        call.numbers += x.ravel().astype(FLOAT64, copy=False).tolist()
    elif kind in "iub":
        call.key.append(("integers", x.shape))
        call.numbers += x.ravel().astype(FLOAT64).tolist()
    elif kind == "O":
        call.key.append(("objects", x.shape))
        all_apart(call, x.ravel())
    else:
        raise TypeError(f"jit: an array must hold numbers, this one holds {x.dtype}")
    return 0


def rows_apart(call, x, name, place):
    """Add one argument of a batch, or a part of it, to the call; method and place are for error messages."""
    kind = type(x)
    if (kind is ndarray or kind is Lists) and x.ndim:
        table_apart(call, x, kind is Lists, name, place)
    elif kind is tuple:
        call.key.append((kind, len(x)))
        all_rows_apart(call, x, name, place)
    elif kind is dict:
        call.key.append((kind, tuple(x)))
        all_rows_apart(call, x.values(), name, place)
    elif kind is list:
        lists = not (x and hasattr(x[0], "dtype") and x[0].ndim)
        table_apart(call, array_of(x, name, place), lists, name, place)
    elif hasattr(x, "to_numpy"):
        table_apart(call, array_of(x.to_numpy(), name, place), False, name, place)
    elif hasattr(x, "dtype") and getattr(x, "ndim", 0):
        table_apart(call, array_of(x, name, place), False, name, place)
    else:
        take_apart(call, x)
    return 0


def all_rows_apart(call, items, name, place):
    go_deeper()
    try:
        for item in items:
            rows_apart(call, item, name, place)
    finally:
        come_back()
    return 0


def array_of(x, name, place):
    try:
        return np.asarray(x) if len(x) else np.zeros(0)
    except ValueError:
        raise ValueError(f"{name}: argument {place}: the rows must have one length") from None


def table_apart(call, x, lists, name, place):
    """Add an array with an item for each row; the function gets lists where there were lists."""
    floats = x.dtype is FLOAT64
    if not floats or not x.flags.c_contiguous:
        kind = x.dtype.kind
        if kind not in "fiub":
            what = "Values; rows are numbers, share a Value by passing it bare" if kind == "O" else str(x.dtype)
            raise TypeError(f"{name}: argument {place}: rows must be numbers, got {what}")
        floats = kind == "f"
        x = np.ascontiguousarray(x, dtype=FLOAT64)
    shape = x.shape
    n = shape[0]
    if call.n is None:
        call.n = n
    elif call.n != n:
        raise ValueError(f"{name}: argument {place}: {n} rows, but the arguments before it have {call.n}")
    width = 1
    if len(shape) == 1:
        call.key.append("f" if floats else "i")
    else:
        shape = shape[1:]
        for size in shape:
            width *= size
        if lists:
            list_key(call, shape, "f" if floats else "i")
        else:
            call.key.append(("array" if floats else "integers", shape))
    call.spans += (len(call.numbers), width)
    call.numbers += [None] * width
    call.tables.append(x)
    return 0


def list_key(call, shape, token):
    call.key.append((list, shape[0]))
    if len(shape) == 1:
        call.key += [token] * shape[0]
        return
    for _ in range(shape[0]):
        list_key(call, shape[1:], token)
