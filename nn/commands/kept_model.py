"""The model of a run on the disk, from its first epoch on: whatever ends the process, the best epoch so far is there.

Written when an epoch is better, but not so often that it takes more than a twentieth of the time: about once a second
for 40,000 parameters, more often for fewer. A model that was in the folder before stays until the training has come to
its end, since before that nobody knows which of the two is wanted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from nn.commands.interruption import Signals
from nn.commands.run_folder import MODEL
from nn.formats.files import check_space, write_whole
from nn.history import Epoch
from nn.saving import MAX_BYTES, encoded
from nn.training.best import Best
from nn.wording import place, reason

LONGEST_NUMBER = 26  # characters: 17 digits, sign, point, exponent, comma
SHARE = 0.05  # of the time, at most, goes into writing
PATIENCE = 1.0  # seconds without any model, or after a failure, until one is written all the same


class KeptModel:
    """Keeps `model` in `folder`: `see` is for `fit`'s callbacks, `finish` for the end.

    Attributes:
        at: where the model is, None as long as it is nowhere.
        trouble: why the best is not in its place, or "".
    """

    def __init__(self, model: Any, folder: Path, metadata: dict[str, Any], signals: Signals) -> None:
        self.at: Path | None = None
        self.trouble = ""
        self._model = model
        self._metadata = metadata
        self._signals = signals
        self._best = Best(model.parameters())
        self._final = folder / MODEL
        self._meanwhile = free_name(folder, "model") if os.path.lexists(self._final) else self._final
        self._written = 0  # the epoch on the disk
        self._completed = False  # an epoch, which may have been no better than the start
        self._started = time.monotonic()
        self._cost = 0.0  # of one writing, in seconds
        self._spent = 0.0
        self._retry = 0.0

    def go_on(self, epoch: int, loss: float, parameters: list[float]) -> None:
        """Take the best epoch of the run that is gone on with for the one to beat."""
        self._best.epoch, self._best.loss, self._best.data = epoch, loss, parameters
        self._completed = True

    @property
    def beside(self) -> bool:
        """Whether it is beside an older model, whose place only one that has completed an epoch takes."""
        return self.at is not None and self.at.name != MODEL

    def try_out(self) -> None:
        """Raise ValueError, before any training, when the model cannot be written."""
        largest = MAX_BYTES // LONGEST_NUMBER
        if len(self._best.parameters) > largest:
            raise ValueError(f"a network of at most {largest:,} parameters fits into a file; narrow the layers")
        started = time.monotonic()
        try:
            check_space(self._final.parent, self._encoded())
        except OSError as error:
            raise ValueError(f"the model cannot be written to {place(self._final)}: {reason(error)}") from None
        except ValueError as error:
            raise ValueError(f"{error}; leave columns of long texts out with --ignore") from None
        self._started = time.monotonic()
        self._cost = self._started - started

    def see(self, epoch: Epoch) -> None:
        """Take note of an epoch that has just ended, and write what is best if it is time."""
        self._best.see(epoch)
        self._completed = True
        if self._best.epoch in (0, self._written) or not self._is_time():
            return
        with self._signals.held():
            if self._best.epoch == epoch.number:
                self._write(epoch.number)
                return
            present = [p.data for p in self._best.parameters]
            self._best.restore()
            self._write(self._best.epoch)
            for p, x in zip(self._best.parameters, present, strict=True):
                p.data = x

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now < self._retry:
            return False
        waited = self._written == 0 and now - self._started >= PATIENCE
        return waited or self._spent + self._cost <= SHARE * (now - self._started)

    def finish(self, epoch: int | None, *, changed: bool = False, metadata: dict[str, Any] | None = None) -> None:
        """Have on the disk, in its place, the model as it is after `epoch` or, where `changed`, has become since, with
        other `metadata` then; None where training was cut short, and then it becomes as it was after the best epoch."""
        self._metadata = metadata or self._metadata
        if epoch is None:
            if not self._best.epoch:
                return
            self._best.restore()
            epoch = self._best.epoch
        if (
            changed or epoch == 0 or epoch > self._written or not self._meanwhile.exists()
        ):  # it may have been deleted meanwhile
            self._write(epoch)
            if self.trouble:
                self._write_elsewhere()
        if self.at == self._meanwhile != self._final and self._completed:
            try:
                os.replace(self._meanwhile, self._final)
                self.at = self._final
            except OSError as error:
                self.trouble = f"{place(self._final)} cannot be replaced: {reason(error)}"

    def _write(self, epoch: int) -> None:
        """Write the parameters as they are, which are those of `epoch`."""
        started = time.monotonic()
        try:
            write_whole(self._meanwhile, self._encoded())
        except (OSError, MemoryError, ValueError) as error:  # ValueError: a number that is not finite
            trouble = f"{place(self._meanwhile)} with epoch {epoch} cannot be written: {reason(error)}"
            if not self.trouble and epoch:
                sys.stderr.write(f"\nglassgrad: {trouble}\n")
            self.trouble = trouble
            self._retry = time.monotonic() + PATIENCE
            return
        self.at, self.trouble, self._written = self._meanwhile, "", epoch
        self._cost = time.monotonic() - started
        self._spent += self._cost

    def _write_elsewhere(self) -> None:
        """As a last resort write the model into the system's folder for temporary files."""
        with suppress(OSError, MemoryError, ValueError):
            folder = Path(tempfile.mkdtemp(prefix="glassgrad-"))
            try:
                write_whole(folder / MODEL, self._encoded())
                self.at = folder / MODEL
            finally:
                with suppress(OSError):  # the model is in it
                    folder.rmdir()

    def _encoded(self) -> bytes:
        return encoded(self._model, Path(MODEL).suffix, metadata=self._metadata)


def free_name(folder: Path, stem: str) -> Path:
    """A name for a new file beside an old one; what an earlier run has left under such a name stays."""
    for number in count(1):
        path = folder / (f"{stem}.new-{number}.json" if number > 1 else f"{stem}.new.json")
        if not os.path.lexists(path):
            return path
    raise AssertionError("count ends never")
