"""What the page of a training run says of it, and its maps of many inputs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lessons import Parsed
from runs import two_classes

import viz
from nn import MLP
from nn.__main__ import main
from nn.history import Stop
from nn.training import fit
from viz.svg.labels import xml

pytest_plugins = ["browser"]


@pytest.mark.browser
@pytest.mark.parametrize("inputs", [29, 32, 50])
@pytest.mark.parametrize("width", [1200, 390])
def test_a_map_of_many_inputs_is_wholly_in_sight(opened, tmp_path, inputs, width):
    names = [f"a column with a long name, {k}" for k in range(inputs)]
    X = [[float(k == j) for j in range(inputs)] for k in range(9)]
    model = MLP(inputs, [4, 3], seed=1)
    history = fit(model, X, [k % 3 for k in range(9)], epochs=2, record_parameters=True, progress=False)
    made = viz.training_page(model, history, X, [k % 3 for k in range(9)], tmp_path / "many.html", names=names)
    page = opened(made.path, width=width)
    assert not page.overflows()
    assert page.run("[...document.querySelectorAll('#weights .named')].every((e) => e.scrollWidth <= e.clientWidth)")
    picture = page.page.locator("#weights .map").nth(0).bounding_box()
    assert picture["x"] + picture["width"] <= width
    if inputs <= 32:  # each name above its column
        for k in (0, inputs - 1):
            name = page.page.locator("#weights ol[aria-label=Inputs] li").nth(k).bounding_box()
            over = picture["x"] + picture["width"] * (k + 0.5) / inputs
            assert name["x"] + name["width"] / 2 == pytest.approx(over, abs=2)


def stopped_early():
    """A run of which five epochs of twenty brought nothing better."""
    model, history, X, y = two_classes().all
    return model, replace(history, best_epoch=1, reason=Stop.NO_BETTER, waited=5), X, y


def test_the_page_says_why_a_run_stopped_and_how_long_it_was_to_be(tmp_path):
    model, history, X, y = stopped_early()
    page = viz.training_page(model, history, X, y, planned=20)
    data = Parsed(page.html).data()
    assert data["epochs"] == 20
    assert f"<li>stopped at epoch {history.epochs} of 20: no better loss for 5 epochs</li>" in page.html
    assert "stopped at epoch" not in viz.training_page(*two_classes().all).html


def test_notes_that_are_given_stand_in_place_of_those_of_the_history():
    model, history, X, y = stopped_early()
    history.notes = ["a smaller learning rate"]
    section = viz.training_page(model, history, X, y, notes=["it was told <so>: --lr 0.02"]).html.partition("<ul>")[2]
    assert section.startswith(f"<li>stopped at epoch {history.epochs}: no better loss for 5 epochs</li>"
                              "<li>it was told &lt;so&gt;: --lr 0.02</li></ul>")  # fmt: skip


def test_the_page_of_a_run_says_the_options_that_the_command_says(tmp_path, capsys):
    rows = [f"{k},{k * 7 % 23},{3 * k + k * 7 % 23}.5" for k in range(120)]
    (tmp_path / "own.csv").write_text("a,b,c\n" + "\n".join(rows) + "\n", encoding="utf-8")
    arguments = ["--epochs", "30", "--lr", "20", "--patience", "4", "--ensemble", "1", "--out", str(tmp_path / "run")]
    assert main(["train", str(tmp_path / "own.csv"), "--target", "c", *arguments]) == 0
    (note,) = re.findall(r"^note: (.*--lr .*)$", capsys.readouterr().out, re.MULTILINE)
    page = (tmp_path / "run" / "training.html").read_text(encoding="utf-8")
    assert f"<li>{xml(note)}</li>" in page
    assert re.search(r"<li>stopped at epoch \d+ of 30: no better loss for \d+ epochs</li>", page)
    assert Parsed(page).data()["epochs"] == 30


@pytest.mark.browser
def test_the_moment_is_said_of_the_epochs_that_were_planned(opened, tmp_path):
    model, history, X, y = stopped_early()
    page = opened(viz.training_page(model, history, X, y, tmp_path / "t.html", planned=20).path)
    assert page.run("document.body.innerText").count("of 20") >= 2
