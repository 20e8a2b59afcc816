"""Dataclasses and named tuples taken apart and put together: their fields, and what else they hold.

What else is in an object's dict (what `__post_init__` has computed, a cached property, what somebody has set) comes
along: numbers, arrays and plain constants as they are, any other object as the one that it is (`Held`), since it may
lead back. An object that holds something elsewhere is no container of numbers.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Any

_HEAP = 1 << 9  # the flag of classes that a class statement made
_OF_EACH = ("__dict__", "__weakref__")


class Held:
    """An object that is meant itself, and not what it holds."""

    __slots__ = ("value",)

    def __init__(self, value: Any):
        self.value = value


def fields_of(x: Any) -> tuple[str, ...]:
    """The names of the fields of a dataclass's instance that are there."""
    return tuple([field.name for field in sys.modules["dataclasses"].fields(x) if hasattr(x, field.name)])


def attributes_of(x: Any) -> tuple[tuple[str, ...], list[Any], list[Any]] | None:
    """The names of all attributes of a dataclass's instance, the values of its fields, and of the others.

    None where there may be more than that: in a slot, in a base class made in C.
    """
    kind = type(x)
    if not hasattr(kind, "__dataclass_fields__") or _has_more(kind):
        return None
    fields = fields_of(x)
    held = getattr(x, "__dict__", {})
    others = [name for name in held if name not in fields]
    return (*fields, *others), [getattr(x, name) for name in fields], [held[name] for name in others]


@lru_cache(maxsize=256)
def _has_more(kind: type) -> bool:
    """Whether instances of a dataclass hold something outside of their fields and their dict."""
    known = (*kind.__dataclass_fields__, *_OF_EACH)  # type: ignore[attr-defined]
    for base in kind.__mro__[:-1]:
        slots = vars(base).get("__slots__", ())
        slots = (slots,) if isinstance(slots, str) else slots
        if not base.__flags__ & _HEAP or not all(name in known for name in slots):
            return True
    return False


def holds_more(structure: Any) -> bool:
    """Whether a record in a structure that was read by its fields holds anything else."""
    x = structure.prototype
    if hasattr(type(x), "__dataclass_fields__"):
        found = attributes_of(x)
        if found is None or found[2]:
            return True
    return any(map(holds_more, structure.parts))


def put_together(prototype: Any, names: tuple[str, ...], values: list[Any]) -> Any:
    """A copy of a dataclass's instance with these attributes, whether it is frozen or not."""
    import copy  # for dataclasses alone, and every process would pay for it

    answer = copy.copy(prototype)
    if answer is prototype:  # a class whose copies are itself, or that has one instance
        answer = object.__new__(type(prototype))
        answer.__dict__.update(prototype.__dict__)
    fields = type(prototype).__dataclass_fields__
    for name, value in zip(names, values, strict=True):
        if name in fields:
            object.__setattr__(answer, name, value)
        else:
            answer.__dict__[name] = value
    return answer
