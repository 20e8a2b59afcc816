"""The functions that take a Value or a number, as functions of the package and as methods of Value."""

from __future__ import annotations

import inspect
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from strategies import points

import autograd
from autograd import TABLE, Value, functions

UNARY = (
    "exp expm1 log log2 log10 log1p sqrt cbrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh acosh "
    "atanh sigmoid softplus relu leaky_relu elu gelu gelu_tanh silu erf erfc abs sign floor ceil round trunc"
).split()
BINARY = ("maximum", "minimum", "atan2", "hypot")


def same(a: float, b: float) -> bool:
    return repr(a) == repr(b)


@pytest.mark.parametrize("name", UNARY)
@given(x=points())
def test_method_function_and_function_of_a_float_agree(name, x):
    of_float = getattr(autograd, name)(x)
    of_value, method = getattr(autograd, name)(Value(x)), getattr(Value(x), name)()
    assert type(of_float) is float
    assert of_value.op == method.op == name
    assert same(of_float, of_value.data)
    assert same(of_float, method.data)
    assert list(map(repr, of_value.partials)) == list(map(repr, method.partials))


@pytest.mark.parametrize("name", BINARY)
@given(x=points(), y=points())
def test_two_arguments_in_any_mixture_of_values_and_floats(name, x, y):
    f = getattr(autograd, name)
    plain = f(x, y)
    assert type(plain) is float
    for z, inputs in ((f(Value(x), Value(y)), 2), (f(Value(x), y), 1), (f(x, Value(y)), 1)):
        assert same(z.data, plain)
        assert len(z.inputs) == inputs


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
@pytest.mark.parametrize("number", [1, True, np.float64(1.0), np.array(1.0), Fraction(1), Decimal(1)])
def test_every_kind_of_real_number_is_taken(name, number):
    arguments = (1.0,) * (2 if name in BINARY else 1)
    assert same(getattr(autograd, name)(number, *arguments[1:]), getattr(autograd, name)(*arguments))


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
@pytest.mark.parametrize("wrong", ["1", None, 1j, [1.0], b"1"])
def test_what_is_no_real_number_is_refused(name, wrong):
    with pytest.raises(TypeError, match="real number"):
        getattr(autograd, name)(wrong, *((1.0,) if name in BINARY else ()))
    if name in BINARY:
        with pytest.raises(TypeError, match="real number"):
            getattr(autograd, name)(Value(1.0), wrong)


@pytest.mark.parametrize("name", [name for name in UNARY if name not in ("leaky_relu", "elu")] + list(BINARY))
def test_the_documentation_is_the_row_of_the_table(name):
    text = inspect.getdoc(getattr(autograd, name))
    assert text is not None
    assert TABLE[name].value in text
    assert all(partial in text for partial in TABLE[name].partials)


def test_slope_and_alpha_may_be_numbers_or_values():
    x, slope = Value(-2.0), Value(0.1)
    z = autograd.leaky_relu(x, slope)
    z.backward()
    assert (z.data, x.grad, slope.grad) == (-0.2, 0.1, -2.0)
    assert autograd.leaky_relu(-2.0) == -0.02
    assert Value(-2.0).leaky_relu(0.5).data == -1.0
    assert Value(-2.0).elu(2.0).data == 2.0 * math.expm1(-2.0)
    assert autograd.elu(-2.0) == math.expm1(-2.0)


def test_every_public_function_has_a_row():
    for name in functions.__all__:
        assert name in TABLE
        assert TABLE[name].public
