# pyright: reportMissingImports=false
"""Running a function once with a recorder on: the tape of its nodes, the guards it passed, what it returned.

Compiled by Cython where possible (types: recorder.pxd): all of this is part of every first call.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from autograd.differentiation.nodes import leaf_of
from autograd.differentiation.running import as_recorded
from autograd.jit.errors import JitError
from autograd.jit.indices import REFUSAL_OF_INDICES, is_of_indices
from autograd.jit.passes.fusing import with_sums_fused
from autograd.jit.passes.simplifying import simplified
from autograd.jit.recording.arguments import Call, single_part
from autograd.jit.recording.inner import is_symbolic, pulled, pushed
from autograd.jit.recording.nesting import Results, classes_in, has_indices, rebuilt
from autograd.jit.recording.recordings import Recording
from autograd.jit.recording.running import OUTERMOST, run
from autograd.jit.watching import frames
from autograd.jit.watching.lines import call_in, called_by_engine, in_its_stead, place_of, place_of_error, user_frame
from autograd.jit.watching.observation import Observation
from autograd.jit.watching.refusals import Refusals
from autograd.jit.watching.walk import PLAIN
from autograd.jit.watching.watch import STATE, Observed, alike, change
from autograd.modes import modes, switched, user_line
from autograd.turns import one_at_a_time
from autograd.value import Value

_one_recorder = threading.Lock()  # the engine has one tape


class Recorder:
    """What the engine tells while a function runs.

    Attributes:
        tape: every node, in the order of their making. guards: relation, x, y, answer of each comparison.
        foreign: the ids of nodes that other threads made meanwhile.
        lines: of the first guards the lines of the user's program. refusals: what cannot be recorded.
        named: the Values whose labels were read, by their ids.
    """

    __slots__ = ("_hashed", "_known", "_leaves", "foreign", "guards", "lines", "named", "refusals", "tape")

    def __init__(self, leaves: list[Value]) -> None:
        self.tape: list[Value] = []
        self.guards: list[Any] = []
        self.foreign: list[int] = []
        self.lines: list[str] = []
        self.refusals = Refusals()
        self.named: dict[int, Value] = {}
        self._leaves = leaves
        self._known: set[int] | None = None  # ids of these and of the tape up to a place
        self._hashed = 0

    def look(self, value: Value) -> None:
        """Called when a number that belongs to a Value is about to be read or set, or its graph is copied."""
        frame = user_frame(OUTERMOST)
        call = call_in(frame)
        other = in_its_stead(call)
        hint = f"{call} takes a float: use {other} instead. " if other else ""
        raise self.refusals.at_once(
            f"jit: {place_of(frame)} reads or changes a Value's number or gradient, inside a function that is being "
            f"recorded; the recording would keep this one number for ever. {hint}For a constant use detach(), to "
            "choose use maximum, minimum, where or a comparison, and set parameters or call backward() outside of the "
            "function"
        )

    def pulled(self, tape: Any, weights: list[Any]) -> list[Any]:
        """What sweeps.pulled_values gives, recorded."""
        return pulled(tape, weights)

    def pushed(self, tape: Any, tangents: list[Any]) -> list[Any]:
        """What sweeps.pushed_values gives, recorded."""
        return pushed(tape, tangents)

    def is_symbolic(self, tape: Any) -> bool:
        """Whether derivatives along the tape must be recorded; otherwise they are numbers, whoever calls."""
        return is_symbolic(tape)

    def show(self, value: Value) -> None:
        """Called when a Value is about to be turned into text."""
        if not frames.aside() and not called_by_engine():
            self.refusals.at_the_end(
                f"jit: {place_of(user_frame(OUTERMOST))} turns a Value into text, inside a function that is being "
                "recorded; the recording would keep this one number for ever. print(x) is allowed; to choose by the "
                "number, compare it"
            )

    def name(self, value: Value) -> None:
        """Called when the label of a Value is about to be read."""
        if called_by_engine():
            return
        self.named[id(value)] = value
        if any(value is leaf for leaf in self._leaves):
            self.refusals.at_the_end(
                f"jit: {place_of(user_frame(OUTERMOST))} reads the label of an argument, inside a function that is "
                "being recorded; each call may bring another. Pass what it says as a string"
            )

    def watch_names(self, watch: Observed) -> None:
        """Have the labels that were read watched, but for those of the run's own nodes."""
        if self.named:
            own = {id(x) for x in self.tape}
            for key, value in self.named.items():
                if key not in own:
                    watch.add((STATE, value, _label, value.label))

    def hash(self, value: Value) -> None:
        """Called when a Value is about to be hashed: as a key, one of the run's own is never found again."""
        if self.has(value) and not called_by_engine():
            self.refusals.at_the_end(
                f"jit: {place_of(user_frame(OUTERMOST))} uses a Value as a key or puts it in a set, inside a function "
                "that is being recorded: each call makes new ones. Use its place in a list, or a name"
            )

    def has(self, value: Value) -> bool:
        """Whether it is an argument of the run or was made in it."""
        tape = self.tape
        if self._known is None:
            self._known = {id(x) for x in self._leaves}
        self._known.update([id(tape[i]) for i in range(self._hashed, len(tape))])
        self._hashed = len(tape)
        return id(value) in self._known

    def refuse(self, message: str) -> JitError:
        """The error to raise on the spot; it counts even if it is swallowed."""
        return self.refusals.at_once(f"jit: {place_of(user_frame(OUTERMOST))}: {message}")

    def note_line(self) -> None:
        """Called at the first comparisons."""
        self.lines.append(user_line())


def _label(value: Value) -> str:
    return value.label


class Attempt:
    """A run of a function, and what came of it.

    Attributes:
        recording: its operations. watch: what it read, as it was before. output: what it returned.
        leaves: the Values that it got for numbers.
        outside: an error about something asked outside of the program, None without.
        imported: whether modules came while it ran, so that what was read of them is not in the watch.
    """

    __slots__ = ("imported", "leaves", "outside", "output", "recording", "watch")

    def __init__(self, recording: Recording, observation: Observation, output: Any, leaves: list[Value]):
        self.recording, self.output, self.leaves = recording, output, leaves
        self.watch, self.imported = observation.watch, observation.imported()
        self.outside = observation.refusals.outside

    def settled(self) -> bool:
        """Whether the run has left what the function reads as it was, and has asked nothing outside."""
        return not (change(self.watch) or self.imported or self.outside is not None)


def try_lock() -> bool:
    """Whether this thread may record now; if so, `unlock` is to be called. It does not wait: it may be waited for."""
    return _one_recorder.acquire(blocking=False)


def unlock() -> None:
    """The end of what began with `try_lock`."""
    _one_recorder.release()


def record(f: Callable[..., Any], call: Call, numbers: list[Any]) -> Recording:
    """Run f on these numbers and keep what it did. Whatever it raises passes through, and nothing is kept."""
    with _one_recorder:
        return attempted(f, call, numbers).recording


def attempted(f: Callable[..., Any], call: Call, numbers: list[Any]) -> Attempt:
    """`record`, with what the function reads and has asked outside of the program."""
    leaves = [leaf_of(x) if type(x) is Value else Value(x) for x in numbers]
    args, kwargs = rebuilt(call, _shared(call, leaves))
    given = _parts(args, kwargs)
    recorder = Recorder(leaves)
    observation = Observation(f, [*call.objects, *classes_in(call.structure)], recorder.refusals, OUTERMOST)
    try:
        if modes.gradless:
            with switched(gradless=0):
                output = run(f, args, kwargs, recorder, observation)
        else:
            output = run(f, args, kwargs, recorder, observation)
    except BaseException as error:
        fatal = recorder.refusals.fatal
        if fatal is None and is_of_indices(error) and has_indices(call.structure):
            raise JitError(f"jit: {place_of_error(error)} {REFUSAL_OF_INDICES}") from error
        if fatal is None or error is fatal:
            raise
        raise fatal from error
    if observation.failed is not None:
        raise observation.failed
    error = recorder.refusals.fatal or recorder.refusals.late
    if error is not None:
        raise error
    recorder.watch_names(observation.watch)
    changed = _changed(given, _parts(args, kwargs))
    if changed is not None:
        raise JitError(
            f"jit: {getattr(f, '__qualname__', f)} changes its argument {changed} in place; a recording would leave "
            "yours as it is. Change a copy, such as list(xs), dict(d) or a.copy()"
        )
    results = Results(output)
    nodes = len(recorder.tape)
    with one_at_a_time:
        graph = simplified(recorder.tape, leaves, results.released() or [0.0], recorder.guards)
    recording = Recording(with_sums_fused(graph), results, recorder.lines, call.active, len(leaves), nodes)
    if recorder.foreign and not {id(x) for x in recording.captured}.isdisjoint(recorder.foreign):
        raise recorder.refusals.outside or JitError(
            f"jit: {getattr(f, '__qualname__', f)} uses Values that another thread computes while it runs, and a "
            "recording would keep them; compute them on the same thread, or before, and pass them as arguments"
        )
    recording.counts += [
        ("recorded", nodes),
        ("with constants folded and equal expressions shared", graph.operations()),
        ("with products and sums gathered, without dead code", recording.graph.operations()),
    ]
    return Attempt(recording, observation, output, leaves)


def eagerly(f: Callable[..., Any], call: Call, numbers: list[Any], stand_ins: bool = False) -> Any:
    """What f returns for these numbers as it is: on Values, as when it is recorded, and with plain ints for indices.

    With `stand_ins` these are what they are when it is recorded.
    """
    leaves = [x if type(x) is Value else Value(x) for x in numbers]
    args, kwargs = rebuilt(call, _shared(call, leaves), eager=not stand_ins)
    return as_recorded(f, args, kwargs, leaves)


def _shared(call: Call, leaves: list[Value]) -> list[Value]:
    """The leaves, where one Value came twice one for both."""
    for first, again in call.same:
        leaves[again] = leaves[first]
    return leaves


def _parts(args: Any, kwargs: Any) -> dict[Any, Call]:
    """Each argument that can change as it is now, by its place or name."""
    found: dict[Any, Call] = {}
    for key in range(len(args)):
        if type(args[key]) not in PLAIN:
            found[key] = single_part(args[key])
    for name, x in kwargs.items():
        if type(x) not in PLAIN:
            found[name] = single_part(x)
    return found


def _changed(given: dict[Any, Call], now: dict[Any, Call]) -> Any:
    """Which argument is no longer what was given, None if all are."""
    for key, before in given.items():
        after = now[key]
        if before.key != after.key or not all(map(alike, before.numbers, after.numbers)):
            return key
    return None
