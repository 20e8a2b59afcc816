"""What a column means, decided from its values: number, date, boolean, category, identifier, or free text.

The name of a column alone decides nothing. What the values leave open is asked for; what the user says holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from nn.tables import dates
from nn.tables.cells import Cells, Numbers, Texts
from nn.tables.names import KINDS
from nn.tables.numerals import Ambiguous, Notation, ends_in_minus, is_code, plain_number
from nn.tables.strays import dashes_of, mark_of, missing_option, strays_of, words_of
from nn.tables.table import Table
from nn.tables.text_files import TableError
from nn.tables.units import column_notation
from nn.wording import argument, quoted

MAX_CATEGORIES = 30  # one input each, however rare; of more, rare texts share one input
OFTEN, MOST_CATEGORIES = 5, 200  # training rows that earn a text its own input, and how many such texts there may be
TELLING_ROWS = 10  # below, values that are all different say nothing
RUNNING_ROWS = 20  # below, numbers that rise by one from anywhere else than 0 or 1 say nothing
YEARS = (1700, 2100)

TRUE = frozenset(("true", "yes", "y", "t", "on"))
FALSE = frozenset(("false", "no", "n", "f", "off"))
_OPPOSITES = dict(zip(("true", "yes", "y", "t", "on"), ("false", "no", "n", "f", "off"), strict=True))

_KEY_NAME = re.compile(
    r"(?:.*[_ .\-])?(?:ids?|key|uuid|guid|index|idx|rows?|row ?names?|row ?num(?:ber)?|no\.?|nr\.?|num|number|code|#)"
    r"|unnamed: \d+|.*nummer|.*[a-z](?:Id|ID|No|Nr|Key|Index)"
)
_TIME_NAME = re.compile(
    r".*(year|month|day|week|hour|minute|time|date|step|age|epoch|period|quarter)s?|t", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column was taken for.

    Attributes:
        kind: "number", "boolean", "category", "date", "identifier", "text", "constant" or "empty".
        why: a clause for the user. notation: of numbers. format: of dates.
    """

    kind: str
    why: str
    notation: Notation = field(default_factory=Notation)
    format: str = ""

    @property
    def used(self) -> bool:
        return self.kind in ("number", "boolean", "category", "date")


def meaning_of(table: Table, name: str, said: str | None = None) -> Meaning:
    """The meaning of a column; raises TableError where its values leave it open, naming the option that decides, and
    where they are not what the user says."""
    cells = table.column(name)
    if said is not None:
        return _as_said(table, name, cells, said)
    if cells.missing.all():
        return Meaning("empty", "every value is missing")
    if isinstance(cells, Numbers):
        if cells.dates:
            return Meaning("date", "dates", format="moment")
        return _of_numbers(name, cells, cells.numbers, Notation())
    return _of_texts(table, name, cells)


def numbers_of(cells: Cells, notation: Notation) -> tuple[np.ndarray, int | None]:
    """The number of every row, nan where the cell is missing, and the first row whose cell is no number or infinite."""
    if isinstance(cells, Numbers):
        return cells.numbers, None
    values = [notation.number(cell) for cell in cells.values]
    wrong = [i for i, x in enumerate(values) if x is None or abs(x) == np.inf]
    numbers = cells.mapped([np.nan if x is None else x for x in values])
    return numbers, int(np.flatnonzero(np.isin(cells.codes, wrong))[0]) if wrong else None


def moments_of(cells: Cells, format: str) -> tuple[np.ndarray, int | None]:
    """The seconds since 1970 of every row, nan where missing, and the first row whose cell is no such date."""
    if isinstance(cells, Numbers):
        if not cells.dates and format == "compact":
            cells = _texts(cells)
        else:
            return cells.numbers, None
    if format == "moment":  # trained on a frame with dates, asked with text
        found = dates.format_of(cells.values) if cells.values else None
        format = found if isinstance(found, str) else "ymd"
    values = [dates.seconds(cell, format) for cell in cells.values]
    wrong = [i for i, x in enumerate(values) if x is None]
    moments = cells.mapped([np.nan if x is None else x for x in values])
    return moments, int(np.flatnonzero(np.isin(cells.codes, wrong))[0]) if wrong else None


def texts_of(cells: Cells) -> Texts:
    """The cells as texts, whatever they are."""
    return cells if isinstance(cells, Texts) else _texts(cells)


def checked_types(types: Mapping[str, str], table: Table) -> dict[str, str]:
    """The user's types of columns; raises TableError for a column that is not there."""
    for name in types:
        table.column(name)
    return dict(types)


def _of_texts(table: Table, name: str, cells: Texts) -> Meaning:
    values = cells.values
    boolean = _boolean(values)
    if boolean:
        return boolean
    codes = [value for value in values if is_code(value)]
    if not codes:
        notation = _notation(table, name, values)
        if notation is not None:
            infinite = next((value for value in values if abs(notation.number(value) or 0.0) == np.inf), None)
            if infinite is not None:
                row = int(np.flatnonzero(cells.codes == values.index(infinite))[0])
                raise TableError(
                    f"{table.where(row)}: column {quoted(name)} has the infinite value {quoted(infinite)}; "
                    f"leave the cell empty if it is unknown, or say --type {argument(name)}=ignore"
                )
            eight = len(values) >= TELLING_ROWS and all(len(value) == 8 for value in values)
            if eight and dates.format_of(values) == "compact":
                return Meaning("date", "whole numbers that are all dates, such as 20240131", format="compact")
            numbers, _ = numbers_of(cells, notation)
            marked = any("," in value or "." in value for value in values)
            meaning = _of_numbers(name, cells, numbers, notation, marked=marked)
            below = next((value for value in values if ends_in_minus(value)), None)
            if below is None:
                return meaning
            read = notation.written(notation.number(below) or 0.0)
            return replace(meaning, why=f"{meaning.why}; {quoted(below)} is read as {read}")
    format = dates.format_of(values)
    if isinstance(format, dates.Either):
        raise TableError(
            f"{table.shown}: column {quoted(name)} has dates such as {quoted(format.cells[0])}, where day and month "
            f"cannot be told apart; say --type {argument(name)}=dmy or --type {argument(name)}=mdy"
        )
    if format is not None:
        return Meaning("date", f"dates or times such as {values[0]}", format=format)
    return _of_categories(table, name, cells, codes)


def _of_categories(table: Table, name: str, cells: Texts, codes: Sequence[str]) -> Meaning:
    values, present = cells.values, int((cells.codes >= 0).sum())
    distinct = len(values)
    strays = strays_of(table, name)
    if strays is not None:
        return Meaning("text" if distinct > MAX_CATEGORIES else "category", strays.sentence)
    if distinct == 1 and not cells.missing.any():
        return Meaning("constant", f"it is {quoted(values[0])} in every row")
    zeros = [code for code in codes if code.lstrip("+-").startswith("0")]
    if zeros and len(zeros) < len(values):
        why = f"codes: {quoted(zeros[0])} begins with a zero that a number would lose"
    elif codes:
        why = f"codes such as {quoted(codes[0])}, which are no numbers"
    else:
        why = f"text with {distinct:,} different value{'s' if distinct > 1 else ''}"
        alike = spelled_alike(values)
        if alike:
            why += f"; {' and '.join(map(quoted, alike[0][:4]))} may be one, spelled in several ways"
        dashes = dashes_of(table, name)
        why += f"; {dashes}" if dashes else ""
        words = words_of(table, name)
        why += f"; {words}" if words else ""
    if distinct >= TELLING_ROWS:
        several = dates.several_ways(values)
        if several:
            ways = " and ".join(map(quoted, several))
            return Meaning("text", f"dates written in several ways, {ways}; write them in one to use the column")
    if distinct > MAX_CATEGORIES and distinct > present // 2:
        numeric = [plain_number(value) is not None for value in values]
        if not codes and 2 * sum(numeric) > distinct:
            odd = values[numeric.index(False)] if False in numeric else values[0]
            return Meaning(
                "text",
                f"mostly numbers, but {quoted(odd)} is not one; correct it, leave it empty, or say "
                f"{missing_option(odd)}, to use the column",
            )
        if distinct < present or any(" " in value for value in values):
            return Meaning(
                "text",
                f"text with {distinct:,} different values in {present:,} rows; only repeated ones can be learned from",
            )
    if distinct == present and (present >= TELLING_ROWS or distinct > MAX_CATEGORIES):
        return Meaning("identifier", f"an identifier: {distinct:,} texts such as {quoted(values[0])}, all different")
    return Meaning("category", why)


def _of_numbers(
    name: str, cells: Cells, numbers: np.ndarray, notation: Notation, *, marked: bool = True
) -> Meaning:
    """What numbers are; `marked`: whether points or commas stand in any of them."""
    known = numbers[~np.isnan(numbers)]
    if known.min() == known.max() and len(known) == len(numbers):
        return Meaning("constant", f"it is {known[0]:g} in every row", notation)
    whole = bool((known == np.floor(known)).all()) and float(np.abs(known).max()) < 2**53
    why = "whole numbers" if whole else "numbers"
    if notation.unit:
        why += f" in {notation.unit}"
    if notation.decimal == "," and marked:
        why += ", with a decimal comma"
    if whole and len(known) >= 3 and not notation.unit:  # nobody counts rows in % or €
        key = _is_key(name, numbers)
        if key:
            return Meaning("identifier", f"{key} --type {argument(name)}=number takes it", notation)
    mark = mark_of(cells, numbers)
    return Meaning("number", f"{why}; {mark}" if mark else why, notation)


def _is_key(name: str, numbers: np.ndarray) -> str:
    """Why whole numbers are those of an identifier, up to the option that takes them, or "": row numbers, or all
    different under the name of one."""
    known = numbers[~np.isnan(numbers)]
    distinct = len(np.unique(known))
    named = _KEY_NAME.fullmatch(name) is not None or _KEY_NAME.fullmatch(name.lower()) is not None
    first = counted_from(numbers)
    if first is not None:
        from_start = first in (0.0, 1.0)
        enough = len(known) >= (TELLING_ROWS if from_start else RUNNING_ROWS)
        times = _TIME_NAME.fullmatch(name) or (YEARS[0] <= first and known[-1] <= YEARS[1])
        if (named and from_start) or (enough and not times):
            on = "" if from_start else f" from {first:.0f} on"
            return f"an identifier: it counts the rows{on}; where that is a time,"
    if named and distinct == len(known):
        return "an identifier: whole numbers that are all different, under the name of one;"
    if named and len(known) >= 50 and distinct > 0.9 * len(known):
        return "an identifier: whole numbers that are nearly all different, under the name of one;"
    return ""


def counted_from(numbers: np.ndarray) -> float | None:
    """The number of the first row, where they rise by one from row to row (some may be missing), else None."""
    places = np.flatnonzero(~np.isnan(numbers))
    found = numbers[places] - places
    return float(found[0]) if len(found) and (found == found[0]).all() else None


def _boolean(values: Sequence[str]) -> Meaning | None:
    folded = {value.casefold() for value in values}
    if not 1 <= len(folded) <= 2:
        return None
    for yes, no in _OPPOSITES.items():
        if folded == {yes, no}:
            return Meaning("boolean", f"{' or '.join(sorted(map(quoted, values)))}")
    return None


def _notation(table: Table, name: str, values: Sequence[str]) -> Notation | None:
    """The notation of a column, None where it has none; raises TableError where it could be either."""
    found = column_notation(values, table.decimal)
    if isinstance(found, Ambiguous):
        commas = any("," in cell for cell in found.cells)
        delimiter = table.dialect.delimiter if table.dialect else ","
        if not commas and delimiter != ";":
            return Notation(".")  # digits and points, as programs write them, and nothing that speaks against it
        raise TableError(
            f"{table.shown}: column {quoted(name)} has {', '.join(map(quoted, found.cells[:3]))}, and "
            f"{quoted(found.cells[0])} may be {found.as_point:.10g} or {found.as_comma:.10g}; say which mark is the "
            "decimal one: --decimal . or --decimal ,"
        )
    return found


def _as_said(table: Table, name: str, cells: Cells, said: str) -> Meaning:
    if said == "category":
        return Meaning("category", "a category, as you say")
    if said == "number":
        if isinstance(cells, Numbers):
            return Meaning("number", "a number, as you say")
        notation = _notation(table, name, cells.values)
        if notation is None:
            strays = strays_of(table, name)
            if strays is not None and strays.notation is not None:
                raise TableError(f"{table.shown}: {strays.sentence}")
            odd = (cell for cell in cells.values if column_notation([cell], table.decimal) is None)
            wrong = next(odd, cells.values[0])
            row = int(np.flatnonzero(cells.codes == cells.values.index(wrong))[0])
            raise TableError(
                f"{table.where(row)}: column {quoted(name)} is said to be a number and has {quoted(wrong)}; correct "
                f"it, or say {missing_option(wrong)}"
            )
        return Meaning("number", "a number, as you say", notation)
    if said in ("dmy", "mdy", "date"):
        if isinstance(cells, Numbers) and cells.dates:
            return Meaning("date", "a date, as you say", format="moment")
        values = texts_of(cells).values
        format = dates.format_of(values) if said == "date" and values else said
        if isinstance(format, dates.Either):
            raise TableError(
                f"{table.shown}: day and month cannot be told apart in column {quoted(name)} "
                f"({quoted(format.cells[0])}); say --type {argument(name)}=dmy or mdy"
            )
        wrong = (
            values[0]
            if format is None and values
            else next((cell for cell in values if dates.seconds(cell, format or "") is None), None)
        )
        if wrong is not None:
            raise TableError(
                f"{table.shown}: column {quoted(name)} is said to be a date and has {quoted(wrong)}; correct it, or "
                f"say {missing_option(wrong)}"
            )
        return Meaning("date", "a date, as you say", format=format or "ymd")
    raise TableError(f"--type {argument(name)}={said}: wanted one of {', '.join((*KINDS, 'dmy', 'mdy'))}")


def _texts(cells: Numbers) -> Texts:
    known = ~cells.missing
    different, codes_of_known = np.unique(cells.numbers[known], return_inverse=True)
    codes = np.full(len(cells), -1, dtype=np.int64)
    codes[known] = codes_of_known
    spelled = Numbers(different, cells.dates)
    return Texts([str(spelled.text(i)) for i in range(len(different))], codes)


def spelled_alike(texts: Iterable[str]) -> list[list[str]]:
    """Those of the texts that look like one thing spelled in several ways, together."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(spelling(text), []).append(text)
    return [group for group in groups.values() if len(group) > 1]


def spelling(text: str) -> str:
    """What spellings of one thing have in common."""
    x = plain_number(text)
    if x is not None and math.isfinite(x):
        return repr(x)
    folded = " ".join(text.casefold().split())
    return "true" if folded in TRUE - {"y", "t"} else "false" if folded in FALSE - {"n", "f"} else folded
