"""Compute `kernels_vector.h` from the table: the value and the partials of every row, on vectors.

For the row `name` with operands x, y the header holds `V(w_name)(x, y)`, its value, and `V(p_name_x)(x, y, z)`, its
partial in x, where z is the value; and once, for all targets, lists of the rows from which the machine writes its
switches. In single precision there are only the rows of exact operations: the others are computed in double precision
and rounded, and those that keep rounding errors mean the errors of doubles. `autograd.formulas.files` writes it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from autograd.formulas.in_c import VECTOR, c, is_costly
from autograd.formulas.kernels import by_another
from autograd.primitives import LIBRARY, TABLE, Row

INLINED = (  # what vector_math.h has as IN_LOOP(name) too, for the loops of operations that are nothing but that
    "exp expm1 log log1p log2 log10 cbrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh "
    "pow atan2 hypot fmod"
).split()


def kernels_vector_h(rows: Iterable[Row], note: str) -> str:
    """The header's text; `rows` are those with formulas, every row after the rows whose values it calls."""
    rows = list(rows)
    lines = [f"/* {note} */", *_lists(rows), ""]
    lines += _functions([row for row in rows if _in_single(row)])
    lines += ["#if !SINGLE", *_functions([row for row in rows if not _in_single(row)]), "#endif"]
    return "\n".join([*lines, ""])


def _in_single(row: Row) -> bool:
    """Whether the formulas hold in single precision as they stand; helpers about rounding are about that of doubles."""
    formulas = (row.value, *row.partials)
    called = {TABLE[name] for formula in formulas for name in _calls(formula) if name not in LIBRARY}
    exact = row.public or all(map(_only_chooses, formulas))
    return exact and not any(map(is_costly, formulas)) and all(map(_in_single, called - {row}))


def _calls(formula: str) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(formula)) if isinstance(node, ast.Call))
    return {function.id for function in calls if isinstance(function, ast.Name)}


def _only_chooses(formula: str) -> bool:
    """Whether there is nothing to round in a formula but products."""
    return not any(isinstance(node, ast.Add | ast.Sub | ast.Div) for node in ast.walk(ast.parse(formula)))


def _functions(rows: list[Row]) -> list[str]:
    lines = []
    for row in rows:
        lines.append(_value(row))
    for row in rows:
        for operand, partial in zip(row.operands, row.partials, strict=True):
            lines.append(_function(f"p_{row.name}_{operand}", (*row.operands, "z"), partial))
    for row in rows:
        if other := by_another(row):
            lines.append(_function(f"p_{row.name}_by_{other[0]}", ("y", "z"), other[1]))
    return lines


def _value(row: Row) -> str:
    """The function of the row's value; a call of the mathematics library and nothing else is inlined into its loop."""
    name, _, rest = row.value.partition("(")
    if name in INLINED and rest == f"{', '.join(row.operands)})":
        return _definition("INLINE", f"w_{row.name}", row.operands, f"IN_LOOP({name})({rest}")
    return _function(f"w_{row.name}", row.operands, row.value)


def _function(name: str, operands: tuple[str, ...], formula: str) -> str:
    return _definition("static inline PURE", name, operands, c(formula, VECTOR))


def _definition(kind: str, name: str, operands: tuple[str, ...], expression: str) -> str:
    arguments = ", ".join(f"vd {operand}" for operand in operands)
    unused = " ".join(f"(void){operand};" for operand in operands)
    return f"{kind} vd V({name})({arguments}) {{ {unused} return {expression}; }}"


def _lists(rows: list[Row]) -> list[str]:
    lines = [
        "#ifndef EACH_UNARY",
        "/* EACH_BINARY(DO) is DO(OP, name, operands ...) for each row with two operands, EACH_BINARY_IN_SINGLE for",
        "   those of them that there are in single precision. */",
    ]
    for arity, kind in ((1, "UNARY"), (2, "BINARY"), (3, "TERNARY")):
        for suffix, chosen in (("", rows), ("_IN_SINGLE", [row for row in rows if _in_single(row)])):
            fields = [(row.name.upper(), row.name, *row.operands) for row in chosen if len(row.operands) == arity]
            calls = [f"    DO({', '.join(field)})" for field in fields]
            lines.append(" \\\n".join([f"#define EACH_{kind}{suffix}(DO)", *calls]))
    calls = [f"    DO({row.name.upper()}, {row.name}, {other[0]})" for row in rows if (other := by_another(row))]
    lines += ["/* DO(OP, name, other): V(p_name_by_other)(y, z) is the partial, y the value of the other operation. */"]
    lines.append(" \\\n".join(["#define EACH_BY_ANOTHER(DO)", *calls]))
    return [*lines, "#endif"]
