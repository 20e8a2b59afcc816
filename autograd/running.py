"""Which transforms are running in this thread, and what their variables are.

A transform calls the user's function on variables of its own. While it runs, whatever asks for the number behind a
Value by way of `float(v)`, as `math.exp` does, would lose the derivative without a word, so that is an error there; and
a transform inside it gives Values, not floats, where its result depends on these variables.
"""

from __future__ import annotations

import threading
from typing import Any

from autograd import value as engine
from autograd.modes import modes, switched
from autograd.numbers import LostDerivativeError
from autograd.tape import record
from autograd.value import Value


class _Running(threading.local):
    """Of each transform that runs in this thread, outermost first, the variables, and what `older_nodes` gives."""

    def __init__(self) -> None:
        self.variables: list[list[Value]] = []
        self.older: list[tuple[dict[Value, bool], ...]] = []


_running = _Running()
_how_many = 0
_counting = threading.Lock()


def enclosing() -> list[Value]:
    """The variables of all transforms that are running."""
    return [x for variables in _running.variables for x in variables]


def older_nodes() -> tuple[dict[Value, bool], ...]:
    """What is known of nodes that inner transforms have walked over, for `record` to know again; see there."""
    return _running.older[-1] if _running.older else ()


def called(
    f: Any, arguments: list[Any], options: dict[str, Any], variables: list[Value], *, new: bool = True
) -> Any:  # fmt: skip
    """What f returns while a transform with these variables runs; within it, no_grad is off.

    Arguments:
        new: whether the variables were made for this call, so that no node that is known may depend on them.
    """
    global _how_many
    older = (*older_nodes(), {}) if new else ({},)
    _running.variables.append(variables)
    _running.older.append(older)
    with _counting:
        _how_many += 1
        engine.ask_before_float(_before_float)
    try:
        if modes.gradless:
            with switched("gradless", 0):
                return f(*arguments, **options)
        return f(*arguments, **options)
    finally:
        _running.variables.pop()
        _running.older.pop()
        with _counting:
            _how_many -= 1
            if not _how_many:
                engine.ask_before_float(None)


def _before_float(v: Value) -> None:
    if _running.variables and record([v], enclosing(), []).outputs[0] >= 0:
        raise LostDerivativeError(
            "float() of a Value would lose its derivative, and this one depends on what is being differentiated; "
            "use the functions of autograd (autograd.exp for math.exp), or v.detach() or v.data for a constant"
        )
