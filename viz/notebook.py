"""What a notebook shows for a Value, a network or a run: text always, a picture where one can be had quickly.

One decision: showing something must never fail and never take long, so the picture is left out whenever it would be
large, slow or impossible; the text is always there.
"""

from __future__ import annotations

from typing import Any

from autograd import Value

MOST_NODES = 20_000  # more take a noticeable moment to fold; draw() does it when asked
_PATIENCE = 5.0  # seconds for layout


def mimebundle(thing: Any) -> dict[str, str]:
    """Text and, where `thing` is a Value, a network or a History that can be drawn, SVG, by MIME type. Never raises."""
    bundle = {"text/plain": _text(thing)}
    try:
        picture = _picture(thing)
    except Exception:  # whatever is wrong with a picture, the text must be shown
        picture = None
    if picture is not None:
        bundle["image/svg+xml"] = picture
    return bundle


def _text(thing: Any) -> str:
    try:
        return repr(thing)
    except Exception:
        return f"<{type(thing).__name__}>"


def _picture(thing: Any) -> str | None:
    if isinstance(thing, Value):
        return _graph(thing)
    if hasattr(thing, "train_loss"):
        from viz.learning.curve import loss_svg

        return loss_svg(thing)
    from viz.networks.drawing import draw_network

    return draw_network(thing).svg()


def _graph(value: Value) -> str | None:
    if not value.op or not _is_small(value):
        return None
    from viz.drawing import draw

    return draw(value, timeout=_PATIENCE).svg()


def _is_small(value: Value) -> bool:
    """Whether at most MOST_NODES nodes can be reached; stops counting there, so it is quick on any graph."""
    seen = {id(value)}
    stack = [value]
    while stack:
        for x in stack.pop().inputs:
            if id(x) not in seen:
                if len(seen) == MOST_NODES:
                    return False
                seen.add(id(x))
                stack.append(x)
    return True
