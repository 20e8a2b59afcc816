"""What pictures and pages of models refuse, word by word, and what they take at the very edge, as kept."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from kept import answers, same_as_kept
from lessons import Parsed, lesson

import viz
from autograd import Value
from nn import MLP, Layer, LayerNorm, Module, Neuron
from nn.tables.schema import plain_schema
from nn.tables.targets import ClassTarget
from viz.graphs.choosing import sketch
from viz.graphs.expression import draw_expression, parse
from viz.pages import playground as pages

KEPT = Path(__file__).with_name("kept")
ROWS, CLASSES, NUMBERS = [[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]], [0, 1, 1], [0.5, 1.5, 2.5]


class Odd(MLP):
    """A network with a layer that is none of nn's own."""

    def __init__(self):
        super().__init__(2, [2, 1], seed=1)
        self.layers[0] = LayerNorm(2)


class Wired(Module):
    def __init__(self):
        self.first, self.second = Neuron(2, seed=1), Layer(3, 2, seed=1)


def of(nin=2, nouts=(3, 1), activation="tanh", **options):
    return MLP(nin, list(nouts), activation, **({"seed": 1} | options))


def page_of(*given, **options):
    """What a playground shows, in short."""
    data = Parsed(viz.playground(*given, **options).html).data()
    rows = data["data"] and {name: x for name, x in data["data"].items() if name not in ("X", "packed")}
    return {name: data[name] for name in ("network", "loss", "settings", "set", "dropout")} | {"data": rows}


def called(function, **options):
    """The function with these options, under a name that says them."""

    def call(*given):
        return function(*given, **options)

    call.__qualname__ = f"{function.__name__}({', '.join(f'{name}={x!r}' for name, x in options.items())})"[:150]
    call.__module__ = ""
    return call


PLAYGROUNDS = [
    (), (of(),), (of(3),), (of(1),), (of(2, (3,)),), (of(2, (2,)),), (Layer(2, 1),), (Odd(),), (of(bias=False),),
    (of(2, (101, 101, 101)),), (of(activation=["tanh", "exp"]),), (None, ROWS), (None, None, CLASSES), (None, ROWS,
        CLASSES),
    (None, ROWS, [-1, 1, 1]), (None, ROWS, NUMBERS), (None, ROWS, [0, 1, 25]), (None, ROWS, [0, 1, 19]), (None, ROWS,
        [0, 1, 20]),
    (None, ROWS[:1], [1]), (None, [[0.0] * 101] * 2, [0, 1]), (None, [[0.0] * 100] * 2, [0, 1]), (None,
        [[0.0]] * 2001, [0] * 2001),
    (of(), ROWS, CLASSES), (of(3), ROWS, CLASSES), (of(2, (3, 2)), ROWS, CLASSES), (of(2, (3, 3)), ROWS, CLASSES),
        (of(), ROWS, [0, 1, 2]),
    (of(2, (2,)), ROWS, [[0.0, 1.0]] * 3), (of(2, (1,)), ROWS, [[0.0, 1.0]] * 3), (of(dropout=0.25), ROWS, NUMBERS),
]  # fmt: skip
OPTIONS = [
    {"dataset": "moons"}, {"dataset": "mons"}, {"loss": "mse"}, {"loss": "hinge"}, {"loss": "cross_entropy"},
        {"optimizer": "adam"},
    {"optimizer": "lion"}, {"lr": 0.0}, {"lr": 0.5}, {"lr": "x"}, {"batch_size": 0}, {"batch_size": -1},
        {"batch_size": 1.5},
    {"held_out": 1}, {"picture": (1, 2)},
]  # fmt: skip
WITH_ROWS = [
    {"held_out": 1}, {"held_out": 2}, {"held_out": -1}, {"held_out": 0.5}, {"picture": (1, 2)}, {"picture": (2, 2)},
        {"picture": (2,)},
    {"loss": "mse"}, {"loss": "hinge"}, {"classes": ["no", "yes"], "names": ["a", "b"], "title": "Rows"},
        {"dataset": "moons"},
]  # fmt: skip
DRAWN = [
    (of(),), (of(), [1.0, 2.0]), (of(), [1.0]), (of(), [1.0, "x"]), (of(), [1.0, 10**400]), (of(), [1.0, None]),
        (Neuron(2, seed=1),), (Wired(),),
    (Layer(2, 3, seed=1), [1.0, 2.0]), (3,), (LayerNorm(2),), (of(2, [1] * 60),), (of(2, (2, 3)), [0.0, 0.0]),
]  # fmt: skip
EXPRESSIONS = [
    ("a*b", {"a": 1, "b": 2}), ("a", {}), ("a.b", {"a": 1}), ("foo(a)", {"a": 1}), ("tanh(a, 2)",
        {"a": 1}), ("tanh()", {}),
    ("-a**2", {"a": 3}), ("2*3", {}), ("1/0", {}), ("a if b else c", {}), ("[a]", {"a": 1}), ("'x'", {}), ("a == b",
        {"a": 1, "b": 1}),
    ("maximum(a, 1)", {"a": 0.5}), ("leaky_relu(a)", {"a": -2}), ("log(a, b)", {"a": 1, "b": 2}), ("a % 2 // 1",
        {"a": 5.5}), ("abs(a)", {"a": -1}),
    ("sum(a)", {"a": 1}), ("a.tanh()", {"a": 0.5}), ("a.tanh", {"a": 1}), ("(" * 300 + "a" + ")" * 300, {"a": 1}),
        ("a\x00", {"a": 1}), ("", {}),
    ("(a +\n b.c)", {"a": 1, "b": 1}), ("(b.c\n.d)", {"b": 1}), ("a.b" + " " * 200, {"a": 1}), ("a.b + '\u202e'",
        {"a": 1}), ("foo(a) * bar(a)", {"a": 1}),
    ("lambda: a", {"a": 1}), ("a[0]", {"a": 1}), ("__import__('os')", {}), ("a @ b", {"a": 1, "b": 1}), ("a < b",
        {"a": 1, "b": 1}), ("not a", {"a": 1}),
    ("1e400", {}), ("1j", {}), ("True", {}), ("tanh(x=a)", {"a": 1}), ("tanh(*a)", {"a": 1}), ("clip(a, 0, 1)",
        {"a": 3}), ("pow(a, 2)", {"a": 3}),
    ("pi*a", {"a": 1}), ("e", {}), ("tahn(a)", {"a": 1}), ("a.foo()", {"a": 1}), ("+a", {"a": 1}), ("~a", {"a": 1}),
        ("where(a, 1, 2)", {"a": 1}),
]  # fmt: skip


def value_of(text, variables):
    found = parse(text, variables)
    return f"{found.op or 'a leaf'} {found.data!r} of {len(found.inputs)}"


def level_of(widths, nin=2):
    shown = sketch(_sum(MLP(nin, widths, "tanh", seed=1)([0.5] * nin)))
    return f"{shown.level}, {len(shown.boxes)} boxes, {len(shown.links)} arrows, {shown.note}"


def running_sum(count):
    total = Value(0.0, "total")
    for k in range(count):
        total = total + Value(float(k), f"x{k}")
    return total


def tree(depth):
    return Value(1.0) if not depth else tree(depth - 1) * tree(depth - 1) + 1.0


def folded(make, *given, **options):
    """The boxes of a picture, in short."""
    shown = sketch(make(*given), **options)
    boxes = [f"{box.kind} {box.name} {box.fields}" for box in shown.boxes[:6]]
    return f"{shown.level}, {len(shown.boxes)} boxes, {len(shown.links)} arrows, {shown.note}: {boxes}"


def _sum(y):
    return sum(y, Value(0.0)) if isinstance(y, list) else y


CALLS = {
    page_of: PLAYGROUNDS,
    **{called(page_of, **options): [(None,)] for options in OPTIONS},
    **{called(page_of, **options): [(None, ROWS, CLASSES)] for options in WITH_ROWS},
    called(viz.draw_network): DRAWN,
    called(viz.draw_network, classes=["a", "b"]): [(of(),), (of(), [1.0, 2.0]), (of(2, (3, 3)), [1.0, 2.0])],
    called(viz.draw_network, classes="ab"): [(of(), [1.0, 2.0])],
    called(viz.draw_network, inputs=["a"]): [(of(),)],
    value_of: EXPRESSIONS,
    level_of: [
        ([12, 1],), ([13, 1],), ([12, 13, 1],), ([24, 1],), ([25, 1],), ([12, 12, 1], 12), ([13, 12, 1], 13),
        ([5],),
    ],
    called(folded, level="repeats"): [
        (running_sum, 5), (running_sum, 400), (tree, 4), (lambda: MLP(2, [3, 3, 1], "tanh", seed=1)([1.0, 2.0]),),
        (lambda: sum(Value(1.0, f"x{k}") * Value(2.0, f"w{k}") for k in range(9)),), (lambda: Value(1.0),),
    ],
    called(folded, level="repeats", max_nodes=3): [(tree, 4)],
    called(folded, level="neurons"): [
        (running_sum, 14), (running_sum, 11), (lambda: _sum(of(3, (4, 2))([1.0, 2.0, 3.0])),),
    ],
    called(folded, level="layers"): [(lambda: _sum(of(3, (4, 2))([1.0, 2.0, 3.0])),), (running_sum, 14)],
    folded: [(running_sum, 140), (running_sum, 160), (tree, 7)],
    called(folded, around="x3", hops=1): [(running_sum, 9)],
    called(folded, around="x3"): [(running_sum, 400)],
    called(folded, around="total", hops=300): [(running_sum, 400)],
    called(folded, around="total", hops=300, level="raw"): [(running_sum, 400)],
    called(folded, hops=2): [(running_sum, 9)],
    called(viz.page): [(1.0,)],
    called(viz.page, max_nodes=0): [(lesson(),)],
    called(viz.page, max_nodes=2): [(lesson(),)],
    called(sketch, level="raw", max_nodes=3): [(lesson(),)],
    called(sketch, max_nodes=0): [(lesson(),)],
    called(sketch, max_nodes=True): [(lesson(),)],
    called(sketch, hops=-1): [(lesson(),)],
    called(sketch, around="nothing"): [(lesson(),)],
    called(sketch, around="a", level="layers"): [(lesson(),)],
    called(sketch, around=Value(1.0)): [(lesson(),)],
    called(viz.to_dot, edges="x"): [(lesson(),)],
    called(viz.to_dot, direction="UP"): [(lesson(),)],
    pages._is_byte: [(x,) for x in (0.0, 255.0, 256.0, -1.0, 0.5, 1.0 + 1e-10, 1.0 + 1e-8)],
}  # fmt: skip


def test_what_is_taken_and_what_is_refused_is_the_kept():
    same_as_kept(answers(CALLS), KEPT / "refusals.txt")


def test_a_page_of_layers_teaches_nothing_and_says_what_layers_hold():
    data = Parsed(viz.page(MLP(6, [8, 8, 1], "relu", seed=1)([1.0] * 6), max_nodes=30).html).data()
    same_as_kept(json.dumps(data, indent=1, ensure_ascii=False), KEPT / "page_of_layers.json")


def test_a_function_with_a_long_name_is_an_activation_cut():
    def an_activation_with_a_long_name(x):
        return x * 2.0

    text = viz.draw_network(Neuron(1, activation=an_activation_with_a_long_name, seed=1)).svg()
    assert "1 an_activation\N{HORIZONTAL ELLIPSIS}" in text


def test_a_playground_has_the_classes_and_the_names_of_a_schema_where_nothing_else_is_said():
    schema = plain_schema(("width", "height"), ClassTarget("kind", ("no", "yes")), 0.0, 1.0)
    for given, wanted in ({}, ["no", "yes"]), ({"classes": ["a", "b"]}, ["a", "b"]):
        data = Parsed(viz.playground(None, ROWS, CLASSES, schema=schema, **given).html).data()["data"]
        assert (data["classNames"], data["names"]) == (wanted, ["width", "height"])


def test_rows_of_bytes_are_packed_by_the_largest_unit_that_fits():
    found = []
    for rows in ([[0.0, 1.0]], [[0.0, 0.5]], [[0.0, 1 / 255]], [[0.0, 0.3]], [[-1.0, 1.0]], [[0.0, 255.0]]):
        data = {"X": [*rows, [0.0, 0.0]], "classes": 2}
        pages._add_view(data, (1, 2), 0, "")
        found.append(data.get("unit"))
    assert found == [1, 16, 255, None, None, 1]


def test_an_expression_is_the_title_and_the_label_of_its_page(tmp_path):
    path = draw_expression("a*b + 1", {"a": 2.0, "b": 3.0}, tmp_path / "a.html")
    page = Parsed(path.read_text(encoding="utf-8"))
    assert [node["name"] for node in page.data()["nodes"]][-1] == "a*b + 1"
    assert "<title>Backpropagation through a*b + 1</title>" in path.read_text(encoding="utf-8")


def test_points_that_are_whole_numbers_are_asked_about_as_floats():
    from viz.learning.responses import Probe

    class Asked(Module):
        def __call__(self, row):
            assert all(type(x) is float for x in row)
            return Value(row[0])

    asked = Probe(Asked())
    assert asked.outputs(np.array([[1, 2]]), asked.current()).tolist() == [[1.0]]


def test_a_figure_of_fixed_margins_has_no_layout_of_its_own():
    pytest.importorskip("matplotlib")
    from viz.learning.figures import new_figure

    assert new_figure((2.0, 2.0), layout=None).get_layout_engine() is None
    assert new_figure((2.0, 2.0)).get_layout_engine() is not None
