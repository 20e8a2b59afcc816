"""The table's kernels on vectors against its scalar kernels, row by row and partial by partial, on every target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from vectors import KERNELS, TARGETS, is_exact, library, require, run, units_apart

from autograd.formulas.in_c import SCALAR, VECTOR, c

pytestmark = pytest.mark.program

AWKWARD = (
    0.0, 5e-324, 2.2250738585072014e-308, 1e-300, 1e-160, 1e-17, 1e-8, 0.1, 0.25, 0.5, 0.9999999999999999, 1.0, 1.5,
    2.0, 2.5, 3.0, 10.0, 19.0, 22.0, 36.7, 40.0, 700.0, 709.782712893384, 745.2, 1000.0, 4503599627370497.5, 1e17,
    1e154, 1e160, 1.7976931348623157e308, np.inf,
)  # fmt: skip
POINTS = np.array([np.nan, *AWKWARD, *(-x for x in AWKWARD)])


@dataclass(frozen=True, slots=True)
class Kernel:
    """One function of the library: a row's value, or one of its partials, which takes the value as its last operand."""

    name: str
    formula: str
    arity: int
    value: str = ""

    def operands(self) -> list[np.ndarray]:
        """Awkward points in all combinations, then ordinary and wild ones at random."""
        awkward = np.array(list(product(POINTS if self.arity < 3 else POINTS[::5], repeat=self.arity))).T
        random = np.random.default_rng(self.arity)
        ordinary = random.uniform(-8, 8, (self.arity, 1000))
        wild = random.choice([-1.0, 1.0], ordinary.shape) * np.exp(random.uniform(-700, 700, ordinary.shape))
        x = list(np.ascontiguousarray(np.concatenate([awkward, ordinary, wild], axis=1)))
        return [*x, run(self.value, "scalar", x)] if self.value else x


def kernels() -> Iterator[Kernel]:
    for row in KERNELS:
        value = Kernel(f"value_{row.name}", row.value, len(row.operands))
        yield value
        for operand, partial in zip(row.operands, row.partials, strict=True):
            yield Kernel(f"partial_{row.name}_{operand}", partial, value.arity, value.name)


def sensitivity(kernel: Kernel, x: list[np.ndarray], want: np.ndarray) -> np.ndarray:
    """How far the scalar kernel moves when one operand moves to its neighbor: what a rounding error may become."""
    moved = np.zeros_like(want)
    for k, direction in product(range(len(x)), (-np.inf, np.inf)):
        with np.errstate(all="ignore"):
            neighbors = [*x[:k], np.nextafter(x[k], direction), *x[k + 1 :]]
            moved = np.fmax(moved, np.abs(run(kernel.name, "scalar", neighbors) - want))
    return moved


def describe(kernel: Kernel, wrong: np.ndarray, x: list[np.ndarray], got: np.ndarray, want: np.ndarray) -> str:
    at = int(np.flatnonzero(wrong)[0])
    return f"{kernel.name}{tuple(float(a[at]) for a in x)} is {want[at]!r}, on vectors {got[at]!r}; {wrong.sum()} such"


@pytest.mark.parametrize("target", TARGETS)
def test_formulas_of_exact_operations_have_the_same_bits_on_vectors(target):
    require(target)
    exact = [kernel for kernel in kernels() if is_exact(kernel.formula)]
    assert len(exact) > 50
    for kernel in exact:
        x = kernel.operands()
        got, want = run(kernel.name, target, x), run(kernel.name, "scalar", x)
        same = (got.view(np.int64) == want.view(np.int64)) | (np.isnan(got) & np.isnan(want))
        assert same.all(), describe(kernel, ~same, x, got, want)


@pytest.mark.parametrize("target", TARGETS)
def test_other_formulas_are_within_a_few_units_and_keep_nan_inf_and_the_sign_of_zero(target):
    require(target)
    for kernel in kernels():
        if is_exact(kernel.formula):
            continue
        x = kernel.operands()
        got, want = run(kernel.name, target, x), run(kernel.name, "scalar", x)
        with np.errstate(invalid="ignore", over="ignore"):
            near = np.abs(got - want) <= 4 * sensitivity(kernel, x, want)  # where a formula's terms cancel
        right = (units_apart(got, want) <= 4) | near
        right &= (np.signbit(got) == np.signbit(want)) | (want != 0) | (got != 0)
        assert right.all(), describe(kernel, ~right, x, got, want)


def test_the_comparison_would_see_a_wrong_kernel():
    library()
    x = Kernel("value_exp", "exp(x)", 1).operands()
    assert (units_apart(run("value_exp", "scalar", x), run("value_expm1", "scalar", x)) > 4).any()


@pytest.mark.parametrize(
    ("formula", "scalar", "vector"),
    [
        ("x if c else 2", "(c ? x : 2.0)", "V(select)(V(truth)(c), x, V(broadcast)(2.0))"),
        (
            "1 if 0 < x <= y else -x",
            "(((0.0 < x) && (x <= y)) ? 1.0 : (-x))",
            "V(select)(V(both)(V(lt)(V(broadcast)(0.0), x), V(le)(x, y)), V(broadcast)(1.0), (-x))",
        ),
        (
            "1 if (x < 0) != (y < 0) else 0",
            "(((x < 0.0) != (y < 0.0)) ? 1.0 : 0.0)",
            "V(select)(V(differ)(V(lt)(x, V(broadcast)(0.0)), V(lt)(y, V(broadcast)(0.0))),"
            " V(broadcast)(1.0), V(broadcast)(0.0))",
        ),
        (
            "1 if not x or (x < 0) == (y < 0) else sqrt(x)",
            "(((!x) || (!((x < 0.0) != (y < 0.0)))) ? 1.0 : sqrt(x))",
            "V(select)(V(either)(V(not)(V(truth)(x)), V(not)(V(differ)(V(lt)(x, V(broadcast)(0.0)),"
            " V(lt)(y, V(broadcast)(0.0))))), V(broadcast)(1.0), V(sqrt)(x))",
        ),
        (
            "sigmoid(x) if x > y else 0",
            "((x > y) ? v_sigmoid(x) : 0.0)",
            "CHOOSE(V(gt)(x, y), V(w_sigmoid)(x), V(broadcast)(0.0))",
        ),
        (
            "exp(x) * (exp(x) if y else 0)",
            "(exp(x) * (y ? exp(x) : 0.0))",
            "__extension__({ vd shared_1 = V(exp)(x);"
            " (shared_1 * V(select)(V(truth)(y), shared_1, V(broadcast)(0.0))); })",
        ),
        (
            "0 if x else log(exp(y)) + log(exp(y))",
            "(x ? 0.0 : (log(exp(y)) + log(exp(y))))",
            "CHOOSE(V(truth)(x), V(broadcast)(0.0), __extension__({ vd shared_1 = V(exp)(y);"
            " __extension__({ vd shared_2 = V(log)(shared_1); (shared_2 + shared_2); }); }))",
        ),
        (
            "exp(x) if y else -exp(x)",
            "(y ? exp(x) : (-exp(x)))",
            "CHOOSE(V(truth)(y), V(exp)(x), (-V(exp)(x)))",
        ),
    ],
)
def test_one_formula_reads_the_same_in_both_dialects(formula, scalar, vector):
    assert (c(formula, SCALAR), c(formula, VECTOR)) == (scalar, vector)


@pytest.mark.parametrize("formula", ["x[0]", "x @ y", "f.g(x)", "1 if (x < 0) < (y < 0) else 0"])
def test_what_a_formula_cannot_hold_is_named(formula):
    with pytest.raises((SyntaxError, KeyError)):
        c(formula, VECTOR)
