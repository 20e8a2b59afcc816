"""Print what second and higher derivatives need, computed from the partials in the table.

`derivatives.py` and `.pxd` read each partial's formula with Values for numbers: what a derivative that can itself be
differentiated is made of. `curvature.py`, `.h` and `.pxd` are the partials' own partials on plain floats, for the one
case that is worth a short cut: second derivatives as numbers.
"""

from __future__ import annotations

import ast

from autograd.formulas.calculus import is_number, second_partials
from autograd.formulas.in_c import c
from autograd.formulas.in_python import of_values, python
from autograd.primitives import WRITTEN, Row

# Partials as rows are met in recordings only, which are differentiated as graphs; the partials of three operands are
# steps, numbers to the sweeps.
_FORMULAS = [row for row in WRITTEN if not row.reduction and len(row.operands) < 3]

_DERIVATIVES_HEAD = '''
# ruff: noqa
# pyright: basic, reportMissingImports=false
try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.node import data_of
    from cython.cimports.autograd.value import Value, binary, unary
else:
    from autograd.generated.kernels import *
    from autograd.node import data_of
    from autograd.value import Value, binary, unary


def one(op, x):
    """The row's value at a Value or a float."""
    if type(x) is Value:
        return unary(op, x)
    z, _ = forward_unary(op, x)
    return z


def two(op, x, y):
    """The row's value at two operands, Values or floats."""
    if type(x) is Value or type(y) is Value:
        return binary(op, x, y)
    z, _, _ = forward_binary(op, x, y)
    return z


def power(x, y):
    """x to the power y, which is a constant where it is a float."""
    return two(POW if type(y) is Value else POWC, x, y)
'''


def derivatives_py(note: str) -> str:
    """The module of partials read with Values."""
    lines = [f'"""{note}', "", "`d_name(k, *operands, z)` is the row's partial number k as a Value or a float.", '"""']
    lines += [_DERIVATIVES_HEAD.rstrip()]
    for row in _FORMULAS:
        choice = of_values(row.partials[-1])
        for k in reversed(range(len(row.partials) - 1)):
            choice = f"{of_values(row.partials[k])} if k == {k} else {choice}"
        lines += ["", "", f"def d_{row.name}(k, {', '.join(row.operands)}, z):", f"    return {choice}"]
    table = ", ".join(f"{row.name.upper()}: d_{row.name}" for row in _FORMULAS)
    lines += ["", "", "if not cython.compiled:", f"    PARTIALS = {{{table}}}"]
    for arity, kind in enumerate(("unary", "binary"), 1):
        operands = ", ".join("xy"[:arity])
        lines += ["", f"    def partial_{kind}(op, k, {operands}, z):"]
        lines += [f"        return PARTIALS[op](k, {operands}, z)"]
    return "\n".join([*lines, ""])


def derivatives_pxd(note: str) -> str:
    """The types that derivatives.py is compiled with, and its switches over the operations."""
    lines = [f"# {note}", "cimport cython", "from autograd.generated.kernels cimport *"]
    lines += ["from autograd.value cimport Value", ""]
    lines += ["@cython.locals(z=double, _=double)", "cdef one(int op, x)"]
    lines += ["@cython.locals(z=double, _=double)", "cdef two(int op, x, y)", "cdef power(x, y)"]
    lines += [f"cdef d_{row.name}(int k, {', '.join(row.operands)}, z)" for row in _FORMULAS]
    for arity, kind in enumerate(("unary", "binary"), 1):
        operands = ", ".join("xy"[:arity])
        lines += ["", f"cdef inline partial_{kind}(int op, int k, {operands}, z):"]
        for row in _FORMULAS:
            if len(row.operands) == arity:
                lines += [f"    if op == {row.name.upper()}: return d_{row.name}(k, {operands}, z)"]
        lines += ["    raise KeyError(op)"]
    return "\n".join([*lines, ""])


def _entries(row: Row) -> list[tuple[int, ast.expr]]:
    """The second partials that are not zero whatever the numbers, numbered 2 * partial + operand."""
    lines = enumerate(second_partials(row.name))
    found = [(2 * k + j, second) for k, line in lines for j, second in enumerate(line)]
    return [(entry, second) for entry, second in found if not is_number(second, 0)]


_CURVED = [(row, _entries(row)) for row in _FORMULAS]


def _mask(entries: list[tuple[int, ast.expr]]) -> int:
    return sum(1 << entry for entry, _ in entries)


def curvature_py(note: str) -> str:
    """The module of second partials on plain floats."""
    lines = [f'"""{note}', "", "Entry 2 * k + j of an operation is how its partial k changes with operand j.", '"""']
    lines += [""]
    lines += ["# ruff: noqa", "# pyright: basic"]
    lines += ["from autograd.generated.kernels import *", "from autograd.ieee import *"]
    for row in _FORMULAS:
        if row.name in ("abs", "round"):  # kernels.py lends their kernels another name
            lines += [f"from autograd.generated.kernels import {row.name}_ as {row.name}"]
    table = {}
    for row, entries in _CURVED:
        for entry, second in entries:
            name = f"s_{row.name}_{entry}"
            lines += ["", "", f"def {name}(x, y, z, dx, dy):", f"    return {python(ast.unparse(second))}"]
            table[row.name.upper(), entry] = name
    lines += ["", "", "SECONDS = {", *(f"    ({op}, {entry}): {name}," for (op, entry), name in table.items()), "}"]
    lines += ["MASKS = {", *(f"    {row.name.upper()}: {_mask(entries)}," for row, entries in _CURVED if entries), "}"]
    lines += ["", "", "def second(op, entry, x, y, z, dx, dy):", "    return SECONDS[op, entry](x, y, z, dx, dy)"]
    lines += ["", "", "def mask(op):", '    """Which entries are not zero whatever the numbers, as bits."""']
    lines += ["    return MASKS.get(op, 0)"]
    return "\n".join([*lines, ""])


def curvature_h(note: str) -> str:
    """The same in C."""
    arguments = "double x, double y, double z, double dx, double dy"
    lines = [f"/* {note} */", "#ifndef GLASSGRAD_CURVATURE_H", "#define GLASSGRAD_CURVATURE_H"]
    lines += ['#include "kernels.h"', ""]
    lines += [f"static inline double second(int op, int entry, {arguments}) {{", "    switch (4 * op + entry) {"]
    masks = []
    for row, entries in _CURVED:
        for entry, second in entries:
            lines += [f"    case 4 * OP_{row.name.upper()} + {entry}: return {c(ast.unparse(second))};"]
        if entries:
            masks += [f"    case OP_{row.name.upper()}: return {_mask(entries)};"]
    lines += ["    default: (void)x; (void)y; (void)z; (void)dx; (void)dy; return 0.0;", "    }", "}", ""]
    lines += ["static inline int mask(int op) {", "    switch (op) {", *masks, "    default: return 0;", "    }", "}"]
    return "\n".join([*lines, "", "#endif", ""])


def curvature_pxd(note: str) -> str:
    """The declarations through which Cython reads the C header."""
    return "\n".join([
        f"# {note}",
        'cdef extern from "curvature.h" nogil:',
        "    double second(int op, int entry, double x, double y, double z, double dx, double dy)",
        "    int mask(int op)",
        "",
    ])  # fmt: skip
