"""What was trained silently wrong: numbers put over parameters, targets in no order, labels that begin with 1."""

import datetime
import warnings

import numpy as np
import pytest

import nn
from autograd import Value
from nn.tables.data import moons

ROWS = [[float(i), 1.0] for i in range(6)]


@pytest.mark.parametrize("put", [0.3, np.float64(0.3), 3, Value(0.3)], ids=["float", "numpy", "int", "Value"])
def test_a_number_put_over_a_weight_or_a_bias_stays_a_parameter(put):
    model = nn.MLP(2, [2, 1], seed=1)
    count = len(model.parameters())
    neuron = model.layers[0].neurons[0]
    neuron.w[0] = put
    neuron.b = float(put) if isinstance(put, Value) else put
    model.layers[1].neurons[0].w = [0.5, 2]
    assert len(model.parameters()) == count
    assert neuron.b.data == neuron.w[0].data == float(put)
    nn.fit(model, ROWS, range(6), epochs=1, progress=False)
    assert neuron.b.data != float(put)


def test_weights_of_another_number_are_refused():
    with pytest.raises(ValueError, match="w must stay a list of 2 weights, got 1"):
        nn.Neuron(2, seed=1).w = [0.5]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("validation", [None, 0.2])
def test_the_untrained_parameters_are_kept_when_no_epoch_was_better(validation):
    model = nn.MLP(2, [16, 16, 1], "relu", seed=1)
    before = [p.data for p in model.parameters()]
    X, y = moons(200, noise=0.1, seed=1)
    history = nn.fit(model, X, y, epochs=30, optimizer="sgd", lr=10, loss="mse", validation=validation, progress=False)
    assert history.best_epoch == 0
    assert [p.data for p in model.parameters()] == before
    assert "the untrained parameters are kept" in history.note


def test_a_run_that_only_gets_worse_keeps_what_it_began_with():
    model = nn.MLP(1, [1], seed=1)
    model.layers[0].neurons[0].w[0], model.layers[0].neurons[0].b = 2.0, 0.999
    X = [[float(i)] for i in range(6)]
    y = [2.0 * x + 1.0 for (x,) in X]
    history = nn.fit(model, X, y, epochs=5, lr=5.0, patience=2, progress=False)
    assert (history.best_epoch, model([3.0]).data) == (0, 6.999)


DAY = np.datetime64("2024-01-01", "ns")
UNORDERED = [
    ({i: float(i) for i in range(6)}, "got dict, whose order means nothing"),
    (dict.fromkeys(range(6), 1.0).keys(), "has no order"),
    (set(range(6)), "got set, which has no order"),
    (frozenset(range(6)), "got frozenset, which has no order"),
    (np.array([DAY] * 6), "holds dates or durations"),
    ([DAY] * 6, "is a date or a duration"),
    (np.array([DAY - DAY] * 6), "holds dates or durations"),
    ([datetime.date(2024, 1, 1)] * 6, "must be a number, got date"),
    (np.ma.masked_array(range(6), [1, 0, 0, 0, 0, 0]), "has masked numbers"),
    (bytearray(6), "got bytearray"),
    (np.array(1.0), "must be a list or an array"),
]


@pytest.mark.parametrize(("y", "message"), UNORDERED, ids=lambda x: type(x).__name__)
def test_targets_that_are_no_numbers_in_an_order_are_refused(y, message):
    with pytest.raises((TypeError, ValueError), match=message):
        nn.fit(nn.MLP(2, [1], seed=0), ROWS, y, epochs=1, progress=False)
    with pytest.raises((TypeError, ValueError)):
        nn.fit(nn.MLP(2, [1], seed=0), y, range(6), epochs=1, progress=False)


@pytest.mark.parametrize("loss", [None, "cross_entropy", nn.cross_entropy])
@pytest.mark.parametrize(
    ("y", "message"),
    [
        ([1, 2, 3, 1, 2, 3], "labels run from 1 to 3, .* subtract 1"),
        ([0, 1, 2, 3, 1, 1], r"y\[3\] is 3, and a model of 3 outputs has the classes 0..2"),
        ([-1, 1, 1, 0, 1, 1], r"y\[0\] is -1"),
    ],
)
def test_labels_that_are_no_classes_of_the_model_are_told_before_training(loss, y, message):
    model = nn.MLP(2, [3], seed=0)
    before = [p.data for p in model.parameters()]
    with pytest.raises(ValueError, match=message):
        nn.fit(model, ROWS, y, loss=loss, batch_size=1, epochs=1, progress=False)
    assert [p.data for p in model.parameters()] == before


def test_numbers_for_a_model_of_several_outputs_are_told_in_its_words():
    with pytest.raises(ValueError, match="gives 3 numbers a row and y has one"):
        nn.fit(nn.MLP(2, [3], seed=0), ROWS, [0.5] * 6, epochs=1, progress=False)


@pytest.mark.parametrize("wrong", [{"lr": True}, {"momentum": True}, {"weight_decay": False}, {"lr": np.True_}])
def test_true_is_no_step_size(wrong):
    with pytest.raises(TypeError, match="must be a number, got bool"):
        nn.SGD([Value(1.0)], **wrong)
    with pytest.raises(TypeError, match="must be a number, got bool"):
        nn.Adam([Value(1.0)], betas=(True, 0.9))


@pytest.mark.parametrize("name", ["epochs", "batch_size", "patience"])
def test_true_is_no_count(name):
    with pytest.raises(TypeError, match=f"{name} must be a whole number, got bool"):
        nn.fit(nn.MLP(2, [1], seed=0), ROWS, range(6), progress=False, **{"epochs": 1} | {name: True})


FRAMES = {
    "array": lambda rows: np.array(rows),
    "float32": lambda rows: np.array(rows, dtype=np.float32),
    "uint8": lambda rows: np.array(rows, dtype=np.uint8),
    "tuples": lambda rows: tuple(map(tuple, rows)),
    "arrays": lambda rows: [np.array(row) for row in rows],
    "generator": lambda rows: (row for row in rows),
    "pandas": lambda rows: pytest.importorskip("pandas").DataFrame(rows),
    "polars": lambda rows: pytest.importorskip("polars").DataFrame(rows, orient="row"),
    "arrow": lambda rows: pytest.importorskip("pyarrow").table({str(i): c for i, c in enumerate(zip(*rows))}),  # noqa: B905
    "sparse": lambda rows: pytest.importorskip("scipy.sparse").csr_array(np.array(rows)),
}


@pytest.mark.parametrize("made", FRAMES)
def test_every_kind_of_table_trains_to_the_same_bits(made):
    found = []
    for X in (ROWS, FRAMES[made](ROWS)):
        model = nn.MLP(2, [3, 1], seed=1)
        nn.fit(model, X, [0.5, 1.5, 2.0, 0.0, 1.0, 3.0], epochs=2, progress=False)
        found.append([p.data for p in model.parameters()])
    assert found[0] == found[1]


def test_huge_whole_numbers_stay_numbers():
    model = nn.MLP(2, [1], seed=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        for y in ([2**63, 1, 2, 3, 4, 5], [10**300, 0, 0, 0, 0, 0], np.array([2**63] * 6, dtype=np.uint64)):
            assert nn.fit(model, ROWS, y, epochs=1, progress=False).loss == "mse"
    with pytest.raises(ValueError, match=r"y\[0\] is too large for a float"):
        nn.fit(model, ROWS, [10**400, 0, 0, 0, 0, 0], epochs=1, progress=False)
