"""Data that lessons bring along: handwritten digits and the letters of names, packed, since pages have to be small."""

from __future__ import annotations

from typing import Any

from nn.tasks.handwriting import INK, PIXELS, packed_pixels
from nn.tasks.names import LETTERS, built_in_names, next_letters, one_hot
from viz.pages.playground import packed_rows

CONTEXT = 2  # letters that the network of the lesson sees
_EVERY = 4  # of the names, one in so many: about two thousand letters


def built_in_data(name: str) -> dict[str, Any]:
    """What a lesson's page calls `name`, as its scripts read it."""
    return {"digits": _digits, "letters": _letters}[name]()


def _digits() -> dict[str, Any]:
    pixels, labels = packed_pixels()
    return {
        "title": "1,000 digits",
        "view": {"kind": "image", "rows": 8, "columns": 8},
        **packed_rows(pixels, PIXELS, INK),
        "y": list(labels),
        "classes": 10,
        "names": [f"pixel {k}" for k in range(PIXELS)],
        "classNames": list("0123456789"),
    }


def _letters() -> dict[str, Any]:
    names = built_in_names()[::_EVERY]
    before, letters = next_letters(names, CONTEXT)
    return {
        "title": f"{len(names)} names",
        "view": {"kind": "letters", "letters": LETTERS, "context": CONTEXT, "words": " ".join(names)},
        **packed_rows(one_hot(before).astype("uint8").tobytes(), CONTEXT * len(LETTERS), 1),
        "y": letters.tolist(),
        "classes": len(LETTERS),
        "names": [f"{place}: {letter}" for place in ("last but one", "last") for letter in LETTERS],
        "classNames": list(LETTERS),
    }
