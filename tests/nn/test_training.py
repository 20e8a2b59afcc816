"""fit, predict and evaluate: they learn, they repeat to the bit, and they end well however they end."""

import json
import math
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograd import Value
from nn.layers import MLP
from nn.losses import mse_loss
from nn.metrics import accuracy, confusion_matrix, r_squared, rmse
from nn.module import Module
from nn.optimizers import SGD, Adam
from nn.prediction import evaluate, predict
from nn.tables.data import moons
from nn.training import fit
from nn.training.progress import progress_bar

LINE_X = [[i / 10.0] for i in range(-10, 11)]
LINE_Y = [3.0 * x[0] + 1.0 for x in LINE_X]


class Line(Module):
    def __init__(self, slope=0.0, offset=0.0):
        self.slope, self.offset = Value(slope), Value(offset)

    def __call__(self, row):
        return self.slope * row[0] + self.offset


def data_of(model):
    return [p.data for p in model.parameters()]


def test_a_line_is_found_by_full_batches():
    line = Line()
    history = fit(line, LINE_X, LINE_Y, optimizer="sgd", lr=0.5, epochs=200, batch_size=None, progress=False)
    assert data_of(line) == pytest.approx([3.0, 1.0], abs=1e-6)
    assert history.loss == "mse"
    assert history.train_loss == sorted(history.train_loss, reverse=True)


def test_one_full_batch_is_one_step_of_gradient_descent():
    line = Line(0.5, -0.5)
    fit(line, LINE_X, LINE_Y, optimizer="sgd", lr=0.1, epochs=1, batch_size=None, progress=False)
    residuals = [0.5 * x[0] - 0.5 - y for x, y in zip(LINE_X, LINE_Y, strict=True)]
    slope = sum(2 * r * x[0] for r, x in zip(residuals, LINE_X, strict=True)) / len(LINE_X)
    offset = sum(2 * r for r in residuals) / len(LINE_X)
    assert data_of(line) == pytest.approx([0.5 - 0.1 * slope, -0.5 - 0.1 * offset], rel=1e-12)


def test_an_epoch_visits_every_row_once_in_batches_of_the_size_asked_for():
    seen, sizes = [], []

    class Spy(Line):
        def __call__(self, row):
            seen.append(row[0])
            return super().__call__(row)

    def loss(predictions, targets):
        sizes.append(len(targets))
        return mse_loss(predictions, targets)

    fit(Spy(), LINE_X, LINE_Y, loss=loss, epochs=1, batch_size=8, progress=False)
    assert sorted(seen[-21:]) == sorted(x[0] for x in LINE_X)
    assert seen[-21:] != [x[0] for x in LINE_X]
    assert sizes == [8, 8, 5]


@settings(max_examples=10)
@given(st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_bits(seed):
    X, y = moons(40, seed=1)
    runs = []
    for _ in range(2):
        model = MLP(2, [4, 1], seed=3)
        history = fit(model, X, y, epochs=2, batch_size=8, validation=0.2, seed=seed, progress=False)
        runs.append((data_of(model), history.train_loss, history.val_loss))
    assert runs[0] == runs[1]


def test_moons_are_learned_to_97_percent():
    X, y = moons(300, seed=0)
    model = MLP(2, [16, 16, 1], seed=0)
    history = fit(model, X, y, epochs=25, batch_size=16, lr=0.02, validation=0.2, progress=False)
    held_X, held_y = moons(200, seed=1)
    assert history.loss == "binary_cross_entropy"
    assert evaluate(model, held_X, held_y)["accuracy"] >= 0.97


@pytest.mark.parametrize(
    ("outputs", "targets", "name"),
    [
        (3, [0, 1, 2, 1], "cross_entropy"),
        (3, [0.0, 1.0, 2.0, 1.0], "cross_entropy"),
        (1, [0, 1, 1, 0], "binary_cross_entropy"),
        (1, [-1, 1, 1, -1], "hinge"),
        (1, [0.5, 1.0, 1.0, 0.0], "mse"),
        (1, [3, 1, 1, 0], "mse"),
        (2, [[0.0, 1.0]] * 4, "mse"),
    ],
)
def test_the_loss_is_found_from_targets_and_outputs(outputs, targets, name):
    X = [[0.0], [1.0], [2.0], [3.0]]
    history = fit(MLP(1, [outputs], seed=0), X, targets, epochs=1, progress=False)
    assert history.loss == name
    assert ("accuracy" in history.metrics) == (name != "mse")


def test_the_best_epoch_is_put_back_when_patience_ends_the_run():
    X, y = moons(60, noise=0.4, seed=2)
    model = MLP(2, [12, 1], seed=0)
    history = fit(model, X, y, epochs=300, lr=0.1, validation=0.3, patience=5, progress=False, record_parameters=True)
    assert history.stopped == "no better loss for 5 epochs"
    assert history.epochs == history.best_epoch + 5
    assert history.val_loss[history.best_epoch - 1] == min(history.val_loss) == history.best_loss
    assert tuple(data_of(model)) == history.snapshots[history.best_epoch].parameters


def test_without_validation_the_last_parameters_stay():
    line = Line()
    history = fit(line, LINE_X, LINE_Y, epochs=3, batch_size=4, progress=False, record_parameters=True)
    assert tuple(data_of(line)) == history.snapshots[-1].parameters
    assert history.val_loss == []


def test_snapshots_come_every_n_epochs_and_before_training():
    line = Line(7.0, 8.0)
    history = fit(line, LINE_X, LINE_Y, epochs=5, progress=False, record_parameters=2)
    assert [snapshot.epoch for snapshot in history.snapshots] == [0, 2, 4]
    assert history.snapshots[0].parameters == (7.0, 8.0)


def test_an_interruption_keeps_the_best_parameters():
    def interrupt(epoch):
        if epoch.number == 3:
            raise KeyboardInterrupt

    line = Line()
    history = fit(line, LINE_X, LINE_Y, epochs=50, callbacks=[interrupt], progress=False, record_parameters=True)
    assert history.interrupted
    assert history.epochs == 3
    assert "interrupted in epoch 4; the parameters of epoch 3 are kept" in history.note
    assert tuple(data_of(line)) == history.snapshots[history.best_epoch].parameters


def test_an_interruption_in_the_middle_of_an_epoch_goes_back_to_the_best_one():
    calls = [0]

    def loss(predictions, targets):
        calls[0] += 1
        if calls[0] == 5:
            raise KeyboardInterrupt
        return mse_loss(predictions, targets)

    line = Line()
    history = fit(line, LINE_X, LINE_Y, loss=loss, epochs=9, batch_size=7, progress=False, record_parameters=True)
    assert history.interrupted
    assert history.epochs == 1
    assert tuple(data_of(line)) == history.snapshots[1].parameters


def test_an_interruption_while_the_progress_bar_closes_is_one_of_the_run(monkeypatch):
    @contextmanager
    def closing_badly(total, progress):
        with progress_bar(total, progress) as bar:
            yield bar
        raise KeyboardInterrupt

    monkeypatch.setattr("nn.training.fitting.progress_bar", closing_badly)
    line = Line()
    history = fit(line, LINE_X, LINE_Y, epochs=5, lr=1.5, optimizer="sgd", progress=False, record_parameters=True)
    assert history.interrupted
    assert history.epochs == 5
    assert tuple(data_of(line)) == history.snapshots[history.best_epoch].parameters


def test_a_loss_that_becomes_infinite_stops_the_run_and_keeps_the_best():
    line = Line()
    with pytest.warns(RuntimeWarning, match=r"became inf|became nan") as caught:
        history = fit(line, [[1e6 * x[0]] for x in LINE_X], LINE_Y, optimizer="sgd", lr=1.0, epochs=90, progress=False)
    assert history.diverged
    assert history.stopped == "diverged"
    assert "take a smaller learning rate (it was 1)" in str(caught[0].message)
    assert all(math.isfinite(x) for x in data_of(line))


@pytest.mark.parametrize("lr", ["a schedule", [0.1], 10**400, None, Value(1.0)], ids=lambda lr: type(lr).__name__)
def test_whatever_an_optimizer_calls_lr_a_divergence_keeps_the_best(lr):
    class Leaping:
        def __init__(self, parameters):
            self.parameters, self.lr, self.steps = parameters, lr, 0

        def zero_grad(self):
            pass

        def step(self):
            self.steps += 1
            self.parameters[0].data = 3.0 if self.steps == 1 else math.inf

    line = Line(slope=1.0)
    with pytest.warns(RuntimeWarning, match=r"epoch 1 are kept. Most often .* take a smaller learning rate and"):
        assert fit(line, LINE_X, LINE_Y, optimizer=Leaping, batch_size=None, progress=False).diverged
    assert data_of(line) == [3.0, 0.0]


def test_metrics_that_cannot_be_called_are_refused_before_the_first_epoch():
    line = Line()
    for metrics in ("accuracy", ["accuracy"], {"accuracy": "accuracy"}):
        with pytest.raises(TypeError, match="metrics must be a dict of names and functions, got"):
            fit(line, LINE_X, LINE_Y, metrics=metrics, progress=False)
        with pytest.raises(TypeError, match="metrics must be a dict of names and functions, got"):
            evaluate(line, LINE_X, LINE_Y, metrics=metrics)
    assert data_of(line) == [0.0, 0.0]


def test_a_callback_sees_every_epoch_and_can_stop_the_run():
    seen = []
    history = fit(
        Line(), LINE_X, LINE_Y, epochs=9, callbacks=[seen.append, lambda epoch: epoch.number == 4], progress=False
    )
    assert seen == history.records
    assert history.epochs == 4
    assert history.stopped == "a callback asked for it"


def test_validation_rows_given_as_a_pair_are_judged_after_every_epoch():
    line = Line(3.0, 1.0)
    held = ([[5.0]], [18.0])
    history = fit(line, LINE_X, LINE_Y, optimizer="sgd", epochs=1, validation=held, progress=False)
    assert history.val_loss == pytest.approx([4.0])


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw", Adam, lambda p: SGD(p, lr=0.05, momentum=0.9)])
def test_every_way_to_name_an_optimizer_trains(optimizer):
    history = fit(Line(), LINE_X, LINE_Y, optimizer=optimizer, epochs=5, progress=False)
    assert history.train_loss[-1] < history.train_loss[0]


def test_an_optimizer_that_exists_goes_on_from_where_it_is():
    line = Line()
    adam = Adam(line.parameters(), lr=0.1)
    for _ in range(2):
        fit(line, LINE_X, LINE_Y, optimizer=adam, epochs=1, batch_size=None, progress=False)
    assert adam.steps == 2


WRONG = [
    ({"X": []}, ValueError, "X is empty"),
    ({"y": [1.0]}, ValueError, "21 rows in X and 1 targets"),
    ({"X": [[1.0, 2.0]] * 21}, ValueError, "3"),
    ({"loss": "l2"}, ValueError, "unknown loss 'l2'; choose one of mse"),
    ({"loss": 3}, TypeError, "loss must be a name or a function"),
    ({"loss": lambda p, y: 1.0}, TypeError, "not a Value"),
    ({"optimizer": "rmspop"}, ValueError, "unknown optimizer 'rmspop'"),
    ({"optimizer": "lm", "loss": "l1"}, ValueError, "'lm' is for the loss mse"),
    ({"optimizer": "lbfgs", "lr": 0.1}, ValueError, "leave lr out"),
    ({"schedule": "cosin"}, ValueError, "unknown schedule 'cosin'; did you mean 'cosine'"),
    ({"schedule": 3}, TypeError, "schedule must be a name or a function"),
    ({"clip_norm": 0}, ValueError, "clip_norm must be above 0"),
    ({"l2": -1.0}, ValueError, "l2 must be a number from 0"),
    ({"l1": "a"}, TypeError, "l1 must be a number"),
    ({"ensemble": 0}, ValueError, "ensemble must be at least 1"),
    ({"sample_weight": [1.0]}, ValueError, "targets in sample_weight"),
    ({"sample_weight": [-1.0] * 21}, ValueError, "one number from 0 a row"),
    ({"class_weight": "balanced"}, ValueError, "class_weight is for targets that are classes"),
    ({"optimizer": 3}, TypeError, "optimizer must be a name"),
    ({"epochs": 0}, ValueError, "epochs must be at least 1, got 0"),
    ({"epochs": 1.5}, TypeError, "epochs must be a whole number, got float"),
    ({"batch_size": 0}, ValueError, "batch_size must be at least 1"),
    ({"patience": -1}, ValueError, "patience must be at least 1"),
    ({"validation": 1.5}, ValueError, "fraction between 0 and 1"),
    ({"validation": 0.99}, ValueError, "leaves none to train on"),
    ({"validation": ([[1.0]], [1.0], 3)}, ValueError, "pair"),
    ({"validation": ([[1.0, 2.0]], [1.0])}, ValueError, "validation rows have 2 numbers"),
    ({"lr": -1.0}, ValueError, "lr"),
]


@pytest.mark.parametrize(("wrong", "error", "message"), WRONG)
def test_wrong_arguments_raise_and_change_nothing(wrong, error, message):
    model = MLP(3 if wrong.get("X") else 1, [1], seed=0)
    before = data_of(model)
    arguments = {"X": LINE_X, "y": LINE_Y, "epochs": 1} | wrong
    with pytest.raises(error, match=message):
        fit(model, arguments.pop("X"), arguments.pop("y"), progress=False, **arguments)
    assert data_of(model) == before


def test_a_model_without_parameters_is_refused():
    class Empty(Module):
        def __call__(self, row):
            return Value(row[0])

    with pytest.raises(ValueError, match="Empty has no parameters"):
        fit(Empty(), LINE_X, LINE_Y, progress=False)


def test_the_bar_goes_to_stderr_and_can_be_silenced(capsys):
    fit(Line(), LINE_X, LINE_Y, epochs=2, progress=False)
    assert capsys.readouterr() == ("", "")
    fit(Line(), LINE_X, LINE_Y, epochs=2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "epoch 2/2" in err
    assert "100%" in err


def test_predictions_have_the_shape_of_the_outputs():
    assert predict(MLP(2, [3, 1], seed=0), [[0.0, 1.0], [1.0, 0.0]]).shape == (2,)
    assert predict(MLP(2, [3, 4], seed=0), np.zeros((5, 2))).shape == (5, 4)
    line = Line(2.0, 1.0)
    assert predict(line, [[3.0]]).tolist() == [7.0]
    assert line.slope.grad == 0.0


def test_a_history_is_plain_json_and_prints_on_one_line():
    history = fit(Line(), LINE_X, LINE_Y, epochs=3, validation=0.2, progress=False)
    assert json.loads(json.dumps(history.as_dict()))["train_loss"] == history.train_loss
    assert repr(history).startswith("History(3 epochs, train_loss ")
    assert len(repr(history)) < 200
    header, *rows = history.table()
    assert header == ["epoch", "train_loss", "val_loss", "seconds"]
    assert [row[0] for row in rows] == [1, 2, 3]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=30))
def test_accuracy_is_the_diagonal_of_the_confusion(pairs):
    expected = [e for e, _ in pairs]
    outputs = [[float(k == got) for k in range(3)] for _, got in pairs]
    matrix = confusion_matrix(outputs, expected)
    assert [[pairs.count((i, j)) for j in range(3)] for i in range(3)] == matrix
    assert accuracy(outputs, expected) == pytest.approx(sum(matrix[i][i] for i in range(3)) / len(pairs))


def test_one_output_is_a_class_by_its_sign_for_either_kind_of_label():
    assert accuracy([0.3, -0.2, 5.0], [1, 0, 1]) == 1.0
    assert accuracy([0.3, -0.2, 5.0], [1, -1, -1]) == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=2, max_size=20))
def test_rmse_and_r_squared_are_numpys(pairs):
    predictions, targets = (list(column) for column in zip(*pairs, strict=True))
    residual = np.array(predictions) - np.array(targets)
    assert rmse(predictions, targets) == pytest.approx(float(np.sqrt(np.mean(residual**2))), rel=1e-9, abs=1e-12)
    total = float(np.sum((np.array(targets) - np.mean(targets)) ** 2))
    if total > 1e-6:
        assert r_squared(predictions, targets) == pytest.approx(
            1 - float(np.sum(residual**2)) / total, rel=1e-6, abs=1e-6
        )


def test_figures_of_huge_numbers_do_not_overflow():
    assert rmse([1e200], [-1e200]) == 2e200
    assert r_squared([0.0, 0.0], [1e200, -1e200]) == 0.0
    assert r_squared([0.0, 0.0, 0.0], [1.7e308, -1.7e308, 1.7e308]) == pytest.approx(-0.125)
    assert rmse([0.0, 0.0], [1.7e308, -1.7e308]) == pytest.approx(1.7e308)
    assert r_squared([2.0, 2.0], [2.0, 2.0]) == 1.0
