"""A row that counts k times is k rows, for the linear models that networks begin as."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn import MLP
from nn.training.baselines import generalizing_penalty, linear_outputs, linear_weights
from nn.training.linear_start import start_from_linear


@given(st.lists(st.integers(0, 4), min_size=12, max_size=25).filter(lambda counts: sum(c > 0 for c in counts) > 6))
def test_counting_is_repeating(counts):
    rng = np.random.default_rng(len(counts))
    X, y = rng.normal(size=(len(counts), 3)), rng.normal(size=len(counts))
    k = np.array(counts)
    classes = (y > 0).astype(int)
    repeated = np.repeat(X, k, axis=0)
    for targets, number in ((y, None), (classes, 2)):
        counted = linear_weights(X, targets, number, counts=k)
        assert counted == pytest.approx(linear_weights(repeated, np.repeat(targets, k), number), rel=1e-3, abs=1e-4)
    assert generalizing_penalty(X, y, k) == generalizing_penalty(repeated, np.repeat(y, k), np.ones(k.sum()))


def test_noise_gets_a_large_penalty_and_a_law_a_small_one():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 5))
    ones = np.ones(60)
    assert generalizing_penalty(X, rng.normal(size=60), ones) >= 10.0
    assert generalizing_penalty(X, X @ np.arange(1.0, 6.0), ones) == 0.1


def test_a_network_begins_as_the_weighted_linear_model():
    rng = np.random.default_rng(3)
    X, y, counts = rng.normal(size=(30, 2)), rng.normal(size=30), rng.integers(1, 4, size=30)
    model = MLP(2, [8, 1], seed=1)
    assert start_from_linear(model, X, y, None, counts=counts)
    weights = linear_weights(X, y, penalty=generalizing_penalty(X, y, counts), counts=counts)
    assert [model(row).data for row in X.tolist()] == pytest.approx(linear_outputs(weights, X).tolist())
