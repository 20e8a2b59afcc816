"""Which transforms are running in this thread, and what their variables are.

A transform calls the user's function on variables of its own. While it runs, whatever asks for the number behind a
Value by way of `float(v)`, as `math.exp` does, would lose the derivative without a word, so that is an error there; and
a transform inside it gives Values, not floats, where its result depends on these variables.
"""

from __future__ import annotations

import threading
from typing import Any

from autograd import hooks
from autograd.differentiation.tape import tape_between
from autograd.modes import Switch, modes, switched
from autograd.numbers import LostDerivativeError
from autograd.value import Value


class _Running(threading.local):
    """The transforms that run in this thread, outermost first: variables, and what `older_nodes` gives.

    A tuple that is replaced, not a list that is changed: whatever breaks a transform off, one assignment takes it back.
    """

    transforms: tuple[tuple[list[Value], tuple[dict[Value, bool], ...]], ...] = ()
    unrecorded: list[Value] | None = None  # the arguments of a recorded function that runs as it is


_running = _Running()


def enclosing() -> list[Value]:
    """The variables of all transforms that are running."""
    return [x for variables, _ in _running.transforms for x in variables]


def older_nodes() -> tuple[dict[Value, bool], ...]:
    """What is known of nodes that inner transforms have walked over, for `tape_between` to know again; see there."""
    return _running.transforms[-1][1] if _running.transforms else ()


def called(
    f: Any, arguments: list[Any], options: dict[str, Any], variables: list[Value], *, new: bool = True
) -> Any:  # fmt: skip
    """What f returns while a transform with these variables runs; within it, no_grad is off.

    Arguments:
        new: whether the variables were made for this call, so that no node that is known may depend on them.
    """
    before = _running.transforms
    transform = (variables, (*older_nodes(), {}) if new else ({},))
    user = object()
    try:
        _running.transforms = (*before, transform)
        _asking.on(user)
        if modes.gradless:
            with switched(gradless=0):
                return f(*arguments, **options)
        return f(*arguments, **options)
    finally:
        _running.transforms = before
        _asking.off(user)


def is_differentiated(v: Value) -> bool:
    """Whether it depends on a variable of a transform that is running."""
    return bool(_running.transforms) and tape_between([v], enclosing(), []).outputs[0] >= 0


def as_recorded(f: Any, arguments: Any, options: Any, leaves: list[Value]) -> Any:
    """What a recorded function that runs as it is returns; what depends on its arguments is copied as when recorded."""
    before = _running.unrecorded
    try:
        _running.unrecorded = leaves
        return f(*arguments, **options)
    finally:
        _running.unrecorded = before


def is_recorded(v: Value) -> bool:
    """Whether it depends on an argument of a recorded function that runs as it is."""
    leaves = _running.unrecorded
    return bool(leaves) and tape_between([v], leaves, [], True).outputs[0] >= 0


def _before_float(v: Value) -> None:
    if is_differentiated(v):
        raise LostDerivativeError(
            "float() of a Value would lose its derivative, and this one depends on what is being differentiated; "
            "use the functions of autograd (autograd.exp for math.exp, autograd.sum for math.fsum, autograd.norm for "
            "math.hypot), or v.detach() or v.data for a constant"
        )


_asking = Switch(lambda on: hooks.ask_before_float(_before_float if on else None))
