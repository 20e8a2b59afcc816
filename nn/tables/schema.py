"""From a table to what a network sees and back: the columns used and the target, stored beside the model.

Everything that is learned from data (medians, scales, categories) is learned from the training rows alone; the rows
held out meet it only when they are encoded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nn.tables.columns import Dropped, NumberColumn, Remarks, learn_column
from nn.tables.meaning import MAX_CATEGORIES, MOST_CATEGORIES, checked_types
from nn.tables.standardizing import around
from nn.tables.steps import AnyColumn, SteppedColumn, stepped, stepped_from_dict, without_steps
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, Target, learn_classes, learn_numbers, target_from_dict
from nn.tables.text_files import TableError
from nn.wording import quoted, suggestion

FORMAT = "glassgrad table 2"
LATER = "glassgrad table 3"  # where columns have steps or ends or the target a unit: earlier versions cannot read them
MAX_INPUTS = 5_000
ROWS_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Schema:
    """Which columns become which inputs, and what the outputs mean."""

    columns: tuple[AnyColumn, ...]
    target: Target
    missing: tuple[str, ...] | None = None  # texts that count as missing, None for the usual ones

    @property
    def inputs(self) -> tuple[str, ...]:
        """The name of every input of the network, in order."""
        return tuple(name for column in self.columns for name in column.inputs)

    @property
    def stepped(self) -> bool:
        """Whether any column has steps."""
        return any(isinstance(column, SteppedColumn) for column in self.columns)

    @property
    def outputs(self) -> int:
        """How many outputs a network for this target has: one for a number or two classes, else one a class."""
        if isinstance(self.target, ClassTarget) and len(self.target.classes) > 2:
            return len(self.target.classes)
        return 1

    def encode(self, table: Table, remarks: Remarks | None = None) -> np.ndarray:
        """The network's inputs for every row of a table that has the columns used (others are ignored)."""
        parts = [column.apply(table, remarks) for column in self.columns]
        inputs = np.empty((len(table), sum(part.shape[1] for part in parts)))
        for start in range(0, len(table), ROWS_AT_ONCE):  # columns become rows while these are in the cache
            rows = slice(start, start + ROWS_AT_ONCE)
            np.concatenate([part[rows] for part in parts], axis=1, out=inputs[rows])
        return inputs

    def as_dict(self) -> dict[str, Any]:
        """The schema as plain JSON values."""
        clothed = not isinstance(self.target, ClassTarget) and self.target.clothed
        ends = any(isinstance(column, NumberColumn) and column.ends is not None for column in self.columns)
        return {
            "format": LATER if self.stepped or clothed or ends else FORMAT,
            "columns": [column.as_dict() for column in self.columns],
            "target": self.target.as_dict(),
            "missing": None if self.missing is None else list(self.missing),
        }


def learn_schema(
    table: Table,
    target: str,
    train: Any,
    *,
    task: str,
    ignore: Collection[str] = (),
    types: Mapping[str, str] | None = None,
    positive: str | None = None,
) -> tuple[Schema, list[Dropped]]:
    """The schema for predicting column `target` from the others, and the columns that were left out with the reasons.

    `train` holds the indexes of the training rows, `types` what the user says of columns. Raises TableError when the
    target does not fit the task, when no column is left to learn from, or when the columns make more than 5,000 inputs.
    """
    table.column(target)
    for name in ignore:
        table.column(name)
    said = checked_types(types or {}, table)
    ignored = frozenset(ignore) | {name for name, kind in said.items() if kind == "ignore"}
    if target in ignored:
        raise TableError(f"{table.shown}: column {quoted(target)} is the one to predict; it cannot be ignored")
    classes = task == "classification"
    learned_target = learn_classes(table, target, positive) if classes else learn_numbers(table, target, train)
    names = [name for name in table.names if name != target and name not in ignored]
    most = MOST_CATEGORIES if len(names) * MOST_CATEGORIES <= MAX_INPUTS else MAX_CATEGORIES - 1
    learned = [learn_column(table, name, train, said.get(name), categories=most) for name in names]
    dropped = [column for column in learned if isinstance(column, Dropped)]
    kept = tuple(column for column in learned if not isinstance(column, Dropped))
    if not kept and len(dropped) == 1 and dropped[0].counts:  # a time without a name: there is nothing else
        (only,) = dropped
        dropped = [replace(only, taken=True)]
        taken = learn_column(table, only.name, train, "number")
        kept = () if isinstance(taken, Dropped) else (taken,)
    if not kept:
        why = "".join(f"; {quoted(column.name)}: {column.reason}" for column in dropped[:3])
        raise TableError(f"{table.shown} has no column to learn {quoted(target)} from{why}")
    schema = Schema(kept, learned_target)
    if len(schema.inputs) > MAX_INPUTS:
        raise TableError(
            f"{table.shown} makes {len(schema.inputs):,} inputs; a network of scalars takes at most {MAX_INPUTS:,}: "
            "leave columns out with --ignore"
        )
    return schema, dropped


def with_steps(schema: Schema, table: Table, train: Any) -> Schema:
    """The schema whose numbers and dates are steps too, learned from the rows whose indexes are in `train`; as it is
    where there are none, or where they would be too many."""
    found = replace(schema, columns=tuple(stepped(column, table, train) for column in schema.columns))
    return found if len(found.inputs) <= MAX_INPUTS else schema


def places_without_steps(schema: Schema) -> list[int]:
    """Where the inputs that are there without steps stand among all."""
    found, at = [], 0
    for column in schema.columns:
        found += range(at, at + len(without_steps(column).inputs))
        at += len(column.inputs)
    return found


def plain_column(name: str, low: float, high: float, scale: float = 1.0) -> NumberColumn:
    """A column of numbers from `low` to `high` that are only divided."""
    return NumberColumn(name, 0.0, 0.0, scale, False, *around(low, high))


def plain_schema(inputs: Sequence[str], target: Target, low: float, high: float) -> Schema:
    """A schema for numbers from `low` to `high` that are used as they are."""
    return Schema(tuple(plain_column(name, low, high) for name in inputs), target)


def schema_from_dict(stored: Any) -> Schema:
    """The schema that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    if not isinstance(stored, Mapping) or set(stored) != {"format", "columns", "target", "missing"}:
        raise ValueError("the stored table description must have exactly format, columns, target and missing")
    missing = stored["missing"]
    if missing is not None and not (isinstance(missing, list) and all(isinstance(text, str) for text in missing)):
        raise ValueError("the stored texts that count as missing must be a list of texts")
    if stored["format"] not in (FORMAT, LATER):
        raise ValueError(f"the stored table description is not of the format {FORMAT!r}")
    columns = stored["columns"]
    if not isinstance(columns, list) or not 1 <= len(columns) <= MAX_INPUTS:
        raise ValueError(f"the stored table description wants 1 to {MAX_INPUTS:,} columns")
    schema = Schema(
        tuple(stepped_from_dict(column) for column in columns),
        target_from_dict(stored["target"]),
        None if missing is None else tuple(missing),
    )
    names = [column.name for column in schema.columns]
    if len(set(names)) < len(names) or schema.target.name in names:
        raise ValueError("the stored columns and target must have different names")
    return schema


def missing_columns(schema: Schema, table: Table) -> str | None:
    """A sentence about the columns the schema wants and the table lacks, or None."""
    absent = [column.name for column in schema.columns if column.name not in table.places]
    if not absent:
        return None
    shown = ", ".join(quoted(name) for name in absent[:5]) + (", ..." if len(absent) > 5 else "")
    return f"{table.shown} lacks the column{'s' if len(absent) > 1 else ''} {shown} that the model was trained on" + (
        suggestion(absent[0], table.names) if len(absent) == 1 else ""
    )
