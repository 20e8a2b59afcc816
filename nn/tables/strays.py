"""A few words among numbers or dates: "on request" among rents, "-" among areas, "soon" among days.

Such a column is text as it stands. What the words mean is for the user to say, so they are named with their lines and
the option that takes them for missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nn.tables import dates
from nn.tables.cells import Cells, Texts
from nn.tables.numerals import Ambiguous, Notation, is_code, plain_number
from nn.tables.table import Table
from nn.tables.units import column_notation
from nn.wording import LONGEST_NAME, argument, quoted

NEARLY_ALL = 0.9  # of the cells are numbers or dates
MOST = 0.5  # of them, where what is between says nothing: dashes and the like
FEW_NUMBERS = 10  # different ones, below which words beside them may be categories as the numbers are
FEW_WORDS = 5
DASHES = frozenset("-_./?~ \N{EN DASH}\N{EM DASH}")  # + and * mean something in many tables


@dataclass(frozen=True, slots=True)
class Strays:
    """What stands beside the words, the notation of numbers (None of dates), and what is said of the words."""

    others: Texts
    notation: Notation | Ambiguous | None
    sentence: str


def strays_of(table: Table, name: str) -> Strays | None:
    """The few words among the numbers or dates of the column, None where it has none but for them."""
    cells: Cells = table.column(name)
    if not isinstance(cells, Texts):
        return None
    return _among(table, name, cells, _is_number, "numbers") or _among(table, name, cells, _is_date, "dates")


def dashes_of(table: Table, name: str) -> str:
    """A clause about dashes and the like among texts, "" where there are none or where they stand beside a plus."""
    cells: Cells = table.column(name)
    if not isinstance(cells, Texts) or "+" in cells.values:
        return ""
    odd = [code for code, value in enumerate(cells.values) if says_nothing(value)]
    counts = cells.counts()
    if not 0 < len(odd) <= FEW_WORDS or counts[odd].sum() > MOST * counts.sum():
        return ""
    words, lines = _words(table, cells, odd)
    count, present = int(counts[odd].sum()), int(counts.sum())
    said = f"{count:,} of {present:,} cells {'says' if count == 1 else 'say'} nothing; {_seen(words, lines)}"
    return f"{said}: {_remedy(words, count)}"


def says_nothing(text: str) -> bool:
    """Whether a text is a dash or the like."""
    return DASHES.issuperset(text)


def _among(table: Table, name: str, cells: Texts, fits: Callable[[str], bool], what: str) -> Strays | None:
    odd = _odd(cells.values, fits)
    if not 0 < len(odd) <= FEW_WORDS or any(map(is_code, cells.values)):
        return None
    dashes = all(says_nothing(cells.values[code]) for code in odd)
    if len(cells.values) - len(odd) < (2 if dashes else FEW_NUMBERS):
        return None
    counts = cells.counts()
    present, strange = int(counts.sum()), int(counts[odd].sum())
    if present - strange < (MOST if dashes else NEARLY_ALL) * present:
        return None
    others = cells.take(np.flatnonzero((cells.codes >= 0) & ~np.isin(cells.codes, odd)))
    notation = column_notation(others.values, table.decimal) if what == "numbers" else None
    if notation is None and (what == "numbers" or dates.format_of(others.values) is None):
        return None  # they have no notation in common even so
    words, lines = _words(table, cells, odd)
    seen = f"{present - strange:,} of {present:,} cells of {quoted(name)} are {what}; {_seen(words, lines)}"
    return Strays(others, notation, f"{seen}: {_remedy(words, strange)}")


def _is_number(text: str) -> bool:
    return plain_number(text) is not None or column_notation([text]) is not None  # mostly the first tells


def _is_date(text: str) -> bool:
    return dates.format_of([text]) is not None


def _odd(values: Sequence[str], fits: Callable[[str], bool]) -> list[int]:
    """The places of the texts that do not fit, of more than are few only so many."""
    odd: list[int] = []
    for i, value in enumerate(values):
        if not fits(value):
            odd.append(i)
            if len(odd) > FEW_WORDS:
                break
    return odd


def _words(table: Table, cells: Texts, odd: Sequence[int]) -> tuple[list[str], list[str]]:
    """The words, most frequent first, and the line where each first stands."""
    counts = cells.counts()
    found = sorted(odd, key=lambda code: -counts[code])
    lines = [table.line(int(np.flatnonzero(cells.codes == code)[0])) for code in found]
    return [cells.values[code] for code in found], lines


def _seen(words: Sequence[str], lines: Sequence[str]) -> str:
    (word, *more), (line, *further) = words, lines
    places = [f"{line} has {quoted(word)}", *(f"{at} {quoted(text)}" for at, text in zip(further, more, strict=True))]
    return _listed(places)


def _remedy(words: Sequence[str], count: int) -> str:
    if any(len(word) > LONGEST_NAME for word in words):
        return "correct it or leave the cell empty"
    options = " ".join(missing_option(word) for word in words)
    repeated = " (may be repeated)" if len(words) == 1 else ""
    return f"{options}{repeated} counts {'it' if count == 1 else 'them'} as missing"


def missing_option(word: str) -> str:
    """The option that takes a text for missing; behind = where it would be taken for an option."""
    joined = "=" if len(word) > 1 and word.startswith("-") else " "
    return f"--missing{joined}{argument(word)}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
