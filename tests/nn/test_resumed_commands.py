"""`glassgrad train --resume RUN`: a run that was ended goes on to the model it would have become."""

from __future__ import annotations

import json
import random

import pytest

from nn.__main__ import main
from nn.training.run import Run

pytestmark = pytest.mark.program

MOONS = ["train", "moons", "--hidden", "6", "--epochs", "12", "--patience", "12", "--batch-size", "32"]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
    return tmp_path


def table(path, rows=60):
    rng = random.Random(1)
    lines = [f"{rng.random():.3f},{rng.choice('abc')},{rng.random():.3f}" for _ in range(rows)]
    path.write_text("size,kind,price\n" + "\n".join(lines) + "\n")


def ended_in(monkeypatch, number):
    """Have Ctrl-C come in this epoch."""
    went = Run.epoch

    def epoch(self, at, bar):
        if at == number:
            raise KeyboardInterrupt
        return went(self, at, bar)

    monkeypatch.setattr(Run, "epoch", epoch)
    return lambda: monkeypatch.setattr(Run, "epoch", went)


def trained(place, name):
    return (place / name / "model.json").read_bytes(), json.loads((place / name / "state.json").read_text())["training"]


def without_times(training):
    return training | {"records": [record[:4] for record in training["records"]]}


@pytest.mark.parametrize("epoch", [2, 5, 12])
def test_a_run_that_was_ended_goes_on_to_the_same_model(place, monkeypatch, capsys, epoch):
    assert main([*MOONS, "--out", "whole", "--quiet"]) == 0
    go_on = ended_in(monkeypatch, epoch)
    assert main([*MOONS, "--out", "half"]) == 130
    go_on()
    assert main(["train", "--resume", "half"]) == 0
    (expected, training), (model, resumed) = trained(place, "whole"), trained(place, "half")
    assert model == expected
    assert without_times(resumed) == without_times(training)
    assert "written to half" in capsys.readouterr().out
    rows = [(place / name / "history.csv").read_text().count("\n") for name in ("whole", "half")]
    assert rows == [13, 13], "the curves of both parts"


def test_a_table_and_its_ensemble_go_on(place, monkeypatch):
    table(place / "prices.csv")
    command = ["train", "prices.csv", "--target", "price", "--epochs", "8", "--ensemble", "3"]
    assert main([*command, "--out", "whole"]) == 0
    go_on = ended_in(monkeypatch, 4)
    assert main([*command, "--out", "half"]) == 130
    go_on()
    assert main(["train", "--resume", "half", "--quiet"]) == 0
    assert trained(place, "half")[0] == trained(place, "whole")[0]


def test_a_run_goes_on_for_more_epochs_and_may_go_on_twice(place, monkeypatch):
    long = [word if word != "12" else "15" for word in MOONS]
    assert main([*long, "--schedule", "constant", "--out", "whole", "--quiet"]) == 0
    assert main([*long[:5], "5", *long[6:], "--schedule", "constant", "--out", "half", "--quiet"]) == 0
    assert main(["train", "--resume", "half", "--epochs", "9", "--quiet"]) == 0
    assert main(["train", "--resum=half", "--epochs", "15", "--quiet"]) == 0
    assert trained(place, "half")[0] == trained(place, "whole")[0]
    stored = json.loads((place / "half" / "state.json").read_text())["arguments"]
    assert not any(word.startswith("--resum") for word in stored)


def test_a_table_that_has_changed_is_told(place, capsys):
    table(place / "prices.csv")
    assert main(["train", "prices.csv", "--target", "price", "--epochs", "3", "--out", "run", "--quiet"]) == 0
    before = (place / "run" / "model.json").read_bytes()
    table(place / "prices.csv", rows=61)
    assert main(["train", "--resume", "run", "--epochs", "5"]) == 2
    assert "is not as it was when the run began" in capsys.readouterr().err
    assert (place / "run" / "model.json").read_bytes() == before


def test_what_cannot_be_gone_on_with_is_told_in_one_line(place, capsys):
    for command, said in (
        (["--resume", "nowhere"], "there is no 'nowhere/state.json'"),
        (["moons", "--resume", "nowhere"], "takes DATA from the run"),
        ([], "required: DATA"),
    ):
        assert main(["train", *command]) == 2
        assert said in capsys.readouterr().err


def damages(stored):
    yield "", "it is no JSON object"
    yield "[1]", "it is no JSON object"
    yield '{"a":' * 5000, "nested too deeply"
    yield "{" + "[" * 200, "nested too deeply"
    yield '{"a":[' + "0," * 2_100_000 + "0]}", "more than 2,000,000 values"
    yield json.dumps(stored | {"format": "other"}), "does not say"
    yield json.dumps(stored | {"more": 1}), "does not say"
    yield json.dumps(stored | {"arguments": "moons"}), "no list of texts"
    yield json.dumps(stored | {"arguments": ["moons", "--nonsense"]}), "--nonsense"
    yield json.dumps(stored | {"arguments": ["moons", "--epochs", "-1"]}), "at least 1"
    yield json.dumps(stored | {"data": 1}), "missing"
    yield json.dumps(stored | {"data": "0" * 64}), "is not as it was"
    yield json.dumps(stored | {"training": {}}), "resume must have exactly"
    yield json.dumps(stored | {"training": stored["training"] | {"parameters": [1.0]}}), "1 parameters"
    yield json.dumps(stored).replace("[", "[NaN,", 3), "not a number"


def test_a_damaged_state_is_told_and_the_model_stays(place, capsys):
    assert main([*MOONS, "--out", "run", "--quiet"]) == 0
    before = (place / "run" / "model.json").read_bytes()
    stored = json.loads((place / "run" / "state.json").read_text())
    for text, said in damages(stored):
        (place / "run" / "state.json").write_text(text)
        capsys.readouterr()
        assert main(["train", "--resume", "run"]) == 2
        err = capsys.readouterr().err
        assert said in err
        assert err.count("\n") == 1
        assert (place / "run" / "model.json").read_bytes() == before
