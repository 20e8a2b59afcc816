"""Running a function once with a recorder on: the tape of its nodes, the guards it passed, what it returned."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from autograd import value as engine
from autograd.backprop import one_at_a_time
from autograd.jit.arguments import Call
from autograd.jit.errors import JitError
from autograd.jit.gathering import gathered
from autograd.jit.inner import is_symbolic, pulled, pushed
from autograd.jit.nesting import Results, rebuilt
from autograd.jit.recordings import Recording
from autograd.jit.simplifying import simplified
from autograd.modes import modes, switched, user_line
from autograd.value import Value

_one_recorder = threading.RLock()  # the engine has one tape


class Recorder:
    """What the engine tells while a function runs.

    Attributes:
        tape: every node, in the order of their making. guards: (relation, x, y, answer) of each comparison.
        lines: of the first guards the lines of the user's program.
    """

    __slots__ = ("guards", "lines", "tape")

    def __init__(self) -> None:
        self.tape: list[Value] = []
        self.guards: list[tuple[str, Any, Any, bool]] = []
        self.lines: list[str] = []

    def look(self, value: Value) -> None:
        """Called when a number that belongs to a Value is about to be read or set, or its graph is copied."""
        raise JitError(
            f"jit: {user_line()} reads or changes a Value's number or gradient, inside a function that is being "
            "recorded; the recording would keep this one number for ever. For a constant use detach(), to choose "
            "use maximum, minimum, where or a comparison, and set parameters or call backward() outside of the function"
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

    def tell_line(self) -> None:
        """Called at the first comparisons."""
        self.lines.append(user_line())


def record(f: Callable[..., Any], call: Call, numbers: list[Any]) -> Recording:
    """Run f on these numbers and keep what it did. Whatever it raises passes through, and nothing is kept."""
    leaves = [engine.leaf_of(x) if type(x) is Value else Value(x) for x in numbers]
    args, kwargs = rebuilt(call, leaves)
    recorder = Recorder()
    with _one_recorder:
        if modes.gradless:
            with switched(gradless=0):
                results = Results(_run(f, args, kwargs, recorder))
        else:
            results = Results(_run(f, args, kwargs, recorder))
        nodes = len(recorder.tape)
        with one_at_a_time:
            graph = simplified(recorder.tape, leaves, results.values, recorder.guards)
    recording = Recording(gathered(graph), results, recorder.lines, call.active, len(leaves), nodes)
    recording.counts += [
        ("recorded", nodes),
        ("with constants folded and equal expressions shared", graph.operations()),
        ("with products and sums gathered, without dead code", recording.graph.operations()),
    ]
    return recording


def eagerly(f: Callable[..., Any], call: Call, numbers: list[Any]) -> Any:
    """What f returns for these numbers as it is: on Values, as when it is recorded, and with plain ints for indices."""
    leaves = [x if type(x) is Value else Value(x) for x in numbers]
    args, kwargs = rebuilt(call, leaves, eager=True)
    return f(*args, **kwargs)


def _run(f: Callable[..., Any], args: Any, kwargs: Any, recorder: Recorder) -> Any:
    engine.record(recorder)
    try:
        return f(*args, **kwargs)
    finally:
        engine.record(None)

