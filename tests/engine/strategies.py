"""What tests are tried on: points (with the awkward floats among them) and random programs.

A program is plain data, the package's own `Program`, so that Values, floats and 50-digit numbers can all run the same
one, and so that a failing one can be printed and kept. Here they are drawn from a seed, fast and with every operation
of the table; `programs` draws them for hypothesis.
"""

from __future__ import annotations

import math
import random

from hypothesis import strategies as st

from autograd import testing
from autograd.generated import kernels
from autograd.testing import Program

TINY, LEAST, HUGE = 2.2250738585072014e-308, 5e-324, 1.7976931348623157e308
AWKWARD = (
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, LEAST, -LEAST, TINY, -TINY, HUGE, -HUGE, 1e-17, -1e-17, 1e-200, -1e-200,
    1e200, -1e200, 700.0, -700.0, 745.0, -745.0, 36.7, -36.7, 1.0 + 2.0**-52, 1.0 - 2.0**-53, math.pi, -math.pi / 2,
    math.inf, -math.inf, math.nan,
)  # fmt: skip


def points() -> st.SearchStrategy[float]:
    """Floats of every kind: ordinary, awkward, and any."""
    return st.one_of(st.floats(-10, 10), st.sampled_from(AWKWARD), st.floats())


def ordinary() -> st.SearchStrategy[float]:
    """Floats of everyday size, 0 included."""
    return st.floats(-10, 10).map(lambda x: 0.0 if abs(x) < 1e-6 else x)


def ladder(seed: int = 5) -> list[float]:
    """Some 1,000 finite floats, the same in every run: all magnitudes, both signs, denser where functions bend."""
    rng = random.Random(seed)
    scattered = [sign * rng.uniform(1, 9) * 10.0**k for k in range(-323, 308, 4) for sign in (1, -1)]
    dense = [rng.uniform(-size, size) for size, n in ((3, 150), (50, 200), (760, 200)) for _ in range(n)]
    near_one = [sign * (1 + step * 2.0**-k) for sign in (1, -1) for step in (1, -1) for k in range(1, 53, 3)]
    quarters = [k / 4 for k in range(-160, 161, 5)]
    return sorted({*scattered, *dense, *near_one, *quarters, *(x for x in AWKWARD if math.isfinite(x))})


def pairs(seed: int = 3) -> list[tuple[float, float]]:
    """Some 800 pairs of finite floats, the same in every run: all magnitudes, whole exponents, near 1, of one size."""
    rng = random.Random(seed)

    def sized(least: float, most: float) -> float:
        return rng.choice((1, -1)) * 10.0 ** rng.uniform(least, most)

    n = 80
    found = [(sized(-320, 308), sized(-320, 308)) for _ in range(n)]
    found += [(sized(-8, 8), sized(-8, 8)) for _ in range(n)]
    found += [(rng.uniform(-20, 20), rng.uniform(-20, 20)) for _ in range(n)]
    found += [(rng.uniform(-20, 20), float(rng.randint(-9, 9))) for _ in range(n)]
    found += [(10.0 ** rng.uniform(-320, 308), rng.uniform(-3, 3)) for _ in range(2 * n)]
    found += [(10.0 ** rng.uniform(-320, 308), sized(-3, 0)) for _ in range(n)]
    found += [(1 + sized(-15, -1), sized(-8, 8)) for _ in range(n)]
    scales = (-315, -300, -160, -100, 150, 200, 300)
    found += [(rng.uniform(-9, 9) * 10.0**k, rng.uniform(-9, 9) * 10.0**k) for k in scales for _ in range(15)]
    return found + [(x, y) for x in AWKWARD[:8] for y in AWKWARD[:8]]


_UNARY = (
    "neg square reciprocal sqrt cbrt exp expm1 log log2 log10 log1p sin cos tan asin acos atan sinh cosh tanh asinh "
    "acosh atanh sigmoid softplus gelu gelu_tanh silu erf erfc relu abs"
).split()
_BINARY = "add sub mul div pow powc leaky_relu elu maximum minimum atan2 hypot add sub mul div mul add".split()
_MANY = "sum mean prod dot logsumexp max min norm".split()


def random_program(rng: random.Random, *, most_inputs: int = 4, most_steps: int = 20) -> Program:
    """A program whose every result is of moderate size and away from kinks; results are shared freely."""
    inputs = tuple(rng.choice((1, -1)) * rng.uniform(0.05, 3) for _ in range(rng.randint(1, most_inputs)))
    values, steps = list(inputs), []
    for _ in range(rng.randint(1, most_steps)):
        while True:
            step = _random_step(rng, values)
            value = float_step(step[0], [values[x] if type(x) is int else x for x in step[1]])
            if math.isfinite(value) and 1e-3 < abs(value) < 1e3 and not _near_a_kink(step, values):
                break
        steps.append(step)
        values.append(value)
    return Program(inputs, tuple(steps))


def _random_step(rng: random.Random, values: list[float]) -> tuple[str, tuple[int | float, ...]]:
    def recent() -> int:  # recent results more often than old ones, so that programs grow deep and share
        return max(rng.randrange(len(values)), rng.randrange(len(values)))

    def operand() -> int | float:
        return recent() if rng.random() < 0.8 else round(rng.uniform(-3, 3), 2)

    kind = rng.random()
    if kind < 0.45:
        return rng.choice(_UNARY), (recent(),)
    if kind < 0.85:
        name = rng.choice(_BINARY)
        x, y = (
            (recent(), operand())
            if name in ("powc", "leaky_relu", "elu") or rng.random() < 0.5
            else (operand(), recent())
        )
        if name == "powc":
            y = rng.choice((2.0, 3.0, -1.0, 0.5, -2.0, 1.5))
        elif name not in ("leaky_relu", "elu") and rng.random() < 0.5:
            x, y = y, x
        return name, (x, y)
    n = rng.randint(1, 4)
    first = (recent(),)  # at least one operand is a result: a reduction of plain numbers is a plain number
    others = (operand() for _ in range(2 * n))  # an even number: `dot` takes pairs after its start
    return rng.choice(_MANY), first + tuple(others)


def float_step(name: str, xs: list[float]) -> float:
    """An operation on floats; operands of `dot` are the start and then pairs."""
    if name == "sum":
        return math.fsum(xs)
    if name == "mean":
        return math.fsum(xs) / len(xs)
    if name == "prod":
        return math.prod(xs)
    if name == "dot":
        return xs[0] + math.fsum(x * y for x, y in zip(xs[1::2], xs[2::2], strict=True))
    if name == "logsumexp":
        return max(xs) + math.log(math.fsum(math.exp(x - max(xs)) for x in xs))
    if name == "norm":
        return math.hypot(*xs)
    if name in ("max", "min"):
        return max(xs) if name == "max" else min(xs)
    return kernels.VALUES[name](*xs)


def _near_a_kink(step: tuple[str, tuple[int | float, ...]], values: list[float]) -> bool:
    """Whether a rounding error could take a step to the other side of a kink, or to the end of a domain."""
    name, xs = step[0], [values[x] if type(x) is int else x for x in step[1]]
    if name in ("relu", "leaky_relu", "elu", "abs"):
        return abs(xs[0]) < 1e-6
    if name in ("asin", "acos", "atanh"):
        return abs(xs[0]) > 0.999
    if name in ("maximum", "minimum", "max", "min"):
        first, *others = sorted(xs, reverse=name.startswith("max"))
        return any(abs(first - x) < 1e-6 for x in others)
    return False


def programs(**limits: int) -> st.SearchStrategy[Program]:
    """The package's own strategy, which shrinks a program step by step; without branches, which are no operations."""
    return testing.programs(operations=[name for name in testing.OPERATIONS if name != "choose"], **limits)
