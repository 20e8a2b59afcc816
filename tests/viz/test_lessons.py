"""The lessons: their Python runs, their pages ask for nothing, their questions tell right answers from wrong ones."""

from __future__ import annotations

import doctest
import json
import math
import re

import pytest
from lesson_pages import check, started, verdict
from lessons import Parsed

import nn
import viz
from viz.pages.glossary import SOURCE, Words, words
from viz.pages.lesson import FOLDER, notebook

pytest_plugins = ["browser"]
browser_test = pytest.mark.browser

EVERY = viz.lessons()
TRAINING = {10, 12, 14}  # lessons whose code trains for many seconds where it is not compiled
RUN = [pytest.param(each, marks=pytest.mark.program if each.number in TRAINING else ()) for each in EVERY]


@pytest.mark.parametrize("each", RUN, ids=lambda each: each.name)
def test_what_a_lesson_prints_is_what_the_code_gives(each):
    result = doctest.testfile(str(FOLDER / f"{each.name}.md"), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_lesson_has_questions_with_hints_python_and_what_comes_next(each):
    data = Parsed(viz.lesson(each.number).html).data()["lesson"]
    assert data["questions"]
    assert all(question["hint"] for question in data["questions"])
    assert ">>> " in each.text
    assert re.search(r"^(Next|This was)", each.text, re.MULTILINE)
    assert each.name.startswith(f"{each.number:02d}-")


@pytest.mark.parametrize("each", RUN, ids=lambda each: each.name)
def test_the_code_of_a_notebook_runs(each):
    made = json.loads(notebook(each))
    names: dict = {}
    for cell in made["cells"][:-1]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)
    text = "".join(cell["source"] for cell in made["cells"] if cell["cell_type"] == "markdown")
    assert "<!--" not in text
    assert "> hint" not in text
    assert made["cells"][-1]["source"].endswith(f"lesson({each.number})")


@browser_test
@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_a_page_asks_for_nothing_complains_of_nothing_and_fits(opened, page_of, each):
    path = page_of(each.number)
    page = started(opened, path)
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.page.set_viewport_size({"width": width, "height": 800})
        page.page.emulate_media(color_scheme=scheme)
        assert not page.overflows()
        assert page.contrast("#lesson p") > 4.5
    assert page.requests == [path.as_uri()]
    assert page.complaints == []
    assert len(path.read_bytes()) < 400_000  # and that of the digits carries 1,000 pictures


def questions_of(number):
    return Parsed(viz.lesson(number).html).data()["lesson"]["questions"]


@browser_test
@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_typed_and_chosen_answers_are_told_right_from_wrong(opened, page_of, each):
    page = started(opened, page_of(each.number))
    for k, question in enumerate(
        Parsed(page_of(each.number).read_text(encoding="utf-8")).data()["lesson"]["questions"]
    ):
        place = page.page.locator(f".question[data-question='{k}']")
        place.get_by_role("button", name="Hint").click()
        assert page.text(f".question[data-question='{k}'] .hint") == " ".join(question["hint"].split())
        assert verdict(page, k) == ""
        right = f"Right. {question.get('praise', '')}".strip()
        if question["kind"] == "number":
            assert check(page, k) == "Type a number first."
            beyond = question["tolerance"] * max(1.0, abs(question["answer"]))
            place.locator("input").fill(str(question["answer"] + 0.1234 + 2 * beyond))
            assert check(page, k) == "Not right. Try again, or take the hint."
            for value, said in question["wrong"]:
                place.locator("input").fill(str(value))
                assert check(page, k) == f"Not right: {said}"
            place.locator("input").fill(str(question["answer"]))
            assert check(page, k) == right
            place.get_by_role("button", name="Hint").click()
            assert verdict(page, k) == right
        elif question["kind"] == "choice":
            assert check(page, k) == "Choose one first."
            said = {int(number) - 1: f"Not right: {text}" for number, text in question["wrong"]}
            for j in range(len(question["choices"])):
                place.locator("input").nth(j).check()
                assert check(page, k) == (right if j == question["right"] else said[j])
        elif question["kind"] == "answer":
            row = page.run("glassgrad.state().data.X[0]")
            model = model_of(page)
            for depth, layer in enumerate(model.layers):
                row, before = [neuron(row).data for neuron in layer.neurons], row
                if depth == question["layer"]:
                    break
            place.locator("input").fill("7")
            assert check(page, k) == "Not right. Try again, or take the hint."
            wanted = row[question["neuron"]]
            mistaken = {
                "sum": math.atanh(wanted) if abs(wanted) < 1 else None,
                "other": row[-1],
                "hidden": before[0],
                "chance": 1 / (1 + math.exp(-wanted)),
            }
            for kind, said in question["wrong"]:
                place.locator("input").fill(f"{mistaken[kind]:.3f}")
                assert check(page, k) == f"Not right: {said}"
            for text in (f"{wanted:.3f}", f"{wanted:.2g}"):
                place.locator("input").fill(text)
                assert check(page, k) == right
        elif "preset" not in question:
            assert check(page, k).startswith("Not yet")
    assert page.complaints == []


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_wrong_answers_that_are_often_given_are_told_why(each):
    for question in questions_of(each.number):
        assert question["praise"].endswith((".", "?"))
        if question["kind"] == "lab":
            continue
        assert all(said.endswith((".", "?")) for _, said in question["wrong"])
        values = [value for value, _ in question["wrong"]]
        assert len(set(values)) == len(values) >= 2
        if question["kind"] == "choice":
            others = set(range(len(question["choices"]))) - {question["right"]}
            assert {value - 1 for value in values} <= others
            assert len(values) == len(others)


@browser_test
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0.7", "Nearly: two digits are wanted."),
        ("0.69", "Right."),
        ("0.693", "Right."),
        ("0.694", "Not right. Try again, or take the hint."),
        ("0.30", "Not right: that is the logarithm to base 10"),
        ("-0.69", "Not right: the sign is turned"),
        ("", "Type a number first."),
    ],
)
def test_two_digits_are_enough(opened, page_of, typed, said):
    page = started(opened, page_of(4))
    page.page.locator(".question[data-question='1'] input").fill(typed)
    assert check(page, 1).startswith(said)


def model_of(page):
    names: dict = {}
    exec(page.run("glassgrad.python()"), names)
    return names["model"]


def choose(page, label, value):
    field = page.page.get_by_label(label, exact=True)
    if field.evaluate("element => element.matches('select')"):
        field.select_option(value)
    else:
        field.fill(value)
        page.press("Tab")


def layers(page, *neurons, activation="tanh"):
    """That many hidden layers of so many neurons, by the buttons."""
    while page.run("glassgrad.state().network.layers.length") > 1:
        page.page.click("#layer-less")
    for depth, wanted in enumerate(neurons):
        page.page.click("#layer-more")
        while (found := page.run(f"glassgrad.state().network.layers[{depth}].neurons")) != wanted:
            page.page.get_by_label(f"One neuron {'more' if found < wanted else 'less'} in layer {depth}").click()
        page.page.get_by_label(f"Activation of layer {depth}").select_option(activation)


def run(page, epochs):
    page.run(f"glassgrad.run({epochs})")


def by_hand(page, bias=-1):
    for name, value in (("w.0", 2), ("w.1", 2), ("b", bias)):
        page.run(f"glassgrad.set('layers.0.neurons.0.{name}', {value})")


def nudged(page):
    model = model_of(page)
    names: dict = {}
    exec(page.run("glassgrad.python()"), names)
    from nn import binary_cross_entropy_with_logits

    for _ in range(40):
        model.zero_grad()
        binary_cross_entropy_with_logits([model(x) for x in names["X"]], names["y"]).backward()
        for p in model.parameters():
            p.data -= 0.5 * p.grad
    for name, p in model.named_parameters():
        page.run(f"glassgrad.set('{name}', {p.data!r})")


def three_rows(page):
    for _ in range(12):
        page.page.click("#batch")


def own_table(page):
    page.page.set_input_files(
        "#setup input[type=file]",
        {"name": "t.csv", "mimeType": "text/csv", "buffer": b"a,b,c\n1,2,x\n2,1,y\n3,1,x\n4,5,y\n"},
    )
    page.until("glassgrad.state().data.set === 'table'")
    run(page, 10)
    page.page.locator(f"input[name=claim-3][value={'yes' if page.run('CLAIMS.better(lab).holds') else 'no'}]").check()


THREE = [(0.3, 0.2), (0.5, 0.12), (0.68, 0.25), (0.5, 0.45), (0.7, 0.6), (0.6, 0.85), (0.3, 0.85)]


def draw(page, strokes):
    """A line through these places of the pad, in parts of its width and height."""
    page.page.click("#clear-pad")
    page.page.locator("#ink").scroll_into_view_if_needed()
    box = page.page.locator("#ink").bounding_box()
    first, *rest = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in strokes]
    page.page.mouse.move(*first)
    page.page.mouse.down()
    for place in rest:
        page.page.mouse.move(*place, steps=4)
    page.page.mouse.up()


def move(page, slider, value):
    page.page.get_by_label(slider, exact=True).fill(str(value))


def sound(page, first, second):
    move(page, "first formant in Hz", first)
    move(page, "second formant in Hz", second)
    page.page.click("#hear")


def reset_and_run(page, epochs):
    page.page.click("#reset")
    run(page, epochs)


# By lesson and question: what a learner could do to solve it.
SOLUTIONS = {
    (1, 1): by_hand,
    (2, 1): lambda page: (layers(page, 6), run(page, 150)),
    (4, 2): lambda page: run(page, 150),
    (5, 2): nudged,
    (7, 1): three_rows,
    (8, 1): lambda page: run(page, 60),
    (9, 0): lambda page: (
        layers(page, 16, 16, activation="relu"),
        choose(page, "learning rate", "0.01"),
        run(page, 200),
    ),
    (10, 0): lambda page: run(page, 300),
    (10, 2): lambda page: run(page, 75),
    (10, 4): lambda page: (layers(page, 4), choose(page, "weight decay (L2)", "0.01"), reset_and_run(page, 200)),
    (10, 5): lambda page: (
        layers(page, 16, 16),
        page.page.get_by_role("spinbutton", name="dropout").fill("0.4"),
        page.press("Tab"),
        reset_and_run(page, 200),
    ),
    (11, 0): lambda page: (choose(page, "learning rate", "0.1"), page.page.click("#reset"), run(page, 300)),
    (11, 1): lambda page: (choose(page, "learning rate", "0.03"), run(page, 100)),
    (11, 2): lambda page: (choose(page, "seed", "3"), run(page, 150)),
    (11, 3): lambda page: (choose(page, "seed", "3"), run(page, 150)),
    (11, 4): lambda page: (choose(page, "seed", "3"), run(page, 200)),
    (11, 5): lambda page: (layers(page, 6), choose(page, "seed", "3"), run(page, 150)),
    (11, 6): lambda page: (layers(page, 8), run(page, 150)),
    (11, 7): lambda page: (layers(page, 6), run(page, 150)),
    (11, 8): lambda page: (choose(page, "weight decay (L2)", "0"), page.page.click("#reset"), run(page, 150)),
    (11, 9): lambda page: (choose(page, "inputs", "scaled"), run(page, 40)),
    (11, 10): lambda page: (choose(page, "weight decay (L2)", "0.03"), reset_and_run(page, 200)),
    (12, 2): lambda page: run(page, 10),
    (12, 3): lambda page: (run(page, 15), draw(page, THREE)),
    (13, 2): lambda page: run(page, 30),
    (13, 3): lambda page: (run(page, 30), sound(page, 750, 1100)),
    (14, 1): lambda page: run(page, 12),
    (14, 3): lambda page: (move(page, "Temperature", 1.5), page.page.click("#invent"), page.page.click("#invent")),
    (15, 3): own_table,
    (16, 1): lambda page: (layers(page, 8), run(page, 300)),
    (16, 2): lambda page: run(page, 400),
}


def what_needs_a_solution():
    for each in EVERY:
        for k, question in enumerate(questions_of(each.number)):
            if question["kind"] == "lab":
                yield each.number, k


@browser_test
@pytest.mark.parametrize(("number", "k"), list(what_needs_a_solution()))
def test_what_is_to_be_reached_can_be_reached(opened, page_of, number, k):
    page = started(opened, page_of(number))
    place = page.page.locator(f".question[data-question='{k}']")
    begin = place.get_by_role("button", name="Begin")
    if begin.count():
        assert check(page, k) == "Press Begin first."
        begin.click()
        diagnosed(page, number, k)
        assert "Not yet" in check(page, k)
        if number == 11:
            run(page, 30)
            assert "Not yet" in check(page, k)  # it does not cure itself
    SOLUTIONS[number, k](page)
    page.page.wait_for_timeout(150)
    assert not verdict(page, k).startswith("Right")  # nothing turns right by itself
    found = check(page, k)
    assert found.startswith("Right. ")
    assert found.endswith(questions_of(number)[k]["praise"])
    assert page.complaints == []
    if begin.count():
        begin.click()
        assert verdict(page, k) == ""
        diagnosed(page, number, k)
        assert "Not yet" in check(page, k)  # what comes back is sick again


def diagnosed(page, number, k):
    """Choose each illness that the patient does not have, and be told what it would look like; then the right one."""
    if number != 11:
        return
    place = page.page.locator(f".question[data-question='{k}']")
    assert check(page, k) == "Look, train, and choose first what it suffers from."
    run(page, 2)
    assert not page.page.locator("#clinic").is_visible()
    for other, question in enumerate(questions_of(11)):
        if other != k:
            place.locator("select").select_option(str(other))
            also = questions_of(11)[k].get("also", {}).get(str(other))
            assert check(page, k) == (f"Nearly: {also}" if also else f"Not right: {question['illness'][1]}")
    assert not page.page.locator("#clinic").is_visible()
    place.locator("select").select_option(str(k))
    assert check(page, k) == "That is it; what is measured stands under What is wrong. Now cure it."


@browser_test
def test_a_cure_counts_only_with_the_settings_asked_for_from_the_start(opened, page_of):
    page = started(opened, page_of(10))
    run(page, 75)
    for k in (4, 5):  # the held-out loss is low enough here, without any cure
        assert "the number of epochs is 75" in check(page, k)
    run(page, 225)
    assert "the weight decay is 0" in check(page, 4)
    assert "the dropout is 0" in check(page, 5)
    page.page.click("#reset")
    run(page, 20)
    layers(page, 4)
    run(page, 20)
    choose(page, "weight decay (L2)", "0.01")
    run(page, 200)
    found = check(page, 4)
    assert "something was changed on the way: press Reset" in found
    assert "weight decay is" not in found
    reset_and_run(page, 200)
    assert check(page, 4).startswith("Right.")


@browser_test
def test_playing_pauses_once_where_the_turning_point_can_still_be_seen(opened, page_of):
    page = started(opened, page_of(10))
    page.page.select_option("#speed", "fast")
    page.page.click("#play")
    page.wait_for("#counter", "epoch 300 ")
    page.page.wait_for_timeout(200)
    assert page.text("#play") == "Play"
    assert page.text("#counter").startswith("epoch 300 ")
    assert page.text("#loss-curve + p").endswith(", lowest 0.378 at epoch 75")
    page.page.click("#play")
    page.until("glassgrad.state().epoch > 400")
    page.page.click("#play")


@browser_test
def test_a_question_is_answered_on_its_own_points_and_undo_brings_them_back(opened, page_of):
    page = started(opened, page_of(1))
    by_hand(page)
    cover = page.page.locator("#cover")
    box = cover.bounding_box()
    cover.click(position={"x": 0.9 * box["width"], "y": 0.5 * box["height"]})
    assert page.run("lab.all.X.length") == 5
    assert check(page, 1).startswith("Not yet: the points are no longer those of the question (Undo brings them back)")
    page.page.get_by_role("button", name="Undo").click()
    assert page.run("lab.all.X.length") == 4
    assert check(page, 1).startswith("Right.")
    before = page.run("lab.all.X")
    page.page.mouse.move(box["x"] + 0.12 * box["width"], box["y"] + 0.12 * box["height"])
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"], steps=5)
    page.page.mouse.up()
    assert page.run("lab.all.X") != before
    assert "no longer those" in check(page, 1)
    page.page.get_by_role("button", name="Undo").click()
    assert page.run("lab.all.X") == before
    assert check(page, 1).startswith("Right.")
    assert page.complaints == []


@browser_test
def test_what_another_question_began_does_not_count_for_this_one(opened, page_of):
    page = started(opened, page_of(16))
    page.page.locator(".question[data-question='2']").get_by_role("button", name="Begin").click()
    run(page, 400)
    assert "the points are no longer those of the question (step, 80 points" in check(page, 1)
    assert check(page, 2).startswith("Right.")
    page.page.get_by_label("Activation of layer 0").select_option("relu")
    assert "the activation of the hidden layers is relu, wanted: tanh" in check(page, 2)


@browser_test
def test_a_sound_that_was_chosen_among_the_points_was_not_moved_to(opened, page_of):
    page = started(opened, page_of(13))
    run(page, 30)
    sound(page, 300, 2300)
    page.run("lab.chooseProbe(lab.all.y.indexOf(1))")
    assert "it has to be a sound of yours: move the sliders" in check(page, 3)


@browser_test
def test_names_count_by_the_colder_of_two_times(opened, page_of):
    page = started(opened, page_of(14))
    page.page.click("#invent")
    move(page, "Temperature", 1.5)
    page.page.click("#invent")
    assert "the temperature that they had is 1, wanted: at least 1.5" in check(page, 3)
    page.page.click("#invent")
    assert check(page, 3).startswith("Right.")


@browser_test
def test_points_brought_back_are_those_of_the_program(opened, page_of):
    page = started(opened, page_of(8))
    run(page, 2)
    cover = page.page.locator("#cover")
    for change in ("", "glassgrad.set('layers.0.neurons.0.b', 0.5)"):
        cover.click(position={"x": 30, "y": 30})
        if change:
            page.run(change)
            page.page.click("#undo")
        else:
            page.page.click("#undo")
            assert page.run("lab.all.X.length") == 150
        run(page, 1)
        assert page.run("glassgrad.state().parameters") == pytest.approx(
            [p.data for p in model_of(page).parameters()], rel=1e-12
        )


@browser_test
def test_a_word_is_explained_where_it_stands_by_mouse_and_keyboard(opened, page_of):
    page = started(opened, page_of(12))
    assert "softmax" not in page.page.locator("#lesson .word").all_inner_texts()  # the text says it itself
    page = started(opened, page_of(10))
    word = page.page.get_by_role("button", name="overfitting")
    meaning = page.page.locator("#word-overfitting")
    assert not meaning.is_visible()
    word.click()
    assert page.text("#word-overfitting").startswith("Overfitting. Learning the rows by heart")
    page.press("Escape")
    assert not meaning.is_visible()
    word.focus()
    page.press("Enter")
    assert meaning.is_visible()
    page.press("Escape")
    page.page.locator(".words summary").click()
    listed = page.page.locator(".words button").all_inner_texts()
    assert {"Momentum", "Hinge, margin", "L1 penalty, L1", "Optimizer, SGD, gradient descent", "Seed"} <= set(listed)
    page.page.set_viewport_size({"width": 390, "height": 800})
    page.page.get_by_role("button", name="Momentum").click()
    box = page.page.locator("#word-momentum").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.complaints == []


def test_the_glossary_is_read_whole():
    text = SOURCE.read_text(encoding="utf-8")
    assert len({id(entry) for entry in words().values()}) == len(re.findall(r"^\*\*", text, re.MULTILINE))
    assert words()["l2"] is words()["weight decay"]
    explained = Words()
    found = explained.linked(
        "<strong>Softmax</strong> of a softmax, weight decay and weights; <code>loss</code>, losses"
    )
    assert found.count("<button") == 3
    assert [entry.names[0] for entry in explained.used] == ["Weight decay", "Weight", "Loss"]


@browser_test
def test_a_small_table_is_at_hand(opened, page_of):
    page = started(opened, page_of(15))
    assert "the rows are still those of the lesson" in check(page, 3)
    page.page.get_by_role("button", name="Take the table of rents").click()
    page.until("glassgrad.state().data.set === 'table'")
    assert page.run("lab.all.names").count("floor is missing") == 1
    assert ", of a column of words none of them. None of your rows is such" in page.text("#axes")
    run(page, 60)
    page.page.locator("input[name=claim-3][value=yes]").check()
    assert check(page, 3).startswith("Right.")
    said = page.text("#loss-curve + p")
    wanted = r"always saying the mean would have 1, so R2 is 1 - 0.0\d+ / 1 = 0\.9\d?, off by \d\S* \(root"
    assert re.search(wanted, said)
    with page.page.expect_download() as saved:
        page.page.get_by_role("button", name="Save it as rents.csv").click()
    assert saved.value.suggested_filename == "rents.csv"
    table = nn.Table.from_file(saved.value.path(), target="rent")
    assert table.X.shape[1] == page.run("lab.all.names.length") == 6


@browser_test
def test_classes_are_told_by_mark_and_name(opened, page_of):
    page = started(opened, page_of(13))
    key = page.page.locator("#classes li").all_inner_texts()
    assert key == ["ee", "ah", "oo", "background: what the network says, paler where it is less sure"]
    assert "only in the large plane" in page.text("#network-note")
    assert not started(opened, page_of(4)).page.locator("#classes").is_visible()


@browser_test
def test_output_neurons_carry_the_name_of_their_class(opened, page_of):
    page = started(opened, page_of(13))
    assert page.page.locator("#columns .named").all_inner_texts() == ["ee", "ah", "oo"]
    page.page.get_by_role("button", name="layer 1 · neuron 1 · ah", exact=True).click()
    assert page.text("#inspector h2") == "layer 1 · neuron 1 · ah"
    assert page.page.get_by_role("button", name="layer 0 · neuron 1", exact=True).count() == 1


@browser_test
def test_an_activation_takes_the_sum_of_the_neuron_for_the_marked_point(opened, page_of):
    page = started(opened, page_of(1))
    by_hand(page)
    assert page.text("#activations [role=status]").startswith("sum 3, answer tanh(3) = 0.995")
    move(page, "The sum", -1.5)
    page.page.get_by_role("button", name="the neuron's sum").click()
    assert page.text("#activations [role=status]").startswith("sum 3,")


@browser_test
def test_bookkeeping_shows_the_wrong_numbers_that_mistakes_make(opened, page_of):
    page = started(opened, page_of(6))
    assert page.page.locator("#bookkeeping [aria-pressed=true]").count() == 0  # no answer stands there yet
    assert "7" not in page.text("#bookkeeping")
    for way, number in (("as it should be", 7), ("wrong order", 1), ("overwrite", 3), ("forget zero_grad", 14)):
        page.page.get_by_role("button", name=way).click()
        assert page.text("#bookkeeping .steps output").startswith("step 1 of ")
        page.page.locator("#bookkeeping").get_by_role("button", name="To the end").click()
        assert page.text("#bookkeeping [role=status]").startswith(f"a.grad is {number},")


@browser_test
def test_bookkeeping_is_gone_through_share_by_share_and_says_whose_turn_it_is(opened, page_of):
    page = started(opened, page_of(6))
    host = page.page.locator("#shared")
    for way, reason in (
        ("b waits for y and c", "It is b's turn: c and y used it, and both have handed in."),
        ("b waits only for y", "b hands on, although c has not handed in yet: too early."),
    ):
        host.get_by_role("button", name=way).click()
        steps = int(page.text("#shared .steps output").split()[-1])
        host.get_by_role("button", name="To the end").click()
        assert host.get_by_role("button", name="To the end").get_attribute("aria-disabled") == "true"
        told = {page.text("#shared .why")}
        for k in range(steps - 1, 0, -1):
            host.get_by_role("button", name="Back").click()
            assert page.text("#shared .steps output") == f"step {k} of {steps}"
            assert page.run("document.activeElement.textContent") == "Back"
            assert host.locator("tbody tr").count() == k
            told.add(page.text("#shared .why"))
        assert reason in told
        assert "Going back begins at y, which grows just as much as itself." in told
        assert host.get_by_role("button", name="Back").get_attribute("aria-disabled") == "true"
        for _ in range(steps - 1):
            host.get_by_role("button", name="On", exact=True).click()
        assert page.text("#shared [role=status]").startswith("a.grad is ")
    assert page.complaints == []


@browser_test
def test_the_first_lesson_wants_a_bias_and_no_words_of_later_ones(opened, page_of):
    page = started(opened, page_of(1))
    for word in ("gradient", "epoch", "loss"):
        assert word not in page.page.locator("main").inner_text().lower()
    by_hand(page, bias=0)
    assert check(page, 1) == "Not yet: the smallest margin is 0, wanted: at least 0.5."  # a point on the border
    by_hand(page, bias=-0.4)
    assert page.text("#counter") == "4 of 4 points right"
    assert check(page, 1) == "Not yet: the smallest margin is 0.4, wanted: at least 0.5."


@browser_test
@pytest.mark.parametrize(
    ("number", "width", "height"),
    [(1, 1366, 700), (1, 1280, 900), (1, 1920, 1000), (1, 390, 800), (5, 1366, 700), (5, 1280, 900)],
)
def test_the_plane_is_in_sight_while_weights_are_typed(opened, page_of, number, width, height):
    page = started(opened, page_of(number), width=width, height=height)
    fields = page.page.locator("#inspector input")
    if width == 390:
        page.run("document.querySelector('#planes').scrollIntoView()")
    boxes = [page.page.locator("#planes").bounding_box(), fields.first.bounding_box(), fields.last.bounding_box()]
    assert all(box["y"] >= -1 and box["y"] + box["height"] <= height for box in boxes)


@browser_test
@pytest.mark.parametrize(("name", "answer"), [("tanh", -0.9051), ("relu", 0), ("sigmoid", 0.1824), ("linear", -1.5)])
def test_an_activation_is_chosen_and_its_sum_moved(opened, page_of, name, answer):
    page = started(opened, page_of(1))
    page.page.get_by_label("Activation", exact=True).select_option(name)
    move(page, "The sum", -1.5)
    assert page.text("#activations [role=status]") == f"sum -1.5, answer {name}(-1.5) = {answer}"
    assert page.page.locator("#activations svg").get_attribute("aria-label") == f"{name} at -1.5 is {answer}"


@browser_test
def test_answers_are_kept_over_a_reload(opened, page_of):
    page = started(opened, page_of(5))
    for k, question in enumerate(questions_of(5)[:2]):
        place = page.page.locator(f".question[data-question='{k}']")
        if question["kind"] == "number":
            place.locator("input").fill(str(question["answer"]))
        else:
            place.locator("input").nth(question["right"]).check()
        assert check(page, k).startswith("Right.")
    nudged(page)
    assert check(page, 2).startswith("Right.")
    page.page.reload()
    page.until("document.querySelectorAll('.question.done').length === 3")
    assert page.page.locator(".question input.number").input_value() == "0.02"
    assert page.page.locator(".question input:checked").get_attribute("value") == "0"
    page.page.locator(".question input.number").fill("3")
    assert check(page, 0).startswith("Not right")
    page.page.reload()
    page.until("document.querySelectorAll('.question.done').length === 2")
    assert page.page.locator(".question input.number").input_value() == "3"
    assert page.complaints == []


@browser_test
def test_lessons_written_together_lead_from_one_to_the_next_and_back(opened, tmp_path, capsys):
    code, out, _ = run_command(capsys, "--all", "-o", tmp_path)
    assert (code, out.count("\n")) == (0, 1)
    assert "begin with 01-one-neuron.html" in out
    page = opened(tmp_path / "01-one-neuron.html")
    assert page.page.locator("[rel=prev]").count() == 0
    for each in EVERY[1:]:
        page.page.click("#lesson nav [rel=next]")
        assert page.page.title() == f"{each.number}. {each.title}"
    assert page.page.locator("[rel=next]").count() == 0
    page.page.click("#lesson nav [rel=prev]")
    assert page.page.title() == f"15. {EVERY[14].title}"
    assert page.complaints == []


def test_a_lesson_alone_leads_only_to_what_is_there(tmp_path, capsys):
    for number, links in ((3, 0), (2, 1)):
        assert run_command(capsys, number, "-o", tmp_path)[0] == 0
        text = (tmp_path / f"{EVERY[number - 1].name}.html").read_text(encoding="utf-8")
        assert text.count("<a rel=") == links
    assert 'rel="next" href="03-follow-one-number.html"' in text
    assert "glassgrad learn 3 --open" not in text
    for number, command in ((1, True), (15, True), (16, False)):  # and says what opens the next one where it is not
        assert run_command(capsys, number, "-o", tmp_path / "alone" / str(number))[0] == 0
        (page,) = (tmp_path / "alone" / str(number)).iterdir()
        assert (f"glassgrad learn {number + 1} --open" in page.read_text(encoding="utf-8")) == command
    assert run_command(capsys, 1, "--all", "-o", tmp_path)[0] == 2


@browser_test
def test_who_has_trained_too_long_is_told_to_begin_again(opened, page_of):
    page = started(opened, page_of(14))
    assert "too long" not in check(page, 1)
    page.run("lab.epochs(40)")  # at once, so that the page cannot look in between
    found = check(page, 1)
    assert found.startswith("Not yet: the held-out loss is 2.5")
    assert re.search(r"\(trained too long: it was 2\.4\d at epoch 1\d\. Press Reset, and end there: ", found)
    page.page.click("#reset")
    assert "too long" not in check(page, 1)
    for _ in range(9):
        page.page.click("#epoch")
    assert check(page, 1).startswith("Right.")


@browser_test
def test_neurons_of_one_input_are_said_to_show_curves(opened, page_of):
    for number, said in ((4, "its answer as a curve over the input"), (2, "what it answers over the plane")):
        assert said in started(opened, page_of(number)).text("#network-note")


@browser_test
def test_the_gradient_of_a_weight_follows_what_is_typed(opened, page_of):
    page = started(opened, page_of(5))
    before = page.text("#inspector .facts")
    field = page.page.locator("#inspector input")
    field.select_text()
    page.page.keyboard.type("-0.75")
    page.press("Enter")
    assert page.text("#inspector .facts") != before
    assert page.page.locator("#inspector svg").get_attribute("aria-label").endswith(" at -0.75")
    assert page.text("#loss-curve + p") == f"training {page.run('glassgrad.state().loss'):.4g}"
    assert field.evaluate("field => field === document.activeElement")


@browser_test
@pytest.mark.parametrize("number", [1, 5, 12])
def test_on_a_phone_the_parts_stand_between_text_and_questions(opened, page_of, number):
    page = started(opened, page_of(number), width=390)
    top = {
        name: page.page.locator(selector).first.bounding_box()["y"]
        for name, selector in {"text": "#lesson p", "parts": "#counter", "question": ".question"}.items()
    }
    assert top["text"] < top["parts"] < top["question"]
    if number == 1:
        field = page.page.locator("#inspector input").first.bounding_box()["y"]
        assert top["parts"] < field < 1200


@browser_test
def test_a_value_used_twice_hands_on_when_both_have_handed_in(opened, page_of):
    page = started(opened, page_of(6))
    for way, b, a in (("b waits only for y", 13, 14), ("b waits for y and c", 13, 26)):
        page.page.get_by_role("button", name=way).click()
        assert page.run("document.activeElement.textContent") == way
        page.page.locator("#shared").get_by_role("button", name="To the end").click()
        assert page.text("#shared [role=status]").startswith(f"a.grad is {a},")
        label = page.page.locator("#shared svg").get_attribute("aria-label")
        assert f"b.grad = {b};" in label
        assert label.startswith(f"a = 3, a.grad = {a};")
    assert "y = b + a = 12" in page.page.locator("#bookkeeping svg").get_attribute("aria-label")


@pytest.mark.parametrize("number", [0, 17, -1, "1", None, True, 10**30])
def test_a_lesson_that_is_not_there_is_refused(number):
    with pytest.raises(ValueError, match=r"learn: there are lessons 1 to 16, got"):
        viz.lesson(number)


def run_command(capsys, *arguments):
    from nn.__main__ import main

    code = main(["learn", *map(str, arguments)])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_command_lists_lessons_and_writes_one(tmp_path, capsys):
    code, out, _ = run_command(capsys)
    assert code == 0
    assert "  1  One neuron, by hand\n" in out
    assert all(
        words in out for words in ("learn N --open", "learn --all -o lessons --open", "--make engine", "--check engine")
    )
    code, out, _ = run_command(capsys, 6, "-o", tmp_path / "new", "--notebook")
    assert code == 0
    assert sorted(file.name for file in (tmp_path / "new").iterdir()) == [
        "06-the-chain-rule.html",
        "06-the-chain-rule.ipynb",
    ]
    code, _, err = run_command(capsys, 99)
    assert (code, err.count("\n")) == (2, 1)
    (tmp_path / "file").write_text("x")
    assert run_command(capsys, 1, "-o", tmp_path / "file")[0] == 2
    assert run_command(capsys, 1, "-o", tmp_path / "named" / "one.html")[1].endswith("one.html\n")
    assert [file.name for file in (tmp_path / "named").iterdir()] == ["one.html"]


@browser_test
def test_a_picture_is_drawn_with_the_keyboard_too_and_each_pixel_says_what_it_adds(opened, page_of):
    page = started(opened, page_of(12))
    run(page, 10)
    page.page.click("#clear-pad")
    empty = page.text("#drawn")
    page.page.focus("#ink")
    page.press("ArrowUp", "Enter", "ArrowUp", "Enter", "ArrowDown", "ArrowDown", "Enter")
    assert page.text("#drawn") != empty
    assert page.text("#adds-note").startswith("What each pixel adds to the sum for ")
    page.page.click("#part .pictures button >> nth=0")
    taken = page.text("#part .pictures button >> nth=0").split()[-1]
    assert page.text("#drawn").startswith(f"It says {taken} (")


@browser_test
def test_what_is_no_digit_is_said_to_be_unlike_them(opened, page_of):
    page = started(opened, page_of(12))
    run(page, 10)
    draw(page, THREE)
    assert page.text("#drawn").startswith("It says 3 (")
    assert page.text("#unlike") == ""
    page.page.click("#clear-pad")
    assert page.text("#drawn") == "The pad is empty."
    assert page.text("#part .bars") == ""
    draw(page, [(x / 14, 0.05 if x % 2 else 0.95) for x in range(1, 14)])
    assert page.text("#unlike").startswith("It is unlike every picture of training (")
    page.page.click("#next-picture")  # held out, and written by the same hands
    assert page.text("#unlike") == ""


@browser_test
def test_what_a_pixel_adds_is_the_engines(opened, page_of):
    page = started(opened, page_of(12))
    run(page, 5)
    page.page.click("#next-picture")
    model = model_of(page)
    picture = page.run("lab.all.X[lab.probe]")
    sums = [z.data for z in model(picture)]
    said = page.text("#drawn")
    best = max(range(10), key=sums.__getitem__)
    assert said.startswith(f"It says {best} (")
    without = [model([0.0 if j == k else x for j, x in enumerate(picture)])[best].data for k in range(64)]
    most = max(abs(sums[best] - other) for other in without)
    assert float(page.text("#adds-note").split()[-1]) == pytest.approx(most, rel=0.05)


@browser_test
def test_a_sound_of_the_page_is_that_of_python(scripted):
    from nn.tasks.sounds import synthesized

    page = scripted("playground/voice.js")
    found = page.evaluate("Array.from(synthesizedVowel([730, 1090, 2440], 120, 0.2))")
    wanted = synthesized((730.0, 1090.0, 2440.0), pitch=120.0, seconds=0.2, breath=0.0)
    assert len(found) == len(wanted)
    middle = slice(400, -400)
    assert found[middle] == pytest.approx(wanted[middle].tolist(), abs=1e-6)


@browser_test
def test_invented_names_begin_with_what_is_typed_and_no_points_are_offered(opened, page_of):
    page = started(opened, page_of(14))
    assert page.page.locator("#setup select >> nth=0").locator("option").count() == 1
    page.page.get_by_label("The beginning of a name").fill("Ka")
    page.page.click("#invent")
    assert all(name.startswith("ka") for name in page.text("#invented").split(", "))
    page.page.get_by_label("The beginning of a name").fill("")
    page.page.click("#invent")
    assert not all(name.startswith("ka") for name in page.text("#invented").split(", "))
    assert page.text("#next").startswith("At the beginning: ")
    page.page.get_by_label("The beginning of a name").fill("ü")
    assert page.text("#next").endswith("(It knows the letters a to z alone.)")


@browser_test
def test_names_are_invented_and_a_cold_model_repeats_itself(opened, page_of):
    page = started(opened, page_of(14))
    run(page, 8)
    move(page, "Temperature", 0.1)
    page.page.click("#invent")
    cold = page.text("#invented").split(", ")
    move(page, "Temperature", 2)
    page.page.click("#invent")
    wild = page.text("#invented").split(", ")
    assert len(cold) == len(wild) == 8
    assert len(set(cold)) < len(set(wild))
