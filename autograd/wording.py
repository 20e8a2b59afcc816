"""Words for what is counted, in messages and pictures."""

from __future__ import annotations


def counted(count: int, thing: str, things: str = "") -> str:
    """A count and what is counted: "1 row", "1,200 rows"; `things` where an s does not make the plural.

    >>> from autograd.wording import counted
    >>> counted(1, "row"), counted(1200, "row"), counted(2, "class", "classes")
    ('1 row', '1,200 rows', '2 classes')
    """
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
