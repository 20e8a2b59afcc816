"""Activations by name: the engine's own unary functions, in one fixed table.

Names come from callers and from files, so they are looked up here and never by `getattr`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from autograd import Value
from nn.wording import nearest

Function: TypeAlias = Callable[[Any], Any]
Activation: TypeAlias = str | Function | None

# Of the engine's functions those that keep a gradient on the whole line: steps and partial domains are left out.
_NAMES = ("relu leaky_relu elu gelu silu softplus sigmoid tanh erf atan asinh sin cos exp square abs").split()

# The methods are half the price of the functions of the same names, which look whether they got a Value.
ACTIVATIONS: dict[str, Function | None] = {"linear": None} | {name: getattr(Value, name) for name in _NAMES}


def activation_function(activation: Activation) -> Function | None:
    """The function behind an activation's name, a callable itself, or None for "linear" and None.

    A callable is tried once on `Value(0.5)`: one that returns a plain number, as `math.tanh` does, would cut the
    graph and train nothing. Raises ValueError for an unknown name, TypeError for anything that cannot be one.
    """
    if activation is None:
        return None
    if isinstance(activation, str):
        return _named(activation)
    if not callable(activation):
        raise TypeError(f"activation must be a name or a function of one Value, got {type(activation).__name__}")
    tried = activation(Value(0.5))
    if not isinstance(tried, Value):
        raise TypeError(
            f"activation {activation_name(activation)} returned {type(tried).__name__} for a Value; "
            "build it from the functions in autograd, so that gradients can pass"
        )
    return activation


def activation_name(activation: Activation) -> str:
    """How an activation is written in reprs and messages."""
    if activation is None:
        return "linear"
    return activation if isinstance(activation, str) else getattr(activation, "__name__", type(activation).__name__)


def _named(name: str) -> Function | None:
    if name in ACTIVATIONS:
        return ACTIVATIONS[name]
    if name == "softmax":
        raise ValueError(
            "softmax works on a whole row, not on one neuron: leave the output linear and use nn.cross_entropy "
            "for training, autograd.softmax(model(x)) for probabilities"
        )
    near = nearest(name, ACTIVATIONS)
    hint = f"; did you mean {near!r}?" if near else "."
    raise ValueError(f"unknown activation {name[:40]!r}{hint} Choices: {', '.join(ACTIVATIONS)}")
