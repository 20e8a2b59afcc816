"""Values in NumPy arrays of objects, and NumPy's numbers and functions on Values."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import Value, grad

inside = st.floats(0.05, 0.9)  # of the domains of all the functions below
FUNCTIONS = {
    "exp": math.exp, "expm1": math.exp, "log": lambda x: 1 / x, "log2": lambda x: 1 / (x * math.log(2)),
    "log10": lambda x: 1 / (x * math.log(10)), "log1p": lambda x: 1 / (1 + x), "sqrt": lambda x: 0.5 / math.sqrt(x),
    "cbrt": lambda x: x ** (-2 / 3) / 3, "square": lambda x: 2 * x, "reciprocal": lambda x: -1 / x**2,
    "sin": math.cos, "cos": lambda x: -math.sin(x), "tan": lambda x: 1 / math.cos(x) ** 2,
    "arcsin": lambda x: 1 / math.sqrt(1 - x * x), "arccos": lambda x: -1 / math.sqrt(1 - x * x),
    "arctan": lambda x: 1 / (1 + x * x), "sinh": math.cosh, "cosh": math.sinh, "tanh": lambda x: 1 / math.cosh(x) ** 2,
    "arcsinh": lambda x: 1 / math.sqrt(1 + x * x), "arctanh": lambda x: 1 / (1 - x * x), "absolute": lambda x: 1.0,
    "fabs": lambda x: 1.0, "negative": lambda x: -1.0, "positive": lambda x: 1.0, "floor": lambda x: 0.0,
    "ceil": lambda x: 0.0, "trunc": lambda x: 0.0, "rint": lambda x: 0.0,
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
@given(x=inside)
@settings(max_examples=20)
def test_numpys_functions_of_arrays_of_values(name, x):
    v = np.array([Value(x), Value(0.5)])
    z = getattr(np, name)(v)
    assert z.dtype == object
    assert z[0].data == pytest.approx(getattr(np, name)(x), rel=1e-14)
    z[0].backward()
    assert (v[0].grad, v[1].grad) == (pytest.approx(FUNCTIONS[name](x), rel=1e-12), 0.0)


def test_arccosh_beyond_one():
    assert grad(lambda a: np.arccosh(a).sum())(np.array([2.0])).tolist() == [pytest.approx(1 / math.sqrt(3))]


@given(inside, inside)
@settings(max_examples=30)
def test_numpys_functions_of_two_arrays(x, y):
    for name in ("add", "subtract", "multiply", "true_divide", "power", "arctan2", "hypot"):
        of_values, ours = getattr(np, name), {
            "add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b,
            "true_divide": lambda a, b: a / b, "power": lambda a, b: a**b, "arctan2": autograd.atan2,
            "hypot": autograd.hypot,
        }[name]  # fmt: skip
        found = grad(lambda a, b, f=of_values: f(a, b).sum(), argnums=(0, 1))(np.array([x]), np.array([y]))
        assert tuple(g[0] for g in found) == grad(ours, argnums=(0, 1))(x, y)


@pytest.mark.parametrize("scalar", [np.float64(2), np.float32(2), np.int64(2), np.array(2.0), np.bool_(True)])
def test_numpys_scalars_on_either_side(scalar):
    v = Value(3.0)
    number = float(scalar)
    for z, expected in (
        (scalar * v, number * 3), (v * scalar, number * 3), (scalar + v, number + 3), (v - scalar, 3 - number),
        (scalar - v, number - 3), (scalar / v, number / 3), (v**scalar, 3**number), (scalar**v, number**3),
    ):  # fmt: skip
        assert type(z) is Value
        assert z.data == expected


def test_an_array_of_floats_times_a_value_is_an_array_of_values():
    v = Value(3.0)
    for z in (np.array([1.0, 2.0]) * v, v * np.array([1.0, 2.0])):
        assert [x.data for x in z] == [3.0, 6.0]
        v.grad = 0.0
        z.sum().backward()
        assert v.grad == 3.0


@settings(max_examples=30)
@given(st.lists(st.floats(-3, 3), min_size=6, max_size=6), st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_matrix_products(a, b):
    a, b = np.array(a).reshape(2, 3), np.array(b).reshape(3, 2)
    for product in (lambda x, y: x @ y, np.dot, np.matmul, lambda x, y: np.einsum("ij,jk->ik", x, y)):
        value = product(np.vectorize(Value)(a), b)
        assert np.allclose([[x.data for x in row] for row in value], a @ b)
        da, db = grad(lambda x, y, f=product: f(x, y).sum(), argnums=(0, 1))(a, b)
        assert np.allclose(da, np.ones((2, 2)) @ b.T)
        assert np.allclose(db, a.T @ np.ones((2, 2)))


def test_sums_means_and_products():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.array_equal(grad(np.sum)(x), np.ones((2, 2)))
    assert np.array_equal(grad(np.mean)(x), np.full((2, 2), 0.25))
    assert np.array_equal(grad(np.prod)(x), 24 / x)
    assert np.array_equal(grad(lambda a: np.sum(a, axis=0)[1])(x), [[0.0, 1.0], [0.0, 1.0]])
    assert np.allclose(grad(np.var)(x), (x - 2.5) / 2)
    assert np.array_equal(grad(np.trace)(x), np.eye(2))
    assert np.array_equal(grad(lambda a: np.cumsum(a)[2])(x), [[1.0, 1.0], [1.0, 0.0]])


def test_choices_are_made_by_comparing_data():
    x, y = np.array([1.0, -2.0, 3.0]), np.array([0.0, 5.0, 3.0])
    assert grad(lambda a: np.maximum(a, y).sum())(x)[:2].tolist() == [1.0, 0.0]
    assert grad(lambda a: np.minimum(a, y).sum())(x)[:2].tolist() == [0.0, 1.0]
    assert grad(lambda a: np.where(a > 0, a * a, -a).sum())(x).tolist() == [2.0, -1.0, 6.0]
    assert grad(lambda a: np.clip(a, -1.0, 2.0).sum())(x).tolist() == [1.0, 0.0, 0.0]
    assert grad(lambda a: np.max(a))(x).tolist() == [0.0, 0.0, 1.0]
    assert grad(lambda a: np.sort(a)[0])(x).tolist() == [0.0, 1.0, 0.0]
    assert np.argmax(np.array([Value(1.0), Value(3.0)])) == 1


def test_comparisons_give_arrays_of_booleans():
    v = np.array([Value(1.0), Value(2.0)])
    for found in (v > 1.5, 1.5 < v, v >= np.array([1.5, 1.5]), v == 2.0):  # noqa: SIM300
        assert found.tolist() == [False, True]


def test_indexing_and_shapes_carry_values():
    x = np.arange(6.0)
    gradient = grad(lambda a: (a.reshape(2, 3).T[1] * np.array([10.0, 100.0])).sum())(x)
    assert gradient.tolist() == [0.0, 10.0, 0.0, 0.0, 100.0, 0.0]


def test_an_array_of_floats_cannot_hold_what_is_differentiated():
    with pytest.raises(TypeError, match=r"autograd\.exp"):
        grad(lambda a: np.exp(a.astype(float)).sum())(np.ones(2))


def test_numpys_functions_of_a_single_value_give_a_value():
    assert grad(np.exp)(1.0) == math.e
    assert type(np.sqrt(Value(4.0))) is Value
