"""What notebooks show: text always, a picture where one can be had, never an exception."""

from __future__ import annotations

import pytest
from hostile import LABELS

import viz.drawing
from autograd import Value
from nn import MLP
from viz import draw, draw_network
from viz.notebook import mimebundle


def example():
    y = (Value(2.0, "a") * Value(-3.0, "b")).tanh()
    y.backward()
    return y


def test_a_value_shows_text_and_a_picture():
    bundle = mimebundle(example())
    assert bundle["text/plain"] == repr(example())
    assert bundle["image/svg+xml"].startswith("<svg")


def test_the_value_itself_asks_for_it():
    assert example()._repr_mimebundle_()["image/svg+xml"] == mimebundle(example())["image/svg+xml"]


def test_a_leaf_is_text_only():
    assert set(mimebundle(Value(3.0))) == {"text/plain"}


@pytest.mark.parametrize("label", LABELS)
def test_no_label_breaks_it(label):
    y = example()
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
    assert set(mimebundle(example())) == {"text/plain"}


def test_a_network_shows_its_picture():
    model = MLP(2, [3, 1], seed=0)
    assert mimebundle(model)["image/svg+xml"] == draw_network(model).svg()


@pytest.mark.parametrize("thing", [None, 7, "text", object()])
def test_anything_else_is_text(thing):
    assert mimebundle(thing) == {"text/plain": repr(thing)}


def test_something_whose_repr_fails_is_named():
    class Odd:
        def __repr__(self):
            raise RuntimeError

    assert mimebundle(Odd()) == {"text/plain": "<Odd>"}


def test_drawings_show_themselves(monkeypatch):
    assert set(draw(example())._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}
    assert set(draw_network(MLP(2, [1], seed=0))._repr_mimebundle_()) == {"text/plain", "image/svg+xml"}

    def broken(*_, **__):
        raise viz.RenderError("no engine")

    monkeypatch.setattr(viz.drawing, "graphviz_svg", broken)
    assert set(draw(example())._repr_mimebundle_()) == {"text/plain"}
    assert draw(example())._repr_svg_() is None
