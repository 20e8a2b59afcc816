"""How a text file lays out its table: what stands before it, the delimiter, whether a header names the columns.

Judged from the first records; whatever cannot be told from them is told by the records that do not fit.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from nn.tables.numerals import notation_of, plain_number
from nn.tables.text_files import TableError
from nn.wording import quoted

DELIMITERS = (",", ";", "\t", "|")
BLANKS = " "  # stands for any number of blanks and tabs
MAX_COLUMNS = 10_000
SAMPLE = 2**18  # characters
MOST_TITLES = 10  # lines above the column names
LOOKED_AT = 10  # lines below them

_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_COMMENTS = re.compile(r"(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\r|\n))+")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Attributes:
    delimiter: one character; a blank stands for any number of blanks and tabs.
    before: characters before the first record, comments mostly. header: whether the first record names the columns.
    names: of the columns. trailing: whether records end in a delimiter that ends no field.
    spaced: whether a blank follows each delimiter.
    """

    delimiter: str
    before: int
    header: bool
    names: tuple[str, ...]
    trailing: bool = False
    spaced: bool = False
    titles: int = 0


def find_dialect(text: str, path: str, *, complete: bool) -> Dialect:
    """The dialect of a text, or of its first part where it is not `complete`."""
    before, delimiter = _preamble(text)
    titles, above = _titles(text[before:], delimiter)
    before += above
    body = text[before:]
    if not body.strip():
        raise TableError(f"{path} is empty; wanted a line of column names and a line for each row")
    if delimiter is None:
        delimiter = sniff_delimiter(body, complete=complete)
    spaced = delimiter in DELIMITERS and f'{delimiter} "' in body and f'{delimiter}"' not in body
    try:
        sample = list(islice(records(body, delimiter, path, spaced=spaced), 200))
    except TableError:
        sample = list(islice(_until_error(body, delimiter, path, spaced), 200))
        if not sample:
            raise
    if not complete and len(sample) > 1:
        sample = sample[:-1] if len(sample) < 200 else sample  # the text may end in the middle of a record
    rows = [cells for _, cells in sample]
    if not rows:
        raise TableError(f"{path} is empty; wanted a line of column names and a line for each row")
    first, rest = rows[0], rows[1:]
    if first[0].startswith("#") and len(first) > 1:
        first = [first[0].lstrip("# ") or first[0], *first[1:]]  # a column may be called #
    if len(first) > MAX_COLUMNS:
        raise TableError(f"{path} has {len(first):,} columns; at most {MAX_COLUMNS:,} can be read")
    trailing = bool(rest) and all(len(cells) == len(first) + 1 and not cells[-1].strip() for cells in rest)
    if not trailing and len(first) > 1 and not first[-1].strip() and rest:
        trailing = all(len(cells) == len(first) and not cells[-1].strip() for cells in rest)
        first = first[:-1] if trailing else first
    header = not _is_data(first, rest)
    names = _names(first, path) if header else tuple(f"column {i + 1}" for i in range(len(first)))
    return Dialect(delimiter, before, header, names, trailing, spaced, titles)


def records(
    text: str, delimiter: str, path: str, *, spaced: bool = False, first_line: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """Pairs of line number and fields; raises TableError naming the line.

    Blank lines are left out, and comments: lines that begin with # and have another number of fields than the first.
    """
    width = 0
    for number, cells in _every_record(text, delimiter, path, spaced, first_line):
        if width and len(cells) != width and cells[0].lstrip().startswith("#"):
            continue
        width = width or len(cells)
        yield number, cells


def _every_record(
    text: str, delimiter: str, path: str, spaced: bool, first_line: int
) -> Iterator[tuple[int, list[str]]]:
    if delimiter == BLANKS:
        split = ((first_line + i, line.split()) for i, line in enumerate(io.StringIO(text)))
        yield from ((number, cells) for number, cells in split if cells)
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=spaced)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError(f"{path}, line {first_line - 1 + reader.line_num}: {_reason(error)}") from None
        if cells is None:
            return
        if cells and (len(cells) > 1 or cells[0].strip()):
            yield first_line - 1 + reader.line_num, cells


def sniff_delimiter(body: str, *, complete: bool = True) -> str:
    """The delimiter that splits the first record into several fields and the next ones into as many.

    Of several that do, the one whose fields are the cleanest: numbers, or texts without another delimiter in them.
    """
    best, best_score = ",", (0.0, 0.0, 1)
    for delimiter in DELIMITERS:
        try:
            reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, skipinitialspace=True)
            rows = [row for row in islice(reader, 50) if row]
        except csv.Error:
            continue
        if not complete and len(rows) > 1 and len(rows) < 50:
            rows.pop()  # the sample may end in the middle of this record
        if not rows or max(map(len, rows)) == 1:
            continue
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count)
        if usual == 1 or len(rows[0]) == 1:
            continue
        fields = [field for row in rows[1:20] or rows for field in row if field.strip()]
        clean = sum(_is_clean(field, delimiter) for field in fields) / max(1, len(fields))
        score = (widths.count(len(rows[0])) / len(rows) * clean, clean, len(rows[0]))
        if score > best_score:
            best, best_score = delimiter, score
    if best_score[0] < 0.9 and _split_by_blanks(body):
        return BLANKS
    return best


def _until_error(body: str, delimiter: str, path: str, spaced: bool) -> Iterator[tuple[int, list[str]]]:
    found = records(body, delimiter, path, spaced=spaced)
    while True:
        try:
            yield next(found)
        except (TableError, StopIteration):
            return


def _preamble(text: str) -> tuple[int, str | None]:
    """How many characters stand before the first record, and the delimiter they tell of."""
    found = _SEPARATOR_LINE.match(text)
    delimiter, at = (found[1], found.end()) if found else (None, 0)
    found = _COMMENTS.match(text, at)
    if found and not _names_columns(found[0], text[found.end() : found.end() + 4096]):
        at = found.end()
    return at, delimiter


def _titles(body: str, delimiter: str | None) -> tuple[int, int]:
    """How many lines of titles stand above the column names, and their characters: lines at most half of whose cells
    are filled, above a line of names and rows of as many cells with numbers among them."""
    lines = [line for line, _ in zip(io.StringIO(body, newline=""), range(MOST_TITLES + LOOKED_AT), strict=False)]
    for count in range(min(MOST_TITLES, len(lines) - 2) + 1):
        if not lines[count].strip():
            continue
        following = "".join(lines[count:])
        mark = delimiter or sniff_delimiter(following, complete=False)
        if mark == BLANKS:
            return 0, 0
        try:
            rows = [cells for _, cells in islice(_every_record(following, mark, "", False, 1), LOOKED_AT)]
            above = list(csv.reader(lines[:count], delimiter=mark))
        except (csv.Error, TableError):
            return 0, 0
        names, rest = (rows[0], rows[1:-1] or rows[1:]) if len(rows) > 1 else ([], [])
        if len(names) < 2:
            continue
        if any(2 * sum(map(bool, map(str.strip, cells))) > len(names) for cells in above):
            return 0, 0  # a line that is no title is that of the names, or whatever else it may be
        named = all(cell.strip() and not _is_number(cell) for cell in names)
        even = all(len(cells) == len(names) for cells in rest)
        if named and even and any(_is_number(cell) for cells in rest for cell in cells):
            return count, sum(map(len, lines[:count]))
    return 0, 0


def _names_columns(comment: str, following: str) -> bool:
    """Whether the last line that begins with # is the header: it has as many fields as the next line has, of which
    not all are names."""
    last = (comment.rstrip("\r\n").splitlines() or [""])[-1].strip()
    if not last.startswith("#"):
        return False
    after = following.splitlines()[:1]
    delimiter = sniff_delimiter("\n".join([last, *following.splitlines()[:20]]))
    if delimiter == BLANKS or not after:
        return False
    width = last.count(delimiter)
    return (
        width > 0
        and width == after[0].count(delimiter)
        and any(plain_number(field.strip()) is not None for field in after[0].split(delimiter))
    )


def _is_clean(field: str, delimiter: str) -> bool:
    field = field.strip()
    if not any(other in field for other in DELIMITERS if other != delimiter):
        return True
    return notation_of([field], ".") is not None or (delimiter in DELIMITERS and " " in field)


def _split_by_blanks(body: str) -> bool:
    """Whether blanks part the same number of fields in every line, and numbers are among them."""
    rows = [line.split() for line in body.splitlines()[:50] if line.strip()]
    if len(rows) < 2 or len(rows[0]) < 2 or len({len(row) for row in rows[:-1] or rows}) > 1:
        return False
    fields = [field for row in rows[1:] for field in row]
    return 2 * sum(plain_number(field) is not None for field in fields) >= len(fields)


def _is_data(first: list[str], rest: list[list[str]]) -> bool:
    """Whether the first record is a row like the others: numbers above columns of numbers, texts that come again."""
    rest = [cells for cells in rest if len(cells) == len(first)]
    if len(rest) < 2:
        return bool(rest) and all(_is_number(cell) for cells in (first, *rest) for cell in cells) and not _named(first)
    columns = list(zip(*rest, strict=True))
    numeric = [all(_is_number(cell) for cell in column if cell.strip()) for column in columns]
    like = [i for i, cell in enumerate(first) if numeric[i] and _is_number(cell)]
    if not like or _named([first[i] for i in like]):
        return False
    others = [i for i in range(len(first)) if i not in like]
    return all(not numeric[i] and (first[i] in columns[i] or not first[i].strip()) for i in others)


def _named(cells: list[str]) -> bool:
    """Whether numbers in the first record are rather names: years, or counted from 0 or 1."""
    if all(_YEAR.fullmatch(cell.strip()) for cell in cells) and len(set(cells)) == len(cells) > 1:
        return True
    counted = [str(i) for i in range(len(cells))], [str(i + 1) for i in range(len(cells))]
    return len(cells) > 2 and [cell.strip() for cell in cells] in counted


def _is_number(cell: str) -> bool:
    return notation_of([cell.strip()], ".") is not None


def _names(header: list[str], path: str) -> tuple[str, ...]:
    # A name for the nameless as pandas gives it: such a column is usually an index that was written along.
    # A name broken into lines, as in narrow columns of spreadsheets, could not be given behind an option.
    names = tuple(re.sub(r"\s*[\r\n]\s*", " ", name.strip()) or f"Unnamed: {i}" for i, name in enumerate(header))
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        if name in seen:
            raise TableError(
                f"{path} names the column {quoted(name)} twice, as its columns {seen[name] + 1} and {i + 1}; give one "
                "of them another name in the file"
            )
        seen[name] = i
    return names


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
