"""What can be switched on for a while: no_grad, detect_anomaly, record_source, scope.

A node is made without looking at any of these: value.py keeps one flag that says whether any thread has switched
something on, and only then asks here. Scopes are cheaper still: a new node shares the current scope's note. That note
is one for all threads: with several recording at once under different scopes, pictures may group a node wrongly.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from contextlib import contextmanager
from typing import Any

from autograd import value as engine
from autograd.anomalies import AnomalyError, check_backward, described
from autograd.value import Value

__all__ = ["AnomalyError", "detect_anomaly", "no_grad", "record_source", "scope"]


class _Modes(threading.local):
    """What is on in this thread."""

    gradless = 0
    anomaly = 0
    source = 0

    def observe(self, z: Value) -> Value:
        """Called with every new node; returns the one to hand out."""
        if self.source:
            engine.annotate(z, (z.label, z.scope, user_line()))
        if self.anomaly and z.op and not math.isfinite(engine.data_of(z)):
            raise AnomalyError(described(z, f"gave {engine.data_of(z)!r}"))
        return engine.cut(z) if self.gradless and z.op else z

    def inspect(self, root: Value) -> None:
        """Called after a backward pass."""
        if self.anomaly:
            check_backward(root)


modes = _Modes()
_switched_on = 0
_counting = threading.Lock()


@contextmanager
def switched(name: str, on: Any):
    """Have the mode `name` of this thread changed to `on` within the block, and the engine watching."""
    global _switched_on
    before = getattr(modes, name)
    with _counting:
        _switched_on += 1
        engine.watch(modes)
    setattr(modes, name, on)
    try:
        yield
    finally:
        setattr(modes, name, before)
        with _counting:
            _switched_on -= 1
            if not _switched_on:
                engine.watch(None)


def no_grad():
    """Within the block (or the decorated function) operations record nothing: results are leaves."""
    return switched("gradless", 1)


def record_source():
    """Within the block every node remembers the line of the program that made it (`Value.source`)."""
    return switched("source", 1)


@contextmanager
def detect_anomaly():
    """Within the block the first nan or infinity, forward or backward, raises `AnomalyError`.

    The message names the operation, its inputs and the line of the program that made the node. Costs nothing outside.
    """
    with switched("source", 1), switched("anomaly", 1):
        yield


def user_line() -> str:
    """Where in the user's program we are: the innermost frame outside of this project's packages."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(_OURS):
        frame = frame.f_back
    if frame is None:
        return ""
    return f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno} in {frame.f_code.co_name}"


_ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OURS = (*(os.path.join(_ROOT, package) + os.sep for package in ("autograd", "nn", "viz")), "autograd/")


class scope:
    """`with scope("hidden 1"):` names the group that the nodes made inside belong to in pictures.

    Nested scopes join to a path, "mlp/hidden 1". A scope object may be entered again and again; that is cheap.
    """

    __slots__ = ("name", "_outer", "_note", "_before")

    def __init__(self, name: str):
        if not isinstance(name, str):
            raise TypeError(f"scope: the name must be a string, got {type(name).__name__}")
        self.name = name
        self._outer: Any = self  # no note yet
        self._note: Any = None
        self._before: list[Any] = []

    def __enter__(self) -> scope:
        outer = engine.note_with(None)
        if outer is not self._outer:
            path = f"{outer[1]}/{self.name}" if outer is not None and outer[1] else self.name
            self._outer, self._note = outer, ("", path, "")
        self._before.append(outer)
        engine.note_with(self._note)
        return self

    def __exit__(self, *exception: object) -> None:
        engine.note_with(self._before.pop())
