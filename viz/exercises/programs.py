"""Programs of + and * that an engine is tried on, from the smallest up: as text, so that one can be told and drawn.

One decision: the wanted numbers are the engine's own, which computes the same text, so that drawn programs, in which
values are shared in ways that nobody thought of, are judged like those written by hand.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WITH = " with "  # before the definitions


@dataclass(frozen=True, slots=True)
class Program:
    """An expression in x and y, and the names that it uses besides with what they stand for, each after those it uses.

    >>> str(Program("b*(b + 1)", (("b", "2*x"),)))
    'b*(b + 1) with b = 2*x'
    """

    expression: str
    definitions: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        named = ", ".join(f"{name} = {text}" for name, text in self.definitions)
        return f"{self.expression}{WITH}{named}" if named else self.expression

    def computed(self, x: Any, y: Any) -> Any:
        """What it gives for these two, in whatever arithmetic they have."""
        return _evaluated(self.expression, self.names(x, y))

    def names(self, x: Any, y: Any) -> dict[str, Any]:
        """All that its expression may name."""
        known = {"x": x, "y": y}
        for name, text in self.definitions:
            known[name] = _evaluated(text, known)
        return known


def read(text: str) -> Program:
    """The program that `str` wrote."""
    expression, _, named = text.partition(WITH)
    pairs = (part.split(" = ") for part in named.split(", ") if part)
    return Program(expression, tuple((name, what) for name, what in pairs))


def derivatives(program: Program) -> tuple[float, float]:
    """The derivatives by x and y at x = 3, y = 4."""
    from autograd import Value

    x, y = Value(3.0), Value(4.0)
    program.computed(x, y).backward()
    return x.grad, y.grad


def drawn(count: int, seed: int = 1) -> list[Program]:
    """Programs of three to six operations, the smaller ones first; each operation takes the value made before it."""
    draw = random.Random(seed)
    found = []
    for k in range(count):
        known = ["x", "y"]
        texts: list[str] = []
        for name in "bcdefg"[: 3 + 4 * k // count]:
            pair = [known[-1], draw.choice(known)]
            draw.shuffle(pair)
            texts.append(draw.choice([" + ", "*"]).join(pair))
            known.append(name)
        found.append(Program(texts[-1], tuple(zip(known[2:], texts[:-1], strict=False))))
    return found


def _evaluated(text: str, names: Mapping[str, Any]) -> Any:
    return eval(text, {"__builtins__": {}}, dict(names))  # a text of this module's
