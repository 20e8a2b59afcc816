"""Recorded functions on a GPU by way of JAX, beside PyTorch: `python -m benchmarks.gpu`; says so where there is none.

Two works: 10,000,000 paths of a geometric Brownian motion, the price of a call and its derivatives (Greeks), and one
gradient step of 784-200-10 on 64 rows. The answers are compared before anything is timed. `--cpu` runs both small and
on the CPU, to see that the program works.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import nn
from autograd import exp, jit, logsumexp, maximum, take
from benchmarks.timing import medians, table

Step = Callable[[], object]
MARKET = (100.0, 105.0, 0.02, 0.2, 1.0)  # spot, strike, rate, volatility, years


@jit
def payoff(z, spot, strike, rate, volatility, years):
    """What a call pays on one path, discounted to today."""
    end = spot * exp((rate - 0.5 * volatility * volatility) * years + volatility * years**0.5 * z)
    return exp(-rate * years) * maximum(end - strike, 0.0)


def paths(jax: Any, torch: Any, n: int) -> dict[str, Step]:
    """Price and five Greeks from n paths."""
    draws = np.random.default_rng(0).standard_normal(n)
    recorded = payoff.to_jax()
    rows = jax.numpy.array(draws)

    def mean(market, rows):
        return jax.vmap(lambda z: recorded(z, *market))(rows).mean()

    compiled = jax.jit(jax.value_and_grad(mean))

    def step():
        return jax.block_until_ready(compiled(MARKET, rows))

    steps: dict[str, Step] = {"glassgrad": step}
    if torch is not None:
        z = torch.tensor(draws, device=_device(torch))

        def torch_step():
            market = [torch.tensor(x, dtype=torch.float64, device=z.device, requires_grad=True) for x in MARKET]
            spot, strike, rate, volatility, years = market
            end = spot * torch.exp((rate - 0.5 * volatility * volatility) * years + volatility * years.sqrt() * z)
            price = (torch.exp(-rate * years) * (end - strike).relu()).mean()
            price.backward()
            _wait(torch)
            return price, [x.grad for x in market]

        price, greeks = step()
        other, others = torch_step()
        np.testing.assert_allclose(float(price), other.item(), rtol=1e-9)
        np.testing.assert_allclose([float(g) for g in greeks], [g.item() for g in others], rtol=1e-9)
        steps["PyTorch"] = torch_step
    return steps


def network(jax: Any, torch: Any, hidden: int) -> dict[str, Step]:
    """One gradient step of 784-hidden-10 with ReLU and cross-entropy on 64 rows."""
    rng = np.random.default_rng(0)
    X, y = rng.uniform(size=(64, 784)), rng.integers(0, 10, size=64)
    model = nn.MLP(784, [hidden, 10], seed=1)
    start = np.array([p.data for p in model.parameters()])

    @jit
    def loss(x, target):
        logits = model(x)
        return logsumexp(logits) - take(logits, target)

    recorded = loss.to_jax(model.parameters())
    rows, targets = jax.numpy.array(X), jax.numpy.array(y)

    def mean(p, rows, targets):
        return jax.vmap(lambda x, t: recorded(x, t, parameters=p))(rows, targets).mean()

    @jax.jit
    def update(p, rows, targets):
        value, gradient = jax.value_and_grad(mean)(p, rows, targets)
        return value, p - 0.01 * gradient

    state = [jax.numpy.array(start)]

    def step():
        value, state[0] = jax.block_until_ready(update(state[0], rows, targets))
        return value

    steps: dict[str, Step] = {"glassgrad": step}
    if torch is not None:
        net = torch.nn.Sequential(
            torch.nn.Linear(784, hidden, dtype=torch.float64), torch.nn.ReLU(),
            torch.nn.Linear(hidden, 10, dtype=torch.float64),
        ).to(_device(torch))  # fmt: skip
        with torch.no_grad():
            for layer, ours in zip((net[0], net[2]), model.layers, strict=True):
                layer.weight.copy_(torch.tensor([[float(w) for w in neuron.w] for neuron in ours.neurons]))
                layer.bias.copy_(torch.tensor([float(neuron.b) for neuron in ours.neurons]))
        optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
        x, t = torch.tensor(X, device=_device(torch)), torch.tensor(y, device=_device(torch))

        def torch_step():
            optimizer.zero_grad()
            value = torch.nn.functional.cross_entropy(net(x), t)
            value.backward()
            optimizer.step()
            _wait(torch)
            return value

        for _ in range(2):
            np.testing.assert_allclose(float(step()), torch_step().item(), rtol=1e-6)
        steps["PyTorch"] = torch_step
    return steps


def _device(torch: Any) -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def _wait(torch: Any) -> None:
    if torch.cuda.is_available():
        torch.cuda.synchronize()


def main(arguments: list[str]) -> str:
    """What was measured, or why nothing was."""
    try:
        import jax
    except ImportError:
        return "skipped: JAX is not installed (pip install glassgrad[jax])"
    small = "--cpu" in arguments
    if not small and jax.default_backend() != "gpu":
        return f"skipped: JAX sees no GPU here, only {jax.devices()[0]}"
    try:
        import torch
    except ImportError:
        torch = None
    jax.config.update("jax_enable_x64", True)
    n, hidden = (100_000, 20) if small else (10_000_000, 200)
    return "\n".join([
        f"on {jax.devices()[0]}; double precision",
        table(f"{n:,} paths and five Greeks", medians(paths(jax, torch, n)), unit="glassgrad"),
        table(f"a step of 784-{hidden}-10", medians(network(jax, torch, hidden)), unit="glassgrad"),
    ])  # fmt: skip


if __name__ == "__main__":
    print(main(sys.argv[1:]))
