"""Expressions typed by a user, such as "tanh(a*b + c)", turned into a graph without ever being executed.

One decision: Python's parser reads the text, and only the kinds of syntax listed here are walked; names are looked up
in the given variables and the engine's table, nothing else is reachable. Numbers are floats from the start, so that
no expression can compute a huge integer.
"""

from __future__ import annotations

import ast
import math
import operator
import os
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

import autograd
from autograd import TABLE, Value
from nn.wording import nearest
from viz.drawing import render
from viz.svg.labels import clean
from viz.svg.render import checked_path, format_of

LONGEST = 2_000  # characters
DEEPEST = 100  # operations inside one another

_OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: operator.pow,
        ast.Mod: operator.mod,
        ast.FloorDiv: operator.floordiv,
    }
)
_CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "tau": math.tau, "e": math.e})


def _power(x: Value | float, y: Value | float) -> Value | float:
    return _applied(operator.pow, x, y)


FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {name: getattr(autograd, name) for name, row in TABLE.items() if row.public and hasattr(autograd, name)}
    | {"pow": _power}
)
_REDUCTIONS = frozenset(name for name, row in TABLE.items() if row.reduction)


def parse(text: str, variables: Mapping[str, float | Value]) -> Value:
    """The Value of an expression in the given variables, its graph labeled with their names.

    Arithmetic (+ - * / ** % //), numbers, pi, tau, e, the functions of the engine's table, as tanh(x) or x.tanh(),
    and lists as arguments of sum, mean, prod, dot, logsumexp, norm, max and min. A variable goes before a constant of
    its name.

    >>> parse("a * b + 1", {"a": 2, "b": 3})
    Value(7.0, grad=0.0)

    Raises ValueError showing the place: syntax that is not arithmetic, unknown names (with a suggestion), variables
    without a number, wrong numbers of arguments, more than 2,000 characters or 100 levels; TypeError for a text that is
    no str.
    """
    if not isinstance(text, str):
        raise TypeError(f"expression: the text must be a str, got {type(text).__name__}")
    if len(text) > LONGEST:
        raise ValueError(f"expression: at most {LONGEST:,} characters can be drawn, got {len(text):,}")
    if not text.strip():
        raise ValueError('expression: the text is empty; write something such as "tanh(a*b + c)"')
    reader = _Reader(text.strip(), variables)
    result = reader.read(_tree(text.strip()), 0)
    if isinstance(result, list):
        raise ValueError("expression: the result is a list; reduce it, for example with sum([...])")
    return result if isinstance(result, Value) else Value(result)


def draw_expression(
    text: str, variables: Mapping[str, float | Value], path: str | os.PathLike[str], **options: Any
) -> Path:
    """The graph of an expression with all gradients filled in, drawn into the file `path`; `options` are `viz.draw`'s.

    A path that ends in .html gets the page that steps through it (`options` are `viz.page`'s). Returns the path. Raises
    what `parse`, `viz.render` and `viz.page` raise; nothing is written then.
    """
    target = checked_path(path)
    paged = target.suffix.lower() in (".html", ".htm")
    if not paged:
        format_of(target, also=(".html",))
    value = parse(text, variables)
    if paged:
        from viz.pages.page import page

        value.label = value.label or clean(text)
        page(value, target, title=f"Backpropagation through {clean(text)}", **options)
        return target
    value.backward()
    return render(value, path, **options)


def _applied(apply: Callable[[Any, Any], Any], x: Value | float, y: Value | float) -> Value | float:
    if isinstance(x, Value) or isinstance(y, Value):
        return apply(x, y)
    return apply(Value(x), y).data  # two constants: the engine's arithmetic, which never raises


def _tree(text: str) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parser's advice about odd literals is not for this user
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        place = (error.offset or len(text) + 1) - 1 if error.lineno in (None, 1) else None  # 0: at the end
        raise ValueError(_shown(text, f"expression: {error.msg}", place, 1)) from None
    except (MemoryError, RecursionError, ValueError):
        raise ValueError(
            f"expression: {clean(text)!r} is nested too deeply or holds characters that cannot be read"
        ) from None


def _shown(text: str, message: str, place: int | None, width: int) -> str:
    """The message and, where the text is one short line, the text with carets below the place."""
    if place is None or "\n" in text or len(text) > 200 or not text.isprintable():
        return message
    return f"{message}\n  {text}\n  {' ' * place}{'^' * max(width, 1)}"


class _Reader:
    """Walks one expression; holds its text for errors and one Value for each variable."""

    def __init__(self, text: str, variables: Mapping[str, float | Value]) -> None:
        self._text = text
        self._given = variables
        self._values: dict[str, Value] = {}

    def read(self, node: ast.expr, depth: int) -> Any:
        if depth > DEEPEST:
            self._fail(node, f"more than {DEEPEST} operations inside one another")
        match node:
            case ast.Constant():
                return self._number(node)
            case ast.Name():
                return self._variable(node)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
                inside = self._scalar(node.operand, depth)
                return -inside if isinstance(node.op, ast.USub) else inside
            case ast.BinOp():
                return self._binary(node, depth)
            case ast.Call():
                return self._call(node, depth)
            case ast.List() | ast.Tuple():
                return [self._scalar(item, depth) for item in node.elts]
            case ast.Attribute():
                self._fail(
                    node, f"attributes such as .{clean(node.attr)} cannot be read; functions are called: x.tanh()"
                )
        self._fail(node, f"{_named(node)} cannot be drawn; only arithmetic and functions can")

    def _scalar(self, node: ast.expr, depth: int) -> Any:
        result = self.read(node, depth + 1)
        if isinstance(result, list):
            self._fail(node, "a list stands where a number is needed; lists are for sum, mean, dot and the like")
        return result

    def _number(self, node: ast.Constant) -> float:
        if type(node.value) not in (int, float):
            self._fail(node, f"{type(node.value).__name__} is not a number that can be drawn")
        try:
            return float(node.value)  # type: ignore[arg-type]
        except OverflowError:
            self._fail(node, "this number is too large for a float")

    def _variable(self, node: ast.Name) -> Value | float:
        name = node.id
        if name in self._given:
            if name not in self._values:
                given = self._given[name]
                self._values[name] = given if isinstance(given, Value) else Value(given, name)
            return self._values[name]
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in FUNCTIONS:
            self._fail(node, f"{name} is a function; call it: {name}(x)")
        near = nearest(name, [*self._given, *_CONSTANTS])
        hint = f"did you mean {near}?" if near else f"give it a number: {clean(name)}=1.0"
        self._fail(node, f"the variable {clean(name)} has no number; {hint}")

    def _binary(self, node: ast.BinOp, depth: int) -> Value | float:
        apply = _OPERATORS.get(type(node.op))
        if apply is None:
            hint = "; powers are written **" if isinstance(node.op, ast.BitXor) else ""
            self._fail(node, f"this operator is not arithmetic{hint}")
        left, right = self._scalar(node.left, depth), self._scalar(node.right, depth)
        return _applied(apply, left, right)

    def _call(self, node: ast.Call, depth: int) -> Value | float:
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            self._fail(node, "arguments are given by place, without names or stars")
        arguments = list(node.args)
        if isinstance(node.func, ast.Attribute):
            name = node.func.attr
            arguments.insert(0, node.func.value)
        elif isinstance(node.func, ast.Name):
            name = node.func.id
        else:
            self._fail(node, "only functions of the table can be called")
        function = FUNCTIONS.get(name)
        if function is None:
            near = nearest(name, FUNCTIONS)
            self._fail(node.func, f"there is no function {clean(name)}{f'; did you mean {near}?' if near else ''}")
        read = [self.read(argument, depth + 1) for argument in arguments]
        if name in _REDUCTIONS:
            return self._reduced(node, name, function, read)
        if any(isinstance(argument, list) for argument in read):
            self._fail(node, f"{name} takes numbers, not lists")
        wanted = len(TABLE[name].operands)
        if name in ("leaky_relu", "elu") and len(read) == 1:
            wanted = 1  # their second operand has a default
        if len(read) != wanted:
            self._fail(node, f"{name} takes {wanted} argument{'s' * (wanted > 1)}, got {len(read)}")
        return function(*read)

    def _reduced(self, node: ast.Call, name: str, function: Callable[..., Any], read: list[Any]) -> Any:
        lists = [argument for argument in read if isinstance(argument, list)]
        if name == "dot":
            if len(read) != 2 or len(lists) != 2 or len(read[0]) != len(read[1]):
                self._fail(node, "dot takes two lists of equal length: dot([a, b], [c, d])")
        elif lists and len(read) > 1:
            self._fail(node, f"{name} takes one list, {name}([a, b]), or numbers, {name}(a, b)")
        elif not lists:
            read = [read]
        try:
            return function(*read)
        except (TypeError, ValueError) as error:
            self._fail(node, str(error))

    def _fail(self, node: ast.expr, message: str) -> NoReturn:
        start = len(self._text.encode()[: node.col_offset].decode("utf-8", "ignore")) if node.lineno == 1 else None
        width = (node.end_col_offset or 0) - node.col_offset if node.end_lineno == node.lineno else 1
        raise ValueError(_shown(self._text, f"expression: {message}", start, width))


def _named(node: ast.expr) -> str:
    """What a kind of syntax is called, so that the user recognizes it."""
    names = {ast.Compare: "a comparison", ast.BoolOp: "and/or", ast.Subscript: "an index", ast.Lambda: "a lambda"}
    return names.get(type(node), f"Python's {type(node).__name__}")
