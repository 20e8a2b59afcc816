"""`glassgrad train --resume RUN`: a run that was ended goes on to the model it would have become."""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
from types import SimpleNamespace

import pytest
from processes import POSIX, glassgrad, started, wait_for

from autograd import COMPILED
from nn.__main__ import main
from nn.commands import kept_state
from nn.commands.interruption import Signals
from nn.commands.kept_state import KeptState
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


EPOCHS = "300" if COMPILED else "40"
LONG = ["train", "moons", "--hidden", "16,16", "--epochs", EPOCHS, "--patience", EPOCHS, "--schedule", "one_cycle"]


def killed(place, run, after, *command):
    """Have the process of a command killed, some seconds after its training has begun or, where these are negative, its
    Python."""
    with started(*command, cwd=place) as process:
        if after >= 0.0:
            wait_for(place / run / "state.json", process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=abs(after))
        process.kill()


def check_kills(place, count, seed):
    assert glassgrad(*LONG, "--out", "whole", "--quiet", cwd=place).returncode == 0
    expected, training = trained(place, "whole")
    taken = 1.2 * sum(record[4] for record in training["records"])
    rng = random.Random(seed)
    epochs = []
    for number in range(count):
        run = f"run-{number}"
        moment = rng.uniform(-0.3, 1.0) * taken
        killed(place, run, moment, *LONG, "--out", run)
        while (place / run / "state.json").exists() and rng.random() < 0.4:
            killed(place, run, rng.uniform(0.3, 1.0) + rng.random() * taken, "train", "--resume", run)
        if not (place / run / "state.json").exists():
            assert not (place / run / "model.json").exists(), "it was killed before it began"
            continue
        state = json.loads((place / run / "state.json").read_text())["training"]
        epochs.append(0 if state is None else state["epoch"])
        assert main(["train", "--resume", run, "--quiet"]) == 0, (seed, moment)
        model, resumed = trained(place, run)
        assert model == expected, (seed, moment)
        assert without_times(resumed) == without_times(training), (seed, moment)
        assert not list((place / run).glob("state.new*")), (seed, moment)
    return epochs


@POSIX
def test_a_run_that_was_killed_at_any_moment_goes_on_to_the_same_model(place):
    check_kills(place, 3, random.randrange(10**6))


@pytest.mark.slow
@POSIX
def test_runs_that_were_killed_sixty_times_go_on_to_the_same_model(place):
    epochs = check_kills(place, 60, random.randrange(10**6))
    assert len(set(epochs)) > 5, "they were killed in the middle"


@POSIX
def test_a_killed_run_beside_an_older_one_is_gone_on_with_and_then_takes_its_place(place):
    assert main([*MOONS, "--out", "run", "--quiet"]) == 0
    older = {path.name: path.read_bytes() for path in (place / "run").iterdir()}
    with started(*LONG, "--epochs", "1000000", "--patience", "1000000", "--out", "run", cwd=place) as process:
        wait_for(place / "run" / "state.new.json", process)
        wait_for(place / "run" / "model.new.json", process)
        process.kill()
    assert all((place / "run" / name).read_bytes() == content for name, content in older.items())
    assert main(["train", "--resume", "run", "--epochs", EPOCHS, "--patience", EPOCHS, "--quiet"]) == 0
    assert json.loads((place / "run" / "model.json").read_text())["nouts"] == [16, 16, 1]
    assert json.loads((place / "run" / "state.json").read_text())["training"]["epoch"] >= int(EPOCHS)
    assert not (place / "run" / "state.new.json").exists()


def test_a_state_without_an_epoch_begins_anew(place, monkeypatch, capsys):
    assert main([*MOONS, "--out", "whole", "--quiet"]) == 0
    assert main([*MOONS, "--out", "run", "--quiet"]) == 0
    stored = json.loads((place / "run" / "state.json").read_text())
    (place / "run" / "state.json").write_text(json.dumps(stored | {"training": None, "began_linear": False}))
    assert main(["train", "--resume", "run"]) == 0
    assert "going on with run/state.json from the beginning" in capsys.readouterr().out.replace(os.sep, "/")
    assert trained(place, "run")[0] == trained(place, "whole")[0]


def test_a_run_gone_on_with_elsewhere_leaves_the_first_folder_alone(place, monkeypatch):
    assert main([*MOONS, "--out", "whole", "--quiet"]) == 0
    go_on = ended_in(monkeypatch, 5)
    assert main([*MOONS, "--out", "half", "--quiet"]) == 130
    before = {path.name: path.read_bytes() for path in (place / "half").iterdir()}
    go_on()
    assert main(["train", "--resume", "half", "--out", "other", "--quiet"]) == 0
    assert trained(place, "other")[0] == trained(place, "whole")[0]
    assert {path.name: path.read_bytes() for path in (place / "half").iterdir()} == before


def test_keeping_the_state_takes_a_fiftieth_of_the_time(tmp_path, monkeypatch):
    clock = SimpleNamespace(now=5.0, perf_counter=lambda: clock.now)
    monkeypatch.setattr(kept_state, "time", clock)
    written = []

    def write(path, training):
        clock.now += 0.002
        written.append(clock.now - 5.0)
        path.write_text("x")

    with KeptState(tmp_path, write, Signals(), parameters=10, resumed=None, began=5.0) as kept:
        kept.begin(None)
        for _ in range(1000):
            clock.now += 0.001
            kept.see(lambda: {"epoch": 1})
    assert len(written) == 10  # at the beginning, then each time that a fiftieth has paid for all of them
    assert all(0.002 * (k + 1) <= 0.02 * at + 1e-4 for k, at in enumerate(written) if k)
    assert (tmp_path / "state.json").exists()


def test_what_cannot_be_kept_costs_the_state_alone(tmp_path):
    def write(path, training):
        path.write_text("half of it")
        raise OSError(28, "No space left on device")

    with KeptState(tmp_path, write, Signals(), parameters=10, resumed=None, began=-100.0) as kept:
        kept.begin(None)
        kept.see(lambda: {"epoch": 1})
        with pytest.raises(OSError, match="No space"):
            kept.finish({"epoch": 1})
    assert not (tmp_path / "state.json").exists()


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
    yield json.dumps(stored | {"training": 0}), "missing"
    yield json.dumps(stored | {"training": []}), "missing"
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
