"""Evaluations of GradBench as it defines them; the peer that bears its name computes in the way of its tool for JAX.

Kinds of work in unseen.py and unseen_models.py were written from these evaluations' names alone. Here formulas, sizes
and the order of parameters are GradBench's. Where JAX is faster in another way, that is a peer too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import autograd
from autograd import Value, dot, exp, grad, gradients, jit, logsumexp
from benchmarks.peers import Case, Function, drawn, jax, jnp
from benchmarks.runge_kutta import step_of_array, step_of_list


def compiled(f: Callable[..., Any], *constant: Any, name: str = "as in GradBench") -> dict[str, Function]:
    """A function of an array and of arrays that stay in JAX as a peer."""
    if jax is None:
        return {}
    arrays, run = [jnp.asarray(x) for x in constant], jax.jit(f)
    return {f"jax.jit, {name}": lambda x: np.asarray(run(x, *arrays))}


class Parameters:
    """Values in the place of an array."""

    def __init__(self, count: int):
        self.values = [Value(0.0) for _ in range(count)]

    def set(self, numbers: Any) -> None:
        for x, number in zip(self.values, numbers.ravel().tolist(), strict=True):
            x.data = number


def llsq() -> Iterator[Case]:
    """The gradient of a polynomial's squared distances from a step, by its 128 coefficients."""
    m = 128
    for n in (128, 1024, 16_392):
        at = -1.0 + 2.0 * np.arange(n) / (n - 1)
        coefficients = Parameters(m)

        def by_powers(t: Any, coefficients: Any = coefficients) -> Any:
            power, powers = 1.0, []
            for _ in coefficients.values:
                powers.append(power)
                power = power * t
            return 0.5 * (autograd.sign(t) - dot(coefficients.values, powers)) ** 2

        recorded = jit(by_powers)

        def ours(x: Any, recorded: Any = recorded, coefficients: Any = coefficients, at: Any = at) -> Any:
            coefficients.set(x)
            return np.array([g.data for g in gradients(recorded.sum(at), coefficients.values)])

        def in_gradbench(x: Any, at: Any) -> Any:
            def total(x: Any) -> Any:
                def one(t: Any) -> Any:
                    return (jnp.sign(t) - jnp.sum(x * jnp.cumprod(jnp.full(m, t).at[0].set(1.0)))) ** 2

                return 0.5 * jnp.sum(jax.vmap(one)(at))

            return jax.grad(total)(x)

        def by_horner(x: Any, at: Any) -> Any:
            def total(x: Any) -> Any:
                value = x[m - 1]
                for k in range(m - 2, -1, -1):
                    value = value * at + x[k]
                return 0.5 * jnp.sum((jnp.sign(at) - value) ** 2)

            return jax.grad(total)(x)

        def by_scan(x: Any, at: Any) -> Any:
            def total(x: Any) -> Any:
                value, _ = jax.lax.scan(lambda v, c: (v * at + c, None), jnp.zeros_like(at), x[::-1])
                return 0.5 * jnp.sum((jnp.sign(at) - value) ** 2)

            return jax.grad(total)(x)

        peers = compiled(in_gradbench, at)
        peers |= compiled(by_horner, at, name="Horner") | compiled(by_scan, at, name="scan")
        yield Case(f"{n} points, {m} coefficients", ours, drawn(m), peers)


def k_means() -> Iterator[Case]:
    """The gradient by the centroids over the diagonal of the hessian."""
    k, d = 10, 8
    for n in (1000, 10_000):
        points = np.random.default_rng(4).uniform(size=(n, d))
        centers = Parameters(k * d)
        rows = [centers.values[i * d : (i + 1) * d] for i in range(k)]

        def cost(point: Any, rows: Any = rows) -> Any:
            return autograd.min([autograd.sum([(p - q) ** 2 for p, q in zip(point, c, strict=True)]) for c in rows])

        recorded = jit(cost)

        def ours(x: Any, recorded: Any = recorded, centers: Any = centers, points: Any = points) -> Any:
            centers.set(x)
            for c in centers.values:
                c.grad = 0.0
            first = gradients(recorded.sum(points), centers.values)
            autograd.sum(first).backward()  # the hessian is its diagonal
            return np.array([g.data / c.grad for g, c in zip(first, centers.values, strict=True)]).reshape(x.shape)

        def in_gradbench(centers: Any, points: Any) -> Any:
            def total(c: Any) -> Any:
                squares = jnp.sum(points**2, 1)[None, :] + jnp.sum(c**2, 1)[:, None]
                return jnp.sum(jnp.min(squares - 2.0 * (points @ c.T).T, axis=0))

            gradient, along = jax.jvp(jax.grad(total), [centers], [jnp.ones_like(centers)])
            return gradient / along

        def by_differences(centers: Any, points: Any) -> Any:
            def total(c: Any) -> Any:
                return jnp.sum(jnp.min(jnp.sum((points[:, None] - c[None]) ** 2, axis=2), axis=1))

            gradient, product = jax.vjp(jax.grad(total), centers)
            return gradient / product(jnp.ones_like(centers))[0]

        inputs = [(points[-k:].copy(),), (points[:k].copy(),)]
        peers = compiled(in_gradbench, points) | compiled(by_differences, points, name="differences")
        yield Case(f"{n:,} points, {k} of {d} dimensions", ours, inputs, peers)


def ode() -> Iterator[Case]:
    """The gradient of the last number at time 2 of a chain of equations, by Runge and Kutta's steps."""
    for n, steps in ((10, 10), (50, 20), (50, 50)):

        def slope(x: Any, y: Any) -> Any:
            return [x[0], *(a * b for a, b in zip(x[1:], y, strict=False))]

        def last(x: Any, n: int = n, steps: int = steps) -> Any:
            h = 2.0 / steps
            y = [0.0] * n
            for _ in range(steps):
                y = step_of_list(lambda y: slope(x, y), y, h)
            return y[-1]

        def in_gradbench(x: Any, n: int = n, steps: int = steps) -> Any:
            h = 2.0 / steps

            def end(x: Any) -> Any:
                def slope(y: Any) -> Any:
                    return jnp.where(jnp.arange(n) == 0, x, x * jnp.roll(y, 1))

                def step(y: Any, _: Any) -> Any:
                    return step_of_array(slope, y, h), None

                return jax.lax.scan(step, jnp.zeros_like(x), None, length=steps)[0][-1]

            return jax.grad(end)(x)

        yield Case(f"{steps} steps of {n}", grad(jit(last)), drawn(n), compiled(in_gradbench))


def lse() -> Iterator[Case]:
    """The gradient of log-sum-exp, written with its largest number apart."""
    for n in (100, 1000, 10_000, 100_000):

        def ours(x: Any) -> Any:
            top = autograd.max(x)
            return autograd.sum([exp(a - top) for a in x]).log() + top

        def in_gradbench(x: Any) -> Any:
            def f(x: Any) -> Any:
                top = jnp.max(x)
                return jnp.log(jnp.sum(jnp.exp(x - top))) + top

            return jax.grad(f)(x)

        peers = compiled(in_gradbench)
        yield Case(n, grad(jit(ours)), drawn(n), peers)


def gmm() -> Iterator[Case]:
    """The gradient of a mixture's log-likelihood with Wishart's prior."""
    gamma, extra = 1.0, 0
    for d, k, n in ((2, 5, 1000), (2, 5, 10_000), (8, 10, 1000), (8, 10, 10_000), (32, 25, 1000)):
        points = np.random.default_rng(7).normal(size=(n, d))
        below, size = d * (d - 1) // 2, k + k * d + k * (d + d * (d - 1) // 2)
        parameters = Parameters(size)
        alphas, rest = parameters.values[:k], parameters.values[k:]
        means = [rest[i * d : (i + 1) * d] for i in range(k)]
        rest = rest[k * d :]
        factors = [rest[i * (d + below) : (i + 1) * (d + below)] for i in range(k)]
        freedom = d + extra + 1
        constant = -n * d * 0.5 * math.log(2 * math.pi) + k * (
            freedom * d * math.log(gamma / math.sqrt(2))
            - d * (d - 1) / 4 * math.log(math.pi)
            - sum(math.lgamma(0.5 * freedom - 0.5 * j) for j in range(d))
        )

        def row(x: Any, d: int = d, alphas: Any = alphas, means: Any = means, factors: Any = factors) -> Any:
            terms = []
            for alpha, mean, factor in zip(alphas, means, factors, strict=True):
                away = [a - m for a, m in zip(x, mean, strict=True)]
                turned = [exp(q) * a for q, a in zip(factor[:d], away, strict=True)]
                at = d
                for j in range(d):  # the triangle below, column by column
                    for i in range(j + 1, d):
                        turned[i] = turned[i] + factor[at] * away[j]
                        at += 1
                terms.append(alpha + autograd.sum(factor[:d]) - 0.5 * autograd.sum([t * t for t in turned]))
            return logsumexp(terms)

        def prior(d: int = d, n: int = n, alphas: Any = alphas, factors: Any = factors, c: float = constant) -> Any:
            total = c - n * logsumexp(alphas)
            for factor in factors:
                squares = autograd.sum([exp(q) ** 2 for q in factor[:d]]) + autograd.sum([a * a for a in factor[d:]])
                total = total - 0.5 * gamma * gamma * squares + extra * autograd.sum(factor[:d])
            return total

        likelihood, prior = jit(row), jit(prior)

        def ours(
            x: Any, f: Any = likelihood, g: Any = prior, parameters: Any = parameters, points: Any = points
        ) -> Any:  # fmt: skip
            parameters.set(x)
            found = gradients(f.sum(points) + g(), parameters.values)
            return np.array([g.data for g in found])

        def in_gradbench(x: Any, points: Any, d: int = d, k: int = k, n: int = n, c: float = constant) -> Any:
            columns = np.repeat(np.arange(d - 1), np.arange(d - 1, 0, -1))
            lines = np.concatenate([np.arange(j + 1, d) for j in range(d - 1)])

            def objective(x: Any) -> Any:
                alphas, means, factors = x[:k], x[k : k + k * d].reshape(k, d), x[k + k * d :].reshape(k, -1)
                q, lower = factors[:, :d], factors[:, d:]
                scales, sums = jnp.exp(q), q.sum(1)
                triangles = jnp.zeros((k, d, d)).at[:, lines, columns].set(lower)
                away = points[:, None, :] - means[None]
                turned = scales * away + jnp.einsum("ijk,mik->mij", triangles, away)
                terms = alphas + sums - 0.5 * jnp.sum(turned**2, axis=2)
                squares = jnp.sum(scales**2, 1) + jnp.sum(lower**2, 1)
                prior = -jnp.sum(0.5 * gamma * gamma * squares - extra * sums)
                slse = jnp.sum(jax.scipy.special.logsumexp(terms, axis=1))
                return c + slse - n * jax.scipy.special.logsumexp(alphas) + prior

            return jax.grad(objective)(x)

        inputs = [(np.random.default_rng(s).normal(size=size),) for s in (1, 2)]
        for (x,) in inputs:
            x[k : k + k * d] = np.random.default_rng(3).uniform(size=k * d)
        yield Case(f"{n:,} points, {k} of {d} dimensions", ours, inputs, compiled(in_gradbench, points))
