"""What train advises to type cures what it was advised for."""

import json
import re
from argparse import ArgumentParser

import pytest

from nn.__main__ import main
from nn.commands.cures import with_options
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
    "patience decay dropout steps before epochs count name size usual classes clip".split(),
    0.0,
)


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_option_that_is_named_is_one(kind):
    said = sentence(kind, **SEEN, ratio=0.5, cure=CURES["fewer"])
    told = with_options(said, CHOSEN, 0, "adam")
    assert told.startswith(said)
    for way in told[len(said) + 2 :].split(" or ") if told != said else []:
        parser = ArgumentParser()
        add_arguments(parser)
        assert vars(parser.parse_args(["moons", *way.split()])) != vars(parser.parse_args(["moons"]))


def test_who_finds_the_length_of_steps_by_itself_is_told_of_none():
    said = sentence("large", ratio=2.0, now="")
    assert with_options(said, CHOSEN, 0, "adam").endswith("learning rate: --lr 0.002")
    assert with_options(said, CHOSEN, 0, "lbfgs") == said
