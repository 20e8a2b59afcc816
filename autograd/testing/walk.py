"""A walk over every name of the engine: each is called with wrong arguments, and none may end the process.

A worker process makes the calls; before each it writes down which, so that a process that dies by a signal names its
murderer. What a call is made of depends on its number alone, so that any can be made again:
`python -m autograd.testing.walk autograd.value`, and for one call alone `... autograd.value --only 12.3`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from autograd.extensions import CYTHON_ONLY, MODULES
from autograd.testing.nasty import harmless, objects
from autograd.value import COMPILED as TWIN

COMPILED = tuple(f"autograd.{module.replace('/', '.')}" for module in (*MODULES, *(CYTHON_ONLY if TWIN else ())))
BUILT_ON_THEM = (
    "autograd.copying", "autograd.custom", "autograd.modes",
    *(f"autograd.differentiation.{name}" for name in ("create_graph", "matrices", "running", "transforms")),
)  # fmt: skip
LIMITLESS = "asan" in os.environ.get("LD_PRELOAD", "")  # AddressSanitizer reserves terabytes that it never touches
SECONDS = 120 if LIMITLESS else 20  # that a call may take
MOST_BYTES = 2 << 30  # of the worker's memory
MOST_FINDINGS = 3  # about one name; then the next one's turn comes


@dataclass(frozen=True, slots=True)
class Crash:
    """A call that has ended its process, or taken too long."""

    call: str
    how: str
    again: str

    def __str__(self) -> str:
        return f"{self.how}: {self.call}  (python -m autograd.testing.walk {self.again})"


def walk(modules: tuple[str, ...] = (*COMPILED, *BUILT_ON_THEM), *, calls: int = 30, seed: int = 0) -> list[Crash]:
    """Call every name in the modules `calls` times; returns the calls that ended their process."""
    found: list[Crash] = []
    for module in modules:
        place, last, times = "0.0", "", 0
        while place:
            crash, place = _worker(module, place, calls, seed)
            if crash is not None:
                found.append(crash)
                name, _, call = place.partition(".")
                times = times + 1 if name == last else 1
                last = name
                place = f"{int(name) + 1}.0" if times == MOST_FINDINGS else f"{name}.{int(call) + 1}"
    return found


def _worker(module: str, place: str, calls: int, seed: int) -> tuple[Crash | None, str]:
    """What a process that begins at a place found, and where it died; "" where it came to the end."""
    with tempfile.TemporaryDirectory() as folder:
        diary = Path(folder) / "diary"
        diary.touch()
        command = [sys.executable, "-m", "autograd.testing.walk", module, "--from", place, "--diary", str(diary)]
        command += ["--calls", str(calls), "--seed", str(seed)]
        root = str(Path(__file__).parents[2])
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *filter(None, [os.getenv("PYTHONPATH")])])}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
        if done.returncode == 0:
            return None, ""
        text = diary.read_text(encoding="utf-8")
        if not text:
            raise RuntimeError(f"the walk over {module} did not begin: {done.stderr[-2000:]}")
        place, _, call = text.partition(" ")
    return Crash(f"{module}: {call}", _how(done), f"{module} --only {place} --seed {seed}"), place


def _how(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode == -signal.SIGALRM:
        return f"more than {SECONDS} s"
    if done.returncode < 0:
        return signal.Signals(-done.returncode).name
    return f"exit status {done.returncode}: {done.stderr[-2000:]}"


# ---- the worker


def names(module: Any) -> list[tuple[str, Callable[..., Any], list[str]]]:
    """(name, what to call, names of its parameters) for all that the module makes, methods and attributes too."""
    found: list[tuple[str, Callable[..., Any], list[str]]] = []
    for name, x in sorted(vars(module).items()):
        if getattr(x, "__module__", None) != module.__name__ or isinstance(x, types.ModuleType):
            continue
        if isinstance(x, type):
            found += _names_of_class(name, x)
        elif callable(x):
            found.append((name, x, _parameters(x)))
    return found


def _names_of_class(name: str, c: type) -> Iterator[tuple[str, Callable[..., Any], list[str]]]:
    yield name, c, _parameters(c)
    yield f"{name}.__new__", lambda *arguments: c.__new__(c, *arguments), []
    for part, x in sorted(vars(c).items()):
        where = f"{name}.{part}"
        if callable(x):
            yield where, x, [name, *_parameters(x)[1:]]
        elif hasattr(x, "__get__"):
            yield f"{where} read", lambda y, x=x, c=c: x.__get__(y, c), [name]
            if hasattr(x, "__set__"):
                yield f"{where} set", lambda y, to, x=x: x.__set__(y, to), [name, "to"]
                yield f"{where} deleted", lambda y, x=x: x.__delete__(y), [name]


def _parameters(f: Any) -> list[str]:
    import inspect

    try:
        return list(inspect.signature(f).parameters)
    except (TypeError, ValueError):
        return []


def _calls(module: str, first: tuple[int, int], calls: int, seed: int) -> Iterator[tuple[str, str, Callable[[], Any]]]:
    """(place, description, call) of every call from the first on."""
    stock = objects()
    for i, (name, f, parameters) in enumerate(names(importlib.import_module(module))):
        if i < first[0]:
            continue
        for k in range(first[1] if i == first[0] else 0, calls):
            draw = Random(f"{seed} {module} {name} {k}")
            n = max(0, len(parameters) + draw.choice((0, 0, 0, 0, 1, -1))) if parameters else draw.randrange(6)
            chosen = [stock.drawn(draw, parameters[j] if j < len(parameters) else "") for j in range(n)]
            text = f"{name}({', '.join(what for what, _ in chosen)})"
            yield f"{i}.{k}", text, lambda f=f, chosen=chosen: f(*[make() for _, make in chosen])


def _work(options: argparse.Namespace) -> None:
    limit_memory()
    diary = os.open(options.diary, os.O_WRONLY | os.O_CREAT) if options.diary else -1
    place = (options.only or options.start).split(".")
    for where, text, call in _calls(options.module, (int(place[0]), int(place[1])), options.calls, options.seed):
        if diary >= 0:
            os.ftruncate(diary, 0)
            os.pwrite(diary, f"{where} {text}".encode(errors="replace"), 0)
        signal.alarm(SECONDS)
        outcome = _outcome(call)
        if options.only:
            print(f"{text}: {outcome}")
            return
    harmless()


def limit_memory() -> None:
    """So that a call for absurdly much of it raises MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if not LIMITLESS:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _outcome(call: Callable[[], Any]) -> str:
    try:
        answer = call()
        used(answer)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        outcome = f"{type(error).__name__}: {_text(error)}"
    else:
        outcome = f"a {type(answer).__name__}"
    harmless()
    return outcome


def _text(error: BaseException) -> str:
    try:
        return str(error)[:200]
    except Exception:  # it holds an object that cannot be shown
        return "without words"


def used(answer: Any) -> None:
    """Do with a result what programs do with Values: damage shows where a thing is used."""
    from autograd import Value
    from autograd.differentiation.matrices import hessian
    from autograd.differentiation.transforms import grad

    if type(answer) is not Value:
        return
    for use in (
        repr, lambda y: (y.operands, y.inputs, y.partials, y.op, y.note), lambda y: y.backward(),
        lambda y: pickle.loads(pickle.dumps(y)), lambda y: grad(lambda x: x * y)(2.0),
        lambda y: grad(lambda _: y)(2.0), lambda y: hessian(lambda x: x[0] * y * x[1])([1.0, 2.0]),
        lambda y: y.backward(create_graph=True),
    ):  # fmt: skip
        try:
            use(answer)
        except Exception:
            continue


def main(arguments: list[str] | None = None) -> int:
    """0 where no call has ended its process, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m autograd.testing.walk", description="Call everything wrongly.")
    parser.add_argument("module", nargs="?", help="such as autograd.value; all that are compiled unless given")
    parser.add_argument("--calls", type=int, default=30, metavar="N", help="calls of each name (30)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", metavar="PLACE", help="make this call alone, in this process")
    parser.add_argument("--from", dest="start", default="0.0", help=argparse.SUPPRESS)
    parser.add_argument("--diary", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.diary or options.only:
        _work(options)
        return 0
    modules = (options.module,) if options.module else (*COMPILED, *BUILT_ON_THEM)
    found = walk(modules, calls=options.calls, seed=options.seed)
    for crash in found:
        print(crash)
    print(f"{len(found)} crashes")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
