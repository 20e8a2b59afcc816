"""Timing side by side: peers take turns in one process, so that a machine's changing speed meets all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable


def medians(
    peers: dict[str, Callable[[], object]], *, rounds: int = 15, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Seconds a call takes, the median over `rounds` turns; each peer is called once before, uncounted."""
    times: dict[str, list[float]] = {name: [] for name in peers}
    for f in peers.values():
        f()
    for _ in range(rounds):
        for name, f in peers.items():
            start = clock()
            f()
            times[name].append(clock() - start)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def without_collector(f: Callable[[], object]) -> Callable[[], object]:
    """`f` with the garbage collector off while it runs."""

    def timed() -> object:
        gc.disable()
        try:
            return f()
        finally:
            gc.enable()

    return timed


def table(title: str, seconds: dict[str, float], *, unit: str) -> str:
    """A line a peer: its time, and how many times that of `unit` it is."""
    width = max(map(len, seconds))
    lines = [title]
    for name, t in seconds.items():
        lines.append(f"  {name:{width}}  {t * 1e3:10.3f} ms  {t / seconds[unit]:9.2f} x {unit}")
    return "\n".join(lines)
