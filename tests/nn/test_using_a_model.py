"""What train says to do with a model works when it is pasted."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from processes import POSIX

from nn import MLP, load, save
from nn.__main__ import main
from nn.commands.kinds import uses
from nn.tables.data import load_dataset
from nn.tables.schema import plain_schema
from nn.tables.targets import ClassTarget
from nn.tasks.columns import LOUDNESS, called
from nn.tasks.names import LETTERS, invent, one_hot
from nn.tasks.recordings import write_wav
from nn.tasks.sounds import VOWELS, bands, synthesized
from nn.tasks.vowels import INPUTS

pytestmark = pytest.mark.program


def last_line(out):
    return out.splitlines()[-1]


@POSIX
def test_the_line_that_makes_up_names_does_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # plots take most of the time
    options = ["--hidden", "4", "--epochs", "1", "--ensemble", "1"]
    assert main(["train", "names", *options, "--out", "it's $5"]) == 0
    out = capsys.readouterr().out
    assert main(shlex.split(out.splitlines()[-2])[5:]) == 0  # which letter comes next: glassgrad explain ...
    assert "the most likely letters after 'mar': " in capsys.readouterr().out
    said = last_line(out)
    assert said.startswith("use the model: python -c ")
    line = said.removeprefix("use the model: ").replace("python", shlex.quote(sys.executable), 1)
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) >= 5


def test_names_are_invented_again_with_the_same_seed(tmp_path):
    save(MLP(81, [4, 27], "tanh", seed=1), tmp_path / "model.json")
    first = invent(tmp_path / "model.json", 5, seed=3)
    assert len(first) == 5
    assert invent(tmp_path / "model.json", 5, seed=3) == first
    for model, wrong in ((MLP(2, [27], seed=1), "takes 2 inputs"), (MLP(81, [2], seed=1), "wanted 27 outputs")):
        save(model, tmp_path / "other.json")
        with pytest.raises(ValueError, match=wrong):
            invent(tmp_path / "other.json")


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    path = tmp_path_factory.mktemp("letters") / "model.json"
    schema = load_dataset("names").schema
    save(MLP(81, [4, 27], "tanh", seed=1), path, metadata={"table": schema.as_dict()})
    return str(path)


def test_the_letters_after_a_text_are_told_with_their_chances(letters, capsys):
    assert main(["explain", letters, "Omar"]) == 0
    answer, likely, *rest = capsys.readouterr().out.splitlines()
    assert likely.startswith(f"the most likely letters after 'mar': {answer.split()[1]} ")
    assert likely.count("%") == 8
    logits = load(letters)(one_hot(np.array([[LETTERS.index(k) for k in "mar"]]))[0].tolist())
    chances = np.exp([float(z) for z in logits]) / np.exp([float(z) for z in logits]).sum()
    assert f" {chances.max():.1%}" in likely
    assert not any("no value for" in line or "instead of" in line for line in rest)
    assert main(["explain", letters, "3 back: m=1, 2 back: a=1, 1 back: r=1"]) == 0
    assert capsys.readouterr().out.splitlines() == [answer, likely, *rest]
    assert main(["explain", letters, "o"]) == 0
    assert "after 'o': " in capsys.readouterr().out
    assert main(["explain", letters, "jürg"]) == 2
    assert "the letters a to z, and got 'ü' in 'jürg'" in capsys.readouterr().err


def test_of_columns_that_are_one_of_several_one_tells_of_the_others(tmp_path, capsys):
    names = ("color: red", "color: blue", "x")
    schema = plain_schema(names, ClassTarget("y", ("no", "yes")), 0.0, 1.0)
    save(MLP(3, [1], seed=1), tmp_path / "model.json", metadata={"table": schema.as_dict()})
    assert main(["explain", str(tmp_path / "model.json"), "color: red=1"]) == 0
    assert "no value for 'x': filled in" in capsys.readouterr().out
    assert main(["explain", str(tmp_path / "model.json"), "color: red=0"]) == 0
    assert "no value for 'color: blue', 'x': filled in" in capsys.readouterr().out


@POSIX
def test_the_line_that_tells_a_vowel_does_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["train", "sounds", "--epochs", "5", "--ensemble", "1", "--out", "run"]) == 0
    out = capsys.readouterr().out
    said = last_line(out)
    assert re.search(r"^ +\d\.\d %  band \d+ \(\d+-\d+ Hz\)$", out, re.MULTILINE)
    assert f"({LOUDNESS})" in out
    assert re.search(r">band \d+ \(\d+-\d+ Hz\)<", Path("run/dependence.svg").read_text(encoding="utf-8"))
    assert "answered worst" not in out  # rows that nobody can look up
    assert said == "use the model: glassgrad explain run/model.json YOURS.wav tells the vowel in a recording"
    write_wav("YOURS.wav", synthesized(VOWELS["ee"], pitch=120.0, breath=0.02))
    command = shlex.split(said.removeprefix("use the model: ").partition(" tells")[0])
    assert main(command[1:]) == 0
    out = capsys.readouterr().out
    assert out.startswith("vowel: ee (")
    between = [(a + o) / 2 for a, o in zip(VOWELS["ah"], VOWELS["oh"], strict=True)]
    write_wav("between.wav", synthesized(between, pitch=120.0, breath=0.02))
    assert main(["explain", "run/model.json", "between.wav"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^  band \d+ \(\d+-\d+ Hz\) = \S{1,9} instead of \S{1,9}: ", out, re.MULTILINE)
    assert re.search(r"^ +[+-]\d+\.\d%  band \d+ \(\d+-\d+ Hz\)$", out, re.MULTILINE)
    assert main(["predict", "run/model.json", "YOURS.wav"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("band 0,band 1,")


@pytest.mark.parametrize("content", [b"RIFF\x00\x00\x00\x00WAVE", b"RIFF\x10\x00\x00\x00WAVEfmt \x10\x00", None])
def test_a_recording_that_is_none_or_too_short_is_refused_in_one_line(tmp_path, content, capsys):
    path = tmp_path / "short.wav"
    if content is None:
        write_wav(path, synthesized(VOWELS["ee"], pitch=120.0, seconds=0.01))
    else:
        path.write_bytes(content)
    assert main(["inspect", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("glassgrad: error: ")
    assert str(path) in said
    assert said.count("\n") == 1


OTHER_KINDS = [
    ("digits", "ee.wav", "ee.wav is a recording, and the model takes none"),
    ("digits", "flats.csv", "takes what its page to draw on, draw.html, saves as a row"),
    ("digits", "drawing.png", "not a text file but a picture; a model of pictures takes what its page"),
    ("names", "flats.csv", "a model of names takes letters: glassgrad explain MODEL.json mar"),
    ("sounds", "flats.csv", "a model of sounds takes a recording: a wav file with one vowel"),
    ("vowels", "flats.csv", "these are natural logarithms of frequencies in Hz, such as F1=6.2 for 500 Hz"),
]


@pytest.mark.parametrize(("kind", "path", "told"), OTHER_KINDS)
def test_what_a_model_of_another_kind_takes_is_said(tmp_path, monkeypatch, capsys, kind, path, told):
    monkeypatch.chdir(tmp_path)
    letters = tuple(f"{back} back: {letter}" for back in (3, 2, 1) for letter in LETTERS)
    pixels = tuple(f"pixel {k}" for k in range(64))
    names = {"digits": pixels, "names": letters, "sounds": bands(), "vowels": INPUTS}[kind]
    schema = plain_schema(names, ClassTarget("kind", ("a", "b")), 0.0, 1.0)
    save(MLP(len(names), [1], seed=1), "model.json", metadata={"table": schema.as_dict()})
    write_wav("ee.wav", synthesized(VOWELS["ee"], pitch=120.0))
    Path("flats.csv").write_text("area,rent\n20,300\n", encoding="utf-8")
    Path("drawing.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    commands = [["predict", "model.json", path]] + ([["explain", "model.json", path]] if path != "drawing.png" else [])
    for command in commands:
        assert main(command) == 2
        error = capsys.readouterr().err
        assert told in error
        assert error.count("\n") == 1


def test_pixels_and_bands_are_called_by_what_people_know_of_them():
    told = called(f"pixel {k}" for k in range(64))
    assert (told["pixel 0"], told["pixel 30"]) == ("pixel 0 (row 1, column 1)", "pixel 30 (row 4, column 7)")
    assert called(["pixel 0", "pixel 1"])["pixel 1"] == "pixel 1"  # of no square
    assert called(bands())["band 4"] == "band 4 (400-607 Hz)"
    assert called(["rent"]) == {"rent": "rent"}


def test_how_a_model_of_vowels_is_asked_is_said_with_a_row_that_it_answers(tmp_path, capsys):
    rows = "".join(",".join(f"{5 + (7 * k + i) % 13 / 10}" for i in range(8)) + f",{'ab'[k % 2]}\n" for k in range(40))
    (tmp_path / "vowels.csv").write_text(",".join((*INPUTS, "vowel")) + "\n" + rows)
    data = load_dataset(str(tmp_path / "vowels.csv"), target="vowel")
    at = str(tmp_path / "model.json")
    save(MLP(8, [1], seed=1), at, metadata={"table": data.schema.as_dict()})
    answers, row, _ = uses(at, "vowels", data, None)
    assert "voice's F1 is the mean F1 of all that the speaker says" in answers
    assert main(shlex.split(row.partition(": ")[2])[1:]) == 0
    said = capsys.readouterr().out
    assert "natural logarithms of frequencies in Hz" in said
    assert "no value" not in said


def test_answers_behind_many_columns_are_said_beside_them(tmp_path, capsys):
    schema = plain_schema([f"x{k}" for k in range(21)], ClassTarget("digit", ("0", "1")), 0.0, 1.0)
    save(MLP(21, [1], seed=1), tmp_path / "model.json", metadata={"table": schema.as_dict()})
    rows = [",".join(f"x{k}" for k in range(21)), *(",".join(str((k + i) % 2) for k in range(21)) for i in range(7))]
    (tmp_path / "rows.csv").write_text("\n".join(rows) + "\n")
    command = ["predict", str(tmp_path / "model.json"), str(tmp_path / "rows.csv")]
    assert main(command) == 0
    out, said = capsys.readouterr()
    assert len(out.splitlines()) == 8
    lines = said.splitlines()
    assert re.fullmatch(r"glassgrad: row 1: digit [01] \(\d+\.\d%\)", lines[0])
    assert lines[5:] == ["glassgrad: and so on, in the column predicted_digit"]
    assert main([*command, "--out", str(tmp_path / "out.csv")]) == 0
    assert not capsys.readouterr().err


def test_letters_that_are_given_to_predict_are_for_explain(letters, capsys):
    assert main(["predict", letters, "mar"]) == 2
    assert f"there is no file 'mar'; for letters: glassgrad explain {letters} mar\n" in capsys.readouterr().err


def test_who_lacks_a_column_or_parts_decimal_commas_is_told_what_to_do(tmp_path, capsys):
    schema = plain_schema(("area", "rooms in all"), ClassTarget("y", ("no", "yes")), 0.0, 1.0)
    at = str(tmp_path / "model.json")
    save(MLP(2, [1], seed=1), at, metadata={"table": schema.as_dict()})
    (tmp_path / "rows.csv").write_text("area,z\n20,300\n")
    assert main(["predict", at, str(tmp_path / "rows.csv")]) == 2
    wanted = "add it empty, which counts as missing, or train without it: --ignore \"rooms in all\"\n"
    assert capsys.readouterr().err.endswith(wanted)
    assert main(["explain", at, "area=0,9"]) == 2
    assert "got '9'; pairs with decimal commas are parted by ;, which one alone ends with" in capsys.readouterr().err


def test_invented_names_begin_as_is_wanted(tmp_path):
    save(MLP(81, [27], seed=1), tmp_path / "model.json")
    names = invent(tmp_path / "model.json", 5, begin="Mar", seed=1)
    assert all(name.startswith("mar") for name in names)
    with pytest.raises(ValueError, match=r"begin must be letters from a to z, got 'j\."):
        invent(tmp_path / "model.json", begin="j.")


def test_sounds_and_recordings_have_the_same_columns():
    names = load_dataset("sounds").schema.inputs
    assert names == tuple(f"band {k}" for k in range(24))
