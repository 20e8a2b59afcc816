"""One run of a function under observation: what it reads is found while it runs, what it asks outside is refused.

Code that the run calls on the side is left alone (`_APART`): imports, logging, warnings, finalizers and the callbacks
of the garbage collector, and what writes to the standard streams.
"""

from __future__ import annotations

import gc
import sys
import types
import weakref
from typing import Any

from autograd.jit.watching import frames, namespaces, objects, outside, visitors
from autograd.jit.watching.lines import place_of, place_of_name, user_frame
from autograd.jit.watching.origins import ENGINE, USER, origin_of_file
from autograd.jit.watching.refusals import Refusals
from autograd.jit.watching.walk import Walk
from autograd.jit.watching.watch import Watch

_APART = (
    "<frozen importlib", "<frozen zipimport", "/importlib/_bootstrap", "/logging/", "/warnings.py", "/linecache.py",
    "/traceback.py", "/tokenize.py",
    "/asyncio/base_tasks.py", "/asyncio/base_futures.py",
)  # fmt: skip
_SEEDING = "random.py"


class Observation:
    """A run of f; use as a context manager around it.

    Attributes:
        watch: what was read, each thing as it was before the run could change it.
    """

    def __init__(self, f: Any, arguments: list[Any], refusals: Refusals, outermost: types.CodeType):
        self.refusals, self.outermost = refusals, outermost
        self._failed: BaseException | None = None
        self._listening = False
        self._apart: set[int] = set()
        self._walk = Walk(visitors.visitor_of, namespaces.named_in_module)
        self._walk.push(f)
        for x in arguments:
            if visitors.visitor_of(type(x)) is objects.instance and _can_go(x) and not self._walk.met(x):
                objects.guest(self._walk, x)
            else:
                self._walk.push(x)
        self._walk.go()
        self._hold_together(None)

    @property
    def watch(self) -> Watch:
        return self._walk.watch

    def __enter__(self) -> Observation:
        self._apart = {id(code) for code in _on_the_side()}
        frames.observe(self)
        return self

    def __exit__(self, *exception: object) -> None:
        frames.end()
        if self._failed is not None and exception[0] is None:
            raise self._failed

    # ---- what frames.py tells

    def started(self, code: types.CodeType, function: Any, space: Any) -> int:
        """Code runs for the first time."""
        origin = origin_of_file(code.co_filename)
        if origin == ENGINE:
            return 0
        if id(code) in self._apart or code.co_name == "__del__" or any(part in code.co_filename for part in _APART):
            return frames.APART
        try:
            if namespaces.started(self._walk, code, function, space):
                self._listen()
            self._hold_together(code if origin == USER else None)
        except BaseException as error:  # raised when the function has ended; here the frame must go on
            self._failed = self._failed or error
        if code.co_name == "seed" and code.co_filename.endswith(_SEEDING):
            self._listen()
            return frames.EVERY
        return 0

    def called(self, function: Any, *_: Any) -> int:
        """A C function that asks something outside is about to be called."""
        caller = sys._getframe(1)
        what = outside.asked_by(function, caller.f_code.co_filename)
        if what is not None:
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


def _can_go(x: Any) -> bool:
    try:
        weakref.ref(x)
    except TypeError:
        return False
    return True


def _on_the_side() -> list[types.CodeType]:
    """The code of the garbage collector's callbacks and of what writes to the standard streams."""
    functions: list[Any] = [*gc.callbacks, *[vars(type(callback)).get("__call__") for callback in gc.callbacks]]
    for stream in (sys.stdout, sys.stderr):
        functions += [getattr(type(stream), name, None) for name in ("write", "flush")]
    return [code for f in functions if isinstance(code := getattr(f, "__code__", None), types.CodeType)]
