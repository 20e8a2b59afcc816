"""Values of command-line options, each read with its rule; what breaks one is told in the option's own words."""

from __future__ import annotations

import argparse
import math

HELD_OUT = 0.2  # of the rows, where nobody asks for another share
MAX_LAYERS = 20
MAX_NEURONS = 1000


def at_least_one(text: str) -> int:
    """A whole number from 1 on."""
    value = _whole(text)
    if value is None or value < 1:
        raise argparse.ArgumentTypeError(f"wants a whole number of at least 1, got {text[:40]!r}")
    return value


def at_least_zero(text: str) -> float:
    """A finite number from 0 on."""
    value = _real(text)
    if value is None or value < 0.0:
        raise argparse.ArgumentTypeError(f"wants a number from 0 on, got {text[:40]!r}{_meant(text)}")
    return value


def positive(text: str) -> float:
    """A finite number above 0."""
    value = _real(text)
    if value is None or value <= 0.0:
        raise argparse.ArgumentTypeError(f"wants a number above 0, got {text[:40]!r}{_meant(text)}")
    return value


def fraction(text: str) -> float:
    """A number from 0 to 0.9."""
    value = _real(text)
    if value is None or not 0.0 <= value <= 0.9:
        raise argparse.ArgumentTypeError(f"wants a fraction from 0 to 0.9, got {text[:40]!r}{_meant(text)}")
    return value


def probability(text: str) -> float:
    """A number from 0 to 1."""
    value = _real(text)
    if value is None or not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"wants a probability from 0 to 1, got {text[:40]!r}{_meant(text)}")
    return value


def sizes(text: str) -> tuple[int, ...]:
    """Layer sizes separated by commas; "0" for no hidden layer."""
    if text.strip() == "0":
        return ()
    values = [_whole(part) for part in text.split(",")]
    if len(values) > MAX_LAYERS or not all(value is not None and 1 <= value <= MAX_NEURONS for value in values):
        raise argparse.ArgumentTypeError(
            f"wants up to {MAX_LAYERS} sizes from 1 to {MAX_NEURONS} such as 16,16 (0 for none), got {text[:40]!r}"
        )
    return tuple(value for value in values if value is not None)


def assignment(text: str) -> tuple[str, float]:
    """A variable and its number, `name=1.5`."""
    name, equals, digits = text.partition("=")
    value = _real(digits)
    if not equals or not name.strip().isidentifier() or value is None:
        raise argparse.ArgumentTypeError(f"wants NAME=NUMBER such as x=1.5, got {text[:40]!r}")
    return name.strip(), value


def _meant(text: str) -> str:
    """A clause about a number with a decimal comma or a percent sign, which a command does not read."""
    digits = text.strip().removesuffix("%").rstrip().replace(",", ".", 1)
    value = _real(digits)
    if value is None or digits == text:
        return ""
    return f"; did you mean {value / 100 if '%' in text else value:g}?"


def _whole(text: str) -> int | None:
    try:
        return int(text) if len(text) < 20 else None
    except ValueError:
        return None


def _real(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
