"""Markdown within a line as markup: code, bold and italic."""

from __future__ import annotations

import re

from viz.svg.labels import xml


def inline(text: str) -> str:
    """The line as markup, nothing in it taken for HTML.

    >>> inline("*one* `a < b`")
    '<em>one</em> <code>a &lt; b</code>'
    """
    text = xml(text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"(?<![\w*])\*([^* ][^*]*)\*(?![\w*])", r"<em>\1</em>", text)
