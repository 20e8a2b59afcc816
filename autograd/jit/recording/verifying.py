"""Trust, and verify: now and then the function runs as it is beside its recording, and the numbers are compared.

The watch finds what a function reads by what its Python code names. What escapes it (a library's settings, an object
made in C that keeps its state to itself) shows in the numbers. They may differ by rounding, which a chaotic function
magnifies without bounds: so where they do, the function is recorded anew, and only another recording is an error.
"""

from __future__ import annotations

import math
from typing import Any

from autograd.differentiation.structure import difference
from autograd.jit.errors import JitError
from autograd.jit.recording.arguments import Call
from autograd.jit.recording.nesting import Results
from autograd.jit.recording.recorder import eagerly
from autograd.node import data_of

ROUNDING = 1e-9  # relative; far above what another order of additions makes of most functions


def verify(
    jitted: Any, entry: Any, recording: Any, call: Call, numbers: list[Any], values: list[float], given: Any = None
) -> None:
    """Raise JitError where the function no longer does what was recorded, and drop the recordings of its key.

    Arguments:
        numbers: the arguments' numbers. values: what the recording gave for them.
        given: the call of a batch's row as it was given, None without.
    """
    own = call.on(numbers) if given is None else given
    try:
        differ = _difference(recording.results, Results(eagerly(jitted.f, own, own.numbers)), values)
    except Exception as error:
        words = f"raises {type(error).__name__}: {error}"
        if given is not None and _as_recorded(jitted, recording, call.on(numbers), values):
            raise _otherwise(jitted, entry, words) from error
        entry.recordings.clear()
        raise JitError(
            f"jit: {jitted} was recorded and now {words}. What it reads may have changed in a way that cannot be "
            f"seen; {_ADVICE}"
        ) from error
    if not differ:
        return
    if given is not None and _as_recorded(jitted, recording, call.on(numbers), values):
        raise _otherwise(jitted, entry, differ)
    recordings, watch = entry.recordings[:], entry.watch
    entry.recordings.clear()  # also where it can no longer be recorded, which is an error by itself
    now = jitted.recorded(entry, call, numbers)
    if now is None or now.graph.same_as(recording.graph):  # by rounding only
        entry.recordings[:], entry.watch = recordings, watch
        return
    entry.recordings.clear()
    raise JitError(
        f"jit: {jitted} no longer does what was recorded: {differ}. It reads something that changes and cannot be "
        f"watched: a setting of a library, a file, the time, an object made in C; {_ADVICE}"
    )


_ADVICE = "pass it as an argument. It will be recorded anew; jit(f, verify=False) does without this comparison"


def _as_recorded(jitted: Any, recording: Any, call: Call, values: list[float]) -> bool:
    """Whether f gives what was recorded for numbers that stand in; where one is refused outside, one thinks so."""
    try:
        return not _difference(recording.results, Results(eagerly(jitted.f, call, call.numbers, True)), values)
    except JitError:
        return True
    except Exception:  # it has changed otherwise, which is told
        return False


def _otherwise(jitted: Any, entry: Any, words: str) -> JitError:
    """The error where a row does otherwise as it was given; the recordings are dropped."""
    entry.recordings.clear()
    return JitError(
        f"jit: {jitted} does otherwise with a row as it is given than was recorded: {words}. The ints and bools of "
        "rows are numbers that each row brings anew: choose by the value (`if b`, `if n == 2`), not by `b is True`, "
        "type or isinstance; or pass floats"
    )


def _difference(recorded: Any, out: Results, values: list[float]) -> str:
    """How the results differ, in words."""
    if found := difference(recorded.structure, out.structure):
        return f"its result is another kind of thing, {found}"
    for k, (value, wanted) in enumerate(zip(values, map(data_of, out.leaves), strict=False)):
        if not _are_close(value, wanted):
            which = "" if len(values) == 1 else f" (number {k} of its result)"
            return f"the recording gives {value!r}, the function itself {wanted!r}{which}"
    return ""


def _are_close(x: float, y: float) -> bool:
    return x == y or (x != x and y != y) or abs(x - y) <= ROUNDING * max(abs(x), abs(y)) < math.inf
