"""Whether a function reads what it counts up or appends to: for one run, a spy stands in its place and tells.

A counter that is only added to, and a list that is only appended to, cannot change a result, and a recording may leave
them be. What code does with them is not seen from outside, and one run cannot tell `n > 1000` from nothing at all; so
the number is replaced by one, and the list by one, that notes everything else that is done with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any

from autograd.jit.watching import places
from autograd.jit.watching.differences import Change
from autograd.jit.watching.watch import ITEMS, LIST, Observed

_ADDING = ("append", "appendleft", "extend", "extendleft", "add", "update", "__iadd__", "__ior__")
_SILENT = frozenset({
    "__new__", "__init__", "__class__", "__getattribute__", "__setattr__", "__delattr__", "__init_subclass__",
    "__subclasshook__", "__doc__", "__dir__", "__sizeof__", "__getnewargs__", "__getformat__", "__class_getitem__",
    "__setstate__",
})  # fmt: skip


class Note:
    """Whether a spy has been read, and whether what was added to it has been handed on."""

    __slots__ = ("given_back", "read")

    def __init__(self) -> None:
        self.read = self.given_back = False


def _noting(kind: type, name: str) -> Any:
    method = getattr(kind, name)

    def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
        self.note.read = True
        return method(self, *args, **kwargs)

    return noted


def _adding(kind: type, name: str) -> Any:
    method = getattr(kind, name)

    def added(self: Any, *args: Any) -> Any:
        result = method(self, *args)
        return self if name.startswith("__") else result

    return added


def _summing(kind: type, name: str) -> Any:
    method = getattr(kind, name)

    def summed(self: Any, other: Any) -> Any:
        if type(other) not in (int, float, *_NUMBERS.values()):
            self.note.read = True
            return method(self, other)
        result = method(self, other)
        if result is NotImplemented and isinstance(other, float):
            result = getattr(float, name)(float(kind.__pos__(self)), other)
        return result if result is NotImplemented else _NUMBERS[type(result)](result, self.note)

    return summed


def _number(kind: type) -> type:
    methods = {
        name: _summing(kind, name) if name in ("__add__", "__radd__", "__sub__") else _noting(kind, name)
        for name in dir(kind)
        if callable(getattr(kind, name)) and name not in _SILENT and isinstance(name, str)
    }

    def new(cls: type, value: Any, note: Note) -> Any:
        made = kind.__new__(cls, value)
        made.note = note
        return made

    return type(f"Spied {kind.__name__}", (kind,), {**methods, "__new__": new})


def _container(kind: type) -> type:
    methods = {
        name: _adding(kind, name) if name in _ADDING else _noting(kind, name)
        for name in dir(kind)
        if callable(getattr(kind, name)) and name not in _SILENT
    }
    return type(f"Spied {kind.__name__}", (kind,), methods)


_NUMBERS: dict[type, Any] = {}
_NUMBERS.update({int: _number(int), float: _number(float)})
_CONTAINERS: dict[type, Any] = {kind: _container(kind) for kind in (list, set, deque)}
SPIES = (*_NUMBERS.values(), *_CONTAINERS.values())


class Spies:
    """Those that stand in for what the run before has counted up or appended to.

    Attributes:
        at: for each place with a spy, what was there and the spy.
    """

    def __init__(self, watch: Observed | None = None, changes: Iterable[Change] = ()):
        self.at: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        self._keys: dict[tuple[Any, ...], places.Key] = {}
        self._after: dict[tuple[Any, ...], Any] = {}
        for change in changes:
            if change.grown is not None and type(change.grown) in _CONTAINERS and watch is not None:
                spy = _spy_of(change.grown)
                for key in places.holding(watch, change.grown):
                    self._place(key, change.grown, spy)
            elif type(change.after) in _NUMBERS:
                self._place(change.key, change.after, _NUMBERS[type(change.after)](change.after, Note()))

    def _place(self, key: places.Key, real: Any, spy: Any) -> None:
        self.at[key[:-1]] = real, spy
        self._keys[key[:-1]] = key

    def __enter__(self) -> Spies:
        for name, (_, spy) in self.at.items():
            places.write(self._keys[name], spy)
        return self

    def __exit__(self, *exception: object) -> None:
        """Put back what was there, as it was where it was not read: this run was but a trial."""
        for name, (real, spy) in self.at.items():
            key = self._keys[name]
            now = self._after[name] = places.read(key)
            if type(real) in _CONTAINERS:
                if spy.note.read and not spy.note.given_back:
                    _give_back(real, spy)
                if now is spy:
                    places.write(key, real)
            elif type(now) in SPIES:
                places.write(key, plain(now) if spy.note.read else real)

    def end(self, watch: Observed, result: Any) -> tuple[list[Change], list[Any]]:
        """Put what was there before the run in the place of the spies that the watch has met.

        Returns the changes of those that were not read (those that were are left to be compared), and the containers
        that the function has reached in another way too, where no spy could stand.
        """
        escaped = _spies_in(result)
        harmless: list[Change] = []
        passed = [real for real, _ in self.at.values() if any(watch.known(kind, real) for kind in (LIST, ITEMS))]
        for name, (real, spy) in self.at.items():
            key = self._keys[name]
            now = self._after[name]
            unread = not spy.note.read and not any(x.note is spy.note for x in escaped)
            for place in places.holding(watch, spy):
                places.expect(watch, place, real)
            kind = LIST if type(real) is list else ITEMS
            if type(real) in _CONTAINERS:
                if not unread and watch.known(kind, real) is None:
                    watch.add((kind, real, spy.before))
            elif unread and (now is spy or type(now) in SPIES):  # otherwise it has been added up in C, unseen
                harmless.append(Change(key, "", real, plain(now)))
        return harmless, passed


def _spy_of(real: Any) -> Any:
    spied = _CONTAINERS[type(real)]
    spy = spied(real, real.maxlen) if type(real) is deque else spied(real)
    spy.note = Note()
    spy.before = tuple(real)
    return spy


def _give_back(real: Any, spy: Any) -> None:
    spy.note.given_back = True
    kind = type(real)
    items = [plain(x) for x in kind.__iter__(spy)]
    if kind is list:
        real[:] = items
    else:
        real.clear()
        (real.update if kind is set else real.extend)(items)


def plain(x: Any) -> Any:
    """A spied number as what it stands for."""
    for kind, spied in _NUMBERS.items():
        if type(x) is spied:
            return kind.__pos__(x)
    return x


def _spies_in(x: Any) -> list[Any]:
    if isinstance(x, SPIES):
        return [x]
    if type(x) in (list, tuple):
        return [spy for item in x for spy in _spies_in(item)]
    return [spy for item in x.values() for spy in _spies_in(item)] if type(x) is dict else []
