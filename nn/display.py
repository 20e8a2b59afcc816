"""How a model or a history shows itself in a notebook: always as text, as a picture too where viz can draw it."""

from __future__ import annotations

from typing import Any


def mimebundle(thing: Any) -> dict[str, str]:
    """The representations by MIME type. Never raises: a notebook would print the traceback instead of the object."""
    try:
        from viz.notebook import mimebundle as drawn  # nn does not need viz; it is used where it is there

        return drawn(thing)
    except Exception:  # a failure to draw must never hide the text
        return {"text/plain": repr(thing)}
