"""The playground in a notebook with weights that go both ways; needs anywidget, an extra.

Without it `viz.playground` shows the same page in a frame that keeps its numbers to itself.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from viz.pages.playground import playground

_SCRIPT = Path(__file__).with_name("scripts") / "widget.js"


def playground_widget(model: Any, X: Any = None, y: Any = None, **options: Any) -> Any:
    """A widget that shows the playground of a model: what is trained or changed there is the model's, and back.

    Its `parameters` are those of the page; `update()` sends the model's to the page after they were changed in Python.
    A network that is rebuilt on the page, with other layers, is no longer the model's, which then stays as it is.
    Options are those of `viz.playground`. Raises ImportError with the command that installs anywidget where it is
    missing.
    """
    try:
        import anywidget  # pyright: ignore[reportMissingImports]
        import traitlets  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise ImportError("playground_widget needs anywidget, which is not installed: pip install anywidget") from None

    class PlaygroundWidget(anywidget.AnyWidget):
        _esm = _SCRIPT
        html = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)
        parameters = traitlets.List(traitlets.Float()).tag(sync=True)

        def update(self) -> None:
            """Send the model's parameters to the page."""
            self.parameters = [p.data for p in model.parameters()]

        @traitlets.observe("parameters")
        def _taken(self, change: Any) -> None:
            found = model.parameters()
            numbers = change["new"]
            if len(numbers) == len(found) and all(map(math.isfinite, numbers)):
                for p, x in zip(found, numbers, strict=True):
                    p.data = x

    page = playground(model, X, y, **options)
    return PlaygroundWidget(html=page.html, height=page.height, parameters=[p.data for p in model.parameters()])
