"""A table: named columns of cells, wherever they come from. What a column means is decided in `meaning`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from nn.tables.cells import Cells
from nn.tables.dialect import Dialect
from nn.tables.reading import rows_of
from nn.tables.text_files import TableError, TextFile
from nn.wording import place, quoted, suggestion

# What pandas reads as missing by default, and "?" from the older data archives.
# fmt: off
MISSING = frozenset((
    "", "#N/A N/A", "#N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null", "?",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of cells under their names.

    Attributes:
        decimal: the decimal mark that the user named or that some column tells of, None where nothing does.
        source: the text file, None for a table that is none; dialect: how it is laid out.
    """

    path: str
    names: tuple[str, ...]
    columns: tuple[Cells, ...]
    decimal: str | None = None
    notes: tuple[str, ...] = ()
    source: TextFile | None = field(default=None, repr=False)
    dialect: Dialect | None = None
    rows: np.ndarray | None = None  # of the file, where some are left out

    places: dict[str, int] = field(init=False, repr=False, compare=False)  # of the names: tables may be wide

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {name: i for i, name in enumerate(self.names)})

    def __len__(self) -> int:
        return len(self.columns[0])

    @property
    def shown(self) -> str:
        """The path as messages name it."""
        return place(self.path)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the answers for its rows may be wrong: remarks on what is no text (how one was read, training says)."""
        return () if self.source else self.notes

    def column(self, name: str) -> Cells:
        """The cells under `name`; an unknown name raises TableError with the nearest ones."""
        if name in self.places:
            return self.columns[self.places[name]]
        raise TableError(f"{self.shown} has no column {quoted(name)}{suggestion(name, self.names)}{self._hint()}")

    def take(self, rows: np.ndarray) -> Table:
        """The table of some of the rows."""
        kept = rows if self.rows is None else self.rows[rows]
        return replace(self, columns=tuple(column.take(rows) for column in self.columns), rows=kept)

    def where(self, row: int) -> str:
        """Where a row stands, as messages say it."""
        return f"{self.shown}, {self.line(row)}"

    def number(self, row: int) -> int:
        """Which row of its file a row is, counted from 1 whatever rows are left out: the number that commands take."""
        return 1 + (row if self.rows is None else int(self.rows[row]))

    def counted(self, row: int) -> str:
        """The number of a row in its file, and its line where there are such."""
        number, line = f"row {self.number(row)}", self.line(row)
        return number if line == number else f"{number}, {line}"

    def line(self, row: int) -> str:
        """The line of a row in its file, or the row where there is no file of lines."""
        at = self.number(row) - 1
        if self.source is None or self.dialect is None:
            return f"row {at + 1}"
        lines = rows_of(self.source.content.decode("utf-8"), self.dialect, self.shown)
        return f"line {next((line for i, (line, _) in enumerate(lines) if i == at), at + 2)}"

    def _hint(self) -> str:
        if self.dialect is not None and not self.dialect.header:
            return " (its first line is a row like the others: is the line with the column names missing?)"
        return ""
