"""What a recorded function is given is what it would get without the recording: classes that NumPy dispatches on."""

import math

import numpy as np
import pytest

import autograd
from autograd import Value, grad, jacobian, jit, operation
from autograd.arrays.numpy_functions import ArrayOfValues

TIED = np.array([2.0, 2.0, 1.0])
FUNCTIONS = {
    "max": np.max,
    "min": lambda v: np.min(-v),
    "maximum": lambda v: np.maximum(v, 2.0).sum(),
    "clip": lambda v: np.clip(v, 1.0, 2.0).sum(),
    "sign": lambda v: (np.sign(v) * v).sum(),
    "norm": lambda v: np.linalg.norm(v - 2.0),
    "median": lambda v: np.median(v),
    "quantile": lambda v: np.quantile(v, 0.3),
    "isnan": lambda v: v.sum() * float(np.isnan(v).any() + 1),
    "logaddexp": lambda v: np.logaddexp(v, 1.0).sum(),
    "class": lambda v: v.sum() * (2.0 if isinstance(v, ArrayOfValues) else 3.0),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_array_of_values_stays_one(name):
    f = FUNCTIONS[name]
    recorded = jit(f)
    expected = grad(lambda v: f(v * 1.0))(TIED)
    for _ in range(4):
        np.testing.assert_allclose(grad(lambda v: recorded(v * 1.0))(TIED), expected, rtol=1e-12)
        np.testing.assert_allclose(grad(recorded)(TIED), grad(f)(TIED), rtol=1e-12)


def test_a_plain_array_of_objects_stays_one():
    recorded = jit(lambda v: v[0] * (2.0 if isinstance(v, ArrayOfValues) else 3.0))
    plain = np.array([Value(1.0), Value(2.0)])
    assert [recorded(plain).data, recorded(plain.view(ArrayOfValues)).data, recorded(plain).data] == [3.0, 2.0, 3.0]


def test_a_transform_that_falls_back_gives_the_same():
    def f(v):
        s = np.max(np.abs(v))
        for x in v:
            if x > 0:
                s = s + x
        return s

    recorded = grad(jit(f))
    for k in range(16):
        v = np.array([1.0 if k >> i & 1 else -1.0 for i in range(4)])
        np.testing.assert_array_equal(recorded(v), grad(f)(v))
        np.testing.assert_array_equal(jacobian(recorded)(v + 0.5), jacobian(grad(f))(v + 0.5))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy's whole numbers overflow, here as without jit
@pytest.mark.parametrize(
    ("f", "given"),
    [
        (lambda x, n: x * 2 if ~n else x * 3, np.True_),
        (lambda x, n: x * (2 if n is True else 3), np.True_),
        (lambda x, n: x * (n + n), np.int8(100)),
        (lambda x, n: x * (n - np.uint8(3)), np.uint8(1)),
        (lambda x, n: x * (2 if isinstance(n, np.integer) else 3), np.int64(3)),
        (lambda x, n: x * (2 if isinstance(n, np.str_) else 3), np.str_("a")),
        (lambda x, n: x * [5.0, 6.0, 7.0][n], np.int64(2)),
        (lambda x, n: x * (1 / n if n else 4.0), np.int64(0)),
    ],
)
def test_numpys_whole_numbers_booleans_and_texts_stay_numpys(f, given):
    recorded = jit(f)
    for x in (1.0, 2.0, 3.0):
        assert recorded(x, given).data == f(Value(x), given).data
    python = given.item()
    assert recorded(1.0, python).data == f(Value(1.0), python).data  # and is another key


def test_a_partial_that_is_a_python_function_is_recorded_in_an_inner_transform():
    op = operation(
        "kind_of_argument", lambda x, y: math.sin(x) * y, lambda x, y: autograd.cos(x) * y, lambda x, y: autograd.sin(x)
    )
    recorded = jit(grad(lambda x: op(x, 2.0)))
    for x in (1.0, 0.5, 2.0):
        assert recorded(x).data == 2.0 * math.cos(x)


def test_a_dict_of_a_class_that_iterates_otherwise_is_read_as_a_dict():
    class Endless(dict):
        def __iter__(self):
            while True:
                yield 0

    held = Endless(a=2.0)
    f = jit(lambda x: x * held["a"])
    assert f(3.0).data == f(3.0).data == 6.0
    held["a"] = 5.0
    assert f(3.0).data == 15.0
