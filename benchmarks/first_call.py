"""What the first call of a large recorded function costs: recording, program, result and gradient, beside JAX's.

    python -m benchmarks.first_call

A character transformer of width 128 and 4 heads over 16 letters (examples/invent_names.py), 6,500,000 operations
written out as scalars. JAX has the same position by position, as operations on arrays; `jax.jit` is timed from tracing
to the first gradient. Each side runs in a process of its own, in turn; minima. Memory is what stays of the recording
and its program, by node.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
import tracemalloc
from typing import Any

import numpy as np

WIDTH, NAME = 128, "isabellaisabell"
ROUNDS = 3


def ours() -> None:
    """Prints seconds for the first call and its gradient, then nodes and the bytes of them that stay."""
    import examples.invent_names as names

    names.WIDTH = WIDTH
    model = names.Transformer(seed=1)
    letters = names.encoded(NAME)
    loss = names.loss_of(model)
    start = time.perf_counter()
    loss(letters).backward()
    spent = time.perf_counter() - start
    nodes = next(iter(loss.entries.values())).recordings[0].nodes
    del loss
    gc.collect()
    again = names.loss_of(model)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    again(letters)
    gc.collect()
    stays = tracemalloc.get_traced_memory()[0] - before
    print(spent, nodes, stays)


def theirs() -> None:
    """Prints seconds from tracing to the first gradient."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    import examples.invent_names as names

    letters = names.encoded(NAME)
    rng = np.random.default_rng(1)
    shapes = {"letters": 27, "places": 16, "head": 27, "query": 1, "key": 1, "value": 1, "out": 1, "wide": 4}
    weights: dict[str, Any] = {
        name: rng.normal(0, 0.08, (n if n > 4 else n * WIDTH, WIDTH)) for name, n in shapes.items()
    }
    weights["narrow"] = rng.normal(0, 0.08, (WIDTH, 4 * WIDTH))
    size = WIDTH // names.HEADS

    def normalized(x):
        return x * (jnp.mean(x * x) + 1e-5) ** -0.5

    def loss(w):
        keys, values, losses = [], [], []
        for k in range(len(letters) - 1):
            x = normalized(w["letters"][letters[k]] + w["places"][k])
            y = normalized(x)
            q = w["query"] @ y
            keys.append(w["key"] @ y)
            values.append(w["value"] @ y)
            heard = []
            for h in range(0, WIDTH, size):
                part = slice(h, h + size)
                found = jax.nn.softmax(jnp.array([q[part] @ key[part] for key in keys]) * size**-0.5)
                heard.append(sum(found[i] * value[part] for i, value in enumerate(values)))
            x = w["out"] @ jnp.concatenate(heard) + x
            x = w["narrow"] @ jax.nn.relu(w["wide"] @ normalized(x)) + x
            z = w["head"] @ x
            losses.append(jax.nn.logsumexp(z) - z[letters[k + 1]])
        return sum(losses) / len(losses)

    start = time.perf_counter()
    jax.block_until_ready(jax.jit(jax.value_and_grad(loss))(weights))
    print(time.perf_counter() - start)


def alone(side: str) -> list[float] | None:
    """What a process of its own prints; None where JAX is not there."""
    done = subprocess.run([sys.executable, "-m", __spec__.name, side], capture_output=True, text=True, check=False)
    if "No module named 'jax'" in done.stderr:
        return None
    done.check_returncode()
    return [float(word) for word in done.stdout.split()]


def main(arguments: list[str]) -> None:
    if arguments:
        return {"ours": ours, "theirs": theirs}[arguments[0]]()
    spent, peers = [], []
    nodes = stays = 0.0
    for _ in range(ROUNDS):
        found = alone("ours")
        assert found is not None
        seconds, nodes, stays = found
        spent.append(seconds)
        if peer := alone("theirs"):
            peers += peer
    print(f"{nodes:,.0f} nodes: {min(spent):.2f} s, {stays / nodes:.1f} bytes a node stay")
    print(f"jax.jit: {min(peers):.2f} s, {min(peers) / min(spent):.2f} x ours" if peers else "JAX is not installed")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
