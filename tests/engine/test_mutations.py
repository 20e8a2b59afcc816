"""What mutation testing asked for: edges that no other test looks at, and tests of the mutation testing itself."""

from __future__ import annotations

import copy
import itertools
import math
import subprocess
import sys
import threading
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from mpmath import mpf
from oracles import ORACLES, exact, nearest, ulps

import autograd
from autograd import Value, clip, dot, grad, hessian, jit, logsumexp, record_source, scope, softmax, topological_order
from autograd.differentiation.nodes import apply_binary, apply_unary
from autograd.generated import kernels
from autograd.jit.errors import JitError

INF, NAN = math.inf, math.nan

# Points at which a branch of a formula decides, or arithmetic is not ordinary: operation, operands, value, partials.
EDGES = [
    ("cbrt", (0.0,), 0.0, (INF,)), ("cbrt", (-0.0,), -0.0, (INF,)), ("cbrt", (INF,), INF, (0.0,)),
    ("cbrt", (-INF,), -INF, (0.0,)), ("cbrt", (NAN,), NAN, (NAN,)),
    ("log2", (0.0,), -INF, (INF,)), ("log2", (-0.5,), NAN, (NAN,)), ("log2", (INF,), INF, (0.0,)),
    ("log10", (0.0,), -INF, (INF,)), ("log10", (-0.5,), NAN, (NAN,)), ("log10", (INF,), INF, (0.0,)),
    ("log", (-0.5,), NAN, (NAN,)), ("log1p", (-1.0,), -INF, (INF,)), ("log1p", (-1.5,), NAN, (NAN,)),
    ("atanh", (1.5,), NAN, (NAN,)), ("atanh", (-1.5,), NAN, (NAN,)), ("atanh", (1.0,), INF, (INF,)),
    ("atanh", (-1.0,), -INF, (INF,)), ("relu", (0.5,), 0.5, (1.0,)), ("relu", (0.0,), 0.0, (0.0,)),
    ("relu", (NAN,), NAN, (NAN,)), ("leaky_relu", (0.0, 0.25), 0.0, (0.25, 0.0)),
    ("leaky_relu", (NAN, 0.25), NAN, (NAN, NAN)),
    ("elu", (0.0, 0.5), 0.0, (0.5, 0.0)), ("elu", (NAN, 0.5), NAN, (NAN, NAN)),
    ("abs", (0.5,), 0.5, (1.0,)), ("abs", (-0.5,), 0.5, (-1.0,)), ("abs", (0.0,), 0.0, (0.0,)),
    ("abs", (NAN,), NAN, (NAN,)),
    ("sign", (0.5,), 1.0, (0.0,)), ("sign", (-0.5,), -1.0, (0.0,)), ("sign", (0.0,), 0.0, (0.0,)),
    ("maximum", (2.0, 1.0), 2.0, (1.0, 0.0)), ("maximum", (1.0, 2.0), 2.0, (0.0, 1.0)),
    ("maximum", (1.0, 1.0), 1.0, (0.5, 0.5)), ("maximum", (NAN, 1.0), NAN, (NAN, NAN)),
    ("maximum", (1.0, NAN), NAN, (NAN, NAN)), ("maximum", (-0.0, 0.0), 0.0, (0.5, 0.5)),
    ("minimum", (2.0, 1.0), 1.0, (0.0, 1.0)), ("minimum", (1.0, 2.0), 1.0, (1.0, 0.0)),
    ("minimum", (1.0, 1.0), 1.0, (0.5, 0.5)), ("minimum", (NAN, 1.0), NAN, (NAN, NAN)),
    ("minimum", (1.0, NAN), NAN, (NAN, NAN)),
    ("log2", (-0.0,), -INF, (INF,)), ("log10", (-0.0,), -INF, (INF,)),
    ("leaky_relu", (0.0, INF), NAN, (INF, 0.0)), ("elu", (0.0, INF), NAN, (INF, 0.0)),
    ("clip", (2.0, 0.0, 2.0), 2.0, (1.0, 0.0, 0.0)), ("clip", (0.0, 0.0, 2.0), 0.0, (1.0, 0.0, 0.0)),
    ("clip", (NAN, 0.0, 2.0), NAN, (NAN, 0.0, 0.0)),
    # powers of 0: limits from the right, and of a negative number with an exponent that varies: none
    ("pow_dx", (0.0, 3.0), 0.0, (0.0, 0.0)), ("pow_dx", (0.0, 2.0), 0.0, (2.0, 0.0)),
    ("pow_dx", (0.0, 1.5), 0.0, (INF, 0.0)), ("pow_dx", (0.0, 1.0), 1.0, (0.0, -INF)),
    ("pow_dx", (0.0, 0.5), INF, (-INF, -INF)), ("pow_dx", (-1.0, 3.0), 3.0, (-6.0, NAN)),
    ("pow_dx", (0.0, 0.0), 0.0, (0.0, NAN)), ("pow_dx", (2.0, 0.0), 0.0, (0.0, 0.5)),
    ("pow_dx", (2.0, 1.0), 1.0, (0.0, 1 + math.log(2.0))),
    ("pow_dy", (0.0, 2.0), 0.0, (0.0, 0.0)), ("pow_dy", (0.0, 1.5), 0.0, (0.0, 0.0)),
    ("pow_dy", (0.0, 1.0), 0.0, (-INF, 0.0)), ("pow_dy", (0.0, 0.5), 0.0, (-INF, 0.0)),
    ("pow_dy", (0.0, 0.0), 0.0, (NAN, 0.0)), ("pow_dy", (0.0, -1.0), -INF, (INF, INF)),
    ("pow_dy", (-1.0, 2.0), NAN, (NAN, NAN)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "at", "value", "partials"), EDGES)
def test_value_and_partials_beyond_the_ordinary(name, at, value, partials):
    code, xs = kernels.NAMES.index(name), [Value(x) for x in at]
    z = clip(*xs) if name == "clip" else apply_unary(code, *xs) if len(xs) == 1 else apply_binary(code, *xs)
    assert [repr(x + 0.0) for x in (z.data, *z.partials)] == [repr(x + 0.0) for x in (value, *partials)]


@pytest.mark.parametrize("xs", [[0.0, 1000.0], [1000.0, 0.0], [-5.0, 800.0, 3.0], [-1000.0, -2000.0]])
def test_logsumexp_does_not_overflow_wherever_the_largest_stands(xs):
    values = [Value(x) for x in xs]
    z = logsumexp(values)
    assert z.data == max(xs)
    assert z.partials == tuple(float(x == max(xs)) for x in xs)


def test_softmax_does_not_overflow_wherever_the_largest_stands():
    assert [w.data for w in softmax([Value(0.0), Value(1000.0)])] == [0.0, 1.0]
    assert [w.data for w in softmax([Value(1000.0), Value(0.0)])] == [1.0, 0.0]


def test_dot_takes_whatever_can_be_iterated():
    xs, ys = [Value(2.0), Value(3.0)], [5.0, 7.0]
    assert dot(iter(xs), (y for y in ys)).partials == dot(xs, ys).partials == dot(tuple(xs), tuple(ys)).partials


def test_the_slope_of_leaky_relu_is_a_hundredth_unless_given():
    assert Value(-2.0).leaky_relu().data == -0.02
    assert Value(-2.0).leaky_relu().partials == (0.01,)


def test_comparisons_with_ints_beyond_all_floats():
    assert Value(1.0) < 10**400
    assert not Value(1.0) < -(10**400)
    assert Value(-1.0) > -(10**400)


def test_scope_label_and_source_are_three_things():
    with record_source(), scope("outside"):
        z = Value(2.0) * 3.0
    z.label = "z"
    assert (z.label, z.scope) == ("z", "outside")
    assert z.source.startswith("test_mutations.py:")


@pytest.mark.parametrize("name", ["gelu", "gelu_tanh", "silu"])
@pytest.mark.parametrize("x", [-3.0, -9.5, -20.0, -30.25, -36.0, -699.5, -700.5, -705.0, -720.0, -740.0, -790.0])
def test_derivatives_of_activations_keep_their_digits_in_the_left_tail(name, x):
    wanted = exact(ORACLES[name][1], (x,))
    assert wanted is not None
    got = kernels.FORWARD[kernels.NAMES.index(name)](x)[1]
    # 64 units: tails are products of several factors; subnormal numbers have lost digits before
    assert abs(got - nearest(wanted)) <= 64 * math.ulp(nearest(wanted)) + 2000 * 2.0**-1074


@pytest.mark.parametrize(("x", "y"), [(1e-200, 3.0), (1e-160, 4.5), (1e-320, 1.999), (1e150, 0.1), (1e-140, 0.01)])
def test_second_derivatives_of_powers_where_a_factor_underflows_or_an_exponent_is_rounded(x, y):
    wanted = mpf(y) * (mpf(y) - 1) * mpf(x) ** (mpf(y) - 2)
    for found in (grad(grad(lambda t: t**y))(x), hessian(lambda t: t**y)(x), hessian(lambda t: t ** Value(y))(x)):
        assert ulps(found, wanted) <= 8


@pytest.mark.parametrize("name", ["gelu", "gelu_tanh", "silu"])
@pytest.mark.parametrize("x", [-799.5, -800.0, -800.5, -1e5, -INF])
def test_what_vanishes_on_the_left_is_a_negative_zero(name, x):
    z = getattr(autograd, name)(Value(x if name == "silu" else x / 20))
    assert (z.data, math.copysign(1.0, z.data), z.partials[0]) == (0.0, -1.0, 0.0)


@pytest.mark.parametrize("xs", list(itertools.permutations([-INF, INF, -2.0, 0.0, -0.0, NAN, 1e308, 1.7e308], 3)))
def test_the_largest_of_several_is_that_of_two_and_two(xs):
    for of_several, of_two in ((autograd.max, autograd.maximum), (autograd.min, autograd.minimum)):
        wanted = repr(of_two(of_two(xs[0], xs[1]), xs[2]))
        values = [Value(x) for x in xs]
        assert repr(of_several(values).data) == wanted
        assert repr(jit(of_several)(values).data) == wanted
        (wanted_partials,) = {repr(of_several(values[k:] + values[:k]).partials[-k]) for k in range(3)}
        assert wanted_partials == repr(of_several(values).partials[0])


def test_a_nan_beside_an_infinity_is_not_lost():
    assert math.isnan(logsumexp([INF, NAN]))
    z = logsumexp([Value(INF), Value(NAN)])
    assert math.isnan(z.data)
    assert all(math.isnan(p) for p in z.partials)


def test_no_derivative_passes_through_the_shift_of_softmax():
    ops = {z.op for z in topological_order(softmax([Value(1.0), Value(2.0)])[0])}
    assert ops == {"", "sub", "exp", "sum", "div"}


def test_a_recorded_softmax_shifts_by_the_largest_of_each_call():
    recorded = jit(softmax)
    for xs in ([0.0, 1.0], [0.0, 2000.0], [5000.0, 4999.0]):
        assert [w.data for w in recorded(xs)] == pytest.approx(softmax(xs), rel=1e-15)


def test_bounds_that_are_equal_are_bounds():
    assert clip(Value(7.0), 2.0, 2.0).data == 2.0


def test_numbers_of_any_kind_become_floats_in_reductions():
    half = Fraction(1, 2)
    z = dot([Value(3.0), half], [half, Value(3.0)], start=Decimal("0.25"))
    assert (z.data, z.partials) == (3.25, (0.5, 0.5))
    assert {type(x) for x in (z.data, *z.partials)} == {float}


def test_leaves_made_inside_a_recorded_function_are_no_inputs_of_its_result():
    x = Value(2.0)
    assert jit(lambda x: x * Value(3.0))(x).inputs == (x,)


def test_copying_what_is_not_the_recorded_functions_own_inside_it_raises():
    w = Value(2.0)
    for copied in (copy.copy, copy.deepcopy):
        with pytest.raises(JitError, match="a Value from outside is copied"):
            jit(lambda x, copied=copied: copied(w) * x)(1.0)


def test_what_other_threads_make_meanwhile_is_not_recorded():
    other, ended = [], threading.Event()

    def work():
        while not ended.is_set():
            other.append(Value(5.0) * 7.0)
            time.sleep(0)

    def f(x):
        y = x * 2.0
        time.sleep(0.02)
        return y + 1.0

    thread = threading.Thread(target=work)
    thread.start()
    try:
        g = jit(f)
        assert g(3.0).data == 7.0
        assert other[0].data == 35.0
        assert "        2 operations recorded" in g.explain()
    finally:
        ended.set()
        thread.join()


def test_a_derivative_taken_inside_a_recorded_function_is_recorded():
    def curvature(x):
        return grad(grad(lambda y: logsumexp([y, y * 2.0, y * y])))(x)

    recorded = jit(curvature)
    for x in (0.7, 0.9, -1.5):
        assert recorded(x).data == pytest.approx(curvature(x), rel=1e-13)


def test_a_kept_gradient_that_is_nan_stays_a_value_until_the_number_changes():
    x = Value(0.0)
    (x.log() - x.log()).backward(create_graph=True)
    assert math.isnan(x.grad.data)
    assert type(x.grad) is Value
    kept = x.grad
    x.grad = 0.0
    (x * 2.0).backward(create_graph=True)
    assert type(x.grad) is Value
    (x * 3.0).backward()
    assert x.grad == 5.0
    assert type(x.grad) is float
    assert kept is not x.grad


def test_a_kept_number_with_a_nan_added_is_nan_and_a_kept_nan_with_a_number_set_is_that_number():
    x = Value(2.0)
    (x * 2.0).backward(create_graph=True)
    (x * math.nan).backward()
    assert type(x.grad) is float
    assert math.isnan(x.grad)


# ---- mutation testing itself


def test_mutants_are_other_programs_one_change_each():
    pytest.importorskip("cosmic_ray")
    import mutation

    found = [mutant.source for mutant in mutation.mutants("m", "def f(x):\n    return x + 1.5 if x > 2 else -x\n")]
    assert "def f(x):\n    return x - 1.5 if x > 2 else -x\n" in found
    assert "def f(x):\n    return x + 1.5 if x >= 2 else -x\n" in found
    assert "def f(x):\n    return x + 1.5 if x > 3 else -x\n" in found
    assert "def f(x):\n    return x + 1.5 if x > 2 else x\n" in found
    assert len(set(found)) == len(found)


def test_a_change_of_spelling_is_no_mutant():
    pytest.importorskip("cosmic_ray")
    import mutation

    assert not mutation._is_another_program("x < 1e150", "x < 1e+150")
    assert not mutation._is_another_program("x", "x +")
    assert mutation._is_another_program("x < 1", "x <= 1")


def test_a_wrong_engine_is_killed_and_the_right_one_survives():
    pytest.importorskip("cosmic_ray")
    code = """
import sys
sys.path.insert(0, "tests/engine")
import mutation
mutation.prepare()
source = open("autograd/value.py", encoding="utf-8").read()
wrong = source.replace("x._grad += share", "x._grad -= share")
assert wrong != source
tried = [mutation.Mutant("value", "", text, "") for text in (source, wrong)]
found = {mutant.source: verdict for mutant, verdict in mutation.outcomes(tried, ["probe_of_mutation"], 2)}
print(*(found[mutant.source] for mutant in tried))
"""
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=100)
    assert run.stdout.split() == ["survived", "killed"], run.stdout + run.stderr


def test_the_mutants_of_a_formula_are_noticed():
    pytest.importorskip("cosmic_ray")
    import formula_mutants

    tried = [mutant for mutant in formula_mutants.of_table() if mutant.row in ("div", "atan")]
    assert len(tried) > 30
    assert [m for m in tried if not formula_mutants.by_oracles(m) and not formula_mutants.is_equal(m)] == []
