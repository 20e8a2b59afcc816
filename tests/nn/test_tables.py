"""Files of text to tables: every spelling of the same table reads the same, and every bad file costs one sentence."""

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.tables.cells import encoded
from nn.tables.columns import DateColumn, Dropped, NumberColumn, TextColumn, column_from_dict, learn_column
from nn.tables.dates import seconds
from nn.tables.loading import read_table
from nn.tables.numerals import Notation, plain_number
from nn.tables.schema import learn_schema, schema_from_dict
from nn.tables.standardizing import bounds, mean_and_scale, standardized
from nn.tables.table import MISSING, Table
from nn.tables.targets import find_task, learn_classes, target_from_dict
from nn.tables.text_files import TableError

# csv.writer leaves a lone carriage return unquoted, which would end the line for any reader.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


@st.composite
def tables(draw):
    width = draw(st.integers(2, 5))
    return draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6))


@pytest.fixture
def write(tmp_path):
    def write_file(content, name="data.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write_file


@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_every_spelling_of_a_table_reads_as_its_cells(tmp_path_factory, rows, delimiter, ending, encoding, quoting):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    names = [f"column {chr(97 + i)}" for i in range(len(rows[0]))]
    writer.writerows([names, *rows])
    path = tmp_path_factory.mktemp("tables") / "data.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    table = read_table(path)
    assert table.names == tuple(names)
    expected = [[None if cell.strip() in MISSING else cell.strip() for cell in row] for row in rows]
    assert [list(row) for row in zip(*(column.listed() for column in table.columns), strict=True)] == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_read_back_as_itself(x):
    assert plain_number(repr(x)) == Notation().number(repr(x)) == x
    assert Notation(",").number(repr(x).replace(".", ",")) == x


@pytest.mark.parametrize("text", ["", "1_000", "0x10", "1e", "--1", "\u0661", "1 2", "nan", "one", "1.2.3", "1,5"])
def test_what_is_no_number_in_a_table_is_text(text):
    assert plain_number(text) is None


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=20))
def test_mean_and_scale_are_finite_and_standardize(values):
    mean, scale = mean_and_scale(values)
    assert math.isfinite(mean)
    assert math.isfinite(scale)
    assert scale > 0
    inputs = standardized(values, mean, scale).tolist()
    # n numbers lie within sqrt(n) deviations of their mean; where only last digits differ, rounding adds one
    assert all(abs(x) <= math.sqrt(len(values)) + 2 for x in inputs)
    if max(values) - min(values) > 1e-6 * max(map(abs, values)):
        assert math.fsum(inputs) / len(values) == pytest.approx(0.0, abs=1e-6)


BAD_FILES = [
    (b"", "is empty"),
    (b"\n\n", "is empty"),
    (b"a,b\n", "a header and no rows"),
    (b"a,b\n1,2\n1,2,3\n", "line 3: 3 fields where the header names 2 columns"),
    (b"a,b\n1,2\n1\n", "line 3: 1 field where the header"),
    (b"a,a\n1,2\n", "names the column 'a' twice"),
    (b'a,b\n1,"2\n3,4\n', "line 3: a quoted field never ends"),
    (b'a,b\n"1"x,2\n', "line 2: text follows a closing quotation mark"),
    (b"a,b\n1,\x002\n", "is a binary file"),
    (b"\x80\x01\x02\x03\x04\x05", "is a binary file"),
    (b"PK\x03\x04rest", "cannot be unpacked"),
    (b"\x1f\x8brest", "is a packed file that is damaged"),
    (b"\xff\xfea", "damaged"),
    (b"a,b\n" + b"x" * 200_000 + b",1\n", "line 2: a field has more than 131,072 characters"),
    (b",".join(b"c%d" % i for i in range(10**5)) + b"\n", "has 100,000 columns; at most 10,000"),
]


@pytest.mark.parametrize(("content", "message"), BAD_FILES)
def test_a_bad_file_is_refused_in_one_line_that_names_it(write, content, message):
    path = write(content)
    with pytest.raises(TableError, match=message) as raised:
        read_table(path)
    assert path in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_names_its_nearest_neighbor(write, tmp_path):
    write("a,b\n1,2\n", "houses.csv")
    with pytest.raises(TableError, match=r"no file .*did you mean .*houses\.csv"):
        read_table(tmp_path / "house.csv")
    with pytest.raises(TableError, match="is a directory"):
        read_table(tmp_path)


def test_a_missing_column_names_the_nearest_one(write):
    table = read_table(write("price,area\n1,2\n"))
    with pytest.raises(TableError, match="no column 'Prise'; did you mean 'price'"):
        table.column("Prise")


def test_a_file_without_header_is_recognized_when_a_column_is_missing(write):
    with pytest.raises(TableError, match="line with the column names missing"):
        read_table(write("1,2\n3,4\n5,6\n")).column("y")


def test_latin_text_is_read_and_noted(write):
    table = read_table(write("stadt,x\nKöln,1\n".encode("latin-1")))
    assert table.column("stadt").listed() == ["Köln"]
    assert "Windows-1252" in table.notes[0]


def test_a_decimal_comma_is_understood_where_the_comma_does_not_delimit(write):
    table = read_table(write("a;b\n1,5;x\n2,25;y\n"))
    column = learn_column(table, "a", [0, 1])
    assert isinstance(column, NumberColumn)
    assert column.mean == 1.875


@pytest.mark.parametrize(("farthest", "long"), [(0.0, False), (5.0, False), (10.0, True), (1e6, True)])
def test_what_is_a_long_tail_and_where_numbers_are_cut_does_not_depend_on_the_unit(farthest, long):
    numbers = np.append(np.linspace(-1.0, 1.0, 41), farthest)
    for sign in (1.0, -1.0):
        found = bounds(sign * numbers, 0.0)
        assert (found[2] > 0.0) == long
        for unit in (2.0**-40, 2.0**-8, 2.0**8, 2.0**40):  # powers of two: no rounding
            assert bounds(sign * numbers * unit, 0.0) == tuple(unit * x for x in found)


def test_numbers_are_standardized_with_the_training_rows_only(write):
    table = read_table(write("a,y\n1,0\n3,0\n1000,0\n"))
    column = learn_column(table, "a", [0, 1])
    assert isinstance(column, NumberColumn)
    assert (column.mean, column.scale) == (2.0, 1.0)
    remarks = []
    assert column.apply(table, remarks).tolist() == [[-1.0], [1.0], [3.0]]
    assert "1 row is far outside of what was seen in training, such as 1000, counted as 5" in remarks[0]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=10, unique=True))
def test_any_finite_numbers_become_finite_inputs(values):
    table = Table("t", ("a",), (encoded(map(repr, values)),))
    column = learn_column(table, "a", range(len(values) - 1))
    if isinstance(column, NumberColumn):
        assert all(math.isfinite(x) for row in column.apply(table) for x in row)
        assert column_from_dict(column.as_dict()) == column


def test_a_missing_number_becomes_the_median_and_is_indicated(write):
    table = read_table(write("a,y\n1,0\n,0\n2,0\n9,0\nNA,0\n"))
    column = learn_column(table, "a", range(5))
    assert isinstance(column, NumberColumn)
    assert column.median == 2.0
    inputs = column.apply(table).tolist()
    assert [row[1] for row in inputs] == [0.0, 1.0, 0.0, 0.0, 1.0]
    assert inputs[1] == [inputs[2][0], 1.0]


def test_text_becomes_one_input_a_category_and_missing_is_one_of_them(write):
    table = read_table(write("a,y\nred,0\nblue,0\n?,0\nred,0\ngreen,0\n"))
    column = learn_column(table, "a", range(4))
    assert isinstance(column, TextColumn)
    assert column.categories == ("blue", "red")
    assert column.inputs == ("a = red", "a is missing")
    assert column.apply(table).tolist() == [[1, 0], [-1, 0], [0, 1], [1, 0], [0, 0]]


def test_rare_texts_share_one_input(write):
    """Of more than 30, those seen in five training rows have their own, or as many as 29."""
    often = [f"c{i % 40},0" for i in range(200)]
    seldom = [f"r{i % 40},0" for i in range(160)]
    for rows, count in (([*often, *seldom], 40), (seldom, 29), ([*often[:100], *seldom], 29)):
        table = read_table(write("a,y\n" + "\n".join(rows) + "\nunheard of,0\n"))
        column = learn_column(table, "a", range(len(rows)))
        assert isinstance(column, TextColumn)
        assert len(column.categories) == count
        assert column.apply(table)[-1].tolist() == [0.0] * count + [1.0]


def test_texts_that_are_all_seen_often_have_an_input_each_up_to_200(write):
    for different, count, other in ((40, 40, False), (200, 200, False), (230, 200, True)):
        table = read_table(write("a,y\n" + "\n".join(f"c{i % different},0" for i in range(5 * different)) + "\n"))
        column = learn_column(table, "a", range(5 * different))
        assert isinstance(column, TextColumn)
        assert (len(column.categories), column.other) == (count, other)


def test_a_table_of_very_many_columns_of_texts_has_fewer_categories_of_each(write):
    """So that what was learned from with 30 of each column is not refused with 200."""
    names = ",".join(f"t{k}" for k in range(30))
    rows = [",".join([f"c{i % 40}"] * 30) + f",{i % 7}" for i in range(200)]
    table = read_table(write(names + ",y\n" + "\n".join(rows) + "\n"))
    schema, _ = learn_schema(table, "y", range(200), task="regression")
    assert all(len(column.categories) == 29 for column in schema.columns)


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("x", ["", "NA", "?"], "every value is missing"),
        ("x", ["5"] * 3, "it is 5 in every row"),
        ("x", ["red"] * 3, "it is 'red' in every row"),
        ("PassengerId", ["7", "9", "8"], "identifier"),
        ("", ["0", "1", "2"], "identifier: it counts the rows"),
        ("x", [f"name {i}" for i in range(50)], "text with 50 different values"),
        ("x", [*map(str, range(50)), "unknown"], "50 of 51 cells of 'x' are numbers; line 52 has 'unknown': "),
        ("x", [*map(str, range(50)), *"abcdef"], "mostly numbers, but 'a' is not one"),
    ],
)
def test_a_column_that_teaches_nothing_is_left_out_with_the_reason(write, name, cells, reason):
    table = read_table(write(f"{name},y\n" + "".join(f"{cell},0\n" for cell in cells)))
    column = learn_column(table, table.names[0], range(len(cells)))
    assert isinstance(column, Dropped)
    assert reason in column.reason


@pytest.mark.parametrize("cells", [["1", "2", "3"], ["1", "2", "inf"]])
def test_an_infinite_number_is_refused_with_its_line(write, cells):
    table = read_table(write("a,y\n" + "".join(f"{cell},0\n" for cell in cells)))
    if "inf" not in cells:
        assert isinstance(learn_column(table, "a", range(3)), NumberColumn)
        return
    with pytest.raises(TableError, match="line 4: column 'a' has the infinite value 'inf'"):
        learn_column(table, "a", range(3))


@pytest.mark.parametrize(
    ("cells", "task"),
    [
        (["yes", "no"] * 5, "classification"),
        (["0", "1"] * 5, "classification"),
        (["0.0", "1.0"] * 5, "classification"),
        (["1", "2", "3"] * 5, "classification"),
        ([str(i) for i in range(10)], "regression"),
        ([str(i % 21) for i in range(210)], "regression"),
        (["1.5", "2", "3"] * 5, "regression"),
        (["1", "2", "none"] * 5, "classification"),
    ],
)
def test_the_task_is_found_from_the_column(write, cells, task):
    assert find_task(read_table(write("a,y\n" + "".join(f"1,{cell}\n" for cell in cells))), "y") == task


def test_classes_are_ordered_as_numbers_and_1_and_1_0_are_one(write):
    table = read_table(write("a,y\n" + "".join(f"1,{y}\n" for y in ["10", "9", "9.0", "10"])))
    target = learn_classes(table, "y")
    assert target.classes == ("9", "10")
    assert target.apply(table).tolist() == [1, 0, 0, 1]


def test_a_schema_comes_back_from_its_description(write):
    table = read_table(write("a,b,y\n1,u,0.5\n2,v,1.5\n3,u,4\n,v,0\n"))
    schema, dropped = learn_schema(table, "y", range(4), task="regression")
    assert dropped == []
    assert schema.inputs == ("a", "a is missing", "b = v")
    assert schema_from_dict(schema.as_dict()) == schema
    assert np.array_equal(schema_from_dict(schema.as_dict()).encode(table), schema.encode(table))


NUMBER = NumberColumn("a", 0.0, 0.0, 1.0, False, -1.0, 1.0).as_dict()
TEXT = TextColumn("a", ("x", "y")).as_dict()
DATE = DateColumn("a", "ymd", ("elapsed",), (0.0,), (1.0,), 0.0, 0.0, 1.0, False).as_dict()
FIRST, LAST = seconds("0001-01-01", "ymd"), seconds("9999-12-31 23:59:59", "ymd")


@pytest.mark.parametrize("stored", [NUMBER, TEXT, DATE, DATE | {"low": FIRST, "high": LAST}])
def test_a_column_comes_back_from_its_description(stored):
    assert column_from_dict(stored).as_dict() == stored


BAD_DESCRIPTIONS = [
    None,
    [],
    {},
    {"kind": "number"},
    NUMBER | {"scale": 0},
    NUMBER | {"mean": 10**400},
    NUMBER | {"median": True},
    NUMBER | {"indicator": 1},
    NUMBER | {"low": 2.0, "high": 1.0},
    NUMBER | {"decimal": ":"},
    NUMBER | {"decimal": []},
    NUMBER | {"more": 1},
    TEXT | {"categories": ["x", "x"]},
    TEXT | {"categories": [1]},
    TEXT | {"categories": []},
    TEXT | {"categories": None},
    TEXT | {"name": 3},
    TEXT | {"other": 1},
    {"kind": "tree", "name": "a"},
    {"kind": [], "name": "a"},
    DATE | {"low": FIRST - 1.0},
    DATE | {"high": LAST + 1.0},
    DATE | {"parts": ["second"]},
    DATE | {"parts": [[]]},
    DATE | {"means": []},
    DATE | {"format": "stardate"},
    DATE | {"scales": [0.0]},
    DATE | {"low": 1e300, "high": 1e301},
    DATE | {"high": 9e11},
    DATE | {"parts": "elapsed"},
]


@pytest.mark.parametrize("stored", BAD_DESCRIPTIONS)
def test_a_damaged_description_of_a_column_is_refused(stored):
    with pytest.raises(ValueError, match="stored"):
        column_from_dict(stored)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        {"task": "classification", "name": "y", "classes": ["a"]},
        {"task": "classification", "name": "y", "classes": ["a", 1]},
        {"task": "regression", "name": "y", "mean": 0.0, "scale": -1.0, "low": 0.0, "high": 1.0},
        {"task": "regression", "name": "y", "mean": "0", "scale": 1.0, "low": 0.0, "high": 1.0},
        {"task": "regression", "name": "y", "mean": 0.0, "scale": 1.0, "low": 1.0, "high": 0.0},
    ],
)
def test_a_damaged_description_of_a_target_is_refused(stored):
    with pytest.raises(ValueError, match="stored"):
        target_from_dict(stored)


def test_names_from_files_cannot_break_a_message(write):
    table = read_table(write('"a\nb\x1b[31m",y\n1,2\n'))
    with pytest.raises(TableError) as raised:
        table.column("nowhere")
    assert str(raised.value).isprintable()
