"""The pieces that programs with surroundings are put together from: where Python programs keep their numbers.

A piece is a definition, lines of the function (>), an expression that reads a number (=), and statements that change
what it reads (!); they stand in text files beside this one. `$` stands for the piece's number in its program, so that
two of a kind do not meet. ORDINARY pieces are such that every call has one right answer and a recorded function no
reason to refuse; with SUSPICIOUS ones (state that each call changes, clocks, random numbers, numbers taken out of a
Value) it may.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Piece:
    """What it consists of, as the text has it."""

    definition: str
    expression: str
    lines: tuple[str, ...]
    changes: tuple[str, ...]

    def numbered(self, k: int) -> Piece:
        """The piece as the k-th of its program."""
        lines, changes = [tuple([line.replace("$", str(k)) for line in part]) for part in (self.lines, self.changes)]
        return Piece(self.definition.replace("$", str(k)), self.expression.replace("$", str(k)), lines, changes)


def _pieces(name: str) -> dict[str, Piece]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    found = {}
    for part in text.strip().split("\n\n"):
        title, *lines = part.splitlines()
        marked = {mark: tuple([line[2:] for line in lines if line[:2] == mark]) for mark in ("= ", "> ", "! ")}
        definition = "".join([line + "\n" for line in lines if line[:2] not in marked])
        found[title.removeprefix("# ")] = Piece(definition, marked["= "][0], marked["> "], marked["! "])
    return found


ORDINARY = _pieces("surroundings_ordinary.txt")
SUSPICIOUS = _pieces("surroundings_suspicious.txt")
