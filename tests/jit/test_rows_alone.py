"""A row of a batch has the bits that it has alone, whatever stands beside it: rows are read, computed and written in
vectors, of which the last ones are not full."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import autograd
from autograd import Value, jit
from autograd.jit import machine as machines

each_target = pytest.mark.parametrize(
    "target", range(len(machines.target_names())), ids=machines.target_names(), indirect=True
)

only_compiled = pytest.mark.skipif(not machines.COMPILED, reason="NumPy's own loops round as they like")


def results_of(x, w, count):
    """Some numbers of a row: products of its own numbers, sums of scattered ones, chains, its items and a parameter."""
    t, powers = x[0], [1.0]
    for _ in w[1:]:
        powers.append(powers[-1] * t)
    chain = w[0]
    for a in w[1:]:
        chain = chain * t + a
    found = [
        autograd.dot(list(x), list(x), w[0]), autograd.dot(w, powers), chain, x[-1], w[1] * 2.0,
        autograd.dot(list(x), list(x)[::-1]), x[0] - w[2], (x[0] * x[-1]).sin(), x[0] + x[0],
    ]  # fmt: skip
    return [found[k % len(found)] for k in range(count)]


@only_compiled
@each_target
@given(st.integers(1, 80), st.integers(1, 10), st.integers(1, 11), st.integers(0, 1 << 30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_results_in_company_are_those_of_the_row_alone(target, n, columns, results, seed):
    rng = np.random.default_rng(seed)
    w = [Value(x) for x in rng.normal(size=7)]
    f = jit(lambda x: results_of(x, w, results), verify=False)
    rows = rng.normal(size=(n, columns))
    together = f.map(rows)
    assert together.shape == (n, results)
    alone = np.concatenate([f.map(rows[k : k + 1]) for k in range(n)])
    assert together.tobytes() == alone.tobytes()
    some = rng.permutation(n)[: n // 2 + 1]
    assert f.map(rows[some]).tobytes() == alone[some].tobytes()


@each_target
@pytest.mark.parametrize("columns", [1, 2, 3, 4, 8, 9])
def test_rows_of_tables_side_by_side_and_out_of_order(target, columns):
    rng = np.random.default_rng(columns)
    first, second = rng.normal(size=(45, columns)), rng.normal(size=45)

    def f(x, y):
        if x[0] > 0.0:  # two paths: of each, the rows are chosen by their places
            return [a * y for a in x] + [y, y + x[0]]
        return [a + y for a in x] + [y, x[-1]]

    found = jit(f, verify=False).map(first, second)
    for k in range(45):
        wanted = [z.data for z in f([Value(a) for a in first[k]], Value(second[k]))]
        assert found[k].tolist() == wanted
