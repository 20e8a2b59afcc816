"""How a Value shows itself in a notebook: always as text, as a picture too where viz can draw it."""

from __future__ import annotations

from typing import Any

from autograd.value import Value


def mimebundle(value: Value) -> dict[str, Any]:
    """The representations by MIME type. Never raises: a notebook would print the traceback instead of the value."""
    text = {"text/plain": repr(value)}
    try:
        from viz.notebook import mimebundle as drawn  # the engine does not need viz; it is used where it is there

        return {**drawn(value), **text}
    except Exception:  # a failure to draw must never hide the number
        return text
