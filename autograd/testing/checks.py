"""The checks that an engine is put to, each one a function of the engine that raises `Failure` or `Unsupported`.

`CHECKS` lists them under the names that reports show, in the order of a lesson: first what an engine computes, then how
it keeps the books, then its limits and edges, then its manners.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from autograd.testing.engine import Engine, number
from autograd.testing.programs import Program, programs
from autograd.testing.reference import gradient

TOLERANCE = 1e-9  # of the sum of the sizes of a gradient's terms: far above rounding, far below a wrong rule
RUNS = 30  # of one program, that should all give the same bits
DEPTH = 20_000  # operations in a chain; Python's recursion ends at 1,000


class Failure(AssertionError):
    """The engine is wrong; `program` shows it, where it takes one."""

    def __init__(self, message: str, program: Program | None = None):
        super().__init__(message)
        self.program = program


class Unsupported(Exception):
    """The engine does not have what the check is about."""


def values(engine: Engine, examples: int) -> None:
    """Random programs give the numbers that a book of formulas gives."""

    def check(program: Program) -> None:
        got, wanted = engine.gradient(program)[0], gradient(program)[0]
        if not abs(got - wanted) <= TOLERANCE * max(1.0, abs(wanted)):
            raise Failure(f"the result is {got!r}; it should be {wanted!r}", program)

    _for_programs(engine, examples, check)


def gradients(engine: Engine, examples: int) -> None:
    """Random programs with shared results, many operands and branches have the right gradients."""

    def check(program: Program) -> None:
        got, (_, wanted, sizes) = engine.gradient(program)[1], gradient(program)
        for i, (a, b, size) in enumerate(zip(got, wanted, sizes, strict=True)):
            if not abs(a - b) <= TOLERANCE * max(size, abs(b), 1e-300):
                raise Failure(f"the gradient of x{i} is {a!r}; it should be {b!r}", program)

    _for_programs(engine, examples, check)


def determinism(engine: Engine, _: int) -> None:
    """The same program gives the same bits every time, wherever in memory its nodes happen to lie."""
    kept = []  # so that they lie elsewhere each time
    seen = set()
    for k in range(RUNS):
        kept.append([engine.new(0.0) for _ in range(k % 7)])
        x = engine.new(0.1)
        terms = [x * (0.1 + i / 7) for i in range(32)]
        while len(terms) > 1:
            terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=True)]
        terms[0].backward()
        kept.append(terms)
        seen.add(number(x.grad))
    if len(seen) > 1:
        two = " and ".join(repr(g) for g in sorted(seen)[:2])
        raise Failure(f"{RUNS} runs of the sum of x * 0.1 ... x * 4.5 gave {len(seen)} gradients, such as {two}")


def sharing(engine: Engine, _: int) -> None:
    """Every use of a result counts: 2**16 paths through 16 doublings."""
    x = engine.new(1.0)
    y = x
    for _ in range(16):
        y = y + y
    y.backward()
    _equal(x.grad, 65536.0, "y = y + y, 16 times: the gradient of x")
    x = engine.new(3.0)
    (x * x * x).backward()
    _equal(x.grad, 27.0, "x * x * x at 3: the gradient")


def accumulation(engine: Engine, _: int) -> None:
    """Gradients of two results that share a leaf add up."""
    x = engine.new(2.0)
    (x * 3.0).backward()
    (x * x).backward()
    _equal(x.grad, 7.0, "after backward() of x * 3 and of x * x at 2, the gradient")


def second_backward(engine: Engine, _: int) -> None:
    """A second backward() on one graph doubles the leaves and nothing else."""
    x, y = engine.new(2.0), engine.new(3.0)
    inner = x * y
    z = inner * inner
    z.backward()
    _equal(x.grad, 36.0, "(x * y) * (x * y) at 2, 3: the gradient of x")
    try:
        z.backward()
    except RuntimeError as error:
        raise Unsupported(f"a second backward() is refused: {error}") from None
    _equal(x.grad, 72.0, "(x * y) * (x * y) at 2, 3: after a second backward() the gradient of x")
    _equal(inner.grad, 12.0, "after a second backward() the gradient of x * y itself")


def recursion(engine: Engine, _: int) -> None:
    """A chain of 20,000 operations is differentiated and freed."""
    x = engine.new(0.5)
    y = x
    for _ in range(DEPTH):
        y = y + x
    try:
        y.backward()
    except RecursionError:
        raise Failure(f"RecursionError in backward() of a chain of {DEPTH:,} additions") from None
    _equal(x.grad, DEPTH + 1.0, f"a chain of {DEPTH:,} additions: the gradient")
    del y


def leaf(engine: Engine, _: int) -> None:
    """backward() of a leaf gives it the gradient 1, and a leaf that is not used keeps 0."""
    x, unused = engine.new(2.0), engine.new(3.0)
    x.backward()
    _equal(x.grad, 1.0, "after backward() of a leaf its gradient")
    _equal(unused.grad, 0.0, "the gradient of a leaf that nothing was computed from")


def updates(engine: Engine, _: int) -> None:
    """`x += 1` makes a new node and leaves the old one alone; a changed leaf counts in the next program."""
    x = engine.new(2.0)
    y = x
    y += 1.0
    _equal(x.data, 2.0, "after y = x; y += 1 the number in x")
    x.data = 5.0
    (x * x).backward()
    _equal(x.grad, 10.0, "x * x after x.data = 5: the gradient")


def zero_to_the_zero(engine: Engine, _: int) -> None:
    """0 ** 0 is 1, with the gradient 0."""
    _needs(engine, "powc")
    _power(engine, 0.0, 0, 1.0, 0.0)
    _power(engine, 0.0, 1, 0.0, 1.0)


def integer_powers(engine: Engine, _: int) -> None:
    """Whole powers of negative numbers."""
    _needs(engine, "powc")
    for x, n in ((-2.0, 3), (-2.0, 2), (-2.0, 1), (-2.0, -1), (-0.5, -3), (3.0, 0)):
        _power(engine, x, n, x**n, n * x ** (n - 1))


def negative_root(engine: Engine, _: int) -> None:
    """A root of a negative number is nan, and no complex number."""
    _needs(engine, "powc")
    x = engine.new(-8.0)
    z = _without_raising(lambda: x**0.5, "(-8) ** 0.5")
    if isinstance(z.data, complex):
        raise Failure(f"(-8) ** 0.5 is the complex number {z.data!r}; it should be nan")
    _equal(z.data, math.nan, "(-8) ** 0.5")


def division_by_zero(engine: Engine, _: int) -> None:
    """1 / 0 is inf and 0 / 0 is nan, as IEEE 754 says: one bad sample must not end a training run."""
    _needs(engine, "div")
    for a, wanted in ((1.0, math.inf), (-1.0, -math.inf), (0.0, math.nan)):
        x, y = engine.new(a), engine.new(0.0)
        z = _without_raising(lambda x=x, y=y: x / y, f"{a} / 0")
        _equal(z.data, wanted, f"{a} / 0")
        _without_raising(z.backward, f"backward() of {a} / 0")


def overflow(engine: Engine, _: int) -> None:
    """Numbers beyond the largest are inf."""
    x = engine.new(1e200)
    _equal(_without_raising(lambda: x * x, "1e200 * 1e200").data, math.inf, "1e200 * 1e200")
    if "powc" in engine.supports:
        _equal(_without_raising(lambda: x**2, "1e200 ** 2").data, math.inf, "1e200 ** 2")
    if "exp" in engine.supports:
        z = _without_raising(lambda: engine.apply("exp", [engine.new(1000.0)]), "exp(1000)")
        _equal(z.data, math.inf, "exp(1000)")


def nan_comes_through(engine: Engine, _: int) -> None:
    """nan in, nan out: nothing turns it into a number."""
    for name in ("add", "mul", "relu", "maximum", "abs"):
        if name in engine.supports:
            xs = [engine.new(math.nan), engine.new(1.0)]
            z = engine.apply(name, xs[:1] if name in ("relu", "abs") else xs)
            _equal(z.data, math.nan, f"{name} of nan")


def kinks(engine: Engine, _: int) -> None:
    """At 0, relu and abs have a gradient between those of the two sides."""
    tried = [name for name in ("relu", "abs") if name in engine.supports]
    if not tried:
        raise Unsupported("neither relu nor abs")
    for name, least in (("relu", 0.0), ("abs", -1.0)):
        if name in tried:
            x = engine.new(0.0)
            engine.apply(name, [x]).backward()
            if not least <= number(x.grad) <= 1.0:
                raise Failure(f"{name} at 0: the gradient is {x.grad!r}; it should be between {least} and 1")


def reflected_operators(engine: Engine, _: int) -> None:
    """2 + x, 2 - x, 2 * x, 2 / x, 2 ** x, with the number on the left."""
    wanted = {
        "2 + x": (lambda x: 2 + x, 6.0, 1.0), "2 - x": (lambda x: 2 - x, -2.0, -1.0),
        "2 * x": (lambda x: 2 * x, 8.0, 2.0), "2 / x": (lambda x: 2 / x, 0.5, -0.125),
        "2 ** x": (lambda x: 2**x, 16.0, 16 * math.log(2)),
    }  # fmt: skip
    lacking = []
    for text, (f, value, slope) in wanted.items():
        x = engine.new(4.0)
        try:
            z = f(x)
        except TypeError:
            lacking.append(text)
            continue
        _close(z.data, value, f"{text} at 4")
        z.backward()
        _close(x.grad, slope, f"{text} at 4: the gradient")
    if lacking:
        raise Unsupported(", ".join(lacking) + " is not there; the others are right")


def mixed_numbers(engine: Engine, _: int) -> None:
    """ints, floats and bools mix with nodes; an int in a leaf is a number like another."""
    x = engine.new(3)
    z = (x + 1) * 2.5 - True
    _close(z.data, 9.0, "(x + 1) * 2.5 - True at 3")
    z.backward()
    _close(x.grad, 2.5, "(x + 1) * 2.5 - True: the gradient")
    if "div" in engine.supports:
        _close((engine.new(3) / 2).data, 1.5, "3 / 2")


def numpy_scalars(engine: Engine, _: int) -> None:
    """NumPy's scalars on either side give nodes."""
    try:
        import numpy
    except ImportError:
        raise Unsupported("NumPy is not installed") from None
    two = numpy.float64(2.0)
    tried: dict[str, Callable[[Any], Any]] = {
        "x * np.float64(2)": lambda x: x * two, "np.float64(2) * x": lambda x: two * x,
        "np.int64(2) + x": lambda x: numpy.int64(2) + x,
    }  # fmt: skip
    for text, f in tried.items():
        x = engine.new(4.0)
        z = _without_raising(lambda f=f, x=x: f(x), text)
        if not isinstance(z, engine.value_class):
            raise Failure(f"{text} is a {type(z).__name__}, not a node: its gradient is lost")
        z.backward()
        _close(x.grad, 1.0 if "+" in text else 2.0, f"{text}: the gradient")


def comparisons(engine: Engine, _: int) -> None:
    """< and > compare the numbers and give bools."""
    x, y = engine.new(1.0), engine.new(2.0)
    try:
        answers = (x < y, x > y, x < 1.5, y >= 2.0)
    except TypeError:
        raise Unsupported("nodes cannot be compared") from None
    if answers != (True, False, True, True) or not all(isinstance(answer, bool) for answer in answers):
        raise Failure(f"(1 < 2, 1 > 2, 1 < 1.5, 2 >= 2.0) gives {answers!r}")


def hashing(engine: Engine, _: int) -> None:
    """Two leaves with one number are two members of a set."""
    if len({engine.new(1.0), engine.new(1.0)}) != 2:
        raise Failure("a set of two leaves with the number 1 has one member: a graph walk would lose nodes")


def built_in_sum(engine: Engine, _: int) -> None:
    """sum() of a list of nodes."""
    xs = [engine.new(float(i)) for i in range(5)]
    z = sum(xs)
    _equal(z.data, 10.0, "sum() of 0 ... 4")  # type: ignore[union-attr]
    z.backward()  # type: ignore[union-attr]
    for x in xs:
        _equal(x.grad, 1.0, "sum() of 5 leaves: the gradient")


CHECKS: dict[str, Callable[[Engine, int], None]] = {
    "values of random programs": values,
    "gradients of random programs": gradients,
    "sharing": sharing,
    "accumulation": accumulation,
    "second backward": second_backward,
    "backward of a leaf": leaf,
    "updates": updates,
    "recursion depth": recursion,
    "determinism": determinism,
    "0 ** 0": zero_to_the_zero,
    "integer powers of negative numbers": integer_powers,
    "roots of negative numbers": negative_root,
    "division by zero": division_by_zero,
    "overflow": overflow,
    "nan comes through": nan_comes_through,
    "kinks": kinks,
    "reflected operators": reflected_operators,
    "ints, floats and bools": mixed_numbers,
    "NumPy scalars": numpy_scalars,
    "comparisons": comparisons,
    "hashing": hashing,
    "built-in sum": built_in_sum,
}


def _for_programs(engine: Engine, examples: int, check: Callable[[Program], None], **limits: Any) -> None:
    """Have hypothesis look for a program that fails, and shrink it; the smallest one is raised."""
    from hypothesis import HealthCheck, Phase, given, settings

    smallest: list[Failure] = []
    limits.setdefault("operations", engine.supports)

    quietly: dict[str, Any] = dict(database=None, derandomize=True, print_blob=False, report_multiple_bugs=False)
    quietly |= dict(deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))

    @settings(max_examples=examples, **quietly)
    @given(programs(**limits))
    def attempt(program: Program) -> None:
        program = program.pruned()
        try:
            check(program)
        except Failure as failure:
            smallest[:] = [failure]
            raise
        except Exception as error:
            smallest[:] = [Failure(f"{type(error).__name__}: {error}", program)]
            raise

    try:
        attempt()
    except Exception as error:
        raise (smallest[0] if smallest else error) from None


def _needs(engine: Engine, name: str) -> None:
    if name not in engine.supports:
        raise Unsupported(f"no {name}")


def _power(engine: Engine, at: float, n: int, value: float, slope: float) -> None:
    x = engine.new(at)
    z = _without_raising(lambda: x**n, f"{at} ** {n}")
    _close(z.data, value, f"{at} ** {n}")
    _without_raising(z.backward, f"backward() of {at} ** {n}")
    _close(x.grad, slope, f"{at} ** {n}: the gradient")


def _without_raising(f: Callable[[], Any], what: str) -> Any:
    try:
        return f()
    except Exception as error:
        raise Failure(f"{what} raises {type(error).__name__}: {error}") from None


def _equal(got: Any, wanted: float, what: str) -> None:
    got = number(got)
    if not (got == wanted or (math.isnan(got) and math.isnan(wanted))):
        raise Failure(f"{what} is {got!r}; it should be {wanted!r}")


def _close(got: Any, wanted: float, what: str) -> None:
    if not math.isclose(number(got), wanted, rel_tol=1e-12, abs_tol=1e-300):
        raise Failure(f"{what} is {number(got)!r}; it should be {wanted!r}")
