"""A recorded function over the rows of a batch: every row by the path it takes, all paths added up.

Rows are computed in tiles. Where a row of a tile takes another path, the tile's other rows are done again without it;
the rows that are left go to the next recording, and when none fits the first of them makes a new one.
"""

from __future__ import annotations

from typing import Any

from autograd.jit.arguments import Call, batch
from autograd.jit.fallback import eager_row, numbers_in
from autograd.jit.function import MOST_PATHS, Jitted, bypassed, finished
from autograd.modes import modes, no_grad
from autograd.reductions import sum as sum_of
from autograd.value import Value


def reduced(jitted: Jitted, name: str, call: Call, args: Any, kwargs: Any) -> Any:
    """The sum or mean over the rows, as Values."""
    run = _Batch(jitted, call, args, kwargs, 1.0 / call.n if name == "mean" else 1.0, not modes.gradless)  # type: ignore[operator]
    run.all_rows(None)
    parts = [
        finished(recording, run.scaled(out), call, run.active, rows, run.seed) for recording, rows, out in run.done
    ]
    parts += [_mapped(run.eager(row), lambda x: x * run.seed) for row in run.alone]
    return parts[0] if len(parts) == 1 else _added(parts)


def mapped(jitted: Jitted, call: Call, args: Any, kwargs: Any) -> Any:
    """The results of the rows as arrays."""
    import numpy as np

    run = _Batch(jitted, call, args, kwargs, 1.0, False)
    values: list[Any] = []
    run.all_rows(values)
    if len(values) == 1 and not run.alone and values[0][1] is None:
        return as_arrays(run.done[0][0].results.make(list(values[0][2].T)), call.n)
    rows: list[Any] = [None] * call.n  # type: ignore[operator]
    for recording, chosen, numbers in values:
        for k, row in enumerate(range(len(numbers)) if chosen is None else chosen.tolist()):
            rows[row] = recording.results.make(numbers[k].tolist())
    with no_grad():
        for row in run.alone:
            rows[row] = numbers_in(run.eager(row))
    return np.array(rows)


def mean_and_values(jitted: Jitted, *args: Any) -> tuple[Any, Any]:
    """For a function that returns a list: the mean of its first item over the rows, and all items as (rows, items)."""
    import numpy as np

    call = batch("mean", args, {})
    if not call.n or bypassed():
        raise ValueError("mean: at least one row is needed, outside of transforms")
    run = _Batch(jitted, call, args, {}, 1.0 / call.n, not modes.gradless)
    values: list[Any] = []
    run.all_rows(values)
    parts = [
        finished(recording, run.scaled(out), call, run.active, rows, run.seed)[0] for recording, rows, out in run.done
    ]
    found = np.empty((call.n, len(values[0][2].T) if values else len(run.eager(0))))
    for _, rows, numbers in values:
        found[slice(None) if rows is None else rows] = numbers
    for row in run.alone:
        result = run.eager(row)
        parts.append(result[0] * run.seed)
        found[row] = numbers_in(result)
    return parts[0] if len(parts) == 1 else sum_of(parts), found


def as_arrays(made: Any, n: int | None) -> Any:
    """Columns in the nesting of the function's result; those of a list side by side in one array."""
    import numpy as np

    if isinstance(made, (list, tuple)) and made and all(isinstance(x, (np.ndarray, float, int)) for x in made):
        return np.stack([np.broadcast_to(x, (n,)) for x in made], axis=1)  # type: ignore[call-overload]
    if isinstance(made, np.ndarray) and made.dtype == object:
        return np.stack([as_arrays(x, n) for x in made], axis=1)
    if isinstance(made, np.ndarray):
        return made.copy()
    if isinstance(made, (float, int)):
        return np.full(n, float(made))  # type: ignore[arg-type]
    if isinstance(made, dict):
        return {key: as_arrays(x, n) for key, x in made.items()}
    if isinstance(made, (list, tuple)):
        return type(made)(as_arrays(x, n) for x in made)
    return made


class _Batch:
    """One run over rows.

    Attributes:
        done: (recording, rows or None for all, (sums, partials)). alone: rows that are to be computed eagerly.
    """

    def __init__(self, jitted: Jitted, call: Call, args: Any, kwargs: Any, seed: float, gradient: bool):
        self.jitted, self.call, self.args, self.kwargs = jitted, call, args, kwargs
        self.seed, self.gradient = seed, gradient
        self.active = tuple([place for place, x in enumerate(call.numbers) if type(x) is Value])
        self.spans = tuple(call.spans)
        self.done: list[Any] = []
        self.alone: list[int] = []
        self.entry = jitted._entry(call, args, kwargs)

    def all_rows(self, values: list[Any] | None) -> None:
        """Compute every row; with `values` append (recording, rows, array of numbers) there."""
        import numpy as np

        left: Any = None
        for recording in self.entry.recordings:
            left = self.by_path(recording, left, values)
            if left is not None and not len(left):
                return
        while left is None or len(left):
            first = 0 if left is None else int(left[0])
            if len(self.entry.recordings) >= MOST_PATHS:
                self.alone += range(self.call.n) if left is None else left.tolist()  # type: ignore[arg-type]
                return
            numbers = self.call.row(first)
            before = self.entry.recordings[:]
            recording = self.jitted._recorded(self.entry, self.call, numbers, self.args, self.kwargs)
            if self.entry.recordings[:-1] != before:  # the function had built something: what was done is void
                self.done.clear()
                self.alone.clear()
                left = None
                if values is not None:
                    values.clear()
            rest = self.by_path(recording, left, values)
            if rest is None or (len(rest) and rest[0] == first):
                # a comparison so close that the machine's rounding decides it otherwise
                self.alone.append(first)
                rest = np.arange(1, self.call.n) if rest is None else rest[1:]
            left = rest

    def by_path(self, recording: Any, rows: Any, values: list[Any] | None) -> Any:
        """Compute those rows that take the recorded path; the others are returned, None for all rows."""
        import numpy as np

        machine = self.entry.machine(recording, self.active, self.spans)
        n = self.call.n if rows is None else len(rows)
        guarded = machine.program.guarded
        state = np.zeros(n, dtype=np.uint8) if guarded else None
        found = np.empty((n, len(machine.program.roots))) if values is not None else None
        out = self.run(machine, recording, rows, n, found, state)
        if out is None:
            return rows
        if state is None or not state.any():
            self.keep(recording, rows, out, found, values)
            return np.zeros(0, dtype=np.int64)
        rows = np.arange(n, dtype=np.int64) if rows is None else rows
        if (state == 0).any():
            self.keep(recording, rows[state == 0], out, None if found is None else found[state == 0], values)
        again, left = rows[state == 2], rows[state == 1]
        if len(again):
            state = np.zeros(len(again), dtype=np.uint8)
            found = np.empty((len(again), len(machine.program.roots))) if values is not None else None
            out = self.run(machine, recording, again, len(again), found, state)
            self.keep(recording, again[state == 0], out, None if found is None else found[state == 0], values)
            self.alone += again[state != 0].tolist()
        return left

    def run(self, machine: Any, recording: Any, rows: Any, n: int, found: Any, state: Any) -> Any:
        captured = tuple(recording.graph.captured)
        return machine.run_rows(
            captured, self.call.numbers, self.call.tables, rows, n, self.seed, self.gradient, found, state
        )  # fmt: skip

    def keep(self, recording: Any, rows: Any, out: Any, found: Any, values: list[Any] | None) -> None:
        self.done.append((recording, rows, out))
        if values is not None:
            values.append((recording, rows, found))

    def scaled(self, out: Any) -> Any:
        sums, partials = out
        if self.seed == 1.0:
            return out
        return [x / self.call.n for x in sums], partials

    def eager(self, row: int) -> Any:
        """What the function gives for one row, computed as it is."""
        return eager_row(self.jitted.f, self.call, len(self.args), sorted(self.kwargs), row)


def _mapped(result: Any, f: Any) -> Any:
    if isinstance(result, (list, tuple)):
        return type(result)(_mapped(x, f) for x in result)
    if isinstance(result, dict):
        return {key: _mapped(x, f) for key, x in result.items()}
    return f(result) if isinstance(result, (Value, float, int)) else result


def _added(parts: list[Any]) -> Any:
    first = parts[0]
    if isinstance(first, (list, tuple)):
        if any(len(part) != len(first) for part in parts):
            raise ValueError("jit: the rows returned different numbers of results, so they cannot be added up")
        return type(first)(_added(list(items)) for items in zip(*parts, strict=True))
    if isinstance(first, dict):
        return {key: _added([part[key] for part in parts]) for key in first}
    return sum_of(parts) if isinstance(first, (Value, float, int)) else first
