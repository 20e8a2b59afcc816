"""Nothing is chosen with the rows held out in sight: whatever their targets are, the model is the same to the bit."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from nn import Table
from nn.__main__ import main
from nn.training.baselines import fitting_penalty, linear_weights

pytestmark = pytest.mark.program


def write(path, targets, inputs):
    lines = [",".join([*(f"{x:.4f}" for x in row), y]) for row, y in zip(inputs, targets, strict=True)]
    path.write_text(",".join([*"abc"[: len(inputs[0])], "y"]) + "\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize("steps", [False, True])
@pytest.mark.parametrize("task", ["regression", "classification"])
def test_the_targets_of_the_rows_held_out_change_nothing(tmp_path, monkeypatch, task, steps):
    """With steps, a third column is a place's number, which does what its order does not tell."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
    rng = random.Random(4)
    inputs = [(rng.gauss(0, 1), rng.gauss(0, 1), *([rng.randrange(8)] if steps else [])) for _ in range(90)]
    effects = [3.0, -4.0, 5.0, -3.0, 4.0, -5.0, 3.0, -4.0]
    places = [effects[row[2]] if steps else 0.0 for row in inputs]
    numbers = [f"{2 * a - b + place + rng.gauss(0, 0.5):.4f}" for (a, b, *_), place in zip(inputs, places, strict=True)]
    targets = numbers if task == "regression" else ["yes" if float(x) > 0 else "no" for x in numbers]
    write(tmp_path / "t.csv", targets, inputs)
    held = Table.from_file(tmp_path / "t.csv", target="y", task=task).indexes[2].tolist()
    command = ["train", "t.csv", "--target", "y", "--task", task, "--epochs", "60" if steps else "12", "--quiet"]
    command += ["--ensemble", "3"]
    assert main([*command, "--out", "first"]) == 0
    # The division is by classes, so it may see those: rows of one class exchange their inputs instead.
    if task == "classification":
        inputs_of = dict(enumerate(inputs))
        by_class = [[k for k in held if targets[k] == label] for label in ("yes", "no")]
        for places in by_class:
            for k, other in zip(places, places[1:] + places[:1], strict=True):
                inputs[k] = inputs_of[other]
    else:
        for k in held:
            targets[k] = f"{rng.gauss(0, 3):.4f}"
    write(tmp_path / "t.csv", targets, inputs)
    assert main([*command, "--out", "second"]) == 0
    first, second = (json.loads((tmp_path / name / "model.json").read_text()) for name in ("first", "second"))
    assert any(column["kind"] == "steps" for column in first["metadata"]["table"]["columns"]) == steps
    assert first["layers"] == second["layers"]


def test_the_penalty_comes_from_the_rows_to_train_on_alone():
    """Leaving rows out one by one by the formula is leaving them out one by one."""
    rng = np.random.default_rng(1)
    X, y = rng.normal(size=(25, 4)), rng.normal(size=25)
    errors = {}
    for penalty in (0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0):
        errors[penalty] = 0.0
        for i in range(25):
            kept = np.arange(25) != i
            middle = X[kept].mean(axis=0)
            weights = linear_weights(X[kept] - middle, y[kept], penalty=penalty)
            errors[penalty] += float((y[i] - (X[i] - middle) @ weights[:-1, 0] - weights[-1, 0]) ** 2)
    assert fitting_penalty(X, y) == min(errors, key=errors.__getitem__)
