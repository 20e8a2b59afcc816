"""The recorded function: what `jit` returns.

A key (what the arguments look like, and what is static in them) has one entry: the recordings of the paths that calls
have taken so far, and what the function reads besides its arguments. Each recording has a machine for each way its
numbers come in: one set of them, or tables with a row for each item of a batch. Calls are in calls.py and batches.py.
"""

from __future__ import annotations

import functools
import os
import threading
import weakref
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from autograd.jit import copying
from autograd.jit.calls import called
from autograd.jit.recording.arguments import Call
from autograd.jit.recording.economy import Economy
from autograd.jit.recording.nesting import Results
from autograd.jit.recording.recorder import attempted, eagerly, try_lock, unlock
from autograd.jit.recording.recordings import Entry, Recording
from autograd.jit.settings import Settings
from autograd.jit.watching.attempts import trusted
from autograd.jit.watching.observation import can_go
from autograd.jit.watching.places import joined
from autograd.jit.watching.watch import Observed, change

MOST_KEYS = 256  # of one function; the oldest is dropped
MOST_HELD = 8  # of these, with objects that cannot be referred to weakly: each may keep a large one alive


_NOTHING = Observed()


class Jitted:
    """A function that is recorded when it is first called and then replayed at machine speed; see `jit`."""

    def __init__(self, f: Callable[..., Any], settings: Settings):
        functools.update_wrapper(self, f, updated=())
        self.f, self.settings = f, settings
        self.entries: dict[Any, Entry] = {}
        self.economy = Economy()
        self.common: Any = None  # of the last batch's arguments, see arguments.py
        self._holding: list[Any] = []  # keys with objects that are kept alive
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

    def __reduce_ex__(self, protocol: Any) -> Any:
        """By its name where that leads here, as functions are; else by the function in it. Recordings stay behind."""
        return copying.reduced(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> Jitted:
        return copying.copied(self, memo)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The result for one set of arguments, as one node of the graph."""
        return called(self, args, kwargs)

    def mean(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        """The mean of the function over rows, as one node; arrays and lists hold one item a row.

        Arguments:
            executor: any `concurrent.futures.Executor`, whose workers compute chunks of the rows; the bits are the
                same for any number of workers. The rows may then be a function that gives chunk k, None at the end.

        Raises ValueError for no rows, and where arguments differ in their number of rows.
        """
        return self._reduced("mean", (), args, kwargs, executor)

    def sum(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        """The sum of the function over rows, as one node; of no rows it is 0. `executor` as for `mean`."""
        return self._reduced("sum", (), args, kwargs, executor)

    def map(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        """An array with the function's result for each row, without gradient; (rows, k) for k results.

        `executor` as for `mean`.
        """
        return self._mapped((), args, kwargs, executor)

    def gradients_by_row(self, parameters: Any, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        """The derivative of the result of every row in the direction of every parameter: an array (rows, parameters).

        Arguments:
            parameters: the Values to differentiate by, such as `model.parameters()`.
            args, kwargs: as for `map`; arrays and lists hold one item a row. executor: as for `mean`.

        For a list of k results it is an array (rows, k, parameters).
        """
        return self._gradients_by_row((), parameters, args, kwargs, executor)

    def _reduced(self, name: str, owner: tuple[Any, ...], args: Any, kwargs: Any, executor: Any) -> Any:
        found = None if executor is None else _executors().reduced(self, owner, name, args, kwargs, executor)
        return _batches().reduced(self, name, (*owner, *args), kwargs) if found is None else found

    def _mapped(self, owner: tuple[Any, ...], args: Any, kwargs: Any, executor: Any) -> Any:
        found = None if executor is None else _executors().mapped(self, owner, args, kwargs, executor)
        return _batches().mapped(self, (*owner, *args), kwargs) if found is None else found

    def _gradients_by_row(
        self, owner: tuple[Any, ...], parameters: Any, args: Any, kwargs: Any, executor: Any
    ) -> Any:  # fmt: skip
        rule = "gradients_by_row: the first argument holds parameters, Values"
        transformed = _transformed()
        parameters = transformed.checked_parameters(rule, parameters)
        found = None
        if executor is not None:
            found = _executors().gradients_by_row(self, owner, parameters, args, kwargs, executor)
        return transformed.gradients_by_row(self, owner, parameters, args, kwargs) if found is None else found

    def to_jax(self, parameters: Any = None) -> Any:
        """The recorded program as a function for JAX: of the same arguments, differentiable, for jax.jit and jax.vmap.

        Arguments:
            parameters: the Values that the function is to take numbers for, such as `model.parameters()`; by default
                those that it reads, in the order in which the result's `parameters` has them.

        The result `g` is called as this function is, `g(x)`, and with `g(x, parameters=numbers)` (an array, or a list)
        computes with these numbers instead of the Values' own, so that `jax.grad` can be taken in their direction. It
        computes in double precision. Recorded is what JAX has not seen yet when `g` is called; what `jax.jit` has
        compiled stays as it is, whatever changes in the function's surroundings. `take` of a place that is not there
        gives nan.

        Raises JitError where JAX is set to single precision, for operations given by Python functions, and for
        branches of which only one way has been recorded; ImportError without JAX.
        """
        return to_jax(self, (), parameters)

    def recorded_transform(self, name: str, argnums: Any, plain: Callable[..., Any]) -> Any:
        """The transform `name` of this function at machine speed; `plain` is the general one."""
        return _transformed().Transformed(name, self, argnums, plain)

    def eager_results(self, call: Call) -> Results:
        """What the function gives as it is for this call's numbers, taken apart."""
        return Results(eagerly(self.f, call, call.numbers))

    def explain(self) -> str:
        """What was recorded: operations before and after simplifying, guards, cached variants; printed and returned."""
        from autograd.jit.explanation import explanation

        text = explanation(self)
        print(text)
        return text

    # ---- recordings

    def new_entry(self, key: tuple[Any, ...], call: Call) -> Entry:
        """An entry for calls of this key, instead of what was known of them; it goes when an object of the key does."""
        with self._lock:
            entry = Entry(_NOTHING)
            self.entries.pop(key, None)
            if len(self.entries) >= MOST_KEYS:
                self.entries.pop(next(iter(self.entries)), None)
            self.entries[key] = entry
            if call.objects:
                self._let_go(entry, key, call.objects)
            return entry

    def _let_go(self, entry: Entry, key: tuple[Any, ...], objects: list[Any]) -> None:
        """Hold the objects of a key so that their identities stay theirs: weakly if they can be, a few if not.

        Classes, and functions that hold nothing, are not counted: there are few of them, and they are small.
        """
        entry.held, lasting = [], []
        forget = functools.partial(_forget, weakref.ref(self), key)
        for x in objects:
            if can_go(x):
                entry.held.append(weakref.ref(x, forget))
            else:
                lasting.append(x)
        if not lasting:
            return
        entry.held += lasting
        if all(map(_is_small, lasting)):
            return
        self._holding[:] = [other for other in self._holding if other in self.entries and other != key]
        while len(self._holding) >= MOST_HELD:
            self.entries.pop(self._holding.pop(0), None)
        self._holding.append(key)

    def _described(self) -> str:
        """The function and where it is defined, for messages."""
        code = getattr(self.f, "__code__", None)
        return f"{self}{f' ({os.path.basename(code.co_filename)}:{code.co_firstlineno})' if code else ''}"

    def recorded(self, entry: Entry, call: Call, numbers: list[Any]) -> Recording | None:
        """Record the path that these numbers take and add it to the entry; None where another thread is recording."""
        if not try_lock():
            return None
        try:
            now = attempted(self.f, call, numbers)
            if not now.settled():
                now = trusted(self._described, lambda: attempted(self.f, call, numbers), now)
        finally:
            unlock()
        with self._lock:
            if entry.recordings and change(entry.watch):  # the run has built something that other paths read otherwise
                entry.recordings.clear()
            if not entry.recordings:
                entry.watch = now.watch
            else:
                entry.watch = joined(entry.watch, now.watch)
            now.recording.settings = self.settings
            entry.recordings.append(now.recording)
            return now.recording


@functools.cache
def _batches() -> ModuleType:
    """What computes batches, with NumPy: imported when there is one."""
    from autograd.jit import batches

    return batches


@functools.cache
def _transformed() -> ModuleType:
    """Transforms of recorded functions, imported when there is one."""
    from autograd.jit import transformed

    return transformed


def _executors() -> ModuleType:
    """What computes batches by way of an executor: seldom wanted, and importing it takes time."""
    from autograd.jit import executors

    return executors


def to_jax(jitted: Jitted, owner: tuple[Any, ...], parameters: Any) -> Any:
    """The JAX function of a recorded function, or of a recorded method of `owner`."""
    try:
        from autograd.jit.in_jax.function import JaxFunction
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("jax", "jaxlib"):
            raise
        raise ImportError("to_jax needs JAX: pip install glassgrad[jax]") from error
    return JaxFunction(jitted, owner, parameters)


def _is_small(x: Any) -> bool:
    if isinstance(x, FunctionType):
        return not (x.__closure__ or x.__defaults__ or x.__kwdefaults__)
    return isinstance(x, (type, BuiltinFunctionType, ModuleType))


def _forget(owner: Any, key: tuple[Any, ...], _: Any) -> None:
    jitted = owner()
    if jitted is not None:
        jitted.entries.pop(key, None)


class Bound:
    """A recorded method of one object."""

    __slots__ = ("__self__", "_jitted")

    def __init__(self, jitted: Jitted, owner: Any):
        self._jitted, self.__self__ = jitted, owner

    def __reduce__(self) -> Any:
        return Bound, (self._jitted, self.__self__)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._jitted(self.__self__, *args, **kwargs)

    def mean(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        return self._jitted._reduced("mean", self.owner, args, kwargs, executor)

    def sum(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        return self._jitted._reduced("sum", self.owner, args, kwargs, executor)

    def map(self, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        return self._jitted._mapped(self.owner, args, kwargs, executor)

    def gradients_by_row(self, parameters: Any, *args: Any, executor: Any = None, **kwargs: Any) -> Any:
        return self._jitted._gradients_by_row(self.owner, parameters, args, kwargs, executor)

    def to_jax(self, parameters: Any = None) -> Any:
        return to_jax(self._jitted, self.owner, parameters)

    def explain(self) -> str:
        return self._jitted.explain()

    @property
    def root(self) -> Jitted:
        return self._jitted

    @property
    def owner(self) -> tuple[Any, ...]:
        return (self.__self__,)

    def recorded_transform(self, name: str, argnums: Any, plain: Callable[..., Any]) -> Any:
        return _transformed().Transformed(name, self, argnums, plain)
