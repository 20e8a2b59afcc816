"""Values of command-line options, each read with its rule; what breaks one is told in the option's own words."""

from __future__ import annotations

import argparse
import math

from nn.tables.data import Reading
from nn.tables.meaning import KINDS

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
        raise argparse.ArgumentTypeError(f"wants a number from 0 on, got {text[:40]!r}")
    return value


def positive(text: str) -> float:
    """A finite number above 0."""
    value = _real(text)
    if value is None or value <= 0.0:
        raise argparse.ArgumentTypeError(f"wants a number above 0, got {text[:40]!r}")
    return value


def fraction(text: str) -> float:
    """A number from 0 to 0.9."""
    value = _real(text)
    if value is None or not 0.0 <= value <= 0.9:
        raise argparse.ArgumentTypeError(f"wants a fraction from 0 to 0.9, got {text[:40]!r}")
    return value


def probability(text: str) -> float:
    """A number from 0 to 1."""
    value = _real(text)
    if value is None or not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"wants a probability from 0 to 1, got {text[:40]!r}")
    return value


def type_of_column(text: str) -> tuple[str, str]:
    """A column and what it is, `zip=category`."""
    name, equals, kind = text.rpartition("=")
    if not equals or not name or kind not in (*KINDS, "dmy", "mdy"):
        kinds = ", ".join((*KINDS, "dmy", "mdy"))
        raise argparse.ArgumentTypeError(f"wants COLUMN=KIND with a kind of {kinds}, got {text[:60]!r}")
    return name, kind


def decimal_mark(text: str) -> str:
    """A point or a comma."""
    if text not in (".", ","):
        raise argparse.ArgumentTypeError(f"wants . or , as the decimal mark, got {text[:40]!r}")
    return text


def add_reading_options(parser: argparse.ArgumentParser, *, types: bool = False) -> None:
    """Declare the options that say how a table is to be read, with `types` also what its columns are."""
    add = parser.add_argument
    if types:
        add(
            "--ignore",
            metavar="COLUMN",
            action="append",
            default=[],
            help="a column not to learn from; may be repeated",
        )
        add(
            "--type",
            metavar="COLUMN=KIND",
            type=type_of_column,
            action="append",
            default=[],
            help=f"what a column is: {', '.join(KINDS)}, or a date written dmy or mdy; may be repeated",
        )
    add(
        "--missing",
        metavar="TEXT",
        action="append",
        help='a text that counts as missing too, beside NA, null and the like; --missing "" for empty cells alone',
    )
    add("--decimal", metavar="MARK", type=decimal_mark, help="the decimal mark, . or , where the cells leave it open")


def reading_of(options: argparse.Namespace) -> Reading:
    """What the options say of the table."""
    given = vars(options)
    missing = given.get("missing")
    return Reading(
        ignore=tuple(given.get("ignore") or ()),
        types=dict(given.get("type") or ()),
        missing=None if missing is None else tuple(missing),
        decimal=given.get("decimal"),
        positive=given.get("positive"),
        group=given.get("group"),
        time=given.get("time"),
    )


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
