"""The estimators of nn.sklearn are scikit-learn's: its own checks, frames of mixed columns, pipelines, searches."""

import copy
import pickle

import numpy as np
import pytest

sklearn = pytest.importorskip("sklearn", minversion="1.6")
from sklearn import datasets  # noqa: E402
from sklearn.base import clone  # noqa: E402
from sklearn.model_selection import GridSearchCV, cross_val_score  # noqa: E402
from sklearn.pipeline import make_pipeline  # noqa: E402
from sklearn.preprocessing import StandardScaler  # noqa: E402
from sklearn.utils.estimator_checks import check_estimator, estimator_checks_generator  # noqa: E402

import nn  # noqa: E402
from nn.sklearn import GlassClassifier, GlassRegressor  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.program]
SMALL = {"hidden": [8], "epochs": 150, "random_state": 0}
X, Y = datasets.load_iris(return_X_y=True)
ORDER = np.random.default_rng(0).permutation(150)


@pytest.mark.slow
@pytest.mark.parametrize("estimator", [GlassClassifier(), GlassRegressor()], ids=lambda e: type(e).__name__)
def test_every_check_of_scikit_learn_passes(estimator):
    check_estimator(estimator)


QUICK = ("params", "init", "clone", "tags", "feature_names", "n_features", "pickle", "not_an_array", "idempotent")


@pytest.mark.parametrize("kind", [GlassClassifier, GlassRegressor])
def test_the_quick_checks_of_scikit_learn_pass(kind):
    for made, check in estimator_checks_generator(kind(**SMALL)):
        if any(word in str(check) for word in QUICK):
            check(made)


def test_classes_are_learned_and_come_back_as_they_were():
    names = np.array(["setosa", "versicolor", "virginica"])[Y]
    model = GlassClassifier(random_state=0).fit(X, names)
    assert model.score(X, names) > 0.95
    assert model.classes_.tolist() == ["setosa", "versicolor", "virginica"]
    assert model.predict_proba(X).sum(axis=1) == pytest.approx(np.ones(150))
    assert isinstance(model.model_, nn.MLP)
    assert model.notes_ == model.history_.notes


def test_a_frame_with_text_and_dates_is_taken_as_it_is():
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("narwhals")
    rng = np.random.default_rng(0)
    frame = pandas.DataFrame(
        {
            "number": rng.normal(size=120),
            "color": rng.choice(["red", "green"], 120),
            "when": pandas.date_range("2024-01-01", periods=120),
        }
    )
    y = np.where(frame["color"] == "red", "hot", "cold")
    model = GlassClassifier(**SMALL).fit(frame, y)
    assert model.score(frame, y) > 0.97
    assert model.feature_names_in_.tolist() == ["number", "color", "when"]
    with pytest.raises(ValueError, match="lacks the columns color"):
        model.predict(frame.drop(columns="color"))
    assert GlassRegressor(**SMALL).fit(frame, (y == "hot") * 5.0).score(frame, (y == "hot") * 5.0) > 0.9


def test_it_works_in_pipelines_searches_clones_and_pickles():
    search = GridSearchCV(
        make_pipeline(StandardScaler(), GlassClassifier(**SMALL)), {"glassclassifier__hidden": [[4], [8]]}, cv=2
    ).fit(X, Y)
    assert search.best_score_ > 0.8
    best = search.best_estimator_
    for copied in (pickle.loads(pickle.dumps(best)), copy.deepcopy(best)):
        assert copied.predict(X).tolist() == best.predict(X).tolist()
    assert clone(best[-1]).get_params() == best[-1].get_params()
    assert cross_val_score(GlassRegressor(**SMALL), X[ORDER], X[ORDER, 0], cv=2).mean() > 0.5


def test_several_numbers_and_labels_that_hold_together():
    several = np.column_stack([X[:, 0], X[:, 1] * 2])
    found = GlassRegressor(**SMALL).fit(X, several).predict(X)
    assert found.shape == (150, 2)
    labels = np.column_stack([Y == 0, Y >= 1]).astype(int)
    model = GlassClassifier(hidden=[4], epochs=5, random_state=0).fit(X[::5], labels[::5])
    assert model.predict(X[::5]).shape == (30, 2)
    assert set(np.unique(model.predict(X[::5]))) <= {0, 1}


def test_it_goes_on_where_it_was():
    model = GlassClassifier(**SMALL)
    for _ in range(20):
        model.partial_fit(X, Y, classes=[0, 1, 2])
    assert model.score(X, Y) > 0.9
    with pytest.raises(ValueError, match="none of the classes"):
        model.partial_fit(X, Y + 5)
    warm = GlassRegressor(**SMALL | {"warm_start": True}).fit(X, X[:, 0])
    first = warm.model_
    assert warm.fit(X, X[:, 0]).model_ is first


def test_options_reach_the_network():
    def loss(predictions, targets):
        return nn.mse_loss(predictions, targets)

    options = {"dropout": 0.1, "l1": 1e-4, "l2": 1e-3, "schedule": "cosine", "ensemble": 2, "activation": ["tanh"]}
    assert GlassRegressor(**SMALL | options).fit(X, X[:, 0]).score(X, X[:, 0]) > 0.5
    assert GlassRegressor(hidden=[4], epochs=3, loss=loss, random_state=0).fit(X, X[:, 0]).model_ is not None
    assert GlassRegressor(hidden=[4], epochs=10, optimizer="lm", random_state=0).fit(X, X[:, 0]).score(X, X[:, 0]) > 0.9
    weighted = GlassClassifier(**SMALL | {"class_weight": "balanced"}).fit(X[20:], Y[20:])
    assert weighted.score(X, Y) > 0.8


def test_a_trained_estimator_shows_its_network():
    model = GlassClassifier(hidden=[2], epochs=2, random_state=0).fit(X[:, :2], Y)
    shown = model._repr_mimebundle_()
    assert "GlassClassifier" in shown["text/plain"]
    assert "<svg" in shown["text/html"]
