"""A few words among numbers: "on request" among rents, "-" among areas.

Such a column is text as it stands. What the words mean is for the user to say, so they are named with their lines and
the option that takes them for missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nn.tables.cells import Cells, Texts
from nn.tables.numerals import Ambiguous, Notation, is_code, notation_of, plain_number
from nn.tables.table import Table
from nn.wording import LONGEST_NAME, argument, quoted

NEARLY_ALL = 0.9  # of the cells are numbers
FEW_NUMBERS = 10  # different ones, below which words beside them may be categories as the numbers are
FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Strays:
    """The numbers beside the words, their notation, and what is said of the words."""

    numbers: Texts
    notation: Notation | Ambiguous
    sentence: str


def strays_of(table: Table, name: str) -> Strays | None:
    """The few words among the numbers of the column, None where it is no column of numbers but for them."""
    cells: Cells = table.column(name)
    if not isinstance(cells, Texts):
        return None
    odd = _odd(cells.values)
    if not 0 < len(odd) <= FEW_WORDS or len(cells.values) - len(odd) < FEW_NUMBERS:
        return None
    if any(map(is_code, cells.values)):
        return None
    counts = cells.counts()
    present, others = int(counts.sum()), int(counts[odd].sum())
    if present - others < NEARLY_ALL * present:
        return None
    numbers = cells.take(np.flatnonzero((cells.codes >= 0) & ~np.isin(cells.codes, odd)))
    notation = notation_of(numbers.values, table.decimal)
    if notation is None:  # they have no notation in common even so
        return None
    found = sorted(odd, key=lambda code: -counts[code])
    words = [cells.values[code] for code in found]
    lines = [table.line(int(np.flatnonzero(cells.codes == code)[0])) for code in found]
    return Strays(numbers, notation, _sentence(name, words, lines, present, others))


def _odd(values: Sequence[str]) -> list[int]:
    """The places of the texts that are no number in any notation, of more than are few only so many."""
    odd: list[int] = []
    for i, value in enumerate(values):
        if plain_number(value) is None and notation_of([value]) is None:  # mostly the first tells
            odd.append(i)
            if len(odd) > FEW_WORDS:
                break
    return odd


def _sentence(name: str, words: Sequence[str], lines: Sequence[str], present: int, others: int) -> str:
    """What is said of the words, most frequent first, each with the line where it first stands."""
    (word, *more), (line, *further) = words, lines
    places = [f"{line} has {quoted(word)}", *(f"{at} {quoted(text)}" for at, text in zip(further, more, strict=True))]
    seen = f"{present - others:,} of {present:,} cells of {quoted(name)} are numbers; {_listed(places)}"
    if any(len(word) > LONGEST_NAME for word in words):
        return f"{seen}: correct it or leave the cell empty"
    options = " ".join(missing_option(word) for word in words)
    return f"{seen}: {options} counts {'it' if others == 1 else 'them'} as missing"


def missing_option(word: str) -> str:
    """The option that takes a text for missing; behind = where it would be taken for an option."""
    joined = "=" if len(word) > 1 and word.startswith("-") else " "
    return f"--missing{joined}{argument(word)}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
