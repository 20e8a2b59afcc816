"""What a model's answers hang on: importance and partial dependence, found and drawn."""

from __future__ import annotations

import base64
import json
import random
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

from nn import MLP, Table, fit, moons
from nn.__main__ import main
from nn.commands.influence import POINTS, Dependence, Influence, dependences, importances, judged_part
from viz import training_page
from viz.learning.influence import dependence_svg, dependence_svgs, importance_svg

HOSTILE = "<script>&\"'\x00\ud800]]>" + "x" * 200


def rows_of(count=200):
    rng = random.Random(5)
    for _ in range(count):
        size, noise, kind = rng.uniform(0, 50), rng.uniform(-1, 1), rng.choice(["red", "green", "blue"])
        yield size, noise, kind, 3.0 * size + {"red": 0.0, "green": 40.0, "blue": -40.0}[kind]


@pytest.fixture(scope="module")
def prices(tmp_path_factory):
    """A table whose price follows size and kind alone, and a linear model of it."""
    path = tmp_path_factory.mktemp("influence") / "prices.csv"
    lines = [f"{size:.3f},{noise:.3f},{kind},{price:.4f}" for size, noise, kind, price in rows_of()]
    path.write_text("size,noise,kind,price\n" + "\n".join(lines) + "\n")
    data = Table.from_file(path, target="price")
    model = MLP(len(data.schema.inputs), [1], seed=1)
    fit(model, data.X, data.y, optimizer="lbfgs", epochs=30, progress=False)
    return model, data


def test_what_the_answer_hangs_on_matters_and_what_it_does_not_does_not(prices):
    found = importances(*prices)
    assert list(found) == ["size", "kind", "noise"]
    assert found["size"] > 0.5
    assert abs(found["noise"]) < 1e-3


def test_the_curve_of_a_linear_model_is_its_line(prices):
    one = {d.column: d for d in dependences(*prices, ["size", "noise", "kind"])}
    values, curve = np.array(one["size"].values), np.array(one["size"].curves[0][1])
    assert np.polyfit(values, curve, 1)[0] == pytest.approx(3.0, rel=1e-3)
    assert np.diff(curve) == pytest.approx(3.0 * np.diff(values), rel=1e-3)
    assert len(values) == POINTS
    assert all(values[i] == pytest.approx(float(one["size"].labels[i])) for i in range(len(values)))
    kinds = dict(zip(one["kind"].values, one["kind"].curves[0][1], strict=True))
    assert kinds["green"] - kinds["red"] == pytest.approx(40.0, abs=0.5)
    assert kinds["red"] - kinds["blue"] == pytest.approx(40.0, abs=0.5)
    assert np.ptp(one["noise"].curves[0][1]) < 1.0


def test_the_curve_is_the_mean_over_the_rows_held_out(prices):
    model, data = prices
    part, _ = judged_part(data)
    (one,) = dependences(model, data, ["size"])
    column = data.schema.columns[0]
    rows = part.rows.copy()
    rows[:, 0] = (one.values[3] - column.mean) / column.scale
    answers = data.schema.target.restore(np.array([model(row.tolist()).data for row in rows]))
    assert one.curves[0][1][3] == pytest.approx(answers.mean())


def test_chances_of_two_classes_are_one_curve_and_of_many_those_that_change(tmp_path):
    path = tmp_path / "kinds.csv"
    rng = random.Random(2)
    lines = [f"{x:.2f},{'abcdefgh'[int(x)]}" for x in (rng.uniform(0, 7.99) for _ in range(200))]
    path.write_text("x,kind\n" + "\n".join(lines) + "\n")
    data = Table.from_file(path, target="kind")
    (one,) = dependences(MLP(1, [8], seed=1), data, ["x"])
    assert len(one.curves) == 5
    assert all(0.0 <= y <= 1.0 for _, curve in one.curves for y in curve)
    assert "gg-curve4" in dependence_svg([one], answer="chance")


def test_built_in_data_and_wide_tables_have_neither():
    from nn.tables.data import load_dataset

    data = load_dataset("moons")
    influence = Influence(MLP(2, [1], seed=1), data)
    assert influence.importances == {}
    assert influence.dependences == []
    with pytest.raises(ValueError, match="no column"):
        importance_svg(influence.importances, figure="accuracy")
    with pytest.raises(ValueError, match="no column"):
        dependence_svg([], answer="chance")


def test_plots_one_by_one_have_the_scale_of_all_and_one_key():
    steep = Dependence("steep", (1.0, 2.0), ("1", "2"), (("a", (0.0, 1.0)), ("b", (1.0, 0.0))))
    flat = Dependence("flat", (1.0, 2.0), ("1", "2"), (("a", (0.5, 0.5)), ("b", (0.5, 0.5))))
    one, other, key = dependence_svgs([steep, flat], answer="chance")
    for svg, name in ((one, "steep"), (other, "flat")):
        assert f">{name}</text>" in svg
        assert ">106 %</text>" in svg
    assert ">a</text>" in key
    assert ">b</text>" in key
    number = Dependence("x", (1.0, 2.0), ("1", "2"), (("price", (0.0, 1.0)),))
    assert len(dependence_svgs([number], answer="number")) == 1, "no key for one curve"
    with pytest.raises(ValueError, match="no column"):
        dependence_svgs([], answer="chance")


def test_what_goes_upward_is_named_with_its_unit():
    number = Dependence("x", (1.0, 2.0), ("1", "2"), (("rent", (0.0, 1.0)),))
    for draw in (dependence_svg, dependence_svgs):
        svg = "".join(draw([number], answer="number", unit="€"))
        assert ">rent (€)</text>" in svg
    assert ">chance of rent</text>" in dependence_svg([number], answer="chance")
    named = Dependence("x", (1.0, 2.0), ("1", "2"), (("rent in €", (0.0, 1.0)),))
    assert ">rent in €</text>" in dependence_svg([named], answer="number", unit="€")
    assert ">rent</text>" in dependence_svg([number], answer="number")


def test_answers_that_are_all_alike_are_in_the_middle_of_an_axis_on_their_side_of_zero():
    for answer in (5.0, -5.0, 0.25):
        flat = Dependence("x", (1.0, 2.0), ("1", "2"), (("price", (answer, answer)),))
        (svg,) = dependence_svgs([flat], answer="number")
        high, low = (float(text.replace("\N{MINUS SIGN}", "-")) for text in re.findall(r'"end"[^>]*>([^<]+)<', svg)[:2])
        assert low < answer < high
        assert low * high > 0.0
        assert (low + high) / 2 == pytest.approx(answer, rel=0.01)  # they are written with few digits


@pytest.mark.parametrize("values", [("a", "b", "c"), (1.0, 2.0, 5.0)], ids=["texts", "numbers"])
def test_a_curve_goes_from_one_end_of_its_axis_to_the_other(values):
    one = Dependence("x", values, tuple(map(str, values)), (("price", (0.0, 2.0, 1.0)),))
    (svg,) = dependence_svgs([one], answer="number")
    left, right = map(float, re.search(r'd="M([\d.]+) [\d.]+V[\d.]+H([\d.]+)"', svg).groups())
    curve = re.search(r'class="gg-curve\d" d="M([^"]+)"', svg)
    found = [point.split()[0] for point in curve[1].split("L")] if curve else re.findall(r'cx="([\d.]+)"', svg)
    places = [float(x) for x in found]
    assert len(places) == 3
    assert (places[0], places[-1]) == pytest.approx((left, right))


def test_pictures_are_svg_whatever_columns_are_called():
    hostile = Dependence(HOSTILE, (1.0, 2.0), (HOSTILE, HOSTILE), (("a" + HOSTILE, (0.5, 1.0)), ("b", (0.5, 0.5))))
    texts = Dependence("k", ("a" + HOSTILE, "b"), ("a" + HOSTILE, "b"), (("a" + HOSTILE, (0.5, 1.0)),))
    for svg in (
        importance_svg({HOSTILE: 0.3, "b": -0.1, "c": 0.0}, figure="accuracy"),
        importance_svg({str(k): 0.0 for k in range(50)}, figure="R2"),
        dependence_svg([hostile, texts, hostile], answer="number"),
        *dependence_svgs([hostile, texts, hostile], answer="number"),
        dependence_svg([Dependence("x", (1.0, 1.5), ("1", "1.5"), (("y", (2.0, 2.0)),))], answer="chance"),
        dependence_svg([Dependence("x", (1.0, 2.0), ("1", "2"), (("y", (float("nan"), 2.0)),))], answer="number"),
    ):
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert "nan" not in svg


def test_a_run_leaves_both_pictures_with_the_columns_names_and_shows_them_in_its_page(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = [f"{size:.3f},{noise:.3f},{kind},{price:.4f}" for size, noise, kind, price in rows_of(80)]
    (tmp_path / "prices.csv").write_text("size,noise,kind,price\n" + "\n".join(lines) + "\n")
    command = ["train", "prices.csv", "--target", "price", "--epochs", "5", "--ensemble", "1", "--out", "run"]
    assert main(command) == 0
    page = (tmp_path / "run" / "training.html").read_text()
    inside = {base64.b64decode(text).decode() for text in re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)}
    for name in ("importance.svg", "dependence.svg"):
        svg = (tmp_path / "run" / name).read_text()
        assert (svg in inside) == (name == "importance.svg")
        assert all(f">{column}</text>" in svg for column in ("size", "noise", "kind"))
        assert name in capsys.readouterr().out or name == "dependence.svg"
    for column in ("size", "noise", "kind"):
        assert sum(f'aria-label="{column}"' in svg for svg in inside) == 1, "a plot of its own"


def test_the_page_says_what_ails_the_run_and_opens_on_the_kept_epoch():
    X, y = moons(60, seed=1)
    model = MLP(2, [4, 1], "relu", seed=1)
    options = {"epochs": 12, "lr": 3.0, "optimizer": "sgd", "loss": "mse", "validation": 0.3, "progress": False}
    with pytest.warns(RuntimeWarning, match="became"):
        history = fit(model, [[1e3 * a, b] for a, b in X], y, record_parameters=True, **options)
    assert history.notes
    text = training_page(model, history, X, y).html
    section = text[text.index('<section id="notes"') :].partition("</section>")[0]
    assert section.count("<li>") == len(dict.fromkeys([history.note, *history.notes]))
    assert "unscaled inputs" in section
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])
    assert data["frames"][data["kept"]]["epoch"] == history.best_epoch
    healthy = fit(MLP(2, [4, 1], seed=1), X, y, epochs=1, progress=False)
    healthy.notes, healthy.note = [], ""
    assert 'id="notes"' not in training_page(MLP(2, [4, 1], seed=1), healthy, X, y).html


@pytest.mark.parametrize("figure", ["accuracy", "R2"])
def test_next_to_nothing_has_no_sign(figure):
    assert "-0.0" not in importance_svg({"a": 0.3, "b": -0.0003}, figure=figure)
