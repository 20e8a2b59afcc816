"""Whoever does what train prints, again and again, comes to a healthy run within few steps, whichever advice it is."""

import json
import re

import pytest

from nn.__main__ import main

pytestmark = pytest.mark.program

TEN_SIGMOIDS = "--hidden 8,8,8,8,8,8,8,8,8,8 --activation sigmoid"
SICK = [
    "moons --lr 100",
    "moons --lr 100 --hidden 0",
    "moons --lr 1e-4",
    "moons --lr 1e-6 --epochs 1",
    "moons --l2 3",
    "moons --l2 1 --hidden 0",
    "moons --hidden 0 --epochs 1",
    "moons --hidden 4,4,4 --activation linear --epochs 3",
    "moons --hidden 4,4,4 --activation linear --l2 3",
    "xor --hidden 0 --l2 3 --epochs 1",
    "moons --optimizer sgd --lr 50",
    "moons --optimizer sgd --lr 0.001",
    f"moons {TEN_SIGMOIDS}",
    f"moons {TEN_SIGMOIDS} --optimizer sgd --lr 100",
    f"moons {TEN_SIGMOIDS} --lr 100",
    f"moons {TEN_SIGMOIDS} --lr 100 --epochs 1",
    "circles --lr 100",
    "circles --hidden 0",
]
WAY = re.compile(r"--[a-z0-9]+ [\w.,-]+(?: --[a-z0-9]+ [\w.,-]+)*")
STEPS = 2


def advised(said):
    """The options that the printed text advises, one text for each way."""
    judged = said.partition("run folder")[2].partition("written to")[0].splitlines()
    return [way for line in judged if "they took" not in line for way in WAY.findall(line)]


def with_way(arguments, way):
    """The arguments with those of a way in the place of their own."""
    found = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    words = way.split()
    found |= dict(zip(words[::2], words[1::2], strict=True))
    return [arguments[0], *(word for pair in found.items() for word in pair)]


@pytest.mark.parametrize("sick", SICK)
def test_every_advice_that_is_followed_ends_in_health(tmp_path, monkeypatch, capsys, sick):
    monkeypatch.setattr("nn.commands.training_run.pictures", lambda *_, **__: {})
    waiting, done = [(sick.split(), 0)], []
    while waiting:
        arguments, steps = waiting.pop()
        assert main(["train", *arguments, "--out", str(tmp_path / "run")]) == 0
        said = capsys.readouterr().out
        ways = advised(said)
        assert steps < STEPS or not ways, (arguments, ways)
        waiting += [(with_way(arguments, way), steps + 1) for way in ways]
        if not ways:
            assert "note: " not in said
            figures = json.loads((tmp_path / "run" / "summary.json").read_text())
            done.append((figures["figures"]["held out"]["accuracy"], figures["baselines"]["linear model"]["accuracy"]))
    assert all(reached > linear - 0.02 for reached, linear in done), done
