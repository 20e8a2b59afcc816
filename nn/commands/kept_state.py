"""What `--resume` goes on from, on the disk from the beginning of a run on, for the case that the process is killed.

At first it says how the run began, then what it was after an epoch, written whenever all writing together has not taken
more than a fiftieth of the time: about every third of a second for a small network, every 10 seconds for 40,000
parameters. What was in the folder before stays until the training has come to its end.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from nn.commands.interruption import Signals
from nn.commands.kept_model import free_name
from nn.commands.resumption import STATE
from nn.commands.run_folder import MODEL

SHARE = 0.02  # of the time, at most, goes into writing
A_PARAMETER = 5e-6  # seconds that one takes at first guess: five numbers as text
PATIENCE = 1.0  # seconds after a failure until it is tried again

State = dict[str, Any]


class KeptState:
    """A `with` block in which the state of a run is kept in `folder`; without any epoch, nothing is left of it.

    `write(path, training)` writes the file. `resumed` is the file that the run goes on from, if any; where it lies in
    the folder, it is kept up to date.
    """

    def __init__(
        self, folder: Path, write: Callable[[Path, State | None], None], signals: Signals, *, parameters: int,
        resumed: Path | None, began: float,
    ) -> None:  # fmt: skip
        self._write = write
        self._signals = signals
        self._began = began
        self._final = folder / STATE
        self._in_place = resumed is not None and resumed.parent.resolve() == folder.resolve()
        older = os.path.lexists(self._final) or os.path.lexists(folder / MODEL)
        self._meanwhile = free_name(folder, "state") if older else self._final
        if self._in_place and resumed is not None:
            self._meanwhile = resumed
        self._useful = self._in_place  # whether there is an epoch in what was written
        self._cost = A_PARAMETER * parameters
        self._spent = 0.0
        self._retry = 0.0

    def __enter__(self) -> KeptState:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._useful:
            with suppress(OSError):
                self._meanwhile.unlink(missing_ok=True)

    def begin(self, training: State | None) -> None:
        """Write what the run begins with: nothing, or the state that it goes on from."""
        if not self._in_place:
            self._tried(lambda: training)

    def see(self, state: Callable[[], State]) -> None:
        """Write the state if it is time; for `fit`'s `checkpoint`."""
        now = time.perf_counter()
        if now >= self._retry and self._spent + self._cost <= SHARE * (now - self._began):
            with self._signals.held():
                self._tried(state)

    def finish(self, training: State | None) -> None:
        """Have the last state in its place; raises what writing it raises."""
        if training is not None:
            self._write(self._final, training)
            if self._meanwhile != self._final:
                self._meanwhile.unlink(missing_ok=True)
        elif not self._useful:
            return
        elif self._meanwhile != self._final:
            os.replace(self._meanwhile, self._final)
        self._useful, self._meanwhile = True, self._final

    def _tried(self, state: Callable[[], State | None]) -> None:
        """Write it; a failure costs the state alone, and the one at the end tells it."""
        started = time.perf_counter()
        try:
            training = state()
            self._write(self._meanwhile, training)
            self._useful |= training is not None
        except (OSError, MemoryError, ValueError):
            self._retry = time.perf_counter() + PATIENCE
        spent = time.perf_counter() - started
        self._spent += spent
        self._cost = max(self._cost, spent) if not self._useful else spent
