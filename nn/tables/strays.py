"""A few words among numbers or dates: "on request" among rents, "-" among areas, "soon" among days.

Such a column is text as it stands. What the words mean is for the user to say, so they are named with their lines and
the option that takes them for missing.
"""

from __future__ import annotations

import re
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
MANY_NUMBERS = 40  # different ones, which nobody has as categories
MARKS = frozenset(sign * (10.0**n - 1) for n in range(2, 8) for sign in (1, -1))  # -99, 999, -9999, ...
_NINES = re.compile(r"\W?99")
FAR = 2.0  # times the range of the others
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
    found = _among(table, name, cells, _is_number, "numbers") or _among(table, name, cells, _is_date, "dates")
    unit = "" if found else _usual_unit(cells.values)
    return _among(table, name, cells, lambda text: text.endswith(unit), "numbers") if unit else found


def words_of(table: Table, name: str) -> str:
    """A clause about few words that stand in many cells among many different numbers, or about one in whatever share
    of the cells among some, "" where there are none."""
    cells: Cells = table.column(name)
    if not isinstance(cells, Texts) or len(cells.values) <= FEW_NUMBERS:
        return ""
    one = len(_odd(cells.values, _is_number)) == 1
    if not one and len(cells.values) < MANY_NUMBERS:
        return ""
    found = _among(table, name, cells, _is_number, "numbers", 0.0 if one else MOST)
    return found.sentence if found else ""


def may_have_mark(cells: Cells) -> bool:
    """Whether `mark_of` is worth asking, which has to read all numbers."""
    return not isinstance(cells, Texts) or any(map(_NINES.match, cells.values))


def mark_of(cells: Cells, numbers: np.ndarray) -> str:
    """A clause about a number such as -9999, far from all others, that may stand for a missing one, "" for none."""
    known = numbers[~np.isnan(numbers)]
    for mark in {float(known.min()), float(known.max())} & MARKS:
        others = known[known != mark]
        if len(others) < FEW_NUMBERS or not np.isfinite(others).all():
            continue
        least, most = float(others.min()), float(others.max())
        if min(abs(mark - least), abs(mark - most)) > FAR * max(most - least, 1.0):
            count, word = len(known) - len(others), str(cells.text(int(np.flatnonzero(numbers == mark)[0])))
            return (
                f"{quoted(word)} in {count:,} of {len(known):,} cells, far from all others, may stand for a missing "
                f"value: {missing_option(word)} counts it as missing"
            )
    return ""


def _usual_unit(values: Sequence[str]) -> str:
    """The word behind most of the numbers, where some stand without it: -9999 among 1013.2 hPa."""
    bare = [value for value in values if plain_number(value) is not None]
    if not 0 < len(bare) <= FEW_WORDS:
        return ""
    apart = set(bare)
    found = column_notation([value for value in values if value not in apart])
    return found.unit if isinstance(found, Notation) else ""


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


def _among(
    table: Table, name: str, cells: Texts, fits: Callable[[str], bool], what: str, share: float = NEARLY_ALL
) -> Strays | None:
    odd = _odd(cells.values, fits)
    if not 0 < len(odd) <= FEW_WORDS or any(map(is_code, cells.values)):
        return None
    dashes = all(says_nothing(cells.values[code]) for code in odd)
    if len(cells.values) - len(odd) < (2 if dashes else FEW_NUMBERS):
        return None
    counts = cells.counts()
    present, strange = int(counts.sum()), int(counts[odd].sum())
    if present - strange < (min(MOST, share) if dashes else share) * present:
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
    if any(any(map(str.isdigit, word)) for word in words):  # about 1950, 3 or 4
        return f"write {_them(count)} as the others, or {options} counts {_them(count)} as missing"
    repeated = " (may be repeated)" if len(words) == 1 else ""
    return f"{options}{repeated} counts {_them(count)} as missing"


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def missing_option(word: str) -> str:
    """The option that takes a text for missing; behind = where it would be taken for an option."""
    joined = "=" if len(word) > 1 and word.startswith("-") else " "
    return f"--missing{joined}{argument(word)}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
