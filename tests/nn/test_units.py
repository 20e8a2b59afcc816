"""Numbers with one word behind them are numbers in that unit; codes, places and counted things stay texts."""

import pytest

from nn.__main__ import main
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of
from nn.tables.numerals import Ambiguous, Notation
from nn.tables.units import column_notation


@pytest.mark.parametrize(
    ("cells", "decimal", "unit", "first"),
    [
        (["1015.3 hPa", "900 hPa"], ".", "hPa", 1015.3),
        (["1.015,5 hPa", "900 hPa"], ",", "hPa", 1015.5),
        (["80 m²", "75,5 m²"], ",", "m²", 80.0),
        (["80 m2", "75 m2"], ".", "m2", 80.0),
        (["12 km/h", "7 km/h"], ".", "km/h", 12.0),
        (["5kg", "10kg"], ".", "kg", 5.0),
        (["-3.5 °C", "4 °C"], ".", "°C", -3.5),
        (["3 Zimmer", "2 Zimmer"], ".", "Zimmer", 3.0),
        (["1 234,5 t", "3 t"], ",", "t", 1234.5),
    ],
)
def test_one_word_behind_every_number_is_their_unit(cells, decimal, unit, first):
    found = column_notation(cells)
    assert (found.decimal, found.unit) == (decimal, unit)
    assert found.number(cells[0]) == first
    assert found.number(found.written(12.5)) == 12.5
    assert found.number("7") == 7.0  # a bare one is taken for one of them
    assert found.number("7 XYZ") is None


@pytest.mark.parametrize(
    "cells",
    [
        ["3 rooms", "1 room"],
        ["12A", "13A"],
        ["4th", "5th"],
        ["007 kg", "8 kg"],
        ["5 kg", "7"],
        ["5 % gross", "7 % gross"],
        ["LP100 kg", "LP200 kg"],
        ["5 of them all", "6 of them all"],
        ["kg", "kg"],
    ],
)
def test_codes_places_and_counted_things_stay_texts(cells):
    assert column_notation(cells) is None


def test_a_unit_stands_once():
    assert Notation(".", "€").number("5 €€") is None
    assert Notation(".", "kg").number("5 kg kg") is None
    assert Notation(".", "kg").number("5 € kg") is None


def test_what_may_be_thousands_or_decimals_is_asked_for_with_a_unit_too():
    assert isinstance(column_notation(["1,234 kg", "2,345 kg"]), Ambiguous)
    assert column_notation(["1,234 kg", "2,345 kg"], ",") == Notation(",", "kg")


@pytest.mark.program
def test_a_table_with_units_is_learned_explained_and_answered(tmp_path, capsys):
    path, out = tmp_path / "cars.csv", tmp_path / "run"
    rows = []
    for i in range(80):
        weight, power = 900 + 17 * i % 700, 50 + 7 * i % 90
        rows.append(f"{weight} kg;{power},5 kW;{4 + (weight - 900) / 200:.2f} l".replace(".", ","))
    path.write_text("weight;power;use\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert meaning_of(read_table(str(path)), "weight").why == "whole numbers in kg"
    assert meaning_of(read_table(str(path)), "power").why == "numbers in kW, with a decimal comma"
    assert main(["train", str(path), "--target", "use", "--epochs", "3", "--quiet", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["explain", str(out / "model.json"), "weight=1100 kg; power=80,5"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].endswith(" l")
    assert "weight: 900 kg to " in said
    assert main(["explain", str(out / "model.json"), "weight=1100 lb"]) == 2
    assert "column 'weight' wants " in capsys.readouterr().err
