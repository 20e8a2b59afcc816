"""NumPy's functions of single Values, and of the arrays that transforms hand out: ours, or an error that says so."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autograd
from autograd import JitError, Value, grad, hessian, jacobian, jit
from autograd.arrays.numpy_functions import OPERATORS, OTHERS, ArrayOfValues

INF, NAN = math.inf, math.nan
UFUNCS = {name: f for name in dir(np) if isinstance(f := getattr(np, name), np.ufunc)}
REAL = [name for name in OTHERS if name in UFUNCS]
AWKWARD = (0.0, -0.0, 0.5, -0.5, 1.0, 2.0, -3.0, INF, -INF, NAN)


def number(x):
    return float(x.data if type(x) is Value else x)


def test_each_of_numpys_functions_is_ours_or_says_so():
    for name, f in UFUNCS.items():
        if f.nin > 2 or name in ("matmul", "vecdot", "matvec", "vecmat"):
            continue
        if f.__name__ in OPERATORS or f.__name__ in OTHERS:
            continue
        with pytest.raises(TypeError, match=rf"numpy\.{f.__name__} has no counterpart.*v\.detach"):
            f(*[Value(1.0)] * f.nin)


@pytest.mark.parametrize("name", REAL)
def test_values_are_numpys(name):
    f = UFUNCS[name]
    with np.errstate(all="ignore"):
        for x in AWKWARD:
            for y in AWKWARD if f.nin > 1 else (None,):
                operands = (x,) if y is None else (x, int(y) if math.isfinite(y) else 1) if name == "ldexp" else (x, y)
                if f.nin == 3:
                    operands = (x, min(y, 1.0), 1.0)
                wanted = f(*operands)
                found = f(Value(x), *operands[1:])
                pairs = zip(found, wanted, strict=True) if f.nout > 1 else [(found, wanted)]
                for z, w in pairs:
                    if isinstance(w, np.bool_):
                        assert type(z) is bool, name
                    else:
                        assert type(z) is Value, name
                    assert number(z) == pytest.approx(float(w), rel=1e-12, nan_ok=True), (name, operands)


@given(st.floats(0.1, 0.9), st.floats(1.1, 3.0))
@settings(max_examples=25)
def test_derivatives_are_differences_of_numpys_values(x, y):
    h = 1e-6
    for name in ("logaddexp", "logaddexp2", "fmod", "copysign", "float_power", "fmax", "fmin", "maximum", "hypot"):
        f = UFUNCS[name]
        assert grad(f)(x, y) == pytest.approx((f(x + h, y) - f(x - h, y)) / (2 * h), rel=1e-6, abs=1e-8), name
        assert grad(f, argnums=1)(x, y) == pytest.approx((f(x, y + h) - f(x, y - h)) / (2 * h), rel=1e-6, abs=1e-8)
    for name in ("exp2", "deg2rad", "rad2deg", "degrees", "radians", "square", "sign", "sinc"):
        f = getattr(np, name)
        assert grad(f)(x) == pytest.approx((f(x + h) - f(x - h)) / (2 * h), rel=1e-6, abs=1e-8), name


def test_kinks_and_nan_are_those_of_our_functions():
    assert math.isnan(np.maximum(Value(NAN), Value(1.0)).data)
    assert math.isnan(np.minimum(1.0, Value(NAN)).data)
    assert grad(lambda v: np.maximum(v, 0.0))(0.0) == 0.5
    assert grad(lambda v: np.abs(v))(0.0) == 0.0
    assert type(np.sign(Value(-2.0))) is Value
    assert np.fmax(Value(NAN), 1.0) == 1.0
    assert grad(lambda v: np.fmin(v, NAN))(3.0) == 1.0
    assert grad(lambda v: np.heaviside(0.0 * v, v))(3.0) == 1.0


def test_of_arrays_that_transforms_hand_out_the_largest_is_right():
    x = np.array([1.0, 1.0, 0.0])
    assert grad(np.max)(x).tolist() == [0.5, 0.5, 0.0]
    assert grad(lambda a: a.min())(np.ones((2, 2))).tolist() == [[0.25, 0.25], [0.25, 0.25]]
    assert grad(lambda a: np.max(a, axis=0).sum())(np.ones((2, 2))).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert grad(lambda a: np.max(a, axis=(0, 1), keepdims=True))(np.ones((2, 2))).tolist() == [[0.25] * 2] * 2
    assert grad(lambda a: np.max(a, initial=5.0))(x).tolist() == [0.0] * 3
    assert grad(lambda a: np.max(a, initial=-1.0, where=[False, True, True]))(x).tolist() == [0.0, 1.0, 0.0]
    assert np.isnan(jit(lambda a: np.max(a))(np.array([1.0, NAN])).data)
    assert grad(lambda a: np.maximum(a, 0.0).sum())(np.array([0.0, 2.0, -1.0])).tolist() == [0.5, 1.0, 0.0]
    assert grad(lambda a: np.clip(a, 0, 1).sum())(np.array([2.0, 0.5, 0.0])).tolist() == [0.0, 1.0, 1.0]
    assert grad(lambda a: a.clip(0, None).sum())(np.array([2.0, -0.5, 0.0])).tolist() == [1.0, 0.0, 1.0]
    assert grad(lambda a: np.sign(a).sum())(x).tolist() == [0.0] * 3


def test_floats_may_lie_between_values():
    assert grad(lambda a: np.exp(np.where(a > 0, a, 0.0)).sum())(np.array([1.0, -1.0])).tolist() == [math.e, 0.0]
    assert grad(lambda a: np.log(np.concatenate([a, [1.0]])).sum())(np.array([2.0])).tolist() == [0.5]
    assert jit(lambda a: np.exp(np.where(a > 0, a, 0.0)).sum()).map(np.array([[0.5, -1.0]])) == [math.exp(0.5) + 1]


def test_norms():
    x = np.array([3.0, 4.0])
    assert grad(np.linalg.norm)(x) == pytest.approx([0.6, 0.8])
    assert grad(lambda a: np.linalg.norm(a) ** 2)(np.zeros(2)).tolist() == [0.0, 0.0]
    assert grad(lambda a: np.linalg.norm(a, 1))(-x).tolist() == [-1.0, -1.0]
    assert grad(lambda a: np.linalg.norm(a, np.inf))(x).tolist() == [0.0, 1.0]
    assert np.allclose(grad(lambda a: np.linalg.norm(a, axis=1).sum())(np.array([x, x])), [[0.6, 0.8]] * 2)
    assert np.allclose(grad(lambda a: np.linalg.norm(a))(np.array([x, 0 * x])), [[0.6, 0.8], [0.0, 0.0]])
    with pytest.raises(TypeError, match="orders"):
        grad(lambda a: np.linalg.norm(a, "nuc"))(np.eye(2))


@given(st.lists(st.floats(-2, 2), min_size=12, max_size=12))
@settings(max_examples=40, deadline=None)
def test_linear_equations(numbers):
    a, b = np.array(numbers[:9]).reshape(3, 3) + 5 * np.eye(3), np.array(numbers[9:])
    assert np.allclose(grad(np.linalg.det)(a), np.linalg.det(a) * np.linalg.inv(a).T)
    inverse = np.linalg.inv(a)
    da, db = grad(lambda m, v: np.linalg.solve(m, v).sum(), argnums=(0, 1))(a, b)
    assert np.allclose(db, inverse.sum(axis=0))
    assert np.allclose(da, -np.outer(inverse.sum(axis=0), inverse @ b))
    assert np.allclose(jacobian(np.linalg.inv)(a)[0, 1], -np.outer(inverse[0], inverse[:, 1]))
    recorded = jit(lambda m, v: np.linalg.solve(m, v))
    for rows in (a, a[::-1]):  # where other rows are the largest, another path is recorded
        assert np.allclose([x.data for x in recorded(rows, b)], np.linalg.solve(rows, b))


def test_a_determinant_that_is_zero_has_derivatives():
    a = np.array([[0.0, 1.0], [0.0, 3.0]])
    assert grad(np.linalg.det)(a).tolist() == [[3.0, 0.0], [-1.0, 0.0]]
    b = np.array([[0.0, 1.0, 2.0], [0.0, 3.0, 4.0], [0.0, 5.0, 7.0]])
    assert np.allclose(grad(np.linalg.det)(b)[:, 0], [1.0, 3.0, -2.0])
    with pytest.raises(np.linalg.LinAlgError):
        grad(lambda m: np.linalg.solve(m, [1.0, 2.0])[0])(a)


@pytest.mark.parametrize("f", [
    np.linalg.eigvalsh, np.linalg.svd, np.fft.fft, np.linalg.qr, np.linalg.cholesky, np.linalg.pinv, np.frexp,
])  # fmt: skip
def test_what_wants_floats_says_what_there_is(f):
    with pytest.raises(TypeError, match="Values; there are sums"):
        grad(lambda a: f(a)[0])(np.eye(2))


SMOOTH = {
    "mean": np.mean, "std": np.std, "var": np.var, "prod": np.prod, "ptp": np.ptp, "median": np.median,
    "trapezoid": getattr(np, "trapezoid", None) or getattr(np, "trapz", None), "nansum": np.nansum,
    "dot": lambda a: np.dot(a, a),
    "matmul": lambda a: a @ a, "einsum": lambda a: np.einsum("i,i", a, a), "outer": lambda a: np.outer(a, a).sum(),
    "cumsum": lambda a: np.cumsum(a)[1], "cumprod": lambda a: np.cumprod(a)[1], "diff": lambda a: np.diff(a)[0],
    "interp": lambda a: np.interp(a, [0.0, 1.0, 4.0], [0.0, 3.0, 4.0]).sum(), "interp of one": lambda a: np.interp(
        a[0], [0.0, 1.0, 4.0], [0.0, 3.0, 4.0]), "polyval": lambda a: np.polyval(a, 2.0),
    "polyval at": lambda a: np.polyval([1.0, 2.0, 3.0], a).sum(), "quantile": lambda a: np.quantile(a, 0.3),
    "percentile": lambda a: np.percentile(a, [25, 80]).sum(), "average": lambda a: np.average(a, weights=[1, 2, 3]),
    "convolve": lambda a: np.convolve(a, a)[2], "kron": lambda a: np.kron(a, a).sum(), "stack": lambda a: np.stack(
        [a, a * a]).sum(), "cross": lambda a: np.cross(a, [1.0, 2.0, 3.0])[0], "select": lambda a: np.select(
        [a < 1], [a * a], a).sum(), "vectorize": lambda a: np.vectorize(lambda x: x * x)(a).sum(),
    "logaddexp.reduce": np.logaddexp.reduce, "tensordot": lambda a: np.tensordot(a, a, 1), "inner": lambda a: np.inner(
        a, a), "tile": lambda a: np.tile(a, 2).sum(), "roll": lambda a: (np.roll(a, 1) * a).sum(), "flip": lambda a: (
        np.flip(a) * a).sum(), "sinc": lambda a: np.sinc(a).sum(), "sort": lambda a: np.sort(a)[1],
    "in place": lambda a: (a.__iadd__(a * 2)).sum(),
}  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
def test_functions_made_of_operators(name):
    f, h, x = SMOOTH[name], 1e-6, np.array([0.7, 2.0, 1.6])
    wanted = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(3)]
    assert grad(f)(x) == pytest.approx(wanted, rel=1e-6, abs=1e-8)
    if name not in ("in place", "vectorize"):
        assert jit(f)(x).data == pytest.approx(float(f(x)), rel=1e-12)


def test_answers_of_a_recorded_function_are_watched():
    f = jit(lambda x: 1.0 * x if np.isfinite(x) else 0.0 * x + 7.0)
    assert [f(x).data for x in (1.0, 2.0)] == [1.0, 2.0]
    assert math.isnan(f(INF).data)
    g = jit(lambda a: a[np.argmax(a)] * 2.0)
    assert [g(np.array(x)).data for x in ([1.0, 3.0], [4.0, 3.0])] == [6.0, 8.0]
    with pytest.raises(JitError):
        jit(lambda x: np.float64(x) * x)(1.0)


@pytest.mark.parametrize("digits", [0, 1, 2, -2, 30])
def test_rounding_to_digits(digits):
    x = np.array([0.45, 2.675, -1.005, 1234.5, 25.0])
    by_numpy, by_python = np.round(x, digits).tolist(), [round(y, digits) for y in x.tolist()]  # which differ
    for f, wanted in (
        (lambda a: np.round(a, digits), by_numpy),
        (lambda a: np.around(a, digits), by_numpy),
        (lambda a: a.round(digits), by_numpy),
        (lambda a: np.array([round(y, digits) for y in a]), by_python),
    ):
        assert jit(f).map(x[None])[0].tolist() == wanted
        assert grad(lambda a, f=f: f(a).sum())(x).tolist() == [0.0] * 5
        assert [y.data for y in f(x * Value(1.0))] == wanted
    assert [np.round(Value(y), digits).data for y in x] == by_numpy
    assert type(np.round(Value(2.5), digits)) is Value


X = np.array([1.0, 2.0, 4.0])
T = np.array([[1.0, 2.0], [3.0, 5.0], [2.0, 7.5]])
OF_LISTS = {
    "concatenate": lambda x: np.concatenate([x, [x[0] * 2.0, 1.0]]),
    "hstack": lambda x: np.hstack([x, [x[0] * 2.0, 1.0]]),
    "hstack of Values": lambda x: np.hstack([x[0], x[1]]),
    "vstack": lambda x: np.vstack([x, [x[0] * 2.0, 1.0, 3.0]]),
    "append": lambda x: np.append(x, [x[0], 1.0]),
    "append a table": lambda x: np.append(x, [[x[0], 1.0], [2.0, 3.0]]),
    "stack": lambda x: np.stack([x, (x[0] * 2.0, 1.0, x[1])]),
    "stack of Values": lambda x: np.stack([x[0], x[1]]),
    "column_stack": lambda x: np.column_stack([x, [x[0] * 2.0, 1.0, 3.0]]),
    "select": lambda x: np.select([x > 3.0, x > 1.5], [x, [x[0], x[1] * x[2], 1.0]], x[1]),
    "choose": lambda x: np.choose([0, 1, 0], [x, [x[0], x[1] * x[2], 1.0]]),
    "choose of Values": lambda x: np.choose([0, 1, 0], [x[0], x[1]]),
    "block": lambda x: np.block([[x[0], x[1]], [2.0, x[2]]]),
    "block of columns": lambda x: np.block([[x[0]], [x[1]]]),
    "insert": lambda x: np.insert(x, 1, [x[0], 2.0]),
    "where": lambda x: np.where(x > 1.5, x, [x[0] * x[0], x[1], 2.0]),
    "piecewise": lambda x: np.piecewise(x, [x > 3.0, x > 1.5], [x[0], x[1], 2.0]),
    "dot": lambda x: np.dot(x, [x[1], 1.0, 2.0]),
    "cross": lambda x: np.cross(x, [x[0], 1.0, 2.0]),
    "average": lambda x: np.average(x, weights=[1.0, 2.0, x[0]]),
}
OF_SAMPLES = {
    "quantile": lambda x: np.quantile(x, 0.3, axis=0),
    "quantiles": lambda x: np.quantile(x, [0.3, 0.5], axis=-1),
    "quantile kept": lambda x: np.quantile(x, 0.3, axis=x.ndim - 1, keepdims=True),
    "quantile of all": lambda x: np.quantile(x, 0.3, axis=tuple(range(x.ndim))),
    "percentile": lambda x: np.percentile(x, 30, axis=0),
    "cov": lambda x: np.cov(x),
    "cov of columns": lambda x: np.cov(x, rowvar=False, bias=True),
    "cov of two": lambda x: np.cov(x, x * x, ddof=0),
    "corrcoef": lambda x: np.corrcoef(x, x**3.0),
    "gradient": lambda x: np.gradient(x, axis=0),
    "gradient with a step": lambda x: np.gradient(x, 0.5, axis=0),
    "gradient with places": lambda x: np.gradient(x, [0.0, 1.0, 4.0], axis=0),
    "gradients": lambda x: np.stack(np.gradient(x) if x.ndim > 1 else [x]),
    "polyval": lambda x: np.polyval([1.0, 2.0, -1.0], x),
    "polyval of a Value": lambda x: np.polyval([1.0, 2.0, -1.0], x.ravel()[1]),
    "polyval of coefficients": lambda x: np.polyval(x, 2.0),
    "poly1d": lambda x: np.poly1d([1.0, 2.0])(x.ravel()[0]) * np.poly1d([1.0, 2.0])(x),
}


@pytest.mark.parametrize(
    ("f", "x"),
    [
        *[pytest.param(f, X, id=name) for name, f in OF_LISTS.items()],
        *[pytest.param(f, x, id=f"{name}, {x.ndim} axes") for name, f in OF_SAMPLES.items() for x in (X, T)],
    ],
)
def test_functions_of_arrays_are_numpys_and_so_are_their_derivatives(f, x):
    wanted = f(x)
    weights = np.cos(np.arange(np.size(wanted))).reshape(np.shape(wanted))  # of no derivative 0 by symmetry

    def weighted(x):
        out = f(x)
        assert not any(isinstance(y, np.ndarray) for y in np.ravel(out))
        return np.sum(out * weights)

    found = jit(f)(x)
    assert np.shape(found) == np.shape(wanted)
    assert np.vectorize(number, otypes=[float])(found) == pytest.approx(wanted, rel=1e-12, abs=1e-12)
    h, steps = 1e-6, np.eye(x.size).reshape(-1, *x.shape)
    slopes = [(weighted(x + h * e) - weighted(x - h * e)) / (2 * h) for e in steps]
    for derivative in (grad(weighted), grad(jit(weighted))):
        assert derivative(x).ravel() == pytest.approx(slopes, rel=1e-6, abs=1e-6)


def test_what_computes_with_floats_only_is_named():
    for f in (np.i0, np.histogram, np.roots):
        for transformed in (grad(f), jit(f)):
            with pytest.raises(TypeError, match=rf"numpy\.{f.__name__} computes with floats only"):
                transformed(X)
    for options in ({"fweights": [1, 2, 1]}, {"dtype": float}):
        with pytest.raises(TypeError, match=rf"numpy\.cov of Values: got an unexpected .*{next(iter(options))}"):
            jit(lambda x, options=options: np.cov(x, **options))(X)
    with pytest.raises(TypeError, match="'linear'"):
        jit(lambda x: np.quantile(x, 0.3, method="lower"))(X)
    with pytest.raises(ValueError, match="between 0 and 1"):
        jit(lambda x: np.quantile(x, 3.0))(X)


@pytest.mark.parametrize("f", [np.max, np.gradient, lambda x, axis: np.quantile(x, 0.3, axis=axis)])
def test_an_axis_that_is_not_there_is_refused_as_numpy_refuses_it(f):
    table = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 6.0]])
    for axis in (2, -3):
        for numbers in (table, np.array([[Value(x) for x in row] for row in table]).view(ArrayOfValues)):
            with pytest.raises(np.exceptions.AxisError, match=f"axis {axis} is out of bounds for array of dimension 2"):
                f(numbers, axis=axis)


def test_an_array_of_no_dimension_hides_no_value():
    x, y = Value(3.0), np.array(Value(2.0))
    for z in (x * y, y * x, x - y, x**y):
        assert len(z.inputs) == 2
    assert (x * np.array(2.5)).inputs == (x,)
    assert x > y
    with pytest.raises(TypeError, match=r"item\(\)"):
        autograd.maximum(x, y)


def test_arrays_keep_their_class_through_numpy_and_pickle():
    v = Value(2.0)
    made = v * np.ones(2)
    for x in (made, made[1:], made + 1.0, np.where(made > 0, made, 0.0), np.stack([made, made]), made.reshape(2, 1)):
        assert type(x) is ArrayOfValues
    assert type(np.asarray(made)) is np.ndarray
    assert [x.data for x in pickle.loads(pickle.dumps(made))] == [2.0, 2.0]
    assert type(grad(lambda a: a.sum())(np.ones(2))) is np.ndarray


def test_values_do_not_go_into_arrays_of_floats():
    x = np.zeros(2)
    with pytest.raises(TypeError, match="cannot hold Values"):
        x += Value(1.0)
    with pytest.raises(TypeError, match="cannot hold Values"):
        np.add(Value(1.0), 2.0, out=np.zeros(()))
    y = np.zeros(2).astype(object)
    y += Value(1.0)
    assert [z.data for z in y] == [1.0, 1.0]


def test_recorded_functions_take_the_arrays_of_transforms():
    square = jit(lambda b: (b * b).sum())
    assert grad(lambda a: square(a[1:]))(np.array([1.0, 2.0])).tolist() == [0.0, 4.0]
    assert hessian(lambda a: square(a))(np.array([1.0, 2.0])).tolist() == [[2.0, 0.0], [0.0, 2.0]]
    assert jit(lambda a: square(a * 2.0))(np.array([1.0, 2.0])).data == 20.0


def test_nothing_warns():
    made = Value(1.0) * np.array([INF, 0.0, -1.0])
    for f in (lambda x: x - x, lambda x: 1.0 / x, np.log, lambda x: np.exp(x * 1e3), lambda x: np.clip(x, NAN, 1.0)):
        assert len(f(made)) == 3  # a warning is an error here


def test_scipys_functions():
    special = pytest.importorskip("scipy.special")
    h = 1e-6
    for name in ("expit", "logit", "log_expit", "erf", "erfc", "ndtr", "exp10", "xlogy"):
        f = getattr(special, name)
        more = (0.7,) if name == "xlogy" else ()
        assert grad(lambda x, f=f, more=more: f(x, *more))(0.4) == pytest.approx(
            (f(0.4 + h, *more) - f(0.4 - h, *more)) / (2 * h), rel=1e-6
        )
    with pytest.raises(TypeError, match="gamma has no counterpart"):
        special.gamma(Value(2.0))


def test_what_the_documents_say_cannot_be_helped_is_so():
    v = np.array([Value(1.0), Value(NAN)])
    with np.errstate(invalid="ignore"):
        assert np.max(v[::-1]) == 1.0
    assert math.isnan(autograd.max(v).data)
    assert math.isnan(v.view(ArrayOfValues).max().data)
