"""The recorded function: what `jit` returns.

A key (what the arguments look like, and what is static in them) has one entry: the recordings of the paths that calls
have taken so far, and what the function reads besides its arguments. Each recording has a program for each way it is
called in: one set of numbers or a batch, with or without Values among the arguments.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from autograd import value as engine
from autograd.jit import arguments, passes
from autograd.jit.arguments import Call
from autograd.jit.errors import JitError
from autograd.jit.machine import Machine, node_of
from autograd.jit.recorder import Recording, eagerly, record
from autograd.jit.replay import Recipe
from autograd.jit.schedule import scheduled
from autograd.jit.surroundings import drawn, watch_of
from autograd.jit.watch import change
from autograd.modes import modes
from autograd.running import enclosing
from autograd.value import Value

MOST_PATHS = 64  # of one key; further ones are computed eagerly
MOST_KEYS = 256  # of one function; the oldest is dropped


class Entry:
    """What is known of one key."""

    __slots__ = ("machines", "recordings", "watch")

    def __init__(self, watch: Any):
        self.watch = watch
        self.recordings: list[Recording] = []
        self.machines: dict[Any, Any] = {}

    def machine(self, recording: Recording, active: tuple[int, ...], spans: tuple[tuple[int, int], ...]) -> Any:
        """The program of a recording for calls with these inputs that want a gradient and these that come in rows."""
        key = id(recording), active, spans
        machine = self.machines.get(key)
        if machine is None:
            flags, wanted = [0] * recording.inputs, [0] * recording.inputs
            for start, width in spans:
                flags[start : start + width] = [1] * width
            for place in active:
                wanted[place] = 1
            machine = Machine(scheduled(recording.graph, flags if spans else [], wanted), active, spans)
            self.machines[key] = machine
        return machine


class Jitted:
    """A function that is recorded when it is first called and then replayed at machine speed; see `jit`."""

    def __init__(self, f: Callable[..., Any]):
        functools.update_wrapper(self, f, updated=())
        self.f = f
        self._entries: dict[Any, Entry] = {}
        self._lock = threading.RLock()

    def __get__(self, owner: Any, kind: Any = None) -> Any:
        return self if owner is None else Bound(self, owner)

    def __repr__(self) -> str:
        return f"jit({getattr(self.f, '__qualname__', self.f)!s})"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for one set of arguments, as one node of the graph."""
        call = arguments.single(args, kwargs)
        if bypassed():
            return eagerly(self.f, call, call.numbers, len(args), sorted(kwargs))
        numbers = call.numbers
        active = tuple([place for place, x in enumerate(numbers) if type(x) is Value])
        entry = self._entry(call, args, kwargs)
        for recording in entry.recordings:
            out = self._one(entry, recording, numbers, active)
            if out is not None:
                return finished(recording, out, call, active)
        if len(entry.recordings) >= MOST_PATHS:
            return eagerly(self.f, call, numbers, len(args), sorted(kwargs))
        recording = self._recorded(entry, call, numbers, args, kwargs)
        out = self._one(entry, recording, numbers, active)
        if out is None:  # a comparison so close that the machine's rounding decides it otherwise
            entry.recordings.remove(recording)
            return eagerly(self.f, call, numbers, len(args), sorted(kwargs))
        return finished(recording, out, call, active)

    def _one(self, entry: Entry, recording: Recording, numbers: list[Any], active: tuple[int, ...]) -> Any:
        machine = entry.machine(recording, active, ())
        return machine.run(tuple(recording.graph.captured), numbers, not modes.gradless)

    def mean(self, *args: Any, **kwargs: Any) -> Any:
        """The mean of the function over rows, as one node; arrays and lists hold one item a row.

        Raises ValueError for no rows, and where arguments differ in their number of rows.
        """
        return self._reduced("mean", args, kwargs)

    def sum(self, *args: Any, **kwargs: Any) -> Any:
        """The sum of the function over rows, as one node; of no rows it is 0."""
        return self._reduced("sum", args, kwargs)

    def map(self, *args: Any, **kwargs: Any) -> Any:
        """An array with the function's result for each row, no gradient; a list of k results is an array (rows, k)."""
        import numpy as np

        call = arguments.batch("map", args, kwargs)
        if not call.n:
            return np.zeros(0)
        if bypassed():
            from autograd.jit.fallback import eager_map

            return eager_map(self.f, call, len(args), sorted(kwargs))
        from autograd.jit.batches import mapped

        return mapped(self, call, args, kwargs)

    def _reduced(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = arguments.batch(name, args, kwargs)
        if not call.n:
            if name == "mean":
                raise ValueError("mean: at least one row is needed, got none")
            return Value(0.0)
        if bypassed():
            from autograd.jit.fallback import eager_reduced

            return eager_reduced(self.f, name, call, len(args), sorted(kwargs))
        from autograd.jit.batches import reduced

        return reduced(self, name, call, args, kwargs)

    def explain(self) -> str:
        """What was recorded: nodes before and after the passes, guards, cached variants; printed and returned."""
        from autograd.jit.explanation import explanation

        text = explanation(self)
        print(text)
        return text

    # ---- recordings

    def _entry(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Entry:
        """What is known of the call's key, afresh where what the function reads has changed."""
        key = (len(args), *call.key)
        entry = self._entries.get(key)
        if entry is not None and not change(entry.watch):
            return entry
        with self._lock:
            entry = Entry(watch_of(self.f, call.objects))
            self._entries.pop(key, None)
            if len(self._entries) >= MOST_KEYS:
                self._entries.pop(next(iter(self._entries)), None)
            self._entries[key] = entry
            return entry

    def _recorded(self, entry: Entry, call: Call, numbers: list[Any], args: Any, kwargs: Any) -> Recording:
        """Record the path that these numbers take and add it to the entry."""
        with self._lock:
            changed = ""
            for _ in range(3):
                recording = record(self.f, call, numbers, len(args), sorted(kwargs))
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
                entry.machines.clear()
            else:
                raise JitError(
                    f"jit: {self} changes what it reads each time it runs ({changed}); a recording would not. Return "
                    "what you want to keep, and change state outside of the function"
                )
            optimize(recording)
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

    def explain(self) -> str:
        return self._jitted.explain()


def bypassed() -> bool:
    """Whether to run the function as it is: inside another recording, a transform, detect_anomaly, record_source."""
    return engine.recording() or bool(modes.anomaly) or bool(modes.source) or bool(enclosing())


def optimize(recording: Recording) -> None:
    """Run the passes over the recording's graph, and note the number of operations after each."""
    graph = recording.graph
    recording.counts.append(("recorded", recording.nodes))
    for name, run in PASSES:
        graph = run(graph)
        recording.counts.append((name, graph.operations()))
    recording.graph = graph


PASSES = (
    ("without dead code", passes.live),
    ("constants folded, equal expressions shared", passes.simplified),
    ("products and sums gathered", passes.gathered),
    ("without dead code", passes.live),
)


def finished(
    recording: Recording, out: Any, call: Call, active: tuple[int, ...], rows: Any = None, seed: float = 1.0
) -> Any:
    """The results of a run as Values, in the nesting that the function returned them in.

    Arguments:
        rows: of a batch, which ones; None for all. seed: what the sum over them is multiplied by.
    """
    values, partials = out
    operands = tuple(recording.graph.captured)
    if active:
        operands += tuple([call.numbers[place] for place in active])
    if not partials or not operands:
        return recording.results.make([Value(x) for x in values])
    made = []
    for k, room in enumerate(partials):
        room.recipe = Recipe(recording.graph, k, call, active, rows, seed)
        made.append(node_of(values[k], operands, room))
    return recording.results.make(made)
