"""What the numbers that a network sees are in the table they come from, as scripts/playground/units.js reads it."""

from __future__ import annotations

from typing import Any

from nn.tables.columns import DateColumn, NumberColumn, TextColumn
from nn.tables.schema import Schema
from nn.tables.steps import SteppedColumn
from nn.tables.targets import ClassTarget
from viz.svg.labels import named

LONGEST = 60
_YES_OR_NO = {"at": [0, 1], "kinds": ["no", "yes"]}


def scales_of(schema: Schema) -> list[dict[str, Any] | None]:
    """Of each input its mean, scale and unit, or what its two numbers stand for; None where there is nothing to say."""
    return [scale for column in schema.columns for scale in _of_column(column)]


def target_scale(schema: Schema) -> dict[str, Any]:
    """The name of what is predicted, and of a number its mean, scale and unit."""
    target = schema.target
    name = {"name": named(target.name, longest=LONGEST)}
    if isinstance(target, ClassTarget):
        return name
    return name | {"mean": target.mean, "scale": target.scale, "unit": target.notation.unit}


def _of_column(column: Any) -> list[dict[str, Any] | None]:
    if isinstance(column, SteppedColumn):
        plain = _of_column(column.plain)
        return [*plain, *[None] * (len(column.inputs) - len(plain))]
    if isinstance(column, NumberColumn):
        found = {"mean": column.mean, "scale": column.scale, "unit": column.unit}
        bent = {"median": column.median, "spread": column.spread} if column.spread else {}
        return [found | bent, *[_YES_OR_NO] * column.indicator]
    if isinstance(column, DateColumn):
        parts = zip(column.means, column.scales, strict=True)
        of_parts = [{"mean": mean, "scale": scale, "unit": ""} for mean, scale in parts]
        return [*of_parts, *[_YES_OR_NO] * column.indicator]
    assert isinstance(column, TextColumn)
    if column.single:
        kinds = [named(category, longest=LONGEST) for category in column.categories]
        return [{"at": [-1, 1], "kinds": kinds}, *[_YES_OR_NO] * column.missing]
    return [_YES_OR_NO] * len(column.inputs)
