"""Which nodes share a box at each level of detail, from every single one to identical repeats rolled up.

One decision: a level is nothing but a group number for every node; counting boxes before drawing any makes it cheap to
find the finest level that stays readable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence

from viz.graphs.graph import Diagram
from viz.svg.labels import brief

LEVELS = ("raw", "operations", "neurons", "layers", "repeats")
READABLE = 300  # boxes that one can still read
MOST_LEAVES = 12  # inputs of the same nodes above each other that one still sees at once
LIMIT = 2_000  # boxes at most: beyond it layout takes seconds and then minutes, and browsers slow down

_NUMBERS = re.compile(r"\d+")
_TRAILING_NUMBER = re.compile(r"[\s_.-]*\d+$")
_COMMUTATIVE = frozenset(
    {"add", "mul", "sum", "prod", "mean", "max", "min", "maximum", "minimum", "hypot", "logsumexp", "norm"}
)


def level_named(level: str | int) -> str:
    """The level's name, from its name in singular or plural ("neuron", "by layer") or its number, 0 the finest.

    Raises ValueError listing the levels.
    """
    if isinstance(level, int) and not isinstance(level, bool) and 0 <= level < len(LEVELS):
        return LEVELS[level]
    if isinstance(level, str):
        word = level.lower().removeprefix("by ").strip()
        for name in LEVELS:
            if word in (name, name.removesuffix("s")):
                return name
    raise ValueError(f"draw: level must be one of {', '.join(LEVELS)} (or 0 to {len(LEVELS) - 1}), got {brief(level)}")


def groups(graph: Diagram, level: str, most: int) -> list[int] | int:
    """A group number for each node at the level "neurons", "layers" or "repeats", counted up from 0.

    Where there are more than `most` groups the answer is how many, or at least how many, instead.
    """
    if level == "repeats":
        return _repeats(graph, most)
    bunches = _bunches(graph)
    loose = graph.scopes.count("") - len(bunches) + len(set(bunches.values()))
    if loose > most:
        return loose  # every node outside all scopes is a group of its own
    path = {scope: layer_of(scope) if level == "layers" else scope for scope in dict.fromkeys(graph.scopes)}
    group = _numbered([path[scope] or bunches.get(i, i) for i, scope in enumerate(graph.scopes)])
    return group if max(group) < most else max(group) + 1


def _bunches(graph: Diagram) -> dict[int, Hashable]:
    """Inputs outside all scopes that the same nodes use, where they are so many that a screen is not as high: what they
    have in common."""
    loose = [i for i, scope in enumerate(graph.scopes) if not scope and not graph.sources[i]]
    if len(loose) <= MOST_LEAVES:
        return {}
    users = graph.users()
    used_by = {i: (graph.kinds[i], *users[i]) for i in loose}
    counts = Counter(used_by.values())
    return {i: common for i, common in used_by.items() if counts[common] > MOST_LEAVES}


def layer_of(scope: str) -> str:
    """The scope path up to its layer: the first part called so, else all but the last part.

    >>> layer_of("mlp/layer 0/neuron 3"), layer_of("encoder/attention"), layer_of("hidden 1")
    ('mlp/layer 0', 'encoder', 'hidden 1')
    """
    parts = scope.split("/")
    for i, part in enumerate(parts):
        if part.lower().startswith("layer"):
            return "/".join(parts[: i + 1])
    return "/".join(parts[:-1]) or scope


def family(name: str) -> str:
    """A scope part or label without the number that tells it from its siblings: "neuron 3" -> "neuron"."""
    return _TRAILING_NUMBER.sub("", name) or name


def by_number(name: str) -> list[str | int]:
    """Sorts neuron 2 before neuron 10, and a bias behind the weights."""
    if name == "b":
        return ["w~"]
    return [int(part) if part.isascii() and part.isdigit() else part for part in re.split("([0-9]{1,9})", name)]


def _numbered(keys: Sequence[Hashable]) -> list[int]:
    number: dict[Hashable, int] = {}
    return [number.setdefault(key, len(number)) for key in keys]


def _repeats(graph: Diagram, most: int) -> list[int] | int:
    """Neurons of the same make side by side are one group, and so are loose nodes that do the same to the same groups.

    A run such as total = total + x, a thousand times, is one group too: a node joins the group of its input when both
    are the same operation on the same groups. Bottom-up and linear; gives up at `most`.
    """
    make = _makes(graph)
    number: dict[Hashable, int] = {}
    feeds: list[set[int]] = []  # what goes into each group
    doing: list[str] = []  # the operation of each group of loose nodes
    group: list[int] = []
    last = len(graph.nodes) - 1
    for i, (node, sources, scope) in enumerate(zip(graph.nodes, graph.sources, graph.scopes, strict=True)):
        op = node.op
        into = [group[j] for j in sources] if len(sources) < 2 else list(dict.fromkeys([group[j] for j in sources]))
        if i == last and not scope:
            key: Hashable = "result"
        elif scope:
            key = make[scope]
        elif not sources:
            key = (graph.kinds[i], _NUMBERS.sub("#", graph.names[i]))
        else:
            joined = _joined(op, into, feeds, doing)
            if joined is not None:
                group.append(joined)
                continue
            key = (op, *(sorted(into) if op in _COMMUTATIVE else into))
        place = number.setdefault(key, len(feeds))
        if place == len(feeds):
            if place == most:
                return most + 1
            feeds.append(set(into))
            doing.append("" if scope or i == last else op)
        group.append(place)
    return group


def _joined(op: str, into: list[int], feeds: list[set[int]], doing: list[str]) -> int | None:
    if len(into) > 3:
        return None
    for g in into:
        if doing[g] == op and all(other == g or other in feeds[g] for other in into):
            return g
    return None


def _makes(graph: Diagram) -> dict[str, Hashable]:
    """For each scope its parent, its name with the number left open, and how many of which operations it holds."""
    content: dict[str, Counter[str]] = {}
    for node, scope in zip(graph.nodes, graph.scopes, strict=True):
        if scope:
            content.setdefault(scope, Counter())[node.op] += 1
    makes: dict[str, Hashable] = {}
    for scope, counts in content.items():
        parent, _, name = scope.rpartition("/")
        makes[scope] = (parent, _NUMBERS.sub("#", name), tuple(sorted(counts.items())))
    return makes
