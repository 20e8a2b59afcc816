"""What a machine writes anew, chains and products of differences, against the machine in NumPy, which does not."""

from __future__ import annotations

import math
import operator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_jit_programs import gradients_of

import autograd
from autograd import Value, gradients, jit
from autograd.jit import machine as machines
from autograd.jit.machine import numpy_machine
from autograd.primitives import ROWS

KINDS = range(len(machines.target_names()))


def same_on_every_machine(recording, rows):
    """The sums over the rows and the partials of the operands on every target are those of the machine in NumPy."""
    (machine,) = recording.machines.values()
    program, width = machine.program, rows.shape[1]
    tables = ((0, width),)
    captured = np.array([x.data for x in recording.captured])
    places = [0.0] * recording.inputs
    weights = [1.0] + [None] * (len(program.roots) - 1)
    wanted = None
    made = [numpy_machine.Machine(program, recording.active, tables)]
    if machines.COMPILED:
        made += [machines.Machine(program, recording.active, tables, target=kind) for kind in KINDS]
    for machine in made:
        for n in (len(rows), len(rows) // 2 + 1, 1):  # in one tile's memory after the other
            table = np.ascontiguousarray(rows[:n])
            _, sums, partials = machine.run_rows(captured, places, [table], None, n, weights, None, None)
            partials = np.frombuffer(partials)[: len(captured)] if isinstance(partials, bytes) else np.array(partials)
            if n == len(rows) and wanted is None:
                wanted = sums, partials
            if n == len(rows):
                scale = np.abs(wanted[1]).max(initial=1.0)
                np.testing.assert_allclose(sums, wanted[0], rtol=1e-11, atol=1e-11)
                np.testing.assert_allclose(partials, wanted[1], rtol=1e-11, atol=1e-11 * scale)


def recording_of(f):
    (entry,) = f.entries.values()
    return entry.recordings[0]


LINKS = {"add": operator.add, "sub": operator.sub, "from": lambda x, y: y - x, "mul": operator.mul}
OTHERS = ("parameter", "row", "before", "twice")
link = st.tuples(st.sampled_from(list(LINKS)), st.sampled_from(OTHERS), st.integers(0, 5))
links = st.lists(link, min_size=4, max_size=40)


@given(links, st.integers(1, 70), st.integers(0, 1 << 30), st.booleans())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_chains_are_what_their_links_are_one_by_one(steps, n, seed, kept):
    rng = np.random.default_rng(seed)
    parameters = [Value(x) for x in rng.uniform(-1, 1, size=4)]

    def f(x):
        value, made = x[0], [x[0]]
        for kind, other, k in steps:
            y = parameters[k % 4] if other == "parameter" else x[k % 3] if other == "row" else made[k % len(made)]
            y = value if other == "twice" else y
            value = LINKS[kind](value, y)
            value = value * 0.5 if other == "before" else value  # numbers stay near 1
            made.append(value)
        return value + made[len(made) // 2].sin() if kept else value

    recorded = jit(f, verify=False)
    rows = rng.uniform(-1, 1, size=(n, 3))
    found = recorded.sum(rows)
    same_on_every_machine(recording_of(recorded), rows)
    eager = autograd.sum([f([Value(x) for x in row]) for row in rows])
    scale = max(1.0, n * max(abs(f([Value(x) for x in row]).data) for row in rows))
    assert found.data == pytest.approx(eager.data, rel=1e-11, abs=1e-11 * scale)


shapes = st.tuples(st.integers(1, 9), st.integers(2, 9), st.integers(1, 60), st.integers(0, 1 << 30))


@given(shapes, st.sampled_from(("square", "weighted", "both", "turned")), st.sampled_from(("rows", "hidden")))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_products_of_differences_are_what_the_differences_give(shape, kind, source):
    m, k, n, seed = shape
    rng = np.random.default_rng(seed)
    centers = [[Value(x) for x in row] for row in rng.normal(size=(m, k))]
    weights = [[Value(x) for x in row] for row in rng.normal(size=(m, k))]
    scale = Value(0.7)

    def f(x):
        if source == "hidden":  # then the row's side has derivatives too
            x = [(scale * a).tanh() for a in x]
        found = []
        for center, weight in zip(centers, weights, strict=True):
            apart = [c - a if kind == "turned" else a - c for a, c in zip(x, center, strict=True)]
            if kind != "weighted":
                found.append(autograd.sum([d * d for d in apart]))
            if kind != "square":
                found.append(autograd.dot(weight, apart))
        return autograd.min(found) + autograd.sum([(-0.1 * z).exp() for z in found])

    recorded = jit(f, verify=False)
    rows = rng.normal(size=(n, k))
    found = recorded.sum(rows)
    same_on_every_machine(recording_of(recorded), rows)
    leaves = [x for row in (*centers, *weights) for x in row]
    wanted = gradients_of(autograd.sum([f(list(map(Value, row))) for row in rows]), leaves)
    got = gradients_of(found, leaves)
    assert got == pytest.approx(wanted, rel=1e-9, abs=1e-9 * max(1.0, np.abs(wanted).max()))


@pytest.mark.parametrize("n", [3, 100])
def test_a_newton_direction_is_that_of_second_derivatives_one_by_one(n):
    rng = np.random.default_rng(3)
    centers = [[Value(x) for x in row] for row in rng.normal(size=(4, 3))]
    leaves = [x for row in centers for x in row]

    def cost(point):
        return autograd.min([autograd.sum([(p - q) ** 2 for p, q in zip(point, c, strict=True)]) for c in centers])

    points = rng.normal(size=(n, 3))
    found = []
    for total in (jit(cost).sum(points), autograd.sum([cost(list(map(Value, p))) for p in points])):
        for x in leaves:
            x.grad = 0.0
        first = gradients(total, leaves)
        autograd.sum(first).backward()
        found.append([(g.data, x.grad) for g, x in zip(first, leaves, strict=True)])
    np.testing.assert_allclose(found[0], found[1], rtol=1e-12, atol=1e-12)


pair = st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans(), st.integers(0, 9))


@given(st.lists(pair, min_size=1, max_size=13), st.integers(1, 40), st.integers(0, 1 << 30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_sums_of_scattered_products_hand_back_what_whole_numbers_say(pairs, n, seed):
    rng = np.random.default_rng(seed)
    w = [Value(float(x)) for x in rng.integers(-3, 4, size=6)]
    rows = rng.integers(-3, 4, size=(n, 4)).astype(float)

    def f(x):
        hidden = [a * w[k] for k, a in enumerate(x)]  # in the tile, and with derivatives
        factors = [(w[j], hidden[k] if own < 3 else x[k], turned) for j, k, turned, own in pairs]
        return autograd.sum([b * a if turned else a * b for a, b, turned in factors]) * 2.0

    recorded = jit(f, verify=False)
    total = recorded.sum(rows)
    same_on_every_machine(recording_of(recorded), rows)
    wanted = gradients_of(autograd.sum([f(list(map(Value, row))) for row in rows]), w)
    assert gradients_of(total, w) == wanted  # all of them are exact


@pytest.mark.parametrize("name", ["max", "min"])
@pytest.mark.parametrize("count", [2, 3, 7, 126, 127, 128, 129])
def test_shares_of_a_largest_have_the_bits_of_what_they_are_computed_from(name, count):
    rng = np.random.default_rng(count)
    w = [Value(x) for x in rng.integers(1, 3, size=count).astype(float)]
    f = jit(lambda x: getattr(autograd, name)([a * b for a, b in zip(w, x, strict=True)]), verify=False)
    rows = rng.integers(1, 4, size=(67, count)).astype(float)  # several are the largest together
    rows[3], rows[11, 0], rows[12, 1], rows[13, 0] = 0.0, math.nan, math.inf, -math.inf
    autograd.dot(gradients(f.sum(rows), w), [0.5] * count).backward()
    along = recording_of(f).derivatives["reverse", (0,), (), False][0].derivatives["along", None]
    (machine,) = along.machines.values()
    captured, places = np.array([x.data for x in w]), rng.normal(size=along.inputs).tolist()
    made = [numpy_machine.Machine(machine.program, along.active, ((0, count),))]
    if machines.COMPILED:
        made += [machines.Machine(machine.program, along.active, ((0, count),), target=kind) for kind in KINDS]
    found = []
    for machine in made:
        found.append(np.empty((len(rows), len(machine.program.roots))))
        machine.run_rows(captured, places, [rows], None, len(rows), [1.0], found[-1], None)
        np.testing.assert_array_equal(found[-1], found[0])
    assert np.isfinite(found[0]).sum() > 60
    assert np.isnan(found[0]).any()


def test_no_derivative_goes_where_the_table_says_that_there_is_none():
    """Those operands whose partial is 0 in the table and that are never chosen are the ones that `cut` knows."""
    never = set()
    for row in ROWS:
        chosen = row.selects.split()
        never |= {(row.name, k) for k, x in enumerate(row.operands) if x in chosen and row.partials[k] == "0"}
    comparisons = {(name, k) for name in ("lt", "le", "gt", "ge", "eq", "ne") for k in range(2)}
    clips = {(name, k) for name in ("clip_dx", "clip_dlo", "clip_dhi") for k in range(3)}
    assert never == comparisons | clips | {("where", 0)}


@pytest.mark.parametrize("n", [127, 128, 129, 160, 1000, 100_003])
@pytest.mark.parametrize("backwards", [False, True])
def test_long_sums_are_as_exact_as_they_are_one_by_one(n, backwards):
    xs = np.random.default_rng(n).normal(size=n)
    f = jit(lambda x: autograd.sum(x[::-1] if backwards else x), verify=False)
    assert f(xs).data == pytest.approx(math.fsum(xs), abs=1e-12 * np.abs(xs).sum())
    (machine,) = recording_of(f).machines.values()
    plain = numpy_machine.Machine(machine.program, (), ())
    for kind in KINDS if machines.COMPILED else ():
        one = machines.Machine(machine.program, (), (), target=kind)
        assert one.values(one.evaluate((), xs)) == plain.values(plain.evaluate((), xs.tolist()))
