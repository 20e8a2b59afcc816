"""Names from outside in messages: quoted on one line, and the nearest of the names that would have been right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice


def quoted(name: str) -> str:
    """A name from outside as it may stand in a message: quoted, on one line, cut at 60 characters."""
    return repr(name if len(name) <= 60 else name[:57] + "...")


def suggestion(name: str, choices: Iterable[str]) -> str:
    """A clause that names the nearest choices, or the first few when none is near."""
    known = list(islice(choices, 1000))
    folded = {choice.casefold(): choice for choice in reversed(known)}
    near = [folded[match] for match in difflib.get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
    if near:
        return f"; did you mean {' or '.join(quoted(choice) for choice in near)}?"
    shown = ", ".join(quoted(choice) for choice in known[:8])
    return f"; there are: {shown}{', ...' if len(known) > 8 else ''}" if known else ""
