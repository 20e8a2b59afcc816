"""From a table to what a network sees and back: the columns used and the target, stored beside the model.

Everything that is learned from data (medians, scales, categories) is learned from the training rows alone; the rows
held out meet it only when they are encoded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nn.tables.columns import Column, Dropped, NumberColumn, column_from_dict, learn_column
from nn.tables.table import Table
from nn.tables.targets import ClassTarget, Target, learn_classes, learn_numbers, target_from_dict
from nn.tables.text_files import TableError
from nn.wording import quoted, suggestion

FORMAT = "glassgrad table 1"
MAX_INPUTS = 5_000


@dataclass(frozen=True, slots=True)
class Schema:
    """Which columns become which inputs, and what the outputs mean."""

    columns: tuple[Column, ...]
    target: Target

    @property
    def inputs(self) -> tuple[str, ...]:
        """The name of every input of the network, in order."""
        return tuple(name for column in self.columns for name in column.inputs)

    @property
    def outputs(self) -> int:
        """How many outputs a network for this target has: one for a number or two classes, else one a class."""
        if isinstance(self.target, ClassTarget) and len(self.target.classes) > 2:
            return len(self.target.classes)
        return 1

    def encode(self, table: Table) -> list[list[float]]:
        """The network's inputs for every row of a table that has the columns used (others are ignored)."""
        parts = [column.apply(table) for column in self.columns]
        return [[x for part in row for x in part] for row in zip(*parts, strict=True)]

    def as_dict(self) -> dict[str, Any]:
        """The schema as plain JSON values."""
        return {
            "format": FORMAT,
            "columns": [column.as_dict() for column in self.columns],
            "target": self.target.as_dict(),
        }


def learn_schema(
    table: Table, target: str, train: Sequence[int], *, task: str, ignore: Collection[str] = ()
) -> tuple[Schema, list[Dropped]]:
    """The schema for predicting column `target` from the others, and the columns that were left out with the reasons.

    `train` holds the indexes of the training rows. Raises TableError when the target does not fit the task, when no
    column is left to learn from, or when the columns make more than 5,000 inputs.
    """
    table.column(target)
    for name in ignore:
        table.column(name)
    ignored = frozenset(ignore)
    learned_target = learn_classes(table, target) if task == "classification" else learn_numbers(table, target, train)
    learned = [learn_column(table, name, train) for name in table.names if name != target and name not in ignored]
    dropped = [column for column in learned if isinstance(column, Dropped)]
    kept = tuple(column for column in learned if not isinstance(column, Dropped))
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


def plain_schema(inputs: Sequence[str], target: Target) -> Schema:
    """A schema for numbers that are used as they are."""
    return Schema(tuple(NumberColumn(name, 0.0, 0.0, 1.0, indicator=False) for name in inputs), target)


def schema_from_dict(stored: Any) -> Schema:
    """The schema that `as_dict` described; raises ValueError for anything else, since model files come from outside."""
    if not isinstance(stored, Mapping) or set(stored) != {"format", "columns", "target"}:
        raise ValueError("the stored table description must have exactly format, columns and target")
    if stored["format"] != FORMAT:
        raise ValueError(f"the stored table description is not of the format {FORMAT!r}")
    columns = stored["columns"]
    if not isinstance(columns, list) or not 1 <= len(columns) <= MAX_INPUTS:
        raise ValueError(f"the stored table description wants 1 to {MAX_INPUTS:,} columns")
    schema = Schema(tuple(column_from_dict(column) for column in columns), target_from_dict(stored["target"]))
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
