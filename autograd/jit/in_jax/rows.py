# pyright: reportFunctionMemberAccess=false
# pyright: reportMissingImports=false
"""The rows of the table as JAX functions of arrays, differentiable to any order by the table's own partials.

Nothing is written twice: values and partials are read from the rows' formulas. Each function takes a mask first: where
it is false nobody has chosen the result, and no derivative passes, not even the nan that 0 times an infinite partial
would be (None: everything counts). JAX knows no such thing; its users write `where` twice.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax.custom_derivatives import SymbolicZero

from autograd.differentiation.rules import RULES
from autograd.formulas.in_python import ROW_OF_LIBRARY
from autograd.jit.errors import JitError
from autograd.primitives import TABLE

LIBRARY: dict[str, Callable[..., Any]] = {
    name: getattr(jnp, name)
    for name in (
        "exp expm1 log log2 log10 log1p sqrt cbrt sin cos tan sinh cosh tanh floor ceil trunc rint fabs hypot fmod "
        "copysign"
    ).split()
}
LIBRARY |= {name: getattr(jnp, f"arc{name[1:]}") for name in "asin acos atan asinh acosh atanh atan2".split()}
LIBRARY |= {"pow": jnp.power, "erf": jax.lax.erf, "erfc": jax.lax.erfc}

_OPERATORS: dict[type, str] = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div"}
_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
    "neg": lambda x: -x,
}  # fmt: skip
_AS_JAX_HAS_IT = ("add", "sub", "neg")  # partials that are 1 or -1; a rule of its own takes JAX ten times as long
_COMPARISONS: dict[type, Callable[..., Any]] = {
    ast.Lt: jnp.less, ast.LtE: jnp.less_equal, ast.Gt: jnp.greater, ast.GtE: jnp.greater_equal, ast.Eq: jnp.equal,
    ast.NotEq: jnp.not_equal,
}  # fmt: skip


def value(name: str, *operands: Any) -> Any:
    """The row's value of arrays or floats; JAX's own derivative of it must not be asked for."""
    formula, names = _value_of(name)
    return _plain(formula, dict(zip(names, operands, strict=True)))


def row(name: str, mask: Any, *operands: Any) -> Any:
    """The row's value, with the table's partials for its derivative."""
    if name in _AS_JAX_HAS_IT or (name == "mul" and mask is None):
        return _ARITHMETIC[name](*operands)
    return _differentiable(name)(mask, *operands)


def chosen(name: str, k: int, operands: Any, z: Any) -> Any:
    """Where the row's operand number k has a share in the result: where the partial is not +0."""
    names = (*TABLE[name].operands, "z")
    return _is_chosen(_plain(_partial_of(name, k), dict(zip(names, (*operands, z), strict=True))))


def masked(mask: Any, x: Any) -> Any:
    """x, and 0 where nothing counts."""
    return x if mask is None else jnp.where(mask, x, 0.0)


def together(mask: Any, z: Any) -> Any:
    """z, with a row of it for each row of the mask: its tangent has one, and vmap wants both alike."""
    return z if mask is None else jnp.where(mask, z, z)


def both(mask: Any, more: Any) -> Any:
    """Where the mask, None for everywhere, and a further condition hold."""
    return more if mask is None else jnp.logical_and(mask, more)


@functools.cache
def _differentiable(name: str) -> Any:
    """The row as a function with a rule of its own; the partials in that rule are made of such functions again."""
    operands, selects = TABLE[name].operands, TABLE[name].selects.split()

    @jax.custom_jvp
    def function(mask: Any, *xs: Any) -> Any:
        return together(mask, value(name, *xs))

    def rule(primals: Any, tangents: Any) -> Any:
        mask, *xs = primals
        z = _differentiable(name)(mask, *xs)
        names = dict(zip((*operands, "z"), (*xs, z), strict=True))
        total: Any = 0.0
        for k, tangent in enumerate(tangents[1:]):
            formula = _partial_of(name, k)
            if isinstance(tangent, SymbolicZero) or _is_number(formula, 0):
                continue
            if _is_number(formula, 1):
                total = total + tangent
                continue
            partial = masked(mask, _masked(formula, names, mask))
            share = partial * tangent
            if operands[k] in selects:
                share = jnp.where(_is_chosen(partial), share, 0.0)
            total = total + share
        return z, jnp.broadcast_to(jnp.asarray(total, z.dtype), z.shape)

    function.defjvp(rule, symbolic_zeros=True)
    return function


def _is_chosen(partial: Any) -> Any:
    return jnp.logical_or(partial != 0.0, jnp.signbit(partial))


# ---- formulas, read


@functools.cache
def _value_of(name: str) -> tuple[ast.expr, tuple[str, ...]]:
    return _formula(name, 0, TABLE[name].value), TABLE[name].operands


@functools.cache
def _partial_of(name: str, k: int) -> ast.expr:
    return _formula(name, k + 1, TABLE[name].partials[k])


def _formula(name: str, which: int, text: str) -> ast.expr:
    if name in RULES and not RULES[name].formulas[which]:
        raise JitError(
            f"to_jax: {name} is given by a Python function, which JAX cannot run; give the operation's value and "
            "partials as formulas"
        )
    return ast.parse(text.strip(), mode="eval").body


def _is_number(formula: ast.expr, number: float) -> bool:
    return isinstance(formula, ast.Constant) and formula.value == number


def _plain(formula: ast.expr, names: dict[str, Any]) -> Any:
    """The formula's number."""
    match formula:
        case ast.Constant(value=number):
            return float(number)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_plain(operand, names)
        case ast.BinOp(left=left, op=op, right=right):
            x, y = _plain(left, names), _plain(right, names)
            if isinstance(op, ast.Div):
                x = jnp.asarray(x)  # of two floats Python would make the quotient, and raise for 0
            return _ARITHMETIC[_OPERATORS[type(op)]](x, y)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return jnp.where(_condition(test, names), _plain(body, names), _plain(orelse, names))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            xs = [_plain(argument, names) for argument in arguments]
            return LIBRARY[name](*xs) if name in LIBRARY else value(name, *xs)
        case _:
            raise ValueError(f"a formula cannot hold {ast.unparse(formula)!r}")


def _masked(formula: ast.expr, names: dict[str, Any], mask: Any) -> Any:
    """The formula's number, made of rows, so that it can be differentiated; in a branch that is not taken nothing
    counts."""
    match formula:
        case ast.Constant(value=number):
            return float(number)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_masked(operand, names, mask)
        case ast.BinOp(left=left, op=op, right=right):
            return row(_OPERATORS[type(op)], mask, _masked(left, names, mask), _masked(right, names, mask))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            taken = _condition(test, names)
            x = _masked(body, names, both(mask, taken))
            y = _masked(orelse, names, both(mask, jnp.logical_not(taken)))
            return jnp.where(taken, x, y)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            xs = [_masked(argument, names, mask) for argument in arguments]
            if name == "pow" and isinstance(arguments[1], ast.Constant):
                name = "powc"
            return row(ROW_OF_LIBRARY.get(name, name), mask, *xs)
        case _:
            raise ValueError(f"a formula cannot hold {ast.unparse(formula)!r}")


def _condition(test: ast.expr, names: dict[str, Any]) -> Any:
    """Where the condition holds; no derivative goes through it."""
    match test:
        case ast.BoolOp(op=op, values=tests):
            join = jnp.logical_and if isinstance(op, ast.And) else jnp.logical_or
            return functools.reduce(join, [_condition(part, names) for part in tests])
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return jnp.logical_not(_condition(operand, names))
        case ast.Compare(left=left, ops=ops, comparators=others):
            terms = [_side(term, names) for term in (left, *others)]
            links = [_COMPARISONS[type(op)](x, y) for op, x, y in zip(ops, terms, terms[1:], strict=False)]
            return functools.reduce(jnp.logical_and, links)
        case _:
            return _side(test, names) != 0.0


def _side(formula: ast.expr, names: dict[str, Any]) -> Any:
    if isinstance(formula, (ast.Compare, ast.BoolOp)):
        return _condition(formula, names)
    return jax.lax.stop_gradient(_plain(formula, names))
