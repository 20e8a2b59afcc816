# cython: boundscheck=False, wraparound=False, annotation_typing=False
# pyright: reportUnboundVariable=false
"""Whether what a function reads is still what it was: containers compared with what they held, pointer by pointer.

Compiled by Cython where possible (types: watch.pxd): this runs at every call of a recorded function. What is to be
watched is found once, by surroundings.py. Everything watched is also held, so that no identity can be taken over.
"""


class Watch:
    """What was seen, each container beside what it held then."""

    __slots__ = ("arrays", "attributes", "cells", "classes", "dicts", "lists", "names", "randoms", "sets")

    def __init__(self):
        self.lists = []  # (list, tuple of items)
        self.dicts = []  # (dict, tuple of keys, tuple of values)
        self.names = []  # (dict, name, value), of those names of a module that a function reads
        self.cells = []  # (cell, contents)
        self.attributes = []  # (object, name, value), of slots
        self.classes = []  # (class, tuple of names, tuple of values)
        self.sets = []  # (set or deque, tuple)
        self.arrays = []  # (array, its bytes)
        self.randoms = []  # (generator, function that gives its state, state)


MISSING = object()


def change(watch):
    """What has changed since, in words; "" if nothing has."""
    for items, seen in watch.lists:
        if changed_list(items, seen):
            return f"a list of {len(seen)} items"
    for items, keys, values in watch.dicts:
        if changed_dict(items, keys, values):
            return changed_key(items, keys, values)
    for items, name, value in watch.names:
        if items.get(name, MISSING) is not value and not alike(items.get(name, MISSING), value):
            return f"the name {name!r}"
    for cell, value in watch.cells:
        now = contents(cell)
        if now is not value and not alike(now, value):
            return "a variable of an enclosing function"
    for owner, name, value in watch.attributes:
        now = getattr(owner, name, MISSING)
        if now is not value and not alike(now, value):
            return f"the attribute {name!r}"
    for owner, names, values in watch.classes:
        if changed_dict(dict(vars(owner)), names, values):
            return f"the class {owner.__name__}"
    for items, seen in watch.sets:
        if tuple(items) != seen:
            return f"a {type(items).__name__}"
    for array, seen in watch.arrays:
        if memory(array) != seen:
            return "the contents of an array"
    return ""


def changed_list(items, seen):
    n = len(seen)
    if len(items) != n:
        return True
    for i in range(n):
        if items[i] is not seen[i] and not alike(items[i], seen[i]):
            return True
    return False


def changed_dict(items, keys, values):
    if len(items) != len(keys):
        return True
    i = 0
    for key, value in items.items():
        if value is not values[i] and not alike(value, values[i]):
            return True
        if key is not keys[i] and key != keys[i]:
            return True
        i += 1
    return False


def changed_key(items, keys, values):
    """The first key whose value is another one, for a message."""
    for key, value in zip(keys, values):  # noqa: B905
        if items.get(key, MISSING) is not value:
            return f"{key!r}"
    return "the keys of a dict"


def alike(now, before):
    """Whether two plain constants are the same in kind and value."""
    kind = type(before)
    if type(now) is not kind:
        return False
    if kind is float:
        return repr(now) == repr(before)
    return (kind is int or kind is str or kind is bool) and now == before


def contents(cell):
    """What a cell of a closure holds, MISSING where it is empty."""
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def memory(array):
    """The bytes of an array and how they are to be read."""
    return array.tobytes(), getattr(array, "shape", len(array)), str(getattr(array, "dtype", ""))
