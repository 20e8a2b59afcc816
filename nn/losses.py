"""Losses: functions of predictions and targets, one sample or a batch of them, averaged.

The losses of classes take logits, never probabilities: from a logit the exact loss and its exact derivative can be had
at any size, from a rounded probability they cannot. Nothing here is trainable, so functions are enough.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from autograd import Value, clip, exp, logsumexp, maximum, mean, relu, softplus, square
from nn.wording import shown

Number: TypeAlias = Value | float


def mse_loss(predictions: Number | Iterable[Any], targets: Number | Iterable[Any]) -> Number:
    """The mean squared error: the mean of (prediction - target)**2 over samples, and over outputs where they are rows.

    `predictions` and `targets` have one shape: a number, a sequence of n numbers, or n rows of numbers. Raises
    ValueError when the shapes differ or there is nothing, TypeError for what is no number. Two nodes a number.

    >>> from nn import mse_loss
    >>> mse_loss([1.0, 4.0], [1.0, 2.0])
    2.0
    """
    return _of_differences("mse_loss", predictions, targets, square)


def hinge_loss(predictions: Number | Iterable[Number], labels: float | Iterable[float]) -> Number:
    """The mean of max(0, 1 - label * prediction) over samples; labels are -1 and +1.

    `predictions` are n scores of which the sign decides. A Value as label is used as it is, unchecked. Raises
    ValueError for another label, for lengths that differ or for nothing. Three nodes a sample.

    >>> from nn import hinge_loss
    >>> hinge_loss([2.0, 0.5], [1, -1])
    0.75
    """
    losses = []
    for i, (score, label) in enumerate(_samples("hinge_loss", predictions, labels)):
        y = _label("hinge_loss", i, label)
        if type(y) is not Value and y != 1.0 and y != -1.0:
            raise ValueError(
                f"hinge_loss: labels must be -1 or 1, got {shown(label)} for sample {i}"
                + ("; for labels 0 and 1 pass 2 * label - 1" if y == 0.0 else "")
            )
        losses.append(relu(1.0 - y * _number("hinge_loss", score, "prediction")))
    return _mean(losses)


def binary_cross_entropy_with_logits(predictions: Number | Iterable[Number], labels: float | Iterable[float]) -> Number:
    """The mean over samples of -log(p) where the label is 1 and -log(1 - p) where it is 0, with p = sigmoid(logit).

    `predictions` are n logits; labels are 0 or 1, or a probability between. Computed as softplus(-logit) and
    softplus(logit), which neither overflow nor lose digits. A Value as label is used as it is, unchecked. Raises
    ValueError for a label outside 0..1, for lengths that differ or for nothing. One or two nodes a sample.

    >>> from nn import binary_cross_entropy_with_logits
    >>> round(binary_cross_entropy_with_logits([0.0, 3.0], [1, 1]), 6)
    0.370867
    """
    name = "binary_cross_entropy_with_logits"
    losses = []
    for i, (prediction, label) in enumerate(_samples(name, predictions, labels)):
        logit, y = _number(name, prediction, "prediction"), _label(name, i, label)
        if type(y) is Value:
            losses.append(_interpolated(logit, y))
            continue
        if not 0.0 <= y <= 1.0:
            raise ValueError(
                f"{name}: labels must be 0 or 1, or between, got {shown(label)} for sample {i}"
                + ("; for labels -1 and 1 pass (label + 1) / 2" if y == -1.0 else "")
            )
        if y == 1.0:
            losses.append(softplus(-logit))
        else:
            losses.append(softplus(logit) if y == 0.0 else _interpolated(logit, y))
    return _mean(losses)


def cross_entropy(predictions: Any, targets: Any) -> Number:
    """The mean over samples of -log of the softmax probability of the target class.

    `predictions` is a row of k >= 2 logits and `targets` a class index in 0..k-1, or both are sequences of n such.
    Computed as logsumexp(row) - row[target]. Raises ValueError for an index out of range, a row of one logit, lengths
    that differ or nothing, TypeError for an index that is no whole number. Two nodes a sample.

    >>> from nn import cross_entropy
    >>> round(cross_entropy([[0.0, 0.0], [5.0, 0.0]], [1, 0]), 6)
    0.349931
    """
    if not _is_row(targets):
        predictions = [_listed("cross_entropy", "predictions", predictions)]
        targets = [targets]
    losses = []
    for i, (row, target) in enumerate(_samples("cross_entropy", predictions, targets)):
        if not _is_row(row):
            raise TypeError(
                f"cross_entropy: prediction {i} must be a row of logits, one a class, got {type(row).__name__}; "
                "for one logit a sample use binary_cross_entropy_with_logits"
            )
        row = [_number("cross_entropy", logit, "logit") for logit in _listed("cross_entropy", f"prediction {i}", row)]
        if len(row) < 2:
            raise ValueError(
                f"cross_entropy: prediction {i} has {len(row)} logits, wanted one for each of at least two classes; "
                "for one logit a sample use binary_cross_entropy_with_logits"
            )
        k = _class_index(i, target)
        if not 0 <= k < len(row):
            raise ValueError(
                f"cross_entropy: target {shown(k)} of sample {i} is outside 0..{len(row) - 1}, one a logit"
            )
        losses.append(logsumexp(row) - row[k])
    return _mean(losses)


def l1_loss(predictions: Number | Iterable[Any], targets: Number | Iterable[Any]) -> Number:
    """The mean of the absolute errors, whose best constant answer is the median; shapes as for `mse_loss`.

    >>> from nn import l1_loss
    >>> l1_loss([1.0, 4.0], [2.0, 2.0])
    1.5
    """
    return _of_differences("l1_loss", predictions, targets, abs)


def huber_loss(predictions: Number | Iterable[Any], targets: Number | Iterable[Any], *, delta: float = 1.0) -> Number:
    """The mean of e**2 / 2 where the error is at most `delta` and delta * (abs(e) - delta / 2) beyond (Huber 1964).

    >>> from nn import huber_loss
    >>> huber_loss([1.0, 4.0], [1.0, 2.0])
    0.75
    """
    if not delta > 0.0:
        raise ValueError(f"huber_loss: delta must be above 0, got {shown(delta)}")
    return _of_differences("huber_loss", predictions, targets, lambda e: _huber(e, delta))


def quantile_loss(predictions: Number | Iterable[Any], targets: Number | Iterable[Any], *, q: float = 0.5) -> Number:
    """The mean of q * e for targets above and (q - 1) * e for targets below; its best answer is the q-quantile.

    >>> from nn import quantile_loss
    >>> quantile_loss([1.0, 2.0], [2.0, 1.0], q=0.75)
    0.5
    """
    if not 0.0 < q < 1.0:
        raise ValueError(f"quantile_loss: q must be between 0 and 1, got {shown(q)}")
    return _of_differences("quantile_loss", predictions, targets, lambda e: maximum(-q * e, (1.0 - q) * e))


def poisson_loss(predictions: Number | Iterable[Number], targets: float | Iterable[float]) -> Number:
    """The mean of exp(p) - target * p: predictions are logarithms of rates, targets counts from 0.

    >>> from nn import poisson_loss
    >>> poisson_loss([0.0, 0.0], [0, 2])
    1.0
    """
    losses = []
    for i, (prediction, target) in enumerate(_samples("poisson_loss", predictions, targets)):
        y = _label("poisson_loss", i, target)
        if type(y) is not Value and not y >= 0.0:
            raise ValueError(f"poisson_loss: targets must be counts from 0, got {shown(target)} for sample {i}")
        p = _number("poisson_loss", prediction, "prediction")
        losses.append(exp(p) - y * p)
    return _mean(losses)


def focal_loss(
    predictions: Number | Iterable[Number], labels: float | Iterable[float], *, gamma: float = 2.0
) -> Number:
    """Binary cross-entropy times (1 - p)**gamma, p being the probability of the label: what is known counts little
    (Lin et al. 2017). Predictions are logits, labels 0 or 1.

    >>> from nn import focal_loss
    >>> round(focal_loss([0.0, 0.0], [0, 1]), 4)
    0.1733
    """
    losses = []
    for i, (prediction, label) in enumerate(_samples("focal_loss", predictions, labels)):
        y = _label("focal_loss", i, label)
        if type(y) is not Value and y not in (0.0, 1.0):
            raise ValueError(f"focal_loss: labels must be 0 or 1, got {shown(label)} for sample {i}")
        logit = (2.0 * y - 1.0) * _number("focal_loss", prediction, "prediction")
        losses.append(exp(-gamma * softplus(logit)) * softplus(-logit))
    return _mean(losses)


def gaussian_loss(predictions: Any, targets: float | Iterable[float]) -> Number:
    """The mean of (log v + (target - m)**2 / v) / 2 for predictions that are pairs of a mean m and log v: the
    network says how sure it is.

    >>> from nn import gaussian_loss
    >>> gaussian_loss([[1.0, 0.0]], [3.0])
    2.0
    """
    single = not _is_row(targets)
    pairs, wanted = ([predictions], [targets]) if single else (predictions, targets)
    losses = []
    for i, (pair, target) in enumerate(_samples("gaussian_loss", pairs, wanted)):
        if not _is_row(pair) or len(pair) != 2:
            raise ValueError(f"gaussian_loss: prediction {i} must be a pair of mean and logarithm of the variance")
        m, log_v = (_number("gaussian_loss", x, "prediction") for x in pair)
        e = m - _label("gaussian_loss", i, target)
        losses.append(0.5 * (log_v + square(e) * exp(-log_v)))
    return _mean(losses)


def _of_differences(name: str, predictions: Any, targets: Any, f: Any) -> Number:
    pairs: list[tuple[Any, Any]] = []
    for i, (prediction, target) in enumerate(_samples(name, predictions, targets)):
        several = _is_row(prediction) or _is_row(target)
        pairs += _row_pairs(name, i, prediction, target) if several else [(prediction, target)]
    return _mean([f(_number(name, p, "prediction") - _number(name, t, "target")) for p, t in pairs])


def _huber(e: Any, delta: float) -> Any:
    inner = clip(e, -delta, delta)
    return inner * (e - 0.5 * inner)


def _samples(name: str, predictions: Any, targets: Any) -> list[tuple[Any, Any]]:
    """Pairs of prediction and target; a single sample is a batch of one."""
    single = not _is_row(predictions), not _is_row(targets)
    if single == (True, True):
        return [(predictions, targets)]
    if any(single):
        lone, other = ("predictions", "targets") if single[0] else ("targets", "predictions")
        raise ValueError(f"{name}: {lone} is one number and {other} are several; pass as many of both")
    predictions, targets = _listed(name, "predictions", predictions), _listed(name, "targets", targets)
    if len(predictions) != len(targets):
        raise ValueError(f"{name}: {len(predictions)} predictions and {len(targets)} targets; pass as many of both")
    if not predictions:
        raise ValueError(f"{name}: nothing to average, predictions are empty")
    return list(zip(predictions, targets, strict=True))


def _row_pairs(name: str, i: int, prediction: Any, target: Any) -> list[tuple[Any, Any]]:
    if not (_is_row(prediction) and _is_row(target)):
        row, number = ("prediction", "target") if _is_row(prediction) else ("target", "prediction")
        raise ValueError(f"{name}: {row} {i} is a row and {number} {i} is one number; pass both in one shape")
    prediction, target = _listed(name, f"prediction {i}", prediction), _listed(name, f"target {i}", target)
    if len(prediction) != len(target):
        raise ValueError(f"{name}: prediction {i} has {len(prediction)} numbers, target {i} has {len(target)}")
    if not prediction:
        raise ValueError(f"{name}: prediction {i} is empty")
    return list(zip(prediction, target, strict=True))


def _is_row(x: Any) -> bool:
    """Whether `x` is several numbers rather than one; strings are neither and are refused where a number is needed."""
    if type(x) is Value or type(x) is float or isinstance(x, (str, bytes)):
        return False
    return hasattr(x, "__iter__") and getattr(x, "ndim", 1) > 0


def _listed(name: str, what: str, items: Any) -> Sequence[Any]:
    if type(items) is list or type(items) is tuple:
        return items
    if isinstance(items, (dict, set, frozenset)) or not _is_row(items):
        raise TypeError(f"{name}: {what} must be a list or an array, got {type(items).__name__}")
    return items.tolist() if hasattr(items, "tolist") else list(items)


def _number(name: str, x: Any, what: str) -> Any:
    x = getattr(x, "stands_for", x)  # a whole number that a recorded function gets
    if type(x) is Value or type(x) is float:
        return x
    if isinstance(x, (str, bytes)) or not hasattr(x, "__float__") or getattr(x, "ndim", 0):
        raise TypeError(f"{name}: a {what} must be a number or a Value, got {type(x).__name__}")
    return _float(name, x)


def _float(name: str, x: Any) -> float:
    try:
        return float(x)
    except OverflowError:
        raise OverflowError(f"{name}: {shown(x)} is too large for a float") from None


def _interpolated(logit: Any, y: Any) -> Any:
    return y * softplus(-logit) + (1.0 - y) * softplus(logit)


def _label(name: str, i: int, label: Any) -> Any:
    """The label as a number; a Value stays one, since a program may be recorded in which its number is yet to come."""
    label = getattr(label, "stands_for", label)
    if type(label) is int or type(label) is float or type(label) is Value:
        return label
    if isinstance(label, (str, bytes)) or not hasattr(label, "__float__"):
        raise TypeError(f"{name}: the label of sample {i} must be a number, got {type(label).__name__}")
    return _float(name, label)


def _class_index(i: int, target: Any) -> int:
    try:
        return operator.index(target)
    except TypeError:
        if type(target) is float and target.is_integer():
            return int(target)  # arrays of labels are often floats
        got = shown(target) + ("; number the classes from 0" if isinstance(target, str) else "")
        raise TypeError(f"cross_entropy: the target of sample {i} must be a class index, got {got}") from None


def _mean(losses: list[Any]) -> Number:
    return losses[0] if len(losses) == 1 else mean(losses)
