"""`jit`: a scalar function recorded once and replayed at machine speed, never silently wrong.

The function runs once as it is, on a recorder (recorder.py); the nodes become flat arrays (graph.py), simplified on the
way (simplifying.py), their sums are gathered (fusing.py), and a scheduler (schedule.py) makes instructions of them
for a small machine (machine.py). What would make a recording lie is an error or a new recording: comparisons are
guards, and what the code that ran has read is watched (watching).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.jit.errors import JitError
from autograd.jit.indices import take

__all__ = ["JitError", "jit", "take"]


def jit(
    f: Callable[..., Any] | None = None, *, dtype: Any = "float64", threads: int | None = None, verify: bool = True
) -> Any:
    """The function f, recorded at its first call and from then on computed at machine speed.

    Arguments:
        f: a function of numbers, lists, tuples, dicts and arrays of numbers that returns a Value or a nesting of
            Values. The Values it reads besides (a model's parameters) are found by themselves and read anew at each
            call. Without f, `jit(dtype=...)` is a decorator.
        dtype: "float64", or "float32" to compute the rows of `mean`, `sum` and `map` in single precision: about seven
            digits, up to twice as fast. Their sums, single calls and results stay in double precision.
        threads: on how many threads at most the rows are computed; by default as many as GLASSGRAD_THREADS says, or the
            process has processors. Small work stays on one. The results are the same to the last bit for any number.
        verify: whether f itself is run beside its recording at calls 2, 4, 8, 16 and so on of each kind of call (in a
            batch for one of the rows; for some rows of ints or bools at call 1), and the results compared. Where they
            differ, f chooses by the type of such a row, or something has changed that cannot be watched: a JitError
            says so, and the recording is dropped. Side effects of f happen at these calls too.

    Returns:
        A function of the same arguments. A result is one node of the graph: its inputs are the parameters and the
        Values among the arguments. `.mean(X, Y)` and `.sum(X, Y)` take a row of each array or list at a time,
        `.map(X)` gives an array without gradient, `.explain()` tells what was recorded.

    Floats and the elements of arrays are read at each call; elements of integer arrays are for `take(rows, i)`,
    arithmetic and comparisons. Other arguments (ints, strings, bools, None, objects) are static: each makes a recording
    of its own. Branches on Values are followed: a call that takes another branch is recorded too. What would be
    recorded again at every call is computed as it is for the most part; a RuntimeWarning says once what changes. A call
    inside another recording, `detect_anomaly` or `record_source` runs f as it is.

    Raises JitError for what a recording could not repeat: reading `.data`, drawing random numbers, asking the clock,
    changing what is read; ValueError for another dtype or fewer threads than one, TypeError for what is no function.

    >>> from autograd import Value
    >>> w = Value(3.0)
    >>> f = jit(lambda x: w * x)
    >>> f(2.0).backward()
    >>> w.grad
    2.0
    """
    from autograd.jit.function import Jitted
    from autograd.jit.settings import settings_of

    settings = settings_of(dtype, threads, verify)
    if f is None:
        return lambda f: jit(f, dtype=dtype, threads=threads, verify=verify)
    if not callable(f):
        raise TypeError(f"jit: wanted a function, got {type(f).__name__}")
    return Jitted(f, settings)
