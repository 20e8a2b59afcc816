"""The chain rule in actual numbers: which paths carry a derivative, and how much of it.

A derivative is the sum, over all paths from the result down to the input, of the product of the partials on the path. A
graph can have more paths than there are atoms, so they are never enumerated: the heaviest come first out of a
best-first search that knows, for every node, the weight of the heaviest way down from it.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from autograd.differentiation.nodes import topological_order
from autograd.primitives import TABLE
from autograd.value import Value

__all__ = ["Explanation", "Path", "Step", "explain"]

LONGEST = 8  # factors of a path that are written out; of a longer one, the middle is multiplied together


@dataclass(frozen=True, slots=True)
class Step:
    """One factor of a path: the partial of `operation` in the direction of its input number `position`."""

    operation: str
    position: int
    formula: str
    partial: float
    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """A way from the result down to the input; `contribution` is the product of its partials."""

    steps: tuple[Step, ...]
    contribution: float
    share: float  # of the whole derivative; nan where that is 0 or not finite


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `explain` found; `str()` of it is text, `latex` is LaTeX, and a notebook shows it as a formula."""

    result: str
    wrt: str
    derivative: float
    n_paths: int
    paths: tuple[Path, ...]
    rest: float  # what the paths not listed contribute together
    rest_share: float

    def __str__(self) -> str:
        head = f"d{self.result}/d{self.wrt} = {self.derivative:.6g}"
        if not self.n_paths:
            return f"{head}: {self.result} does not depend on {self.wrt}"
        shown = len(self.paths)
        listed = "on one path" if self.n_paths == 1 else f"the sum over {_many(self.n_paths)} paths"
        lines = [f"{head}, {listed}" + (f"; the {shown} heaviest:" if shown < self.n_paths else ":")]
        for path in self.paths:
            factors = " * ".join(_factor(step) for step in _shortened(path.steps))
            product = factors or "1 (it is the result itself)"
            lines.append(f"{_percent(path.share)}  {path.contribution:+.6g} = {product}")
        if shown < self.n_paths:
            others = _many(self.n_paths - shown)
            lines.append(f"{_percent(self.rest_share)}  {self.rest:+.6g} on the other {others} paths")
        return "\n".join(lines)

    @property
    def latex(self) -> str:
        """The same as a LaTeX `aligned` block, for between dollar signs."""
        symbol = rf"\frac{{\partial {_tex(self.result)}}}{{\partial {_tex(self.wrt)}}}"
        lines = [f"{symbol} &= {_tex_number(self.derivative)}"]
        sign = "="
        for path in self.paths:
            product = r" \cdot ".join(_tex_factor(step) for step in _shortened(path.steps)) or "1"
            share = "" if math.isnan(path.share) else rf"\quad ({100 * path.share:.1f}\,\%)"
            lines.append(rf"&{sign} {product} {share}")
            sign = "+"
        if len(self.paths) < self.n_paths:
            lines.append(rf"&+ {_tex_number(self.rest)} \quad \text{{(other paths)}}")
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


def explain(y: Value, *, wrt: Value, paths: int = 5) -> Explanation:
    """The derivative of `y` in the direction of `wrt`, split over the paths that carry most of it.

    Arguments:
        y: the result. wrt: a Value that it was computed from.
        paths: how many of the heaviest paths to list. The shares of these and of the rest add up to 1.

    Raises TypeError for anything but Values, ValueError for fewer than one path. Costs a few walks through the graph.

    >>> from autograd import Value, explain
    >>> x = Value(3.0, label="x")
    >>> found = explain(x * x + x, wrt=x)
    >>> found.derivative, len(found.paths)
    (7.0, 3)
    """
    for name, value in (("the result", y), ("wrt", wrt)):
        if type(value) is not Value:
            raise TypeError(f"explain: {name} must be a Value, got {type(value).__name__}")
    if not isinstance(paths, int) or paths < 1:
        raise ValueError(f"explain: paths must be a whole number of at least 1, got {paths!r}")
    order = topological_order(y)
    names = _names(order, y, wrt)
    ways, heaviest = _ways_down(order, wrt)
    derivative = _derivative(order, ways, wrt)
    found = list(_heaviest_paths(y, wrt, heaviest, names, min(paths, ways.get(id(y), 0))))
    rest = derivative - math.fsum(path.contribution for path in found) if len(found) < ways.get(id(y), 0) else 0.0
    divisible = math.isfinite(derivative) and derivative != 0
    shared = tuple(
        Path(path.steps, path.contribution, path.contribution / derivative if divisible else math.nan) for path in found
    )
    rest_share = 1.0 - math.fsum(path.share for path in shared) if divisible else math.nan
    return Explanation(
        names[id(y)], names.get(id(wrt), wrt.label or "x"), derivative, ways.get(id(y), 0), shared, rest, rest_share
    )


def _ways_down(order: list[Value], wrt: Value) -> tuple[dict[int, int], dict[int, float]]:
    """For each node that depends on `wrt`: the number of paths down to it, and the logarithm of the heaviest."""
    ways, heaviest = {id(wrt): 1}, {id(wrt): 0.0}
    for z in order:
        if z is wrt:
            continue
        n, best = 0, -math.inf
        for x, partial in zip(z.inputs, z.partials, strict=True):
            if id(x) in ways:
                n += ways[id(x)]
                best = max(best, _log(partial) + heaviest[id(x)])
        if n:
            ways[id(z)], heaviest[id(z)] = n, best
    return ways, heaviest


def _log(partial: float) -> float:
    """The logarithm of its size; nan and inf are the heaviest, for they are what one is looking for."""
    if not math.isfinite(partial):
        return 1e6
    return math.log(abs(partial)) if partial else -1e6


def _derivative(order: list[Value], ways: dict[int, int], wrt: Value) -> float:
    gradient = {id(order[-1]): 1.0}
    for z in reversed(order):
        g = gradient.get(id(z))
        if g is None or z is wrt:
            continue
        for x, partial in zip(z.inputs, z.partials, strict=True):
            if id(x) in ways:
                gradient[id(x)] = gradient.get(id(x), 0.0) + g * partial
    return gradient.get(id(wrt), 0.0) if id(order[-1]) in ways else 0.0


def _heaviest_paths(
    y: Value, wrt: Value, heaviest: dict[int, float], names: dict[int, str], paths: int
) -> Iterator[Path]:
    """The heaviest first; a beginning of a path is ranked by the heaviest way to complete it."""
    if id(y) not in heaviest:
        return
    ticket = count(0, -1)  # of two equally heavy beginnings the longer one: else all 2**n are begun and none completed
    queue: list[tuple[float, int, float, Value, tuple | None]] = [(-heaviest[id(y)], next(ticket), 0.0, y, None)]
    while queue and paths:
        _, _, weight, z, trail = heapq.heappop(queue)
        if z is wrt:
            paths -= 1
            yield _path(trail, names)
            continue
        for i, (x, partial) in reversed(list(enumerate(zip(z.inputs, z.partials, strict=True)))):
            if id(x) in heaviest:
                along = weight + _log(partial)
                rank = -(along + heaviest[id(x)])
                heapq.heappush(queue, (rank, next(ticket), along, x, (trail, z, i, partial)))


def _path(trail: tuple | None, names: dict[int, str]) -> Path:
    steps = []
    while trail is not None:
        trail, z, i, partial = trail
        row = TABLE.get(z.op)
        formula = "" if row is None else row.partials[_operand(z, i) % len(row.partials)]
        steps.append(Step(z.op, i, formula, partial, names[id(z)]))
    steps.reverse()
    return Path(tuple(steps), math.prod(step.partial for step in steps), math.nan)


def _operand(z: Value, i: int) -> int:
    """Which operand of the formula the node's i-th input is."""
    places = [place for place, x in enumerate(z.operands) if type(x) is Value]
    place = places[i]
    return (place - 1) if z.op == "dot" and place else place  # dot's first operand is the start of the sum


def _names(order: list[Value], y: Value, wrt: Value) -> dict[int, str]:
    """The label of each node, or its operation and a number."""
    names = {id(z): z.label or f"{z.op or 'x'}{i}" for i, z in enumerate(order)}
    names[id(y)] = y.label or "y"
    if wrt is not y:
        names[id(wrt)] = wrt.label or "x"
    return names


def _shortened(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(steps) <= LONGEST:
        return steps
    half = LONGEST // 2
    middle = steps[half:-half]
    product = math.prod(step.partial for step in middle)
    return (*steps[:half], Step("", 0, f"{len(middle)} steps", product, ""), *steps[-half:])


def _factor(step: Step) -> str:
    what = f"{step.operation}: {step.formula}" if step.formula and step.operation else step.operation or step.formula
    return f"{step.partial:.6g} ({what})"


def _percent(share: float) -> str:
    if math.isnan(share):
        return " " * 9
    return f"{100 * share:7.2f} %" if abs(share) > 5e-5 or share == 0 else f"{100 * share:7.0e} %"


def _many(n: int) -> str:
    return f"{n:,}" if n < 10**15 else f"about 10^{len(str(n)) - 1}" if n < 10**4000 else "more than 10^4000"


def _tex(name: str) -> str:
    return r"\mathrm{" + "".join(c if c.isalnum() else rf"\{c}" if c in "_&%$#{}" else " " for c in name) + "}"


def _tex_number(x: float) -> str:
    if math.isnan(x):
        return r"\mathrm{nan}"
    if math.isinf(x):
        return r"\infty" if x > 0 else r"-\infty"
    mantissa, _, exponent = f"{x:.6g}".partition("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def _tex_factor(step: Step) -> str:
    name = step.operation or step.formula
    return rf"\underbrace{{{_tex_number(step.partial)}}}_{{{_tex(name)}}}"
