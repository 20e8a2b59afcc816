"""The table against 50-digit arithmetic: every value and every partial, within 4 units in the last place.

That holds for results that are subnormal and beside zeros of a derivative too. The partials of rows that only formulas
use are second derivatives, of which a few more units are enough.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache

import mpmath
import pytest
from mpmath import mpf
from oracles import ORACLES, exact, nearest, ulps
from strategies import TINY, ladder, pairs

from autograd import TABLE, Value, accurate, clip, primitives, where
from autograd.differentiation.nodes import apply_binary, apply_unary
from autograd.differentiation.nodes import node as node_of_many
from autograd.formulas.in_python import python
from autograd.generated import kernels

# What rounding takes away, and two operations that put it back: exact arithmetic has no word for them.
ROUNDING = {"high", "mul_error", "add_error", "gelu_factor_error", "gelu_angle_error", "gelu_reach_error", "scale",
            "scaled", "pow_dx_kept", "pow_dy_kept", "norm_scale", "norm_part", "rint_of_sum", "round_to_part",
            "round_to_multiple"}  # fmt: skip
ROWS = [row for row in primitives.WRITTEN if not row.reduction and row.name not in ROUNDING]
TERNARY_POINTS = [(x, y, w) for x in (-2.5, 0.0, 0.3, 7.0) for y in (-1.0, 0.0, 2.0) for w in (-0.5, 2.0, 3.0)]

# Where an operand of these rows may be: they are parts of other rows' formulas, good only where those call them.
BETWEEN = {
    "gelu_rise": (-0.65, 0.46), "gelu_tanh_rise": (-0.65, 0.46), "silu_rise": (-0.73, 0.48), "mills": (1e-6, 1 / 1369),
    "small_expm1": (-1e-5, 1e-5), "gelu_reach": (-40, -1), "gelu_bend": (-1e100, 1e100),
}  # fmt: skip
BINARY_BETWEEN = {"gauss_times": (1e-200, 1e200), "normal_pdf_times": (1e-200, 1e200), "times_square": (1e-80, 1e80)}

# Where terms cancel and where results are subnormal: the zero of the derivative, and the left tail.
ZEROS = {"gelu": -0.7517915246935645, "gelu_tanh": -0.7524614220710163, "silu": -1.2784645427610737}
BENDS = {"gelu_tanh_dx": 1.4, "gelu_rise": 0.66, "gelu_tanh_rise": 0.65, "silu_dx": 2.4}  # zeros of second derivatives
TAILS = {"gelu": (-39, -36), "gelu_tanh": (-23, -19.5), "silu": (-760, -695), "erf": (-27.5, -25), "erfc": (25, 27.5)}

# How much the largest factor of a second derivative magnifies the half unit (of 2**-1074) that a subnormal factor is
# off by; first derivatives need no such allowance.
SUBNORMAL_FACTOR = {"pow_dx": 800, "pow_dy": 800}

Point = tuple[float, ...]


@cache
def expected(name: str) -> list[tuple[Point, float, list[mpf | None]]]:
    """The points of a row's domain with its value and partials there, exactly; None where there is no derivative."""
    arity = len(TABLE[name].operands)
    points: list[Point] = [(x,) for x in ladder()] if arity == 1 else pairs() if arity == 2 else TERNARY_POINTS
    points += special_points(name)
    if name == "sigmoid_of_sum":
        points = [(x, 0.3 * math.ulp(x)) for x in ladder() if abs(x) < 690]
    if name == "tilted":
        points = [(math.exp(x), y, 0.3 * math.ulp(y)) for x, y in pairs() if -700 < x < -2 and -500 < y < -1]
    value, *partials = ORACLES[name]
    found = []
    for at in points:
        if in_domain(name, at) and (z := exact(value, at)) is not None:
            gradient = [exact(partial, at) if math.isfinite(nearest(z)) else None for partial in partials]
            found.append((at, z, gradient))
    return found


def special_points(name: str) -> list[Point]:
    """Points where an operation's digits, or those of its derivative, are hardest to keep."""
    rng, activation = random.Random(9), name.removesuffix("_dx")
    found = []
    if activation in ZEROS:
        zero = ZEROS[activation]
        found += [zero, math.nextafter(zero, 0), math.nextafter(zero, -2), *(rng.uniform(-2.5, 0) for _ in range(300))]
        found += [zero + sign * 10.0**-k for k in range(1, 16) for sign in (1, -1)]
    if activation in TAILS:
        found += [rng.uniform(*TAILS[activation]) for _ in range(100)]
    if name in BETWEEN:
        found += [rng.uniform(*BETWEEN[name]) for _ in range(100)]
    if name == "elu":
        return [(rng.uniform(-744, -701), rng.uniform(100, 999)) for _ in range(50)]
    if name == "div":  # subnormal quotients
        return [(rng.uniform(1, 999) * 1e-318, 10 ** rng.uniform(-9, 1)) for _ in range(100)] + [(0.0, 1e-310)]
    if name in ("pow", "powc"):  # subnormal powers: x ** y, and x ** (y - 1)
        bases = [rng.uniform(0.1, 30) for _ in range(100)] + [10 ** rng.uniform(-300, 300) for _ in range(100)]
        tiny = [(x, rng.choice((1, -1)) * 10 ** rng.uniform(-318, -288)) for x in bases[100:]]  # the exponent itself
        return tiny + [(x, rng.uniform(-745, -690) / math.log(x)) for x in bases]
    return [(x,) for x in found]


def in_domain(name: str, at: Point) -> bool:
    """Whether the point is one at which the operation has a derivative, and the oracle can tell."""
    if name in BETWEEN:
        return BETWEEN[name][0] < at[0] < BETWEEN[name][1] and abs(at[0]) > 1e-20
    if name in BINARY_BETWEEN:
        return BINARY_BETWEEN[name][0] < abs(at[1]) < BINARY_BETWEEN[name][1] and 1e-80 < abs(at[0]) < 1e80
    if name == "exp_below":  # the rounding of a difference is what exp magnifies: those that are exact
        return -700 < at[0] - at[1] < 0 and Fraction(at[0]) - Fraction(at[1]) == Fraction(at[0] - at[1])
    if name in ("lt", "le", "gt", "ge", "eq", "ne", "copysign", "chosen"):
        return at[0] != at[1] and 0 not in at
    if name in ("relu", "leaky_relu", "elu", "abs", "sign", "leaky_relu_dy", "elu_dy"):
        return at[0] != 0 and (len(at) == 1 or abs(at[1]) < 1000)
    if name in ("maximum", "minimum"):
        return at[0] != at[1]
    if name == "clip":
        return at[1] < at[2] and at[0] not in at[1:]
    if name in ("pow", "powc", "pow_dx", "pow_dy"):
        return at[0] > 0 or (at[1] == round(at[1]) and at[0] != 0 and name == "powc")
    if name in ("mod", "fmod", "floordiv"):
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
    return allowed


def agree(name: str, got: float, wanted: mpf, order: int) -> bool:
    if math.isinf(nearest(wanted)):
        return got == nearest(wanted)
    return math.isfinite(got) and abs(mpf(got) - wanted) <= tolerance(name, wanted, order)


def disagreements(name: str, k: int, partial: Callable[..., float]) -> Iterator[tuple[Point, float, float]]:
    """The points where a partial (of the operands and the value) is not the k-th of the row, with both numbers."""
    for at, z, gradient in expected(name):
        wanted = gradient[k]
        if wanted is None or loses_its_digits(name, at):
            continue
        if not agree(name, got := partial(*at, nearest(z)), wanted, 1):
            yield at, got, nearest(wanted)


def loses_its_digits(name: str, at: Point) -> bool:
    """Whether a second derivative is beside its zero, where terms cancel, or one of two operands is far out."""
    if name in BENDS:
        return abs(abs(at[0]) - BENDS[name]) < 0.4
    return name.endswith(("_dx", "_dy")) and len(at) == 2 and not all(1e-8 < abs(x) < 1e8 for x in at)


def node(name: str, at: Point) -> Value:
    """The operation on Values, in whichever twin is loaded."""
    code, xs = kernels.NAMES.index(name), [Value(x) for x in at]
    if name == "tilted":  # which no function makes
        z, *partials = kernels.FORWARD[code](*at)
        return node_of_many(code, z, tuple(xs), partials)
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


@pytest.mark.parametrize("x", [-1.41, -1.5, -1.53, -1.65, -1.77, -1.9, -3.3, -7.1])
def test_the_correction_of_the_reach_of_gelu_leaves_what_the_cubic_term_loses(x):
    reach, correction = kernels.VALUES["gelu_reach"](x), kernels.VALUES["gelu_reach_error"](x)
    wanted = exact(ORACLES["gelu_reach"][0], (x,))
    assert wanted is not None
    with mpmath.workdps(50):
        cubic = wanted - 1 - mpmath.sqrt(8 / mpmath.pi) * x
        lost = cubic - mpf(0.21406444881780073 * x * (x * x))
        assert abs(mpf(reach) + mpf(correction) + lost - wanted) <= 1e-3 * math.ulp(reach)


@pytest.mark.parametrize(("x", "y"), [(1e-310, -3e-312), (-5e200, 1e300), (1e308, 1e308), (-math.inf, 2.0)])
def test_scaling_keeps_directions_and_brings_points_near_one(x, y):
    a, b = kernels.VALUES["scaled"](x, y), kernels.VALUES["scaled"](y, x)
    assert 1e-150 < math.hypot(a, b) < 1e150
    assert math.isclose(math.atan2(a, b), math.atan2(x, y), rel_tol=1e-15)


# ---- polynomials


@pytest.mark.parametrize("name", ["gelu", "gelu_tanh"])
def test_derivatives_beside_their_zeros_are_interpolated_at_chebyshev_points(name):
    zero, rise = getattr(accurate, f"{name.upper()}_ZERO"), getattr(accurate, f"{name.upper()}_RISE")
    derivative = ORACLES[name][1]
    exactly = mpmath.findroot(derivative, mpf(-0.75))
    assert zero == (float(exactly), float(exactly - float(exactly)))
    assert zero[0] in [-float(x) for x in re.findall(r"x \+ (0\.75\d+)", TABLE[f"{name}_dx"].value)]
    low, high, count = mpf("-1.4") - exactly, mpf("-0.3") - exactly, len(rise)
    angles = [mpmath.pi * (k + mpf(0.5)) / count for k in range(count)]
    points = [(low + high) / 2 + (high - low) / 2 * mpmath.cos(angle) for angle in angles]
    powers = mpmath.matrix([[x**k for k in range(count)] for x in points])
    wanted = mpmath.lu_solve(powers, mpmath.matrix([derivative(exactly + x) / x for x in points]))
    assert rise == tuple(map(float, wanted))
