"""Operations of the user's own: `operation` adds a row to the table while the program runs.

Such a row works wherever the built-in ones do: in eager mode, in every order of derivative, in pictures and
explanations, in the formulas of further rows. Formulas are checked and compiled at once. Python functions are called
with floats on the way forward and with Values where a derivative is differentiated, so partials must be made of
autograd's functions.
"""

from __future__ import annotations

import ast
import inspect
import keyword
from collections.abc import Callable
from typing import Any

from autograd import operations
from autograd.differentiation import nodes
from autograd.differentiation.rules import RULES, Rule
from autograd.differentiation.running import called
from autograd.generated import kernels
from autograd.node import data_of
from autograd.numbers import number
from autograd.primitives import LIBRARY, TABLE, Row
from autograd.value import Value

__all__ = ["operation"]

_Formula = str | Callable[..., Any]


def operation(
    name: str, value: _Formula, *partials: _Formula, operands: str = "", symbol: str = "", domain: str = "",
    kinks: tuple[float, ...] = (), doc: str = "",
) -> Callable[..., Any]:  # fmt: skip
    """Add an operation to the table; returns the function that computes it, of Values and numbers.

    Arguments:
        name: a new name, which nodes show as their `op`.
        value: a formula in the operands, such as "x / (1 + fabs(x))", or a Python function of floats. Formulas are
            made of numbers, + - * /, conditionals, comparisons, the functions of the C library and other rows.
        partials: for each operand the derivative, as a formula in the operands and the result z, or as a Python
            function of the operands, and of z too if it takes one argument more. It gets floats or Values and must
            use autograd's functions, not those of `math`.
        operands: the operands' names, separated by spaces; "x", "x y" and "x y w" unless given.
        symbol, domain, kinks, doc: for pictures, messages and checks, as in the table.

    Raises:
        ValueError: for a name that is taken or not an identifier, and for formulas with unknown names or functions.
        TypeError: where a formula is neither text nor a function.

    >>> soft_sign = operation("soft_sign", "x / (1 + fabs(x))", "1 / square(1 + fabs(x))")
    >>> soft_sign(1.0)
    0.5
    """
    _check_name(name)
    row = _row(name, value, partials, operands.split(), symbol, domain, kinks, doc)
    if name in RULES and TABLE[name] == row and all(isinstance(f, str) for f in (value, *partials)):
        return RULES[name].function  # the same cell of a notebook, run again
    if name in TABLE or name in LIBRARY or name in ("power", "data_of", "div"):
        raise ValueError(f"operation: the name {name!r} is taken; choose another")
    rule = Rule(
        row,
        operations.add_name(name),
        tuple(f if isinstance(f, str) else "" for f in (value, *partials)),
        _of_floats(row, "the value", value, row.operands),
        tuple(_of_floats(row, f"partial {k}", p, (*row.operands, "z")) for k, p in enumerate(partials)),
        tuple(_of_values(row, p) for p in partials),
        _function(row),
    )
    TABLE[name], RULES[name] = row, rule
    return rule.function


def _check_name(name: Any) -> None:
    if not isinstance(name, str):
        raise TypeError(f"operation: the name must be a string, got {type(name).__name__}")
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise ValueError(f"operation: the name must be an identifier, got {name[:40]!r}")


def _row(name: str, value: Any, partials: Any, operands: list[str], *more: Any) -> Row:
    n = len(operands) or len(partials)
    if not partials or len(partials) != n:
        wanted = f"one partial for each of the operands {operands}" if operands else "at least one partial"
        raise ValueError(f"operation {name}: {wanted} is needed, got {len(partials)}")
    if not operands and n > 3:
        raise ValueError(f"operation {name}: name the {n} operands, such as operands='a b c d'")
    names = tuple(operands or ["x", "y", "w"][:n])
    for x in names:
        if not x.isidentifier() or keyword.iskeyword(x) or x == "z" or names.count(x) > 1:
            raise ValueError(f"operation {name}: {x!r} cannot be the name of an operand")
    for k, formula in enumerate((value, *partials)):
        if isinstance(formula, str):
            _check_formula(name, f"partial {k - 1}" if k else "the value", formula, {*names, "z"} if k else set(names))
        elif not callable(formula):
            what = f"partial {k - 1}" if k else "the value"
            raise TypeError(f"operation {name}: {what} must be a formula or a function, got {type(formula).__name__}")
    called_with = f"({', '.join(names)})"
    texts = [f if isinstance(f, str) else _name(f) + called_with for f in (value, *partials)]
    symbol, domain, kinks, doc = more
    return Row(name, names, texts[0], tuple(texts[1:]), symbol, domain, tuple(kinks), doc, public=False)


def _name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", "f")
    return name if name.isidentifier() else "f"  # a lambda


_ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.USub, ast.Not, ast.IfExp, ast.Compare, ast.BoolOp, ast.And, ast.Or, ast.Call, ast.Name,
    ast.Load, ast.Constant, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip


def _check_formula(name: str, what: str, formula: str, known: set[str]) -> None:
    """Raise ValueError for anything that is not of the table's language."""
    where = f"operation {name}: {what}, {formula[:60]!r},"
    try:
        tree = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(f"{where} is no formula") from None
    functions = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            functions.add(id(node.func))
            _check_call(where, node)
        elif not isinstance(node, _ALLOWED):
            advice = "; write pow(x, y) for powers" if isinstance(node, ast.Pow) else ""
            raise ValueError(f"{where} cannot hold {type(node).__name__}{advice}")
        elif isinstance(node, ast.Constant) and type(node.value) not in (int, float):
            raise ValueError(f"{where} cannot hold {node.value!r}")
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in functions and node.id not in known:
            raise ValueError(f"{where} names {node.id!r}, which is none of {sorted(known)}")


def _check_call(where: str, call: ast.Call) -> None:
    name = call.func.id if isinstance(call.func, ast.Name) else ast.unparse(call.func)
    row = TABLE.get(name)
    if call.keywords or (name not in LIBRARY and (row is None or row.reduction)):
        raise ValueError(f"{where} calls {name!r}, which is no function of formulas; see autograd.TABLE")
    wanted = len(row.operands) if row is not None else 2 if name in ("fmod", "copysign") else 1
    if len(call.args) != wanted:
        raise ValueError(f"{where} calls {name} with {len(call.args)} arguments, but it takes {wanted}")


# ---- the row at work


def _function(row: Row) -> Callable[..., Any]:
    def function(*arguments: Any) -> Any:
        rule = RULES[row.name]
        if len(arguments) != len(row.operands):
            raise TypeError(f"{row.name} takes {len(row.operands)} arguments, got {len(arguments)}")
        operands = tuple([x if type(x) is Value else number(x) for x in arguments])
        numbers = [data_of(x) for x in operands]
        z = rule.value(*numbers)
        if not any(type(x) is Value for x in operands):
            return z
        partials = [
            p(*numbers, z) if type(x) is Value else 0.0 for x, p in zip(operands, rule.partials, strict=True)
        ]  # fmt: skip
        return nodes.node(rule.code, z, operands, partials)

    function.__name__ = function.__qualname__ = row.name
    partials = "; ".join(f"d/d{x} = {partial}" for x, partial in zip(row.operands, row.partials, strict=True))
    function.__doc__ = f"{row.doc or 'An operation of the user'}.\n\nz = {row.value}; {partials}"
    return function


def _of_floats(row: Row, what: str, formula: Any, names: tuple[str, ...]) -> Callable[..., float]:
    if isinstance(formula, str):
        from autograd.formulas.in_python import python

        names_of_rows = {name: rule.value for name, rule in RULES.items()}
        return _compiled(python(formula.strip()), names, {**vars(kernels), **kernels.VALUES, **names_of_rows})
    taken = _takes(formula, len(names))

    def function(*numbers: float) -> float:
        answer = formula(*numbers[:taken])
        if answer is None or isinstance(answer, str) or type(answer) is Value:
            raise TypeError(f"operation {row.name}: {what} of floats must be a float, got {type(answer).__name__}")
        return number(answer)

    return function


def _of_values(row: Row, formula: Any) -> Callable[..., Any]:
    """The partial where the operands are Values, or some of them."""
    names = (*row.operands, "z")
    if isinstance(formula, str):
        from autograd.formulas.in_python import of_values

        try:
            text = of_values(formula.strip())
        except ValueError as error:
            raise ValueError(f"operation {row.name}: {error}") from None
        rows = {name: rule.function for name, rule in RULES.items()}
        reading = {"one": _one, "two": _two, "power": _power, "data_of": data_of}
        return _compiled(text, names, {**vars(kernels), **rows, **reading})
    taken = _takes(formula, len(names))

    def function(*operands: Any) -> Any:
        variables = [x for x in operands if type(x) is Value]  # float() of them would lose the second derivative
        answer = called(formula, list(operands[:taken]), {}, variables, new=False)
        return answer if type(answer) is Value else number(answer)

    return function


def _compiled(text: str, names: tuple[str, ...], known: dict[str, Any]) -> Callable[..., Any]:
    return eval(f"lambda {', '.join(names)}: {text}", {**known, "__builtins__": {}})


def _takes(function: Callable[..., Any], n: int) -> int:
    """How many of n arguments, the result z last, the function takes: all of them if it can."""
    try:
        inspect.signature(function).bind(*range(n))
    except TypeError:
        return n - 1
    except ValueError:  # a function of C without a signature
        return n - 1
    return n


def _one(op: int, x: Any) -> Any:
    return nodes.apply_unary(op, x) if type(x) is Value else kernels.forward_unary(op, x)[0]


def _two(op: int, x: Any, y: Any) -> Any:
    if type(x) is Value or type(y) is Value:
        return nodes.apply_binary(op, x, y)
    return kernels.forward_binary(op, x, y)[0]


def _power(x: Any, y: Any) -> Any:
    return _two(kernels.POW if type(y) is Value else kernels.POWC, x, y)
