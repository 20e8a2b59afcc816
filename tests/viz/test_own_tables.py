"""A table that is brought to a page: what stands in its way is named at once, numbers are said as the table has them."""

from __future__ import annotations

import random

import pytest
from lesson_pages import started

import viz
from nn.tables.loading import read_table
from nn.tables.strays import strays_of

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser

RENTS = "area,rooms,rent\n" + "".join(
    f"{'unknown' if k in (4, 9) else 20 + k},{'3+' if k == 7 else k * 7 % 23},"
    f"{'on request' if k == 15 else 300 + 7 * k}\n"
    for k in range(60)
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("playground") / "p.html"
    viz.playground(path=path)
    return path


def opened_plain(opened, path):
    page = opened(path)
    page.until("Boolean(window.glassgrad)")
    return page


def give(page, text, name="own.csv"):
    page.page.set_input_files(
        "#setup input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode("utf-8")}
    )
    page.until(f"document.getElementById('said').textContent.includes({name!r})")
    return page.text("#said p")


def test_words_among_numbers_are_named_in_all_columns_at_once_and_taken_for_missing_by_a_button(opened, plain):
    page = opened_plain(opened, plain)
    said = give(page, RENTS)
    assert "59 of 60 cells of \"rent\" are numbers; line 17 has \"on request\"" in said
    assert "58 of 60 cells of \"area\" are numbers; line 6 has \"unknown\"" in said
    assert "59 of 60 cells of \"rooms\" are numbers; line 9 has \"3+\"" in said
    assert page.run("document.getElementById('said').className") == "refused"
    page.page.get_by_role("button", name='Count "unknown", "3+", "on request" as missing and take it').click()
    page.until("document.getElementById('said').className === 'taken'")
    said = page.text("#said")
    assert "59 rows, 4 inputs" in said
    assert "1 row without rent left out" in said
    assert '"unknown", "3+", "on request" counted as missing' in said
    assert page.run("glassgrad.state().data.X.length") == 59
    colors = [page.run(f"getComputedStyle(document.querySelector('#said')).{one}") for one in ("color", "borderColor")]
    give(page, RENTS)
    after = [page.run(f"getComputedStyle(document.querySelector('#said')).{one}") for one in ("color", "borderColor")]
    assert colors[0] != after[0]
    assert colors[1] != after[1]
    assert page.contrast("#said p") > 4.5
    assert page.complaints == []


def test_words_among_the_numbers_of_an_input_leave_it_out_until_they_are_counted_as_missing(opened, page_of):
    page = started(opened, page_of(15))
    said = give(page, RENTS.replace("on request", "405").replace("3+", "3"))
    assert "60 rows, 1 input on one scale" in said
    assert 'area left out: 58 of 60 cells of "area" are numbers; line 6 has "unknown"' in page.text("#lesson .of-file")
    assert page.run("document.querySelector('#lesson .of-file').classList.contains('taken')")
    page.page.locator("#lesson .of-file button").click()
    page.until("document.querySelector('#lesson .of-file').textContent.includes('counted as missing')")
    assert page.run("glassgrad.state().data.X[0].length") == 3  # area, that it is missing, and rooms
    assert "60 rows, 3 inputs" in page.text("#said")
    assert page.complaints == []


def test_lines_are_counted_as_they_stand_in_the_file(scripted):
    page = scripted("engine/table.js")
    text = "# rents\n\n" + RENTS
    said = page.evaluate("(text) => { try { readTable(text); } catch (error) { return error.message; } }", text)
    assert 'line 19 has "on request"' in said


def made_up(seed):
    """A column of numbers with words among them."""
    rng = random.Random(seed)
    cells = [str(rng.randint(0, 40)) for _ in range(rng.randint(20, 60))]
    for word in rng.sample(["x", "on request", "-", "3+", "none yet", "tba", "?!"], rng.randint(0, 7)):
        cells[rng.randrange(len(cells))] = word
    return cells


def test_words_among_numbers_are_those_of_train(scripted, tmp_path):
    page = scripted("engine/strays.js")
    found = 0
    for seed in range(60):
        cells = made_up(seed)
        path = tmp_path / f"{seed}.csv"
        path.write_text("a,b\n" + "".join(f"{cell},1\n" for cell in cells), encoding="utf-8")
        ours = strays_of(read_table(str(path)), "a")
        theirs = page.evaluate(
            "(cells) => straysOf('a', cells.map((cell, i) => ({ cell, line: i + 2 })))", cells
        )
        assert (ours is not None) == bool(theirs and theirs["few"]), cells
        if ours:
            found += 1
            for word in theirs["words"]:
                assert word in ours.sentence
            assert theirs["sentence"].partition(" of ")[0] == ours.sentence.partition(" of ")[0]
    assert 10 < found < 60
