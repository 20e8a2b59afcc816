"""Models that keep what they have computed: nothing in fit, predict and evaluate cuts it from the graph."""

from __future__ import annotations

from functools import cached_property

import pytest

import nn
from autograd import Value, detect_anomaly

ROWS, TARGETS = [[1.0], [2.0], [0.5], [1.5], [3.0], [-1.0]], [4.0, 8.0, 2.0, 6.0, 12.0, -4.0]


class Cached(nn.Module):
    def __init__(self):
        self.w = Value(0.5)

    @cached_property
    def w2(self):
        return self.w * 2

    def __call__(self, x):
        return self.w2 * x[0]


class Memo(nn.Module):
    def __init__(self):
        self.w, self.memo = Value(0.5), {}

    def __call__(self, x):
        if "w2" not in self.memo:
            self.memo["w2"] = self.w * 2
        return self.memo["w2"] * x[0]


class KeptInEvaluation(nn.Module):
    """Keeps what it computes until training begins again, or ends."""

    def __init__(self):
        self.w, self.kept = Value(0.5), None

    def train(self, training=True):
        self.kept = None
        return super().train(training)

    def __call__(self, x):
        if self.training:
            return self.w * 2 * x[0]
        if self.kept is None:
            self.kept = self.w * 2
        return self.kept * x[0]


def own_mse(predictions, targets):
    return nn.mse_loss(predictions, targets)


OPTIONS = {"optimizer": "sgd", "lr": 0.01, "batch_size": None, "progress": False}
KEEPING = pytest.mark.parametrize("make", [Cached, Memo])
LOSSES = pytest.mark.parametrize("loss", ["mse", own_mse])


@KEEPING
@LOSSES
@pytest.mark.parametrize("validation", [None, 0.3, (ROWS, TARGETS)])
def test_fit_gives_what_the_loop_gives(make, loss, validation):
    model, looped = make(), make()
    history = nn.fit(model, ROWS, TARGETS, loss=loss, epochs=5, validation=validation, keep_best=False, **OPTIONS)
    assert list(model.state_dict()) == ["w"]
    if validation != 0.3:
        for _ in range(5):
            looped.zero_grad()
            nn.mse_loss([looped(row) for row in ROWS], TARGETS).backward()
            looped.w.data -= 0.01 * looped.w.grad
        assert model.w.data == pytest.approx(looped.w.data, rel=1e-12)
    assert model.w.data != 0.5
    name = "w2" if make is Cached else "memo.w2"
    assert [note for note in history.notes if f"`{name}`" in note and "computed once" in note]


@KEEPING
@LOSSES
@pytest.mark.parametrize("count", [1, len(ROWS)])
@pytest.mark.parametrize("ask", ["predict", "evaluate"])
def test_what_is_asked_first_leaves_the_gradient(make, loss, count, ask):
    model = make()
    if ask == "predict":
        nn.predict(model, ROWS[:count])
    else:
        nn.evaluate(model, ROWS[:count], TARGETS[:count], loss=loss)
    model([1.0]).backward()
    assert model.w.grad == 2.0
    assert model.state_dict() == {"w": 0.5}


@KEEPING
def test_so_it_is_where_nothing_is_recorded(make):
    model = make()
    with detect_anomaly():
        nn.predict(model, ROWS)
    model([1.0]).backward()
    assert model.w.grad == 2.0


@LOSSES
@pytest.mark.parametrize(
    "options",
    [{"validation": (ROWS, TARGETS)}, {"patience": 2}, {"keep_best": True}, {}, {"optimizer": "lbfgs", "lr": None}],
)
def test_what_is_kept_for_evaluation_is_that_of_the_last_parameters(loss, options):
    model = KeptInEvaluation()
    history = nn.fit(model, ROWS, TARGETS, loss=loss, epochs=20, **OPTIONS | {"lr": 0.4} | options)
    assert not model.training
    assert model([1.0]).data == 2.0 * model.w.data
    model([1.0]).backward()
    assert model.w.grad != 0.0
    assert not any("computed once" in note for note in history.notes)


def test_the_best_epoch_is_judged_by_the_parameters_of_its_own():
    model = KeptInEvaluation()
    model.w.data = 1.9  # near the right one, which steps as long as these leap over
    history = nn.fit(model, ROWS, TARGETS, loss="mse", epochs=3, keep_best=True, **OPTIONS | {"lr": 0.4})
    assert (history.best_epoch, model.w.data) == (0, 1.9)


def test_a_last_answer_that_is_kept_is_no_reason_for_a_note():
    class Last(nn.Module):
        def __init__(self):
            self.w, self.last = Value(0.5), None

        def __call__(self, x):
            self.last = self.w * x[0]
            return self.last

    for loss in ("mse", own_mse):
        model = Last()
        history = nn.fit(model, ROWS, TARGETS, loss=loss, epochs=20, **OPTIONS)
        assert not any("computed once" in note for note in history.notes)
        assert list(model.state_dict()) == ["w"]


def test_what_was_computed_from_parameters_before_is_told_and_constants_are_not():
    class Made(nn.Module):
        def __init__(self):
            self.w, self.scale = Value(0.5), Value(2.0) * 3.0
            self.parts = {"a": [self.w * 2]}

        def parameters(self):
            return [self.w]

        def __call__(self, x):
            return self.parts["a"][0] * x[0] + self.w * self.scale

    notes = nn.fit(Made(), ROWS, TARGETS, loss="mse", epochs=5, **OPTIONS).notes
    assert [("`parts.a.0`" in note, "scale" in note) for note in notes if "computed once" in note] == [(True, False)]
