"""How a recorded function is computed: the precision of its rows, and how many threads share them."""

import os
from typing import Any, NamedTuple


class Settings(NamedTuple):
    """What `jit` was told, checked.

    Attributes:
        single: whether the rows of a batch are computed in single precision. threads: on how many threads at most.
        verify: whether the function is run beside its recording now and then.
    """

    single: bool
    threads: int
    verify: bool = True


def settings_of(dtype: Any, threads: int | None, verify: bool = True) -> Settings:
    """The settings for a dtype, a number of threads (by default as many as this process has processors), and verify.

    A dtype is a name, or has one: NumPy's types and dtypes do.
    """
    dtype = getattr(dtype, "__name__", None) or getattr(dtype, "name", dtype)
    if dtype not in ("float64", "float32"):
        raise ValueError(f'jit: dtype must be "float64" or "float32", got {dtype!r:.40}')
    if type(verify) is not bool:
        raise TypeError(f"jit: verify must be True or False, got {verify!r:.40}")
    if threads is None:
        return Settings(dtype == "float32", _threads_of_this_process(), verify)
    if type(threads) is not int:
        raise TypeError(f"jit: threads must be an int, got {type(threads).__name__}")
    if threads < 1:
        raise ValueError(f"jit: threads must be 1 or more, got {threads}")
    return Settings(dtype == "float32", threads, verify)


def _threads_of_this_process() -> int:
    asked = os.environ.get("GLASSGRAD_THREADS", "").strip()
    if asked:
        if not asked.isdecimal() or int(asked) < 1:
            raise ValueError(f"GLASSGRAD_THREADS must be a whole number from 1 on, got {asked!r}")
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
