"""The same program gives the same bits: over hash seeds, repeats and threads."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import autograd
from autograd import Value

ROOT = Path(__file__).parents[2]

PROGRAM = """
import random
from autograd import Value, logsumexp, dot
rng = random.Random(7)
xs = [Value(rng.uniform(-1, 1)) for _ in range(40)]
made = list(xs)
for _ in range(3000):
    a, b, c = (made[rng.randrange(len(made))] for _ in range(3))
    made.append(rng.choice((a * b + c, (a - b).tanh(), a * 0.3 + b.sin(), dot([a, b], [b, c], start=a) * 0.1)))
    if abs(made[-1].data) > 3:
        made[-1] = made[-1] * 0.1
logsumexp(made).backward()
bits = " ".join(x.grad.hex() for x in xs)
"""


def bits() -> str:
    names: dict[str, str] = {}
    exec(PROGRAM, names)
    return names["bits"]


def test_a_program_gives_the_same_bits_under_every_hash_seed():
    found = set()
    for seed in ("0", "1", "12345", "random"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM + "\nprint(bits)"], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        found.add(done.stdout.strip())
    assert found == {bits()}


def test_repeats_give_the_same_bits_wherever_the_nodes_lie_in_memory():
    first, kept = bits(), []
    for n in range(5):
        kept.append([Value(float(i)) for i in range(n * 1000)])
        assert bits() == first


def test_threads_give_the_same_bits():
    with ThreadPoolExecutor(4) as workers:
        assert set(workers.map(lambda _: bits(), range(8))) == {bits()}


@pytest.mark.parametrize("n", [2, 7, 50])
def test_a_repeated_pass_adds_the_same_bits(n):
    xs = [Value(0.1 * i) for i in range(1, n)]
    y = autograd.sum([x.sin() * x for x in xs])
    gradients = []
    for _ in range(3):
        for x in xs:
            x.grad = 0.0
        y.backward()
        gradients.append([x.grad for x in xs])
    assert gradients[0] == gradients[1] == gradients[2]
