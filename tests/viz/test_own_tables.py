"""A table brought to a page: what stands in its way is named at once, and its numbers are said in their own units."""

from __future__ import annotations

import json
import random
import re

import numpy as np
import pytest
from lesson_pages import started

import viz
from nn.__main__ import main
from nn.tables.data import Reading, load_dataset
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
    buffer = text if isinstance(text, bytes) else text.encode("utf-8")
    page.page.set_input_files("#setup input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": buffer})
    page.until(f"document.getElementById('said').textContent.includes({name!r})")
    return page.text("#said")


def test_words_among_numbers_are_named_in_all_columns_at_once_and_taken_for_missing_by_a_button(opened, plain):
    page = opened_plain(opened, plain)
    said = give(page, RENTS)
    assert "59 of 60 cells of \"rent\" are numbers; line 17 has \"on request\"" in said
    assert "58 of 60 cells of \"area\" are numbers; line 6 has \"unknown\"" in said
    assert "59 of 60 cells of \"rooms\" are numbers; line 9 has \"3+\"" in said
    assert page.run("document.getElementById('said').className") == "refused"
    page.page.get_by_role("button", name='Count "unknown", "3+", "on request" as missing and take it anew').click()
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


def test_texts_that_may_be_kinds_are_not_offered_to_be_counted_as_missing(opened, plain):
    page = opened_plain(opened, plain)
    floors = ["EG", "1", "2", "3", "DG"]
    rows = "".join(f"{20 + k},{floors[k % 5]},{300 + k}.5\n" for k in range(60))
    said = give(page, "area,floor,rent\n" + rows.replace("300.5", "on request"))
    assert "on request" in said
    names = page.run("[...document.querySelectorAll('#said button')].map((one) => one.textContent)")
    assert names == ['Count "on request" as missing and take it anew']
    page.page.locator("#said button").click()
    page.until("document.getElementById('said').textContent.includes('counted as missing')")
    names = page.run("JSON.parse(glassgrad.file()).data.names")
    assert names == ["area", *[f"floor = {one}" for one in sorted(floors)]]
    assert page.complaints == []


def test_another_column_can_be_chosen_to_be_predicted(opened, page_of):
    page = started(opened, page_of(15))
    give(page, RENTS.replace("on request", "405").replace("unknown", "30").replace("3+", "3"))
    predict = page.page.get_by_role("combobox", name="predict").locator("visible=true").first
    assert predict.evaluate("(select) => [...select.options].map((option) => option.text)") == ["area", "rooms", "rent"]
    assert predict.input_value() == "2"
    predict.focus()
    predict.select_option("area")
    page.until("document.getElementById('said').textContent.includes('area too: 0 is')")
    found = json.loads(page.run("glassgrad.file()"))["data"]
    assert found["target"]["name"] == "area"
    assert found["names"] == ["rooms", "rent"]
    assert page.run("document.querySelector('.of-file select').value") == "0"
    assert page.run("document.activeElement.closest('.of-file, #said') !== null")
    page.page.fill("#setup input[aria-label='learning rate']", "0.01")
    page.page.locator("#setup input[aria-label='learning rate']").blur()
    assert page.page.locator("#said select").count() == 1
    page.page.select_option("#setup select >> nth=0", "moons")
    assert page.text("#said") == ""
    assert page.complaints == []


def test_a_refused_column_leaves_the_choice_of_another(opened, plain):
    page = opened_plain(opened, plain)
    days = [f"2024-{1 + k // 28:02d}-{1 + k % 28:02d}" for k in range(60)]
    text = "area,rent,day\n" + "".join(f"{20 + k * 7 % 31},{300 + k},{day}\n" for k, day in enumerate(days))
    said = give(page, text.replace("300,2024-01-01", "300,soon"))
    assert "day, which is to be predicted, has 60 different texts" in said
    assert page.page.locator("#said button").count() == 0  # to count "soon" as missing would not help
    page.page.select_option("#said select", label="rent")
    page.until("document.getElementById('said').className === 'taken'")
    assert 'day left out: 59 of 60 cells of "day" are dates' in page.text("#said")
    page.page.get_by_role("button", name='Count "soon" as missing').click()
    page.until("document.getElementById('said').textContent.includes('counted as missing')")
    assert page.run("document.querySelector('#said select').value") == "1"
    assert page.complaints == []


def test_numbers_that_may_be_either_of_two_are_decided_by_a_button(opened, plain):
    page = opened_plain(opened, plain)
    text = "area;rent\n" + "".join(f"{20 + 3 * k};1.{100 + 7 * k}\n" for k in range(40))
    assert 'column rent: "1.100" may be 1.1 or 1100; choose the decimal mark' in give(page, text)
    names = page.run("[...document.querySelectorAll('#said button')].map((one) => one.textContent)")
    assert names == ["decimal point: 1.1", "decimal comma: 1100"]
    page.page.get_by_role("button", name="decimal comma").click()
    page.until("document.getElementById('said').className === 'taken'")
    assert "numbers that leave it open have a decimal comma" in page.text("#said")
    found = json.loads(page.run("glassgrad.file()"))["data"]
    assert 1100 < found["target"]["mean"] < 1400
    assert page.complaints == []


def test_lines_are_counted_as_they_stand_in_the_file(scripted):
    page = scripted("engine/table.js")
    text = "# rents\n\n" + RENTS
    said = page.evaluate("(text) => { try { readTable(text); } catch (error) { return error.message; } }", text)
    assert 'line 19 has "on request"' in said


def test_a_word_among_dates_and_dashes_among_few_numbers_are_named_too(opened, plain):
    page = opened_plain(opened, plain)
    lines = [f"2024-01-{1 + k % 28:02d},{'-' if k % 3 == 0 else k % 4},{k * k}" for k in range(40)]
    lines[5] = "soon,1,25"
    said = give(page, "day,floor,rent\n" + "\n".join([*lines, "2024-03-01,2,0"]) + "\n")
    assert 'day left out: 40 of 41 cells of "day" are dates; line 7 has "soon"' in said
    assert 'floor left out: 27 of 41 cells of "floor" are numbers; line 2 has "-"' in said
    page.page.get_by_role("button", name='Count "soon", "-" as missing').click()
    page.until("document.getElementById('said').textContent.includes('counted as missing')")
    names = json.loads(page.run("glassgrad.file()"))["data"]["names"]
    assert "floor is missing" in names
    assert "day is missing" in names
    assert page.complaints == []


@pytest.mark.parametrize(("word", "every"), [("-", 2), ("-", 9), ("not known", 3)])
def test_one_text_among_numbers_may_be_counted_as_missing_however_often_it_stands(opened, plain, word, every):
    page = opened_plain(opened, plain)
    count = 32 * every
    rows = [f"{k},{word if k % every else f'{k} %'},{300 + k}.5" for k in range(count)]
    give(page, "area,share,rent\n" + "\n".join(rows) + "\n")
    line = f'share left out: 32 of {count} cells of "share" are numbers; line 3 has "{word}"'
    assert line in page.text("#said")
    page.page.get_by_role("button", name=f'Count "{word}" as missing').click()
    page.until("document.getElementById('said').textContent.includes('counted as missing')")
    assert json.loads(page.run("glassgrad.file()"))["data"]["names"] == ["area", "share", "share is missing"]
    assert page.complaints == []


@pytest.mark.parametrize(
    "cells", [["EG", "EG", "1", "2"], ["a", "b", "1", "2"], ["on", "on", "on", *map(str, range(15))]]
)
def test_a_text_that_may_be_a_kind_beside_numbers_stays_one(scripted, cells):
    found = scripted("engine/strays.js").evaluate(
        "(cells) => straysOf('a', cells.map((cell, i) => ({ cell, line: i + 2 })))", cells
    )
    assert not (found and found["few"])


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


EUROS = "Fläche;Miete\n" + "".join(f"{20 + 3 * k} m²;{300 + 7 * k},50 €\n" for k in range(40))


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("cp1252", "not UTF-8: read as Windows-1252"), ("utf-16", "read as UTF-16"), ("utf-16-le", "read as UTF-16"),
        ("utf-16-be", "read as UTF-16"), ("utf-8-sig", ""), ("utf-8", ""),
    ],
)
def test_a_table_is_read_in_the_encoding_that_a_spreadsheet_saves(opened, plain, encoding, note):
    page = opened_plain(opened, plain)
    said = give(page, EUROS.encode(encoding))
    assert "40 rows, 1 input on one scale" in said
    assert note in said
    assert ("read as" in said) == bool(note)
    page.page.hover("#cover", position={"x": 200, "y": 150})
    assert re.match(r"Fläche [\d.]+ m²: Miete [\d.]+ €", page.text("#under"))
    assert page.complaints == []


def test_texts_that_may_be_one_thing_are_named_as_by_the_command(opened, plain, tmp_path):
    cities = ["köln", "Köln", "Bonn", "STRASSE", "straße"]
    text = "city;kind\n" + "".join(f"{cities[k % 5]};{('yes', 'Yes', 'no')[k % 3]}\n" for k in range(30))
    page = opened_plain(opened, plain)
    give(page, text)
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    notes = load_dataset(str(tmp_path / "own.csv"), target="kind").notes
    told = [re.findall(r"'[^']*'", note.partition(" may be one thing")[0]) for note in notes if "one thing" in note]
    assert sorted(map(sorted, told)) == [["'Köln'", "'city'", "'köln'"], ["'STRASSE'", "'city'", "'straße'"],
                                         ["'Yes'", "'kind'", "'yes'"]]  # fmt: skip
    items = page.page.locator("#said li").all_inner_texts()
    assert [item.partition('"')[2].partition('"')[0] for item in items] == ["kind", "city"]  # an item a column
    for name, *group in told:
        found = [f'"{text[1:-1]}"' for text in sorted(group)]
        (item,) = [item for item in items if item.startswith(f'column "{name[1:-1]}"')]
        assert any(" and ".join(pair) in item for pair in (found, found[::-1]))
        assert "may be one thing spelled in several ways" in item
    assert "may be one thing" not in give(page, "a,b\n" + "x,1.5\ny,2.5\n" * 9, "other.csv")


def test_texts_that_differ_in_case_alone_are_made_one_by_a_button_as_by_the_command(opened, plain, tmp_path):
    cities = ["köln", "Köln", "Bonn", "Köln", "STRASSE", "straße", "Straße"]
    text = "city;size;rent\n" + "".join(f"{cities[k % 7]};{k % 9};{300 + k * k},5\n" for k in range(42))
    page = opened_plain(opened, plain)
    assert "where they are one, the button above takes them for it" in give(page, text)
    page.page.get_by_role("button", name="Texts that differ in case alone are one").click()
    page.until("document.getElementById('said').textContent.includes('count as one')")
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    data = load_dataset(str(tmp_path / "own.csv"), target="rent", reading=Reading(same_case=True))
    (note,) = [note for note in data.notes if "count as one" in note]
    said = page.text("#said")
    assert note.replace("'", '"') in said
    assert "several ways" not in said
    assert page.page.locator("#said button").count() == 0
    kinds = ["Bonn", "Köln", "STRASSE"]
    assert list(data.schema.columns[0].categories) == kinds
    assert json.loads(page.run("glassgrad.file()"))["data"]["names"] == [*[f"city = {one}" for one in kinds], "size"]
    give(page, text.replace("köln", "true").replace("Bonn", "yes"), "other.csv")
    assert "where they are one, write them alike in the file" in page.text("#said")
    assert page.complaints == []


def test_what_is_said_of_a_file_is_a_list_with_the_problems_first_and_an_item_a_column(opened, plain):
    page = opened_plain(opened, plain)
    header = "what,size,part,floor,rent"
    rows = [f"flat {k},{'soon' if k == 5 else 20 + k},{('N', 'n', 'S')[k % 3]},{k},{k * k}.5" for k in range(40)]
    text = "\n".join(["Rents of the town", header, *rows, "flat 3,4,N,5,", ",,,,99", ""])
    give(page, text)
    assert page.text("#said p") == "own.csv: 40 rows, 4 inputs on one scale"
    items = page.page.locator("#said li").all_inner_texts()
    begins = ["what left out: 40 different", "size left out: 39 of 40 cells", 'column "part": "N" and "n" may be one',
              "the first line is above", "line 44 is left out: sums", "1 row without rent left out",
              "rent too: 0 is"]  # fmt: skip
    assert [begin for begin, item in zip(begins, items, strict=True) if not item.startswith(begin)] == []
    give(page, text.replace(",0,0.5", ",0,tba"))
    refused = 'own.csv was not taken: 39 of 40 cells of "rent" are numbers; line 3 has "tba"'
    assert page.text("#said p").startswith(refused)
    assert page.page.locator("#said li").all_inner_texts()[0].startswith('39 of 40 cells of "size" are numbers; line 8')
    assert page.complaints == []


def test_a_number_that_fills_a_gap_is_none_of_the_row(opened, plain):
    page = opened_plain(opened, plain)
    give(page, "area,price\n" + "".join(f"{'' if k == 0 else 20 + k},{3 * k + 0.5}\n" for k in range(30)))
    page.page.get_by_role("button", name="Slow motion").click()
    assert "area missing, counts as 35" in page.text("#slow")


@pytest.mark.parametrize(("content", "said"), [(b"PK\3\4 sheet", "Excel"), (b"a,b\n\0\0\n1,2\n", "binary file")])
def test_a_file_that_is_no_text_is_refused_as_what_it_is(opened, plain, content, said):
    assert said in give(opened_plain(opened, plain), content)


UNITED = [
    (["80 m²", "75.5 m²", "64 m²"], "m²", [80.0, 75.5, 64.0]), (["1015.3 hPa", "990 hPa"], "hPa", [1015.3, 990.0]),
    (["12 km/h", "7 km/h"], "km/h", [12.0, 7.0]), (["80 m2", "90 m2"], "m2", [80.0, 90.0]),
    (["4th", "5th"], None, None), (["80 m", "70 km"], None, None), (["12 rooms", "3 rooms"], "rooms", [12.0, 3.0]),
    (["A 12", "B 3"], None, None), (["02139 hPa", "10001 hPa"], None, None), (["5 €", "7 €"], "€", [5.0, 7.0]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "unit", "numbers"), UNITED)
def test_one_word_behind_all_numbers_of_a_column_is_their_unit(scripted, cells, unit, numbers):
    page = scripted("engine/table.js")
    found = page.evaluate("(cells) => unitedNotation(cells)", cells)
    assert (found and found["unit"]) == unit
    if unit:
        assert page.evaluate("([cells, how]) => cells.map((cell) => numberOf(cell, how))", [cells, found]) == numbers


def test_a_unit_in_the_cells_is_said_on_the_page(opened, plain):
    page = opened_plain(opened, plain)
    give(page, "area,rent\n" + "".join(f"{20 + 3 * k} m²,{300 + 40 * k % 77 + 5 * k}.5\n" for k in range(40)))
    page.page.hover("#cover", position={"x": 200, "y": 150})
    assert re.fullmatch(r"area [\d.]+ m²: rent [\d.]+", page.text("#under"))


# ---- own units


def flats():
    rng = random.Random(2)
    lines = ["area (m2),rooms,district,balcony,income,rent"]
    for _ in range(120):
        area = rng.randint(20, 140)
        district, balcony = rng.choice(["north", "harbor", "center"]), rng.choice(["yes", "no"])
        income, rent = round(rng.lognormvariate(10, 4)), rng.randint(5, 9) * area + 200
        lines.append(f"{area},{max(1, area // 30)},{district},{balcony},{income},{rent} €")
    return "\n".join(lines) + "\n"


VISITS = "age,visits,came back\n" + "".join(f"{20 + k % 50},{k * 7 % 31},{int(k * 7 % 31 > 12)}\n" for k in range(90))


@pytest.fixture(params=["button", "command"])
def own(request, opened, plain, tmp_path, capsys):
    """A page that works on a table: `own(text, target)`, brought by its file button or made by the command."""

    def open_table(text, target):
        if request.param == "button":
            page = opened_plain(opened, plain)
            give(page, text)
            return page
        (tmp_path / "own.csv").write_text(text, encoding="utf-8")
        assert main(["playground", str(tmp_path / "own.csv"), "--target", target, "-o", str(tmp_path / "p.html")]) == 0
        return opened_plain(opened, tmp_path / "p.html")

    return open_table


def test_numbers_are_said_in_the_units_of_their_columns(own):
    page = own(flats(), "rent")
    page.page.hover("#cover", position={"x": 200, "y": 150})
    area, rooms, rent = re.fullmatch(r"area (.*) m2, rooms (.*): rent (.*) €", page.text("#under")).groups()
    assert 20 < float(area) < 140
    assert 0.5 < float(rooms) < 4.5
    assert 100 < float(rent) < 1500
    lowest, highest = re.search(r"rent \(€\): ([\d.]+) € ([\d.]+) €", page.text("#classes")).groups()
    rents = [int(line.split(",")[-1].split()[0]) for line in flats().splitlines()[1:]]
    assert (float(lowest), float(highest)) == (min(rents), max(rents))
    assert "A click adds rent (€)" in page.text("#setup")
    page.page.select_option("#axes select >> nth=1", label="balcony = yes")
    page.page.hover("#cover", position={"x": 200, "y": 160})
    assert re.search(r"balcony = yes -?[\d.]+ \(-1 is no, 1 is yes\): rent", page.text("#under"))
    if page.run("glassgrad.state().heldOut !== null"):
        assert re.search(r"R2 .*, off by [\d.]+ €", page.text("#charts .note >> nth=0"))
    assert page.complaints == []


def test_a_point_that_is_added_has_its_target_in_the_columns_unit(own):
    page = own(flats(), "rent")
    page.page.fill("#brush", "800")
    page.page.click("#cover", position={"x": 6, "y": 300})
    found = json.loads(page.run("glassgrad.file()"))["data"]
    target = found["target"]
    assert target["mean"] + target["scale"] * found["y"][-1] == pytest.approx(800)


def test_classes_that_are_numbers_are_told_by_the_name_of_their_column(own):
    page = own(VISITS, "came back")
    assert page.text("#classes").startswith("came back = 0 came back = 1 background: what the network says")
    assert "it is ↓ it says → came back = 0 came back = 1" in page.text("#confusion")
    page.page.hover("#cover", position={"x": 200, "y": 150})
    assert re.match(r"age [\d.]+, visits -?[\d.]+: p\(came back = [01]\)", page.text("#under"))


def test_classes_with_names_are_told_under_the_name_of_their_column(own):
    text = VISITS.replace(",0\n", ",stayed\n").replace(",1\n", ",left\n").replace("came back", "what then")
    page = own(text, "what then")
    assert page.text("#classes").startswith("what then: left stayed")
    assert page.text("#confusion h2").startswith("what then: which class is taken for which")


def test_a_saved_state_keeps_the_units(own):
    page = own(flats(), "rent")
    saved = page.run("glassgrad.file()")
    page.page.hover("#cover", position={"x": 200, "y": 150})
    before, key = page.text("#under"), page.text("#classes")
    page.page.select_option("#setup select >> nth=0", "moons")
    give(page, saved, "state.json")
    page.page.hover("#cover", position={"x": 201, "y": 151})
    page.page.hover("#cover", position={"x": 200, "y": 150})
    assert (page.text("#under"), page.text("#classes")) == (before, key)


@pytest.mark.parametrize("junk", ["1", '{"mean": "0"}', '{"at": [0, 1]}', '{"mean": 0, "scale": -1}', '{"at": "ab"}'])
def test_units_in_a_file_from_outside_do_no_harm(opened, plain, junk):
    page = opened_plain(opened, plain)
    give(page, flats())
    saved = json.loads(page.run("glassgrad.file()"))
    saved["data"]["scales"] = [json.loads(junk)] * len(saved["data"]["scales"])
    saved["data"]["target"] = json.loads(junk)
    assert "parameters" in give(page, json.dumps(saved), "state.json")
    page.page.hover("#cover", position={"x": 200, "y": 150})
    page.page.hover("#cover", position={"x": 200, "y": 160})
    assert "area (m2)" in page.text("#under")
    assert page.complaints == []


def test_what_pages_say_of_a_number_is_what_the_table_has_long_tails_too(scripted, tmp_path):
    (tmp_path / "own.csv").write_text(flats(), encoding="utf-8")
    data = load_dataset(str(tmp_path / "own.csv"), target="rent", validation=0.0, held_out=0.0)
    shown = viz.playground(X=data.train.rows, y=data.train.targets, schema=data.schema).html
    made = json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', shown, re.DOTALL)[1])["data"]
    assert [scale.get("spread", 0) > 0 for scale in made["scales"]] == [name == "income" for name in made["names"]]
    page = scripted("playground/units.js")
    for column in ("area (m2)", "rooms", "income"):
        k = made["names"].index(column)
        place = flats().splitlines()[0].split(",").index(column)
        theirs = page.evaluate(
            "([scale, numbers]) => numbers.map((z) => ownNumber(scale, z))",
            [made["scales"][k], np.asarray(data.train.rows)[:, k].tolist()],
        )
        ours = [float(line.split(",")[place]) for line in flats().splitlines()[1:]]
        np.testing.assert_allclose(sorted(theirs), sorted(ours), rtol=1e-6)
        back = page.evaluate(
            "([scale, numbers]) => numbers.map((x) => onScale(scale, x))", [made["scales"][k], theirs]
        )
        np.testing.assert_allclose(back, np.asarray(data.train.rows)[:, k], rtol=1e-6, atol=1e-9)


def test_a_schema_that_does_not_belong_to_the_rows_is_refused(tmp_path):
    (tmp_path / "own.csv").write_text(VISITS, encoding="utf-8")
    data = load_dataset(str(tmp_path / "own.csv"), target="came back", validation=0.0, held_out=0.0)
    with pytest.raises(ValueError, match="schema has 2 inputs"):
        viz.playground(X=[[0.0], [1.0]], y=[0, 1], schema=data.schema)


def test_neurons_and_slow_motion_say_the_row_in_its_own_units(opened, plain):
    page = opened_plain(opened, plain)
    give(page, flats())
    page.page.click("#columns .thumb >> nth=0")
    assert re.search(r"for row 0: area \d+ m2, rooms \d, .*; on one scale below", page.text("#inspector"))
    page.page.click("#sample")
    assert re.search(r"scaled as given area \(m2\) -?[\d.]+ area \d+ m2 rooms", page.text("#slow"))
    assert re.search(r"target -?[\d.]{1,7} rent \d+ €", page.text("#slow"))
    assert page.complaints == []


def test_the_page_to_draw_on_says_of_its_rows_what_the_terminal_says(opened, tmp_path):
    pytest.importorskip("sklearn")
    assert main(["train", "digits", "--epochs", "3", "--quiet", "--out", str(tmp_path / "run")]) == 0
    figures = json.loads((tmp_path / "run" / "summary.json").read_text(encoding="utf-8"))["figures"]
    page = opened_plain(opened, tmp_path / "run" / "draw.html")
    found = page.run("glassgrad.state()")
    for ours, theirs in ((figures["training"], found), (figures["held out"], found["heldOut"])):
        assert theirs["loss"] == pytest.approx(ours["loss"], rel=1e-6)
        assert theirs["accuracy"] == pytest.approx(ours["accuracy"])


LISTED = "area;listed;rent\n" + "".join(
    f"{20 + k * 7 % 90};{1 + k % 28:02d}.{1 + k * 5 % 12:02d}.{2021 + k % 3};{300 + 11 * (k * 7 % 90)} €\n"
    for k in range(90)
)
OF_DATES = (
    '"listed elapsed" is the date as a number of days; "listed month sin" and "cos" are its month as a place on a '
    "circle, where December lies beside January."
)


def test_what_becomes_of_a_date_is_said_where_its_inputs_stand(opened, plain, tmp_path):
    page = opened_plain(opened, plain)
    assert "circle" not in page.text("#network-note")
    give(page, LISTED)
    assert OF_DATES in page.text("#network-note")
    (tmp_path / "own.csv").write_text(LISTED, encoding="utf-8")
    arguments = ["--target", "rent", "--epochs", "2", "--quiet", "--out", str(tmp_path / "run")]
    assert main(["train", str(tmp_path / "own.csv"), *arguments]) == 0
    assert OF_DATES in opened(tmp_path / "run" / "training.html").text("#weights")
    picture = (tmp_path / "run" / "graph.svg").read_text(encoding="utf-8")
    assert re.search(r"rent on one scale: 0 is [\d.]+ €, 1 is [\d.]+ € more<", picture)


def test_a_column_that_only_sounds_like_a_date_is_none(scripted):
    page = scripted("date_parts.js")
    for names in (["time elapsed", "month"], ["a month sin"], ["a month cos", "b month sin"], []):
        assert page.evaluate("(names) => dateSentence(names)", names) == ""
    assert "Sunday" in page.evaluate("(names) => dateSentence(names)", ["t weekday cos", "t weekday sin"])
