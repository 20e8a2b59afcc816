"""Recordings: wav files read and written, what a network of `train sounds` takes of one, and how far that is to be
trusted."""

from __future__ import annotations

import os
import re
import struct
import wave
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from nn.tasks.sounds import BANDS, RATE, changes, distance, heard, spoken_vowels
from nn.wording import place, reason

LONGEST = 60  # seconds
LOW_RATE = 12_000  # samples a second, below which the upper bands are empty
UNLIKE, CHANGING = 6.5, 6.0  # dB between a recording and the nearest vowel (new voices: 6), its beginning and its end
PLAIN, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE  # formats of a wav file's samples; the last names one of the others further on

# How files begin that recorders leave, or that are named .wav by mistake.
OTHERS = (
    (rb"ID3[\2-\4]|\xff[\xfb\xf3\xf2]", "an MP3 recording"),
    (rb"\0\0..ftyp", "an MP4 recording, as telephones make them,"),
    (rb"OggS\0", "an Ogg recording"),
    (rb"fLaC\0", "a FLAC recording"),
    (rb"\x1aE\xdf\xa3", "a WebM recording, as browsers make them,"),
    (rb"FORM....AIF[FC]", "an AIFF recording"),
    (rb"caff\0", "a CAF recording"),
    (rb"#!AMR", "an AMR recording"),
)
WANTED = "a wav file of plain samples"


def is_recording(content: bytes, name: str) -> bool:
    """Whether the bytes are a wav file or another recording, or are named as one."""
    wav = content.startswith(b"RIFF") and content[8:12] == b"WAVE"
    return wav or other_recording(content) != "" or name.lower().endswith((".wav", ".wave"))


def other_recording(content: bytes) -> str:
    """What a recording is that is no wav file; "" for anything else."""
    return next((what for start, what in OTHERS if re.match(start, content, re.DOTALL)), "")


def levels_and_doubts(content: bytes, shown: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """What the network takes of the bytes of a recording, and sentences on why the answer may be wrong.

    Raises ValueError, one line that names the recording, where nothing is heard in it.
    """
    rate, sound = _rate_and_samples(content, shown)
    sound = _resampled(sound, rate)
    try:
        levels = heard(sound)
    except ValueError as error:
        raise ValueError(
            f"{error} in {shown}, which lasts {len(sound) / RATE:.2g} s: record one vowel, said for half a second "
            "close to the microphone"
        ) from None
    doubts = []
    if rate < LOW_RATE:
        doubts.append(f"{shown} has {rate:,} samples a second, so nothing above {rate // 2:,} Hz: record with {RATE:,}")
    if (apart := changes(sound)) > CHANGING:
        doubts.append(f"{shown} changes while it lasts, by {apart:.0f} dB on average: record one vowel a file")
    elif (apart := float(distance(_usual(), levels).min())) > UNLIKE:
        doubts.append(
            f"{shown} is unlike every vowel of training ({apart:.0f} dB from the nearest one, other voices about 3): "
            "the answer is a guess, however sure it looks"
        )
    return levels, tuple(doubts)


@cache
def _usual() -> np.ndarray:
    return spoken_vowels(200, seed=1)[0].reshape(-1, BANDS)


def heard_in(path: str | os.PathLike[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """What the network takes of a wav file, and sentences on why the answer may be wrong; raises ValueError that names
    it for what cannot be heard."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ValueError(f"{place(path)} cannot be read: {reason(error)}") from None
    return levels_and_doubts(content, place(path))


def write_wav(path: str | os.PathLike[str], sound: np.ndarray) -> None:
    """Write samples between -1 and 1 as a wav file of 16 bits."""
    numbers = (np.clip(sound, -1.0, 1.0) * 32767.0).round().astype("<i2")
    with wave.open(os.fspath(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(numbers.tobytes())


def read_wav(path: str | os.PathLike[str]) -> np.ndarray:
    """The samples of a wav file, 8, 16, 24 or 32 bits or floats, any rate, channels averaged; raises ValueError for
    others."""
    return samples_of(Path(path).read_bytes(), os.fspath(path))


def samples_of(content: bytes, shown: str) -> np.ndarray:
    """The samples in the bytes of a wav file, 16,000 a second; `shown` names it where they are none."""
    rate, sound = _rate_and_samples(content, shown)
    return _resampled(sound, rate)


def _rate_and_samples(content: bytes, shown: str) -> tuple[int, np.ndarray]:
    if not (content.startswith(b"RIFF") and content[8:12] == b"WAVE"):
        what = other_recording(content) or ("an empty file" if not content else "something else")
        raise ValueError(f"{shown} is {what} and no wav file; wanted {WANTED}: save or convert it as WAV (PCM)")
    parts = dict(_chunks(content))
    head, data = parts.get(b"fmt ", b""), parts.get(b"data")
    if len(head) < 16 or data is None:
        raise ValueError(f"{shown} is a wav file that ends before its sound begins; wanted {WANTED}")
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", head[:16])
    if kind == EXTENSIBLE and len(head) >= 26:
        (kind,) = struct.unpack("<H", head[24:26])
    width = bits // 8
    if (kind, width) not in [(PLAIN, 1), (PLAIN, 2), (PLAIN, 3), (PLAIN, 4), (FLOAT, 4), (FLOAT, 8)]:
        raise ValueError(f"{shown} is a wav file of {bits} bits in format {kind}; wanted {WANTED}, 8 to 32 bits each")
    if not channels or not rate:
        raise ValueError(f"{shown} is a damaged wav file: {channels} channels, {rate:,} samples a second")
    data = data[: len(data) // (width * channels) * (width * channels)]  # a broken file may end anywhere
    if len(data) > LONGEST * rate * width * channels:
        raise ValueError(f"{shown} lasts longer than {LONGEST} s; wanted one vowel, said for half a second")
    return rate, _numbers(data, kind, width).reshape(-1, channels).mean(axis=1)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and contents of a wav file's parts; the last one may be cut off, or of a size that is not said."""
    at = 12
    while at + 8 <= len(content):
        (size,) = struct.unpack("<I", content[at + 4 : at + 8])
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _numbers(data: bytes, kind: int, width: int) -> np.ndarray:
    """Samples between -1 and 1."""
    if kind == FLOAT:
        return np.clip(np.nan_to_num(np.frombuffer(data, f"<f{width}").astype(float)), -1.0, 1.0)
    if width == 1:
        return np.frombuffer(data, np.uint8) / 128.0 - 1.0
    if width == 3:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return wide.view("<i4")[:, 0] / 2.0**31
    return np.frombuffer(data, f"<i{width}") / 2.0 ** (8 * width - 1)


def _resampled(sound: np.ndarray, rate: int) -> np.ndarray:
    """The sound with 16,000 samples a second, without the frequencies that these cannot hold."""
    count = round(len(sound) * RATE / rate)
    if rate == RATE or count < 2:
        return sound
    return np.fft.irfft(np.fft.rfft(sound)[: count // 2 + 1], count) * count / len(sound)
