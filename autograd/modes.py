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
from collections.abc import Callable
from contextlib import ContextDecorator
from typing import Any, NamedTuple

from autograd import hooks
from autograd.anomalies import AnomalyError, check_backward, described
from autograd.differentiation.nodes import annotate
from autograd.node import data_of
from autograd.value import Value, cut

__all__ = ["AnomalyError", "detect_anomaly", "no_grad", "record_source", "scope"]


class _Settings(NamedTuple):
    """What is on. Replaced as a whole: one assignment puts back what was before, whatever comes between."""

    gradless: int = 0
    anomaly: int = 0
    source: int = 0


class _Modes(threading.local):
    """What is on in this thread."""

    settings = _Settings()

    @property
    def gradless(self) -> int:
        return self.settings.gradless

    @property
    def anomaly(self) -> int:
        return self.settings.anomaly

    @property
    def source(self) -> int:
        return self.settings.source

    def observe(self, z: Value) -> Value:
        """Called with every new node; returns the one to hand out."""
        if self.source:
            annotate(z, (z.label, z.scope, user_line()))
        if self.anomaly and z.op and not math.isfinite(data_of(z)):
            raise AnomalyError(described(z, f"gave {data_of(z)!r}"))
        return cut(z) if self.gradless and z.op else z

    def inspect(self, root: Value) -> None:
        """Called after a backward pass."""
        if self.anomaly:
            check_backward(root)


modes = _Modes()


class Switch:
    """Calls `turn(True)` while anybody, in any thread, needs it, and `turn(False)`; a user is any object.

    Users are kept in a set, not counted: `off` may come twice or without `on`, as it does where an exception or Ctrl-C
    came between. Turning off asks for no memory, which may be what has run out; that is why no `with` takes the lock.
    """

    __slots__ = ("_turn", "_users", "_acquire", "_release")

    def __init__(self, turn: Callable[[bool], Any]):
        self._turn = turn
        self._users: set[object] = set()
        lock = threading.RLock()
        self._acquire, self._release = lock.acquire, lock.release

    def on(self, user: object) -> None:
        """It is on at least until this user calls `off`."""
        self._users.add(user)
        self._settle()

    def off(self, user: object) -> None:
        """This user needs it no longer."""
        self._users.discard(user)
        self._settle()

    def _settle(self) -> None:
        try:
            self._acquire()
            self._turn(bool(self._users))
        finally:
            self._let_go()

    def _let_go(self) -> None:
        try:
            self._release()
        except RuntimeError:  # interrupted while it waited
            return


_watching = Switch(lambda on: hooks.watch(modes if on else None))


class switched(ContextDecorator):
    """Has modes of this thread changed within the block, such as gradless=0, and the engine watching.

    No generator: Ctrl-C between the lines of contextlib would leave the mode on. Leaving asks for no memory.
    """

    def __init__(self, **changes: int):
        self._changes = changes
        self._before: Any = None  # settings, user of the switch, and the same of the entry before

    def _recreate_cm(self) -> switched:  # of a decorator, for each call: threads may call at once
        return switched(**self._changes)

    def __enter__(self) -> None:
        before = modes.settings, object(), self._before
        self._before = before
        try:
            _watching.on(before[1])
            modes.settings = before[0]._replace(**self._changes)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        modes.settings, user, self._before = self._before
        _watching.off(user)


def no_grad():
    """Within the block (or the decorated function) operations record nothing: results are leaves.

    >>> from autograd import Value, no_grad
    >>> with no_grad():
    ...     y = Value(2.0) * 3
    >>> y, y.inputs
    (Value(6.0, grad=0.0), ())
    """
    return switched(gradless=1)


def record_source():
    """Within the block every node remembers the line of the program that made it (`Value.source`).

    >>> from autograd import Value, record_source
    >>> with record_source():
    ...     y = Value(2.0) * 3
    >>> y.source != ""
    True
    """
    return switched(source=1)


def detect_anomaly():
    """Within the block the first nan or infinity, forward or backward, raises `AnomalyError`.

    The message names the operation, its inputs and the line of the program that made the node. Costs nothing outside.

    >>> from autograd import Value, detect_anomaly
    >>> with detect_anomaly():
    ...     Value(1.0) / 0.0  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    autograd.anomalies.AnomalyError: div(1.0, 0.0) gave inf
    """
    return switched(source=1, anomaly=1)


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

    >>> from autograd import Value, scope
    >>> with scope("network"), scope("hidden"):
    ...     h = Value(2.0).tanh()
    >>> h.scope
    'network/hidden'
    """

    __slots__ = ("name", "_outer", "_note", "_before")

    def __init__(self, name: str):
        if not isinstance(name, str):
            raise TypeError(f"scope: the name must be a string, got {type(name).__name__}")
        self.name = name
        self._outer: Any = self  # no note yet
        self._note: Any = None
        self._before: Any = None  # the note outside, and the same of the entry before

    def __enter__(self) -> scope:
        outer = hooks.noted()
        if outer is not self._outer:
            path = f"{outer[1]}/{self.name}" if outer is not None and outer[1] else self.name
            self._outer, self._note = outer, ("", path, "")
        before = self._before
        self._before = outer, before
        try:
            hooks.note_with(self._note)
        except BaseException:  # Ctrl-C: nobody will leave what was not quite entered
            self._before = before
            hooks.note_with(outer)
            raise
        return self

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        outer, self._before = self._before
        hooks.note_with(outer)
