"""Recorded functions beside PyTorch and JAX, where those are installed: `python -m benchmarks.recorded`.

Every figure includes what a user pays: the call from Python, the gradient, the step. The cases take turns, so that a
busy machine slows all of them; only the ratios mean something on another machine.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

import nn
from autograd import jit, logsumexp, take
from benchmarks.timing import medians, table
from examples.invent_names import Transformer, encoded, loss_of

Step = Callable[[], object]


def moons_steps() -> dict[str, Step]:
    """One gradient step of 2-16-16-1 with ReLU on 100 points, hinge loss."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(100, 2)), np.sign(rng.normal(size=100))
    model = nn.MLP(2, [16, 16, 1], seed=1)
    optimizer = nn.SGD(model.parameters(), lr=0.01)

    @jit
    def loss(x, y):
        return (1 - y * model(x)).relu()

    def step():
        optimizer.zero_grad()
        loss.mean(X, y).backward()
        optimizer.step()

    steps: dict[str, Step] = {"glassgrad": step}
    sizes = [2, 16, 16, 1]
    steps |= _torch(sizes, X, y, lambda torch, out, y: (1 - y * out[:, 0]).relu().mean())
    steps |= _jax(sizes, X, y, lambda jnp, jax, out, y: jnp.maximum(1 - y * out[:, 0], 0).mean())
    return steps


def digits_steps() -> dict[str, Step]:
    """One full-batch gradient step of 64-32-10 on 1,797 rows, softmax cross-entropy."""
    rng = np.random.default_rng(0)
    X, y = rng.uniform(size=(1797, 64)), rng.integers(0, 10, size=1797)
    model = nn.MLP(64, [32, 10], seed=1)
    optimizer = nn.SGD(model.parameters(), lr=0.01)

    @jit
    def loss(x, y):
        logits = model(x)
        return logsumexp(logits) - take(logits, y)

    def step():
        optimizer.zero_grad()
        loss.mean(X, y).backward()
        optimizer.step()

    steps: dict[str, Step] = {"glassgrad": step}
    sizes = [64, 32, 10]
    steps |= _torch(sizes, X, y, lambda torch, out, y: torch.nn.functional.cross_entropy(out, y))

    def cross_entropy(jnp, jax, out, y):
        return (jax.nn.logsumexp(out, axis=1) - out[jnp.arange(len(y)), y]).mean()

    steps |= _jax(sizes, X, y, cross_entropy)
    return steps


def transformer_steps() -> dict[str, Step]:
    """One name through the character transformer of `examples/invent_names.py`: 4,192 parameters, 68,900 operations."""
    model = Transformer(1)
    optimizer, loss, name = nn.Adam(model.parameters(), lr=1e-3), loss_of(model), encoded("isabella")

    def gradient():
        optimizer.zero_grad()
        loss(name).backward()

    def step():
        gradient()
        optimizer.step()

    return {"forward and backward": gradient, "with Adam": step}


def _torch(sizes, X, y, loss) -> dict[str, Step]:
    try:
        import torch
    except ImportError:
        return {}
    layers = []
    for a, b in pairwise(sizes):
        layers += [torch.nn.Linear(a, b, dtype=torch.float64), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    rows, targets = torch.tensor(X), torch.tensor(y)

    def step():
        optimizer.zero_grad()
        loss(torch, model(rows), targets).backward()
        optimizer.step()

    return {"PyTorch": step}


def _jax(sizes, X, y, loss) -> dict[str, Step]:
    try:
        import jax
    except ImportError:
        return {}
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy
    rng = np.random.default_rng(1)
    state = [[(jnp.array(rng.normal(size=(a, b)) / a), jnp.zeros(b)) for a, b in pairwise(sizes)]]
    rows, targets = jnp.array(X), jnp.array(y)

    def whole(parameters, rows, targets):
        x = rows
        for k, (w, b) in enumerate(parameters):
            x = x @ w + b
            x = jnp.maximum(x, 0) if k < len(parameters) - 1 else x
        return loss(jnp, jax, x, targets)

    @jax.jit
    def update(parameters, rows, targets):
        gradient = jax.grad(whole)(parameters, rows, targets)
        return jax.tree_util.tree_map(lambda p, g: p - 0.01 * g, parameters, gradient)

    def step():
        state[0] = jax.block_until_ready(update(state[0], rows, targets))

    return {"jax.jit": step}


def main() -> None:
    for title, steps, rounds in (("moons step", moons_steps(), 400), ("digits step", digits_steps(), 100)):
        print(table(title, medians(steps, rounds=rounds), unit="glassgrad"))
    print(table("transformer step", medians(transformer_steps(), rounds=400), unit="forward and backward"))


if __name__ == "__main__":
    main()
