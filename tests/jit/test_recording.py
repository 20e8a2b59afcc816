"""What becomes of a run: equal expressions shared, sums gathered, guards kept, nothing of the run held afterwards."""

from __future__ import annotations

import operator
import random
import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import JitError, Value, hooks, jit
from autograd.jit.passes.schedule import scheduled
from autograd.jit.recording.arguments import single
from autograd.jit.recording.recorder import record
from autograd.jit.watching.observation import Observation


def recorded(f, *args):
    call = single(args, {})
    return record(f, call, call.numbers)


OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
steps = st.lists(st.tuples(st.sampled_from("+-*/t"), st.integers(0, 1000), st.integers(0, 1000)), min_size=1)


@given(steps, st.integers(1, 400))
def test_every_expression_is_recorded_once_however_often_it_is_written(program, times):
    """The oracle numbers values with a dict."""
    rng = random.Random(times)
    program = [rng.choice(program) for _ in range(times)]
    known: dict[object, int] = {}
    numbers = ["x", "y"]
    for op, a, b in program:
        operands = [a % len(numbers)] if op == "t" else [a % len(numbers), b % len(numbers)]
        numbers.append(known.setdefault((op, *[numbers[k] for k in operands]), len(known)))

    def f(x, y):
        made = [x, y]
        for op, a, b in program:
            p, q = made[a % len(made)], made[b % len(made)]
            made.append(p.tanh() if op == "t" else OPERATORS[op](p, q))
        return made[-1]

    counts = dict(recorded(f, 0.3, 0.7).counts)
    assert counts["recorded"] == len(program)
    assert counts["with constants folded and equal expressions shared"] == len(known)


def large_program(seed):
    """A function of three numbers, with some hundred steps that share much: sums, products, dot products, lists."""
    rng = random.Random(seed)
    weights = [Value(rng.uniform(-1, 1)) for _ in range(rng.choice([3, 30]))]
    plan = [
        (rng.randrange(7), [rng.random() for _ in range(rng.choice([2, 4, 9, 17]))], rng.uniform(-1, 1))
        for _ in range(rng.choice([20, 100, 300]))
    ]

    def f(x):
        made = [*x, *weights]

        def at(u):  # rather a recent one
            return made[int((1 - u * u) * (len(made) - 1e-9))]

        for kind, us, c in plan:
            p, q = at(us[0]), at(us[1])
            several = [at(u) for u in us]
            if kind == 0:  # neurons over the same inputs: a matrix-vector product
                inputs = (made * 20)[int(us[0] * len(made)) :][: len(us)]
                rows = [[at((u + 0.1 * r) % 1) for u in us] for r in range(3)]
                made += [autograd.dot(row, inputs, start=p if r else c).tanh() for r, row in enumerate(rows)]
            elif kind == 1:
                made.append(sum([a * b for a, b in pairwise(several)], c).tanh())
            elif kind == 2:
                made.append(sum(several, p).tanh())
            elif kind == 3:
                made.append(autograd.logsumexp(several).tanh())
            elif kind == 4:
                made.append(autograd.mean(several))
            else:
                made.append((p + q).sin() if kind == 5 else (p * c).tanh() * q)
        return autograd.mean(made[-8:])

    return f, weights


@pytest.mark.parametrize("seed", range(12))
def test_large_programs_give_what_eager_code_gives(seed):
    f, weights = large_program(seed)
    rng = random.Random(seed)
    rows = [[rng.uniform(-2, 2) for _ in range(3)] for _ in range(5)]
    fast = jit(f)
    xs = [Value(x) for x in rows[0]]
    single_call, eager_call = fast(xs), f(xs)
    batch, eager_batch = fast.mean(np.array(rows)), autograd.mean([f([Value(x) for x in row]) for row in rows])
    for found, wanted, leaves in ((single_call, eager_call, xs + weights), (batch, eager_batch, weights)):
        assert found.data == pytest.approx(wanted.data, rel=1e-9, abs=1e-9)
        gradients = []
        for z in (found, wanted):
            for leaf in leaves:
                leaf.grad = 0.0
            z.backward()
            gradients.append([leaf.grad for leaf in leaves])
        assert gradients[0] == pytest.approx(gradients[1], rel=1e-8, abs=1e-8 * max(map(abs, gradients[1])))


def test_a_dot_product_of_which_only_the_start_depends_on_the_row():
    w, v = [Value(0.5), Value(-2.0)], [Value(3.0), Value(0.25)]
    f = jit(lambda x: autograd.dot(w, v, start=x) * 2.0)
    rows = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    assert f.map(rows).tolist() == (2.0 * (rows + 1.0)).tolist()
    f.sum(rows).backward()
    assert [x.grad for x in w + v] == [30.0, 2.5, 5.0, -20.0]


@pytest.mark.parametrize("n", [3, 40, 700, 20_000])
def test_many_constants_many_operands_and_many_nodes_find_room(n):
    rng = random.Random(n)
    numbers = [rng.uniform(-1, 1) for _ in range(n)]
    w = Value(0.5)

    def f(x):
        total = autograd.dot([w] * n, numbers, start=x)
        for c in numbers:
            total = (total * c).tanh() + x
        return autograd.sum([total, *[x * c for c in numbers]])

    eager, fast = f(Value(0.1)), jit(f)(0.1)
    assert fast.data == pytest.approx(eager.data, rel=1e-12, abs=1e-12)
    eager.backward()
    wanted, w.grad = w.grad, 0.0
    fast.backward()
    assert w.grad == pytest.approx(wanted, rel=1e-9, abs=1e-300)


def test_equal_expressions_far_apart_are_found_again():
    """More users of one Value than there are near places for them in the table."""

    def f(x):
        first = [x * (k + 0.5) for k in range(3000)]
        again = [x * (k + 0.5) for k in range(3000)]
        return autograd.prod([*first, *again])

    counts = dict(recorded(f, 0.3).counts)
    assert counts["with constants folded and equal expressions shared"] == 3001


def test_a_recording_holds_no_value_of_its_run():
    kept = []

    def f(x):
        y = x * 2.0
        kept.append(y)
        inner = y + 1.0
        return {"a": [inner, inner * inner], "b": (inner.exp(),)}

    fast = jit(f)
    fast(1.0)
    references = sys.getrefcount(kept[0])
    assert references == 2  # of the list and of the count itself


def test_values_kept_from_a_run_can_be_differentiated_and_recorded_again():
    kept = []
    w = Value(3.0)

    def f(x):
        y = w * x
        kept.append(y)
        return y.tanh()

    jit(f)(2.0)
    y = kept[0] * kept[0]
    y.backward()
    assert w.grad == 2 * 6.0 * 2.0
    inner = kept[0]
    again = jit(lambda x: inner * x)
    again(5.0).backward()
    assert w.grad == 24.0 + 5.0 * 2.0


def test_a_run_that_raises_leaves_its_values_usable():
    kept = []
    w = Value(3.0)

    def f(x):
        y = w * x
        kept.append(y)
        return float(y)

    with pytest.raises(JitError):
        jit(f)(2.0)
    kept[0].backward()
    assert w.grad == 2.0


def test_guards_keep_their_line():
    def f(x):
        for k in range(30):
            if x > k + 100:
                return x
        return -x

    fast = jit(f)
    fast(1.0)
    text = fast.explain()
    assert text.count("guard: gt was False at test_recording.py:") == 10
    assert "and 20 guards more" in text


@pytest.mark.parametrize("step", [lambda z, x: (z * 0.5 + x).tanh(), lambda z, x: z * x - z, lambda z, x: (z - x) / z])
def test_a_program_takes_at_most_64_bytes_a_node_beside_its_numbers(step):
    n = 10_000

    def f(x):
        z = x
        for _ in range(n):
            z = step(z, x)
        return z

    recording = recorded(f, Value(0.3))
    program = scheduled(recording.graph, [], [1])
    numbers = 16 * (program.uniform_slots + program.tiled_slots)
    graph = recording.graph
    arrays = (graph.op, graph.first, graph.args, graph.numbers, graph.guards)
    kept = sum(sys.getsizeof(array) for array in arrays)
    assert program.nbytes() - numbers + kept <= 52 * recording.nodes
    assert program.nbytes() + kept <= 67 * recording.nodes  # with 16 of numbers, and 14 that derivatives need


@pytest.mark.parametrize("step", ["begin", "end"])
def test_a_signal_just_before_or_behind_the_function_leaves_no_recorder_on(step, monkeypatch):
    def interrupted(observation):
        raise KeyboardInterrupt

    p = Value(2.0)
    f = jit(lambda x: p * x)
    with monkeypatch.context() as patched:
        patched.setattr(Observation, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            f(3.0)
    assert not hooks.recorder_on()
    assert sys.getprofile() is None
    p.data = 5.0  # a JitError as long as a recorder is on: so a trained model was not put back after SIGTERM
    assert f(3.0).data == 15.0
