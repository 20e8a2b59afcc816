"""Operations of many operands: one node each, right at the edges, with plain numbers mixed in."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import ordinary

import autograd
from autograd import Value

REDUCTIONS = ("sum", "mean", "prod", "logsumexp", "max", "min", "norm")
INF, NAN = math.inf, math.nan
numbers = st.lists(ordinary(), min_size=1, max_size=12)


def gradient(z, xs):
    z.backward()
    return [x.grad for x in xs]


def close(got, wanted):
    return all(math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12) for a, b in zip(got, wanted, strict=True))


@given(numbers)
def test_values_agree_with_plain_python(xs):
    assert math.isclose(autograd.sum(map(Value, xs)).data, math.fsum(xs), rel_tol=1e-12, abs_tol=1e-12)
    assert math.isclose(autograd.mean(map(Value, xs)).data, math.fsum(xs) / len(xs), rel_tol=1e-12, abs_tol=1e-12)
    assert math.isclose(autograd.prod(map(Value, xs)).data, math.prod(xs), rel_tol=1e-12, abs_tol=1e-300)
    wanted = math.log(math.fsum(map(math.exp, xs)))
    assert math.isclose(autograd.logsumexp(map(Value, xs)).data, wanted, rel_tol=1e-12, abs_tol=1e-12)
    assert autograd.max(map(Value, xs)).data == max(xs)
    assert math.isclose(autograd.norm(map(Value, xs)).data, math.hypot(*xs), rel_tol=1e-14, abs_tol=0.0)
    assert autograd.min(map(Value, xs)).data == min(xs)


@given(numbers)
def test_gradients_agree_with_the_same_thing_written_with_operators(xs):
    def chain(f, start):
        def total(values):
            z = start
            for x in values:
                z = f(z, x)
            return z

        return total

    pairs = [
        (autograd.sum, chain(lambda a, b: a + b, 0.0)),
        (autograd.prod, chain(lambda a, b: a * b, 1.0)),
        (autograd.mean, lambda values: chain(lambda a, b: a + b, 0.0)(values) / len(values)),
        (autograd.logsumexp, lambda values: autograd.log(chain(lambda a, b: a + autograd.exp(b), 0.0)(values))),
    ]
    for reduced, written in pairs:
        one, other = [Value(x) for x in xs], [Value(x) for x in xs]
        assert close(gradient(reduced(one), one), gradient(written(other), other))


@given(st.lists(st.tuples(ordinary(), ordinary()), max_size=8), ordinary())
def test_dot_has_the_bits_of_a_loop(pairs, start):
    ws, xs, b = [Value(w) for w, _ in pairs], [Value(x) for _, x in pairs], Value(start)
    z = autograd.dot(ws, xs, start=b)
    total = start
    for w, x in pairs:
        total += w * x
    assert z.data == total
    z.backward()
    assert b.grad == 1.0
    assert [w.grad for w in ws] == [x for _, x in pairs]
    assert [x.grad for x in xs] == [w for w, _ in pairs]


@pytest.mark.parametrize("name", REDUCTIONS)
def test_one_node_whatever_the_number_of_operands(name):
    xs = [Value(float(i)) for i in range(1, 6)]
    z = getattr(autograd, name)(xs)
    assert z.op == name
    assert z.inputs == tuple(xs)
    assert len(z.partials) == 5


@pytest.mark.parametrize("name", REDUCTIONS)
def test_plain_numbers_give_a_plain_number(name):
    z = getattr(autograd, name)([1.0, 2, 3.0])
    assert type(z) is float
    assert z == getattr(autograd, name)([Value(1.0), 2, 3.0]).data


@pytest.mark.parametrize("name", REDUCTIONS)
def test_numbers_among_values_get_no_gradient_and_any_iterable_will_do(name):
    x = Value(2.5)
    z = getattr(autograd, name)(v for v in (1.0, x, 3))
    assert z.inputs == (x,)
    assert len(z.partials) == 1


@pytest.mark.parametrize("name", ["mean", "logsumexp", "max", "min", "softmax"])
def test_nothing_at_all_is_an_error_that_names_the_operation(name):
    with pytest.raises(ValueError, match=f"{name}.*at least one"):
        getattr(autograd, name)([])


def test_sums_and_products_of_nothing():
    assert autograd.sum([]) == 0.0
    assert autograd.prod([]) == 1.0
    assert autograd.dot([], []) == 0.0
    start = Value(3.0)
    assert autograd.sum([], start).data == 3.0


@pytest.mark.parametrize("name", [*REDUCTIONS, "softmax"])
def test_what_is_no_number_is_refused(name):
    with pytest.raises(TypeError, match="real number"):
        getattr(autograd, name)([Value(1.0), "2"])


def test_dot_of_different_lengths_names_both():
    with pytest.raises(ValueError, match="got 2 and 3"):
        autograd.dot([Value(1.0)] * 2, [1.0] * 3)


@pytest.mark.parametrize(("xs", "wanted"), [
    ([0.0, 2.0, 3.0], [6.0, 0.0, 0.0]), ([0.0, 0.0, 3.0], [0.0, 0.0, 0.0]), ([2.0, -0.0, 5.0], [0.0, 10.0, 0.0]),
    ([5.0], [1.0]),
])  # fmt: skip
def test_products_with_zeros_have_their_gradient(xs, wanted):
    values = [Value(x) for x in xs]
    assert gradient(autograd.prod(values), values) == wanted


@pytest.mark.parametrize(("name", "xs", "value", "wanted"), [
    ("max", [1.0, 3.0, 2.0], 3.0, [0.0, 1.0, 0.0]), ("min", [1.0, 3.0, 2.0], 1.0, [1.0, 0.0, 0.0]),
    ("max", [3.0, 1.0, 3.0], 3.0, [0.5, 0.0, 0.5]), ("min", [1.0, 1.0, 1.0], 1.0, [1 / 3] * 3),
    ("max", [-INF, -INF], -INF, [0.5, 0.5]), ("max", [1.0, NAN, 2.0], NAN, [NAN] * 3),
    ("min", [NAN, 0.0], NAN, [NAN] * 2),
])  # fmt: skip
def test_ties_share_and_nan_wins(name, xs, value, wanted):
    values = [Value(x) for x in xs]
    z = getattr(autograd, name)(values)
    assert repr(z.data) == repr(value)
    assert repr(gradient(z, values)) == repr(wanted)


def test_extremes_of_several_arguments():
    x, y = Value(1.0), Value(2.0)
    assert autograd.max(x, y, 0.5).data == 2.0
    assert autograd.min(x, y, 0.5).data == 0.5


@pytest.mark.parametrize("shift", [0.0, 1e4, -1e4, 1e300])
def test_logsumexp_and_softmax_do_not_overflow(shift):
    xs = [Value(shift + x) for x in (0.0, 0.0)]
    z = autograd.logsumexp(xs)
    assert z.data == pytest.approx(shift + math.log(2), rel=1e-15)
    assert gradient(z, xs) == [0.5, 0.5]
    assert [y.data for y in autograd.softmax(xs)] == [0.5, 0.5]


@given(numbers)
def test_softmax_sums_to_one_and_its_gradient_to_zero(xs):
    values = [Value(x) for x in xs]
    ys = autograd.softmax(values)
    assert math.isclose(math.fsum(y.data for y in ys), 1.0, rel_tol=1e-12)
    ys[0].backward()
    assert abs(math.fsum(x.grad for x in values)) < 1e-12
    assert all(type(y) is float for y in autograd.softmax(xs))


@pytest.mark.parametrize(("x", "value", "wanted"), [
    (-1.0, 0.0, [0.0, 1.0, 0.0]), (0.0, 0.0, [1.0, 0.0, 0.0]), (0.5, 0.5, [1.0, 0.0, 0.0]),
    (1.0, 1.0, [1.0, 0.0, 0.0]), (2.0, 1.0, [0.0, 0.0, 1.0]),
])  # fmt: skip
def test_clip_passes_the_derivative_to_what_it_chose(x, value, wanted):
    operands = [Value(x), Value(0.0), Value(1.0)]
    z = autograd.clip(*operands)
    assert z.data == value
    assert gradient(z, operands) == wanted


@pytest.mark.parametrize(("x", "lo", "hi"), [(3.0, NAN, 2.0), (3.0, 0.0, NAN), (1.0, 2.0, NAN), (NAN, 0.0, 1.0)])
def test_clip_hands_on_what_is_nan(x, lo, hi):
    assert math.isnan(autograd.clip(x, lo, hi))
    v = Value(x)
    z = autograd.clip(v, Value(lo), hi)
    z.backward()
    assert math.isnan(z.data)
    assert math.isnan(v.grad)
    assert math.isnan(autograd.jit(autograd.clip)(x, lo, hi).data)


@pytest.mark.parametrize(
    ("lo", "hi", "value", "slope"),
    [(None, 2, 2, 0), (0.0, None, 3, 1), (4.0, None, 4, 0), (None, 3.0, 3, 1), (None, None, 3, 1)],
)
def test_a_bound_that_is_none_is_no_bound(lo, hi, value, slope):
    x = Value(3.0)
    z = autograd.clip(x, lo, hi)
    z.backward()
    assert (z.data, x.grad) == (value, slope)


@pytest.mark.parametrize("xs", [(0.0, -0.0), (3.0, 4.0), (1e200, 1e200), (1e-310, -2e-310), (INF, 1.0), (INF, -INF),
                                (NAN, INF), (NAN, 1.0), (1e308, 1.7e308), (-5e-324, 0.0), (1e140, 1e-140)])  # fmt: skip
def test_norm_is_hypot_at_the_edges_too(xs):
    ours, others = [Value(x) for x in xs], [Value(x) for x in xs]
    z, w = autograd.norm(ours), autograd.hypot(*others)
    assert repr(autograd.norm(xs)) == repr(z.data)
    assert z.data == pytest.approx(w.data, rel=1e-15, nan_ok=True)
    assert gradient(z, ours) == pytest.approx(gradient(w, others), rel=1e-15, abs=0.0, nan_ok=True)
    recorded = autograd.jit(lambda x, y: autograd.norm([x, y]))
    assert recorded(*xs).data == pytest.approx(w.data, rel=1e-15, nan_ok=True)
    parameters = [Value(x) for x in xs]
    assert gradient(recorded(*parameters), parameters) == pytest.approx(wanted := [x.grad for x in others], rel=1e-15,
                                                                        abs=0.0, nan_ok=True)  # fmt: skip
    found = autograd.grad(recorded, argnums=(0, 1))(*xs)
    assert found == pytest.approx(wanted, rel=1e-15, abs=1e-250, nan_ok=True)
    assert recorded.map([xs[0]], [xs[1]])[0] == pytest.approx(w.data, rel=1e-15, nan_ok=True)


def test_the_norm_of_nothing_is_zero_and_of_one_its_size():
    assert autograd.norm([]) == 0.0
    x = Value(-3.0)
    assert gradient(autograd.norm([x, 0.0]), [x]) == [-1.0]


@given(st.lists(st.floats(0.1, 3.0) | st.floats(-3.0, -0.1), min_size=2, max_size=4))
def test_second_derivatives_of_norm_are_those_of_the_root_of_a_sum_of_squares(xs):
    def written(x):
        return autograd.sum([y * y for y in x]).sqrt()

    wanted = [y for row in autograd.hessian(written)(xs) for y in row]
    for made in (autograd.hessian(autograd.norm), autograd.hessian(autograd.jit(lambda x: autograd.norm(x)))):
        assert [y for row in made(xs) for y in row] == pytest.approx(wanted, rel=1e-11, abs=1e-13)
    v = xs[::-1]
    wanted = autograd.hvp(written, xs, v)
    assert autograd.hvp(autograd.norm, xs, v) == pytest.approx(wanted, rel=1e-11, abs=1e-12)
    third = autograd.jacobian(lambda x: autograd.hvp(autograd.norm, x, v))(xs)
    wanted = autograd.jacobian(lambda x: autograd.hvp(written, x, v))(xs)
    assert [y for row in third for y in row] == pytest.approx([y for row in wanted for y in row], rel=1e-9, abs=1e-10)


def test_a_squared_norm_is_flat_at_zero():
    def f(x):
        return autograd.norm(x) ** 2

    for gradient_of in (autograd.grad(f), autograd.jit(autograd.grad(f)), autograd.grad(autograd.jit(f))):
        assert [float(g) for g in gradient_of([0.0, 0.0])] == [0.0, 0.0]
        assert [float(g) for g in gradient_of([3.0, 4.0])] == pytest.approx([6.0, 8.0])


def test_clip_refuses_crossed_bounds():
    with pytest.raises(ValueError, match=r"lower bound 2.0 is above the upper bound 1.0"):
        autograd.clip(Value(0.0), 2.0, 1.0)


def test_where_chooses_by_bool_number_or_value():
    for condition, chosen in ((True, 0), (False, 1), (2.0, 0), (Value(0.0), 1), (Value(3.0), 0)):
        operands = [Value(1.0), Value(2.0)]
        z = autograd.where(condition, *operands)
        assert z.data == operands[chosen].data
        assert gradient(z, operands) == [1.0 - chosen, float(chosen)]
    assert autograd.where(True, 1.0, 2.0) == 1.0


def test_where_asks_no_derivative_of_what_was_computed_outside_of_its_domain():
    x = Value(-1.0)
    autograd.where(x > 0, autograd.log(x), x * 2).backward()
    assert x.grad == 2.0
