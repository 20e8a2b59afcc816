"""gradcheck: passes what is right, names what is wrong by a millionth, and knows where there is nothing to compare."""

from __future__ import annotations

import itertools
import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_program

import autograd
from autograd import TABLE, GradcheckError, Value, gradcheck, operation
from autograd.checks.differences import central, one_sided, verdict
from autograd.differentiation.nodes import apply_binary, apply_unary, node
from autograd.generated import kernels
from autograd.testing import Engine, programs

OURS = Engine(Value, autograd)
SMOOTH = [name for name in OURS.supports if name not in ("relu", "abs", "max", "min", "maximum", "minimum", "choose")]
_fresh = itertools.count()


def on_values(name, xs):
    """An operation of a random program, on Values."""
    if name == "sum":
        return autograd.sum(xs[1:], xs[0])
    if name == "dot":
        return autograd.dot(xs[1::2], xs[2::2], start=xs[0])
    if name in ("mean", "prod", "logsumexp", "max", "min", "norm"):
        return getattr(autograd, name)(xs)
    code = kernels.NAMES.index(name)
    return apply_unary(code, *xs) if len(xs) == 1 else apply_binary(code, *xs)


def check_random_programs(seeds):
    for seed in seeds:
        program = random_program(random.Random(seed))
        gradcheck(lambda xs, program=program: program.results(on_values, xs)[-1], list(program.inputs), seed=seed)


def wrong(value, *partials, **more):
    """An operation of the user's own that has not been added before."""
    return operation(f"wrong{next(_fresh)}", value, *partials, **more)


# ---- what is right passes


def test_no_false_alarm_on_300_random_programs():
    check_random_programs(range(300))


@pytest.mark.slow
def test_no_false_alarm_on_10000_random_programs():
    check_random_programs(range(10_000))


@given(programs(operations=OURS.supports, most_steps=8))
@settings(max_examples=40)
def test_programs_with_branches_pass(program):
    assert gradcheck(lambda xs: program.results(OURS.apply, xs)[-1], list(program.inputs))


@given(st.sampled_from(SMOOTH), st.floats(-300, 300), st.integers(-40, 40))
@settings(max_examples=60)
def test_no_false_alarm_whatever_the_scale_of_numbers_and_results(name, exponent, size):
    x = math.copysign(2.0 ** (size / 2), exponent)
    scale = 10.0 ** (exponent / 10)
    n = 1 if name in kernels.VALUES and len(TABLE[name].operands) == 1 else 3
    if name in ("add", "mul", "sub", "div", "pow", "atan2", "hypot", "powc"):
        n = 2
    gradcheck(lambda xs: OURS.apply(name, xs if name != "powc" else [xs[0], 3.0]) * scale, [x] * n)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_orders_beyond_the_second_are_checked(order):
    assert gradcheck(lambda x, y: (x * y).tanh() + y.exp() / x, (0.3, 2.0), order)


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (lambda x: x * x, 3),
        (lambda x, y: x * y, (1.0, 2.0)),
        (lambda x, y: x * y, [1.0, 2.0]),
        (lambda pair: pair[0] * pair[1], (1.0, 2.0)),
        (lambda xs: xs[0] * xs[1], [1.0, 2.0]),
        (lambda p: p["w"][0] * p["b"], {"w": [1.0], "b": 2.0}),
        (lambda x: 3.0, 1.0),
        (lambda x: x, 1.0),
        (autograd.tanh, 0.5),
    ],
)
def test_arguments_have_any_structure(f, at):
    assert gradcheck(f, at) is True


# ---- what is wrong is named


@pytest.mark.parametrize("at", [0.3, -1.7, 4.0])
@pytest.mark.parametrize("error", [1e-6, -1e-6, 1e-3])
def test_a_partial_that_is_off_by_a_millionth_is_rejected(at, error):
    f = wrong("tanh(x)", f"{1 + error!r} * sech2(x)")
    with pytest.raises(GradcheckError, match=r"wrong\d+ at x = .*distance .*made at test_checking.py:") as caught:
        gradcheck(lambda x: f(x) * 3 + x.exp(), at)
    mistake = caught.value.mistakes[0]
    assert mistake.claimed == pytest.approx((1 + error) * mistake.differences, rel=1e-7)


def test_a_wrong_sign_is_rejected():
    f = wrong("sin(x)", "-cos(x)")
    with pytest.raises(GradcheckError, match=r"partial in x is -0.955.*differences of its value give 0.955"):
        gradcheck(lambda x: f(x), 0.3)


def test_a_partial_of_zero_is_rejected():
    f = wrong("x * y", "y", "0")
    with pytest.raises(GradcheckError, match=r"partial in y is 0\.0"):
        gradcheck(lambda x, y: f(x, y) + x, (2.0, 3.0))


def test_the_wrong_one_of_many_operations_is_named():
    f = wrong("exp(x)", "exp(x) * 1.000001")

    def network(xs):
        hidden = [autograd.dot(xs, [0.1 * i, 0.2, -0.3]).tanh() for i in range(20)]
        hidden[7] = f(hidden[7])
        return autograd.sum(hidden)

    with pytest.raises(GradcheckError) as caught:
        gradcheck(network, [0.1, 0.2, 0.3])
    assert [m.node.op for m in caught.value.mistakes] == [TABLE[f.__name__].name]


def test_a_node_made_by_hand_with_a_wrong_partial_is_named():
    code = kernels.NAMES.index("mul")
    with pytest.raises(GradcheckError, match=r"mul at x = 2.0, y = 3.0: .* partial in y is 2.1 \(x\)"):
        gradcheck(lambda x, y: node(code, x.data * y.data, (x, y), [y.data, 2.1]), (2.0, 3.0), order=1)


@pytest.mark.parametrize(
    "cut", [lambda x: x.data, lambda x: x.detach(), lambda x: autograd.sin(x.data) / math.sin(0.3) * 0.3]
)
def test_a_lost_gradient_is_rejected_and_the_input_named(cut):
    with pytest.raises(GradcheckError, match=r"in number 0 of at, which is 0.3: .* a derivative was lost"):
        gradcheck(lambda x: x * cut(x), 0.3)


def test_a_second_derivative_that_is_lost_is_rejected():
    f = wrong("x * x * x", lambda x: 3 * x * (x.data if type(x) is Value else x))
    assert gradcheck(lambda x: f(x), 2.0, order=1)
    with pytest.raises(GradcheckError, match="second derivative"):
        gradcheck(lambda x: f(x), 2.0)


def test_a_gradient_of_nan_where_the_function_is_smooth_is_rejected():
    with pytest.raises(GradcheckError, match=r"give nan, .*detect_anomaly"):
        gradcheck(lambda x: x + (x * 0).sqrt() * 0, 1.0)


def test_every_partial_of_the_table_that_is_off_by_a_millionth_is_rejected():
    points = {
        1: [(0.7,), (-0.4,), (1.8,), (3.5,)],
        2: [(0.7, 1.9), (2.3, -0.6), (-1.4, 2.2), (-0.8, 0.3), (0.3, 2.0)],
        3: [(0.5, -1.0, 2.0), (-2.0, -1.0, 2.0), (3.0, -1.0, 2.0), (0.0, 1.0, 2.0)],
    }
    for row in [row for row in TABLE.values() if row.public and not row.reduction and row.name != "detach"]:
        code = kernels.NAMES.index(row.name)
        for k in range(len(row.operands)):
            if row.partials[k] == "0":
                continue  # a relative error of nothing is nothing
            assert any(rejected(row.name, code, at, k) for at in points[len(row.operands)]), (row.name, k)


def rejected(name, code, at, k):
    """Whether the operation with its k-th partial off by a millionth is rejected, at a point where it has one."""
    number, *partials = kernels.FORWARD[code](*at)
    if not math.isfinite(number) or not partials[k]:
        return False
    partials[k] *= 1.000001
    try:
        gradcheck(lambda *xs: node(code, number, xs, partials), at, order=1)
    except GradcheckError as error:
        return error.mistakes[0].operand == k
    return False


# ---- where there is nothing to compare


@pytest.mark.parametrize(
    ("f", "at", "reason"),
    [
        (lambda x: x.relu(), 0.0, "a kink: the slope is 0 on one side and 1 on the other .relu stands at its kink"),
        (lambda x: abs(x), 0.0, "a kink"),
        (lambda x: autograd.max(x, 0.3, 0.3), 0.3, "max has a tie at 0.3"),
        (lambda x: x if x > 1 else 2 * x - 1, 1.0, "a kink: the slope is 2 on one side and 1 on the other"),
        (lambda x: x if x > 1 else x * 2, 1.0, "a jump"),
        (lambda x: x.floor(), 2.0, "a jump: by 1"),
        (lambda x: x.sqrt(), 0.0, "no finite values on both sides"),
        (lambda x: x.log(), -1.0, "the value is nan"),
        (lambda x: x.cbrt(), 0.0, "the derivative is inf"),
    ],
)
def test_a_point_without_a_derivative_is_skipped_and_named(f, at, reason):
    told = []
    assert gradcheck(f, at, on_skip=told.append)
    assert any(reason.replace(".relu", "(relu") in sentence for sentence in told), told


@given(st.floats(-1e-3, 1e-3))
@settings(max_examples=50)
def test_near_a_kink_there_is_no_false_alarm(x):
    gradcheck(lambda x: x.relu() + abs(x - 1e-9) * 2 + autograd.maximum(x, -x), x)


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (lambda x: x.log(), 1e-12),
        (lambda x: x.exp(), 700.0),
        (lambda x: (x * 1e8).sin() * 1e-8 + x, 0.0),
        (lambda x: x.sin(), 1e10),
        (lambda x: x * x, 1e150),
        (lambda x: x * 1e-300, 1e-5),
        (lambda x: x.tanh(), 25.0),
        (lambda x: x.sqrt(), 1e-200),
        (lambda x: 1 / x, -1e-30),
        (lambda xs: autograd.logsumexp(xs), [1000.0, 1001.0, -1000.0]),
    ],
)
def test_big_and_small_scales_are_no_false_alarm(f, at):
    assert gradcheck(f, at)


def test_an_ordinary_function_is_compared_in_every_direction():
    told = []
    gradcheck(lambda x, y: (x * y).tanh() + x.exp(), (0.3, 2.0), on_skip=told.append)
    assert told == []


# ---- differences alone


@given(st.floats(-5, 5), st.floats(0.1, 5))
def test_the_error_of_an_estimate_is_honest(at, frequency):
    best = min(central(lambda t: math.sin(frequency * (at + t)), 4e-16), key=lambda e: e.error)
    exact = frequency * math.cos(frequency * at)
    assert abs(best.value - exact) <= 8 * best.error
    assert best.error < 1e-9 * frequency


def test_one_sided_estimates_tell_the_sides_of_a_kink_apart():
    left, right = one_sided(abs, -1.0, 0.0), one_sided(abs, 1.0, 0.0)
    assert left is not None
    assert right is not None
    assert (left.value, right.value) == (-1.0, 1.0)


def test_a_verdict_knows_right_from_wrong():
    assert not verdict(math.exp, 1.0, noise=0.0, tolerance=2e-7).wrong
    assert verdict(math.exp, 1.000001, noise=0.0, tolerance=2e-7).wrong


# ---- wrong arguments


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((3.0, 1.0), {}, TypeError, "must be a function"),
        ((lambda x: x, "a"), {}, TypeError, "gradcheck: at"),
        ((lambda x: x, None), {}, TypeError, "gradcheck: at"),
        ((lambda x: x, math.nan), {}, ValueError, "number 0 of at is nan"),
        ((lambda x: x, [1.0, [math.inf]]), {}, ValueError, "number 1 of at is inf"),
        ((lambda x: x, []), {}, ValueError, "no number in at"),
        ((lambda x: [x, x], 1.0), {}, TypeError, "must return one number, got list"),
        ((lambda x: "a", 1.0), {}, TypeError, "must return one number, got str"),
        ((lambda x: x, 1.0, 0), {}, ValueError, "order must be at least 1, got 0"),
        ((lambda x: x, 1.0, 1.5), {}, TypeError, "order must be a whole number, got float"),
        ((lambda x: x, 1.0), {"directions": 0}, ValueError, "directions must be at least 1"),
        ((lambda x: x, 1.0), {"tolerance": 0.0}, ValueError, "tolerance must be between 0 and 1"),
        ((lambda x: x, 1.0), {"tolerance": "1"}, TypeError, "tolerance must be a number, got str"),
        ((lambda x: x * random.random(), 1.0), {}, ValueError, "gives another number when it is called again"),
    ],
)
def test_wrong_arguments_say_what_was_wanted(arguments, options, error, message):
    with pytest.raises(error, match=message):
        gradcheck(*arguments, **options)


def test_nothing_the_function_captured_is_touched():
    w = Value(2.0)
    w.grad = 5.0
    gradcheck(lambda x: (x * w).tanh(), 0.3)
    assert w.grad == 5.0
