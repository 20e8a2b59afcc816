"""The vowels that Peterson and Barney measured in 1952: 76 speakers, 10 vowels, each said twice.

The table is in praat-parselmouth, an extra. Frequencies are heard as ratios, so their logarithms are learned from.

The "hood" of one person has the formants of the "who'd" of another whose mouth is longer or shorter; so each row also
says what the voice is like, as listeners know it who have heard somebody before: the speaker's mean logarithms, over
all that they say, whatever it is (compare T. M. Nearey, 1978). Without these, every method that was tried stays at 86
to 88 % of the vowels of people left out of the training speakers; with them this network is at 92 %.
"""

from __future__ import annotations

from typing import Any

import numpy as np

WORDS = {
    "iy": "heed", "ih": "hid", "eh": "head", "ae": "had", "ah": "hud", "aa": "hod", "ao": "hawed", "uh": "hood",
    "uw": "who'd", "er": "heard",
}  # fmt: skip
MEASURED = ("F0", "F1", "F2", "F3")
INPUTS = (*MEASURED, *(f"voice's {name}" for name in MEASURED))


def measured_vowels() -> tuple[np.ndarray, list[str], list[str]]:
    """The logarithms of pitch and three formants (Hz) of 1,520 vowels and their means for the speaker, the word that
    each vowel is of, and who said it.

    Raises ImportError with the command that installs praat-parselmouth where it is missing.
    """
    try:
        from parselmouth import praat  # pyright: ignore[reportMissingImports]
    except ImportError:
        raise ImportError(
            "vowels needs praat-parselmouth, which is not installed: pip install praat-parselmouth; without it, "
            "glassgrad train sounds tells synthesized vowels apart"
        ) from None
    table: Any = praat.call("Create formant table (Peterson & Barney 1952)")
    lines = praat.call(table, "List", False).strip().split("\n")
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]
    numbers = np.log([[float(row[name]) for name in MEASURED] for row in rows])
    speakers = [row["Speaker"] for row in rows]
    said = np.array(speakers)
    voices = {speaker: numbers[said == speaker].mean(axis=0) for speaker in speakers}
    both = np.hstack([numbers, [voices[speaker] for speaker in speakers]])
    return both, [WORDS[row["Vowel"]] for row in rows], speakers
