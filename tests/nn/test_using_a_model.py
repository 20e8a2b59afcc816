"""What train says to do with a model works when it is pasted."""

import shlex
import subprocess
import sys

import pytest
from processes import POSIX

from nn import MLP, save
from nn.__main__ import main
from nn.tables.data import load_dataset
from nn.tasks.names import invent
from nn.tasks.sounds import VOWELS, synthesized, write_wav

pytestmark = pytest.mark.program


def last_line(out):
    return out.splitlines()[-1]


@POSIX
def test_the_line_that_makes_up_names_does_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # plots take most of the time
    options = ["--hidden", "4", "--epochs", "1", "--ensemble", "1"]
    assert main(["train", "names", *options, "--out", "it's $5"]) == 0
    said = last_line(capsys.readouterr().out)
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


@POSIX
def test_the_line_that_tells_a_vowel_does_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["train", "sounds", "--epochs", "5", "--ensemble", "1", "--out", "run"]) == 0
    said = last_line(capsys.readouterr().out)
    assert said == "use the model: glassgrad explain run/model.json YOURS.wav tells the vowel in a recording"
    write_wav("YOURS.wav", synthesized(VOWELS["ee"], pitch=120.0, breath=0.02))
    command = shlex.split(said.removeprefix("use the model: ").partition(" tells")[0])
    assert main(command[1:]) == 0
    assert capsys.readouterr().out.startswith("vowel: ee (")
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
    assert capsys.readouterr().err.startswith(f"glassgrad: error: {path}")


def test_sounds_and_recordings_have_the_same_columns():
    names = load_dataset("sounds").schema.inputs
    assert names == tuple(f"band {k}" for k in range(24))
