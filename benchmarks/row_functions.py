"""Every function of the table over the rows of an array, beside NumPy's.

    python -m benchmarks.row_functions [NAME ...]

100,000 numbers of the function's ordinary range, one thread, `jit(f).map(x)` against the NumPy call on the same arrays
(SciPy's for erf, erfc and gelu, where it is installed), in turns in one process. Printed are the least of many times in
nanoseconds an element, the ratio NumPy / ours, wanted to be at least 0.5, and what the function's derivative takes.
The answers are compared before anything is timed.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

import autograd
from autograd import grad, jit

N, ROUNDS, WANTED = 100_000, 60, 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """One operation: its function of Values, that of arrays, and for each operand the range it is drawn from."""

    name: str
    ours: Callable
    theirs: Callable
    ranges: tuple[tuple[float, float], ...]

    def operands(self) -> list[np.ndarray]:
        random = np.random.default_rng(0)
        return [random.uniform(low, high, N) for low, high in self.ranges]


def cases() -> list[Case]:
    """One for each function whose values are not exact."""
    unary = {
        "sqrt": (np.sqrt, 0, 9), "cbrt": (np.cbrt, -10, 10), "exp": (np.exp, -10, 10), "expm1": (np.expm1, -3, 3),
        "log": (np.log, 0.01, 10), "log2": (np.log2, 0.01, 10), "log10": (np.log10, 0.01, 10),
        "log1p": (np.log1p, -0.9, 10), "sin": (np.sin, -10, 10), "cos": (np.cos, -10, 10), "tan": (np.tan, -10, 10),
        "asin": (np.arcsin, -1, 1), "acos": (np.arccos, -1, 1), "atan": (np.arctan, -5, 5), "sinh": (np.sinh, -5, 5),
        "cosh": (np.cosh, -5, 5), "tanh": (np.tanh, -5, 5), "asinh": (np.arcsinh, -5, 5),
        "acosh": (np.arccosh, 1, 10), "atanh": (np.arctanh, -1, 1), "sigmoid": (lambda x: 1 / (1 + np.exp(-x)), -5, 5),
        "softplus": (lambda x: np.logaddexp(0, x), -5, 5), "silu": (lambda x: x / (1 + np.exp(-x)), -5, 5),
        **_from_scipy(),
    }  # fmt: skip
    found = [Case(name, getattr(autograd, name), f, ((low, high),)) for name, (f, low, high) in unary.items()]
    plane = ((-5, 5), (-5, 5))
    return [
        *found,
        Case("pow", lambda x, y: x**y, np.power, ((0.01, 10), (-5, 5))),
        Case("mod", lambda x, y: x % y, np.mod, ((-50, 50), (1, 5))),
        Case("atan2", autograd.atan2, np.arctan2, plane),
        Case("hypot", autograd.hypot, np.hypot, plane),
    ]


def _from_scipy() -> dict[str, tuple[Callable, float, float]]:
    try:
        from scipy import special
    except ModuleNotFoundError:
        return {}
    return {
        "erf": (special.erf, -3, 3),
        "erfc": (special.erfc, -3, 3),
        "gelu": (lambda x: x * special.ndtr(x), -5, 5),
    }


def least(peers: list[Callable[[], object]]) -> list[float]:
    """Nanoseconds an element, the least of `ROUNDS` turns."""
    best = [float("inf")] * len(peers)
    for _ in range(ROUNDS):
        for k, f in enumerate(peers):
            start = time.perf_counter()
            f()
            best[k] = min(best[k], time.perf_counter() - start)
    return [seconds / N * 1e9 for seconds in best]


def measured(case: Case) -> str:
    """A line of the table."""
    x = case.operands()
    ours, theirs = jit(case.ours, threads=1, verify=False), case.theirs
    slope: Any = grad(jit(case.ours, threads=1, verify=False))
    np.testing.assert_allclose(ours.map(*x), theirs(*x), rtol=1e-12, atol=1e-300)
    slope.map(*x)
    a, b = least([lambda: ours.map(*x), lambda: theirs(*x)])
    (d,) = least([lambda: slope.map(*x)])
    short = "" if b / a >= WANTED else f"  below {WANTED}"
    return f"{case.name:9}{a:8.2f} {b:8.2f} {b / a:8.2f} {d:11.2f}{short}"


def main(names: list[str]) -> int:
    np.ones(40 * N)  # from now on glibc keeps what is freed: new pages would cost as much as the functions
    print(f"{'':9}{'ours':>8} {'NumPy':>8} {'ratio':>8} {'derivative':>11}   ns an element, {N:,} of them")
    for case in cases():
        if not names or case.name in names:
            print(measured(case), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
