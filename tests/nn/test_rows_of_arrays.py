"""What a model gets: rows of arrays as arrays, rows of lists as lists, as in the loop over the rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import nn
from autograd import Value, jit
from nn.evaluators import evaluator
from nn.losses import mse_loss

X = np.array([[1.0, 2.0], [3.0, 4.0], [0.5, -1.0], [2.0, 2.0], [-1.0, 0.25]])


class Twice(nn.Module):
    """Twice an array are its numbers doubled; twice a list is the list and the list again."""

    def __init__(self):
        self.w = Value(1.0)

    def __call__(self, x):
        return self.w * (2 * x)[1]


class Total(Twice):
    def __call__(self, x):
        return self.w * x.sum()


class Several(Twice):
    """Answers with an array."""

    def __call__(self, x):
        return self.w * x


class Wrapped(nn.Module):
    """Layers around something of one's own."""

    def __init__(self):
        self.inner = nn.MLP(2, [3, 1], "tanh", seed=1)

    def __call__(self, x):
        return self.inner(x * x)


def own_mse(predictions, targets):
    return mse_loss(predictions, targets)


def looped(model, rows):
    return [[y.data for y in out] if hasattr(out, "__len__") else out.data for out in map(model, rows)]


@pytest.mark.parametrize("count", [2, len(X)])
@pytest.mark.parametrize("make", [Twice, Total, Several, Wrapped])
def test_predict_is_the_loop_over_the_rows(make, count):
    model, rows = make(), X[:count]
    wanted = looped(model, rows)
    assert nn.predict(model, rows).tolist() == pytest.approx(np.array(wanted), rel=1e-14)
    assert nn.predict(model, list(rows)).tolist() == pytest.approx(np.array(wanted), rel=1e-14)
    assert jit(model).map(rows).tolist() == pytest.approx(np.array(wanted), rel=1e-14)


@pytest.mark.parametrize("count", [2, len(X)])
def test_rows_of_lists_stay_lists(count):
    model, rows = Twice(), X[:count].tolist()
    assert nn.predict(model, rows).tolist() == looped(model, rows)
    assert nn.predict(model, [tuple(row) for row in rows]).tolist() == looped(model, rows)


def test_one_evaluator_knows_lists_from_arrays():
    outputs = evaluator(Twice()).outputs
    lists = nn.samples.as_rows(X.tolist())
    for _ in range(2):
        assert outputs(lists).tolist() == X[:, 1].tolist()
        assert outputs(X).tolist() == (2 * X[:, 1]).tolist()


def test_rows_of_frames_are_arrays():
    pandas = pytest.importorskip("pandas")
    assert nn.predict(Twice(), pandas.DataFrame(X)).tolist() == (2 * X[:, 1]).tolist()


@pytest.mark.parametrize("loss", ["mse", own_mse])
@pytest.mark.parametrize(("optimizer", "lr"), [("sgd", 0.01), ("lbfgs", None)])
@pytest.mark.parametrize("validation", [None, (X, 6.0 * X[:, 1])])
def test_fit_trains_the_function_of_the_loop(loss, optimizer, lr, validation):
    model = Twice()
    options = {"epochs": 200, "batch_size": None, "progress": False, "validation": validation}
    nn.fit(model, X, 6.0 * X[:, 1], loss=loss, optimizer=optimizer, lr=lr, **options)
    assert model.w.data == pytest.approx(3.0, rel=1e-6)
    assert nn.evaluate(model, X, 6.0 * X[:, 1], loss=loss)["loss"] == pytest.approx(0.0, abs=1e-9)


def test_levenberg_marquardt_and_workers_get_arrays_too():
    for extra in ({"optimizer": "lm"}, {"optimizer": "sgd", "lr": 0.01, "executor": ThreadPoolExecutor(2)}):
        model = Total()
        nn.fit(model, X, 3.0 * X.sum(axis=1), loss="mse", epochs=200, batch_size=None, progress=False, **extra)
        assert model.w.data == pytest.approx(3.0, rel=1e-6)


@pytest.mark.parametrize("loss", ["mse", own_mse])
def test_answers_may_be_arrays(loss):
    model = Several()
    nn.fit(model, X, 3.0 * X, loss=loss, optimizer="sgd", lr=0.1, epochs=200, progress=False)
    assert model.w.data == pytest.approx(3.0, rel=1e-6)


def test_a_model_that_writes_into_its_row_does_not_change_what_it_was_given():
    class Writes(Twice):
        def __call__(self, x):
            x[0] = 5.0
            return self.w * x[0]

    rows = X.copy()
    nn.predict(Writes(), rows[:2])
    nn.predict(Writes(), rows)
    assert np.array_equal(rows, X)


def test_layers_train_to_the_same_bits_from_arrays_and_from_lists():
    found = []
    for rows in (X, X.tolist()):
        model = nn.MLP(2, [4, 1], "tanh", seed=1)
        nn.fit(model, rows, X[:, 0], loss="mse", epochs=3, progress=False)
        found.append((model.state_dict(), nn.predict(model, rows).tolist()))
    assert found[0] == found[1]
