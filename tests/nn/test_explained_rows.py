"""glassgrad explain on columns in all their clothes: every number, date and word is written as the table writes it."""

import random
import re
import shlex

import numpy as np
import pytest

import nn
from nn.__main__ import main
from nn.commands.contributions import contributions, rounded
from nn.metrics import class_probabilities
from nn.tables import dates
from nn.tables.data import Reading, load_dataset
from nn.tables.numerals import Notation
from nn.tables.schema import plain_schema, schema_from_dict
from nn.tables.targets import ClassTarget, NumberTarget

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
    ends = capsys.readouterr().out.partition("between the ends")[2].splitlines()[1:]
    lines = {line.strip().partition(":")[0]: line.strip() for line in ends}
    assert set(lines) == {"area", "dep", "costs", "built", "open", "balcony", "district"}
    assert lines["dep"].startswith("dep: 5 % to 39 % gives ")
    assert ",50 € to " in lines["costs"]
    assert "." not in lines["area"].partition(" gives ")[0]
    assert dates.format_of([lines["built"].split()[1]]) == "dmy"
    assert dates.format_of([lines["open"].split()[1]]) == "time"
    assert lines["balcony"].startswith(("balcony: no to yes gives ", "balcony: yes to no gives "))
    words = lines["district"].split()
    assert {words[1], words[3]} < {"Nord", "Süd", "West"}
    assert all(line.count("€") >= 2 for line in lines.values())  # the answers are in the target's unit


def test_what_an_answer_is_explained_from_is_said_as_a_number_and_the_parts_are_in_its_unit(flats, capsys):
    assert main(["explain", str(flats / "rent" / "model.json"), "area=50"]) == 0
    first, _, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"rent: \d+(,\d+)? €", first)
    middle = r"the answer to a row in the middle \(each number the mean of the training rows, each text left open\)"
    assert re.fullmatch(middle + r": \d+(,\d+)? €", lines[0])
    assert lines[1] == f"what leads from there to {first.partition(': ')[2]}, column by column:"
    parts = [re.fullmatch(r" +([+-][\d,]+) €  (\w+)(?: \(missing: .* counts?.*\))?", line) for line in lines[2:9]]
    assert {part[2] for part in parts} == {"area", "dep", "costs", "built", "open", "balcony", "district"}
    start, end = (float(re.search(r": ([\d,]+) €", line)[1].replace(",", ".")) for line in (lines[0], first))
    assert sum(float(part[1].replace(",", ".")) for part in parts) == pytest.approx(end - start, abs=2.0)


def test_the_parts_add_up_to_the_answer_however_much_the_network_bends():
    model = nn.MLP(3, [40, 40, 1], seed=2)
    target = NumberTarget("y", 10.0, 4.0)
    schema = plain_schema(("a", "b", "c"), target, -2.0, 2.0)
    row = np.array([1.5, -0.7, 0.4])
    outputs = nn.predict(model, [row, np.zeros(3)])
    found = contributions(model, schema, row, 0)
    assert [name for name, _ in found] == sorted("abc", key=lambda name: -abs(dict(found)[name]))
    assert sum(part for _, part in found) == pytest.approx(4.0 * (outputs[0] - outputs[1]), abs=0.02)


@pytest.mark.parametrize(("outputs", "chosen"), [(1, 0), (1, 1), (3, 2)])
def test_the_parts_of_a_class_are_those_of_the_class_that_is_answered(outputs, chosen):
    model = nn.MLP(2, [20, outputs], seed=1)
    classes = ClassTarget("y", tuple("abc"[: max(2, outputs)]))
    row = np.array([0.8, -0.6])
    total = sum(part for _, part in contributions(model, plain_schema(("x", "z"), classes, -1.0, 1.0), row, chosen))
    chances = class_probabilities(nn.predict(model, [row, np.zeros(2)]))[:, chosen]
    odds = np.log(chances / (1.0 - chances))
    assert total == pytest.approx(odds[0] - odds[1], abs=0.02)


def test_pairs_may_be_parted_by_semicolons_where_numbers_have_commas(flats, capsys):
    answers = []
    for row in ("area=50,5; costs=1.200,50 €; dep=10 %", '"area=50,5","costs=1.200,50 €",dep=10 %'):
        assert main(["explain", str(flats / "rent" / "model.json"), row]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


@pytest.mark.parametrize("row", ["area=50,5,dep=10 %", "area", "area=1; dep"])
def test_a_wrong_row_is_answered_with_one_of_the_model_in_its_own_clothes(flats, capsys, row):
    model = str(flats / "rent" / "model.json")
    assert main(["explain", model, row]) == 2
    said = capsys.readouterr().err
    example = re.search(r"parted by , or ; such as '(area=\d+(,\d+)?; dep=\d+(,\d+)? %)', or FILE:NUMBER", said)
    assert example, said
    assert main(["explain", model, example[1]]) == 0


def test_a_file_of_one_row_needs_no_number_and_another_says_so(flats, capsys, monkeypatch):
    monkeypatch.chdir(flats)
    lines = (flats / "flats.csv").read_text(encoding="utf-8").splitlines()
    (flats / "a=b.csv").write_text("\n".join([lines[0], lines[5]]) + "\n", encoding="utf-8")
    said = []
    for row in ("a=b.csv", "a=b.csv:1", "flats.csv:5"):
        assert main(["explain", "rent/model.json", row]) == 0
        said.append(capsys.readouterr().out.partition("rent: "))
    assert len({answer for _, _, answer in said}) == 1
    begun = [which.partition(" of ")[0] for which, _, _ in said]
    assert begun == ["", "row 1, line 2", "row 5, line 6"]
    for row, words in (
        ("flats.csv", "flats.csv has 120 rows; say which: flats.csv:1 is the first"),
        ("nosuch.csv", "there is no file 'nosuch.csv'"),
        ("flats.csv:0", "flats.csv has the rows 1 to 120, not 0"),
    ):
        assert main(["explain", "rent/model.json", row]) == 2
        assert capsys.readouterr().err == f"glassgrad: error: {words}\n"


def test_many_columns_without_a_value_are_counted(tmp_path, capsys):
    pytest.importorskip("sklearn")
    out = tmp_path / "run"
    assert main(["train", "digits", "--hidden", "8", "--epochs", "1", "--quiet", "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["explain", str(out / "model.json"), "pixel 3=4"]) == 0
    said = capsys.readouterr().out
    assert "no value for 63 of the 64 columns ('pixel 0', 'pixel 1', 'pixel 2', ...): filled in as in training" in said
    assert "None" not in said
    assert "e+" not in said  # pixels have a range, and no other number is tried


def test_the_value_that_turns_a_class_is_in_the_clothes_of_its_column(flats, capsys):
    assert main(["explain", str(flats / "dear" / "model.json"), f"{flats / 'flats.csv'}:3"]) == 0
    printed = capsys.readouterr().out
    assert "each number the mean of the training rows, each text left open): " in printed
    assert "%" in printed


def test_a_percentage_without_its_sign_is_refused_in_words_that_are_true(flats, capsys):
    assert main(["explain", str(flats / "rent" / "model.json"), "dep=10"]) == 2
    assert "column 'dep' wants numbers such as '10 %', got '10'" in capsys.readouterr().err


@pytest.mark.parametrize("notation", [Notation(), Notation(","), Notation(".", "%"), Notation(",", "hPa")])
@pytest.mark.parametrize("x", [0.0, 5.0, -12.5, 1234.5, 1e-7, 2.5e12, 123456789.0])
def test_a_number_written_in_a_notation_is_read_back(notation, x):
    assert notation.number(notation.written(x)) == float(f"{x:.6g}")


@pytest.mark.parametrize(
    ("notation", "x", "said"),
    [
        (Notation(",", "€"), 3988.2203, "3.988,22 €"),
        (Notation(".", "$"), 3988.2203, "3,988.22 $"),
        (Notation(".", "CHF"), -3988.2203, "-3'988.22 CHF"),
        (Notation(",", "kr"), 3988.2203, "3 988,22 kr"),
        (Notation(",", "€"), 776.069, "776,07 €"),
        (Notation(",", "€"), 123456789.0, "123.456.789,00 €"),
        (Notation(",", "€"), 10.0, "10 €"),
        (Notation(",", "€"), 0.034567, "0,034567 €"),
        (Notation(",", "€"), 2e20, "2e+20 €"),
    ],
)
def test_money_has_cents_and_groups_and_is_read_back(notation, x, said):
    assert notation.written(x) == said
    assert notation.number(said) == pytest.approx(x, abs=0.005)


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


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        ((140.31, -2.26), ("+140", "-2")),
        ((0.0123, 0.001), ("+0.0123", "+0.0010")),
        ((1234.0, 7.0), ("+1230", "+10")),
        ((0.0, 0.0), ("+0", "+0")),
        ((3e300, 1.0), ("+3e+300", "+1")),
        ((float("inf"), float("nan")), ("+inf", "+nan")),
    ],
)
def test_parts_are_written_to_the_third_digit_of_the_largest(parts, written):
    assert tuple(text for _, text in rounded([("a", parts[0]), ("b", parts[1])])) == written


@pytest.mark.parametrize("target", ["rent", "balcony"])
def test_the_worst_row_is_what_the_printed_command_explains(tmp_path, monkeypatch, capsys, flats, target):
    """Rows without a target, which are left out, and quoted cells of two lines part rows from lines."""
    monkeypatch.chdir(tmp_path)
    head, *rows = (flats / "flats.csv").read_text(encoding="utf-8").splitlines()
    rows = [f'{row};"two\nlines"' if k % 3 == 0 else f"{row};" for k, row in enumerate(rows)]
    gone = ";".join("" if k >= 5 else cell for k, cell in enumerate(rows[1].split(";")))
    text = "\n".join([f"{head};note", rows[0], gone, *rows[2:]]) + "\n"
    (tmp_path / "my flats.csv").write_text(text, encoding="utf-8")
    ignored = "dear,note" if target == "rent" else "dear,note,rent"
    command = ["train", "my flats.csv", "--target", target, "--ignore", ignored, "--out", "my run", *QUICK[:-1]]
    assert main(command) == 0
    said = capsys.readouterr().out
    listed = re.findall(r"^  row (\d+), line (\d+): '(.*)' was answered with '(.*)'$", said, re.MULTILINE)
    assert listed
    row, line, truth, answer = listed[0]
    told = re.search(r"^  the worst one explained: glassgrad (.*)$", said, re.MULTILINE)[1]
    assert main(shlex.split(told)) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    cells = text.split("\n")[int(line) - 1]
    assert first.startswith(f"row {row}, line {line} of my flats.csv: {'; '.join(cells.split(';')[:4])}")
    assert re.match(rf"{target}: {re.escape(answer)}( \(|$)", second)
    assert truth in cells.split(";")  # as the file has it


def test_a_row_too_long_for_a_line_is_cut(flats, monkeypatch, capsys):
    monkeypatch.chdir(flats)
    assert main(["explain", "rent/model.json", "flats.csv:3"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("row 3, line 4 of flats.csv: ")
    assert first.endswith("; ...")
    assert len(first) < 120


def test_a_column_without_a_value_has_the_share_of_what_was_filled_in(flats, capsys):
    for target in ("rent", "dear"):
        assert main(["explain", str(flats / target / "model.json"), "dep=10 %; district=Nord"]) == 0
        out = capsys.readouterr().out
        shares = re.findall(r"^ +[+-][\d.,]+(?: €|%)?  (.*)$", out, re.MULTILINE)
        area = next(words for words in shares if words.startswith("area"))
        assert re.fullmatch(r"area \(missing: .+, the median, counts.*\)", area)
        assert not [words for words in shares if words.startswith(("dep (m", "district (m"))]
