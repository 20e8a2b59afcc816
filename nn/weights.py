"""The list of a neuron's weights: whatever is put into it, its items stay parameters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograd import Value
from autograd.jit.watching.tracked import Tracked


class Weights(Tracked):
    """A list of Values. A Value put into it takes the place of a weight; a number becomes the weight's data.

    >>> w = Weights([Value(0.5), Value(-1.0)])
    >>> first = w[0]
    >>> w[0] = 0.3
    >>> w[0] is first, first.data
    (True, 0.3)
    """

    __slots__ = ()

    def __setitem__(self, place: Any, item: Any) -> None:
        if not isinstance(place, slice):
            old = self[place]
            super().__setitem__(place, item if type(item) is Value else _changed(old, item))
            return
        items, old = list(item), self[place]
        if len(items) == len(old):
            items = [x if type(x) is Value else _changed(w, x) for w, x in zip(old, items, strict=True)]
        super().__setitem__(place, [_as_value(x) for x in items])

    def __iadd__(self, items: Iterable[Any]) -> Any:
        return super().__iadd__([_as_value(x) for x in items])

    def append(self, item: Any) -> None:
        super().append(_as_value(item))

    def extend(self, items: Iterable[Any]) -> None:
        super().extend([_as_value(x) for x in items])

    def insert(self, place: Any, item: Any) -> None:
        super().insert(place, _as_value(item))


def _as_value(x: Any) -> Value:
    return x if type(x) is Value else Value(x)


def _changed(weight: Value, number: Any) -> Value:
    weight.data = number
    return weight
