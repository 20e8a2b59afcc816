"""A recorded function over the rows of a batch: every row by the path it takes, all paths added up.

Rows are computed in tiles. Where a row of a tile takes another path, the tile's other rows are done again without it;
the rows that are left go to the next recording, and when none fits the first of them makes a new one.
Compiled by Cython where possible (types: batches.pxd).
"""

from typing import Any

import numpy as np

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.differentiation.structure import NUMBER, put_together
from autograd.jit.fallback import eager_map, eager_reduced, nesting_of_no_rows
from autograd.jit.machine import finite
from autograd.jit.recording.given_rows import as_given, compare_rows, of_row
from autograd.jit.recording.nesting import as_columns, rectangle, same_nesting
from autograd.modes import no_grad
from autograd.reductions import sum as sum_of

if cython.compiled:
    from cython.cimports.autograd.jit.calls import as_nodes, bypassed, check, gradient_wanted, known, operands_of
    from cython.cimports.autograd.jit.evaluation import Evaluation
    from cython.cimports.autograd.jit.recording.arguments import arrays_of, batch
    from cython.cimports.autograd.jit.recording.recordings import machine_of
    from cython.cimports.autograd.node import data_of
    from cython.cimports.autograd.value import Value
else:
    from autograd.jit.calls import as_nodes, bypassed, check, gradient_wanted, known, operands_of
    from autograd.jit.evaluation import Evaluation
    from autograd.jit.recording.arguments import arrays_of, batch
    from autograd.jit.recording.recordings import machine_of
    from autograd.node import data_of
    from autograd.value import Value

NONE_LEFT = np.zeros(0, dtype=np.int64)
"""Rows are an int64 array of their places, or None for all."""


def call_of(jitted, name, args, kwargs):
    """The arguments taken apart, of arrays alone by what the call before had in common with this one."""
    common = jitted.common
    call = None if common is None or kwargs else common.again(args)
    if call is None:
        call = batch(name, args, kwargs)
        jitted.common = None if kwargs else arrays_of(call, args)
    return call


def reduced(jitted, name, args, kwargs):
    """The sum or mean over the rows, as Values."""
    call = call_of(jitted, name, args, kwargs)
    if not call.n:
        if name == "mean":
            raise ValueError("mean: at least one row is needed, got none")
        structure = nesting_without_rows(jitted, name, call, None)
        return put_together(structure, [Value(0.0) for _ in range(structure.size)])
    if bypassed():
        return eager_reduced(jitted.eager_results, name, call)
    run = BatchRun(jitted, call, 1.0 / call.n if name == "mean" else 1.0, gradient_wanted())
    run.all_rows(None)
    return run.added_up(name)


def mapped(jitted, args, kwargs):
    """The results of the rows as arrays."""
    call = call_of(jitted, "map", args, kwargs)
    if not call.n:
        return columns_without_rows(jitted, call, None)
    if bypassed():
        return eager_map(jitted.eager_results, call)
    run = BatchRun(jitted, call, 1.0, False)
    values = []
    run.all_rows(values)
    return run.columns(values)


def mean_and_values(jitted, *args):
    """For a function that returns a list: the mean of its first item over the rows, and all items as (rows, items)."""
    call = batch("mean", args, {})
    if not call.n or bypassed():
        raise ValueError("mean: at least one row is needed, outside of transforms")
    run = BatchRun(jitted, call, 1.0 / call.n, gradient_wanted())
    values = []
    run.all_rows(values)
    mean = run.added_up("mean")[0]
    found = run.in_one_piece(values)
    return mean, run.put_in_order("mean", values)[1].T if found is None else found


def nesting_without_rows(jitted, name, call, eager):
    """What the results look like where there are none; `eager` runs the function on numbers, as in BatchRun."""
    entry = jitted.entries.get(call.key)
    if entry is not None and entry.recordings and eager is None:
        return entry.recordings[0].results.structure
    return nesting_of_no_rows(eager or jitted.eager_results, name, call)


def columns_without_rows(jitted, call, eager):
    """The arrays of results of no rows."""
    structure = nesting_without_rows(jitted, "map", call, eager)
    return as_columns(structure, [np.zeros(0) for _ in range(structure.size)])


class BatchRun:
    """One run over rows.

    Attributes:
        seed: what each row's result is multiplied by. done: (recording, rows, what the machine gave).
        gradient: whether somebody may want derivatives. alone: (row, results) of those computed eagerly.
        view: for a derivative, gives its recording and whether it selects for one of the function's; None for the
            function itself. eager: gives the results of one row's call.
    """

    __slots__ = ("alone", "call", "done", "eager", "entry", "gradient", "jitted", "seed", "view")

    def __init__(self, jitted, call, seed, gradient):
        self.jitted = jitted
        self.call = call
        self.seed = seed
        self.gradient = gradient
        self.done = []
        self.alone = []
        self.view: Any = None
        self.eager: Any = jitted.eager_results
        self.entry = known(jitted, call)

    def all_rows(self, values):
        """Compute every row; with `values` append (recording, rows, array of numbers) there."""
        left, n = None, self.call.n
        entry = self.entry
        if entry is None:
            self.eagerly(range(n))
            return
        entry.calls += n
        k, most = 0, entry.tries()
        for recording in entry.recordings[:most]:
            before = n if left is None else len(left)
            left = self.by_path(recording, left, values)
            entry.hits += before - (n if left is None else len(left))
            if left is NONE_LEFT:
                break
            k += 1
        anew = left is not NONE_LEFT
        while left is not NONE_LEFT:
            left = self.by_new_path(left, values)
        if entry.calls >= entry.due and not anew:
            row = entry.calls * 7919 % n
            check(self.jitted, entry, self.call, self.call.row(row), as_given(self.call, row))

    def by_new_path(self, left, values):
        """Record the path of the first of the rows and compute those that take it; the others are returned."""
        entry, n = self.entry, self.call.n
        first = 0 if left is None else int(left[0])
        entry.misses += 1
        if not self.jitted.economy.allows_path(self.jitted, entry):
            entry.misses += (n if left is None else len(left)) - 1
            self.eagerly(range(n) if left is None else left.tolist())
            return NONE_LEFT
        before = entry.recordings[:]
        recording = self.jitted.recorded(entry, self.call, self.call.row(first))
        if recording is None:  # another thread is recording, and may be waiting for this one
            self.alone += range(n) if left is None else left.tolist()
            return NONE_LEFT
        if entry.recordings[:-1] != before:  # the function had built something: what was done is void
            self.done.clear()
            self.alone.clear()
            left = None
            if values is not None:
                values.clear()
        rest = self.by_path(recording, left, values)
        if rest is not NONE_LEFT and (rest is None or rest[0] == first):
            # a comparison so close that the machine's rounding decides it otherwise
            self.eagerly([first])
            rest = some(np.arange(1, n) if rest is None else rest[1:])
        return rest

    def by_path(self, recording, rows, values):
        """Compute those of the rows that take the recorded path; the others are returned."""
        original = recording
        if self.view is not None:
            recording, _ = self.view(original)
        machine = machine_of(recording, self.call)
        n = self.call.n if rows is None else len(rows)
        state = bytearray(n) if machine.program.guarded else None
        found = None if values is None else np.empty((n, len(machine.program.roots)))
        out = self.run(machine, recording, rows, n, found, state)
        if out is None:
            return rows
        if state is None or state.count(0) == n:
            self.keep(original, recording, rows, out, found, values)
            return NONE_LEFT
        states = np.frombuffer(state, dtype=np.uint8)
        rows = np.arange(n, dtype=np.int64) if rows is None else rows
        if (states == 0).any():
            found = None if found is None else found[states == 0]
            self.keep(original, recording, rows[states == 0], out, found, values)
        again, left = rows[states == 2], rows[states == 1]
        if len(again):
            state = bytearray(len(again))
            found = None if values is None else np.empty((len(again), len(machine.program.roots)))
            out = self.run(machine, recording, again, len(again), found, state)
            states = np.frombuffer(state, dtype=np.uint8)
            if (states == 0).any():
                found = None if found is None else found[states == 0]
                self.keep(original, recording, again[states == 0], out, found, values)
            self.eagerly(again[states != 0].tolist())
        return some(left)

    def run(self, machine, recording, rows, n, found, state):
        """The machine's answer for these rows: with partials where there is one result that they can be wanted of."""
        call = self.call
        weights = None
        if self.gradient and by_the_way_back(recording):
            weights = weights_of_one(machine.program.roots, self.seed)
        return machine.run_rows(recording.captured, call.numbers, call.tables, rows, n, weights, found, state)

    def keep(self, original, recording, rows, out, found, values):
        self.done.append((recording, rows, out))
        if not self.call.given[3]:
            compare_rows(self.jitted, self.entry, original, self.call, rows)
        if values is not None:
            if self.view is not None:
                mend(self.view, original, recording.captured, self.call, rows, found)
            values.append((recording, rows, found))
        return 0

    def eagerly(self, rows):
        """Compute these rows with the function as it is."""
        for row in rows:
            self.alone.append((row, self.eager(of_row(self.call, row))))
        return 0

    # ---- what came of it

    def added_up(self, name):
        """The results of all rows together."""
        parts = [self.finished(recording, rows, out) for recording, rows, out in self.done]
        nestings = [recording.results.structure for recording, _, _ in self.done]
        for _, results in self.alone:
            parts.append([x * self.seed for x in results.leaves])
            nestings.append(results.structure)
        structure = same_nesting(name, nestings)
        numbers = parts[0]
        if len(parts) > 1:
            numbers = [sum_of([part[k] for part in parts]) for k in range(structure.size)]
        return put_together(structure, [x if type(x) is Value else Value(x) for x in numbers])

    def finished(self, recording, rows, out):
        """The results of the rows of one path, Values."""
        room, sums, partials = out
        values = [x / self.call.n for x in sums] if self.seed != 1.0 else sums
        if not self.gradient or not operands_exist(recording):
            return [Value(x) for x in values]
        arguments = self.call.with_numbers([])
        operands = operands_of(recording, arguments)
        machine = machine_of(recording, self.call)
        evaluation = Evaluation(recording, machine, room, arguments, operands).over(rows, sums, self.seed)
        if partials is not None and finite(partials, len(operands)):
            evaluation.units[only_active(machine.program.roots)] = partials
        return as_nodes(evaluation, values)

    def columns(self, values):
        """The results of all rows as arrays."""
        found = self.in_one_piece(values)
        if found is not None:
            structure = values[0][0].results.structure
            shape = rectangle(structure)
            if shape or structure is NUMBER:
                return found.reshape(-1, *shape)
        structure, numbers = self.put_in_order("map", values)
        return as_columns(structure, list(numbers))

    def in_one_piece(self, values):
        """The results as the machine wrote them, (rows, numbers), where all rows took one path; else None."""
        if len(values) != 1 or self.alone:
            return None
        recording, rows, found = values[0]
        return found if rows is None and found.shape[1] == recording.results.structure.size else None

    def put_in_order(self, name, values):
        """The nesting of the results, and for each number of it the numbers of all rows."""
        nestings = [recording.results.structure for recording, _, _ in values]
        nestings += [results.structure for _, results in self.alone]
        structure = same_nesting(name, nestings)
        numbers = np.empty((structure.size, self.call.n))
        for _, rows, found in values:
            numbers[:, slice(None) if rows is None else rows] = found.T[: structure.size]
        with no_grad():
            for row, results in self.alone:
                numbers[:, row] = [data_of(x) for x in results.leaves]
        return structure, numbers


def mend(view, original, captured, call, rows, found):
    """Compute derivatives that are nan once more by way of what was chosen only.

    Arguments:
        view: as in BatchRun. captured: the Values that the recording reads, or their numbers. found: what the machine
            gave for these rows.
    """
    if not view(original)[1]:
        return
    lost = np.isnan(found).any(axis=1)
    if not lost.any():
        return
    recording, _ = view(original, exact=True)
    machine = machine_of(recording, call)
    again = (np.arange(call.n, dtype=np.int64) if rows is None else rows)[lost]
    numbers = np.empty((len(again), len(machine.program.roots)))
    state = bytearray(len(again)) if machine.program.guarded else None
    machine.run_rows(captured, call.numbers, call.tables, again, len(again), None, numbers, state)
    found[lost] = numbers


def operands_exist(recording):
    """Whether there are Values that results can depend on."""
    return bool(recording.captured or recording.active)


def by_the_way_back(recording):
    """Whether the machine's way back gives its derivatives; those of operations of one's own are programs."""
    return operands_exist(recording) and not recording.graph.own


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
