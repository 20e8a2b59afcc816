"""Nested numbers taken apart and put together: lists, tuples, named tuples, dataclasses, dicts, arrays, and None.

One walk serves arguments and results, of transforms and of recorded functions; what else may stand where a number is
wanted, a `Reader` says. A `Structure` is what is left without the numbers: it is compared, and a key. NumPy is not
imported here. Compiled by Cython where possible (types: structure.pxd): it runs at every call of a recorded function.
"""

import sys
from typing import Any

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.differentiation.records import fields_of
from autograd.differentiation.records import put_together as record_of
from autograd.numbers import number

if cython.compiled:
    from cython.cimports.autograd.value import Value
else:
    from autograd.value import Value

DEEPEST = 200  # levels of nesting; a list that contains itself has no end


class NestingError(ValueError, RecursionError):
    """Containers are nested without end, or nearly so."""


class Structure:
    """A container of structures, an array of numbers, one number, or something else that a reader knows.

    Attributes:
        kind: list, tuple, dict; the class of a named tuple or of a dataclass; "number"; "array"; another word.
        parts: the structures of what a container holds, in order; of equal ones only the first, `count` says how many.
        keys: a dict's keys, names of a dataclass's attributes, an array's shape; of another word what it says.
        prototype: what a container that has more to it than its items is copied from; an array's type.
        size: how many numbers it holds. hashed: its hash, 0 as long as nobody has asked.
    """

    __slots__ = ("count", "hashed", "keys", "kind", "parts", "prototype", "size")

    def __init__(self, kind, parts=(), keys=(), prototype=None, count=0, size=0):
        self.kind = kind
        self.parts = parts
        self.keys = keys
        self.prototype = prototype
        self.count = count
        self.size = size
        self.hashed = 0

    def all_parts(self):
        """The structure of each item."""
        return self.parts * self.count if len(self.parts) == 1 else self.parts

    def __hash__(self):
        if not self.hashed:
            self.hashed = hash((self.kind, self.count, self.keys, self.parts))
        return self.hashed

    def __eq__(self, other):
        return self is other or (type(other) is Structure and same(self, other))

    def __reduce__(self):
        return Structure, (self.kind, self.parts, self.keys, self.prototype, self.count, self.size)


NUMBER = Structure("number", size=1)


def same(a, b):
    """Whether two structures are equal; keys of a dict must be of one type, since 1 and True are equal too."""
    if a is b:
        return True
    if a.kind is not b.kind and a.kind != b.kind:
        return False
    if a.count != b.count or len(a.parts) != len(b.parts) or not same_keys(a.keys, b.keys):
        return False
    if type(a.prototype) is not type(b.prototype):
        return False
    for i in range(len(a.parts)):
        if not same(a.parts[i], b.parts[i]):
            return False
    return True


def same_keys(a, b):
    if a is b:
        return True
    if len(a) != len(b):
        return False
    for i in range(len(a)):
        x, y = a[i], b[i]
        if x is not y and (type(x) is not type(y) or x != y or (type(x) in SIGNED and repr(x) != repr(y))):
            return False
    return True


SIGNED = (float, complex, tuple, frozenset)  # what equals something else that looks otherwise: 0.0 and -0.0


class Reader:
    """Takes numbers out of what it is shown.

    Attributes:
        leaves: the numbers, floats and Values. values: the places of the Values among them.
    """

    __slots__ = ("leaves", "values")

    def __init__(self):
        self.leaves = []
        self.values = []

    def read(self, tree, name):
        """The structure of a tree, whose numbers are added to the leaves; the name is for error messages."""
        return structure_of(self, tree, name, 0)

    def path(self, name, key):
        """What an item of what has this name is called."""
        return f"{name}[{key!r}]"

    def attributes(self, tree) -> Any:
        """The names and values of what a dataclass's instance holds: its fields. None where it is no container."""
        names = fields_of(tree)
        return names, [getattr(tree, name) for name in names]

    def bare(self, tree) -> bool:
        """Whether a named tuple is taken for its items alone."""
        return True

    def item(self, x, name, depth):
        """The structure of an item of a container."""
        return structure_of(self, x, name, depth)

    def other(self, x, name):
        """The structure of what is neither a float, a Value nor a known container. Here: numbers and their arrays."""
        if is_array(x) and x.ndim:
            return numbers_of_array(self, x, name)
        x = one_number(x, name)
        if type(x) is Value:
            self.values.append(len(self.leaves))
        self.leaves.append(x)
        return NUMBER


def structure_of(reader, tree, name, depth):
    kind = type(tree)
    if kind is float:
        reader.leaves.append(tree)
        return NUMBER
    if kind is Value:
        reader.values.append(len(reader.leaves))
        reader.leaves.append(tree)
        return NUMBER
    if kind is list or kind is tuple:
        return items_of(reader, kind, tree, (), None, name, depth)
    if kind is dict:
        return items_of(reader, kind, tree.values(), tuple(tree), None, name, depth)
    if isinstance(tree, tuple) and hasattr(kind, "_fields") and reader.bare(tree):
        return items_of(reader, kind, tree, (), None, name, depth)
    if hasattr(kind, "__dataclass_fields__"):
        found = reader.attributes(tree)
        if found is not None:
            return items_of(reader, kind, found[1], found[0], tree, name, depth)
    return reader.other(tree, name)


def items_of(reader, kind, items, keys, prototype, name, depth):
    """The structure of a container of this kind with these items."""
    if depth > DEEPEST:
        path = name if len(name) < 80 else f"{name[:40]}..."
        raise NestingError(f"{path} is nested deeper than {DEEPEST} levels; does a list contain itself?")
    if (kind is list or kind is tuple) and len(items) > 1 and flat(reader, items):
        return Structure(kind, (NUMBER,), keys, prototype, len(items), len(items))
    parts = []
    leaves, values, one, first = reader.leaves, reader.values, NUMBER, None
    size, k, alike = 0, 0, True
    for item in items:
        if type(item) is float:  # nearly all are: no name is made up for them
            leaves.append(item)
            part = one
        elif type(item) is Value:
            values.append(len(leaves))
            leaves.append(item)
            part = one
        else:
            key = keys[k] if keys else k
            part = reader.item(item, reader.path(name, key), depth + 1)
        if not k:
            first = part
            parts.append(part)
        elif not alike:
            parts.append(part)
        elif part is not first and (hasattr(part.kind, "__dataclass_fields__") or not same(part, first)):
            alike = False
            parts = parts * k
            parts.append(part)
        size += part.size
        k += 1
    return Structure(kind, tuple(parts), keys, prototype, k, size)


def flat(reader, items):
    """Whether all of a list's or tuple's items are floats, or all are Values; then they have been read."""
    kind = type(items[0])
    if kind is not float and kind is not Value:
        return False
    for item in items:
        if type(item) is not kind:
            return False
    if kind is Value:
        start = len(reader.leaves)
        reader.values.extend(range(start, start + len(items)))
    reader.leaves.extend(items)
    return True


def tuple_of(parts):
    """The structure of a tuple of trees of these structures."""
    size = sum([part.size for part in parts])
    alike = len(parts) > 0 and all([same(part, parts[0]) for part in parts])
    return Structure(tuple, tuple(parts[:1] if alike else parts), count=len(parts), size=size)


def taken_apart(tree, name):
    """The numbers of a nested argument, as floats and Values, and the structure without them.

    Arguments:
        name: what error messages call it, such as "grad: argument 0".

    Raises:
        TypeError: for anything that is neither a number nor a known container, naming where it is.
    """
    reader = OfNumbers()
    structure = reader.read(tree, name)
    return reader.leaves, structure


def taken_apart_by(reader, tree, name):
    """The same with the numbers added to what another reader has read so far; the structure."""
    of_numbers = OfNumbers()
    of_numbers.leaves, of_numbers.values = reader.leaves, reader.values
    return of_numbers.read(tree, name)


class OfNumbers(Reader):
    """Also takes what lists, tuples and dicts of the user's own classes hold; a dict is then put together as one."""

    def other(self, x, name):
        if isinstance(x, dict):
            return items_of(self, dict, x.values(), tuple(x), x, name, name.count("["))
        if isinstance(x, list | tuple):
            return items_of(self, list if isinstance(x, list) else tuple, x, (), None, name, name.count("["))
        return super().other(x, name)


def numbers_of_array(reader, array, name):
    if array.dtype.kind not in "fiubO":
        raise TypeError(f"{name} is an array of {array.dtype}; it must be an array of numbers")
    elements = array.ravel().tolist()
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        reader.leaves += elements
        elements = ()
    for i, element in enumerate(elements):
        if type(element) is not float:
            element = one_number(element, f"{name}.flat[{i}]")
            if type(element) is Value:
                reader.values.append(len(reader.leaves))
        reader.leaves.append(element)
    return Structure("array", (), array.shape, None, 0, array.size)


def one_number(x, name):
    """`x` itself if it is a Value, otherwise as a float; TypeError naming what it should have been a number."""
    if is_array(x) and not x.ndim and x.dtype == object:
        x = x.item()
    if type(x) is Value:
        return x
    try:
        return number(x)
    except TypeError:
        raise TypeError(f"{name} is {described(x)}, where a number is wanted") from None
    except OverflowError as error:
        raise OverflowError(f"{name}: {error}") from None


def described(x):
    if x is None:
        return "None"
    return f"the string {x[:20]!r}" if isinstance(x, str) else f"of type {type(x).__name__}"


def is_array(x):
    """Whether it is a NumPy array."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(x, numpy.ndarray)


# ---- put together again


def put_together(structure: Any, leaves: Any, other: Any = None) -> Any:
    """The tree of this structure that holds these numbers; an array of Values is one of objects.

    Arguments:
        other: called with a structure that is none of the above and an iterator of the leaves, gives its part.
    """
    if structure.kind is list and structure.count == len(leaves) and structure.parts == (NUMBER,):
        return leaves[:]  # a long one is copied whole
    return built(structure, iter(leaves), None, other)


def built(structure, leaves, array, other):
    """The tree; `array(structure, leaves)` makes an array, as one of numbers unless it is given."""
    kind = structure.kind
    if kind == "number":
        return next(leaves)
    if kind == "array":
        if array is not None:
            return array(structure, leaves)
        return array_of([next(leaves) for _ in range(structure.size)], structure.keys, structure.prototype)
    if type(kind) is str:
        return structure.keys[0] if kind == "constant" else other(structure, leaves)
    parts = []
    if structure.count > 1 and len(structure.parts) == 1 and structure.parts[0] is NUMBER:
        for _ in range(structure.count):
            parts.append(next(leaves))
    else:
        for part in structure.all_parts():
            parts.append(built(part, leaves, array, other))
    return container(structure, parts)


def container(structure, parts):
    """The container of this structure around these parts."""
    kind = structure.kind
    if kind is list:
        return parts
    if kind is tuple:
        return tuple(parts)
    if kind is dict:
        answer = {} if structure.prototype is None else structure.prototype.copy()
        dict.update(answer, zip(structure.keys, parts))  # noqa: B905  # a Counter's own would count
        return answer
    if structure.prototype is None:
        return kind._make(parts)
    return record_of(structure.prototype, structure.keys, parts)


def array_of(items, shape, dtype=None):
    """An array of this shape: of objects where there is a Value among the items."""
    numpy = sys.modules["numpy"]
    of_values = any([type(x) is Value for x in items])
    flat = numpy.empty(len(items), dtype=object if of_values else dtype or float)
    flat[:] = items
    array = flat.reshape(shape)
    return array.view(array_class()) if of_values else array


def array_class():
    """The class of arrays of Values, which NumPy's functions are right for."""
    from autograd.arrays.numpy_functions import ArrayOfValues

    return ArrayOfValues


def blocks(outer, inner, rows):
    """The tree of the outer structure, in which each number is a tree of the inner one: a matrix put together.

    Arguments:
        rows: for each number of the outer structure, one entry for each of the inner.

    A block of an array of shape S and an array of shape T is one array of shape S + T.
    """
    return transposed(outer, iter(rows), inner)


def transposed(outer, rows, inner):
    if outer.kind == "number":
        return put_together(inner, next(rows))
    if outer.kind == "array":
        chosen = [next(rows) for _ in range(outer.size)]
        columns = iter(range(inner.size))

        def block(structure, places):
            width = [next(places) for _ in range(structure.size)]
            return array_of([row[j] for row in chosen for j in width], outer.keys + structure.keys)

        def column(structure):
            if structure.kind == "number":
                j = next(columns)
                return array_of([row[j] for row in chosen], outer.keys)
            if structure.kind == "array":
                return block(structure, columns)
            if type(structure.kind) is str:
                return structure.keys[0]
            return container(structure, [column(part) for part in structure.all_parts()])

        return column(inner)
    if type(outer.kind) is str:
        return outer.keys[0]
    return container(outer, [transposed(part, rows, inner) for part in outer.all_parts()])


# ---- compared


def difference(wanted, got, path=""):
    """Where and how two structures first differ, "" if they do not; the order of a dict's keys does not count."""
    if wanted.kind != got.kind or (wanted.kind in ("array", "constant") and wanted.keys != got.keys):
        return f"at {path or 'the top'}: {name_of(got)} instead of {name_of(wanted)}"
    if wanted.kind is dict and set(wanted.keys) != set(got.keys):
        return f"at {path or 'the top'}: the keys {list(got.keys)} instead of {list(wanted.keys)}"
    if wanted.count != got.count:
        return f"at {path or 'the top'}: {got.count} entries instead of {wanted.count}"
    keys = wanted.keys if wanted.kind is dict else range(wanted.count)
    theirs = dict(zip(got.keys, got.all_parts())) if wanted.kind is dict else got.all_parts()  # noqa: B905
    for key, part in zip(keys, wanted.all_parts()):  # noqa: B905
        if found := difference(part, theirs[key], f"{path}[{key!r}]"):
            return found
    return ""


def in_order_of(wanted, got, leaves):
    """The leaves of `got`, which has the same structure, with dicts in the order of `wanted`."""
    if type(wanted.kind) is str:
        return leaves
    places, start = [], 0
    for part in got.all_parts():
        places.append(leaves[start : start + part.size])
        start += part.size
    keys = list(wanted.keys) if wanted.kind is dict else list(range(wanted.count))
    index = {key: i for i, key in enumerate(got.keys)} if wanted.kind is dict else {i: i for i in keys}
    parts = got.all_parts()
    return [
        leaf
        for key, part in zip(keys, wanted.all_parts())  # noqa: B905
        for leaf in in_order_of(part, parts[index[key]], places[index[key]])
    ]


def name_of(structure):
    if structure.kind == "array":
        return f"an array of shape {structure.keys}"
    if structure.kind == "constant":
        return repr(structure.keys[0])
    return "a number" if structure.kind == "number" else f"a {structure.kind.__name__}"
