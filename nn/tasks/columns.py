"""What people are told the columns of built-in data are called, and what their numbers are."""

from __future__ import annotations

import math
from collections.abc import Iterable

from nn.tasks.sounds import bands, with_ranges
from nn.tasks.vowels import INPUTS, MEASURED

LOUDNESS = "a band's number is how loud it is beside the mean of all bands: 1 is 20 dB above it"
LOGARITHMS = (
    f"these are natural logarithms of frequencies in Hz, such as {INPUTS[1]}=6.2 for 500 Hz; voice's {MEASURED[1]} is "
    f"the mean {MEASURED[1]} of all that the speaker says"
)


def called(names: Iterable[str]) -> dict[str, str]:
    """Bands with the frequencies that they reach over, pixels with where they are in their picture, others as they are.

    >>> called([f"pixel {k}" for k in range(64)])["pixel 30"], called(["rooms"])["rooms"]
    ('pixel 30 (row 4, column 7)', 'rooms')
    """
    names = tuple(names)
    if not of_pixels(names):
        return with_ranges(names)
    width = math.isqrt(len(names))
    found = {}
    for name in names:
        row, column = divmod(int(name.split()[1]), width)
        found[name] = f"{name} (row {row + 1}, column {column + 1})"
    return found


def of_pixels(names: Iterable[str]) -> bool:
    """Whether the columns are the pixels of a square picture."""
    found = tuple(names)
    square = math.isqrt(len(found)) ** 2 == len(found) > 1
    return square and set(found) == {f"pixel {k}" for k in range(len(found))}


def numbers_told(names: Iterable[str]) -> str:
    """What the numbers of the columns are, "" where their names say it."""
    found = set(names)
    if found == set(bands()):
        return LOUDNESS
    return LOGARITHMS if found == set(INPUTS) else ""
