# pyright: reportFunctionMemberAccess=false
# pyright: reportMissingImports=false
"""The operations of any number of operands as JAX functions: (mask, operands (n, k), ...) -> (n,).

Masks are those of rows.py. What is made of rows needs no rule of its own.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
from jax.custom_derivatives import SymbolicZero

from autograd.jit.in_jax.rows import both, masked, row, together, value

WIDE = 512  # products from here on are products of matrices, which know no mask


def dot(mask: Any, start: Any, xs: Any, ys: Any) -> Any:
    """start + x1 * y1 + x2 * y2 + ...; ys may be one row (k,) for all."""
    if ys.ndim == 1 and xs.size >= WIDE:
        return start + xs @ ys
    return start + row("mul", _rows(mask), xs, jnp.broadcast_to(ys, xs.shape)).sum(axis=1)


def prod(mask: Any, xs: Any) -> Any:
    """The product, pair by pair: its derivative is the product of the others, also where some are 0."""
    while xs.shape[1] > 1:
        half = xs.shape[1] // 2
        pairs = row("mul", _rows(mask), xs[:, :half], xs[:, half : 2 * half])
        xs = jnp.concatenate([pairs, xs[:, 2 * half :]], axis=1)
    return xs[:, 0]


@jax.custom_jvp
def logsumexp(mask: Any, xs: Any) -> Any:
    """log(exp(x1) + exp(x2) + ...), from the largest down."""
    first = jnp.argmax(jnp.where(jnp.isnan(xs), -jnp.inf, xs), axis=1)[:, None]
    top = jnp.take_along_axis(xs, first, axis=1)
    others = jnp.where(xs == top, 1.0, jnp.exp(xs - top))
    others = jnp.where(jnp.isnan(others) & ~jnp.isnan(xs), 0.0, others)  # beside an infinite one
    others = jnp.where(jnp.arange(xs.shape[1]) == first, 0.0, others)
    total = others.sum(axis=1)
    z = jnp.where(~jnp.isfinite(top[:, 0]) & ~jnp.isnan(total), top[:, 0], top[:, 0] + jnp.log1p(total))
    return together(mask, z)


def _logsumexp_rule(primals: Any, tangents: Any) -> Any:
    mask, xs = primals
    z = logsumexp(mask, xs)
    weights = masked(_rows(mask), row("exp_below", _rows(mask), xs, jnp.broadcast_to(z[:, None], xs.shape)))
    return z, (weights * _instantiated(tangents[1], xs)).sum(axis=1)


logsumexp.defjvp(_logsumexp_rule, symbolic_zeros=True)


def _extreme(pick: Any) -> Any:
    @jax.custom_jvp
    def function(mask: Any, xs: Any) -> Any:
        return together(mask, pick(xs, axis=1))

    def rule(primals: Any, tangents: Any) -> Any:
        mask, xs = primals
        z = function(mask, xs)
        best = jax.lax.stop_gradient(z)[:, None]
        equal = jax.lax.stop_gradient(xs) == best
        share = jnp.where(jnp.isnan(best), best, 1.0 / jnp.maximum(equal.sum(axis=1, keepdims=True), 1))
        counted = both(_rows(mask), equal | jnp.isnan(best))
        tangent = _instantiated(tangents[1], xs)
        return z, jnp.where(counted, jnp.where(counted, share, 0.0) * tangent, 0.0).sum(axis=1)

    function.defjvp(rule, symbolic_zeros=True)
    return function


largest, smallest = _extreme(jnp.max), _extreme(jnp.min)


@jax.custom_jvp
def norm(mask: Any, xs: Any) -> Any:
    """The length of a vector, without overflow."""
    size = jnp.abs(xs)
    top = jnp.where(jnp.isnan(size), 0.0, size).max(axis=1)
    parts = value("norm_part", xs, top[:, None])
    z = jnp.sqrt((parts * parts).sum(axis=1)) / value("norm_scale", top)
    return together(mask, jnp.where(jnp.isinf(top), top, jnp.where(jnp.isnan(size).any(axis=1), jnp.nan, z)))


def _norm_rule(primals: Any, tangents: Any) -> Any:
    mask, xs = primals
    mask_of_rows = _rows(mask)
    top = jax.lax.stop_gradient(jnp.where(jnp.isnan(xs), 0.0, jnp.abs(xs)).max(axis=1))
    parts = row("norm_part", mask_of_rows, xs, jnp.broadcast_to(top[:, None], xs.shape))
    length = norm(mask, parts)
    share = row("norm_share", mask_of_rows, parts, jnp.broadcast_to(length[:, None], xs.shape))
    share = masked(mask_of_rows, share)
    return norm(mask, xs), (share * _instantiated(tangents[1], xs)).sum(axis=1)


norm.defjvp(_norm_rule, symbolic_zeros=True)


def take(mask: Any, index: Any, items: Any) -> Any:
    """The item at the place that the index says, from the end where it is negative; nan where there is none."""
    n = items.shape[1]
    place = jax.lax.stop_gradient(index)
    good = (place >= -n) & (place < n)
    at = jnp.where(good, place, 0.0).astype(int) % n
    return jnp.where(good, jnp.take_along_axis(items, at[:, None], axis=1)[:, 0], jnp.nan)


def _rows(mask: Any) -> Any:
    """The mask beside the operands of each result."""
    return None if mask is None else jnp.asarray(mask)[..., None]


def _instantiated(tangent: Any, x: Any) -> Any:
    return jnp.zeros_like(x) if isinstance(tangent, SymbolicZero) else tangent


def of_operands(function: Any) -> Any:
    """The operation on a matrix of operands."""
    return lambda mask, operands: function(mask, operands[0])


REDUCTIONS: dict[str, Any] = {
    "sum": lambda mask, operands: operands[0].sum(axis=1),
    "mean": lambda mask, operands: operands[0].sum(axis=1) / operands[0].shape[1],
    "prod": of_operands(prod),
    "dot": lambda mask, operands: dot(mask, *operands),
    "logsumexp": of_operands(logsumexp),
    "max": of_operands(largest),
    "min": of_operands(smallest),
    "norm": of_operands(norm),
    "take": lambda mask, operands: take(mask, *operands),
}


def chosen_among(name: str, k: int, operands: Any, z: Any) -> Any:
    """Where an operand of a selecting reduction has a share in the result, as `rows.chosen`."""
    if name == "take":
        n = operands[1].shape[1]
        return jnp.arange(n) == (operands[0].astype(int) % n)[:, None]
    return (operands[0] == z[:, None]) | jnp.isnan(z)[:, None]
