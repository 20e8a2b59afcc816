"""Numbers as spreadsheets write them: grouped, with a decimal comma, a currency, a percent sign or in parentheses.

A column has one notation, and only when every cell agrees with it. `1,234` alone agrees with two; which of them is
meant is never decided by its looks: by other cells of the column or the file, by the user, or not at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST = 60  # characters of a number in clothes; digits alone may be more

# Each digit has one place in it: were there two, a long text that is no number would be tried in every division.
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.ASCII | re.IGNORECASE)
_CODE = re.compile(r"[+-]?0\d+(?:[eE]\d+)?", re.ASCII)  # 02139: a postal code, not 2139
_SERIAL = re.compile(r"\d+[eE]\d{3,}", re.ASCII)  # 4758E590005: beyond any number

_CURRENCY = (
    r"US\$|A\$|C\$|R\$|HK\$|[$€£¥₹₩₽₺₴₪฿]|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|CNY|SEK|NOK|DKK|PLN|BRL|Kč|kr\.?|zł|Rs\.?"
)
_MINUS = "\u2212\u2013\u2012\ufe63\uff0d-"  # the last of them is no range in a set of characters
_DASHES = "\u2014" + _MINUS
_BLANKS = " \u00a0\u2009\u202f"
_DRESSED = re.compile(
    rf"(?P<open>\()?[{_BLANKS}]*(?P<sign>[+{_MINUS}]?)[{_BLANKS}]*(?P<before>{_CURRENCY})?[{_BLANKS}]*"
    rf"(?P<second>[{_MINUS}]?)(?P<core>(?:\d|[.,]\d)(?:[\d.,'\u2019{_BLANKS}]*\d)?[.,]?(?:[eE][+-]?\d+)?)"
    rf"(?:(?<=[.,])[{_DASHES}]{{1,2}})?[{_BLANKS}]*"  # 586,- has no cents, and 586- is -586
    rf"(?P<after>%|‰|{_CURRENCY})?(?P<last>(?<=\d)[{_MINUS}])?(?P<close>\))?",
    re.ASCII,
)
_SPACED = re.compile(rf"\d{{1,3}}(?:(?P<mark>[{_BLANKS}'\u2019])\d{{3}})(?:(?P=mark)\d{{3}})*(?:[.,]\d*)?", re.ASCII)
_GROUPED = {
    ".": re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d*)?", re.ASCII),
    ",": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?", re.ASCII),
}
_MONEY = re.compile(_CURRENCY)
MOST_MONEY = 1e15  # beyond which cents are lost in a float
_MONEY_GROUPS = dict.fromkeys(("₽", "SEK", "NOK", "PLN", "Kč", "kr", "zł"), " ") | {"CHF": "'"}
_POINT_MONEY = frozenset(("US$", "A$", "C$", "HK$", "$", "£", "¥", "₹", "USD", "GBP", "JPY", "AUD", "INR", "CNY"))


@dataclass(frozen=True, slots=True)
class Notation:
    """How the numbers of a column are written: their decimal mark, and the unit beside them or "".

    `decided` says whether some cell has a mark that has no other meaning.
    """

    decimal: str = "."
    unit: str = ""
    decided: bool = False

    def number(self, cell: str) -> float | None:
        """The number a cell holds in this notation, inf for what says so, or None."""
        if _INFINITE.fullmatch(cell):
            return float(cell)
        found = _undressed(cell)
        if found is None and self.unit and cell.endswith(self.unit):  # a word that only this column has
            found = _undressed(cell[: -len(self.unit)].rstrip(_BLANKS))
            found = None if found and found[2] else found
        if found is None:
            return None
        negative, core, unit = found
        if unit != self.unit and (unit in _PARTS or self.unit in _PARTS or (unit and self.unit)):
            return None
        x = _core_number(core, self.decimal)
        return None if x is None else -x if negative else x

    def written(self, x: float) -> str:
        """The number in this notation, to six digits; money with cents, and in groups as is usual for the currency:
        three decimals would look like thousands."""
        few = abs(x) < 1.0 or (abs(x) < 1000.0 and x == round(x))
        if _MONEY.fullmatch(self.unit) and not few and abs(x) < MOST_MONEY:
            group = _MONEY_GROUPS.get(self.unit, "." if self.decimal == "," else ",")
            whole, cents = f"{x:,.2f}".split(".")
            return f"{whole.replace(',', group)}{self.decimal}{cents} {self.unit}"
        return f"{x:.6g}".replace(".", self.decimal) + (f" {self.unit}" if self.unit else "")


_PARTS = ("%", "‰")


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Cells that are numbers in two notations, and what the first of them would be in either."""

    cells: tuple[str, ...]
    as_point: float
    as_comma: float


def plain_number(cell: str) -> float | None:
    """The number of a cell in digits with a decimal point, inf for what is too large or says so, None for other text.

    Python's `float` is more generous (1_000, digits of other scripts) than a table should be.
    """
    return float(cell) if _PLAIN.fullmatch(cell) or _INFINITE.fullmatch(cell) else None


def is_code(cell: str) -> bool:
    """Whether the digits begin with a zero that a number would lose, or are no number that fits anywhere."""
    return _CODE.fullmatch(cell) is not None or (_SERIAL.fullmatch(cell) is not None and float(cell) == math.inf)


def notation_of(cells: Sequence[str], decimal: str | None = None) -> Notation | Ambiguous | None:
    """The one notation in which all cells are numbers, None where there is none.

    `decimal` is the mark that the user or the rest of the file tells of; it decides only what the cells leave open.
    """
    possible = {".", ","}
    units: set[str] = set()
    open_cells: list[str] = []
    decided = False
    for cell in cells:
        readings, unit, clear = _readings(cell)
        possible &= readings
        if not possible:
            return None
        units.add(unit)
        decided |= clear
        if len(readings) == 2 and not cell.isdigit() and ("," in cell or "." in cell) and len(open_cells) < 4:
            open_cells.append(cell)
    named = units - {""}
    if len(named) > 1 or (named and "" in units and named & set(_PARTS)):
        return None
    unit = next(iter(named), "")
    if len(possible) == 1:
        return Notation(next(iter(possible)), unit, decided)
    if not open_cells:
        return Notation(decimal or ".", unit)
    if decimal in possible:
        return Notation(decimal, unit)
    if unit in _POINT_MONEY and all("," in cell for cell in open_cells):
        return Notation(".", unit, decided=True)
    as_point, as_comma = (Notation(mark, unit).number(open_cells[0]) for mark in ".,")
    assert as_point is not None and as_comma is not None  # noqa: PT018
    return Ambiguous(tuple(open_cells), as_point, as_comma)


def ends_in_minus(cell: str) -> bool:
    """Whether what makes the number of a cell negative stands behind it: 586-."""
    found = None if _PLAIN.fullmatch(cell) or len(cell) > LONGEST else _DRESSED.fullmatch(cell)
    return found is not None and bool(found["last"])


def undecided(cells: Iterable[str]) -> bool:
    """Whether points stand in these plain numbers only where they could part thousands: 1.234, but not 0.123 or 1.5."""
    dotted = [cell for cell in cells if "." in cell]
    return bool(dotted) and all(_GROUPED[","].fullmatch(cell.lstrip("+-")) for cell in dotted)


def _readings(cell: str) -> tuple[set[str], str, bool]:
    """The decimal marks with which a cell is a number, its unit, and whether its own mark decides."""
    if _INFINITE.fullmatch(cell):
        return {".", ","}, "", False
    found = _undressed(cell)
    if found is None:
        return set(), "", False
    _, core, unit = found
    possible = {mark for mark in ".," if _core_number(core, mark) is not None}
    return possible, unit, len(possible) == 1


def _undressed(cell: str) -> tuple[bool, str, str] | None:
    """Sign, digits with their marks, and unit of a cell; None when it is no number at all."""
    if _PLAIN.fullmatch(cell):
        return cell[0] == "-", cell.lstrip("+-"), ""
    found = _DRESSED.fullmatch(cell) if len(cell) <= LONGEST else None
    if found is None or (found["open"] is None) != (found["close"] is None):
        return None
    signs = [mark for mark in (found["sign"], found["second"], found["last"]) if mark]
    units = [unit for unit in (found["before"], found["after"]) if unit]
    if len(signs) + (found["open"] is not None) > 1 or len(units) > 1:
        return None
    return bool(found["open"]) or (bool(signs) and signs[0] != "+"), found["core"], units[0] if units else ""


def _core_number(core: str, decimal: str) -> float | None:
    if _SPACED.fullmatch(core):
        core = re.sub(rf"[{_BLANKS}'\u2019]", "", core)
    if decimal == ",":
        if _GROUPED[","].fullmatch(core):
            core = core.replace(".", "")
        elif "." in core:
            return None
        core = core.replace(",", ".")
    elif _GROUPED["."].fullmatch(core):
        core = core.replace(",", "")
    return float(core) if _PLAIN.fullmatch(core) else None
