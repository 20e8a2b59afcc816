"""Speech: vowels told apart by a network of scalars, of speakers that it has never heard, and a wav file of yours.

    python examples/tell_vowels.py [FOLDER] [YOURS.wav]

Two data sets: pitch and formants of 76 people, measured in 1952 (`pip install praat-parselmouth`), beside the means of
all that the same person says, which tell what the voice is like; and sounds that are synthesized here, heard by their
spectrograms. One wav file for each vowel is left in the folder, to listen to.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

from nn import MLP, fit, predict
from nn.metrics import accuracy, class_probabilities
from nn.tasks.recordings import heard_in, write_wav
from nn.tasks.sounds import VOWELS, spectrogram, spoken_vowels, synthesized
from nn.tasks.vowels import measured_vowels

SHADES = " .:-=+*#%@"


def learned(X, y, speakers, classes: int, seed: int = 0) -> tuple[MLP, float]:
    """A network, and its accuracy with a fifth of the speakers, none of whom it has learned from.

    The scale of each input is put into the first layer's weights, so the network takes the numbers as they are.
    """
    everybody = np.unique(speakers)
    chosen = np.random.default_rng(seed).permutation(everybody)[: len(everybody) // 5]
    held = np.isin(speakers, chosen)
    mean, deviation = X[~held].mean(axis=0), X[~held].std(axis=0)
    model = MLP(X.shape[1], [32, classes], "tanh", seed=seed)
    Z = (X - mean) / deviation
    fit(model, Z[~held], y[~held], epochs=60, lr=0.01, batch_size=32, l2=3e-3, schedule="cosine", progress=False)
    for neuron in model.layers[0].neurons:
        weights = np.array([w.data for w in neuron.w]) / deviation
        neuron.b.data -= float(weights @ mean)
        for w, scaled in zip(neuron.w, weights, strict=True):
            w.data = float(scaled)
    return model, accuracy(predict(model, X[held]), y[held])


def answer(model: MLP, row) -> tuple[int, float]:
    """Which class the network takes it for, and its probability."""
    (chances,) = class_probabilities(predict(model, [row]))
    return int(chances.argmax()), float(chances.max())


def measured() -> float | None:
    try:
        rows, words, speakers = measured_vowels()
    except ImportError as missing:
        print(missing)
        return None
    names = sorted(set(words))
    _, share = learned(rows, np.array([names.index(word) for word in words]), np.array(speakers), len(names))
    print(f"{len(rows)} vowels of 76 people, ten kinds: {100 * share:.1f} % right with people never heard before")
    return share


def show(sound) -> None:
    """A spectrogram as text: time to the right, pitch upward."""
    levels = spectrogram(sound)[::2].T[::-2]
    for line in levels:
        print("  " + "".join(SHADES[round((1 + max(-60.0, x) / 60) * (len(SHADES) - 1))] for x in line))


def main(folder: Path, yours: Path | None = None) -> tuple[float | None, float]:
    recording = None if yours is None else heard_in(yours)  # one that is none is told of before the training
    folder.mkdir(parents=True, exist_ok=True)
    first = measured()
    X, y, speakers = spoken_vowels(1_000, seed=1)
    model, share = learned(X, y, speakers, len(VOWELS))
    names = list(VOWELS)
    print(f"{len(X)} synthesized vowels, {len(names)} kinds: {100 * share:.1f} % right with voices never heard before")
    for name, formants in VOWELS.items():
        path = folder / f"{name}.wav"
        write_wav(path, synthesized(formants, pitch=120.0, breath=0.02))
        k, sure = answer(model, heard_in(path)[0])
        print(f"{path} is taken for {names[k]} with {100 * sure:.0f} %")
    show(synthesized(VOWELS["ee"], pitch=120.0))
    if recording is not None:
        levels, doubts = recording
        k, sure = answer(model, levels)
        print(f"{yours} is taken for {names[k]} with {100 * sure:.0f} %", *doubts, sep="\n  ")
    return first, share


def told_apart(paths: list[Path]) -> tuple[Path, Path | None]:
    """The folder and the recording among the paths, either of which may be left out."""
    recordings = [path for path in paths if path.is_file() or path.suffix.lower() == ".wav"]
    folders = [path for path in paths if path not in recordings]
    if len(recordings) > 1 or len(folders) > 1:
        raise ValueError("one folder and one recording at most are wanted: tell_vowels.py [FOLDER] [YOURS.wav]")
    return next(iter(folders), Path("sounds")), next(iter(recordings), None)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FOLDER | YOURS.wav",
        help="where to leave the wav files (sounds), and a recording of a vowel",
    )
    try:
        main(*told_apart(parser.parse_args().paths))
    except (ValueError, OSError) as error:
        sys.exit(f"tell_vowels.py: error: {error}")
