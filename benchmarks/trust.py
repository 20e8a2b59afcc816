"""What derivatives of recorded functions cost, and what it costs that recordings are never silently wrong.

    python -m benchmarks.trust

Ratios of medians of processor time, peers in turns in one process. Asked for: a gradient of a recorded function at most
1.1 times a replay with Values and `backward()`; a Hessian-vector product through a recorded loss of 100 rows and 337
parameters at most 4 gradients; a recorded gradient of 10,000 variables and a recorded jacobian 100 x 100 at least 10
times as fast as eager ones; a function that reaches a frame of data at most 50 ms for its first call and 20 us for a
later one; what 100,000 parameters add to a later call at most 5 us; paths without end at most twice eager; comparing
with the function itself at most 5 % over 10,000 calls.
"""

from __future__ import annotations

import functools
import random
import sys
import time
import warnings
from collections.abc import Callable
from itertools import pairwise

import numpy as np

import nn
from autograd import Value, dot, grad, gradients, jacobian, jit
from autograd.jit.watching.watch import change
from benchmarks.timing import medians

processor_time = functools.partial(medians, clock=time.process_time)


def rosenbrock(x):
    return sum(100.0 * (b - a * a) ** 2 + (1.0 - a) ** 2 for a, b in pairwise(x))


def often(f: Callable[[], object], times: int) -> Callable[[], None]:
    def calls() -> None:
        for _ in range(times):
            f()

    return calls


def gradient_of_100() -> str:
    x = [0.01 * k for k in range(100)]
    recorded = jit(rosenbrock)
    values = [Value(v) for v in x]
    peers = {
        "grad(jit(f))": grad(recorded),
        "jit(grad(f))": jit(grad(rosenbrock)),
    }
    work: dict[str, Callable[[], object]] = {name: often(lambda f=f: f(x), 200) for name, f in peers.items()}
    work["backward"] = often(lambda: recorded(values).backward(), 200)
    t = processor_time(work)
    both = ", ".join(f"{name} {t[name] / t['backward']:.2f}" for name in peers)
    return f"Rosenbrock-100, against a replay with Values and backward(): {both} x"


def hessian_vector_product() -> str:
    model = nn.MLP(2, [16, 16, 1], "tanh", seed=1)
    X, y = nn.moons(100, noise=0.1, seed=1)
    X, y = np.array(X), np.array(y, dtype=float)
    loss = jit(lambda row, target: (model(row) - target) ** 2)
    parameters = model.parameters()
    v = [random.Random(1).gauss(0, 1) for _ in parameters]

    def gradient():
        loss.mean(X, y).backward()

    def product():
        dot(gradients(loss.mean(X, y), parameters), v).backward()

    t = processor_time({"gradient": often(gradient, 50), "product": often(product, 50)}, rounds=31)
    ratio, each = t["product"] / t["gradient"], t["gradient"] / 50 * 1e6
    return f"Hessian-vector product, 100 rows x 337 parameters: {ratio:.1f} gradients of {each:.0f} us"


def gradient_of_10_000() -> str:
    x = [0.0001 * k for k in range(10_000)]
    recorded, eager = jit(grad(rosenbrock)), grad(rosenbrock)
    t = processor_time({"recorded": lambda: recorded(x), "eager": lambda: eager(x)}, rounds=11)
    return f"jit(grad(f)), 10,000 variables: {t['eager'] / t['recorded']:.0f} times as fast as grad(f)"


def jacobian_of_100() -> str:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(100, 100)).tolist()

    def f(x):
        return [sum(a * b for a, b in zip(row, x, strict=True)).tanh() for row in rows]

    x = [0.01 * k for k in range(100)]
    recorded, eager = jacobian(jit(f)), jacobian(f)
    t = processor_time({"recorded": lambda: recorded(x), "eager": lambda: eager(x)}, rounds=11)
    return f"jacobian 100 x 100: {t['eager'] / t['recorded']:.0f} times as fast as eager"


def frame_of_data() -> str:
    import pandas as pd

    frame = pd.DataFrame(np.random.default_rng(1).normal(size=(1000, 5)), columns=list("abcde"))
    first, later = [], []
    for _ in range(5):
        f = jit(lambda x: x * frame["a"].iloc[3] + frame["b"].mean())
        start = time.perf_counter()
        f(1.0)
        first.append(time.perf_counter() - start)
        f(1.0)
        start = time.perf_counter()
        often(lambda f=f: f(1.0), 100)()
        later.append((time.perf_counter() - start) / 100)
    return f"a frame of data: first call {min(first) * 1e3:.0f} ms, later ones {min(later) * 1e6:.0f} us"


def surroundings_of_100_000() -> str:
    model = nn.MLP(300, [300, 30, 1], seed=1)  # 99,361 of them
    recorded = jit(lambda x: model([x] * 300))
    recorded(1.0)
    (entry,) = recorded.entries.values()
    t = processor_time({"watch": often(lambda: change(entry.watch), 1000)})
    return f"surroundings of 100,000 parameters, compared at a later call: {t['watch'] / 1000 * 1e6:.1f} us"


def paths_without_end() -> str:
    def forked(x):
        s = 0.0
        for k in range(20):
            s = s + x if x * (k + 1) % 1.0 > 0.5 else s - x * k
        return s

    xs = np.random.default_rng(1).random(2000).tolist()

    def recorded():
        f = jit(forked)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for x in xs:
                f(x)

    t = processor_time({"recorded": recorded, "eager": lambda: [forked(Value(x)) for x in xs]}, rounds=9)
    return f"2,000 calls that branch everywhere: {t['recorded'] / t['eager']:.2f} x eager"


def verification() -> str:
    def f(x):
        for k in range(50):
            x = x * 1.01 + 0.1 * k
        return x

    def calls(verify: bool) -> Callable[[], None]:
        def run() -> None:
            g = jit(f, verify=verify)
            for _ in range(10_000):
                g(1.0)

        return run

    t = processor_time({"verified": calls(True), "not": calls(False)}, rounds=15)
    return f"10,000 calls compared with the function now and then: {(t['verified'] / t['not'] - 1) * 100:+.1f} %"


FIGURES = (
    gradient_of_100, hessian_vector_product, gradient_of_10_000, jacobian_of_100, frame_of_data,
    surroundings_of_100_000, paths_without_end, verification,
)  # fmt: skip


def main(words: list[str]) -> None:
    for figure in FIGURES:
        if not words or any(word in figure.__name__ for word in words):
            print(figure(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
