"""Tables that something happened to: files as people have them, with bytes changed, cut, doubled and mixed.

`python tests/nn/fuzzed_tables.py COUNT [SEED]` reads so many of them and says what came of it; a short run is a test.
"""

from __future__ import annotations

import gzip
import io
import random
import sys
import tempfile
import time
import tracemalloc
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TOO_LONG = 2.0  # seconds of processor time
TOO_MUCH = 10  # times the file, of what is left of a few hundred KB that reading anything takes
ALWAYS = 4_000_000  # bytes
EVERY = 5  # of the files is read while memory is counted, which makes reading slow

PIECES = (
    b"\x00", b'"', b'""', b"'", b",", b";", b"\t", b"|", b"\r", b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe",
    b"\xfe\xff", b"\xff", b"\x80", b"\xc3\x28", b"\xed\xa0\x80", b"nan", b"NaN", b"inf", b"-Infinity", b"1e999", b"-",
    b"+", b"%", b"$", b"\xe2\x82\xac", b"(5)", b"1,234", b"1.234,5", b"1'234", b"1 234", b"0x1F", b"1_000",
    b"true", b"None", b"#", b"sep=;\n", b"(other)", b"01/02/2024", b"2024-02-30", b"9" * 400, b"=1+1", b"{", b"[",
    b"\\", b"\x1a", b"\x0c",
    b"\xe2\x80\xa8", b" " * 50, b"," * 50, b'"' * 51, b"\n" * 20,
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1")


@dataclass
class Outcome:
    """What came of the files: how many were read and refused, and what should not have happened."""

    read: int = 0
    refused: int = 0
    longest: float = 0.0
    largest: float = 0.0
    refusals: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def whole_tables(rng: random.Random) -> Iterator[bytes]:
    """Tables in the shapes that people send them in, a few hundred to some thousand bytes long, for ever."""
    while True:
        rows, delimiter = rng.randrange(8, 60), rng.choice(",;\t|")
        mark = "," if delimiter != "," and rng.random() < 0.4 else "."
        lines = [delimiter.join(("size", "when", "kind", "note", "share", "y"))]
        for _ in range(rows):
            size = f"{rng.uniform(-50, 5000):.{rng.randrange(3)}f}".replace(".", mark)
            when = f"20{rng.randrange(10, 30)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
            note = rng.choice(("", "NA", '"a ""b"" c"', f'"x{delimiter}y"', "straße", "line", "'q'"))
            cells = (size, when, rng.choice("abc"), note, f"{rng.randrange(100)}%", rng.choice(("yes", "no")))
            lines.append(delimiter.join(cells))
        end = rng.choice(("\n", "\n", "\r\n", "\r"))
        text = end.join(lines) + rng.choice((end, ""))
        yield text.encode(rng.choice(ENCODINGS), "replace")


def changed_cells(content: bytes, rng: random.Random) -> bytes:
    """The content with other things in some of its cells, its rows and columns as they were."""
    delimiter = max((b",", b";", b"\t", b"|"), key=content.count)
    cells = content.split(delimiter)
    for _ in range(rng.randrange(1, 12)):
        at = rng.randrange(len(cells))
        if b"\n" not in cells[at] and b"\r" not in cells[at]:
            piece = rng.choice(PIECES)
            harmless = not any(mark in piece for mark in (delimiter, b"\n", b"\r", b'"'))
            cells[at] = piece if harmless else cells[rng.randrange(len(cells))].strip(b"\r\n")
    return delimiter.join(cells)


def mutated(content: bytes, other: bytes, rng: random.Random) -> bytes:
    """The content after one to six mishaps."""
    found = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 6))):
        at = rng.randrange(len(found) + 1)
        to = min(len(found), at + rng.randrange(1, 60))
        match rng.randrange(10):
            case 0:
                found[at:to] = b""
            case 1:
                found[at:at] = rng.choice(PIECES)
            case 2:
                found[at:to] = rng.choice(PIECES)
            case 3 if found:
                found[min(at, len(found) - 1)] ^= 1 << rng.randrange(8)
            case 4:
                found[at:at] = found[at:to] * rng.randrange(1, 20)
            case 5:
                del found[at:]
            case 6:
                found[at:to] = other[at:to]
            case 7:
                found[at:at] = rng.randbytes(rng.randrange(1, 20))
            case 8:
                lines = bytes(found).splitlines(keepends=True)
                rng.shuffle(lines)
                found = bytearray(b"".join(lines))
            case _:
                piece, by = rng.choice((b",", b";", b"\n", b'"', b".", b"yes", b"20")), rng.choice(PIECES)
                found = bytearray(bytes(found).replace(piece, by, rng.randrange(1, 40)))
        del found[200_000:]
    return bytes(found)


def packed(content: bytes, rng: random.Random) -> tuple[str, bytes]:
    """A file's suffix and bytes: mostly plain, sometimes packed, and then sometimes damaged once more."""
    kind = rng.randrange(12)
    if kind == 0:
        suffix, content = ".csv.gz", gzip.compress(content, 1)
    elif kind == 1:
        holder = io.BytesIO()
        with zipfile.ZipFile(holder, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("table.csv", content)
        suffix, content = ".zip", holder.getvalue()
    else:
        return rng.choice((".csv", ".csv", ".tsv", ".txt", ".jsonl")), content
    if rng.random() < 0.5 and content:
        at = rng.randrange(len(content))
        content = content[:at] + rng.randbytes(2) + content[at + 2 :]
    return suffix, content


def read_one(path: Path, outcome: Outcome, unpacked: int, *, counting: bool) -> None:
    """Read a file, which has so many bytes unpacked, and take note of what came of it.

    As `train` does, to its inputs, where time counts; where memory does the table alone: how many inputs a category
    becomes is not the reader's to decide.
    """
    from nn.tables.data import load_dataset
    from nn.tables.loading import read_table
    from nn.wording import TOLD

    size = max(unpacked, path.stat().st_size)
    if counting:
        tracemalloc.start()
    started = time.process_time()
    try:
        if counting:
            read_table(str(path))
        else:
            load_dataset(str(path), target="y")
        outcome.read += 1
    except TOLD as error:
        outcome.refused += 1
        said = str(error)
        outcome.refusals[type(error).__name__] += 1
        if not said or isinstance(error, MemoryError):
            outcome.faults.append(f"{path.name}: {type(error).__name__}: {said}")
    except BaseException as error:
        outcome.faults.append(f"{path.name}: {type(error).__name__}: {str(error)[:200]}")
    seconds = time.process_time() - started
    if counting:
        taken = max(0, tracemalloc.get_traced_memory()[1] - ALWAYS) / max(1, size)
        tracemalloc.stop()
        outcome.largest = max(outcome.largest, taken)
        if taken > TOO_MUCH:
            outcome.faults.append(f"{path.name}: {taken:.0f} times its {size:,} bytes")
    else:
        outcome.longest = max(outcome.longest, seconds)
        if seconds > TOO_LONG:
            outcome.faults.append(f"{path.name}: {seconds:.1f} s for {size:,} bytes")


def read_many(count: int, seed: int, folder: Path, *, keep: bool = False) -> Outcome:
    """Read `count` damaged files; with `keep` those at fault stay in the folder."""
    rng = random.Random(seed)
    tables = whole_tables(rng)
    outcome = Outcome()
    plain = folder / "plain.csv"
    plain.write_text("x,y\n" + "1.5,a\n2.5,b\n" * 4000)
    read_one(plain, Outcome(), 0, counting=False)  # imports what reads tables, which is no file's fault
    plain.unlink()
    for k in range(count):
        content, other = next(tables), next(tables)
        content = changed_cells(content, rng) if k % 2 else mutated(content, other, rng)
        if k % 200 == 0:  # one that takes time, if anything does
            content *= max(1, 400_000 // max(1, len(content)))
        suffix, stored = packed(content, rng)
        path = folder / f"{seed}-{k}{suffix}"
        path.write_bytes(stored)
        before = len(outcome.faults)
        read_one(path, outcome, len(content), counting=k % EVERY == 0)
        if not keep or len(outcome.faults) == before:
            path.unlink()
    return outcome


def main() -> None:
    """Read as many files as the command line says."""
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    folder = Path(tempfile.mkdtemp(prefix="fuzzed-"))
    started = time.monotonic()
    total = Outcome()
    for part in range(-(-count // 500)):
        found = read_many(min(500, count - 500 * part), seed + part, folder, keep=True)
        total.read += found.read
        total.refused += found.refused
        total.refusals += found.refusals
        total.faults += found.faults
        total.longest, total.largest = max(total.longest, found.longest), max(total.largest, found.largest)
        for fault in found.faults:
            print(fault, flush=True)
        if part % 10 == 9:
            print(f"{500 * (part + 1):,} files, {time.monotonic() - started:.0f} s", flush=True)
    print(
        f"{count:,} files: {total.read:,} read, {total.refused:,} refused {dict(total.refusals)}, "
        f"{len(total.faults)} faults; longest {total.longest:.2f} s, largest {total.largest:.1f} x; kept in {folder}"
    )


if __name__ == "__main__":
    main()
