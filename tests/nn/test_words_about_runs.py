"""What a training run says of its end: why it stopped, what was kept, and one name for each figure."""

import csv
import json
import pickle
import random

import pytest

import nn
from nn.__main__ import main
from nn.commands.by_heart import by_heart
from nn.commands.report import _verdict
from nn.commands.training_run import _ending
from nn.history import Epoch, History, Stop
from nn.training.diagnoses import sentence
from nn.training.health import _of_curves


def _history(epochs, validated=True, **more):
    records = [Epoch(k, 1.0, 1.0 if validated else None, {}, 0.1) for k in range(1, epochs + 1)]
    return History("mse", "Adam", records, best_epoch=18, **more)


def test_a_run_that_patience_ended_says_what_was_best_and_what_was_kept():
    said = _ending(_history(68, reason=Stop.NO_BETTER, waited=50))
    assert said == (
        "stopped at epoch 68: the best validation loss was at epoch 18 and 50 epochs brought no better one; epoch 18 "
        "was kept"
    )
    said = _ending(_history(19, validated=False, reason=Stop.NO_BETTER, waited=1))
    assert "the best training loss was at epoch 18 and one epoch brought no better one" in said


def test_a_run_that_began_as_the_linear_model_says_why_its_best_epoch_was_an_early_one():
    history = _history(68, reason=Stop.NO_BETTER, waited=50)
    history.best_epoch = 1
    assert _ending(history, began_linear=True).endswith(
        "; epoch 1 was kept (the network began as the best linear model, so that there was little left to learn)"
    )
    assert _ending(history).endswith("; epoch 1 was kept")
    history.notes = [sentence("large", ratio=2.0, now="")]
    assert _ending(history, began_linear=True).endswith("; epoch 1 was kept")
    later = _history(68, reason=Stop.NO_BETTER, waited=50)
    assert _ending(later, began_linear=True) == _ending(later)


def test_other_runs_say_why_they_stopped_and_what_was_kept():
    assert _ending(_history(20)) == "all epochs done after epoch 20; epoch 18 was kept"


def test_why_a_run_stopped_is_a_value_with_a_text():
    X = [[0.0], [1.0]]
    history = nn.fit(nn.MLP(1, [1], seed=1), X, [1.0, 1.0], epochs=99, lr=1e-300, patience=2, progress=False)
    assert history.reason is Stop.NO_BETTER
    assert history.stopped == f"no better loss for {history.waited} epochs"
    older = History.__new__(History)
    older.__setstate__((None, {"loss": "mse", "optimizer": "Adam", "stopped": "no better loss for 7 epochs"}))
    assert (older.reason, older.waited) == (Stop.NO_BETTER, 7)


def test_linear_layers_are_told_of_before_the_curves():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(200)]
    notes = nn.fit(
        nn.MLP(2, [8, 1], "linear", seed=1), X, [int(a + b > 0) for a, b in X], epochs=2, lr=0.01, progress=False
    ).notes
    kinds = ["bends" if "bends" in note else "curve" for note in notes]
    assert kinds == ["bends", "curve"], notes


@pytest.mark.program
def test_the_share_of_the_variance_has_one_name(tmp_path, capfd):
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n" + "".join(f"{i * 0.37 % 1},{i * 0.37 % 1 * 2 + 0.25}\n" for i in range(60)))
    out = tmp_path / "run"
    arguments = ["train", str(path), "--target", "y", "--out", str(out), "--epochs", "3", "--ensemble", "1"]
    assert main(arguments) == 0
    said = "".join(capfd.readouterr())
    assert "R2" in said
    assert "r_squared" not in said
    header = next(csv.reader((out / "history.csv").read_text().splitlines()))
    assert header == ["epoch", "train_loss", "val_loss", "R2", "val_R2", "seconds"]


@pytest.mark.program
@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_linear_model_is_trained_as_well_as_it_can_be_computed_and_not_told_to_be_one(tmp_path, capsys, seed):
    rng = random.Random(0)
    rows = [[rng.gauss(50, 20), rng.gauss(3, 1)] for _ in range(150)]
    lines = [f"{a:.3f},{b:.3f},{9 * a + 30 * b + rng.gauss(0, 40):.2f}" for a, b in rows]
    path = tmp_path / "rents.csv"
    path.write_text("area,rooms,rent\n" + "\n".join(lines) + "\n")
    out = tmp_path / "run"
    arguments = ["train", str(path), "--target", "rent", "--hidden", "0", "--seed", seed, "--out", str(out)]
    assert main(arguments) == 0
    summary = json.loads((out / "summary.json").read_text())
    reached, exact = summary["figures"]["held out"]["R2"], summary["baselines"]["linear model"]["R2"]
    assert reached == pytest.approx(exact, abs=0.005)
    said = capsys.readouterr().out
    assert "network: 2-1, no hidden layer, 3 parameters" in said
    assert "hidden" not in said.partition("run folder")[2]
    assert "steps are too short" not in said


def test_who_trains_a_linear_model_that_falls_behind_is_told_why():
    baselines = {"the training mean": {"R2": 0.0, "MAE": 2.0}, "linear model": {"R2": 0.9, "MAE": 1.0}}
    network = {"R2": 0.8, "MAE": 1.2}
    said = _verdict(network, baselines, "held out", advice="--hidden 0 trains one")
    assert said.endswith("0.9 against 0.8; --hidden 0 trains one")
    said = _verdict(network, baselines, "held out", hidden=False)
    assert "hidden" not in said.replace("held out", "")
    assert "trained in steps" in said


def test_a_run_that_began_as_the_linear_model_is_not_told_to_take_longer_steps(tmp_path, capsys):
    rng = random.Random(1)
    path = tmp_path / "rows.csv"
    rows = (f"{rng.choice('ab')},{rng.choice('cde')},{rng.choice(['good', 'bad'])}\n" for _ in range(50))
    path.write_text("p,q,kind\n" + "".join(rows))
    out = tmp_path / "run"
    for seed in ("0", "1", "2"):
        arguments = ["train", str(path), "--target", "kind", "--lr", "0.0005", "--ensemble", "1", "--seed", seed]
        assert main([*arguments, "--epochs", "10", "--out", str(out)]) == 0
    assert "steps are too short" not in capsys.readouterr().out
    assert "too short" not in (out / "summary.json").read_text()


@pytest.mark.program
@pytest.mark.parametrize(("rate", "short"), [("1e-7", True), ("1e-5", True), ("0.001", False), ("0.005", False)])
def test_steps_far_too_short_from_the_linear_model_on_are_told_of(tmp_path, capsys, rate, short):
    rng = random.Random(2)
    rows = [[rng.uniform(20, 150), rng.uniform(0, 80)] for _ in range(400)]
    path = tmp_path / "rents.csv"
    lines = (f"{a:.1f},{b:.1f},{9 * a + 3 * abs(b - 40) + rng.gauss(0, 40):.2f}\n" for a, b in rows)
    path.write_text("area,age,rent\n" + "".join(lines))
    arguments = ["train", str(path), "--target", "rent", "--lr", rate, "--ensemble", "1", "--epochs", "60"]
    assert main([*arguments, "--out", str(tmp_path / "run")]) == 0
    said = capsys.readouterr().out
    assert ("the steps are too short" in said) is short
    assert ("or more epochs: --lr 0.005" in said) is short
    if short:
        assert "little left" not in said
        assert "--hidden 0" not in said
        assert "\nGood" not in said


def test_a_diagnosis_knows_what_it_is_about():
    said = sentence("zero")
    assert (said.kind, said) == ("zero", pickle.loads(pickle.dumps(said)))
    assert pickle.loads(pickle.dumps(said)).kind == "zero"


@pytest.mark.parametrize(("epochs", "words"), [(3, "last epoch when"), (9, "last epoch when"), (10, "last 2 epochs")])
def test_a_run_that_is_not_done_is_told_for_how_long_it_fell(epochs, words):
    records = [Epoch(k, 10.0 - k, None, {}, 0.1) for k in range(1, epochs + 1)]
    (said,) = _of_curves(History("mse", "SGD", records), False, False, {})
    assert f"in the {words}" in said


def test_one_epoch_is_one_epoch():
    history = History("mse", "Adam", [Epoch(1, 1.0, None, {}, 0.1)], best_epoch=1)
    assert repr(history).startswith("History(1 epoch, ")
    assert repr(nn.SGD(nn.Neuron(1, seed=1).parameters()[:1])).startswith("SGD(1 parameter, ")


def _curves(train, validation, best):
    records = [Epoch(k + 1, *losses, {}, 0.1) for k, losses in enumerate(zip(train, validation, strict=True))]
    return History("mse", "Adam", records, best_epoch=best)


def test_a_run_that_only_learned_by_heart_from_some_epoch_on_is_told_from_which():
    halved = [0.5**k for k in range(12)]
    flat = [1.0, 0.5, 0.25, 0.125, 0.1, *[0.11] * 7]
    assert by_heart(_curves(halved, flat, 5)) == (
        "from epoch 5 on it only learned by heart: the training loss fell from 0.0625 to 0.000488, and the best "
        "validation loss is 0.1; that epoch was kept"
    )
    barely = [*flat[:-1], 0.0999]
    assert by_heart(_curves(halved, barely, 12)).endswith("validation loss is 0.0999; epoch 12 was kept")
    assert not by_heart(_curves(halved, halved, 12))  # still learning
    assert not by_heart(_curves([0.9 * loss for loss in flat], flat, 5))
    assert not by_heart(_curves([loss / 100 for loss in halved], [loss / 10 for loss in flat], 5))  # nothing is left
    assert not by_heart(_curves(halved, flat, 0))
