"""What a reader gets, kept whole beside the tests: pictures, reports and programs as text.

A law says what must hold of every picture; a kept text notices everything else: a margin, a color, a word. Whoever
changes one on purpose writes them anew and reads the difference that git shows:

    KEPT=write python -m pytest tests/viz/test_kept_pictures.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

DIGITS = 6  # of a number with more: the last ones are the processor's


def same_as_kept(text: str, path: Path) -> None:
    """Compare a text with the kept one, which is written where KEPT=write is set."""
    text = rounded(text).rstrip("\n") + "\n"
    if os.environ.get("KEPT") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.split("\n") == path.read_text(encoding="utf-8").split("\n")


def rounded(text: str) -> str:
    """Long numbers with fewer digits, the rest of the text as it is."""
    return re.sub(r"-?(?<![\w.#])\d+\.\d{5,}(?:e[-+]?\d+)?", lambda found: f"{float(found[0]):.{DIGITS}g}", text)


def tag_by_tag(svg: str) -> str:
    """An SVG with each element on a line of its own, so that a difference is short."""
    return re.sub(r">\s*<", ">\n<", svg)
