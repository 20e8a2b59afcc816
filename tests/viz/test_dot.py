"""to_dot: the same graph gives the same text, and everything that must be on a picture is in it."""

from __future__ import annotations

import re

import pytest
from hostile import labels
from hypothesis import given

from autograd import Value, dot, scope
from autograd import sum as total
from nn import MLP
from viz import draw, to_dot
from viz.graphs.choosing import sketch
from viz.svg.style import KINDS, number


def example():
    a, b, c = Value(2.0, "a"), Value(-3.0, "b"), Value(10.0, "c")
    y = (a * b + c).tanh()
    y.label = "y"
    y.backward()
    return y


def statements(dot_text):
    """Each node's and arrow's attributes by its name."""
    found = {}
    for line in dot_text.splitlines():
        match = re.match(r"\s*(\w+(?: -> \w+)?) \[(.*)\];$", line)
        if match:
            found.setdefault(match[1], []).append(match[2])
    return found


def test_the_same_graph_gives_the_same_text():
    assert to_dot(example()) == to_dot(example())


def test_drawing_changes_no_number():
    y = example()
    before = [(v.data, v.grad) for v in (y, *y.inputs)]
    to_dot(y, unfold=True, edges="flow")
    assert [(v.data, v.grad) for v in (y, *y.inputs)] == before


def test_every_box_shows_label_data_and_grad():
    text = to_dot(example())
    for label in ("a", "b", "c", "y"):
        assert re.search(rf'label="{label} \| data [^|]+ \| grad ', text)


def test_raw_has_a_circle_for_each_operation_and_operations_has_none():
    raw, folded = to_dot(example(), level="raw"), to_dot(example(), level="operations")
    assert raw.count('class="circle"') == 3
    assert folded.count('class="circle"') == 0
    assert 'label="* | data -6.0' in folded


def test_an_operand_used_twice_has_two_arrows():
    x = Value(3.0, "x")
    assert len(statements(to_dot(x * x, level="operations"))["n0 -> n1"]) == 2


def test_constants_are_boxes_of_their_own():
    x = Value(3.0, "x")
    text = to_dot((2.0 - x) ** 3)
    assert len(re.findall(r'class="constant".*label="(2\.0|3\.0)"', text)) == 2


def test_plain_inputs_of_dot_are_shared_between_neurons():
    w = [Value(0.1 * k, f"w{k}") for k in range(4)]
    row = [0.5, -0.25]
    y = dot(w[:2], row) + dot(w[2:], row)
    assert to_dot(y).count('class="constant"') == 2


def test_kinds_differ_by_shape_and_by_color():
    shapes = {(look.shape, look.style) for look in KINDS.values()}
    assert len({look.corner for look in KINDS.values()}) == len(KINDS)
    assert len({KINDS[kind].light.stroke for kind in ("input", "parameter", "group", "result")}) == 4
    assert len(shapes) >= 6
    assert KINDS["input"].shape != KINDS["parameter"].shape


def test_the_value_that_is_drawn_is_the_result():
    text = statements(to_dot(example()))
    assert [name for name, (a, *_) in text.items() if 'class="result"' in a] == ["n5"]


def test_leaves_of_a_model_are_parameters_and_the_others_inputs():
    x = Value(1.0, "x")
    with scope("layer 0"), scope("neuron 0"):
        w = Value(2.0, "w")
        y = dot([w], [x])
    text = statements(to_dot(y))
    assert 'class="input"' in text["n1"][0] or 'class="input"' in text["n0"][0]
    assert sum('class="parameter"' in a[0] for a in text.values()) == 1


def test_weights_and_biases_without_labels_are_named_after_their_part():
    with scope("neuron 0"):
        y = dot([Value(2.0), Value(3.0)], [Value(1.0, "x1"), Value(1.0, "x2")], start=Value(0.5))
    boxes = {box.name: box.kind for box in sketch(y).boxes if box.kind in ("parameter", "input")}
    assert boxes == {"b": "parameter", "w[0]": "parameter", "w[1]": "parameter", "x1": "input", "x2": "input"}


def test_a_penalty_on_weights_leaves_them_parameters():
    w = Value(2.0)
    with scope("neuron 0"):
        y = dot([w], [Value(1.0, "x")])
    kinds = {box.name: box.kind for box in sketch(y + w * w).boxes}
    assert kinds["w[0]"] == "parameter"
    assert kinds["x"] == "input"


def test_what_is_weighted_anywhere_is_an_input():
    x = Value(1.0, "x")
    with scope("neuron 0"):
        y = dot([Value(2.0, "w")], [x]) + dot([x], [Value(3.0, "v")])
    kinds = {box.name: box.kind for box in sketch(y).boxes if box.name}
    assert kinds == {"w": "parameter", "x": "input", "v": "input"}


@pytest.mark.parametrize("level", ["operations", "neurons"])
def test_what_flows_into_a_leaf_adds_up_to_its_gradient(level):
    x = Value(3.0, "x")
    with scope("square"):
        y = x * x * 2
    y = y + x
    y.backward()
    shown = sketch(y, level=level)
    leaf = next(box.id for box in shown.boxes if box.name == "x")
    assert sum(link.flow or 0.0 for link in shown.links if link.source == leaf) == x.grad == 13.0


def test_neurons_stand_in_their_own_order():
    x = Value(1.0, "x")
    outs = []
    for k in range(4):
        with scope("layer 0"), scope(f"neuron {k}"):
            outs.append(dot([Value(1.0)], [x]).tanh())
    text = to_dot(outs[0] + outs[1] + outs[2] + outs[3], level="neurons")
    shown = {box.id: box.name for box in sketch(outs[0] + outs[1] + outs[2] + outs[3], level="neurons").boxes}
    row = re.search(r"rank=same; (.*) \[style=invis\]", text)
    assert row is not None
    assert [shown[name] for name in row[1].split(" -> ")] == [f"neuron {k}" for k in (3, 2, 1, 0)]


def test_parameters_can_be_named_by_the_caller():
    a, b = Value(1.0, "a"), Value(2.0, "b")
    text = to_dot(a * b, parameters=[b])
    assert re.search(r'class="input".*label="a ', text)
    assert re.search(r'class="parameter".*label="b\\n', text)
    text = to_dot(a * b, inputs=[b])
    assert re.search(r'class="parameter".*label="a\\n', text)
    assert re.search(r'class="input".*label="b ', text)


def test_edges_can_show_local_derivatives():
    a, b = Value(2.0, "a"), Value(-3.0, "b")
    text = statements(to_dot(a * b, level="operations", edges="partials"))
    assert 'label=" -3.0 "' in text["n0 -> n2"][0]
    assert 'label=" 2.0 "' in text["n1 -> n2"][0]


def test_edges_can_be_as_wide_as_the_gradient_that_flows():
    a, b = Value(1.0, "a"), Value(1.0, "b")
    y = 4 * a - b
    y.backward()
    text = to_dot(y, level="operations", edges="flow")
    widths = {m[1]: float(m[2]) for m in re.finditer(r"(n\d+ -> n\d+) .*penwidth=([\d.]+)", text)}
    assert max(widths, key=lambda edge: widths[edge]) == "n0 -> n1"  # 4 flows to a, -1 to b
    assert 'class="negative"' in text
    assert 'class="positive"' in text


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf")])
def test_nan_and_inf_are_written_and_widen_nothing(bad):
    x = Value(bad, "x")
    y = x * 2 + 1
    y.backward()
    y.inputs[0].grad = bad
    text = to_dot(y, edges="flow")
    assert f"data {bad}" in text
    assert not re.search(r"penwidth=(nan|inf)", text)


@given(labels)
def test_a_label_adds_no_statement(label):
    plain, hostile = Value(1.0, "x"), Value(1.0, label)
    assert to_dot(hostile * 2).count("\n") == to_dot(plain * 2).count("\n")


def test_unknown_options_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="partials"):
        to_dot(example(), edges="all")
    with pytest.raises(ValueError, match="LR"):
        to_dot(example(), direction="up")
    with pytest.raises(ValueError, match="raw, operations, neurons, layers, repeats"):
        to_dot(example(), level="atoms")
    with pytest.raises(TypeError, match="Value"):
        to_dot(3.0)  # type: ignore[arg-type]


def test_a_leaf_alone_can_be_drawn():
    assert "data 2.0" in to_dot(Value(2.0))


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (2.0, "2.0"),
        (-0.5, "-0.5"),
        (1 / 3, "0.3333"),
        (-0.99999977, "-1.000"),
        (1e-7, "1e-07"),
        (123456789.0, "1.235e+08"),
    ],
)
def test_numbers_are_exact_where_short_and_rounded_otherwise(x, text):
    assert number(x) == text


def test_unfolding_a_dot_shows_its_multiplications_and_additions():
    w, x = [Value(2.0, "w0"), Value(3.0, "w1")], [Value(5.0, "x0"), Value(7.0, "x1")]
    y = dot(w, x, start=Value(1.0, "b"))
    y.label = "y"
    y.backward()
    text = to_dot(y, level="operations", unfold=True)
    found = re.findall(r'label="([*+](?: \| y)?) \| data ([\d.]+) \| grad ([\d.]+)"', text)
    assert found == [("*", "10.0", "1.0"), ("+", "11.0", "1.0"), ("*", "21.0", "1.0"), ("+ | y", "32.0", "1.0")]


def test_unfolding_is_part_of_the_drawing_only():
    x = [Value(1.0), Value(2.0)]
    y = total(x)
    draw(y, unfold=True)
    assert y.op == "sum"
    assert len(y.inputs) == 2


def test_columns_stand_farther_apart_where_fans_of_arrows_part_between_them():
    def gap(widths):
        text = to_dot(MLP(4, widths, "tanh", seed=1)([Value(0.1 * k) for k in range(4)]))
        return float(re.search(r"ranksep=(\S+?)\]", text)[1])

    assert 0.4 <= gap([3, 1]) < gap([20, 20, 1]) <= 2.0
    assert "ranksep=0.4]" in to_dot(example(), level="operations")
