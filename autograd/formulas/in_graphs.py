"""Print a formula as Python that adds it to a graph: `b.two(MUL, x, b.one(EXP, y))` for x * exp(y).

A condition becomes a comparison and a `where`, so that no branch is decided when the graph is made.
"""

from __future__ import annotations

import ast

from autograd.formulas.in_python import ROW_OF_LIBRARY, ROW_OF_OPERATOR
from autograd.primitives import ROWS

_COMPARISONS = {ast.Lt: "LT", ast.LtE: "LE", ast.Gt: "GT", ast.GtE: "GE", ast.Eq: "EQ", ast.NotEq: "NE"}


def added(op: str, operands: list[str]) -> str:
    """The call that adds an operation on these nodes."""
    if len(operands) > 3:
        return f"b.many({op}, [{', '.join(operands)}])"
    return f"b.{('one', 'two', 'three')[len(operands) - 1]}({op}, {', '.join(operands)})"


def constant_of(name: str) -> str:
    """What an operation's code is called: EXP; of one of the user's own own_exp, whatever its name."""
    return name.upper() if name in _TABLE else f"own_{name}"


_TABLE = frozenset(row.name for row in ROWS)


def graph_node(formula: ast.expr) -> str:
    """The expression that adds a formula to a graph."""
    match formula:
        case ast.Constant(value=number):
            return f"b.constant({float(number)!r})"  # type: ignore[arg-type]
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=number)):
            return f"b.constant({-float(number)!r})"  # type: ignore[arg-type]
        case ast.Name(id=name):
            return name
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return added("NEG", [graph_node(operand)])
        case ast.BinOp(left=left, op=op, right=right):
            return added(ROW_OF_OPERATOR[type(op)], [graph_node(left), graph_node(right)])
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return added("WHERE", [graph_condition(test), graph_node(body), graph_node(orelse)])
        case ast.Call(func=ast.Name(id="pow"), args=[base, exponent]):
            return f"b.power({graph_node(base)}, {graph_node(exponent)})"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return added(constant_of(ROW_OF_LIBRARY.get(name, name)), [graph_node(argument) for argument in arguments])
        case _:
            raise ValueError(f"a formula cannot hold {ast.unparse(formula)!r} where a number is wanted")


def graph_condition(test: ast.expr) -> str:
    """The expression that adds a condition: 0 where it is false."""
    match test:
        case ast.BoolOp(op=op, values=[first, *others]):
            node = graph_condition(first)
            for other in others:
                if isinstance(op, ast.And):
                    node = added("WHERE", [node, graph_condition(other), "b.constant(0.0)"])
                else:
                    node = added("WHERE", [node, "b.constant(1.0)", graph_condition(other)])
            return node
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return added("EQ", [graph_condition(operand), "b.constant(0.0)"])
        case ast.Compare(left=left, ops=ops, comparators=others):
            terms = [left, *others]
            links = [added(_COMPARISONS[type(op)], [graph_condition(a), graph_condition(c)])
                     for a, op, c in zip(terms, ops, others, strict=False)]  # fmt: skip
            node = links[0]
            for link in links[1:]:
                node = added("WHERE", [node, link, "b.constant(0.0)"])
            return node
        case _:
            return graph_node(test)

