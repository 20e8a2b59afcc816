"""Between a batch's result and its derivatives there may be any time: rows that changed meanwhile are found out."""

import numpy as np
import pytest

from autograd import Value, dot, gradients, jit

SIZES = [5, 140_000]  # kept as a copy, and computed again


def of_rows(n):
    w, rows = Value(1.5), np.linspace(0.0, 1.0, n)
    f = jit(lambda x: (w * x).sin() * w**3)
    f.mean(rows)
    return w, rows, f.mean(rows)


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("order", [1, 2, 3])
def test_rows_that_changed_before_a_derivative_of_any_order_are_an_error(n, order):
    w, rows, y = of_rows(n)
    for _ in range(order - 1):
        y = gradients(y, w)
    rows[n // 2] += 1.0
    if order > 1 or n > 5:  # of a first derivative the number may be there already
        with pytest.raises(RuntimeError, match="other numbers by now"):
            gradients(gradients(y, w), w)
        with pytest.raises(RuntimeError, match="other numbers by now"):
            gradients(y, w).backward()
    w.grad = 0.0


@pytest.mark.parametrize("n", SIZES)
def test_rows_that_did_not_change_are_none(n):
    w, rows, y = of_rows(n)
    rows[0] = rows[0]
    second = gradients(gradients(y, w), w)
    w2 = Value(1.5)
    expected = gradients(gradients(sum(((w2 * x).sin() * w2**3 for x in rows.tolist()), Value(0.0)) / n, w2), w2)
    assert second.data == pytest.approx(expected.data, rel=1e-12)


def test_a_product_with_the_hessian_is_what_the_tape_gives():
    w = [Value(0.1 * k + 0.3) for k in range(6)]
    f = jit(lambda x: dot(w[:3], [x, x * x, x.sin()]).tanh() * dot(w[3:], [x, 1.0, x]).exp())
    rows = np.linspace(-1.0, 1.0, 7)
    v = [1.0, -2.0, 0.5, 3.0, 0.0, -1.0]

    def product(mean):
        for x in w:
            x.grad = 0.0
        dot(gradients(mean(), w), v).backward()
        return [x.grad for x in w]

    def eager():
        return sum((f.__wrapped__(Value(x)) for x in rows.tolist()), Value(0.0)) / len(rows)

    assert product(lambda: f.mean(rows)) == pytest.approx(product(eager), rel=1e-10)


def test_gradients_of_a_call_know_who_comes_twice_and_who_does_not_come():
    w, other = Value(2.0), Value(5.0)
    f = jit(lambda x: w * x * x)  # w is what it reads, and its argument too
    found = gradients(f(w), [w, other, w])
    assert [x.data for x in found] == [12.0, 0.0, 12.0]
    assert gradients(found[0], w).data == 12.0


@pytest.mark.parametrize("inner", [False, True])
def test_gradients_towards_inner_nodes_and_of_them(inner):
    w = Value(2.0)
    x = w * 3.0 if inner else w
    f = jit(lambda a: a**3)
    y = f(x)
    assert gradients(y, y).data == 1.0
    assert gradients(y, x).data == 3 * x.data**2
    assert gradients(gradients(y, x), x).data == 6 * x.data
