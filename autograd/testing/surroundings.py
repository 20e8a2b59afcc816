"""Programs as people write them, with real Python around the arithmetic: classes, caches, closures, files, threads.

For whoever records or compiles Python functions: whatever a function reads besides its arguments may change between
two calls, and eager execution is the oracle. A program is text, so that it can be run twice, in worlds of its own, and
read when it fails. It is put together from pieces: each defines something, reads a number from it in an expression,
and knows statements that change what the expression reads.

>>> print(PIECES["an attribute"].numbered(0).definition, end="")
class Filter0:
    def __init__(self): self.gain = 0.5
filter0 = Filter0()
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autograd.testing.surrounding_pieces import ORDINARY, SUSPICIOUS, Piece

if TYPE_CHECKING:
    from hypothesis import strategies as st

PIECES: dict[str, Piece] = {**ORDINARY, **SUSPICIOUS}

PRELUDE = """\
import abc, argparse, array, collections, contextlib, contextvars, copy, dataclasses, enum, fractions, functools
import importlib, io, itertools, logging, math, operator, os, random, sys, threading, time, types, typing, warnings
import weakref
import numpy as np
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A program: what it is made of, and what happens in turn.

    Attributes:
        pieces: names of `PIECES`; the function adds up what they read, each times its argument.
        steps: in turn a number to call the function with, and (piece, which of its changes) to be made.
    """

    pieces: tuple[str, ...]
    steps: tuple[float | tuple[int, int], ...]

    @property
    def ordinary(self) -> bool:
        """Whether nothing in it gives a reason to refuse it."""
        return all(name in ORDINARY for name in self.pieces)

    def numbered(self) -> list[Piece]:
        """The pieces, each with its number."""
        return [PIECES[name].numbered(k) for k, name in enumerate(self.pieces)]

    def source(self) -> str:
        """The definitions; the last one is that of the function, f."""
        pieces = self.numbered()
        terms = " + ".join([f"x * ({piece.expression})" for piece in pieces])
        body = [*[line for piece in pieces for line in piece.lines], f"return {terms}"]
        definitions = "".join([piece.definition for piece in pieces])
        return f"{PRELUDE}{definitions}def f(x):\n" + "".join([f"    {line}\n" for line in body])

    def statement(self, step: tuple[int, int]) -> str:
        """The statement of a step that changes something."""
        return self.numbered()[step[0]].changes[step[1]]

    def __str__(self) -> str:
        steps = [self.statement(step) if isinstance(step, tuple) else f"f({step!r})" for step in self.steps]
        return self.source() + "\n".join(steps)


def results(
    program: Surroundings, made: Callable[[Callable[..., Any]], Callable[..., Any]], number: Callable[[float], Any]
) -> list[Any]:
    """What the calls of the program give, in a world of its own.

    Arguments:
        made: what becomes of the function f, such as `jit`. number: what becomes of an argument, such as `Value`.

    Returns a number for each call; an exception that f raises stands in its place, and ends the program.
    """
    found: list[Any] = []
    with module_of(program.source()) as world:
        f = made(world["f"])
        for step in program.steps:
            if isinstance(step, tuple):
                with suppress(Exception):  # another change may have taken away what this one changes
                    exec(program.statement(step), world)
                continue
            try:
                found.append(getattr(f(number(step)), "data", None))
            except Exception as error:
                found.append(error)
                break
    return found


@contextmanager
def module_of(source: str) -> Iterator[dict[str, Any]]:
    """The globals of a module of this source, which is there within the block; error messages can show its lines."""
    name = next(name for name in map("program_{}".format, count()) if name not in sys.modules)
    path = f"<{name}>"
    sys.modules[name] = module = ModuleType(name)
    linecache.cache[path] = len(source), None, source.splitlines(True), path
    try:
        exec(compile(source, path, "exec"), vars(module))
        yield vars(module)
    finally:
        del sys.modules[name], linecache.cache[path]


def surroundings(*, pieces: Sequence[str] | None = None, most_pieces: int = 4) -> st.SearchStrategy[Surroundings]:
    """A hypothesis strategy of such programs.

    Arguments:
        pieces: names of `PIECES` to draw from, all unless given. most_pieces: in one program, at least 1.

    Raises ValueError for an unknown piece.
    """
    from hypothesis import strategies as st

    names = tuple(PIECES if pieces is None else pieces)
    if unknown := [name for name in names if name not in PIECES]:
        raise ValueError(f"surroundings: unknown piece {unknown[0]!r}; known are {', '.join(PIECES)}")
    numbers = st.sampled_from((2.0, 1.0, -1.5, 0.25, 3.0))

    @st.composite
    def drawn(draw: Any) -> Surroundings:
        chosen = tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=most_pieces)))
        steps: list[Any] = [draw(numbers)]
        for _ in range(draw(st.integers(0, 6))):
            k = draw(st.integers(0, len(chosen) - 1))
            changes = PIECES[chosen[k]].changes
            if changes and draw(st.booleans()):
                steps.append((k, draw(st.integers(0, len(changes) - 1))))
            steps.append(draw(numbers))
        return Surroundings(chosen, tuple(steps))

    return drawn()
