"""draw(): a picture that shows itself in a notebook and can be written to a file.

One decision: a drawing is made of its texts when it is asked for them, not before, so that making one costs nothing and
fails only where it is used.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograd import Value
from autograd.wording import counted
from viz.graphs.choosing import sketch
from viz.graphs.dot import dot_of
from viz.graphs.sketch import Sketch
from viz.graphs.styling import styled
from viz.svg.errors import RenderError
from viz.svg.labels import brief, clean
from viz.svg.render import FORMATS, TIMEOUT, checked_path, converted, format_of, write
from viz.svg.render import svg as graphviz_svg

MIME = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a computation graph; the parts of `graphviz.Digraph`'s face that people use.

    `source` is the DOT text, `sketch` what it shows.

    >>> from autograd import Value
    >>> from viz import draw
    >>> drawing = draw(Value(2.0, label="a") * 3)
    >>> type(drawing).__name__, "digraph" in drawing.source
    ('Drawing', True)
    """

    sketch: Sketch
    source: str
    edges: str | None = None
    legend: bool = True
    timeout: float = TIMEOUT

    def svg(self) -> str:
        """The finished SVG. Raises RenderError when no engine is there."""
        plain = graphviz_svg(self.source, timeout=self.timeout)
        return styled(plain, self.sketch, edges=self.edges, legend=self.legend)

    def content(self, form: str) -> bytes:
        """The picture in the format "svg", "dot", "png" or "pdf"."""
        if form == "svg":
            return self.svg().encode("utf-8")
        if form in ("dot", "gv"):
            return self.source.encode("utf-8")
        if form not in MIME:
            raise ValueError(f"render: unknown format {brief(form)}; use one of svg, dot, png, pdf")
        return converted(self.source, form, timeout=self.timeout)

    @property
    def digraph(self) -> Any:
        """The DOT text as a `graphviz.Source`, for that package's other formats, layouts and viewer."""
        from graphviz import Source

        return Source(self.source)

    def pipe(self, format: str = "svg") -> bytes:
        """The same as `content`, under the name that `graphviz.Digraph` has for it."""
        return self.content(format)

    def render(self, path: str | os.PathLike[str], *, format: str | None = None) -> Path:
        """The picture in a file; `format` adds its suffix where the path has another or none. Returns the path."""
        if format is not None and (not isinstance(format, str) or f".{format}" not in FORMATS):
            raise ValueError(f"render: unknown format {brief(format)}; use one of svg, dot, gv, png, pdf")
        if format is not None and not str(path).lower().endswith(f".{format}"):
            path = f"{os.fspath(path)}.{format}"
        target = checked_path(path)
        return write(target, self.content(format_of(target)))

    def save(self, path: str | os.PathLike[str]) -> Path:
        """The picture in a file, in the format that its suffix says, .gv and .dot being DOT text. Returns the path."""
        return self.render(path)

    def _repr_svg_(self) -> str | None:
        try:
            return self.svg()
        except RenderError:
            return None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        bundle = {"text/plain": repr(self)}
        picture = self._repr_svg_()
        if picture is not None:
            bundle[MIME["svg"]] = picture
        return bundle

    def __repr__(self) -> str:
        shown = self.sketch.note or counted(self.sketch.total, "node")
        return f"Drawing({shown}, level={self.sketch.level!r})"

    def __str__(self) -> str:
        return self.source


def draw(
    value: Value,
    level: str | int | None = None,
    around: Value | str | None = None,
    hops: int | None = None,
    max_nodes: int | None = None,
    *,
    edges: str | None = None,
    unfold: bool = False,
    direction: str = "LR",
    parameters: Any = None,
    inputs: Any = None,
    legend: bool = True,
    timeout: float = TIMEOUT,
) -> Drawing:
    """A picture of the graph that `value` was computed by; shows itself in a notebook.

    Arguments:
        level: "raw", "operations", "neurons", "layers" or "repeats"; by default the finest that stays readable.
        around, hops: only what lies within `hops` steps (default 2) of this Value, or of the nodes with this label.
        max_nodes: most boxes, instead of 300 where that can be had and 2,000 otherwise.
        edges: "partials" writes local derivatives on the arrows, "flow" makes them as wide as the gradient through
        them.
        unfold: show dot, sum, mean, prod and logsumexp as multiplications and additions.
        direction: "LR", "TB", "RL" or "BT".
        parameters, inputs: which leaves are which (Values, or a model); `viz.graphs.graph.graph_of` has the default.
        legend: name the kinds of boxes below the picture.
        timeout: seconds that layout may take.

    Raises ValueError or TypeError for options that do not fit; never for a graph that is too large, unless `level`
    insists.

    >>> from autograd import Value
    >>> from viz import draw
    >>> drawing = draw((Value(2.0, label="a") * 3).tanh(), edges="partials")
    >>> "tanh" in drawing.source
    True
    """
    shown = sketch(
        value,
        level=level,
        around=around,
        hops=hops,
        max_nodes=max_nodes,
        unfold=unfold,
        parameters=parameters,
        inputs=inputs,
    )
    return Drawing(shown, dot_of(shown, edges=edges, direction=direction), edges, legend, timeout)


def render(value: Any, path: str | os.PathLike[str], **options: Any) -> Path:
    """The picture of `value` in the file `path`, in the format of its suffix: .svg, .dot, .gv, .png or .pdf.

    `value` is a Value (`options` are those of `viz.draw`), a network (those of `viz.draw_network`) or a drawing.
    Returns the path. The file is written whole or not at all; .png and .pdf need the system's `dot`.

    Raises ValueError for an unknown suffix or a NUL in the path, FileNotFoundError for a missing folder,
    IsADirectoryError for a folder, RenderError when no engine can do it.

    >>> from autograd import Value
    >>> from viz import render
    >>> str(render(Value(2.0, label="a") * 3, "graph.svg"))
    'graph.svg'
    """
    target = checked_path(path)
    form = format_of(target)
    return write(target, drawn(value, **options).content(form))


def drawn(thing: Any, **options: Any) -> Any:
    """Whatever can be drawn as something with `content(format)`: a Value, a network, or a drawing as it is."""
    if hasattr(thing, "content"):
        if options:
            raise TypeError(f"render: a finished drawing takes no options, got {clean(', '.join(options))}")
        return thing
    if isinstance(thing, Value):
        return draw(thing, **options)
    if hasattr(thing, "layers"):
        from viz.networks.drawing import draw_network

        return draw_network(thing, **options)
    raise TypeError(f"render: expected a Value, a network or a drawing, got {type(thing).__name__}")
