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
from autograd.jit.watching.differences import Change, changes_in, same_numbers
from autograd.jit.watching.spies import Spies
from autograd.jit.watching.watch import ANY, change

MOST_RUNS = 5


def trusted(described: Callable[[], str], attempt: Callable[[], Any], first: Any) -> Any:
    """The attempt to record a function after which what it reads is as it was before.

    Arguments:
        described: gives the function's name for messages. attempt: runs it; see `recorder.attempted`. first: what that
            has given, an attempt that is not settled.
    """
    before = first
    if not change(before.watch) and not before.imported:
        raise before.outside
    changes = changes_in(before.watch)
    reason = next((x for x in changes if x.read), changes[0] if changes else None)
    if reason is not None and reason.read:
        raise _error(described(), reason)
    given = {id(x): x for x in before.leaves}
    for _ in range(MOST_RUNS - 1):
        spies = Spies(before.watch, changes)
        with spies:
            now = attempt()
        unread, passed = spies.end(now.watch, now.output)
        for x in changes:
            if any(x.grown is container for container in passed):
                raise _error(described(), x)
        for x in unread:
            places.expect(now.watch, x.key, ANY)
        found = changes_in(now.watch) if change(now.watch) else []
        staying, harmful = [x for x in found if x.stays], [x for x in found if not x.stays]
        earlier = {x.key[:-1] for x in changes}
        for x in harmful:
            if x.read or x.key[:-1] in earlier:
                raise now.outside or _error(described(), x)
        if not harmful and not now.imported:
            if now.outside is not None:
                raise now.outside
            if not (staying or spies.at) or now.recording.graph.same_as(before.recording.graph):
                for x in staying:
                    places.expect(now.watch, x.key, ANY)
                if not same_numbers(first.output, now.output):
                    raise _error(described(), reason)
                if _reaches(now.recording.captured, given):
                    raise JitError(
                        f"jit: {described()} keeps a Value that it has computed from its arguments, and reads it at "
                        "later calls; a recording gets numbers, and no derivative would arrive at yours. Keep its "
                        "detach(), or compute it outside and pass it as an argument"
                    )
                return now
        given.update([(id(x), x) for x in now.leaves])
        before, changes = now, found + unread
    raise before.outside or _error(described(), reason)


def _reaches(values: Any, leaves: dict[int, Any]) -> bool:
    """Whether some of these Values depend on some of the leaves."""
    met: set[int] = set()
    stack = list(values)
    while stack:
        x = stack.pop()
        if id(x) in leaves:
            return True
        if id(x) not in met and x.op != "detach":
            met.add(id(x))
            stack += x.inputs
    return False


def _error(name: str, changed: Change | None) -> JitError:
    if changed is None:
        return JitError(f"jit: {name} gives another result when it runs again, though nothing it reads has changed")
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
