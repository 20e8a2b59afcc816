"""Partials as operations of their own: the bits of the partials that they are, and slopes that are differences."""

from __future__ import annotations

import ast
import itertools
import math
import random

import mpmath
import pytest
from mpmath import mpf

from autograd import TABLE, primitives
from autograd.generated import kernels
from autograd.generated.partial_rows import PARTIAL_ROWS

EDGES = (0.0, -0.0, 1.0, -1.0, 0.3, -2.5, 1e-320, -1e300, math.inf, -math.inf, math.nan)
BY_NAME = {f"{row.name}_d{x}": (row, k) for row in primitives.WRITTEN for k, x in enumerate(row.operands)}


def public(name: str):
    """The row whose partial this is, and the number of the partial."""
    return BY_NAME[name]


def same(a: float, b: float) -> bool:
    return (a == b and math.copysign(1.0, a) == math.copysign(1.0, b)) or (math.isnan(a) and math.isnan(b))


def test_every_conditional_partial_of_a_public_row_is_a_row():
    wanted = {
        name for name, (row, k) in BY_NAME.items()
        if row.public and not row.reduction and row.name != "where" and " if " in row.partials[k]
    }  # fmt: skip
    assert {name for name, *_ in PARTIAL_ROWS} == wanted
    assert wanted <= set(TABLE)


@pytest.mark.parametrize("name", [name for name, *_ in PARTIAL_ROWS])
def test_its_value_is_the_partial_to_the_bit(name):
    row, k = public(name)
    rng = random.Random(3)
    points = list(itertools.product(EDGES, repeat=len(row.operands)))
    points += [tuple(rng.gauss(0, 2) for _ in row.operands) for _ in range(50)]
    for at in points:
        z, *partials = kernels.FORWARD[kernels.NAMES.index(row.name)](*at)
        meaning = dict(zip(row.operands, at, strict=True)) | {"r": z}
        operands = [meaning[x] for x in TABLE[name].operands]
        assert same(kernels.VALUES[name](*operands), partials[k]), at


EXACT = {
    "fabs": abs, "exp": mpmath.exp, "expm1": mpmath.expm1, "square": lambda x: x * x,
    "floordiv": lambda x, y: mpmath.floor(x / y), "times_square": lambda x, y: x * y * y,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name, *_ in PARTIAL_ROWS])
def test_its_slopes_are_differences_of_its_values(name):
    row = TABLE[name]
    rng = random.Random(5)
    value = eval(f"lambda {', '.join(row.operands)}: {row.value}", dict(EXACT))
    for _ in range(40):
        at = tuple(rng.uniform(0.1, 0.9) * rng.choice((-1, 1)) for _ in row.operands)
        if name == "clip_dx":
            at = (at[0], -abs(at[1]), abs(at[2]))
        slopes = kernels.FORWARD[kernels.NAMES.index(name)](*at)[1:]
        for k, slope in enumerate(slopes):
            order = tuple(int(j == k) for j in range(len(at)))
            wanted = mpmath.diff(lambda *xs: mpf(value(*xs)), tuple(map(mpf, at)), order)
            assert slope == pytest.approx(float(wanted), rel=1e-12, abs=1e-12), (at, k)


@pytest.mark.parametrize("name", [name for name, *_ in PARTIAL_ROWS if len(public(name)[0].operands) < 3])
def test_nan_comes_through_where_a_nan_operand_does(name):
    row = TABLE[name]
    for k, x in enumerate(row.operands):
        at = [0.5] * len(row.operands)
        at[k] = math.nan
        z, *slopes = kernels.FORWARD[kernels.NAMES.index(name)](*at)
        if math.isnan(z) and any(isinstance(n, ast.Name) and n.id == x for n in ast.walk(ast.parse(row.partials[k]))):
            assert math.isnan(slopes[k]), x
