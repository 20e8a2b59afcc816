"""The calling convention of `jit`, and what must never happen: a wrong number."""

from __future__ import annotations

import operator
import threading
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

import autograd
import nn
from autograd import JitError, Value, jit, logsumexp, no_grad, take


def model_and_loss():
    model = nn.MLP(2, [4, 1], seed=1)

    @jit
    def loss(x, y):
        return (1 - y * model(x)).relu()

    return model, loss


X = np.random.default_rng(0).normal(size=(37, 2))
Y = np.sign(X[:, 0])


def gradient(model, result):
    model.zero_grad()
    result.backward()
    return [p.grad for p in model.parameters()]


# ---- the calling convention


def test_a_result_is_one_node_over_parameters_and_values_passed_in():
    w, x = Value(3.0), Value(2.0)
    f = jit(lambda x: (w * x).tanh() + w)
    y = f(x)
    assert y.inputs == (w, x)
    y.backward()
    eager = (w * x).tanh() + w
    wanted = autograd.grad(lambda w, x: (w * x).tanh() + w, (0, 1))(3.0, 2.0)
    assert (w.grad, x.grad) == pytest.approx(wanted, rel=1e-14)
    assert y.data == eager.data


def test_results_compose_with_everything_eager():
    w = Value(0.5)
    f = jit(lambda x: w * x * x)
    ((f(3.0) + 1.0) * w).backward()
    assert w.grad == pytest.approx(2 * 0.5 * 9 + 1)


def test_parameters_are_read_anew_at_each_call():
    w = Value(2.0)
    f = jit(lambda x: w * x)
    assert f(3.0).data == 6.0
    w.data = 5.0
    assert f(3.0).data == 15.0


def test_mean_sum_and_map_over_rows():
    model, loss = model_and_loss()
    eager = [loss.f(list(x), float(y)) for x, y in zip(X, Y, strict=True)]
    assert loss.mean(X, Y).data == pytest.approx(autograd.mean(eager).data, rel=1e-13)
    assert loss.sum(X, Y).data == pytest.approx(autograd.sum(eager).data, rel=1e-13)
    assert loss.map(X, Y) == pytest.approx([x.data for x in eager], rel=1e-13)
    wanted = gradient(model, autograd.mean(eager))
    assert gradient(model, loss.mean(X, Y)) == pytest.approx(wanted, rel=1e-12, abs=1e-15)


def test_nested_arguments_and_results_keep_their_nesting():
    f = jit(lambda p, k: {"a": [p["x"] * 2, p["y"][1]], "b": (p["y"][0] + k,), "c": "text"})
    out = f({"x": 1.0, "y": [2.0, 3.0]}, k=4.0)
    assert out["a"][0].data == 2.0
    assert out["a"][1].data == 3.0
    assert out["b"][0].data == 6.0
    assert out["c"] == "text"


def test_several_results_over_rows_are_one_array_in_map():
    f = jit(lambda x: [x[0] * 2, x[1] + 1])
    assert f.map(X).shape == (37, 2)
    assert np.array_equal(f.map(X), np.stack([X[:, 0] * 2, X[:, 1] + 1], axis=1))
    assert [v.data for v in f.mean(X)] == pytest.approx([2 * X[:, 0].mean(), X[:, 1].mean() + 1])


def test_ints_strings_bools_and_none_are_static():
    seen = []

    def f(x, k, name, flag=None):
        seen.append((k, name, flag))
        return x ** 3 if flag else x * k

    f = jit(f, verify=False)
    assert f(2.0, 3, "a").data == 6.0
    assert f(5.0, 3, "a").data == 15.0
    assert f(2.0, 4, "a").data == 8.0
    assert f(2.0, 4, "a", flag=True).data == 8.0
    assert f(2.0, True, "a").data == 2.0
    assert seen == [(3, "a", None), (4, "a", None), (4, "a", True), (True, "a", None)]


def test_arguments_nested_without_end_are_a_recursion_error():
    endless: list = []
    endless.append(endless)
    looped: dict = {}
    looped["x"] = (looped,)
    for x in (endless, looped):
        with pytest.raises(RecursionError):
            jit(lambda x: x)(x)
    with pytest.raises(RecursionError):
        jit(lambda x: x).map(looped)


def test_results_nested_without_end_are_named():
    endless: list = []
    endless.append(endless)
    with pytest.raises(RecursionError, match="jit: what the function returned is nested deeper than"):
        jit(lambda x: [x, endless])(2.0)


def test_floats_are_inputs_and_never_frozen():
    calls = []
    f = jit(lambda x, scale: calls.append(1) or x * scale, verify=False)
    assert [f(x, s).data for x, s in ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))] == [2.0, 12.0, 30.0]
    assert f(np.float32(2.0), np.float64(3.0)).data == 6.0
    assert len(calls) == 1


def test_integer_arrays_choose_with_take():
    table = [[Value(float(10 * i + j)) for j in range(3)] for i in range(4)]
    f = jit(lambda i, x: sum(take(table, i[0])) * take([1.0, 2.0, x], i[1]))
    assert f(np.array([2, 0]), 5.0).data == 63.0
    assert f(np.array([-1, 2]), 5.0).data == 93.0 * 5.0
    f(np.array([1, 2]), 5.0).backward()
    assert [row[0].grad for row in table] == [0.0, 5.0, 0.0, 0.0]


def test_softmax_cross_entropy_with_integer_targets_over_rows():
    model = nn.MLP(2, [5, 3], seed=2)
    targets = np.arange(37) % 3

    @jit
    def loss(x, y):
        logits = model(x)
        return logsumexp(logits) - take(logits, y)

    eager = autograd.mean([loss.f(list(x), int(y)) for x, y in zip(X, targets, strict=True)])
    fast = loss.mean(X, targets)
    assert fast.data == pytest.approx(eager.data, rel=1e-13)
    assert gradient(model, fast) == pytest.approx(gradient(model, eager), rel=1e-11, abs=1e-15)


def test_an_index_out_of_range_is_an_index_error_for_its_row_too():
    f = jit(lambda i: take([1.0, 2.0], i))
    assert f.map(np.array([0, 1, -1])).tolist() == [1.0, 2.0, 2.0]
    with pytest.raises(IndexError, match="2 rows"):
        f.map(np.array([0, 1, 2]))


@pytest.mark.parametrize("use", [lambda i: [1.0, 2.0][i], lambda i: list(range(i)), lambda i: {1: 2.0}[i], int, float])
def test_an_index_used_as_a_plain_int_raises_and_says_so(use):
    with pytest.raises(JitError, match=r"take\(rows, i\)"):
        jit(lambda i, x: use(i[0]) * x)(np.array([1]), 2.0)


def test_methods_can_be_recorded():
    class Line:
        def __init__(self, slope):
            self.slope = Value(slope)

        @jit
        def at(self, x):
            return self.slope * x

    a, b = Line(2.0), Line(3.0)
    assert (a.at(1.0).data, b.at(1.0).data, a.at(2.0).data) == (2.0, 3.0, 4.0)
    assert b.at.map(np.array([1.0, 2.0])).tolist() == [3.0, 6.0]


def test_a_model_may_be_an_argument():
    f = jit(lambda model, x: model(x))
    a, b = nn.MLP(2, [3, 1], seed=1), nn.MLP(2, [3, 1], seed=2)
    for model in (a, b, a):
        assert f(model, [1.0, 2.0]).data == pytest.approx(model([1.0, 2.0]).data, rel=1e-14)


def test_without_gradient_results_are_leaves():
    _, loss = model_and_loss()
    with no_grad():
        assert loss([1.0, 2.0], 1.0).inputs == ()
        assert loss.mean(X, Y).inputs == ()
    assert len(loss([1.0, 2.0], 1.0).inputs) == 17


INDEX_OPERATORS = "add sub mul truediv floordiv mod pow lt le gt ge eq ne".split()


@pytest.mark.parametrize("name", INDEX_OPERATORS)
def test_an_index_computes_and_compares_as_the_number_that_it_is(name):
    apply = getattr(operator, name)
    f = jit(lambda i, x: x * apply(i[0], 2))
    reflected = jit(lambda i, x: x * apply(5, i[0]))
    for i in (1, 2, 3, 2):
        assert f(np.array([i]), 1.5).data == 1.5 * apply(i, 2)
        assert reflected(np.array([i]), 1.5).data == 1.5 * apply(5, i)


def test_several_means_give_their_derivatives_together():
    w, xs = Value(2.0), np.array([1.0, 2.0, 4.0])
    f = jit(lambda x: (w * x, w * w * x))
    first, second = f.mean(xs)
    (2.0 * first + 3.0 * second).backward()
    assert w.grad == pytest.approx((2.0 + 3.0 * 2.0 * w.data) * xs.mean(), rel=1e-14)
    w.grad = 0.0
    first, second = f.sum(xs)
    (first * second).backward()
    assert w.grad == pytest.approx(3.0 * w.data**2 * xs.sum() ** 2, rel=1e-14)


def test_explain_tells_nodes_passes_guards_and_variants(capsys):
    f = jit(lambda x: x * 2 if x > 0 else x * x)
    f(1.0)
    f(-1.0)
    text = f.explain()
    assert text in capsys.readouterr().out
    assert "2 paths" in text
    assert "gt" in text


@pytest.mark.parametrize(
    ("count", "words"), [(3, "a number, a number, a number"), (12, "a number"), (13, "1 more"), (40, "28 more")]
)
def test_explain_shows_twelve_arguments_and_counts_the_others(count, words):
    f = jit(lambda *xs: sum(xs))
    f(*[1.0] * count)
    (line,) = [line for line in f.explain().splitlines() if "a number" in line]
    assert words in line
    assert line.count("a number") == min(count, 12)
    assert ("more" in line) == (count > 12)


# ---- guards and state


@pytest.mark.parametrize("bound", [10**400, -(10**400), Decimal("1.5"), Fraction(3, 2), 2, True])
def test_a_branch_on_a_number_of_any_kind(bound):
    def f(x):
        return x * 2.0 if x < bound else x * 3.0

    recorded = jit(f)
    for x in (1.0, 2.0, -7.5, 1.0):
        assert recorded(x).data == f(x)


def test_a_branch_the_other_way_is_recorded_and_both_are_kept():
    calls = []

    def f(x):
        calls.append(x)
        return x * 2 if x > 1 else x * x if bool(x) else x + 7

    f = jit(f, verify=False)
    assert [f(x).data for x in (2.0, 0.5, 0.0, 3.0, -3.0, 0.0, 1.0)] == [4.0, 0.25, 7.0, 6.0, 9.0, 7.0, 1.0]
    assert len(calls) == 3


def test_loops_whose_length_depends_on_the_numbers():
    def halvings(x):
        count = 0 * x
        while x > 1:
            x, count = x / 2, count + 1
        return count + x

    f = jit(halvings)
    rows = np.array([0.5, 3.0, 100.0, 1e9, 7.0])
    assert f.map(rows).tolist() == [halvings(Value(x)).data for x in rows]


def test_more_paths_than_are_kept_are_still_right():
    w = Value(2.0)

    def f(x):
        k = 0
        while x > k:
            k += 1
        return w * k + x

    rows = np.arange(150.0)
    fast = jit(f)
    assert fast.map(rows).tolist() == [f(Value(x)).data for x in rows]
    fast.sum(rows).backward()
    assert w.grad == rows.sum()


def test_reading_a_number_inside_raises_with_the_line():
    w = Value(1.0)
    for read in (lambda x: w.data * x, lambda x: x * float(x), lambda x: x * round(float(w))):
        with pytest.raises(JitError, match=r"test_jit.py:\d+"):
            jit(read)(2.0)


def test_setting_a_number_or_calling_backward_inside_raises():
    w = Value(1.0)

    def set_it(x):
        w.data = 2.0
        return w * x

    def differentiate(x):
        y = w * x
        y.backward()
        return y

    for f in (set_it, differentiate):
        with pytest.raises(JitError, match=r"test_jit.py:\d+"):
            jit(f)(2.0)
    assert w.data == 1.0


def test_reading_or_changing_a_gradient_inside_raises():
    model = nn.MLP(1, [1], seed=1)
    optimizer = nn.SGD(model.parameters(), lr=0.1)
    w = model.parameters()[0]
    w.grad, before = 3.0, w.data
    acts = (
        lambda x: x * w.grad,
        lambda x: x * (w * x).partials[0],
        lambda x: [setattr(w, "grad", 0.0), x][1],
        lambda x: [model.zero_grad(), x][1],
        lambda x: [optimizer.zero_grad(), x][1],
        lambda x: [optimizer.step(), x][1],
    )
    for act in acts:
        with pytest.raises(JitError, match=r"gradient.*test_jit.py:\d+|test_jit.py:\d+.*gradient"):
            jit(act)(2.0)
    assert (w.grad, w.data) == (3.0, before)


def test_a_failure_while_recording_keeps_nothing():
    w, fail = Value(2.0), [True]

    def f(x):
        if fail[0]:
            raise KeyError("not yet")
        return w * x

    f = jit(f)
    for _ in range(2):
        with pytest.raises(KeyError):
            f(1.0)
    fail[0] = False
    assert f(1.5).data == 3.0
    assert (Value(1.0) + 1.0).data == 2.0


def test_parameters_that_appear_vanish_or_are_rebuilt_are_noticed():
    class Sum:
        def __init__(self):
            self.w = [Value(1.0), Value(2.0)]

        def __call__(self, x):
            return sum(w * x for w in self.w)

    model = Sum()
    f = jit(lambda x: model(x))
    assert f(2.0).data == 6.0
    model.w.append(Value(10.0))
    assert f(2.0).data == 26.0
    del model.w[0]
    assert f(2.0).data == 24.0
    model.w = [Value(5.0)]
    assert f(2.0).data == 10.0
    model.w[0] = Value(7.0)
    assert f(2.0).data == 14.0
    model = Sum()
    assert f(2.0).data == 6.0


SCALE = 2.0
WEIGHTS = {"w": Value(3.0)}


def test_globals_attributes_defaults_and_arrays_read_by_the_function_are_watched():
    global SCALE
    array = np.array([1.0, 2.0])

    def f(x, more=[Value(1.0)]):  # noqa: B006, B008
        return x * SCALE * WEIGHTS["w"] + array[1] + more[0]

    fast = jit(f)
    try:
        for change in (lambda: None, lambda: array.__setitem__(1, 5.0), lambda: WEIGHTS.update(w=Value(9.0))):
            change()
            assert fast(1.5).data == f(Value(1.5)).data
        SCALE = 4.0
        assert fast(1.5).data == f(Value(1.5)).data
        f.__defaults__[0][0] = Value(100.0)
        assert fast(1.5).data == f(Value(1.5)).data
    finally:
        SCALE = 2.0


def test_weights_built_at_the_first_call_are_found():
    class Lazy:
        w = None

        def __call__(self, x):
            if self.w is None:
                self.w = [Value(2.0) for _ in x]
            return autograd.dot(self.w, x)

    model = Lazy()
    f = jit(lambda x: model(x))
    assert f([1.0, 2.0]).data == 6.0
    model.w[0].data = 5.0
    assert f([1.0, 2.0]).data == 9.0


def test_state_changed_at_each_call_and_random_numbers_raise():
    import random

    count = [0]

    def counted(x):
        count[0] += 1
        return x * count[0]

    rng = np.random.default_rng(1)
    drawing = (lambda x: x * random.random(), lambda x: x * float(rng.normal()), lambda x: x * random.gauss(0, 1))
    for f in (counted, *drawing):
        with pytest.raises(JitError, match=r"random|changes"):
            jit(f)(1.0)


def test_state_that_changes_the_result_after_several_calls_raises_at_the_first():
    class Counter:
        n = 0

    counter = Counter()

    def later(x):
        counter.n += 1
        return x * 2 if counter.n < 4 else x * 5

    with pytest.raises(JitError, match=r"'n'"):
        jit(later)(1.0)


def test_what_one_branch_changes_another_branch_reads_anew():
    class Box:
        k = 5.0

    box, w = Box(), Value(1.0)

    def f(x):
        if x > 10:
            w.data = 7.0
        if x > 0:
            box.k = 3.0
            return x * 1.0
        return x * box.k * w

    f = jit(f)
    assert [f(x).data for x in (-1.0, 1.0, -1.0)] == [-5.0, 1.0, -3.0]
    with pytest.raises(JitError, match="number"):
        f(11.0)
    assert (w.data, f(-1.0).data) == (1.0, -3.0)


def test_iterators_read_inside_raise():
    numbers = iter([1.0, 2.0])
    with pytest.raises(JitError, match="reading from it"):
        jit(lambda x: x * next(numbers))(1.0)


def test_leaves_shared_between_two_recorded_functions():
    w = Value(2.0)
    f, g = jit(lambda x: w * x), jit(lambda x: w * w * x)
    (f(3.0) + g(1.0)).backward()
    assert w.grad == 3.0 + 2 * 2.0


def test_a_captured_inner_node_passes_its_gradient_on():
    w = Value(2.0)
    h = w * w
    f = jit(lambda x: h * x)
    f(3.0).backward()
    assert w.grad == 12.0


def test_constants_made_inside_are_constants():
    f = jit(lambda x: Value(3.0) * x + Value(1.0).exp())
    assert f(2.0).data == pytest.approx(6.0 + np.e)


def test_detach_and_no_grad_inside_stop_the_gradient_but_not_the_number():
    w = Value(2.0)

    def f(x):
        with no_grad():
            a = w * x
        return a * w + (w * w).detach()

    fast = jit(f)
    for x in (1.0, 3.0):
        w.grad = 0.0
        y = fast(x)
        y.backward()
        assert y.data == f(x).data
        assert w.grad == 2.0 * x
    w.data = 5.0
    assert fast(3.0).data == f(3.0).data


# ---- inside other things


def test_recursion():
    def power(x, n):
        return x * power(x, n - 1) if n else 1.0 + 0 * x

    f = jit(lambda x: power(x, 20))
    assert f(1.1).data == pytest.approx(1.1**20)


def test_a_recorded_function_inside_another():
    w = Value(3.0)
    inner = jit(lambda x: w * x)
    outer = jit(lambda x: inner(x) * inner(x + 1))
    assert [outer(x).data for x in (1.0, 2.0)] == [18.0, 54.0]
    assert outer.map(np.array([1.0, 2.0])).tolist() == [18.0, 54.0]


def test_inside_grad_hessian_and_forward_mode():
    f = jit(lambda x: x[0] ** 3 * x[1].exp())
    plain = f.f
    at = [1.5, 0.3]
    assert autograd.grad(f)(at) == pytest.approx(autograd.grad(plain)(at))
    assert autograd.hessian(f)(at) == autograd.hessian(plain)(at)
    assert autograd.hvp(f, at, [1.0, 2.0]) == autograd.hvp(plain, at, [1.0, 2.0])
    assert autograd.jvp(f, (at,), ([1.0, 2.0],)) == autograd.jvp(plain, (at,), ([1.0, 2.0],))


def test_second_derivatives_of_a_result():
    x = Value(1.5)
    f = jit(lambda x: x ** 3 + x)
    first = autograd.gradients(f(x), x)
    assert first.data == pytest.approx(3 * 1.5**2 + 1)
    assert autograd.gradients(first, x).data == pytest.approx(6 * 1.5)


def test_detect_anomaly_names_the_line_inside_the_function():
    f = jit(lambda x: (x - 1.0).log())
    assert np.isnan(f(0.5).data)
    with autograd.detect_anomaly(), pytest.raises(autograd.AnomalyError, match=r"log.*test_jit.py:\d+"):
        f(0.5)


def test_rows_are_what_they_are_while_anomalies_are_looked_for():
    f, rows = jit(lambda x: [(x * x).sin(), x]), np.array([1.0, -2.0, 3.0])
    with autograd.detect_anomaly():
        within = f.mean(rows), f.sum(rows), f.map(rows)
    for found, wanted in zip(within, (f.mean(rows), f.sum(rows), f.map(rows)), strict=True):
        for x, y in zip(found, wanted, strict=True):
            assert np.array(x, dtype=float) == pytest.approx(np.array(y, dtype=float))


def test_indices_are_plain_ints_while_anomalies_are_looked_for():
    f = jit(lambda x, k: x * {0: 1.0, 1: 2.0}[k])
    with autograd.detect_anomaly():
        assert f.map([1.0, 2.0], np.array([0, 1])).tolist() == [1.0, 4.0]


def test_a_derivative_taken_inside_a_recording_follows_the_weights():
    weight = Value(3.0)
    slope = autograd.grad(jit(lambda x: weight * x * x))
    outer = jit(lambda x: x * slope(2.0))
    assert slope(2.0) == outer(1.0).data == 12.0
    weight.data = 5.0
    assert slope(2.0) == outer(1.0).data == 20.0


def test_rows_computed_before_the_function_has_built_something_count_once():
    class Lazy:
        weight = None

        def __call__(self, x):
            if x > 0:
                return x * 2.0
            if self.weight is None:
                self.weight = Value(3.0)
            return x * self.weight

    rows = np.array([1.0, 2.0, -1.0, -2.0])
    for name, wanted in (("mean", -0.75), ("sum", -3.0), ("map", [2.0, 4.0, -3.0, -6.0])):
        model = Lazy()
        found = getattr(jit(lambda x, model=model: model(x)), name)(rows)
        assert (found.tolist() if name == "map" else found.data) == wanted


def test_two_threads_call_the_same_function():
    _, loss = model_and_loss()
    wanted = {k: loss.f([0.1 * k, 1.0], 1.0).data for k in range(8)}
    wrong = []

    def work(k):
        for _ in range(50):
            if loss([0.1 * k, 1.0], 1.0).data != pytest.approx(wanted[k], rel=1e-13, abs=1e-15):
                wrong.append(k)
            loss.mean(X, Y)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


# ---- rows


def test_no_rows_and_one_row():
    _, loss = model_and_loss()
    with pytest.raises(ValueError, match="at least one row"):
        loss.mean(X[:0], Y[:0])
    assert loss.sum(X[:0], Y[:0]).data == 0.0
    assert loss.map(X[:0], Y[:0]).shape == (0,)
    assert loss.mean(X[:1], Y[:1]).data == pytest.approx(loss(X[0], Y[0]).data, rel=1e-14)


def test_a_million_rows():
    w = Value(2.0)
    f = jit(lambda x: w * x + 1.0)
    rows = np.arange(1_000_000.0)
    f.mean(rows).backward()
    assert w.grad == pytest.approx(rows.mean(), rel=1e-12)
    assert f.map(rows)[-1] == 2.0 * 999_999 + 1.0


def test_arrays_of_any_layout_and_kind_of_number():
    _, loss = model_and_loss()
    wanted = loss.mean(X, Y).data
    for rows in (np.asfortranarray(X), np.repeat(X, 2, axis=0)[::2], X.tolist(), [list(x) for x in X], list(X)):
        assert loss.mean(rows, Y).data == wanted
    assert loss.mean(X.astype(np.float32), Y).data == pytest.approx(wanted, rel=1e-6)
    assert loss.mean(X, Y.astype(int)).data == wanted
    assert loss.mean(X, Y.astype(int).tolist()).data == wanted


def test_arrays_that_cannot_be_written_to_are_read():
    rows = np.arange(5.0)
    rows.flags.writeable = False
    assert jit(lambda x: x * 2).map(rows).tolist() == [0.0, 2.0, 4.0, 6.0, 8.0]


def test_rows_that_cannot_be_taken_say_why():
    _, loss = model_and_loss()
    with pytest.raises(ValueError, match="37 rows"):
        loss.mean(X[:5], Y)
    with pytest.raises(ValueError, match="takes 2 inputs, got 3"):
        loss.mean(np.ones((4, 3)), np.ones(4))
    with pytest.raises(ValueError, match="one length"):
        loss.mean([[1.0, 2.0], [1.0]], [1.0, 1.0])
    for rows in (X.astype(complex), X.astype(str), [["a", "b"]] * 37, [[Value(1.0), Value(2.0)]] * 37):
        with pytest.raises(TypeError, match="numbers"):
            loss.mean(rows, Y)
    with pytest.raises(TypeError, match="rows"):
        loss.mean(1.0, 2.0)


def test_nan_and_infinity_in_a_row_are_what_eager_gives():
    model, loss = model_and_loss()
    for bad in (np.nan, np.inf, -np.inf):
        rows = X.copy()
        rows[5, 1] = bad
        eager = [loss.f(list(x), float(y)).data for x, y in zip(rows, Y, strict=True)]
        assert np.array_equal(np.isfinite(loss.map(rows, Y)), np.isfinite(eager))
        together = autograd.mean([loss.f(list(x), float(y)) for x, y in zip(rows, Y, strict=True)])
        fast = loss.mean(rows, Y)
        wanted, found = gradient(model, together), gradient(model, fast)
        assert np.allclose(found, wanted, rtol=1e-11, atol=1e-14, equal_nan=True)


def test_shared_values_get_their_gradient_from_all_rows():
    a = Value(2.0)
    f = jit(lambda x, a: a * x)
    f.sum(np.array([1.0, 2.0, 3.0]), a).backward()
    assert a.grad == 6.0


# ---- no derivative but where there is a path


def test_an_infinite_partial_of_one_result_leaves_the_others_alone():
    w = Value(1.0)
    f = jit(lambda x: [x * w * 2 + 1, autograd.exp(x * w * 1000.0)])
    f(1.0)[0].backward()
    assert w.grad == 2.0
    f.mean(np.array([1.0, 2.0]))[0].backward()
    assert w.grad == 2.0 + 3.0


def test_what_only_a_detach_looks_at_has_no_gradient():
    x = Value(1.0)
    jit(lambda x: (x * np.inf).detach() * x)(x).backward()
    assert x.grad == np.inf  # not inf + 0 * inf


def test_second_derivatives_of_numbers_that_have_changed_since_raise():
    rows, w = np.array([1.0, 2.0, 3.0]), Value(2.0)
    f = jit(lambda x: (w * x).square())
    y = f.mean(rows)
    assert autograd.gradients(y, w).data == pytest.approx(2 * 2.0 * 14 / 3)
    rows[1] = 5.0
    with pytest.raises(RuntimeError, match="other numbers by now"):
        autograd.gradients(y, w)
    y.backward()
    assert w.grad == pytest.approx(2 * 2.0 * 14 / 3)  # what was computed at the call is kept


def test_a_map_inside_a_recording_reads_what_it_reads_at_each_call():
    w = Value(2.0)
    inner = jit(lambda q: (w * q, 1.0))
    outer = jit(lambda x: x * inner.map([2.0, 3.0])[1, 0] + inner.map([2.0])[0, 1])
    assert outer(1.0).data == 7.0
    w.data = 7.0
    result = outer(1.0)
    assert result.data == 22.0
    result.backward()
    assert w.grad == 0.0


def test_one_value_that_comes_twice_is_one_in_the_function_too():
    w = Value(5.0)
    f = jit(lambda a, b, c=1.0: (a * 10 if a is b else a + b) * c * w)
    v, u = Value(2.0), Value(2.0)
    for _ in range(3):
        assert f(v, v).data == 100.0
        assert f(v, u).data == 20.0
        assert f(v, u, v).data == 40.0
        assert f(2.0, 2.0).data == 20.0
    f(v, v).backward()
    assert [v.grad, u.grad] == [50.0, 0.0]
