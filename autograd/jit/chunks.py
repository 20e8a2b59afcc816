"""One chunk of the rows of a batch, computed somewhere else: what is sent, what a worker does, what comes back.

Sent is the recorded program, not the function: a worker needs nothing but this package, knows the parameters' numbers
from the task alone, and cannot read anything that has changed meanwhile. Large programs are sent once and kept by a
key. Rows go along as arrays, or as the name of a file and a place in it where they are memory-mapped.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograd.differentiation.structure import NUMBER, tuple_of
from autograd.jit.batches import mend
from autograd.jit.evaluation import Evaluation
from autograd.jit.machine import finite
from autograd.jit.passes.graph import Graph
from autograd.jit.recording.arguments import Arguments, Call, batch
from autograd.jit.recording.recordings import Recording, machine_of
from autograd.jit.settings import Settings
from autograd.jit.transforming import Answer, by_operand
from autograd.value import Value

ALWAYS_SENT = 1 << 16  # bytes of a program below which it goes with every task
MOST_KEPT = 16  # programs in a worker


@dataclass(frozen=True, slots=True)
class Program:
    """A recorded path as it is sent.

    Attributes:
        key: tells it from others. payload: None where the worker is thought to have it.
    """

    key: bytes
    payload: bytes | None

    def known(self) -> Program:
        """What goes with a task: the key alone of a large program."""
        small = self.payload is not None and len(self.payload) <= ALWAYS_SENT
        return self if small else replace(self, payload=None)


@dataclass(frozen=True, slots=True)
class InFile:
    """Rows of a memory-mapped array: where in which file they are."""

    path: str
    dtype: str
    offset: int
    shape: tuple[int, ...]

    def array(self) -> Any:
        return np.memmap(self.path, dtype=self.dtype, mode="r", offset=self.offset, shape=self.shape)


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is to do.

    Attributes:
        programs: the paths, in the order in which they are tried. captured: for each the numbers of what it captured.
        numbers: of the arguments, None where a row brings its own. spans: as in `Call`. results: how many there are.
        tables: arrays or `InFile`; or a function and the number of the chunk to ask it for.
        rows: which rows of the chunk, None for all.
        wanted: "sums", "gradients" (of the sums), "values" (of each row), "both" (the last two), "rows" (each row's
            derivative in the direction of each operand).
    """

    programs: list[Program]
    captured: list[Any]
    numbers: list[Any]
    spans: list[int]
    results: int
    tables: Any
    wanted: str
    rows: Any = None


@dataclass(slots=True)
class Part:
    """Rows of one path: which path, which rows of the chunk (None for all), and what was wanted of them.

    Attributes:
        gradients: for the place of a result its sum's derivative in the direction of each operand.
    """

    path: int
    rows: Any
    sums: list[float]
    gradients: dict[int, Any] = field(default_factory=dict)
    values: Any = None


@dataclass(slots=True)
class Computed:
    """What a worker gives.

    Attributes:
        n: how many rows the chunk has, None where there is none of that number. parts: of the paths, in their order.
        left: the rows that take another path. alone: those that rounding keeps from every one.
        missing: the keys of programs that have to be sent; nothing has been computed then.
    """

    n: int | None = None
    parts: list[Part] = field(default_factory=list)
    left: Any = None
    alone: list[int] = field(default_factory=list)
    missing: list[bytes] = field(default_factory=list)


# ---- at home


def packed(recording: Recording) -> Program:
    """A recorded path as it is sent."""
    graph, settings = recording.graph, recording.settings
    arrays = [graph.op, graph.first, graph.args, graph.numbers, graph.roots, graph.guards]
    payload = pickle.dumps((arrays, len(recording.captured), recording.active, recording.inputs, settings.single), 5)
    return Program(hashlib.sha256(payload).digest(), payload)


def source(x: Any, start: int, stop: int) -> Any:
    """Rows start to stop of an array, as they are sent."""
    rows = x[start:stop]
    mapped = _memmap_behind(x)
    if mapped is None or not x.flags.c_contiguous:
        return rows
    begin = mapped.offset + x.__array_interface__["data"][0] - mapped.__array_interface__["data"][0]
    return InFile(str(mapped.filename), x.dtype.str, begin + start * x.strides[0], rows.shape)


def _memmap_behind(x: Any) -> Any:
    """The memory-mapped array of a file that the numbers are in, if workers can map it too."""
    found = None
    while isinstance(x, np.ndarray):
        if isinstance(x, np.memmap):
            found = x
        x = x.base
    return found if found is not None and found.filename is not None and found.mode != "c" else None


# ---- in a worker

_KEPT: OrderedDict[bytes, Recording] = OrderedDict()  # a process has no other place that lasts from task to task


def computed(task: Task) -> Computed:
    """What the task asks for."""
    recordings = [_recording(program) for program in task.programs]
    missing = [p.key for p, recording in zip(task.programs, recordings, strict=True) if recording is None]
    if missing:
        return Computed(missing=missing)
    tables = _tables(task)
    if tables is None:
        return Computed()
    n = len(tables[0])
    call = _call(task, tables, n)
    answer, left = Computed(n), task.rows
    for k, recording in enumerate(recordings):
        run = _PathRun(task, call, recording, task.captured[k], k)
        left = run.over(left, answer)
        if left is not None and not len(left):
            break
    answer.left = np.arange(n, dtype=np.int64) if left is None else left
    return answer


def _recording(program: Program) -> Any:
    found = _KEPT.get(program.key)
    if found is not None:
        return found
    if program.payload is None:
        return None
    (op, first, args, numbers, roots, guards), captured, active, inputs, single = pickle.loads(program.payload)
    values: Any = tuple([Value(0.0) for _ in range(captured)])  # their numbers come with the tasks
    graph = Graph(op, first, args, numbers, values, roots, guards)
    found = Recording(graph, None, [], active, inputs, 0)
    found.settings = Settings(single, 1)
    _KEPT[program.key] = found
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
    return found


def _tables(task: Task) -> Any:
    """The chunk's arrays of float64, None where there is no such chunk."""
    if isinstance(task.tables, list):
        return [_floats(x.array() if isinstance(x, InFile) else x) for x in task.tables]
    make, k = task.tables
    call = chunk_of(make, k)
    if call is not None and list(call.spans) != task.spans:
        raise ValueError(f"chunk({k}) gives rows of another shape than chunk(0)")
    return None if call is None else list(call.tables)


def chunk_of(make: Callable[[int], Any], k: int, kwargs: Any = None, owner: Any = (), name: str = "chunk") -> Any:
    """The rows of chunk number k as a call, None behind the last one."""
    found = make(k)
    if found is None:
        return None
    return batch(name, (*owner, *(found if isinstance(found, tuple) else (found,))), kwargs or {})


def _floats(x: Any) -> Any:
    return np.ascontiguousarray(x, dtype=np.float64)


def _call(task: Task, tables: list[Any], n: int) -> Call:
    reader: Any = Arguments()
    reader.leaves, reader.tables, reader.spans, reader.n = list(task.numbers), tables, list(task.spans), n
    return Call(reader, NUMBER)


class _PathRun:
    """The rows of a chunk that take one path."""

    def __init__(self, task: Task, call: Call, recording: Recording, captured: Any, path: int):
        self.task, self.call, self.captured, self.path = task, call, captured, path
        self.original = recording
        if task.wanted == "rows":
            recording.results = Answer(tuple_of([NUMBER] * task.results))
            recording = self._view(recording)[0]
        self.recording = recording
        self.machine = machine_of(recording, call)
        self.operands = len(recording.captured) + len(recording.active)
        active = [k for k, root in enumerate(self.machine.program.roots) if root[2]]
        self.active = active if task.wanted in ("gradients", "both") and self.operands else []

    def over(self, rows: Any, answer: Computed) -> Any:
        """Add what is wanted to the answer; the rows that do not take the path, None for all of them."""
        states = self._once(rows, answer)
        if states is None:
            return rows
        rows = np.arange(self.call.n, dtype=np.int64) if rows is None else rows
        again = rows[states == 2]
        if len(again):
            states_again = self._once(again, answer)
            answer.alone += again.tolist() if states_again is None else again[states_again != 0].tolist()
        return rows[states == 1]

    def _once(self, rows: Any, answer: Computed) -> Any:
        """Run the machine over the rows and note what came of it; what became of each, None where none was taken."""
        n = self.call.n if rows is None else len(rows)
        roots = self.machine.program.roots
        state = bytearray(n) if self.machine.program.guarded else None
        found = np.empty((n, len(roots))) if self.task.wanted in ("values", "both", "rows") else None
        first = self._unit(self.active[0]) if len(self.active) == 1 else None
        out = self._run(rows, n, first, found, state)
        if out is None:
            return None
        states = np.zeros(n, dtype=np.uint8) if state is None else np.frombuffer(state, dtype=np.uint8)
        good = states == 0
        if good.any():
            if not good.all():
                rows = (np.arange(n, dtype=np.int64) if rows is None else rows)[good]
                found = None if found is None else found[good]
            part = Part(self.path, rows, [float(x) for x in out[1]])
            for k in self.active:
                part.gradients[k] = self._gradient(rows, k, out if first is not None else None)
            if self.task.wanted == "rows":
                mend(self._view, self.original, self.captured, self.call, rows, found)
            part.values = found
            answer.parts.append(part)
        return states

    def _view(self, recording: Recording, exact: bool = False) -> Any:
        return by_operand(recording, self.call.numbers, exact)

    def _unit(self, k: int) -> list[Any]:
        return [1.0 if j == k else None for j in range(len(self.machine.program.roots))]

    def _run(self, rows: Any, n: int, weights: Any, found: Any, state: Any) -> Any:
        call = self.call
        return self.machine.run_rows(self.captured, call.numbers, call.tables, rows, n, weights, found, state)

    def _gradient(self, rows: Any, k: int, out: Any) -> Any:
        weights = self._unit(k)
        if out is None:
            n = self.call.n if rows is None else len(rows)
            state = bytearray(n) if self.machine.program.guarded else None
            out = self._run(rows, n, weights, None, state)
        room, sums, partials = out
        if not finite(partials, self.operands):  # by way of what was chosen only
            evaluation = Evaluation(self.recording, self.machine, room, self.call, (None,) * self.operands)
            evaluation.kept = self.captured
            partials = evaluation.over(rows, sums, 1.0).exact(weights)[0]
        return _as_array(partials, self.operands)


def _as_array(partials: Any, n: int) -> Any:
    """Partials as the machine hands them out, in an array."""
    if isinstance(partials, bytes | bytearray):
        return np.frombuffer(partials, dtype=float)[:n].copy()
    return np.array(partials[:n], dtype=float)
