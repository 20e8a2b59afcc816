"""Weights, schedules, penalties, dropout, ensembles, losses and optimizers of `fit`: each does what it says."""

import functools
import math
import random

import numpy as np
import pytest

import nn
from autograd import Value, gradcheck
from nn.tables.data import moons
from nn.training.ensembles import join
from nn.training.schedules import SCHEDULES, chosen_schedule
from nn.training.settings import Size, settings_for, table_settings

X = np.random.default_rng(0).normal(size=(12, 2))
Y = X @ [1.0, -2.0] + 0.5
LABELS = (Y > 0).astype(int)


def data_of(model):
    return [p.data for p in model.parameters()]


def trained(rows=X, targets=Y, model=None, **options):
    model = model or nn.MLP(2, [4, 1], "tanh", seed=1)
    usual = {"optimizer": "sgd", "lr": 0.1, "epochs": 3, "batch_size": None, "progress": False}
    history = nn.fit(model, rows, targets, **usual | options)
    return data_of(model), history


def custom(predictions, targets):
    return nn.mse_loss(predictions, targets)


@pytest.mark.parametrize("loss", ["mse", custom, "l1", "huber", "quantile"])
def test_a_row_of_weight_two_counts_as_two_rows(loss):
    weights = [2.0] + [1.0] * 11
    twice = np.vstack([X[:1], X]), np.concatenate([Y[:1], Y])
    one, _ = trained(loss=loss, sample_weight=weights)
    two, _ = trained(*twice, loss=loss)
    assert one == pytest.approx(two, rel=1e-9)


def test_a_row_of_weight_zero_counts_nothing():
    weights = [0.0] + [1.0] * 11
    assert trained(sample_weight=weights)[0] == pytest.approx(trained(X[1:], Y[1:])[0], rel=1e-9)


def test_balanced_classes_count_alike_and_a_dict_says_how_much():
    rare = np.array([1, *[0] * 11])
    balanced, _ = trained(targets=rare, class_weight="balanced")
    by_hand, _ = trained(targets=rare, sample_weight=[11.0, *[1.0] * 11])
    said, _ = trained(targets=rare, class_weight={1: 22, 0: 2})
    assert balanced == pytest.approx(by_hand, rel=1e-9)
    assert said == pytest.approx(by_hand, rel=1e-9)
    with pytest.raises(ValueError, match="names 2, which is no class"):
        trained(targets=rare, class_weight={2: 1.0})


def test_penalties_are_those_of_the_loss():
    model = nn.MLP(2, [1], seed=1)
    w = data_of(model)
    residual = [sum(a * b for a, b in zip(w, [*row, 1.0], strict=True)) - y for row, y in zip(X, Y, strict=True)]
    gradient = 2 * np.array(residual) @ np.column_stack([X, np.ones(12)]) / 12
    expected = w - 0.1 * (gradient + 0.3 * np.array(w) + 0.2 * np.sign(w))
    found, _ = trained(model=model, epochs=1, l1=0.2, l2=0.3)
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_long_gradient_is_shortened():
    start = np.array(data_of(nn.MLP(2, [4, 1], "tanh", seed=1)))
    free, clipped = (np.array(trained(epochs=1, clip_norm=limit)[0]) - start for limit in (None, 0.01))
    assert np.linalg.norm(clipped) == pytest.approx(0.1 * 0.01)
    assert clipped / np.linalg.norm(clipped) == pytest.approx(free / np.linalg.norm(free))


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_stays_in_bounds_and_trains(name):
    schedule = chosen_schedule(name)
    factors = [schedule(step, 100) for step in range(101)]
    assert all(0.0 <= factor <= 1.0 for factor in factors)
    assert max(factors) == pytest.approx(1.0, abs=0.01)
    assert trained(schedule=name, epochs=30)[1].train_loss[-1] < 4.0


def test_schedules_fall_as_they_say():
    at = {name: [chosen_schedule(name)(step, 100) for step in (0, 50, 99)] for name in SCHEDULES}
    assert at["cosine"] == pytest.approx([1.0, 0.5, 0.000246], abs=1e-4)
    assert at["step"] == [1.0, pytest.approx(1 / 3), pytest.approx(1 / 9)]
    assert at["exponential"] == pytest.approx([1.0, 0.1, 0.0105], rel=0.02)
    assert at["warmup"] == [0.1, 1.0, 1.0]
    assert at["one_cycle"][0] == pytest.approx(0.1)


def test_a_schedule_of_ones_own_sees_every_step_and_the_optimizer_gets_its_lr_back():
    seen = []

    def half(step, steps):
        seen.append((step, steps))
        return 0.5

    optimizer = []
    made = lambda parameters: optimizer.append(nn.SGD(parameters, lr=0.2)) or optimizer[0]  # noqa: E731
    found, _ = trained(optimizer=made, lr=None, schedule=half, batch_size=6)
    assert seen == [(i, 6) for i in range(6)]
    assert found == trained(lr=0.1, batch_size=6)[0]
    assert optimizer[0].lr == 0.2


def test_plateau_halves_when_the_loss_does_not_fall():
    plateau = SCHEDULES["plateau"]()
    for _ in range(6):
        plateau.see(1.0)
    assert plateau(0, 0) == 0.5


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop", "adamw"])
def test_l2_is_the_same_to_the_bit_whichever_way_it_is_added(optimizer):
    """The optimizer's own weight decay takes l2 on, unless gradients are clipped, here at what they never reach."""
    expected, slow = trained(optimizer=optimizer, l2=0.3, batch_size=5, clip_norm=1e300)
    found, fast = trained(optimizer=optimizer, l2=0.3, batch_size=5)
    assert found == expected
    assert fast.state["optimizer"] == slow.state["optimizer"]
    assert found != trained(optimizer=optimizer, batch_size=5)[0]


@pytest.mark.parametrize("widths", [[3, 1], [3, 2, 2], [1], [2]])
def test_an_ensemble_is_the_average_of_its_members_in_one_network(widths, tmp_path):
    members = [nn.MLP(2, widths, "tanh", seed=seed) for seed in range(3)]
    expected = np.mean([nn.predict(member, X) for member in members], axis=0)
    join(members[0], members[1:])
    assert nn.predict(members[0], X) == pytest.approx(expected, rel=1e-12)
    nn.save(members[0], tmp_path / "m.json")
    assert nn.predict(nn.load(tmp_path / "m.json"), X) == pytest.approx(expected, rel=1e-12)


def test_fit_trains_an_ensemble_that_is_saved_as_one(tmp_path):
    model = nn.MLP(2, [4, 1], "tanh", seed=1)
    alone, _ = trained(epochs=20)
    nn.fit(model, X, Y, optimizer="sgd", lr=0.1, epochs=20, batch_size=None, ensemble=3, progress=False)
    assert len(model.layers[0].neurons) == 12
    assert [float(w) for w in model.layers[0].neurons[0].w] == pytest.approx(alone[:2])
    nn.save(model, tmp_path / "m.json")
    assert nn.predict(nn.load(tmp_path / "m.json"), X).tolist() == nn.predict(model, X).tolist()
    with pytest.raises(TypeError, match="ensemble wants an MLP with linear outputs"):
        nn.fit(nn.MLP(2, [1], output_activation="tanh", seed=1), X, Y, ensemble=2, progress=False)


@pytest.mark.parametrize("members", [1, 2, 4])
def test_an_ensemble_has_as_many_members_as_were_asked_for(members):
    model = nn.MLP(2, [3, 1], "tanh", seed=1)
    nn.fit(model, X, Y, epochs=2, ensemble=members, progress=False)
    assert len(model.layers[0].neurons) == 3 * members


def test_dropout_leaves_units_out_in_training_only():
    model = nn.MLP(2, [50, 1], seed=1, dropout=0.5)
    row = [0.5, -0.5]
    assert len({model(row).data for _ in range(5)}) == 1
    model.train()
    answers = [model(row).data for _ in range(3000)]
    assert len(set(answers)) > 100
    model.eval()
    spread = np.std(answers) / math.sqrt(len(answers))
    assert np.mean(answers) == pytest.approx(model(row).data, abs=5 * spread)
    zeros = (model.masks(1000) == 0.0).mean()
    assert zeros == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("make", [lambda: {"seed": 5}, lambda: {"seed": -5}, lambda: {"rng": random.Random(5)}])
@pytest.mark.parametrize("options", [{}, {"ensemble": 2}, {"batch_size": None}])
def test_which_units_are_left_out_follows_from_the_seed(make, options):
    X, y = nn.moons(40, seed=1)
    found = []
    for _ in range(2):
        model = nn.MLP(2, [8, 1], dropout=0.5, **make())
        nn.fit(model, X, y, epochs=2, progress=False, **options)
        found.append([p.data for p in model.parameters()])
    assert found[0] == found[1]


def test_dropout_given_later_follows_from_the_seed_too():
    found = []
    for _ in range(2):
        model = nn.MLP(2, [8, 1], seed=5)
        model.dropout = 0.5
        found.append(model.masks(3).tolist())
    assert found[0] == found[1] == nn.MLP(2, [8, 1], seed=5, dropout=0.5).masks(3).tolist()


def test_dropout_trains_at_machine_speed_and_leaves_the_model_as_it_was():
    points, labels = moons(200, seed=0)
    model = nn.MLP(2, [16, 16, 1], seed=1, dropout=0.2)
    history = nn.fit(model, points, labels, epochs=30, lr=0.02, validation=0.2, progress=False)
    assert history.note == ""
    assert not model.training
    assert nn.evaluate(model, points, labels)["accuracy"] > 0.9
    with pytest.raises(ValueError, match="dropout must be a share"):
        nn.MLP(2, [1], dropout=1.0)


def test_layer_norm_has_mean_0_and_variance_1():
    norm = nn.LayerNorm(4)
    out = [float(v) for v in norm([1.0, 2.0, 3.0, 10.0])]
    assert np.mean(out) == pytest.approx(0.0, abs=1e-12)
    assert np.var(out) == pytest.approx(1.0, rel=1e-5)
    assert len(norm.parameters()) == 8
    gradcheck(lambda x: norm(x)[0] * norm(x)[3], [0.5, -1.0, 2.0, 0.1])


def number(x):
    return float(x)


LOSSES = [
    (nn.l1_loss, [1.0, -2.0], [0.5, 1.0], 1.75),
    (nn.huber_loss, [1.0, -2.0], [0.5, 1.0], (0.125 + 2.5) / 2),
    (nn.quantile_loss, [1.0, -2.0], [0.5, 1.0], 0.5 * 1.75),
    (nn.poisson_loss, [0.0, math.log(2)], [1, 3], (1.0 + 2.0 - 3 * math.log(2)) / 2),
    (nn.focal_loss, [0.0, 0.0], [0, 1], 0.25 * math.log(2)),
    (nn.gaussian_loss, [[1.0, 0.0], [0.0, math.log(4)]], [2.0, 2.0], (0.5 + 0.5 * (math.log(4) + 1.0)) / 2),
]


@pytest.mark.parametrize(("loss", "predictions", "targets", "expected"), LOSSES)
def test_losses_are_their_formulas_and_differentiable(loss, predictions, targets, expected):
    assert number(loss(predictions, targets)) == pytest.approx(expected, rel=1e-12)
    shifted = np.array(predictions) + 0.1
    gradcheck(lambda p: loss(p, targets), shifted.tolist())
    with pytest.raises(ValueError, match=loss.__name__):
        loss(predictions, targets[:1])


def test_losses_say_what_they_cannot_take():
    for loss, options in ((nn.quantile_loss, {"q": 1.0}), (nn.huber_loss, {"delta": 0.0})):
        with pytest.raises(ValueError, match=loss.__name__):
            loss([1.0], [1.0], **options)
    for loss in (nn.poisson_loss, nn.focal_loss):
        with pytest.raises(ValueError, match=loss.__name__):
            loss([1.0], [-1.0])
    with pytest.raises(ValueError, match="must be a pair"):
        nn.gaussian_loss([1.0, 2.0], [1.0, 2.0])


@pytest.mark.parametrize("loss", ["l1", "huber", "quantile", "poisson", "focal", "gaussian"])
def test_every_loss_trains_by_name_at_machine_speed(loss):
    targets = {"poisson": np.round(np.exp(X[:, 0])), "focal": LABELS}.get(loss, Y)
    model = nn.MLP(2, [4, 2 if loss == "gaussian" else 1], "tanh", seed=1)
    history = nn.fit(model, X, targets, loss=loss, epochs=60, lr=0.02, progress=False)
    assert history.note == ""
    assert history.train_loss[-1] < history.train_loss[0]


def test_the_quantile_is_found():
    rng = np.random.default_rng(0)
    y = rng.exponential(size=400)
    model = nn.MLP(1, [1], seed=0)

    def loss(predictions, targets):
        return nn.quantile_loss(predictions, targets, q=0.9)

    nn.fit(model, np.zeros((400, 1)), y, loss=loss, epochs=20, lr=0.05, schedule="cosine", progress=False)
    assert model([0.0]).data == pytest.approx(np.quantile(y, 0.9), rel=0.1)


def test_rmsprop_and_lion_follow_their_formulas():
    p = [Value(1.0), Value(-2.0)]
    rms = nn.RMSProp(p, lr=0.1, weight_decay=0.01)
    v = np.zeros(2)
    x = np.array([1.0, -2.0])
    for step in range(3):
        g = np.array([0.5, -1.0]) * (step + 1)
        for value, grad in zip(p, g, strict=True):
            value.grad = float(grad)
        rms.step()
        g = g + 0.01 * x
        v = 0.99 * v + 0.01 * g * g
        x = x - 0.1 * g / (np.sqrt(v) + 1e-8)
    assert [value.data for value in p] == pytest.approx(x.tolist(), rel=1e-12)
    p = [Value(1.0), Value(-2.0)]
    lion = nn.Lion(p, lr=0.1, weight_decay=0.5)
    p[0].grad, p[1].grad = 3.0, -0.001
    lion.step()
    assert [value.data for value in p] == pytest.approx([0.95 - 0.1, -1.9 + 0.1])
    again = nn.Lion(p, lr=0.1)
    again.load_state_dict(lion.state_dict())
    assert again.steps == 1


def sine():
    points = np.linspace(-3, 3, 60)[:, None]
    return points / 1.7, np.sin(2 * points[:, 0])


def test_levenberg_marquardt_fits_a_sine_to_a_millionth():
    model = nn.MLP(1, [12, 1], "tanh", seed=1)
    history = nn.fit(model, *sine(), optimizer="lm", epochs=300, progress=False)
    assert min(history.train_loss) < 1e-6


def test_lbfgs_goes_down_at_every_step_and_farther_than_adam():
    found = {}
    for optimizer in ("lbfgs", "adam"):
        model = nn.MLP(1, [12, 1], "tanh", seed=1)
        options = {"batch_size": None} if optimizer == "adam" else {}
        history = nn.fit(model, *sine(), optimizer=optimizer, epochs=300, progress=False, **options)
        found[optimizer] = history.train_loss
    assert found["lbfgs"] == sorted(found["lbfgs"], reverse=True)
    assert found["lbfgs"][-1] < 0.1 * found["adam"][-1]


def test_lbfgs_trains_classes_with_weights():
    model = nn.MLP(2, [4, 2], "tanh", seed=1)
    history = nn.fit(model, X, LABELS, optimizer="lbfgs", epochs=50, l2=1e-3, class_weight="balanced", progress=False)
    assert history.metrics["accuracy"][-1] == 1.0


def test_an_interrupted_ensemble_keeps_the_members_that_are_done():
    calls = []

    def interrupt(epoch):
        calls.append(epoch)

    model = nn.MLP(2, [4, 1], seed=1)
    history = nn.fit(model, X, Y, epochs=2, ensemble=2, callbacks=[interrupt], progress=False)
    assert len(calls) == 2
    assert not history.interrupted


def test_a_network_begins_as_the_linear_model_and_is_never_behind_it_on_what_it_is_judged_by():
    from nn.training.baselines import linear_outputs, linear_weights
    from nn.training.linear_start import start_from_linear

    three = LABELS + (X[:, 1] > 0)
    for widths, targets, classes in (([8, 1], LABELS, 2), ([1], LABELS, 2), ([9, 8, 3], three, 3), ([3], three, 3)):
        model = nn.MLP(2, widths, seed=1)
        assert start_from_linear(model, X, targets, classes)
        logits = linear_outputs(linear_weights(X, targets, classes), X)
        expected = logits[:, 1] - logits[:, 0] if classes == 2 else logits
        assert nn.predict(model, X) == pytest.approx(expected, abs=1e-9)
    for model in (nn.MLP(2, [8, 1], "tanh", seed=1), nn.MLP(2, [2, 1], seed=1)):
        before = data_of(model)
        assert not start_from_linear(model, X, LABELS, 2)
        assert data_of(model) == before


def test_the_penalty_is_that_of_the_rows_left_out():
    from nn.training.baselines import PENALTIES, fitting_penalty, linear_outputs, linear_weights

    rng = np.random.default_rng(0)
    for noise in (0.1, 3.0):
        y = X @ [1.0, -2.0] + rng.normal(0, noise, 12)
        errors = []
        for penalty in PENALTIES:
            left = [np.arange(12) != i for i in range(12)]
            guessed = [linear_outputs(linear_weights(X[m], y[m], penalty=penalty), X[~m])[0] for m in left]
            errors.append(np.square(np.array(guessed) - y).sum())
        best = errors[PENALTIES.index(fitting_penalty(X, y))]
        assert best <= 1.05 * min(errors)  # ours centers once and not for each row anew


@pytest.mark.parametrize(("settings", "steps"), [(settings_for, 12_000), (table_settings, 6_000)])
def test_a_table_is_trained_for_as_many_epochs_as_its_steps_allow(settings, steps):
    for rows in range(400, 40_000, 7):
        found = settings(Size(rows, 5, 1), regression=True)
        epoch = rows / found.batch_size
        if 10 < found.epochs < 200:
            assert found.epochs * epoch <= steps < (found.epochs + 1) * epoch


def test_a_callback_may_set_parameters_and_not_replace_them():
    model = nn.MLP(2, [3, 1], seed=1)

    def set_one(_):
        model.layers[0].neurons[0].b.data = 0.5

    def replace_one(_):
        model.layers[0].neurons[0].w[1] = Value(0.5)

    def add_a_layer(_):
        model.layers.append(nn.MLP(1, [1]).layers[0])

    fit = functools.partial(nn.fit, model, X, Y, epochs=2, progress=False)
    fit(callbacks=[set_one])
    with pytest.raises(ValueError, match="after a callback the model has another parameter 1, which would never be"):
        fit(callbacks=[replace_one])
    fit()
    with pytest.raises(ValueError, match="after a callback the model has 15 parameters instead of 13"):
        fit(callbacks=[add_a_layer])
