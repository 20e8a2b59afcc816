"""What a recorded function is called with, taken apart: numbers that change from call to call, and the rest, the key.

Floats, Values and the elements of arrays are numbers. Everything else (ints, strings, shapes, which containers) is in
the key, so that another one of these makes another recording. For a batch, arrays and lists hold one item a row.
NumPy is not imported before somebody has it: until then, no argument can be an array.
Compiled by Cython where possible (types: arguments.pxd): this runs at every call. nesting.py puts together again.
"""

import sys
from functools import cached_property
from typing import Any

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.indices import Index
from autograd.jit.recording.kinds_of_rows import row_in, with_bools

if cython.compiled:
    from cython.cimports.autograd.differentiation.structure import Reader, Structure, items_of, structure_of
    from cython.cimports.autograd.value import Value
else:
    from autograd.differentiation.structure import Reader, Structure, items_of, structure_of
    from autograd.value import Value

from autograd.differentiation.records import Held, attributes_of
from autograd.differentiation.structure import NUMBER

PLAIN = frozenset({int, bool, str, bytes, complex, type(None), type(Ellipsis), range})
INDEX = Structure("index", size=1)  # an element of an integer array
FEW = 16

np = ndarray = ArrayOfValues = Lists = FLOAT64 = None  # NumPy, and of it what is looked at here, once it is there
NUMPYS_OWN = ()  # do arithmetic of their own, so they stay what they are


def with_numpy():
    """Have NumPy known; what is imported takes long, and is for those who have arrays."""
    global np, ndarray, ArrayOfValues, Lists, FLOAT64, NUMPYS_OWN
    from autograd.jit.recording import arrays

    ndarray, ArrayOfValues, Lists = arrays.ndarray, arrays.ArrayOfValues, arrays.Lists
    FLOAT64, NUMPYS_OWN = arrays.FLOAT64, arrays.NUMPYS_OWN
    np = arrays.np


class Call:
    """One call.

    Attributes:
        key: what the recording depends on: the structure of the arguments, and which numbers are Values.
        structure: of the pair of positional and keyword arguments.
        objects: those in the key by identity, such as a model. same: pairs of the places of one Value that came twice.
        numbers: for each number a float or a Value; None where every row brings its own. active: where Values are.
        tables: arrays with an item for each row. spans: for each the place of its first number, and how many there are.
        n: how many rows, None without. given: of a batch its positional and keyword arguments, each table's kind, and
            whether these are all "floats", to have one row as it was given: see given_rows.py.
    """

    __slots__ = ("active", "given", "key", "n", "numbers", "objects", "same", "spans", "structure", "tables")

    def __init__(self, reader, structure):
        self.structure = structure
        self.same = repeated(reader.leaves, reader.values)
        self.key = (structure, (*reader.values, self.same) if self.same else tuple(reader.values))
        self.objects = reader.objects
        self.numbers = reader.leaves
        self.active = reader.values
        self.tables = reader.tables
        self.spans = reader.spans
        self.n = reader.n
        self.given: Any = None

    def with_numbers(self, more):
        """The call with further numbers behind its own, without the rows as they were given."""
        call = Call.__new__(Call)
        call.structure, call.key, call.objects, call.active = self.structure, self.key, self.objects, self.active
        call.same, call.given = self.same, None
        call.numbers = self.numbers + more
        call.tables, call.spans, call.n = self.tables, self.spans, self.n
        return call

    def on(self, numbers):
        """The same call on other numbers."""
        call = self.with_numbers(NO_NUMBERS)
        call.numbers = numbers
        return call

    def row(self, r):
        """The numbers of row r."""
        numbers = self.numbers[:]
        for k, table in enumerate(self.tables):
            start, width = self.spans[2 * k], self.spans[2 * k + 1]
            numbers[start : start + width] = table[r].ravel().tolist()
        return numbers


def repeated(leaves, values):
    """Pairs of places of one Value among a few: a function may ask whether they are one. Of many, nobody looks."""
    n = len(values)
    if n < 2 or n > FEW:
        return ()
    found = ()
    for i in range(n):
        for j in range(i):
            if leaves[values[i]] is leaves[values[j]]:
                found = (*found, (values[j], values[i]))
    return found


class Arguments(Reader):
    """Reads the arguments of one call."""

    __slots__ = ("n", "objects", "spans", "tables")

    def __init__(self):
        self.leaves = []
        self.values = []
        self.objects = []
        self.tables = []
        self.spans = []
        self.n = None

    def all(self, args, kwargs):
        """The structure of positional and keyword arguments together."""
        return self.joined(items_of(self, tuple, args, (), None, "", 0), kwargs)

    def joined(self, positional, kwargs):
        """The same, of positional arguments that have been read."""
        if not kwargs:
            return Structure(tuple, (positional, NO_NAMES), count=2, size=positional.size)
        named = items_of(self, dict, kwargs.values(), tuple(kwargs), None, "", 0)  # f may ask for their order
        return Structure(tuple, (positional, named), count=2, size=positional.size + named.size)

    def path(self, name, key):
        return name  # nobody is told

    def attributes(self, tree):
        found = attributes_of(tree)
        return None if found is None else (found[0], found[1] + [self.beside(x) for x in found[2]])

    def bare(self, tree):
        return not getattr(tree, "__dict__", None)

    def beside(self, x):
        """What a record holds beside its fields: a number, an array, a constant, or else the object that it is."""
        kind = type(x)
        if kind is list or kind is tuple or kind is dict:  # which may lead back, but for those of plain items
            return x if all(map(is_plain, x.values() if kind is dict else x)) else Held(x)
        return x if is_plain(x) or kind is ndarray else Held(x)

    def other(self, x, name):
        kind = type(x)
        if kind in PLAIN:
            return Structure("constant", keys=(x,))
        if kind is Held:
            x = x.value
            self.objects.append(x)
            return Structure("object", keys=(id(x),))
        if np is None and "numpy" in sys.modules:
            with_numpy()
        if kind is ndarray or kind is ArrayOfValues:
            return self.array(x)
        if kind is Index:
            self.values.append(len(self.leaves))
            self.leaves.append(x.value)
            return INDEX
        if kind is slice:
            return Structure("slice", keys=(x.start, x.stop, x.step))
        if isinstance(x, NUMPYS_OWN):
            return Structure("constant", keys=(x,))
        if hasattr(x, "dtype") and getattr(x, "ndim", None) == 0:
            return structure_of(self, item_of(x), name, 0)
        self.objects.append(x)
        return Structure("object", keys=(id(x),))

    def array(self, x):
        kind = x.dtype.kind
        if x.ndim == 0:
            return structure_of(self, item_of(x), "", 0)
        if kind == "f":
            self.leaves += x.ravel().astype(FLOAT64, copy=False).tolist()
            return Structure("array", keys=x.shape, size=x.size)
        if kind in "iub":
            self.leaves += x.ravel().astype(FLOAT64).tolist()
            return Structure("integers", keys=x.shape, size=x.size)
        if kind == "O":
            items = items_of(self, list, x.ravel(), (), None, "", 0)
            kind = ArrayOfValues if type(x) is ArrayOfValues else None
            return Structure("objects", (items,), x.shape, kind, 1, items.size)
        raise TypeError(f"jit: an array must hold numbers, this one holds {x.dtype}")


def is_plain(x):
    return type(x) is float or type(x) is Value or type(x) in PLAIN


def item_of(x):
    """The only element, of Python's types: NumPy leaves the longest floats what they are."""
    item = x.item()
    return item if not hasattr(item, "dtype") else complex(item) if item.dtype.kind == "c" else float(item)


NO_NAMES = Structure(dict)


class WithoutCaches(Arguments):
    """Reads the arguments of a call but for cached properties."""

    def attributes(self, tree):
        found = Arguments.attributes(self, tree)
        if found is None:
            return None
        kept = [k for k in range(len(found[0])) if type(getattr(type(tree), found[0][k], None)) is not cached_property]
        return tuple([found[0][k] for k in kept]), [found[1][k] for k in kept]


class Rows(Arguments):
    """Reads the arguments of a batch: tuples and dicts are of arrays and lists, whose items are the rows'.

    Attributes:
        method: for error messages. floats: whether whole numbers are read as floats, not as indices.
        kinds: of each table: "floats", "mixed" (of floats and bools), "bools" or "integers".
    """

    __slots__ = ("floats", "kinds", "method")

    def __init__(self, method):
        if np is None:
            with_numpy()
        Arguments.__init__(self)
        self.method = method
        self.floats = False
        self.kinds = []

    def path(self, name, key):
        return f"{name}[{key!r}]" if name else f"{key}"

    def attributes(self, tree):
        found = attributes_of(tree)
        if found is None:
            return None
        lengths = [len(x) for x in found[1] if type(x) is list or (type(x) is ndarray and x.ndim)]
        rows = self.n if self.n is not None else lengths[0] if lengths else None
        return found[0], found[1] + [self.of_rows(x, rows) for x in found[2]]

    def of_rows(self, x, rows):
        """What a record of rows holds beside its fields: an array with an item for each, or what all of them share."""
        if type(x) is ndarray:
            return x if x.ndim and len(x) == rows else Held(x)
        return x if is_plain(x) else Held(x)

    def item(self, x, name, depth):
        kind = type(x)
        if kind is list or ((kind is ndarray or kind is Lists) and x.ndim):
            return self.table(x, name)
        if hasattr(x, "to_numpy"):
            return self.table(x.to_numpy(), name)
        if hasattr(x, "dtype") and getattr(x, "ndim", 0):
            if np.ma.isMaskedArray(x):
                raise TypeError(
                    f"{self.method}: argument {name}: a masked array has rows without numbers; choose the rows to "
                    "compute with compressed(), or fill the others with filled(...)"
                )
            return self.table(x, name)
        return structure_of(self, x, name, depth)

    def array_of(self, x, name):
        try:
            return np.asarray(x) if len(x) else np.zeros(0)
        except ValueError:
            raise ValueError(f"{self.method}: argument {name}: the rows must have one length") from None

    def table(self, source, name):
        """Add an array with an item for each row; the function gets lists where there were lists."""
        x = source if type(source) is ndarray or type(source) is Lists else self.array_of(source, name)
        listed = source if type(source) is list else source.rows if type(source) is Lists else None
        floats = x.dtype is FLOAT64
        kind = "f"
        if not floats or not x.flags.c_contiguous:
            kind = x.dtype.kind
            if kind not in "fiub":
                what = described(x[0]) if kind == "O" else str(x.dtype)
                raise TypeError(f"{self.method}: argument {name}: rows must be numbers, got {what}")
            floats = kind == "f"
            x = np.ascontiguousarray(x, dtype=FLOAT64)
        shape = x.shape
        n = shape[0]
        if self.n is None:
            self.n = n
        elif self.n != n:
            raise ValueError(f"{self.method}: argument {name}: {n} rows, but the arguments before it have {self.n}")
        width = 1
        for size in shape[1:]:
            width *= size
        self.spans += (len(self.leaves), width)
        self.leaves += [None] * width
        self.tables.append(x)
        item = NUMBER if floats or self.floats else INDEX
        if item is NUMBER:
            mixed = floats and listed is not None and with_bools(listed)
            self.kinds.append("mixed" if mixed else "floats")
        else:
            self.kinds.append("bools" if kind == "b" else "integers")
        if len(shape) == 1:
            return item
        if listed is not None:
            if n:
                return row_in(listed, shape[1:], item, f"{self.method}: argument {name}")
        elif type(source) is not Lists:
            return Structure("array" if item is NUMBER else "integers", keys=shape[1:], size=width)
        width = 1
        for size in reversed(shape[1:]):
            width *= size
            item = Structure(list, (item,) if size else (), count=size, size=width)
        return item

    def given(self, args, kwargs):
        """What `Call.given` is."""
        return args, kwargs, self.kinds, self.kinds.count("floats") == len(self.kinds)


def single(args, kwargs):
    """A call with one set of numbers."""
    reader = Arguments()
    return Call(reader, reader.all(args, kwargs))


class Arrays:
    """What calls with arrays alone, of items of the same shapes, have in common.

    Attributes:
        call: one of them, without its arrays. shapes: of the arrays' items.
    """

    __slots__ = ("call", "shapes")

    def __init__(self, call, shapes):
        self.call = call
        self.shapes = shapes

    def again(self, args):
        """The call with these arguments, which are not taken apart; None where it is of another kind."""
        if len(args) != len(self.shapes):
            return None
        n = None
        for k in range(len(args)):
            x = args[k]
            if type(x) is not ndarray or x.dtype is not FLOAT64 or not x.flags.c_contiguous:
                return None
            shape = x.shape
            if not shape or shape[1:] != self.shapes[k] or (n is not None and shape[0] != n):
                return None
            n = shape[0]
        call = self.call.with_numbers(NO_NUMBERS)
        call.tables, call.n = list(args), n
        call.given = args, NO_NAMED, ["floats"] * len(args), True
        return call


NO_NUMBERS = []
NO_NAMED = {}


def described(item):
    """What rows are that are no numbers, and what to do."""
    name = type(item).__name__
    if isinstance(item, dict) or hasattr(type(item), "__dataclass_fields__") or hasattr(item, "_fields"):
        return f"objects of {name}; pass one {name} whose items are arrays, with a number for each row"
    return f"objects of {name}; rows are numbers, share a Value by passing it bare"


def single_part(x):
    """One argument alone, without what its records have computed for themselves: that may come while they are used."""
    reader = WithoutCaches()
    return Call(reader, reader.all((x,), {}))


def arrays_of(call, args):
    """What further calls may have in common with this one; None where its arguments had to be made arrays first."""
    if len(call.tables) != len(args):
        return None
    for k in range(len(args)):
        if call.tables[k] is not args[k] or type(args[k]) is not ndarray:  # rows of Lists are other arguments
            return None
    common = call.with_numbers(NO_NUMBERS)
    common.tables = []
    return Arrays(common, [x.shape[1:] for x in args])


def batch(name, args, kwargs):
    """A call with a row of numbers for each item of the arrays and lists; other arguments are shared by all rows.

    Raises ValueError where the numbers of rows differ or a list is ragged, TypeError for what holds no numbers.
    """
    reader = Rows(name)
    structure = reader.all(args, kwargs)
    if reader.n is None:
        raise TypeError(f"{name}: no argument has rows; pass arrays or lists with one item for each row")
    call = Call(reader, structure)
    call.given = reader.given(args, kwargs)
    return call
