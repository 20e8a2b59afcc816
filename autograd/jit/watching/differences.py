"""What a run of a function has changed of what it reads, place by place."""

from __future__ import annotations

import types
from collections import deque
from typing import Any

from autograd.differentiation.structure import is_array
from autograd.jit.watching import foreign, places
from autograd.jit.watching.watch import (
    CELL,
    CLASS,
    GUEST,
    INSTANCE,
    ITEMS,
    LIST,
    MAP,
    MISSING,
    SLOT,
    SPACE,
    STATE,
    Observed,
    alike,
    attributes_of,
    contents,
    difference,
    slot,
)
from autograd.node import data_of
from autograd.value import Value


class Change:
    """A place whose content differs.

    Attributes:
        key: which place. words: the place in words. before, after: what it held; MISSING without, or where that cannot
            be said. grown: the container to which items were added, and nothing else was done.
    """

    __slots__ = ("after", "before", "grown", "key", "words")

    def __init__(
        self, key: tuple[Any, ...], words: str, before: Any = MISSING, after: Any = MISSING, grown: Any = None
    ):
        self.key, self.words, self.before, self.after, self.grown = key, words, before, after, grown

    @property
    def drawn(self) -> bool:
        """Whether it is a generator of random numbers that has been used."""
        return self.key[0] == "state" and foreign.random_state(self.key[2]) is not None

    @property
    def read(self) -> bool:
        """Whether it is an iterator that has been read from."""
        return self.key[0] == "state" and hasattr(type(self.key[2]), "__next__")

    @property
    def stays(self) -> bool:
        """Whether what is there now cannot be told from what was there before, but for the Values in it."""
        return self.before is not MISSING and look_alike(self.before, self.after)


def changes_in(watch: Observed) -> list[Change]:
    """All that differs from what the watch has seen."""
    found: list[Change] = []
    for entry in watch.all_entries():
        if difference(watch, entry):
            found += _changes_at(watch, entry)
    for items, seen in watch.all_weights():
        found += _in_list(items, seen, "")
    return found


def _changes_at(watch: Observed, entry: tuple[Any, ...]) -> list[Change]:
    kind, x = entry[0], entry[1]
    words = difference(watch, entry)
    if kind in (INSTANCE, GUEST):
        owner = x if kind == INSTANCE else x()
        if type(owner) is entry[2] and attributes_of(owner) is entry[3]:
            everything = entry[5] and watch.everything
            names = [name for name in entry[3] if everything or name in watch.names or name in entry[4]]
            of = f"of {_article(entry[2].__name__)}{_defined(entry[2])}"
            return _named("attribute", entry[3], entry[4], names, "the attribute {!r} " + of)
    elif kind == SPACE:
        return _named("global", x, entry[2], (), "the global name {!r}")
    elif kind == CLASS and x.__bases__ == entry[2]:
        names = [name for name in vars(x) if name in watch.names or name in entry[3]]
        return _named("class", x, entry[3], names, "{!r} of the class " + x.__name__)
    elif kind == MAP:
        return _in_dict(x, entry[2], entry[3], _called(watch, x))
    elif kind == LIST:
        return _in_list(x, entry[2], _called(watch, x))
    elif kind == ITEMS:
        grown = x if _has_grown(x, entry[2]) else None
        return [Change(("items", id(x)), words + _called(watch, x), grown=grown)]
    elif kind == CELL and isinstance(x, types.CellType):
        return [Change(("cell", id(x), x), words + _held_by(watch, x), entry[2], contents(x))]
    elif kind == SLOT:
        return [Change(("slot", id(x), entry[2], x), words, entry[3], slot(x, entry[2]))]
    elif kind == STATE:
        return [Change(("state", id(x), x), words)]
    return [Change((kind, id(x)), words)]


def _named(kind: str, holder: Any, named: dict[str, Any], names: Any, words: str) -> list[Change]:
    now = vars(holder) if isinstance(holder, type) else holder
    found = []
    for name in dict.fromkeys([*named, *names]):
        before, after = named.get(name, MISSING), now.get(name, MISSING)
        if not alike(after, before):
            found.append(Change((kind, id(holder), name, holder), words.format(name), before, after))
    return found


def _in_list(items: list[Any], seen: tuple[Any, ...], called: str) -> list[Change]:
    words = f"a list of {len(seen)} items{called}"
    same = [alike(now, before) for now, before in zip(list.__iter__(items), seen, strict=False)]
    if list.__len__(items) > len(seen) and all(same):
        return [Change(("items", id(items)), words, grown=items)]
    if list.__len__(items) != len(seen):
        return [Change(("items", id(items)), words)]
    return [
        Change(("item", id(items), i, items), f"item {i} of {words}", seen[i], list.__getitem__(items, i))
        for i in range(len(seen))
        if not same[i]
    ]


def _in_dict(items: Any, keys: tuple[Any, ...], values: tuple[Any, ...], called: str) -> list[Change]:
    now = list(dict.keys(items))
    if len(now) != len(keys) or not all(map(alike, now, keys)):
        return [Change(("items", id(items)), f"the keys of a dict of {len(keys)} items{called}")]
    return [
        Change(("value", id(items), key, items), f"{_shown(key)} in a dict{called}", before, dict.get(items, key))
        for key, before in zip(now, values, strict=True)
        if not alike(dict.__getitem__(items, key), before)
    ]


def _has_grown(x: Any, seen: tuple[Any, ...]) -> bool:
    if type(x) is set:
        return x.issuperset(seen)
    return type(x) is deque and len(x) > len(seen) and all(map(alike, x, seen))


def _shown(key: Any) -> str:
    plain = type(key) in (str, int, float, tuple, bool)
    return repr(key)[:40] if plain else f"the key, {_article(type(key).__name__)},"


def _called(watch: Observed, x: Any) -> str:
    """The name under which the function finds an object, where it has one of its own."""
    for key in places.holding(watch, x):
        if key[0] in ("attribute", "global", "class"):
            return f", {key[2]!r}"
        if key[0] == "cell":
            return _held_by(watch, key[-1])
    return ""


def _held_by(watch: Observed, cell: Any) -> str:
    for entry in watch.all_entries():
        if isinstance(entry[1], types.FunctionType) and entry[1].__closure__ and cell in entry[1].__closure__:
            name = entry[1].__code__.co_freevars[entry[1].__closure__.index(cell)]
            return f", {name!r} in {entry[1].__name__}"
    return ""


def _article(name: str) -> str:
    return f"an {name}" if name[:1] in "AEIOUaeiou" else f"a {name}"


def _defined(kind: type) -> str:
    """Where a class of the user's is, as far as its methods tell."""
    for f in vars(kind).values():
        if isinstance(f, types.FunctionType):
            return f" ({f.__code__.co_filename.rpartition('/')[2]}:{f.__code__.co_firstlineno})"
    return ""


def look_alike(a: Any, b: Any, depth: int = 6) -> bool:
    """Whether two objects have the same structure and the same constants in it; one Value is as good as another."""
    if alike(a, b):
        return True
    if type(a) is not type(b) or not depth:
        return False
    if type(a) is Value:
        return True
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(look_alike(x, y, depth - 1) for x, y in zip(a, b, strict=True))
    if type(a) is dict:
        pairs = zip(a.values(), b.values(), strict=False)
        return _same_keys(a, b) and all(look_alike(x, y, depth - 1) for x, y in pairs)
    if type(a).__eq__ is object.__eq__ and type(a).__flags__ & (1 << 9):
        mine, others = attributes_of(a), attributes_of(b)
        return mine is not None and look_alike(mine, others, depth - 1)
    return False


def _same_keys(a: Any, b: Any) -> bool:
    return len(a) == len(b) and all(map(alike, a, b))


def same_numbers(a: Any, b: Any) -> bool:
    """Whether two results of a function are equal, in nesting and numbers."""
    if type(a) is not type(b):
        return False
    if type(a) is Value:
        return alike(data_of(a), data_of(b))
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same_numbers, a, b))
    if isinstance(a, dict):
        return _same_keys(a, b) and all(map(same_numbers, a.values(), b.values()))
    if is_array(a):
        return a.shape == b.shape and all(map(same_numbers, a.ravel().tolist(), b.ravel().tolist()))
    return alike(a, b) or type(a).__module__ not in ("builtins", "numpy")
