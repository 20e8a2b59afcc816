"""What a container holds, with names: of everything in the standard library, and of NumPy, that has an order or names.

Which kind a class is of is found once: parameters are looked for several times a step.
"""

from __future__ import annotations

import sys
from collections import ChainMap, UserDict, UserList, deque
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from types import MappingProxyType, SimpleNamespace
from typing import Any

from autograd.differentiation.records import fields_of

Held = tuple[Iterable[Any], Any]  # names, and what is called so, which has a length

NOTHING: Held = ((), ())


@lru_cache(maxsize=1024)
def reader_of(kind: type) -> Callable[[Any], Held] | None:
    """What gives names and items of an object of this class; None where it has none, or no order."""
    if issubclass(kind, (list, tuple)):
        return _in_order
    if issubclass(kind, dict):
        return _in_dict
    if issubclass(kind, (deque, UserList)):
        return lambda held: _in_order(list(held))
    if issubclass(kind, (UserDict, ChainMap, MappingProxyType)):  # other mappings may read a file for each item
        return lambda held: _in_dict(dict(held))
    if issubclass(kind, SimpleNamespace):
        return lambda held: _in_dict(vars(held))
    if hasattr(kind, "__dataclass_fields__"):
        return _in_dataclass
    numpy = sys.modules.get("numpy")  # whoever has an array has imported it
    return _in_array if numpy is not None and issubclass(kind, numpy.ndarray) else None


def _in_order(held: Any) -> Held:
    return range(len(held)), held


def _in_dict(held: dict[Any, Any]) -> Held:
    return held, held.values()


def _in_dataclass(held: Any) -> Held:
    return _in_dict({name: getattr(held, name) for name in fields_of(held)} | getattr(held, "__dict__", {}))


def _in_array(held: Any) -> Held:
    """The items of all dimensions at once; of an array without any, the one item is called 0."""
    if held.dtype.kind != "O":
        return NOTHING
    numpy = sys.modules["numpy"]
    items = numpy.asarray(held).ravel().tolist()
    return (".".join(map(str, place)) for place in product(*map(range, held.shape or (1,)))), items
