"""Graphs of a million nodes and more: built, differentiated and freed, in little memory and in small stacks.

Each runs in a process of its own, so that a crash is a failed test and a limit of memory holds for that graph alone.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import autograd

ROOT = Path(__file__).parents[2]

CHAIN = """
x = Value(1.0)
z = x
for _ in range({n}):
    z = z + 1.0
z.backward()
assert z.data == {n} + 1.0, z.data
assert x.grad == 1.0
del z
"""

TREE = """
x = Value(1.0)
level = [x * 1.0 for _ in range({n} // 2)]
while len(level) > 1:
    level = [level[i] + level[i + 1] for i in range(0, len(level) - 1, 2)] + level[len(level) & ~1:]
[root] = level
del level
root.backward()
assert x.grad == root.data == {n} // 2, (x.grad, root.data)
del root
"""

FAN = """
x = Value(1.0)
z = autograd.sum([x * 2.0 for _ in range({n})])
z.backward()
assert x.grad == 2.0 * {n}
del z
"""

LADDER = """
x = Value(1.0)
a, b = x * 1.0, x * 1.0
for _ in range({n} // 2):
    a, b = (a + b) * 0.5, b
a.backward()
assert abs(x.grad - 1.0) < 1e-9, x.grad
del a, b
"""

THREAD = """
import threading
threading.stack_size(512 * 1024)
failed = []
def work():
    try:
        exec(program, globals())
    except BaseException as error:
        failed.append(error)
thread = threading.Thread(target=work)
thread.start()
thread.join()
assert not failed, failed
"""

LIMIT = """
import resource
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
"""


def run(program: str) -> None:
    code = "import autograd\nfrom autograd import Value\n" + program
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"exit status {done.returncode}: {done.stderr[-1000:]}"


@pytest.mark.parametrize("program", [CHAIN, TREE], ids=["chain", "tree"])
def test_a_million_nodes_are_built_differentiated_and_freed(program):
    run(program.format(n=1_000_000))


@pytest.mark.parametrize("program", [FAN, LADDER], ids=["fan", "ladder"])
def test_wide_and_shared_graphs_are_freed_too(program):
    run(program.format(n=200_000))


@pytest.mark.parametrize("program", [CHAIN, TREE, FAN, LADDER], ids=["chain", "tree", "fan", "ladder"])
def test_a_hundred_thousand_nodes_in_a_thread_with_half_a_megabyte_of_stack(program):
    run(f"program = {program.format(n=100_000)!r}\n{THREAD}")


@pytest.mark.slow
@pytest.mark.skipif(not autograd.COMPILED, reason="the plain twin promises a million")
@pytest.mark.parametrize("program", [CHAIN, TREE], ids=["chain", "tree"])
def test_ten_million_nodes_within_a_gigabyte_and_a_half(program):
    pytest.importorskip("resource", reason="limits of memory need Unix")
    run(LIMIT.format(limit=1_500_000_000) + program.format(n=10_000_000))
