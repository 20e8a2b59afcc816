"""Transforms of recorded functions, as functions: `grad(jit(f))` and the like, in plain floats, at machine speed.

What the machine cannot give is computed in the general way, with the recorded function for a function: where an
argument holds a Value, inside another transform or recording, and where a path is not recorded.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from autograd import hooks
from autograd.differentiation.matrices import hessian, jacobian
from autograd.differentiation.records import holds_more
from autograd.differentiation.running import enclosing
from autograd.differentiation.structure import NUMBER, Structure, taken_apart_by, tuple_of
from autograd.differentiation.transforms import grad, value_and_grad
from autograd.jit.batches import BatchRun, columns_without_rows, nesting_without_rows
from autograd.jit.by_parameters import differentiate_rows, toward
from autograd.jit.calls import check, known
from autograd.jit.recording.arguments import Arguments, Call, Rows
from autograd.jit.recording.arrays import FLOAT64
from autograd.jit.recording.nesting import Results, rebuilt, same_nesting
from autograd.jit.recording.recordings import Recording, single_machine
from autograd.jit.transforming import by_operand, transformed
from autograd.jit.watching.watch import change
from autograd.modes import modes
from autograd.value import Value


class Transformed:
    """A transform of a recorded function; see `jit`.

    Arguments:
        name: of the transform. source: a recorded function or a transform of one. argnums: as for `grad`.
        plain: the transform in the general way, a function of the same arguments.
    """

    def __init__(self, name: str, source: Any, argnums: Any, plain: Callable[..., Any]):
        functools.update_wrapper(self, plain, updated=())
        self.name, self.source, self.argnums, self.plain = name, source, argnums, plain
        self.root, self.owner = source.root, source.owner
        self.readings: dict[Any, Reading] = {}  # by the shape of a single array

    def __repr__(self) -> str:
        return f"{self.name}({self.source!r})"

    def __reduce__(self) -> Any:
        return _TRANSFORMS[self.name], (self.source, self.argnums)

    def recorded_transform(self, name: str, argnums: Any, plain: Callable[..., Any]) -> Transformed:
        return Transformed(name, self, argnums, plain)

    def __call__(self, *args: Any, **options: Any) -> Any:
        """What the transform of the function gives for these arguments, in plain numbers."""
        answer = answered_for_array(self, args, options) or answered(self, args, options)
        return self.plain(*args, **options) if answer is None else answer[0]

    def map(self, *args: Any, **options: Any) -> Any:
        """Arrays with the transform's result for each row; arrays and lists hold one item a row.

        The result's nesting stays: a gradient in the direction of an array of shape S is an array (rows, *S).
        """
        if self.name.startswith("sparse"):
            raise TypeError("map: rows of derivatives are arrays, and sparse=True gives none; leave it out here")
        reading = Reading(Rows("map"), self.owner, args, options, self.chosen(len(args)))
        call = reading.call

        def eager(call: Call) -> Results:
            args, options = rebuilt(call, call.numbers, eager=True)
            return Results(self.plain(*args[len(self.owner) :], **options))

        if not call.n:
            return columns_without_rows(self.root, call, eager)
        run = BatchRun(self.root, call, 1.0, False)
        run.view, run.eager = lambda recording, exact=False: self.of(recording, reading, exact), eager
        values: list[Any] = []
        run.all_rows(values)
        return run.columns(values)

    def explain(self) -> str:
        """What was recorded of the function, and what its derivative's program is; printed and returned."""
        from autograd.jit.explanation import derivative_explained

        text = derivative_explained(self)
        print(text)
        return text

    # ---- which derivative of which recording

    def chosen(self, n: int) -> set[int]:
        """The arguments that are differentiated by, here or in the source."""
        argnums = self.argnums if isinstance(self.argnums, tuple | list) else (self.argnums,)
        inner = self.source.chosen(n) if isinstance(self.source, Transformed) else set()
        return {int(k) % n for k in argnums if -n <= k < n} | inner

    def programs(self, recording: Recording) -> list[Recording]:
        """The recordings of this transform that have been made of the function's so far."""
        of_source = self.source.programs(recording) if isinstance(self.source, Transformed) else [recording]
        return [
            made for one in of_source for (name, *_), (made, _) in one.derivatives.items() if name == self.name
        ]  # fmt: skip

    def of(self, recording: Recording, reading: Reading, exact: bool = False) -> tuple[Recording, bool]:
        """The recording of this transform, made of the function's, and whether it selects."""
        selects = False
        if isinstance(self.source, Transformed):
            recording, selects = self.source.of(recording, reading, exact)
        check_one_number(self.name, recording.results.structure)
        places, argument = reading.directions(self.argnums)
        found, more = transformed(recording, self.name, places, argument, exact)
        return found, selects or more


_TRANSFORMS = {"grad": grad, "value_and_grad": value_and_grad, "jacobian": jacobian, "hessian": hessian}
_TRANSFORMS |= {f"sparse_{f.__name__}": functools.partial(f, sparse=True) for f in (jacobian, hessian)}
_OF_ONE_NUMBER = {"grad", "value_and_grad", "hessian", "sparse_hessian"}


def check_one_number(name: str, structure: Structure) -> None:
    """Raise TypeError where the transform wants a function that returns one number and this one does not.

    A number may be alone in a list, a tuple or an array.
    """
    while structure.size == 1 and structure.kind in (list, tuple):
        (structure,) = structure.all_parts()
    if name in _OF_ONE_NUMBER and structure is not NUMBER and (structure.kind != "array" or structure.size != 1):
        kind = structure.kind if isinstance(structure.kind, str) else structure.kind.__name__
        if kind == "constant":
            raise TypeError(f"{name}: the function must return one number, got {structure.keys[0]!r}")
        raise TypeError(f"{name}: the function must return one number, got {kind}; for several use jacobian")


class Reading:
    """Arguments read for a transform: whole numbers and floats alike where it differentiates, the rest as always.

    Attributes:
        call: the arguments. spans: of each positional argument the places of its numbers, and its structure.
    """

    def __init__(self, reader: Any, owner: tuple[Any, ...], args: Any, options: dict[str, Any], chosen: set[int]):
        parts, self.spans = [reader.item(x, "", 1) for x in owner], []
        rows = isinstance(reader, Rows)
        for k, x in enumerate(args):
            start = len(reader.leaves)
            if k not in chosen:
                parts.append(reader.item(x, str(k), 1))
            elif rows:
                reader.floats = True
                parts.append(reader.item(x, str(k), 1))
                reader.floats = False
            else:
                parts.append(taken_apart_by(reader, x, f"argument {k}"))
            self.spans.append((start, len(reader.leaves), parts[-1]))
        self.call = Call(reader, reader.joined(tuple_of(parts), options))
        if rows:
            self.call.given = reader.given((*owner, *args), options)
        if rows and self.call.n is None:
            raise TypeError("map: no argument has rows; pass arrays or lists with one item for each row")

    def directions(self, argnums: Any) -> tuple[tuple[range, ...], Structure]:
        """The places of the numbers that are differentiated by, and their structure."""
        several = isinstance(argnums, tuple | list)
        spans = [self.spans[k] for k in (argnums if several else (argnums,))]
        places = tuple([range(start, stop) for start, stop, _ in spans])
        return places, tuple_of([part for *_, part in spans]) if several else spans[0][2]


def answered(transform: Transformed, args: Any, options: dict[str, Any]) -> tuple[Any] | None:
    """What the machine gives, in a tuple; None where the general way must be taken."""
    if _is_watched():
        return None
    n = len(args)
    argnums = transform.argnums if isinstance(transform.argnums, tuple | list) else (transform.argnums,)
    if not n or any(not -n <= k < n for k in argnums) or len({k % n for k in argnums}) < len(argnums):
        return None  # which says what is wrong
    reading = Reading(Arguments(), transform.owner, args, options, transform.chosen(n))
    call = reading.call
    if call.active or any(holds_more(reading.spans[k % n][2]) for k in argnums):
        return None
    root = transform.root
    entry = known(root, call)
    if entry is None:
        return None
    entry.calls += 1
    for k, recording in enumerate(entry.recordings[: entry.tries()]):
        answer = _of_path(transform, recording, reading)
        if answer is not None:
            entry.served(k)
            if entry.calls >= entry.due:
                check(root, entry, call, call.numbers)
            if (array := single_array(transform, args, options)) is not None:
                _keep(transform, array.shape, reading)
            return answer
    entry.misses += 1
    if not root.economy.allows_path(root, entry):
        return None
    recording = root.recorded(entry, call, call.numbers)
    answer = None if recording is None else _of_path(transform, recording, reading)
    if answer is None and recording is not None:
        entry.recordings.remove(recording)
    return answer


_MOST_SHAPES = 64


def single_array(transform: Transformed, args: Any, options: dict[str, Any]) -> Any:
    """The array of floats that is all that came in; None where it was anything else."""
    if len(args) != 1 or options or transform.owner:
        return None
    (x,) = args
    return x if type(x) is np.ndarray and x.dtype is FLOAT64 and x.ndim > 0 else None


def _keep(transform: Transformed, shape: tuple[int, ...], reading: Reading) -> None:
    """Know the next array of this shape at once."""
    if len(transform.readings) == _MOST_SHAPES:
        transform.readings.clear()
    reading.call.numbers = []  # they may be many, and the next array has its own
    transform.readings[shape] = reading


def answered_for_array(transform: Transformed, args: Any, options: dict[str, Any]) -> tuple[Any] | None:
    """`answered` for a single array of floats of a shape known: it goes to the machine as it is, and one comes back.

    None where anything else is to be done, such as recording, or comparing with the function.
    """
    array = single_array(transform, args, options)
    if array is None:
        return None
    reading = transform.readings.get(array.shape)
    if reading is None or _is_watched():
        return None
    entry = transform.root.entries.get(reading.call.key)
    if entry is None or entry.calls + 1 >= entry.due or change(entry.watch):
        return None
    numbers = array.ravel()
    for k, recording in enumerate(entry.recordings[: entry.tries()]):
        made, selects = transform.of(recording, reading)
        if not made.results.takes_array():
            return None
        machine = single_machine(made)
        room = machine.evaluate(made.captured, numbers)
        if room is None:
            continue
        values = np.empty(len(machine.program.roots))
        machine.write_values(room, values)
        if selects and np.isnan(values).any():
            return None
        entry.calls += 1
        entry.served(k)
        return (made.results.of_array(values),)
    return None


def _is_watched() -> bool:
    return not hooks.unobserved() and bool(
        hooks.recorder_on() or modes.anomaly or modes.source or enclosing()
    )


def _of_path(transform: Transformed, recording: Recording, reading: Reading) -> tuple[Any] | None:
    made, selects = transform.of(recording, reading)
    values = _values(made, reading)
    if values is None:
        return None
    if selects and any(x != x for x in values):
        made, _ = transform.of(recording, reading, True)
        values = _values(made, reading) or values
    return (made.results.make(values),)


def _values(made: Recording, reading: Reading) -> list[float] | None:
    machine = single_machine(made)
    room = machine.evaluate(made.captured, reading.call.numbers)
    return None if room is None else machine.values(room)


def checked_parameters(rule: str, parameters: Any) -> list[Value]:
    """Parameters in a list; a TypeError says the rule, that they are Values."""
    parameters = list(parameters)
    for p in parameters:
        if type(p) is not Value:
            raise TypeError(f"{rule}, got {type(p).__name__}")
    return parameters


def gradients_by_row(jitted: Any, owner: tuple[Any, ...], parameters: Any, args: Any, options: dict[str, Any]) -> Any:
    """The derivative of each result in each row in the direction of each parameter; see `Jitted.gradients_by_row`."""
    reading = Reading(Rows("gradients_by_row"), owner, args, options, set())
    call = reading.call
    run = BatchRun(jitted, call, 1.0, False)
    run.view = lambda recording, exact=False: by_operand(recording, call.numbers, exact)
    values: list[Any] = []
    if call.n:
        run.all_rows(values)
        nestings = [recording.results.outputs for recording, _, _ in values]
        outputs = same_nesting("gradients_by_row", nestings + [results.structure for _, results in run.alone])
    else:
        outputs = nesting_without_rows(jitted, "gradients_by_row", call, None)
    found = np.zeros((call.n, outputs.size, len(parameters)))
    for recording, rows, numbers in values:
        operands = recording.results.operands
        partials = numbers[:, : outputs.size * len(operands)].reshape(len(numbers), outputs.size, len(operands))
        found[slice(None) if rows is None else rows] = toward(parameters, operands, partials)
    differentiate_rows(found, run.alone, parameters)
    return found[:, 0] if outputs is NUMBER else found
