"""Sparse jacobians and hessians: the same numbers as the dense ones, found in few sweeps."""

from __future__ import annotations

import pickle
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import autograd
from autograd import Value, grad, hessian, jacobian, jit, maximum, sqrt, tanh, where
from autograd.differentiation.sparsity import hessian_sweeps, jacobian_sweeps

sparse = pytest.importorskip("scipy.sparse")


def rosenbrock(x):
    return sum(100.0 * (b - a * a) ** 2 + (1.0 - a) ** 2 for a, b in pairwise(x))


def neighbors(x):
    return [*(a * b for a, b in pairwise(x)), sum(x), 3.0, x[0].exp(), maximum(x[-1], 0.5 * x[0])]


def arrow(x):
    return sum(a * x[0] * a for a in x[1:]) + x[0] ** 3


def blocks(x):
    """Few results, each of many arguments of its own."""
    return [autograd.prod(x[k : k + 3]) for k in range(0, len(x), 3)]


X = [0.3 * k - 0.7 for k in range(9)]


@pytest.mark.parametrize("transform", [lambda f: f, jit], ids=["plain", "recorded"])
@pytest.mark.parametrize(
    ("derivative", "f"),
    [(jacobian, neighbors), (jacobian, blocks), (hessian, rosenbrock), (hessian, arrow), (jacobian, lambda x: x[0])],
)
def test_what_is_stored_is_the_dense_matrix_to_the_last_bit(derivative, f, transform):
    f = transform(f)
    dense, found = np.atleast_2d(derivative(f)(X)), derivative(f, sparse=True)
    for _ in range(3):  # recorded, replayed, verified
        matrix = found(X)
        assert isinstance(matrix, sparse.csr_array)
        assert matrix.shape == dense.shape
        assert matrix.has_canonical_format
        assert np.array_equal(matrix.toarray(), dense)
        assert matrix.nnz < dense.size


steps = st.lists(
    st.tuples(st.sampled_from(("mul", "add", "tanh", "square", "where", "max")), st.integers(0), st.integers(0)),
    min_size=1, max_size=12,
)  # fmt: skip


def program(chosen, x):
    values = list(x)
    for name, i, j in chosen:
        a, b = values[i % len(values)], values[j % len(values)]
        values.append({
            "mul": lambda a=a, b=b: a * b, "add": lambda a=a, b=b: a + b, "tanh": lambda a=a: tanh(a),
            "square": lambda a=a: a * a, "where": lambda a=a, b=b: where(a > b, a * 2.0, b),
            "max": lambda a=a, b=b: maximum(a, b),
        }[name]())  # fmt: skip
    return values[len(x) :]


@given(steps, st.lists(st.floats(-2, 2), min_size=1, max_size=6))
@example([("mul", 0, 1)], [1.0, 1.0])
def test_random_programs_have_the_same_jacobian_and_hessian(chosen, x):
    for f in (lambda x: program(chosen, x), jit(lambda x: program(chosen, x))):
        dense = np.array(jacobian(f)(x))  # perhaps swept from the other side, in another order of additions
        assert np.allclose(jacobian(f, sparse=True)(x).toarray(), dense, rtol=1e-14, atol=1e-14)
    for f in (lambda x: sum(program(chosen, x)), jit(lambda x: sum(program(chosen, x)))):
        dense = np.array(hessian(f)(x))
        found = hessian(f, sparse=True)(x).toarray()
        assert np.allclose(found, dense, rtol=1e-14, atol=1e-14)  # of two equal entries one is computed


matrices = st.integers(1, 7).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1)), min_size=1, max_size=7))
)


@given(matrices)
def test_no_sweep_mixes_two_entries_of_a_row_or_of_a_column(drawn):
    n, rows = drawn
    sweeps = jacobian_sweeps(rows, n)
    dense = np.random.default_rng(1).normal(size=(len(rows), n))
    dense *= [[j in row for j in range(n)] for row in rows]
    found = [dense[:, group].sum(axis=1) for group in sweeps.forward]
    found += [dense[group].sum(axis=0) for group in sweeps.reverse]
    entries = [found[k][place] for k, place in sweeps.entries]
    assert np.array_equal(sparse.csr_array((entries, sweeps.columns, sweeps.ends), shape=dense.shape).toarray(), dense)
    assert len(found) <= min(len(rows), n)


@given(matrices)
def test_no_sweep_over_a_symmetric_matrix_mixes_entries(drawn):
    n, rows = drawn
    rows = (rows + [set()] * n)[:n]
    dense = np.zeros((n, n))
    for i, row in enumerate(rows):
        for j in row:
            dense[i, j] = dense[j, i] = 1.0 + i * j + i + j
    sweeps = hessian_sweeps(rows)
    found = [dense[:, group].sum(axis=1) for group in sweeps.forward]
    entries = [found[k][place] for k, place in sweeps.entries]
    assert np.array_equal(sparse.csr_array((entries, sweeps.columns, sweeps.ends), shape=dense.shape).toarray(), dense)


@pytest.mark.parametrize("n", [10, 200])
def test_a_band_costs_a_constant_number_of_sweeps(n):
    tridiagonal = [{j for j in (i - 1, i, i + 1) if 0 <= j < n} for i in range(n)]
    assert len(hessian_sweeps(tridiagonal).forward) == 3
    arrowhead = [set(range(n)), *[{0, i} for i in range(1, n)]]
    assert len(hessian_sweeps(arrowhead).forward) == 2
    assert len(jacobian_sweeps(arrowhead, n).forward + jacobian_sweeps(arrowhead, n).reverse) == 3
    whole = [set(range(n))] * 2
    assert len(jacobian_sweeps(whole, n).reverse) == 2


def test_nested_arguments_are_columns_in_order_and_nested_results_rows():
    def f(p, scale):
        return {"a": p["x"] * scale, "b": (p["y"][0], p["y"][1] * p["x"])}

    p = {"x": 2.0, "y": [3.0, 5.0]}
    assert jacobian(f, argnums=(0, 1), sparse=True)(p, 7.0).toarray().tolist() == [
        [7.0, 0.0, 0.0, 2.0], [0.0, 1.0, 0.0, 0.0], [5.0, 0.0, 2.0, 0.0],
    ]  # fmt: skip
    assert jacobian(lambda x: np.array([x[0] * x[1], x[1]]), sparse=True)(np.array([2.0, 3.0])).toarray().tolist() == [
        [3.0, 2.0],
        [0.0, 1.0],
    ]


@pytest.mark.parametrize("f", [rosenbrock, jit(rosenbrock)])
def test_one_number_or_none_at_all(f):
    assert hessian(lambda x: x**3, sparse=True)(2.0).toarray().tolist() == [[12.0]]
    assert jacobian(lambda x: [3.0], sparse=True)([1.0, 2.0]).nnz == 0
    assert hessian(f, sparse=True)([1.0]).shape == (1, 1)


def test_a_branch_not_taken_has_no_number():
    f = jit(lambda x: [where(x[0] > 0, sqrt(x[0]), 2.0 * x[1]), x[0] * x[1]])
    found = jacobian(f, sparse=True)
    assert found([4.0, 1.0]).toarray().tolist() == [[0.25, 0.0], [1.0, 4.0]]
    assert found([0.0, 1.0]).toarray().tolist() == [[0.0, 2.0], [1.0, 0.0]]


def test_paths_have_matrices_of_their_own():
    f = jit(lambda x: [x[0] * x[1]] if x[0] > 0 else [x[1], x[0]])
    found = jacobian(f, sparse=True)
    assert found([1.0, 2.0]).shape == (1, 2)
    assert found([-1.0, 2.0]).toarray().tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert found([3.0, 2.0]).toarray().tolist() == [[2.0, 3.0]]


@pytest.mark.parametrize("derivative", [jacobian, hessian])
def test_what_wants_values_is_refused_in_words(derivative):
    with pytest.raises(TypeError, match="leave it out where an argument holds Values"):
        derivative(rosenbrock, sparse=True)([Value(1.0), 2.0])
    with pytest.raises(TypeError, match="cannot be differentiated"):
        grad(lambda x: derivative(rosenbrock, sparse=True)([x, 2.0]).sum())(1.0)
    with pytest.raises(TypeError, match="leave it out here"):
        derivative(jit(rosenbrock), sparse=True).map(np.ones((3, 2)))
    with pytest.raises(TypeError, match="must return one number"):
        hessian(neighbors, sparse=True)(X)
    with pytest.raises(TypeError, match="must return one number"):
        hessian(jit(neighbors), sparse=True)(X)


def test_without_scipy_the_command_to_install_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    with pytest.raises(ImportError, match="pip install scipy"):
        jacobian(neighbors, sparse=True)(X)


SAVED = hessian(jit(rosenbrock), sparse=True)


def test_a_recorded_one_can_be_pickled():
    assert np.array_equal(pickle.loads(pickle.dumps(SAVED))(X).toarray(), SAVED(X).toarray())
    assert "sparse_hessian" in repr(SAVED)
