"""The derivative of a plain function of one number, from its values alone, and how far off it may be.

Central differences at steps 1/4, 1/8, 1/16 ..., each refined with the coarser ones (Richardson, 1911; as a ladder:
Ridders, 1982). No step is chosen beforehand: the entry of the ladder with the smallest error wins, where the error is
what the last refinement changed plus what rounding can do at that step. The caller scales the function so that steps
between 1/4 and 2**-40 make sense.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

EPSILON = 2.0**-52
SAFETY = 8.0  # an estimate may be off by this many times what it says of itself
STEPS = tuple(2.0**-k for k in range(2, 41))  # powers of 2, so that x + h is exact
REFINEMENTS = 6

Function = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A derivative, its likely error, and the step that gave it."""

    value: float
    error: float
    step: float

    def agrees(self, claimed: float, tolerance: float) -> bool:
        """Whether the claimed number is this one, as far as both can be told apart."""
        return abs(self.value - claimed) <= SAFETY * self.error + tolerance * max(abs(self.value), abs(claimed))

    def is_sharp(self, claimed: float, tolerance: float) -> bool:
        """Whether the error is small enough to tell numbers apart that differ by `tolerance`."""
        return SAFETY * self.error <= tolerance * max(abs(self.value), abs(claimed))


def remembered(f: Function) -> Function:
    """f, computed once for each argument."""
    known: dict[float, float] = {}

    def function(t: float) -> float:
        if t not in known:
            known[t] = f(t)
        return known[t]

    return function


def central(f: Function, noise: float) -> Iterator[Estimate]:
    """Estimates of f'(0) from both sides, at finer and finer steps.

    Arguments:
        f: computed at 0 +- each step; where it is not finite the ladder begins again at the next finer step.
        noise: how far a value of f may be off, beyond a few units in its last place.
    """

    def difference(h: float) -> tuple[float, float]:
        a, b = f(h), f(-h)
        return (a - b) / (2 * h), (noise + 4 * EPSILON * max(abs(a), abs(b))) / h

    return _refined(difference, 4.0)


def one_sided(f: Function, side: float, noise: float) -> Estimate | None:
    """The best estimate of the derivative at 0 from the right (side 1) or the left (side -1), if there is one."""
    at = f(0.0)

    def difference(h: float) -> tuple[float, float]:
        a = f(side * h)
        return side * (a - at) / h, 2 * (noise + 4 * EPSILON * max(abs(a), abs(at))) / h

    return min(_refined(difference, 2.0), key=lambda estimate: estimate.error, default=None)


def _refined(difference: Callable[[float], tuple[float, float]], factor: float) -> Iterator[Estimate]:
    """The best entry of each row of the ladder; halving the step divides the leading error by `factor`."""
    coarser: list[float] = []
    for h in STEPS:
        d, rounding = difference(h)
        if not (math.isfinite(d) and math.isfinite(rounding)):
            coarser = []
            continue
        row, best, error = [d], d, math.inf
        power = 1.0
        for before in coarser[:REFINEMENTS]:
            power *= factor
            row.append(row[-1] + (row[-1] - before) / (power - 1))
            change = max(abs(row[-1] - row[-2]), abs(row[-1] - before))
            if change < error and len(coarser) > 1:  # two coarser rows at least: one can agree by chance
                best, error = row[-1], change
        coarser = row
        if math.isfinite(error):
            yield Estimate(best, error + 2 * rounding, h)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What differences say of a claimed derivative.

    Attributes:
        wrong: whether it is certainly not the derivative.
        estimate: the differences' own answer, None where there is none.
        reason: why they cannot tell, "" where they can.
    """

    wrong: bool
    estimate: Estimate | None
    reason: str = ""


def verdict(f: Function, claimed: float, *, noise: float, tolerance: float) -> Verdict:
    """Hold the derivative of f at 0 that somebody claims against differences.

    Arguments:
        tolerance: a relative error below it is accepted.

    A function with a kink or an edge of its domain at 0 has no derivative to compare: that is a reason, not an error.
    Costs about 10 evaluations of f where the claim is right and some 100 where it is not.
    """
    f = remembered(f)
    found = []
    for estimate in central(f, noise):
        found.append(estimate)
        if math.isfinite(claimed) and estimate.is_sharp(claimed, tolerance) and estimate.agrees(claimed, tolerance):
            return Verdict(False, estimate)
    if not math.isfinite(f(0.0)):
        return Verdict(False, None, f"the value is {f(0.0)!r}")
    if not found:
        return Verdict(False, None, "there are no finite values on both sides")
    best = min(found, key=lambda estimate: estimate.error)
    if not math.isfinite(claimed):
        return _of_infinite(f, claimed, best, noise)
    if best.agrees(claimed, tolerance):
        sharp = SAFETY * best.error <= 1e-3 * max(abs(best.value), abs(claimed), abs(f(0.0)))
        return Verdict(False, best, "" if sharp else _no_derivative(f, best, noise) or "rounding hides the derivative")
    if reason := _no_derivative(f, best, noise):
        return Verdict(False, best, reason)
    if any(_differs_finer(best, finer) and finer.agrees(claimed, tolerance) for finer in found):
        return Verdict(False, best, "the function changes on a finer scale than its rounding lets one see")
    return Verdict(True, best)


def _of_infinite(f: Function, claimed: float, best: Estimate, noise: float) -> Verdict:
    """A derivative of inf or nan is wrong only where the function is visibly smooth."""
    if math.isfinite(f(0.0)) and best.is_sharp(best.value, 1e-6) and not _no_derivative(f, best, noise):
        return Verdict(True, best)
    return Verdict(False, None, f"the derivative is {claimed!r}")


def _no_derivative(f: Function, best: Estimate, noise: float) -> str:
    """Why f has no derivative at 0, "" if there is no sign of that."""
    if not all(math.isfinite(f(h)) and math.isfinite(f(-h)) for h in STEPS if h < best.step):
        return "there are points nearby where it is not finite"
    left, right = one_sided(f, -1.0, noise), one_sided(f, 1.0, noise)
    if left is None or right is None:
        return "the function ends there"
    for side in (1.0, -1.0):  # what is left of a step when the step is cut to 2**-30 of it
        near, far = abs(f(side * STEPS[-1]) - f(0.0)), abs(f(side * STEPS[-31]) - f(0.0))
        if near > 1e-3 * far and near > 10 * (noise + 4 * EPSILON * abs(f(0.0))):
            return f"a jump: by {near:.6g}"
    apart = abs(right.value - left.value)
    if apart > SAFETY * (left.error + right.error) + 1e-6 * max(abs(left.value), abs(right.value)):
        return f"a kink: the slope is {left.value:.6g} on one side and {right.value:.6g} on the other"
    return ""


def _differs_finer(best: Estimate, other: Estimate) -> bool:
    return other.step < best.step and abs(other.value - best.value) > SAFETY * (other.error + best.error)
