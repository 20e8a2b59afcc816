"""One HTML file that needs nothing but itself: styles, scripts and data inside, every request forbidden.

`shell.html` has what every page begins and ends with, `player.html` the buttons of those that are gone through, a
template the rest.
The content security policy names the hash of each style and script, so nothing that a label might smuggle in can run;
data travels as JSON in a block that browsers never execute.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from viz.svg.labels import clean, xml
from viz.svg.render import checked_path, write

_HERE = Path(__file__).parent
_LONGEST = 10**8  # labels have been shortened before; pictures in base64 are long
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_ASIDE = re.compile(r"/\*.*?\*/\n?|^ +", re.DOTALL | re.MULTILINE)  # of styles, a tenth of their bytes


@dataclass(frozen=True, slots=True)
class Player:
    """The words and speeds (milliseconds a unit) of the player at the top of a page.

    Attributes:
        kind: class of the page in the style sheets. walk: what is gone through; unit: one of these, on the buttons;
            place: the slider's name. without_scripts: what is said where scripts are off.
    """

    kind: str
    walk: str
    unit: str
    place: str
    slow: int
    normal: int
    fast: int
    without_scripts: str


def asset(name: str) -> str:
    """The text of one file of `viz/pages/styles`, without its comments, or of `templates`, by its suffix."""
    folder = {".css": "styles", ".html": "templates"}[Path(name).suffix]
    text = (_HERE / folder / name).read_text(encoding="utf-8")
    return _ASIDE.sub("", text) if folder == "styles" else text


def offline_html(
    template: str,
    player: Player | None,
    *,
    title: str,
    data: object,
    styles: Sequence[str],
    scripts: Sequence[str],
    parts: Mapping[str, str],
    webassembly: bool = False,
) -> str:
    """The page made of `template` (an asset) in the shell, with its places filled.

    `webassembly`: the page may compile a module that it brings along.

    `styles` and `scripts` are texts, `parts` is ready markup by place name (the caller has escaped it), and `data` is
    what the scripts read from the element with the id "data". A place without a part raises KeyError.
    """
    styles = [_tidy(text) for text in styles]
    scripts = [_tidy(text) for text in scripts]
    fill = {
        **parts,
        **{name: xml(str(word), longest=200) for name, word in (asdict(player) if player else {}).items()},
        "title": xml(title, longest=200),
        "policy": _policy(styles, scripts, webassembly),
        "styles": "\n".join(f"<style>{text}</style>" for text in styles),
        "data": f'<script type="application/json" id="data">{json_text(data)}</script>',
        "scripts": "\n".join(f"<script>{text}</script>" for text in scripts),
    }
    # One pass: text that was put in is never searched for places again.
    body = ("" if player is None else asset("player.html")) + asset(template)
    text = asset("shell.html").replace("{{body}}", body)
    return _PLACE.sub(lambda found: fill[found[1]], text)


def json_text(data: object) -> str:
    """`data` as ASCII JSON that cannot close a script element; nan and infinities become "nan", "inf" and "-inf"."""
    text = json.dumps(_plain(data), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def save_page(page: str, path: str | os.PathLike[str]) -> Path:
    """Write a page so that `path` holds either all of it or what it held before; returns the path.

    Raises ValueError when the suffix is not .html or .htm, and what `viz.svg.render.checked_path` raises.
    """
    target = checked_path(path)
    if target.suffix.lower() not in (".html", ".htm"):
        raise ValueError(f"page: {clean(str(target))!r} is a page, so its name has to end in .html")
    return write(target, page.encode("utf-8"))


def frame(page: str, *, height: int, title: str) -> str:
    """`page` as a sandboxed inline frame for a notebook: its scripts run, but see nothing of the notebook."""
    source = html.escape(page, quote=True)
    return (
        f'<iframe sandbox="allow-scripts" title="{xml(title, longest=200)}" width="100%" '
        f'height="{height}" frameborder="0" srcdoc="{source}"></iframe>'
    )


def _policy(styles: Sequence[str], scripts: Sequence[str], webassembly: bool) -> str:
    rules = [
        "default-src 'none'",
        "script-src " + " ".join(_hash(text) for text in scripts) + (" 'wasm-unsafe-eval'" if webassembly else ""),
        "style-src " + " ".join(_hash(text) for text in styles),
        "img-src data:",  # the empty icon that keeps a browser from asking for /favicon.ico
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def _tidy(text: str) -> str:
    # Browsers turn CRLF into LF before they hash; a checkout with Windows line ends must give the same hash.
    return "\n" + text.replace("\r\n", "\n").strip() + "\n"


def _plain(data: object) -> object:
    if isinstance(data, float):
        if math.isfinite(data):
            return data
        return "nan" if data != data else ("inf" if data > 0 else "-inf")
    if isinstance(data, str):
        return clean(data, longest=_LONGEST)
    if isinstance(data, Mapping):
        return {clean(str(key)): _plain(item) for key, item in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(item) for item in data]
    return data
