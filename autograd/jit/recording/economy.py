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
CALLS_FOR_A_PATH = 64
FREE_MISSES = 16  # calls that none of the recorded paths serves, before few of them are tried
MANY_MISSES = 400  # that are worth a word
FEW_TRIES = 2
FREE_KEYS = 32  # of a function; further ones are recorded when they come again
CALLS_FOR_AN_OBJECT = 256  # one of so many with an object of its own is recorded: it may be the one that stays
FREE_CHANGES = 8  # of what a function reads, each soon after the one before
CALLS_THAT_PAY = 8  # replays that make up for one recording
MOST_SEEN = 10_000


class Economy:
    """What one recorded function has cost so far.

    Attributes:
        made: kinds of call that have an entry. seen: hashes of kinds of call that have none. passed: how many of
            these were told apart by objects, whose identities come again when they are gone.
        wasted: recordings in a row that were of little use before what they read had changed. pause: how many calls
            are computed eagerly before the next.
        notes: what has been told, for `explain`.
    """

    __slots__ = ("made", "notes", "passed", "pause", "seen", "wasted")

    def __init__(self) -> None:
        self.made = self.passed = self.wasted = self.pause = 0
        self.seen: set[int] = set()
        self.notes: dict[str, str] = {}

    def allows_key(self, jitted: Any, key: Any, objects: Any) -> bool:
        """Whether to record a kind of call that is not known; `objects` are those in the key."""
        if self.made >= FREE_KEYS and sum(entry.calls for entry in list(jitted.entries.values())) < 2 * self.made:
            if len(self.seen) > MOST_SEEN:
                self.seen.clear()
            self.passed += bool(objects)
            if self.passed % CALLS_FOR_AN_OBJECT if objects else hash(key) not in self.seen:
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
        earned = (entry.hits + entry.calls // 8) // CALLS_FOR_A_PATH
        if paths < min(FREE_PATHS + earned, MOST_PATHS) and entry.tries() >= paths:
            return True
        if entry.misses > MANY_MISSES and entry.misses > entry.hits:
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
