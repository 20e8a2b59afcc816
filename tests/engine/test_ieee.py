"""The C library's arithmetic in Python: what it gives where Python's own raises, and that it never raises."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
from hypothesis import given
from strategies import AWKWARD, points

from autograd import ieee

NAMES = sorted(ieee.__all__)
IN_NUMPY = {"acos": "arccos", "acosh": "arccosh", "asin": "arcsin", "asinh": "arcsinh", "atan": "arctan",
            "atan2": "arctan2", "atanh": "arctanh", "div": "divide", "pow": "power"}  # fmt: skip
NOT_IN_NUMPY = {"erf", "erfc"}
INF, NAN = math.inf, math.nan


def arity(name: str) -> int:
    return 2 if name in ("atan2", "copysign", "div", "fmod", "hypot", "pow") else 1


@pytest.mark.parametrize("name", NAMES)
@given(x=points(), y=points())
def test_no_function_raises_or_leaves_the_floats(name, x, y):
    z = getattr(ieee, name)(*(x, y)[: arity(name)])
    assert type(z) is float


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NOT_IN_NUMPY])
def test_special_results_are_those_of_the_c_library(name):
    f, oracle = getattr(ieee, name), getattr(np, IN_NUMPY.get(name, name))
    for x in AWKWARD:
        for y in AWKWARD if arity(name) == 2 else (0.0,):
            at = (x, y)[: arity(name)]
            with np.errstate(all="ignore"):
                wanted = float(oracle(*map(np.float64, at)))
            got = f(*at)
            if name in ("sin", "cos", "tan") and abs(x) > 1e300:
                continue  # NumPy's own reduction of huge angles is another one
            if name == "pow" and y == 0.5:
                continue  # NumPy takes the square root, which keeps the sign of -0.0
            if math.isfinite(wanted) and wanted != 0:
                assert math.isclose(got, wanted, rel_tol=1e-14, abs_tol=1e-320), (name, at)
            else:
                assert repr(got) == repr(wanted), (name, at)


CASES = [
    ("div", (1.0, 0.0), INF), ("div", (1.0, -0.0), -INF), ("div", (-1.0, 0.0), -INF), ("div", (0.0, 0.0), NAN),
    ("div", (NAN, 0.0), NAN), ("exp", (1000.0,), INF), ("sinh", (-1000.0,), -INF), ("cosh", (-1000.0,), INF),
    ("expm1", (1000.0,), INF), ("log", (0.0,), -INF), ("log", (-0.0,), -INF), ("log", (-1.0,), NAN),
    ("log2", (0.0,), -INF), ("log10", (-1.0,), NAN), ("log1p", (-1.0,), -INF), ("log1p", (-2.0,), NAN),
    ("sqrt", (-1.0,), NAN), ("sin", (INF,), NAN), ("acosh", (0.5,), NAN), ("atanh", (1.0,), INF),
    ("atanh", (-1.0,), -INF), ("atanh", (2.0,), NAN), ("fmod", (1.0, 0.0), NAN), ("fmod", (INF, 1.0), NAN),
    ("pow", (0.0, -1.0), INF), ("pow", (-0.0, -1.0), -INF), ("pow", (-0.0, -2.0), INF), ("pow", (-2.0, 0.5), NAN),
    ("pow", (10.0, 400.0), INF), ("pow", (-10.0, 401.0), -INF), ("pow", (-10.0, 400.0), INF), ("pow", (0.0, -INF), INF),
    ("hypot", (1.7e308, 1.7e308), INF), ("hypot", (INF, NAN), INF), ("rint", (0.5,), 0.0), ("rint", (1.5,), 2.0),
    ("rint", (-0.5,), -0.0), ("floor", (-0.0,), -0.0), ("ceil", (-0.5,), -0.0), ("trunc", (-0.5,), -0.0),
    ("floor", (INF,), INF), ("rint", (NAN,), NAN), ("floor", (1e300,), 1e300),
]  # fmt: skip


@pytest.mark.parametrize(("name", "at", "wanted"), CASES)
def test_poles_and_domains(name, at, wanted):
    assert repr(getattr(ieee, name)(*at)) == repr(wanted)


def test_every_function_has_its_arity():
    for name in NAMES:
        try:
            parameters = inspect.signature(getattr(ieee, name)).parameters
        except ValueError:
            continue  # a built-in function
        assert len(parameters) == arity(name)
