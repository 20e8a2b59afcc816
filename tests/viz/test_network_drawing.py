"""Networks as circles: every neuron and weight is there, wide layers say what is missing, hostile numbers stay out."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hostile import LABELS
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value, topological_order
from nn import MLP, Layer, Neuron
from viz import RenderError, draw_network, render
from viz.networks.circles import MOST_IN_COLUMN

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing):
    return ElementTree.fromstring(drawing.svg())


def cells(drawing):
    return [g for g in parsed(drawing).iter(f"{SVG}g") if g.get("class") == "gg-cell"]


def lines(drawing):
    return [p for p in parsed(drawing).iter(f"{SVG}path") if p.find(f"{SVG}title") is not None]


def titles(drawing):
    return [t.text or "" for t in parsed(drawing).iter(f"{SVG}title")]


@given(st.integers(1, 6), st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_every_neuron_is_a_circle_and_every_weight_a_line(nin, nouts):
    drawing = draw_network(MLP(nin, nouts, seed=1))
    sizes = [nin, *nouts]
    assert len(cells(drawing)) == sum(sizes)
    assert len(lines(drawing)) == sum(n * m for n, m in pairwise(sizes))


def test_a_wide_layer_says_how_many_are_missing():
    drawing = draw_network(MLP(64, [20, 1], seed=1))
    assert len(cells(drawing)) == 2 * (MOST_IN_COLUMN - 1) + 1
    assert "… 49 more" in drawing.svg()
    assert "… 5 more" in drawing.svg()


def test_wider_lines_are_larger_weights_and_colors_their_signs():
    neuron = Neuron(3, seed=0)
    for w, x in zip(neuron.w, (2.0, -1.0, 0.5), strict=True):
        w.data = x
    drawn = lines(draw_network(neuron))
    widths = [float(line.get("stroke-width", 0)) for line in drawn]
    assert widths[0] > widths[1] > widths[2]
    assert [line.get("class") for line in drawn] == ["gg-positive", "gg-negative", "gg-positive"]


def test_an_input_flows_through():
    model = MLP(2, [2, 1], seed=3)
    y = model([0.5, -0.25])
    told = " ".join(titles(draw_network(model, [0.5, -0.25])))
    assert f"activation {y.data!r}" in told
    assert "x1, activation 0.5" in told


def test_lines_that_carry_nothing_fade():
    neuron = Neuron(2, seed=0)
    for w in neuron.w:
        w.data = 1.0
    strengths = [float(line.get("stroke-opacity", 0)) for line in lines(draw_network(neuron, [0.0, 1.0]))]
    assert strengths[0] < 0.1 < 0.8 < strengths[1]


def test_running_an_input_records_nothing_and_changes_nothing():
    model = MLP(2, [2, 1], seed=3)
    before = [(p.data, p.grad) for p in model.parameters()]
    x = [Value(0.5), Value(1.0)]
    draw_network(model, x)
    assert [(p.data, p.grad) for p in model.parameters()] == before
    assert x[0].grad == 0.0
    assert len(topological_order(x[0])) == 1


def test_biases_are_on_the_neurons():
    neuron = Neuron(1, seed=0)
    assert isinstance(neuron.b, Value)
    neuron.b.data = 0.75
    assert any("bias 0.75" in title for title in titles(draw_network(neuron)))
    assert "0.75" in [t.text for t in parsed(draw_network(neuron)).iter(f"{SVG}text")]


def test_a_network_without_biases_can_be_drawn():
    assert len(cells(draw_network(MLP(2, [2, 1], bias=False, seed=0), [1.0, 2.0]))) == 5


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf"), 1e308, 5e-324, 0.0])
def test_odd_numbers_never_become_coordinates(bad):
    model = MLP(2, [2, 1], seed=0)
    model.parameters()[0].data = bad
    model.parameters()[2].data = bad
    text = draw_network(model, [bad, 1.0]).svg()
    for name, content in re.findall(r' (d|x|y|cx|cy|r|width|height|stroke-width|[a-z]+-opacity)="([^"]*)"', text):
        assert not re.search("nan|inf", content), name
    ElementTree.fromstring(text)


@pytest.mark.parametrize("label", LABELS)
def test_any_input_name_is_harmless(label):
    text = draw_network(Neuron(1, seed=0), [1.0], inputs=[label]).svg()
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(text).iter()}
    assert tags <= {"svg", "style", "rect", "path", "title", "g", "circle", "text", "tspan"}


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: draw_network(7), TypeError, "a Module made of them, got int"),
        (lambda: draw_network(MLP(2, [1], seed=0), [1.0]), ValueError, "x must hold 2 numbers, got 1"),
        (lambda: draw_network(MLP(2, [1], seed=0), inputs=["a"]), ValueError, "must name 2 inputs, got 1"),
        (lambda: draw_network(MLP(1, [1] * 61, seed=0)), ValueError, "61 layers"),
    ],
)
def test_what_cannot_be_drawn_is_named(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_layers_and_neurons_can_be_drawn_too():
    assert len(cells(draw_network(Layer(3, 2, seed=0)))) == 5
    assert len(cells(draw_network(Neuron(3, seed=0)))) == 4


def test_render_writes_networks(tmp_path):
    model = MLP(2, [1], seed=0)
    assert render(model, tmp_path / "net.svg").read_text(encoding="utf-8") == draw_network(model).svg()
    assert draw_network(model).render(tmp_path / "b.svg").exists()
    with pytest.raises(RenderError, match="SVG only"):
        render(model, tmp_path / "net.png")
