"""Long names that differ look different wherever they are cut: in reports, explanations and pictures."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from nn.__main__ import main
from nn.wording import cut_apart, quoted
from viz import draw_network
from viz.learning.classes import class_names, input_names
from viz.learning.influence import importance_svg
from viz.svg.labels import named_apart

PARTS = ("elapsed", "year", "month sin", "month cos", "weekday sin", "weekday cos", "hour sin", "hour cos")
LONG = [f"Available from the month of moving in {part}" for part in PARTS]
LONG += ["Available from the month of moving out month sin", "Available to the month of moving in month sin"]


@pytest.mark.parametrize("longest", [10, 12, 14, 20, 22, 32])
def test_ten_long_names_stay_apart(longest):
    for shown in (cut_apart(LONG, longest), named_apart(LONG, longest=longest)):
        assert len(set(shown)) == 10
        assert max(map(len, shown)) <= longest


def test_the_beginning_and_what_differs_stay():
    assert cut_apart(LONG[:2], 22) == ["Available ...n elapsed", "Available ...g in year"]
    shown = cut_apart([f"of the same old {color} door of the house" for color in ("red", "blue")], 14)
    assert shown == ["of t...red ...", "of t...blue..."]
    assert cut_apart(["short", "x" * 40, "short"], 10) == ["short", "xxxx...xxx", "short"]


@given(st.lists(st.text("ab", max_size=40), max_size=12), st.integers(8, 20))
def test_texts_that_differ_are_cut_to_texts_that_differ(texts, longest):
    shown = cut_apart(texts, longest)
    assert all(len(text) <= longest for text in shown)
    assert len(set(shown)) == len(set(texts))


def test_a_long_name_in_a_message_keeps_its_ends():
    assert quoted(LONG[0] + " and not otherwise, as was agreed") == (
        "'Available from the month of m...not otherwise, as was agreed'"
    )


def test_pictures_tell_them_apart():
    svg = importance_svg(dict.fromkeys(LONG, 0.1), figure="R2")
    assert len(set(re.findall(r">(Avail[^<]*)<", svg))) == 10
    assert len(set(input_names(LONG, 10))) == len(set(class_names(LONG, 10))) == 10
    drawn = draw_network(nn.MLP(10, [2, 10], seed=1), inputs=LONG, classes=LONG, x=[0.1] * 10).svg()
    assert len(set(re.findall(r">(Avail[^<]*)<", drawn))) >= 10


@pytest.mark.program
def test_reports_tell_them_apart(tmp_path, capsys):
    rng = random.Random(0)
    names = [f"{'a measure of what was seen ' * 3}{k}, in the unit of the trade" for k in range(4)]
    rows = [[rng.gauss(0, 1) for _ in names] for _ in range(80)]
    lines = ["\t".join([*map("{:.3f}".format, row), f"{sum(row):.3f}"]) for row in rows]
    path, out = tmp_path / "rows.tsv", tmp_path / "run"
    path.write_text("\t".join([*names, "y"]) + "\n" + "\n".join(lines) + "\n")
    assert main(["inspect", str(path)]) == 0
    assert len(set(re.findall(r"^a meas.*?  ", capsys.readouterr().out, re.MULTILINE))) == 4
    assert main(["train", str(path), "--target", "y", "--epochs", "2", "--ensemble", "1", "--out", str(out)]) == 0
    said = capsys.readouterr().out.partition("what matters")[2]
    assert len(set(re.findall(r"\d  (a meas.*)", said.partition("held-out rows")[0]))) == 4
    assert main(["explain", str(out / "model.json"), f"{path}:1"]) == 0
    said = capsys.readouterr().out.partition("column by column")[2].partition("what the answer")[0]
    assert len(set(re.findall(r"\d  (a meas.*)", said))) == 4
