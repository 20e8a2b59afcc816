"""The chain rule in numbers: shares add up, the heaviest paths come first, no graph is too tangled."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, dot, explain, tanh


@given(st.lists(st.floats(0.1, 3.0), min_size=1, max_size=12), st.integers(1, 9))
def test_shares_of_the_listed_paths_and_the_rest_add_up_to_one(factors, n):
    x = Value(0.7)
    y = x
    for factor in factors:
        y = y * factor + tanh(y)
    found = explain(y, wrt=x, paths=n)
    assert math.fsum([path.share for path in found.paths] + [found.rest_share]) == pytest.approx(1.0, abs=1e-12)
    y.backward()
    assert found.derivative == pytest.approx(x.grad, rel=1e-12)  # the additions may come in another order


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=6), st.integers(1, 70))
def test_paths_come_heaviest_first_and_none_is_left_out(factors, n):
    x = Value(1.3)
    y = x
    contributions = [1.0]
    for factor in factors:  # every step doubles the paths: multiply each by `factor`, or by 0.5
        y = y * factor + y * 0.5
        contributions = [c * f for c in contributions for f in (factor, 0.5)]
    found = explain(y, wrt=x, paths=n)
    expected = sorted((abs(c) for c in contributions), reverse=True)[:n]
    assert [abs(path.contribution) for path in found.paths] == pytest.approx(expected, rel=1e-9)
    assert found.n_paths == len(contributions)


def test_a_graph_with_two_to_the_thousand_paths_is_explained():
    x = Value(1e-300)
    y = x
    for _ in range(1000):
        y = y + y
    found = explain(y, wrt=x)
    assert found.n_paths == 2**1000
    assert "about 10^301 paths" in str(found)
    assert found.paths[0].contribution == 1.0


def test_a_deep_chain_is_explained_without_recursion():
    x = Value(1.0)
    y = x
    for _ in range(20_000):
        y = y * 1.0001
    text = str(explain(y, wrt=x))
    assert "19992 steps" in text
    assert "100.00 %" in text


def test_text_names_rules_numbers_and_percentages():
    w, x = Value(3.0, label="w"), Value(2.0, label="x")
    y = dot([w], [x], start=1.0) * x
    y.label = "y"
    assert str(explain(y, wrt=x)).splitlines() == [
        "dy/dx = 13, the sum over 2 paths:",
        "  53.85 %  +7 = 7 (mul: x)",
        "  46.15 %  +6 = 2 (mul: y) * 3 (dot: x)",
    ]


def test_latex_is_one_balanced_block():
    x = Value(2.0, label="x_1")
    tex = explain((x * x).tanh() * 1e-9, wrt=x).latex
    assert tex.count("{") - tex.count(r"\{") == tex.count("}") - tex.count(r"\}")
    assert r"\mathrm{x\_1}" in tex
    assert r"\cdot 10^{-" in tex


def test_independent_and_identical_values_are_told_apart():
    x, y = Value(1.0, label="x"), Value(2.0, label="z")
    assert "does not depend" in str(explain(y, wrt=x))
    assert explain(x, wrt=x).derivative == 1.0


def test_cancelling_paths_have_no_percentages_but_numbers():
    x = Value(1.0)
    found = explain(x * 2 - x * 2, wrt=x)
    assert found.derivative == 0.0
    assert "%" not in str(found)
    assert [path.contribution for path in found.paths] == [2.0, -2.0]


@pytest.mark.parametrize(("arguments", "error"), [((1.0, Value(1.0), 3), TypeError), ((Value(1.0), None, 3), TypeError),
                                                  ((Value(1.0), Value(1.0), 0), ValueError)])  # fmt: skip
def test_wrong_arguments_say_what_was_wanted(arguments, error):
    y, wrt, paths = arguments
    with pytest.raises(error, match="explain: "):
        explain(y, wrt=wrt, paths=paths)
