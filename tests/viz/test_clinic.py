"""The clinic of the pages says what `fit` says of the same run: the same diseases, words and numbers."""

from __future__ import annotations

import random

import pytest
from lessons import Parsed

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
    "straight": ('{"hidden": [{"neurons": 6, "activation": "linear"}]}', "straight"),
    "linear": (
        '{"hidden": [{"neurons": 4, "activation": "linear"}], "source": {"set": "moons", "n": 160, "noise": 0.1}}',
        "linear",
    ),
    "decayed": ('{"settings": {"weightDecay": 5}}', "decayed"),
    "with L1": ('{"settings": {"l1": 3}}', "decayed"),
    "died": ('{"hidden": [{"neurons": 6, "activation": "relu"}], "settings": {"lr": 30, "optimizer": "sgd"}}', "died"),
    "driven": ('{"settings": {"lr": 30, "optimizer": "sgd"}}', "driven"),
    "unscaled": ('{"data": DATA}', "unscaled"),
    "healthy": ("{}", None),
}
ONLY_AT_THE_END = ("unfinished", "once")


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
        note.replace("input 1 is", "input b is")  # the page knows what its inputs are called
        for note in notes_of(page.run("glassgrad.python()"), monkeypatch)
        if not any(beginning(other) in note for other in ONLY_AT_THE_END)
    ]
    assert sorted(said) == sorted(wanted)  # the page tells a step that was too long before what it has done
    assert kind is None or any(beginning(kind) in note for note in said)
    assert page.complaints == []


QUESTIONS = Parsed(viz.lesson(11).html).data()["lesson"]["questions"]
PATIENTS = [question["preset"] for question in QUESTIONS]
ANOTHER_SEED = "glassgrad.reset(3)"
RESET = "lab.begin()"
BIASES_NEAR_0 = "for (let n = 0; n < 6; n++) glassgrad.set(`layers.0.neurons.${n}.b`, 0)"
FEWER_LAYERS = "while (lab.hidden.length > 2) lab.removeLayer()"
ONE_LAYER = "while (lab.hidden.length > 1) lab.removeLayer()"


def all_of(activation):
    return f"lab.hidden.forEach((_, l) => lab.changeLayer(l, {{activation: '{activation}'}}))"



CURES = [  # what the notes and hints of each patient advise, done to the letter, and a part of it where that is enough
    (0, f"lab.change({{lr: 0.3}}); {RESET}"),
    (0, f"lab.change({{lr: 0.1}}); {RESET}"),
    (1, "lab.change({lr: 0.03})"),
    (1, "lab.change({lr: 0.01})"),
    (2, ANOTHER_SEED),
    (3, ANOTHER_SEED),
    (4, ANOTHER_SEED),
    (4, BIASES_NEAR_0),
    (5, ANOTHER_SEED),
    (5, BIASES_NEAR_0),
    (6, FEWER_LAYERS),
    (6, ONE_LAYER),
    (6, all_of("tanh")),
    (6, all_of("relu")),
    (6, f"{FEWER_LAYERS}; {all_of('tanh')}"),
    (6, f"{FEWER_LAYERS}; {all_of('relu')}; {RESET}"),
    (6, f"{all_of('relu')}; {ANOTHER_SEED}"),
    (7, "lab.changeLayer(0, {activation: 'tanh'})"),
    (7, "lab.changeLayer(0, {activation: 'relu'})"),
    (8, f"lab.change({{weightDecay: 0}}); {RESET}"),
    (8, f"lab.change({{weightDecay: 0.001}}); {RESET}"),
    (9, "lab.changeSource({scaled: true})"),
]


@pytest.mark.parametrize(("patient", "cure"), CURES)
def test_what_a_note_advises_cures(opened, clinic, patient, cure):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[patient])
    page.run("glassgrad.run(30)")
    assert page.run("lab.figures.train.accuracy") < 0.9
    page.run(f"(() => {{ {cure}; }})()")
    page.run("glassgrad.run(400)")
    assert page.run("lab.figures.train.accuracy") >= 0.9


@pytest.mark.parametrize(
    ("cure", "epochs"),
    [
        (f"lab.change({{weightDecay: 0.01}}); {RESET}", 300),
        (f"lab.change({{dropout: 0.4}}); {RESET}", 300),
        ("lab.changeLayer(0, {neurons: 4}); lab.changeLayer(1, {neurons: 4})", 300),
        (f"{ONE_LAYER}; lab.changeLayer(0, {{neurons: 4}})", 300),
        (RESET, 75),  # what the note calls fewer epochs
        (RESET, 40),
    ],
)
def test_what_is_advised_against_learning_by_heart_cures(opened, clinic, cure, epochs):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question[data-question='10']")
    place.get_by_role("button", name="Begin").click()
    assert "epoch 300" in page.text("#counter")
    note = " ".join(page.run("findings(lab)"))
    assert "fewer epochs, weight decay, dropout, fewer neurons or more rows" in note
    place.locator("select").select_option("10")
    assert checked(page, place) == "That is it; what is measured stands under What is wrong. Now cure it."
    assert "trained too long: it was 0.378 at epoch 75. Press Reset, and end there" in checked(page, place)
    page.run(f"(() => {{ {cure}; }})()")
    page.run("glassgrad.run(10)")
    assert "the number of epochs is" in checked(page, place)  # the loss is low at first, before anything is learned
    page.run(f"glassgrad.run({epochs - 10})")
    assert checked(page, place).startswith("Right.")


def checked(page, place):
    place.get_by_role("button", name="Check").click()
    return " ".join(place.locator(".verdict").inner_text().split())


def test_no_end_is_advised_that_comes_before_the_epochs_asked_for(opened, tmp_path):
    page = opened(viz.lesson(10, tmp_path / "10.html").path)
    page.until("Boolean(window.glassgrad)")
    page.run("lab.epochs(300); lab.tell('numbers')")
    place = page.page.locator(".question[data-question='4']")
    assert "the held-out loss is" in checked(page, place)
    assert "trained too long" not in checked(page, place)  # it was low enough, but only before epoch 200


def test_where_the_gradient_vanishes_the_first_layer_stands_still(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[6])
    page.run("glassgrad.run(30)")
    first, last = page.run(
        """(() => {
          const { network, start, parameters } = lab.trainer;
          return layerPlaces(network).map(({ first, width, neurons }) => norm(Array.from(
            { length: neurons * (width + 1) }, (_, k) => parameters[first + k] - start[first + k]))); })()"""
    )[:: len(PATIENTS[6]["hidden"])]
    assert first < 0.001 < 0.1 < last


def test_a_loss_that_hardly_changes_over_a_weight_is_drawn_level(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[6])
    page.run("glassgrad.run(1)")
    steep = {}
    for place in (0, "lab.trainer.count - 1"):
        page.run(f"lab.select({{place: {place}}})")
        ends = page.run("[...document.querySelectorAll('#inspector .small-chart text')].map((t) => t.textContent)")
        assert ends[0] != ends[1]
        steep[place] = page.run(
            "(() => { const line = document.querySelector('#inspector .tangent'); return Math.abs("
            "line.y2.baseVal.value - line.y1.baseVal.value); })()"
        )
    assert steep[0] < 0.1 < 2 < steep["lab.trainer.count - 1"]


def test_a_network_that_has_become_lower_is_not_scrolled_up_and_down(opened, clinic):
    page = opened(clinic, width=1250)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[6])
    columns = "document.getElementById('columns')"
    assert page.run(f"{columns}.scrollHeight <= {columns}.clientHeight")
    rows = page.run(
        "[...document.querySelectorAll('.question .buttons')].map((row) => [...row.querySelectorAll('button')].map("
        "(one) => one.getBoundingClientRect().top))"
    )
    assert all(max(tops) - min(tops) < 2 for tops in rows)


def test_no_diagnosis_is_told_before_it_is_chosen(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    told = page.run("[...document.querySelectorAll('#lesson > p, .question > p')].map((p) => p.innerText)")
    said = " ".join(told).lower()
    assert all(f"patient {k}." in said for k in range(1, 12))
    for name in ("learning rate", "equal", "dead", "saturated", "vanish", "decay", "bends"):
        assert name not in said
    names = [question["illness"][0] for question in QUESTIONS]
    for select in page.page.locator(".question select").all():
        assert select.locator("option").all_inner_texts() == ["It suffers from …", *sorted(names)]


KINDS = [
    {"large"}, {"small"}, {"alike"}, {"zero"}, {"dead", "died"}, {"saturated", "driven"}, {"vanishing"},
    {"straight", "linear"}, {"decayed"}, {"unscaled"}, {"overfitted"},
]  # fmt: skip


@pytest.mark.parametrize("patient", range(len(QUESTIONS)))
def test_what_the_clinic_finds_in_a_patient_is_right_or_told_why_it_is_not_the_cause(opened, clinic, patient):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(f".question[data-question='{patient}']")
    for epochs in (1, 5, 30, 300):
        place.get_by_role("button", name="Begin").click()
        page.run(f"glassgrad.run({epochs})")
        found = page.run("(() => { const kinds = []; findings(lab, kinds); return kinds; })()")
        for other in range(len(QUESTIONS)):
            if other == patient or not KINDS[other] & set(found):
                continue
            place.locator("select").select_option(str(other))
            place.get_by_role("button", name="Check").click()
            said = page.text(f".question[data-question='{patient}'] .verdict")
            assert said == f"Nearly: {QUESTIONS[patient]['also'][str(other)]}"
    place.locator("select").select_option(str(patient))
    place.get_by_role("button", name="Check").click()
    assert not page.text(f".question[data-question='{patient}'] .verdict").startswith(("Not right", "Nearly"))


@pytest.mark.parametrize("patient", range(len(QUESTIONS) - 1))  # the last one comes trained
def test_a_patient_that_was_not_trained_yet_is_not_diagnosed(opened, clinic, patient):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(f".question[data-question='{patient}']")
    place.get_by_role("button", name="Begin").click()
    for choice in (patient, (patient + 1) % len(QUESTIONS)):
        place.locator("select").select_option(str(choice))
        place.get_by_role("button", name="Check").click()
        said = page.text(f".question[data-question='{patient}'] .verdict")
        assert said == "Train it first, and look: only then is it seen."
    page.run("glassgrad.run(1)")
    place.locator("select").select_option(str(patient))
    place.get_by_role("button", name="Check").click()
    assert page.text(f".question[data-question='{patient}'] .verdict").startswith("That is it; what is measured")


def test_of_steps_beyond_all_measure_no_number_is_said(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[0])
    page.run("glassgrad.run(5)")
    page.run("lab.trainer.firstEpoch.ratio = 1.1e17")
    assert "moved the weights by more than a billion times their length" in " ".join(page.run("findings(lab)"))


def test_a_step_that_was_too_long_is_told_first_and_with_the_rate_of_then(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    page.page.evaluate("(preset) => lab.usePreset(lesson.preset, preset)", PATIENTS[0])
    page.run("glassgrad.run(10)")
    first, *rest = page.run("findings(lab)")
    assert "take a smaller learning rate (it is 30)" in first
    assert any(beginning("driven") in note for note in rest)
    page.run("lab.change({lr: 0.3}); glassgrad.run(30)")
    said = page.run("findings(lab)")[0]
    assert "a smaller learning rate (it was 30 then and is 0.3 now: begin anew with Reset)" in said
    page.run(f"{RESET}; glassgrad.run(30)")
    assert not any(beginning("large") in note for note in page.run("findings(lab)"))


def test_what_is_measured_is_told_when_the_hint_is_taken_or_the_diagnosis_found(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question[data-question='4']")
    measured = page.page.locator("#clinic")
    for button in ("Hint", "Check"):
        place.get_by_role("button", name="Begin").click()
        page.run("glassgrad.run(2)")
        assert page.run("document.querySelector('#clinic li').textContent.includes('dead')")
        assert not measured.is_visible()
        place.locator("select").select_option("4")
        place.get_by_role("button", name=button).click()
        assert measured.is_visible()


def test_a_patient_is_cured_on_its_own_points(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question[data-question='4']")
    place.get_by_role("button", name="Begin").click()
    place.locator("select").select_option("4")
    page.run("lab.changeSource({set: 'blobs'}); glassgrad.run(100)")
    place.get_by_role("button", name="Check").click()  # which names the illness
    place.get_by_role("button", name="Check").click()
    assert "the points are no longer those of the question (circles, 160 points" in page.text(
        ".question[data-question='4'] .verdict"
    )
    page.run("lab.changeSource({set: 'circles'}); lab.change({seed: 3}); glassgrad.run(200)")
    place.get_by_role("button", name="Check").click()
    assert page.text(".question[data-question='4'] .verdict").startswith("Right.")


def test_on_a_phone_a_patient_comes_beside_the_plane(opened, clinic):
    page = opened(clinic, width=390)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question[data-question='4']")
    place.get_by_role("button", name="Begin").click()
    page.page.wait_for_timeout(100)
    assert -1 < place.bounding_box()["y"] < 400
    assert page.page.locator("#player").bounding_box()["y"] < 700


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


def test_a_patient_stays_in_sight_beside_the_parts_and_all_its_layers_are_seen(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question[data-question='6']")
    place.get_by_role("button", name="Begin").click()
    columns = "document.getElementById('columns')"
    assert page.run(f"{columns}.scrollWidth <= {columns}.clientWidth")
    assert len(page.page.locator(".column").all()) == 8
    for part in ("player", "setup", "inspector"):
        page.page.locator(f"#{part}").scroll_into_view_if_needed()
        box = place.bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= 800
    assert not page.overflows()


def test_that_nothing_was_trained_is_no_longer_said_once_it_is(opened, clinic):
    page = opened(clinic)
    page.until("Boolean(window.glassgrad)")
    place = page.page.locator(".question").nth(2)
    place.get_by_role("button", name="Begin").click()
    place.locator("select").select_option(label="all weights are the same")
    place.get_by_role("button", name="Check").click()
    assert place.locator(".verdict").inner_text().startswith("Train it first")
    page.run("glassgrad.run(1)")
    assert place.locator(".verdict").inner_text() == ""
    place.get_by_role("button", name="Check").click()
    assert place.locator(".verdict").inner_text().startswith("That is it")
    page.run("glassgrad.run(1)")
    assert place.locator(".verdict").inner_text().startswith("That is it")


@pytest.mark.parametrize("width", [1280, 1000, 390])
def test_every_illness_has_room_beside_the_arrow_of_its_menu(opened, clinic, width):
    page = opened(clinic, width=width)
    page.until("Boolean(window.glassgrad)")
    room = page.run("""(() => {
      const select = document.querySelector(".question select");
      const style = getComputedStyle(select);
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = style.font;
      const widest = Math.max(...[...select.options].map((option) => pen.measureText(option.text).width));
      return select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 20 - widest;
    })()""")
    assert room >= 0
