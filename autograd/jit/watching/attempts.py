"""Running a function until its recording can be trusted: until a run leaves what the function reads as it was.

A first run may build what later ones find: weights made on demand, a cache, a table read from a file. What each run
changes again is either harmless, which spies.py finds out (a counter that nobody reads, a list that is only appended
to, an attribute that always holds the same but for its Values), or an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograd.jit.errors import JitError
from autograd.jit.watching import places
from autograd.jit.watching.differences import Change, changes_in
from autograd.jit.watching.spies import Spies
from autograd.jit.watching.watch import ANY, change

MOST_RUNS = 5


def trusted(name: str, attempt: Callable[[Spies], Any]) -> Any:
    """The attempt to record a function after which what it reads is as it was before.

    Arguments:
        name: of the function, for messages. attempt: runs it; see `recorder.attempted`.
    """
    before: Any = None
    now: Any = None
    changes: list[Change] = []
    for _ in range(MOST_RUNS):
        spies = Spies(None if before is None else before.watch, changes)
        with spies:
            now = attempt(spies)
        harmless = spies.end(now.watch, now.output)
        for unread in harmless:
            places.expect(now.watch, unread.key, ANY)
        earlier, changes = {x.key[:-1] for x in changes}, changes_in(now.watch) if change(now.watch) else []
        staying = [x for x in changes if x.stays]
        harmful = [x for x in changes if not x.stays]
        lasting = [x for x in harmful if x.read or (before is not None and x.key[:-1] in earlier)]
        if lasting:
            raise _error(name, lasting[0])
        if not harmful and now.outside is not None:
            raise now.outside
        if not changes and not spies.at:
            return now
        if not harmful and before is not None and now.recording.graph.same_as(before.recording.graph):
            for x in staying:
                places.expect(now.watch, x.key, ANY)
            return now
        before = now
        changes = changes + harmless
    raise now.outside or _error(name, changes[0])


def _error(name: str, changed: Change) -> JitError:
    if changed.drawn:
        return JitError(
            f"jit: {name} draws random numbers, and a recording would repeat these for ever; draw them outside and "
            "pass them as arguments"
        )
    if changed.read:
        kind = type(changed.key[2]).__name__
        return JitError(
            f"jit: {name} reads a {kind}, and reading from it gives another item each time; pass what it gives as an "
            "argument"
        )
    return JitError(
        f"jit: {name} changes what it reads each time it runs ({changed.words}); a recording would not. Return what "
        "you want to keep, and change state outside of the function"
    )
