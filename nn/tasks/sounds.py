"""Spoken vowels made from formants, their spectrograms, and wav files: sound as numbers that a network can take.

A voice is a train of pulses (the pitch) through resonators (the mouth); where these are, the formants, makes the vowel.
Spectrograms are ours: windows of 32 ms, their Fourier transform, energies in 24 bands as the ear parts them.
"""

from __future__ import annotations

import io
import math
import os
import random
import wave
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from nn.wording import place, reason

RATE = 16_000  # samples a second
WINDOW, HOP, BANDS = 512, 160, 24
LOWEST, HIGHEST = 80.0, 6_000.0  # Hz
QUIET = -60.0  # dB below the loudest band: what is softer is not heard

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
    if len(sound) < WINDOW:
        raise ValueError(f"spectrogram: at least {WINDOW} samples ({WINDOW / RATE:g} s) are wanted, got {len(sound)}")
    starts = range(0, len(sound) - WINDOW + 1, HOP)
    windows = np.stack([sound[k : k + WINDOW] for k in starts]) * np.hanning(WINDOW)
    power = np.abs(np.fft.rfft(windows)) ** 2
    energy = power @ _bands().T + 1e-12
    return np.maximum(10.0 * np.log10(energy / energy.max()), QUIET)


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
    """What the network takes of a sound: the mean of the louder windows, 24 numbers of about -1 to 1."""
    levels = spectrogram(sound)
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
    """What is heard of `count` vowels, which they are (indexes of VOWELS), and who says them: twenty a speaker."""
    rng = random.Random(seed)
    rows, labels, speakers = [], [], []
    size, voice = 1.0, 120.0
    for i in range(count):
        if i % 20 == 0:
            size, voice = rng.uniform(0.95, 1.3), rng.uniform(90.0, 260.0)
        k = i % len(VOWELS)
        formants = [f * size * rng.gauss(1.0, 0.06) for f in list(VOWELS.values())[k]]
        sound = synthesized(formants, pitch=voice * rng.uniform(0.9, 1.1), seconds=0.12, breath=0.05, seed=seed + i)
        rows.append(heard(sound))
        labels.append(k)
        speakers.append(i // 20)
    return np.array(rows), np.array(labels, dtype=np.int64), np.array(speakers)


def heard_in(path: str | os.PathLike[str]) -> np.ndarray:
    """What the network takes of a wav file; raises ValueError that names it for what cannot be heard."""
    shown = place(path)
    try:
        sound = read_wav(path)
    except OSError as error:
        raise ValueError(f"{shown} cannot be read: {reason(error)}") from None
    try:
        return heard(sound)
    except ValueError as error:
        raise ValueError(f"{shown}: {error}") from None


def write_wav(path: str | os.PathLike[str], sound: np.ndarray) -> None:
    """Write samples between -1 and 1 as a wav file of 16 bits."""
    numbers = (np.clip(sound, -1.0, 1.0) * 32767.0).round().astype("<i2")
    with wave.open(os.fspath(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(numbers.tobytes())


def read_wav(path: str | os.PathLike[str]) -> np.ndarray:
    """The samples of a wav file, 8, 16, 24 or 32 bits, any rate, channels averaged; raises ValueError for others."""
    return samples_of(Path(path).read_bytes(), os.fspath(path))


def samples_of(content: bytes, shown: str) -> np.ndarray:
    """The samples in the bytes of a wav file; `shown` names it where they are none."""
    try:
        with wave.open(io.BytesIO(content), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            content = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{shown} is no wav file of plain samples: {str(error) or 'it ends too early'}") from None
    content = content[: len(content) // (width * channels) * (width * channels)]  # a broken file may end anywhere
    if width == 3:
        numbers = np.frombuffer(b"".join(b"\0" + content[k : k + 3] for k in range(0, len(content), 3)), "<i4") / 2**31
    elif width == 1:
        numbers = np.frombuffer(content, np.uint8) / 128.0 - 1.0
    else:
        numbers = np.frombuffer(content, f"<i{width}") / 2.0 ** (8 * width - 1)
    sound = numbers.reshape(-1, channels).mean(axis=1)
    if rate == RATE or not len(sound):
        return sound
    places = np.arange(0.0, len(sound) - 1, rate / RATE)
    return np.interp(places, np.arange(len(sound)), sound)
