"""Words of the lessons, each explained in place: a button in the text opens it, without scripts and without a request.

One decision: the glossary is one Markdown file, from which the documentation's page is copied and the lessons take what
they use, so that a word is explained the same everywhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("glossary.md")
OF_CONTROLS = (  # what the controls of a page say
    "loss", "hinge", "optimizer", "Adam", "momentum", "learning rate", "batch", "epoch", "weight decay", "L1",
    "dropout", "seed",
)  # fmt: skip
OF_FIGURES = ("accuracy", "baseline", "cross-entropy", "gradient", "held-out", "logit", "overfitting", "R2", "softmax")
_ENTRY = re.compile(r"^\*\*(.+?)\.\*\* (.+?)(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_APART = re.compile(r"(<strong>.*?</strong>|<code>.*?</code>|<[^>]+>)")  # what no word is looked for in


@dataclass(frozen=True, slots=True)
class Word:
    """An entry: what it is called, the first name as title, and its explanation in Markdown."""

    names: tuple[str, ...]
    text: str

    @property
    def place(self) -> str:
        """Its id in a page."""
        return "word-" + re.sub(r"\W+", "-", self.names[0].lower())


@cache
def words() -> dict[str, Word]:
    """All entries, by each of their names in small letters."""
    found = {}
    for names, text in _ENTRY.findall(SOURCE.read_text(encoding="utf-8")):
        entry = Word(tuple(names.split(", ")), " ".join(text.split()))
        found |= {name.lower(): entry for name in entry.names}
    return found


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(words(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?:s|es)?(?![\w-])([,.;:?!)]*)", re.IGNORECASE)


class Words:
    """The words that a page explains: each where it first occurs, unless the text does so there itself (in bold)."""

    def __init__(self) -> None:
        self.used: list[Word] = []
        self._known: set[Word] = set()

    def linked(self, text: str) -> str:
        """Markup in which words that occur for the first time open their explanation."""
        return "".join(self._part(part) for part in _APART.split(text))

    def _part(self, part: str) -> str:
        if part.startswith("<strong>"):
            self._known |= {words()[found[1].lower()] for found in _pattern().finditer(part)}
        if part.startswith("<"):
            return part
        return _pattern().sub(self._word, part)

    def _word(self, found: re.Match[str]) -> str:
        entry = words()[found[1].lower()]
        if entry in self._known:
            return found[0]
        self._known.add(entry)
        self.used.append(entry)
        button = _button(entry, found[0].removesuffix(found[2]))
        return f'<span class="unbroken">{button}{found[2]}</span>' if found[2] else button

    def explained(self, others: Iterable[str], inline: Callable[[str], str]) -> str:
        """The explanations of all words used, and a folded list that opens those and the others."""
        listed = {entry.place: entry for entry in (*self.used, *(words()[name.lower()] for name in others))}
        if not listed:
            return ""
        entries = sorted(listed.values(), key=lambda entry: entry.names[0].lower())
        buttons = "".join(f"<li>{_button(entry, ', '.join(entry.names))}</li>" for entry in entries)
        told = "".join(
            f'<div popover id="{entry.place}" class="meaning"><p>'
            f"<strong>{html.escape(', '.join(entry.names))}.</strong> {inline(entry.text)}</p></div>"
            for entry in entries
        )
        return f'\n<details class="words"><summary>Words</summary><ul>{buttons}</ul></details>{told}'


def _button(entry: Word, text: str) -> str:
    return f'<button type="button" class="word" popovertarget="{entry.place}">{text}</button>'
