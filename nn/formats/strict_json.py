"""JSON from strangers: its size is judged before it is parsed, and none of the parser's kindnesses apply.

Parsed JSON takes up to 25 times the memory of its text (`[]` is two characters and a list), so what may be long is
skimmed first: brackets and commas are counted, and nothing is made.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any

MAX_DEPTH = 100
MAX_VALUES = 200_000  # 20 MB as Python objects
MAX_TEXT = 4 * 2**20

_MARK = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)  # possessive: nothing is kept to go back to


def end_of(content: bytes, start: int, *, longest: int = MAX_TEXT, most: int = MAX_VALUES) -> int:
    """Where the object or array that begins at `start` ends; ValueError when it is long, deep, large, or has no end."""
    depth = values = 0
    for found in _MARK.finditer(content, start, start + longest):
        mark = content[found.start()]
        if mark in b"[{":
            depth += 1
            values += 1
        elif mark in b"]}":
            depth -= 1
        elif mark in b",":
            values += 1
        if depth == 0:
            return found.end()
        if depth > MAX_DEPTH:
            raise ValueError(f"it is nested too deeply, in more than {MAX_DEPTH} levels")
        if values > most:
            raise ValueError(f"it has more than {most:,} values beside the weights")
    if start + longest < len(content):
        raise ValueError(f"it has more than {longest:,} bytes beside the weights")
    raise ValueError("it is not JSON: it ends in the middle")


def strict_json(content: bytes | str) -> Any:
    """What a JSON text says; ValueError for nan, infinities, too large numbers, repeated keys and deep nesting too."""
    try:
        return json.loads(
            content if isinstance(content, str) else content.decode("utf-8"),
            parse_float=_parsed_float,
            parse_constant=_refused_constant,
            object_pairs_hook=_unique_keys,
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error}") from None


def too_large(text: str) -> ValueError:
    return ValueError(f"{text[:40]} is too large for a float")


def _parsed_float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise too_large(text)
    return number


def _refused_constant(text: str) -> float:
    raise ValueError(f"{text} is not a number that a model may hold")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        repeated = next(name for name in counts if counts[name] > 1)
        raise ValueError(f"the key {repeated!r:.40} is there twice")
    return found
