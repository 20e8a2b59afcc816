"""Derivatives of derivatives: against closed forms, 50-digit arithmetic, each other, and at special points.

Special points are those where a derivative of a derivative goes wrong when a formula was written for its value alone:
at 0, where functions saturate, at whole exponents of zero and of negative numbers.
"""

import math

import mpmath
import pytest
from hypothesis import given, settings
from mpmath import mp, mpf
from oracles import ORACLES, exact
from strategies import ordinary, points, programs
from test_edge_cases import program as edge_program
from test_edge_cases import rows as edge_rows
from test_random_programs import OutsideOfDomain, exact_gradient
from test_transforms import apply, function_of

import autograd
from autograd import Value, dot, grad, gradients, hessian, hvp, jit, jvp, logsumexp, prod
from autograd.differentiation.nodes import apply_binary, apply_unary
from autograd.differentiation.second_order import adjoint_tangents, curvature_of
from autograd.differentiation.sweeps import pulled_values
from autograd.differentiation.tape import tape_between
from autograd.formulas.calculus import second_partials
from autograd.generated.kernels import NAMES
from autograd.primitives import WRITTEN

UNARY = [row for row in WRITTEN if not row.reduction and len(row.operands) == 1]
BINARY = [row for row in WRITTEN if not row.reduction and len(row.operands) == 2]
PIECEWISE = ("abs", "sign", "floor", "ceil", "round", "trunc", "relu", "detach")  # at special points, below
ROW_OF = {row.name: row for row in WRITTEN}
STEPS = {"floor", "ceil", "round", "trunc", "sign", "detach", "relu", "abs"}
FUNCTIONS = [row.name for row in UNARY if row.public]
POINTS = [0.0, 1e-17, -1e-17, 1e-5, 0.3, -0.3, 0.7, -0.75, 0.99, 1.0, -1.0, 1.5, -1.7, 2.0, 5.0, -5.0, 20.0, -20.0]
POINTS += [30.0, -30.0, 100.0, -100.0, 700.0, -700.0]
PLANE = [(0.5, 1.5), (3.0, -0.7), (2.0, 3.0), (1.0, 1.0), (0.3, 4.0), (7.0, -2.0), (1e-3, 2.0), (5.0, 0.25)]


def nth(f, n):
    for _ in range(n):
        f = grad(f)
    return f


# ---- closed forms, to the fifth order


@pytest.mark.parametrize("n", range(1, 6))
@given(ordinary())
@settings(max_examples=20)
def test_the_nth_derivative_has_its_closed_form(n, x):
    assert nth(autograd.exp, n)(x) == pytest.approx(math.exp(x), rel=1e-13)
    assert nth(autograd.sin, n)(x) == pytest.approx(math.sin(x + n * math.pi / 2), abs=1e-14)
    assert nth(lambda a: a**6, n)(x) == pytest.approx(math.perm(6, n) * x ** (6 - n), rel=1e-12, abs=1e-300)
    y = abs(x) + 0.1
    assert nth(autograd.log, n)(y) == pytest.approx((-1) ** (n - 1) * math.factorial(n - 1) / y**n, rel=1e-12)
    assert nth(lambda a: 1 / a, n)(y) == pytest.approx((-1) ** n * math.factorial(n) / y ** (n + 1), rel=1e-12)


@pytest.mark.parametrize("n", range(2, 5))
@pytest.mark.parametrize("name", [row.name for row in UNARY if row.public and row.name not in PIECEWISE])
def test_the_nth_derivative_of_every_function_agrees_with_50_digits(name, n):
    value = ORACLES[name][0]
    for x in (0.3, 0.7, -0.4):
        at = x + 1.5 if name == "acosh" else abs(x) if name in ("log", "log2", "log10", "sqrt", "cbrt") else x
        exact = mpmath.diff(value, mpf(at), n)
        found = nth(lambda a: getattr(a, name)() if hasattr(a, name) else -a, n)(at)
        assert found == pytest.approx(float(exact), rel=1e-10, abs=1e-12)


# ---- every function, over its whole range


def differences(f, at: tuple[float, ...], orders: tuple[int, ...]) -> mpf | None:
    """A derivative by differences in 120 digits; None where there is none."""
    digits, mp.dps = mp.dps, 120
    try:
        z = mpmath.diff(f, tuple(map(mpf, at)), orders)
    except (ZeroDivisionError, ValueError, TypeError):
        return None
    finally:
        mp.dps = digits
    return z if isinstance(z, mpf) and mpmath.isfinite(z) else None


def function(name: str):
    return {"neg": lambda x: -x}.get(name) or getattr(autograd, name)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in {*STEPS, "neg"}])
def test_second_and_third_derivatives(name):
    second = autograd.grad(autograd.grad(function(name)))
    third = autograd.grad(second)
    checked = 0
    for x in POINTS:
        if exact(ORACLES[name][0], (x,)) is None:
            continue
        for order, derivative in ((2, second), (3, third)):
            wanted = differences(ORACLES[name][1], (x,), (order - 1,))
            slope = differences(ORACLES[name][1], (x,), (order,))
            if wanted is None or slope is None or (x and abs(wanted) < 1e-290) or abs(wanted) > 1e300:
                continue
            # of each: what a rounding error of x may do to it; and near 0, terms of the size of 1 that cancel
            tolerance = 1e-13 * abs(wanted) + 1e-14 * abs(x * slope) + (1e-15 if abs(x) < 1e-3 else 0)
            assert abs(mpf(derivative(x)) - wanted) <= tolerance, f"order {order} at {x}"
            checked += 1
    assert checked > 5


@pytest.mark.parametrize("name", sorted(STEPS - {"relu", "abs", "detach"}))
def test_step_functions_are_flat_in_every_order(name):
    for x in (-1.5, 0.3, 2.7):
        assert autograd.grad(autograd.grad(function(name)))(x) == 0.0


@pytest.mark.parametrize("name", ["relu", "abs", "leaky_relu"])
def test_pieces_of_straight_lines_have_no_second_derivative(name):
    for x in (-1.5, 0.0, 2.0):
        assert autograd.grad(autograd.grad(function(name)))(x) == 0.0


@pytest.mark.parametrize("name", ["pow", "div", "mul", "atan2", "hypot", "elu"])
@pytest.mark.parametrize("at", PLANE)
def test_hessians_of_two_arguments(name, at):
    f = {"pow": lambda x, y: x**y, "div": lambda x, y: x / y, "mul": lambda x, y: x * y}.get(name) or function(name)
    hessian = autograd.hessian(lambda v: f(v[0], v[1]))(list(at))
    value, *partials = ORACLES[name]
    for i, partial in enumerate(partials):
        for j in (0, 1):
            wanted = differences(partial, at, (int(j == 0), int(j == 1)))
            assert wanted is not None
            size = max(abs(wanted), abs(exact(value, at) or 0) * mpf("1e-3"))
            assert abs(mpf(hessian[i][j]) - wanted) <= 1e-13 * size, (i, j)


# ---- whole programs


def exact_hessian_times(program, v):
    """Central difference of the exact gradient, 50 digits: an error of about 1e-20."""
    h = mpf("1e-15")
    ends = []
    for sign in (1, -1):
        inputs = tuple(mpf(x) + sign * h * mpf(d) for x, d in zip(program.inputs, v, strict=True))
        ends.append(exact_gradient(type(program)(inputs, program.steps)))
    return [(a - b) / (2 * h) for a, b in zip(*ends, strict=True)]


@given(programs(most_steps=8))
@settings(max_examples=60)
def test_hessians_of_random_programs_agree_with_50_digits(program):
    x, v = list(program.inputs), [0.5, -1.0, 2.0, 1.0][: len(program.inputs)]
    try:
        exact = [float(a) for a in exact_hessian_times(program, v)]
    except OutsideOfDomain:
        return
    size = max(map(abs, exact), default=0.0)
    by_parts = max((abs(h) for row in hessian(function_of(program))(x) for h in row), default=0.0)
    for a, b in zip(hvp(function_of(program), x, v), exact, strict=True):
        # what cancels inside a program is lost to any engine; 1e-7 of the largest entry is far below a wrong rule
        assert a == pytest.approx(b, rel=1e-7, abs=1e-7 * (1 + size + by_parts))


@given(programs(most_steps=15))
def test_the_short_cut_and_the_graph_of_the_gradient_agree(program):
    f, x = function_of(program), list(program.inputs)
    v = [1.0, -2.0, 0.5, 3.0][: len(x)]
    direct = hvp(f, x, v)
    nested = jvp(grad(f), (x,), (v,))[1]
    reverse = grad(lambda xs: sum(a * b for a, b in zip(grad(f)(xs), v, strict=True)) + 0.0)(x)
    rows = hessian(f)(x)
    size = 1e-9 * (1 + max(abs(h * c) for row in rows for h, c in zip(row, v, strict=True)))
    assert direct == pytest.approx(nested, rel=1e-7, abs=size)
    assert direct == pytest.approx(reverse, rel=1e-7, abs=size)
    in_rows = [sum(h * c for h, c in zip(row, v, strict=True)) for row in rows]
    assert direct == pytest.approx(in_rows, rel=1e-7, abs=size)


@given(programs(most_steps=15))
def test_hessians_are_symmetric(program):
    rows = hessian(function_of(program))(list(program.inputs))
    size = 1e-9 * (1 + max(abs(h) for row in rows for h in row))
    for i in range(len(rows)):
        for j in range(i):
            assert rows[i][j] == pytest.approx(rows[j][i], rel=1e-7, abs=size)


# ---- operations of many operands


@pytest.mark.parametrize("f", [
    lambda x: prod(x), lambda x: logsumexp(x), lambda x: dot(x, x[::-1], x[0]), lambda x: autograd.mean(x) ** 3,
    lambda x: autograd.sum([a * a for a in x]), lambda x: autograd.max(x) ** 2, lambda x: autograd.softmax(x)[1],
    lambda x: autograd.where(x[0] > 0, x[0] * x[1], x[2]), lambda x: autograd.clip(x[0], -1.0, x[2] * x[2]) ** 2,
    lambda x: prod([x[0], 2.0, x[0], x[1]]), lambda x: dot(x, [1.0, 2, x[0]]) ** 2,
])  # fmt: skip
@given(x=ordinary(), y=ordinary(), w=ordinary())
@settings(max_examples=20)
def test_operations_of_many_operands_bend_as_they_do_in_steps(f, x, y, w):
    at = [x, y, w]
    rows = hessian(f)(at)
    graph = [grad(lambda p, i=i: grad(f)(p)[i] + 0.0)(at) for i in range(3)]
    for row, expected in zip(rows, graph, strict=True):
        assert row == pytest.approx(expected, rel=1e-11, abs=1e-11)


@given(ordinary(), ordinary())
def test_a_product_with_zeros_keeps_its_second_derivatives(x, y):
    assert hessian(prod)([0.0, 0.0, x]) == [[0.0, x, 0.0], [x, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert grad(lambda a: hvp(prod, [a, 0.0, y], [1.0, 1.0, 0.0])[0])(x) == 0.0


def test_logsumexp_keeps_its_digits_far_out():
    rows = hessian(logsumexp)([700.0, 700.0 - 1e-3, -5.0])
    p = 1 / (1 + mpmath.exp(mpf(700.0 - 1e-3) - 700))
    assert rows[0][0] == pytest.approx(float(p * (1 - p)), rel=1e-14)
    assert grad(grad(lambda x: logsumexp([x, 0.0])))(40.0) == pytest.approx(math.exp(-40.0), rel=1e-13)


# ---- the table's rows


@pytest.mark.parametrize("name", [row.name for row in UNARY])
@given(x=points())
@settings(max_examples=40)
def test_a_partial_read_with_values_is_the_partial(name, x):
    v = Value(x)
    z = _node(name, [v])
    (g,) = gradients(z, [v])
    assert _same(g.data, z.partials[0])


@pytest.mark.parametrize("name", [row.name for row in BINARY])
@given(x=points(), y=points())
@settings(max_examples=40)
def test_two_partials_read_with_values_are_the_partials(name, x, y):
    v, w = Value(x), Value(y)
    for operands in ([v, w], [v, y], [x, w]):
        z = _node(name, operands)
        found = gradients(z, list(z.inputs))
        assert all(_same(g.data, p) for g, p in zip(found, z.partials, strict=True))


@pytest.mark.parametrize("name", [row.name for row in (*UNARY, *BINARY)])
@given(x=ordinary(), y=ordinary())
@settings(max_examples=20)
def test_second_partials_agree_with_the_graph_of_the_first(name, x, y):
    operands = [Value(x), Value(y)][: len(ROW_OF[name].operands)]
    z = _node(name, operands)
    tape = tape_between([z], operands, [])
    b = curvature_of(tape)
    g = pulled_values(tape, [1.0])
    for j in range(len(operands)):
        column = adjoint_tangents(b, [1.0 if k == j else None for k in range(len(operands))])
        for i, v in enumerate(operands):
            first = g[tape.variables[i]]
            second = gradients(first, operands[j]).data if type(first) is Value else 0.0
            if math.isfinite(second) and abs(second) < 1e100:
                assert (column[i] or 0.0) == pytest.approx(second, rel=1e-11, abs=1e-11), (name, v)


def _node(name, operands):
    """The row's node, built from its number in the table."""
    op = NAMES.index(name)
    return apply_unary(op, *operands) if len(operands) == 1 else apply_binary(op, *operands)


def _same(a, b):
    return a == b or (math.isnan(a) and math.isnan(b))


def test_rows_that_are_straight_have_no_second_partials():
    for name in ("add", "sub", "neg", "floordiv", "floor", "detach", "identity", "abs"):
        assert all(entry.value == 0 for line in second_partials(name) for entry in line), name


# ---- special points


@pytest.mark.parametrize("row", edge_rows("program"))
def test_edge_rows_hold_inside_other_derivatives(row):
    f, xs = edge_program(row), [float(x) for x in row["inputs"]]
    for i, wanted in enumerate(row["recommended_grads"]):

        def scaled(a, s, i=i):  # d/dx of s * f(x) is s * f'(x), and the derivative of that in s is f'(x)
            return s * f(*[a if k == i else Value(x) for k, x in enumerate(xs)])

        def slope(s, i=i):
            return grad(lambda a: scaled(a, s))(xs[i])

        def slope_by_jvp(s, i=i):
            return jvp(lambda a: scaled(a, s), (xs[i],), (1.0,))[1]

        assert close_to_edge(grad(slope)(1.0), wanted)
        assert close_to_edge(grad(slope_by_jvp)(1.0), wanted)
        assert close_to_edge(jvp(slope_by_jvp, (1.0,), (1.0,))[1], wanted)
        assert close_to_edge(grad(lambda t: grad(lambda s: t * slope(s))(1.0))(1.0), wanted)


def close_to_edge(found, wanted):
    wanted = float(wanted)
    return _same(found, wanted) or abs(found - wanted) <= 1e-14 * abs(wanted)


def test_second_derivatives_at_special_points():
    assert nth(autograd.relu, 2)(0.0) == 0.0
    assert nth(autograd.abs, 2)(0.0) == 0.0
    assert nth(autograd.sign, 2)(1.0) == 0.0
    assert nth(lambda x: x**2, 2)(0.0) == 2.0
    assert nth(lambda x: x**3, 2)(0.0) == 0.0
    assert nth(lambda x: x**2, 3)(0.0) == 0.0
    assert nth(lambda x: x**1, 2)(0.0) == 0.0
    assert nth(lambda x: x**0, 2)(0.0) == 0.0
    assert nth(lambda x: (-2.0 * x) ** 3, 2)(1.0) == -48.0
    assert nth(lambda x: 2.0**x, 2)(0.0) == pytest.approx(math.log(2) ** 2)
    assert nth(autograd.sqrt, 2)(0.0) == -math.inf
    assert nth(autograd.tanh, 2)(30.0) == pytest.approx(-8 * math.exp(-60), rel=1e-13)
    assert nth(autograd.sigmoid, 2)(-700.0) == pytest.approx(math.exp(-700), rel=1e-12)
    assert nth(autograd.softplus, 3)(50.0) == pytest.approx(-math.exp(-50), rel=1e-12)
    assert nth(autograd.gelu, 2)(0.0) == pytest.approx(2 / math.sqrt(2 * math.pi))
    assert nth(lambda x: x * x.detach(), 2)(3.0) == 0.0
    assert hessian(lambda p: autograd.maximum(p[0], p[1]) ** 2)([1.0, 1.0]) == [[0.5, 0.5], [0.5, 0.5]]


@pytest.mark.parametrize("x", [0.0, -0.0, -2.0, 3.0])
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5])
def test_whole_powers_in_every_order(x, n):
    f, wanted, factor = (lambda t: t**n), x**n, 1.0
    for order in range(1, 5):
        f = autograd.grad(f)
        factor *= n - order + 1
        wanted = factor * x ** (n - order) if n >= order else 0.0
        assert f(x) == wanted, f"order {order}"


@pytest.mark.parametrize("n", [-1, -2, 0.5, 1.5, -0.5])
def test_other_powers_in_every_order(n):
    f, factor = (lambda t: t**n), 1.0
    for order in range(1, 5):
        f = autograd.grad(f)
        factor *= n - order + 1
        for x in (0.25, 3.0) if n != round(n) else (0.25, 3.0, -2.0):
            assert math.isclose(f(x), factor * x ** (n - order), rel_tol=1e-14), f"order {order} at {x}"


def test_mixed_derivatives_of_a_power_where_the_base_is_zero():
    at = [0.0, 2.0]
    assert autograd.hessian(lambda v: v[0] ** v[1])(at) == [[2.0, 0.0], [0.0, 0.0]]


def test_derivatives_that_saturate_do_so_smoothly():
    third = autograd.grad(autograd.grad(autograd.grad(autograd.tanh)))
    assert third(0.0) == -2.0
    for x in (19.0, 40.0, 300.0):
        assert math.isclose(third(x), 16 * math.exp(-2 * x), rel_tol=1e-13)
        assert math.isclose(third(-x), 16 * math.exp(-2 * x), rel_tol=1e-13)


@pytest.mark.parametrize("name", ["relu", "sqrt", "log", "sin", "tanh", "gelu", "exp", "softplus"])
def test_nan_has_nan_for_every_derivative(name):
    assert math.isnan(hessian(getattr(autograd, name))(math.nan))


# ---- the object style


def test_backward_with_create_graph_leaves_values():
    x, y = Value(3.0), Value(2.0)
    z = x**3 * y
    z.backward(create_graph=True)
    assert (x.grad, y.grad) == (54.0, 27.0)
    assert type(x.grad) is Value
    first, x.grad, y.grad = x.grad, 0.0, 0.0
    first.backward()
    assert (x.grad, y.grad) == (36.0, 27.0)
    assert type(x.grad) is float


def test_gradients_accumulate_as_values_too():
    x = Value(3.0)
    for _ in range(2):
        (x * x).backward(create_graph=True)
    total = x.grad
    assert total.data == 12.0
    x.grad = 0.0
    total.backward()
    assert x.grad == 4.0


def test_a_plain_pass_after_one_with_a_graph_adds_to_the_number():
    x = Value(3.0)
    (x * x).backward(create_graph=True)
    (x * x).backward()
    assert x.grad == 12.0
    assert type(x.grad) is float


def test_inner_nodes_get_their_numbers():
    x = Value(3.0)
    u = x * 2.0
    (u * u).backward(create_graph=True)
    assert u.grad == 12.0
    assert type(u.grad) is float


def test_a_leaf_alone():
    x = Value(3.0)
    x.backward(create_graph=True)
    assert x.grad == 1.0


@given(programs(most_steps=10))
def test_the_gradient_of_the_squared_gradient(program):
    """A penalty on the slope, as its users write it."""
    xs = [Value(x) for x in program.inputs]
    y = program.results(apply, xs)[-1]
    y.backward(create_graph=True)
    slopes = [x.grad for x in xs]
    for x in xs:
        x.grad = 0.0
    autograd.sum([g * g for g in slopes], start=Value(0.0)).backward()
    found = [x.grad for x in xs]
    expected = hvp(function_of(program), list(program.inputs), [2 * float(g) for g in slopes])
    size = 1e-9 * (1 + max(abs(h) for h in expected))
    assert found == pytest.approx(expected, rel=1e-7, abs=size)


def test_deep_graphs_are_differentiated_twice_without_recursion():
    n = 1_000_000 if autograd.COMPILED else 20_000
    x = Value(1.0)
    y = x
    for _ in range(n):
        y = y * 1.0 + 0.0
    z = y * y
    first = gradients(z, x)
    assert gradients(first, x).data == 2.0


def test_a_recorded_function_is_differentiated_twice():
    @jit
    def f(x, y):
        return (x * y).tanh() + x**3

    def plain(p):
        return (p[0] * p[1]).tanh() + p[0] ** 3

    at = [0.4, 0.7]
    rows = hessian(lambda p: f(p[0], p[1]) * p[0])(at)
    for row, expected in zip(rows, hessian(lambda p: plain(p) * p[0])(at), strict=True):
        assert row == pytest.approx(expected, rel=1e-12)
    assert hvp(lambda p: f(p[0], p[1]), at, [1.0, 2.0]) == pytest.approx(hvp(plain, at, [1.0, 2.0]), rel=1e-12)
