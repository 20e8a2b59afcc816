"""A switch of the engine that is on while anybody, in any thread, needs it.

Users are kept in a set, not counted: `off` may come twice or without `on`, as it does where an exception or Ctrl-C came
between. Turning off asks for no memory, which may be what has run out; that is why no `with` takes the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class Switch:
    """Calls `turn(True)` and `turn(False)`; a user is any object."""

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
