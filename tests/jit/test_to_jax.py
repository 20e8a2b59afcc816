"""`to_jax` against the machine: every row of the table, whole programs, and what is refused."""

from __future__ import annotations

import importlib.util
import math
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import random_program
from test_transforms import apply

import autograd
import nn
from autograd import (
    JitError,
    Value,
    clip,
    exp,
    grad,
    hessian,
    jit,
    log,
    logsumexp,
    maximum,
    operation,
    sqrt,
    take,
    where,
)
from autograd.generated import kernels
from autograd.primitives import ROWS

jax = pytest.importorskip("jax")
jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp  # noqa: E402

from autograd.jit.in_jax import rows  # noqa: E402
from autograd.jit.in_jax.reductions import REDUCTIONS  # noqa: E402

CLOSE = 1e-12  # the two add and round in different orders, and XLA's functions are good to a few units
EXAMPLES = settings(max_examples=10, deadline=None)


def close(a, b, *, scale: float = 0.0) -> bool:
    """Whether numbers agree; those near 0 by what they are the difference of."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return np.allclose(a, b, rtol=CLOSE, atol=CLOSE * scale, equal_nan=True)


# ---- every row


PLAIN_ROWS = [row for row in ROWS if not row.reduction]
LINE = [-40.5, -20.0, -3.7, -2.0, -1.3, -0.75, -0.3, -0.01, 0.0, 0.02, 0.4, 0.5, 0.99, 1.0, 1.7, 2.0, 3.2, 11.0, 41.0]
# What is left of an exact number after rounding is only as exact as the way it is taken away: XLA fuses operations.
ROUNDING = {"high", "mul_error", "add_error", "gelu_factor_error", "gelu_angle_error", "gelu_reach_error"}


def points_of(row):
    rng = random.Random(row.name)
    if len(row.operands) == 1:
        return [(x,) for x in LINE]
    return [tuple(rng.choice(LINE) for _ in row.operands) for _ in range(40)]


@pytest.mark.parametrize("row", PLAIN_ROWS, ids=lambda row: row.name)
def test_a_row_has_the_tables_value_and_partials(row):
    places = list(range(len(row.operands)))
    columns = jnp.array(points_of(row)).T
    values = rows.row(row.name, None, *columns)
    partials = jax.grad(lambda *xs: rows.row(row.name, None, *xs).sum(), argnums=places)(*columns)
    for i, xs in enumerate(points_of(row)):
        z, *expected = kernels.FORWARD[kernels.NAMES.index(row.name)](*xs)
        got = [values[i], *(p[i] for p in partials)]
        scale = 1.0 if row.name in ROUNDING else 1e-3 * max(1.0, math.prod(map(abs, xs)))
        assert close(got, [z, *expected], scale=scale), (xs, got, [z, *expected])


def test_every_row_has_a_form_in_jax():
    assert set(REDUCTIONS) | {"program"} == {row.name for row in ROWS if row.reduction}
    for row in PLAIN_ROWS:
        assert jnp.shape(rows.value(row.name, *[0.5] * len(row.operands))) == ()


UNARY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh acosh "
    "atanh sigmoid softplus relu leaky_relu elu gelu gelu_tanh silu erf erfc abs sign floor ceil round trunc"
).split()


@pytest.mark.parametrize("name", UNARY)
def test_functions_of_one_number_and_their_first_two_derivatives(name):
    f = jit(lambda x: getattr(autograd, name)(x))
    g = f.to_jax()
    xs = [0.3, 0.7, 1.5, -0.6] if name != "acosh" else [1.2, 3.0]
    xs = [x for x in xs if not (name in ("asin", "acos", "atanh") and abs(x) > 1)]
    first = jax.grad(lambda xs: jax.vmap(g)(xs).sum())
    second = jax.jit(jax.grad(lambda xs: first(xs).sum()))
    assert close(jax.vmap(g)(jnp.array(xs)), f.map(xs))
    assert close(first(jnp.array(xs)), grad(f).map(xs))
    assert close(second(jnp.array(xs)), hessian(f).map(xs), scale=1.0)


BINARY = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
    "pow": lambda x, y: x**y, "power of 3": lambda x, y: x**3 + y, "2 to the": lambda x, y: 2.0**x + y,
    "mod": lambda x, y: x % y, "floordiv": lambda x, y: x // y + x, "maximum": maximum, "atan2": autograd.atan2,
    "minimum": autograd.minimum, "hypot": autograd.hypot, "clip": lambda x, y: clip(x, y, 2.0),
    "where": lambda x, y: where(x, y * x, 1.0), "norm": lambda x, y: autograd.norm([x, y, 0.5]),
    "sum": lambda x, y: autograd.sum([x, y, x, 1.0]), "mean": lambda x, y: autograd.mean([x, y, y]),
    "prod": lambda x, y: autograd.prod([x, y, x, y, 2.0]), "dot": lambda x, y: autograd.dot([x, y], [y, y], start=x),
    "logsumexp": lambda x, y: logsumexp([x, y, 2.0 * x]), "softmax": lambda x, y: autograd.softmax([x, y])[0],
    "max": lambda x, y: autograd.max([x, y, 0.1]), "min": lambda x, y: autograd.min([x, y * y, 1.1]),
}  # fmt: skip


@pytest.mark.parametrize("name", BINARY)
def test_operations_of_several_numbers_and_their_first_two_derivatives(name):
    f = jit(BINARY[name])
    g = f.to_jax()
    gradient = jax.jit(jax.grad(g, argnums=(0, 1)))
    for x, y in ((0.7, 1.9), (1.3, 0.4), (2.5, 1.0), (0.6, 0.6)):
        assert close(g(x, y), f(x, y).data)
        assert close(gradient(x, y), grad(f, argnums=(0, 1))(x, y), scale=1.0)
    curvature = jax.hessian(g, argnums=(0, 1))(0.7, 1.9)
    assert close(np.array(curvature), np.array(hessian(f, argnums=(0, 1))(0.7, 1.9)), scale=1.0)


@given(st.integers(0, 10**6))
@EXAMPLES
def test_random_programs(seed):
    program = random_program(random.Random(seed))
    f = jit(lambda xs: program.results(apply, xs, float)[-1])
    at = list(program.inputs)
    g = f.to_jax()
    expected, slopes = f(at).data, grad(f)(at)
    scale = max(1.0, *map(abs, slopes))
    assert close(g(at), expected, scale=max(1.0, abs(expected)))
    assert close(jax.grad(g)(at), slopes, scale=scale)
    assert close(jax.jvp(g, (at,), (at,))[1], np.dot(slopes, at), scale=scale)


# ---- nothing passes where nothing was chosen


CUTS = {
    "where": (lambda x: where(x <= 0, exp(x), 1 + x), 800.0, 1.0),
    "clip above": (lambda x: clip(exp(x), 0, 1), 800.0, 0.0),
    "minimum": (lambda x: autograd.minimum(exp(x), 1), 800.0, 0.0),
    "clip below": (lambda x: clip(log(x), -5, 5), 0.0, 0.0),
    "maximum": (lambda x: maximum(log(x), -5), 0.0, 0.0),
    "relu": (lambda x: (1 - exp(x)).relu(), 800.0, 0.0),
    "max": (lambda x: autograd.max([log(x), -3.0, x]), 0.0, 1.0),
    "take": (lambda x: where(x, sqrt(x), x * 3.0), 0.0, 3.0),
    "below a layer": (lambda x: autograd.dot([(1 - exp(x)).relu(), x], [2.0, 3.0]), 800.0, 3.0),
    "a nan that was not chosen": (lambda x: where(x > 0, log(x).relu(), x * x), -2.0, -4.0),
    "a branch": (lambda x: log(x) if x > 0 else x * x, -2.0, -4.0),
}


@pytest.mark.parametrize("name", CUTS)
def test_what_was_not_chosen_has_no_share_whatever_stands_there(name):
    f, x, expected = CUTS[name]
    recorded = jit(f)
    assert grad(recorded)(x) == expected
    g = recorded.to_jax()
    assert jax.grad(g)(x) == expected
    assert jax.jvp(g, (x,), (1.0,))[1] == expected
    assert jax.vmap(jax.grad(g))(jnp.array([x, x]))[0] == expected
    assert jax.grad(lambda xs: jax.vmap(g)(xs).sum())(jnp.array([x, 0.3]))[0] == expected
    assert not math.isnan(jax.grad(jax.grad(g))(x))


def test_a_selection_of_what_does_not_depend_on_the_row_can_be_mapped():
    f = jit(lambda z, a, b: maximum(a * exp(b * b) * z, 1.0))
    g = f.to_jax()
    Z = jnp.array([3.0, 0.1, 2.0])
    found = jax.jit(jax.grad(lambda m: jax.vmap(lambda z: g(z, *m))(Z).sum()))((1.0, 0.5))
    assert close(found, [5.0 * math.exp(0.25), 5.0 * math.exp(0.25)])


def test_arithmetic_has_no_such_zero():
    f = jit(lambda x: sqrt(x) * 0.0)
    assert math.isnan(grad(f)(0.0))
    assert math.isnan(jax.grad(f.to_jax())(0.0))


def test_a_result_that_nobody_asks_for_spoils_no_other():
    f = jit(lambda x: [x[0] * x[0], log(x[1]), exp(x[1])])
    assert jax.grad(lambda x: f.to_jax()(x)[0])(jnp.array([3.0, 0.0])).tolist() == [6.0, 0.0]
    f = jit(lambda x: [x[0] + 1.0, log(x[1]) + 1.0])
    assert jax.grad(lambda x: f.to_jax()(x)[0])(jnp.array([3.0, 0.0])).tolist() == [1.0, 0.0]


# ---- arguments, parameters, results


def test_parameters_can_be_given_and_are_what_they_are_otherwise():
    w, b = Value(2.0), Value(-1.0)
    f = jit(lambda x: w * x + b)
    g = f.to_jax([b, w])
    assert g.parameters == (b, w)
    assert g(3.0) == 5.0
    assert jax.grad(lambda p: g(3.0, parameters=p))(jnp.array([0.0, 1.0])).tolist() == [1.0, 3.0]
    assert g(3.0, parameters=[10.0, 1.0]) == 13.0
    w.data = 5.0
    assert g(3.0) == 14.0
    assert jit(lambda x: w * x + b).to_jax()(1.0) == 4.0
    with pytest.raises(ValueError, match="parameters must be 2 numbers"):
        g(3.0, parameters=[1.0])


def test_results_keep_their_nesting():
    w = Value(2.0)
    f = jit(lambda x: {"a": [w * x[0], x[1]], "b": (x[0], 3), "c": np.array([[x[0], x[1] * w]])})
    found = f.to_jax()([1.5, 2.5])
    assert found["a"] == [3.0, 2.5]
    assert found["b"] == (1.5, 3.0)
    assert found["c"].shape == (1, 2)
    assert found["c"].tolist() == [[1.5, 5.0]]
    assert jax.jacobian(f.to_jax())([1.5, 2.5])["a"][0] == [2.0, 0.0]


def test_indices_are_traced_and_rows_are_mapped():
    table = [[Value(0.1 * i + j) for j in range(3)] for i in range(5)]
    f = jit(lambda i, x: autograd.dot(take(table, i), x))
    flat = [v for line in table for v in line]
    g = f.to_jax(flat)
    numbers = jnp.array([v.data for v in flat])
    I, X = np.array([0, 4, -1, 2]), np.random.default_rng(0).normal(size=(4, 3))  # noqa: E741
    assert close(jax.vmap(g)(I, X), f.map(I, X))
    f.mean(I, X).backward()
    found = jax.grad(lambda p: jax.vmap(lambda i, x: g(i, x, parameters=p))(I, X).mean())(numbers)
    assert close(found, [v.grad for v in flat])
    assert math.isnan(g(jnp.array(7), X[0]))


def test_an_index_that_is_not_known_yet_may_choose_from_a_table_of_one():
    table = [[Value(2.0), Value(3.0)]]
    f = jit(lambda i, x: autograd.dot(take(table, i), x))
    x = np.array([1.0, 10.0])
    assert jax.jit(f.to_jax())(np.array(0), x) == 32.0
    assert jax.vmap(f.to_jax())(np.array([0, -1]), np.array([x, -x])).tolist() == [32.0, -32.0]


def test_static_arguments_keywords_and_methods():
    class Curve:
        def __init__(self):
            self.w = Value(1.5)

        @jit
        def at(self, x, power, *, shift=0.0):
            return self.w * x**power + shift

    curve = Curve()
    g = curve.at.to_jax()
    assert g(2.0, 3) == 12.0
    assert jax.jit(g, static_argnums=1)(2.0, 2, shift=1.0) == 7.0
    assert jax.grad(lambda x: g(x, 2, shift=x))(2.0) == 7.0


def test_ways_are_looked_for_and_a_missing_one_is_refused():
    f = jit(lambda x, y: x * y if x > y else (x + y if x > 0 else x - y * y))
    g = jax.jit(f.to_jax())
    for x, y in ((3.0, 1.0), (1.0, 3.0), (-2.0, 3.0)):
        assert close(g(x, y), f(x, y).data)
        assert close(jax.grad(f.to_jax(), (0, 1))(x, y), grad(f, (0, 1))(x, y))
    with pytest.raises(JitError, match=r"branches at .*test_to_jax.py.*only the way where that is False"):
        jit(lambda x: x if x > 1e9 else x * x).to_jax()(1.0)

    def halved(x):
        while x > 1:
            x = x / 2
        return x

    with pytest.raises(JitError, match="branches at"):
        jit(halved).to_jax()(jnp.array(3.0))


def test_a_rare_way_is_known_once_it_has_been_called():
    f = jit(lambda x: x if x > 1e9 else x * x)
    assert f(2e9).data == 2e9
    assert jax.vmap(f.to_jax())(jnp.array([3.0, 3e9])).tolist() == [9.0, 3e9]


def test_the_users_operations_keep_their_own_derivative():
    stepwise = operation("stepwise_in_jax", "rint(x)", "1")
    bent = operation("bent_in_jax", "stepwise_in_jax(x) * x", "stepwise_in_jax(x) + x")
    f = jit(lambda x: stepwise(x * 2.0) * x + bent(x))
    for x in (0.3, 1.7):
        assert close(f.to_jax()(x), f(x).data)
        assert close(jax.grad(f.to_jax())(x), grad(f)(x))
        assert close(jax.hessian(f.to_jax())(x), hessian(f)(x))
    called = operation("called_in_jax", lambda x: math.sin(x), lambda x: autograd.cos(x))
    with pytest.raises(JitError, match="called_in_jax is given by a Python function"):
        jit(lambda x: called(x)).to_jax()(1.0)


def test_what_is_refused_says_so():
    f = jit(lambda x: x * x)
    with pytest.raises(TypeError, match="got a Value"):
        f.to_jax()(Value(1.0))
    with pytest.raises(TypeError, match="complex"):
        f.to_jax()(jnp.array([1j]))
    with pytest.raises(JitError, match="argument named parameters"):
        jit(lambda parameters: parameters * 2.0).to_jax()
    with pytest.raises(TypeError, match="parameters are Values"):
        f.to_jax([1.0])
    with pytest.raises(JitError, match="while another function is recorded"):
        jit(lambda x: x * f.to_jax()(2.0))(1.0)
    jax.config.update("jax_enable_x64", False)
    try:
        with pytest.raises(JitError, match="jax_enable_x64"):
            f.to_jax()(1.0)
    finally:
        jax.config.update("jax_enable_x64", True)


# ---- whole models


def of_the_examples(name):
    path = Path(__file__).parents[2] / "examples" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"example_{name}", path)
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_moons_network():
    model = nn.MLP(2, [16, 16, 1], seed=1)
    X, y = nn.moons(100, noise=0.1, seed=1)
    X, y = np.array(X), np.array(y) * 2.0 - 1.0
    loss = jit(lambda x, y: (1 - y * model(x)).relu())
    g = loss.to_jax(model.parameters())
    numbers = jnp.array([p.data for p in model.parameters()])

    @jax.jit
    @jax.value_and_grad
    def mean(p):
        return jax.vmap(lambda x, y: g(x, y, parameters=p))(X, y).mean()

    value, gradient = mean(numbers)
    expected = loss.mean(X, y)
    expected.backward()
    assert close(value, expected.data)
    slopes = np.array([p.grad for p in model.parameters()])
    assert close(gradient, slopes, scale=np.abs(slopes).max())


def test_the_transformer_of_the_example():
    examples = of_the_examples("invent_names")
    model = examples.Transformer(1)
    loss, name = examples.loss_of(model), examples.encoded("isabella")
    g = loss.to_jax(model.parameters())
    numbers = jnp.array([p.data for p in model.parameters()])
    value, gradient = jax.jit(jax.value_and_grad(lambda p: g(name, parameters=p)))(numbers)
    expected = loss(name)
    expected.backward()
    assert close(value, expected.data)
    slopes = np.array([p.grad for p in model.parameters()])
    assert close(gradient, slopes, scale=np.abs(slopes).max())




def test_the_benchmark_skips_itself_where_there_is_no_gpu():
    if jax.default_backend() == "gpu":
        pytest.skip("there is one")
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "benchmarks.gpu"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("skipped: JAX sees no GPU here")
