"""Hold each operation of a graph against differences of its own value: which of them has a wrong partial.

The derivative of a whole function says that something is wrong and dilutes it; here a partial that is off by a
millionth is off by a millionth. A node's recorded partials are compared, whatever made them, so operations of the
user's own are checked as the table's are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from autograd import reductions
from autograd.checks.differences import EPSILON, Verdict, verdict
from autograd.differentiation import rules
from autograd.generated import kernels
from autograd.primitives import TABLE
from autograd.value import Value

OfOperands = Callable[[tuple[float, ...]], float]

MOST_OPERANDS = 32  # of one node, and
MOST_NODES = 5_000  # of one graph: more are sampled

# `detach` cuts a derivative on purpose, the index of `take` is no number to vary, a `program` cannot be computed alone,
# and the others give the rounding error of another operation: a staircase to differences.
NOT_COMPARED = frozenset(
    ("detach", "take", "program", "high", "mul_error", "add_error", "gelu_factor_error", "gelu_angle_error", "scale",
     "scaled")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mistake:
    """A node, the place of the operand whose partial is wrong, and both numbers."""

    node: Value
    operand: int
    claimed: float
    differences: float

    @property
    def distance(self) -> float:
        """How far the two are apart."""
        return abs(self.claimed - self.differences)

    def __str__(self) -> str:
        row = TABLE.get(self.node.op)
        where = _named_operands(self.node)
        source = f"; made at {self.node.source}" if self.node.source else ""
        formula = _formula(row, self.node, self.operand)
        name = _operand_name(self.node, self.operand)
        return (
            f"{self.node.op} at {where}: the table's partial in {name} is {self.claimed!r}{formula}, differences of "
            f"its value give {self.differences:.12g} (distance {self.distance:.1e}){source}"
        )


def mistakes(order: list[Value], *, tolerance: float, seed: int) -> list[Mistake]:
    """The nodes of a graph whose partials are wrong, the first made first."""
    draw = Random(seed)
    nodes = [z for z in order if z.inputs and z.op not in NOT_COMPARED]
    if len(nodes) > MOST_NODES:
        nodes = [nodes[i] for i in sorted(draw.sample(range(len(nodes)), MOST_NODES))]
    found: list[Mistake] = []
    seen = set()
    for z in nodes:
        operands = tuple([float_of(x) for x in z.operands])
        key = (z.op, operands, z.partials)
        if key not in seen:
            seen.add(key)
            found += _of_node(z, operands, tolerance, draw)
    return found


def _of_node(z: Value, operands: tuple[float, ...], tolerance: float, draw: Random) -> list[Mistake]:
    f = value_function(z.op)
    if f is None or not all(map(math.isfinite, operands)) or not _same(f(operands), z.data):
        return []
    places = [i for i, x in enumerate(z.operands) if type(x) is Value]
    claims = list(zip(places, z.partials, strict=True))
    if len(claims) > MOST_OPERANDS:
        claims = [claims[i] for i in sorted(draw.sample(range(len(claims)), MOST_OPERANDS))]
    noise = rounding_of(z)
    found = []
    for i, claimed in claims:
        answer = held_against_differences(f, operands, i, claimed, noise, tolerance)
        if answer.wrong and answer.estimate is not None:
            found.append(Mistake(z, i, claimed, answer.estimate.value))
    return found


def held_against_differences(
    f: OfOperands, at: tuple[float, ...], i: int, claimed: float, noise: float, tolerance: float
) -> Verdict:
    """The verdict on the derivative of f in its operand i, on the scale of that operand or, where it is tiny, of 1."""
    answer = Verdict(False, None)
    for unit in units(at[i]):

        def along(t: float, unit: float = unit) -> float:
            return f((*at[:i], at[i] + unit * t, *at[i + 1 :]))

        answer = verdict(along, claimed * unit, noise=noise, tolerance=tolerance)
        if answer.estimate is not None:
            e = answer.estimate
            answer = Verdict(answer.wrong, type(e)(e.value / unit, e.error / unit, e.step * unit), answer.reason)
        if not answer.wrong and not answer.reason:
            return answer
    return answer


def units(x: float) -> list[float]:
    """The scales on which a function may change at x: powers of 2, so that steps of them are exact."""
    common = power_of_two(max(1.0, abs(x)))
    return [common] if x == 0 or abs(x) > 2.0**-10 else [common, power_of_two(abs(x))]


def power_of_two(x: float) -> float:
    """The largest power of 2 not above x."""
    return math.ldexp(1.0, max(-1000, min(1000, math.frexp(x)[1] - 1)))


def rounding_of(z: Value) -> float:
    """How much a node's number may be off by its own operation: a few units in the last place of its largest term."""
    size = abs(z.data)
    if len(z.operands) > 2:
        for x, partial in zip(z.inputs, z.partials, strict=True):
            term = abs(partial * x.data)
            size += term if math.isfinite(term) else 0.0
    return 4 * EPSILON * size


def value_function(name: str) -> OfOperands | None:
    """The value of an operation as a function of all its operands; None where it cannot be computed alone."""
    if name in _REDUCTIONS:
        return _nan_beyond_floats(_REDUCTIONS[name])
    f = kernels.VALUES.get(name) or rules.value_of(name)
    return None if f is None else lambda operands: f(*operands)


def _nan_beyond_floats(f: OfOperands) -> OfOperands:
    """f, and nan where fsum complains that a term is infinite."""

    def function(operands: tuple[float, ...]) -> float:
        try:
            return f(operands)
        except (OverflowError, ValueError):
            return math.nan

    return function


_REDUCTIONS: dict[str, OfOperands] = {
    "sum": lambda xs: math.fsum(xs),
    "mean": lambda xs: math.fsum(xs) / len(xs),
    "prod": math.prod,
    "dot": lambda xs: math.fsum((xs[0], *(x * y for x, y in zip(xs[1::2], xs[2::2], strict=True)))),
    "logsumexp": lambda xs: float_of(reductions.logsumexp(xs)),
    "max": max,
    "min": min,
    "norm": lambda xs: math.hypot(*xs),
}


def float_of(x: Any) -> float:
    """The number in a Value or a number."""
    return x.data if type(x) is Value else x


def _same(a: float, b: float) -> bool:
    """Whether two ways to compute a value agree; otherwise an operand was changed after the node was made."""
    return math.isfinite(a) and abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-300)


def _operand_name(z: Value, i: int) -> str:
    row = TABLE.get(z.op)
    return row.operands[i] if row is not None and not row.reduction and i < len(row.operands) else f"operand {i}"


def _named_operands(z: Value) -> str:
    shown = [f"{_operand_name(z, i)} = {float_of(x)!r}" for i, x in enumerate(z.operands[:6])]
    return ", ".join(shown) + (", ..." if len(z.operands) > 6 else "")


def _formula(row: Any, z: Value, i: int) -> str:
    return f" ({row.partials[i]})" if row is not None and not row.reduction and i < len(row.partials) else ""
