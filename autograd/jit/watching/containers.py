"""Containers of Python and of its standard library, and what stands for another object: watched whole."""

from __future__ import annotations

import gc
import operator
import weakref
from typing import Any

from autograd.jit.watching.objects import attributes_of, instance, lent
from autograd.jit.watching.walk import Walk
from autograd.jit.watching.watch import (
    ARRAY,
    CELL,
    ITEMS,
    LIST,
    MAP,
    MISSING,
    STATE,
    alike,
    contents,
    form_of,
    memory,
)


def list_(walk: Walk, x: list[Any]) -> None:
    walk.watch.add((LIST, x, tuple(x)))
    walk.push_all(x)


def weights(walk: Walk, x: list[Any]) -> None:
    walk.watch.add_weights(x)
    walk.push_all(x)


def fixed(walk: Walk, x: Any) -> None:
    """Visit a tuple or a frozenset, whose items cannot be exchanged."""
    walk.push_all(x)


def items(walk: Walk, x: Any) -> None:
    """Visit a set, a deque or a view of a dict."""
    walk.watch.add((ITEMS, x, tuple(x)))
    walk.push_all(list(x))


def dict_(walk: Walk, x: dict[Any, Any]) -> None:
    keys, values = tuple(dict.keys(x)), tuple(dict.values(x))  # whatever a subclass says that it holds
    walk.watch.add((MAP, x, keys, values))
    walk.push_all(keys)
    walk.push_all(values)


def ordered(walk: Walk, x: Any) -> None:
    """Visit an OrderedDict, whose order the dict in it does not know, or a proxy of a dict."""
    walk.watch.add((STATE, x, _entries, _entries(x)))
    walk.push_all(list(x))
    walk.push_all(list(x.values()))


def _entries(x: Any) -> tuple[Any, ...]:
    return tuple([Same(key) for key in x]), tuple([Same(value) for value in x.values()])


def with_factory(walk: Walk, x: Any) -> None:
    """Visit a defaultdict."""
    dict_(walk, x)
    walk.watch.add((STATE, x, _factory, _factory(x)))
    walk.push(x.default_factory)


def _factory(x: Any) -> Any:
    return Same(x.default_factory)


class Same:
    """Equal to another one of these if it is about the same object, or the same plain constant."""

    __slots__ = ("x",)

    def __init__(self, x: Any):
        self.x = x

    def __eq__(self, other: object) -> bool:
        return type(other) is Same and alike(self.x, other.x)

    def __hash__(self) -> int:
        return id(self.x)


def array(walk: Walk, x: Any) -> None:
    walk.watch.add((ARRAY, x, form_of(x), memory(x)))
    if str(getattr(x, "dtype", "")) == "object":
        walk.watch.add((STATE, x, _elements, _elements(x)))
        walk.push_all(x.ravel().tolist())
    for value in (attributes_of(x) or {}).values():  # the mask of a masked array
        walk.push(value)


def _elements(x: Any) -> list[Same]:
    return [Same(item) for item in x.ravel().tolist()]


# ---- what stands for another object


def reference(walk: Walk, x: Any) -> None:
    """Visit a weak reference: what it refers to may go."""
    walk.watch.add((CELL, x, contents(x)))
    lent(walk, weakref.ref.__call__(x))


def proxy(walk: Walk, x: Any) -> None:
    """Visit a weak proxy: a method of the object it stands for knows that object."""
    try:
        lent(walk, x.__init__.__self__)
    except (AttributeError, ReferenceError):
        return


def partial(walk: Walk, x: Any) -> None:
    walk.push_all((x.func, x.args, x.keywords))


def wrapper(walk: Walk, x: Any) -> None:
    """Visit a static method, a class method or a cached function."""
    walk.push(x.__wrapped__)
    if hasattr(x, "cache_info"):
        walk.watch.add((STATE, x, _cached, _cached(x)))


def _cached(x: Any) -> tuple[Any, ...]:
    _, misses, most, size = x.cache_info()  # a result that is there once more is no change
    return (misses if most != 0 else 0), most, size


def property_(walk: Walk, x: property) -> None:
    walk.push_all((x.fget, x.fset, x.fdel))


def by_name(walk: Walk, x: Any) -> None:
    """Visit an attrgetter or a methodcaller, or an itemgetter."""
    found = x.__reduce__()[1]
    if not isinstance(x, operator.itemgetter):
        walk.mention([part for name in found if isinstance(name, str) for part in name.split(".")])
    walk.push_all(found)


def variable(walk: Walk, x: Any) -> None:
    """Visit a context variable: its value here and now."""
    walk.watch.add((STATE, x, _current, _current(x)))
    walk.push(_current(x).x)


def _current(x: Any) -> Same:
    return Same(x.get(MISSING))


def local(walk: Walk, x: Any) -> None:
    """Visit a thread's own attributes of a threading.local."""
    walk.watch.add((STATE, x, _of_this_thread, _of_this_thread(x)))
    walk.push_all(list(vars(x).values()))
    instance(walk, x)


def _of_this_thread(x: Any) -> dict[str, Same]:
    return {name: Same(value) for name, value in vars(x).items()}


def recorded(walk: Walk, x: Any) -> None:
    """Visit a function recorded by jit, or a transform of one."""
    for name in ("f", "_jitted", "source", "__self__"):
        walk.push(getattr(x, name, None))


def callback(walk: Walk, x: Any) -> None:
    """Visit an object made in C that calls a function of Python's, which it does not show."""
    walk.push_all([held for held in gc.get_referents(x) if callable(held) and not isinstance(held, type)])
