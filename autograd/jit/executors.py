"""A batch computed by the workers of an executor: `f.mean(rows, executor=ex)`, and the like.

The rows are cut into chunks by the data alone, and sums are added up in the chunks' order: the bits are the same for
any number of workers. Any `concurrent.futures.Executor` will do; it retries what it retries, and what is lost is told.
With an executor the chunks define what a sum is; without one the machine's own ranges do.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from typing import Any

import numpy as np

from autograd.differentiation.nodes import node
from autograd.differentiation.structure import NUMBER, put_together
from autograd.generated.kernels import NAMES
from autograd.jit.by_parameters import differentiate_rows, toward
from autograd.jit.calls import bypassed, check, gradient_wanted, known
from autograd.jit.chunks import Computed, Part, Task, chunk_of, computed, packed, source
from autograd.jit.errors import JitError
from autograd.jit.recording.arguments import batch
from autograd.jit.recording.arrays import Lists
from autograd.jit.recording.given_rows import as_given, compare_rows
from autograd.jit.recording.nesting import as_columns, same_nesting
from autograd.modes import no_grad
from autograd.node import data_of
from autograd.reductions import sum as sum_of
from autograd.value import Value

MOST_CHUNKS = 64  # that rows are cut into, unless these are too large
LEAST_ROWS = 256  # of a chunk: for fewer, sending takes longer than computing
CHUNK_BYTES = 8 << 20
BYTES_ON_THE_WAY = 256 << 20  # of rows that are sent before answers come; bounds the memory it takes
TASKS_ON_THE_WAY = 4096
_PROGRAM = NAMES.index("program")


def rows_of_a_chunk(n: int, row_bytes: int) -> int:
    """How many rows a chunk has of n rows of that size."""
    return max(1, min(max(-(-n // MOST_CHUNKS), LEAST_ROWS), CHUNK_BYTES // max(1, row_bytes)))


class _InChunks:
    """Rows that are here, or in files: `call` is of the first chunk."""

    def __init__(self, name: str, args: Any, kwargs: Any):
        tables: list[Any] = []
        args = tuple([_with_tables(x, tables) for x in args])
        kwargs = {key: _with_tables(kwargs[key], tables) for key in sorted(kwargs)}
        if not tables:
            raise TypeError(f"{name}: no argument has rows; pass arrays, or a function that gives chunk k")
        self.tables = [table for table, _ in tables]
        self.n = len(self.tables[0])
        for table in self.tables:
            if len(table) != self.n:
                raise ValueError(f"{name}: {len(table)} rows, but an argument before has {self.n}")
        row_bytes = sum(table.nbytes // max(1, len(table)) for table in self.tables)
        self.size = rows_of_a_chunk(self.n, row_bytes)
        self.bytes = self.size * row_bytes
        self.call = batch(name, *_cut(args, kwargs, self.size))

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, self.n, self.size):
            yield [source(table, start, start + self.size) for table in self.tables]

    def described(self, k: int) -> str:
        return f"rows {k * self.size} to {min(self.n, (k + 1) * self.size) - 1}"

    def chunk(self, k: int) -> list[Any]:
        return [np.ascontiguousarray(t[k * self.size : (k + 1) * self.size], dtype=np.float64) for t in self.tables]


class _FromFunction:
    """Rows that a function gives chunk by chunk, which the workers call."""

    n = None
    bytes = 0

    def __init__(self, name: str, owner: Any, make: Callable[[int], Any], kwargs: Any):
        self.make, self.name = make, name
        self.call = chunk_of(make, 0, kwargs, owner, name)

    def __iter__(self) -> Iterator[Any]:
        k = 0
        while True:
            yield self.make, k
            k += 1

    def described(self, k: int) -> str:
        return f"chunk({k})"

    def chunk(self, k: int) -> list[Any]:
        return chunk_of(self.make, k).tables


class _Table:
    """An array of rows among the arguments."""

    def __init__(self, array: Any, came: Any):
        self.array, self.came = array, came

    def cut(self, size: int) -> Any:
        rows: Any = np.asarray(self.array[:size])
        if type(self.came) in (list, Lists):
            rows = rows.view(Lists)
            rows.rows = self.came if type(self.came) is list else self.came.rows
        return rows


def _with_tables(x: Any, tables: list[Any]) -> Any:
    """The argument with a `_Table` for each array or list of rows in it, which are added to `tables`."""
    if type(x) in (tuple, dict):
        if type(x) is dict:
            return {key: _with_tables(item, tables) for key, item in x.items()}
        return tuple([_with_tables(item, tables) for item in x])
    came = x
    if type(x) is list:
        x = np.asarray(x) if _is_even(x) else x
    elif hasattr(x, "to_numpy"):
        x = x.to_numpy()
    if not isinstance(x, np.ndarray) or not x.ndim or np.ma.isMaskedArray(x) or x.dtype.kind not in "fiub":
        return x  # not rows, or such that reading them says what is wrong
    table = _Table(x, came)
    tables.append((x, table))
    return table


def _is_even(rows: list[Any]) -> bool:
    try:
        np.asarray(rows)
    except ValueError:
        return False
    return True


def _cut(args: Any, kwargs: Any, size: int) -> Any:
    def cut(x: Any) -> Any:
        if type(x) is _Table:
            return x.cut(size)
        if type(x) is tuple:
            return tuple([cut(item) for item in x])
        return {key: cut(item) for key, item in x.items()} if type(x) is dict else x

    return tuple([cut(x) for x in args]), {key: cut(x) for key, x in kwargs.items()}


class Work:
    """One batch on an executor.

    Attributes:
        call: of the first chunk. recordings: the paths known so far. parts, alone: what came of each chunk, in order:
            parts of paths, and (row, results) of rows computed here. sizes: rows of each chunk.
    """

    def __init__(self, jitted: Any, owner: Any, name: str, args: Any, kwargs: Any, executor: Any):
        if not callable(getattr(executor, "submit", None)):
            raise TypeError(f"{name}: executor must be a concurrent.futures.Executor, got {type(executor).__name__}")
        if bypassed():
            raise JitError(f"{name}: rows cannot be computed by an executor while another function is recorded")
        self.jitted, self.name, self.executor = jitted, name, executor
        if len(args) == 1 and callable(args[0]) and not hasattr(args[0], "dtype"):
            self.data: Any = _FromFunction(name, owner, args[0], kwargs)
        else:
            self.data = _InChunks(name, (*owner, *args), kwargs)
        self.call: Any = self.data.call  # None where a function gives no rows at all
        self.parts: list[list[Part]] = []
        self.alone: list[list[tuple[int, Any]]] = []
        self.sizes: list[int] = []
        self.recordings: list[Any] = []
        self.entry: Any = None

    @property
    def n(self) -> int:
        return sum(self.sizes)

    def run(self, wanted: str) -> Work:
        """Have all chunks computed."""
        if self.call is None:
            raise ValueError(f"{self.name}: at least one row is needed, and the function gives None for chunk 0")
        if not self.call.n:
            return self
        self.entry = known(self.jitted, self.call)
        if self.entry is None:
            raise JitError(f"{self.name}: {self.jitted!r} is recorded anew at nearly every call; see its explain()")
        if not self.entry.recordings:
            self._record(self.call.row(0))
        self._take_up()
        waiting: deque[Any] = deque()
        most = max(1, min(TASKS_ON_THE_WAY, BYTES_ON_THE_WAY // max(1, self.data.bytes)))
        if self.data.n is None:
            most = MOST_CHUNKS  # those behind the last chunk are for nothing
        more = True
        try:
            for k, tables in enumerate(self.data):
                waiting.append((k, tables, len(self.recordings), self._submit(k, tables, wanted, whole=not k)))
                if len(waiting) >= most:
                    more = self._finish(wanted, *waiting.popleft())
                if not more:
                    break
            while more and waiting:
                more = self._finish(wanted, *waiting.popleft())
            for *_, future in waiting:  # of chunks that are not there: a cluster closed meanwhile would complain
                future.exception()
        except BaseException:
            for *_, future in waiting:
                future.cancel()
            raise
        self._note_calls()
        return self

    def _record(self, numbers: list[Any]) -> None:
        if self.jitted.recorded(self.entry, self.call, numbers) is None:
            raise JitError(f"{self.name}: another thread is recording; call again when it has ended")
        if any(all(mine is not theirs for theirs in self.entry.recordings) for mine in self.recordings):
            raise JitError(
                f"{self.name}: {self.jitted!r} has changed what it reads while its rows were computed; call it again"
            )

    def _take_up(self) -> None:
        """Add paths that have been recorded meanwhile."""
        for recording in self.entry.recordings:
            if not any(recording is other for other in self.recordings):
                if recording.graph.own:
                    raise JitError(
                        f"{self.name}: {self.jitted!r} has operations of your own, which other processes do not know; "
                        "call it without an executor"
                    )
                self.recordings.append(recording)
        self.programs = [packed(recording) for recording in self.recordings]
        self.captured = [np.array([data_of(x) for x in recording.captured]) for recording in self.recordings]

    def _submit(self, k: int, tables: Any, wanted: str, rows: Any = None, whole: bool = False, first: int = 0) -> Any:
        programs = [program if whole else program.known() for program in self.programs[first:]]
        numbers = [data_of(x) if type(x) is Value else x for x in self.call.numbers]
        results = self.recordings[0].results.structure.size
        spans = list(self.call.spans)
        return self.executor.submit(
            computed, Task(programs, self.captured[first:], numbers, spans, results, tables, wanted, rows)
        )

    def _finish(self, wanted: str, k: int, tables: Any, tried: int, future: Any) -> bool:
        """Take what came of a chunk whose rows were tried on so many paths, in order; False behind the last one."""
        answer = self._answer(k, future)
        if answer.missing:
            tried = len(self.recordings)
            answer = self._answer(k, self._submit(k, tables, wanted, whole=True))
        if answer.n is None:
            return False
        parts, alone, left = answer.parts, answer.alone, answer.left
        while len(left):
            if tried == len(self.recordings) and not self._knows_path_of(k, int(left[0])):
                alone += left.tolist()
                break
            first, tried = tried, len(self.recordings)
            more = self._answer(k, self._submit(k, tables, wanted, left, True, first))
            for part in more.parts:
                part.path += first
            parts, alone = parts + more.parts, alone + more.alone
            if len(more.left) == len(left):  # a comparison so close that the machine's rounding decides it otherwise
                alone, left = [*alone, int(left[0])], left[1:]
            else:
                left = more.left
        self.sizes.append(answer.n)
        self.parts.append(parts)
        self.alone.append([(row, self.jitted.eager_results(self.call.on(self._numbers(k, row)))) for row in alone])
        return True

    def _knows_path_of(self, k: int, row: int) -> bool:
        """Record the path of a row that takes none of the known ones; False where there are too many."""
        entry = self.entry
        entry.misses += 1
        if not self.jitted.economy.allows_path(self.jitted, entry):
            return False
        self._record(self._numbers(k, row))
        self._take_up()
        return True

    def _numbers(self, k: int, row: int) -> list[Any]:
        """The numbers of a row of chunk k."""
        numbers = self.call.numbers[:]
        for table, start, width in zip(self.data.chunk(k), self.call.spans[::2], self.call.spans[1::2], strict=True):
            numbers[start : start + width] = table[row].ravel().tolist()
        return numbers

    def _note_calls(self) -> None:
        """Count the rows, and run the function beside its recording for one of the first chunk when it is due."""
        entry, call = self.entry, self.call
        entry.calls += self.n
        entry.hits += self.n
        if not call.given[3]:
            for part in self.parts[0]:
                compare_rows(self.jitted, entry, self.recordings[part.path], call, part.rows)
        if entry.calls >= entry.due:
            row = entry.calls * 7919 % call.n
            check(self.jitted, entry, call, call.row(row), as_given(call, row))

    def _answer(self, k: int, future: Any) -> Computed:
        try:
            return future.result()
        except (BrokenExecutor, CancelledError) as error:
            raise RuntimeError(
                f"{self.name}: a worker died or was stopped while it computed {self.data.described(k)} "
                f"({type(error).__name__}: {error}); nothing of this batch is kept: call again with an executor that "
                "works, and if it dies again, with smaller chunks or more memory"
            ) from error
        except Exception as error:
            error.add_note(f"{self.name}: in {self.data.described(k)}, computed by {type(self.executor).__name__}")
            raise

    # ---- what came of it

    def results(self, wanted: str) -> Any:
        """The nesting of the results; ValueError where rows differ."""
        used = {part.path for parts in self.parts for part in parts}
        found = [self.recordings[k].results for k in sorted(used)] + [r for rows in self.alone for _, r in rows]
        return same_nesting(wanted, [results.structure for results in found])

    def added_up(self, scale: float) -> Any:
        """The sums over all rows times a number, as nodes."""
        structure = self.results(self.name)
        operands, index = self._operands()
        totals = [0.0] * structure.size
        gradients = {}
        for part in [part for parts in self.parts for part in parts]:
            for k in range(structure.size):
                totals[k] += part.sums[k]
            for k, gradient in part.gradients.items():
                if k not in gradients:
                    gradients[k] = np.zeros(len(operands))
                _add(gradients[k], index[part.path], gradient)
        alone = [results.leaves for rows in self.alone for _, results in rows]
        found = []
        for k, total in enumerate(totals):
            x: Any = total
            if k in gradients:
                x = node(_PROGRAM, total, operands, gradients[k].tolist())
            x = sum_of([x, *(leaves[k] for leaves in alone)]) if alone else x
            x = x * scale if scale != 1.0 else x
            found.append(x if type(x) is Value else Value(x))
        return put_together(structure, found)

    def _operands(self) -> tuple[tuple[Any, ...], list[Any]]:
        """The Values that the results depend on, and for each path where its own are among them."""
        place: dict[int, int] = {}
        operands: list[Any] = []
        index = []
        for path in range(len(self.recordings)):
            own = self.operands_of(path)
            for x in own:
                if id(x) not in place:
                    place[id(x)] = len(operands)
                    operands.append(x)
            index.append(np.array([place[id(x)] for x in own], dtype=np.int64))
        return tuple(operands), index

    def operands_of(self, path: int) -> list[Any]:
        """The Values that the results of this path can depend on."""
        recording = self.recordings[path]
        return [*recording.captured, *(self.call.numbers[k] for k in recording.active)]

    def by_row(self, width: int) -> Any:
        """The numbers of all rows, (rows, width); those computed here are left open."""
        numbers = np.zeros((self.n, width))
        start = 0
        for size, parts in zip(self.sizes, self.parts, strict=True):
            for part in parts:
                here = slice(start, start + size) if part.rows is None else start + part.rows
                numbers[here] = part.values[:, :width]
            start += size
        return numbers

    def alone_by_row(self) -> list[tuple[int, Any]]:
        """The rows computed here, counted over all chunks, and their results."""
        starts = np.cumsum([0, *self.sizes]).tolist()
        found = zip(starts, self.alone, strict=False)
        return [(start + row, results) for start, rows in found for row, results in rows]

    def values(self) -> tuple[Any, Any]:
        """The nesting of the results, and the numbers of each row, (rows, numbers)."""
        structure = self.results(self.name)
        numbers = self.by_row(structure.size)
        with no_grad():
            for row, results in self.alone_by_row():
                numbers[row] = [data_of(x) for x in results.leaves]
        return structure, numbers


def _add(total: Any, index: Any, shares: Any) -> None:
    """Add shares to the places of the index, which as a rule are all places in order."""
    if len(index) == len(total) and index[-1] == len(total) - 1 and (np.diff(index) == 1).all():
        total += shares
    else:
        np.add.at(total, index, shares)


def reduced(jitted: Any, owner: Any, name: str, args: Any, kwargs: Any, executor: Any) -> Any:
    """The sum or the mean over the rows, as nodes; None where there are no rows."""
    work = Work(jitted, owner, name, args, kwargs, executor).run("gradients" if gradient_wanted() else "sums")
    return work.added_up(1.0 / work.n if name == "mean" else 1.0) if work.n else None


def mapped(jitted: Any, owner: Any, args: Any, kwargs: Any, executor: Any) -> Any:
    """The results of the rows as arrays; None where there are no rows."""
    work = Work(jitted, owner, "map", args, kwargs, executor).run("values")
    if not work.n:
        return None
    structure, numbers = work.values()
    return as_columns(structure, [np.ascontiguousarray(column) for column in numbers.T])


def mean_and_values(jitted: Any, executor: Any, *args: Any) -> Any:
    """As `batches.mean_and_values`."""
    work = Work(jitted, (), "mean", args, {}, executor).run("both" if gradient_wanted() else "values")
    if not work.n:
        raise ValueError("mean: at least one row is needed")
    return work.added_up(1.0 / work.n)[0], work.values()[1]


def gradients_by_row(jitted: Any, owner: Any, parameters: list[Any], args: Any, kwargs: Any, executor: Any) -> Any:
    """As `Jitted.gradients_by_row`; None where there are no rows."""
    work = Work(jitted, owner, "gradients_by_row", args, kwargs, executor).run("rows")
    if not work.n:
        return None
    outputs = work.results("gradients_by_row")
    found = np.zeros((work.n, outputs.size, len(parameters)))
    start = 0
    for size, parts in zip(work.sizes, work.parts, strict=True):
        for part in parts:
            operands = work.operands_of(part.path)
            partials = part.values[:, : outputs.size * len(operands)]
            partials = partials.reshape(len(partials), outputs.size, len(operands))
            found[slice(start, start + size) if part.rows is None else start + part.rows] = toward(
                parameters, operands, partials
            )
        start += size
    differentiate_rows(found, work.alone_by_row(), parameters)
    return found[:, 0] if outputs is NUMBER else found
