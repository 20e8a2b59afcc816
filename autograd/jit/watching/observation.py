# pyright: reportMissingImports=false
"""One run of a function under observation: what it reads is found while it runs, what it asks outside is refused.

Code that the run calls on the side is left alone (`_APART`): imports, logging, warnings, finalizers and the callbacks
of the garbage collector, and what writes to the standard streams.
Compiled by Cython where possible: it takes part in every first call.
"""

from __future__ import annotations

import functools
import gc
import sys
import types
from typing import Any

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.watching import frames, namespaces, objects, outside, visitors
from autograd.jit.watching.lines import place_of, place_of_name, user_frame
from autograd.jit.watching.origins import ENGINE, USER, origin_of_file
from autograd.jit.watching.refusals import Refusals
from autograd.jit.watching.walk import Walk
from autograd.jit.watching.watch import Observed

_APART = (
    "<frozen importlib", "<frozen zipimport", "/importlib/_bootstrap", "/logging/", "/warnings.py", "/linecache.py",
    "/traceback.py", "/tokenize.py",
    "/asyncio/base_tasks.py", "/asyncio/base_futures.py",
)  # fmt: skip
_SEEDING = "random.py"


class Observation:
    """A run of f, from `begin` to `end`.

    Attributes:
        watch: what was read, each thing as it was before the run could change it. failed: an error in finding it.
    """

    __slots__ = ("_apart", "_listening", "_walk", "failed", "outermost", "refusals")

    def __init__(self, f: Any, arguments: list[Any], refusals: Refusals, outermost: types.CodeType):
        self.refusals, self.outermost = refusals, outermost
        self.failed: BaseException | None = None
        self._listening = False
        self._apart: frozenset[int] = frozenset()
        self._walk = walk = Walk(visitors.visitor_of, namespaces.named_in_module)
        walk.push(f)
        for x in arguments:
            objects.lent(walk, x)
        walk.go()
        if walk.refused:
            self._hold_together(None)

    @property
    def watch(self) -> Observed:
        return self._walk.watch

    def begin(self) -> None:
        """Observe what this thread calls from now on."""
        self._apart = _on_the_side(type(sys.stdout), type(sys.stderr), tuple(gc.callbacks))
        frames.observe(self)

    def end(self) -> None:
        """Let go what was met: at once, and not when the garbage collector comes. Before it, `frames.end()`."""
        self._walk.waiting.clear()

    def imported(self) -> bool:
        """Whether modules that the code mentions have come since it began."""
        loaded = sys.modules
        for name in self._walk.unknown:
            if name in loaded:
                return True
        return False

    # ---- what frames.py tells

    def started(self, code: types.CodeType, function: Any, space: Any) -> int:
        """Code runs for the first time."""
        origin = origin_of_file(code.co_filename)
        if origin == ENGINE:
            return 0
        if id(code) in self._apart or code.co_name == "__del__" or _stands_apart(code.co_filename):
            return frames.APART
        try:
            if namespaces.started(self._walk, origin, code, function, space):
                self._listen()
            if self._walk.refused:
                self._hold_together(code if origin == USER else None)
        except BaseException as error:  # raised when the function has ended; here the frame must go on
            self.failed = self.failed or error
        if code.co_name == "seed" and code.co_filename.endswith(_SEEDING):
            self._listen()
            return frames.EVERY
        return 0

    def called(self, function: Any, frame: types.FrameType | None, *_: Any) -> int:
        """A C function that asks something outside is about to be called."""
        caller = frame or sys._getframe(0 if cython.compiled else 1)  # compiled, this has no frame of its own
        what = outside.asked_by(function, caller.f_code.co_filename)
        if what is not None and not (what is outside.CHANCE and outside.is_about_to_be_seeded(caller)):
            self._outside(f"{place_of(user_frame(self.outermost))} {what[0]} ({outside.full_name(function)})", what[1])
        return 0

    def entered(self, frame: types.FrameType, *_: Any) -> int:
        """random.Random.seed is called: without a seed it asks the system."""
        if frame.f_locals.get("a", 0) is None:
            what, instead = outside.CHANCE
            self._outside(f"{place_of(user_frame(self.outermost))} {what} (a generator made without a seed)", instead)
        return 0

    def _listen(self) -> None:
        if not self._listening:
            self._listening = True
            outside.look_out_for_all()
            frames.listen()

    def _hold_together(self, code: types.CodeType | None) -> None:
        """Turn what the walk has refused into errors."""
        for what, instead, name in self._walk.refused:
            frame = user_frame(self.outermost)
            where = place_of_name(code, name) if code is not None else place_of(frame) if frame else "the function"
            self._outside(f"{where} {what}", instead)
        self._walk.refused.clear()

    def _outside(self, what: str, instead: str) -> None:
        self.refusals.unless_only_once(f"jit: {what}; a recording would keep the answer for ever. Instead, {instead}")


def can_go(x: Any) -> bool:
    """Whether an object among the arguments need not be held."""
    return objects.can_go(x, visitors.visitor_of(type(x)))


@functools.lru_cache(maxsize=4)
def _on_the_side(out: type, errors: type, callbacks: tuple[Any, ...]) -> frozenset[int]:
    """The ids of the code of the garbage collector's callbacks, and of what writes to the standard streams."""
    functions = [*callbacks, *[vars(type(callback)).get("__call__") for callback in callbacks]]
    functions += [getattr(stream, name, None) for stream in (out, errors) for name in ("write", "flush")]
    return frozenset([id(f.__code__) for f in functions if hasattr(f, "__code__")])


@functools.lru_cache(maxsize=4096)
def _stands_apart(path: str) -> bool:
    return any(part in path for part in _APART)
