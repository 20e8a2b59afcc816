# pyright: reportMissingImports=false
"""From the function and its arguments to what it reads: the part that the code which ran can have looked at.

A walk grows while the function is recorded. Whenever code starts that has not run before, the names that it mentions
(of globals and attributes alike) are added, and what these lead to is visited, before the code can change any of it.
Whatever merely could be reached is left alone: a function that did not run, an attribute that no code mentions. They
wait in `unrun` and `waiting` until their turn comes, so that nothing is looked at twice.
Compiled by Cython where possible (types: walk.pxd): it takes part in every first call.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Any

from autograd.jit.watching.watch import Observed
from autograd.value import Value

PLAIN: frozenset[type] = frozenset({
    int, float, str, bytes, complex, bool, type(None), type(Ellipsis), type(NotImplemented), range, slice, Value,
    types.CodeType,
})  # fmt: skip


class Walk:
    """A walk under way. How a type of object is visited, and a name found in a module, others know.

    Attributes:
        watch: what was found, and what it looked like when it was.
        names: those mentioned by code that ran; users_names: by the user's own.
        ran: that code, by id. inner: ids of code that is made into functions by it.
        parts: whether some of it looks into functions.
        unrun: functions met whose code has not run, by its id. generators: the same for generators.
        waiting: for names that no code has mentioned, what to do once one does, and whether that is theirs.
        unknown: names that would be those of modules, if there were any. modules: those met, with their origin.
        descriptors: the slots of the classes met.
        refused: in words, what was met that cannot be compared, what to do instead, and its name.
        suspected: whether a C function was met that asks something outside of the program.
        theirs: whether what is being visited belongs to an object of an installed package.
    """

    __slots__ = (
        "_inside", "_named_in_module", "_seen", "_stack", "_visitors", "descriptors", "generators", "inner", "modules",
        "names", "parts", "ran", "refused", "suspected", "theirs", "unknown", "unrun", "users_names", "visitor_of",
        "waiting", "watch",
    )  # fmt: skip

    def __init__(
        self,
        visitor_of: Callable[[type], Callable[[Walk, Any], None]],
        named_in_module: Callable[[Walk, types.ModuleType, int, list[str]], None],
    ) -> None:
        self.visitor_of, self._named_in_module = visitor_of, named_in_module
        self.watch = Observed()
        self.names: set[str] = self.watch.names
        self.users_names: set[str] = set()
        self.ran: dict[int, types.CodeType] = {}
        self.inner: set[int] = set()
        self.unrun: dict[int, list[Any]] = {}
        self.generators: dict[int, Any] = {}
        self.waiting: dict[str, list[tuple[Callable[[str], None], bool]]] = {}
        self.descriptors: dict[type, list[tuple[str, Any]]] = {}
        self.unknown: set[str] = set()
        self.modules: list[tuple[types.ModuleType, int]] = []
        self.refused: list[tuple[str, str, str]] = []
        self.parts = self.suspected = False
        self.theirs = False
        self._stack: list[Any] = []
        self._seen: dict[int, Any] = {}
        self._inside: set[int] = set()  # of what has been met in an installed package's objects
        self._visitors: dict[type, Callable[[Walk, Any], None]] = {}

    def push(self, x: Any) -> None:
        """Have x visited, once."""
        if type(x) not in PLAIN and id(x) not in self._seen:
            self._seen[id(x)] = x
            self._stack.append(x)
            if self.theirs:
                self._inside.add(id(x))

    def push_all(self, items: Iterable[Any]) -> None:
        """Have all of them visited."""
        if not PLAIN.issuperset(map(type, items)):
            for x in items:
                self.push(x)

    def met(self, x: Any) -> bool:
        """Whether x has been met before; it counts as met from now on."""
        known = id(x) in self._seen
        self._seen[id(x)] = x
        return known

    def go(self) -> None:
        """Visit all that is there to be visited."""
        while self._stack:
            x = self._stack.pop()
            visit = self._visitors.get(type(x))
            if visit is None:
                visit = self._visitors[type(x)] = self.visitor_of(type(x))
            self.theirs = id(x) in self._inside
            visit(self, x)
        self.theirs = False

    def mention(self, names: Iterable[str], by_user: bool = False) -> None:
        """Visit what is found under names that no code, or none of the user's, has mentioned before."""
        known = self.users_names if by_user else self.names
        new = [name for name in names if name not in known]
        if not new:
            return
        self.names.update(new)
        if by_user:
            self.users_names.update(new)
        for name in new:
            for visit, theirs in self.waiting.pop(name, ()):
                self.theirs = theirs
                visit(name)
        self.theirs = False
        for module, origin in self.modules:
            self._named_in_module(self, module, origin, new)

    def wait(self, name: Any, visit: Callable[[str], None]) -> None:
        """Call visit(name) once code mentions the name."""
        self.waiting.setdefault(name, []).append((visit, self.theirs))

    def when(self, name: Any, visit: Callable[[str], None]) -> None:
        """Call visit(name) now if code has mentioned the name, or else once it does."""
        if name in self.names:
            visit(name)
        else:
            self.wait(name, visit)

    def refuse(self, what: str, instead: str, name: str = "") -> None:
        """Remember that the function reads what cannot be compared; the name is the one it has in the code."""
        self.refused.append((what, instead, name))
