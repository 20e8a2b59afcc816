"""The generated files are what the table says, and the translation of formulas into Python and C means the same."""

from __future__ import annotations

import ast
import math

import pytest
from hypothesis import given
from strategies import points

from autograd import TABLE, ieee, primitives
from autograd.formulas import files
from autograd.formulas.in_c import c
from autograd.formulas.in_python import python
from autograd.generated import kernels

ROWS = [row for row in primitives.ROWS if not row.reduction]


def test_the_generated_files_are_current():
    assert files.stale() == [], "run python -m autograd.formulas"
    assert files.main(["--check"]) == 0


def test_a_check_of_stale_files_fails_and_names_them(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(files, "HERE", tmp_path)
    assert files.main(["--check"]) == 1
    assert "kernels.py" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_generated_files_say_so_in_their_first_line():
    for name in files.FILES:
        first = (files.HERE / name).read_text(encoding="utf-8").splitlines()[0]
        assert "Generated" in first, name


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_row_has_a_partial_for_each_operand(row):
    assert len(row.partials) == len(row.operands)
    assert TABLE[row.name] is row


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_formulas_use_operands_numbers_and_known_functions_only(row):
    for text, names in [(row.value, set(row.operands)), *((p, {*row.operands, "z"}) for p in row.partials)]:
        tree = ast.parse(text, mode="eval")
        called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}  # type: ignore[attr-defined]
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - called
        assert used <= names
        assert called <= {*primitives.LIBRARY, *TABLE}


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_partials_call_rows_only_so_that_they_can_be_differentiated(row):
    called_rows = {"fabs": "abs", "rint": "round"}
    for text in row.partials:
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call):
                name = node.func.id  # type: ignore[attr-defined]
                assert called_rows.get(name, name) in TABLE, name


@given(points(), points())
def test_python_formulas_never_raise(x, y):
    for row in ROWS:
        if len(row.operands) <= 2:
            z = kernels.FORWARD[kernels.NAMES.index(row.name)](*(x, y)[: len(row.operands)])
            assert all(type(number) is float for number in z), row.name


@pytest.mark.parametrize(("formula", "wanted"), [
    ("1 / x", "(1.0 / x)"), ("-x", "(-x)"), ("x if x > 0 else y", "((x > 0.0) ? x : y)"),
    ("fabs(x) + square(y)", "(fabs(x) + v_square(y))"),
    ("0 if x == 0 and y >= 0 else x", "(((x == 0.0) && (y >= 0.0)) ? 0.0 : x)"),
    ("1 if -1 < x < 1 else 0", "(((-(1.0) < x) && (x < 1.0)) ? 1.0 : 0.0)"),
])  # fmt: skip
def test_formulas_in_c(formula, wanted):
    assert c(formula).replace("(-1.0)", "-(1.0)") == wanted


def test_formulas_in_python_divide_without_raising():
    names = vars(ieee)
    assert eval(python("1 / x"), {**names, "x": 0.0}) == math.inf
    assert eval(python("x / 2 if x > 0 else -x"), {**names, "x": -3.0}) == 3.0


@pytest.mark.parametrize("formula", ["x.real", "[x]", "lambda: x", "x ** 2", "x @ y", "'a'"])
def test_what_a_formula_cannot_hold_is_an_error(formula):
    with pytest.raises((SyntaxError, KeyError, ValueError)):
        c(formula)
