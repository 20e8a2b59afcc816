"""Print the table's formulas as C, for plain doubles and for vectors: one walk over the formula, two dialects.

A vector has no branches: both sides of a conditional are computed and each lane takes its own, so a formula must be
harmless (not right, but free of traps and endless loops) where its condition does not hold. IEEE 754 sees to that. Only
a side that costs more than a branch is left out when none of the lanes wants it. A costly call that a formula or such a
side repeats gets a name there: compilers find it in plain C, but not where they have inlined it before they look.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from itertools import count

from autograd.primitives import LIBRARY, TABLE

_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne"}
_CHEAP = {"fabs", "copysign", "floor", "ceil", "trunc", "rint", "sqrt"}
_SYMBOLS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one kind of C says what formulas are made of; arithmetic is operators in both."""

    number: str
    library: str
    row: str
    choice: str
    costly_choice: str
    truth: str
    shared: str  # a number that has a name in an expression; empty where the compiler finds what is repeated
    comparisons: dict[str, str]
    conditions: dict[str, str]


SCALAR = Dialect(
    number="{}",
    library="{}",
    row="v_{}",
    choice="({} ? {} : {})",
    costly_choice="({} ? {} : {})",
    truth="{}",
    shared="",
    comparisons={name: f"({{}} {symbol} {{}})" for name, symbol in _SYMBOLS.items()},
    conditions={"both": "({} && {})", "either": "({} || {})", "differ": "({} != {})", "not": "(!{})"},
)
VECTOR = Dialect(
    number="V(broadcast)({})",
    library="V({})",
    row="V(w_{})",
    choice="V(select)({}, {}, {})",
    costly_choice="CHOOSE({}, {}, {})",
    truth="V(truth)({})",
    shared="__extension__({{ vd {} = {}; {}; }})",
    comparisons={name: f"V({name})({{}}, {{}})" for name in _SYMBOLS},
    conditions={name: f"V({name})({{}}, {{}})" for name in ("both", "either", "differ")} | {"not": "V(not)({})"},
)


def c(formula: str, dialect: Dialect = SCALAR) -> str:
    """The formula as a C expression of the dialect's numbers."""
    return _scope(ast.parse(formula, mode="eval").body, dialect)


def _scope(node: ast.expr, to: Dialect) -> str:
    """The expression, with names for the costly calls that it always makes and repeats."""
    call = _repeated_call(node) if to.shared else None
    if call is None:
        return _number(node, to)
    taken = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    name = next(name for k in count(1) if (name := f"shared_{k}") not in taken)
    return to.shared.format(name, _number(call, to), _scope(_Renamed(call, name).visit(node), to))


def _repeated_call(node: ast.expr) -> ast.Call | None:
    """The shortest of the costly calls that the expression always makes, and more than once."""
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call) and _calls_costly(part)]
    always = {ast.unparse(part) for part in _unconditional(node)}
    texts = [ast.unparse(call) for call in calls]
    repeated = [(len(text), text, k) for k, text in enumerate(texts) if text in always and texts.count(text) > 1]
    return calls[min(repeated)[2]] if repeated else None


def _unconditional(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of the expression that are computed whatever its conditions say."""
    yield node
    for part in [node.test] if isinstance(node, ast.IfExp) else ast.iter_child_nodes(node):
        if isinstance(part, ast.expr):
            yield from _unconditional(part)


class _Renamed(ast.NodeTransformer):
    """Puts a name in the place of every call like this one."""

    def __init__(self, call: ast.Call, name: str) -> None:
        self.text, self.name = ast.unparse(call), name

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if ast.unparse(node) == self.text:
            return ast.Name(self.name)
        self.generic_visit(node)
        return node


def _number(node: ast.expr, to: Dialect) -> str:
    match node:
        case ast.Constant(value=int() | float() as number):
            return to.number.format(repr(float(number)))
        case ast.Name(id=name):
            return name
        case ast.BinOp(left=left, op=op, right=right):
            return f"({_number(left, to)} {_ARITHMETIC[type(op)]} {_number(right, to)})"
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return f"(-{_number(operand, to)})"
        case ast.IfExp(test=test, body=body, orelse=orelse):
            costly = any(_calls_costly(side) or _divides(side) for side in (body, orelse))
            choice = to.costly_choice if costly else to.choice
            return choice.format(_condition(test, to), _scope(body, to), _scope(orelse, to))
        case ast.Call(func=ast.Name(id=name), args=args):
            function = (to.library if name in LIBRARY else to.row).format(name)
            return f"{function}({', '.join(_number(x, to) for x in args)})"
        case _:
            raise SyntaxError(f"a formula cannot hold {ast.unparse(node)!r} where a number is wanted")


def _condition(node: ast.expr, to: Dialect) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            joined = to.conditions["both" if isinstance(op, ast.And) else "either"]
            return reduce(joined.format, (_condition(value, to) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return to.conditions["not"].format(_condition(operand, to))
        case ast.Compare(left=left, ops=ops, comparators=others):
            terms = [left, *others]
            links = [_comparison(a, op, b, to) for a, op, b in zip(terms, ops, others, strict=False)]
            return reduce(to.conditions["both"].format, links)
        case _:
            return to.truth.format(_number(node, to))


def _comparison(a: ast.expr, op: ast.cmpop, b: ast.expr, to: Dialect) -> str:
    name = _COMPARISONS[type(op)]
    if not (_is_condition(a) and _is_condition(b)):
        return to.comparisons[name].format(_number(a, to), _number(b, to))
    differ = to.conditions["differ"].format(_condition(a, to), _condition(b, to))
    match name:
        case "ne":
            return differ
        case "eq":
            return to.conditions["not"].format(differ)
        case _:
            raise SyntaxError(f"a formula cannot order conditions: {ast.unparse(a)!r} and {ast.unparse(b)!r}")


def _is_condition(node: ast.expr) -> bool:
    match node:
        case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return True
        case _:
            return False


def is_costly(formula: str) -> bool:
    """Whether a formula calls, itself or through another row, what takes longer than a branch: exp but not sqrt."""
    return _calls_costly(ast.parse(formula, mode="eval").body)


def _calls_costly(node: ast.expr) -> bool:
    names = {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
    return any(_is_costly_call(name) for name in names)


def _divides(node: ast.expr) -> bool:
    return any(isinstance(part, ast.Div) for part in ast.walk(node))


@cache
def _is_costly_call(name: str) -> bool:
    if name in LIBRARY:
        return name not in _CHEAP
    return is_costly(TABLE[name].value)
