"""Values of a model that are not among its parameters, since they lie where nobody looks, told by `fit`."""

from __future__ import annotations

from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from autograd import Value
from autograd.arrays.parameters import only_values
from autograd.wording import counted
from nn.module import PLAIN, Module, Weights, attributes, held
from nn.wording import cut

MOST = 3  # places that are named
MOST_OBJECTS = 10_000  # looked into: an object may lead to a whole program
_LISTS = frozenset({list, Weights})
_EMPTY = PLAIN - {FunctionType}  # a function may have closed over something
_CLOSED = (str, bytes, int, float, complex, type(None), type, ModuleType, BuiltinFunctionType)


def notes_on_untrained(model: Any, parameters: list[Any]) -> list[str]:
    """Which attributes hold leaves that are no parameters; nothing of a model that says itself what its parameters
    are."""
    if not isinstance(model, Module) or type(model).parameters is not Module.parameters:
        return []
    trained = set(map(id, parameters))
    found: dict[str, int] = {}
    for place, value in _leaves(model):
        if id(value) not in trained:
            found[place] = found.get(place, 0) + 1
    if not found:
        return []
    listed = ", ".join(f"{place} holds {counted(n, 'Value')}" for place, n in list(found.items())[:MOST])
    listed += f", {len(found) - MOST} more places hold some" if len(found) > MOST else ""
    return [
        f"{listed} that parameters() does not find and that are not trained: keep parameters in attributes of "
        "modules, in lists, dicts or arrays"
    ]


def _leaves(model: Module) -> Iterator[tuple[str, Value]]:
    """Each leaf once, with the place that hides it, in words; those in plain sight come first."""
    seen: dict[int, Any] = {}
    stack: list[tuple[str, str, Any]] = [("", "", model)]  # path, place, object
    hidden: list[tuple[str, str, Any]] = []
    while (stack or hidden) and len(seen) < MOST_OBJECTS:
        path, place, item = stack.pop() if stack else hidden.pop(0)
        if type(item) is Value:
            if not item.op and place and id(item) not in seen:
                seen[id(item)] = item
                yield place, item
            continue
        if id(item) in seen or isinstance(item, _CLOSED):
            continue
        seen[id(item)] = item
        names, items = held(item)
        if not place and type(items) in _LISTS and only_values(items):
            continue
        prefix = f"{path}." if path else ""
        if isinstance(item, Module) and id(type(item)) not in seen:
            seen[id(type(item))] = type(item)
            for name, kind, x in _inherited(item):
                where = f"`{cut(prefix + name)}` (of the class {cut(kind.__name__)})"
                hidden.append((prefix + name, place or where, x))
        inside = [(f"{prefix}{name}", place, child) for name, child in zip(names, items, strict=True)]
        stack += [one for one in reversed(inside) if type(one[2]) not in _EMPTY]
        hidden += _within(path, prefix, place, item)


def _within(path: str, prefix: str, place: str, item: Any) -> list[tuple[str, str, Any]]:
    """What is in an object that is no container with an order or names, which `held` knows."""
    kind = type(item)
    if isinstance(item, (set, frozenset)):
        return [(path, place or f"`{cut(path)}` (a {kind.__name__})", x) for x in item]
    if isinstance(item, FunctionType):
        found = []
        for cell in item.__closure__ or ():
            try:
                found.append((path, place or f"`{cut(path)}` (a function)", cell.cell_contents))
            except ValueError:  # empty
                continue
        return found
    if isinstance(item, Module) or held(item)[1]:
        return []
    return [
        (f"{prefix}{name}", place or f"`{cut(f'{prefix}{name}')}` (in an object of {cut(kind.__name__)})", x)
        for name, x in attributes(item).items()
    ]


def _inherited(module: Module) -> list[tuple[str, type, Any]]:
    """The attributes of a module's classes that are Values or containers: names, classes, what they are."""
    return [
        (name, kind, x)
        for kind in type(module).__mro__[: type(module).__mro__.index(Module)]
        for name, x in vars(kind).items()
        if type(x) is Value or (not name.startswith("__") and held(x)[1])
    ]
