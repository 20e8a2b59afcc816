"""Operations of the user's own in recordings: their derivative is what the user says, at machine speed or by calls."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograd import JitError, Value, cos, exp, grad, hessian, jit, operation, sin

softsign_ = operation("softsign_in_jit", "x / (1 + fabs(x))", "1 / square(1 + fabs(x))")
straight_through = operation("straight_through_in_jit", "rint(x)", "1")
bounded = operation("bounded_in_jit", "x if x < y else (y if x >= y else x)", "1 if x < y else 0", "0 if x < y else 1")
called = operation("called_in_jit", lambda x, y: math.sin(x) * y, lambda x, y: cos(x) * y, lambda x, y: sin(x))
nested = operation("nested_in_jit", "softsign_in_jit(x) * x", "softsign_in_jit(x) + x / square(1 + fabs(x))")

FUNCTIONS = {
    "a formula": lambda x: softsign_(x) * x,
    "a derivative that is not that of the value": lambda x: straight_through(2.0 * x) * x + softsign_(x),
    "a formula with a condition": lambda x: bounded(x * x, 1.0) * exp(x),
    "a formula that calls another": lambda x: nested(x) + x,
    "a Python function": lambda x: called(x * 2.0, x) + x,
    "several": lambda x: called(softsign_(x), straight_through(x + 0.2)) * x,
}
POINTS = (0.3, 1.3, -0.7, 2.2)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_is_recorded_with_its_own_derivative(name):
    f = FUNCTIONS[name]
    recorded = jit(f)
    for x in POINTS:
        v, w = Value(x), Value(x)
        y, z = f(v), recorded(w)
        y.backward()
        z.backward()
        assert z.data == pytest.approx(y.data, rel=1e-14)
        assert w.grad == pytest.approx(v.grad, rel=1e-13)
        assert grad(recorded)(x) == pytest.approx(v.grad, rel=1e-13)
    assert recorded.map(list(POINTS)).tolist() == pytest.approx([f(x) for x in POINTS], rel=1e-14)
    assert grad(recorded).map(list(POINTS)).tolist() == pytest.approx([grad(f)(x) for x in POINTS], rel=1e-13)
    shared = Value(0.5)
    jit(lambda x: f(x * shared)).mean(np.array(POINTS)).backward()
    assert shared.grad == pytest.approx(sum(grad(lambda s, x=x: f(x * s))(0.5) for x in POINTS) / 4, rel=1e-13)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_second_derivatives_are_those_of_its_partials_where_these_are_formulas(name):
    f = FUNCTIONS[name]
    if "called" in f.__code__.co_names:
        with pytest.raises(JitError, match="is a Python function"):
            hessian(jit(f))(0.3)
        return
    for x in POINTS:
        assert hessian(jit(f))(x) == pytest.approx(hessian(f)(x), rel=1e-12, abs=1e-12)
        assert jit(lambda x: grad(f)(x))(x).data == pytest.approx(grad(f)(x), rel=1e-13)


def test_what_a_python_function_raises_comes_out_and_the_next_call_is_right():
    calls: list[float] = []

    def value(x):
        calls.append(x)
        if x > 2.0:
            raise KeyError("too large")
        return x

    raising = operation("raises_in_jit", value, lambda x: 1.0)
    recorded = jit(lambda x: raising(x) * 2.0)
    assert recorded(1.0).data == 2.0
    for rows in ([1.0, 3.0, 1.5], [3.0] * 100):
        with pytest.raises(KeyError, match="too large"):
            recorded.map(rows)
    assert recorded.map([1.0, 1.5]).tolist() == [2.0, 3.0]
