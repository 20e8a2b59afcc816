"""Print the kernels of every twin: the value and the partials of each row, in Python, in C, and for Cython to call.

`kernels.py` is plain Python, `kernels.h` C for the compiled twin, and `kernels.pxd` what lets Cython call the C.
"""

from __future__ import annotations

import ast

from autograd.formulas.calculus import has_choice, is_step
from autograd.formulas.in_c import c, is_costly
from autograd.formulas.in_python import python
from autograd.primitives import LIBRARY, ROWS, TABLE, WRITTEN, Row


def _calls(row: Row) -> set[str]:
    calls = (node for node in ast.walk(ast.parse(row.value)) if isinstance(node, ast.Call))
    names = (call.func.id for call in calls)  # type: ignore[attr-defined]
    return {name for name in names if name in TABLE and name not in LIBRARY}


def in_order_of_calls() -> list[Row]:
    """The rows with formulas, every row after those whose values it calls, as C wants it."""
    done: dict[str, Row] = {}

    def visit(row: Row) -> None:
        for name in sorted(_calls(row) - {row.name}):
            visit(TABLE[name])
        done.setdefault(row.name, row)

    for row in ROWS:
        if not row.reduction:
            visit(row)
    return list(done.values())


def kernels_py(note: str) -> str:
    """The module of plain-float kernels."""
    lines = [
        f'"""{note}',
        "",
        "`VALUES[name]` computes a row's value on floats; `FORWARD[op]` its value and partials.",
        '"""',
        "",
        "# ruff: noqa",
        "# pyright: basic",
        "from autograd.ieee import *",
        "",
        f"NAMES = {('', *(row.name for row in ROWS))!r}",
    ]
    lines += [f"{row.name.upper()} = {op}" for op, row in enumerate(ROWS, 1)]
    lines += [f"FIRST_PARTIAL, OPERATIONS = {len(WRITTEN) + 1}, {len(ROWS) + 1}", f"SELECTED = {_selected()!r}"]
    lines += [f"STEP = {_partials_that(step=True)!r}", f"CONDITIONAL = {_partials_that(step=False)!r}"]
    lines += [f"SLOPE_FROM = {_slope_from()!r}"]
    rows = in_order_of_calls()
    for row in rows:
        arguments = ", ".join(row.operands)
        if not _is_library_call(row):
            lines += ["", "", f"def {_py_name(row)}({arguments}):", f"    return {python(row.value)}"]
    for row in rows:
        arguments = ", ".join(row.operands)
        partials = ", ".join(python(partial) for partial in row.partials)
        lines += ["", "", f"def forward_{row.name}({arguments}):"]
        lines += [f"    z = {_py_name(row)}({arguments})" if _is_library_call(row) else f"    z = {python(row.value)}"]
        lines += [f"    return z, {partials}"]
    lines += ["", "", "VALUES = {"]
    lines += [f"    {row.name!r}: {_py_name(row)}," for row in rows]
    lines += ["}", "", "FORWARD = ("]
    lines += ["    None,", *(f"    {'None' if row.reduction else 'forward_' + row.name}," for row in ROWS)]
    lines += [")"]
    for kind, operands in (("unary", "x"), ("binary", "x, y"), ("ternary", "x, y, w")):
        lines += ["", "", f"def forward_{kind}(op, {operands}):", f"    return FORWARD[op]({operands})"]
    return "\n".join([*lines, ""])


def _selected() -> tuple[int, ...]:
    """For each operation its `selects` as bits; a reduction's are the same for all of its operands."""
    masks = [0]
    for row in ROWS:
        bits = [1 << k for k, x in enumerate(row.operands) if x in row.selects.split()]
        masks.append(255 if row.reduction and bits else sum(bits))
    return tuple(masks)


def _partials_that(*, step: bool) -> tuple[int, ...]:
    """For each operation, as bits, the operands whose partials have a condition in them and are steps, or are not."""
    masks = [0]
    for row in ROWS:
        partials = [] if row.reduction else [ast.parse(partial, mode="eval").body for partial in row.partials]
        names = (*row.operands, "z")
        bits = [1 << k for k, p in enumerate(partials) if has_choice(p) and is_step(p, names) == step]
        masks.append(sum(bits))
    return tuple(masks)


def by_another(row: Row) -> tuple[str, str] | None:
    """The row whose value at the same operand spares the costly part of a partial, and the partial with it as `y`.

    So is that of tanh, sech2(x), where a program computes both.
    """
    if row.reduction or len(row.operands) != 1:
        return None
    [operand], [partial] = row.operands, row.partials
    calls = [node for node in ast.walk(ast.parse(partial, mode="eval")) if isinstance(node, ast.Call)]
    texts = {ast.unparse(call) for call in calls if is_costly(ast.unparse(call))}
    if len(texts) != 1:
        return None
    [text] = texts
    name = text.removesuffix(f"({operand})")
    if name == text or name not in TABLE or TABLE[name].reduction:
        return None
    with_it = ast.unparse(ast.parse(partial)).replace(text, "y")
    names = {node.id for node in ast.walk(ast.parse(with_it)) if isinstance(node, ast.Name)}
    return None if operand in names else (name, with_it)


def _slope_from() -> tuple[int, ...]:
    """For each operation the other one that spares its partial's costly part, 0 where there is none."""
    codes = {row.name: op for op, row in enumerate(ROWS, 1)}
    found = [by_another(row) for row in ROWS]
    return (0, *(codes[other[0]] if other else 0 for other in found))


def _is_library_call(row: Row) -> bool:
    """Whether the value is nothing but the library function of the same name."""
    return python(row.value) == f"{row.name}({', '.join(row.operands)})"


_BUILTINS = {"abs", "round", "sum", "max", "min"}  # names that a kernel must not hide from its own module


def _py_name(row: Row) -> str:
    return f"{row.name}_" if row.name in _BUILTINS else row.name


def kernels_h(note: str) -> str:
    """The C header: a function for each value and each partial, and switches over the operations."""
    lines = [
        f"/* {note} */",
        "#ifndef GLASSGRAD_KERNELS_H",
        "#define GLASSGRAD_KERNELS_H",
        "#include <math.h>",
        "",
        "enum glassgrad_op { OP_LEAF = 0,",
        *(f"    OP_{row.name.upper()} = {op}," for op, row in enumerate(ROWS, 1)),
        f"    FIRST_PARTIAL = {len(WRITTEN) + 1}, OPERATIONS = {len(ROWS) + 1}",
        "};",
        "",
        "/* For each operation, as bits, the operands that were not chosen where their partial is 0. */",
        f"static const unsigned char SELECTED[] = {{{', '.join(map(str, _selected()))}}};",
        "/* Likewise those whose partials are steps, and those whose partials have a condition but are none. */",
        f"static const unsigned char STEP[] = {{{', '.join(map(str, _partials_that(step=True)))}}};",
        f"static const unsigned char CONDITIONAL[] = {{{', '.join(map(str, _partials_that(step=False)))}}};",
        "/* The operation whose value at the same operand spares the costly part of the partial; 0: there is none. */",
        f"static const short SLOPE_FROM[] = {{{', '.join(map(str, _slope_from()))}}};",
        "",
    ]
    rows = in_order_of_calls()
    for row in rows:
        arguments = ", ".join(f"double {name}" for name in row.operands)
        lines.append(f"static inline double v_{row.name}({arguments}) {{ return {c(row.value)}; }}")
    for row in rows:
        arguments = ", ".join(f"double {name}" for name in (*row.operands, "z"))
        unused = " ".join(f"(void){name};" for name in (*row.operands, "z"))
        for operand, partial in zip(row.operands, row.partials, strict=True):
            name = f"d_{row.name}_{operand}"
            lines.append(f"static inline double {name}({arguments}) {{ {unused} return {c(partial)}; }}")
    for arity, kind in ((1, "unary"), (2, "binary"), (3, "ternary")):
        lines += _switch(kind, [row for row in ROWS if not row.reduction and len(row.operands) == arity], arity)
    return "\n".join([*lines, "", "#endif", ""])


def _switch(kind: str, rows: list[Row], arity: int) -> list[str]:
    operands = ["x", "y", "w"][:arity]
    arguments = ", ".join([*(f"double {name}" for name in operands), *(f"double *d{name}" for name in operands)])
    lines = ["", f"static inline double forward_{kind}(int op, {arguments}) {{", "    double z;", "    switch (op) {"]
    for row in rows:
        values = ", ".join(operands)
        partials = " ".join(
            f"*d{operand} = d_{row.name}_{name}({values}, z);"
            for operand, name in zip(operands, row.operands, strict=True)
        )
        lines.append(f"    case OP_{row.name.upper()}: z = v_{row.name}({values}); {partials} return z;")
    nothing = " ".join(f"*d{name} = NAN;" for name in operands)
    return [*lines, f"    default: {nothing} return NAN;", "    }", "}"]


def kernels_pxd(note: str) -> str:
    """The declarations through which Cython reads the C header."""
    lines = [f"# {note}", 'cdef extern from "kernels.h" nogil:', "    enum:"]
    lines += [f'        {row.name.upper()} "OP_{row.name.upper()}"' for row in ROWS]
    lines += ["    enum: FIRST_PARTIAL, OPERATIONS", "    const unsigned char SELECTED[], STEP[], CONDITIONAL[]"]
    lines += ["    const short SLOPE_FROM[]"]
    for operands, kind in (("x", "unary"), ("xy", "binary"), ("xyw", "ternary")):
        arguments = ", ".join([*(f"double {x}" for x in operands), *(f"double *d{x}" for x in operands)])
        lines.append(f"    double c_{kind} \"forward_{kind}\"(int op, {arguments})")
    for operands, kind in (("x", "unary"), ("xy", "binary"), ("xyw", "ternary")):
        result = ", ".join(["double"] * (len(operands) + 1))
        arguments = ", ".join(f"double {x}" for x in operands)
        lines += [
            "",
            f"cdef inline ({result}) forward_{kind}(int op, {arguments}) noexcept nogil:",
            f"    cdef double {', '.join('d' + x for x in operands)}",
            f"    cdef double z = c_{kind}(op, {', '.join(operands)}, {', '.join('&d' + x for x in operands)})",
            f"    return z, {', '.join('d' + x for x in operands)}",
        ]
    return "\n".join([*lines, ""])
