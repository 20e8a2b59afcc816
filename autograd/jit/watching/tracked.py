"""A list that tells when it is changed, so that nobody need compare its items: the weights of a neuron."""

from __future__ import annotations

from typing import Any

from autograd.jit.watching.watch import weights_changed


class Tracked(list):
    """A list whose every change is counted, those of all such lists together.

    What is changed past its methods (`list.append(x, ...)`) is not.
    """

    __slots__ = ()

    def __setitem__(self, place: Any, item: Any) -> None:
        super().__setitem__(place, item)
        weights_changed()

    def __delitem__(self, place: Any) -> None:
        super().__delitem__(place)
        weights_changed()

    def __iadd__(self, items: Any) -> Any:
        result = super().__iadd__(items)
        weights_changed()
        return result

    def __imul__(self, times: Any) -> Any:
        result = super().__imul__(times)
        weights_changed()
        return result

    def append(self, item: Any) -> None:
        super().append(item)
        weights_changed()

    def extend(self, items: Any) -> None:
        super().extend(items)
        weights_changed()

    def insert(self, place: Any, item: Any) -> None:
        super().insert(place, item)
        weights_changed()

    def pop(self, place: Any = -1) -> Any:
        result = super().pop(place)
        weights_changed()
        return result

    def remove(self, item: Any) -> None:
        super().remove(item)
        weights_changed()

    def clear(self) -> None:
        super().clear()
        weights_changed()

    def sort(self, **options: Any) -> None:
        super().sort(**options)
        weights_changed()

    def reverse(self) -> None:
        super().reverse()
        weights_changed()
