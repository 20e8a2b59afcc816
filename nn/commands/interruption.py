"""Ctrl-C, SIGTERM and SIGHUP while a command makes files: noted always, raised only where that loses nothing.

Python raises KeyboardInterrupt between any two instructions, also between the end of a computation and the line that
keeps its result. Here a signal is noted, and raised inside `with signals.raising()` alone.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nn.commands.launch import SIGNALS, end_before, end_now, words
from nn.wording import place, reason

INSISTING = 3.0  # seconds after a signal that could not be raised, another is raised all the same: something is stuck


class Interrupted(KeyboardInterrupt):
    """The signal `number` came."""

    def __init__(self, number: int) -> None:
        super().__init__(words(number))
        self.number = number


def number_of(interruption: KeyboardInterrupt) -> int:
    """The signal behind an exception; Python's own stands for Ctrl-C."""
    return interruption.number if isinstance(interruption, Interrupted) else int(signal.SIGINT)


class Signals:
    """A `with` block in which signals are noted; where they may be raised is said by `raising`.

    Signals that were ignored before stay ignored, and in a thread other than the main one, which may not ask for
    signals, nothing is changed.
    """

    def __init__(self) -> None:
        self.noted: int | None = None  # the first that came and was not taken yet
        self._since = 0.0  # when that was
        self._may_raise = False
        self._previous: dict[int, Any] = {}
        self._complain = sys.unraisablehook

    def __enter__(self) -> Signals:
        for number in SIGNALS if threading.current_thread() is threading.main_thread() else ():
            previous = signal.getsignal(number)
            if previous is not None and previous != signal.SIG_IGN:
                self._previous[number] = previous
                signal.signal(number, self._came)
        sys.unraisablehook = self._unraisable
        return self

    def __exit__(self, *_: object) -> None:
        sys.unraisablehook = self._complain
        for number, previous in self._previous.items():
            signal.signal(number, end_now if previous is end_before else previous)

    @contextmanager
    def raising(self, may_raise: bool = True) -> Iterator[None]:
        """Signals raise `Interrupted` in this block, one that was noted before at its beginning."""
        outer, self._may_raise = self._may_raise, may_raise
        try:
            self.check()
            yield
        finally:
            self._may_raise = outer
        self.check()

    def held(self) -> Any:
        """Inside of `raising`, a block in which signals wait for its end."""
        return self.raising(False)

    def check(self) -> None:
        """Raise what was noted, where that may be: out of a destructor or callback no exception gets."""
        if self.noted is not None and self._may_raise:
            raise Interrupted(self.noted)

    def taken(self) -> int | None:
        """The signal that was noted, which from then on is dealt with."""
        number, self.noted = self.noted, None
        return number

    def _came(self, number: int, frame: object) -> None:
        now = time.monotonic()
        if self.noted is None:
            self.noted, self._since = number, now
        if self._may_raise or now - self._since >= INSISTING:
            raise Interrupted(self.noted)

    def _unraisable(self, unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, Interrupted):  # which is noted, and raised at the next check
            self._complain(unraisable)


@contextmanager
def writing(out: str) -> Iterator[None]:
    """Within the block files are made at `--out`: an interruption removes what was begun, and what the system cannot
    do is told as a ValueError."""
    try:
        with Signals() as signals, signals.raising():
            yield
    except OSError as error:
        if error.errno is None:  # said by viz, in words of its own
            raise
        raise ValueError(f"--out '{place(out)}' cannot be written: {reason(error)}") from None
