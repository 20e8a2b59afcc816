"""The folder a training run leaves: complete or not there at all.

Files are written into a hidden folder beside the final place and moved when all of them are finished.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nn.wording import quoted

RUNS = "runs"


def check_out(out: str | None) -> None:
    """Raise ValueError, before any work, when a run folder at `out` (by default below `runs`) cannot be made."""
    place = Path(RUNS if out is None else out)
    if place.exists() and not place.is_dir():
        raise ValueError(f"--out {quoted(str(place))} is a file; wanted a folder to write into")
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise ValueError(f"the folder {quoted(str(place))} cannot be written to; choose another with --out")


@contextmanager
def new_run_folder(name: str, out: str | None = None) -> Iterator[tuple[Path, Path]]:
    """A pair of a folder to fill and the final place to which its files move when the block ends without an error.

    The final place is `out`, or the first free `runs/NAME-1`, `runs/NAME-2`. In a folder that exists already, files of
    the same names are replaced one by one and others stay.
    """
    final = Path(out) if out is not None else _free_place(name)
    created = not final.parent.exists()
    final.parent.mkdir(parents=True, exist_ok=True)
    filling = Path(tempfile.mkdtemp(prefix=f".{final.name}-", dir=final.parent))
    try:
        # mkdtemp makes private folders; a run folder has the permissions of any other new folder.
        shared = filling / "run"
        shared.mkdir()
        yield shared, final
        _move(shared, final)
    finally:
        shutil.rmtree(filling, ignore_errors=True)
        if created and not final.exists():
            with suppress(OSError):  # somebody else's files may be in it by now
                final.parent.rmdir()


def _free_place(name: str) -> Path:
    # The name comes from a file's name: keep what is harmless in a path everywhere.
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[:60] or "run"
    number = 1
    while (Path(RUNS) / f"{safe}-{number}").exists():
        number += 1
    return Path(RUNS) / f"{safe}-{number}"


def _move(filled: Path, final: Path) -> None:
    if not final.exists():
        os.rename(filled, final)
        return
    for file in sorted(filled.iterdir()):
        os.replace(file, final / file.name)
