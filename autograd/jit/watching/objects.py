# pyright: reportMissingImports=false
"""Objects and classes: of their attributes, those that code mentions.

Compiled by Cython where possible (types: objects.pxd): it takes part in every first call.
"""

from __future__ import annotations

import abc
import functools
import types
import weakref
from typing import Any

from autograd.jit.watching.origins import LIBRARY, STANDARD, USER, origin_of_module
from autograd.jit.watching.walk import Walk
from autograd.jit.watching.watch import (
    CLASS,
    GUEST,
    INSTANCE,
    MISSING,
    NOT_READ,
    SLOT,
    STATE,
    alike,
    attributes_of,
    is_special,
    slot,
)

_IMMUTABLE = 1 << 8  # the flag of most classes made in C, whose attributes cannot be set
_FUNCTIONS = (types.FunctionType, staticmethod, classmethod)


def made_in_c(kind: type) -> bool:
    """Whether no class statement made a class: those that one makes have a dict, or say that they have none."""
    return bool(kind.__flags__ & _IMMUTABLE) or (not kind.__dictoffset__ and "__slots__" not in vars(kind))


def origin_of_class(kind: type) -> int:
    """Whose a class is. One that was made where there was no module, by `exec`, is the user's."""
    if kind.__module__ == "builtins":
        return STANDARD if made_in_c(kind) else USER
    return origin_of_module(kind.__module__)


def instance(walk: Walk, x: Any) -> None:
    """Visit an object with attributes."""
    kind = type(x)
    origin = origin_of_class(kind)
    walk.theirs |= origin != USER
    users = origin in (USER, STANDARD)  # what a namespace of the standard library holds is the user's
    attributes(walk, x, attributes_of(x), users)
    slots(walk, x, kind, users)
    walk.push(kind)


def can_go(x: Any, visit: Any) -> bool:
    """Whether an object that is visited in this way need not be held: what is known about it goes with it."""
    if visit is not instance or descriptors(type(x)):
        return False
    try:
        weakref.ref(x)
    except TypeError:
        return False
    return True


def lent(walk: Walk, x: Any) -> None:
    """Have an object visited that nobody need keep alive."""
    if not can_go(x, walk.visitor_of(type(x))):
        walk.push(x)
    elif not walk.met(x):
        guest(walk, x)


def guest(walk: Walk, x: Any) -> None:
    """Visit an object without holding it."""
    kind = type(x)
    users = origin_of_class(kind) in (USER, STANDARD)
    names = attributes_of(x)
    named: dict[str, Any] = {}
    walk.watch.add((GUEST, weakref.ref(x), kind, names, named, users))
    if names is not None:
        _fill(walk, names, named, users)
    walk.push(kind)


def attributes(walk: Walk, x: Any, names: Any, users: bool) -> None:
    """Watch the class of an object and those of its attributes that code mentions."""
    named: dict[str, Any] = {}
    walk.watch.add((INSTANCE, x, type(x), names, named, users))
    if names is not None:
        _fill(walk, names, named, users)


def _fill(walk: Walk, names: Any, named: dict[str, Any], users: bool) -> None:
    mentioned = walk.names
    everything = users and walk.watch.everything
    later = None
    for name, value in names.items():
        if everything or name in mentioned:
            named[name] = value
            walk.push(value)
        else:
            if later is None:
                later = _Later(walk, names, named)
            walk.wait(name, later)


class _Later:
    """What is done once an attribute is mentioned: it is watched, and its value visited."""

    __slots__ = ("named", "names", "walk")

    def __init__(self, walk: Walk, names: Any, named: dict[str, Any]):
        self.walk, self.names, self.named = walk, names, named

    def __call__(self, name: str) -> None:
        value = self.names.get(name, MISSING)
        if value is not MISSING and name not in self.named:
            self.named[name] = value
            self.walk.push(value)


def everything_in(walk: Walk) -> None:
    """Watch all attributes of the user's objects met so far."""
    for entry in walk.watch.all_entries():
        if entry[0] in (INSTANCE, GUEST) and entry[5] and entry[3] is not None:
            _fill_up(walk, entry[3], entry[4])
        elif entry[0] == CLASS and entry[4]:
            _fill_up(walk, vars(entry[1]), entry[3])


def _fill_up(walk: Walk, names: Any, named: dict[str, Any]) -> None:
    for name, value in names.items():
        if name not in walk.names and name not in named:  # one that is mentioned and was not there has been made since
            named[name] = value
            walk.push(value)


def slots(walk: Walk, x: Any, kind: type, users: bool) -> None:
    """Watch those of the attributes outside of the dict that code mentions: slots, and what a class in C shows."""
    found = walk.descriptors.get(kind)
    if found is None:
        found = walk.descriptors[kind] = descriptors(kind)
    for name, descriptor in found:
        if name in walk.names or (users and walk.watch.everything and type(descriptor) is types.MemberDescriptorType):
            _slot(walk, x, descriptor)
        else:
            walk.wait(name, functools.partial(_slot, walk, x, descriptor))


def _slot(walk: Walk, x: Any, descriptor: Any, name: str = "") -> None:
    value = slot(x, descriptor)
    if alike(slot(x, descriptor), value):
        walk.watch.add((SLOT, x, descriptor, value))
        walk.push(value)
    elif hasattr(type(value), "tobytes"):  # made anew each time, on the same memory
        walk.push(value)


def descriptors(kind: type) -> list[tuple[str, Any]]:
    """The slots of a class and its bases by name, private ones as in the code: with the class's name before them."""
    found = []
    for cls in kind.__mro__[:-1]:
        in_c = made_in_c(cls) and cls.__module__ not in _OF_ITS_OWN
        for name, x in vars(cls).items():
            member = type(x) is types.MemberDescriptorType
            if (member or (in_c and type(x) is types.GetSetDescriptorType)) and name not in NOT_READ:
                found.append((name, x))
    return found


_OF_ITS_OWN = ("builtins", "numpy", "array", "functools")  # what these show is seen otherwise


def klass(walk: Walk, cls: type) -> None:
    """Visit a class: what code mentions, and what Python itself looks up; functions count once they have run."""
    if made_in_c(cls):
        return
    if issubclass(type(cls), abc.ABCMeta):
        registered(walk)
    origin = origin_of_class(cls)
    if origin not in (USER, LIBRARY):
        return
    items = vars(cls)
    named: dict[str, Any] = {}
    if origin == LIBRARY:
        for kind in {type(value).__name__ for value in items.values()} & _READ_IN_C.keys():
            walk.mention(_READ_IN_C[kind])
    if vars(cls).get("_is_protocol"):  # isinstance may look for what it names
        walk.mention([name for name in (*items, *items.get("__annotations__", ())) if not is_special(name)])
    walk.theirs |= origin != USER
    if origin == USER:
        walk.watch.add((CLASS, cls, cls.__bases__, named, True))
    _fill(walk, items, named, origin == USER)
    if origin == USER:
        for name, value in items.items():
            if isinstance(value, _FUNCTIONS):
                walk.push(value)
            if is_special(name) and name not in named and name not in NOT_READ:
                named[name] = value
                walk.push(value)
    if type(cls) is not type:
        walk.push(type(cls))
    walk.push_all(cls.__bases__)
    if origin == USER:
        for name, state in _SAID.items():
            walk.when(name, functools.partial(_said, walk, cls, state))


# Of pandas: kinds of attributes whose code, made in C, reads others without naming them; a cached one reads the blocks
# of a table that its first use has read.
_READ_IN_C = {"CachedProperty": ("blocks",), "AxisProperty": ("_mgr", "axes")}


def _said(walk: Walk, cls: type, state: Any, name: str) -> None:
    walk.watch.add((STATE, cls, state, state(cls)))


def _title(cls: type) -> Any:
    return cls.__name__, cls.__qualname__


def _heirs(cls: type) -> Any:
    return [weakref.ref(heir) for heir in type.__subclasses__(cls)]


_SAID = {"__name__": _title, "__qualname__": _title, "__subclasses__": _heirs}  # what a class's dict does not hold


def registered(walk: Walk) -> None:
    """Watch which classes are registered with abstract ones."""
    if not walk.met(abc.get_cache_token):
        walk.watch.add((STATE, abc.get_cache_token, _called, _called(abc.get_cache_token)))


def _called(f: Any) -> Any:
    return f()
