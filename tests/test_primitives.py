"""The table against 50-digit arithmetic: every value and every partial, within 4 units in the last place.

Three things are no fault of a formula and are allowed for, each where it is set: a partial that passes through zero is
as exact as its terms; a factor that is subnormal has lost digits that no later operation brings back; and the partials
of rows that only formulas use are second derivatives, of which a few more units are enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import pytest
from mpmath import mpf
from oracles import ORACLES, exact, nearest, ulps
from strategies import TINY, ladder, pairs

from autograd import TABLE, Value, clip, kernels, primitives, where
from autograd.generate import python
from autograd.value import apply_binary, apply_unary

ROUNDING = {"high", "mul_error", "add_error", "gelu_factor_error", "gelu_angle_error", "scale", "scaled"}
ROWS = [row for row in primitives.ROWS if not row.reduction and row.name not in ROUNDING]
TERNARY_POINTS = [(x, y, w) for x in (-2.5, 0.0, 0.3, 7.0) for y in (-1.0, 0.0, 2.0) for w in (-0.5, 2.0, 3.0)]

# Near the zero of these partials two terms of about 1/4 cancel, so that they are as exact as 1/4 is.
TERMS_THAT_CANCEL = {"gelu": 0.25, "gelu_tanh": 0.25, "silu": 0.25}

# How much the largest factor of a product magnifies the half unit (of 2**-1074) that a subnormal factor is off by.
SUBNORMAL_FACTOR = {
    "gelu": 1000, "gelu_tanh": 2000, "silu": 4, "pow": 800, "powc": 800, "pow_dy": 800, "gauss": 100, "normal_pdf": 100,
    "sigmoid_dx": 4, "sech2": 8, "div": 4, "elu": 1000,
}  # fmt: skip

Point = tuple[float, ...]


@cache
def expected(name: str) -> list[tuple[Point, float, list[mpf | None]]]:
    """The points of a row's domain with its value and partials there, exactly; None where there is no derivative."""
    arity = len(TABLE[name].operands)
    points: list[Point] = [(x,) for x in ladder()] if arity == 1 else pairs() if arity == 2 else TERNARY_POINTS
    if name == "sigmoid_of_sum":
        points = [(x, 0.3 * math.ulp(x)) for x in ladder() if abs(x) < 690]
    value, *partials = ORACLES[name]
    found = []
    for at in points:
        if in_domain(name, at) and (z := exact(value, at)) is not None:
            gradient = [exact(partial, at) if math.isfinite(nearest(z)) else None for partial in partials]
            found.append((at, z, gradient))
    return found


def in_domain(name: str, at: Point) -> bool:
    """Whether the point is one at which the operation has a derivative, and the oracle can tell."""
    if name in ("relu", "leaky_relu", "elu", "abs", "sign"):
        return at[0] != 0 and (len(at) == 1 or abs(at[1]) < 1000)
    if name in ("maximum", "minimum"):
        return at[0] != at[1]
    if name == "clip":
        return at[1] < at[2] and at[0] not in at[1:]
    if name in ("pow", "powc", "pow_dx", "pow_dy"):
        return at[0] > 0 or (at[1] == round(at[1]) and at[0] != 0 and name == "powc")
    if name in ("mod", "floordiv"):
        return at[1] != 0 and abs(at[0]) < 1e15 * abs(at[1])
    if name in ("atan2", "hypot", "atan2_dx", "hypot_dx"):
        return at != (0, 0) and not (at[0] == 0 and at[1] < 0)
    return True


def tolerance(name: str, wanted: mpf, order: int) -> float:
    """By how much a number may be off: 4 units in the last place, and what the module's docstring names."""
    limit = 4.0 if TABLE[name].public or not order else 32.0
    unit = math.ulp(nearest(wanted))
    allowed = limit * unit
    if abs(wanted) < TINY * 2**20:
        allowed += SUBNORMAL_FACTOR.get(name, 0) * 2.0**-1074
    if order and name in TERMS_THAT_CANCEL and abs(wanted) < 0.25:
        allowed = max(allowed, 4 * math.ulp(TERMS_THAT_CANCEL[name]))
    return allowed


def agree(name: str, got: float, wanted: mpf, order: int) -> bool:
    if math.isinf(nearest(wanted)):
        return got == nearest(wanted)
    return math.isfinite(got) and abs(mpf(got) - wanted) <= tolerance(name, wanted, order)


def disagreements(name: str, k: int, partial: Callable[..., float]) -> Iterator[tuple[Point, float, float]]:
    """The points where a partial (of the operands and the value) is not the k-th of the row, with both numbers."""
    for at, z, gradient in expected(name):
        wanted = gradient[k]
        if wanted is None or loses_its_digits(name, at, z):
            continue
        if not agree(name, got := partial(*at, nearest(z)), wanted, 1):
            yield at, got, nearest(wanted)


def loses_its_digits(name: str, at: Point, z: mpf) -> bool:
    """Whether the value is subnormal and the partials are multiples of it, or a second derivative is far out."""
    if name in ("div", "pow", "powc") and abs(z) < TINY:
        return True
    return name.endswith(("_dx", "_dy")) and len(at) == 2 and not all(1e-8 < abs(x) < 1e8 for x in at)


def node(name: str, at: Point) -> Value:
    """The operation on Values, in whichever twin is loaded."""
    code, xs = kernels.NAMES.index(name), [Value(x) for x in at]
    if len(at) == 3:
        return clip(*xs) if name == "clip" else where(*xs)
    return apply_unary(code, *xs) if len(xs) == 1 else apply_binary(code, *xs)


def test_every_row_is_held_against_an_oracle():
    assert {row.name for row in ROWS} == set(ORACLES)


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_value_is_within_4_units_in_the_last_place(name):
    for at, z, _ in expected(name):
        got = node(name, at).data
        assert agree(name, got, z, 0), f"{name}{at}: {got!r}, exactly {nearest(z)!r}, {ulps(got, z):.1f} ulp"


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_partials_are_within_4_units_in_the_last_place(name):
    for k in range(len(TABLE[name].operands)):
        for at, got, wanted in disagreements(name, k, lambda *at_and_z, k=k: node(name, at_and_z[:-1]).partials[k]):
            off = abs(got - wanted) / math.ulp(wanted)
            raise AssertionError(f"partial {k} of {name}{at}: {got!r}, exactly {wanted!r}, {off:.1f} ulp")


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_a_mutation_of_any_partial_is_caught(name):
    row = TABLE[name]
    arguments = ", ".join((*row.operands, "z"))
    for k, text in enumerate(row.partials):
        constant = text.lstrip("-").isdigit()
        mutants = [f"-({text})", f"({text}) * 1.000001", f"({text}) * 0"] if text != "0" else ["1", "0.000001"]
        mutants += [f"({text}) + 0.000001"] if constant else []
        for mutant in mutants:
            partial = eval(f"lambda {arguments}: {python(mutant)}", vars(kernels))
            assert any(disagreements(name, k, partial)), f"{mutant} passes for the partial {text} of {name}"


def test_the_comparison_itself_accepts_the_right_and_rejects_the_wrong():
    assert agree("sin", 1.0, mpf(1), 1)
    assert agree("sin", 1.0 + 4 * 2.0**-52, mpf(1), 1)
    assert not agree("sin", 1.0 + 6 * 2.0**-52, mpf(1), 1)
    assert not agree("sin", math.nan, mpf(1), 1)
    assert not agree("sin", 1.0, mpf(10) ** 400, 1)


# ---- rows that undo what rounding does: exact by construction


def test_rounding_errors_of_sums_and_products_are_exact():
    for x, y in pairs():
        if 1e-100 < abs(x) < 1e100 and 1e-100 < abs(y) < 1e100:
            assert Fraction(x * y) + Fraction(kernels.VALUES["mul_error"](x, y)) == Fraction(x) * Fraction(y)
            assert Fraction(x + y) + Fraction(kernels.VALUES["add_error"](x, y)) == Fraction(x) + Fraction(y)


def test_the_upper_half_of_a_float_has_an_exact_square():
    for x in ladder():
        if 1e-150 < abs(x) < 1e150:
            high = kernels.VALUES["high"](x)
            assert abs(x - high) <= 2.0**-26 * abs(x)
            assert Fraction(high * high) == Fraction(high) ** 2


@pytest.mark.parametrize("x", [0.3, -1.7, 5.0, -20.0, 12.5])
def test_the_correction_of_the_angle_of_gelu_leaves_a_thousandth_of_a_unit(x):
    angle, correction = kernels.VALUES["gelu_angle"](x), kernels.VALUES["gelu_angle_error"](x)
    wanted = exact(ORACLES["gelu_angle"][0], (x,))
    assert wanted is not None
    assert abs(mpf(angle) + mpf(correction) - wanted) <= 1e-3 * math.ulp(angle)


@pytest.mark.parametrize(("x", "y"), [(1e-310, -3e-312), (-5e200, 1e300), (1e308, 1e308), (-math.inf, 2.0)])
def test_scaling_keeps_directions_and_brings_points_near_one(x, y):
    a, b = kernels.VALUES["scaled"](x, y), kernels.VALUES["scaled"](y, x)
    assert 1e-150 < math.hypot(a, b) < 1e150
    assert math.isclose(math.atan2(a, b), math.atan2(x, y), rel_tol=1e-15)
