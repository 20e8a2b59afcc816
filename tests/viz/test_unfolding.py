"""n-ary nodes taken apart: the parts compute the node's number, and the chain rule through them its partials."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, dot, logsumexp, mean, prod, topological_order
from autograd import sum as total
from viz.graphs.unfolding import Part, unfolded

numbers = st.floats(-8, 8).map(lambda x: round(x, 3))
rows = st.lists(numbers, min_size=2, max_size=6)
OPERATIONS = {"sum": total, "mean": mean, "prod": prod, "logsumexp": logsumexp}


def parts_under(y):
    y.backward()
    nodes, _ = unfolded(topological_order(y))
    return nodes


def leaf_gradients(nodes, leaves):
    """What the leaves get when each part hands its own gradient on, times its partials."""
    got = {id(leaf): 0.0 for leaf in leaves}
    for node in nodes:
        if isinstance(node, Part):
            for x, partial in zip(node.inputs, node.partials, strict=True):
                if id(x) in got:
                    got[id(x)] += partial * node.grad
    return [got[id(leaf)] for leaf in leaves]


@pytest.mark.parametrize("name", OPERATIONS)
@given(rows)
def test_the_parts_give_the_same_value_and_the_same_gradients(name, row):
    xs = [Value(x) for x in row]
    y = OPERATIONS[name](xs)
    nodes = parts_under(y)
    assert nodes[-1].data == y.data
    assert nodes[-1].grad == 1.0
    # each part rounds once, as the engine does, in another order
    assert leaf_gradients(nodes, xs) == pytest.approx([x.grad for x in xs], rel=1e-9, abs=1e-9)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5), st.none() | numbers)
def test_dot_unfolds_with_and_without_a_start(pairs, start):
    ws, xs = [Value(w) for w, _ in pairs], [Value(x) for _, x in pairs]
    b = None if start is None else Value(start)
    y = dot(ws, xs) if b is None else dot(ws, xs, start=b)
    nodes = parts_under(y)
    leaves = [*ws, *xs, *([b] if b is not None else [])]
    assert nodes[-1].data == y.data
    assert leaf_gradients(nodes, leaves) == pytest.approx([x.grad for x in leaves], rel=1e-9, abs=1e-9)
    assert sum(isinstance(node, Part) and node.op == "mul" for node in nodes) == len(pairs)


def test_every_part_comes_after_its_inputs():
    x = [Value(k * 1.0) for k in range(4)]
    nodes = parts_under(logsumexp([dot(x, x), total(x), mean(x) * 2]))
    seen: set[int] = {id(v) for v in x}
    for node in nodes:
        if isinstance(node, Part):
            assert all(id(i) in seen or not isinstance(i, Part) for i in node.inputs)
        seen.add(id(node))


def test_plain_numbers_stay_constants():
    y = dot([Value(2.0)], [3.0], start=1.0)
    nodes = parts_under(y)
    assert [node.op for node in nodes] == ["", "mul", "add"]
    assert nodes[1].operands[1] == 3.0
    assert nodes[2].operands[0] == 1.0


def test_logsumexp_of_huge_numbers_does_not_overflow():
    nodes = parts_under(logsumexp([Value(1000.0), Value(999.0)]))
    assert all(math.isfinite(node.data) for node in nodes)


def test_what_cannot_be_taken_apart_stays_whole():
    y = logsumexp([Value(math.inf), Value(1.0)])
    nodes, stands_for = unfolded(topological_order(y))
    assert nodes[-1] is y
    assert not stands_for
