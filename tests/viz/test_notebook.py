"""What notebooks show: text always, a picture where one can be had, never an exception."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hostile import LABELS
from hypothesis import example, given
from hypothesis import strategies as st

import viz.drawing
from autograd import Value
from nn import MLP
from nn.history import Epoch, History
from viz import draw, draw_network
from viz.learning.curve import _LEFT, _RIGHT, _WIDTH, loss_svg
from viz.notebook import mimebundle


def small():
    y = (Value(2.0, "a") * Value(-3.0, "b")).tanh()
    y.backward()
    return y


def test_a_value_shows_text_and_a_picture():
    bundle = mimebundle(small())
    assert bundle["text/plain"] == repr(small())
    assert bundle["image/svg+xml"].startswith("<svg")


def test_the_value_itself_asks_for_it():
    assert small()._repr_mimebundle_()["image/svg+xml"] == mimebundle(small())["image/svg+xml"]


def test_a_leaf_is_text_only():
    assert set(mimebundle(Value(3.0))) == {"text/plain"}


@pytest.mark.parametrize("label", LABELS)
def test_no_label_breaks_it(label):
    y = small()
    y.label = label
    assert set(mimebundle(y)) == {"text/plain", "image/svg+xml"}


def test_a_large_graph_is_text_only():
    y = Value(1.0)
    for _ in range(30_000):
        y = y.tanh()
    assert set(mimebundle(y)) == {"text/plain"}


def test_a_failing_engine_leaves_the_text(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no luck")

    monkeypatch.setattr(viz.drawing, "graphviz_svg", broken)
    assert set(mimebundle(small())) == {"text/plain"}


def test_a_network_shows_its_picture():
    model = MLP(2, [3, 1], seed=0)
    assert mimebundle(model)["image/svg+xml"] == draw_network(model).svg()


def run(train, val=()):
    """A history with the given losses."""
    vals = list(val) or [None] * len(train)
    records = [Epoch(k, a, b, {}, 0.1) for k, (a, b) in enumerate(zip(train, vals, strict=True), 1)]
    return History("mse", "sgd", records, best_epoch=1 if records else 0)


def test_a_model_and_a_run_ask_for_it_themselves():
    model, history = MLP(2, [3, 1], seed=0), run([1.0, 0.5], [1.2, 0.8])
    assert model._repr_mimebundle_() == mimebundle(model)
    assert history._repr_mimebundle_() == mimebundle(history)
    assert set(history._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}


def test_a_run_shows_both_losses_and_their_last_numbers():
    picture = loss_svg(run([3.0, 2.0, 1.25], [3.5, 2.5, 1.75]))
    words = " ".join("".join(ElementTree.fromstring(picture).itertext()).split())
    assert "training1.25" in words
    assert "validation1.75" in words
    assert "loss over 3 epochs, best 1" in words


@pytest.mark.parametrize("epochs", [2, 3, 50])
def test_a_run_goes_from_the_left_end_to_the_right_one(epochs):
    (path,) = re.findall(r'gg-curve0" d="([^"]*)"', loss_svg(run([1.0] * epochs)))
    places = [float(x) for x in re.findall(r"[ML]([\d.]+) ", path)]
    assert (places[0], places[-1]) == (_LEFT, _WIDTH - _RIGHT)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=12))
@example([1.7976931348623157e308, -1.7976931348623157e308])  # their difference is inf
@example([5e-324, 0.0])
def test_any_losses_give_a_picture_with_proper_coordinates(losses):
    picture = loss_svg(run(losses))
    for element in ElementTree.fromstring(picture).iter():
        for coordinates in (element.get("d", ""), element.get("x", ""), element.get("y", "")):
            assert not re.search("nan|inf", coordinates)


def test_a_run_without_epochs_is_text_only():
    assert set(mimebundle(run([]))) == {"text/plain"}


@pytest.mark.parametrize("thing", [None, 7, "text", object()])
def test_anything_else_is_text(thing):
    assert mimebundle(thing) == {"text/plain": repr(thing)}


def test_something_whose_repr_fails_is_named():
    class Odd:
        def __repr__(self):
            raise RuntimeError

    assert mimebundle(Odd()) == {"text/plain": "<Odd>"}


def test_drawings_show_themselves(monkeypatch):
    assert set(draw(small())._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}
    assert set(draw_network(MLP(2, [1], seed=0))._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}

    def broken(*_, **__):
        raise viz.RenderError("no engine")

    monkeypatch.setattr(viz.drawing, "graphviz_svg", broken)
    assert set(draw(small())._repr_mimebundle_()) == {"text/plain"}
    assert draw(small())._repr_svg_() is None
