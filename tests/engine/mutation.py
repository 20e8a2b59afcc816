"""Mutation testing: change one thing in the engine at a time, and see whether a test notices.

    python tests/engine/mutation.py primitives          the formulas of the table
    python tests/engine/mutation.py value --sample 100  a module of the plain twin, 100 of its mutants

The mutants are made by cosmic-ray (`pip install cosmic-ray`). Its own runner edits files in place and starts a process
for each mutant; here a fork that has the test tools imported already loads the mutant's source instead of the file, so
that a checkout stays as it is and a mutant takes a second or two. docs/mutation.md has the results.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib
import importlib.machinery
import io
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 25  # seconds of a processor for one mutant: more is an endless loop, which is noticed too
MEMORY = 4 << 30

# The tests that are about a module, the quickest first: a mutant's run ends with the first that fails.
_OF_VALUES = [
    "test_value", "test_mutations", "test_backprop", "test_edge_cases", "test_transforms", "test_copying", "test_modes",
    "test_custom", "test_higher_order", "test_explain", "test_recorded", "test_jit", "test_functions",
]  # fmt: skip
TESTS = {
    "reductions": ["test_reductions", "test_mutations", "test_edge_cases", "test_backprop", "test_transforms"],
    "node": _OF_VALUES,
    "value": _OF_VALUES,
}

# Survivors that change nothing that could be seen: operator and line, in its original form, and the reason.
UNUSED = "a slot that a node of this form does not use"
SPARE = "room to spare, or room that is written before it is read"
INSTALLED = {("ExceptionReplacer", "except ModuleNotFoundError:"): "Cython is installed where the mutants are run"}
_NUMBERS = {
    "z = new(op, VALUES, data, dx, 0.0, x, None)": UNUSED,
    "z = new(op, MANY, data, 0.0, 0.0, operands, partials)": UNUSED,
    "z = new(code, form, data, 0.0, 0.0, tuple(operands), room)": UNUSED,
    "return new(0, LEAF, z._data, 0.0, 0.0, None, None)": UNUSED,
    "z = new(DETACH, VALUES, z._data, 0.0, 0.0, z, None)": "a recording reads operations, not partials",
    "return [0.0] * n": SPARE,
    "room = new_doubles(2 * n + 1)": SPARE,
    "room = new_doubles(3)": SPARE,
    "recording_thread: Any = 0": "read only while there is a recorder, which sets it",
    'b = float("inf") if y > 0 else float("-inf")': "y is an int beyond all floats, so far from 0",
    "for i in range(1, n):": "the first is compared with itself",
    'return extreme(MAX, MAXIMUM, "max", values[0] if len(values) == 1 else values)': "one item is also the last",
    'return extreme(MIN, MINIMUM, "min", values[0] if len(values) == 1 else values)': "one item is also the last",
}
_NEIGHBORS = {
    'b = float("inf") if y > 0 else float("-inf")': "y is an int beyond all floats, so far from 0",
    "if read(operands[i]) > read(operands[first]):": "which of equal operands is called the largest",
}
EQUAL = (
    INSTALLED
    | {("NumberReplacer", line): reason for line, reason in _NUMBERS.items()}
    | {("ReplaceComparisonOperator_Gt_GtE", line): reason for line, reason in _NEIGHBORS.items()}
)
NOT_OF_ITSELF = "not mutants and not killed and not spelling"  # those of test_mutations that run this file

ARITHMETIC = ("Add", "Sub", "Mul", "Div")
COMPARISONS = {  # each becomes its opposite, and its neighbor where one number is what makes the difference
    "Eq": ("NotEq",), "NotEq": ("Eq",), "Is": ("IsNot",), "IsNot": ("Is",),
    "Lt": ("LtE", "GtE"), "LtE": ("Lt", "Gt"), "Gt": ("GtE", "LtE"), "GtE": ("Gt", "Lt"),
}  # fmt: skip


def operators() -> dict[str, object]:
    """The operators of cosmic-ray that make sense of this code, by name.

    Left out: bits and powers, which raise TypeError on floats at once; `<=` for `==` and the like, which is the same
    wherever numbers are never below; and names for names.
    """
    from cosmic_ray import plugins

    names = [f"ReplaceBinaryOperator_{a}_{b}" for a in ARITHMETIC for b in ARITHMETIC if a != b]
    names += [f"ReplaceComparisonOperator_{a}_{b}" for a, others in COMPARISONS.items() for b in others]
    names += ["NumberReplacer", "AddNot"]
    names += [
        "ReplaceUnaryOperator_Delete_USub",
        "ReplaceUnaryOperator_Delete_Not",
        "ReplaceAndWithOr",
        "ReplaceOrWithAnd",
    ]
    names += ["ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceBreakWithContinue", "ReplaceContinueWithBreak"]
    names += ["ExceptionReplacer", "ZeroIterationForLoop"]
    known = set(plugins.operator_names())
    return {name: plugins.get_operator(f"core/{name}")() for name in names if f"core/{name}" in known}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed source: which module's, by which operator, and what is different."""

    module: str
    operator: str
    source: str
    difference: str

    def original(self) -> str:
        """The line that was changed, as it was."""
        return next((line[1:].strip() for line in self.difference.splitlines() if line.startswith("-")), "")


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a source, in the order of operators and lines."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code

    nodes = list(ast_nodes(get_ast(source)))
    for name, operator in operators().items():
        for occurrence in range(sum(len(list(operator.mutation_positions(node))) for node in nodes)):  # type: ignore[attr-defined]
            changed = mutate_code(source, operator, occurrence)
            if changed is not None and _is_another_program(source, changed):
                yield Mutant(module, name, changed, _difference(source, changed))


def _is_another_program(before: str, after: str) -> bool:
    """Whether a mutant can be compiled and is not the same written in another way, such as 1e+150 for 1e150."""
    try:
        compile(after, "mutant", "exec")
        return ast.dump(ast.parse(after)) != ast.dump(ast.parse(before))
    except SyntaxError:
        return False


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if line[:2] not in ("--", "++"))


# ---- running tests on a mutant


def outcomes(found: Sequence[Mutant], tests: list[str], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with "killed", "survived" or "endless", as the tests say of it; `jobs` of them at a time."""
    waiting = list(reversed(found))
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            child = os.fork()
            if not child:
                _run_as_child(mutant, tests)
            running[child] = mutant
        for child in list(running):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                out_of_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
                yield running.pop(child), "endless" if out_of_time else "killed" if status else "survived"
        time.sleep(0.02)


def _run_as_child(mutant: Mutant, tests: list[str]) -> None:
    """Never returns: exits with 0 where every test passes."""
    import pytest

    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        load_instead_of_the_file(f"autograd.{mutant.module.replace('/', '.')}", mutant.source)
        sink = io.StringIO()
        with redirect_stdout(sink), redirect_stderr(sink):
            files = [str(path) for test in tests for path in (ROOT / "tests").glob(f"*/{test}.py")]
            options = [
                "-x",
                "-q",
                "-p",
                "no:cacheprovider",
                "-W",
                "ignore",
                "--no-header",
                "--tb=no",
                "-k",
                NOT_OF_ITSELF,
            ]
            status = int(pytest.main([*options, *files]))
    finally:
        os._exit(status)


def load_instead_of_the_file(module: str, source: str) -> None:
    """Have `import module` find this source."""
    read = importlib.machinery.SourceFileLoader.get_code

    def get_code(self, fullname):
        return compile(source, self.path, "exec") if fullname == module else read(self, fullname)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def prepare() -> None:
    """Choose the plain twin, and import what every test run needs except the engine."""
    os.environ["GLASSGRAD_PURE"] = "1"
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine"), str(ROOT / "tests" / "jit")]
    sys.dont_write_bytecode = True
    os.chdir(ROOT)
    for module in ("hypothesis.strategies", "mpmath", "numpy", "pytest"):
        importlib.import_module(module)
    from hypothesis import HealthCheck, Phase, settings

    settings.register_profile(  # what fails has failed: nothing is shrunk
        "mutation", max_examples=50, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    if "autograd" in sys.modules:
        raise RuntimeError("the engine is imported already; a fork would test that one")


# ---- what is mutated


def of_module(module: str) -> list[Mutant]:
    """Every mutant of a module of the engine."""
    return list(mutants(module, (ROOT / "autograd" / f"{module}.py").read_text(encoding="utf-8")))


def outcomes_of_table(sample: Callable[[list], list]) -> tuple[list[tuple[Any, str]], int]:
    """Each mutant of the table's formulas with "killed", "survived" or "equal"; and how many there are in all."""
    import formula_mutants

    every = formula_mutants.of_table()
    tried = sample(every)
    found = []
    for mutant in tried:
        verdict = "killed" if formula_mutants.is_noticed(mutant) else "survived"
        if verdict == "survived" and formula_mutants.is_equal(mutant):
            verdict = "equal"
        found.append((mutant, verdict))
        told(found, len(tried))
    return found, len(every)


def outcomes_of_module(module: str, sample: Callable[[list], list], jobs: int) -> tuple[list[tuple[Any, str]], int]:
    """The same of a module's mutants; "equal" are those that EQUAL explains.

    Raises RuntimeError where the tests fail without any mutation.
    """
    every, tests = of_module(module), TESTS[module]
    tried = sample(every)
    if [verdict for _, verdict in outcomes([Mutant("no_such_module", "", "", "")], tests, 1)] != ["survived"]:
        raise RuntimeError(f"the tests fail without any mutation: {' '.join(tests)}")
    found = []
    try:
        for mutant, verdict in outcomes(tried, tests, jobs):
            if verdict == "survived" and (mutant.operator, mutant.original()) in EQUAL:
                verdict = "equal"
            found.append((mutant, verdict))
            told(found, len(tried))
    except KeyboardInterrupt:  # what is known by then is reported
        print(f"interrupted after {len(found)} of {len(tried)}")
    return found, len(every)


def told(found: list[tuple[Any, str]], of: int) -> None:
    """Print the last outcome where it is worth a look."""
    mutant, verdict = found[-1]
    if verdict in ("survived", "endless"):
        print(f"{len(found)}/{of} {verdict} {mutant.operator}\n{mutant.difference}", flush=True)


def report(name: str, found: list[tuple[Any, str]], of: int) -> str:
    """The figures of a run in a sentence."""
    count = Counter(verdict for _, verdict in found)
    noticed, differing = count["killed"] + count["endless"], len(found) - count["equal"]
    return (
        f"{name}: {noticed} of {differing} mutants noticed ({100 * noticed / max(differing, 1):.1f} %), "
        f"{count['endless']} of them endless; {count['equal']} more are equal to the original; "
        f"{len(found)} tried of {of} in all"
    )


def main(arguments: list[str] | None = None) -> int:
    """0 where at least 95 % of the mutants are noticed."""
    parser = argparse.ArgumentParser(description="Mutation testing of the engine's plain twin.")
    parser.add_argument("target", choices=["primitives", *TESTS])
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="try N mutants, drawn at random; all if 0")
    parser.add_argument("--seed", type=int, default=0, help="of the drawing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    prepare()

    def sample(every: list) -> list:
        n = options.sample or len(every)
        chosen = random.Random(options.seed).sample(range(len(every)), min(n, len(every)))
        return [every[i] for i in chosen]

    if options.target == "primitives":
        found, of = outcomes_of_table(sample)
    else:
        found, of = outcomes_of_module(options.target, sample, options.jobs)
    print(report(options.target, found, of))
    return 0 if sum(verdict == "survived" for _, verdict in found) <= 0.05 * len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
