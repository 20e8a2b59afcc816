"""The folder of a training run: taken for one run alone before the training starts, filled while it goes on.

`mkdir` succeeds for one process only, so runs that start at once get folders of their own. In a folder that was there
before, a lock that the system drops with the process keeps a second run out.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from nn.wording import place, reason

RUNS = "runs"
MODEL = "model.json"


def check_out(out: str | None) -> None:
    """Raise ValueError, before any work, when a run folder at `out` (by default below `runs`) cannot be made."""
    if out == "":
        raise ValueError("--out '' is no folder; leave --out out to get a new one below runs")
    folder = Path(RUNS if out is None else out)
    if "\0" in str(folder):
        raise ValueError(f"--out '{place(folder)}' cannot be the name of a folder")
    try:
        if folder.exists() and not folder.is_dir():
            raise ValueError(f"--out '{place(folder)}' is a file; wanted a folder to write into")
        if out is not None and (folder / MODEL).is_dir():
            raise ValueError(f"--out '{place(folder)}' has a folder named {MODEL}; choose another place")
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
        writable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    except OSError as error:  # a name that is too long, a folder that may not be looked into
        raise ValueError(f"--out '{place(folder)}' cannot be used: {reason(error)}") from None
    if not writable:
        raise ValueError(f"the folder '{place(folder)}' cannot be written to; choose another with --out")


class RunFolder:
    """A `with` block in which one run alone fills the folder `path`.

    It is `out`, or the first free of `runs/NAME-1`, `runs/NAME-2`. In a folder that exists already, files of the same
    names are replaced and others stay. One that was made for the run and is empty at the end is removed again.
    """

    def __init__(self, name: str, out: str | None = None) -> None:
        self._parent = Path(RUNS) if out is None else Path(out).parent
        self._made: list[Path] = []
        try:
            self.path = self._numbered(name) if out is None else self._claimed(Path(out))
            self._lock = _locked(self.path)
        except OSError as error:
            self._remove_empty()
            at = RUNS if out is None else out
            raise ValueError(f"the folder '{place(at)}' cannot be made: {reason(error)}") from None

    def __enter__(self) -> RunFolder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            os.close(self._lock)
        self._remove_empty()

    def _numbered(self, name: str) -> Path:
        # The name comes from a file's name: keep what is harmless in a path everywhere.
        safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[:60] or "run"
        number = 1
        while True:
            path = self._parent / f"{safe}-{number}"
            with suppress(FileExistsError):
                self._make(path)
                return path
            number += 1

    def _claimed(self, path: Path) -> Path:
        with suppress(FileExistsError):
            self._make(path)
        return path

    def _make(self, path: Path) -> None:
        for last in (False,) * 99 + (True,):
            for parent in reversed([parent for parent in path.parents if not parent.exists()]):
                with suppress(FileExistsError):
                    parent.mkdir()
                    self._made.append(parent)
            try:
                path.mkdir()
            except FileNotFoundError:
                # Another run has just removed the parent, which was empty; or it is a link to nowhere, now and later.
                if last or path.parent.exists():
                    raise
                continue
            self._made.append(path)
            return

    def _remove_empty(self) -> None:
        for path in reversed(self._made):
            with suppress(OSError):  # it has something in it
                path.rmdir()


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the folder's lock, None on a system without; ValueError when another run holds it."""
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise ValueError(f"another training writes into '{place(folder)}'; choose another folder with --out") from None
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    return descriptor
