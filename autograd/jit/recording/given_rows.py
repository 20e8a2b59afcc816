"""A row as it was given: with the ints, bools and classes that it has in a loop over the rows.

A recording reads whole numbers anew for each row by stand-ins, see indices.py. What is computed as it is, and what a
recording is verified by, gets the row itself; its floats are Values there as in the recording.
"""

from __future__ import annotations

from typing import Any

from autograd import hooks
from autograd.differentiation.structure import NUMBER, Structure, structure_of
from autograd.jit.recording.arguments import Arguments, Call, Rows
from autograd.jit.recording.arrays import Lists, ndarray
from autograd.jit.recording.recordings import single_machine
from autograd.jit.recording.verifying import verify


def of_row(call: Call, r: int) -> Call:
    """The call of row r alone, as it was given or equal to that."""
    if call.given is None or call.given[3]:
        return call.on(call.row(r))
    return as_given(call, r)


def as_given(call: Call, r: int) -> Call:
    """The call of row r alone, as it was given."""
    args, kwargs, kinds, _ = call.given
    reader = RowAsGiven(r, kinds)
    reader.n = call.n
    return Call(reader, reader.all(args, kwargs))


def compare_rows(jitted: Any, entry: Any, recording: Any, call: Call, rows: Any) -> None:
    """Verify a recording by rows as they were given whose whole numbers are unlike those that have been compared."""
    if not jitted.settings.verify:
        return
    for r in unlike_rows(recording.compared, call, rows):
        numbers = call.row(r)
        values = values_of(recording, numbers)
        if values is not None:
            hooks.catch_up_once()
            verify(jitted, entry, recording, call, numbers, values, as_given(call, r))


def values_of(recording: Any, numbers: list[Any]) -> Any:
    """What the recording gives for these numbers, None where they take another path."""
    machine = single_machine(recording)
    room = machine.evaluate(recording.captured, numbers)
    return None if room is None else machine.values(room)


def unlike_rows(compared: set[Any], call: Call, rows: Any) -> list[int]:
    """Rows with whole numbers unlike those of the rows before: of ints the least and the largest, of bools each.

    Arguments:
        compared: what has been found so far; added to. rows: among which rows, an array, or None for all.
    """
    found = []
    for k, kind in enumerate(call.given[2]):
        table = call.tables[k] if rows is None else call.tables[k][rows]
        bools = kind == "bools"
        if kind == "floats" or not table.size or ((k, True) in compared and (not bools or (k, False) in compared)):
            continue
        for place in (table.argmin(), table.argmax()):
            key = k, bool(table.flat[place]) or not bools
            if key not in compared or not bools:
                r = int(place) * len(table) // table.size
                found.append(r if rows is None else int(rows[r]))
            compared.add(key)
    return sorted(set(found))


class RowAsGiven(Rows):
    """Reads of a batch's arguments what one row is.

    Arguments:
        r: which row. kinds: of each table, as `Rows` has found them.
    """

    def __init__(self, r: int, kinds: list[str]):
        super().__init__("")
        self.r, self.rest = r, iter(kinds)
        self.of_python = False

    def item(self, x: Any, name: str, depth: int) -> Structure:
        self.of_python = hasattr(x, "to_numpy")  # whose items are numbers of Python's, not NumPy's
        return super().item(x, name, depth)

    def table(self, source: Any, name: str) -> Structure:
        kind = next(self.rest)
        row = source[self.r]
        if type(source) is Lists:
            row = row.tolist() if source.rows is None else source.rows[self.r]
        elif self.of_python and not row.ndim:
            row = row.item()
        reader: Any = Numbers(kind) if kind in ("floats", "mixed") else Whole()
        reader.leaves, reader.values, reader.objects = self.leaves, self.values, self.objects
        return structure_of(reader, row, name, 0)


class Numbers(Arguments):
    """Reads a row whose whole numbers are floats for the recording, since others in their place are."""

    def __init__(self, kind: str):
        super().__init__()
        self.bools = kind == "mixed"

    def other(self, x: Any, name: str) -> Structure:
        if self.bools and type(x) is bool:
            return Structure("constant", keys=(x,))
        if type(x) is ndarray and x.ndim:
            return super().other(x.astype(float), name)
        self.leaves.append(float(x))
        return NUMBER


class Whole(Arguments):
    """Reads a row of whole numbers, which stay what they are; an array is copied, as the function may write to it."""

    def other(self, x: Any, name: str) -> Structure:
        if type(x) is ndarray and x.ndim:
            return Structure("constant", keys=(x.copy(),))
        return super().other(x, name)
