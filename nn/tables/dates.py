"""Dates and times as tables write them, and the numbers a network learns from them.

A column has one format that fits every cell. Day and month are told apart by a cell that leaves no choice, or by the
user; never by looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

DAY = 86400.0
EARLIEST, LATEST = -62_135_596_800.0, 253_402_300_799.0  # seconds since 1970: the years 1 to 9999
_EPOCH = datetime(1970, 1, 1)
_MONTHS = {name: i + 1 for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}
_CLOCK = r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?P<f>[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_TIME = rf"(?:[T ]\s*{_CLOCK})?"
_ZONE = r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
_DATES = {
    "ymd": r"(?P<Y>\d{4})(?P<mark>[-/.])(?P<M>\d{1,2})(?P=mark)(?P<D>\d{1,2})",
    "dmy": r"(?P<D>\d{1,2})(?P<mark>[-/.])(?P<M>\d{1,2})(?P=mark)(?P<Y>\d{4}|\d{2})",
    "mdy": r"(?P<M>\d{1,2})(?P<mark>[-/.])(?P<D>\d{1,2})(?P=mark)(?P<Y>\d{4}|\d{2})",
    "d month y": r"(?P<D>\d{1,2})\.?[ -]+(?P<name>[A-Za-z]{3,9})\.?,?[ -]+(?P<Y>\d{4})",
    "month d y": r"(?P<name>[A-Za-z]{3,9})\.?[ -]+(?P<D>\d{1,2}),?[ -]+(?P<Y>\d{4})",
    "compact": r"(?P<Y>(?:19|20)\d\d)(?P<M>\d\d)(?P<D>\d\d)",
    "ym": r"(?P<Y>\d{4})-(?P<M>\d{1,2})",
}
_PATTERNS = {name: re.compile(date + _TIME + _ZONE, re.ASCII) for name, date in _DATES.items()}
_PATTERNS["time"] = re.compile(_CLOCK, re.ASCII)
FORMATS = tuple(_PATTERNS)


@dataclass(frozen=True, slots=True)
class Either:
    """Dates of which nobody can tell the day from the month."""

    cells: tuple[str, ...]


def format_of(cells: Sequence[str]) -> str | Either | None:
    """The one format in which all cells are dates or times."""
    fitting = [name for name in FORMATS if seconds(cells[0], name) is not None]
    for name in fitting:
        if name in ("dmy", "mdy"):
            continue
        if all(seconds(cell, name) is not None for cell in cells):
            return name
    both = [name for name in ("dmy", "mdy") if all(seconds(cell, name) is not None for cell in cells)]
    if len(both) == 2:
        # With points, the day comes first wherever dates are written so.
        return "dmy" if all("." in cell for cell in cells) else Either(tuple(cells[:3]))
    return both[0] if both else None


def several_ways(cells: Sequence[str]) -> tuple[str, str] | None:
    """Two cells written in different ways, where each cell is a date and no one format is that of all."""
    first = next((name for name in FORMATS if seconds(cells[0], name) is not None), None)
    if first is None or not all(format_of([cell]) for cell in cells):
        return None
    other = next((cell for cell in cells if seconds(cell, first) is None), None)
    return None if other is None else (cells[0], other)


def seconds(cell: str, name: str) -> float | None:
    """The seconds since 1970 (of a time alone, since midnight) of a cell in this format, else None."""
    found = _PATTERNS[name].fullmatch(cell) if len(cell) <= 40 else None
    if found is None:
        return None
    parts = found.groupdict()
    month = _MONTHS.get(parts["name"][:3].lower()) if parts.get("name") else int(parts.get("M") or 1)
    year = int(parts.get("Y") or 1970)
    if len(parts.get("Y") or "") == 2:
        year += 2000 if year < 69 else 1900  # as POSIX has it
    hour = int(parts["h"] or 0)
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (parts["half"][0] in "pP")
    try:
        moment = datetime(year, month or 0, int(parts.get("D") or 1), hour, int(parts["m"] or 0), int(parts["s"] or 0))
    except ValueError:  # a 13th month, a 30th of February
        return None
    fraction = float("0." + parts["f"][1:]) if parts["f"] else 0.0
    return (moment - _EPOCH) / timedelta(seconds=1) + fraction - _shift(parts.get("zone"))


PARTS = ("elapsed", "year", "month", "weekday", "hour")


def parts_of(moments: np.ndarray) -> dict[str, np.ndarray]:
    """The numbers a date is learned from; of what goes round, two points on a circle."""
    days = np.floor(moments / DAY)
    dates = days.astype("int64").astype("datetime64[D]")
    year = dates.astype("datetime64[Y]").astype("int64") + 1970.0
    month = dates.astype("datetime64[M]").astype("int64") % 12
    return {
        "elapsed": moments / DAY,
        "year": year,
        **_circle("month", month / 12.0),
        **_circle("weekday", ((days + 3.0) % 7.0) / 7.0),
        **_circle("hour", (moments % DAY) / DAY),
    }


def _circle(name: str, turn: np.ndarray) -> dict[str, np.ndarray]:
    return {f"{name} sin": np.sin(2 * np.pi * turn), f"{name} cos": np.cos(2 * np.pi * turn)}


def written(moment: float) -> str:
    """A moment as people read it."""
    date = _EPOCH + timedelta(seconds=moment)
    return date.strftime("%Y-%m-%d") if moment % DAY == 0 else date.strftime("%Y-%m-%d %H:%M")


_WRITTEN = {
    "dmy": "%d.%m.%Y", "mdy": "%m/%d/%Y", "d month y": "%d %b %Y", "month d y": "%b %d, %Y", "compact": "%Y%m%d",
    "ym": "%Y-%m",
}  # fmt: skip


def written_as(moment: float, name: str) -> str:
    """A moment in the column's own format, to the minute."""
    date = _EPOCH + timedelta(seconds=moment)
    if name == "time":
        return f"{date.hour}:{date.minute:02}"
    pattern = _WRITTEN.get(name)
    if pattern is None:
        return written(moment)
    if "%b" in pattern:
        pattern = pattern.replace("%b", list(_MONTHS)[date.month - 1].capitalize())  # in English wherever this runs
    day = date.strftime(pattern.replace("%Y", f"{date.year:04}"))
    return day if moment % DAY == 0 or name == "ym" else day + date.strftime(" %H:%M")


def _shift(zone: str | None) -> float:
    if not zone or zone == "Z":
        return 0.0
    digits = zone[1:].replace(":", "")
    return (1 if zone[0] == "+" else -1) * (int(digits[:2]) * 3600.0 + int(digits[2:]) * 60.0)
