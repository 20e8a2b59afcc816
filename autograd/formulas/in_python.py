"""Print the table's formulas as Python: for plain floats, and for whatever mixture of Values and floats comes.

The second reading is how derivatives of derivatives are made: every operation in a partial's formula becomes the row of
the same name, which makes a node where an operand is a Value and a float where none is.
"""

from __future__ import annotations

import ast

from autograd.primitives import ROWS

_ROWS = {row.name: row for row in ROWS}
ROW_OF_LIBRARY = {"fabs": "abs", "rint": "round"}  # library functions that are rows under another name
ROW_OF_OPERATOR = {ast.Add: "ADD", ast.Sub: "SUB", ast.Mult: "MUL", ast.Div: "DIV"}


class _OfFloats(ast.NodeTransformer):
    """Division that cannot raise, numbers as floats."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Div):
            return ast.Call(ast.Name("div"), [node.left, node.right], [])
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Constant(float(node.value))  # type: ignore[arg-type]


def python(formula: str) -> str:
    """The formula as a Python expression of floats that never raises."""
    return ast.unparse(ast.fix_missing_locations(_OfFloats().visit(ast.parse(formula, mode="eval"))))


def of_values(formula: str) -> str:
    """The formula as a Python expression of Values and floats, in calls of `one`, `two`, `power` and `data_of`."""
    return _number(ast.parse(formula, mode="eval").body)


def _number(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=number):
            return repr(float(number))  # type: ignore[arg-type]
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number)):
            return repr(-float(number))  # type: ignore[arg-type]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"one(NEG, {_number(operand)})"
        case ast.BinOp(left=left, op=op, right=right):
            return f"two({ROW_OF_OPERATOR[type(op)]}, {_number(left)}, {_number(right)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return f"({_number(body)} if {_condition(test)} else {_number(orelse)})"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(ROW_OF_LIBRARY.get(name, name), ", ".join(_number(argument) for argument in arguments))
        case _:
            raise ValueError(f"a formula cannot hold {ast.unparse(node)!r} where a number is wanted")


def _call(name: str, arguments: str) -> str:
    if name == "pow":
        return f"power({arguments})"
    if name in _ROWS:
        return f"{'one' if len(_ROWS[name].operands) == 1 else 'two'}({name.upper()}, {arguments})"
    return f"{name}({arguments})"


def _condition(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            return "(" + (" and " if isinstance(op, ast.And) else " or ").join(map(_condition, values)) + ")"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return f"(not {_condition(operand)})"
        case ast.Compare(left=left, ops=ops, comparators=others):
            text = _side(left)
            for op, other in zip(ops, others, strict=True):
                text += f" {_COMPARISONS[type(op)]} {_side(other)}"
            return f"({text})"
        case _:
            return f"({_side(node)} != 0.0)"


_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def _side(node: ast.expr) -> str:
    if isinstance(node, (ast.Compare, ast.BoolOp)):
        return _condition(node)
    number = _number(node)
    return number if isinstance(node, ast.Constant) or number.startswith("-") else f"data_of({number})"
