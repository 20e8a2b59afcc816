"""Text to columns of cells: by pyarrow's reader where it is installed, many times faster, else by Python's.

Python's reader is also what says on which line a file is wrong, and what reads quotation marks that the fast one would
take otherwise. A column whose first cells are all different plain numbers is read as numbers at once.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from csv import field_size_limit
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from nn.tables.cells import Cells, Numbers, Texts
from nn.tables.dialect import BLANKS, SAMPLE, Dialect, find_dialect, records
from nn.tables.numerals import is_code, plain_number, undecided
from nn.tables.text_files import TableError, TextFile

MAX_CELLS = 200_000_000
BLOCK = 2**24  # bytes read between two reports of progress
MOST_BELOW = 10  # lines below the rows that are none
FEWEST_COLUMNS = 4  # from which on a line of one or two cells is no row
FEWEST_AT_ONCE = 200  # below, nothing is gained by reading numbers at once

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The columns of a text and how it lays them out."""

    dialect: Dialect
    columns: tuple[Cells, ...]
    rows: int


def parse(file: TextFile, path: str, missing: frozenset[str], progress: Progress | None = None) -> Parsed:
    """The columns of a text file; raises TableError that names the line where it is no table."""
    start = file.content[: max(SAMPLE, file.content.find(b"\n", 0) + 1 or len(file.content))]
    complete = len(start) == len(file.content)
    text = start.decode("utf-8", "ignore")  # the sample may end within a character
    dialect = find_dialect(text, path, complete=complete)
    columns = None
    # In a file of one column a line of blanks is none for one reader and a missing cell for the other.
    if dialect.delimiter != BLANKS and not dialect.spaced and len(dialect.names) > 1 and len(file.content) > 10_000:
        columns = _fast(file.content, text, dialect, missing, progress)
    if columns is None:
        columns = _slow(file.content, dialect, path, missing, progress)
    rows = len(columns[0]) if columns else 0
    if not rows:
        raise TableError(f"{path} has a header and no rows; wanted one line for each row below the column names")
    return Parsed(dialect, columns, rows)


def rows_of(text: str, dialect: Dialect, path: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and fields of the rows of a text, the header left out; raises TableError for a ragged one."""
    first_line = 1 + text.count("\n", 0, dialect.before)
    found = records(text[dialect.before :], dialect.delimiter, path, spaced=dialect.spaced, first_line=first_line)
    width = len(dialect.names)
    below: list[tuple[int, list[str]]] = []  # lines of one field, which are a footer where no row follows
    for line, cells in islice(found, 1, None) if dialect.header else found:
        if dialect.trailing and len(cells) == width + 1 and not cells[-1].strip():
            cells.pop()
        if len(cells) == 1 and width >= FEWEST_COLUMNS and len(below) < MOST_BELOW:
            below.append((line, cells + [""] * (width - 1)))
            continue
        if below:
            line, cells = below[0][0], below[0][1][:1]
        if len(cells) != width:
            names = f"{width} column{'s' if width > 1 else ''}"
            which = "the header names" if dialect.header else "the first line has"
            count = f"{len(cells)} field{'s' if len(cells) > 1 else ''}"
            raise TableError(f"{path}, line {line}: {count} where {which} {names}")
        yield line, cells
    yield from below


def _slow(
    content: bytes, dialect: Dialect, path: str, missing: frozenset[str], progress: Progress | None
) -> tuple[Cells, ...]:
    text = content.decode("utf-8")
    width = len(dialect.names)
    places: list[dict[str, int]] = [{} for _ in range(width)]
    blocks: list[list[np.ndarray]] = [[] for _ in range(width)]
    found = rows_of(text, dialect, path)
    count = 0
    while True:
        block = [cells for _, cells in islice(found, 20_000)]
        if not block:
            break
        count += len(block)
        if count * width > MAX_CELLS:
            raise TableError(f"{path} has more than {MAX_CELLS:,} cells; train on a sample of its rows")
        for i, column in enumerate(zip(*block, strict=True)):
            known = places[i]
            codes = [-1 if (cell := raw.strip()) in missing else known.setdefault(cell, len(known)) for raw in column]
            blocks[i].append(np.array(codes, dtype=np.int64))
        if progress is not None:
            progress(count, -1)
    if not count:
        return ()
    return tuple(Texts(list(known), np.concatenate(codes)) for known, codes in zip(places, blocks, strict=True))


def _fast(
    content: bytes, sample: str, dialect: Dialect, missing: frozenset[str], progress: Progress | None
) -> tuple[Cells, ...] | None:
    """The columns, or None where the other reader is wanted."""
    try:
        csv: Any = importlib.import_module("pyarrow.csv")
        arrow: Any = importlib.import_module("pyarrow")
    except ImportError:
        return None
    body = content[len(sample[: dialect.before].encode()) :] if dialect.before else content
    quoted = b'"' in body
    alone = b"\r" in body and b"\r" in body.replace(b"\r\n", b"")  # an old Mac's ends of lines
    if alone or (quoted and not _quoted_well(body, dialect.delimiter)):
        return None
    direct = _direct_columns(sample, dialect)
    for numbers in (direct, frozenset()) if direct else (frozenset(),):
        try:
            table = _arrow_table(csv, arrow, body, dialect, missing, numbers, quoted, progress)
        except arrow.ArrowInvalid:
            continue
        columns = [_cells(arrow, table, i, i in numbers, missing) for i in range(len(dialect.names))]
        if all(column is not None for column in columns):
            return tuple(column for column in columns if column is not None)
    return None


def _arrow_table(
    csv: Any,
    arrow: Any,
    body: bytes,
    dialect: Dialect,
    missing: frozenset[str],
    numbers: frozenset[int],
    quoted: bool,
    progress: Progress | None,
) -> Any:
    names = [str(i) for i in range(len(dialect.names) + dialect.trailing)]
    kinds = {name: arrow.float64() if int(name) in numbers else arrow.string() for name in names}
    parsing = csv.ParseOptions(
        delimiter=dialect.delimiter, quote_char='"', newlines_in_values=quoted, ignore_empty_lines=True
    )
    converting = csv.ConvertOptions(
        column_types=kinds,
        null_values=sorted(missing),
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
        check_utf8=False,
    )
    parts = []
    count = at = 0
    while at < len(body):
        end = len(body) if quoted else body.find(b"\n", at + BLOCK) + 1 or len(body)
        skipped = 1 if at == 0 and dialect.header else 0
        piece = memoryview(body)[at:end]
        if not skipped or body.find(b"\n") >= 0:
            reading = csv.ReadOptions(
                column_names=names, skip_rows=0, skip_rows_after_names=skipped, block_size=2**22, use_threads=True
            )
            part = csv.read_csv(arrow.py_buffer(piece), reading, parsing, converting)
            parts.append(part)
            count += part.num_rows
        at = end
        if progress is not None:
            progress(count, round(count * len(body) / at))
    table = arrow.concat_tables(parts)
    if dialect.trailing:
        last = table.column(len(names) - 1)
        if last.null_count < len(last):
            raise arrow.ArrowInvalid("a field too many")
    return table


def _cells(arrow: Any, table: Any, place: int, number: bool, missing: frozenset[str]) -> Cells | None:
    """A column of Arrow's as cells; None where a number in it is none that can be learned from."""
    column = table.column(place)
    if number:
        numbers = np.concatenate([_unwrapped(chunk, np.float64, np.nan) for chunk in column.chunks])
        return Numbers(numbers) if np.isfinite(numbers).sum() == len(column) - column.null_count else None
    encoded_column = column.combine_chunks().dictionary_encode()
    if isinstance(encoded_column, arrow.ChunkedArray):
        encoded_column = encoded_column.combine_chunks()
    codes = _unwrapped(encoded_column.indices, np.int32, -1).astype(np.int64)
    values = encoded_column.dictionary.to_pylist()
    if max(map(len, values), default=0) > field_size_limit():  # which the other reader refuses, naming the line
        return None
    return merged(values, codes, missing)


def _unwrapped(array: Any, kind: type, missing: float) -> np.ndarray:
    """The numbers of one of Arrow's arrays. Its own `to_numpy` imports pandas, which takes a third of a second."""
    known, numbers = array.buffers()
    end = array.offset + len(array)
    found = np.frombuffer(numbers, dtype=kind, count=end)[array.offset :]
    if not array.null_count:
        return found
    bits = np.unpackbits(np.frombuffer(known, dtype=np.uint8), count=end, bitorder="little")[array.offset :]
    return np.where(bits, found, kind(missing))


def merged(values: Sequence[str], codes: np.ndarray, missing: frozenset[str]) -> Texts:
    """Texts stripped of blanks at their ends, those that count as missing taken out, each only once."""
    stripped = [value.strip() for value in values]
    if all(value not in missing for value in stripped) and len(set(stripped)) == len(stripped):
        return Texts(stripped, codes)
    known: dict[str, int] = {}
    places = [-1 if value in missing else known.setdefault(value, len(known)) for value in stripped]
    return Texts(list(known), np.array([*places, -1], dtype=np.int64)[codes])


def _direct_columns(sample: str, dialect: Dialect) -> frozenset[int]:
    """The columns whose cells in the sample are plain numbers, nearly all different, none of them a code."""
    lines = sample[: sample.rfind("\n") + 1]
    try:
        rows = [cells for _, cells in islice(rows_of(lines, dialect, ""), 2000)]
    except TableError:
        return frozenset()
    if len(rows) < FEWEST_AT_ONCE:
        return frozenset()
    return frozenset(
        i
        for i, column in enumerate(zip(*rows, strict=True))
        if _is_direct([cell for raw in column if (cell := raw.strip())])
    )


def _is_direct(cells: list[str]) -> bool:
    if 2 * len(set(cells)) < len(cells) or not any("." in cell for cell in cells):
        return False
    plain = all(plain_number(cell) is not None and not is_code(cell) and cell[0] != "+" for cell in cells)
    return plain and not undecided(cells)


def _quoted_well(body: bytes, delimiter: str) -> bool:
    """Whether every quotation mark begins or ends a field, or stands twice inside one."""
    mark = re.escape(delimiter.encode())
    fields = re.compile(rb"(?:(?<=[\n" + mark + rb'])|\A)"[^"]*+(?:""[^"]*+)*+"(?=[\r\n' + mark + rb"]|\Z)")
    return b'"' not in fields.sub(b"", body)
