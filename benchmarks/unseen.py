"""Work that nobody tuned for, against the best peer of each kind: `python -m benchmarks.unseen [CASE ...]`.

How it is measured is written in peers.py; models (mixtures, cameras, markets) are in unseen_models.py, GradBench's own
definitions in unseen_gradbench.py.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np

import autograd
from autograd import Value, grad, gradients, hessian, jacobian, jit, logsumexp
from benchmarks import unseen_gradbench as gradbench
from benchmarks import unseen_models as models
from benchmarks.peers import Case, casadi, drawn, jax, jnp, print_table, timed, with_casadi, with_jax
from benchmarks.runge_kutta import step_of_array, step_of_list

# ---- derivatives of one function of many numbers


def rosenbrock(x: Any) -> Any:
    return sum(100.0 * (b - a * a) ** 2 + (1.0 - a) ** 2 for a, b in pairwise(x))


def rosenbrock_in_jax(x: Any) -> Any:
    return jnp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def rosenbrock_gradient() -> Iterator[Case]:
    for n in (10, 100, 1000, 10_000, 100_000):
        yield Case(n, grad(jit(rosenbrock)), drawn(n), with_jax(lambda x: jax.grad(rosenbrock_in_jax)(x)))


def rosenbrock_hessian() -> Iterator[Case]:
    for n in (10, 30, 100, 300):
        peers = with_casadi(n, lambda x: casadi.hessian(rosenbrock(casadi.vertsplit(x)), x)[0])
        yield Case(n, hessian(jit(rosenbrock), sparse=True), drawn(n), peers)


def jacobian_n_by_n() -> Iterator[Case]:
    for n in (10, 30, 100):
        rows = np.random.default_rng(0).normal(size=(n, n))
        lists = rows.tolist()

        def f(x: Any, rows: Any = lists) -> Any:
            return np.array([autograd.dot(row, x).tanh() for row in rows])

        peers = with_casadi(n, lambda x, rows=rows: casadi.jacobian(casadi.tanh(casadi.DM(rows) @ x), x))
        peers |= with_jax(lambda x, rows=rows: jax.jacobian(lambda x: jnp.tanh(rows @ x))(x))
        yield Case(n, jacobian(jit(f)), drawn(n, scale=0.1), peers)


def log_sum_exp() -> Iterator[Case]:
    for n in (10, 1000, 30_000):
        peers = with_jax(lambda x: jax.grad(jax.scipy.special.logsumexp)(x))
        yield Case(n, grad(jit(lambda x: logsumexp(x))), drawn(n), peers)


def hessian_over_rows() -> Iterator[Case]:
    for n in (2, 5, 10, 20):

        def f(x: Any) -> Any:
            return autograd.sum([(a * b).sin() for a, b in pairwise(x)]) * autograd.dot(x, x).exp()

        def in_jax(x: Any) -> Any:
            return jnp.sum(jnp.sin(x[1:] * x[:-1])) * jnp.exp(jnp.dot(x, x))

        peers = with_jax(lambda x, f=in_jax: jax.vmap(jax.hessian(f))(x))
        yield Case(n, hessian(jit(f)).map, drawn(10_000, n, scale=0.3), peers)


# ---- many outputs over shared parameters, and clusters


def shared_parameters() -> Iterator[Case]:
    """Like `ht`: every point is moved by rotations whose angles are shared, and has a weight of its own."""
    for n in (5, 30, 100):
        lists = np.random.default_rng(3).normal(size=(n, 3)).tolist()

        def f(x: Any, points: Any = lists) -> Any:
            (a, b, c), out = x[:3], []
            for k, (u, v, w) in enumerate(points):
                u, v = a.cos() * u - a.sin() * v, a.sin() * u + a.cos() * v
                v, w = b.cos() * v - b.sin() * w, b.sin() * v + b.cos() * w
                u, w = c.cos() * u - c.sin() * w, c.sin() * u + c.cos() * w
                out += [u * x[3 + k], v + x[3 + k], w * x[3 + k] * x[3 + k]]
            return np.array(out)

        def in_casadi(x: Any, points: Any = lists) -> Any:
            a, b, c = x[0], x[1], x[2]
            out = []
            for k, (u, v, w) in enumerate(points):
                u, v = casadi.cos(a) * u - casadi.sin(a) * v, casadi.sin(a) * u + casadi.cos(a) * v
                v, w = casadi.cos(b) * v - casadi.sin(b) * w, casadi.sin(b) * v + casadi.cos(b) * w
                u, w = casadi.cos(c) * u - casadi.sin(c) * w, casadi.sin(c) * u + casadi.cos(c) * w
                out += [u * x[3 + k], v + x[3 + k], w * x[3 + k] * x[3 + k]]
            return casadi.jacobian(casadi.vertcat(*out), x)

        yield Case(n, jacobian(jit(f), sparse=True), drawn(3 + n), with_casadi(3 + n, in_casadi))


def k_means_direction() -> Iterator[Case]:
    """Newton's direction of k-means: the gradient and the diagonal of the hessian, summed over points."""
    clusters, dimensions = 5, 3
    for n in (100, 1000, 5000):
        points = np.random.default_rng(4).normal(size=(n, dimensions))

        centers = [[Value(0.0) for _ in range(dimensions)] for _ in range(clusters)]
        of_centers = [x for center in centers for x in center]

        def cost(point: Any, centers: Any = centers) -> Any:
            return autograd.min([autograd.sum([(p - q) ** 2 for p, q in zip(point, c, strict=True)]) for c in centers])

        recorded = jit(cost)

        def ours(at: Any, recorded: Any = recorded, of_centers: Any = of_centers, points: Any = points) -> Any:
            for x, number in zip(of_centers, at.ravel().tolist(), strict=True):
                x.data, x.grad = number, 0.0
            first = gradients(recorded.sum(points), of_centers)
            autograd.sum(first).backward()  # the hessian is its diagonal
            numbers = np.array([[g.data, x.grad] for g, x in zip(first, of_centers, strict=True)])
            return (numbers[:, 0] / numbers[:, 1]).reshape(at.shape)

        def in_jax(centers: Any, points: Any = points) -> Any:
            def total(c: Any) -> Any:
                return jnp.sum(jnp.min(jnp.sum((points[:, None] - c[None]) ** 2, axis=2), axis=1))

            gradient, product = jax.vjp(jax.grad(total), centers)
            return gradient / product(jnp.ones_like(centers))[0]

        yield Case(n, ours, drawn(clusters, dimensions, scale=0.5), with_jax(in_jax))


# ---- recurrences


h = 0.01  # the time step of the ODE


def ode() -> Iterator[Case]:
    """The gradient of the sum of the end state by the start, of a ring of numbers that pull at each other (RK4)."""
    for n, steps in ((10, 5), (20, 20), (50, 50)):

        def slope(y: Any) -> Any:
            return [(y[(k + 1) % len(y)] - y[k]) * y[k - 1] - 0.1 * y[k] for k in range(len(y))]

        def end(y: Any, steps: int = steps) -> Any:
            y = list(y)
            for _ in range(steps):
                y = step_of_list(slope, y, h)
            return autograd.sum(y)

        def in_jax(y: Any, steps: int = steps) -> Any:
            def slope(y: Any) -> Any:
                return (jnp.roll(y, -1) - y) * jnp.roll(y, 1) - 0.1 * y

            def step(y: Any, _: Any) -> Any:
                return step_of_array(slope, y, h), None

            return jnp.sum(jax.lax.scan(step, y, None, length=steps)[0])

        yield Case(f"{steps} steps of {n}", grad(jit(end)), drawn(n), with_jax(lambda y, f=in_jax: jax.grad(f)(y)))


def lstm() -> Iterator[Case]:
    """The gradient by all weights of a cell with 4 hidden numbers, run over a row of numbers."""
    hidden = 4
    width = 2 + hidden
    for steps in (10, 50, 200):
        series = np.random.default_rng(5).normal(size=steps)
        numbers = series.tolist()

        def run(w: Any, series: Any = numbers) -> Any:
            h, c = [0.0] * hidden, [0.0] * hidden
            for x in series:
                z = [autograd.dot(row[: width - 1], [x, *h], row[width - 1]) for row in w]
                i, f, g, o = (z[k * hidden : (k + 1) * hidden] for k in range(4))
                c = [
                    q.sigmoid() * m + p.sigmoid() * r.tanh() for p, q, r, m in zip(i, f, g, c, strict=True)
                ]  # fmt: skip
                h = [q.sigmoid() * m.tanh() for q, m in zip(o, c, strict=True)]
            return autograd.sum(h)

        def in_jax(w: Any, series: Any = series) -> Any:
            def step(state: Any, x: Any) -> Any:
                h, c = state
                z = w[:, : width - 1] @ jnp.concatenate([x[None], h]) + w[:, width - 1]
                i, f, g, o = jnp.split(z, 4)
                c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
                h = jax.nn.sigmoid(o) * jnp.tanh(c)
                return (h, c), None

            start = jnp.zeros(hidden), jnp.zeros(hidden)
            return jnp.sum(jax.lax.scan(step, start, series)[0][0])

        peers = with_jax(lambda w, f=in_jax: jax.grad(f)(w))
        yield Case(steps, grad(jit(run)), drawn(4 * hidden, width, scale=0.5), peers)


# What is asked of each, and its cases.
CASES: dict[str, tuple[float, Callable[[], Iterator[Case]]]] = {
    "rosenbrock_gradient": (1, rosenbrock_gradient),
    "rosenbrock_hessian": (1, rosenbrock_hessian),
    "jacobian_n_by_n": (1, jacobian_n_by_n),
    "log_sum_exp": (1, log_sum_exp),
    "hessian_over_rows": (1.5, hessian_over_rows),
    "shared_parameters": (1, shared_parameters),
    "k_means_direction": (2, k_means_direction),
    "ode": (1, ode),
    "lstm": (1, lstm),
    "mixture": (1, models.mixture),
    "bundle_adjustment": (1, models.bundle_adjustment),
    "determinant": (1, models.determinant),
    "least_squares": (1, models.least_squares),
    "brownian_motion": (1.5, models.brownian_motion),
    "heston": (1.5, models.heston),
    "gradbench_llsq": (1, gradbench.llsq),
    "gradbench_kmeans": (2, gradbench.k_means),
    "gradbench_ode": (1, gradbench.ode),
    "gradbench_lse": (1, gradbench.lse),
    "gradbench_gmm": (1, gradbench.gmm),
}


if __name__ == "__main__":
    print_table(CASES, sys.argv[1:], timed)
