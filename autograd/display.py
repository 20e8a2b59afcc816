"""How Values, and what is made of them, show themselves in a notebook: as text, and as a picture where viz draws one.

This is the one place from which something of autograd or nn leads to viz, which is built on both.
"""

from __future__ import annotations

from typing import Any


def mimebundle(value: Any) -> dict[str, Any]:
    """The representations by MIME type. Never raises: a notebook would print the traceback instead of the object."""
    text = {"text/plain": repr(value)}
    try:
        from viz.notebook import mimebundle as drawn  # the engine does not need viz; it is used where it is there

        return {**drawn(value), **text}
    except Exception:  # a failure to draw must never hide the number
        return text
