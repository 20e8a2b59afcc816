"""The bytes of somebody else's file: bounded, unpacked, decoded, and refused in one sentence when they are no table."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import os
import sys
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nn.formats.files import at_most, read_at_most
from nn.wording import nearest, place, quoted, reason

MAX_BYTES = 4 * 2**30
MAX_STREAM = 2**28  # of what does not say how much is to come
MAX_GROWTH = 1000  # times its packed size: beyond, a packed file is a bomb
STANDARD_INPUT = "-"

# How files begin that are often offered as tables and are none.
SIGNATURES = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook; save it as .xlsx or export the sheet as CSV"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3\0", "a database; export the table as CSV"),
    (b"\x89HDF", "an HDF5 file; export the table as CSV"),
)
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the beginning of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class TableError(ValueError):
    """A file that cannot be read as a table; the message is one line that names the file, the rule and the remedy."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file as UTF-8, and how it was written.

    Attributes:
        content: the text, without a mark at its beginning. mark: that, as bytes. encoding: of the file.
    """

    content: bytes
    encoding: str
    mark: bytes = b""
    notes: tuple[str, ...] = ()


def read_bytes(path: str) -> bytes:
    """The bytes of the file, at most 4 GB, unpacked where they are packed; raises TableError naming the file when they
    cannot be had."""
    shown = place(path)
    limit = MAX_BYTES if os.path.isfile(path) else MAX_STREAM
    try:
        if path == STANDARD_INPUT:
            stream = getattr(sys.stdin, "buffer", None)
            if stream is None:
                raise TableError("there is no standard input to read a table from")
            content = at_most(stream, limit)
        else:
            content = read_at_most(path, limit)
    except FileNotFoundError:
        raise TableError(f"there is no file '{shown}'{_nearest_file(path)}") from None
    except IsADirectoryError:
        raise TableError(f"'{shown}' is a directory; wanted a CSV file") from None
    except TableError:
        raise
    except (OSError, ValueError) as error:
        raise TableError(f"'{shown}' cannot be read: {reason(error)}") from None
    if content is None:
        raise TableError(f"{shown} is larger than {limit // 2**20:,} MB; train on a sample of its rows")
    return _unpacked(content, shown)


def decode(content: bytes, path: str) -> TextFile:
    """The text in the bytes; raises TableError for a binary file."""
    for signature, what in SIGNATURES:
        if content.startswith(signature):
            raise TableError(f"{path} is not a text file but {what}")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding, mark, path)
    wide = _wide_encoding(content[:4096])
    if wide is not None:
        return _decoded(content, wide, b"", path)
    if b"\0" in content:
        raise TableError(f"{path} is a binary file; wanted a CSV file (text)")
    try:
        codecs.utf_8_decode(content, "strict", True) if not content.isascii() else None
        return TextFile(content, "utf-8")
    except UnicodeDecodeError:
        pass
    # Real text has almost no control characters; Windows-1252 would read any file at all.
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in content[:65536])
    if control > len(content[:65536]) // 100:
        raise TableError(f"{path} is a binary file; wanted a CSV file (text)")
    for encoding, said in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1")):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return TextFile(text.encode(), encoding, notes=(f"not UTF-8: read as {said}",))
    raise AssertionError("Latin-1 reads any bytes")


def _decoded(content: bytes, encoding: str, mark: bytes, path: str) -> TextFile:
    said = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise TableError(f"{path} begins like {said} text and is damaged; save it as UTF-8") from None
    if "\0" in text:
        raise TableError(f"{path} is a binary file; wanted a CSV file (text)")
    notes = () if encoding == "utf-8" else (f"read as {said}",)
    return TextFile(text.encode("utf-8", "replace"), encoding, mark, notes)


def _wide_encoding(start: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: most text has its zeros in every second, or in three of four places."""
    if len(start) < 8 or b"\0" not in start:
        return None
    start = start[: len(start) // 4 * 4]
    zeros = [start[i::4].count(0) / (len(start) // 4) for i in range(4)]
    shapes = {"utf-32-le": "0111", "utf-32-be": "1110", "utf-16-le": "0101", "utf-16-be": "1010"}
    for encoding, shape in shapes.items():
        if all(zero > 0.7 if wanted == "1" else zero < 0.1 for zero, wanted in zip(zeros, shape, strict=True)):
            return encoding
    return None


def _unpacked(content: bytes, shown: str) -> bytes:
    for signature, opened in _PACKED:
        if content.startswith(signature):
            try:
                return _bounded(opened(io.BytesIO(content)), len(content), shown)
            except (OSError, EOFError, ValueError, lzma.LZMAError, zipfile.BadZipFile, zlib.error) as error:
                raise TableError(f"{shown} is a packed file that is damaged: {reason(error)}") from None
    if content.startswith(b"PK\x03\x04"):
        return _from_zip(content, shown)
    return content


def _from_zip(content: bytes, shown: str) -> bytes:
    """The one file in an archive; a workbook stays as it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                return content
            files = [name for name in names if not name.endswith("/") and not name.startswith("__MACOSX/")]
            if len(files) != 1:
                raise TableError(f"{shown} is an archive of {len(files)} files; unpack it and name one of them")
            with archive.open(files[0]) as member:
                return _bounded(member, len(content), shown)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise TableError(f"{shown} is a zip archive that cannot be unpacked: {reason(error)}") from None


def _bounded(stream: Any, packed: int, shown: str) -> bytes:
    limit = min(MAX_BYTES, MAX_GROWTH * packed)
    with stream:
        content = at_most(stream, limit)
    if content is None:
        raise TableError(f"{shown} is more than {limit // packed:,} times as large unpacked; it is not read")
    return content


def _nearest_file(path: str) -> str:
    directory, name = os.path.split(path)
    try:
        with os.scandir(directory or ".") as entries:
            names = [entry.name for entry in islice(entries, 1000)]
    except (OSError, ValueError):
        return ""
    near = nearest(name, names, cutoff=0.7)
    return f"; did you mean {quoted(near)}?" if near else ""
