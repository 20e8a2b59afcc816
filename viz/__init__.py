"""Pictures of computation graphs, networks and learning.

>>> from autograd import Value
>>> from viz import to_dot
>>> "digraph" in to_dot(Value(2.0, "x") * 3)
True
"""

import autograd as _engine

if not getattr(_engine, "__glassgrad__", False):
    raise ImportError(
        f"viz needs glassgrad's `autograd`, but found another package of that name at {_engine.__file__}; "
        "PyPI's `autograd` (HIPS) overwrites it: pip uninstall autograd, then pip install --force-reinstall glassgrad"
    )

from viz.drawing import Drawing, draw, render
from viz.graphs.dot import to_dot
from viz.learning.animation import animate
from viz.learning.boundary import decision_boundary
from viz.learning.plots import confusion_matrix, loss_curve, weights
from viz.networks.drawing import NetworkDrawing, draw_network
from viz.pages.lesson import lesson, lessons
from viz.pages.page import Page, page
from viz.pages.playground import playground
from viz.pages.training_page import Watch, training_page
from viz.svg.errors import RenderError

__all__ = [
    "Drawing", "NetworkDrawing", "Page", "RenderError", "Watch", "animate", "confusion_matrix", "decision_boundary",
    "draw", "draw_network", "lesson", "lessons", "loss_curve", "page", "playground", "render", "to_dot",
    "training_page", "weights",
]  # fmt: skip
