"""Plots whole: everything that stands on the axes, as kept in the folder `kept`."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept import same_as_kept
from runs import many_inputs, numbers, three_classes, two_classes
from test_kept_pictures import history

from nn import MLP
from viz.learning.plots import confusion_matrix, decision_boundary, loss_curve, weights

pytest.importorskip("matplotlib")

from described import described
from matplotlib.figure import Figure

from viz.learning.plots import draw_losses

KEPT = Path(__file__).with_name("kept")


def moment():
    """The losses up to an epoch, with those to come in gray: what a moving picture shows."""
    axes = Figure().add_subplot()
    draw_losses(axes, history([1.0, 0.5, 0.4], [1.1, 0.7, 0.6]), now=2)
    return axes


PLOTS = {
    "losses": lambda: loss_curve(history([1.0, 0.5, 0.4], [1.1, 0.7, 0.8], best=2)),
    "losses_of_one_epoch": lambda: loss_curve(history([1.0], loss="binary_cross_entropy")),
    "losses_logarithmic": lambda: loss_curve(history([100.0, 1.0, 0.01], best=3)),
    "losses_at_a_moment": moment,
    "boundary_of_two": lambda: decision_boundary(two_classes().model, two_classes().X, two_classes().y, resolution=12),
    "boundary_of_three": lambda: decision_boundary(
        three_classes().model, three_classes().X, three_classes().y, resolution=12, classes=["a", "b", "c"]
    ),
    "ground_of_numbers": lambda: decision_boundary(
        numbers().model, numbers().X, numbers().y, resolution=12, names=["length", "width"]
    ),
    "confusion_of_two": lambda: confusion_matrix(two_classes().model, two_classes().X, two_classes().y),
    "confusion_of_three": lambda: confusion_matrix(
        many_inputs().model, many_inputs().X, many_inputs().y, classes=["a", "b", "c"]
    ),
    "confusion_of_seven": lambda: confusion_matrix(
        MLP(1, [7], seed=1), [[k / 7.0] for k in range(-14, 14)], [k % 7 for k in range(28)]
    ),
    "weights": lambda: weights(MLP(3, [4, 2], seed=1)),
    "weights_of_nothing": lambda: weights(MLP(2, [2, 1], init="zeros")),
    "weights_of_one": lambda: weights(MLP(1, [1], seed=1)),
}


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_the_kept_one(name):
    same_as_kept(described(PLOTS[name]()), KEPT / f"plot_{name}.txt")


def test_a_saved_plot_has_160_points_an_inch(tmp_path):
    loss_curve(history([1.0, 0.5]), tmp_path / "a.png")
    header = (tmp_path / "a.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")) == (1024, 640)
