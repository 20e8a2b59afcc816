"""Numbers and dates in a table that is brought to a page are those that Python reads in the same table."""

# ruff: noqa: RUF001 - cells as spreadsheets write them

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from nn.tables.data import load_dataset
from nn.tables.dates import FORMATS, format_of, seconds
from nn.tables.numerals import Ambiguous, Notation, is_code, notation_of

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser

COLUMNS = [
    ["1.021,56 €", "980,00 €", "1.200 €"], ["12 %", "7,5 %", "-3 %"], ["12 %", "7"], ["$1,234", "$12"],
    ["1,234", "5,678"], ["1.234", "5.678"], ["1 234,5", "12"], ["1'234.50", "2"], ["(12.5)", "3"], ["12-", "−3"],
    ["+5", "5.", ".5", "1e3"], ["1,2,3"], ["12,34,567", "1"], ["kr 5", "10 kr"], ["CHF 5.20", "7.10 CHF"],
    ["€5", "$5"], ["1 2"], ["--5"], ["5 €€"], ["(5"], ["0,5", "0.5"], ["1,50", "2,25"], ["x"], ["1_000"], ["٣"],
    ["€ 586,-", "€ 1.250,-", "€ 7,50"], ["CHF 586.-", "CHF 1'250.–"], ["100,- €", "-586,- €"], ["€ 100,--", "€ 5"],
    ["586,—", "586,−", "586,——"], ["586.–", "586.−"], ["586,---"], ["586-", "586.00-"], ["586 -"], ["586- €"],
    ["586 €-"], ["(586,-)"], ["5‰", "2‰"], ["1.234.567", "1"], ["-€5.20", "€-1.00"], ["02139", "10001"], ["", "1"],
]  # fmt: skip
DATES = [
    ["2024-01-31", "2023-12-01"], ["31.01.2024", "01.02.2024"], ["01/31/2024", "02/01/2024"], ["31/01/2024"],
    ["01/02/2024", "03/04/2024"], ["01.02.2024", "03.04.24"], ["2024-02-30"], ["5 Mar 2024", "17. April 2023"],
    ["March 5, 2024"], ["20240131"], ["2024-01", "2024-12"], ["12:30", "1:05 pm"], ["13:00 pm"], ["24:00"],
    ["2024-01-31 12:30:15.25", "2024-01-31T01:00"], ["2024-01-31T12:00:00Z", "2024-01-31T12:00+02:00"], ["0000-01-01"],
    ["2024-13-01"], ["today"], ["1969-07-20", "0099-01-01"], ["01.01.69", "01.01.68"],
]  # fmt: skip


def made_up(seed):
    """Cells of the marks that numbers are written with, in any order."""
    rng = random.Random(seed)
    pieces = ["1", "23", "456", "000", ".", ",", " ", "'", "-", "€", "%", "(", ")", "e", "+", "$", "0", "\u00a0"]
    return ["".join(rng.choices(pieces, k=rng.randint(1, 6))) for _ in range(400)]


def test_notations_are_those_of_python(scripted):
    page = scripted("engine/numerals.js")
    every = COLUMNS + [[cell] for seed in range(4) for cell in made_up(seed)]
    for decimal in (None, ".", ","):
        found = page.evaluate(
            """([every, decimal]) => every.map((cells) => {
              const notation = notationOf(cells, decimal);
              return [notation, cells.map(isCode), cells.map((cell) => notation?.decimal ? numberOf(cell, notation)
                : null)]; })""",
            [every, decimal],
        )
        for cells, (theirs, codes, numbers) in zip(every, found, strict=True):
            ours = notation_of(cells, decimal)
            assert codes == [is_code(cell) for cell in cells]
            if isinstance(ours, Ambiguous):
                assert theirs["ambiguous"] == ours.cells[0], cells
            elif ours is None or None in map(ours.number, cells):
                assert theirs is None, cells
            else:
                assert Notation(theirs["decimal"], theirs["unit"], theirs["decided"]) == ours, cells
                assert numbers == [ours.number(cell) for cell in cells]


NO_CENTS = [
    (["€ 586,-", "€ 1.250,-"], [586, 1250]), (["CHF 586.-", "CHF 1'250.-"], [586, 1250]),
    (["100,- €", "7,50 €"], [100, 7.5]), (["€ 100,--", "€ 99,95"], [100, 99.95]),
    (["586,—", "586,–", "586,−"], [586] * 3), (["586.–", "-586.-"], [586, -586]), (["-586,-", "(586,-)"], [-586, -586]),
    (["586-", "586,5-", "586.5-"], None), (["586-", "586,5-"], [-586, -586.5]), (["586,---"], None),
    (["586, -"], None), (["-"], None), ([",-"], None),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "numbers"), NO_CENTS)
def test_dashes_behind_a_decimal_mark_are_no_cents_and_no_minus(scripted, cells, numbers):
    page = scripted("engine/numerals.js")
    read = """(cells) => { const how = notationOf(cells); return how && cells.map((cell) => numberOf(cell, how)); }"""
    assert page.evaluate(read, cells) == numbers


def test_dates_are_those_of_python(scripted):
    page = scripted("engine/dates.js")
    for cells in DATES:
        ours = format_of(cells)
        theirs = page.evaluate("(cells) => formatOf(cells)", cells)
        assert theirs == (ours if isinstance(ours, str | None) else "either"), cells
        for name in FORMATS:
            found = page.evaluate("([cells, name]) => cells.map((cell) => seconds(cell, name))", [cells, name])
            assert found == [seconds(cell, name) for cell in cells], (cells, name)


def dressed():
    rng = random.Random(3)
    lines = ["bought;area;share;district;note;price"]
    for k in range(60):
        area, price = rng.uniform(20, 140), rng.uniform(900, 1_200_000)
        money = f"{price:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".") + " €"
        date = "" if k == 7 else f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{rng.randint(2019, 2024)}"
        lines.append(f"{date};{area:.1f};{rng.randint(1, 99)} %;{'abc'[k % 3]};flat {k};{money}".replace(".", ",", 0))
    return "\n".join(lines) + "\n"


def test_a_table_in_spreadsheet_clothes_becomes_what_train_makes_of_it(scripted, tmp_path):
    (tmp_path / "flats.csv").write_text(dressed(), encoding="utf-8")
    data = load_dataset(str(tmp_path / "flats.csv"), target="price", validation=0.0, held_out=0.0)
    found = scripted("engine/table.js").evaluate("(text) => readTable(text)", dressed())
    assert found["names"] == list(data.schema.inputs)
    assert any("note left out: 60 different texts" in note for note in found["notes"])
    assert any(note.startswith("price too: 0 is ") and "€" in note for note in found["notes"])
    order = np.argsort(np.ravel(data.train.targets))
    theirs = np.asarray(data.train.rows)[order]
    np.testing.assert_allclose(np.asarray(found["X"])[np.argsort(found["y"])], theirs, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(sorted(found["y"]), np.sort(np.ravel(data.train.targets)), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('a,b\n"1,234",0.5\n"5,678",1.5\n2,1\n', None),  # the other column tells that the point is the decimal mark
        ("a;b\n1,234;x\n5,678;y\n2;x\n", 'column a: "1,234" may be 1234 or 1.234'),
        ("a,when,b\n1,01/02/2024,0.5\n2,03/04/2024,1.5\n", 'when left out: "01/02/2024" may have the day'),
        ("a,b\n1,0.5\n2,0.7\n3,x\n4,0.5\n" + "".join(f"1,t{k}\n" for k in range(30)), "be predicted, has 33"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_column(scripted, text, said):
    page = scripted("engine/table.js")
    found = page.evaluate(
        "(text) => { try { return JSON.stringify(readTable(text).notes); } catch (error) { return error.message; } }",
        text,
    )
    assert (said in found.replace('\\"', '"')) if said else json.loads(found)
