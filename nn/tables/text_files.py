"""The text of somebody else's file: bounded, decoded, and refused in one sentence when it is no text."""

from __future__ import annotations

import difflib
import os
from itertools import islice

from nn.files import read_at_most
from nn.wording import place, quoted, reason

MAX_BYTES = 64 * 1024 * 1024

# How files begin that are often offered for a CSV file.
SIGNATURES = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook; export the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; export the sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"PAR1", "a Parquet file; convert it to CSV"),
    (b"\x89PNG", "a picture"),
    (b"%PDF", "a PDF document"),
)


class TableError(ValueError):
    """A file that cannot be read as a table; the message is one line that names the file, the rule and the remedy."""


def read_bytes(path: str) -> bytes:
    """The bytes of the file, at most 64 MB; raises TableError naming the file when it cannot be had."""
    shown = place(path)
    try:
        content = read_at_most(path, MAX_BYTES)
    except FileNotFoundError:
        raise TableError(f"there is no file '{shown}'{_nearest_file(path)}") from None
    except IsADirectoryError:
        raise TableError(f"'{shown}' is a directory; wanted a CSV file") from None
    except (OSError, ValueError) as error:
        raise TableError(f"'{shown}' cannot be read: {reason(error)}") from None
    if content is None:
        raise TableError(f"{shown} is larger than {MAX_BYTES // 2**20} MB; train on a sample of its rows")
    return content


def decode(content: bytes, path: str) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes and notes about how it was read; raises TableError for a binary file."""
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            raise TableError(f"{path} is not a text file but {what}")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ("read as UTF-16",)
        except UnicodeDecodeError:
            raise TableError(f"{path} begins like UTF-16 text and is damaged; save it as UTF-8") from None
    if b"\0" in content:
        raise TableError(f"{path} is a binary file; wanted a CSV file (text)")
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    # Real text has almost no control characters; Windows-1252 would read any file at all.
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:65536])
    if control > len(content[:65536]) // 100:
        raise TableError(f"{path} is a binary file; wanted a CSV file (text)")
    try:
        return content.decode("cp1252"), ("not UTF-8: read as Windows-1252",)
    except UnicodeDecodeError:
        return content.decode("latin-1"), ("not UTF-8: read as Latin-1",)


def _nearest_file(path: str) -> str:
    directory, name = os.path.split(path)
    try:
        with os.scandir(directory or ".") as entries:
            names = [entry.name for entry in islice(entries, 1000)]
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(name[:255], names, n=1, cutoff=0.7)
    return f"; did you mean {quoted(near[0])}?" if near else ""
