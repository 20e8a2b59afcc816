"""Recordings that users give to a network of `train sounds`: what is heard in them, and what is refused or doubted."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from nn.__main__ import main
from nn.tasks.recordings import heard_in, levels_and_doubts, read_wav, write_wav
from nn.tasks.sounds import RATE, VOWELS, distance, heard, spoken_vowels, synthesized

pytestmark = pytest.mark.program


def hiss(seconds, level=0.0003):
    return level * np.random.default_rng(1).standard_normal(round(seconds * RATE))


def said(vowel, **options):
    return 0.5 * synthesized(VOWELS[vowel], **{"pitch": 120.0, "breath": 0.02, **options})


def wav(sound, rate=RATE, kind=1, width=2, channels=1, extensible=False):
    """The bytes of a wav file of any kind."""
    wide = np.repeat(sound, channels)
    if kind == 3:
        data = wide.astype(f"<f{width}").tobytes()
    elif width == 1:
        data = (wide * 127 + 128).round().astype(np.uint8).tobytes()
    else:
        numbers = (wide * (2 ** (8 * width - 1) - 1)).round().astype("<i8")
        data = numbers.view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    head = struct.pack("<HHIIHH", 0xFFFE if extensible else kind, channels, rate, 0, width * channels, 8 * width)
    head += struct.pack("<HHIH", 22, 8 * width, 0, kind) + bytes(14) if extensible else b""
    chunks = b"LIST\3\0\0\0abc\0" + b"fmt " + struct.pack("<I", len(head)) + head
    return b"RIFF\0\0\0\0WAVE" + chunks + b"data" + struct.pack("<I", len(data)) + data


@pytest.mark.parametrize("vowel", VOWELS)
def test_pauses_around_and_within_a_vowel_are_not_heard(vowel):
    sound = said(vowel)
    alone = heard(sound)
    for paused in (
        [hiss(0.8), sound, hiss(0.7)],
        [np.zeros(9_000), sound],
        [sound, hiss(0.5), sound],
        [0.9 * np.eye(1, 4_000, 2_000)[0], sound],  # a knock before it
    ):
        assert distance(heard(np.concatenate(paused)), alone) < 1.0


@pytest.mark.parametrize("sound", [np.zeros(RATE), hiss(1), hiss(1) + 0.9 * np.eye(1, RATE, 8_000)[0], np.zeros(0)])
def test_silence_a_hiss_and_a_click_are_refused_in_a_line(tmp_path, sound):
    write_wav(tmp_path / "mine.wav", sound)
    with pytest.raises(ValueError, match=r"^nothing is heard for 0\.1 s in .*mine\.wav, .*: record one vowel, .*$"):
        heard_in(tmp_path / "mine.wav")


@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize(("kind", "width"), [(1, 1), (1, 2), (1, 3), (1, 4), (3, 4), (3, 8)])
def test_a_vowel_is_heard_alike_in_wav_files_of_every_kind(kind, width, extensible):
    content = wav(said("eh"), kind=kind, width=width, channels=2, extensible=extensible)
    levels, doubts = levels_and_doubts(content, "eh.wav")
    assert distance(levels, heard(said("eh"))) < (7.0 if width == 1 else 0.5)
    assert doubts == ()


def resampled(sound, rate):
    count = round(len(sound) * rate / RATE)
    found = np.zeros(count // 2 + 1, complex)
    part = np.fft.rfft(sound)[: len(found)]
    found[: len(part)] = part
    return np.fft.irfft(found, count) * count / len(sound)


def test_other_rates_are_heard_alike_and_low_ones_are_told_of():
    levels, doubts = levels_and_doubts(wav(resampled(said("ah"), 48_000), 48_000), "ah.wav")
    assert distance(levels, heard(said("ah"))) < 1.0
    assert not doubts
    _, doubts = levels_and_doubts(wav(resampled(said("ah"), 8_000), 8_000), "ah.wav")
    assert doubts[0] == "ah.wav has 8,000 samples a second, so nothing above 4,000 Hz: record with 16,000"


def test_what_is_no_vowel_or_two_of_them_is_doubted():
    def doubts(sound):
        return levels_and_doubts(wav(sound), "x.wav")[1]

    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    for sound in (hiss(1, 0.2), tone):
        (told,) = doubts(sound)
        assert "x.wav is unlike every vowel of training" in told
    (told,) = doubts(np.concatenate([said("ee"), hiss(0.3), said("oo")]))
    assert "x.wav changes while it lasts" in told
    for vowel in VOWELS:
        assert not doubts(np.concatenate([hiss(0.5), said(vowel), hiss(0.5)]))


def test_new_voices_are_like_those_of_training():
    known, new = spoken_vowels(200, seed=1)[0], spoken_vowels(100, seed=2)[0]
    assert max(distance(known, row).min() for row in new) < 6.5


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is an empty file and no wav file"),
        (b"a,b\n1,2\n", "is something else and no wav file"),
        (b"ID3\3" + bytes(90), "is an MP3 recording and no wav file"),
        (b"\0\0\0\x20ftypM4A " + bytes(90), "is an MP4 recording, as telephones make them, and no wav file"),
        (wav(said("ee"), kind=17), "is a wav file of 16 bits in format 17"),
        (b"RIFF\0\0\0\0WAVEfmt ", "is a wav file that ends before its sound begins"),
        (wav(np.zeros(61 * RATE)), "lasts longer than 60 s"),
    ],
)
def test_what_is_named_wav_and_is_none_is_told_of_in_a_line(tmp_path, capsys, content, told):
    (tmp_path / "x.wav").write_bytes(content)
    assert main(["inspect", str(tmp_path / "x.wav")]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "wanted" in error
    assert error.count("\n") == 1


def test_recordings_of_telephones_are_none_under_any_name_and_tables_are_tables(tmp_path, capsys):
    (tmp_path / "x.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(90))
    assert main(["inspect", str(tmp_path / "x.m4a")]) == 2
    assert "save or convert it as WAV" in capsys.readouterr().err
    (tmp_path / "x.csv").write_text("ID3,caffeine\n" + "1,2\n3,4\n" * 10, encoding="utf-8")
    assert main(["inspect", str(tmp_path / "x.csv")]) == 0


def test_doubts_stand_beside_the_answer(tmp_path, capsys):
    assert main(["train", "sounds", "--epochs", "3", "--ensemble", "1", "--quiet", "--out", str(tmp_path / "run")]) == 0
    model, path = str(tmp_path / "run" / "model.json"), str(tmp_path / "two.wav")
    write_wav(path, np.concatenate([said("ee"), hiss(0.3), said("oo")]))
    assert np.isfinite(read_wav(path)).all()
    capsys.readouterr()
    assert main(["predict", model, path]) == 0
    assert "changes while it lasts" in capsys.readouterr().err
    assert main(["explain", model, path]) == 0
    assert "changes while it lasts" in capsys.readouterr().out
