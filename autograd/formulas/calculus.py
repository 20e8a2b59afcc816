"""Differentiate the table's formulas: what a partial's own partials are follows from the rows alone.

Works on syntax trees of the formula language (primitives.py). Where a formula calls a row, the row's partials are put
in its place by the chain rule, so that no derivative is written down twice. A conditional is differentiated branch by
branch.
"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Sequence

from autograd.formulas.in_python import ROW_OF_LIBRARY, python
from autograd.generated import kernels
from autograd.primitives import TABLE

_ZERO, _ONE = ast.Constant(0), ast.Constant(1)


def derivative(formula: ast.expr, slopes: dict[str, ast.expr]) -> ast.expr:
    """The formula's derivative when the names in it change with these slopes; all others are constants.

    Raises:
        ValueError: where the formula calls a function that has no row, and so no known derivative.
    """
    match formula:
        case ast.Constant():
            return _ZERO
        case ast.Name(id=name):
            return slopes.get(name, _ZERO)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _negative(derivative(operand, slopes))
        case ast.BinOp(left=a, op=op, right=b):
            return _of_arithmetic(op, a, b, derivative(a, slopes), derivative(b, slopes))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            da, db = derivative(body, slopes), derivative(orelse, slopes)
            return _ZERO if is_number(da, 0) and is_number(db, 0) else ast.IfExp(test, da, db)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _of_call(name, arguments, [derivative(a, slopes) for a in arguments], formula)
        case _:
            raise ValueError(f"a formula cannot hold {ast.unparse(formula)!r}")


def _of_arithmetic(op: ast.operator, a: ast.expr, b: ast.expr, da: ast.expr, db: ast.expr) -> ast.expr:
    match op:
        case ast.Add():
            return _sum(da, db)
        case ast.Sub():
            return _sum(da, _negative(db))
        case ast.Mult():
            return _sum(_product(da, b), _product(a, db))
        case ast.Div():
            slope = _negative(_quotient(_quotient(a, b), b)) if not is_number(db, 0) else _ZERO
            return _sum(_quotient(da, b), _product(slope, db))
        case _:
            raise ValueError(f"a formula cannot hold the operator {type(op).__name__}")


def _of_call(name: str, arguments: list[ast.expr], derivatives: list[ast.expr], call: ast.expr) -> ast.expr:
    total: ast.expr = _ZERO
    for k, slope in enumerate(derivatives):
        if not is_number(slope, 0):
            total = _sum(total, _product(partial_of_call(name, arguments, k, call), slope))
    return total


def partial_of_call(name: str, arguments: list[ast.expr], k: int, call: ast.expr) -> ast.expr:
    """The derivative of `name(*arguments)`, which is `call`, in its argument number k."""
    row = TABLE.get(ROW_OF_LIBRARY.get(name, name))
    if row is None or row.reduction:
        raise ValueError(f"the formula calls {name}(), whose derivative no row of the table tells; add a row for it")
    meaning = dict(zip(row.operands, arguments, strict=True)) | {"z": call}
    return substituted(ast.parse(row.partials[k], mode="eval").body, meaning)


class _Substitution(ast.NodeTransformer):
    def __init__(self, meaning: dict[str, ast.expr]):
        self.meaning = meaning

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.meaning.get(node.id, node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        return ast.Call(node.func, [self.visit(argument) for argument in node.args], [])


def substituted(formula: ast.expr, meaning: dict[str, ast.expr]) -> ast.expr:
    """The formula with expressions in the place of names."""
    return _Substitution(meaning).visit(formula)


def is_number(formula: ast.expr, number: float) -> bool:
    """Whether the formula is nothing but this number."""
    return isinstance(formula, ast.Constant) and formula.value == number


def _sum(a: ast.expr, b: ast.expr) -> ast.expr:
    if is_number(a, 0):
        return b
    return a if is_number(b, 0) else ast.BinOp(a, ast.Add(), b)


def _product(a: ast.expr, b: ast.expr) -> ast.expr:
    if is_number(a, 0) or is_number(b, 0):
        return _ZERO
    if is_number(a, 1):
        return b
    return a if is_number(b, 1) else ast.BinOp(a, ast.Mult(), b)


def _quotient(a: ast.expr, b: ast.expr) -> ast.expr:
    return _ZERO if is_number(a, 0) else ast.BinOp(a, ast.Div(), b)


def _negative(a: ast.expr) -> ast.expr:
    return _ZERO if is_number(a, 0) else ast.UnaryOp(ast.USub(), a)


def has_choice(formula: ast.expr) -> bool:
    """Whether there is a condition in the formula."""
    return any(isinstance(node, ast.IfExp) for node in ast.walk(formula))


_SOME_NUMBERS = (-math.inf, -1e300, -750.0, -2.0, -1.0, -0.5, 0.0, 1e-310, 0.5, 1.0, 2.0, 750.0, 1e300, math.inf)


def for_numbers(formula: ast.expr, names: Sequence[str]) -> ast.expr:
    """The formula with 0 for each branch that only a nan among its names can reach.

    So `1 if x > 0 else (0 if x <= 0 else x)` is a step, and a step has no slope.
    """
    return _reached(formula, names, list(itertools.product(_SOME_NUMBERS, repeat=len(names))))


def _reached(formula: ast.expr, names: Sequence[str], points: list[tuple[float, ...]]) -> ast.expr:
    if not points:
        return _ZERO
    if not isinstance(formula, ast.IfExp):
        return formula
    test = eval(f"lambda {', '.join(names)}: {python(ast.unparse(formula.test))}", dict(vars(kernels)))
    body = _reached(formula.body, names, [point for point in points if test(*point)])
    orelse = _reached(formula.orelse, names, [point for point in points if not test(*point)])
    return ast.IfExp(formula.test, body, orelse)


def is_step(formula: ast.expr, names: Sequence[str]) -> bool:
    """Whether a formula has conditions and chooses between constants only."""
    return has_choice(formula) and _is_of_constants(for_numbers(formula, names))


def _is_of_constants(formula: ast.expr) -> bool:
    if isinstance(formula, ast.IfExp):
        return _is_of_constants(formula.body) and _is_of_constants(formula.orelse)
    return isinstance(formula, ast.Constant) or (isinstance(formula, ast.UnaryOp) and _is_of_constants(formula.operand))


def second_partials(name: str) -> list[list[ast.expr]]:
    """For each partial p of the row its derivative in the direction of each operand, the result z followed through.

    The names dx, dy ... in them stand for the row's own partials. What is zero whatever the numbers is the constant 0.
    """
    row = TABLE[name]
    partials = [ast.parse(partial, mode="eval").body for partial in row.partials]
    slopes = [{x: _ONE, "z": ast.Name(dx)} for x, dx in zip(row.operands, ("dx", "dy", "dw"), strict=False)]
    return [[derivative(p, slope) for slope in slopes] for p in partials]
