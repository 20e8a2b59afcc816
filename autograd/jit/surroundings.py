"""Everything a function reads besides its arguments, so that a recording can be thrown away when that changes.

Found by walking from the function: its closure, defaults and the globals that its code names; attributes, slots and
classes of objects; lists, tuples, dicts, sets, arrays; functions and methods met on the way. Noticed is any change of
these: another Value in a list of parameters, another number in an attribute, a name bound anew, an element of an array.
Not noticed is what Python code cannot show: files, time, the environment, the state of objects made in C, and globals
and most objects of the standard library. Drawing random numbers and reading from iterators raises while recording.
"""

from __future__ import annotations

import array as arrays
import builtins
import collections
import functools
import sys
import types
import weakref
from typing import Any

from autograd.jit.errors import JitError
from autograd.jit.side_effects import attributes_of, imported, only_written
from autograd.jit.watch import MISSING, Watch, contents, form_of, memory
from autograd.value import Value

_OURS = frozenset({"autograd", "nn", "viz"})
_HOLDERS = frozenset({"collections", "functools", "types"})  # of the standard library, whose objects hold the user's
_IMMUTABLE = 1 << 8  # the flag of classes made in C, whose attributes cannot be set
_PLAIN = (int, float, str, bytes, complex, bool, type(None), type(Ellipsis), range, slice, Value, types.CodeType)


def watch_of(f: Any, objects: list[Any]) -> Watch:
    """What the function f and the given arguments read, and what it looks like now."""
    walk = _Walk()
    walk.push(f)
    walk.push_all(objects)
    walk.watch.held += objects
    walk.go()
    walk.watch_attributes()
    return walk.watch


def drawn(watch: Watch) -> bool:
    """Whether a generator of random numbers that the function can reach has been used."""
    return any(repr(state()) != before for _, state, before in watch.randoms)


class _Walk:
    def __init__(self) -> None:
        self.watch = Watch()
        self.stack: list[Any] = []
        self.seen: dict[int, Any] = {}
        self.stored: set[str] = set()  # names of attributes that the functions met set,
        self.loaded: set[str] = set()  # and those that they read
        self.owned: list[dict[str, Any]] = []  # attributes of objects of the user's own classes
        self.modules: list[types.ModuleType] = []  # modules met,
        self.used: set[str] = set()  # and the names that the functions met may look up in them
        self.named: set[tuple[int, str]] = set()  # names that are watched

    def go(self) -> None:
        """Visit whatever can be reached; of modules, what the functions met so far ask for by name."""
        met = -1, -1
        while met != (len(self.modules), len(self.used)):
            met = len(self.modules), len(self.used)
            for module in self.modules:
                self.globals(vars(module), self.used)
            while self.stack:
                self.visit(self.stack.pop())

    def push(self, x: Any) -> None:
        if not isinstance(x, _PLAIN) and id(x) not in self.seen:
            self.seen[id(x)] = x
            self.stack.append(x)

    def push_all(self, items: Any) -> None:
        if set(map(type, items)) <= _VALUES_ONLY:
            return
        for x in items:
            self.push(x)

    def visit(self, x: Any) -> None:
        kind = type(x)
        if isinstance(x, list):
            self.watch.lists.append((x, tuple(x)))
            self.push_all(x)
        elif isinstance(x, (tuple, frozenset)):
            self.push_all(x)
        elif isinstance(x, dict):
            self.watch.dicts.append((x, tuple(x), tuple(x.values())))
            self.push_all(x.values())
            self.push(getattr(x, "default_factory", None))
        elif isinstance(x, types.MappingProxyType):
            self.watch.sets += [(x.keys(), tuple(x.keys())), (x.values(), tuple(x.values()))]
            self.push_all(x.values())
        elif isinstance(x, (set, collections.deque, *_VIEWS)):
            self.watch.sets.append((x, tuple(x)))
            self.push_all(x)
        elif kind is types.FunctionType:
            self.function(x)
        elif kind is types.MethodType:
            self.push(x.__self__)
            self.push(x.__func__)
        elif kind is types.BuiltinMethodType:
            self.push(x.__self__)
        elif isinstance(x, weakref.ref):
            self.watch.cells.append((x, x()))
            self.push(x())
        elif isinstance(x, functools.partial):
            self.push_all((x.func, x.args, x.keywords))
        elif isinstance(x, (staticmethod, classmethod)):
            self.push(x.__func__)
        elif isinstance(x, property):
            self.push_all([part for part in (x.fget, x.fset) if part is not None])
        elif kind is types.ModuleType:
            self.module(x)
        elif kind.__module__ == "autograd.jit.function":
            self.push(getattr(x, "f", None) or x._jitted)
            self.push(getattr(x, "__self__", None))
        elif isinstance(x, type):
            self.klass(x)
        elif isinstance(x, (arrays.array, bytearray)) or _is_array(x):
            self.array(x)
        elif hasattr(kind, "__next__") and not hasattr(x, "readable"):
            raise JitError(
                f"jit: the function can reach a {kind.__name__}, and reading from it would give another item at each "
                "call; pass what it gives as an argument"
            )
        else:
            self.instance(x, kind)
        if isinstance(x, _CONTAINERS) and not kind.__flags__ & _IMMUTABLE:
            self.instance(x, kind)  # a class of the user's own

    def function(self, f: Any) -> None:
        trusted = _trusted(f.__module__)
        if not trusted:
            self.watch.functions.append((f, f.__code__, f.__defaults__, f.__kwdefaults__))
        written = frozenset() if trusted else only_written(f.__code__)
        for name, cell in zip(f.__code__.co_freevars, f.__closure__ or (), strict=True):
            if name not in written:
                value = contents(cell)
                self.watch.cells.append((cell, value))
                self.push(value)
        for part in (f.__defaults__, f.__kwdefaults__, getattr(f, "__wrapped__", None), vars(f) or None):
            if part is not None:
                self.push(part)
        if not trusted:
            stored, loaded = attributes_of(f.__code__)
            self.stored |= stored
            self.loaded |= loaded
            names = _names(f.__code__)
            self.used |= names
            self.globals(f.__globals__, names - written)
            package = f.__globals__.get("__package__")
            for name in imported(f.__code__):
                self.push(sys.modules.get(name))
                self.push(sys.modules.get(f"{package}.{name}"))

    def watch_attributes(self) -> None:
        """Watch the attributes of objects, but for those that are only ever set."""
        ignored = self.stored - self.loaded
        for items in self.owned:
            if ignored.isdisjoint(items):
                self.watch.dicts.append((items, tuple(items), tuple(items.values())))
            else:
                self.watch.names += [(items, name, value) for name, value in items.items() if name not in ignored]

    def globals(self, names: dict[str, Any], used: set[str]) -> None:
        for name in used:
            if (id(names), name) in self.named:
                continue
            self.named.add((id(names), name))
            value = names.get(name, MISSING)
            if value is not MISSING or hasattr(builtins, name):  # a global may come to hide a builtin
                self.watch.names.append((names, name, value))
            if value is not MISSING:
                self.push(value)

    def module(self, module: Any) -> None:
        """Of modules only what a function reads by name is watched, and the random numbers of two of them."""
        if module.__name__ == "random":
            self.push(module._inst)
        elif module.__name__ == "numpy":
            self.push(module.random.mtrand._rand)
        elif not _trusted(module.__name__):
            self.modules.append(module)

    def klass(self, cls: type) -> None:
        if _trusted(cls.__module__) or cls.__flags__ & _IMMUTABLE:
            return
        items = dict(vars(cls))
        self.watch.classes.append((cls, cls.__bases__, tuple(items), tuple(items.values())))
        self.push(type(cls))
        for value in items.values():
            self.push(value)
        for base in cls.__bases__:
            self.push(base)

    def instance(self, x: Any, kind: type) -> None:
        state = _random_state(x)
        if state is not None:
            self.watch.randoms.append((x, state, repr(state())))
            return
        if _trusted(kind.__module__) and kind.__module__.split(".")[0] not in _OURS | _HOLDERS:
            return
        if kind.__flags__ & _IMMUTABLE and kind.__module__ not in _HOLDERS:
            return
        attributes = vars(x) if kind.__dictoffset__ and isinstance(getattr(x, "__dict__", None), dict) else None
        self.watch.instances.append((x, kind, attributes))
        if attributes is not None:
            if _trusted(kind.__module__):
                self.push(attributes)
            elif id(attributes) not in self.seen:
                self.seen[id(attributes)] = attributes
                self.owned.append(attributes)
                self.push_all(attributes.values())
        for cls in kind.__mro__:
            names = cls.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                if name in ("__dict__", "__weakref__"):
                    continue
                value = getattr(x, name, MISSING)
                self.watch.attributes.append((x, name, value))
                self.push(value)
        self.push(kind)

    def array(self, x: Any) -> None:
        if str(getattr(x, "dtype", "")) == "object":
            self.push_all(x.ravel().tolist())
        self.watch.arrays.append((x, form_of(x), memory(x)))


_VALUES_ONLY = frozenset({Value})
_VIEWS = (type({}.keys()), type({}.values()), type({}.items()))
_CONTAINERS = (list, tuple, dict, set, frozenset, collections.deque)


def _names(code: types.CodeType) -> set[str]:
    """The names that code and the functions defined in it may look up in their module, or as attributes."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names


def _trusted(module: str | None) -> bool:
    """Whether a module's own globals are taken for constant."""
    top = (module or "").split(".")[0]
    return top in _OURS or top == "numpy" or (top in sys.stdlib_module_names and top != "__main__")


def _is_array(x: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(x, numpy.ndarray)


def _random_state(x: Any) -> Any:
    """The function that gives the state of a generator of random numbers, None for anything else."""
    import random

    if isinstance(x, random.SystemRandom):
        return None
    if isinstance(x, random.Random):
        return x.getstate
    numpy: Any = sys.modules.get("numpy")
    generator: Any = x
    if numpy is not None and isinstance(x, numpy.random.Generator):
        return lambda: generator.bit_generator.state
    if numpy is not None and isinstance(x, numpy.random.RandomState):
        return lambda: generator.get_state(legacy=False)
    return None
