"""Answers that are typed into a lesson's page: read as people write numbers, judged by what they were shown."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import pytest
from lesson_pages import check, started, typed
from lessons import Parsed

import viz
from nn import MLP

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5), ("-0.5", -0.5), ("\N{MINUS SIGN}0,5", -0.5), ("-1/2", -0.5), ("1 / -4", -0.25), ("3÷4", 0.75),
        ("+.5", 0.5), ("1e-3", 0.001), (" 1 000 ", 1000), ("1,000.5", None), ("0x10", None), ("Infinity", None),
        ("two", None), ("1/2/3", None), ("1/", None), ("-", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(scripted, text, value):
    page = scripted("lessons/answers.js")
    assert page.evaluate("(text) => numberFrom(text)", text) == pytest.approx(value, nan_ok=True) if value else (
        page.evaluate("(text) => Number.isNaN(numberFrom(text))", text)
    )


def test_keys_typed_into_an_answer_stay_and_what_is_no_number_is_said_to_be_none(opened, page_of):
    page = started(opened, page_of(7))
    page.page.locator(".question[data-question='0'] input").focus()
    page.page.keyboard.type("0,52")
    assert check(page, 0) == "Right. The gradient is below 0, so the weight grows."
    assert typed(page, 0, "13/25").startswith("Right.")
    assert typed(page, 0, "-1/2") == "Not right. Try again, or take the hint."
    said = "“a half” is no number: type one such as -0.25, -0,25 or -1/4."
    assert typed(page, 0, "a half") == said


def test_slow_motion_of_the_third_lesson_ends_with_the_answer_and_changes_nothing(opened, page_of):
    page = started(opened, page_of(3))
    before = page.run("glassgrad.state().parameters")
    page.page.click("#sample")
    seen, numbers = [], []
    while page.page.locator("#slow").is_visible():
        seen.append(page.text("#slow .kicker").split(",")[0])
        numbers.append(page.text("#slow td >> nth=-1"))
        page.page.click("#slow button >> nth=1")
    assert seen == ["Start", "Forward", "Forward"]
    assert page.run("glassgrad.state().parameters") == before
    assert typed(page, 1, numbers[-1]).startswith("Right.")


def test_whether_a_network_is_better_than_the_baseline_is_judged_by_the_figures(opened, page_of):
    page = started(opened, page_of(15))
    page.page.get_by_role("button", name="Take the table of rents").click()
    page.until("glassgrad.state().data.set === 'table'")
    page.run("glassgrad.set('layers.1.neurons.0.b', 9)")  # far from all rents
    page.run("lab.change({ lr: 0 })")
    page.run("glassgrad.run(10)")
    assert check(page, 3) == "Choose yes or no."
    yes, no = (page.page.locator(f"input[name=claim-3][value={value}]") for value in ("yes", "no"))
    yes.check()
    assert check(page, 3).startswith("Not right. R2 of the rows held out is -")
    no.check()
    assert check(page, 3).startswith("Right. R2 of the rows held out is -")
    page.page.click("#reset")
    page.run("lab.change({ lr: 0.02 })")
    page.run("glassgrad.run(40)")
    assert check(page, 3).startswith("Not right. R2 of the rows held out is 0.")
    yes.check()
    assert check(page, 3).startswith("Right. R2 of the rows held out is 0.")


def test_a_file_is_chosen_beside_the_text_and_what_is_said_of_it_stands_there(opened, page_of):
    page = started(opened, page_of(15))
    with page.page.expect_file_chooser() as chooser:
        page.page.get_by_role("button", name="Choose a file").click()
    found = {"name": "t.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,0.5\nx,0.7\n3,1.5\n"}
    chooser.value.set_files(found)
    page.until("document.querySelector('#lesson .of-file').textContent !== ''")
    assert page.text("#lesson .of-file") == page.text("#said")
    assert page.text("#said").startswith("t.csv: 3 rows, 3 inputs on one scale")
    assert 'line 3 has "x", so all are taken as texts' in page.text("#lesson .of-file")


def test_a_loss_that_rose_is_said_to_have_risen(opened, page_of):
    page = started(opened, page_of(7))
    page.run("glassgrad.set('layers.1.neurons.0.b', 9)")
    assert "the loss rose by " in check(page, 1)


def test_a_sound_has_to_be_heard(opened, page_of):
    page = started(opened, page_of(13))
    page.run("glassgrad.run(60)")
    for name, value in (("first formant in Hz", "750"), ("second formant in Hz", "1100")):
        page.page.get_by_label(name, exact=True).fill(value)
    assert check(page, 3) == "Not yet: you have not listened to it: press Play the sound."
    page.page.click("#hear")
    assert check(page, 3).startswith("Right.")


def test_an_emptied_weight_is_written_again_when_it_is_left(opened, page_of):
    page = started(opened, page_of(1))
    field = page.page.locator("#inspector input").first
    before = field.input_value()
    for key in ("Enter", "Tab"):
        field.fill("")
        page.press(key)
        assert field.input_value() == before


def test_the_learning_rate_of_the_step_can_be_changed(opened, page_of):
    page = started(opened, page_of(7))
    field = page.page.get_by_label("Learning rate", exact=True)
    assert field.input_value() == "0.1"
    field.fill("0.5")
    page.press("Tab")
    assert page.run("glassgrad.state().settings.lr") == 0.5
    field.fill("-1")
    page.press("Tab")
    assert field.input_value() == "0.5"
    page.page.click("#sample")
    while page.page.locator("#slow").is_visible() and "Every parameter" not in page.text("#slow h2"):
        page.page.click("#slow button >> nth=1")
    assert "0.5 \N{MULTIPLICATION SIGN} gradient" in page.text("#slow")
    lines = page.run("[document.querySelectorAll('#slow tr').length, glassgrad.state().parameters.length]")
    assert lines[0] == lines[1]  # all are in sight: there is no scroller in the page
    scroller = "document.querySelector('#slow .scroll')"
    assert page.run(f"{scroller}.scrollHeight <= {scroller}.clientHeight + 1")


@pytest.mark.parametrize(
    ("number", "text", "right"),
    [(12, "10 %", True), (12, "10%", True), (12, "10", True), (12, "0.1", False), (12, "0,1", False),
     (15, "90 %", True), (15, "0.9", False)],
)  # fmt: skip
def test_a_percentage_is_taken_with_its_sign_and_a_share_is_told_how_it_is_meant(opened, page_of, number, text, right):
    page = started(opened, page_of(number))
    k = 1 if number == 12 else 0
    wanted = 10 if number == 12 else 90
    said = typed(page, k, text)
    assert said.startswith("Right." if right else f"Not right: as a percentage: {wanted}, not 0.{wanted // 10}.")


def test_a_share_may_be_typed_as_a_percentage(opened, page_of):
    page = started(opened, page_of(15))
    assert typed(page, 1, "75 %").startswith("Right.")
    assert typed(page, 1, "0.75").startswith("Right.")
    assert typed(page, 1, "25 %") == "Not right: that is what is left of the error; R2 is 1 less that."


def forms(wanted):
    """A number as people write it down: rounded and cut to two digits and more, and to two decimals and more."""
    exact = Decimal(repr(wanted))
    places = [Decimal(1).scaleb(exact.adjusted() - digits) for digits in range(1, 6)]
    places += [Decimal(1).scaleb(-decimals) for decimals in (2, 3) if abs(wanted) >= 0.1]
    return {str(exact.quantize(place, rounding=how)) for place in places for how in (ROUND_HALF_EVEN, ROUND_DOWN)}


COMPUTED = [
    pytest.param(each.number, k, question["answer"], id=f"{each.name}-{k}")
    for each in viz.lessons()
    for k, question in enumerate(Parsed(viz.lesson(each.number).html).data()["lesson"]["questions"])
    if question["kind"] == "number" and not float(question["answer"]).is_integer()
]


@pytest.mark.parametrize(("number", "k", "wanted"), COMPUTED)
def test_a_computed_number_is_taken_rounded_and_cut(opened, page_of, number, k, wanted):
    page = started(opened, page_of(number))
    for text in forms(wanted):
        assert typed(page, k, text).startswith("Right."), text


@pytest.mark.parametrize("k", [0, 1])
def test_what_a_neuron_answers_is_taken_rounded_and_cut(opened, page_of, k):
    page = started(opened, page_of(3))
    state = page.run("glassgrad.state()")
    model = MLP(2, [2, 1], "tanh", seed=0)
    for parameter, value in zip(model.parameters(), state["parameters"], strict=True):
        parameter.data = value
    hidden = [neuron(state["data"]["X"][0]).data for neuron in model.layers[0].neurons]
    wanted = hidden[0] if k == 0 else model(state["data"]["X"][0]).data
    for text in forms(wanted):
        assert typed(page, k, text).startswith("Right."), text


def test_other_digits_than_those_of_the_number_are_not_taken(scripted):
    page = scripted("lessons/answers.js")
    near = "([text, wanted]) => near(text, wanted, 1e-9)"
    assert page.evaluate(near, ["3.29", 3.295837])
    assert page.evaluate(near, ["3.30", 3.295837])
    for text in ("3.28", "3.31", "3.2957", "3.2960"):
        assert not page.evaluate(near, [text, 3.295837])
    assert not page.evaluate(near, ["0.28", 0.29])  # which is a little less than 0.29 as a float
    assert not page.evaluate(near, ["74", 75])


@pytest.mark.parametrize(("width", "number"), [(1280, 7), (390, 7)])
def test_on_the_way_back_each_product_has_a_line_of_its_own(opened, page_of, width, number):
    page = started(opened, page_of(number), width=width)
    page.page.click("#sample")
    while "Back through layer 0" not in page.text("#slow h2"):
        page.page.click("#slow button >> nth=1")
    lines = page.run(
        "[...document.querySelectorAll('#slow tr:first-child td')].map((cell) => Math.round("
        "cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight)))"
    )
    assert lines == [1, 1, 3]  # answer, sum, and two weights with a bias
    assert not page.overflows()
