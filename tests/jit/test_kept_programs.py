"""Programs whole: what becomes of a few functions, instruction by instruction, as kept in the folder `kept`.

That the numbers are right, other tests say. These say that the passes still do what they are there for: what is equal
is computed once, what lies side by side is one instruction, and what nobody asks for is not there.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from kept import same_as_kept

import autograd
from autograd import (
    Value,
    clip,
    dot,
    exp,
    grad,
    hessian,
    jacobian,
    jit,
    log,
    logsumexp,
    maximum,
    norm,
    prod,
    sin,
    sqrt,
    take,
    value_and_grad,
    where,
)
from autograd.jit.in_jax.groups import grouped
from autograd.jit.listing import listing, programs
from nn import MLP

KEPT = Path(__file__).with_name("kept")
X = [0.5, -1.25, 2.0, 0.75, 1.5, -0.25]
W = [Value(0.25 * k - 1.0) for k in range(18)]
ROWS = np.array([[0.5, -1.0], [2.0, 0.25], [1.0, 1.0]])


def simplified(x):
    a, b = x[0], x[1]
    kept = [a / 2.0, a**2, a**0.5, exp(log(x[2]))]
    return [a * 1.0 + 0.0, a - a, (a + b) * (b + a), 0.0 - (-a), *kept, 3.0 * 2.0 * b, a**1]


def same_twice(x):
    return [sin(x[0] * x[1]) + 1.0, sin(x[0] * x[1]) + 2.0, sin(x[1] * x[0])]


def unused(x):
    _ = [sin(a) for a in x]
    return x[2] * 2.0


def chain(x):
    return [(a * b).sin() - b / a for a, b in pairwise(x)]


def backwards(x):
    return [a * 2.0 - b for a, b in zip(x[::-1], x[1::2] * 2, strict=True)]


def ring(x):
    return [x[k] * x[k - 1] - x[(k + 1) % 6] for k in range(6)]


def matrix(x):
    return [dot(W[6 * i : 6 * i + 6], x, W[i]) for i in range(3)]


def several_vectors(x):
    return [dot(W[4 * i : 4 * i + 2], pair) for pair in pairwise(x) for i in range(3)]


def two_layers(x):
    hidden = [dot(W[6 * i : 6 * i + 6], x, W[12 + i]).tanh() for i in range(2)]
    return dot(W[15:17], hidden, W[17])


def sums(x):
    total = x[0]
    for a in x[1:]:
        total = total + a * 0.5
    return [total, autograd.sum(x), autograd.sum(a * a for a in x), x[0] + x[1] + x[2] + 1.0]


def running_total(x):
    total = x[0]
    for a, b in pairwise(x):
        total = total + a * b - sin(b)
    return total


def early_terms(x):
    early = [x[0] + x[1], x[2] - x[3]]
    late = sin(sin(sin(x[4])))
    return early[0] * early[1], (early[0] + x[5]) + late


def early_terms_alone(x):
    return (x[0] + x[1]) + sin(sin(sin(x[2])))


def early_differences(x):
    return [(a - b) - exp(exp(b * a)) for a, b in pairwise(x)]


def two_totals(x):
    left = x[0] + x[1] + x[2] + x[3] * x[4]
    right = x[5] - x[4] - left - x[3] * x[2]
    return [left, right + left, autograd.sum([left, right, x[0]]) + 1.0]


def reductions(x):
    return [f(x) for f in (logsumexp, autograd.max, autograd.min, autograd.mean, prod, norm)]


def choices(x):
    return [clip(x[0], -1.0, 1.0), where(x[1] > x[2], x[1], x[3]), maximum(x[4], x[5]), autograd.relu(x[0] - x[1])]


def branches(x):
    return [x[0] * 2.0 if x[0] > x[1] else x[0], exp(x[2]) if x[2] >= 2.0 else x[3], x[4] if x[4] == 1.5 else x[5]]


def taken(x, i):
    return [take(x, i), take(x[1:4], i), take([x[:3], x[3:]], i)[1]]


def anywhere(x):
    return [x[0] * x[4] + x[1] * x[3] + x[2] * x[5], x[5] * x[1] + x[0] * x[2] + 3.0]


def steps(x):
    for _ in range(3):
        x = [a + 0.1 * (b - a * a) for a, b in zip(x, [*x[1:], x[0]], strict=True)]
    return autograd.sum(x)


def smooth(x):
    return autograd.sum((a * b).sin() * sqrt(a * a + 1.0) for a, b in pairwise(x))


def flat(x):
    return autograd.sum(autograd.floor(a) * 2.0 + a.detach() * b for a, b in pairwise(x))


def elementwise(x):
    a, b, c = x[:3]
    return [autograd.atan2(a, b), autograd.hypot(a, c), a % 2.0, a // c, abs(b), autograd.softplus(a), c**b]


def of_row(row):
    return MODEL(row)


def loss(row, y):
    return (MODEL(row) - y) ** 2 + 0.01 * autograd.sum(w * w for w in MODEL.parameters())


MODEL = MLP(2, [3, 1], "tanh", seed=1)
LISTS = [
    simplified, same_twice, unused, chain, backwards, ring, matrix, several_vectors, two_layers, sums, running_total,
    two_totals, early_terms, early_terms_alone, early_differences, reductions,
    choices, branches, anywhere, steps, smooth, elementwise,
]  # fmt: skip


def text_of(f):
    """What `explain` says and the programs, without the kind of the processor and the lines of this file."""
    explained = re.sub(r"\.py:\d+", ".py", f.explain()).split("\n")[:-1]
    listed = [f"\n{listing(made)}\nbytes {made.nbytes()}, work {made.row_work()}" for made in programs(f)]
    return "\n".join([*explained, *listed])


@pytest.mark.parametrize("f", LISTS, ids=lambda f: f.__name__)
def test_the_program_of_a_function_is_the_kept_one(f):
    recorded = jit(f)
    recorded(X)
    same_as_kept(text_of(recorded), KEPT / f"{f.__name__}.txt")


def test_the_program_of_a_choice_by_an_index_is_the_kept_one():
    recorded = jit(taken)
    recorded(X, np.array(1))
    same_as_kept(text_of(recorded), KEPT / "taken.txt")


@pytest.mark.parametrize("f", [steps, smooth, two_layers, flat, running_total], ids=lambda f: f.__name__)
@pytest.mark.parametrize("transform", [grad, value_and_grad, hessian], ids=lambda transform: transform.__name__)
def test_the_program_of_a_derivative_is_the_kept_one(transform, f):
    derivative = transform(jit(f))
    derivative(X)
    same_as_kept(text_of(derivative), KEPT / f"{transform.__name__}_of_{f.__name__}.txt")


@pytest.mark.parametrize("f", [chain, reductions, choices, matrix, elementwise], ids=lambda f: f.__name__)
def test_the_program_of_a_jacobian_is_the_kept_one(f):
    derivative = jacobian(jit(f))
    derivative(X)
    same_as_kept(text_of(derivative), KEPT / f"jacobian_of_{f.__name__}.txt")


def test_the_programs_of_rows_are_the_kept_ones():
    model, trained = jit(of_row), jit(loss)
    model.map(ROWS)
    trained.mean(ROWS, np.ones(3)).backward()
    same_as_kept("\n\n".join(map(text_of, (model, trained))), KEPT / "rows.txt")


@pytest.mark.parametrize("f", [steps, choices, reductions, matrix, anywhere, same_twice], ids=lambda f: f.__name__)
def test_the_groups_of_operations_for_jax_are_the_kept_ones(f):
    recorded = jit(f)
    recorded(X)
    (entry,) = recorded.entries.values()
    found = grouped(entry.recordings[0].graph, [(0, 6)])
    lines = [f"leaves {a.tolist()} at {b.tolist()}" for a, b in zip(found.leaves, found.places, strict=True)]
    for group in found.groups:
        operands = [nodes.tolist() for nodes in group.operands]
        places = None if group.places is None else np.asarray(group.places).tolist()
        live = "live" if group.live else f"from {group.sources} at {places}"
        lines.append(f"{group.name} of {operands} in {group.nodes.tolist()}, {live}")
    lines.append(f"{found.piece.tolist()} {found.offset.tolist()}")
    same_as_kept("\n".join(lines), KEPT / f"groups_of_{f.__name__}.txt")
