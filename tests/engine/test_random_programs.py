"""Whole programs, with shared results and operations of many operands, against 50-digit arithmetic.

What a program's gradient can be expected to hold depends on the program: one that subtracts nearly equal numbers has
lost digits that no engine brings back. So every program is also run, in the same 50 digits, with every result of every
operation moved by about one rounding error (up to 2**-52, relative, up or down): the largest change of the gradient
over a few such runs, divided by 2**-52, is its condition, and an engine must be right to 1e-12 of that. 1e-12 is 4,500
rounding errors: enough for 200 operations of 4 units each, and far below what a wrong rule does.
"""

from __future__ import annotations

import os
import random
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import mpmath
import pytest
from hypothesis import given, settings
from mpmath import mpf
from oracles import ORACLES
from strategies import Program, programs, random_program

import autograd
from autograd import Value

LIMIT = mpf("1e-12")
PERTURBED_RUNS = 3
UNIT = mpf(2) ** -52
UNDERFLOW = mpf("1e-250")  # a partial of erf at 100 is 0 in floats, and what it is multiplied with may be large
OPERATORS = {
    "add": lambda x, y: x + y, "sub": lambda x, y: x - y, "mul": lambda x, y: x * y, "div": lambda x, y: x / y,
    "pow": lambda x, y: x**y, "powc": lambda x, y: x**y, "neg": lambda x: -x,
}  # fmt: skip


def on_values(name: str, xs: list[Any]) -> Any:
    """An operation of a program, on Values."""
    if name in OPERATORS:
        return OPERATORS[name](*xs)
    if name == "dot":
        return autograd.dot(xs[1::2], xs[2::2], start=xs[0])
    if name in ("sum", "mean", "prod", "logsumexp", "max", "min", "norm"):
        return getattr(autograd, name)(xs)
    return getattr(autograd, name)(*xs)


class OutsideOfDomain(Exception):
    """A program took the root or the logarithm of a negative number, or met a pole, that rounding kept it from."""


def gradient(program: Program) -> list[float]:
    xs = [Value(x) for x in program.inputs]
    z = program.results(on_values, xs)[-1]
    z.backward()
    return [x.grad for x in xs]


def exactly(name: str, xs: list[mpf]) -> tuple[mpf, list[mpf]]:
    """The value and the partials of an operation in 50 digits."""
    n = len(xs)
    match name:
        case "sum":
            return mpmath.fsum(xs), [mpf(1)] * n
        case "mean":
            return mpmath.fsum(xs) / n, [mpf(1) / n] * n
        case "prod":
            return mpmath.fprod(xs), [mpmath.fprod(xs[:i] + xs[i + 1 :]) for i in range(n)]
        case "dot":
            products = [x * y for x, y in zip(xs[1::2], xs[2::2], strict=True)]
            return xs[0] + mpmath.fsum(products), [mpf(1), *(xs[i + 1] if i % 2 else xs[i - 1] for i in range(1, n))]
        case "logsumexp":
            weights = [mpmath.exp(x) for x in xs]
            total = mpmath.fsum(weights)
            return mpmath.log(total), [weight / total for weight in weights]
        case "norm":
            length = mpmath.sqrt(mpmath.fsum(x * x for x in xs))
            return length, [x / length for x in xs]
        case "max" | "min":
            best = max(xs) if name == "max" else min(xs)
            ties = xs.count(best)
            return best, [mpf(x == best) / ties for x in xs]
    value, *partials = ORACLES[name]
    return value(*xs), [partial(*xs) for partial in partials]


def exact_gradient(program: Program, moved: random.Random | None = None) -> list[mpf]:
    """The gradient in 50 digits; with `moved`, with a rounding error after every operation."""
    gradients_of: list[tuple[tuple[int | float, ...], list[mpf]]] = []

    def rounded(x: mpf) -> mpf:
        return x if moved is None else x * (1 + UNIT * moved.choice((1, -1)) * moved.uniform(0.5, 1))

    def apply(name: str, xs: list[mpf]) -> mpf:
        try:
            value, partials = exactly(name, xs)
        except ZeroDivisionError:
            raise OutsideOfDomain(name, xs) from None
        if not isinstance(value, mpf):
            raise OutsideOfDomain(name, xs)
        gradients_of.append((program.steps[len(gradients_of)][1], [rounded(partial) for partial in partials]))
        return rounded(value)

    made = program.results(apply, [mpf(x) for x in program.inputs], mpf)
    grads = [mpf(0)] * len(made)
    grads[-1] = mpf(1)
    for place in reversed(range(len(program.inputs), len(made))):
        operands, partials = gradients_of[place - len(program.inputs)]
        for x, partial in zip(operands, partials, strict=True):
            if type(x) is int:
                grads[x] += grads[place] * partial
    return grads[: len(program.inputs)]


def mismatches(program: Program, got: list[float]) -> list[str]:
    """The inputs whose gradient is further from the truth than its condition allows, described."""
    try:
        wanted = exact_gradient(program)
        suspects = [i for i, g in enumerate(got) if not abs(mpf(g) - wanted[i]) <= LIMIT * abs(wanted[i]) + UNDERFLOW]
        runs = [exact_gradient(program, random.Random(k)) for k in range(PERTURBED_RUNS)] if suspects else []
    except OutsideOfDomain:  # a rounding error is enough to lose the result: no engine can be right
        return []
    found = []
    for i in suspects:
        condition = max(abs(run[i] - wanted[i]) for run in runs) / UNIT
        if not abs(mpf(got[i]) - wanted[i]) <= LIMIT * condition + UNDERFLOW:
            exact = mpmath.nstr(wanted[i], 17)
            found.append(f"d/dx{i} is {got[i]!r}, exactly {exact}, condition {float(condition):.1e}")
    return found


def check(seed: int, most_steps: int) -> None:
    program = random_program(random.Random(seed), most_steps=most_steps)
    found = mismatches(program, gradient(program))
    assert not found, f"seed {seed}: {found} in {program}"


@given(programs(most_steps=20))
@settings(max_examples=200)
def test_gradients_of_random_programs_agree_with_50_digits(program):
    assert mismatches(program, gradient(program)) == []


def test_gradients_of_2000_random_programs_agree_with_50_digits():
    for seed in range(2000):
        check(seed, 20)


def check_many(seeds: range) -> int:
    for seed in seeds:
        check(seed, 200)
    return len(seeds)


@pytest.mark.slow
def test_gradients_of_100000_random_programs_of_up_to_200_operations_agree_with_50_digits():
    chunks = [range(first, first + 250) for first in range(1_000_000, 1_100_000, 250)]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        assert sum(workers.map(check_many, chunks)) == 100_000


def test_hardly_any_random_program_is_too_ill_conditioned_to_be_judged():
    lost = 0
    for seed in range(300):
        program = random_program(random.Random(seed), most_steps=20)
        try:
            exact_gradient(program, random.Random(0))
        except OutsideOfDomain:
            lost += 1
    assert lost < 3


@pytest.mark.parametrize("wrong", [lambda g: g * (1 + 1e-6), lambda g: -g, lambda g: 0.0])
def test_the_comparison_rejects_a_wrong_gradient(wrong):
    caught = 0
    for seed in range(20):
        program = random_program(random.Random(seed), most_steps=6)
        got = gradient(program)
        assert mismatches(program, got) == []
        caught += any(got) and mismatches(program, [wrong(g) for g in got]) != []
    assert caught >= 18  # the others are so ill-conditioned that 1e-6 is within it


@given(programs())
def test_a_program_gives_the_same_bits_every_time(program):
    assert gradient(program) == gradient(program)
