"""Numbers that count the rows of a file are not learned from, whatever their column is called, wherever they begin."""

import numpy as np
import pytest

from nn.tables.cells import Numbers, encoded
from nn.tables.data import Reading, load_dataset
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of
from nn.tables.table import Table


@pytest.fixture
def meaning(tmp_path):
    def of(name, cells):
        path = tmp_path / "rows.csv"
        rows = "".join(f"{cell},{i * 0.37 % 1:.3f},{i * 0.61 % 1:.3f}\n" for i, cell in enumerate(cells))
        path.write_text(f"{name},a,y\n{rows}")
        return meaning_of(read_table(str(path)), name or "Unnamed: 0")

    of.path = tmp_path / "rows.csv"
    return of


@pytest.mark.parametrize("name", ["Lfd", "Nr", "Nr.", "#", "Unnamed: 0", "", "n", "case"])
@pytest.mark.parametrize("first", [0, 1, 101, 10_001, 2_500_000])
def test_they_are_named_with_the_option_that_takes_them(meaning, name, first):
    found = meaning(name, range(first, first + 25))
    assert found.kind == "identifier"
    assert found.why.startswith("an identifier: it counts the rows")
    shown = {"": '"Unnamed: 0"', "Unnamed: 0": '"Unnamed: 0"', "#": '"#"'}.get(name, name)
    assert found.why.endswith(f"where that is a time, --type {shown}=number takes it")
    data = load_dataset(str(meaning.path), target="y")
    assert data.schema.inputs == ("a",)
    assert any(f"--type {shown}=number" in note for note in data.notes)
    taken = load_dataset(str(meaning.path), target="y", reading=Reading(types={name or "Unnamed: 0": "number"}))
    assert taken.schema.inputs == (name or "Unnamed: 0", "a")


def test_one_that_is_missing_changes_nothing(meaning):
    assert meaning("Lfd", ["" if i == 7 else i for i in range(1, 31)]).kind == "identifier"
    assert meaning("Lfd", ["" if i == 0 else i for i in range(1, 31)]).kind == "identifier"


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("week", range(1, 41)),
        ("Jahr", range(1980, 2021)),
        ("n", [*range(1, 30), 31]),
        ("n", [i // 2 for i in range(40)]),
        ("n", range(40, 0, -1)),
        ("n", range(7, 19)),
    ],
)
def test_times_and_numbers_that_only_rise_are_learned_from(meaning, name, cells):
    assert meaning(name, cells).kind == "number"


def test_a_time_that_counts_the_rows_is_said_to_be_their_order(meaning):
    assert meaning("Jahr", range(1980, 2021)).kind == "number"
    notes = load_dataset(str(meaning.path), target="y").notes
    assert "the rows are in the order of 'Jahr'; --time Jahr judges the model on the latest of them" in notes


def test_what_has_a_unit_counts_no_rows():
    table = Table("t", ("share", "n"), (encoded([f"{k + 1} %" for k in range(30)]), Numbers(np.arange(30.0))))
    assert [meaning_of(table, name).kind for name in table.names] == ["number", "identifier"]


def test_the_only_column_is_taken_though_it_counts_the_rows(tmp_path):
    path = tmp_path / "growth.csv"
    path.write_text("x,y\n" + "".join(f"{k},{3 * k + 0.5}\n" for k in range(1, 26)))
    data = load_dataset(str(path), target="y")
    assert data.schema.inputs == ("x",)
    assert "column 'x' counts the rows and is taken all the same: there is no other to learn from" in data.notes
