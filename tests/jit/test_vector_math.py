"""The vector mathematics against mpmath, in units in the last place, on every target."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
from vectors import MATH, TARGETS, require, run

UNITS = {
    "exp": 1, "expm1": 1, "tanh": 1.5, "log": 1, "log1p": 1, "log2": 1, "log10": 1, "sin": 1, "cos": 1, "tan": 2,
    "erf": 1, "erfc": 2,
}  # fmt: skip
BY_LANE = {"erf", "erfc"}  # on the baseline they are the C library's, whose accuracy is its own affair


def points(name: str) -> np.ndarray:
    """The function's domain, densely where models live, thinly out to the ends, and beside its awkward points."""
    random = np.random.default_rng(0)

    def spread(low: float, high: float, count: int) -> np.ndarray:
        return np.exp(random.uniform(np.log(low), np.log(high), count))

    small = spread(1e-300, 1, 150)
    around = {
        "exp": [random.uniform(-745, 709.7, 300), [709.782712893384, -708.5, -745.1, -740.3], small, -small],
        "expm1": [random.uniform(-40, 709.7, 300), random.uniform(-1, 1, 300), small, -small],
        "tanh": [random.uniform(-22, 22, 300), random.uniform(-1, 1, 300), small, -small],
        "log": [spread(5e-324, 1.7e308, 200), random.uniform(0.3, 3, 300), 1 + small, 1 - small[small < 0.9]],
        "log1p": [spread(1e-300, 1.7e308, 200), random.uniform(-0.99, 3, 300), small[small > 1e-15] - 1, [1.797e308]],
        "erf": [random.uniform(-7, 7, 300), random.uniform(-1.2, 1.2, 300), small, -small],
        "erfc": [random.uniform(-6, 26.5, 400), random.uniform(-1, 3, 300), small, -small],
        "sin": [random.uniform(-1e6, 1e6, 200), random.uniform(-10, 10, 200), small, -small, spread(1e6, 1e300, 20)],
    }
    alike = {"log2": "log", "log10": "log", "cos": "sin", "tan": "sin"}
    if alike.get(name, name) == "sin":
        quarters = np.concatenate([np.arange(1, 100), random.integers(100, 636_000, 200)])
        return np.concatenate([*around["sin"], quarters * (np.pi / 2)])  # where nearly all digits cancel
    return np.concatenate(around[alike.get(name, name)])


FUNCTIONS = {name: getattr(mpmath, name) for name in UNITS if name != "log2"} | {"log2": lambda x: mpmath.log(x, 2)}


@cache
def reference(name: str) -> tuple[np.ndarray, list[Any], np.ndarray]:
    """The points, what the function is there, and how far the neighboring floats are."""
    x = points(name)
    with mpmath.workprec(1240 if name in ("sin", "cos", "tan") else 140):  # angles may be as large as floats come
        want = [FUNCTIONS[name](mpmath.mpf(a)) for a in x.tolist()]
    return x, want, np.spacing(np.abs(np.array([float(w) for w in want])))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", UNITS)
def test_vector_mathematics_is_within_its_units_of_the_last_place(name, target):
    require(target)
    if target == "baseline" and name in BY_LANE:
        pytest.skip("the C library's own")
    x, want, unit = reference(name)
    got = run(f"math_{name}", target, [x])
    error = [float(abs(g - w) / u) for g, w, u in zip(got.tolist(), want, unit.tolist(), strict=True)]
    at = int(np.argmax(error))
    assert error[at] <= UNITS[name], f"{name}({x[at]!r}) is {error[at]:.2f} units off"


@pytest.mark.parametrize("target", TARGETS)
def test_pow_is_within_a_unit_of_the_last_place(target):
    require(target)
    random = np.random.default_rng(5)
    x = np.exp(random.uniform(np.repeat([-5, -690, -0.1], 150), np.repeat([5, 690, 0.1], 150)))
    y = random.uniform(-1, 1, 450) * np.repeat([9, 1, 5000], 150)
    z = run("value_pow", target, [x, y])
    with mpmath.workprec(200):
        want = [mpmath.power(mpmath.mpf(a), mpmath.mpf(b)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    error = [float(abs(a - b)) / np.spacing(float(b)) for a, b in zip(z.tolist(), want, strict=True)]
    assert max(error) <= 1


@pytest.mark.parametrize("target", TARGETS)
def test_whole_powers_of_small_whole_numbers_are_exact(target):
    require(target)
    x, y = (a.ravel().astype(float) for a in np.meshgrid(np.arange(-9, 10), np.arange(0, 16)))
    np.testing.assert_array_equal(
        run("value_pow", target, [x, y]), [float(int(a) ** int(b)) for a, b in zip(x, y, strict=True)]
    )


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", MATH)
def test_special_values_are_those_of_the_c_library(name, target):
    require(target)
    half = np.array([0.0, np.inf, np.nan, 1.0, 2.0, 1e300, 5e-324, 1e-310, 750.0])
    x = np.concatenate([half, -half])
    got, want = run(f"math_{name}", target, [x]), run(f"math_{name}", "scalar", [x])
    np.testing.assert_allclose(got, want, rtol=1e-15, atol=0)
    np.testing.assert_array_equal(np.signbit(got[~np.isnan(want)]), np.signbit(want[~np.isnan(want)]))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["sqrt", "floor", "ceil", "trunc", "rint"])
def test_rounding_and_roots_are_exact(name, target):
    require(target)
    random = np.random.default_rng(1)
    halves = np.arange(-20, 20) / 2
    large = random.uniform(-1, 1, 1000) * 2.0**53
    x = np.concatenate([halves, halves + 2.0**51, random.uniform(-1e4, 1e4, 1000), large])
    np.testing.assert_array_equal(run(f"math_{name}", target, [x]), run(f"math_{name}", "scalar", [x]))


def test_the_coefficients_are_those_of_the_script():
    command = [sys.executable, "-m", "autograd.formulas.minimax", "--check"]
    script = subprocess.run(command, capture_output=True, text=True)
    assert script.returncode == 0, script.stderr
