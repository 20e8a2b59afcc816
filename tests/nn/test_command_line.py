"""The command line from end to end: what it leaves, what it says, and one line for everything that is wrong."""

import argparse
import csv
import importlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from nn.__main__ import COMMANDS, main
from nn.saving import load

pytestmark = pytest.mark.program


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_flowers(path, rows=60):
    """Three well separated classes, a text column, an identifier and a few missing numbers."""
    rng = random.Random(0)
    lines = ["id,length,width,color,kind"]
    for i in range(rows):
        kind = i % 3
        length = "" if i % 17 == 5 else f"{2 * kind + rng.gauss(0, 0.2):.3f}"
        lines.append(f"{i},{length},{rng.gauss(3 - kind, 0.2):.3f},{rng.choice(['red', 'blue'])},kind {'abc'[kind]}")
    Path(path).write_text("\n".join(lines) + "\n")


def write_prices(path, rows=80):
    rng = random.Random(0)
    lines = ["area;rooms;price"]
    for _ in range(rows):
        area, rooms = rng.uniform(30, 150), rng.randint(1, 5)
        lines.append(f"{area:.1f};{rooms};{1000 * area + 5000 * rooms:.2f}")
    Path(path).write_text("\r\n".join(lines) + "\r\n")


def left_over(place):
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))


def test_moons_leave_a_model_pictures_and_figures(place, capsys):
    started = time.process_time()  # of this process alone: the machine may have other work
    assert main(["train", "moons"]) == 0
    seconds = time.process_time() - started
    out, err = capsys.readouterr()
    folder = place / "runs" / "moons-1"
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["figures"]["held out"]["accuracy"] >= 0.97
    assert seconds < 10.0
    assert "epoch" in err
    assert "runs/moons-1" in out.replace(os.sep, "/")
    for name in ("model.json", "history.csv", "graph.svg", "loss.svg", "boundary.svg", "training.html"):
        assert name in out
        assert (folder / name).stat().st_size > 0
    for picture in folder.glob("*.svg"):
        assert ElementTree.parse(picture).getroot().tag.endswith("svg")
    assert sorted(left_over(place)) == sorted(
        ["runs", "runs/moons-1", *(f"runs/moons-1/{path.name}" for path in folder.iterdir())]
    )
    with open(folder / "history.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert float(rows[-1]["train_loss"]) < float(rows[0]["train_loss"])
    assert len(load(folder / "model.json").parameters()) == 337


def test_a_second_run_gets_a_folder_of_its_own_and_the_same_bits(place, capsys):
    for _ in range(2):
        assert main(["train", "moons", "--epochs", "1", "--hidden", "4", "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert out.replace(os.sep, "/").split() == ["runs/moons-1", "runs/moons-2"]
    assert err == ""
    assert Path("runs/moons-1/model.json").read_bytes() == Path("runs/moons-2/model.json").read_bytes()
    graph = Path("runs/moons-1/graph.svg").read_text(encoding="utf-8")
    assert all(f">{name}</text>" in graph for name in ("prediction", "loss"))


def test_a_table_of_classes_is_learned_and_predicted(place, capsys):
    write_flowers("flowers.csv")
    assert main(["train", "flowers.csv", "--target", "kind", "--out", "run", "--epochs", "60"]) == 0
    out, _ = capsys.readouterr()
    assert "3 classes of kind" in out
    assert "column 'id' is not used" in out
    assert json.loads(Path("run/summary.json").read_text())["figures"]["held out"]["accuracy"] >= 0.9
    assert main(["predict", "run/model.json", "flowers.csv", "--out", "done.csv"]) == 0
    with open("done.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sum(row["predicted_kind"] == row["kind"] for row in rows) >= 54
    assert all(abs(sum(float(row[f"probability_kind {k}"]) for k in "abc") - 1.0) < 1e-4 for row in rows)
    assert Path("done.csv").read_text().startswith("id,length,width,color,kind,predicted_kind,probability_kind a,")


def test_a_table_of_numbers_is_learned_in_its_own_unit(place, capsys):
    write_prices("prices.csv")
    assert main(["train", "prices.csv", "--target", "price", "--out", "run"]) == 0
    out, _ = capsys.readouterr()
    assert "RMSE" in out
    assert "R2" in out
    assert json.loads(Path("run/summary.json").read_text())["figures"]["held out"]["R2"] > 0.95
    capsys.readouterr()
    assert main(["predict", "run/model.json", "prices.csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines(), delimiter=";"))
    errors = [abs(float(row["predicted_price"]) / float(row["price"]) - 1.0) for row in rows]
    assert sorted(errors)[len(errors) // 2] < 0.1


def test_a_prediction_does_not_need_the_target_column_and_survives_surprises(place, capsys):
    write_flowers("flowers.csv")
    assert main(["train", "flowers.csv", "--target", "kind", "--out", "run", "--epochs", "5", "--quiet"]) == 0
    Path("new.csv").write_text("color\twidth\tlength\nviolet\t1.0\t\n")
    capsys.readouterr()
    assert main(["predict", "run/model.json", "new.csv"]) == 0
    out, err = capsys.readouterr()
    header, row = out.splitlines()
    assert header.split("\t")[:4] == ["color", "width", "length", "predicted_kind"]
    assert row.startswith("violet\t1.0\t\tkind ")
    assert "texts that the training rows did not have" in err
    assert "'violet'" in err


def test_a_picture_that_cannot_be_drawn_costs_a_line_and_not_the_run(place, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in [name for name in sys.modules if name.startswith("matplotlib.")]:
        monkeypatch.setitem(sys.modules, name, None)
    assert main(["train", "moons", "--epochs", "1"]) == 0
    out, _ = capsys.readouterr()
    (line,) = [line for line in out.splitlines() if "no loss.svg" in line]
    assert "pip install matplotlib" in line
    assert Path("runs/moons-1/model.json").exists()
    assert not Path("runs/moons-1/loss.svg").exists()


def test_digits_say_how_to_install_what_they_need(place, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    assert main(["train", "digits"]) == 2
    assert "pip install scikit-learn" in capsys.readouterr().err
    assert left_over(place) == []


def wrong_inputs():
    header = "a,y\n"
    good = "1,x\n2,y\n" * 10
    files = {
        "empty.csv": b"",
        "header.csv": header.encode(),
        "one.csv": (header + "1,x\n" * 20).encode(),
        "ragged.csv": (header + good + "1,2,3\n").encode(),
        "text.csv": (header + good).encode(),
        "few.csv": (header + "1,x\n").encode(),
        "twice.csv": ("a,a\n" + good).encode(),
        "binary.csv": b"\x00\x01\x02",
        "wide.csv": ",".join(f"c{i}" for i in range(1_000_000)).encode() + b"\n",
    }
    cases = [
        (["train"], "required: DATA"),
        (["trian", "moons"], "no command 'trian'; did you mean train?"),
        (["train", "mooons"], "did you mean 'moons'"),
        (["train", "absent.csv", "--target", "y"], "no file 'absent.csv'"),
        (["train", ".", "--target", "y"], "is a directory"),
        (["train", "empty.csv", "--target", "y"], "empty.csv is empty"),
        (["train", "header.csv", "--target", "y"], "a header and no rows"),
        (["train", "one.csv", "--target", "y"], "two classes at least"),
        (["train", "ragged.csv", "--target", "y"], "ragged.csv, line 22: 3 fields"),
        (["train", "text.csv", "--target", "y", "--task", "regression"], "wants finite numbers, got 'x'"),
        (["train", "text.csv", "--target", "Y"], "no column 'Y'; did you mean 'y'"),
        (["train", "text.csv"], "wants --target COLUMN"),
        (["train", "few.csv", "--target", "y"], "has 1 row with a target"),
        (["train", "twice.csv", "--target", "a"], "names the column 'a' twice"),
        (["train", "binary.csv", "--target", "y"], "binary"),
        (["train", "wide.csv", "--target", "c1"], "1,000,000 columns; at most 10,000"),
        (["train", "moons", "--epochs", "0"], "--epochs: wants a whole number of at least 1, got '0'"),
        (["train", "moons", "--lr", "nan"], "--lr: wants a number above 0"),
        (["train", "moons", "--hidden", "16,x"], "--hidden: wants up to 20 sizes"),
        (["train", "moons", "--activation", "rleu"], "--activation"),
        (["train", "moons", "--validation", "2"], "--validation: wants a fraction"),
        (["train", "moons", "--out", "text.csv"], "--out 'text.csv' is a file"),
        (["train", "moons", "--lr", "1e300", "--optimizer", "sgd"], "Try a smaller lr"),
        (["predict", "absent.json", "text.csv"], "absent.json"),
        (["predict", "text.csv", "text.csv"], "json"),
        (["predict", "model.json", "text.csv", "--out", "./text.csv"], "is the file with the rows; choose another"),
        (["predict", "text.csv", "model.json", "--out", "text.csv"], "is the model; choose another"),
        (["draw", "a*b", "a=one"], "wants NAME=NUMBER"),
        (["draw", "a*b", "a=1", "a=2"], "a is given twice"),
    ]
    return files, cases


@pytest.mark.parametrize(("arguments", "message"), wrong_inputs()[1], ids=lambda value: str(value)[:50])
def test_wrong_input_gets_one_line_exit_code_2_and_leaves_nothing(place, capsys, arguments, message):
    for name, content in wrong_inputs()[0].items():
        (place / name).write_bytes(content)
    before = left_over(place)
    assert main([*arguments, "--quiet"] if arguments[0] == "train" else arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1
    assert err.startswith("glassgrad")
    assert left_over(place) == before


def test_a_model_for_other_columns_names_what_is_missing(place, capsys):
    write_flowers("flowers.csv")
    assert main(["train", "flowers.csv", "--target", "kind", "--out", "run", "--epochs", "1", "--quiet"]) == 0
    Path("other.csv").write_text("lenght,width,color\n1,2,red\n")
    capsys.readouterr()
    assert main(["predict", "run/model.json", "other.csv"]) == 2
    assert "lacks the column 'length'" in capsys.readouterr().err


def test_a_model_with_a_damaged_schema_is_refused(place, capsys):
    write_flowers("flowers.csv")
    assert main(["train", "flowers.csv", "--target", "kind", "--out", "run", "--epochs", "1", "--quiet"]) == 0
    text = Path("run/model.json").read_text()
    Path("bad.json").write_text(text.replace('"kind": "number"', '"kind": "nmuber"', 1))
    Path("cut.json").write_text(text[: len(text) // 2])
    capsys.readouterr()
    for name in ("bad.json", "cut.json"):
        assert main(["predict", name, "flowers.csv"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert name in err
        assert err.count("\n") == 1


def test_an_existing_folder_keeps_its_other_files(place, capsys):
    Path("run").mkdir()
    Path("run/notes.txt").write_text("mine")
    Path("run/model.json").write_text("old")
    assert main(["train", "moons", "--epochs", "1", "--hidden", "2", "--out", "run", "--quiet"]) == 0
    assert Path("run/notes.txt").read_text() == "mine"
    assert load("run/model.json").metadata["table"]["target"]["classes"] == ["0", "1"]
    assert capsys.readouterr().out == "run\n"


def test_four_rows_train_when_none_are_held_back(place):
    Path("xor.csv").write_text("a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n")
    arguments = "train xor.csv --target y --validation 0 --held-out 0 --out run --quiet --activation tanh --lr 0.05"
    assert main(arguments.split()) == 0
    assert json.loads(Path("run/summary.json").read_text())["figures"]["training"]["accuracy"] == 1.0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_keeps_the_best_model_and_says_so(place):
    arguments = [sys.executable, "-m", "nn", "train", "moons", "--epochs", "100000", "--patience", "100000"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        seen = ""
        while not re.search(r"epoch ([2-9]|\d\d+)/", seen):
            character = process.stderr.read(1)
            assert character, seen
            seen += character
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted in epoch" in out
    assert "are kept" in out
    assert "Traceback" not in err
    assert load(place / "runs" / "moons-1" / "model.json").parameters()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_every_option_is_for(command):
    parser = argparse.ArgumentParser()
    importlib.import_module(COMMANDS[command][0]).add_arguments(parser)
    assert [action.dest for action in parser._actions if not action.help] == []


@pytest.mark.parametrize("arguments", [["--help"], [], ["train", "--help"], ["predict", "--help"], ["draw", "--help"]])
def test_help_shows_examples(capsys, arguments):
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert "examples:" in out
    assert err == ""
    assert all(len(line) <= 120 for line in out.splitlines())


def test_the_version_is_printed(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("glassgrad ")


def test_an_expression_is_drawn_whatever_the_order_of_the_arguments(place, capsys):
    assert main(["draw", "(a*b + c).tanh()", "a=2", "-o", "one.svg", "b=-3", "c=10"]) == 0
    assert "one.svg" in capsys.readouterr().out
    assert ElementTree.parse("one.svg").getroot().tag.endswith("svg")
    assert main(["draw", "-a**2", "a=2", "--out", "minus.svg"]) == 0
    assert main(["draw", "a*d", "a=2", "--out", "two.svg"]) == 2
    assert "d" in capsys.readouterr().err
    assert not Path("two.svg").exists()


def test_a_closed_pipe_is_no_error(place):
    write_flowers("flowers.csv", rows=3000)
    assert main(["train", "flowers.csv", "--target", "kind", "--out", "run", "--epochs", "1", "--quiet"]) == 0
    arguments = [sys.executable, "-m", "nn", "predict", "run/model.json", "flowers.csv"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
