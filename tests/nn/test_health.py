"""Each disease of a training run gets its sentence, and a healthy run none."""

import random

import numpy as np
import pytest

import nn
import nn.__main__
from nn import MLP
from nn.activations import ACTIVATIONS
from nn.history import Epoch, Stop
from nn.samples import Samples
from nn.tables.data import moons
from nn.training.diagnoses import Times, sentence
from nn.training.health import NUMBERS_AT_ONCE, Health, _answers, _means_and_spreads, _of_curves

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


ADVISED = {"patience": "patience", "decay": "weight decay", "dropout": "dropout"}


def standardized(X):
    X = np.array(X, dtype=float)
    return (X - X.mean(axis=0)) / X.std(axis=0)


def half_moons(seed=1, count=200):
    X, y = moons(count, noise=0.15, seed=seed)
    return standardized(X), y


def run(model, X, y, **options):
    return nn.fit(model, X, y, progress=False, **{"epochs": 20, "batch_size": 16, "lr": 0.02} | options)


def ten_sigmoid_layers():
    return run(nn.MLP(2, [8] * 10 + [1], "sigmoid", seed=1), *half_moons(), epochs=10)


def a_huge_step():
    return run(nn.MLP(2, [16, 16, 1], "tanh", seed=1), *half_moons(), lr=100.0)


def a_huge_step_with_relu():
    return run(nn.MLP(2, [16, 16, 1], seed=1), *half_moons(), lr=100.0)


def a_tiny_step():
    return run(nn.MLP(2, [16, 16, 1], seed=1), *half_moons(), lr=1e-6)


def a_tiny_step_of_descent():
    return run(nn.MLP(2, [16, 16, 1], seed=1), *half_moons(), lr=1e-5, optimizer="sgd")


def all_weights_zero():
    return run(nn.MLP(2, [16, 1], seed=1, init="zeros"), *half_moons())


def all_weights_equal():
    return run(nn.MLP(2, [16, 1], "tanh", seed=1, init=lambda rng, nin, nout: [0.3] * nin), *half_moons())


def biases(model, number):
    for layer in model.layers[:-1]:
        for neuron in layer.neurons:
            neuron.b = number
    return model


def dead_relus():
    return run(biases(nn.MLP(2, [16, 1], seed=1), -100.0), *half_moons())


def saturated_sigmoids():
    return run(biases(nn.MLP(2, [16, 1], "sigmoid", seed=1), 60.0), *half_moons())


def saturated_tanhs():
    return run(biases(nn.MLP(2, [16, 1], "tanh", seed=1), -60.0), *half_moons())


def unscaled_inputs():
    X, y = half_moons()
    return run(nn.MLP(2, [16, 1], seed=1), X * [1.0, 1000.0], y)


def inputs_far_from_zero():
    X, y = half_moons()
    return run(nn.MLP(2, [16, 1], seed=1), X + np.array([0.0, 1e5]), y)


def a_missing_class():
    X, y = half_moons()
    return run(nn.MLP(2, [8, 3], seed=1), X, y)


def overfitting():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1) for _ in range(10)] for _ in range(60)]
    y = [rng.randint(0, 1) for _ in range(60)]
    return run(nn.MLP(10, [32, 1], seed=1), X, y, epochs=150, validation=0.4)


def stopped_too_soon():
    X, y = half_moons()
    return run(nn.MLP(2, [16, 16, 1], seed=1), X, y, epochs=6, lr=0.001)


def nothing_to_learn():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1)] for _ in range(400)]
    return run(nn.MLP(1, [1], seed=1), X, [rng.randint(0, 1) for _ in X], epochs=5)


def divergence():
    return run(nn.MLP(2, [16, 1], seed=1), *half_moons(), optimizer="sgd", lr=1e6, loss="mse")


def too_much_dropout():
    return run(nn.MLP(2, [4, 1], "tanh", seed=1, dropout=0.9), *half_moons(), epochs=5, lr=0.005)


def linear_layers():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(200)]
    return run(nn.MLP(2, [8, 1], "linear", seed=1), X, [int(a * a + b * b > 1.4) for a, b in X])


def linear_layers_that_learn():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(200)]
    return run(nn.MLP(2, [8, 1], "linear", seed=1), X, [int(a + b > 0) for a, b in X])


def too_much_decay():
    model = nn.MLP(2, [8, 1], "tanh", seed=1)
    return run(model, *half_moons(), lr=None, optimizer=nn.Adam(model.parameters(), lr=0.02, weight_decay=5.0))


def too_strong_a_penalty():
    return run(nn.MLP(2, [8, 1], "tanh", seed=1), *half_moons(), l1=2.0)


def relus_that_die():
    return run(nn.MLP(2, [8, 1], seed=1), *half_moons(), optimizer="sgd", lr=100.0)


def one_unscaled_input():
    rng = random.Random(0)
    X = [[rng.gauss(500, 100)] for _ in range(100)]
    return run(nn.MLP(1, [4, 1], seed=1), X, [int(x > 500) for (x,) in X])


def one_short_epoch():
    return run(nn.MLP(2, [8, 1], "tanh", seed=1), *half_moons(), epochs=1, lr=0.001)


def two_epochs():
    return run(nn.MLP(2, [8, 1], "tanh", seed=1), *half_moons(), epochs=2, lr=0.01)


DISEASES = [
    (ten_sigmoid_layers, "vanishes on its way through 11 layers"),
    (a_huge_step, "take a smaller learning rate"),
    (a_huge_step_with_relu, "take a smaller learning rate"),
    (a_tiny_step, "the steps are too short"),
    (a_tiny_step_of_descent, "the steps are too short"),
    (all_weights_zero, "all weights were 0 at the start"),
    (all_weights_equal, "have the same weights, before and after"),
    (linear_layers, "no hidden layer has an activation that bends"),
    (linear_layers_that_learn, "however many layers it has: take tanh or relu"),
    (too_much_decay, "with a weight decay of 5 the training loss ends at"),
    (too_strong_a_penalty, "with an L1 penalty of 2 the training loss ends at"),
    (relus_that_die, "begin anew with a smaller learning rate or leaky_relu"),
    (dead_relus, "no other learning rate brings them back"),
    (one_unscaled_input, "in size where about 1 is wanted"),
    (unscaled_inputs, "in size where the other is 1;"),
    (dead_relus, "100% of the ReLU neurons of layer 0 answer 0 for every row"),
    (saturated_sigmoids, "100% of the sigmoid neurons of layer 0 stand at one end"),
    (saturated_tanhs, "100% of the tanh neurons of layer 0 stand at one end"),
    (unscaled_inputs, "unscaled inputs make steps too long"),
    (inputs_far_from_zero, "input 1 is about 1e+05 in size"),
    (a_missing_class, "none of the rows to train on, 200 in all, is of class 2,"),
    (overfitting, "learned by heart"),
    (stopped_too_soon, "it is not done"),
    (two_epochs, "it is not done"),
    (one_short_epoch, "the run had one epoch (steps: "),
    (nothing_to_learn, "where a constant answer has"),
    (divergence, "Most often the steps are too long: take a smaller learning rate (it was"),
    (too_much_dropout, "with 90% of the hidden neurons left out of each step the best training loss is"),
]


@pytest.mark.parametrize(("disease", "sentence"), DISEASES)
def test_a_disease_gets_its_sentence(disease, sentence):
    notes = disease().notes
    assert any(sentence in note for note in notes), notes
    assert all(len(note) < 400 and "\n" not in note for note in notes)
    said = " ".join(notes)
    assert not ("smaller learning rate" in said and "larger learning rate" in said)


def test_too_long_a_step_is_not_said_to_be_the_fault_of_the_layers():
    X, y = moons(500, seed=0)
    history = run(nn.MLP(2, [16, 16, 1], "tanh", seed=0), X, y, optimizer="sgd", lr=100.0)
    assert any("times their length" in note for note in history.notes)
    assert not any("vanishes" in note for note in history.notes), history.notes


def lost_on_the_way(depth, activation):
    """The advice to a network whose gradient gets lost; its first weights are so small that it does."""
    model = nn.MLP(2, [8] * depth + [1], activation, seed=1)
    for p in (p for layer in model.layers[1:] for neuron in layer.neurons for p in neuron.w):
        p.data *= 1e-3
    notes = run(model, *half_moons(), epochs=1, lr=1e-6).notes
    return next(note for note in notes if "vanishes" in note).rpartition("hardly learn: take ")[2]


def test_a_network_is_not_advised_what_it_has():
    assert lost_on_the_way(4, "sigmoid") == "three layers or fewer, and relu or tanh rather than sigmoid"
    assert lost_on_the_way(4, "tanh") == "three layers or fewer"
    assert lost_on_the_way(2, "sigmoid") == "relu or tanh rather than sigmoid"
    assert lost_on_the_way(2, "tanh") == "one hidden layer"


def test_scaled_inputs_are_not_to_be_scaled_again():
    for disease in (saturated_sigmoids, saturated_tanhs):
        note = next(note for note in disease().notes if "saturated" in note)
        assert note.endswith("set their biases near 0, or begin anew with weights that another seed draws")
    X, y = half_moons()
    notes = run(biases(nn.MLP(2, [16, 1], "tanh", seed=1), -60.0), 3.0 * X, y).notes
    assert any(note.endswith("another seed draws, or scale the inputs") for note in notes)


def test_who_has_patience_decay_and_dropout_is_told_to_take_more_of_them():
    X = [[random.Random(i).gauss(0, 1)] for i in range(40)]
    model = nn.MLP(1, [4, 1], seed=1, dropout=0.1)
    history = run(model, X, [int(x > 0) for (x,) in X], epochs=2)
    history.records = [Epoch(i, 9.0 / i, 0.5 * i, {}, 0.0) for i in range(1, 13)]
    health = Health(model, model.parameters(), Samples(np.array(X), np.zeros(40)), "mse", 1)
    given = ((0.0, None), (0.1, 50))
    said = [health.notes(history, 0.01, {"an L2 penalty": l2}, patience)[-1] for l2, patience in given]
    assert said[0].endswith("take patience, weight decay, more dropout, fewer neurons or more rows")
    assert said[1].endswith("take less patience, more weight decay, more dropout, fewer neurons or more rows")


def test_steps_too_long_for_words_are_more_than_a_billion():
    assert "by more than a billion times their" in sentence("large", ratio=Times(1.1e17), now="")
    assert "by 0.5 times their" in sentence("large", ratio=Times(0.5), now="")


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_an_input_of_a_frame_is_called_by_its_name(kind):
    package = pytest.importorskip(kind)
    rng = random.Random(0)
    columns = {"rooms": [rng.gauss(0, 1) for _ in range(60)], "price": [rng.gauss(500, 100) for _ in range(60)]}
    frame = package.table(columns) if kind == "pyarrow" else package.DataFrame(columns)
    history = run(nn.MLP(2, [4, 1], seed=1), frame, [int(x > 500) for x in columns["price"]], epochs=2)
    assert any(note.startswith("input 'price' is about") for note in history.notes), history.notes


def test_a_network_without_hidden_layers_is_not_told_to_bend():
    rng = random.Random(0)
    X = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(200)]
    history = run(nn.MLP(2, [1], seed=1), X, [int(a + b > 0) for a, b in X])
    assert not any("bends" in note for note in history.notes)


def test_a_run_that_patience_stopped_is_not_said_to_learn_by_heart():
    history = overfitting()
    assert any("learned by heart" in note for note in history.notes)
    history.reason = Stop.NO_BETTER
    assert not _of_curves(history, False, 0.01, ADVISED)


def test_a_run_whose_steps_jump_about_is_not_said_to_learn_by_heart():
    X, y = half_moons(3, 300)
    model = nn.MLP(2, [16, 16, 1], seed=0)
    history = run(model, X, y, epochs=12, validation=0.3, optimizer="sgd", lr=30.0)
    history.records = [Epoch(i, 9.0 / i, 0.5 * i, {}, 0.0) for i in range(1, 13)]  # as if it were
    assert "learned by heart" in " ".join(_of_curves(history, False, 0.01, ADVISED))
    assert "learned by heart" not in " ".join(_of_curves(history, False, 1.0, ADVISED))
    assert any("times their length" in note for note in history.notes) or history.diverged


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.program) for seed in range(2, 20))])
def test_a_healthy_run_gets_none(seed):
    X, y = half_moons(seed, 300)
    kind = seed % 4
    if kind == 0:
        history = run(nn.MLP(2, [16, 16, 1], seed=seed), X, y, epochs=40, validation=0.2)
    elif kind == 1:
        history = run(nn.MLP(2, [12, 1], "tanh", seed=seed), X, y, epochs=80, validation=0.2, patience=15)
    elif kind == 2:
        targets = [np.sin(2 * a) + b for a, b in X]
        history = run(nn.MLP(2, [16, 1], "tanh", seed=seed), X, targets, epochs=120, lr=0.01)
    else:
        labels = [label + (a > 0.5) for (a, _), label in zip(X, y, strict=True)]
        history = run(nn.MLP(2, [16, 3], seed=seed), X, labels, epochs=80, validation=0.2, patience=10)
    assert history.notes == []


@pytest.mark.parametrize("activation", nn.activations.ACTIVATIONS)
def test_a_run_with_any_activation_is_looked_at(activation):
    X, y = half_moons(1, 60)
    model = nn.MLP(2, [4, 4, 1], activation, seed=1)
    assert len(run(model, X, y, epochs=2).train_loss) == 2
    rows = X[:5]
    hidden = nn.training.health._activations(model.layers, rows.tolist())[0]
    wanted = [[float(value) for value in model.layers[0].outputs(row)] for row in rows.tolist()]
    assert hidden == pytest.approx(np.array(wanted), rel=1e-12)


@pytest.mark.program
@pytest.mark.parametrize("dropout", [0.2, 0.5])
def test_a_healthy_run_with_dropout_gets_none(dropout):
    X, y = half_moons(1, 300)
    model = nn.MLP(2, [32, 1], "tanh", seed=1, dropout=dropout)
    assert run(model, X, y, epochs=80, validation=0.2, patience=15).notes == []


@pytest.mark.program
def test_notes_are_in_the_summary_and_on_the_command_line(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert nn.__main__.main(["train", "moons", "--lr", "1e-6", "--epochs", "3", "--out", "run"]) == 0
    assert "note: the whole run moved the weights by" in capsys.readouterr().out
    assert "too short" in (tmp_path / "run" / "summary.json").read_text()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_a_layer_answers_is_what_its_neurons_answer(activation):
    layer = MLP(3, [5, 1], activation, seed=1).layers[0]
    rows = np.random.default_rng(0).normal(size=(7, 3))
    wanted = [[float(value) for value in layer.outputs(row)] for row in rows.tolist()]
    np.testing.assert_allclose(_answers(layer, rows), wanted, rtol=1e-12)


def test_a_layer_without_biases_is_looked_at():
    history = run(nn.MLP(2, [8, 8, 1], "tanh", bias=False, seed=1), *half_moons(), epochs=2)
    assert history.epochs == 2


@pytest.mark.parametrize("shape", [(1, 1), (7, 3), (NUMBERS_AT_ONCE + 1, 1), (5, NUMBERS_AT_ONCE + 1), (9000, 5)])
def test_means_and_spreads_of_columns_are_numpys(shape):
    table = np.random.default_rng(0).normal(3.0, 2.0, size=shape)
    means, spreads = _means_and_spreads(table)
    np.testing.assert_allclose(means, table.mean(axis=0), rtol=1e-13)
    np.testing.assert_allclose(spreads, table.std(axis=0), rtol=1e-13)
