"""The vowels that Peterson and Barney measured in 1952: 76 speakers, 10 vowels, each said twice.

The table is in praat-parselmouth, an extra. Frequencies are heard as ratios, so their logarithms are learned from.
"""

from __future__ import annotations

from typing import Any

import numpy as np

WORDS = {
    "iy": "heed", "ih": "hid", "eh": "head", "ae": "had", "ah": "hud", "aa": "hod", "ao": "hawed", "uh": "hood",
    "uw": "who'd", "er": "heard",
}  # fmt: skip
INPUTS = ("F0", "F1", "F2", "F3")


def measured_vowels() -> tuple[np.ndarray, list[str], list[str]]:
    """The logarithms of pitch and three formants (Hz) of 1,520 vowels, the word each is of, and who said it.

    Raises ImportError with the command that installs praat-parselmouth where it is missing.
    """
    try:
        from parselmouth import praat  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise ImportError(
            "vowels needs praat-parselmouth, which is not installed: pip install praat-parselmouth"
        ) from None
    table: Any = praat.call("Create formant table (Peterson & Barney 1952)")
    lines = praat.call(table, "List", False).strip().split("\n")
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]
    numbers = np.log([[float(row[name]) for name in INPUTS] for row in rows])
    return numbers, [WORDS[row["Vowel"]] for row in rows], [row["Speaker"] for row in rows]
