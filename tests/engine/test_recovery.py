"""What is broken off, for want of memory or by Ctrl-C, leaves all as it was: breaking_off.py tries every place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from breaking_off import OPERATIONS

import autograd

HERE = Path(__file__).parent
PLACES = 50
SANITIZED = "asan" in os.environ.get("LD_PRELOAD", "")


def run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=HERE, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"exit status {done.returncode}: {done.stdout[-1000:]}{done.stderr[-2000:]}"
    return done.stdout


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_allocation_that_fails_leaves_anything_half_done(operation):
    pytest.importorskip("_testcapi", reason="CPython was built without its tests")
    *complaints, times = run("breaking_off.py", "memory", operation, str(PLACES)).splitlines()
    assert complaints == []
    assert int(times) > 2


@pytest.mark.skipif(not autograd.COMPILED, reason="the interpreter itself needs some memory to go on")
@pytest.mark.parametrize("operation", ["backward", "reductions"])
def test_even_without_any_memory_nothing_is_left_half_done(operation):
    pytest.importorskip("_testcapi", reason="CPython was built without its tests")
    *complaints, times = run("breaking_off.py", "no_memory", operation, str(PLACES)).splitlines()
    assert complaints == []
    assert int(times) > 2


@pytest.mark.parametrize("operation", OPERATIONS)
def test_no_interruption_leaves_anything_half_done(operation):
    *complaints, times = run("breaking_off.py", "interrupt", operation, str(PLACES)).splitlines()
    assert complaints == []
    assert autograd.COMPILED or int(times) > 2  # compiled code cannot be interrupted


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["memory", "interrupt"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_is_left_half_done_wherever_it_is_broken_off(kind, operation):
    pytest.importorskip("_testcapi", reason="CPython was built without its tests")
    assert run("breaking_off.py", kind, operation, "5000").splitlines()[:-1] == []


LIMITED = """
import resource, autograd
from autograd import Value
from autograd import value as engine

def pages():
    return int(open("/proc/self/statm").read().split()[0])

def limit(megabytes):
    bytes = pages() * resource.getpagesize() + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (bytes, resource.RLIM_INFINITY))
"""

A_PASS_WITHOUT_MEMORY = LIMITED + """
x = Value(2.0)
root = autograd.sum([x * (k % 7) for k in range({n})])
x.grad = 0.5
kept = bytearray(32 * 2**20)  # what the recovery of the plain twin may use
limit(2)
failures = 0
try:
    root.backward()
except MemoryError:
    failures += 1
    del kept
assert failures == 1
assert x.grad == 0.5, x.grad
resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
root.backward()
assert x.grad == 0.5 + sum(k % 7 for k in range({n})), x.grad
"""

GRAPHS_WITHOUT_MEMORY = LIMITED + """
x = Value(1.0)
before = engine.live_nodes()
for _ in range(3):
    limit(40)
    z = x
    made = 0
    try:
        while True:
            z = z + x
            made += 1
    except MemoryError:
        pass
    assert made > 10_000, made
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert engine.live_nodes() == before + made, (engine.live_nodes(), before, made)
    x.grad = 0.0
    z.backward()
    assert x.grad == made + 1.0
    del z
    assert engine.live_nodes() == before
"""


@pytest.mark.skipif(SANITIZED, reason="AddressSanitizer needs memory itself")
def test_a_pass_that_finds_no_memory_is_taken_back():
    pytest.importorskip("resource", reason="limits of memory need Unix")
    run("-c", A_PASS_WITHOUT_MEMORY.format(n=1_000_000 if autograd.COMPILED else 300_000))


@pytest.mark.skipif(SANITIZED, reason="AddressSanitizer needs memory itself")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc")
def test_a_graph_that_finds_no_memory_is_differentiated_and_freed_all_the_same():
    pytest.importorskip("resource", reason="limits of memory need Unix")
    run("-c", GRAPHS_WITHOUT_MEMORY)
