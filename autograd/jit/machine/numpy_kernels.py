"""What an operation does to arrays: the table's formulas, read with NumPy's functions, and reductions."""

from __future__ import annotations

import ast
import functools
import math
from typing import Any

import numpy as np

from autograd.primitives import TABLE

COLUMNS, LEAST_IN_COLUMNS = 32, 128  # of long sums, as in machine.h


@functools.cache
def value_of(name: str) -> Any:
    """The function of arrays that computes a row's value."""
    row = TABLE[name]
    return _compiled(row.operands, row.value)


@functools.cache
def partial_of(name: str, k: int) -> Any:
    """The function of arrays, operands and result, that computes a row's partial."""
    row = TABLE[name]
    return _compiled((*row.operands, "z"), row.partials[k])


class _Numpy(ast.NodeTransformer):
    """Rewrites a formula for arrays: choices by `where`, and `and` by &."""

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        self.generic_visit(node)
        test = node.test
        if not isinstance(test, (ast.Compare, ast.BinOp, ast.Call, ast.UnaryOp)):
            test = ast.Compare(test, [ast.NotEq()], [ast.Constant(0.0)])
        return ast.Call(ast.Name("where"), [test, node.body, node.orelse], [])

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        self.generic_visit(node)
        name = "logical_and" if isinstance(node.op, ast.And) else "logical_or"
        return functools.reduce(lambda a, b: ast.Call(ast.Name(name), [a, b], []), node.values)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        terms = [node.left, *node.comparators]
        parts: list[ast.expr] = [
            ast.Compare(a, [op], [b]) for a, op, b in zip(terms, node.ops, terms[1:], strict=False)
        ]
        return functools.reduce(lambda a, b: ast.Call(ast.Name("logical_and"), [a, b], []), parts)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        return ast.Call(ast.Name("logical_not"), [node.operand], []) if isinstance(node.op, ast.Not) else node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Call(ast.Name("float64"), [ast.Constant(float(node.value))], [])  # type: ignore[arg-type]


def _compiled(operands: tuple[str, ...], formula: str) -> Any:
    tree = ast.fix_missing_locations(ast.Expression(_Numpy().visit(ast.parse(formula.strip(), mode="eval").body)))
    names = _library()
    for called in {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}:  # type: ignore[attr-defined]
        if called not in names:
            names[called] = value_of(called)
    function = ast.parse(f"lambda {', '.join(operands)}: {ast.unparse(tree)}", mode="eval")
    return eval(compile(function, formula, "eval"), names)


def _library() -> dict[str, Any]:
    same = "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh floor ceil trunc rint fabs"
    names = {name: getattr(np, name) for name in (*same.split(), "hypot", "fmod", "copysign")}
    names |= {name: getattr(np, f"arc{name[1:]}") for name in "asin acos atan asinh acosh atanh atan2".split()}
    names["pow"] = np.float_power  # np.power takes the square root for an exponent of 0.5, and that of -0.0 is -0.0
    names |= {name: getattr(np, name) for name in ("where", "logical_and", "logical_or", "logical_not", "float64")}
    names |= {"erf": np.vectorize(math.erf, otypes=[float]), "erfc": np.vectorize(math.erfc, otypes=[float])}
    return names


# ---- reductions: (numbers (n, width), all numbers, the slots for what the way back needs) -> (width,)


def _logsumexp(x: Any, S: Any, aux: slice) -> Any:
    first = np.argmax(np.where(np.isnan(x), -np.inf, x), axis=0)
    first = np.where(np.isnan(x[0]), 0, first)
    top = np.take_along_axis(x, first[None], axis=0)[0]
    finite = top - top == 0
    e = np.where(x == top, 1.0, np.where(finite | np.isnan(x) | np.isnan(top), np.exp(x - top), 0.0))
    others = e.copy()
    np.put_along_axis(others, first[None], 0.0, axis=0)
    total = others.sum(axis=0)
    S[aux] = e / (1.0 + total)
    return np.where(~finite & ~np.isnan(total), top, top + np.log1p(total))


def _prod(x: Any, S: Any, aux: slice) -> Any:
    before = np.cumprod(np.concatenate([np.ones_like(x[:1]), x[:-1]]), axis=0)
    after = np.cumprod(np.concatenate([np.ones_like(x[:1]), x[:0:-1]]), axis=0)[::-1]
    S[aux] = before * after
    return before[-1] * x[-1]


def _norm(x: Any, S: Any, aux: slice) -> Any:
    size = np.abs(x)
    top = np.where(np.isnan(size), 0.0, size).max(axis=0)
    parts = value_of("norm_part")(x, top)
    length = np.sqrt(np.add.accumulate(parts * parts, axis=0)[-1])
    missing = np.isnan(size).any(axis=0)
    z = np.where(np.isinf(top), top, np.where(missing, np.nan, length / value_of("norm_scale")(top)))
    S[aux] = np.where((z > 1e-290) & (z < 1e300), x / z, value_of("norm_share")(parts, length))
    return z


def in_columns(numbers: Any) -> Any:
    """A long list with most of its numbers added up already, in columns, as the compiled machine does."""
    whole = len(numbers) // COLUMNS * COLUMNS
    if len(numbers) < LEAST_IN_COLUMNS:
        return numbers
    sums = np.add.accumulate(numbers[:whole].reshape(-1, COLUMNS, *numbers.shape[1:]))[-1]
    while len(sums) > 1:
        sums = sums[: len(sums) // 2] + sums[len(sums) // 2 :]
    return np.concatenate([sums, numbers[whole:]])


REDUCTIONS: dict[str, Any] = {
    "sum": lambda x, S, aux: np.add.accumulate(x, axis=0)[-1],
    "mean": lambda x, S, aux: (np.add.accumulate(x, axis=0)[-1] + 0.0) / (aux.stop - aux.start),  # begins with 0
    "prod": _prod,
    "logsumexp": _logsumexp,
    "max": lambda x, S, aux: functools.reduce(value_of("maximum"), x),
    "min": lambda x, S, aux: functools.reduce(value_of("minimum"), x),
    "norm": _norm,
}


def _extreme(x: Any, z: Any, aux: Any) -> Any:
    ties = (x == z).sum(axis=0)
    return np.where(np.isnan(z), z, np.where(x == z, 1.0 / np.maximum(ties, 1), 0.0))


SHARES: dict[str, Any] = {
    "sum": lambda x, z, aux: np.ones_like(x),
    "mean": lambda x, z, aux: np.full_like(x, 1.0 / len(x)),
    "prod": lambda x, z, aux: aux,
    "logsumexp": lambda x, z, aux: aux,
    "max": _extreme,
    "min": _extreme,
    "norm": lambda x, z, aux: aux,
}
