"""Wide networks and transformers, a step of Adam: `python -m benchmarks.networks [CASE ...]`.

As `benchmarks.unseen`: peers take turns in one process on one processor, minima of wall time, loss and all derivatives
compared on two inputs before anything is timed; above 1 is ours. A step is what a user writes in a training loop:
gradients to zero, loss, derivatives, optimizer. All compute in double precision.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import nn
from autograd import Value, jit, logsumexp, mean, softmax, take
from benchmarks.peers import jax, jnp, minima, print_table, torch

LR, BETAS, EPS = 1e-3, (0.9, 0.999), 1e-8


@dataclass
class Trained:
    """One contestant: `step` trains on inputs, `answer` gives loss and derivatives without a step, as one array."""

    step: Callable[..., Any]
    answer: Callable[..., np.ndarray]


@dataclass
class Case:
    size: str
    inputs: list[tuple[Any, ...]]
    ours: Trained
    peers: dict[str, Trained] = field(default_factory=dict)


def with_ours(parameters: list[Value], loss: Callable[..., Any], optimized: bool) -> Trained:
    optimizer = nn.Adam(parameters, lr=LR, betas=BETAS, eps=EPS)

    def gradient(*inputs: Any) -> Any:
        optimizer.zero_grad()
        found = loss(*inputs)
        found.backward()
        return found

    def step(*inputs: Any) -> None:
        gradient(*inputs)
        optimizer.step()

    def answer(*inputs: Any) -> np.ndarray:
        found = gradient(*inputs)
        return np.array([found.data, *(p.grad for p in parameters)])

    return Trained(step if optimized else gradient, answer)


def with_jax(start: list[np.ndarray], loss: Callable[..., Any], optimized: bool) -> dict[str, Trained]:
    """A loss of a list of arrays and the inputs as a peer; steps keep the state on JAX's side, in place."""
    if jax is None:
        return {}
    both = jax.jit(jax.value_and_grad(loss))

    def update(state: Any, *inputs: Any) -> Any:
        count, parameters, ms, vs = state
        count = count + 1
        found, gradients = jax.value_and_grad(loss)(parameters, *inputs)
        ms = [BETAS[0] * m + (1 - BETAS[0]) * g for m, g in zip(ms, gradients, strict=True)]
        vs = [BETAS[1] * v + (1 - BETAS[1]) * g * g for v, g in zip(vs, gradients, strict=True)]
        rate, root = LR / (1 - BETAS[0] ** count), jnp.sqrt(1 - BETAS[1] ** count)
        moved = [p - rate * m / (jnp.sqrt(v) / root + EPS) for p, m, v in zip(parameters, ms, vs, strict=True)]
        return (count, moved, ms, vs), found

    compiled = jax.jit(update, donate_argnums=0)
    parameters = [jnp.array(w) for w in start]
    zeros = [[jnp.zeros_like(w) for w in parameters] for _ in range(2)]
    state = [(0.0, [jnp.array(w) for w in start], *zeros)]

    def step(*inputs: Any) -> None:
        state[0], found = compiled(state[0], *inputs)
        float(found)

    def gradient(*inputs: Any) -> Any:
        return jax.block_until_ready(both(parameters, *inputs))

    def answer(*inputs: Any) -> np.ndarray:
        found, gradients = gradient(*inputs)
        return np.concatenate([[found], *(np.asarray(g).ravel() for g in gradients)])

    return {"jax.jit": Trained(step if optimized else gradient, answer)}


def with_torch(start: list[np.ndarray], loss: Callable[..., Any]) -> dict[str, Trained]:
    if torch is None:
        return {}
    parameters = [torch.tensor(w, requires_grad=True) for w in start]
    optimizer = torch.optim.Adam(parameters, lr=LR, betas=BETAS, eps=EPS, fused=True)

    def gradient(*inputs: Any) -> Any:
        optimizer.zero_grad()
        found = loss(parameters, *map(torch.from_numpy, inputs))
        found.backward()
        return found

    def step(*inputs: Any) -> None:
        gradient(*inputs)
        optimizer.step()

    def answer(*inputs: Any) -> np.ndarray:
        found = gradient(*inputs).item()
        return np.concatenate([[found], *(p.grad.numpy().ravel() for p in parameters)])

    return {"PyTorch": Trained(step, answer)}


# ---- networks of dense layers over a batch


def network(sizes: list[int], activation: str, classes: bool, rows: int = 64) -> Case:
    """Cross-entropy, or the squared error of one output, over the rows of a batch."""
    model = nn.MLP(sizes[0], sizes[1:], activation, seed=1)
    start = arrays_of(model)
    rng = np.random.default_rng(0)
    inputs = []
    for _ in range(2):
        x = rng.normal(size=(rows, sizes[0]))
        inputs.append((x, rng.integers(0, sizes[-1], rows) if classes else np.sin(x[:, 0])))

    @jit
    def loss(x: Any, y: Any) -> Any:
        out = model(x)
        return logsumexp(out) - take(out, y) if classes else (out - y) ** 2

    def layers(parameters: list[Any], x: Any, bent: Callable[[Any], Any]) -> Any:
        for k in range(0, len(parameters), 2):
            x = x @ parameters[k].T + parameters[k + 1]
            x = bent(x) if k + 2 < len(parameters) else x
        return x

    def in_jax(parameters: list[Any], x: Any, y: Any) -> Any:
        out = layers(parameters, x, jnp.tanh if activation == "tanh" else lambda x: jnp.maximum(x, 0.0))
        if not classes:
            return jnp.mean((out[:, 0] - y) ** 2)
        return jnp.mean(jax.nn.logsumexp(out, axis=1) - out[jnp.arange(len(y)), y])

    def in_torch(parameters: list[Any], x: Any, y: Any) -> Any:
        out = layers(parameters, x, getattr(torch, activation))
        return torch.nn.functional.cross_entropy(out, y) if classes else ((out[:, 0] - y) ** 2).mean()

    size = "-".join(map(str, sizes)) + ("" if activation == "relu" else f" {activation}") + f", {rows} rows"
    ours = with_ours(model.parameters(), loss.mean, True)
    return Case(size, inputs, in_order(ours, model), with_jax(start, in_jax, True) | with_torch(start, in_torch))


def arrays_of(model: nn.MLP) -> list[np.ndarray]:
    """Weights and biases of each layer, as array code has them."""
    found = []
    for layer in model.layers:
        found.append(np.array([[w.data for w in neuron.w] for neuron in layer.neurons]))
        found.append(np.array([neuron.b.data for neuron in layer.neurons]))
    return found


def in_order(ours: Trained, model: nn.MLP) -> Trained:
    """The same with the derivatives in the order of `arrays_of`."""
    place = {id(p): k for k, p in enumerate(model.parameters())}
    order = [0]
    for layer in model.layers:
        order += [1 + place[id(w)] for neuron in layer.neurons for w in neuron.w]
        order += [1 + place[id(neuron.b)] for neuron in layer.neurons]
    return Trained(ours.step, lambda *inputs: ours.answer(*inputs)[order])


def dense_networks() -> Iterator[Case]:
    yield network([784, 50, 10], "relu", True)
    yield network([784, 200, 10], "relu", True)
    yield network([20, 256, 256, 1], "relu", False)
    yield network([20, 128, 128, 128, 1], "tanh", False)


# ---- a transformer, one sequence at a time

LETTERS, HEADS = 27, 4


def transformer(context: int, width: int, optimized: bool) -> Case:
    """The decoder block of `examples/invent_names.py` at any width, on a sequence as long as the context."""
    rng = np.random.default_rng(width)
    shapes = [(LETTERS, width), (context, width), (LETTERS, width), *4 * [(width, width)]]
    start = [rng.normal(0, 0.08, shape) for shape in [*shapes, (4 * width, width), (width, 4 * width)]]
    lists = [[[Value(x) for x in row] for row in matrix.tolist()] for matrix in start]
    parameters = [x for matrix in lists for row in matrix for x in row]
    inputs = [(np.random.default_rng(seed).integers(0, LETTERS, context + 1),) for seed in (1, 2)]
    loss = jit(lambda letters: sequence_loss(lists, letters))
    size = f"context {context}, width {width}"
    ours = with_ours(parameters, loss, optimized)
    return Case(size, inputs, ours, with_jax(start, sequence_loss_in_jax, optimized))


def dot(xs: Any, ys: Any) -> Any:
    return sum(x * y for x, y in zip(xs, ys, strict=True))


def linear(x: Any, weights: Any, add: Any = None) -> list[Any]:
    sums = [dot(row, x) for row in weights]
    return sums if add is None else [a + z for a, z in zip(add, sums, strict=True)]


def normalized(x: Any) -> list[Any]:
    scale = (mean([xi * xi for xi in x]) + 1e-5) ** -0.5
    return [xi * scale for xi in x]


def sequence_loss(matrices: list[Any], symbols: Any) -> Any:
    """Scalars, in loops, as a learner writes them: the mean cross-entropy of each next symbol."""
    letters, places, head, query, key, value, out, wide, narrow = matrices
    size = len(query) // HEADS
    keys, values, losses = [], [], []
    for place in range(len(symbols) - 1):
        x = normalized([a + b for a, b in zip(take(letters, symbols[place]), places[place], strict=True)])
        y = normalized(x)
        q, heard = linear(y, query), []
        keys.append(linear(y, key))
        values.append(linear(y, value))
        for h in range(0, len(query), size):
            weights = softmax([dot(q[h : h + size], k[h : h + size]) * size**-0.5 for k in keys])
            heard += [dot(weights, [v[j] for v in values]) for j in range(h, h + size)]
        x = linear(heard, out, x)
        hidden = [h.relu() for h in linear(normalized(x), wide)]
        logits = linear(linear(hidden, narrow, x), head)
        losses.append(logsumexp(logits) - take(logits, symbols[place + 1]))
    return mean(losses)


def sequence_loss_in_jax(matrices: list[Any], symbols: Any) -> Any:
    letters, places, head, query, key, value, out, wide, narrow = matrices
    n, width = places.shape

    def normalized(x: Any) -> Any:
        return x * (jnp.mean(x * x, axis=1, keepdims=True) + 1e-5) ** -0.5

    def by_head(y: Any, w: Any) -> Any:
        return (y @ w.T).reshape(n, HEADS, width // HEADS).transpose(1, 0, 2)

    x = normalized(letters[symbols[:-1]] + places)
    y = normalized(x)
    q, k, v = (by_head(y, w) for w in (query, key, value))
    scores = q @ k.transpose(0, 2, 1) * (width // HEADS) ** -0.5
    weights = jax.nn.softmax(jnp.where(jnp.tril(jnp.ones((n, n), bool)), scores, -jnp.inf), axis=2)
    x = x + (weights @ v).transpose(1, 0, 2).reshape(n, width) @ out.T
    x = x + jnp.maximum(normalized(x) @ wide.T, 0.0) @ narrow.T
    logits = x @ head.T
    return jnp.mean(jax.nn.logsumexp(logits, axis=1) - logits[jnp.arange(n), symbols[1:]])


SIZES = ((8, 16), (32, 16), (64, 16), (128, 16), (16, 32), (16, 64), (16, 128))


def transformer_gradient() -> Iterator[Case]:
    for context, width in SIZES:
        yield transformer(context, width, False)


def transformer_step() -> Iterator[Case]:
    for context, width in SIZES:
        yield transformer(context, width, True)


# ---- timing


def timed(case: Case) -> dict[str, float]:
    """Seconds that a step of each takes, ours first; losses and derivatives are compared before."""
    for inputs in case.inputs:
        answer = case.ours.answer(*inputs)
        for _ in range(2):  # calls of which one is compared with the function itself
            case.ours.answer(*inputs)
        for name, peer in case.peers.items():
            if not np.allclose(answer, peer.answer(*inputs), rtol=1e-8, atol=1e-11):
                raise AssertionError(f"{name} has another answer")
    steps = {"ours": case.ours.step} | {name: peer.step for name, peer in case.peers.items()}
    return minima({name: lambda f=f: f(*case.inputs[0]) for name, f in steps.items()})


# What is asked of each, and its cases.
CASES: dict[str, tuple[float, Callable[[], Iterator[Case]]]] = {
    "dense_networks": (1, dense_networks),
    "transformer_gradient": (1, transformer_gradient),
    "transformer_step": (1, transformer_step),
}


if __name__ == "__main__":
    print_table(CASES, sys.argv[1:], timed)
