"""Models of the kinds that GradBench measures, and markets: written as their users would, from what the names mean.

Parameters are Values, rows are arrays: each case sets the parameters and asks for the gradient, as a fit's step does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import autograd
from autograd import Value, exp, grad, gradients, jacobian, jit, logsumexp, maximum, relu, sqrt
from benchmarks.peers import Case, Function, drawn, jax, jnp, torch, with_jax, with_torch


def by_parameters(count: int, row: Callable[..., Any], *rows: Any, name: str = "mean") -> Function:
    """The gradient of a mean or sum over rows by `count` parameters, of which `row` gets a list first."""
    parameters = [Value(0.0) for _ in range(count)]
    recorded = jit(lambda *items: row(parameters, *items))

    def gradient(numbers: Any) -> Any:
        for x, number in zip(parameters, numbers.ravel().tolist(), strict=True):
            x.data = number
        found = gradients(getattr(recorded, name)(*rows), parameters)
        return np.array([g if isinstance(g, float) else g.data for g in found])

    return gradient


def in_jax(f: Callable[..., Any], *rows: Any) -> dict[str, Function]:
    """The gradient of a function of parameters and rows in JAX; the rows are arguments, so that nothing is folded."""
    if jax is None:
        return {}
    arrays = [jnp.asarray(x) for x in rows]
    compiled = jax.jit(jax.grad(f))
    return {"jax.jit": lambda numbers: np.asarray(compiled(numbers, *arrays))}


def in_torch(f: Callable[..., Any], *rows: Any) -> dict[str, Function]:
    """The same in PyTorch."""
    if torch is None:
        return {}
    arrays = [torch.tensor(x) for x in rows]

    def gradient(numbers: Any) -> Any:
        leaf = torch.tensor(numbers, requires_grad=True)
        (found,) = torch.autograd.grad(f(leaf, *arrays), leaf)
        return found.numpy()

    return with_torch(gradient)


def mixture() -> Iterator[Case]:
    """The gradient of the log-likelihood of a mixture of normal distributions (`gmm`)."""
    for d, k, n in ((2, 5, 1000), (2, 5, 10_000), (8, 10, 1000)):
        points = np.random.default_rng(7).normal(size=(n, d))
        triangle = d * (d - 1) // 2
        each = 1 + d + d + triangle

        def row(parameters: Any, x: Any, d: int = d, k: int = k, each: int = each) -> Any:
            terms, weights = [], []
            for c in range(k):
                weight, *rest = parameters[c * each : (c + 1) * each]
                means, scales, below = rest[:d], rest[d : 2 * d], rest[2 * d :]
                away = [a - m for a, m in zip(x, means, strict=True)]
                turned, at = [], 0
                for i in range(d):
                    turned.append(scales[i].exp() * away[i] + autograd.sum([below[at + j] * away[j] for j in range(i)]))
                    at += i
                terms.append(weight + autograd.sum(scales) - 0.5 * autograd.sum([t * t for t in turned]))
                weights.append(weight)
            return logsumexp(terms) - logsumexp(weights)

        def total(p: Any, x: Any, d: int = d, k: int = k, each: int = each) -> Any:
            p = p.reshape(k, each)
            weight, means, scales, below = p[:, 0], p[:, 1 : 1 + d], p[:, 1 + d : 1 + 2 * d], p[:, 1 + 2 * d :]
            lower = jnp.zeros((k, d, d)).at[:, *np.tril_indices(d, -1)].set(below)
            lower = lower + jnp.exp(scales)[:, :, None] * jnp.eye(d)
            turned = jnp.einsum("kij,nkj->nki", lower, x[:, None] - means)
            terms = weight + scales.sum(1) - 0.5 * (turned**2).sum(2)
            return jnp.sum(jax.nn.logsumexp(terms, axis=1) - jax.nn.logsumexp(weight))

        ours = by_parameters(k * each, row, points, name="sum")
        yield Case(f"{n} points, {k} of {d} dimensions", ours, drawn(k * each, scale=0.3), in_jax(total, points))


def bundle_adjustment() -> Iterator[Case]:
    """The Jacobian of each observation's error by its camera, its point and its weight (`ba`)."""

    def error(x: Any) -> Any:
        rotation, center, f, cx, cy, k1, k2 = x[:3], x[3:6], x[6], x[7], x[8], x[9], x[10]
        point, weight, seen = x[11:14], x[14], x[15:17]
        angle = sqrt(autograd.dot(rotation, rotation))
        c, s = angle.cos(), angle.sin()
        a, b, g = [r / angle for r in rotation]
        u, v, w = [p - q for p, q in zip(point, center, strict=True)]
        along = (a * u + b * v + g * w) * (1.0 - c)
        x, y = u * c + (b * w - g * v) * s + a * along, v * c + (g * u - a * w) * s + b * along
        z = w * c + (a * v - b * u) * s + g * along
        x, y = x / z, y / z
        square = x * x + y * y
        bent = 1.0 + k1 * square + k2 * square * square
        return np.array([weight * (f * x * bent + cx - seen[0]), weight * (f * y * bent + cy - seen[1])])

    def one(x: Any) -> Any:
        rotation, point, weight, seen = x[:3], x[11:14] - x[3:6], x[14], x[15:17]
        angle = jnp.sqrt(rotation @ rotation)
        c, s, axis = jnp.cos(angle), jnp.sin(angle), rotation / angle
        turned = point * c + jnp.cross(axis, point) * s + axis * (axis @ point) * (1.0 - c)
        flat = turned[:2] / turned[2]
        square = flat @ flat
        return weight * (x[6] * flat * (1.0 + x[9] * square + x[10] * square**2) + x[7:9] - seen)

    for n in (100, 1000, 10_000):
        peers = {} if jax is None else with_jax(lambda x: jax.vmap(jax.jacfwd(one))(x))
        inputs = [(np.random.default_rng(seed).uniform(0.2, 1.0, size=(n, 17)),) for seed in (1, 2)]
        yield Case(f"{n} observations", jacobian(jit(error)).map, inputs, peers)


def determinant() -> Iterator[Case]:
    """The gradient of a determinant by its minors (`det`)."""

    def minors(rows: Any) -> Any:
        n, below = len(rows), {0: 1.0}
        for depth in range(1, n + 1):  # of the last `depth` rows, by the set of columns
            found = {}
            for columns in range(1 << n):
                if columns.bit_count() != depth:
                    continue
                inside = [j for j in range(n) if columns >> j & 1]
                terms = [rows[n - depth][j] * below[columns ^ 1 << j] * (-1.0) ** k for k, j in enumerate(inside)]
                found[columns] = autograd.sum(terms)
            below = found
        return below[(1 << n) - 1]

    for n in (3, 5, 8):
        peers = with_jax(lambda x: jax.grad(jnp.linalg.det)(x))
        yield Case(f"{n} x {n}", grad(jit(minors)), drawn(n, n), peers)


def least_squares() -> Iterator[Case]:
    """The gradient of a polynomial's squared errors against a step (`llsq`)."""
    for n, m in ((100, 8), (1000, 16), (10_000, 16)):
        at = np.linspace(-1.0, 1.0, n)

        def row(parameters: Any, t: Any) -> Any:
            value = parameters[-1]
            for x in reversed(parameters[:-1]):
                value = value * t + x
            return 0.5 * (autograd.sign(t) - value) ** 2

        def total(x: Any, at: Any, m: int = m) -> Any:
            powers = at[:, None] ** jnp.arange(m)
            return 0.5 * jnp.sum((jnp.sign(at) - powers @ x) ** 2)

        def by_horner(x: Any, at: Any, m: int = m) -> Any:
            value = x[m - 1]
            for k in range(m - 2, -1, -1):
                value = value * at + x[k]
            return 0.5 * jnp.sum((jnp.sign(at) - value) ** 2)

        peers = in_jax(total, at)
        if jax is not None:
            peers["jax.jit, Horner"] = in_jax(by_horner, at)["jax.jit"]
        yield Case(f"{n} points, {m} parameters", by_parameters(m, row, at, name="sum"), drawn(m), peers)


def brownian_motion() -> Iterator[Case]:
    """The price of a call under geometric Brownian motion and its derivatives by five parameters, 1e6 paths."""
    draws = np.random.default_rng(8).normal(size=1_000_000)

    def row(parameters: Any, z: Any) -> Any:
        spot, strike, rate, sigma, time = parameters
        end = spot * exp((rate - 0.5 * sigma * sigma) * time + sigma * sqrt(time) * z)
        return exp(-rate * time) * relu(end - strike)

    def with_arrays(library: Any, positive: Callable[..., Any]) -> Callable[..., Any]:
        def price(p: Any, z: Any) -> Any:
            spot, strike, rate, sigma, time = p
            end = spot * library.exp((rate - 0.5 * sigma * sigma) * time + sigma * library.sqrt(time) * z)
            return library.exp(-rate * time) * positive(end - strike).mean()

        return price

    peers = in_jax(with_arrays(jnp, lambda x: jax.nn.relu(x)), draws)
    peers |= in_torch(with_arrays(torch, lambda x: x.relu()), draws)
    inputs = [(np.array([100.0, strike, 0.03, 0.2, 1.0]),) for strike in (105.0, 95.0)]
    yield Case("1e6 paths", by_parameters(5, row, draws), inputs, peers)


def heston() -> Iterator[Case]:
    """The same with a volatility of its own (Heston, Euler's steps), by seven parameters."""
    for steps, paths in ((10, 1_000_000), (100, 100_000)):
        draws = np.random.default_rng(9).normal(size=(paths, 2 * steps))
        h = 1.0 / steps

        def row(parameters: Any, z: Any, steps: int = steps, h: float = h) -> Any:
            spot, v, kappa, theta, xi, rho, rate = parameters
            other, x = sqrt(1.0 - rho * rho), spot.log()
            for k in range(steps):
                above = maximum(v, 1e-10)
                root = sqrt(above) * math.sqrt(h)
                x = x + (rate - 0.5 * above) * h + root * z[2 * k]
                v = v + kappa * (theta - above) * h + xi * root * (rho * z[2 * k] + other * z[2 * k + 1])
            return exp(-rate) * relu(x.exp() - 100.0)

        def with_arrays(
            library: Any, least: Callable[..., Any], positive: Callable[..., Any], steps: int = steps, h: float = h
        ) -> Callable[..., Any]:
            def price(p: Any, z: Any) -> Any:
                spot, v, kappa, theta, xi, rho, rate = p
                other, x = library.sqrt(1.0 - rho * rho), library.log(spot)
                for k in range(steps):
                    above = least(v)
                    root = library.sqrt(above) * math.sqrt(h)
                    x = x + (rate - 0.5 * above) * h + root * z[2 * k]
                    v = v + kappa * (theta - above) * h + xi * root * (rho * z[2 * k] + other * z[2 * k + 1])
                return library.exp(-rate) * positive(library.exp(x) - 100.0).mean()

            return price

        across = np.ascontiguousarray(draws.T)  # as array programs want them
        peers = in_jax(with_arrays(jnp, lambda v: jnp.maximum(v, 1e-10), lambda x: jax.nn.relu(x)), across)
        peers |= in_torch(with_arrays(torch, lambda v: v.clamp(min=1e-10), lambda x: x.relu()), across)
        inputs = [(np.array([spot, 0.04, 1.5, 0.05, 0.3, -0.6, 0.03]),) for spot in (100.0, 110.0)]
        yield Case(f"{steps} steps, {paths:,} paths", by_parameters(7, row, draws), inputs, peers)
