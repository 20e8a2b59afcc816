"""Batches on 1, 2 and 4 workers: `python -m benchmarks.scale [ROWS]`; threads, processes, and Dask where there is one.

The mean loss of 20-64-64-1 (tanh, squares) over the rows of a memory-mapped file, and its gradient. Says how long one
takes, how much faster that is than one worker, what a task costs that computes nothing to speak of, and how many bytes
go with it. All must give the same bits.
"""

from __future__ import annotations

import os
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

import nn
from autograd import jit
from autograd.jit import executors

ROUNDS = 5
MODEL = nn.MLP(20, [64, 64, 1], "tanh", seed=1)


@jit(threads=1)
def loss(x, y):
    return (MODEL(x) - y) ** 2


def step(rows: Any, targets: Any, executor: Executor | None) -> tuple[float, bytes]:
    """The loss, and the bits of it and its gradient."""
    MODEL.zero_grad()
    found = loss.mean(rows, targets) if executor is None else loss.mean(rows, targets, executor=executor)
    found.backward()
    return found.data, np.array([found.data, *(p.grad for p in MODEL.parameters())]).tobytes()


def seconds(f: Callable[[], object]) -> float:
    f()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@contextmanager
def dask(workers: int) -> Iterator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Client(cluster) as client,
    ):
        yield client.get_executor()


def kinds() -> dict[str, Callable[[int], Any]]:
    found: dict[str, Callable[[int], Any]] = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}
    try:
        import distributed  # noqa: F401
    except ImportError:
        return found
    return found | {"Dask": dask}


class Weighing(ThreadPoolExecutor):
    """Adds up the bytes of what is sent and of what comes back."""

    def __init__(self) -> None:
        super().__init__(1)
        self.sent: list[int] = []
        self.back: list[int] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        future = super().submit(fn, *args, **kwargs)
        self.sent.append(len(pickle.dumps(args)))
        self.back.append(len(pickle.dumps(future.result())))
        return future


def main(arguments: list[str]) -> None:
    n = int(arguments[0]) if arguments else 400_000
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        X, y = (Path(folder) / name for name in ("X.npy", "y.npy"))
        rows = np.lib.format.open_memmap(X, mode="w+", dtype=np.float64, shape=(n, 20))
        for start in range(0, n, 100_000):
            rows[start : start + 100_000] = rng.normal(size=(min(100_000, n - start), 20))
        rows.flush()
        np.save(y, np.sin(rows[:, 0]))
        X, y = np.load(X, mmap_mode="r"), np.load(y, mmap_mode="r")
        size = executors.rows_of_a_chunk(n, 21 * 8)
        print(f"{n:,} rows in {-(-n // size)} chunks of {size:,}; {os.cpu_count()} processors")
        print(f"  without an executor, one thread  {seconds(lambda: step(X, y, None)) * 1e3:9.1f} ms")
        weighing = Weighing()
        step(X, y, weighing)
        sent, back = statistics.median(weighing.sent), statistics.median(weighing.back)
        print(f"  bytes with the first task {weighing.sent[0]:,}, with others {sent:,.0f}, back {back:,.0f}")
        bits = set()
        for kind, make in kinds().items():
            first = 0.0
            for workers in (1, 2, 4):
                with make(workers) as executor:
                    took = seconds(lambda executor=executor: step(X, y, executor))
                    bits.add(step(X, y, executor)[1])
                    few = seconds(lambda executor=executor: loss.mean(X[:640], y[:640], executor=executor))
                first = first or took
                print(
                    f"  {kind:9} {workers}  {took * 1e3:9.1f} ms  {first / took:5.2f} x one worker"
                    f"   a task of 256 rows {few / 3 * 1e3:6.2f} ms"
                )
        print("the same bits in all" if len(bits) == 1 else f"{len(bits)} DIFFERENT RESULTS")


if __name__ == "__main__":
    main(sys.argv[1:])
