"""What train advises to type cures what it was advised for."""

import json
import re
from argparse import ArgumentParser

import pytest

from nn.__main__ import main
from nn.commands.cures import Run, for_linear, told, ways_of
from nn.commands.train import add_arguments
from nn.training.diagnoses import CURES, SENTENCES, sentence
from nn.training.settings import Settings

pytestmark = pytest.mark.program

SICK = {
    "sgd, too long": ["--optimizer", "sgd", "--lr", "100", "--activation", "tanh"],
    "sgd, much too long": ["--optimizer", "sgd", "--lr", "1e6"],
    "adam, too long": ["--lr", "30"],
    "adam, too short": ["--lr", "1e-6"],
    "sgd, too short": ["--optimizer", "sgd", "--lr", "1e-5", "--activation", "tanh", "--epochs", "30"],
    "vanishing": ["--hidden", "4,4,4,4,4,4,4,4,4,4,4,4", "--activation", "sigmoid"],
    "decayed": ["--l2", "5"],
    "linear": ["--epochs", "80", "--hidden", "16", "--activation", "linear"],
}


@pytest.mark.parametrize("name", SICK)
def test_the_options_that_a_note_names_cure(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
    assert main(["train", "moons", *SICK[name], "--out", "sick"]) == 0
    notes = [line for line in capsys.readouterr().out.splitlines() if line.startswith("note: ")]
    options = re.search(r": (--[^:]*?)( or --.*)?$", notes[0])[1].split()
    assert main(["train", "moons", *SICK[name], *options, "--out", "cured"]) == 0
    cured = capsys.readouterr().out
    assert not any(note.split(": ")[1][:20] in cured for note in notes)
    losses = [json.loads((tmp_path / run / "summary.json").read_text())["figures"] for run in ("sick", "cured")]
    before, after = (figures["held out"]["log loss"] for figures in losses)
    assert after < min(before, 0.4)


CHOSEN = Settings((4, 4, 4), 20, 0.02, 16, 10, 0.001)
SEEN = dict.fromkeys(
    "first last share layer activation scaling now moved start end reached constant penalty strength epoch best train "
    "patience decay dropout steps before span count name size usual classes clip".split(),
    0.0,
)


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_option_that_is_named_is_one(kind):
    said = sentence(kind, **SEEN, ratio=0.5, cure=CURES["fewer"])
    for way in ways_of(said, Run(CHOSEN)):
        parser = ArgumentParser()
        add_arguments(parser)
        assert vars(parser.parse_args(["moons", *way.split()])) != vars(parser.parse_args(["moons"]))


def test_who_finds_the_length_of_steps_by_itself_is_told_of_none():
    said = sentence("large", ratio=2.0, now="")
    assert ways_of(said, Run(CHOSEN)) == ["--lr 0.002"]
    assert ways_of(said, Run(CHOSEN, optimizer="lbfgs")) == []
    unfinished = sentence("unfinished", **SEEN, ratio=1e-5)
    assert ways_of(unfinished, Run(CHOSEN))[0].startswith("--lr ")
    assert ways_of(unfinished, Run(CHOSEN, began_linear=True)) == ["--epochs 80"]
    assert ways_of(unfinished, Run(CHOSEN, optimizer="lbfgs")) == ["--epochs 80"]


def test_who_asked_for_far_too_short_steps_is_told_of_the_usual_ones():
    slow = Run(CHOSEN._replace(lr=1e-7), usual_rate=0.02)
    assert ways_of(sentence("small", **SEEN, ratio=1e-6), slow) == ["--lr 0.02"]
    assert ways_of(sentence("unfinished", **SEEN, ratio=1e-6), slow) == ["--lr 0.02"]
    assert for_linear(slow) == "--lr 0.02 may do better"
    assert for_linear(Run(CHOSEN, usual_rate=0.02)) == "--hidden 0 trains one"
    assert ways_of(sentence("small", **SEEN, ratio=1e-6), Run(CHOSEN, usual_rate=0.02)) == ["--lr 1"]


def test_who_lost_every_number_on_the_command_line_is_told_of_its_options_alone(tmp_path, capsys):
    rows = "".join(f"{k % 13},{k % 7},{k % 13 + 2 * (k % 7) + k % 3}\n" for k in range(400))
    (tmp_path / "rows.csv").write_text("a,b,y\n" + rows)
    arguments = ["train", str(tmp_path / "rows.csv"), "--target", "y", "--optimizer", "sgd", "--lr", "100"]
    assert main([*arguments, "--out", str(tmp_path / "run")]) != 0
    said = capsys.readouterr().err
    assert re.search(r"take a smaller learning rate \(it was 100\): --lr 0\.01 --epochs \d+\n", said)
    assert "detect_anomaly" not in said


def test_one_cure_is_told_and_comes_first():
    notes = [sentence("unscaled", **SEEN), sentence("large", ratio=2.0, now=""), sentence("straight", **SEEN)]
    lines = [line for line, _ in told(notes, Run(CHOSEN))]
    assert [line.partition(": ")[0] for line in lines] == ["note", "note", "also seen, and perhaps gone with that"]
    assert ["--" in line for line in lines] == [False, True, False]
