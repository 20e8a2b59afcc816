"""What the first call of a recorded function costs, as a multiple of one eager call of the same function.

    python -m benchmarks.recording

The first call runs the function on a recorder, finds what it reads meanwhile, simplifies the graph, schedules it and
sets the machine up, then runs that once; what the next call costs is shown apart. Both kinds of call include freeing
what they made. Bytes a node: the program and its numbers, and what stays beside it for second derivatives and for
`explain`.
"""

from __future__ import annotations

import functools
import gc
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

import nn
from autograd import Value, jit, mean
from autograd.jit.machine import Machine
from autograd.jit.passes.schedule import scheduled
from autograd.jit.recording import arguments
from autograd.jit.recording.recorder import record
from examples.invent_names import Transformer, encoded, loss_of

STEPS = ("arguments", "record", "schedule", "machine")
Case = tuple[Callable[..., Any], tuple[Any, ...]]


def loop(n: int) -> Case:
    """A plain loop of about n nodes."""

    def f(x):
        z = x
        for _ in range(n // 3):
            z = (z * 0.5 + x).tanh()
        return z

    return f, (Value(0.3),)


def branches(n: int) -> Case:
    """A loop of about n nodes with a comparison of two Values for every three of them."""

    def f(x):
        z = x
        for _ in range(n // 3):
            z = (z * 0.5 + x).tanh()
            if z > 2.0:
                z = z - 1.0
        return z

    return f, (Value(0.3),)


def rosenbrock(n: int) -> Case:
    def f(x):
        return sum(100.0 * (b - a * a) ** 2 + (1.0 - a) ** 2 for a, b in pairwise(x))

    rng = random.Random(1)
    return f, ([Value(rng.uniform(-1, 1)) for _ in range(n)],)


def network(rows: int) -> Case:
    """The hinge loss of an MLP(2, [16, 16, 1]) over rows, written as one function."""
    model = nn.MLP(2, [16, 16, 1], seed=1)
    rng = random.Random(1)
    data = [([rng.gauss(0, 1), rng.gauss(0, 1)], rng.choice([-1.0, 1.0])) for _ in range(rows)]

    def f(scale):
        return mean([(1 - y * model(x)).relu() for x, y in data]) * scale

    return f, (Value(1.0),)


def transformer() -> Case:
    """The loss of a name of eight letters in the character transformer of examples/invent_names.py."""
    return loss_of(Transformer(seed=1)).f, (encoded("isabella"),)


class Stages:
    """The steps of a first call, one by one, each timed in every round."""

    def __init__(self, f: Callable[..., Any], args: tuple[Any, ...]):
        self.f, self.args = f, args
        self.times: dict[str, list[float]] = {}

    def timed(self, name: str, step: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        out = step()
        self.times.setdefault(name, []).append(time.perf_counter() - start)
        return out

    def once(self) -> Any:
        call = self.timed("arguments", lambda: arguments.single(self.args, {}))
        recording = self.timed("record", lambda: record(self.f, call, call.numbers))
        active = [int(type(x) is Value) for x in call.numbers]
        program = self.timed("schedule", lambda: scheduled(recording.graph, [], active))
        self.timed("machine", lambda: Machine(program, recording.active, ()))
        return recording, program


def measured(f: Callable[..., Any], args: tuple[Any, ...], rounds: int) -> str:
    """Lines for one function: of every step the median of its times, and of its ratios to the eager call before it."""
    stages = Stages(f, args)
    eager_args = plain(args)
    gc.collect()
    for turn in range(rounds + 1):
        if turn == 1:
            stages.times.clear()  # of a first turn, which is not counted
        recorded = jit(f)
        stages.timed("eager", lambda: f(*eager_args) and None)
        recording, program = stages.once()
        stages.timed("first call", functools.partial(lambda g: g(*args) and None, recorded))
        stages.timed("next call", functools.partial(lambda g: g(*args) and None, recorded))
    times = stages.times
    times["all of these"] = [sum(spent) for spent in zip(*[times[name] for name in STEPS], strict=True)]
    nodes, eager = recording.nodes, times["eager"]
    each = statistics.median(eager) / nodes * 1e9
    lines = [f"  {nodes:,} nodes, eager {statistics.median(eager) * 1e6:,.0f} us ({each:.0f} ns a node)"]
    for name in (*STEPS, "all of these", "first call", "next call"):
        spent = statistics.median(times[name])
        ratio = statistics.median([t / e for t, e in zip(times[name], eager, strict=True)])
        each = spent / nodes * 1e9
        lines.append(f"    {name:12}  {spent * 1e6:12,.0f} us  {ratio:7.2f} x eager  {each:6.0f} ns a node")
    kept, used = memory(f, args)
    lines.append(
        f"    bytes a node: {program.nbytes() / nodes:.1f} program and numbers, {kept / nodes:.1f} all that stays, "
        f"{used / nodes:.1f} more while recording"
    )
    return "\n".join(lines)


def plain(args: Any) -> Any:
    """The arguments as the recorded function's body sees them: whole numbers of an array as ints."""
    return tuple(x.tolist() if isinstance(x, np.ndarray) else x for x in args)


def memory(f: Callable[..., Any], args: tuple[Any, ...]) -> tuple[int, int]:
    """(bytes that stay after a first call and one replay, the peak beyond them), as Python's allocators count them."""
    recorded = jit(f)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    recorded(*args)
    recorded(*args)
    gc.collect()
    after, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before, peak - after


def main(arguments: list[str]) -> None:
    cases = {
        "loop, 300 nodes": (lambda: loop(300), 40),
        "loop, 1,000 nodes": (lambda: loop(1000), 40),
        "loop, 5,000 nodes": (lambda: loop(5000), 40),
        "loop, 100,000 nodes": (lambda: loop(100_000), 7),
        "loop, 1,000,000 nodes": (lambda: loop(1_000_000), 5),
        "loop with comparisons, 5,000 nodes": (lambda: branches(5000), 40),
        "Rosenbrock, 1,000 variables": (lambda: rosenbrock(1000), 40),
        "MLP(2, [16, 16, 1]), 100 rows": (lambda: network(100), 20),
        "character transformer, 8 letters": (transformer, 10),
    }
    for title, (case, rounds) in cases.items():
        if not arguments or any(word in title for word in arguments):
            print(title)
            print(measured(*case(), rounds))


if __name__ == "__main__":
    main(sys.argv[1:])
