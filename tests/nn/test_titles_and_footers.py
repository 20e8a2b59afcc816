"""Lines above the column names and below the rows, as spreadsheets have them: left out, and said."""

from pathlib import Path

import pytest

from nn.__main__ import main
from nn.tables.data import load_dataset
from nn.tables.footers import without_footer
from nn.tables.loading import read_table
from nn.tables.text_files import TableError

NAMES = "Nr.;Year;Area;Part;Rent"


def _rows(count=30):
    return [f"{i + 1};{1950 + 3 * i};{30 + 2 * i},5;{'NSW'[i % 3]};{300 + 19 * i},25 €" for i in range(count)]


@pytest.fixture
def write(tmp_path):
    def written(above, rows, below=(), end="\r\n"):
        path = tmp_path / "rents.csv"
        path.write_bytes(b"\xef\xbb\xbf" + end.join([*above, *rows, *below, ""]).encode())
        return str(path)

    return written


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize(
    "titles",
    [
        ["Rents of the town;;;;"],
        ["Rents of the town;;;;", ";;;;", "Flat;;Size;;"],
        ["Rents of the town"],
        ["Rents of the town", "", "as of May"],
        ['"Rents; of the town"', ""],
    ],
)
def test_titles_above_the_column_names_are_left_out_and_said(write, titles, end):
    table = read_table(write([*titles, NAMES], _rows(), end=end))
    assert table.names == tuple(NAMES.split(";"))
    assert len(table) == 30
    above = f"the first {len(titles)} lines are" if len(titles) > 1 else "the first line is"
    assert f"{above} above the column names and left out" in table.notes
    assert table.line(0) == f"line {len(titles) + 2}"
    assert load_dataset(table.path, target="Rent").schema.inputs[:2] == ("Year", "Area")


@pytest.mark.parametrize("first", [NAMES, ";;;;Rent", "1;;;;2", "a;b;;;"])
def test_a_first_line_that_may_name_columns_stays(write, first):
    table = read_table(write([first], _rows()))
    assert table.dialect.titles == 0


def test_a_first_row_is_no_line_of_names(write):
    table = read_table(write([";;;;", *_rows(3)], _rows()))
    assert table.dialect.titles == 0


def test_sums_and_sources_below_the_rows_are_left_out_and_said(write):
    path = write([NAMES], _rows(), [";;;;", "Sum;;;;12.345,67 €", "Source: the town;;;;"])
    table = without_footer(read_table(path))
    assert len(table) == 30
    (note,) = table.notes
    assert note == "lines 32 to 34 are left out: sums, sources or nothing, and no rows"
    data = load_dataset(path, target="Rent")
    assert note in data.notes
    assert data.schema.target.high < 2_000
    assert "Area" in data.schema.inputs


@pytest.mark.parametrize("below", [[], ["31;;63,5;N;900,00 €"]])
def test_rows_that_lack_a_little_stay(write, below):
    table = read_table(write([NAMES], _rows(), below))
    assert without_footer(table) is table


@pytest.mark.parametrize("word", ["Total", "Summe:", "grand total"])
def test_a_sum_that_says_so_is_left_out_however_full_it_is(write, word):
    table = read_table(write([NAMES], _rows(), [f"{word};1990;63,5;N;900,00 €"]))
    assert without_footer(table).notes[-1] == "line 32 is left out: sums, sources or nothing, and no rows"


def test_a_word_for_a_sum_among_others_of_its_kind_is_none(write):
    rows = [f"{i};{('sum', 'mean')[i % 2]};{i % 7},5;{i},0" for i in range(40)]
    table = read_table(write(["a;what;c;d"], rows))
    assert without_footer(table) is table


def test_a_name_in_two_lines_is_one_on_one_line(write):
    table = read_table(write(['"Nr.";"Year\r\nbuilt";"Area\n(m2)";Part;Rent'], _rows()))
    assert table.names == ("Nr.", "Year built", "Area (m2)", "Part", "Rent")


def test_the_page_says_what_it_leaves_out(write, tmp_path, capsys):
    path = write([NAMES], _rows(), ["Sum;;;;12.345,67 €"])
    assert main(["playground", path, "--target", "Rent", "-o", str(tmp_path / "page.html")]) == 0
    said = capsys.readouterr().out
    assert "  line 32 is left out: sums" in said
    assert "column 'Nr.' is not used: an identifier" in said


def test_a_table_with_gaps_everywhere_has_no_footer(write):
    table = read_table(write(["a;b;c;d;e"], [f"{i};;{i % 7},5;;" for i in range(40)]))
    assert without_footer(table) is table


@pytest.mark.program
def test_such_a_table_is_learned_from_and_comes_back_as_it_was(write, tmp_path, capsysbinary):
    path = write(["Rents;;;;", ";;;;", NAMES], _rows(), ["Sum;;;;12.345,67 €"])
    assert main(["inspect", path, "--target", "Rent"]) == 0
    assert b"line 34 is left out: sums, sources or nothing, and no rows" in capsysbinary.readouterr().out
    out = tmp_path / "run"
    assert main(["train", path, "--target", "Rent", "--epochs", "2", "--quiet", "--out", str(out)]) == 0
    capsysbinary.readouterr()
    assert main(["predict", str(out / "model.json"), path, "--out", str(tmp_path / "done.csv")]) == 0
    before, after = (Path(name).read_bytes().split(b"\r\n") for name in (path, tmp_path / "done.csv"))
    assert after[:2] == before[:2]
    assert all(new.startswith(old + b";") for old, new in zip(before[2:-1], after[2:-1], strict=True))


@pytest.mark.program
def test_a_sum_below_the_rows_that_are_asked_for_has_no_answer(write, tmp_path, capsysbinary):
    path = write([NAMES], _rows(), ["Total;Total;63,5;N;12.345,67 €"])
    out = tmp_path / "run"
    assert main(["train", path, "--target", "Rent", "--epochs", "2", "--quiet", "--out", str(out)]) == 0
    capsysbinary.readouterr()
    assert main(["predict", str(out / "model.json"), path]) == 0
    said = capsysbinary.readouterr()
    *_, row, total = said.out.split(b"\r\n")[:-1]
    assert row.rpartition(b";")[2] != b""
    assert total == 'Total;Total;63,5;N;12.345,67 €;""'.encode()
    assert b"line 32 is left out: sums, sources or nothing, and no rows" in said.err
    other = write([NAMES], [*_rows(), "31;soon;63,5;N;1,25 €"])
    assert main(["predict", str(out / "model.json"), other]) == 2
    assert b"line 32: column 'Year' wants a number, got 'soon'" in capsysbinary.readouterr().err


@pytest.mark.program
def test_a_line_of_words_below_the_rows_is_none_and_comes_back_as_it_was(write, tmp_path, capsysbinary):
    path = write([NAMES], _rows(), ["", "All figures without warranty", "Source: the town"])
    table = without_footer(read_table(path))
    assert len(table) == 30
    assert table.notes[-1] == "lines 33 to 34 are left out: sums, sources or nothing, and no rows"
    out = tmp_path / "run"
    assert main(["train", path, "--target", "Rent", "--epochs", "2", "--quiet", "--out", str(out)]) == 0
    capsysbinary.readouterr()
    assert main(["predict", str(out / "model.json"), path]) == 0
    *_, row, gap, first, last = capsysbinary.readouterr().out.split(b"\r\n")[:-1]
    assert row.count(b";") == NAMES.count(";") + 1
    assert [gap, first, last] == [b"", b"All figures without warranty", b"Source: the town"]


def test_a_line_of_one_field_between_rows_is_named(write):
    path = write([NAMES], [*_rows()[:15], "half of it", *_rows()[15:]])
    with pytest.raises(TableError, match="line 17: 1 field where the header names 5 columns"):
        read_table(path)
