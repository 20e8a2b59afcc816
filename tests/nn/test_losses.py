"""Losses against their textbook formulas in 50 digits, at their edges, and their errors."""

import math

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value
from nn import binary_cross_entropy_with_logits, cross_entropy, hinge_loss, mse_loss

mpmath.mp.dps = 50
scores = st.floats(-50, 50)


def checked(loss, expected, values, partials):
    """Value and gradients agree with the oracle's to a few roundings."""
    assert loss.data == pytest.approx(float(expected), rel=1e-13, abs=1e-13)
    for v in values:
        v.grad = 0.0
    loss.backward()
    for v, partial in zip(values, partials, strict=True):
        assert v.grad == pytest.approx(float(partial), rel=1e-12, abs=1e-15)


@given(st.lists(st.tuples(scores, scores), min_size=1, max_size=8))
def test_mse_loss_is_the_mean_of_squares(samples):
    values = [Value(p) for p, _ in samples]
    exact = [(mpmath.mpf(p) - mpmath.mpf(t)) for p, t in samples]
    n = len(samples)
    loss = mse_loss(values, [t for _, t in samples])
    checked(loss, sum(d * d for d in exact) / n, values, [2 * d / n for d in exact])


@given(st.lists(st.tuples(scores, st.sampled_from([-1, 1, -1.0, 1.0])), min_size=1, max_size=8))
def test_hinge_loss_is_the_mean_of_the_margins_missed(samples):
    values = [Value(p) for p, _ in samples]
    margins = [1 - mpmath.mpf(y) * mpmath.mpf(p) for p, y in samples]
    n = len(samples)
    partials = [mpmath.mpf(-y) / n if float(1 - y * p) > 0 else 0 for p, y in samples]
    checked(hinge_loss(values, [y for _, y in samples]), sum(max(0, m) for m in margins) / n, values, partials)


@given(st.lists(st.tuples(scores, st.one_of(st.sampled_from([0, 1]), st.floats(0, 1))), min_size=1, max_size=8))
def test_binary_cross_entropy_is_that_of_the_probabilities(samples):
    values = [Value(z) for z, _ in samples]
    p = [1 / (1 + mpmath.exp(-mpmath.mpf(z))) for z, _ in samples]
    q = [1 / (1 + mpmath.exp(mpmath.mpf(z))) for z, _ in samples]
    y = [mpmath.mpf(t) for _, t in samples]
    n = len(samples)
    exact = sum(-t * mpmath.log(a) - (1 - t) * mpmath.log(b) for t, a, b in zip(y, p, q, strict=True)) / n
    checked(
        binary_cross_entropy_with_logits(values, [t for _, t in samples]),
        exact,
        values,
        [((1 - t) * a - t * b) / n for t, a, b in zip(y, p, q, strict=True)],
    )


@st.composite
def classified(draw):
    k = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(scores, min_size=k, max_size=k), min_size=1, max_size=5))
    return rows, [draw(st.integers(0, k - 1)) for _ in rows]


@given(classified())
def test_cross_entropy_is_minus_the_log_of_the_softmax(samples):
    rows, targets = samples
    values = [[Value(z) for z in row] for row in rows]
    exponentials = [[mpmath.exp(mpmath.mpf(z)) for z in row] for row in rows]
    n = len(rows)
    probabilities = [[e / sum(row) for e in row] for row in exponentials]
    exact = -sum(mpmath.log(row[t]) for row, t in zip(probabilities, targets, strict=True)) / n
    partials = [(p - (k == t)) / n for row, t in zip(probabilities, targets, strict=True) for k, p in enumerate(row)]
    loss = cross_entropy(values, targets)
    assert loss.data == pytest.approx(float(exact), rel=1e-12, abs=1e-13)
    loss.backward()
    # A probability is exp(logit - logsumexp), so half a rounding of logsumexp, 3.6e-15 below 64, moves it by as much.
    assert [v.grad for row in values for v in row] == pytest.approx([float(p) for p in partials], rel=1e-12, abs=1e-14)


def test_one_sample_is_a_batch_of_one():
    assert mse_loss(Value(3.0), 1.0).data == mse_loss([Value(3.0)], [1.0]).data == 4.0
    assert hinge_loss(Value(0.5), 1).data == hinge_loss([Value(0.5)], [1]).data == 0.5
    bce = binary_cross_entropy_with_logits
    assert bce(Value(0.5), 1).data == bce([Value(0.5)], [1]).data
    logits = [Value(0.1), Value(0.7)]
    assert cross_entropy(logits, 1).data == cross_entropy([logits], [1]).data


def test_rows_of_outputs_are_averaged_over_everything():
    assert mse_loss([[Value(1.0), Value(2.0)], [Value(3.0), Value(4.0)]], [[0, 0], [0, 0]]).data == 7.5


def test_plain_numbers_arrays_and_iterators_are_taken():
    predictions, targets = [0.5, -2.0], [1, -1]
    expected = 0.25
    assert hinge_loss(predictions, targets) == expected
    assert hinge_loss(np.array(predictions), np.array(targets)) == expected
    assert float(hinge_loss(map(Value, predictions), iter(targets))) == expected
    logits = np.array([[1.0, 2.0], [3.0, 1.0]])
    assert float(cross_entropy(logits, np.array([1, 0]))) == pytest.approx(0.2200949, abs=1e-6)
    assert float(cross_entropy(logits, np.array([1.0, 0.0]))) == float(cross_entropy(logits.tolist(), [1, 0]))
    assert float(mse_loss(np.ones((2, 2)), np.zeros((2, 2)))) == 1.0


def test_a_value_may_be_the_target():
    target = Value(1.0)
    mse_loss([Value(3.0)], [target]).backward()
    assert target.grad == -4.0


def test_labels_may_be_values():
    for label in (1.0, 0.0, 0.25):
        bce = binary_cross_entropy_with_logits
        assert bce([Value(0.5)], [Value(label)]).data == pytest.approx(bce([0.5], [label]), rel=1e-14)
    for label in (1.0, -1.0):
        assert hinge_loss([Value(0.5)], [Value(label)]).data == hinge_loss([0.5], [label])


@pytest.mark.parametrize("z", [40.0, 800.0, 1e300])
def test_logits_of_any_size_neither_overflow_nor_vanish(z):
    for logit, label, loss, slope in [(z, 1, 0.0, 0.0), (z, 0, z, 1.0), (-z, 1, z, -1.0), (-z, 0, 0.0, 0.0)]:
        v = Value(logit)
        out = binary_cross_entropy_with_logits(v, label)
        out.backward()
        assert out.data == pytest.approx(loss, abs=1e-17)
        assert v.grad == pytest.approx(slope, abs=1e-17)
    sure = binary_cross_entropy_with_logits(Value(40.0), 1)
    assert sure.data == pytest.approx(math.exp(-40.0), rel=1e-12)  # softplus(40) - 40 would be 0
    row = [Value(z), Value(-z)]
    assert cross_entropy(row, 1).data == pytest.approx(2 * z)
    assert cross_entropy(row, 0).data == 0.0


BCE = binary_cross_entropy_with_logits


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda: mse_loss([1.0], [1.0, 2.0]), ValueError, "mse_loss: 1 predictions and 2 targets"),
        (lambda: mse_loss([], []), ValueError, "mse_loss: nothing to average"),
        (lambda: mse_loss([1.0], 1.0), ValueError, "targets is one number and predictions are several"),
        (lambda: mse_loss(1.0, [1.0]), ValueError, "predictions is one number and targets are several"),
        (lambda: mse_loss([1.0], [[1.0]]), ValueError, "target 0 is a row and prediction 0 is one number"),
        (lambda: mse_loss([[1.0, 2.0]], [[1.0]]), ValueError, "prediction 0 has 2 numbers, target 0 has 1"),
        (lambda: mse_loss([[]], [[]]), ValueError, "prediction 0 is empty"),
        (lambda: mse_loss(["1"], [1.0]), TypeError, "a prediction must be a number or a Value, got str"),
        (lambda: mse_loss([None], [1.0]), TypeError, "got NoneType"),
        (lambda: mse_loss([1.0], ["a"]), TypeError, "a target must be a number or a Value, got str"),
        (lambda: mse_loss({1.0: 2}, [1.0]), TypeError, "predictions must be a list or an array, got dict"),
        (lambda: hinge_loss([1.0, 1.0], [1, 0]), ValueError, r"got 0 for sample 1; for labels 0 and 1 pass 2 \* label"),
        (lambda: hinge_loss([1.0], [2]), ValueError, "labels must be -1 or 1, got 2"),
        (lambda: hinge_loss([1.0], [math.nan]), ValueError, "labels must be -1 or 1, got nan"),
        (lambda: hinge_loss([1.0], ["yes"]), TypeError, "label of sample 0 must be a number, got str"),
        (lambda: hinge_loss([[1.0, 2.0]], [1]), TypeError, "a prediction must be a number or a Value, got list"),
        (lambda: BCE([1.0], [-1]), ValueError, r"got -1 for sample 0; for labels -1 and 1 pass \(label \+ 1\) / 2"),
        (lambda: BCE([1.0], [2]), ValueError, "labels must be 0 or 1, or between, got 2"),
        (lambda: BCE([1.0], [math.nan]), ValueError, "got nan"),
        (lambda: cross_entropy([[1.0, 2.0]], [2]), ValueError, r"target 2 of sample 0 is outside 0\.\.1"),
        (lambda: cross_entropy([[1.0, 2.0]], [-1]), ValueError, r"target -1 of sample 0 is outside"),
        (lambda: cross_entropy([[1.0, 2.0]], [0.5]), TypeError, "must be a class index, got 0.5"),
        (lambda: cross_entropy([[1.0, 2.0]], ["cat"]), TypeError, "number the classes from 0"),
        (lambda: cross_entropy([1.0, 2.0], [0, 1]), TypeError, "use binary_cross_entropy_with_logits"),
        (lambda: cross_entropy([[1.0]], [0]), ValueError, "has 1 logits, wanted one for each of at least two classes"),
        (lambda: cross_entropy([[1.0, "2"]], [0]), TypeError, "a logit must be a number or a Value, got str"),
        (lambda: cross_entropy([], []), ValueError, "nothing to average"),
        (lambda: cross_entropy(1.0, 0), TypeError, "predictions must be a list or an array, got float"),
    ],
)
def test_wrong_input_is_told(call, error, said):
    with pytest.raises(error, match=said):
        call()
