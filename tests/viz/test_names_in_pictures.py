"""One name for a weight in every picture, neurons in the order of the program, parameters that are known as such."""

from __future__ import annotations

import re
import shutil
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lessons import Parsed

import viz
from autograd import Value, dot, no_grad
from nn import MLP, Layer, Module, Neuron
from viz.graphs.choosing import sketch
from viz.networks.names import code, spoken
from viz.svg import render as engines

SVG = "{http://www.w3.org/2000/svg}"


def prediction(nin=2, nouts=(4, 1), **options):
    y = MLP(nin, list(nouts), "tanh", seed=1, **options)([Value(0.5, f"x{k}") for k in range(nin)])
    return y[0] if isinstance(y, list) else y


def hints(picture: str) -> list[str]:
    return [title.text or "" for title in ElementTree.fromstring(picture).iter(f"{SVG}title")]


@pytest.fixture(params=["dot", "webassembly"])
def engine(request, monkeypatch):
    if request.param == "webassembly":
        monkeypatch.setattr(engines.shutil, "which", lambda _: None)
    elif not shutil.which("dot"):
        pytest.skip("no dot on PATH")


def test_a_weight_has_one_name_in_the_graph_the_network_and_the_page():
    model = MLP(2, [3, 1], "tanh", seed=1)
    weight = model.layers[0].neurons[2].w[1]
    y = model([Value(0.5, "a"), Value(1.0, "b")])
    name, place = "layer 0 · neuron 2 · w[1]", "model.layers[0].neurons[2].w[1]"
    assert eval(place, {"model": model}) is weight
    assert any(hint.startswith(f"{name}: data {weight.data!r}") and place in hint for hint in hints(viz.draw(y).svg()))
    assert f"{name} ({place}) = {weight.data!r}" in hints(viz.draw_network(model).svg())
    nodes = Parsed(viz.page(y).html).data()["nodes"]
    (found,) = [node for node in nodes if node.get("code") == place]
    assert (found["name"], found["scope"], found["data"]) == ("w[1]", "layer 0 · neuron 2", weight.data)


@pytest.mark.parametrize(
    ("scope", "name", "words", "place"),
    [
        ("mlp/layer 0/neuron 3", "b", "layer 0 · neuron 3 · b", "model.layers[0].neurons[3].b"),
        ("mlp/layer 12", "", "layer 12", "model.layers[12]"),
        ("encoder/mlp/layer 0/neuron 3", "w[0]", "encoder · mlp · layer 0 · neuron 3 · w[0]", ""),
        ("mine", "w[0]", "mine · w[0]", ""),
        ("", "w[0]", "w[0]", ""),
    ],
)
def test_names_are_read_off_the_scope(scope, name, words, place):
    assert (spoken(scope, name), code(scope, name)) == (words, place)


@pytest.mark.parametrize(
    "model",
    [Neuron(2, seed=1), Layer(2, 3, seed=1), Neuron(2, seed=1, bias=False), MLP(2, [2, 1], seed=1)],
    ids=["neuron", "layer", "no bias", "mlp"],
)
@pytest.mark.parametrize("labels", [("x", "y"), ("", "")], ids=["named", "unnamed"])
def test_parameters_are_parameters_in_every_part_of_a_network(model, labels):
    out = model([Value(1.0, labels[0]), Value(2.0, labels[1])])
    y = sum(out) if isinstance(out, list) else out
    shown = sketch(y, level="operations")
    kinds = {id(box.node): box.kind for box in shown.boxes if box.node is not None}
    assert all(kinds[id(p)] == "parameter" for p in model.parameters())
    assert sum(kind == "parameter" for kind in kinds.values()) == len(model.parameters())


def test_a_dot_of_somebodys_own_named_numbers_has_no_parameters():
    shown = sketch(dot([Value(1.0, "a"), Value(2.0, "b")], [Value(3.0, "c"), Value(4.0, "d")]))
    assert {box.kind for box in shown.boxes} == {"input", "circle", "result"}


def middles(picture: str) -> dict[str, float]:
    """Where each box stands, from top to bottom, by its hint."""
    found = {}
    for group in ElementTree.fromstring(picture).iter(f"{SVG}g"):
        if (group.get("class") or "").startswith("gg-node"):
            title, text = group.find(f"{SVG}title"), next(group.iter(f"{SVG}text"), None)
            if title is not None and text is not None:
                found[title.text or ""] = float(text.get("y", 0))
    return found


@pytest.mark.parametrize("level", ["raw", "operations", "neurons"])
@pytest.mark.parametrize("shape", [(2, (4, 1)), (3, (3, 2)), (2, (3, 3, 1)), (2, (12, 1))], ids=str)
def test_neurons_and_weights_stand_in_the_order_of_the_program(engine, level, shape):
    places = middles(viz.draw(prediction(*shape), level=level).svg())
    for pattern in (r"layer \d+ · neuron (\d+) · w\[0\]", r"mlp/layer 0/neuron (\d+):"):
        for layer in range(len(shape[1])):
            column = {
                int(found[1]): y
                for hint, y in places.items()
                if (found := re.match(pattern.replace(r"\d+", str(layer), 1), hint))
            }
            heights = [column[k] for k in sorted(column)]
            assert heights == sorted(heights)
    for neuron in range(shape[1][0]):
        inside = [y for hint, y in places.items() if hint.startswith(f"layer 0 · neuron {neuron} · w[")]
        names = [hint for hint in places if hint.startswith(f"layer 0 · neuron {neuron} · w[")]
        assert [y for _, y in sorted(zip(names, inside, strict=True))] == sorted(inside)


def test_inputs_stand_in_their_order(engine):
    places = middles(viz.draw(prediction(4, (3, 1))).svg())
    heights = [y for hint, y in sorted(places.items()) if hint.startswith("x")]
    assert heights == sorted(heights)


def test_no_box_covers_another_one_after_the_order_was_made(engine):
    root = ElementTree.fromstring(viz.draw(prediction(2, (6, 1)), level="raw").svg())
    boxes = []
    for group in root.iter(f"{SVG}g"):
        if (group.get("class") or "").startswith("gg-node") and (shape := group.find(f"{SVG}rect")) is not None:
            x, y, w, h = (float(shape.get(name, 0)) for name in ("x", "y", "width", "height"))
            boxes.append((x, y, x + w, y + h))
    overlapping = [
        (a, b) for i, a in enumerate(boxes) for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]  # fmt: skip
    assert overlapping == []


@pytest.mark.parametrize("nouts", [[64, 64, 1], [64, 32, 10], [25, 1], [16, 16, 1], [300, 300, 1]], ids=str)
def test_the_graph_of_a_wide_network_fits_a_screen(nouts, engine):
    drawing = viz.draw(prediction(2, nouts))
    height = float(re.search(r'height="([\d.]+)pt"', drawing.svg())[1])
    assert height < 800
    assert len(drawing.sketch.links) <= 160
    assert drawing.sketch.level == "layers"


def test_every_picture_brings_its_own_ground():
    model = MLP(2, [2, 1], seed=1)
    for picture in (viz.draw(prediction()).svg(), viz.draw_network(model).svg()):
        first = next(element for element in ElementTree.fromstring(picture) if element.tag != f"{SVG}style")
        assert first.get("class") == "gg-paper"
        assert ".gg-paper{fill:#12161b}" in picture


class Chain(Module):
    def __init__(self):
        self.hidden, self.out = Layer(2, 3, seed=1), Neuron(3, activation="linear", seed=2)

    def __call__(self, x):
        return self.out(self.hidden(x))


class Skip(Chain):
    def __call__(self, x):
        return super().__call__(x) + x[0]


class Apart(Module):
    def __init__(self):
        self.one, self.other = Layer(2, 3, seed=1), Layer(2, 1, seed=2)


def test_a_module_of_layers_is_drawn_with_its_own_names():
    model = Chain()
    drawn = hints(viz.draw_network(model, [1.0, 2.0]).svg())
    weight = model.hidden.neurons[1].w[0]
    assert f"hidden · neuron 1 · w[0] (model.hidden.neurons[1].w[0]) = {weight.data!r}" in drawn
    assert f"out · w[2] (model.out.w[2]) = {model.out.w[2].data!r}" in drawn
    with no_grad():
        assert any(f"activation {model([1.0, 2.0]).data!r}" in hint for hint in drawn)


def test_what_a_picture_of_layers_would_not_show_is_refused():
    viz.draw_network(Skip())
    with pytest.raises(ValueError, match=r"a Skip does more with x .* leave x out"):
        viz.draw_network(Skip(), [1.0, 2.0])
    with pytest.raises(TypeError, match=r"model.other takes 2 numbers and model.one before it gives 3"):
        viz.draw_network(Apart())


def test_a_probability_stands_beside_the_logit():
    one = viz.draw_network(MLP(2, [2, 1], seed=1), [1.0, 2.0], classes=["no", "yes"]).svg()
    y = MLP(2, [2, 1], seed=1)([1.0, 2.0])
    assert f"p(yes) = {y.sigmoid().data:.3g}" in one
    three = viz.draw_network(MLP(2, [3], seed=1), [1.0, 2.0], classes=["a", "b", "c"]).svg()
    shares = re.findall(r"p\((\w)\) = ([\d.e-]+)", three)
    assert [name for name, _ in shares] == ["a", "b", "c"]
    assert sum(float(share) for _, share in shares) == pytest.approx(1.0, abs=0.01)
    assert "p(" not in viz.draw_network(MLP(2, [2, 1], seed=1), classes=["no", "yes"]).svg()
    with pytest.raises(ValueError, match="classes must name 2 classes, got"):
        viz.draw_network(MLP(2, [2, 1], seed=1), [1.0, 2.0], classes=["a"])


@given(st.integers(1, 4), st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_numbers_on_lines_never_cover_each_other(nin, hidden, out, seed):
    text = viz.draw_network(MLP(nin, [hidden, out], seed=seed)).svg()
    places = [(float(x), float(y)) for x, y in re.findall(r'class="gg-weight" x="([\d.]+)" y="([\d.]+)"', text)]
    for i, (x, y) in enumerate(places):
        assert all(abs(x - a) > 45 or abs(y - b) > 10 for a, b in places[:i])
    assert len(places) in {0, nin * hidden, hidden * out, nin * hidden + hidden * out}
