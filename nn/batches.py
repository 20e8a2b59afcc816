"""Rows and targets of which a run takes batches: as lists, and as one array of which each batch is a part.

A model is called with lists; the machine reads arrays. Making an array of lists anew for every batch would cost more
than computing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Batch(Sequence[Any]):
    """Items of a table, in this order; nothing is copied before it is asked for.

    Attributes:
        table: what the items were taken from. places: which of its items, None for all.
    """

    __slots__ = ("_array", "_items", "places", "table")

    def __init__(self, table: list[Any] | Batch, places: list[int] | None = None):
        self.table, self.places = table, places
        self._items: Any = table if places is None else None
        self._array: Any = None

    @property
    def items(self) -> list[Any]:
        """The items in a list."""
        if self._items is None:
            self._items = [self.table[i] for i in self.places or ()]
        return self._items

    def array(self, dtype: Any) -> Any:
        """The items' numbers in an array."""
        import numpy

        if self._array is None or self._array.dtype != dtype:
            if isinstance(self.table, Batch):
                self._array = self.table.array(dtype)[self.places]
            else:
                self._array = numpy.array(self.items, dtype=dtype)
        return self._array

    def __len__(self) -> int:
        return len(self._items) if self.places is None else len(self.places)

    def __getitem__(self, i: Any) -> Any:
        return self.items[i]


def items_of(items: Sequence[Any]) -> Sequence[Any]:
    """The items of a batch in a list; anything else as it is."""
    return items.items if type(items) is Batch else items
