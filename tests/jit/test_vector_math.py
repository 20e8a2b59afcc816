"""The vector mathematics against mpmath, in units in the last place, on every target."""

from __future__ import annotations

import math
import subprocess
import sys
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vectors import MATH, TARGETS, require, run

pytestmark = pytest.mark.program

UNITS = {
    "exp": 1, "expm1": 1, "tanh": 1.5, "log": 1, "log1p": 1, "log2": 1, "log10": 1, "sin": 1, "cos": 1, "tan": 2,
    "erf": 1, "erfc": 2, "cbrt": 0.7, "asin": 0.7, "acos": 0.7, "atan": 0.8, "sinh": 1, "cosh": 1, "asinh": 0.7,
    "acosh": 0.7, "atanh": 0.7,
}  # fmt: skip
UNFUSED = {"atan": 1.5, "sinh": 1.5, "cosh": 1, "atanh": 1.2}  # on the baseline, where multiply-adds are rounded twice
BY_LANE = {"erf", "erfc", "asinh", "acosh"}  # there they are the C library's, whose accuracy is its own affair


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
    tiny, edge = spread(1e-300, 1e-3, 100), 1 - spread(2e-16, 0.2, 100)
    subnormal = np.array([5e-324, 1e-322, 2.2250738585072e-308, 1e-310])
    small_and_large = np.concatenate([small, spread(1, 1.7e308, 150), subnormal])
    around |= {
        "cbrt": [small_and_large, -small_and_large, random.uniform(-9, 9, 500), np.arange(1, 40) ** 3.0, [1.7976e308]],
        "asin": [random.uniform(-1, 1, 600), random.uniform(0.49, 0.58, 200), tiny, -tiny, edge, -edge, subnormal],
        "atan": [random.uniform(-4, 4, 600), random.uniform(0.4, 0.6, 200), small_and_large, -small_and_large],
        "sinh": [random.uniform(-710.4, 710.4, 300), random.uniform(-2, 2, 600), small, -small, [710.4758, -710.4758]],
        "asinh": [random.uniform(-4, 4, 600), random.uniform(0.3, 0.6, 200), small_and_large, -small_and_large],
        "acosh": [random.uniform(1, 9, 400), 1 + spread(2.3e-16, 0.3, 300), spread(2, 1.7e308, 150)],
        "atanh": [random.uniform(-1, 1, 600), random.uniform(0.1, 0.2, 200), tiny, -tiny, edge, -edge, subnormal],
    }
    alike = {"log2": "log", "log10": "log", "cos": "sin", "tan": "sin", "acos": "asin", "cosh": "sinh"}
    if alike.get(name, name) == "sin":
        quarters = np.concatenate([np.arange(1, 100), random.integers(100, 636_000, 200)])
        return np.concatenate([*around["sin"], quarters * (np.pi / 2)])  # where nearly all digits cancel
    return np.concatenate(around[alike.get(name, name)])


FUNCTIONS: dict[str, Any] = {name: getattr(mpmath, name) for name in UNITS if name not in ("log2", "cbrt")} | {
    "log2": lambda x: mpmath.log(x, 2),
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),  # mpmath's is complex left of 0
}


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
    bound = UNFUSED.get(name, UNITS[name]) if target == "baseline" else UNITS[name]
    assert error[at] <= bound, f"{name}({x[at]!r}) is {error[at]:.2f} units off"


ROW_FUNCTIONS = "cbrt asin acos atan sinh cosh asinh acosh atanh".split()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ROW_FUNCTIONS)
@given(st.lists(st.floats() | st.floats(-1.5, 1.5), min_size=1, max_size=9))
def test_row_functions_are_right_wherever_hypothesis_looks(name, target, x):
    require(target)
    got, plain = run(f"math_{name}", target, [np.array(x)]), run(f"math_{name}", "scalar", [np.array(x)])
    for a, z, w in zip(x, got.tolist(), plain.tolist(), strict=True):
        if not math.isfinite(w) or w == 0:
            assert (z, math.copysign(1, z)) == (w, math.copysign(1, w)) or (z != z and w != w)
            continue
        with mpmath.workprec(140 + 2 * max(0, -math.frexp(a)[1])):
            want = FUNCTIONS[name](mpmath.mpf(a))
        units = 2 if target == "baseline" else 1
        assert abs(z - want) <= units * np.spacing(abs(w))


def pairs() -> tuple[np.ndarray, np.ndarray]:
    """Points of the plane in all directions and sizes, beside the axes and diagonals too."""
    random = np.random.default_rng(7)
    x, y = random.uniform(-5, 5, (2, 2000))
    size = np.exp(random.uniform(-660, 660, 500))
    slope = np.concatenate([np.exp(random.uniform(-40, 40, 300)), random.uniform(0.4, 2.5, 200)])
    along, across = size, size * slope
    near = 1 + random.uniform(-1e-9, 1e-9, 100)
    x = np.concatenate([x, along, -along, along, np.ones(100), near, np.zeros(2), -across])
    return x, np.concatenate([y, across, across, -across, near, -0.5 * np.ones(100), [3.0, -1e-200], along])


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("name", "units"), [("atan2", 0.8), ("hypot", 0.8)])
def test_functions_of_points_are_within_their_units_of_the_last_place(name, units, target):
    require(target)
    x, y = pairs()
    z = run(f"value_{name}", target, [x, y])
    f = mpmath.atan2 if name == "atan2" else mpmath.hypot
    with mpmath.workprec(200):
        want = [f(mpmath.mpf(a), mpmath.mpf(b)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        error = [float(abs(a - b)) / np.spacing(abs(float(b))) for a, b in zip(z.tolist(), want, strict=True)]
    at = int(np.argmax(error))
    allowed = 1.6 if target == "baseline" and name == "atan2" else units
    assert error[at] <= allowed, f"{name}({x[at]!r}, {y[at]!r}) is {error[at]:.2f} units off"


@pytest.mark.parametrize("target", TARGETS)
def test_remainders_are_exact(target):
    require(target)
    random = np.random.default_rng(8)
    x, y = np.exp(random.uniform(-30, 30, (2, 3000))) * random.choice([-1.0, 1.0], (2, 3000))
    whole = random.integers(1, 2**20, 3000) * y  # quotients that are whole but for the rounding of the product
    beside = np.nextafter(whole, random.choice([-np.inf, np.inf], 3000))
    small = random.uniform(-1, 1, 500) * 1e-310
    x, y = np.concatenate([x, whole, beside, small, y[:500]]), np.concatenate([y, y, y, small[::-1], small])
    want = [math.fmod(a, b) for a, b in zip(x, y, strict=True)]
    np.testing.assert_array_equal(run("value_fmod", target, [x, y]), want)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", ["atan2", "hypot", "fmod", "pow"])
def test_special_values_of_two_arguments_are_those_of_the_c_library(name, target):
    require(target)
    half = np.array([0.0, np.inf, np.nan, 0.5, 1.0, 2.0, 3.0, 1e300, 1.7e308, 5e-324, 1e-310, 1e-300, 750.0])
    x, y = (a.ravel() for a in np.meshgrid(np.concatenate([half, -half]), np.concatenate([half, -half])))
    got, want = run(f"value_{name}", target, [x, y]), run(f"value_{name}", "scalar", [x, y])
    np.testing.assert_allclose(got, want, rtol=3e-16, atol=0)
    np.testing.assert_array_equal(np.signbit(got[~np.isnan(want)]), np.signbit(want[~np.isnan(want)]))


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
