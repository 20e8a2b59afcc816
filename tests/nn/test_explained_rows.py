"""glassgrad explain on columns in all their clothes: every number, date and word is written as the table writes it."""

import random
import re

import numpy as np
import pytest

from nn.__main__ import main
from nn.tables import dates
from nn.tables.data import Reading, load_dataset
from nn.tables.numerals import Notation
from nn.tables.schema import schema_from_dict

pytestmark = pytest.mark.program

QUICK = ["--epochs", "3", "--ensemble", "1", "--quiet"]


def _cells(i, rng):
    """One row of every kind of column, and an area that tells the rent."""
    area = rng.randrange(300, 1300) / 10
    return {
        "area": f"{area:.1f}".replace(".", ","),
        "dep": f"{rng.randrange(5, 40)} %",
        "costs": f"{rng.randrange(1_000, 9_000):,}".replace(",", ".") + ",50 €",
        "built": f"{rng.randrange(1, 29):02}.{rng.randrange(1, 13):02}.{rng.randrange(1950, 2020)}",
        "open": f"{rng.randrange(6, 12)}:{rng.randrange(0, 60):02}",
        "balcony": rng.choice(["yes", "no"]),
        "district": rng.choice(["Nord", "Süd", "West"]),
        "rent": f"{200 + 9 * area:.2f} €".replace(".", ","),
        "dear": "dear" if area > 80 else "cheap",
    }


@pytest.fixture(scope="module")
def flats(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flats")
    rng = random.Random(0)
    rows = [_cells(i, rng) for i in range(120)]
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    (folder / "flats.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for target, other in (("rent", "dear"), ("dear", "rent")):
        arguments = ["train", str(folder / "flats.csv"), "--target", target, "--ignore", other]
        assert main([*arguments, "--out", str(folder / target), *QUICK]) == 0
    return folder


@pytest.mark.parametrize("row", ['area=50,dep=10%,"costs=1.200,50 €"', "area=50", "flats.csv:3"])
def test_the_ends_of_every_column_are_in_its_own_clothes(flats, capsys, monkeypatch, row):
    monkeypatch.chdir(flats)
    assert main(["explain", "rent/model.json", row]) == 0
    printed = capsys.readouterr().out
    lines = {line.split()[0]: line.strip() for line in printed.partition("between the ends")[2].splitlines()[1:]}
    assert set(lines) == {"area", "dep", "costs", "built", "open", "balcony", "district"}
    assert lines["dep"].startswith("dep from 5 % to 39 %: ")
    assert ",5 € to " in lines["costs"]
    assert "." not in lines["area"].partition(": ")[0]
    assert dates.format_of([lines["built"].split()[2]]) == "dmy"
    assert dates.format_of([lines["open"].split()[2]]) == "time"
    assert lines["balcony"].startswith(("balcony from no to yes: ", "balcony from yes to no: "))
    words = lines["district"].partition(": ")[0].split()
    assert {words[2], words[4]} < {"Nord", "Süd", "West"}
    assert all(line.count("€") >= 2 for line in lines.values())  # the answers are in the target's unit


def test_what_an_answer_is_explained_from_is_said_as_a_number_and_the_shares_say_of_what(flats, capsys):
    assert main(["explain", str(flats / "rent" / "model.json"), "area=50"]) == 0
    first, _, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"rent: \d+(\.\d+)? €", first)
    assert re.fullmatch(r"the answer to mean numbers and no text: \d+(\.\d+)? €", lines[0])
    assert lines[1] == (
        "what draws it up (+) and down (-) from there: derivative times distance, as a share of the sizes of all of "
        "them together:"
    )


def test_the_value_that_turns_a_class_is_in_the_clothes_of_its_column(flats, capsys):
    assert main(["explain", str(flats / "dear" / "model.json"), f"{flats / 'flats.csv'}:3"]) == 0
    printed = capsys.readouterr().out
    assert "the answer to mean numbers and no text: " in printed
    assert "%" in printed


def test_a_percentage_without_its_sign_is_refused_in_words_that_are_true(flats, capsys):
    assert main(["explain", str(flats / "rent" / "model.json"), "dep=10"]) == 2
    assert "column 'dep' wants numbers such as '10 %', got '10'" in capsys.readouterr().err


@pytest.mark.parametrize("notation", [Notation(), Notation(","), Notation(".", "%"), Notation(",", "€")])
@pytest.mark.parametrize("x", [0.0, 5.0, -12.5, 1234.5, 1e-7, 2.5e12, 123456789.0])
def test_a_number_written_in_a_notation_is_read_back(notation, x):
    assert notation.number(notation.written(x)) == float(f"{x:.6g}")


@pytest.mark.parametrize("format", dates.FORMATS)
def test_a_date_written_in_a_format_is_read_back(format):
    for cell in ("2024-01-31", "2024-01-31 17:05", "1969-12-01 00:00:30"):
        moment = dates.seconds(cell, "ymd")
        again = dates.seconds(dates.written_as(moment, format), format)
        assert again is not None
        if format not in ("ym", "time"):
            assert abs(again - moment) < 60
    assert dates.written_as(dates.seconds("9:05", "time"), "time") == "9:05"


def test_the_unit_of_the_target_is_stored_with_the_model(flats):
    data = load_dataset(str(flats / "flats.csv"), target="rent", reading=Reading(ignore=("dear",)))
    stored = data.schema.as_dict()
    assert (stored["target"]["decimal"], stored["target"]["unit"]) == (",", "€")
    target = schema_from_dict(stored).target
    assert (target.notation.decimal, target.notation.unit) == (",", "€")
    np.testing.assert_array_equal(target.apply(data.table), data.schema.target.apply(data.table))
    for wrong in ({"decimal": ";"}, {"unit": 5}, {"other": 1}):
        with pytest.raises(ValueError, match="target"):
            schema_from_dict(stored | {"target": stored["target"] | wrong})
