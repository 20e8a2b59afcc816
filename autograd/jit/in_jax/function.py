# pyright: reportMissingImports=false
"""`f.to_jax()`: a recorded function as a JAX function of the same arguments.

The recordings are those of `jit`, by the same keys; what JAX traces is recorded on stand-ins for its numbers. That is
safe: where the path depends on numbers, all ways it can go are looked for, and one that is missing is refused.
"""

from __future__ import annotations

import functools
import inspect
import math
import random
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.core import Tracer

from autograd.differentiation.structure import NUMBER, Structure, container, tuple_of
from autograd.jit.calls import bypassed, known
from autograd.jit.errors import JitError
from autograd.jit.in_jax.program import Path
from autograd.jit.recording.arguments import INDEX, Arguments, Call
from autograd.jit.recording.economy import MOST_PATHS
from autograd.jit.recording.nesting import same_nesting
from autograd.jit.recording.recordings import single_machine
from autograd.jit.transformed import checked_parameters
from autograd.node import data_of
from autograd.value import Value

STAND_IN = 0.5  # for a number that only JAX will know
MOST_SEARCHES = 300  # numbers that are tried for a branch that has not been taken yet
SCALES = (1.0, 10.0, 0.1, 1000.0)  # of such numbers


class JaxFunction:
    """What `to_jax` returns; arguments are arrays, numbers and containers of them, and whatever is static."""

    def __init__(self, jitted: Any, owner: tuple[Any, ...], parameters: Any = None):
        self._jitted, self._owner = jitted, owner
        rule = "to_jax: parameters are Values, such as model.parameters()"
        self._given = None if parameters is None else checked_parameters(rule, parameters)
        self._found: list[Value] = []
        self._paths: dict[Any, tuple[list[Any], list[Path], Any]] = {}
        self.__name__ = getattr(jitted, "__name__", "f")
        self.__doc__ = getattr(jitted, "__doc__", None)
        _refuse_parameter_named_parameters(jitted)
        for entry in list(jitted.entries.values()):
            self._note(entry.recordings)

    def __repr__(self) -> str:
        return f"{self._jitted!r}.to_jax()"

    @property
    def parameters(self) -> tuple[Value, ...]:
        """The Values that `parameters=` stands for, in its order: those given to `to_jax`, else those that the
        recordings read, the first read first."""
        return tuple(self._found if self._given is None else self._given)

    def __call__(self, *args: Any, parameters: Any = None, **kwargs: Any) -> Any:
        _check_precision()
        if bypassed():
            raise JitError("to_jax: a JAX function cannot be called while another function is recorded")
        reader = JaxArguments()
        parts = [reader.item(x, "", 1) for x in self._owner]
        spans = []
        for x in args:
            start = len(reader.leaves)
            parts.append(reader.item(x, "", 1))
            spans.append((start, len(reader.leaves)))
        start = len(reader.leaves)
        structure = reader.joined(tuple_of(parts), kwargs)
        if kwargs:
            spans.append((start, len(reader.leaves)))
        if reader.values:
            raise TypeError(
                "to_jax: a JAX function takes numbers and arrays, got a Value; pass x.data, or give it to parameters"
            )
        paths, program = self._recorded(Call(reader, structure), reader, [span for span in spans if span[0] < span[1]])
        arguments = [reader.numbers(*span) for span in spans if span[0] < span[1]]
        vector = None if parameters is None else self._vector(parameters)
        results = program([self._captured(path, vector) for path in paths], arguments)
        structures = [path.recording.results.structure for path in paths]
        return _put_together(same_nesting("to_jax", structures), results)

    def _recorded(self, call: Call, reader: JaxArguments, spans: list[tuple[int, int]]) -> tuple[list[Path], Any]:
        """The paths for such calls, which are recorded now if they have not been, and their program."""
        jitted = self._jitted
        entry = known(jitted, call)
        if entry is None:
            raise JitError(f"to_jax: {jitted!r} is recorded anew at nearly every call; see {jitted!r}.explain()")
        if not entry.recordings:
            try:
                recording = jitted.recorded(entry, call, reader.stand_ins())
            except JitError:
                raise
            except Exception as error:
                raise JitError(
                    f"to_jax: {jitted!r} cannot be recorded on stand-ins for numbers that JAX traces "
                    f"({type(error).__name__}: {error}); call it once with numbers before"
                ) from error
            if recording is None:
                raise JitError("to_jax: another thread is recording; call again when it has ended")
        kept = self._paths.get(call.key)
        if kept is None or kept[0] != entry.recordings:
            self._look_for_ways(entry, call, reader)
            recordings = list(entry.recordings)
            _check_all_ways(jitted, recordings)
            paths = [Path(recording, spans) for recording in recordings]
            kept = self._paths[call.key] = recordings, paths, jax.jit(functools.partial(_taken, paths))
            self._note(recordings)
        return kept[1:]

    def _look_for_ways(self, entry: Any, call: Call, reader: JaxArguments) -> None:
        """Record further paths, until all comparisons have been seen to go both ways or many numbers were tried."""
        rng = random.Random(0)
        for k in range(MOST_SEARCHES):
            if _missing(entry.recordings) is None or len(entry.recordings) >= MOST_PATHS:
                return
            numbers = reader.drawn(rng, SCALES[k % len(SCALES)] if k else math.nan)
            if any(single_machine(r).evaluate(r.captured, numbers) is not None for r in entry.recordings):
                continue
            try:
                self._jitted.recorded(entry, call, numbers)
            except JitError:
                raise
            except Exception:  # what the function raises for such numbers it raises for others too: no way through
                continue

    def _note(self, recordings: list[Any]) -> None:
        seen = set(map(id, self._found))
        for recording in recordings:
            self._found += [x for x in recording.captured if id(x) not in seen]
            seen.update(map(id, recording.captured))

    def _vector(self, parameters: Any) -> Any:
        n = len(self.parameters)
        if isinstance(parameters, list | tuple):
            parameters = jnp.stack([jnp.asarray(x, float) for x in parameters]) if parameters else jnp.zeros(0)
        vector = jnp.asarray(parameters, float)
        if vector.shape != (n,):
            raise ValueError(
                f"to_jax: parameters must be {n} numbers, in the order of {self!r}.parameters, got an array of shape "
                f"{vector.shape}"
            )
        return vector

    def _captured(self, path: Path, vector: Any) -> Any:
        """The numbers of the Values that a path reads: from the vector of parameters, or as they are now."""
        captured = path.recording.captured
        now = np.array([data_of(x) for x in captured])
        if vector is None:
            return jnp.asarray(now)
        place = {id(x): k for k, x in enumerate(self.parameters)}
        n = len(place)
        index = np.array([place.get(id(x), n + k) for k, x in enumerate(captured)], dtype=np.int64)
        if len(index) == n and (index == np.arange(n)).all():
            return vector
        return jnp.concatenate([vector, jnp.asarray(now)])[index]


def _refuse_parameter_named_parameters(jitted: Any) -> None:
    try:
        names = inspect.signature(jitted.f).parameters
    except (TypeError, ValueError):
        return
    if "parameters" in names and names["parameters"].kind is not inspect.Parameter.POSITIONAL_ONLY:
        raise JitError(
            f"to_jax: {jitted!r} has an argument named parameters, which is what the JAX function calls the numbers of "
            "the Values that it reads; name yours otherwise"
        )


def _check_precision() -> None:
    if jax.dtypes.canonicalize_dtype(np.float64) != np.float64:
        raise JitError(
            "to_jax: JAX computes in single precision as it is set, and a recorded function in double; switch it over "
            'with jax.config.update("jax_enable_x64", True), before JAX makes its first array'
        )


# ---- arguments


class JaxArguments(Arguments):
    """Reads the arguments of one call of the JAX function; arrays are kept as they are.

    Attributes:
        arrays: by the place of their first number, flat. whole: the places of whole numbers.
    """

    def __init__(self) -> None:
        Arguments.__init__(self)
        self.arrays: dict[int, Any] = {}
        self.whole: set[int] = set()

    def other(self, x: Any, name: str) -> Structure:
        traced = isinstance(x, jax.Array)
        if not traced and not (isinstance(x, np.ndarray) and x.ndim and x.dtype.kind in "fiub"):
            return Arguments.other(self, x, name)
        kind = "b" if x.dtype == bool else "f" if jnp.issubdtype(x.dtype, jnp.floating) else "i"
        if kind == "i" and not jnp.issubdtype(x.dtype, jnp.integer):
            raise TypeError(f"to_jax: an array must hold real numbers, this one holds {x.dtype}")
        start = len(self.leaves)
        if x.size:
            self.arrays[start] = jnp.asarray(x).reshape(-1).astype(float)
        if kind != "f":
            self.whole.update(range(start, start + x.size))
        self.leaves += [None] * x.size
        if not x.ndim:
            return NUMBER if kind == "f" else INDEX
        return Structure("array" if kind == "f" else "integers", keys=x.shape, size=x.size)

    def numbers(self, start: int, stop: int) -> Any:
        """The numbers at these places in one array."""
        parts: list[Any] = []
        plain: list[float] = []
        while start < stop:
            array = self.arrays.get(start)
            if array is None:
                plain.append(self.leaves[start])
                start += 1
                continue
            if plain:
                parts.append(jnp.asarray(plain))
                plain = []
            parts.append(array)
            start += array.size
        if plain:
            parts.append(jnp.asarray(plain))
        return parts[0] if len(parts) == 1 else jnp.concatenate(parts)

    def stand_ins(self) -> list[float]:
        """Numbers to record with: those of the call where they are known."""
        numbers = list(self.leaves)
        for start, array in self.arrays.items():
            if isinstance(array, Tracer):
                found = [0.0 if k in self.whole else STAND_IN for k in range(start, start + array.size)]
            else:
                found = np.asarray(array).tolist()
            numbers[start : start + array.size] = found
        return numbers

    def drawn(self, rng: random.Random, scale: float) -> list[float]:
        """Numbers at random, to find other paths with."""
        places = range(len(self.leaves))
        return [float(rng.randrange(3)) if k in self.whole else scale * rng.gauss(0.0, 1.0) for k in places]


# ---- paths


def _check_all_ways(jitted: Any, recordings: list[Any]) -> None:
    """Raise JitError where a comparison can go a way that has not been recorded."""
    found = _missing(recordings)
    if found is not None:
        recording, depth, answer = found
        where = recording.lines[depth] if depth < len(recording.lines) and recording.lines[depth] else "a comparison"
        raise JitError(
            f"to_jax: {jitted!r} branches at {where}, and only the way where that is {not answer} has been found. Call "
            "the function once with numbers that go the other way, or choose without a branch: with maximum, minimum, "
            "clip, or where of a number that is 0 or not (a loop whose end depends on numbers cannot be had in JAX)"
        )


def _missing(recordings: list[Any]) -> tuple[Any, int, bool] | None:
    """The first comparison that has been seen to go one way only: a recording, which one of its, the other answer."""
    return _follow([(recording, _different_guards(recording.graph)) for recording in recordings], 0)


def _different_guards(graph: Any) -> list[tuple[int, int]]:
    """Relation and answer of each comparison, of equal ones the first."""
    found, seen = [], set()
    for relation, x, y, answer in zip(*[iter(graph.guards)] * 4, strict=True):
        if (relation, x, y) not in seen:
            seen.add((relation, x, y))
            found.append((relation, answer))
    return found


def _follow(ways: list[tuple[Any, list[tuple[int, int]]]], depth: int) -> tuple[Any, int, bool] | None:
    while any(len(guards) > depth for _, guards in ways):
        parts = [[way for way in ways if len(way[1]) > depth and way[1][depth][1] == answer] for answer in (0, 1)]
        for answer, part in enumerate(parts):
            if not part:
                return ways[0][0], depth, bool(answer)
        found = _follow(parts[0], depth + 1)
        if found:
            return found
        ways, depth = parts[1], depth + 1
    return None


def _taken(paths: list[Path], captured: list[Any], arguments: list[Any]) -> Any:
    """The results of the path that these numbers take."""
    leaves = [path.leaves(numbers, arguments) for path, numbers in zip(paths, captured, strict=True)]
    if len(paths) == 1:
        return paths[0].results(leaves[0])
    holds = paths[0].holds(leaves[0])
    return _choice(paths, leaves, holds, None)


def _choice(paths: list[Path], leaves: list[list[Any]], holds: Any, before: Any) -> Any:
    """The first path's results where it holds, else those of the others; `before`: that no earlier path held."""
    here = holds if before is None else before & holds
    rest = ~holds if before is None else before & ~holds

    def others() -> Any:
        if len(paths) == 2:
            return paths[1].results(leaves[1], rest)
        return _choice(paths[1:], leaves[1:], paths[1].holds(leaves[1]), rest)

    return jax.lax.cond(holds, lambda: paths[0].results(leaves[0], here), others)


# ---- results


def _put_together(structure: Structure, parts: list[Any]) -> Any:
    results = [part[0] for part in parts] if len(parts) > 1 else parts[0]
    place = 0

    def built(part: Structure) -> Any:
        nonlocal place
        if part is NUMBER or part.kind == "number":
            place += 1
            return results[place - 1]
        if part.kind == "array":
            place += part.size
            return jnp.asarray(results[place - part.size : place]).reshape(part.keys)
        if isinstance(part.kind, str):
            return part.keys[0]
        return container(part, [built(item) for item in part.all_parts()])

    return built(structure)
