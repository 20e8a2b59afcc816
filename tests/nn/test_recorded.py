"""Training through `jit` gives what eager training gives, and says why where it cannot be used."""

from __future__ import annotations

import numpy as np
import pytest

import nn
from autograd import Value
from nn.evaluators import Eager, evaluator
from nn.losses import binary_cross_entropy_with_logits, cross_entropy, hinge_loss, mse_loss
from nn.recorded import Recorded
from nn.samples import Batch

ROWS = [[0.1 * i, -0.2 * i + 0.5] for i in range(11)]
CASES = [
    (1, hinge_loss, [(-1) ** i for i in range(11)]),
    (1, binary_cross_entropy_with_logits, [i % 2 for i in range(11)]),
    (1, mse_loss, [0.5 * i for i in range(11)]),
    (2, mse_loss, [[0.5 * i, 1.0] for i in range(11)]),
    (3, cross_entropy, [i % 3 for i in range(11)]),
]


@pytest.mark.parametrize(("width", "loss", "targets"), CASES)
def test_loss_outputs_and_gradients_equal_the_eager_ones(width, loss, targets):
    model = nn.MLP(2, [5, width], seed=1)
    fast, eager = Recorded(Eager(model, loss)), Eager(model, loss)
    found = []
    for way in (fast, eager):
        model.zero_grad()
        found.append((way.gradients(ROWS, targets), [p.grad for p in model.parameters()], way.loss(ROWS, targets)))
    assert fast.reason == ""
    (fast_loss, fast_outputs), fast_gradient, _ = found[0]
    (eager_loss, eager_outputs), eager_gradient, _ = found[1]
    assert fast_loss == pytest.approx(eager_loss, rel=1e-13)
    for a, b in zip(fast_outputs, eager_outputs, strict=True):
        assert a == pytest.approx(b, rel=1e-12)
    assert fast_gradient == pytest.approx(eager_gradient, rel=1e-11, abs=1e-15)
    assert found[0][2][0] == pytest.approx(found[1][2][0], rel=1e-13)
    for a, b in zip(fast.outputs(ROWS), eager.outputs(ROWS), strict=True):
        assert a == pytest.approx(b, rel=1e-12)


def test_a_model_that_reads_its_numbers_is_computed_eagerly_and_told_in_one_line():
    class Odd(nn.Module):
        def __init__(self):
            self.w = Value(1.0)

        def __call__(self, x):
            return self.w * x[0] * float(abs(self.w.data))

    way = evaluator(Odd(), mse_loss)
    loss, _ = way.gradients(ROWS, [0.0] * 11)
    assert loss > 0
    assert way.reason.startswith("computed eagerly: jit:")
    assert "\n" not in way.reason


def test_wrong_targets_raise_in_the_words_of_the_loss():
    way = evaluator(nn.MLP(2, [1], seed=1), hinge_loss)
    with pytest.raises(ValueError, match="labels must be -1 or 1"):
        way.gradients(ROWS, [2.0] * 11)


def test_a_batch_is_its_items_in_its_order_as_a_list_and_as_an_array():
    table = Batch([[float(i), -float(i)] for i in range(5)])
    batch = Batch(table, [3, 0])
    assert list(batch) == batch.items == [[3.0, -3.0], [0.0, -0.0]]
    assert np.array_equal(batch.array(np.float64), batch.items)
    assert Batch(Batch([2, 7, 4]), [2, 1]).array(np.int64).tolist() == [4, 7]
    assert len(batch) == 2
    assert batch[1] == [0.0, -0.0]


@pytest.mark.parametrize(("width", "loss", "targets"), CASES)
def test_batches_of_a_table_give_what_lists_give(width, loss, targets):
    model = nn.MLP(2, [5, width], seed=1)
    rows, labels = Batch(ROWS), Batch(targets)
    way = evaluator(model, loss)
    for places in ([3, 1, 4, 1, 5], [10, 9, 2, 6], [7]):
        taken = [ROWS[i] for i in places], [targets[i] for i in places]
        found, outputs = way.loss(Batch(rows, places), Batch(labels, places))
        expected, listed = evaluator(model, loss).loss(*taken)
        assert found == expected
        assert outputs.tolist() == listed.tolist()
    assert way.reason == ""


def test_wrong_targets_of_a_table_raise_in_the_batch_that_has_them():
    rows, labels = Batch(ROWS), Batch([1.0] * 10 + [2.0])
    way = evaluator(nn.MLP(2, [1], seed=1), hinge_loss)
    for places in ([0, 1, 2, 3], [4, 5, 6]):
        way.gradients(Batch(rows, places), Batch(labels, places))
    with pytest.raises(ValueError, match="labels must be -1 or 1"):
        way.gradients(Batch(rows, [9, 10]), Batch(labels, [9, 10]))
