"""The numbers of a model in a JSON text: judged as text first, read afterwards, a piece at a time.

A list of lists of floats takes up to sixteen times the memory of its text, and reading a float takes five times as long
as looking at it. So what is refused is refused by patterns, and what is read is kept as eight bytes a number.
"""

from __future__ import annotations

import json
import math
import re
from array import array

from nn.formats.strict_json import too_large

PIECE = 2**16  # bytes; no number is that long

_NOT_SHAPE = bytes(byte for byte in range(256) if byte not in b"[],")
_NOT_NUMBERS = b"[] \t\r\n"

# A number with the brackets around it and the comma behind it. Nothing in it is ever tried a second way.
_ELEMENT = r"(?:[\[ \t\r\n]*+-?+(?:0|[1-9][0-9]%s)(?:\.[0-9]%s)?+(?:[eE]%s)?+[\] \t\r\n]*+(?:,|\Z))"
# Below 1e17 * 1e289, so that a float can hold it. At most 1,000 in one match, which remembers where each began.
_PLAIN = re.compile(
    (_ELEMENT % ("{0,16}+", "{1,400}+", r"(?:-[0-9]{1,9}+|\+?+(?:2[0-8][0-9]|1?[0-9]?[0-9]))") + "{1,1000}").encode()
)
_ANY = re.compile((_ELEMENT % ("*+", "++", "[+-]?+[0-9]++") + "+").encode())
_NO_NUMBER = re.compile(rb"[\[ \t\r\n]*(NaN|-?Infinity)")
_NUMBER = re.compile(rb"[^\[\], \t\r\n]+")


def check_widths(content: bytes, start: int, end: int, width: int, what: str) -> None:
    """Raise ValueError unless brackets and commas between two places are those of lists of `width` items."""
    shape = content[start:end].translate(None, _NOT_SHAPE)
    wanted = (b"[" + b"," * (width - 1) + b"],") * shape.count(b"[")
    if len(wanted) != len(shape) + 1 or not wanted.startswith(shape):
        raise _misshapen(content, start, end, width, what)


def check_numbers(content: bytes, start: int, end: int, what: str) -> None:
    """Raise ValueError unless what stands between those brackets and commas are numbers that fit into floats."""
    while start < end:
        found = _PLAIN.match(content, start, end)
        start = found.end() if found else _checked_closely(content, start, end, what)


def numbers(content: bytes, start: int, end: int) -> array[float]:
    """The numbers of lists that have been found to be in order."""
    read: array[float] = array("d")
    while start < end:
        stop = _cut(content, start, end)
        read.extend(map(float, content[start:stop].translate(None, _NOT_NUMBERS).split(b",")))
        start = stop + 1
    return read


def _cut(content: bytes, start: int, end: int) -> int:
    """The last comma of the piece that begins at `start`, or the end; -1 where there is none."""
    return end if end - start <= PIECE else content.rfind(b",", start, start + PIECE)


def _checked_closely(content: bytes, start: int, end: int, what: str) -> int:
    """The end of a piece in which some number is unusual, for example huge, or is none."""
    stop = _cut(content, start, end)
    if stop < 0:
        raise ValueError(f"the {what} must be lists of numbers, and none has {PIECE:,} characters")
    piece = content[start:stop]
    if not _ANY.fullmatch(piece):
        found = _ANY.match(piece)
        constant = _NO_NUMBER.match(piece, found.end() if found else 0)
        if constant:
            raise ValueError(f"{constant[1].decode()} is not a number that a model may hold")
        raise ValueError(f"each row of the {what} must be a list of numbers")
    try:
        if not all(map(math.isfinite, json.loads(b"[" + piece.translate(None, b"[]") + b"]"))):
            texts = (text.decode() for text in _NUMBER.findall(piece))
            raise too_large(next(text for text in texts if math.isinf(float(text))))
    except OverflowError:
        raise ValueError(f"the {what} have a number too large for a float") from None
    return stop + 1


def _misshapen(content: bytes, start: int, end: int, width: int, what: str) -> ValueError:
    """What to say of the first list that is not as wide as it should be."""
    for j in range(content.count(b"]", start, end)):
        closed = content.index(b"]", start, end)
        opened = content.find(b"[", start, closed) + 1
        if not opened or content.find(b"[", opened, closed) >= 0:
            break
        count = content.count(b",", opened, closed) + bool(content[opened:closed].strip())
        if count != width:
            return ValueError(f"neuron {j} in the {what} has {count} weights, wanted {width}")
        start = closed + 1
    return ValueError(f"each row of the {what} must be a list of numbers")
