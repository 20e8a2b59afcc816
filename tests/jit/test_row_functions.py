"""Functions of the table over rows: a row's bits do not depend on where it stands, in a vector or in a tail."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from test_machine import each_target

import autograd
from autograd import Value, grad, jit

UNARY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc "
    "sigmoid softplus gelu silu"
).split()
BINARY = {
    "pow": lambda x, y: x**y,
    "mod": lambda x, y: x % y,
    "atan2": autograd.atan2,
    "hypot": autograd.hypot,
}
AWKWARD = [0.0, -0.0, 1.0, -1.0, 0.5, 1e-310, -5e-324, 1e300, -1e300, np.inf, -np.inf, np.nan, 1e7, 710.1, 2.0**-30]


def rows(arity: int) -> list[np.ndarray]:
    """Ordinary numbers with awkward ones among them, each kind in every lane."""
    random = np.random.default_rng(3)
    x = random.uniform(-3, 3, (arity, 200))
    places = random.permutation(200)
    x[:, places[: 5 * len(AWKWARD)]] = np.resize(AWKWARD, 5 * len(AWKWARD))
    if arity == 2:
        random.shuffle(x[1])
    return list(x)


def same_bits(a: np.ndarray, b: np.ndarray) -> bool:
    return bool(np.all((a.view(np.int64) == b.view(np.int64)) | (np.isnan(a) & np.isnan(b))))


def functions() -> list:
    return [*((name, getattr(autograd, name), 1) for name in UNARY), *((name, f, 2) for name, f in BINARY.items())]


@each_target
@pytest.mark.parametrize(("name", "f", "arity"), functions())
@pytest.mark.filterwarnings("ignore:.*:RuntimeWarning")
def test_a_row_has_the_same_bits_alone_in_any_lane_and_in_a_tail(target, name, f, arity):
    x, recorded = rows(arity), jit(f, verify=False)
    together = recorded.map(*x)
    alone = np.array([recorded(*row).data for row in zip(*(a.tolist() for a in x), strict=True)])
    assert same_bits(together, alone)
    for n in range(1, 20):  # one vector and less, tails of every length
        assert same_bits(recorded.map(*(a[n : 2 * n] for a in x)), together[n : 2 * n])


@each_target
@pytest.mark.parametrize(("name", "f", "arity"), functions())
def test_a_derivative_has_the_same_bits_alone_in_any_lane_and_in_a_tail(target, name, f, arity):
    slope: Any = grad(jit(f, verify=False))
    x = rows(arity)
    together = slope.map(*x)
    for n in range(1, 20):
        assert same_bits(slope.map(*(a[n : 2 * n] for a in x)), together[n : 2 * n])


@each_target
@pytest.mark.parametrize(("name", "f", "arity"), functions())
def test_rows_are_within_a_few_units_of_the_eager_function(target, name, f, arity):
    x = rows(arity)
    got = jit(f, verify=False).map(*x)
    want = np.array([f(*map(Value, row)).data for row in zip(*(a.tolist() for a in x), strict=True)])
    np.testing.assert_allclose(got, want, rtol=4 * 2.0**-52, atol=4 * 5e-324)
    zero = want == 0
    np.testing.assert_array_equal(np.signbit(got[zero]), np.signbit(want[zero]))
