"""Words for messages: names and values from outside on one line and cut, and what would have been right instead."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

TOLD = (ValueError, TypeError, OSError, ImportError, MemoryError)  # errors in a user's words; others are defects

LONGEST_NAME = 60
LONGEST_PATH = 250
LONGEST_MESSAGE = 600


def quoted(name: str) -> str:
    """A name from outside as it may stand in a message: quoted, on one line, cut to 60 characters."""
    return repr(_without_middle(name, LONGEST_NAME, "..."))


def cut(text: str) -> str:
    """A text from outside as it may stand in a message without quotation marks."""
    return quoted(text)[1:-1]


def cut_apart(texts: Iterable[str], longest: int = LONGEST_NAME, gap: str = "...") -> list[str]:
    """The texts, those too long without their middles, and so that those which differ still do.

    >>> from nn.wording import cut_apart
    >>> cut_apart(["available from month", "available from year", "rooms"], 12)
    ['avail...onth', 'avail...year', 'rooms']
    """
    texts = list(texts)
    found: dict[str, str] = {}
    alike: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        alike.setdefault(_without_middle(text, longest, gap), []).append(text)
    for shown, group in alike.items():
        first, last = min(group), max(group)
        begun = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        for text in group:
            if len(group) > 1 and text != shown:  # what differs lies in the middle
                found[text] = _only_from(text, begun, longest, gap)
            else:
                found[text] = shown
    taken: set[str] = set()
    for text, shown in found.items():
        number = 1
        while found[text] in taken:  # nothing but a number tells them apart
            number += 1
            found[text] = f"{shown[: max(0, longest - len(f'{gap}{number}'))]}{gap}{number}"
        taken.add(found[text])
    return [found[text] for text in texts]


def _without_middle(text: str, longest: int, gap: str) -> str:
    if len(text) <= longest:
        return text
    end = (longest - len(gap)) // 2
    return text[: longest - len(gap) - end] + gap + text[len(text) - end :]


def _only_from(text: str, place: int, longest: int, gap: str) -> str:
    """The beginning of a text, and what it has from a place on."""
    first = longest // 3
    rest = text[place:]
    room = longest - first - len(gap)
    if len(rest) > room:
        rest = rest[: room - len(gap)] + gap
    return text[:first] + gap + rest


def argument(text: str) -> str:
    """A text as it may be pasted behind an option; one too long for a message is cut."""
    if len(text) > LONGEST_NAME or not text.isprintable():
        return quoted(text)
    if re.fullmatch(r"[\w.,:+-]+", text):
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """A printable text as one word of a command: in double quotes, which every shell knows, where these suffice."""
    if not set(text) & set('"$`\\!%'):
        return f'"{text}"'
    import shlex  # seldom needed

    return shlex.quote(text)


def shown(value: Any) -> str:
    """Any value as it may stand in a message: its repr, cut at 60 characters; a huge int has none."""
    try:
        text = repr(value)
    except Exception:  # whatever the repr of somebody else's class does, the message is about something else
        return f"<{type(value).__name__}>"
    if "\n" in text:  # arrays are written on several lines
        text = " ".join(text.split())
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 3] + "..."


def place(path: str | os.PathLike[str]) -> str:
    """A path as it may stand in a message: on one line, and of a long one the end, where the file's name is."""
    text = whole(path)
    return text if len(text) <= LONGEST_PATH else "..." + text[3 - LONGEST_PATH :]


def whole(path: str | os.PathLike[str]) -> str:
    """A path as it may be printed, on one line: what cannot be shown is escaped."""
    text = os.fspath(path)
    return text if text.isprintable() else repr(text)[1:-1]


def reason(error: BaseException) -> str:
    """Why something failed, on one line: what the system says, or the error's own words."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return one_line(said) or type(error).__name__


@contextmanager
def briefly(path: str | os.PathLike[str]) -> Iterator[None]:
    """A block whose OSErrors stay short: the system repeats the whole path, however long it is."""
    try:
        yield
    except OSError as error:
        if len(str(error)) <= LONGEST_MESSAGE:
            raise
        raise OSError(error.errno, error.strerror, place(path)) from None


def one_line(message: str) -> str:
    """The message on one line of at most 600 characters, none of them a control character."""
    lines = (" ".join(line.split()) for line in message[: 2 * LONGEST_MESSAGE].splitlines())
    line = ": ".join(line for line in lines if line.strip("^~ "))  # marks below a place mean nothing on one line
    line = "".join(character if character.isprintable() else " " for character in line)
    return line if len(line) <= LONGEST_MESSAGE else line[: LONGEST_MESSAGE - 3] + "..."


def nearest(name: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The choice most like a misspelled name; the same letters in another order come first."""
    import difflib  # seldom needed, and nearly every process of this project imports this module

    name = name[:LONGEST_NAME].lower()  # comparing takes length squared
    near = difflib.get_close_matches(name, choices, 5, cutoff)
    return min(near, key=lambda choice: sorted(choice) != sorted(name), default=None)


def suggestion(name: str, choices: Iterable[str]) -> str:
    """A clause that names the nearest choices, or the first few when none is near."""
    known = list(islice(choices, 1000))
    folded = {choice[:LONGEST_NAME].casefold(): choice for choice in reversed(known)}  # comparing takes length squared
    import difflib

    near = [folded[match] for match in difflib.get_close_matches(name[:LONGEST_NAME].casefold(), folded, 3, 0.6)]
    if near:
        return f"; did you mean {' or '.join(quoted(choice) for choice in near)}?"
    shown = ", ".join(quoted(choice) for choice in known[:8])
    return f"; there are: {shown}{', ...' if len(known) > 8 else ''}" if known else ""
