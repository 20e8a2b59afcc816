"""Tables that are no delimited text: Parquet, JSON lines and Excel, each read by its package, and frames.

A recording (wav) is a table of one row: what the network of `train sounds` hears of it.
"""

from __future__ import annotations

import importlib
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from nn.tables.cells import Cells, Numbers, encoded
from nn.tables.dialect import MAX_COLUMNS
from nn.tables.table import MISSING, Table
from nn.tables.text_files import TableError
from nn.tasks.recordings import is_recording, levels_and_doubts
from nn.tasks.sounds import bands
from nn.wording import place, quoted, reason


def read(content: bytes, path: str, missing: frozenset[str]) -> Table | None:
    """The table in the bytes, or None where they are to be read as delimited text."""
    shown = place(path)
    if content.startswith(b"PAR1"):
        parquet = _package("pyarrow.parquet", "a Parquet file", shown)
        with _told(shown, "a Parquet file"):
            table = parquet.read_table(io.BytesIO(content))
        return from_frame(table, path=path, missing=missing)
    if content.startswith(b"PK\x03\x04"):
        return _from_workbook(content, path, missing)
    if is_recording(content, path):
        try:
            levels, doubts = levels_and_doubts(content, shown)
        except ValueError as error:
            raise TableError(str(error)) from None
        return Table(path, bands(), tuple(Numbers(level) for level in levels[:, None]), notes=doubts)
    if content.lstrip()[:1] == b"{":
        return _from_json_lines(content, path, missing)
    return None


def from_frame(frame: Any, *, path: str = "the frame", missing: frozenset[str] = MISSING) -> Table:
    """The table in a frame of pandas, polars or Arrow; an index of pandas' is left out."""
    narwhals = _package("narwhals", "a frame", path)
    try:
        taken = narwhals.from_native(frame, eager_only=True)
    except TypeError:
        raise TypeError(f"wanted a frame of pandas, polars or Arrow, got {type(frame).__name__}") from None
    names = tuple(str(name).strip() or f"Unnamed: {i}" for i, name in enumerate(taken.columns))
    _check_names(names, path)
    if not len(taken):
        raise TableError(f"{place(path)} has no rows")
    columns = tuple(_series_cells(narwhals, taken[name], missing) for name in taken.columns)
    return Table(path, names, columns)


def _series_cells(narwhals: Any, series: Any, missing: frozenset[str]) -> Cells:
    kind = series.dtype
    if kind.is_numeric():
        if kind == narwhals.Decimal:
            series = series.cast(narwhals.Float64)
        cells = series.to_list() if series.null_count() else series.to_numpy()
        numbers = np.array([np.nan if x is None else x for x in cells] if isinstance(cells, list) else cells, float)
        numbers[np.isinf(numbers)] = np.nan
        return Numbers(numbers)
    if kind.is_temporal() and kind not in (narwhals.Duration, narwhals.Time):
        moments = series.cast(narwhals.Datetime("us")).to_numpy().astype("datetime64[us]")
        return Numbers(np.where(np.isnat(moments), np.nan, moments.astype("int64") / 1e6), dates=True)
    if kind == narwhals.Duration:
        spans = series.to_numpy().astype("timedelta64[us]")
        return Numbers(np.where(np.isnat(spans), np.nan, spans.astype("int64") / 1e6))
    return encoded(_text(cell, missing) for cell in series.to_list())


def _from_workbook(content: bytes, path: str, missing: frozenset[str]) -> Table:
    """The first sheet of a workbook; dates are dates there, numbers numbers."""
    shown = place(path)
    openpyxl = _package("openpyxl", "an Excel workbook", shown)
    with _told(shown, "an Excel workbook"):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    rows = [row for row in rows if any(cell is not None for cell in row)]
    if len(rows) < 2:
        raise TableError(f"{shown}: the first sheet has no rows below a header")
    width = max(i + 1 for row in rows for i, cell in enumerate(row) if cell is not None)
    header, *body = ([*row, *[None] * width][:width] for row in rows)
    names = tuple("" if cell is None else str(cell).strip() for cell in header)
    names = tuple(name or f"Unnamed: {i}" for i, name in enumerate(names))
    _check_names(names, path)
    columns = tuple(_object_cells([row[i] for row in body], missing) for i in range(width))
    return Table(path, names, columns)


def _from_json_lines(content: bytes, path: str, missing: frozenset[str]) -> Table | None:
    """The objects of a file with one a line; None where the first line is no object."""
    shown = place(path)
    rows: list[Mapping[str, Any]] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            if not rows:
                return None
            raise TableError(f"{shown}, line {number}: is no JSON: {reason(error)}") from None
        if not isinstance(row, dict):
            raise TableError(f"{shown}, line {number}: wanted an object with the cells by name")
        rows.append(row)
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    _check_names(names, path)
    columns = tuple(_object_cells([row.get(name) for row in rows], missing) for name in names)
    return Table(path, names, columns)


def _object_cells(cells: list[Any], missing: frozenset[str]) -> Cells:
    present = [cell for cell in cells if cell is not None]
    if present and all(type(cell) in (int, float) for cell in present):
        try:
            numbers = np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
        except OverflowError:
            numbers = np.array([np.inf])
        if not np.isinf(numbers).any():
            return Numbers(numbers)
    if present and all(hasattr(cell, "year") for cell in present):
        moments = np.array([None if cell is None else cell for cell in cells], dtype="datetime64[us]")
        return Numbers(np.where(np.isnat(moments), np.nan, moments.astype("int64") / 1e6), dates=True)
    return encoded(_text(cell, missing) for cell in cells)


def _text(cell: Any, missing: frozenset[str]) -> str | None:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return None
    text = (cell if isinstance(cell, str) else str(cell)).strip()
    return None if text in missing else text


def _check_names(names: tuple[str, ...], path: str) -> None:
    if not names:
        raise TableError(f"{place(path)} has no columns")
    if len(names) > MAX_COLUMNS:
        raise TableError(f"{place(path)} has {len(names):,} columns; at most {MAX_COLUMNS:,} can be read")
    seen: set[str] = set()
    twice = next((name for name in names if name in seen or seen.add(name)), None)
    if twice is not None:
        raise TableError(f"{place(path)} names the column {quoted(twice)} twice; every column needs a name of its own")


def _package(name: str, what: str, shown: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        package = name.partition(".")[0]
        raise ImportError(f"{shown} is {what}, which needs {package}: pip install {package}") from None


class _told:
    """A block whose errors, of whatever kind the package raises, are one line about the file."""

    def __init__(self, shown: str, what: str) -> None:
        self.shown, self.what = shown, what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, MemoryError):
            raise TableError(f"{self.shown} is {self.what} that cannot be read: {reason(error)}") from None
