# cython: annotation_typing=False
# pyright: reportMissingImports=false
"""A recorded function over the rows of a batch: every row by the path it takes, all paths added up.

Rows are computed in tiles. Where a row of a tile takes another path, the tile's other rows are done again without it;
the rows that are left go to the next recording, and when none fits the first of them makes a new one.
Compiled by Cython where possible (types: batches.pxd).
"""

import numpy as np

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.fallback import eager_map, eager_reduced, eager_row, numbers_in
from autograd.jit.machine import finite
from autograd.modes import no_grad
from autograd.reductions import sum as sum_of

if cython.compiled:
    from cython.cimports.autograd.jit.arguments import batch
    from cython.cimports.autograd.jit.calls import as_nodes, bypassed, gradient_wanted, known, operands_of
    from cython.cimports.autograd.jit.evaluation import Evaluation
    from cython.cimports.autograd.jit.recordings import machine_of
    from cython.cimports.autograd.value import Value
else:
    from autograd.jit.arguments import batch
    from autograd.jit.calls import as_nodes, bypassed, gradient_wanted, known, operands_of
    from autograd.jit.evaluation import Evaluation
    from autograd.jit.recordings import machine_of
    from autograd.value import Value

from autograd.jit.calls import MOST_PATHS

NONE_LEFT = np.zeros(0, dtype=np.int64)
"""Rows are an int64 array of their places, or None for all."""


def reduced(jitted, name, args, kwargs):
    """The sum or mean over the rows, as Values."""
    call = batch(name, args, kwargs)
    if not call.n:
        if name == "mean":
            raise ValueError("mean: at least one row is needed, got none")
        return Value(0.0)
    if bypassed():
        return eager_reduced(jitted.f, name, call)
    run = Batch(jitted, call, 1.0 / call.n if name == "mean" else 1.0, gradient_wanted())
    run.all_rows(None)
    parts = [run.finished(recording, rows, out) for recording, rows, out in run.done]
    parts += [times(run.eager(row), run.seed) for row in run.alone]
    return parts[0] if len(parts) == 1 else added(parts)


def mapped(jitted, args, kwargs):
    """The results of the rows as arrays."""
    call = batch("map", args, kwargs)
    if not call.n:
        return np.zeros(0)
    if bypassed():
        return eager_map(jitted.f, call)
    run = Batch(jitted, call, 1.0, False)
    values = []
    run.all_rows(values)
    if len(values) == 1 and not run.alone and values[0][1] is None:
        return as_arrays(values[0][0].results.make(list(values[0][2].T)), call.n)
    rows = [None] * call.n
    for recording, chosen, numbers in values:
        for k, row in enumerate(range(len(numbers)) if chosen is None else chosen.tolist()):
            rows[row] = recording.results.make(numbers[k].tolist())
    with no_grad():
        for row in run.alone:
            rows[row] = numbers_in(run.eager(row))
    return np.array(rows)


def mean_and_values(jitted, *args):
    """For a function that returns a list: the mean of its first item over the rows, and all items as (rows, items)."""
    call = batch("mean", args, {})
    if not call.n or bypassed():
        raise ValueError("mean: at least one row is needed, outside of transforms")
    run = Batch(jitted, call, 1.0 / call.n, gradient_wanted())
    values = []
    run.all_rows(values)
    parts = [run.finished(recording, rows, out)[0] for recording, rows, out in run.done]
    found = np.empty((call.n, len(values[0][2].T) if values else len(run.eager(0))))
    for _, rows, numbers in values:
        found[slice(None) if rows is None else rows] = numbers
    for row in run.alone:
        result = run.eager(row)
        parts.append(result[0] * run.seed)
        found[row] = numbers_in(result)
    return parts[0] if len(parts) == 1 else sum_of(parts), found


def as_arrays(made, n):
    """Columns in the nesting of the function's result; those of a list side by side in one array."""
    if isinstance(made, (list, tuple)) and made and all([isinstance(x, (np.ndarray, float, int)) for x in made]):
        return np.stack([np.broadcast_to(x, (n,)) for x in made], axis=1)
    if isinstance(made, np.ndarray) and made.dtype == object:
        return np.stack([as_arrays(x, n) for x in made], axis=1)
    if isinstance(made, np.ndarray):
        return made.copy()
    if isinstance(made, (float, int)):
        return np.full(n, float(made))
    if isinstance(made, dict):
        return {key: as_arrays(x, n) for key, x in made.items()}
    if isinstance(made, (list, tuple)):
        return like(made, [as_arrays(x, n) for x in made])
    return made


def like(result, items):
    """The items in a list, tuple or named tuple, as the result's are."""
    return type(result)(*items) if hasattr(result, "_fields") else type(result)(items)


class Batch:
    """One run over rows.

    Attributes:
        seed: what each row's result is multiplied by. done: (recording, rows, what the machine gave).
        gradient: whether somebody may want derivatives. alone: rows that are to be computed eagerly.
    """

    __slots__ = ("alone", "call", "done", "entry", "gradient", "jitted", "seed")

    def __init__(self, jitted, call, seed, gradient):
        self.jitted = jitted
        self.call = call
        self.seed = seed
        self.gradient = gradient
        self.done = []
        self.alone = []
        self.entry = known(jitted, call)

    def all_rows(self, values):
        """Compute every row; with `values` append (recording, rows, array of numbers) there."""
        left = None
        for recording in self.entry.recordings:
            left = self.by_path(recording, left, values)
            if left is NONE_LEFT:
                return
        while left is not NONE_LEFT:
            left = self.by_new_path(left, values)

    def by_new_path(self, left, values):
        """Record the path of the first of the rows and compute those that take it; the others are returned."""
        entry, n = self.entry, self.call.n
        first = 0 if left is None else int(left[0])
        if len(entry.recordings) >= MOST_PATHS:
            self.alone += range(n) if left is None else left.tolist()
            return NONE_LEFT
        before = entry.recordings[:]
        recording = self.jitted.recorded(entry, self.call, self.call.row(first))
        if entry.recordings[:-1] != before:  # the function had built something: what was done is void
            self.done.clear()
            self.alone.clear()
            left = None
            if values is not None:
                values.clear()
        rest = self.by_path(recording, left, values)
        if rest is not NONE_LEFT and (rest is None or rest[0] == first):
            # a comparison so close that the machine's rounding decides it otherwise
            self.alone.append(first)
            rest = some(np.arange(1, n) if rest is None else rest[1:])
        return rest

    def by_path(self, recording, rows, values):
        """Compute those of the rows that take the recorded path; the others are returned."""
        machine = machine_of(recording, self.call)
        n = self.call.n if rows is None else len(rows)
        state = bytearray(n) if machine.program.guarded else None
        found = None if values is None else np.empty((n, len(machine.program.roots)))
        out = self.run(machine, recording, rows, n, found, state)
        if out is None:
            return rows
        if state is None or state.count(0) == n:
            self.keep(recording, rows, out, found, values)
            return NONE_LEFT
        states = np.frombuffer(state, dtype=np.uint8)
        rows = np.arange(n, dtype=np.int64) if rows is None else rows
        if (states == 0).any():
            self.keep(recording, rows[states == 0], out, None if found is None else found[states == 0], values)
        again, left = rows[states == 2], rows[states == 1]
        if len(again):
            state = bytearray(len(again))
            found = None if values is None else np.empty((len(again), len(machine.program.roots)))
            out = self.run(machine, recording, again, len(again), found, state)
            states = np.frombuffer(state, dtype=np.uint8)
            self.keep(recording, again[states == 0], out, None if found is None else found[states == 0], values)
            self.alone += again[states != 0].tolist()
        return some(left)

    def run(self, machine, recording, rows, n, found, state):
        """The machine's answer for these rows: with partials where there is one result that they can be wanted of."""
        call = self.call
        weights = None
        if self.gradient and operands_exist(recording):
            weights = weights_of_one(machine.program.roots, self.seed)
        return machine.run_rows(recording.captured, call.numbers, call.tables, rows, n, weights, found, state)

    def finished(self, recording, rows, out):
        """The results of the rows of one path, in the nesting that the function returned them in."""
        room, sums, partials = out
        values = [x / self.call.n for x in sums] if self.seed != 1.0 else sums
        if not self.gradient or not operands_exist(recording):
            return recording.results.make([Value(x) for x in values])
        arguments = self.call.with_numbers([])
        operands = operands_of(recording, arguments)
        machine = machine_of(recording, self.call)
        evaluation = Evaluation(recording, machine, room, arguments, operands).over(rows, sums, self.seed)
        if partials is not None and finite(partials, len(operands)):
            evaluation.units[only_active(machine.program.roots)] = partials
        return recording.results.make(as_nodes(evaluation, values))

    def keep(self, recording, rows, out, found, values):
        self.done.append((recording, rows, out))
        if values is not None:
            values.append((recording, rows, found))
        return 0

    def eager(self, row):
        """What the function gives for one row, computed as it is."""
        return eager_row(self.jitted.f, self.call, row)


def operands_exist(recording):
    """Whether there are Values that results can depend on."""
    return bool(recording.captured or recording.active)


def only_active(roots):
    """The place of the only result that derivatives depend on, -1 where there is none or more than one."""
    active = [k for k in range(len(roots)) if roots[k][2]]
    return active[0] if len(active) == 1 else -1


def weights_of_one(roots, seed):
    """What the derivative of the only such result starts with; None where several are better asked for when wanted."""
    place = only_active(roots)
    return [seed if k == place else None for k in range(len(roots))] if place >= 0 else None


def some(rows):
    return rows if len(rows) else NONE_LEFT


def times(result, factor):
    """A nested result with every number multiplied."""
    if isinstance(result, (list, tuple)):
        return like(result, [times(x, factor) for x in result])
    if isinstance(result, dict):
        return {key: times(x, factor) for key, x in result.items()}
    return result * factor if isinstance(result, (Value, float, int)) else result


def added(parts):
    """The sum of nested results, in the same nesting."""
    first = parts[0]
    if isinstance(first, (list, tuple)):
        if any([len(part) != len(first) for part in parts]):
            raise ValueError("jit: the rows returned different numbers of results, so they cannot be added up")
        return like(first, [added(list(items)) for items in zip(*parts, strict=True)])
    if isinstance(first, dict):
        return {key: added([part[key] for part in parts]) for key in first}
    return sum_of(parts) if isinstance(first, (Value, float, int)) else first
