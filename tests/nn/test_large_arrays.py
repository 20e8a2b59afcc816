"""Arrays of many rows go through `fit` as arrays: no copies, nothing done cell by cell, and yours stays as it is."""

from __future__ import annotations

import random
import sys
import tracemalloc

import numpy as np
import pytest

import nn
from nn.samples import as_rows, permutation, row_weights, split_order


def data(n):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, 20))
    return X, X[:, 0] * X[:, 1]


def fitted(X, y, **options):
    model = nn.MLP(20, [4, 1], seed=1)
    nn.fit(model, X, y, loss="mse", batch_size=1000, epochs=2, progress=False, **options)
    return [p.data for p in model.parameters()]


@pytest.mark.program
@pytest.mark.parametrize(("options", "most"), [({}, 0.3), ({"validation": 0.2}, 1.5)])
def test_memory_beyond_the_data_is_bounded(options, most):
    fitted(*data(2000), **options)  # what is recorded and imported is not the data's
    X, y = data(100_000)
    tracemalloc.start()
    try:
        fitted(X, y, **options)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most * (X.nbytes + y.nbytes) + 4e6  # what the machine computes in, whatever the data


def test_no_python_runs_for_each_row_or_cell():
    counts = []
    for n in (4000, 8000):
        X, y = data(n)
        calls = 0

        def count(frame, event, arg):
            nonlocal calls
            calls += 1

        old = sys.getprofile()
        sys.setprofile(count)
        try:
            model = nn.MLP(20, [4, 1], seed=1)
            nn.fit(model, X, y, loss="mse", batch_size=None, epochs=1, progress=False)
        finally:
            sys.setprofile(old)
        counts.append(calls)
    assert counts[1] - counts[0] < 1000  # of 4,000 rows more, of which the machine in NumPy makes some tiles


def test_the_users_arrays_are_taken_as_they_are_and_left_so():
    X, y = data(3000)
    assert as_rows(X) is X
    before = X.copy(), y.copy()
    fitted(X, y, validation=0.1)
    assert np.array_equal(X, before[0])
    assert np.array_equal(y, before[1])
    locked = X.copy()
    locked.flags.writeable = False
    assert fitted(locked, y) == fitted(X, y) == fitted(X.tolist(), y.tolist()) == fitted(np.asfortranarray(X), y)


def test_a_number_that_is_not_finite_is_found_in_the_last_row():
    X, y = data(40_000)
    X[-1, -1] = np.nan
    with pytest.raises(ValueError, match=r"X\[39999\]\[19\] must be finite, got nan"):
        nn.fit(nn.MLP(20, [1]), X, y)


def test_equal_keys_keep_their_order():
    class Few(random.Random):
        def randbytes(self, n):
            return np.arange(n // 8, dtype="<u8")[::-1].repeat(2)[: n // 8].tobytes()

    assert permutation(Few(), 6).tolist() == [4, 5, 2, 3, 0, 1]
    assert sorted(permutation(random.Random(1), 1000).tolist()) == list(range(1000))


def test_arrays_and_lists_of_labels_are_split_alike():
    labels = np.random.default_rng(0).integers(3, 6, size=500)
    order = split_order(labels, seed=3)
    assert (order == split_order(labels.tolist(), seed=3)).all()
    assert (order == split_order(list(map(str, labels)), seed=3)).all()


def test_weights_by_class():
    targets = np.array([2, 5, 5, 2, 9])
    assert row_weights(None, {2: 0.5, 9: 4.0}, targets).tolist() == [0.5, 1.0, 1.0, 0.5, 4.0]
    balanced = row_weights([1.0, 2.0, 1.0, 1.0, 1.0], "balanced", targets)
    assert balanced == pytest.approx([5 / 6, 5 / 3, 5 / 6, 5 / 6, 5 / 3])
