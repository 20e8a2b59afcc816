"""The recorded function: what `jit` returns.

A key (what the arguments look like, and what is static in them) has one entry: the recordings of the paths that calls
have taken so far, and what the function reads besides its arguments. Each recording has a machine for each way its
numbers come in: one set of them, or tables with a row for each item of a batch. Calls are in calls.py and batches.py.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from autograd.jit.arguments import Call
from autograd.jit.batches import mapped, reduced
from autograd.jit.calls import called
from autograd.jit.errors import JitError
from autograd.jit.nesting import Results
from autograd.jit.recorder import eagerly, record
from autograd.jit.recordings import Entry, Recording
from autograd.jit.settings import Settings
from autograd.jit.surroundings import drawn, watch_of
from autograd.jit.transformed import Transformed, gradients_by_row
from autograd.jit.watch import change

MOST_KEYS = 256  # of one function; the oldest is dropped


class Jitted:
    """A function that is recorded when it is first called and then replayed at machine speed; see `jit`."""

    def __init__(self, f: Callable[..., Any], settings: Settings):
        functools.update_wrapper(self, f, updated=())
        self.f, self.settings = f, settings
        self.entries: dict[Any, Entry] = {}
        self._lock = threading.RLock()

    owner: tuple[Any, ...] = ()  # arguments that come first, of a method its object

    @property
    def root(self) -> Jitted:
        """The function that is recorded."""
        return self

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        return self if owner is None else Bound(self, owner)

    def __repr__(self) -> str:
        return f"jit({getattr(self.f, '__qualname__', self.f)!s})"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for one set of arguments, as one node of the graph."""
        return called(self, args, kwargs)

    def mean(self, *args: Any, **kwargs: Any) -> Any:
        """The mean of the function over rows, as one node; arrays and lists hold one item a row.

        Raises ValueError for no rows, and where arguments differ in their number of rows.
        """
        return reduced(self, "mean", args, kwargs)

    def sum(self, *args: Any, **kwargs: Any) -> Any:
        """The sum of the function over rows, as one node; of no rows it is 0."""
        return reduced(self, "sum", args, kwargs)

    def map(self, *args: Any, **kwargs: Any) -> Any:
        """An array with the function's result for each row, no gradient; a list of k results is an array (rows, k)."""
        return mapped(self, args, kwargs)

    def gradients_by_row(self, parameters: Any, *args: Any, **kwargs: Any) -> Any:
        """The derivative of the result of every row in the direction of every parameter: an array (rows, parameters).

        Arguments:
            parameters: the Values to differentiate by, such as `model.parameters()`.
            args, kwargs: as for `map`; arrays and lists hold one item a row.

        For a list of k results it is an array (rows, k, parameters).
        """
        return gradients_by_row(self, (), parameters, args, kwargs)

    def recorded_transform(self, name: str, argnums: Any, plain: Callable[..., Any]) -> Any:
        """The transform `name` of this function at machine speed; `plain` is the general one."""
        return Transformed(name, self, argnums, plain)

    def eager_results(self, call: Call, numbers: list[Any]) -> Results:
        """What the function gives as it is for these numbers, taken apart."""
        return Results(eagerly(self.f, call, numbers))

    def explain(self) -> str:
        """What was recorded: operations before and after simplifying, guards, cached variants; printed and returned."""
        from autograd.jit.explanation import explanation

        text = explanation(self)
        print(text)
        return text

    # ---- recordings

    def new_entry(self, key: tuple[Any, ...], call: Call) -> Entry:
        """An entry for calls of this key, instead of what was known of them."""
        with self._lock:
            entry = Entry(watch_of(self.f, call.objects))
            self.entries.pop(key, None)
            if len(self.entries) >= MOST_KEYS:
                self.entries.pop(next(iter(self.entries)), None)
            self.entries[key] = entry
            return entry

    def recorded(self, entry: Entry, call: Call, numbers: list[Any]) -> Recording:
        """Record the path that these numbers take and add it to the entry."""
        with self._lock:
            changed = ""
            for _ in range(3):
                recording = record(self.f, call, numbers)
                if drawn(entry.watch):
                    raise JitError(
                        f"jit: {self} draws random numbers, and a recording would repeat these for ever; draw them "
                        "outside and pass them as arguments"
                    )
                changed = change(entry.watch)
                if not changed:
                    break
                entry.watch = watch_of(self.f, call.objects)  # made on the first run, such as lazily built weights
                entry.recordings.clear()
            else:
                raise JitError(
                    f"jit: {self} changes what it reads each time it runs ({changed}); a recording would not. Return "
                    "what you want to keep, and change state outside of the function"
                )
            recording.settings = self.settings
            entry.recordings.append(recording)
            return recording


class Bound:
    """A recorded method of one object."""

    __slots__ = ("__self__", "_jitted")

    def __init__(self, jitted: Jitted, owner: Any):
        self._jitted, self.__self__ = jitted, owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._jitted(self.__self__, *args, **kwargs)

    def mean(self, *args: Any, **kwargs: Any) -> Any:
        return self._jitted.mean(self.__self__, *args, **kwargs)

    def sum(self, *args: Any, **kwargs: Any) -> Any:
        return self._jitted.sum(self.__self__, *args, **kwargs)

    def map(self, *args: Any, **kwargs: Any) -> Any:
        return self._jitted.map(self.__self__, *args, **kwargs)

    def gradients_by_row(self, parameters: Any, *args: Any, **kwargs: Any) -> Any:
        return gradients_by_row(self._jitted, self.owner, parameters, args, kwargs)

    def explain(self) -> str:
        return self._jitted.explain()

    @property
    def root(self) -> Jitted:
        return self._jitted

    @property
    def owner(self) -> tuple[Any, ...]:
        return (self.__self__,)

    def recorded_transform(self, name: str, argnums: Any, plain: Callable[..., Any]) -> Any:
        return Transformed(name, self, argnums, plain)
