"""The clinic of the pages says what `fit` says of the same run: the same diseases, words and numbers."""

from __future__ import annotations

import random

import pytest

import nn
import viz
from nn.training.diagnoses import SENTENCES, sentence

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser

SICK = {  # how the networks of lesson 11 are brought into the page, and what is said of them among other things
    "far too high": ('{"settings": {"lr": 30, "batch": 0}}', "large"),
    "far too low": ('{"settings": {"lr": 0.00001}}', "small"),
    "equal": ('{"fill": 0.1}', "alike"),
    "zero": ('{"fill": 0}', "zero"),
    "dead": ('{"hidden": [{"neurons": 6, "activation": "relu"}], "bias": -100}', "dead"),
    "saturated": ('{"hidden": [{"neurons": 6, "activation": "sigmoid"}], "bias": 60}', "saturated"),
    "vanishing": ('{"hidden": Array(9).fill({"neurons": 4, "activation": "sigmoid"})}', "vanishing"),
    "straight": ('{"hidden": [{"neurons": 6, "activation": "linear"}]}', "constant"),
    "decayed": ('{"settings": {"weightDecay": 5}}', "constant"),
    "with L1": ('{"settings": {"l1": 3}}', "constant"),
    "unscaled": ('{"data": DATA}', "unscaled"),
    "healthy": ("{}", None),
}
ONLY_AT_THE_END = ("unfinished",)


def data_of_two_scales():
    rng = random.Random(1)
    X = [[rng.gauss(0, 1), 1000 * rng.gauss(0, 1)] for _ in range(60)]
    y = [int(a > 0) for a, _ in X]
    return {"X": X, "y": y, "classes": 2, "names": ["a", "b"], "classNames": ["no", "yes"]}


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    return viz.lesson(11, tmp_path_factory.mktemp("clinic") / "11.html").path


def notes_of(program: str, monkeypatch) -> list[str]:
    """What `fit` says of its last run in the program."""
    found: list = []

    def watched(*args, **options):
        found.append(nn.training.fit(*args, **options))
        return found[-1]

    monkeypatch.setattr(nn, "fit", watched)
    exec(program, {})
    return found[-1].notes


def beginning(kind: str) -> str:
    """The words of a sentence that tell it from all others, wherever its numbers stand."""
    return max(SENTENCES[kind].replace("}", "{").split("{")[::2], key=len)


@pytest.mark.parametrize("name", SICK)
def test_the_page_says_of_a_run_what_fit_says(opened, clinic, monkeypatch, name):
    preset, kind = SICK[name]
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    source = "{source: {set: 'circles', n: 160, noise: 0.08, share: 0}}"
    page.page.evaluate(
        f"(DATA) => lab.usePreset(lesson.preset, {source}, {preset})",
        data_of_two_scales(),
    )
    page.run("glassgrad.run(30)")
    said = page.run("[...document.querySelectorAll('#clinic li')].map((item) => item.textContent)")
    wanted = [
        note
        for note in notes_of(page.run("glassgrad.python()"), monkeypatch)
        if not any(beginning(other) in note for other in ONLY_AT_THE_END)
    ]
    assert said == wanted
    assert kind is None or any(beginning(kind) in note for note in said)
    assert page.complaints == []


def test_learning_by_heart_is_said_with_the_numbers_of_the_run(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.run(
        "lab.usePreset({settings: {lr: 0.05}, source: {set: 'moons', n: 60, noise: 0.4, share: 0.5, seed: 2},"
        " hidden: [{neurons: 16, activation: 'tanh'}, {neurons: 16, activation: 'tanh'}]})"
    )
    page.run("glassgrad.run(200)")
    assert beginning("overfitted") in page.text("#clinic")


def test_numbers_are_written_as_python_writes_them(scripted):
    rng = random.Random(3)
    numbers = [rng.uniform(-1, 1) * 10 ** rng.randint(-12, 12) for _ in range(200)] + [0.0, 1.0, 1e5, 123456.0, 1e-5]
    page = scripted("playground/clinic.js")
    for spec in (".3g", ".4g", ".1e", ".6g"):
        found = page.evaluate(f"(numbers) => numbers.map((x) => formatted(x, '{spec}'))", numbers)
        assert found == [format(x, spec) for x in numbers], spec
    shares = [k / 37 for k in range(38)]
    for spec in (".0%", ".2%"):
        found = page.evaluate(f"(numbers) => numbers.map((x) => formatted(x, '{spec}'))", shares)
        assert found == [format(x, spec) for x in shares], spec


def test_a_sentence_has_all_its_numbers():
    assert "{" not in sentence("dead", share=0.75, layer=1)
    with pytest.raises(KeyError):
        sentence("dead", share=0.75)
