"""Tables as people have them: numbers in spreadsheet clothes, codes, dates, odd files. Nothing is misread silently."""

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.__main__ import main
from nn.tables.cells import Numbers
from nn.tables.columns import learn_column
from nn.tables.data import Reading, load_dataset, table_dataset
from nn.tables.dialect import find_dialect, records, sniff_delimiter
from nn.tables.loading import read_table
from nn.tables.meaning import meaning_of, moments_of, numbers_of
from nn.tables.numerals import Ambiguous, Notation, notation_of
from nn.tables.other_formats import from_frame
from nn.tables.reading import _fast, _slow
from nn.tables.table import MISSING
from nn.tables.targets import find_task, learn_classes, learn_numbers
from nn.tables.text_files import TableError

pytestmark = pytest.mark.program


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write_file


def numbers(table, name="x"):
    meaning = meaning_of(table, name)
    assert meaning.kind == "number", meaning
    found, wrong = numbers_of(table.column(name), meaning.notation)
    assert wrong is None
    return found.tolist()


CLOTHES = [
    (["1,234.5", "600"], [1234.5, 600]),
    (["1.234,5", "600"], [1234.5, 600]),
    (["1,234,567", "2"], [1234567, 2]),
    (["1.234.567", "2"], [1234567, 2]),
    (["12,34,567", "5"], [1234567, 5]),
    (["7,25", "8"], [7.25, 8]),
    (["0,125", "8"], [0.125, 8]),
    (["$1,234", "$5"], [1234, 5]),
    (["$ 1,234.50", "$ 5.00"], [1234.5, 5]),
    (["1.234,50 €", "5,00 €"], [1234.5, 5]),
    (["€ 3,50", "€ 4"], [3.5, 4]),
    (["£7", "-£8"], [7, -8]),
    (["45%", "7 %"], [45, 7]),
    (["4,5 %", "7 %"], [4.5, 7]),
    (["(5)", "6"], [-5, 6]),
    (["($1,200.00)", "$3.00"], [-1200, 3]),
    (["5-", "6"], [-5, 6]),
    (["586-", "6"], [-586, 6]),
    (["\u20ac 586,-", "\u20ac 1.250,-", "\u20ac 7,50"], [586, 1250, 7.5]),
    (["CHF 586.-", "CHF 1'250.\u2013", "CHF 7.50"], [586, 1250, 7.5]),
    (["100,- \u20ac", "100,-- \u20ac", "-586,- \u20ac"], [100, 100, -586]),
    (["586,\u2014", "586,\u2212", "586,\u2014\u2014"], [586, 586, 586]),
    (["586,---", "6"], None),
    (["586 -", "6"], None),
    (["\u22125", "6"], [-5, 6]),
    (["\u20132.5", "6"], [-2.5, 6]),
    (["1 234", "5"], [1234, 5]),
    (["1\u00a0234,5", "5"], [1234.5, 5]),
    (["1\u202f234 567", "5"], None),
    (["1\u202f234\u202f567", "5"], [1234567, 5]),
    (["1'234", "5"], [1234, 5]),
    (["1\u2019234.50", "5"], [1234.5, 5]),
    (["+5", "-6"], [5, -6]),
    (["1e3", "2"], [1000, 2]),
    (["1,5e3", "2"], [1500, 2]),
    ([".5", "5."], [0.5, 5]),
    (["1.5", "2,5"], None),
    (["1,23,4", "5"], None),
    (["45%", "0.45"], None),
    (["$5", "€5"], None),
    (["(5", "6"], None),
    (["1  2", "3"], None),
    (["12 34", "3"], None),
    (["5--", "6"], None),
    (["(-5)", "6"], None),
    (["1,2.3,4", "1"], None),
    (["5 kg", "6 kg"], None),
]


@pytest.mark.parametrize(("cells", "expected"), CLOTHES)
def test_a_column_of_numbers_in_clothes_has_one_notation_or_none(cells, expected):
    found = notation_of(cells)
    if expected is None:
        assert found is None
    else:
        assert isinstance(found, Notation)
        assert [found.number(cell) for cell in cells] == expected


@pytest.mark.parametrize("cells", [["1,234"], ["1.234"], ["600", "900", "1,200"], ["2.400", "3.100"], ["€1,234", "€5"]])
def test_what_may_be_either_is_decided_by_the_user_alone(cells):
    found = notation_of(cells)
    assert isinstance(found, Ambiguous)
    assert found.as_point != found.as_comma
    for decimal, wanted in ((".", found.as_point), (",", found.as_comma)):
        notation = notation_of(cells, decimal)
        assert isinstance(notation, Notation)
        assert notation.number(found.cells[0]) == wanted


@given(
    st.integers(-(10**12), 10**12),
    st.integers(0, 99),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]),
)
def test_what_a_spreadsheet_writes_is_read_as_its_number(whole, cents, marks):
    group, decimal = marks
    text = f"{whole:,}".replace(",", group) + decimal + f"{cents:02d}"
    found = notation_of([text, f"0{decimal}50"])
    assert isinstance(found, Notation)
    assert found.number(text) == float(f"{whole}.{cents:02d}")


@given(st.text("0123456789.,- ()'$%", max_size=12))
def test_no_text_is_read_as_two_numbers(cell):
    found = notation_of([cell])
    if isinstance(found, Notation):
        assert found.number(cell) is not None
        other = Notation("." if found.decimal == "," else ",", found.unit).number(cell)
        assert other in (None, found.number(cell))


def test_grouped_prices_between_tabs_are_asked_for_and_the_option_decides(write):
    path = write("a\tx\n1\t600\n2\t900\n3\t1,200\n")
    with pytest.raises(TableError, match=r"'1,200' may be 1200 or 1\.2; say which .*--decimal \. or --decimal ,"):
        meaning_of(read_table(path), "x")
    assert numbers(read_table(path, decimal=".")) == [600, 900, 1200]
    assert numbers(read_table(path, decimal=",")) == [600, 900, 1.2]


def test_points_beside_decimal_commas_part_thousands(write):
    table = read_table(write("x;b\n2.400;1,5\n3.100;2,25\n"))
    assert numbers(table) == [2400, 3100]
    assert numbers(table, "b") == [1.5, 2.25]


def test_points_between_semicolons_alone_are_asked_for(write):
    with pytest.raises(TableError, match=r"'2\.400' may be 2\.4 or 2400"):
        meaning_of(read_table(write("x;b\n2.400;1\n3.100;2\n")), "x")
    assert numbers(read_table(write("x;b\n0.400;1\n3.100;2\n"))) == [0.4, 3.1]


def test_three_decimals_between_commas_are_decimals(write):
    assert numbers(read_table(write("x,b\n2.400,1\n3.100,2\n"))) == [2.4, 3.1]


def test_quoted_thousands_beside_decimal_points_are_thousands(write):
    table = read_table(write('x,b\n"1,234",1.5\n"2,345",2.5\n'))
    assert numbers(table) == [1234, 2345]
    assert numbers(read_table(write('x,b\n"7,25",1\n"3,5",2\n'))) == [7.25, 3.5]


def test_every_notation_trains_to_the_numbers_it_says(write):
    rows = [(1000 + 37.25 * i, i % 3) for i in range(40)]
    plain = write("x,y\n" + "".join(f"{x},{y}\n" for x, y in rows), "plain.csv")
    expected = load_dataset(plain, target="y").train.rows
    spellings = {
        "us": ("x,y", lambda x, y: f'"{x:,.2f}",{y}'),
        "german": ("x;y", lambda x, y: f"{x:,.2f};{y}".replace(",", "_").replace(".", ",").replace("_", ".")),
        "french": ("x;y", lambda x, y: f"{x:,.2f} €;{y}".replace(",", "\u202f").replace(".", ",")),
        "swiss": ("x\ty", lambda x, y: f"CHF {x:,.2f}\t{y}".replace(",", "'")),
    }
    for name, (header, spell) in spellings.items():
        text = header + "\n" + "".join(spell(x, y) + "\n" for x, y in rows)
        assert np.allclose(load_dataset(write(text, name), target="y").train.rows, expected), name


CODES = [
    (["02139", "2139", "94110"], ("02139", "2139", "94110")),
    (["1E3", "1000", "3F2"], ("1000", "1E3", "3F2")),
    (["001", "002"], ("001", "002")),
    (["0047583311588E590005", "0047583311588E590006"], ("0047583311588E590005", "0047583311588E590006")),
    (["1", "1.0", "2"], ("1", "2")),
    (["1.0", "2.0"], ("1.0", "2.0")),
    (["9", "10", "-1"], ("-1", "9", "10")),
    (["1.50", "1.5"], ("1.50", "1.5")),
    (["True", "False"], ("False", "True")),
]


@pytest.mark.parametrize(("labels", "classes"), CODES)
def test_labels_stay_as_they_are_and_only_spellings_of_one_whole_number_are_one(write, labels, classes):
    table = read_table(write("a,y\n" + "".join(f"{i},{label}\n" for i in range(5) for label in labels)))
    assert set(learn_classes(table, "y").classes) == set(classes)
    assert len(learn_classes(table, "y").classes) == len(classes)


def test_codes_are_classes_and_categories_never_numbers(write):
    cells = ["02139", "02140", "94110"] * 10
    table = read_table(write("zip,y\n" + "".join(f"{cell},{i}.5\n" for i, cell in enumerate(cells))))
    assert find_task(table, "zip") == "classification"
    assert meaning_of(table, "zip").kind == "category"
    assert learn_column(table, "zip", range(30)).categories == ("02139", "02140", "94110")


def test_infinite_looking_identifiers_are_texts(write):
    table = read_table(write("id,y\n" + "".join(f"004758331158{i}E590005,{i}\n" for i in range(50))))
    assert meaning_of(table, "id").kind == "identifier"


KEYS = [
    ("rownames", [str(i + 1) for i in range(30)], "identifier"),
    ("anything", [str(i) for i in range(30)], "identifier"),
    ("Loan_ID", [f"LP{1000 + 7 * i}" for i in range(40)], "identifier"),
    ("customer_no", [str(7919 * i % 100003) for i in range(1, 60)], "identifier"),
    ("Index", [f"{1.5 + i / 7:.3f}" for i in range(30)], "number"),
    ("id", [f"{1.5 + i / 7:.3f}" for i in range(30)], "number"),
    ("price", [str(7919 * i % 100003) for i in range(1, 60)], "number"),
    ("year", [str(1990 + i) for i in range(30)], "number"),
    ("day", [str(i + 1) for i in range(30)], "number"),
    ("id", [str(i % 3) for i in range(30)], "number"),
    ("uuid", [f"{i:08x}-aaaa" for i in range(40)], "identifier"),
    ("comment", [f"some words about {i}" for i in range(40)], "text"),
]


@pytest.mark.parametrize(("name", "cells", "kind"), KEYS)
def test_identifiers_are_judged_by_their_values(write, name, cells, kind):
    table = read_table(write(f"{name},y\n" + "".join(f"{cell},1\n" for cell in cells)))
    assert meaning_of(table, name).kind == kind


DATES = [
    (["2024-01-31", "2023-12-01"], "ymd"),
    (["2024-01-31T10:20:30Z", "2023-12-01 00:00"], "ymd"),
    (["2024-01-31 10:20:30.123456+02:00", "2023-12-01 00:00:00"], "ymd"),
    (["2024/1/31", "2023/12/1"], "ymd"),
    (["31.01.2024", "01.12.2023"], "dmy"),
    (["01.02.2024", "01.12.2023"], "dmy"),
    (["31/01/2024", "01/12/2023"], "dmy"),
    (["01/31/2024", "12/01/2023"], "mdy"),
    (["1/31/24 5:30 PM", "12/1/23 11:05 AM"], "mdy"),
    (["31 Jan 2024", "1 December 2023"], "d month y"),
    (["Jan 31, 2024", "December 1, 2023"], "month d y"),
    (["10:30", "23:59:59"], "time"),
    (["2024-01", "2023-12"], "ym"),
]


@pytest.mark.parametrize(("cells", "format"), DATES)
def test_dates_are_recognized_when_every_cell_is_one(write, cells, format):
    table = read_table(write("when;y\n" + "".join(f"{cell};1\n" for cell in cells * 5)))
    meaning = meaning_of(table, "when")
    assert (meaning.kind, meaning.format) == ("date", format)
    moments, wrong = moments_of(table.column("when"), meaning.format)
    assert wrong is None
    assert np.isfinite(moments).all()


def test_day_and_month_that_cannot_be_told_apart_are_asked_for(write):
    path = write("when,y\n" + "01/02/2024,1\n03/04/2024,2\n" * 10)
    with pytest.raises(TableError, match="--type when=dmy or --type when=mdy"):
        meaning_of(read_table(path), "when")
    assert meaning_of(read_table(path), "when", "mdy").format == "mdy"
    data = load_dataset(path, target="y", reading=Reading(types={"when": "dmy"}))
    assert "when elapsed" in data.schema.inputs


def test_eight_digits_that_are_all_dates_are_dates(write):
    cells = [f"2023{1 + i % 12:02d}{1 + i % 28:02d}" for i in range(40)]
    table = read_table(write("when,y\n" + "".join(f"{cell},1\n" for cell in cells)))
    assert meaning_of(table, "when").kind == "date"
    table = read_table(write("when,y\n" + "".join(f"{cell},1\n" for cell in [*cells, "20231301"])))
    assert meaning_of(table, "when").kind == "number"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["True", "FALSE"], "boolean"),
        (["yes", "No"], "boolean"),
        (["Y", "N"], "boolean"),
        (["t", "f"], "boolean"),
        (["yes", "false"], "category"),
        (["male", "female"], "category"),
    ],
)
def test_booleans_are_recognized_in_their_spellings(write, cells, kind):
    assert meaning_of(read_table(write("x,y\n" + "".join(f"{cell},1\n" for cell in cells * 6))), "x").kind == kind


def test_another_spelling_is_matched_and_an_unseen_text_is_told(write):
    train = read_table(write("x,z,y\n" + "True,2,1\nFalse,3,2\nTrue,a,3\n" * 5))
    new = read_table(write("x,z,y\nTRUE,2.0,1\nfalse,3,1\nmaybe,b,1\n"))
    for name, expected in (("x", [[1.0], [-1.0], [0.0]]), ("z", [[1, 0, 0], [0, 1, 0], [0, 0, 0]])):
        remarks: list[str] = []
        assert learn_column(train, name, range(15)).apply(new, remarks).tolist() == expected
        assert "other spellings are taken as those of the training" in remarks[0]
        assert "texts that the training rows did not have" in remarks[1]


def test_a_category_of_any_name_trains_and_comes_back(write):
    for odd in ("(other)", "(missing)", "is another", "is missing", "=", " = "):
        cells = [odd] * 30 + [f"c{i % 40}" for i in range(400)] + [""] * 5
        table = read_table(write("x,y\n" + "".join(f'"{cell}",{i % 7}.5\n' for i, cell in enumerate(cells))))
        column = learn_column(table, "x", range(len(cells)))
        assert len(set(column.inputs)) == len(column.inputs)
        assert column.apply(table).sum(axis=1).tolist() == [1.0] * len(cells)


def test_what_counts_as_missing_is_the_users_word(write):
    path = write("x,y\n" + "EU,1\nNA,2\nAS,3\n" * 5)
    assert read_table(path).column("x").missing.sum() == 5
    assert set(read_table(path, missing=[""]).column("x").values) == {"EU", "NA", "AS"}
    assert read_table(path, missing=["AS"]).column("x").missing.sum() == 10
    path = write("x,y\n" + "1,NA\n2,None\n3,yes\n" * 5)
    assert set(learn_classes(read_table(path, missing=[""]), "y").classes) == {"NA", "None", "yes"}


def test_a_text_among_numbers_names_the_option(write):
    cells = [str(3 * i) for i in range(60)] + ["unknown"]
    path = write("x,y\n" + "".join(f"{cell},1\n" for cell in cells))
    assert "--missing unknown" in meaning_of(read_table(path), "x").why
    assert meaning_of(read_table(path, missing=["unknown"]), "x").kind == "number"


def test_one_slip_of_the_pen_does_not_press_the_others_together(write):
    rng = np.random.default_rng(0)
    cells = [*rng.normal(50, 10, 200).round(2).tolist(), 1e12]
    table = read_table(write("x,y\n" + "".join(f"{cell},1\n" for cell in cells)))
    inputs = learn_column(table, "x", range(201)).apply(table)[:, 0]
    assert np.ptp(inputs[:200]) > 2
    assert inputs.max() < 20
    target = learn_numbers(table, "x", range(201))
    assert target.scale < 1e7


LAYOUTS = {
    "trailing delimiters": b"a,b\n1,2,\n3,4,\n",
    "trailing in the header too": b"a,b,\n1,2,\n3,4,\n",
    "sep line": b"sep=;\na;b\n1;2\n3;4\n",
    "quoted sep line": b'"sep=;"\r\na;b\r\n1;2\r\n3;4\r\n',
    "comments": b"# made by hand\n# in 1999\na,b\n1,2\n# between\n3,4\n",
    "blank lines": b"\n\na,b\n\n1,2\n3,4\n\n",
    "blanks": b"a   b\n1   2\n3      4\n",
    "blanks before": b" a  b\n 1  2\n 3  4\n",
    "blanks and tabs": b"a\t b\n1\t 2\n3  4\n",
    "blank after comma": b'a, b\n1, "2"\n3, "4"\n',
    "pipes": b"a|b\n1|2\n3|4\n",
    "utf-16 without a mark": "a,b\n1,2\n3,4\n".encode("utf-16-le"),
    "utf-16 be": "a,b\n1,2\n3,4\n".encode("utf-16-be"),
    "utf-16 with a mark": "a,b\n1,2\n3,4\n".encode("utf-16"),
    "utf-32": "a,b\n1,2\n3,4\n".encode("utf-32"),
    "utf-32 without a mark": "a,b\n1,2\n3,4\n".encode("utf-32-be"),
    "utf-8 with a mark": b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
    "old line ends": b"a,b\r1,2\r3,4\r",
    "no last line end": b"a,b\n1,2\n3,4",
    "# header": b"#a,b\n1,2\n3,4\n",
    "gzip": gzip.compress(b"a,b\n1,2\n3,4\n"),
    "bzip2": bz2.compress(b"a,b\n1,2\n3,4\n"),
    "xz": lzma.compress(b"a,b\n1,2\n3,4\n"),
    "json lines": b'{"a": 1, "b": 2}\n{"b": 4, "a": 3}\n',
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_the_same_table(write, layout):
    table = read_table(write(LAYOUTS[layout]))
    assert table.names == ("a", "b")
    assert [[table.column(name).text(i) for i in range(2)] for name in "ab"] == [["1", "3"], ["2", "4"]]


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in ("json lines", "blank lines")])
def test_large_files_are_read_as_small_ones_are(write, layout):
    body = LAYOUTS[layout]
    packed = {"gzip": gzip, "bzip2": bz2, "xz": lzma}
    if layout in packed or b"\0" in body or body.startswith((b"\xff", b"\xfe")):
        pytest.skip("unpacked and decoded first")
    end = b"\r" if layout == "old line ends" else b"\n"
    body = body if body.endswith((b"\n", b"\r")) else body + end
    last = body.split(end)[-2] + end
    body += last * 6000
    table = read_table(write(body))
    assert table.names == ("a", "b")
    assert len(table) == 6002
    assert table.column("b").text(6001) == "4"


def test_a_zip_with_one_file_and_one_with_two(write):
    def packed(*names):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in names:
                archive.writestr(name, "a,b\n1,2\n")
        return stream.getvalue()

    assert len(read_table(write(packed("x.csv"), "x.zip"))) == 1
    with pytest.raises(TableError, match="an archive of 2 files"):
        read_table(write(packed("x.csv", "y.csv"), "y.zip"))


def test_a_comma_in_a_name_of_a_file_with_semicolons(write):
    table = read_table(write("Temp, oC;yield\n20,5;3\n30;4\n25,5;5\n"))
    assert table.names == ("Temp, oC", "yield")
    assert numbers(table, "Temp, oC") == [20.5, 30, 25.5]


NO_HEADER = [
    "5.1,3.5,setosa\n4.9,3.0,setosa\n6.0,2.5,virginica\n",
    "6,148,72\n1,85,66\n8,183,64\n",
]


@pytest.mark.parametrize("text", NO_HEADER)
def test_a_file_without_header_loses_no_row_and_says_so(write, text):
    table = read_table(write(text))
    assert len(table) == 3
    assert table.names[0] == "column 1"
    assert "the first line is a row like the others" in table.notes[0]


@pytest.mark.parametrize("text", ["name,2019,2020\nx,1,2\ny,3,4\n", "0,1,2\n5,6,7\n8,9,1\n", "a,b\nc,d\ne,f\n"])
def test_years_and_counted_names_are_a_header(write, text):
    assert len(read_table(write(text))) == 2


def test_a_line_of_an_error_is_that_of_the_file(write):
    comments = "# one\n# two\n"
    with pytest.raises(TableError, match="line 6: 3 fields where the header names 2 columns"):
        read_table(write(comments + "a,b\n1,2\n\n1,2,3\n"))
    rows = "".join(f"{i}.5,1\n" for i in range(3000))
    with pytest.raises(TableError, match="line 3003: 3 fields"):
        read_table(write(comments.replace("# two\n", "") + "a,b\n" + rows + "1,2,3\n"))


def test_a_broken_parquet_file_is_called_by_its_name(tmp_path):
    pytest.importorskip("pyarrow")
    (tmp_path / "t.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(TableError, match=r"t\.parquet is a Parquet file that cannot be read: "):
        read_table(tmp_path / "t.parquet")


@pytest.mark.parametrize("kind", ["pandas", "polars", "arrow", "parquet", "excel", "csv"])
def test_frames_and_other_formats_are_the_same_table(write, tmp_path, kind):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    frame = pandas.DataFrame(
        {
            "n": [1.5, None, 3.0],
            "i": [1, 2, 3],
            "s": ["a", None, "b"],
            "b": [True, False, True],
            "d": pandas.to_datetime(["2024-01-31", "2024-02-01", "2024-02-02"]),
        }
    )
    if kind in ("arrow", "parquet"):
        pyarrow = pytest.importorskip("pyarrow")
        table = from_frame(pyarrow.Table.from_pandas(frame))
        if kind == "parquet":
            frame.to_parquet(tmp_path / "t.parquet")
            table = read_table(tmp_path / "t.parquet")
    elif kind == "polars":
        table = from_frame(pytest.importorskip("polars").from_pandas(frame))
    elif kind == "excel":
        pytest.importorskip("openpyxl")
        frame.to_excel(tmp_path / "t.xlsx", index=False)
        table = read_table(tmp_path / "t.xlsx")
    elif kind == "csv":
        frame.to_csv(tmp_path / "t.csv", index=False)
        table = read_table(tmp_path / "t.csv")
    else:
        table = from_frame(frame)
    assert table.names == ("n", "i", "s", "b", "d")
    assert [table.column("n").text(i) for i in range(3)] == ["1.5", None, "3.0" if kind == "csv" else "3"]
    assert [table.column("s").text(i) for i in range(3)] == ["a", None, "b"]
    assert [meaning_of(table, name).kind for name in "bd"] == ["boolean", "date"]
    meaning = meaning_of(table, "d")
    assert moments_of(table.column("d"), meaning.format)[0].tolist() == [1706659200.0, 1706745600.0, 1706832000.0]


def test_a_million_cells_are_numbers_at_once(write):
    pytest.importorskip("pyarrow")
    rows = "".join(f"{i / 7:.4f},{i},c{i % 3}\n" for i in range(5000))
    table = read_table(write("x,i,c\n" + rows))
    assert isinstance(table.column("x"), Numbers)
    assert np.allclose(table.column("x").numbers, np.round(np.arange(5000) / 7, 4))
    table = read_table(write("x,i,c\n" + rows + "oops,1,c0\n"))
    assert table.column("x").text(5000) == "oops"


def test_a_split_by_time_trains_on_the_earliest_and_by_group_parts_none(write):
    lines = "".join(f"2024-{1 + i // 28:02d}-{1 + i % 28:02d},g{i % 9},{i / 3:.2f}\n" for i in range(100))
    path = write("when,who,y\n" + lines)
    data = load_dataset(path, target="y", reading=Reading(time="when"))
    assert max(data.indexes[0]) < min(data.indexes[1]) < max(data.indexes[1]) < min(data.indexes[2])
    assert any("'when'" in note and "earliest" in note for note in data.notes)
    data = load_dataset(path, target="y", reading=Reading(group="who"))
    assert any("'who'" in note and "two parts" in note for note in data.notes)
    assert [len({i % 9 for i in part}) for part in data.indexes] != [9, 9, 9]
    assert not {i % 9 for i in data.indexes[0]} & {i % 9 for i in data.indexes[2]}
    assert any("--time when" in note for note in load_dataset(path, target="y").notes)


def test_a_class_that_training_cannot_learn_is_told(write):
    text = "x,y\n" + "".join(f"{i * 37 % 101}.5,{'yes' if i == 150 else 'no'}\n" for i in range(200))
    for seed in range(5):
        notes = load_dataset(write(text), target="y", seed=seed).notes
        assert any("class 'yes'" in note for note in notes)


def test_the_positive_class_is_the_second(write):
    path = write("x,y\n" + "1.5,yes\n2.5,no\n" * 10)
    assert load_dataset(path, target="y", reading=Reading(positive="no")).schema.target.classes == ("yes", "no")
    with pytest.raises(TableError, match="--positive 'maybe' is no class of 'y'"):
        load_dataset(path, target="y", reading=Reading(positive="maybe"))


def test_columns_with_commas_in_their_names_can_be_ignored(write):
    path = write('"a, b",c,d,y\n' + "".join(f"{i}.5,{i % 7},{i % 5},{i % 3}\n" for i in range(30)))
    assert load_dataset(path, target="y", reading=Reading(ignore=("a, b",))).schema.inputs == ("c", "d")
    assert load_dataset(path, target="y", reading=Reading(ignore=("c,d",))).schema.inputs == ("a, b",)


def test_a_table_of_json_values_keeps_its_schema(write):
    path = write('{"x": 1.5, "y": "u"}\n{"x": null, "y": "v"}\n' * 10, "t.jsonl")
    data = table_dataset(read_table(path), "y")
    assert json.loads(json.dumps(data.schema.as_dict())) == data.schema.as_dict()
    assert data.schema.inputs == ("x", "x is missing") or data.schema.inputs == ("x is missing",)


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.text('a1.,-"\n \r0e;#?N', max_size=6), min_size=width, max_size=width), min_size=1, max_size=8
        )
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_the_fast_reader_reads_what_the_other_one_reads(rows, delimiter, mangled):
    pytest.importorskip("pyarrow")
    text = io.StringIO()
    header = [f"c{i}x" for i in range(len(rows[0]))]
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    content = text.getvalue()
    if mangled:
        content = content.replace('"', "", 1)
    try:
        dialect = find_dialect(content, "t", complete=True)
        slow = _slow(content.encode(), dialect, "t", MISSING, None)
    except TableError:
        return
    if dialect.delimiter == " " or dialect.spaced:
        return
    fast = _fast(content.encode(), content, dialect, MISSING, None)
    if fast is not None and slow:
        assert [column.listed() for column in fast] == [column.listed() for column in slow]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a b\n1 2\n", " "), ("names\n1 2\n", ","), ("names\n1 2\n3 4\n", ","), ("a b\n1 2\n3", " "), ("a b\nc d\n", ",")],
)
def test_blanks_part_fields_where_the_first_line_has_several_too(text, delimiter):
    assert sniff_delimiter(text) == delimiter


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("blank", ["", " ", "   ", " \r"])
def test_lines_of_nothing_but_blanks_are_no_records(delimiter, blank):
    text = f"a{delimiter}b\n{blank}\n1{delimiter}2\n"
    assert list(records(text, delimiter, "p")) == [(1, ["a", "b"]), (3, ["1", "2"])]
    assert list(records(f"a\n{blank}\n1\n", delimiter, "p")) == [(1, ["a"]), (3, ["1"])]


def test_spellings_that_may_be_one_thing_are_named_and_stay_two(tmp_path):
    path = tmp_path / "t.csv"
    lines = [f"{('North', 'north ', 'South')[i % 3]},{i},{i % 7}.5" for i in range(30)]
    path.write_text("\n".join(["town,size,y", *lines]) + "\n")
    data = load_dataset(str(path), target="y")
    assert [note for note in data.notes if "'North' and 'north'" in note and "count as different" in note]
    assert sum(name.startswith("town = ") for name in data.schema.inputs) == 3
    assert "may be one, spelled in several ways" in meaning_of(data.table, "town", None).why
    assert any("count as different; where they are one, --same-case takes them for it" in note for note in data.notes)


def test_texts_that_differ_in_case_alone_are_one_where_it_is_said(tmp_path, capsys):
    path = tmp_path / "t.csv"
    lines = [f"{('North', 'north', 'South', 'North', '')[i % 5]},{i},{('Yes', 'yes', 'No')[i % 3]}" for i in range(60)]
    path.write_text("\n".join(["town,size,y", *lines]) + "\n")
    data = load_dataset(str(path), target="y", reading=Reading(same_case=True))
    assert data.schema.target.classes == ("No", "Yes")
    assert data.schema.inputs[:2] == ("town = South", "town is missing")
    assert "column 'town': texts that differ in case alone count as one: 'North' and 'north' as 'North'" in data.notes
    north = data.schema.encode(read_table(str(path)))[:, 0]
    assert north[:5].tolist() == [-1.0, -1.0, 1.0, -1.0, 0.0]  # as predict reads it, which need not be told
    assert main(["inspect", str(path), "--same-case"]) == 0
    assert "spelled in several ways" not in capsys.readouterr().out


def test_a_minus_behind_a_number_is_said_and_dashes_for_no_cents_are_none(write):
    table = read_table(write("x;y\n586-;€ 586,-\n12;€ 7,50\n7;€ 1.250,-\n"))
    assert meaning_of(table, "x").why == "whole numbers; '586-' is read as -586"
    assert meaning_of(table, "y").why == "numbers in €, with a decimal comma"
