"""A case of a benchmark, its peers in turns, and a row of the table: what benchmarks of unseen work share.

Peers take turns in one process on one processor; minima of wall time. All answers are checked on two inputs before
anything is timed. The figure is the best peer's time divided by ours: above 1 is ours. Peers that are not installed
(jax, casadi, torch) are left out. What a user has is a NumPy array and what comes out is one, on all sides.
"""

from __future__ import annotations

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

try:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
except ModuleNotFoundError:
    jax = jnp = None
try:
    import casadi
except ModuleNotFoundError:
    casadi = None
try:
    import torch

    torch.set_num_threads(1)
except ModuleNotFoundError:
    torch = None

Function = Callable[..., Any]


@dataclass
class Case:
    """One size of one kind of work; every function takes the inputs and gives an array."""

    size: Any
    ours: Function
    inputs: list[tuple[Any, ...]]
    peers: dict[str, Function] = field(default_factory=dict)


def with_jax(f: Function) -> dict[str, Function]:
    """A function of JAX arrays as a peer."""
    if jax is None:
        return {}
    compiled = jax.jit(f)
    return {"jax.jit": lambda *inputs: np.asarray(compiled(*inputs))}


def with_casadi(n: int, expression: Function) -> dict[str, Function]:
    """A CasADi function of one vector as a peer."""
    if casadi is None:
        return {}
    x = casadi.SX.sym("x", n)
    compiled = casadi.Function("f", [x], [expression(x)])
    return {"CasADi": compiled}


def with_torch(f: Function) -> dict[str, Function]:
    """A function of NumPy arrays that PyTorch computes, as a peer."""
    return {} if torch is None else {"PyTorch": f}


def dense(x: Any) -> Any:
    return x.toarray() if hasattr(x, "toarray") else np.array(x)


def drawn(*shape: int, scale: float = 1.0) -> list[tuple[Any, ...]]:
    return [(np.random.default_rng(seed).normal(scale=scale, size=shape),) for seed in (1, 2)]


def timed(case: Case) -> dict[str, float]:
    """Seconds that each takes, ours first; the answers are compared before."""
    for inputs in case.inputs:
        answer = dense(case.ours(*inputs))
        for _ in range(2):  # calls of which one is compared with the function itself
            case.ours(*inputs)
        for name, peer in case.peers.items():
            found = dense(peer(*inputs)).reshape(answer.shape)
            if not np.allclose(answer, found, rtol=1e-8, atol=1e-10):
                raise AssertionError(f"{name} has another answer")
    (inputs, *_) = case.inputs
    return minima({name: lambda f=f: f(*inputs) for name, f in {"ours": case.ours, **case.peers}.items()})


def minima(work: dict[str, Function]) -> dict[str, float]:
    """The least seconds that each took, in turns for at least two seconds and 20 rounds: some are spent verifying."""
    best = dict.fromkeys(work, float("inf"))
    end, rounds = time.perf_counter() + 2.0, 0
    while time.perf_counter() < end or rounds < 20:
        for name, f in work.items():
            start = time.perf_counter()
            f()
            best[name] = min(best[name], time.perf_counter() - start)
        rounds += 1
    return best


def heading() -> str:
    """Versions and date, and the head of the table."""
    versions = [f"{module.__name__} {module.__version__}" for module in (np, jax, casadi, torch) if module is not None]
    line = f"Python {platform.python_version()}, {', '.join(versions)}, {date.today()}"
    return f"{line}\n\n| work | size | best peer / ours | wanted | ours, us | peers, us |\n|---|---|---|---|---|---|"


def print_table(cases: dict[str, tuple[float, Function]], chosen: list[str], timed: Function) -> None:
    """Print the rows of the kinds of work with one of these words in their names, of all without a word.

    Arguments:
        cases: what is asked of each kind, and what gives its cases. timed: gives the seconds of a case.
    """
    print(heading())
    for name, (wanted, kind) in cases.items():
        if not chosen or any(word in name for word in chosen):
            for case in kind():
                print(table_row(name, wanted, case.size, timed(case)), flush=True)


def table_row(name: str, wanted: float, size: Any, best: dict[str, float]) -> str:
    """A row of the tables in docs/performance.md; the seconds are ours and each peer's."""
    ours = best.pop("ours")
    peers = ", ".join(f"{peer} {t * 1e6:,.1f}" for peer, t in best.items()) or "none is installed"
    ratio = f"{min(best.values()) / ours:.2f}" if best else "-"
    return f"| {name.replace('_', ' ')} | {size} | {ratio} | {wanted:g} | {ours * 1e6:,.1f} | {peers} |"
