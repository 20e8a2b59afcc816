"""What the engine knows of operations that users have made: it grows with the table, and custom.py fills it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from autograd.node import data_of
from autograd.primitives import Row
from autograd.value import Value


class Rule(NamedTuple):
    """What the engine needs of a row beyond the table; each partial takes the operands and the result."""

    row: Row
    code: int
    formulas: tuple[str, ...]  # of the value and the partials, "" for what is a Python function
    value: Callable[..., float]
    partials: tuple[Callable[..., Any], ...]
    of_values: tuple[Callable[..., Any], ...]
    function: Callable[..., Any]


RULES: dict[str, Rule] = {}


def partial_beyond_table(z: Value, k: int) -> Any:
    """The partial of a node of such an operation in the direction of its operand k, as a Value or a float."""
    return _rule_of_node(z).of_values[k](*z.operands, z)


def anew(z: Value) -> Value:
    """The same operation on new leaves with the same numbers."""
    operands = tuple([Value(data_of(x)) if type(x) is Value else x for x in z.operands])
    return _rule_of_node(z).function(*operands)


def rule_of(name: str) -> Rule:
    """What is known of such an operation."""
    return RULES[name]


def value_of(name: str) -> Callable[..., float] | None:
    """The value of such an operation as a function of floats; None where there is no operation of that name."""
    return RULES[name].value if name in RULES else None


def _rule_of_node(z: Value) -> Rule:
    if z.op not in RULES:
        raise NotImplementedError(
            f"{z.op}: this operation knows its derivative as a number only, so it cannot be differentiated twice; "
            "call the function it was made from instead"
        )
    return RULES[z.op]
