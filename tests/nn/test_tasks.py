"""The four kinds of task on built-in data: what they are made of, that they are learned, that their examples run."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from plain_numbers import Plain

from autograd import COMPILED
from nn.tables.data import BUILT_IN, load_dataset
from nn.tasks.handwriting import packed_pixels, some_digits
from nn.tasks.names import END, LETTERS, built_in_names, first_names, next_letters, one_hot
from nn.tasks.points import SHAPES, points
from nn.tasks.recordings import read_wav, samples_of, write_wav
from nn.tasks.sounds import HOP, RATE, VOWELS, WINDOW, _resonated, heard, spectrogram, spoken_vowels, synthesized

pytestmark = pytest.mark.program

EXAMPLES = Path(__file__).parents[2] / "examples"


def train(tmp_path, *arguments) -> dict:
    from nn.__main__ import main

    assert main(["train", *arguments, "--quiet", "--out", str(tmp_path / "run")]) == 0
    return json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))


def held_out(summary) -> dict:
    return summary["figures"]["held out"]


def test_networks_averaged_into_one_that_are_too_many_for_a_page_are_told_of(tmp_path, capsys):
    pytest.importorskip("sklearn")
    from nn.__main__ import main

    assert main(["train", "digits", "--epochs", "1", "--ensemble", "5", "--out", str(tmp_path / "run")]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "no draw.html" in line]
    assert "24,010 parameters" in line
    assert "--ensemble 1 trains one alone" in line


def test_digits_are_read_with_97_percent_and_can_be_drawn(tmp_path):
    pytest.importorskip("sklearn")
    summary = train(tmp_path, "digits")
    assert held_out(summary)["accuracy"] >= 0.97
    assert summary["parameters"] == 64 * 64 + 64 + 64 * 10 + 10
    page = (tmp_path / "run" / "draw.html").read_text(encoding="utf-8")
    assert '"kind":"image"' in page
    assert re.search(r'"settings":\{"optimizer":"adam","lr":[\d.]+,"batch":\d+\}', page)


SEEDS = [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 6))]


@pytest.mark.parametrize("seed", SEEDS)
def test_vowels_of_speakers_never_heard_before_are_told_apart_with_86_percent(tmp_path, seed):
    pytest.importorskip("parselmouth")
    assert held_out(train(tmp_path, "vowels", "--seed", str(seed)))["accuracy"] >= 0.86
    data = load_dataset("vowels", seed=seed)
    speakers = [set(data.table.column("speaker").codes[part].tolist()) for part in data.indexes]
    assert not speakers[0] & speakers[2]
    assert not speakers[1] & speakers[2]


def test_sounds_are_told_apart(tmp_path):
    assert held_out(train(tmp_path, "sounds", "--epochs", "40"))["accuracy"] >= 0.93


def test_the_next_letter_is_foreseen_better_than_by_counting_single_letters(tmp_path):
    summary = train(tmp_path, "names", "--epochs", "4")
    assert held_out(summary)["log loss"] < summary["baselines"]["linear model"]["log loss"] < np.log(27)


def test_a_model_of_the_next_letter_invents_names(tmp_path, capsys):
    from nn.__main__ import main

    assert main(["train", "names", "--epochs", "1", "--out", str(tmp_path / "run")]) == 0
    out = capsys.readouterr().out
    found = re.search(r"^names it invents, letter by letter: (.*)$", out, re.MULTILINE)
    assert found
    names = found[1].split(", ")
    assert len(names) == 10
    assert all(re.fullmatch("[a-z]{0,15}", name) for name in names)
    assert "glassgrad predict" not in out


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_are_learned_though_no_line_parts_them(name, tmp_path):
    summary = train(tmp_path, name)
    assert held_out(summary)["accuracy"] >= 0.95
    X, y = points(name, 60, seed=3)
    assert (X, y) == points(name, 60, seed=3)
    assert len(set(y)) == (3 if name == "blobs" else 2)


@pytest.mark.parametrize("name", sorted(set(BUILT_IN) - {"digits", "vowels"}))
def test_built_in_data_are_the_same_every_time_and_parted_without_overlap(name):
    one, other = load_dataset(name, seed=1), load_dataset(name, seed=1)
    for part in ("train", "validation", "held_out"):
        assert np.array_equal(getattr(one, part).rows, getattr(other, part).rows)
        assert len(getattr(one, part)) > 10


def test_vowels_without_their_package_are_told_in_one_line(capsys, monkeypatch):
    from nn.__main__ import main

    monkeypatch.setitem(sys.modules, "parselmouth", None)
    assert main(["train", "vowels"]) == 2  # as for digits
    told = capsys.readouterr().err
    assert told.count("pip install praat-parselmouth") == told.count("glassgrad train sounds") == told.count("\n") == 1


# ---- handwriting and names


def test_a_thousand_digits_come_along_a_hundred_of_each_kind():
    X, y = some_digits()
    assert X.shape == (1000, 64)
    assert np.bincount(y).tolist() == [100] * 10
    assert (X.min(), X.max()) == (0.0, 1.0)


def test_the_digits_are_those_of_scikit_learn():
    datasets = pytest.importorskip("sklearn.datasets")
    X, y = datasets.load_digits(return_X_y=True)
    chosen = sorted(i for k in range(10) for i in np.flatnonzero(y == k)[:100])
    pixels, labels = packed_pixels()
    assert pixels == X[chosen].astype(np.uint8).tobytes()
    assert list(labels) == y[chosen].tolist()


def test_names_are_many_and_of_letters_only():
    for names in (built_in_names(), first_names()):
        assert len(names) > 1_200
        assert len(set(names)) == len(names)
        assert all(re.fullmatch("[a-z]{1,15}", name) for name in names)


def test_every_letter_and_the_end_is_asked_for_once():
    names = built_in_names()[:50]
    before, letter = next_letters(names, 3)
    assert len(letter) == sum(len(name) + 1 for name in names)
    assert np.count_nonzero(letter == END) == len(names)
    first = one_hot(before)[0]
    assert first.reshape(3, 27).argmax(axis=1).tolist() == [END] * 3
    assert LETTERS[letter[0]] == names[0][0]


# ---- sounds


def test_a_speaker_has_one_voice_for_twenty_vowels(monkeypatch):
    pitches = []

    def noted(formants, *, pitch, **options):
        pitches.append(pitch)
        return synthesized(formants, pitch=pitch, **options)

    monkeypatch.setattr("nn.tasks.sounds.synthesized", noted)
    _, _, speakers = spoken_vowels(60, seed=3)
    assert speakers.tolist() == [0] * 20 + [1] * 20 + [2] * 20
    by_speaker = [np.array(pitches)[speakers == k] for k in range(3)]
    for said in by_speaker:
        assert said.max() / said.min() <= 1.1 / 0.9, "a vowel is said a tenth higher or lower at most"
    assert len({round(said.mean()) for said in by_speaker}) == 3


def test_a_resonance_begins_in_silence_and_is_linear():
    sound = np.random.default_rng(0).normal(size=100)
    assert not _resonated(np.zeros(100), 1.6, -0.8).any()
    assert _resonated(2.0 * sound, 1.6, -0.8) == pytest.approx(2.0 * _resonated(sound, 1.6, -0.8))


def test_a_vowel_has_its_hills_where_its_formants_are():
    sound = synthesized((700.0, 1_800.0, 2_600.0), pitch=100.0, seconds=0.5, breath=0.0)
    power = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)

    def level(center):  # of the harmonics around it
        return power[(frequency > center - 60) & (frequency < center + 60)].max()

    assert level(700) > 4 * level(1_200)
    assert level(1_800) > 4 * level(1_200)


def test_the_spectrum_of_the_page_and_of_python_have_the_pitch():
    for pitch in (100.0, 200.0):
        sound = synthesized(VOWELS["ah"], pitch=pitch, seconds=0.5, breath=0.0)
        part = sound[2_000:6_000]
        same = [float(part[:-lag] @ part[lag:]) for lag in range(40, 200)]
        assert 40 + int(np.argmax(same)) == pytest.approx(RATE / pitch, abs=4)


def test_a_spectrogram_has_a_column_every_10_ms_and_shows_a_tone_in_its_band():
    t = np.arange(RATE) / RATE
    levels = [spectrogram(np.sin(2 * np.pi * f * t)) for f in (300.0, 1_000.0, 3_000.0)]
    assert levels[0].shape == ((RATE - WINDOW) // HOP + 1, 24)
    loudest = [int(level.mean(axis=0).argmax()) for level in levels]
    assert loudest == sorted(set(loudest))
    assert all(level.max() == 0.0 and level.min() >= -60.0 for level in levels)
    with pytest.raises(ValueError, match="at least 512 samples"):
        spectrogram(np.zeros(100))


def test_noise_is_heard_as_numbers_and_silence_is_not_heard():
    assert np.isfinite(heard(np.random.default_rng(0).standard_normal(2_000))).all()
    for sound in (np.zeros(2_000), 1e-9 * np.ones(6_000), np.zeros(0), np.ones(600)):
        with pytest.raises(ValueError, match=r"nothing is heard for 0\.1 s"):
            heard(sound)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (8_000, 1)])
def test_wav_files_of_any_width_rate_and_channels_are_read(tmp_path, width, rate, channels):
    t = np.arange(rate // 4) / rate
    tone = 0.5 * np.sin(2 * np.pi * 440.0 * t)
    scale = 2 ** (8 * width - 1) - 1
    numbers = np.repeat((tone * scale).round().astype(np.int64), channels)
    raw = (numbers + 128).astype(np.uint8).tobytes() if width == 1 else b"".join(
        int(x).to_bytes(width, "little", signed=True) for x in numbers
    )  # fmt: skip
    with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    found = read_wav(tmp_path / "tone.wav")
    assert len(found) == pytest.approx(RATE // 4, abs=3)
    assert found == pytest.approx(0.5 * np.sin(2 * np.pi * 440.0 * np.arange(len(found)) / RATE), abs=0.03)


def test_what_is_written_is_read_and_what_is_no_wav_is_refused(tmp_path):
    sound = synthesized(VOWELS["oo"], pitch=110.0)
    write_wav(tmp_path / "oo.wav", sound)
    assert read_wav(tmp_path / "oo.wav") == pytest.approx(sound, abs=1e-4)
    for content in (b"", b"RIFF", b"no sound at all" * 10):
        (tmp_path / "bad.wav").write_bytes(content)
        with pytest.raises(ValueError, match=r"bad\.wav is .*wanted a wav file of plain samples"):
            read_wav(tmp_path / "bad.wav")


# ---- the examples


def run(name, *arguments):
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *map(str, arguments)],
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_an_example_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


def test_digits_are_read_and_the_worst_are_shown(tmp_path):
    out = run("read_digits.py", tmp_path / "digits.html")
    assert float(re.search(r"held out: ([\d.]+) %", out)[1]) >= 95.0
    assert out.count("taken for a") == 3
    assert (tmp_path / "digits.html").stat().st_size < 700_000


def test_vowels_are_told_apart_and_wav_files_listened_to(tmp_path):
    write_wav(tmp_path / "mine.wav", synthesized(VOWELS["ah"], pitch=180.0, seed=9))
    out = run("tell_vowels.py", tmp_path / "sounds", tmp_path / "mine.wav")
    shares = [float(share) for share in re.findall(r"([\d.]+) % right", out)]
    assert len(shares) in (1, 2)
    assert min(shares) >= 86.0
    assert "mine.wav is taken for ah" in out
    assert sorted(path.stem for path in (tmp_path / "sounds").iterdir()) == sorted(VOWELS)


def told(*arguments):
    """What the example about vowels says of arguments that are wrong, and that it is one line."""
    run = [sys.executable, str(EXAMPLES / "tell_vowels.py"), *map(str, arguments)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("tell_vowels.py: error: ")


def test_a_recording_may_stand_alone_and_one_that_is_none_is_told_of_in_a_line(tmp_path):
    none, short, folder = tmp_path / "none.wav", tmp_path / "short.wav", tmp_path / "there"
    none.write_bytes(b"hello")
    write_wav(short, np.zeros(0))
    folder.mkdir()
    assert told(tmp_path / "no.wav").startswith(f"{tmp_path / 'no.wav'} cannot be read: No such file")
    assert told(folder, none).startswith(f"{none} is something else and no wav file; wanted a wav file")
    assert told(short).startswith(f"nothing is heard for 0.1 s in {short}, which lasts 0 s: record one vowel")
    assert told(folder, short, none).startswith("one folder and one recording at most")
    spec = importlib.util.spec_from_file_location("tell_vowels", EXAMPLES / "tell_vowels.py")
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)
    told_apart = example.told_apart
    assert told_apart([short]) == (Path("sounds"), short)
    assert told_apart([short, folder]) == told_apart([folder, short]) == (folder, short)
    assert told_apart([]) == (Path("sounds"), None)


def test_a_recording_in_stereo_or_broken_off_is_heard_as_far_as_it_goes(tmp_path):
    path, sound = tmp_path / "ee.wav", synthesized(VOWELS["ee"], pitch=120.0)
    write_wav(path, sound)
    content = path.read_bytes()
    assert np.array_equal(samples_of(content[:-1001], "ee.wav"), read_wav(path)[:-501])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.repeat((sound * 32767.0).round().astype("<i2"), 2).tobytes())
    assert np.abs(read_wav(path) - sound).max() < 1e-4


def test_three_models_foresee_the_next_letter_and_attention_is_drawn(tmp_path):
    out = run("next_letter.py", "--steps", "60", "--names", "800", tmp_path / "attention.svg")
    loss = {name: float(x) for name, x in re.findall(r"^  ([\w ]+?) +(\d\.\d+)$", out, re.MULTILINE)}
    assert all(loss[name] < loss["nothing known"] for name in ("bigram", "MLP", "transformer"))
    assert out.count("temperature") == 3
    drawn = (tmp_path / "attention.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert drawn.count("<rect") > 10


@pytest.mark.slow
@pytest.mark.skipif(not COMPILED, reason="takes minutes on the plain twin")
def test_the_transformer_foresees_letters_better_than_the_mlp():
    out = run("next_letter.py")
    loss = {name: float(x) for name, x in re.findall(r"^  ([\w ]+?) +(\d\.\d+)$", out, re.MULTILINE)}
    assert loss["transformer"] < loss["MLP"] - 0.02


def test_a_table_goes_all_the_way_to_new_answers(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import predict_a_table

    pytest.importorskip("sklearn")
    answers = predict_a_table.main(tmp_path)
    with answers.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert list(rows[0]) == [*predict_a_table.NAMES, "predicted_progression"]
    assert len(rows) == 42
    known = (tmp_path / "known.csv").read_text(encoding="utf-8").splitlines()
    assert not {",".join(list(row.values())[:-1]) for row in rows} & set(known), "never seen"
    wrong = [float(row["progression"]) - float(row["predicted_progression"]) for row in rows]
    assert np.sqrt(np.mean(np.square(wrong))) < 60.0  # the mean of all is wrong by 77
    summary = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))
    assert held_out(summary)["R2"] > summary["baselines"]["linear model"]["R2"] - 0.02


def test_a_table_of_ones_own_goes_all_the_way_too(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import predict_a_table

    lines = [f"{k};{k % 3};{'yes' if k % 3 else 'no'}" for k in range(60)]
    (tmp_path / "mine.csv").write_text("a;b;answer\n" + "\n".join(lines) + "\n", encoding="utf-8")
    answers = predict_a_table.main(tmp_path / "out", tmp_path / "mine.csv", "answer")
    assert answers.read_text(encoding="utf-8").startswith("a;b;answer;predicted_answer")
    assert answers.read_text(encoding="utf-8").count("\n") == 13


def test_a_gpt_by_hand_gives_the_same_losses_with_numbers_of_ones_own(monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import gpt_by_hand

    ours = gpt_by_hand.train(3, say=lambda text: None)
    theirs = gpt_by_hand.train(3, number=Plain, say=lambda text: None)
    assert ours == pytest.approx(theirs, rel=1e-12)
    assert ours[0] != ours[-1]
