"""Numbers and words that stand for a missing value without saying so are named with the option that counts them so."""

import random

import pytest

from nn.__main__ import main
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


@pytest.mark.program
def test_a_verdict_that_nothing_was_learned_names_the_column_that_was_not_used(tmp_path, capsys):
    rng = random.Random(3)
    areas = [f"{rng.randint(200, 1400) / 10:.1f} m2" for _ in range(80)]
    rents = [float(area.split()[0]) * 10 for area in areas]
    areas[5] = "ca. 44.5 m2"
    path = tmp_path / "flats.csv"
    rows = (f"{area},{rng.choice('NS')},{rent}\n" for area, rent in zip(areas, rents, strict=True))
    path.write_text("area,side,rent\n" + "".join(rows))
    options = ["--epochs", "2", "--ensemble", "1", "--out", str(tmp_path / "run")]
    assert main(["train", str(path), "--target", "rent", *options]) == 0
    said = capsys.readouterr().out
    assert "; column 'area' is not used yet, and the note above says with which option" in said
    assert main(["train", str(path), "--target", "rent", *options, "--missing", "ca. 44.5 m2"]) == 0
    assert "not used yet" not in capsys.readouterr().out
