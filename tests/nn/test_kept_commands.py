"""Commands whole: what `glassgrad` prints and writes for a few small tables, word by word, as kept in `kept`.

One run of a command says more than any test asks of it; here everything it says is compared.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
from kept import same_as_kept, tag_by_tag

from nn.__main__ import main

pytestmark = pytest.mark.program
KEPT = Path(__file__).with_name("kept")
QUICK = "--epochs 3 --hidden 4 --ensemble 1"


def flats(count=48):
    """Rents that follow the area, with columns of every kind."""
    draw = random.Random(3)
    for k in range(count):
        area = draw.randrange(300, 1300) / 10
        yield {
            "area": "" if k % 13 == 5 else f"{area:.1f}".replace(".", ","),
            "deposit": f"{draw.randrange(5, 40)} %",
            "built": f"{draw.randrange(1, 29):02}.{draw.randrange(1, 13):02}.{draw.randrange(1950, 2020)}",
            "balcony": draw.choice(["yes", "no"]),
            "district": draw.choice(["Nord", "Süd", "West"]),
            "rent": f"{200 + 9 * area:.2f} €".replace(".", ","),
            "size": "large" if area > 80 else "small",
            "grade": "abc"[int(area) % 3] if k else "d",
        }


def clouds(count=40):
    draw = random.Random(4)
    for k in range(count):
        u, v = draw.gauss(k % 2, 0.3), draw.gauss(-(k % 2), 0.3)
        yield {"u": f"{u:.3f}", "v": f"{v:.3f}", "kind": ("no", "yes")[k % 2]}


def written(name, rows, delimiter):
    rows = list(rows)
    text = "\n".join([delimiter.join(rows[0]), *(delimiter.join(row.values()) for row in rows)])
    Path(name).write_text(text + "\n", encoding="utf-8")


def timeless(text):
    """A text without what differs from run to run: seconds, rates, versions."""
    text = re.sub(r"\r[^\r\n]*", "", text)  # a bar of progress
    text = re.sub(r"\b[\d.]+ s\b", "_ s", text)
    text = re.sub(r"(  no \w+\.svg: ).*", r"\1_", text)  # other words where matplotlib had been imported before
    text = re.sub(r'"seconds": \[[^\]]*\]', '"seconds": _', text)
    return re.sub(r'("(?:compiled|seconds|version|started|python|glassgrad|numpy)\w*": )[^,\n}]+', r"\1_", text)


SESSIONS = {
    "a_number": [
        f"train flats.csv --target rent --ignore size --ignore grade --out rent {QUICK}",
        "explain rent/model.json flats.csv:3",
        "explain rent/model.json area=50,deposit=10%,balcony=no",
        "explain rent/model.json district=Ost,built=01.02.1990",
        "predict rent/model.json flats.csv --out done.csv",
        "predict rent/model.json few.csv --out-decimal ,",
        "explain rent/model.json flats.csv:99",
        "explain rent/model.json areo=50",
        "explain rent/model.json area=large",
        "predict rent/model.json clouds.csv",
        "train --resume rent --epochs 4",
    ],
    "two_classes": [
        f"train flats.csv --target size --positive large --ignore rent --ignore grade --out size {QUICK} --seed 1",
        "explain size/model.json flats.csv:2",
        "predict size/model.json few.csv",
        "predict size/model.json few.csv --threshold 0.9",
        "predict size/model.json few.csv --threshold 2",
    ],
    "several_classes": [
        "train flats.csv --target grade --ignore rent --out grade --epochs 4 --hidden 5,3 --ensemble 2 --l2 0.01",
        "explain grade/model.json flats.csv:1",
        "predict grade/model.json few.csv",
    ],
    "two_inputs": [
        "train clouds.csv --target kind --out clouds --epochs 12 --hidden 3 --ensemble 1 --lr 0.1 --schedule cosine "
        "--optimizer sgd --activation tanh --batch-size 8 --patience 3 --validation 0.25 --held-out 0.25",
        "explain clouds/model.json u=0.5,v=-0.5",
        "explain clouds/model.json u=9,v=nan",
        f"train clouds.csv --target kind --out clouds {QUICK}",
    ],
    "trouble": [
        f"train clouds.csv --target kind --out much --lr 10000 --optimizer sgd --activation relu {QUICK}",
        f"train clouds.csv --target kind --out all --validation 0 --held-out 0 {QUICK}",
        "train clouds.csv --target u --out none --epochs 2 --hidden 0 --ensemble 1 --ignore kind",
        "train clouds.csv --target kind --out deep --epochs 4 --hidden 6,6,6,6,6 --activation sigmoid --ensemble 1",
    ],
    "words": ["inspect flats.csv", "inspect clouds.csv --ignore u --type v=category", "learn", "learn 99", "learn 1"],
    "drawing": [
        "draw a*b+tanh(c) a=2 b=-3 c=0.5 --out g.svg",
        "draw a*b a=2",
        "draw a+ a=2",
        "draw a a=2 a=3",
        "draw a.b a=1",
        "draw foo(a) a=1",
        "draw a*b a=1 b=x",
        "draw a a=1 --out g.txt",
        "playground clouds.csv --target kind --out p.html",
        "playground spiral --out p.html",
        "playground clouds.csv",
        "playground --target u",
    ],
    "refusals": [
        "train",
        "train nothing.csv --target y",
        "train mons",
        "train flats.csv",
        "train flats.csv --target rents",
        "train flats.csv --target rent --task sorting",
        "train flats.csv --target rent --task classification",
        "train flats.csv --target district --task regression",
        "train flats.csv --target size --positive big",
        "train flats.csv --target rent --ignore areo",
        "train flats.csv --target rent --type area=day",
        "train flats.csv --target rent --type district=number",
        "train flats.csv --target rent --group where",
        "train flats.csv --target rent --time district",
        "train flats.csv --target rent --hidden 0,4",
        "train flats.csv --target rent --hidden -3",
        "train flats.csv --target rent --hidden many",
        "train flats.csv --target rent --epochs 0",
        "train flats.csv --target rent --lr 0",
        "train flats.csv --target rent --l2 -1",
        "train flats.csv --target rent --validation 1",
        "train flats.csv --target rent --held-out 0.6 --validation 0.5",
        "train flats.csv --target rent --batch-size 2.5",
        "train flats.csv --target rent --decimal ;",
        "train moons --target y",
        "train --resume nowhere",
        "predict model.json flats.csv",
        "predict flats.csv flats.csv",
        "explain flats.csv 1,2",
        "inspect nothing.csv",
        "inspect .",
        "trian moons",
        "learn --make engine --check engine",
        "learn --check nowhere",
    ],
}  # fmt: skip
FILES = ["history.csv", "summary.json", "importance.svg", "dependence.svg", "model.json"]


@pytest.mark.parametrize("name", SESSIONS)
def test_what_commands_say_is_the_kept(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # plots take most of the time
    written("flats.csv", flats(), ";")
    written("few.csv", flats(4), ";")
    written("clouds.csv", clouds(), ",")
    parts = []
    for command in SESSIONS[name]:
        try:
            code = main(command.split())
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        parts.append(f"$ glassgrad {command}\n{said.out}{said.err}exit {code}\n")
    same_as_kept(timeless("\n".join(parts)), KEPT / f"commands_{name}.txt")


@pytest.mark.parametrize("target", ["rent", "kind"])
def test_what_a_run_leaves_is_the_kept(target, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    written("flats.csv", flats(), ";")
    written("clouds.csv", clouds(), ",")
    table = "flats.csv --ignore size" if target == "rent" else "clouds.csv"
    assert main(f"train {table} --target {target} --out run --quiet --epochs 4 --hidden 3 --ensemble 1".split()) == 0
    assert capsys.readouterr().out == "run\n"
    texts = [f"== {file}\n{(tmp_path / 'run' / file).read_text(encoding='utf-8')}" for file in FILES]
    text = re.sub(r"(?m),\d\.\d+$", ",_", tag_by_tag("\n".join(texts)))
    same_as_kept(timeless(text), KEPT / f"run_{target}.txt")
