"""Users' labels made safe for pictures: cleaned, shortened, and escaped for DOT, records and XML.

One decision: cleaning happens once, where a label enters a picture, and escaping once, where text leaves in a format;
what cannot be shown safely becomes U+FFFD, so that a reader sees that something was there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

LONGEST = 60  # characters of a label inside a box
MISSING = "\N{REPLACEMENT CHARACTER}"

# Forbidden in XML 1.0 even as references (controls, lone surrogates, non-characters), and the marks that reorder the
# text around them (bidirectional controls), which could make a label say something else than it holds.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_SPACES = re.compile("[\\s\x85\u2028\u2029]+")
_RECORD_SPECIALS = re.compile(r"([{}|<>])")


def clean(text: str, *, longest: int = LONGEST) -> str:
    """`text` on one line, at most `longest` characters, with nothing in it that a picture cannot show."""
    if len(text) > 4 * longest:  # spaces may shrink, so leave more than will stay
        text = text[: 4 * longest] + "\N{HORIZONTAL ELLIPSIS}"
    text = _SPACES.sub(" ", _UNSHOWABLE.sub(MISSING, text)).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def brief(value: Any, *, longest: int = LONGEST) -> str:
    """The repr of any value for a message, clean and not long; a huge int has none."""
    try:
        return clean(repr(value), longest=longest)
    except Exception:  # whatever the repr of somebody else's class does, the message is about something else
        return f"<{type(value).__name__}>"


def named(name: Any, *, longest: int = LONGEST) -> str:
    """A name from a user as a label: columns and classes are often called by numbers."""
    try:
        return clean(str(name), longest=longest)
    except Exception:  # as in `brief`: a label is not worth failing for
        return f"<{type(name).__name__}>"


def named_apart(names: Iterable[Any], *, longest: int = LONGEST) -> list[str]:
    """Names from a user as labels beside each other: cut so that those that differ still do."""
    whole = [named(name, longest=10 * LONGEST) for name in names]
    if all(len(name) <= longest for name in whole):
        return whole
    from nn.wording import cut_apart  # pictures of graphs alone do without nn

    return cut_apart(whole, longest, "\N{HORIZONTAL ELLIPSIS}")


def xml(text: str, *, longest: int = 100_000) -> str:
    """`text` for an XML or HTML text node or a double-quoted attribute."""
    return html.escape(clean(text, longest=longest), quote=True)


def dot_string(text: str, *, longest: int = LONGEST) -> str:
    """`text` as a quoted DOT string that Graphviz shows literally: never HTML, never an escape, never an entity."""
    return f'"{_escaped(clean(text, longest=longest))}"'


def dot_lines(texts: tuple[str, ...]) -> str:
    """A quoted DOT label with one line for each text."""
    return '"' + "\\n".join(_escaped(clean(text)) for text in texts) + '"'


def record_label(fields: tuple[str, ...]) -> str:
    """A quoted DOT label for a record with one field for each text."""
    cleaned = (_RECORD_SPECIALS.sub(r"\\\1", _escaped(clean(text))) for text in fields)
    return '"' + " | ".join(cleaned) + '"'


def _escaped(text: str) -> str:
    """Backslashes first, then quotes; `&` because Graphviz reads entities such as `&lt;` in every label."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
