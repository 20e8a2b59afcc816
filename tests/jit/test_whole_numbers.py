"""Elements of integer and bool arrays in the functions that a loop over the rows would call with them."""

import math

import numpy as np
import pytest

import autograd as ag
import nn
from autograd import JitError, Value, jit

X = [1.5, -2.5, 3.5]
INTS, PAIRS = np.array([1, 2, 3]), np.array([[1, 2], [3, 4], [0, 5]])
SIGNS, ONES = np.array([1, -1, 1]), np.array([1, 0, 1])
BOOLS = np.array([True, False, True])
ROW = [np.array([1.5, 2.5])] * 3
MASKS = np.array([[True, False], [False, True], [True, True]])

LOSSES = nn.l1_loss, nn.huber_loss, nn.quantile_loss, nn.binary_cross_entropy_with_logits, nn.poisson_loss
OF_ROWS = {
    f.__name__: (lambda r, x, f=f: 2.0 * f(r) + f([*r, x]), PAIRS, X)
    for f in (ag.sum, ag.mean, ag.prod, ag.max, ag.min, ag.norm, ag.logsumexp)
}
FUNCTIONS = {
    **OF_ROWS,
    "softmax": (lambda r, x: ag.softmax(r)[0] + ag.softmax([x, *r])[2], PAIRS, X),
    "dot": (lambda r, x: ag.dot(r, [x, x], start=r[0]) + ag.dot([x, x], r), PAIRS, X),
    "clip": (lambda n, x: ag.clip(n, x, 10) + ag.clip(x, 0, n), INTS, X),
    "maximum": (lambda n, x: ag.maximum(x, n) + ag.max(x, n) + ag.min(n, x), INTS, X),
    "where": (lambda n, x: ag.where(n, x, -x) + ag.where(x > 0, n, x), BOOLS, X),
    "where by an int": (lambda n, x: ag.where(n - 1, x, n), INTS, X),
    "mse_loss": (lambda n, x: nn.mse_loss([x], [n]) + nn.mse_loss(x, n), INTS, X),
    "hinge_loss": (lambda n, x: nn.hinge_loss([x], [n]), SIGNS, X),
    "exp": (lambda n: np.exp(n) + np.sqrt(n), INTS),
    "exp of a row": (lambda r: np.exp(r).sum() + np.sin(r)[0], PAIRS),
    "divmod": (lambda n: 3.0 * divmod(n, 2)[0] + divmod(n, 2)[1] + 5.0 * divmod(7, n)[0] + divmod(7, n)[1], INTS),
    "round": (lambda n: round(n) * 1.0 + round(n, 1) * 2.0 + round(n, -1) + math.floor(n) + math.ceil(n), INTS),
    "masks": (lambda m, x: ag.where(np.logical_and(m, x > 0)[0], x[0], -x[0]), MASKS, ROW),
    "not": (lambda m, x: ag.where(np.logical_not(m)[0], x[0], -x[0]), MASKS, ROW),
    **{f.__name__: (lambda n, x, f=f: f([x], [n]), ONES, X) for f in LOSSES},
}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("as_lists", [False, True])
def test_a_function_of_whole_numbers_gives_what_the_loop_gives(name, as_lists):
    f, *columns = FUNCTIONS[name]
    if as_lists:
        columns = [c.tolist() if isinstance(c, np.ndarray) and c.ndim == 1 else c for c in columns]
    rows = zip(*columns, strict=True)
    expected = [float(f(*[Value(x) if isinstance(x, float) else x for x in row])) for row in rows]
    recorded = jit(f)
    for _ in range(3):
        np.testing.assert_allclose(recorded.map(*columns), expected, rtol=1e-14)


def test_a_network_takes_whole_numbers():
    m = nn.MLP(2, [3, 1], "tanh", seed=1)
    inputs, labels = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([-1, 1, 1, -1])
    loss = jit(lambda x, t: (1 - t * m(x)).relu()).mean(inputs, labels)
    assert loss.data == pytest.approx(jit(lambda x, t: (1 - t * m(x)).relu()).mean(inputs * 1.0, labels * 1.0).data)
    loss.backward()
    assert any(p.grad for p in m.parameters())
    np.testing.assert_array_equal(jit(m).map(inputs.tolist()), jit(m).map(inputs * 1.0))


@pytest.mark.parametrize("f", [lambda m, x: x[0] * (m & (x > 0))[0], lambda m, x: x[0] * (~m)[0]])
def test_what_to_use_for_masks_is_told(f):
    with pytest.raises(JitError, match=r"np\.logical_and, np\.logical_or and np\.logical_not"):
        jit(f).map(MASKS, ROW)


def test_a_whole_number_has_no_methods_of_values():
    with pytest.raises(AttributeError, match="no attribute 'relu'"):
        jit(lambda n: n.relu()).map(INTS)
    with pytest.raises(JitError, match="no attribute 'exp'"):
        jit(lambda n: n.exp()).map(INTS)
