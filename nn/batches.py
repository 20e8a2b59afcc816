"""Rows and targets of which a run takes batches: as one array of which each batch is a part, and as lists.

The machine reads arrays; a model that is computed eagerly is called with lists, which are made when it asks for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Batch(Sequence[Any]):
    """Items of a table (an array, a list or another batch), in this order; nothing is copied before it is asked for.

    Attributes:
        table: what the items were taken from. places: which of its items (indexes or a slice), None for all.
    """

    __slots__ = ("_array", "_items", "places", "table")

    def __init__(self, table: Any, places: Any = None):
        self.table, self.places = table, places
        self._items: Any = table if places is None and isinstance(table, list) else None
        self._array: Any = None

    @property
    def items(self) -> list[Any]:
        """The items in a list."""
        if self._items is None:
            self._items = _as_list(self.array(None))
        return self._items

    def array(self, dtype: Any) -> Any:
        """The items' numbers in an array, of their own type where `dtype` is None."""
        import numpy

        if self._array is None or dtype not in (None, self._array.dtype):
            if isinstance(self.table, Batch):
                taken = self.table.array(dtype)[self.places]
            else:
                taken = numpy.asarray(self.table, dtype=dtype)
                taken = taken if self.places is None else taken[self.places]
            self._array = taken
        return self._array

    def __len__(self) -> int:
        if self.places is None:
            return len(self.table)
        return len(self.array(None)) if isinstance(self.places, slice) else len(self.places)

    def __getitem__(self, i: Any) -> Any:
        return self.items[i]


def items_of(items: Any) -> Sequence[Any]:
    """The items of a batch or an array in a list; anything else as it is."""
    return items.items if type(items) is Batch else _as_list(items)


def _as_list(items: Any) -> Any:
    return items.tolist() if hasattr(items, "tolist") else items
