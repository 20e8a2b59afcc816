"""Which visitor a type of object has."""

from __future__ import annotations

import _io
import collections
import contextvars
import functools
import operator
import sys
import threading
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any

from autograd.jit.watching import containers, foreign, namespaces, objects
from autograd.jit.watching.origins import LIBRARY
from autograd.jit.watching.spies import SPIES
from autograd.jit.watching.tracked import Tracked
from autograd.jit.watching.walk import Walk

Visitor = Callable[[Walk, Any], None]


def nothing(walk: Walk, x: Any) -> None:
    """Visit what cannot change, or does not matter."""


def klass(walk: Walk, cls: type) -> None:
    """Visit a class."""
    if cls.__module__ == "decimal":
        foreign.precision(walk)
    objects.klass(walk, cls)


def chain(first: Visitor, second: Visitor) -> Visitor:
    """Both, one after the other."""

    def both(walk: Walk, x: Any) -> None:
        first(walk, x)
        second(walk, x)

    return both


_DEFERRED = (type(x for x in ()), types.CoroutineType, types.AsyncGeneratorType)
_BY_NAME = (operator.attrgetter, operator.itemgetter, operator.methodcaller)
_LOCKS = (type(threading.Lock()), type(threading.RLock()))
# Nothing that is computed depends on these: what they do shows outside, or not at all.
_HARMLESS = (
    *_LOCKS, types.FrameType, types.TracebackType, types.GenericAlias, types.UnionType, type(len),
    types.WrapperDescriptorType, types.MethodDescriptorType, types.ClassMethodDescriptorType,
    types.GetSetDescriptorType, types.MemberDescriptorType,
)  # fmt: skip

_EXACT: dict[type, Visitor] = {
    list: containers.list_,
    tuple: containers.fixed,
    dict: containers.dict_,
    types.FunctionType: namespaces.function,
    types.MethodType: namespaces.method,
    types.BuiltinFunctionType: namespaces.builtin,
    types.MethodWrapperType: namespaces.builtin,
}

# The first that a type is a subclass of. Of a class of the user's own, attributes are watched besides.
_KINDS: tuple[tuple[Any, Visitor], ...] = (
    (type, klass),
    ((*_HARMLESS, *SPIES), nothing),
    (types.ModuleType, namespaces.module),
    (Tracked, containers.weights),
    (list, containers.list_),
    ((tuple, frozenset), containers.fixed),
    (collections.OrderedDict, containers.ordered),
    (collections.defaultdict, containers.with_factory),
    (dict, containers.dict_),
    (types.MappingProxyType, containers.ordered),
    ((set, collections.deque, type({}.keys()), type({}.values()), type({}.items())), containers.items),
    (weakref.ref, containers.reference),
    ((weakref.ProxyType, weakref.CallableProxyType), containers.proxy),
    (functools.partial, containers.partial),
    ((staticmethod, classmethod, type(functools.lru_cache(nothing))), containers.wrapper),
    (property, containers.property_),
    (_BY_NAME, containers.by_name),
    (contextvars.ContextVar, containers.variable),
    (threading.local, containers.local),
    (_DEFERRED, foreign.generator),
    (_io._IOBase, foreign.file),
    ((bytearray, memoryview), containers.array),
)
# The same of modules that take long to import: where they have not been imported, there is no object of theirs.
_HARMLESS_ELSEWHERE = {
    "logging": ("Filterer", "LoggerAdapter"), "_struct": ("Struct",), "inspect": ("Signature", "Parameter"),
}  # fmt: skip


def visitor_of(kind: type) -> Visitor:
    """How objects of this class are visited."""
    visit = _EXACT.get(kind) or _known.get(kind)
    if visit is None:
        visit = _known[kind] = _found(kind)
    return visit


_known: weakref.WeakKeyDictionary[type, Visitor] = weakref.WeakKeyDictionary()


def _found(kind: type) -> Visitor:
    in_c = objects.made_in_c(kind)
    if kind.__name__ == "KeyWrapper" or _is_of_ctypes(kind, "CFuncPtr"):
        return containers.callback
    for kinds, visit in (*_kinds_elsewhere(), *_KINDS):
        if issubclass(kind, kinds):
            return visit if in_c or visit in _WHOLE else chain(visit, objects.instance)
    if kind.__module__ in ("autograd.jit.function", "autograd.jit.transformed"):
        return containers.recorded
    if kind.__module__ == "nn.scopes":
        return nothing  # keeps the names that pictures group neurons by
    if kind.__name__ == "cython_function_or_method":
        return nothing
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.ufunc):
        return containers.callback
    if numpy is not None and issubclass(kind, (numpy.generic, numpy.dtype)):
        return nothing
    if numpy is not None and issubclass(kind, numpy.ndarray):
        return containers.array if in_c else chain(containers.array, objects.instance)
    if kind.__module__ == "decimal" and kind.__name__ == "Decimal":
        return foreign.decimal_
    if in_c:
        return _made_in_c(kind)
    if foreign.draws(kind):
        return foreign.chance
    if any(_shows_memory(base) for base in kind.__mro__):
        return chain(containers.array, objects.instance)
    if objects.origin_of_class(kind) == LIBRARY:
        return chain(objects.instance, foreign.spoken_for)
    return objects.instance


def _kinds_elsewhere() -> Iterator[tuple[Any, Visitor]]:
    loaded = sys.modules
    if "logging" in loaded:
        yield loaded["logging"].Logger, foreign.logger
    for module, names in _HARMLESS_ELSEWHERE.items():
        if module in loaded:
            yield tuple([getattr(loaded[module], name) for name in names]), nothing
    if "array" in loaded:
        yield loaded["array"].array, containers.array


_WHOLE = frozenset({
    klass, nothing, namespaces.module, foreign.file, foreign.generator, containers.local, containers.weights,
})  # fmt: skip


def _made_in_c(kind: type) -> Visitor:
    if hasattr(kind, "__next__"):
        return foreign.iterator
    if _shows_memory(kind):
        return containers.array
    if kind.__dictoffset__:
        return chain(objects.instance, foreign.other) if kind.__reduce__ is not object.__reduce__ else objects.instance
    if kind.__hash__ not in (object.__hash__, None) or kind is object or hasattr(kind, "__get__"):
        return nothing  # compared by value, and so not to be changed; without any; what a class computes with
    return foreign.other


def _shows_memory(kind: type) -> bool:
    """Whether objects of the class have the buffer protocol, as numbers of ctypes and mmap have."""
    return kind.__module__ == "mmap" or _is_of_ctypes(kind, "_CData")


def _is_of_ctypes(kind: type, name: str) -> bool:
    return any(base.__name__.endswith(name) and base.__module__ == "_ctypes" for base in kind.__mro__)
