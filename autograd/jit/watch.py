# cython: boundscheck=False, wraparound=False, annotation_typing=False
# pyright: reportUnboundVariable=false, reportMissingImports=false, reportUndefinedVariable=false
"""Whether what a function reads is still what it was: containers compared with what they held, pointer by pointer.

Compiled by Cython where possible (types: watch.pxd): this runs at every call of a recorded function. What is to be
watched is found once, by surroundings.py. Everything watched is also held, so that no identity can be taken over.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if not cython.compiled:  # watch.pxd has these in C

    def same_items(items, seen):
        """Whether a list holds the very objects of a tuple."""
        return len(items) == len(seen) and all(map(is_, items, seen))

    def same_entries(items, keys, values):
        """Whether a dict has these very keys and values, in this order."""
        return same_items(items, keys) and same_items(items.values(), values)

    def same_name(items, name, value, missing):
        """Whether a dict has this very value under the name."""
        return items.get(name, missing) is value

    def same_owner(x, kind, attributes):
        """Whether an object is still of this class and has its attributes in this dict."""
        return type(x) is kind and (attributes is None or vars(x) is attributes)

    def same_function(f, code, defaults, keyword_defaults):
        """Whether a function still has this code and these defaults."""
        return f.__code__ is code and f.__defaults__ is defaults and f.__kwdefaults__ is keyword_defaults

    def namespace(cls):
        """The dict behind a class."""
        return dict(vars(cls))

    def same_memory(array, seen):
        """Whether an array's numbers are these bytes."""
        return memory(array) == seen

    from operator import is_


class Watch:
    """What was seen, each thing beside what it was then."""

    __slots__ = (
        "arrays", "attributes", "cells", "classes", "dicts", "functions", "held", "instances", "lists", "names",
        "randoms", "sets",
    )  # fmt: skip

    def __init__(self):
        self.lists = []  # (list, tuple of items)
        self.dicts = []  # (dict, tuple of keys, tuple of values)
        self.instances = []  # (object, its class, the dict of its attributes or None)
        self.names = []  # (dict, name, value), of those names of a module that a function reads
        self.cells = []  # (cell or weak reference, contents)
        self.functions = []  # (function, code, defaults, keyword defaults)
        self.attributes = []  # (object, name, value), of slots
        self.classes = []  # (class, bases, tuple of names, tuple of values)
        self.sets = []  # (what tuple() takes a copy of: a set, a deque; the copy)
        self.arrays = []  # (array, its shape and kind, its bytes)
        self.randoms = []  # (generator, function that gives its state, state)
        self.held = []  # whatever else is part of a key by its identity


MISSING = object()


def change(watch):
    """What has changed since, in words; "" if nothing has."""
    for items, seen in watch.lists:
        if not same_items(items, seen) and other_items(items, seen):
            return f"a list of {len(seen)} items"
    for x, kind, attributes in watch.instances:
        if not same_owner(x, kind, attributes):
            return f"the class or the attributes of a {kind.__name__}"
    for items, keys, values in watch.dicts:
        if not same_entries(items, keys, values) and other_entries(items, keys, values):
            return changed_key(items, keys, values)
    missing = MISSING
    for items, name, value in watch.names:
        if not same_name(items, name, value, missing) and not alike(items.get(name, missing), value):
            return f"the name {name!r}"
    for cell, value in watch.cells:
        if not alike(contents(cell), value):
            return "a variable of an enclosing function"
    for f, code, defaults, keyword_defaults in watch.functions:
        if not same_function(f, code, defaults, keyword_defaults):
            return f"the function {f.__name__}"
    for owner, name, value in watch.attributes:
        if not alike(getattr(owner, name, MISSING), value):
            return f"the attribute {name!r}"
    for cls, bases, names, values in watch.classes:
        if cls.__bases__ is not bases and cls.__bases__ != bases:
            return f"the bases of the class {cls.__name__}"
        items = namespace(cls)
        if not same_entries(items, names, values) and other_entries(items, names, values):
            return f"the class {cls.__name__}"
    for items, seen in watch.sets:
        now = tuple(items)
        if not same_items(now, seen) and other_items(now, seen):
            return f"a {type(items).__name__}"
    for array, form, seen in watch.arrays:
        if form_of(array) != form or not same_memory(array, seen):
            return "the contents of an array"
    return ""


def other_items(items, seen):
    """Whether items that are other objects are other constants too."""
    return len(items) != len(seen) or not all([alike(a, b) for a, b in zip(items, seen)])  # noqa: B905


def other_entries(items, keys, values):
    return list(items) != list(keys) or other_items(list(items.values()), values)


def changed_key(items, keys, values):
    """The first key whose value is another one, for a message."""
    for key, value in zip(keys, values):  # noqa: B905
        if items.get(key, MISSING) is not value:
            return f"{key!r}"
    return "the keys of a dict"


def alike(now, before):
    """Whether two objects are one, or plain constants of the same kind and value."""
    if now is before:
        return True
    kind = type(before)
    if type(now) is not kind:
        return False
    if kind is float:
        return repr(now) == repr(before)
    return (kind is int or kind is str or kind is bool) and now == before


def contents(cell):
    """What a cell of a closure holds or a weak reference refers to, MISSING where it is empty."""
    if callable(cell):
        return cell()
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def form_of(array):
    """Shape and kind of an array's elements."""
    return getattr(array, "shape", len(array)), getattr(array, "dtype", None)


def memory(array):
    """The bytes of an array, row by row."""
    return array.tobytes() if hasattr(array, "tobytes") else bytes(array)
