"""Numbers and words that stand for a missing value without saying so are named with the option that counts them so."""

import random

import pytest

from nn.tables.data import Reading, load_dataset
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of
from nn.tables.strays import words_of


@pytest.fixture
def write(tmp_path):
    def written(cells):
        path = tmp_path / "log.csv"
        path.write_text("a;x;y\n" + "".join(f"{k % 7 * 0.5};{cell};{k * 37 % 101}\n" for k, cell in enumerate(cells)))
        return str(path)

    return written


def pressures(unit=""):
    rng = random.Random(0)
    return [f"{1013 + rng.gauss(0, 4):.1f}{unit}" for _ in range(100)]


@pytest.mark.parametrize("mark", ["-9999", "-999.0", "99999"])
def test_a_number_of_nines_far_from_all_others_is_named(write, mark):
    cells = pressures()
    cells[20] = cells[40] = mark
    path = write(cells)
    said = f"'{mark}' in 2 of 100 cells, far from all others, may stand for a missing value: --missing"
    assert said in meaning_of(read_table(path, decimal="."), "x").why
    assert any(said in note for note in load_dataset(path, target="y").notes)
    data = load_dataset(path, target="y", reading=Reading(missing=(mark,)))
    assert not any("far from" in note for note in data.notes)


@pytest.mark.parametrize("cells", [[str(k) for k in range(100)], [str(900 + k) for k in range(100)]])
def test_one_that_belongs_to_the_others_is_none(write, cells):
    path = write(cells)
    assert not any("may stand for" in note for note in load_dataset(path, target="y").notes)


def test_one_without_the_unit_of_the_others_is_named(write):
    cells = pressures(" hPa")
    cells[20] = cells[40] = "-9999"
    why = meaning_of(read_table(write(cells)), "x").why
    assert "98 of 100 cells of 'x' are numbers; line 22 has '-9999': write them as the others, or --missing=" in why
    assert meaning_of(read_table(write(cells), missing=["-9999"]), "x").notation.unit == "hPa"


def test_a_frequent_word_among_many_numbers_is_named_though_the_column_stays_a_category(write):
    cells = [str(1900 + k % 60) if k % 3 else "before the war" for k in range(120)]
    table = read_table(write(cells))
    meaning = meaning_of(table, "x")
    assert meaning.kind == "category"
    said = "80 of 120 cells of 'x' are numbers; line 2 has 'before the war'"
    assert f'{said}: --missing "before the war"' in meaning.why
    assert any(words_of(table, "x") in note for note in load_dataset(table.path, target="y").notes)


def test_a_word_with_a_number_in_it_may_be_written_as_one(write):
    cells = ["ca. 80,5" if k == 9 else f"{30 + k},5" for k in range(60)]
    why = meaning_of(read_table(write(cells)), "x").why
    assert why.endswith(': write it as the others, or --missing "ca. 80,5" counts it as missing')
