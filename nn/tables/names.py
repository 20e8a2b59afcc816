"""What users choose from by name: built-in data sets, tasks, kinds of columns, optimizers.

Nothing is imported here that takes long: the command line knows these names, and says its first words, before it
imports NumPy.
"""

from __future__ import annotations

from nn.tasks.points import SHAPES

BUILT_IN = {
    "moons": "two interleaved half circles, 500 points (needs nothing else)",
    **{name: f"500 points of the shape {name} in the plane" for name in SHAPES},
    "digits": "1,797 handwritten digits of 8x8 pixels (needs scikit-learn)",
    "vowels": "10 vowels of 76 speakers, by pitch, formants and the voice's means (needs praat-parselmouth)",
    "sounds": "5 synthesized vowels of 60 speakers, by what is heard in 24 bands",
    "names": "the next letter of first names, from the three before it",
}
# Of these it is known beforehand what will be learned from what.
QUESTIONS = {
    "moons": "2 inputs, 2 classes of moon",
    **dict.fromkeys(("circles", "xor", "spiral"), "2 inputs, 2 classes of class"),
    "blobs": "2 inputs, 3 classes of class",
    "digits": "64 inputs, 10 classes of digit",
    "sounds": "24 inputs, 5 classes of vowel",
    "names": "81 inputs, 27 classes of letter",
}
TASKS = ("classification", "regression")
KINDS = ("number", "date", "category", "ignore")  # what a column may be said to be
OPTIMIZERS = ("sgd", "adam", "adamw", "rmsprop", "lion", "lbfgs", "lm")
