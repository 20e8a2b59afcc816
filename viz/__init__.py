"""Pictures of computation graphs, networks and learning.

>>> from autograd import Value
>>> from viz import to_dot
>>> "digraph" in to_dot(Value(2.0, "x") * 3)
True
"""

import sys as _sys
from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

import autograd as _engine

if not getattr(_engine, "__glassgrad__", False):
    raise ImportError(
        f"viz needs glassgrad's `autograd`, but found another package of that name at {_engine.__file__}; "
        "PyPI's `autograd` (HIPS) overwrites it: pip uninstall autograd, then pip install --force-reinstall glassgrad"
    )

if _TYPE_CHECKING:
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

# Each picture comes with what it needs when it is asked for.
_LATE = {
    "Drawing": "viz.drawing", "NetworkDrawing": "viz.networks.drawing", "Page": "viz.pages.page",
    "RenderError": "viz.svg.errors", "Watch": "viz.pages.training_page", "animate": "viz.learning.animation",
    "confusion_matrix": "viz.learning.plots", "decision_boundary": "viz.learning.boundary", "draw": "viz.drawing",
    "draw_network": "viz.networks.drawing", "lesson": "viz.pages.lesson", "lessons": "viz.pages.lesson",
    "loss_curve": "viz.learning.plots", "page": "viz.pages.page", "playground": "viz.pages.playground",
    "render": "viz.drawing", "to_dot": "viz.graphs.dot", "training_page": "viz.pages.training_page",
    "weights": "viz.learning.plots",
}  # fmt: skip


def __getattr__(name: str) -> _Any:
    if name not in _LATE:
        raise AttributeError(f"module 'viz' has no attribute {name!r}", name=name, obj=_sys.modules[__name__])
    found = globals()[name] = getattr(_import_module(_LATE[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})


__all__ = [
    "Drawing", "NetworkDrawing", "Page", "RenderError", "Watch", "animate", "confusion_matrix", "decision_boundary",
    "draw", "draw_network", "lesson", "lessons", "loss_curve", "page", "playground", "render", "to_dot",
    "training_page", "weights",
]  # fmt: skip
