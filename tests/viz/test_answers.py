"""Answers that are typed into a lesson's page: read as people write numbers, judged by what they were shown."""

from __future__ import annotations

import pytest
from lesson_pages import check, started, typed

pytest_plugins = ["browser", "lesson_pages"]
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
