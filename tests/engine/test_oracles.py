"""The oracles themselves: their partials against differences of their values, so that no slip hides in either."""

from __future__ import annotations

import math

import mpmath
import pytest
from mpmath import mpf
from oracles import ORACLES, exact, ulps

POINTS = {
    1: [(-0.9,), (-0.3,), (0.25,), (0.7,), (1.75,), (3.5,), (-4.25,)],
    2: [(0.75, 1.5), (2.25, -0.5), (1.25, 3.0), (3.5, 0.3), (0.4, -2.75)],
    3: [(0.5, -1.0, 2.0), (-3.0, -1.0, 2.0), (4.5, -1.0, 2.0)],
}


@pytest.mark.parametrize("name", ORACLES)
def test_partials_of_the_oracle_are_differences_of_its_values(name):
    value, *partials = ORACLES[name]
    checked = 0
    for at in POINTS[len(partials)]:
        if name in ("mod", "fmod", "floordiv", "floor", "round") or exact(value, at) is None:
            continue  # their oracles work on floats
        for k, partial in enumerate(partials):
            if name == "powc" and k == 1:  # a constant
                continue
            wanted = mpmath.diff(value, tuple(map(mpf, at)), tuple(int(k == j) for j in range(len(at))))
            if name != "detach":
                assert mpmath.almosteq(partial(*map(mpf, at)), wanted, rel_eps=mpf(10) ** -10, abs_eps=mpf(10) ** -12)
            checked += 1
    assert checked or name in ("mod", "fmod", "floordiv", "floor", "round")


def test_remainders_are_exact():
    assert ORACLES["mod"][0](mpf(1.0), mpf(0.1)) == mpf(1.0) - 9 * mpf(0.1)
    assert ORACLES["floordiv"][0](mpf(1.0), mpf(0.1)) == 9


def test_units_in_the_last_place():
    assert ulps(1.0, mpf(1)) == 0
    assert ulps(1.0 + 2.0**-52, mpf(1)) == 1
    assert ulps(math.inf, mpf(10) ** 400) == 0
    assert ulps(1e308, mpf(10) ** 400) == math.inf
    assert ulps(math.nan, mpf(1)) == math.inf
    assert ulps(5e-324, mpf(0)) == 1
