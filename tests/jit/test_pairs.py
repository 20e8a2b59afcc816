"""Short runs named number by number give the bits that they give as runs: programs against the machine in NumPy."""

from __future__ import annotations

import math
import operator
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograd import grad, jit
from autograd.generated.kernels import ADD, DIV, DOT, MUL, SUB
from autograd.jit import machine as machines
from autograd.jit.machine import numpy_machine
from autograd.jit.recording.recordings import single_machine

pytestmark = pytest.mark.skipif(not machines.COMPILED, reason="the machine in NumPy runs programs as they are")

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
AWKWARD = (
    0.0,
    -0.0,
    math.inf,
    -math.inf,
    math.nan,
    sys.float_info.max,
    -sys.float_info.max,
    5e-324,
    sys.float_info.min,
)
# Of a stretch of results: its operation, where its operands begin, how far apart they lie, how many there are.
stretches = st.tuples(
    st.sampled_from("+-*/"), *(st.integers(0, 40),) * 2, *(st.integers(-3, 3),) * 2, st.integers(1, 12)
)
levels = st.lists(st.lists(stretches, min_size=1, max_size=8), min_size=1, max_size=12)


def run(recipe, x):
    """Level by level, the operands from all levels before."""
    made = list(x)
    for level in recipe:
        found = []
        for name, a, b, next_a, next_b, count in level:
            for i in range(count):
                p, q = made[-1 - (a + i * next_a) % len(made)], made[-1 - (b + i * next_b) % len(made)]
                found.append(OPERATIONS[name](p, q))
        made += found
    return made[len(x) :]


def answers(machine, made, at):
    """The machine's results for these numbers."""
    room = machine.evaluate(made.captured, at)
    return np.array(machine.values(room))


def short_runs(program):
    return sum(
        program.code[start] in (ADD, SUB, MUL, DIV) and program.code[start + 2] <= 8 for start in program.uniform
    )


def recorded(recipe, x):
    function = jit(lambda x: run(recipe, x), verify=False)
    function(x)
    (entry,) = function.entries.values()
    return entry.recordings[0]


@given(levels, st.lists(st.sampled_from(AWKWARD) | st.floats(-2, 2), min_size=14, max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_programs_have_the_same_bits(recipe, at):
    x = np.linspace(0.3, 1.7, 14)
    made = recorded(recipe, x)
    program = single_machine(made).program
    exact = all(program.code[start] != DOT for start in program.uniform)  # products over lists: in another order
    plain = numpy_machine.Machine(program, (), ())
    for kind in range(len(machines.target_names())):
        machine = machines.Machine(program, (), (), target=kind)
        for numbers in (x, np.array(at), x):
            with np.errstate(all="ignore"):
                wanted = answers(plain, made, numbers)
            found = answers(machine, made, numbers)
            if exact:
                np.testing.assert_array_equal(found, wanted)
                assert not np.any((np.signbit(found) != np.signbit(wanted)) & ~np.isnan(wanted))
            else:
                np.testing.assert_allclose(found, wanted, rtol=1e-9)


@pytest.mark.parametrize("n", range(2, 20))
def test_runs_of_every_length_forward_and_back(n):
    """A recurrence whose runs get shorter, of neighbors that lie 1, -1, 2 and 3 apart, and its recording."""

    def recurrence(x):
        y = list(x)
        for k in range(24):
            m = max(2, n - k % 5)
            ends = [y[(3 * i + k) % n] for i in range(m)]
            y = [p * q - p / (2.0 + q * q) for p, q in zip(y[:m], reversed(ends), strict=True)] + y[m:]
            y = [0.5 * p + q for p, q in zip(y, y[1:] + y[:1], strict=True)]
        return sum(y)

    x = np.linspace(-0.4, 0.5, n)
    function = jit(recurrence, verify=False)
    for _ in range(2):
        assert function(x).data == pytest.approx(recurrence(x.tolist()), rel=1e-13)
    (entry,) = function.entries.values()
    assert n < 4 or short_runs(single_machine(entry.recordings[0]).program) >= 32
    np.testing.assert_allclose(grad(function)(x), grad(recurrence)(x.tolist()), rtol=1e-11, atol=1e-13)
