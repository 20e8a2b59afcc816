"""Figures are scikit-learn's, baselines too; figures that cannot be had cost nothing but themselves."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn import metrics
from nn.__main__ import main
from nn.commands.report import _shown, _standing
from nn.training.baselines import constant_outputs, linear_outputs, linear_weights

sklearn = pytest.importorskip("sklearn")
from sklearn import linear_model  # noqa: E402
from sklearn import metrics as theirs  # noqa: E402


@st.composite
def judged(draw):
    classes = draw(st.integers(2, 4))
    rows = draw(st.integers(classes, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    targets = np.concatenate([np.arange(classes), rng.integers(0, classes, rows - classes)])
    outputs = np.round(rng.normal(0, 2, (rows, classes)), 1)  # ties
    return targets, outputs if classes > 2 else outputs[:, 0]


@pytest.mark.program
@given(judged())
def test_the_figures_of_classes_are_scikit_learns(case):
    targets, outputs = case
    chances = metrics.class_probabilities(outputs)
    answers = metrics.predicted_classes(outputs)
    two = outputs.ndim == 1
    labels = list(range(chances.shape[1]))
    assert metrics.accuracy(outputs, targets) == pytest.approx(theirs.accuracy_score(targets, answers))
    assert metrics.balanced_accuracy(outputs, targets) == pytest.approx(
        theirs.balanced_accuracy_score(targets, answers)
    )
    average = "binary" if two else "macro"
    assert metrics.f1(outputs, targets) == pytest.approx(
        theirs.f1_score(targets, answers, average=average, zero_division=0)
    )
    assert metrics.log_loss(outputs, targets) == pytest.approx(theirs.log_loss(targets, chances, labels=labels))
    scores = chances[:, 1] if two else chances
    assert metrics.roc_auc(outputs, targets) == pytest.approx(theirs.roc_auc_score(targets, scores, multi_class="ovr"))


@given(st.integers(0, 2**32))
def test_the_figures_of_numbers_are_scikit_learns(seed):
    rng = np.random.default_rng(seed)
    expected, predicted = rng.normal(size=20), rng.normal(size=20)
    assert metrics.mae(predicted, expected) == pytest.approx(theirs.mean_absolute_error(expected, predicted))
    assert metrics.r_squared(predicted, expected) == pytest.approx(theirs.r2_score(expected, predicted))
    assert metrics.rmse(predicted, expected) ** 2 == pytest.approx(theirs.mean_squared_error(expected, predicted))


@pytest.mark.parametrize("classes", [2, 3])
def test_the_linear_model_of_classes_is_scikit_learns(classes):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(200, 5))
    y = (X[:, 0] + rng.normal(0, 0.7, 200) > 0).astype(int) + (classes == 3) * (X[:, 1] > 0.5)
    ours = metrics.class_probabilities(linear_outputs(linear_weights(X, y, classes), X))
    model = linear_model.LogisticRegression(C=1.0 if classes == 3 else 2.0, tol=1e-8, max_iter=5000)
    # of two classes ours has two columns of weights, each half of the one there, and half its penalty
    assert np.abs(ours - model.fit(X, y).predict_proba(X)).max() < 1e-2  # ours stops a little earlier


def test_the_linear_model_of_numbers_is_ridge():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(50, 4)), rng.normal(size=50)
    found = linear_outputs(linear_weights(X, y), X)
    assert found == pytest.approx(linear_model.Ridge(alpha=1.0).fit(X, y).predict(X), abs=1e-6)


def test_a_constant_answer_is_the_mean_or_the_most_frequent_class():
    assert constant_outputs([1.0, 3.0], 2).tolist() == [2.0, 2.0]
    assert metrics.predicted_classes(constant_outputs([0, 1, 1, 2], 3, 3)).tolist() == [1, 1, 1]


def test_one_class_alone_has_no_curve():
    assert math.isnan(metrics.roc_auc([0.5, 1.0], [1, 1]))


@pytest.mark.program
def test_a_target_near_the_largest_float_does_not_lose_the_run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "huge.csv").write_text(
        "x,y\n" + "".join(f"{i % 17}.5,{(-1) ** i * (1 + i % 5) * 3e307!r}\n" for i in range(60))
    )
    assert main(["train", "huge.csv", "--target", "y", "--task", "regression", "--epochs", "2", "--out", "run"]) == 0
    assert (tmp_path / "run" / "model.json").exists()
    assert "R2" in capsys.readouterr().out


@pytest.mark.program
def test_an_imbalanced_table_says_what_always_no_reaches(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(0)
    lines = [f"{rng.normal():.3f},{rng.normal():.3f},{'yes' if i % 17 == 0 else 'no'}" for i in range(400)]
    (tmp_path / "rare.csv").write_text("a,b,y\n" + "\n".join(lines) + "\n")
    assert main(["train", "rare.csv", "--target", "y", "--epochs", "3", "--out", "run"]) == 0
    out = capsys.readouterr().out
    assert "always 'no'" in out
    assert "linear model" in out
    assert "is not better than always 'no'" in out
    assert "  yes" in out
    assert "warning: only" not in out


def trained(tmp_path, monkeypatch, capsys, lines, *options):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("a,b,y\n" + "\n".join(lines) + "\n")
    assert main(["train", "t.csv", "--target", "y", "--out", "run", "--ensemble", "1", *options]) == 0
    return capsys.readouterr().out, json.loads((tmp_path / "run" / "summary.json").read_text())


@pytest.mark.program
def test_one_sentence_says_what_a_classifier_is_worth(tmp_path, monkeypatch, capsys):
    rng = np.random.default_rng(0)
    points = rng.normal(size=(300, 2))
    lines = [f"{a:.3f},{b:.3f},{'yes' if a * b > 0 else 'no'}" for a, b in points]
    out, summary = trained(tmp_path, monkeypatch, capsys, lines)
    reached, always, linear = (
        100 * figures["accuracy"] for figures in (summary["figures"]["held out"], *summary["baselines"].values())
    )
    name = next(iter(summary["baselines"]))
    assert (
        f"Good: {reached:.1f} % of 60 rows held out right, where {name} gets {always:.1f} % and a plain linear model "
        f"gets {linear:.1f} %\n"
    ) in out
    assert "balanced: the same averaged over classes" in out
    assert "warning: only" not in out


def test_a_network_no_better_than_the_linear_model_is_not_praised_without_a_word():
    figures = {"network": {"accuracy": 0.9, "AUC": 0.9}, "linear": {"accuracy": 0.9}, "always": {"accuracy": 0.5}}
    baselines = {"always yes": figures["always"], "linear model": figures["linear"]}
    said = _standing(figures["network"], baselines, "held out", 100, advice="--hidden 0 trains one")
    assert said.startswith("No better than a linear model: 90.0 %")
    assert said.endswith("the hidden layers gain nothing here: --hidden 0 trains one")
    sick = _standing(figures["network"], baselines, "held out", 100, sick=True)
    assert said.startswith(sick)
    assert "gain nothing" not in sick
    assert "gain nothing" not in _standing(figures["network"], baselines, "held out", 100, hidden=False)
    better = _standing({"accuracy": 0.95, "AUC": 0.9}, baselines, "held out", 100)
    assert better.startswith("Good: ")
    assert "gain nothing" not in better
    sick = _standing({"accuracy": 0.95, "AUC": 0.9}, baselines, "held out", 100, sick=True)
    assert sick.startswith("Not well (see the note above), and yet: 95.0 % of")


@pytest.mark.parametrize(("off", "begun"), [(2.4, "Good"), (2.5001, "Hardly better than a linear model")])
def test_what_is_better_by_rounding_alone_is_not_praised(off, begun):
    baselines = {"the training mean": {"R2": 0.0, "MAE": 9.0}, "linear model": {"R2": 0.9, "MAE": 2.5}}
    said = _standing({"R2": 0.9001 if off > 2.45 else 0.92, "MAE": off}, baselines, "held out", 100)
    assert said.startswith(f"{begun}: answers for 100 rows")


@pytest.mark.program
def test_few_rows_held_out_are_warned_of(tmp_path, monkeypatch, capsys):
    rng = np.random.default_rng(0)
    lines = [f"{a:.3f},{b:.3f},{'yes' if a + b > 0 else 'no'}" for a, b in rng.normal(size=(60, 2))]
    out, _ = trained(tmp_path, monkeypatch, capsys, lines)
    assert "warning: only 12 rows held out, one row is 8 points of accuracy: the figures are rough" in out


@pytest.mark.program
def test_a_kept_linear_start_is_not_taken_for_the_linear_model_beside(tmp_path, monkeypatch, capsys):
    rng = np.random.default_rng(0)
    lines = [f"{a:.3f},{b:.3f},{70 + 5 * a - b + rng.normal():.3f}" for a, b in rng.normal(size=(200, 2))]
    out, summary = trained(tmp_path, monkeypatch, capsys, lines, "--lr", "5", "--schedule", "constant")
    words = "was better than the linear start, the linear model that the network began as: that one is kept"
    assert words in out
    page = (tmp_path / "run" / "training.html").read_text()
    assert words in page
    assert "untrained parameters" not in page
    mae = summary["figures"]["held out"]["MAE"]
    assert f": answers for 40 rows held out are off by {mae:.4g} on average, where the training mean is off" in out
    assert "RMSE and MAE: how far answers are off" in out


def test_a_figure_that_is_not_known_is_a_dash():
    assert [_shown(name, math.nan) for name in ("accuracy", "R2")] == ["-", "-"]
    assert [_shown(name, 0.25) for name in ("accuracy", "balanced", "R2")] == ["25.0 %", "25.0 %", "0.25"]
