"""predict, inspect and explain on tables: rows untouched to the byte, surprises said, nothing guessed."""

import csv
import gzip
import io
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import nn
from nn.__main__ import main
from nn.commands.leaks import lone_column
from nn.commands.report import print_importances
from nn.tables.answers import with_answers
from nn.tables.loading import read_table

pytestmark = pytest.mark.program

QUICK = ["--epochs", "3", "--ensemble", "1", "--quiet"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with two models: of the class `y` and of the number `z`."""
    folder = tmp_path_factory.mktemp("trained")
    rng = random.Random(0)
    lines = ["name,x,color,y,z"]
    for i in range(80):
        x = rng.gauss(0, 1)
        lines.append(f"row {i} of many,{x:.3f},{rng.choice(['red', 'blue'])},{'yes' if x > 0 else 'no'},{x * 1e12:.1f}")
    (folder / "rows.csv").write_text("\n".join(lines) + "\n")
    for target in "yz":
        other = "z" if target == "y" else "y"
        arguments = [
            "train",
            str(folder / "rows.csv"),
            "--target",
            target,
            "--ignore",
            other,
            "--out",
            str(folder / target),
        ]
        assert main([*arguments, *QUICK]) == 0
    return folder


def predicted(trained, content, model="y", *options):
    path = trained / "new.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = trained / "done.csv"
    assert main(["predict", str(trained / model / "model.json"), str(path), "--out", str(out), *options]) == 0
    return out.read_bytes()


ODD = [
    b"x,color\n1.0,red\n-1.0,blue\n",
    b"x,color\r\n1.0,red\r\n-1.0,blue\r\n",
    b"x,color\n1.0,red\n-1.0,blue",
    b'x;color;note\n1.0;red;"a;b"\n-1.0;blue;"two\nlines"\n',
    b"\xef\xbb\xbfx\tcolor\n 1.0 \tred\n-1.0\tblue\n",
    b"sep=;\nx;color\n1.0;red\n-1.0;blue\n",
    b"# comment\n\nx,color\n1.0,red\n# more\n\n-1.0,blue\n",
    b"x,color,empty\n1.0,red,NA\n-1.0,blue,n/a\n",
    b"x,color,\n1.0,red,\n-1.0,blue,\n",
    "x,color,straße\n1.0,red,Köln\n-1.0,blue,Ätna\n".encode("cp1252"),
    "x,color\n1.0,red\n-1.0,blue\n".encode("utf-16"),
    b"x color\n1.0  red\n-1.0 blue\n",
    b'color,x,size\nred,1.0,5" pipe\nblue,-1.0,6" pipe\n',
]


@pytest.mark.parametrize("content", ODD, ids=range(len(ODD)))
def test_the_rows_come_back_to_the_byte_with_the_answers_behind_them(trained, content):
    done = predicted(trained, content)
    encoding = "utf-16" if content.startswith(b"\xff\xfe") else "cp1252"
    before, after = (text.decode(encoding).splitlines(keepends=True) for text in (content, done))
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert new.startswith(old.rstrip("\r\n"))
        assert new[len(new.rstrip("\r\n")) :] == old[len(old.rstrip("\r\n")) :]
    table = read_table(trained / "done.csv")
    assert table.names[-3:] == ("predicted_y", "probability_no", "probability_yes")
    assert len(table) == 2
    chances = np.array([[float(table.column(name).text(i)) for name in table.names[-2:]] for i in range(2)])
    assert chances.sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_a_number_has_all_its_digits(trained):
    done = predicted(trained, "x,color\n1.0,red\n", "z").decode()
    answer = done.splitlines()[1].rpartition(",")[2]
    model = nn.load(trained / "z" / "model.json")
    assert float(answer) != round(float(answer), 0) or abs(float(answer)) > 1e15
    assert repr(float(answer)) == answer
    assert model.metadata["table"]["target"]["name"] == "z"


def test_surprises_are_said_and_answered(trained, capsys):
    predicted(trained, "x,color\n1e9,RED\n0.5,violet\n,blue\n")
    err = capsys.readouterr().err
    assert "1 row is far outside of what was seen in training, such as 1e+09, counted as" in err
    assert "'RED' as 'red'" in err
    assert "'violet'" in err


def test_a_threshold_moves_the_answer_alone(trained):
    text = "x,color\n" + "".join(f"{x / 10},red\n" for x in range(-20, 20))
    rows = {
        p: list(csv.DictReader(io.StringIO(predicted(trained, text, "y", "--threshold", p).decode())))
        for p in ("0", "0.5", "1")
    }
    assert {row["predicted_y"] for row in rows["0"]} == {"yes"}
    assert {row["predicted_y"] for row in rows["1"]} == {"no"}
    assert [row["probability_yes"] for row in rows["0"]] == [row["probability_yes"] for row in rows["1"]]


def test_packed_rows_and_standard_input(trained):
    packed = predicted(trained, gzip.compress(b"x,color\n1.0,red\n"))
    arguments = [sys.executable, "-m", "nn", "predict", str(trained / "y" / "model.json"), "-"]
    done = subprocess.run(arguments, input=b"x,color\n1.0,red\n", capture_output=True)
    assert done.stdout == packed
    assert done.stderr == b""


def test_a_name_that_is_taken_gets_another(trained):
    header = predicted(trained, "x,color,predicted_y\n1.0,red,?\n").decode().splitlines()[0]
    assert header.startswith("x,color,predicted_y,predicted_y_model,")


def test_a_frame_gets_its_answers_as_csv(trained):
    pytest.importorskip("narwhals")
    pandas = pytest.importorskip("pandas")
    from nn.tables.other_formats import from_frame

    table = from_frame(pandas.DataFrame({"a": [1.5, 2.0], "b": ["x", None]}))
    assert with_answers(table, ["p"], [["u", "v"]]) == b"a,b,p\n1.5,x,u\n2,,v\n"


def test_inspect_shows_what_each_column_is_taken_for(trained, capsys):
    assert main(["inspect", str(trained / "rows.csv"), "--target", "y"]) == 0
    out = capsys.readouterr().out
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert "80 rows, 5 columns, parted by ','" in out
    assert "text" in lines["name"]
    assert "number" in lines["x"]
    assert "category" in lines["color"]
    assert "target: classification" in lines["y"]


def test_what_is_noted_of_a_table_as_a_whole_is_said_first(tmp_path, capsys):
    (tmp_path / "bare.csv").write_text("".join(f"{k}.5,{k * k}\n" for k in range(1, 30)))
    assert main(["inspect", str(tmp_path / "bare.csv")]) == 0
    assert "\n  the first line is a row like the others" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["train", "predict", "inspect"])
def test_the_help_says_what_a_minus_stands_for(command, capsys):
    assert main([command, "--help"]) == 0
    assert "- for standard input" in " ".join(capsys.readouterr().out.split())


def test_next_to_nothing_has_no_sign():
    lines: list = []
    print_importances(lines.append, {"discount": -0.0001, "area": 0.5}, "R2")
    print_importances(lines.append, {"discount": -0.0001, "area": 0.5}, "accuracy")
    assert [line.split() for line in lines if "discount" in line] == [["0.000", "discount"], ["0.0", "%", "discount"]]


def test_inspect_finds_a_leak_and_what_is_undecided(tmp_path, capsys):
    rows = "".join(f"{i % 7}.5,{'a' if i % 7 > 3 else 'b'},{i * 37 % 100}\n" for i in range(100))
    (tmp_path / "leak.csv").write_text("x,y,other\n" + rows)
    assert main(["inspect", str(tmp_path / "leak.csv"), "--target", "y"]) == 0
    assert "looks like a leak: 'x' alone tells 100 % of 'y'" in capsys.readouterr().out
    (tmp_path / "either.tsv").write_text("x\ty\n1,234\t1\n2,345\t2\n")
    assert main(["inspect", str(tmp_path / "either.tsv")]) == 2
    assert "'1,234' may be 1234 or 1.234; say which mark is the decimal one" in capsys.readouterr().out
    assert main(["inspect", str(tmp_path / "either.tsv"), "--decimal", ","]) == 0


@pytest.mark.parametrize(("limit", "told"), [(30, True), (2, False)])
def test_a_cut_of_one_column_is_a_leak_and_a_few_rows_beyond_it_are_chance(tmp_path, capsys, limit, told):
    rows = (f"{i * 37 % 101},{'late' if i * 37 % 101 > limit else 'paid'},{i * 7 % 11}\n" for i in range(101))
    (tmp_path / "days.csv").write_text("days,kind,other\n" + "".join(rows))
    assert main(["inspect", str(tmp_path / "days.csv"), "--target", "kind"]) == 0
    said = capsys.readouterr().out
    assert ("looks like a leak: 'days' alone tells 100 % of 'kind'" in said) is told
    assert "'other' alone" not in said


def test_one_column_that_carries_a_network_that_is_nearly_always_right_is_named():
    constant, importances = {"accuracy": 0.6}, {"days": 0.35, "other": 0.01}
    assert "from 'days' alone" in lone_column(importances, {"accuracy": 0.99}, constant)
    assert lone_column(importances, {"accuracy": 0.99}, constant).endswith("--ignore days")
    assert not lone_column(importances, {"accuracy": 0.9}, constant)
    assert not lone_column({"days": 0.35, "other": 0.1}, {"accuracy": 0.99}, constant)
    assert not lone_column({"days": 0.35}, {"accuracy": 0.99}, constant)
    assert lone_column({"a": 1.9, "b": -0.001}, {"R2": 0.995}, {"R2": -0.01})
    assert not lone_column({"a": 1.9, "b": 0.05}, {"R2": 0.96}, {"R2": -0.01})


def _rows_with_commas(trained, delimiter):
    quote = '"' if delimiter == "," else ""
    rows = [delimiter.join((f"{quote}{x}{quote}", color)) for x, color in (("0,25", "red"), ("-1,5", "blue"))]
    return "\n".join([delimiter.join(("x", "color")), *rows, ""])


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("model", ["y", "z"])
def test_the_answers_have_the_decimal_mark_that_is_asked_for_and_all_their_digits(trained, delimiter, model, capsys):
    with_points, with_commas = trained / "comma.csv", trained / "done.csv"
    model = _model_with_commas(trained, model)
    (trained / "rows2.csv").write_text(_rows_with_commas(trained, delimiter))
    command = ["predict", model, str(trained / "rows2.csv"), "--out"]
    assert main([*command, str(with_points), "--out-decimal", "."]) == 0
    assert f"2 predictions written to {with_points}, with a decimal point\n" in capsys.readouterr().out
    assert main([*command, str(with_commas), "--out-decimal", ","]) == 0
    assert capsys.readouterr().out == f"2 predictions written to {with_commas}, with a decimal comma\n"
    points, commas = (
        list(csv.reader(io.StringIO(path.read_text()), delimiter=delimiter)) for path in (with_points, with_commas)
    )
    assert points[0] == commas[0]
    for one, other in zip(points[1:], commas[1:], strict=True):
        assert one[:2] == other[:2]
        assert [cell.replace(",", ".") for cell in other[2:]] == one[2:]
        assert all("," in cell and "." not in cell for cell in other[2:] if cell not in ("yes", "no"))


@pytest.mark.parametrize("model", ["y", "z"])
def test_answers_follow_the_rows_in_their_decimal_mark_and_say_so(trained, model, capsys):
    model = _model_with_commas(trained, model)
    rows, out = trained / "rows3.csv", trained / "own.csv"
    for text, comma in (
        ("x;color\n0,25;red\n-1,5;blue\n", True),
        ("x\tcolor\n1\tred\n2\tblue\n", True),  # which leaves it open: as the model has it
        ('x,color\n"0,25",red\n', False),
    ):
        rows.write_text(text)
        assert main(["predict", model, str(rows)]) == 0
        said = capsys.readouterr()
        answered = [line.rpartition("red")[2] for line in said.out.splitlines()[1:2]]
        assert ("," in answered[0] and "." not in answered[0]) is comma
        line = "glassgrad: the predictions have a decimal comma as in the rows; --out-decimal . writes a point"
        assert (line in said.err) is comma
        assert main(["predict", model, str(rows), "--out", str(out)]) == 0
        written = capsys.readouterr()
        assert ("a decimal comma as in the rows; --out-decimal ." in written.out) is comma
        assert "decimal" not in written.err
        assert out.read_text() == said.out
        assert main(["predict", model, str(rows), "--out-decimal", "."]) == 0
        said = capsys.readouterr()
        assert "." in said.out.splitlines()[1].rpartition("red")[2]
        assert "decimal" not in said.err


def _model_with_commas(trained, target):
    """A model of rows whose numbers have decimal commas."""
    folder = trained / f"commas-{target}"
    if not folder.exists():
        rows = list(csv.DictReader(io.StringIO((trained / "rows.csv").read_text())))
        lines = ["x;color;y;z", *(f"{r['x'].replace('.', ',')};{r['color']};{r['y']};{r['z']}" for r in rows)]
        (trained / "commas.csv").write_text("\n".join(lines) + "\n")
        ignored = "z" if target == "y" else "y"
        arguments = ["train", str(trained / "commas.csv"), "--target", target, "--ignore", ignored]
        assert main([*arguments, "--out", str(folder), *QUICK]) == 0
    return str(folder / "model.json")


def test_other_marks_are_refused_and_rows_with_points_hear_nothing_of_commas(trained, capsys):
    assert main(["predict", "model.json", "rows.csv", "--out-decimal", ";"]) == 2
    assert "wants . or , as the decimal mark, got ';'" in capsys.readouterr().err
    predicted(trained, "x,color\n1.0,red\n", "z")
    assert "decimal" not in capsys.readouterr().out.replace("with a decimal point\n", "")


def test_explain_says_what_carries_an_answer_and_what_turns_it(trained, capsys):
    model = str(trained / "y" / "model.json")
    assert main(["explain", model, "x=1.5,color=red"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("y: yes (")
    assert "instead of 1.5: no (" in out
    assert main(["explain", model, f"{trained / 'rows.csv'}:3"]) == 0
    assert main(["explain", str(trained / "z" / "model.json"), "x=0.5,color=blue"]) == 0
    capsys.readouterr()
    for wrong, message in (
        ("z=1", "no column 'z'"),
        ("x", "wants COLUMN=VALUE"),
        (f"{trained / 'rows.csv'}:81", "rows 1 to 80"),
    ):
        assert main(["explain", model, wrong]) == 2
        assert message in capsys.readouterr().err


def test_the_model_is_the_average_and_the_training_page_of_its_first_member(tmp_path, monkeypatch, trained):
    monkeypatch.chdir(tmp_path)
    arguments = ["train", str(trained / "rows.csv"), "--target", "y", "--ignore", "z", "--epochs", "3", "--out", "run"]
    assert main([*arguments, "--ensemble", "3", "--hidden", "6", "--quiet"]) == 0
    assert len(nn.load("run/model.json").layers[0].neurons) == 18
    assert "the model is an average of several networks" in Path("run/training.html").read_text(encoding="utf-8")
    assert "linear model" in json.loads(Path("run/summary.json").read_text())["baselines"]


@pytest.mark.parametrize(
    ("more", "parts", "warned"),
    [
        ([], ["training", "held out"], False),
        (["--held-out", "0"], ["training", "validation"], True),
        (["--time", "x"], ["training", "validation", "held out"], False),
        (["--ensemble", "1"], ["training", "validation", "held out"], False),
    ],
)
def test_rows_that_networks_of_the_average_were_trained_on_judge_it_nowhere(tmp_path, capsys, more, parts, warned):
    rows = "".join(f"{k},{k % 7},{k % 13 * 2 + k % 7 + k % 3}\n" for k in range(200))
    (tmp_path / "rows.csv").write_text("x,z,y\n" + rows)
    arguments = ["train", str(tmp_path / "rows.csv"), "--target", "y", "--epochs", "3", "--hidden", "6"]
    assert main([*arguments, "--ensemble", "3", "--type", "x=number", "--out", str(tmp_path / "run"), *more]) == 0
    assert list(json.loads((tmp_path / "run" / "summary.json").read_text())["figures"]) == parts
    said = capsys.readouterr().out
    assert ("\nvalidation " in said) is ("validation" in parts)
    assert ("so that their figures flatter" in said) is warned
