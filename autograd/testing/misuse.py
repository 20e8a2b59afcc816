"""Misuse of the engine: wrong calls, hard lives, and the walk over every name, each in a process of its own.

A call that ends its process is reported like any other that does not raise as it must. `python -m
autograd.testing.misuse` prints all complaints.
"""

from __future__ import annotations

import argparse
import builtins
import copy
import json
import os
import pickle
import subprocess
import sys
import textwrap
import threading
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograd.testing.nasty import harmless
from autograd.testing.walk import Crash, limit_memory, walk
from autograd.testing.wrong_calls import HARD_LIVES, WRONG_CALLS, Wrong

__all__ = ["HARD_LIVES", "WRONG_CALLS", "Crash", "Wrong", "complaints", "walk"]

STACK = 512 * 1024  # bytes: what a thread has on some systems, and where recursion shows early


def complaints(calls: Sequence[Wrong] = WRONG_CALLS, lives: Mapping[str, str] = HARD_LIVES) -> list[str]:
    """Which wrong calls did not raise as they must, and which lives ended badly; [] where all is well."""
    found = []
    todo = list(calls)
    while todo:
        done = _process("calls", json.dumps([asdict(call) for call in todo]))
        lines = done.stdout.splitlines()
        found += [line.removeprefix("! ") for line in lines if line.startswith("! ")]
        if done.returncode == 0:
            break
        made = sum(line == "." for line in lines)
        if not made:
            raise RuntimeError(f"the calls could not be made: {done.stderr[-2000:]}")
        found.append(f"{todo[made - 1].text} ended the process with {done.returncode}: {done.stderr[-1000:]}")
        todo = todo[made:]
    for name, text in lives.items():
        done = _process("life", textwrap.dedent(text))
        if done.returncode:
            found.append(f"{name}: ended with {done.returncode}: {done.stderr[-1000:]}")
    return found


def _process(what: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograd.testing.misuse", "--run", what]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *filter(None, [os.getenv("PYTHONPATH")])])}
    return subprocess.run(command, input=text, capture_output=True, text=True, env=environment, timeout=600)


def surroundings() -> dict[str, Any]:
    """The names that the texts know."""
    import autograd
    from autograd import Value, copying, hooks, node, operations
    from autograd import value as engine
    from autograd.arrays import parameters
    from autograd.differentiation import nodes, second_order, sweeps, tape
    from autograd.generated import kernels

    def a_tape() -> Any:
        x = Value(1.0)
        return tape.tape_between([x * x], [x], [])

    return {
        "autograd": autograd, "Value": Value, "engine": engine, "hooks": hooks, "copying": copying,
        "parameters": parameters, "node": node, "nodes": nodes, "operations": operations, "sweeps": sweeps,
        "tape": tape, "second_order": second_order, "a_tape": a_tape, "NAMES": kernels.NAMES, "array": array,
        "copy": copy, "pickle": pickle, "threading": threading,
    }  # fmt: skip


def _make(calls: list[dict[str, Any]]) -> None:
    for call in calls:
        print(".", flush=True)
        wanted = tuple(getattr(builtins, name) for name in call["raises"])
        try:
            exec(call["text"], surroundings())
        except wanted as error:
            if call["message"] not in str(error):
                print(f"! {call['text']}: {type(error).__name__} without {call['message']!r}: {error}")
        except Exception as error:
            print(f"! {call['text']}: {type(error).__name__}, not {call['raises']}: {error}")
        else:
            print(f"! {call['text']}: raised nothing")
        harmless()


def _live(text: str) -> None:
    limit_memory()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            exec(text, surroundings())
        except BaseException as error:
            failed.append(error)

    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def main(arguments: list[str] | None = None) -> int:
    """0 where there is nothing to complain about."""
    parser = argparse.ArgumentParser(prog="python -m autograd.testing.misuse", description="Misuse the engine.")
    parser.add_argument("--calls", type=int, default=30, metavar="N", help="of each name in the walk (30)")
    parser.add_argument("--run", choices=("calls", "life"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.run == "life":
        _live(sys.stdin.read())
        return 0
    if options.run:
        _make(json.loads(sys.stdin.read()))
        return 0
    found = [*complaints(), *map(str, walk(calls=options.calls))]
    print("\n".join([*found, f"{len(found)} complaints"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
