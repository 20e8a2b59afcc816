"""Mutants of the table's formulas, and whether a test of formulas notices them.

A formula is text until it is generated into kernels, so the text is mutated. Most are told from the truth by the
50-digit numbers of test_primitives in a hundredth of a second. For the others the kernels are generated anew in this
process, and the tests of edges, of rounding errors and of the rows whose formulas call the mutated one run on them.
"""

from __future__ import annotations

import ast
import itertools
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import test_edge_cases
import test_mutations
import test_primitives
from mutation import mutants
from strategies import AWKWARD, ladder, pairs

from autograd import TABLE
from autograd.formulas import kernels as printed
from autograd.formulas.in_python import python
from autograd.generated import kernels
from autograd.primitives import ROWS

TESTS_OF_ALL = (
    test_edge_cases.test_value_and_gradient_at_the_edge,
    test_mutations.test_value_and_partials_beyond_the_ordinary,
    test_mutations.test_derivatives_of_activations_keep_their_digits_in_the_left_tail,
    test_mutations.test_second_derivatives_of_powers_where_a_factor_underflows_or_an_exponent_is_rounded,
    test_mutations.test_what_vanishes_on_the_left_is_a_negative_zero,
    test_primitives.test_rounding_errors_of_sums_and_products_are_exact,
    test_primitives.test_the_upper_half_of_a_float_has_an_exact_square,
    test_primitives.test_the_correction_of_the_angle_of_gelu_leaves_a_thousandth_of_a_unit,
    test_primitives.test_the_correction_of_the_reach_of_gelu_leaves_what_the_cubic_term_loses,
    test_primitives.test_scaling_keeps_directions_and_brings_points_near_one,
)


@dataclass(frozen=True, slots=True)
class FormulaMutant:
    """A row, which of its formulas (0 the value, then the partials), and what that has become."""

    row: str
    place: int
    operator: str
    formula: str
    original: str

    @property
    def difference(self) -> str:
        """The row, its formula and the mutant's."""
        what = f"partial {self.place - 1}" if self.place else "value"
        return f"{self.row}, {what}:\n-{self.original}\n+{self.formula}"


def of_table() -> list[FormulaMutant]:
    """Every mutant of every formula of the table, except those of reductions, which are no formulas."""
    found = []
    for row in ROWS:
        for place, formula in enumerate(() if row.reduction else (row.value, *row.partials)):
            seen = {formula}
            for mutant in mutants("kernels", formula):
                if mutant.source not in seen:
                    seen.add(mutant.source)
                    found.append(FormulaMutant(row.name, place, mutant.operator, mutant.source, formula))
    return found


def is_noticed(mutant: FormulaMutant) -> bool:
    """Whether a test fails on the mutant."""
    return by_oracles(mutant) or by_tests(mutant)


def is_equal(mutant: FormulaMutant) -> bool:
    """Whether no number is known at which the mutant and the original differ by more than 4 units in the last place.

    Tried are the points of the tests of the table, awkward floats, and the neighborhoods of the formula's own numbers.
    """
    row = TABLE[mutant.row]
    arguments = ", ".join(row.operands)
    value = eval(f"lambda {arguments}: {python(row.value)}", vars(kernels))
    if mutant.place:
        arguments += ", z"
    f, g = (eval(f"lambda {arguments}: {python(text)}", vars(kernels)) for text in (mutant.original, mutant.formula))
    for at in probes(len(row.operands), mutant.original):
        xs = (*at, value(*at)) if mutant.place else at
        try:
            a, b = g(*xs), f(*xs)
            if mutant.place:  # the sign of a partial that is zero is of no consequence
                a, b = a + 0.0, b + 0.0
            if not test_edge_cases.same(a, b):
                return False
        except Exception:
            return False
    return True


def probes(arity: int, formula: str) -> Iterator[tuple[float, ...]]:
    """Points to tell formulas apart at."""
    numbers = {float(node.value) for node in ast.walk(ast.parse(formula)) if isinstance(node, ast.Constant)}
    near = [
        x for c in numbers for x in (c, math.nextafter(c, math.inf), math.nextafter(c, -math.inf), c - 0.5, c + 0.5)
    ]
    special = [*sorted({*near, *(-x for x in near), *(x for x in AWKWARD if x == x)}), math.nan, -0.0]
    if arity == 1:
        yield from ((x,) for x in [*special, *ladder()])
    else:
        yield from itertools.product(special, repeat=arity)
        yield from pairs() if arity == 2 else test_primitives.TERNARY_POINTS


def by_oracles(mutant: FormulaMutant) -> bool:
    """Whether the comparison of test_primitives with 50 digits rejects the formula."""
    if mutant.row in test_primitives.ROUNDING:
        return False
    row = TABLE[mutant.row]
    arguments = ", ".join((*row.operands, "z") if mutant.place else row.operands)
    try:
        f = eval(f"lambda {arguments}: {python(mutant.formula)}", vars(kernels))
        if mutant.place:
            return any(test_primitives.disagreements(row.name, mutant.place - 1, f))
        return any(not test_primitives.agree(row.name, f(*at), z, 0) for at, z, _ in test_primitives.expected(row.name))
    except Exception:  # a formula that raises is noticed
        return True


def by_tests(mutant: FormulaMutant) -> bool:
    """Whether a test fails when the mutant's kernels are in the place of the kernels."""
    try:
        exec(generated(mutant), vars(kernels))
        for test, arguments in tests_about(mutant.row):
            test(**arguments)
    except Exception:
        return True
    finally:
        exec(printed.kernels_py("the mutants"), vars(kernels))
    return False


def tests_about(name: str) -> Iterator[tuple[Callable[..., None], dict[str, Any]]]:
    """The tests that depend on a row's formulas, with their arguments."""
    for test in TESTS_OF_ALL:
        for arguments in parameters(test):
            yield test, arguments
    about = depending_on(name)
    for row in test_primitives.ROWS:
        if row.name in about:
            yield test_primitives.test_value_is_within_4_units_in_the_last_place, {"name": row.name}
            if row.name != "clip":
                yield test_primitives.test_partials_are_within_4_units_in_the_last_place, {"name": row.name}


def depending_on(name: str) -> set[str]:
    """The row, and those whose formulas call it, themselves or by way of others."""
    found, new = set(), {name}
    while new:
        found |= new
        calls = {row.name: set(re.findall(r"\w+(?=\()", " ".join((row.value, *row.partials)))) for row in ROWS}
        new = {caller for caller, called in calls.items() if called & found} - found
    return found


def parameters(test: Any) -> list[dict[str, Any]]:
    """The arguments that pytest would call the test with."""
    found: list[dict[str, Any]] = [{}]
    for mark in getattr(test, "pytestmark", []):
        names, values = mark.args
        names = names if isinstance(names, tuple | list) else [names]
        plain = [getattr(value, "values", value) for value in values]
        rows = [dict(zip(names, value if isinstance(value, tuple) else (value,), strict=True)) for value in plain]
        found = [{**others, **row} for others in found for row in rows]
    return found


def generated(mutant: FormulaMutant) -> str:
    """The plain kernels that would be generated from the mutated row."""
    rows, table = printed.ROWS, printed.TABLE
    row = TABLE[mutant.row]
    formulas = [row.value, *row.partials]
    formulas[mutant.place] = mutant.formula
    mutated = row._replace(value=formulas[0], partials=tuple(formulas[1:]))
    printed.ROWS = tuple(mutated if row.name == mutant.row else row for row in rows)
    printed.TABLE = {**table, mutant.row: mutated}
    try:
        return printed.kernels_py("the mutants")
    finally:
        printed.ROWS, printed.TABLE = rows, table
