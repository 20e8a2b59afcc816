"""Expressions: what Python computes is what is drawn, and nothing but arithmetic is ever run."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograd
from autograd import TABLE, Value
from viz.graphs.expression import DEEPEST, FUNCTIONS, LONGEST, draw_expression, parse

VARIABLES = {"a": 2.0, "b": -3.0, "c": 10.0}
numbers = st.floats(-5, 5).map(lambda x: round(x, 2))


@st.composite
def formulas(draw):
    """Arithmetic over a, b and c as text, fully bracketed or not."""
    text = draw(st.sampled_from("abc") | numbers.map(repr))
    for _ in range(draw(st.integers(0, 8))):
        other = draw(st.sampled_from("abc") | numbers.map(repr))
        text = draw(
            st.sampled_from(["({0} + {1})", "{0} - {1}", "({0}) * {1}", "-({0})", "+{0}", "{1} - ({0})"])
        ).format(text, other)
    return text


@given(formulas(), numbers, numbers, numbers)
def test_arithmetic_means_what_it_means_in_python(text, a, b, c):
    assert parse(text, {"a": a, "b": b, "c": c}).data == eval(text, {"a": a, "b": b, "c": c})


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.public and hasattr(autograd, name)))
def test_every_function_of_the_table_can_be_called(name):
    row = TABLE[name]
    if row.reduction:
        text = f"{name}([a, b], [b, c])" if name == "dot" else f"{name}([a, b, c])"
    else:
        text = f"{name}({', '.join('abc'[: len(row.operands)])})"
    assert parse(text, VARIABLES).op == name


def test_functions_can_be_written_as_methods():
    assert parse("(a*b + c).tanh()", VARIABLES).data == math.tanh(4.0)
    assert parse("a.maximum(b)", VARIABLES).op == "maximum"


def test_reductions_take_a_list_or_numbers():
    assert parse("sum(a, b, 1)", VARIABLES).data == 0.0
    assert parse("max([a, b])", VARIABLES).data == 2.0


def test_variables_are_labeled_and_used_once():
    y = parse("a * a + a", {"a": 3})
    leaves = [v for v in autograd.topological_order(y) if not v.op]
    assert [leaf.label for leaf in leaves] == ["a"]


def test_values_can_be_given_as_variables():
    a = Value(2.0)
    parse("a * 3", {"a": a}).backward()
    assert a.grad == 3.0


def test_constants_of_mathematics_are_known_and_can_be_overridden():
    assert parse("pi + e", {}).data == math.pi + math.e
    assert parse("e", {"e": 1.0}).data == 1.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1/0", math.inf),
        ("9**9**9", math.inf),
        ("10.0**400", math.inf),
        ("pow(9, pow(9, 9))", math.inf),
        ("-1/0", -math.inf),
    ],
)
def test_numbers_alone_follow_the_engine_and_never_raise_or_take_long(text, value):
    assert parse(text, {}).data == value


def test_an_odd_power_of_a_negative_number_is_nan_not_complex():
    assert math.isnan(parse("(-8) ** 0.5", {}).data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tahn(a)", r"no function tahn; did you mean tanh\?\n  tahn\(a\)\n  \^\^\^\^"),
        ("alpha + a", r"alpha has no number; give it a number: alpha=1.0\n  alpha \+ a\n  \^\^\^\^\^"),
        ("a + aa", r"did you mean a\?"),
        ("a +", r"invalid syntax\n  a \+\n     \^"),
        ("a + * b", r"\n      \^"),
        ("(a", "never closed"),
        ("a ^ 2", r"powers are written \*\*"),
        ("a.data", r"attributes such as \.data"),
        ("a.__class__.__mro__", "attributes such as"),
        ("__import__('os').system('true')", r"no function system"),
        ("__import__('os')", r"no function __import__"),
        ("eval('1')", "no function eval"),
        ("open('x')", "no function open"),
        ("(lambda: 1)()", "only functions of the table"),
        ("lambda: 1", "a lambda"),
        ("[a for a in b]", "cannot be drawn"),
        ("a[0]", "an index"),
        ("a if b else c", "cannot be drawn"),
        ("a < b", "a comparison"),
        ("a and b", "and/or"),
        ("not a", "cannot be drawn"),
        ("'x' * a", "str is not a number"),
        ("1j", "complex is not a number"),
        ("True", "bool is not a number"),
        ("f'{a}'", "cannot be drawn"),
        ("(a := 1)", "cannot be drawn"),
        ("await a", "cannot be drawn|await"),
        ("tanh", r"call it: tanh\(x\)"),
        ("tanh()", "tanh takes 1 argument, got 0"),
        ("tanh(a, b)", "tanh takes 1 argument, got 2"),
        ("tanh(x=a)", "without names or stars"),
        ("tanh(*[a])", "without names or stars"),
        ("tanh([a])", "takes numbers, not lists"),
        ("[a] * 3", "a list stands where a number"),
        ("[a, b]", "the result is a list"),
        ("dot([a], [b, c])", "two lists of equal length"),
        ("sum([a], b)", "takes one list"),
        ("mean()", "mean"),
        ("1" * 400, "too large for a float"),
        ("", "empty"),
        ("   ", "empty"),
        ("a\0b", "null bytes|cannot be read"),
        ("a; b", "invalid syntax"),
        ("import os", "invalid syntax"),
    ],
)
def test_everything_else_is_refused_with_the_place(text, words):
    with pytest.raises(ValueError, match=words):
        parse(text, VARIABLES)


@pytest.mark.parametrize(
    "text",
    ["-" * 1500 + "a", "(" * 900 + "a" + ")" * 900, "tanh(" * 300 + "a" + ")" * 300, "a" + "**a" * 600, "[" * 900],
)
def test_deep_nesting_is_refused_not_followed(text):
    with pytest.raises(ValueError, match=f"more than {DEEPEST}|nested|brackets|parenthes|never closed"):
        parse(text, VARIABLES)


def test_long_texts_are_refused():
    with pytest.raises(ValueError, match="at most 2,000 characters"):
        parse("a+" * LONGEST + "a", VARIABLES)
    with pytest.raises(TypeError, match="must be a str, got bytes"):
        parse(b"a", VARIABLES)  # type: ignore[arg-type]


@given(st.text(max_size=40) | st.text("ab+-*/()., 0123456789[]'\"\\{}:=<>!^%&|~@#$_\n", max_size=40))
def test_any_text_is_a_value_or_a_value_error(text):
    try:
        outcome = parse(text, VARIABLES)
    except ValueError as error:
        outcome = str(error)
    assert isinstance(outcome, Value) or outcome.startswith("expression: ")


def test_only_what_is_public_can_be_called():
    assert "detach" not in FUNCTIONS
    assert not any(name.startswith("_") for name in FUNCTIONS)


def test_drawing_fills_in_the_gradients(tmp_path):
    target = tmp_path / "graph.dot"
    assert draw_expression("a*b + c", VARIABLES, target) == target
    text = target.read_text(encoding="utf-8")
    assert 'label="a | data 2.0 | grad -3.0"' in text
    assert 'label="c | data 10.0 | grad 1.0"' in text


def test_a_wrong_expression_or_path_writes_nothing(tmp_path):
    with pytest.raises(ValueError, match="no number"):
        draw_expression("q", {}, tmp_path / "graph.svg")
    with pytest.raises(ValueError, match="suffix"):
        draw_expression("a", VARIABLES, tmp_path / "graph.bmp")
    assert list(tmp_path.iterdir()) == []


def test_an_expression_as_a_page_is_stepped_through(tmp_path):
    path = draw_expression("(w*x + b - 1)**2", {"w": 2.0, "x": 3.0, "b": 0.5}, tmp_path / "steps.html")
    text = path.read_text(encoding="utf-8")
    assert "<title>Backpropagation through (w*x + b - 1)**2</title>" in text
    assert '"name":"w"' in text


@pytest.mark.parametrize("name", ["a.HTML", "a.htm"])
def test_every_spelling_of_a_page_is_one(name, tmp_path):
    assert "<!doctype html>" in draw_expression("x + 1", {"x": 1.0}, tmp_path / name).read_text(encoding="utf-8")


def test_an_unknown_suffix_names_pages_too(tmp_path):
    with pytest.raises(ValueError, match=r"use one of .*\.pdf, \.html"):
        draw_expression("x + 1", {"x": 1.0}, tmp_path / "a.jpg")
    assert not list(tmp_path.iterdir())
