"""Compute `jit/kernels_vector.h` from the table: the value and the partials of every row, on vectors.

For the row `name` with operands x, y the header holds `V(w_name)(x, y)`, its value, and `V(p_name_x)(x, y, z)`, its
partial in x, where z is the value; and once, for all targets, lists of the rows from which the machine writes its
switches. `autograd.generate` writes it together with the other kernels.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograd.c_formula import VECTOR, c
from autograd.primitives import Row


def kernels_vector_h(rows: Iterable[Row], note: str) -> str:
    """The header's text; `rows` are those with formulas, every row after the rows whose values it calls."""
    rows = list(rows)
    lines = [f"/* {note} */", *_lists(rows), ""]
    for row in rows:
        lines.append(_function(f"w_{row.name}", row.operands, row.value))
    for row in rows:
        for operand, partial in zip(row.operands, row.partials, strict=True):
            lines.append(_function(f"p_{row.name}_{operand}", (*row.operands, "z"), partial))
    return "\n".join([*lines, ""])


def _function(name: str, operands: tuple[str, ...], formula: str) -> str:
    arguments = ", ".join(f"vd {operand}" for operand in operands)
    unused = " ".join(f"(void){operand};" for operand in operands)
    return f"static inline PURE vd V({name})({arguments}) {{ {unused} return {c(formula, VECTOR)}; }}"


def _lists(rows: list[Row]) -> list[str]:
    comment = "/* EACH_BINARY(DO) is DO(OP, name, operands ...) for each row with two operands. */"
    lines = ["#ifndef EACH_UNARY", comment]
    for arity, kind in ((1, "UNARY"), (2, "BINARY"), (3, "TERNARY")):
        fields = [(row.name.upper(), row.name, *row.operands) for row in rows if len(row.operands) == arity]
        lines.append(" \\\n".join([f"#define EACH_{kind}(DO)", *(f"    DO({', '.join(field)})" for field in fields)]))
    return [*lines, "#endif"]
