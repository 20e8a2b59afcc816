"""Words behind the numbers of a column: 1015.3 hPa, 80 m², 12 km/h. One word for all of them is their unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nn.tables.numerals import LONGEST, Ambiguous, Notation, is_code, notation_of

LONGEST_UNIT = 10  # characters

# A single letter is a code more often than a unit, and 4th is a place.
_WORD = (
    r"(?:°[CFK]?|[gmlhstWVKJN]|(?!(?:st|nd|rd|th)\b)[^\W\d_]{2,8}\.?)[²³]?(?:(?<=m)[23])?"
    r"(?:/(?:[^\W\d_]{1,5}\.?)[²³]?)?"
)
_UNITED = re.compile(rf"(?P<core>.*\d[.,]?)[ \u00a0\u202f]?(?P<word>{_WORD})")


def column_notation(cells: Sequence[str], decimal: str | None = None) -> Notation | Ambiguous | None:
    """As `notation_of`, and where that finds none, the notation of numbers behind which one word stands every time."""
    found = notation_of(cells, decimal)
    if found is not None:
        return found
    words: set[str] = set()
    cores = []
    for cell in cells:
        parted = _UNITED.fullmatch(cell) if len(cell) <= LONGEST else None
        if parted is None or len(parted["word"]) > LONGEST_UNIT or is_code(parted["core"]):
            return None
        words.add(parted["word"])
        cores.append(parted["core"])
        if len(words) > 1:
            return None
    found = notation_of(cores, decimal)
    if isinstance(found, Notation):
        return None if found.unit else Notation(found.decimal, words.pop(), found.decided)
    return found
