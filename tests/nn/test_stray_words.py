"""A few words among numbers: a column is never taken for text without a line about what was seen and what decides."""

import numpy as np
import pytest

from nn.__main__ import main
from nn.tables.data import Reading, load_dataset
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of
from nn.tables.strays import missing_option
from nn.tables.text_files import TableError
from nn.wording import argument

pytestmark = pytest.mark.program

RENT = (
    "119 of 120 cells of 'Rent' are numbers; line 80 has 'on request': --missing \"on request\" (may be repeated) "
    "counts it as missing"
)


def _euros(x):
    return f"{x:,.2f} €".translate(str.maketrans(",.", ".,"))


@pytest.fixture
def rents(tmp_path):
    """120 rents, one of them on request, of which the area, six times unknown, tells most."""
    rng = np.random.default_rng(0)
    lines = ["Area;Floor;Rent"]
    for i in range(120):
        area = 30 + 0.7 * i
        shown = "-" if i in (5, 25, 45) else "k.A." if i in (65, 85, 105) else f"{area:.1f}".replace(".", ",")
        rent = "on request" if i == 78 else _euros(300 + 9 * area + rng.normal(0, 20))
        lines.append(f"{shown};{i % 5};{rent}")
    path = tmp_path / "rents.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_target_with_one_stray_word_is_refused_with_its_line_and_the_option(rents):
    with pytest.raises(TableError) as error:
        load_dataset(rents, target="Rent")
    assert RENT in str(error.value)


@pytest.mark.parametrize("options", [{"task": "regression"}, {"reading": Reading(types={"Rent": "number"})}])
def test_what_is_said_to_be_a_number_names_the_stray_word_and_not_the_first_number(rents, options):
    with pytest.raises(TableError) as error:
        load_dataset(rents, target="Rent", **options)
    assert RENT in str(error.value)


def test_the_option_that_is_named_does_it(rents):
    data = load_dataset(rents, target="Rent", reading=Reading(missing=("on request", "-", "k.A.")))
    assert data.schema.inputs[:2] == ("Area", "Area is missing")
    assert data.schema.target.task == "regression"
    assert any("1 row has no 'Rent'" in note for note in data.notes)


def test_a_feature_with_stray_words_has_a_note_where_it_is_dropped_and_where_it_is_not(rents, tmp_path):
    area = "114 of 120 cells of 'Area' are numbers; line 7 has '-' and line 67 'k.A.': --missing - --missing k.A. "
    data = load_dataset(rents, target="Floor", reading=Reading(missing=("on request",)))
    assert f"column 'Area' is not used: {area}counts them as missing" in data.notes
    path = tmp_path / "rooms.csv"
    path.write_text("rooms,y\n" + "".join(f"{'many' if i == 7 else i % 12},{i * 1.5}\n" for i in range(60)))
    data = load_dataset(str(path), target="y")
    assert any("59 of 60 cells of 'rooms' are numbers; line 9 has 'many'" in note for note in data.notes)


def test_the_type_of_the_target_decides_the_task(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n" + "".join(f"{i * 0.37 % 1},{i % 3}\n" for i in range(60)))
    assert load_dataset(str(path), target="y").schema.target.task == "classification"
    for kind, task in (("number", "regression"), ("category", "classification")):
        reading = Reading(types={"y": kind})
        assert load_dataset(str(path), target="y", reading=reading).schema.target.task == task


@pytest.mark.parametrize("odd", [["007"], ["1e5000"], [f"a{i}" for i in range(9)], ["x"] * 20])
def test_codes_and_many_words_are_no_stray_words(tmp_path, odd):
    path = tmp_path / "rows.csv"
    path.write_text("x,y\n" + "".join(f"{cell},0\n" for cell in [*map(str, range(100, 200)), *odd]))
    assert "as missing" not in meaning_of(read_table(str(path)), "x").why


def _written(tmp_path, cells):
    path = tmp_path / "rows.csv"
    rows = (f"{cell},{i * 0.61 % 1:.3f},{i * 0.37 % 1:.3f}\n" for i, cell in enumerate(cells))
    path.write_text("x,z,y\n" + "".join(rows))
    return read_table(str(path))


def test_a_stray_word_among_dates_is_named_like_one_among_numbers(tmp_path):
    days = [f"2024-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(60)]
    table = _written(tmp_path, [*days[:40], "soon", *days[40:]])
    said = "60 of 61 cells of 'x' are dates; line 42 has 'soon': --missing soon (may be repeated) counts it as missing"
    assert meaning_of(table, "x").why == said
    data = load_dataset(table.path, target="y")
    assert any(said in note for note in data.notes)
    data = load_dataset(table.path, target="y", reading=Reading(missing=("soon",)))
    assert "x elapsed" in data.schema.inputs
    assert "x is missing" in data.schema.inputs


def test_words_among_dates_are_no_stray_numbers(tmp_path):
    table = _written(tmp_path, [*(f"{1 + i % 28}.{1 + i % 12}.2024" for i in range(60)), "soon"])
    with pytest.raises(TableError, match="is said to be a number and has"):
        meaning_of(table, "x", "number")
    with pytest.raises(TableError, match="wants finite numbers"):
        load_dataset(table.path, target="x", task="regression")


@pytest.mark.parametrize("dash", ["-", "--", "\N{EN DASH}", ".", "n/a"])
def test_a_dash_among_few_numbers_is_a_stray_word_too(tmp_path, dash):
    table = _written(tmp_path, [dash if i % 4 == 1 else i % 5 for i in range(100)])
    meaning = meaning_of(table, "x")
    if dash == "n/a":  # which counts as missing anyway
        assert meaning.kind == "number"
        return
    assert meaning.kind == "category"
    assert meaning.why.startswith(f"75 of 100 cells of 'x' are numbers; line 3 has '{dash}': {missing_option(dash)} (")
    assert any("are numbers; line 3 has" in note for note in load_dataset(table.path, target="y").notes)
    assert meaning_of(read_table(table.path, missing=(dash,)), "x").kind == "number"


@pytest.mark.parametrize("word", ["-", "on request"])
def test_one_word_among_numbers_is_said_whatever_its_share(tmp_path, word):
    table = _written(tmp_path, [f"{i % 45} %" if i % 4 == 1 else word for i in range(400)])
    meaning = meaning_of(table, "x")
    assert meaning.kind == "category"
    assert f"100 of 400 cells of 'x' are numbers; line 2 has '{word}': {missing_option(word)} (" in meaning.why
    assert meaning.why.count("--missing") == 1
    assert any("100 of 400 cells" in note for note in load_dataset(table.path, target="y").notes)
    table = _written(tmp_path, [str(i % 9) if i % 4 == 1 else word for i in range(400)])  # too few to be numbers
    assert "--missing" not in meaning_of(table, "x").why


def test_a_dash_among_few_texts_is_said_where_columns_are_inspected(tmp_path):
    table = _written(tmp_path, [("EG", "1", "-", "DG")[i % 4] for i in range(100)])
    meaning = meaning_of(table, "x")
    assert meaning.kind == "category"
    assert meaning.why == (
        "text with 4 different values; 25 of 100 cells say nothing; line 4 has '-': --missing - (may be repeated) "
        "counts them as missing"
    )


@pytest.mark.parametrize("texts", [("+", "-"), ("+", "-", "0"), ("A", "*", "**"), ("-", "--"), ("a", "-", "-", "-")])
def test_signs_that_may_mean_something_are_no_dashes(tmp_path, texts):
    table = _written(tmp_path, [texts[i % len(texts)] for i in range(60)])
    assert "missing" not in meaning_of(table, "x").why


def test_inspect_tells_of_both(rents, capsys):
    assert main(["inspect", rents, "--target", "Rent"]) == 2
    printed = capsys.readouterr().out
    assert "114 of 120 cells of 'Area' are numbers" in printed
    (line,) = [line for line in printed.splitlines() if line.startswith("Rent ")]
    assert RENT in line
    assert " ? " in line
    assert "undecided: the lines with ? name the options that decide" in printed
    assert main(["inspect", rents, "--type", "Rent=number"]) == 2
    assert RENT in capsys.readouterr().out
    assert main(["inspect", rents, "--target", "Rent", "--missing", "on request"]) == 0


@pytest.mark.parametrize(
    ("text", "written"),
    [("n.v.", "n.v."), ("on request", '"on request"'), ("-", "-"), ("a$b", "'a$b'"), ("", '""'), ("k. A.", '"k. A."')],
)
def test_a_text_as_it_may_be_pasted_behind_an_option(text, written):
    assert argument(text) == written


def test_dates_written_in_several_ways_are_told_to_be_written_in_one(tmp_path):
    cells = [f"2023-01-{k + 1:02}" if k % 9 == 0 else f"{k + 1:02}.01.2023" for k in range(28)]
    path = tmp_path / "rows.csv"
    path.write_text("x;y\n" + "".join(f"{cell};{k}\n" for k, cell in enumerate(cells)))
    meaning = meaning_of(read_table(str(path)), "x")
    assert meaning.why == (
        "dates written in several ways, '2023-01-01' and '02.01.2023'; write them in one to use the column"
    )
    assert not meaning.used
