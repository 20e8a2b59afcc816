"""From a value to a sketch: the finest level that stays readable, or the part of the graph that was asked for.

One decision: the default never refuses. If even the coarsest level has too many boxes, the nodes nearest to the value
are shown and the picture says how many are not; only a level that the caller insists on is refused, with the reason.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Any

from autograd import Value
from viz.graphs.boxes import detailed
from viz.graphs.folding import LEVELS, LIMIT, READABLE, groups, level_named
from viz.graphs.graph import Diagram, graph_of
from viz.graphs.grouping import grouped
from viz.graphs.sketch import Sketch
from viz.svg.labels import brief

_MOST_FRAMES = 12  # neurons in a layer whose every number is shown
_MOST_IN_FRAME = 12  # groups on top of each other that one still sees at once
_MOST_ARROWS = 160  # between neurons; more of them are a gray rope
_MOST_TO_UNFOLD = 100_000  # operands; taking more apart would make millions of nodes that no picture shows


def sketch(
    value: Value,
    *,
    level: str | int | None = None,
    around: Value | str | None = None,
    hops: int | None = None,
    max_nodes: int | None = None,
    unfold: bool = False,
    parameters: Any = None,
    inputs: Any = None,
) -> Sketch:
    """What a picture of the graph under `value` shows.

    Arguments:
        level: "raw" (operations apart from their results), "operations" (folded into them), "neurons", "layers" or
            "repeats" (identical ones rolled up); by default the finest with at most 300 boxes, 24 neurons in
            a layer and 160 arrows between neurons, else with 2,000 boxes.
        around, hops: only the nodes within so many steps (default 2) of this Value, or of the nodes with this label.
        max_nodes: most boxes, instead of 300 and 2,000.
        unfold: show dot, sum, mean, prod and logsumexp as multiplications and additions.
        parameters, inputs: which leaves are which; see `viz.graphs.graph.graph_of`.

    Raises ValueError for a level that needs more boxes than allowed, an unknown level, an `around` that is not in the
    graph; TypeError for wrong types. Cost: linear in the nodes, about 5 microseconds each.
    """
    name = None if level is None else level_named(level)
    limit = _checked("max_nodes", max_nodes, 1)
    steps = _checked("hops", hops, 0)
    graph = graph_of(value, parameters=parameters, inputs=inputs)
    if unfold:
        if sum(map(len, graph.sources)) > _MOST_TO_UNFOLD:
            raise ValueError(
                f"draw: unfold takes graphs of at most {_MOST_TO_UNFOLD:,} operands; "
                "draw one prediction instead of a batch"
            )
        graph = graph_of(value, unfold=True, parameters=parameters, inputs=inputs)
    if around is not None or steps is not None:
        return _neighborhood(graph, around, 2 if steps is None else steps, name, limit or LIMIT)
    if name is not None:
        return _exactly(graph, name, limit or LIMIT)
    return _readable(graph, limit)


def _checked(argument: str, given: int | None, least: int) -> int | None:
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool):
        raise TypeError(f"draw: {argument} must be an int, got {type(given).__name__}")
    if given < least:
        raise ValueError(f"draw: {argument} must be at least {least}, got {brief(given)}")
    return given


def _readable(graph: Diagram, limit: int | None) -> Sketch:
    """The finest level with few enough boxes; failing that the nodes nearest to the value."""
    made: list[Sketch] = []
    for level in LEVELS:
        found = _made(graph, level, limit or LIMIT)
        if isinstance(found, Sketch):
            made.append(found)
            if len(found.boxes) <= (limit or READABLE) and (limit or not _too_dense(found)):
                return found
    return made[0] if made else _nearest(graph, min(limit or READABLE, READABLE))


def _too_dense(shown: Sketch) -> bool:
    """Whether more stands in one frame than a screen is high, or the arrows between neurons are a gray rope."""
    if shown.level in ("raw", "operations"):
        frames = Counter(path.rpartition("/")[0] for path in shown.frames)
        return max(frames.values(), default=0) > _MOST_FRAMES
    groups = Counter(box.scope for box in shown.boxes if box.kind == "group")
    highest = max(groups.values(), default=0)
    return highest > _MOST_IN_FRAME or (shown.level == "neurons" and highest > 1 and len(shown.links) > _MOST_ARROWS)


def _exactly(graph: Diagram, level: str, limit: int) -> Sketch:
    made = _made(graph, level, limit)
    if isinstance(made, Sketch):
        return made
    raise ValueError(
        f"draw: level {level!r} makes at least {made:,} boxes of {graph.total:,} nodes, more than {limit:,} "
        "(laying out 5,000 takes seconds, 20,000 minutes); leave level out to fold as far as needed, look at a part "
        "with around=..., hops=2, or raise max_nodes"
    )


def _made(graph: Diagram, level: str, most: int) -> Sketch | int:
    """The sketch at `level`, or how many boxes it has, at least, where that is more than `most`."""
    if level in ("raw", "operations"):
        count = len(graph.nodes) + (sum(map(bool, graph.sources)) if level == "raw" else 0)
        if count > most:
            return count
        made = detailed(graph, range(len(graph.nodes)), level)
    else:
        group = groups(graph, level, most)
        if isinstance(group, int):
            return group
        made = grouped(graph, group, level)
    return made if len(made.boxes) <= most else len(made.boxes)


def _neighborhood(graph: Diagram, around: Value | str | None, hops: int, level: str | None, limit: int) -> Sketch:
    if level not in (None, "raw", "operations"):
        raise ValueError(
            f"draw: around and hops show single nodes, so level must be raw or operations, got {brief(level)}"
        )
    start = [len(graph.nodes) - 1] if around is None else graph.place_of(around)
    if not start:
        what = f"no node with the label {brief(around)}" if isinstance(around, str) else "that Value is not"
        raise ValueError(f"draw: around: {what} in this graph")
    users = graph.users()
    distance = dict.fromkeys(start, 0)
    queue = deque(start)
    while queue and len(distance) < limit:
        i = queue.popleft()
        if distance[i] == hops:
            continue
        for j in (*graph.sources[i], *users[i]):
            if j not in distance and len(distance) < limit:
                distance[j] = distance[i] + 1
                queue.append(j)
    shown = sorted(distance)
    made = detailed(graph, shown, level or "raw", users=users)
    if level is None and len(made.boxes) > READABLE:
        made = detailed(graph, shown, "operations", users=users)
    return made


def _nearest(graph: Diagram, most: int) -> Sketch:
    """The nodes nearest to the value, going back through inputs only."""
    distance = {len(graph.nodes) - 1: 0}
    queue = deque(distance)
    while queue and len(distance) < most:
        i = queue.popleft()
        for j in graph.sources[i]:
            if j not in distance and len(distance) < most:
                distance[j] = distance[i] + 1
                queue.append(j)
    return detailed(graph, sorted(distance), "operations")
