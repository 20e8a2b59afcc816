"""Files read up to a limit, and written whole or not at all: beside their place, then moved over it in one step.

The content is on the disk before the old file goes: after a crash of the machine, too, one of the two is there.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

PIECE = 2**18


def read_at_most(path: str | os.PathLike[str], limit: int) -> bytes | None:
    """The content of a file, or None when it has more than `limit` bytes. Raises OSError, ValueError for a NUL."""
    with open(path, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):  # a pipe or device does not say how much is to come
            return at_most(file, limit)
        return file.read(found.st_size) if found.st_size <= limit else None


def at_most(stream: Any, limit: int) -> bytes | None:
    """The whole of a stream, None where it has more than `limit` bytes.

    It is taken in pieces: asked for so many bytes at once, Python makes room for them all.
    """
    content = bytearray()
    while piece := stream.read(min(PIECE, limit + 1 - len(content))):
        content += piece
    return bytes(content) if len(content) <= limit else None


def write_whole(target: Path, content: bytes) -> None:
    """Make `content` what `target` holds; when that fails, the old file is there and nothing else.

    A symbolic link is replaced itself, a file keeps its permissions, and what is no file, such as a pipe, is written
    into. Raises OSError.
    """
    if _is_stream(target):
        target.write_bytes(content)
        return
    draft = _draft_in(target.parent)
    try:
        _fill(draft, content)
        if target.is_file() and not target.is_symlink():
            shutil.copymode(target, draft)
        os.replace(draft, target)
    except BaseException:
        with suppress(OSError):  # the first error says why
            draft.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def check_space(folder: Path, content: bytes) -> None:
    """Raise OSError when a file of `content` cannot be written into `folder` now; nothing is left there."""
    draft = _draft_in(folder)
    try:
        _fill(draft, content)
    finally:
        draft.unlink(missing_ok=True)


def _is_stream(target: Path) -> bool:
    """Whether there is something that must not be replaced: a pipe, a device, a name in /dev that leads to a file."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)) or str(target.parent.resolve()) == "/dev"


def _draft_in(folder: Path) -> Path:
    return folder / f".glassgrad-{os.urandom(8).hex()}.tmp"


def _fill(draft: Path, content: bytes) -> None:
    with open(draft, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """See that the new name is on the disk; some systems cannot do that to a folder, and the file is there anyway."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
