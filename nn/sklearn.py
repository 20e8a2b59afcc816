"""Estimators for scikit-learn: networks of scalars that fit, predict and are tuned as any other (extra `sklearn`).

Frames with text, categories and dates are taken as `glassgrad train` takes them; arrays of numbers are standardized.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

try:
    from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
    from sklearn.utils import check_random_state
    from sklearn.utils.class_weight import compute_sample_weight
    from sklearn.utils.multiclass import check_classification_targets, type_of_target
    from sklearn.utils.validation import _check_sample_weight, check_is_fitted, column_or_1d, validate_data
except ImportError:
    raise ImportError("nn.sklearn needs scikit-learn 1.6 or newer: pip install scikit-learn") from None

from nn.evaluators import evaluator
from nn.layers import MLP
from nn.metrics import class_probabilities
from nn.optimizers import Adam
from nn.tables.columns import Column, Dropped, learn_column
from nn.tables.other_formats import from_frame
from nn.tables.standardizing import mean_and_scale, standardized
from nn.training import fit
from nn.training.linear_start import start_from_linear
from nn.training.settings import Size, settings_for


class _GlassEstimator(BaseEstimator):
    """What classifier and regressor share: parameters, inputs, and the training of one network."""

    classes_: Any  # of a classifier
    _regression = False

    def __init__(
        self,
        hidden: Sequence[int] | None = None,
        activation: Any = "relu",
        *,
        dropout: float = 0.0,
        l1: float = 0.0,
        l2: float | None = None,
        loss: Any = None,
        optimizer: Any = "adam",
        lr: float | None = None,
        epochs: int | None = None,
        batch_size: int | None = None,
        schedule: Any = None,
        class_weight: Any = None,
        ensemble: int = 1,
        patience: int | None = None,
        validation: float = 0.1,
        warm_start: bool = False,
        random_state: Any = None,
        verbose: bool = False,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.dropout = dropout
        self.l1 = l1
        self.l2 = l2
        self.loss = loss
        self.optimizer = optimizer
        self.lr = lr
        self.epochs = epochs
        self.batch_size = batch_size
        self.schedule = schedule
        self.class_weight = class_weight
        self.ensemble = ensemble
        self.patience = patience
        self.validation = validation
        self.warm_start = warm_start
        self.random_state = random_state
        self.verbose = verbose

    def _inputs(self, X: Any, *, reset: bool, weights: Any = None) -> np.ndarray:
        """The network's inputs for rows from outside; with `reset` how they are made is learned from them."""
        if _is_mixed_frame(X) or (not reset and getattr(self, "columns_", None) is not None):
            return self._inputs_of_frame(X, reset=reset)
        rows: Any = validate_data(self, X, reset=reset, dtype=np.float64, accept_sparse=False)
        if reset:
            self.columns_ = None
            self.means_, self.scales_ = _means_and_scales(rows, weights)
        return np.column_stack(
            [standardized(rows[:, i], self.means_[i], self.scales_[i]) for i in range(rows.shape[1])]
        )

    def _inputs_of_frame(self, X: Any, *, reset: bool) -> np.ndarray:
        table = from_frame(X, path="X")
        if reset:
            learned = [learn_column(table, name, range(len(table))) for name in table.names]
            kept: list[Column] = [column for column in learned if not isinstance(column, Dropped)]
            if not kept:
                raise ValueError("X has no column to learn from")
            self.columns_ = kept
            self.feature_names_in_ = np.array(table.names, dtype=object)
            self.n_features_in_ = len(table.names)
        columns: list[Column] = self.columns_ or []
        absent = [column.name for column in columns if column.name not in table.places]
        if absent:
            raise ValueError(f"X lacks the columns {', '.join(absent[:5])} that the model was trained on")
        return np.concatenate([column.apply(table) for column in columns], axis=1)

    def _checked(self, X: Any, y: Any, sample_weight: Any, *, first: bool) -> tuple[Any, Any, Any]:
        """Rows, targets and weights as scikit-learn wants them checked; rows of weight 0 are left out."""
        if _is_mixed_frame(X):
            y = np.asarray(y, dtype=float if self._regression else None)
            if len(y) != len(X):
                raise ValueError(f"X has {len(X)} rows and y {len(y)}")
        else:
            checked: Any = validate_data(
                self, X, y, reset=first, multi_output=True, y_numeric=self._regression, dtype=np.float64
            )
            rows, y = checked
            names = getattr(self, "feature_names_in_", None)
            X = X if names is not None and hasattr(X, "columns") else rows
        if sample_weight is None:
            return X, y, None
        weights = _check_sample_weight(sample_weight, X, ensure_non_negative=True)
        kept = weights > 0
        if kept.all():
            return X, y, weights
        return (X[kept] if isinstance(X, np.ndarray) else X.iloc[np.flatnonzero(kept)]), y[kept], weights[kept]

    def _train(self, rows: np.ndarray, targets: np.ndarray, outputs: int, loss: Any, weights: Any) -> None:
        """Train a new network, or go on with the one that is there where `warm_start`."""
        settings = settings_for(Size(len(rows), rows.shape[1], outputs), regression=self._regression)
        seed = int(check_random_state(self.random_state).randint(2**31 - 1))
        hidden = settings.hidden if self.hidden is None else tuple(np.atleast_1d(self.hidden).tolist())
        continued = self.warm_start and getattr(self, "model_", None) is not None
        shape = (rows.shape[1], *hidden, outputs)
        if not continued or self.shape_ != shape:
            activation = self.activation
            if isinstance(activation, (list, tuple)):
                activation = [*activation, "linear"] if len(activation) == len(hidden) else activation
            self.model_ = MLP(rows.shape[1], [*hidden, outputs], activation, seed=seed, dropout=self.dropout)
            self.shape_ = shape
            if self.hidden is None and self.loss is None and not callable(loss):
                classes = None if self._regression else len(self.classes_)
                counts = np.ones(len(rows)) if weights is None else weights
                start_from_linear(self.model_, rows, targets, classes, counts=counts)
        held_back = self.validation if len(rows) * (self.validation or 0.0) >= 5 and settings.patience else None
        own_optimizer = not isinstance(self.optimizer, str)
        full_batch = self.optimizer in ("lbfgs", "lm") if isinstance(self.optimizer, str) else False
        options = {
            "loss": self.loss if self.loss is not None else loss,
            "optimizer": self.optimizer,
            "lr": None if own_optimizer or full_batch else (self.lr or settings.lr),
            "epochs": self.epochs or settings.epochs,
            "batch_size": self.batch_size or settings.batch_size,
            "patience": self.patience or settings.patience,
            "validation": held_back,
            "schedule": self.schedule if self.schedule is not None else settings.schedule,
            "l1": self.l1,
            "l2": settings.l2 if self.l2 is None else self.l2,
            "ensemble": self.ensemble,
            "sample_weight": weights,
            "metrics": {},
            "seed": seed,
            "progress": bool(self.verbose),
        }
        if full_batch:
            options["schedule"] = None
        if held_back is None:
            options["patience"] = self.patience
        self.history_ = fit(self.model_, rows, targets, **options)
        self.n_iter_ = max(1, self.history_.epochs)
        self.loss_ = self.history_.best_loss
        self.notes_ = self.history_.notes

    def _outputs(self, X: Any) -> np.ndarray:
        check_is_fitted(self, "model_")
        rows = self._inputs(X, reset=False)
        return evaluator(self.model_).outputs(rows)

    def _step(self, rows: np.ndarray, targets: np.ndarray, outputs: int, loss: Any, weights: Any) -> None:
        """One pass over rows that came, with the optimizer of the last such pass."""
        settings = settings_for(Size(len(rows), rows.shape[1], outputs), regression=self._regression)
        if getattr(self, "model_", None) is None:
            seed = int(check_random_state(self.random_state).randint(2**31 - 1))
            hidden = settings.hidden if self.hidden is None else tuple(np.atleast_1d(self.hidden).tolist())
            self.model_ = MLP(rows.shape[1], [*hidden, outputs], self.activation, seed=seed, dropout=self.dropout)
            self.shape_ = (rows.shape[1], *hidden, outputs)
            self._optimizer = None
        if getattr(self, "_optimizer", None) is None:
            self._optimizer = Adam(self.model_.parameters(), lr=self.lr or settings.lr)
        self.history_ = fit(
            self.model_, rows, targets, loss=self.loss if self.loss is not None else loss, optimizer=self._optimizer,
            epochs=1, batch_size=self.batch_size or 32, l1=self.l1, l2=self.l2 or 0.0, sample_weight=weights,
            metrics={}, progress=False,
        )  # fmt: skip
        self.n_iter_ = getattr(self, "n_iter_", 0) + 1

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        """As scikit-learn shows estimators, and when it is trained the network drawn."""
        shown: dict[str, str] = super()._repr_mimebundle_(**kwargs)
        model = getattr(self, "model_", None)
        if model is not None and "text/html" in shown:
            drawn = model._repr_mimebundle_().get("image/svg+xml")
            shown["text/html"] += drawn or ""
        return shown

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = False
        return tags


class GlassClassifier(ClassifierMixin, _GlassEstimator):
    """A network of scalars as a classifier; several columns of 0 and 1 as `y` are labels that may hold together.

    Arguments:
        hidden: neurons in each hidden layer; None chooses by the table's size, as for all that is None.
        activation: name, function, or one a hidden layer. dropout, l1, l2, loss, optimizer, lr, epochs, batch_size,
            schedule, class_weight, ensemble, patience: as for `nn.fit`.
        validation: the share of rows held back to choose the epoch. warm_start: go on with the network that is there.

    Attributes: `model_` (an `nn.MLP`), `history_`, `notes_` (diagnoses), `classes_`.

    >>> from nn.sklearn import GlassClassifier
    >>> X, y = [[0.0], [1.0], [2.0], [3.0]] * 5, ["a", "a", "b", "b"] * 5
    >>> GlassClassifier(hidden=[8], random_state=0).fit(X, y).predict([[0.0], [3.0]]).tolist()
    ['a', 'b']
    """

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> GlassClassifier:
        """Train on rows `X` and classes `y`."""
        rows, targets, outputs, loss, weights = self._prepared(X, y, sample_weight)
        self._train(rows, targets, outputs, loss, weights)
        return self

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> GlassClassifier:
        """Train one pass on rows that came; the first call names all `classes`."""
        first = getattr(self, "model_", None) is None
        if first and classes is None and getattr(self, "classes_", None) is None:
            classes = np.unique(np.asarray(y))
        rows, targets, outputs, loss, weights = self._prepared(X, y, sample_weight, first=first, classes=classes)
        self._step(rows, targets, outputs, loss, weights)
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        """One probability a class and row; for labels that may hold together, one a label."""
        outputs = self._outputs(X)
        if self.multilabel_:
            return 1.0 / (1.0 + np.exp(-np.clip(outputs.reshape(len(outputs), -1), -700, 700)))
        return class_probabilities(outputs)

    def predict_log_proba(self, X: Any) -> np.ndarray:
        """The logarithms of the probabilities."""
        return np.log(np.maximum(self.predict_proba(X), 1e-300))

    def decision_function(self, X: Any) -> np.ndarray:
        """The logits: of two classes one number a row."""
        return self._outputs(X)

    def predict(self, X: Any) -> np.ndarray:
        """The most probable class of each row."""
        chances = self.predict_proba(X)
        if self.multilabel_:
            return (chances > 0.5).astype(int)
        return self.classes_[chances.argmax(axis=1)]

    def _prepared(self, X: Any, y: Any, sample_weight: Any, *, first: bool = True, classes: Any = None) -> Any:
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        X, y, weights = self._checked(X, y, sample_weight, first=first)
        check_classification_targets(y)
        self.multilabel_ = type_of_target(y) == "multilabel-indicator"
        if self.multilabel_:
            rows = self._inputs(X, reset=first, weights=weights)
            self.classes_ = np.arange(y.shape[1])
            return rows, np.asarray(y, dtype=float), y.shape[1], _several_labels, weights
        y = column_or_1d(y, warn=True)
        if first:
            self.classes_ = np.unique(y) if classes is None else np.unique(np.asarray(classes))
        unknown = np.setdiff1d(y, self.classes_)
        if len(unknown):
            raise ValueError(f"y has the class {unknown[0]!r}, which is none of the classes {self.classes_}")
        if len(self.classes_) < 2:
            raise ValueError("GlassClassifier wants at least 2 classes, got 1 class")
        if self.class_weight is not None:
            by_class = compute_sample_weight(self.class_weight, y)
            weights = by_class if weights is None else weights * by_class
        rows = self._inputs(X, reset=first, weights=weights)
        outputs = len(self.classes_) if len(self.classes_) > 2 else 1
        loss = "cross_entropy" if outputs > 1 else "binary_cross_entropy"
        return rows, np.searchsorted(self.classes_, y), outputs, loss, weights

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_label = True
        return tags


class GlassRegressor(RegressorMixin, _GlassEstimator):
    """A network of scalars for one number a row or several; arguments and attributes as of `GlassClassifier`.

    >>> from nn.sklearn import GlassRegressor
    >>> X = [[i / 10.0] for i in range(40)]
    >>> model = GlassRegressor(hidden=[8], random_state=0).fit(X, [3.0 * x[0] + 1.0 for x in X])
    >>> bool(model.score(X, [3.0 * x[0] + 1.0 for x in X]) > 0.9)
    True
    """

    _regression = True

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> GlassRegressor:
        """Train on rows `X` and numbers `y`."""
        rows, targets, outputs, weights = self._prepared(X, y, sample_weight)
        self._train(rows, targets, outputs, "mse", weights)
        return self

    def partial_fit(self, X: Any, y: Any, sample_weight: Any = None) -> GlassRegressor:
        """Train one pass on rows that came; the first rows decide how inputs and target are scaled."""
        first = getattr(self, "model_", None) is None
        rows, targets, outputs, weights = self._prepared(X, y, sample_weight, first=first)
        self._step(rows, targets, outputs, "mse", weights)
        return self

    def predict(self, X: Any) -> np.ndarray:
        """The number of each row, or the row of numbers."""
        outputs = self._outputs(X)
        if outputs.ndim == 1:
            return outputs * self.target_scales_[0] + self.target_means_[0]
        return outputs * self.target_scales_ + self.target_means_

    def _prepared(self, X: Any, y: Any, sample_weight: Any, *, first: bool = True) -> Any:
        if y is None:
            raise ValueError("requires y to be passed, but the target y is None")
        X, y, weights = self._checked(X, y, sample_weight, first=first)
        rows = self._inputs(X, reset=first, weights=weights)
        if y.ndim > 1 and y.shape[1] == 1:
            y = column_or_1d(y, warn=True)
        table = np.asarray(y, dtype=float).reshape(len(y), -1)
        if first:
            self.target_means_, self.target_scales_ = _means_and_scales(table, weights)
        scaled = (table - self.target_means_) / self.target_scales_
        outputs = table.shape[1]
        return rows, scaled[:, 0] if outputs == 1 else scaled, outputs, weights

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags


def _means_and_scales(table: np.ndarray, weights: Any) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation of each column, in which a row of weight 2 counts as two rows."""
    if weights is None:
        learned = [mean_and_scale(column) for column in table.T]
        return np.array([mean for mean, _ in learned]), np.array([scale for _, scale in learned])
    means = np.average(table, axis=0, weights=weights)
    scales = np.sqrt(np.average(np.square(table - means), axis=0, weights=weights))
    return means, np.where(scales > 1e-12 * (1.0 + np.abs(means)), scales, 1.0)


def _several_labels(predictions: Any, targets: Any) -> Any:
    """The mean over rows and labels of the binary cross-entropy of each label by itself."""
    from nn.losses import binary_cross_entropy_with_logits

    pairs = [
        (logit, label)
        for row, labels in zip(predictions, targets, strict=True)
        for logit, label in zip(row if isinstance(row, list) else [row], np.atleast_1d(labels).tolist(), strict=True)
    ]
    return binary_cross_entropy_with_logits([logit for logit, _ in pairs], [label for _, label in pairs])


def _is_mixed_frame(X: Any) -> bool:
    """Whether X is a frame with columns that are no numbers."""
    if not hasattr(X, "columns") or not hasattr(X, "shape"):
        return False
    dtypes = getattr(X, "dtypes", None)
    kinds = list(dtypes) if dtypes is not None else []
    return any(not isinstance(getattr(kind, "kind", None), str) or kind.kind not in "fiub" for kind in kinds)
