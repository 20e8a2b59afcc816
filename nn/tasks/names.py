"""First names, and the question that a language model is asked about them: which letter comes next?

The end of a name is a letter too, written `.`; it also stands before the first letter.
"""

from __future__ import annotations

import importlib
import os
import random
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from nn.evaluators import evaluator
from nn.saving import load
from nn.wording import place, quoted

LETTERS = "abcdefghijklmnopqrstuvwxyz."
END = LETTERS.index(".")
LONGEST = 15


@cache
def built_in_names() -> tuple[str, ...]:
    """The commonest first names of a census, in alphabetical order: more than a small network learns by heart."""
    lines = Path(__file__).with_name("first_names.txt").read_text(encoding="ascii").splitlines()
    return tuple(" ".join(line for line in lines if not line.startswith("#")).split())


def first_names() -> tuple[str, ...]:
    """All first names of the package `names` where it is installed, else the built-in ones."""
    try:
        files = importlib.import_module("names").FILES
    except ImportError:
        return built_in_names()
    found: set[str] = set()
    for key in ("first:female", "first:male"):
        with open(os.fspath(files[key]), encoding="ascii") as lines:
            found |= {line.split()[0].lower() for line in lines if line.strip()}
    return tuple(sorted(name for name in found if name.isalpha() and len(name) <= LONGEST))


def next_letters(names: Sequence[str], context: int) -> tuple[np.ndarray, np.ndarray]:
    """For every letter of every name: the `context` letters before it, as indexes of LETTERS, and the letter itself.

    >>> from nn.tasks.names import LETTERS, next_letters
    >>> before, letter = next_letters(["ab"], 2)
    >>> ["".join(LETTERS[k] for k in row) for row in before], [LETTERS[k] for k in letter]
    (['..', '.a', 'ab'], ['a', 'b', '.'])
    """
    before, letters = [], []
    for name in names:
        spelled = [END] * context + [LETTERS.index(letter) for letter in name] + [END]
        for at in range(context, len(spelled)):
            before.append(spelled[at - context : at])
            letters.append(spelled[at])
    return np.array(before, dtype=np.int64).reshape(-1, context), np.array(letters, dtype=np.int64)


def one_hot(indexes: np.ndarray) -> np.ndarray:
    """Each index as 27 numbers of which one is 1; those of a row side by side."""
    rows, context = indexes.shape
    return np.eye(len(LETTERS))[indexes].reshape(rows, context * len(LETTERS))


def invented(
    logits: Callable[[np.ndarray], np.ndarray], rng: random.Random, context: int = 3, begin: str = ""
) -> str:
    """A name drawn letter by letter, from the letters `begin` on; `logits` gives those of the next letter for a one-hot
    row of those before it."""
    spelled = [END] * context + [LETTERS.index(letter) for letter in begin]
    while len(spelled) - context < LONGEST:
        z = logits(one_hot(np.array([spelled[-context:]])))[0]
        spelled += rng.choices(range(len(LETTERS)), np.exp(z - z.max()).tolist())
        if spelled[-1] == END:
            break
    return "".join(LETTERS[k] for k in spelled if k != END)


def invent(
    path: str | os.PathLike[str], count: int = 10, *, begin: str = "", seed: int | None = None
) -> list[str]:
    """Names that the model in the file makes up and that begin with `begin`, others each time unless there is a seed.

    Raises ValueError for a model of anything else than the letter after three others, and for letters that it does not
    know.
    """
    begin = begin.lower()
    if not set(begin) <= set(LETTERS[:-1]):
        raise ValueError(f"invent: begin must be letters from a to z, got {quoted(begin)}")
    logits, rng = evaluator(load(path)).outputs, random.Random(seed)
    outputs = np.asarray(logits(one_hot(np.full((1, 3), END)))).shape[1:]
    if outputs != (len(LETTERS),):
        raise ValueError(f"{place(path)} is no model of names: wanted {len(LETTERS)} outputs, one a letter")
    return [invented(logits, rng, begin=begin) for _ in range(count)]
