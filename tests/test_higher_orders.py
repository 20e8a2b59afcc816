"""Second and third derivatives of every row, which follow from its partials, against 50-digit arithmetic.

Also at the points where a derivative of a derivative goes wrong when a formula was written for its value alone: at 0,
where functions saturate, at whole exponents of zero and of negative numbers.
"""

from __future__ import annotations

import math

import mpmath
import pytest
from mpmath import mp, mpf
from oracles import ORACLES, exact

import autograd
from autograd import primitives

STEPS = {"floor", "ceil", "round", "trunc", "sign", "detach", "relu", "abs"}
UNARY = [row.name for row in primitives.ROWS if row.public and not row.reduction and len(row.operands) == 1]
POINTS = [0.0, 1e-17, -1e-17, 1e-5, 0.3, -0.3, 0.7, -0.75, 0.99, 1.0, -1.0, 1.5, -1.7, 2.0, 5.0, -5.0, 20.0, -20.0]
POINTS += [30.0, -30.0, 100.0, -100.0, 700.0, -700.0]
PLANE = [(0.5, 1.5), (3.0, -0.7), (2.0, 3.0), (1.0, 1.0), (0.3, 4.0), (7.0, -2.0), (1e-3, 2.0), (5.0, 0.25)]


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


@pytest.mark.parametrize("name", [name for name in UNARY if name not in {*STEPS, "neg"}])
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
