"""Print what derivatives of recorded functions are made of, from the table.

`partial_rows.py`: a public row's partial that has a condition in it, as a row of its own; its partials are what
calculus makes of the same text. `partials.py` and `.pxd`: every partial as operations added to a graph. There a
condition is a comparison and a `where`, so that no branch of a formula is ever frozen and everything can be
differentiated again.
"""

from __future__ import annotations

import ast
import pprint

from autograd.formulas.calculus import derivative, for_numbers, has_choice, is_number, substituted
from autograd.formulas.in_graphs import added, graph_condition, graph_node
from autograd.primitives import ROWS, WRITTEN, Row

_CHOSEN_BY_ITSELF = "where"  # its partials are the choice itself: see differentiating.py
_RESULT = "r"  # what a partial's row calls the result of the operation, whose own result is z

# ---- partials as rows


def _parsed(formula: str) -> ast.expr:
    return ast.parse(formula, mode="eval").body


def _is_row_of_its_own(row: Row, k: int) -> bool:
    return row.public and not row.reduction and row.name != _CHOSEN_BY_ITSELF and has_choice(_parsed(row.partials[k]))


def _name(row: Row, k: int) -> str:
    return f"{row.name}_d{row.operands[k]}"


def _operands(row: Row, k: int) -> tuple[str, ...]:
    """The operands of a partial's row: those of the operation that it names, and r for the result."""
    used = {node.id for node in ast.walk(_parsed(row.partials[k])) if isinstance(node, ast.Name)}
    return (*(x for x in row.operands if x in used), *((_RESULT,) if "z" in used else ()))


def _row_of_partial(row: Row, k: int) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
    value = substituted(_parsed(row.partials[k]), {"z": ast.Name(_RESULT)})
    operands = _operands(row, k)
    slopes = [_slope(value, operands, x) for x in operands]
    if len(row.operands) > 2:  # whose partials are numbers to the eager engine, nan or not
        choices = [slope for slope in slopes if has_choice(slope)]
        assert all(ast.unparse(choice.body) == "0" for choice in choices)  # type: ignore[attr-defined]
        slopes = [ast.Constant(0) for _ in operands]
    return _name(row, k), operands, ast.unparse(value), tuple(ast.unparse(slope) for slope in slopes)


def _slope(value: ast.expr, operands: tuple[str, ...], x: str) -> ast.expr:
    """How the value changes with the operand x; nan where a nan of x comes through, whatever branch that takes."""
    slope = derivative(for_numbers(value, operands), {x: ast.Constant(1)})
    if not has_choice(value) or (is_number(slope, 0) and not _comes_through(value, x)):
        return slope
    z = ast.Name("z")
    return ast.IfExp(ast.Compare(z, [ast.Eq()], [z]), slope, z)


def _comes_through(formula: ast.expr, x: str) -> bool:
    """Whether a branch of the formula, and not only a condition, names x."""
    if isinstance(formula, ast.IfExp):
        return _comes_through(formula.body, x) or _comes_through(formula.orelse, x)
    return any(isinstance(node, ast.Name) and node.id == x for node in ast.walk(formula))


def partial_rows_py(note: str) -> str:
    """The module of rows that partials of other rows are."""
    rows = tuple(
        _row_of_partial(row, k) for row in WRITTEN for k in range(len(row.partials)) if _is_row_of_its_own(row, k)
    )
    about = "Name, operands, value and partials of every row that is a partial of another row."
    lines = [f'"""{note}', "", about, '"""']
    return "\n".join([*lines, "", f"PARTIAL_ROWS = {pprint.pformat(rows, width=116)}", ""])


# ---- partials as operations of a graph

_HEAD = '''
# ruff: noqa
# pyright: basic, reportMissingImports=false
try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.jit.passes.building import Builder
    from cython.cimports.autograd.generated.kernels import *
else:
    from autograd.generated.kernels import *
'''


def partials_py(note: str) -> str:
    """The module of partials of operations with one to three operands, as nodes of a graph."""
    lines = [f'"""{note}', "", *_ABOUT, '"""', _HEAD.rstrip()]
    for row in _rows():
        lines += ["", "", f"def d_{row.name}(b, k, {', '.join(row.operands)}, z):"]
        lines += _choice_of(row, [_partial(row, k) for k in range(len(row.partials))])
        if any(_is_kept_apart(row, k) for k in range(len(row.partials))):
            lines += ["", "", f"def s_{row.name}(b, k, {', '.join(row.operands)}, z, g):"]
            lines += _choice_of(row, [_share(row, k) for k in range(len(row.partials))])
            lines += ["", "", f"def a_{row.name}(b, k, {', '.join(row.operands)}, z):"]
            lines += _choice_of(row, [_alive(row, k) for k in range(len(row.partials))])
    lines += ["", "", "def partial(b, op, k, x, y, w, z):"]
    for row in _rows():
        lines += [f"    if op == {row.name.upper()}:", f"        return d_{row.name}(b, k, {_arguments(row)}, z)"]
    lines += ["    raise KeyError(op)"]
    apart = [row for row in _rows() if any(_is_kept_apart(row, k) for k in range(len(row.partials)))]
    lines += ["", "", "def share(b, op, k, x, y, w, z, g):"]
    for row in apart:
        lines += [f"    if op == {row.name.upper()}:", f"        return s_{row.name}(b, k, {_arguments(row)}, z, g)"]
    lines += ["    return b.two(MUL, g, partial(b, op, k, x, y, w, z))"]
    lines += ["", "", "def alive(b, op, k, x, y, w, z):"]
    for row in apart:
        lines += [f"    if op == {row.name.upper()}:", f"        return a_{row.name}(b, k, {_arguments(row)}, z)"]
    return "\n".join([*lines, "    return b.constant(1.0)", ""])


_ABOUT = [
    "What follows adds to the graph that b builds: `partial(b, op, k, x, y, w, z)` the operation's partial number k,",
    "`share(..., g)` the product with g, and `alive(...)` whether there is one: 0 where a condition leaves nothing.",
]


def _rows() -> list[Row]:
    return [row for row in ROWS if not row.reduction and row.name != _CHOSEN_BY_ITSELF]


def _arguments(row: Row) -> str:
    return ", ".join(("x", "y", "w")[: len(row.operands)])


def _choice_of(row: Row, expressions: list[str]) -> list[str]:
    lines = []
    for k, expression in enumerate(expressions[:-1]):
        lines += [f"    if k == {k}:", f"        return {expression}"]
    return [*lines, f"    return {expressions[-1]}"]


def _partial(row: Row, k: int) -> str:
    if _is_row_of_its_own(row, k):
        operands = [x if x != _RESULT else "z" for x in _operands(row, k)]
        return added(_name(row, k).upper(), operands)
    return graph_node(_parsed(row.partials[k]))


def _is_kept_apart(row: Row, k: int) -> bool:
    """Whether a condition in the partial chooses between something and nothing: 0 times inf must not come of it."""
    return not _is_row_of_its_own(row, k) and has_choice(_parsed(row.partials[k]))


def _share(row: Row, k: int) -> str:
    if not _is_kept_apart(row, k):
        return f"b.two(MUL, g, {_partial(row, k)})"
    return _share_of(_parsed(row.partials[k]))


def _share_of(formula: ast.expr) -> str:
    if isinstance(formula, ast.IfExp):
        return added("WHERE", [graph_condition(formula.test), _share_of(formula.body), _share_of(formula.orelse)])
    return "b.constant(0.0)" if is_number(formula, 0) else f"b.two(MUL, g, {graph_node(formula)})"


def _alive(row: Row, k: int) -> str:
    return _alive_of(_parsed(row.partials[k])) if _is_kept_apart(row, k) else "b.constant(1.0)"


def _alive_of(formula: ast.expr) -> str:
    if isinstance(formula, ast.IfExp):
        return added("WHERE", [graph_condition(formula.test), _alive_of(formula.body), _alive_of(formula.orelse)])
    return f"b.constant({0.0 if is_number(formula, 0) else 1.0})"


def partials_pxd(note: str) -> str:
    """The types that partials.py is compiled with."""
    lines = [f"# {note}", "from autograd.jit.passes.building cimport Builder", ""]
    for row in _rows():
        operands = ", ".join(f"int {x}" for x in (*row.operands, "z"))
        lines += [f"cdef int d_{row.name}(Builder b, int k, {operands}) except -1"]
        if any(_is_kept_apart(row, k) for k in range(len(row.partials))):
            lines += [f"cdef int s_{row.name}(Builder b, int k, {operands}, int g) except -1"]
            lines += [f"cdef int a_{row.name}(Builder b, int k, {operands}) except -1"]
    lines += ["cdef int partial(Builder b, int op, int k, int x, int y, int w, int z) except -1"]
    lines += ["cdef int share(Builder b, int op, int k, int x, int y, int w, int z, int g) except -1"]
    return "\n".join([*lines, "cdef int alive(Builder b, int op, int k, int x, int y, int w, int z) except -1", ""])
