"""`nn.fit`, the whole call, beside the same loop by hand: `python -m benchmarks.fitting [ROWS ...]`.

20-64-64-1 with ReLU, squares, Adam, batches of 256; arrays in, history out. By hand, in NumPy and in jax.jit, means
what fit does too: the rows shuffled, each batch a step, the loss of the epoch. JAX has compiled before, which is not
counted; fit records anew at every call, which is. Also the memory that the call takes.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

SIZES, BATCH, RATE = (20, 64, 64, 1), 256, 0.01
ROUNDS = 5


def data(n: int) -> tuple[Any, Any]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, 20))
    return X, np.sin(X[:, 0]) + X[:, 1] * X[:, 2]


def glassgrad(X: Any, y: Any, epochs: int) -> Callable[[], float]:
    import nn

    def whole() -> float:
        model = nn.MLP(20, list(SIZES[1:]), seed=1)
        history = nn.fit(model, X, y, loss="mse", lr=RATE, batch_size=BATCH, epochs=epochs, progress=False)
        return history.train_loss[-1]

    return whole


def _start() -> list[Any]:
    rng = np.random.default_rng(1)
    return [a for m, n in pairwise(SIZES) for a in (rng.normal(size=(m, n)) * np.sqrt(2 / m), np.zeros(n))]


def numpy_by_hand(X: Any, y: Any, epochs: int) -> Callable[[], float]:
    def gradient(weights: list[Any], x: Any, target: Any) -> tuple[float, list[Any]]:
        inputs = [x]
        for k in range(0, len(weights), 2):
            x = x @ weights[k] + weights[k + 1]
            if k < len(weights) - 2:
                x = np.maximum(x, 0.0)
            inputs.append(x)
        rest = x[:, 0] - target
        g = (2.0 / len(rest) * rest)[:, None]
        gradients = []
        for k in range(len(weights) - 2, -1, -2):
            gradients[:0] = [inputs[k // 2].T @ g, g.sum(axis=0)]
            if k:
                g = (g @ weights[k].T) * (inputs[k // 2] > 0)
        return float(rest @ rest) / len(rest), gradients

    def whole() -> float:
        weights, rng = _start(), np.random.default_rng(0)
        m, v, t = [0.0 * w for w in weights], [0.0 * w for w in weights], 0
        loss = 0.0
        for _ in range(epochs):
            order, total = rng.permutation(len(X)), 0.0
            for start in range(0, len(X), BATCH):
                chosen = order[start : start + BATCH]
                loss, gradients = gradient(weights, X[chosen], y[chosen])
                total += loss * len(chosen)
                t += 1
                for k, g in enumerate(gradients):
                    m[k] += 0.1 * (g - m[k])
                    v[k] += 0.001 * (g * g - v[k])
                    step = RATE * m[k] / (1 - 0.9**t) / (np.sqrt(v[k] / (1 - 0.999**t)) + 1e-8)
                    weights[k] = weights[k] - step
            loss = total / len(X)
        return loss

    return whole


def jax_by_hand(X: Any, y: Any, epochs: int) -> Callable[[], float] | None:
    try:
        import jax
    except ImportError:
        return None
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy

    def loss_of(weights: list[Any], x: Any, target: Any) -> Any:
        for k in range(0, len(weights), 2):
            x = x @ weights[k] + weights[k + 1]
            x = jnp.maximum(x, 0.0) if k < len(weights) - 2 else x
        return ((x[:, 0] - target) ** 2).mean()

    @jax.jit
    def update(state: Any, x: Any, target: Any) -> Any:
        weights, m, v, t = state
        loss, gradients = jax.value_and_grad(loss_of)(weights, x, target)
        t = t + 1
        m = [a + 0.1 * (g - a) for a, g in zip(m, gradients, strict=True)]
        v = [b + 0.001 * (g * g - b) for b, g in zip(v, gradients, strict=True)]
        steps = [RATE * a / (1 - 0.9**t) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-8) for a, b in zip(m, v, strict=True)]
        return loss, ([w - s for w, s in zip(weights, steps, strict=True)], m, v, t)

    def whole() -> float:
        weights = [jnp.array(w) for w in _start()]
        state = weights, [0.0 * w for w in weights], [0.0 * w for w in weights], 0.0
        rng, total = np.random.default_rng(0), 0.0
        for _ in range(epochs):
            order, losses, counts = rng.permutation(len(X)), [], []
            for start in range(0, len(X), BATCH):
                chosen = order[start : start + BATCH]
                loss, state = update(state, X[chosen], y[chosen])
                losses.append(loss)
                counts.append(len(chosen))
            total = float(np.dot(np.array(jnp.stack(losses)), counts)) / len(X)
        return total

    return whole


def peak(n: int) -> float:
    """How much memory a call takes at most beyond what stood there before it, in sizes of the data."""
    code = f"from benchmarks.fitting import peak_here; print(peak_here({n}))"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def peak_here(n: int) -> float:
    small = data(1000)
    glassgrad(*small, epochs=1)()  # what is imported and recorded is not the data's
    X, y = data(n)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    glassgrad(X, y, epochs=1)()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / (X.nbytes + y.nbytes)


def main(arguments: list[str]) -> None:
    for n in [int(x) for x in arguments] or [20_000, 100_000]:
        for epochs in (1, 10):
            X, y = data(n)
            peers = {"glassgrad": glassgrad(X, y, epochs), "NumPy by hand": numpy_by_hand(X, y, epochs)}
            other = jax_by_hand(X, y, epochs)
            if other is not None:
                peers["jax.jit by hand"] = other
            times: dict[str, list[float]] = {name: [] for name in peers}
            losses = {name: f() for name, f in peers.items()}
            for _ in range(ROUNDS):
                for name, f in peers.items():
                    start = time.perf_counter()
                    f()
                    times[name].append(time.perf_counter() - start)
            best = min(min(times[name]) for name in peers if name != "glassgrad")
            print(f"{n:,} rows, {epochs} epoch{'s' * (epochs > 1)}; best peer / glassgrad "
                  f"{best / min(times['glassgrad']):.2f}")  # fmt: skip
            for name, found in times.items():
                print(
                    f"  {name:16} {min(found) * 1e3:9.1f} ms, median {statistics.median(found) * 1e3:9.1f}"
                    f"   loss {losses[name]:.4f}"
                )
        print(f"  memory at most, the data among it: {1 + peak(max(n, 500_000)):.2f} x the data")


if __name__ == "__main__":
    main(sys.argv[1:])
