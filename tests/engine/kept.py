"""What a reader gets, kept whole beside the tests: pictures, reports and programs as text.

A law says what must hold of every picture; a kept text notices everything else: a margin, a color, a word. Whoever
changes one on purpose writes them anew and reads the difference that git shows:

    KEPT=write python -m pytest tests/viz/test_kept_pictures.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

DIGITS = 6  # of a number with more: the last ones are the processor's


def same_as_kept(text: str, path: Path) -> None:
    """Compare a text with the kept one, which is written where KEPT=write is set."""
    text = rounded(text).rstrip("\n") + "\n"
    if kept_anew():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.split("\n") == path.read_text(encoding="utf-8").split("\n")


def kept_anew() -> bool:
    return os.environ.get("KEPT") == "write"


def rounded(text: str) -> str:
    """Long numbers with fewer digits, the rest of the text as it is."""
    return re.sub(r"-?(?<![\w.#])\d+\.\d{5,}(?:e[-+]?\d+)?", lambda found: f"{float(found[0]):.{DIGITS}g}", text)


def tag_by_tag(svg: str) -> str:
    """An SVG with each element on a line of its own, so that a difference is short."""
    return re.sub(r">\s*<", ">\n<", svg)


def answers(calls: Mapping[Callable[..., Any], Iterable[tuple[Any, ...]]]) -> str:
    """What functions answer to lists of arguments, or the words of the error that they raise, a line for each call."""
    lines = []
    for call, arguments in calls.items():
        owner = getattr(call, "__self__", None)
        of = f" of {owner!r}"[:80] if owner is not None and "<" not in repr(owner) else ""
        lines.append(f"== {call.__module__}.{call.__qualname__}{of}")
        lines += [f"{', '.join(cut(shown(x)) for x in given)}: {_answer(call, given)}" for given in arguments]
    return "\n".join(lines)


def _answer(call: Callable[..., Any], given: tuple[Any, ...]) -> str:
    try:
        return shown(call(*given))
    except Exception as error:  # of whatever kind: it is kept which
        return f"{type(error).__name__}: {error}"


def cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def shown(x: Any) -> str:
    """A result in words, arrays as lists."""
    if isinstance(x, dict):
        return "{" + ", ".join(f"{key}: {shown(value)}" for key, value in x.items()) + "}"
    if isinstance(x, (tuple, list)):
        return f"({', '.join(map(shown, x))})"
    if isinstance(x, (set, frozenset)):
        return f"{{{', '.join(sorted(map(shown, x)))}}}"
    if isinstance(x, np.ndarray):
        return shown(x.tolist())
    if isinstance(x, os.PathLike):
        return repr(os.fspath(x))
    if callable(x):
        return getattr(x, "__name__", "a function")
    try:
        return f"{x:.{DIGITS}g}" if isinstance(x, float) else repr(x)
    except ValueError:  # a number with more digits than Python writes
        return f"<{type(x).__name__}>"
