"""What derivatives cost, as ratios to an eager forward pass and to one gradient: `python -m benchmarks.derivatives`.

Processor time, the peers taking turns. Asked for: jvp at most 3 forward passes, hvp at most 6 gradients, a hessian of n
variables about n gradients. GLASSGRAD_PURE=1 measures the plain twin.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import autograd
from autograd import Value, grad, hessian, hvp, jvp
from benchmarks.timing import medians

Function = Callable[[list[Any]], Any]


def rosenbrock(x: list[Any]) -> Any:
    """A chain of valleys."""
    total = 0.0
    for a, b in pairwise(x):
        total = total + (100 * (b - a * a) ** 2 + (1 - a) ** 2)
    return total


def network(draw: random.Random) -> tuple[Function, list[float]]:
    """The hinge loss of a 4-16-1 network over ten points, of its 97 parameters."""
    points = [([draw.gauss(0, 1) for _ in range(4)], draw.choice((-1, 1))) for _ in range(10)]

    def loss(p: list[Any]) -> Any:
        total = 0.0
        for x, y in points:
            hidden = [autograd.tanh(autograd.dot(p[5 * k : 5 * k + 4], x, p[5 * k + 4])) for k in range(16)]
            total = total + autograd.relu(1 - y * autograd.dot(hidden, p[80:96], p[96]))
        return total / len(points)

    return loss, [draw.gauss(0, 0.5) for _ in range(97)]


def program(draw: random.Random, n: int, steps: int) -> tuple[Function, list[float]]:
    """A random program that shares its sub-expressions."""
    plan = [
        (draw.choice(("add", "sub", "mul", "sin")), draw.randrange(n + k), draw.randrange(n + k)) for k in range(steps)
    ]

    def f(x: list[Any]) -> Any:
        values = list(x)
        for name, i, j in plan:
            a, b = values[i], values[j]
            values.append(
                a + b
                if name == "add"
                else a - b
                if name == "sub"
                else autograd.tanh(a) * b
                if name == "mul"
                else autograd.sin(a)
            )
        return autograd.sum(values[-10:])

    return f, [draw.uniform(-1, 1) for _ in range(n)]


def line(name: str, f: Function, x: list[float]) -> str:
    """The ratios of one function."""
    v = [1.0] * len(x)
    peers = {
        "forward": lambda: f([Value(a) for a in x]),
        "gradient": lambda: grad(f)(x),
        "jvp": lambda: jvp(f, (x,), (v,)),
        "hvp": lambda: hvp(f, x, v),
    }
    if len(x) <= 100:
        peers["hessian"] = lambda: hessian(f)(x)
    t = medians(peers, rounds=9, clock=time.process_time)
    to_forward = {k: t[k] / t["forward"] for k in ("jvp", "gradient")}
    text = f"{name:16} jvp {to_forward['jvp']:5.2f} x forward   gradient {to_forward['gradient']:5.2f} x forward"
    text += f"   hvp {t['hvp'] / t['gradient']:5.2f} x gradient"
    if "hessian" in t:
        text += f"   hessian {t['hessian'] / t['gradient'] / len(x):5.2f} x {len(x)} gradients"
    return text


def main() -> None:
    """Print a line for each function."""
    draw = random.Random(0)
    print(f"the {'compiled' if autograd.COMPILED else 'plain'} twin")
    for n in (100, 1000):
        print(line(f"Rosenbrock {n}", rosenbrock, [draw.uniform(-1, 1) for _ in range(n)]))
    print(line("network", *network(draw)))
    for n, steps in ((10, 200), (20, 1000)):
        print(line(f"program {steps}", *program(draw, n, steps)))


if __name__ == "__main__":
    main()
