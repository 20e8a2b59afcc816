"""The page of a network of many layers shows all of them."""

from __future__ import annotations

import pytest

import viz
from nn import MLP
from nn.training import fit

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser


def test_ten_layers_are_seen_at_once(opened, tmp_path):
    X, y = [[0.0, 1.0], [1.0, 0.0]], [0, 1]
    model = MLP(2, [4] * 9 + [1], "tanh", seed=1)
    page = opened(viz.training_page(model, fit(model, X, y, epochs=1, progress=False), X, y, tmp_path / "t.html").path)
    columns = "document.querySelector('.columns')"
    assert page.run(f"{columns}.scrollWidth <= {columns}.clientWidth")
    assert page.text("h1") == "Training of MLP(2, [4, 4, 4, 4, 4, 4, ..., 1] (10 layers), …)"
    page.page.set_viewport_size({"width": 390, "height": 800})
    assert not page.overflows()
