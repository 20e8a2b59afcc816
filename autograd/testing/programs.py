"""Random programs as plain data, so that any engine, floats and long numbers can run the same one, and print it.

A program is drawn step by step, and a step whose result would be out of proportion, or on top of a kink, is left out:
so every program that hypothesis comes to while it shrinks is a sound one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from autograd.testing.reference import BINARY, MANY, UNARY, stands_apart, value_of

if TYPE_CHECKING:
    from hypothesis import strategies as st

Operand = int | float

OPERATIONS = tuple(dict.fromkeys(("add", "mul", *UNARY, *BINARY, *MANY)))  # the simplest first


@dataclass(frozen=True, slots=True)
class Program:
    """Inputs, and steps: each an operation and its operands, where an int is an earlier result, a float a constant."""

    inputs: tuple[float, ...]
    steps: tuple[tuple[str, tuple[Operand, ...]], ...]

    def results(
        self, apply: Callable[[str, list[Any]], Any], inputs: Sequence[Any], constant: Callable[[float], Any] = float
    ) -> list[Any]:
        """Every result, the inputs first; `apply` does the operations."""
        made = list(inputs)
        for name, operands in self.steps:
            made.append(apply(name, [made[x] if type(x) is int else constant(x) for x in operands]))
        return made

    def pruned(self) -> Program:
        """The same program without the steps that its last result does not need."""
        n = len(self.inputs)
        needed = {n + len(self.steps) - 1}
        for place in reversed(range(n, n + len(self.steps))):
            if place in needed:
                needed |= {x for x in self.steps[place - n][1] if type(x) is int}
        kept = [place for place in range(n + len(self.steps)) if place < n or place in needed]
        new = {place: i for i, place in enumerate(kept)}
        steps = [self.steps[place - n] for place in kept[n:]]
        return Program(self.inputs, tuple(
            (name, tuple(new[x] if type(x) is int else x for x in operands)) for name, operands in steps
        ))  # fmt: skip

    def source(self, new: str = "Value") -> str:
        """The program as Python, for the eye and for a bug report."""
        n = len(self.inputs)

        def named(x: Operand) -> str:
            return repr(x) if type(x) is float else f"x{x}" if x < n else f"v{x}"

        lines = [f"{named(i)} = {new}({x!r})" for i, x in enumerate(self.inputs)]
        for i, (name, operands) in enumerate(self.steps):
            lines.append(f"{named(n + i)} = {_expression(name, [named(x) for x in operands])}")
        return "\n".join([*lines, f"{named(n + len(self.steps) - 1)}.backward()"])


_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "pow": "**", "powc": "**"}


def _expression(name: str, xs: list[str]) -> str:
    if name in _SIGNS:
        return f"{xs[0]} {_SIGNS[name]} {xs[1]}"
    match name:
        case "neg":
            return f"-{xs[0]}"
        case "choose":
            return f"{xs[2]} if {xs[0]} > {xs[1]} else {xs[3]}"
        case "dot":
            return f"dot([{', '.join(xs[1::2])}], [{', '.join(xs[2::2])}], start={xs[0]})"
        case "abs":
            return f"abs({xs[0]})"
    return f"{name}([{', '.join(xs)}])" if name in MANY else f"{name}({', '.join(xs)})"


def programs(
    *, operations: Sequence[str] | None = None, most_inputs: int = 4, most_steps: int = 12
) -> st.SearchStrategy[Program]:
    """A hypothesis strategy of programs: results are shared, sums have many operands, branches depend on the numbers.

    Arguments:
        operations: names to draw from, the simplest first; all of `autograd.testing.OPERATIONS` unless given.
        most_inputs, most_steps: at least 1.

    Every result is between 0.001 and 1,000 in size and away from kinks. Raises ValueError for an unknown operation.
    """
    from hypothesis import strategies as st

    names = tuple(OPERATIONS if operations is None else operations)
    if unknown := [name for name in names if name not in OPERATIONS]:
        raise ValueError(f"programs: unknown operation {unknown[0]!r}; known are {', '.join(OPERATIONS)}")
    if not names or most_inputs < 1 or most_steps < 1:
        raise ValueError("programs: at least one operation, one input and one step are needed")
    simple = st.integers(1, 4).map(float) | st.integers(-4, -1).map(float)
    numbers = simple | st.floats(0.05, 4).map(_short) | st.floats(-4, -0.05).map(_short)

    @st.composite
    def drawn(draw: Any) -> Program:
        inputs = draw(st.lists(numbers, min_size=1, max_size=most_inputs))
        values, steps = list(inputs), []
        for _ in range(draw(st.integers(1, most_steps))):
            name = draw(st.sampled_from(names))
            operands = tuple(_draw_operands(draw, st, name, len(values), numbers))
            xs = [values[x] if type(x) is int else x for x in operands]
            z = value_of(name, xs)
            if z is not None and 1e-3 < abs(z) < 1e3 and stands_apart(name, xs):
                steps.append((name, operands))
                values.append(z)
        if not steps:
            steps = [("mul", (0, 2.0))]
        return Program(tuple(inputs), tuple(steps))

    return drawn()


def _draw_operands(draw: Any, st: Any, name: str, n: int, numbers: Any) -> list[Operand]:
    result = st.integers(0, n - 1).map(lambda k: n - 1 - k)  # the simplest operand is the latest result
    either = result | numbers
    if name in UNARY:
        return [draw(result)]
    if name == "powc":
        return [draw(result), draw(st.sampled_from((2.0, 3.0, -1.0, -2.0, 0.5, 1.5)))]
    if name == "choose":
        return [draw(result), draw(either), draw(result), draw(result)]
    if name in MANY:
        count = draw(st.integers(1, 5))
        return [draw(result)] + [draw(either) for _ in range(2 * (count // 2) if name == "dot" else count - 1)]
    operands = [draw(result), draw(either)]
    return operands[::-1] if draw(st.booleans()) else operands


def _short(x: float) -> float:
    return round(x, 3)
