"""JavaScript modules joined into one script, since a page that is one file has nothing to import from.

One decision: modules share one scope once joined, so each is written into the script line by line, imported ones first,
without its `import` lines and the word `export`; two modules that declare the same name are refused here. Comments and
indentation, a sixth of all bytes, stay behind in the sources: no text of a script goes over a line's end, to which
ESLint holds them, so a text ends with its quotes on the line that it begins on, and what has none behind it is none.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

SCRIPTS = Path(__file__).with_name("scripts")
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.[^"]*)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.MULTILINE)
_STRICT = re.compile(r'^"use strict";\n', re.MULTILINE)
_ASIDE = re.compile(r"^ *//.*\n|^\n|^ +|(?<=[;,{}]) +// [^\"'`\n]*$", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+|\{[^}]*\}|\[[^\]]*\])", re.MULTILINE)


@cache
def joined(entry: str) -> str:
    """The module `entry` of `viz/pages/scripts` and all that it imports, as one script in strict mode.

    Raises ValueError when two modules declare the same name.
    """
    parts: dict[Path, str] = {}
    _collect((SCRIPTS / entry).resolve(), parts, set())
    owners: dict[str, Path] = {}
    for path, text in parts.items():
        for name in declared(text):
            if owners.setdefault(name, path) != path:
                raise ValueError(f"modules: {path.name} and {owners[name].name} both declare {name}; rename one")
    bodies = (_EXPORT.sub("", _STRICT.sub("", _IMPORT.sub("", text))).strip() for text in parts.values())
    return '"use strict";\n' + _ASIDE.sub("", "\n".join(bodies) + "\n")


def declared(text: str) -> list[str]:
    """The names that a module declares at its top level."""
    found = (re.findall(r"\w+", match) for match in _DECLARED.findall(text))
    return [name for names in found for name in names]


def imported(text: str) -> list[str]:
    """The modules that a module imports, as it names them."""
    return _IMPORT.findall(text)


def _collect(path: Path, parts: dict[Path, str], begun: set[Path]) -> None:
    """Put the module's text behind those of all that it imports; modules may import each other."""
    begun.add(path)
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    for name in imported(text):
        other = (path.parent / name).resolve()
        if other not in begun:
            _collect(other, parts, begun)
    parts[path] = text
