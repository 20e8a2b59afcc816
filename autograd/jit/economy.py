"""When recording pays: what is recorded again and again, or branches at every call, is computed eagerly and told once.

Recording costs a few eager calls, trying a recorded path in vain a fraction of one. The counts here see to it that a
function which never settles costs less than twice its eager calls, and one that settles later is recorded then.
"""

from __future__ import annotations

import warnings
from typing import Any

from autograd.jit.watching.lines import user_frame

MOST_PATHS = 64  # of one key
FREE_PATHS = 3  # of a key, recorded as they come; further ones as calls are made
CALLS_FOR_A_PATH = 32
FREE_MISSES = 16  # calls that none of the recorded paths serves, before few of them are tried
FEW_TRIES = 2
FREE_KEYS = 32  # of a function; further ones are recorded when they come again
FREE_CHANGES = 8  # of what a function reads, each soon after the one before
CALLS_THAT_PAY = 8  # replays that make up for one recording
MOST_SEEN = 10_000


class Economy:
    """What one recorded function has cost so far.

    Attributes:
        made: kinds of call that have an entry. seen: hashes of kinds of call that have none.
        wasted: recordings in a row that were of little use before what they read had changed. pause: how many calls
            are computed eagerly before the next.
        notes: what has been told, for `explain`.
    """

    __slots__ = ("made", "notes", "pause", "seen", "wasted")

    def __init__(self) -> None:
        self.made = self.wasted = self.pause = 0
        self.seen: set[int] = set()
        self.notes: dict[str, str] = {}

    def allows_key(self, jitted: Any, key: Any) -> bool:
        """Whether to record a kind of call that is not known."""
        if self.made >= FREE_KEYS and sum(entry.calls for entry in jitted.entries.values()) < 2 * self.made:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
            if hash(key) not in self.seen:
                self.seen.add(hash(key))
                self.tell(
                    "keys",
                    f"{jitted} is called with ever new ints, strings or objects, each of which needs a recording of "
                    "its own; it is recorded for those that come again. Pass what changes as floats or elements of "
                    "arrays",
                )
                return False
        self.made += 1
        return True

    def allows_again(self, jitted: Any, entry: Any, changed: str) -> bool:
        """Whether to record again after a change of what the function reads."""
        if self.pause:
            self.pause -= 1
            return False
        self.wasted = 0 if entry.calls >= CALLS_THAT_PAY else self.wasted + 1
        if self.wasted > FREE_CHANGES:
            self.pause = min(1 << (self.wasted - FREE_CHANGES), 1024)
            self.tell(
                "changes",
                f"{jitted} has to be recorded again at nearly every call, since what it reads changes ({changed}); it "
                "is computed eagerly for the most part. Pass what changes as an argument",
            )
        return True

    def allows_path(self, jitted: Any, entry: Any) -> bool:
        """Whether to record one more path for this kind of call."""
        paths = len(entry.recordings)
        if paths < FREE_PATHS or (paths < MOST_PATHS and paths < FREE_PATHS + entry.calls // CALLS_FOR_A_PATH):
            return entry.tries() >= paths
        if entry.misses > FREE_MISSES and entry.misses > entry.hits:
            lines = [line for line in entry.recordings[0].lines[:1] if line]
            self.tell(
                "paths",
                f"{jitted} takes another path at nearly every call ({paths} are recorded); the others are computed "
                f"eagerly. Its branches begin at {lines[0] if lines else 'a comparison'}: maximum, minimum, clip or "
                "where choose without a branch",
            )
        return False

    def tell(self, kind: str, note: str) -> None:
        """Warn once for each kind of note, and remember it."""
        if kind not in self.notes:
            self.notes[kind] = note
            frame = user_frame()
            file, line, names = (frame.f_code.co_filename, frame.f_lineno, frame.f_globals) if frame else ("", 0, {})
            registry = names.setdefault("__warningregistry__", {})
            warnings.warn_explicit(f"jit: {note}", RuntimeWarning, file, line, registry=registry)
