"""The call of the function that is recorded: from here on inwards, frames are the function's.

Never compiled: what looks for the user's code among the frames ends at this one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd import hooks
from autograd.jit.watching import frames


def run(f: Callable[..., Any], args: Any, kwargs: Any, recorder: Any, observation: Any) -> Any:
    """What f returns, with the recorder on and the observation under way."""
    try:  # from the first step on: a signal may raise between any two
        hooks.record_with(recorder)
        observation.begin()
        return f(*args, **kwargs)
    finally:
        try:  # first what is C in the compiled twin, which begins whatever signals come
            hooks.record_with(None)
        finally:
            frames.end()
            observation.end()


OUTERMOST = run.__code__
