"""Spoken vowels made from formants, and their spectrograms: sound as numbers that a network can take.

A voice is a train of pulses (the pitch) through resonators (the mouth); where these are, the formants, makes the vowel.
Spectrograms are ours: windows of 32 ms, their Fourier transform, energies in 24 bands as the ear parts them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

import numpy as np

RATE = 16_000  # samples a second
WINDOW, HOP, BANDS = 512, 160, 24
LOWEST, HIGHEST = 80.0, 6_000.0  # Hz
QUIET = -60.0  # dB below the loudest band: what is softer is not heard
SILENCE = -55.0  # dB below the loudest sound that there can be
SHORTEST = 0.1  # seconds that a sound lasts at least; a click is shorter
PAUSE, BURST = -20.0, 10.0  # dB from the sound: below is a pause in it, above a knock at the microphone

# Mean formants (Hz) of men, after Peterson and Barney (1952); other mouths are shorter, which raises all of them.
VOWELS = {
    "ee": (270.0, 2290.0, 3010.0),
    "eh": (530.0, 1840.0, 2480.0),
    "ah": (730.0, 1090.0, 2440.0),
    "oh": (570.0, 840.0, 2410.0),
    "oo": (300.0, 870.0, 2240.0),
}


def synthesized(formants: Sequence[float], *, pitch: float, seconds: float = 0.4, breath: float = 0.01, seed: int = 0):
    """A vowel as an array of samples between -1 and 1: `pitch` pulses a second through a resonator for each formant."""
    rng = np.random.default_rng(seed)
    count = round(seconds * RATE)
    glide = pitch * (1.05 - 0.1 * np.arange(count) / count)  # a voice falls a little
    turns = np.cumsum(glide / RATE)
    sound = np.diff(np.floor(turns), prepend=0.0) + breath * rng.standard_normal(count)
    for center, width in zip(formants, (80.0, 100.0, 140.0, 200.0), strict=False):
        r = math.exp(-math.pi * width / RATE)
        a, b = 2.0 * r * math.cos(2.0 * math.pi * center / RATE), -r * r
        sound = _resonated(sound, a, b)
    edge = min(count // 4, RATE // 50)
    sound[:edge] *= np.linspace(0.0, 1.0, edge)
    sound[-edge:] *= np.linspace(1.0, 0.0, edge)
    return 0.9 * sound / max(1e-12, float(np.abs(sound).max()))


def _resonated(x: np.ndarray, a: float, b: float) -> np.ndarray:
    """y[n] = g x[n] + a y[n-1] + b y[n-2], with g so that the lowest frequencies pass as they are."""
    y1 = y2 = 0.0
    found, gain = [], 1.0 - a - b
    for value in x.tolist():
        y1, y2 = gain * value + a * y1 + b * y2, y1
        found.append(y1)
    return np.array(found)


def spectrogram(sound: np.ndarray) -> np.ndarray:
    """Decibels by window and band, (windows, 24), below the loudest; bands are even in mel, as the ear hears pitch."""
    return _levels(_energies(sound))


def _levels(energy: np.ndarray) -> np.ndarray:
    return np.maximum(10.0 * np.log10(energy / energy.max()), QUIET)


def _energies(sound: np.ndarray) -> np.ndarray:
    """The energy of every band in every window; a tone as loud as can be has 1 in its own."""
    if len(sound) < WINDOW:
        raise ValueError(f"spectrogram: at least {WINDOW} samples ({WINDOW / RATE:g} s) are wanted, got {len(sound)}")
    starts = range(0, len(sound) - WINDOW + 1, HOP)
    windows = np.stack([sound[k : k + WINDOW] for k in starts]) * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(windows)) ** 2
    return power @ _bands().T / (WINDOW / 4.0) ** 2 + 1e-16


def _edges() -> np.ndarray:
    """Where bands begin and end, in Hz: each from one to the one after the next, with its middle between."""
    ends = np.linspace(_mel(LOWEST), _mel(HIGHEST), BANDS + 2)
    return 700.0 * (10.0 ** (ends / 2595.0) - 1.0)


def _bands() -> np.ndarray:
    """Triangular weights of the Fourier transform's frequencies, one row a band."""
    edges = _edges()
    frequency = np.fft.rfftfreq(WINDOW, 1.0 / RATE)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    return np.maximum(0.0, np.minimum((frequency - low) / (middle - low), (high - frequency) / (high - middle)))


def _mel(hertz: float) -> float:
    return 2595.0 * math.log10(1.0 + hertz / 700.0)


def heard(sound: np.ndarray) -> np.ndarray:
    """What the network takes of a sound: the mean of the louder windows without its pauses, 24 numbers of about -1 to
    1. Raises ValueError where nothing lasts."""
    return _mean(_lasting(sound))


def changes(sound: np.ndarray) -> float:
    """How far what is heard at the beginning is from what is heard at the end; see `distance`."""
    lasting = _lasting(sound)
    third = max(1, len(lasting) // 3)
    return float(distance(_mean(lasting[:third]), _mean(lasting[-third:])))


def distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """By how many decibels two sounds differ, in the root mean square over the bands."""
    return np.sqrt(((one - other) ** 2).mean(axis=-1)) * -QUIET / 3.0


def _lasting(sound: np.ndarray) -> np.ndarray:
    """The energies of the windows that are about as loud as the sound is for a tenth of a second."""
    least = 1 + round((SHORTEST * RATE - WINDOW) / HOP)  # windows
    if len(sound) >= SHORTEST * RATE:
        energies = _energies(sound)
        loudness = 10.0 * np.log10(energies.sum(axis=1))
        level = np.sort(loudness)[-least]
        if level >= SILENCE:
            return energies[(loudness >= level + PAUSE) & (loudness <= level + BURST)]
    raise ValueError(f"nothing is heard for {SHORTEST:g} s")


def _mean(energies: np.ndarray) -> np.ndarray:
    levels = _levels(energies)
    loudness = levels.max(axis=1)
    mean = levels[loudness >= np.median(loudness)].mean(axis=0)
    return (mean - mean.mean()) / -QUIET * 3.0


def bands() -> tuple[str, ...]:
    """The names of what is heard, as columns of a table."""
    return tuple(f"band {k}" for k in range(BANDS))


def with_ranges(names: Iterable[str]) -> dict[str, str]:
    """What people are told columns are called: those that are the bands have the frequencies that they reach over.

    >>> from nn.tasks.sounds import bands, with_ranges
    >>> with_ranges(bands())["band 2"], with_ranges(["rooms"])["rooms"]
    ('band 2 (226-400 Hz)', 'rooms')
    """
    found = {name: name for name in names}
    if set(found) == set(bands()):
        edges = _edges()
        for name, low, high in zip(bands(), edges, edges[2:], strict=False):
            found[name] = f"{name} ({low:.0f}-{high:.0f} Hz)"
    return found


def spoken_vowels(count: int, *, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What is heard of `count` vowels, which they are (indexes of VOWELS), and who says them: twenty a speaker.

    Speakers differ in their mouths and voices (sharp or soft), and in the rooms that they are recorded in.
    """
    rng = random.Random(seed)
    noise = np.random.default_rng(seed)
    rows, labels, speakers = [], [], []
    size, voice, softness, room = 1.0, 120.0, 0.0, 0.0
    for i in range(count):
        if i % 20 == 0:
            size, voice = rng.uniform(0.95, 1.3), rng.uniform(90.0, 260.0)
            softness, room = rng.uniform(0.0, 0.9), 10.0 ** rng.uniform(-4.0, -2.0)
        k = i % len(VOWELS)
        formants = [f * size * rng.gauss(1.0, 0.06) for f in list(VOWELS.values())[k]]
        sound = synthesized(formants, pitch=voice * rng.uniform(0.9, 1.1), seconds=0.12, breath=0.05, seed=seed + i)
        sound = _resonated(sound, softness, 0.0)
        sound += room * np.abs(sound).max() * noise.standard_normal(len(sound))
        rows.append(heard(sound))
        labels.append(k)
        speakers.append(i // 20)
    return np.array(rows), np.array(labels, dtype=np.int64), np.array(speakers)
