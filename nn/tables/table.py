"""A delimited text file read into named columns of text cells, or one sentence that says why not.

Only the shape of the file is judged here (encoding, delimiter, header, ragged rows, size); what a column means is
decided in `columns`. Reading is bounded before it begins, because the file is somebody else's.
"""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass, field
from itertools import islice

from nn.tables.text_files import TableError, decode, read_bytes
from nn.wording import place, quoted, suggestion

MAX_COLUMNS = 10_000
MAX_CELLS = 10_000_000

# What pandas reads as missing by default, and "?" from the older data archives.
# fmt: off
MISSING = frozenset((
    "", "#N/A N/A", "#N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null", "?",
))
# fmt: on

DELIMITERS = (",", ";", "\t", "|")

# Each digit has one place in it: were there two, a long text that is no number would be tried in every division.
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of text cells under their names; a missing cell is None.

    `lines[i]` is the line of the file on which row i ends, so that messages can point into the file.
    """

    path: str
    names: tuple[str, ...]
    columns: tuple[list[str | None], ...]
    lines: list[int]
    decimal: str = "."
    notes: tuple[str, ...] = ()

    places: dict[str, int] = field(init=False, repr=False, compare=False)  # of the names: tables may be wide

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {name: i for i, name in enumerate(self.names)})

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def shown(self) -> str:
        """The path as messages name it."""
        return place(self.path)

    def column(self, name: str) -> list[str | None]:
        """The cells under `name`; an unknown name raises TableError with the nearest ones."""
        if name in self.places:
            return self.columns[self.places[name]]
        raise TableError(f"{self.shown} has no column {quoted(name)}{suggestion(name, self.names)}{self._hint()}")

    def _hint(self) -> str:
        if self.names and all(number(name, self.decimal) is not None for name in self.names):
            return " (the first line holds numbers only: is the line with the column names missing?)"
        return ""


def read_table(path: str | os.PathLike[str]) -> Table:
    """The table in the file at `path`: UTF-8 (UTF-16 with a mark, else Windows-1252), its delimiter found.

    Cells and names lose the blanks around them; blank lines are skipped. Raises TableError for anything that is not a
    table of at most 64 MB, 10,000 columns and 10,000,000 cells. Cost: about 10 bytes of memory for a byte of file.
    """
    shown = place(path)
    text, notes = decode(read_bytes(os.fspath(path)), shown)
    delimiter = sniff_delimiter(text)
    records = _records(text, delimiter, shown)
    header = next(records, None)
    if header is None:
        raise TableError(f"{shown} is empty; wanted a line of column names and then one line for each row")
    names = _names(header[1], shown)
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, cells in records:
        if len(cells) != len(names):
            raise TableError(f"{shown}, line {line}: {len(cells)} fields where the header names {len(names)} columns")
        rows.append(cells)
        lines.append(line)
        if len(rows) * len(names) > MAX_CELLS:
            raise TableError(f"{shown} has more than {MAX_CELLS:,} cells; train on a sample of its rows")
    if not rows:
        raise TableError(f"{shown} has a header and no rows; wanted one line for each row below the column names")
    columns = tuple([_cell(row[i]) for row in rows] for i in range(len(names)))
    decimal = "," if delimiter != "," and any(_has_decimal_comma(column) for column in columns) else "."
    if decimal == ",":
        notes = (*notes, "numbers are written with a decimal comma")
    return Table(os.fspath(path), names, columns, lines, decimal, notes)


def sniff_delimiter(text: str) -> str:
    """The delimiter that splits the header into several fields and the next lines into as many."""
    sample = text[:65536]
    best, best_score = ",", (0.0, 1)
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            widths = [len(row) for row in islice(reader, 50) if row]
        except csv.Error:
            continue
        if len(sample) < len(text) and len(widths) > 1:
            widths.pop()  # the sample may end in the middle of this line
        if not widths or widths[0] == 1:
            continue
        score = (widths.count(widths[0]) / len(widths), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def number(cell: str, decimal: str = ".") -> float | None:
    """The number a cell holds, or None for other text; inf for what is too large or says so.

    Python's `float` is more generous (1_000, digits of other scripts) than a table should be.
    """
    if decimal == ",":
        cell = cell.replace(",", ".", 1)
    if _NUMBER.fullmatch(cell):
        return float(cell)
    if _INFINITE.fullmatch(cell):
        return float(cell)
    return None


def _records(text: str, delimiter: str, path: str):
    """Pairs of line number and fields, blank lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError(f"{path}, line {reader.line_num}: {_reason(error)}") from None
        if cells is None:
            return
        if cells and (len(cells) > 1 or cells[0].strip()):
            yield reader.line_num, cells


def _reason(error: csv.Error) -> str:
    """The csv module's complaint in the words of someone who looks at the file."""
    complaint = str(error)
    if "end of data" in complaint:
        return "a quoted field never ends"
    if "expected after" in complaint:
        return "text follows a closing quotation mark; a quotation mark inside a field is written twice"
    if "field limit" in complaint:
        return f"a field has more than {csv.field_size_limit():,} characters; is a quotation mark missing?"
    return complaint


def _names(header: list[str], path: str) -> tuple[str, ...]:
    if len(header) > MAX_COLUMNS:
        raise TableError(f"{path} has {len(header):,} columns; at most {MAX_COLUMNS:,} can be read")
    # A name for the nameless as pandas gives it: such a column is usually an index that was written along.
    names = tuple(name.strip() or f"Unnamed: {i}" for i, name in enumerate(header))
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise TableError(f"{path} names the column {quoted(name)} twice; every column needs a name of its own")
        seen.add(name)
    return names


def _cell(text: str) -> str | None:
    text = text.strip()
    return None if text in MISSING else text


def _has_decimal_comma(cells: list[str | None]) -> bool:
    """Every cell is a number once its comma is read as a point, and some cell has such a comma."""
    present = [cell for cell in cells if cell is not None]
    return any("," in cell for cell in present) and all(number(cell, ",") is not None for cell in present)
