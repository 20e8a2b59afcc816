"""Options that say how a table is to be read, and what its columns are."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from nn.tables.names import KINDS

if TYPE_CHECKING:
    from nn.tables.data import Reading
    from nn.tables.schema import Schema


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
        add("--same-case", action="store_true", help="texts that differ in case alone, Yes and yes, are one")
    add(
        "--missing",
        metavar="TEXT",
        action="append",
        help='a text that counts as missing too, beside NA, null and the like; --missing "" for empty cells alone',
    )
    add("--decimal", metavar="MARK", type=decimal_mark, help="the decimal mark, . or , where the cells leave it open")


def missing_of(options: argparse.Namespace, schema: Schema) -> tuple[str, ...] | None:
    """The texts that count as missing in rows for a model: those of its training and those that are said."""
    return (*(schema.missing or ()), *options.missing) if options.missing else schema.missing


def reading_of(options: argparse.Namespace) -> Reading:
    """What the options say of the table."""
    from nn.tables.data import Reading  # NumPy, which comes after the first words

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
        same_case=bool(given.get("same_case")),
    )
