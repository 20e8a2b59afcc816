"""What runs together: programs whose loops are cut by the ends of a ring, and products that lie side by side."""

from __future__ import annotations

import random
from array import array
from itertools import pairwise

import numpy as np
import pytest

import autograd
from autograd import Value, grad, jit
from autograd.generated.kernels import SUM
from autograd.jit.machine.program import LIST_DOT, LIST_DOTS
from autograd.jit.passes.building import Builder
from autograd.jit.recording.recordings import single_machine


def program_of(transform, at):
    transform(at)
    (entry,) = transform.root.entries.values()
    (made,) = transform.programs(entry.recordings[0])
    return single_machine(made).program


def eager_gradient(f, at):
    leaves = [Value(x) for x in at.tolist()]
    f(leaves).backward()
    return [x.grad for x in leaves]


def ring(steps):
    """The sum of the end state of numbers in a ring that pull at each other (RK4)."""
    h = 0.01

    def slope(y):
        return [(y[(k + 1) % len(y)] - y[k]) * y[k - 1] - 0.1 * y[k] for k in range(len(y))]

    def end(y):
        y = list(y)
        for _ in range(steps):
            k1 = slope(y)
            k2 = slope([a + h / 2 * k for a, k in zip(y, k1, strict=True)])
            k3 = slope([a + h / 2 * k for a, k in zip(y, k2, strict=True)])
            k4 = slope([a + h * k for a, k in zip(y, k3, strict=True)])
            y = [a + h / 6 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(y, k1, k2, k3, k4, strict=True)]
        return autograd.sum(y)

    return end


def test_the_ends_of_a_ring_cost_the_same_in_every_step_of_a_recurrence():
    at = np.random.default_rng(0).normal(size=40)
    few, many = (len(program_of(grad(jit(ring(steps))), at).uniform) for steps in (4, 12))
    assert many / 12 <= 1.05 * few / 4
    assert many < 12 * 110  # 4 slopes of 5 operations and as many again on the way back, most in two pieces


def test_the_gradient_of_a_ring_is_that_of_its_eager_run():
    at = np.random.default_rng(1).normal(size=37)
    f = ring(3)
    assert grad(jit(f))(at) == pytest.approx(eager_gradient(f, at), rel=1e-12)


def test_equal_sums_of_products_over_neighbors_are_one_instruction():
    def f(x):
        n = len(x) // 3
        a, b, c = x[:n], x[n : 2 * n], x[2 * n :]
        return [p + 0.5 * q + r * p + q * r for p, q, r in zip(a, b, c, strict=True)]

    at = np.random.default_rng(2).normal(size=3 * 21)
    recorded = jit(f)
    assert [y.data for y in recorded(at)] == pytest.approx(f(at.tolist()), rel=1e-14)
    (entry,) = recorded.entries.values()
    program = single_machine(entry.recordings[0]).program
    assert [program.code[start] for start in program.uniform] == [LIST_DOTS]


def test_sums_of_products_that_lie_elsewhere_are_right_too():
    order = list(range(24))
    random.Random(3).shuffle(order)

    def f(x):
        return [x[i] + x[j] * x[i] + 2.0 * x[j] + x[i] * x[j - 1] for i, j in pairwise(order)]

    at = np.random.default_rng(4).normal(size=24)
    recorded = jit(f)
    assert [y.data for y in recorded(at)] == pytest.approx(f(at.tolist()), rel=1e-14)
    (entry,) = recorded.entries.values()
    program = single_machine(entry.recordings[0]).program
    kinds = [program.code[start] for start in program.uniform]
    assert set(kinds) <= {LIST_DOT, LIST_DOTS}
    assert len(kinds) > 6


def test_a_sum_of_products_that_reads_the_one_before_is_computed_after_it():
    def f(x):
        a = x[0] + x[0] * x[0] + 2.0 * x[1] + x[1] * x[2]
        return a + a * a + 2.0 * x[0] + x[0] * a

    at = np.array([0.5, -0.25, 3.0])
    assert jit(f)(at).data == pytest.approx(f(at.tolist()), rel=1e-14)


@pytest.mark.parametrize("k", [1, 2, 3, 9, 40])
def test_a_graph_in_the_making_grows_whatever_the_number_of_operands(k):
    b = Builder(0)
    nodes = [b.input(i) for i in range(k)]
    for i in range(500):
        nodes = [*nodes[1:], b.many(SUM, [*nodes, b.constant(1.5 + i)])]
    graph = b.finished([nodes[-1]], array("i"))
    assert graph.operations() == 500
