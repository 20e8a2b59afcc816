"""`gradients_by_row` follows what was computed of the parameters outside of the function."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import autograd as ag
import nn
from autograd import Value, gradients, jit

ROWS = np.array([1.0, 2.0, -0.5])
k, w = Value(2.0), Value(-1.5)
c = k * 3
inner = jit(lambda x: k * x + w)
of_call, of_mean = inner(4.0), inner.mean(ROWS)
length = ag.norm([k, w])
deep = (c * w).tanh() + length

FUNCTIONS = {
    "a product": lambda x: c * x,
    "beside the parameter itself": lambda x: c * x + k * x,
    "of another recorded call": lambda x: of_call * x + k,
    "of a mean": lambda x: of_mean * x * w,
    "a norm of the parameters": lambda x: length / (1 + x * x),
    "several, one of the other": lambda x: deep * x + c * length + k.exp(),
    "of two paths": lambda x: c * x if x > 0 else deep * w,
    "of several results": lambda x: [c * x, w * x, Value(3.0), deep * k],
    "without any": lambda x: x * x,
    "more than there are rows": lambda x: ag.sum([k * j * w for j in range(2)]) + ag.dot(many, [x] * len(many)),
}
many = [k * j + w * w for j in range(9)]


def by_the_loop(f, parameters, rows):
    found = []
    for x in rows.tolist():
        out = f(Value(x))
        results = out if isinstance(out, list) else [out]
        found.append([[g.data for g in gradients(y, parameters)] for y in results])
    found = np.array(found)
    return found if isinstance(out, list) else found[:, 0]


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("parameters", [[k, w], [w], [c, k], [Value(1.0), k]], ids=["both", "one", "computed", "other"])
def test_a_row_has_the_derivatives_of_the_loop(name, parameters):
    f = FUNCTIONS[name]
    recorded = jit(f)
    expected = by_the_loop(f, parameters, ROWS)
    for _ in range(3):
        np.testing.assert_allclose(recorded.gradients_by_row(parameters, ROWS), expected, rtol=1e-12)
    with ThreadPoolExecutor(1) as executor:
        found = recorded.gradients_by_row(parameters, ROWS, executor=executor)
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert k.grad == w.grad == c.grad == 0.0


def test_a_computed_argument_that_all_rows_share_is_followed():
    f = jit(lambda c, x: c * x)
    assert f.gradients_by_row([k], c, np.array([1.0, 2.0])).tolist() == [[3.0], [6.0]]


def test_what_a_row_does_not_choose_gives_it_nothing():
    zero = Value(0.0)
    root = zero.sqrt()
    f = jit(lambda x: ag.where(x > 0, root, x * 2) + zero)
    assert f.gradients_by_row([zero], np.array([1.0, -1.0])).tolist() == [[np.inf], [1.0]]


def test_lm_moves_what_was_computed_of_a_parameter():
    class Doubled(nn.Module):
        def __init__(self):
            self.w = Value(0.3)
            self.b = Value(0.0)
            self.u = self.w * 2

        def __call__(self, x):
            return self.u * x[0] + self.b

    moved = {}
    for optimizer in ("lm", "lbfgs"):
        model = Doubled()
        data = [[1.0], [2.0], [3.0]], [4.0, 8.0, 12.0]
        nn.fit(model, *data, loss="mse", optimizer=optimizer, epochs=5, progress=False)
        moved[optimizer] = model.w.data
    assert moved["lm"] != 0.3
