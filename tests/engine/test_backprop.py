"""Reverse-mode differentiation of graphs: sharing, repetition, interruption, order."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from strategies import programs
from test_random_programs import on_values

import autograd
from autograd import Value, topological_order
from autograd import value as engine


@given(programs())
def test_second_backward_doubles_the_leaves_and_nothing_else(program):
    xs = [Value(x) for x in program.inputs]
    made = program.results(on_values, xs)
    root = made[-1]
    root.backward()
    inner = [z.grad for z in made if z.op]
    leaves = [x.grad for x in xs]
    root.backward()
    assert [z.grad for z in made if z.op] == inner
    size = [sum(abs(z.grad * p) for z in made for y, p in zip(z.inputs, z.partials, strict=True) if y is x) for x in xs]
    for x, g, total in zip(xs, leaves, size, strict=True):
        assert abs(x.grad - 2 * g) <= 1e-14 * total  # shares are added one by one, to another start


@given(programs())
def test_gradient_of_a_sum_is_the_sum_of_the_gradients(program):
    def gradients(weigh):
        xs = [Value(x) for x in program.inputs]
        made = program.results(on_values, xs)
        weigh(made[-1], made[len(made) // 2]).backward()
        largest = max(abs(z.grad * p) for z in made for p in (1.0, *z.partials))
        return [x.grad for x in xs], largest

    first, _ = gradients(lambda a, b: a * 3.0)
    second, _ = gradients(lambda a, b: b * 2.0)
    both, largest = gradients(lambda a, b: a * 3.0 + b * 2.0)
    for a, b, c in zip(first, second, both, strict=True):
        assert abs(a + b - c) <= 1e-12 * (abs(a) + abs(b) + largest)  # shares are added in another order


@given(programs())
def test_topological_order_has_inputs_before_users_and_each_node_once(program):
    root = program.results(on_values, [Value(x) for x in program.inputs])[-1]
    order = topological_order(root)
    place = {id(z): i for i, z in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is root
    assert all(place[id(x)] < place[id(z)] for z in order for x in z.inputs)


@given(programs())
def test_counters_are_back_to_zero_so_that_any_node_can_be_a_root(program):
    xs = [Value(x) for x in program.inputs]
    made = program.results(on_values, xs)
    made[-1].backward()
    for x in xs:
        x.grad = 0.0
    middle = made[len(made) // 2]
    middle.backward()
    fresh = [Value(x) for x in program.inputs]
    program.results(on_values, fresh)[len(made) // 2].backward()
    assert [x.grad for x in xs] == [x.grad for x in fresh]


@pytest.mark.parametrize(("f", "wanted"), [
    (lambda x: x * x, 6.0), (lambda x: x + x, 2.0), (lambda x: x - x, 0.0), (lambda x: x / x, 0.0),
    (lambda x: autograd.dot([x, x], [x, x]), 12.0), (lambda x: autograd.sum([x, x, x]), 3.0),
])  # fmt: skip
def test_an_operand_used_twice_gets_both_shares(f, wanted):
    x = Value(3.0)
    f(x).backward()
    assert x.grad == wanted


def test_a_shared_result_is_visited_once():
    x = Value(2.0)
    y = x * 3
    z = y * y + y
    z.backward()
    assert (y.grad, x.grad) == (13.0, 39.0)


def test_doubling_a_thousand_times_is_linear_in_time():
    x = Value(1.0)
    y = x
    for _ in range(1000):
        y = y + y
    y.backward()
    assert x.grad == 2.0**1000


def test_backward_of_a_leaf_adds_one():
    x = Value(5.0)
    x.backward()
    x.backward()
    assert x.grad == 2.0


def test_leaves_accumulate_over_roots():
    x = Value(3.0)
    (x * 2).backward()
    (x * x).backward()
    assert x.grad == 8.0


def test_gradients_of_an_earlier_pass_do_not_leak_into_a_new_root():
    x = Value(3.0)
    y = x * 2
    (y * 5).backward()
    x.grad = 0.0
    (y * 7).backward()
    assert (y.grad, x.grad) == (7.0, 14.0)


@pytest.mark.skipif(autograd.COMPILED, reason="only plain functions can be interrupted at a chosen place")
@pytest.mark.parametrize("function", ["give", "count"])
def test_an_interrupted_pass_leaves_no_half_counted_nodes(monkeypatch, function):
    xs = [Value(float(i)) for i in range(1, 5)]
    y = xs[0] * xs[1]
    z = (y + xs[2]) * (y - xs[3]) + y
    steps, original = 0, getattr(engine, function)

    def interrupted(*arguments):
        nonlocal steps
        steps += 1
        if steps == 5:
            raise KeyboardInterrupt
        return original(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(engine, function, interrupted)
        with pytest.raises(KeyboardInterrupt):
            z.backward()
    for x in xs:
        x.grad = 0.0
    z.backward()
    again = [Value(x.data) for x in xs]
    y = again[0] * again[1]
    ((y + again[2]) * (y - again[3]) + y).backward()
    assert [x.grad for x in xs] == [x.grad for x in again]


def test_threads_may_share_parameters():
    w = Value(2.0)

    def work():
        for _ in range(200):
            y = w
            for _ in range(20):
                y = y + w
            y.backward()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert w.grad == 4 * 200 * 21
