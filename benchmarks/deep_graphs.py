"""Graphs of a thousand to ten million nodes: memory, and the time of building, backward and freeing, per node.

Asked for: at most 96 bytes a node; the time of `backward` per node flat within a factor of 2; a chain and a tree of
10,000,000 nodes within 1.5 GB. The plain twin is asked for 1,000,000.
"""

from __future__ import annotations

import os
import time

import autograd
from autograd import Value


def chain(n: int) -> Value:
    """A chain of n additions."""
    x = Value(1.0)
    z = x
    for _ in range(n):
        z = z + x
    return z


def tree(n: int) -> Value:
    """A balanced tree of about n nodes."""
    level = [Value(1.0) for _ in range((n + 1) // 2)]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [x + y for x, y in pairs] + level[len(level) // 2 * 2 :]
    return level[0]


def resident_bytes() -> int:
    """The memory this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(name: str, build, n: int) -> None:
    repeats = max(1, 200_000 // n)
    before = resident_bytes()
    built = backward = freed = 0.0
    held = 0
    for _ in range(repeats):
        t0 = time.perf_counter()
        z = build(n)
        t1 = time.perf_counter()
        held = resident_bytes() - before
        z.backward()
        t2 = time.perf_counter()
        del z
        t3 = time.perf_counter()
        built, backward, freed = built + t1 - t0, backward + t2 - t1, freed + t3 - t2
    each = 1e9 / n / repeats
    memory = f"{held / n:6.1f} bytes" if n >= 1_000_000 else " " * 12
    print(
        f"  {name:6} {n:>10,}  build {built * each:7.1f}  backward {backward * each:6.1f}  free {freed * each:6.1f} ns"
        f"  {memory}  {held / 1e9:5.2f} GB held"
    )


def main() -> None:
    largest = 10_000_000 if autograd.COMPILED else 1_000_000
    print(f"per node, {'compiled' if autograd.COMPILED else 'plain'} twin")
    n = 1000
    while n <= largest:
        for name, build in (("chain", chain), ("tree", tree)):
            measure(name, build, n)
        n *= 10


if __name__ == "__main__":
    main()
