"""n-ary nodes taken apart: dot, sum, mean, prod and logsumexp as the multiplications and additions they stand for.

One decision: the parts are look-alikes of `Value` that exist only in the picture. The engine keeps one node, the
learner sees every number; each part's gradient follows from the node's own by the chain rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograd import Value


@dataclass(slots=True)
class Part:
    """One multiplication or addition inside an n-ary node; the same face as `Value`, as far as pictures read it."""

    op: str
    data: float
    grad: float
    operands: tuple[Any, ...]
    partials: tuple[float, ...]
    scope: str
    label: str = ""
    source: str = ""

    @property
    def inputs(self) -> tuple[Any, ...]:
        return tuple(operand for operand in self.operands if not isinstance(operand, float))


def unfolded(order: Sequence[Any]) -> tuple[list[Any], dict[int, Any]]:
    """The nodes of `order`, the n-ary ones replaced by their parts, and which part stands for which node (by id).

    Inputs still come before the nodes that use them. Cost: linear in the number of operands.
    """
    nodes: list[Any] = []
    stands_for: dict[int, Any] = {}
    for node in order:
        parts = _parts_of(node)
        nodes.extend(parts or (node,))
        if parts:
            parts[-1].label = node.label
            parts[-1].source = node.source
            stands_for[id(node)] = parts[-1]
    return nodes, stands_for


def _parts_of(node: Any) -> list[Part]:
    if node.op not in _RULES or len(node.operands) < 2:
        return []
    return _RULES[node.op](node)


def _number(operand: Any) -> float:
    return float(operand.data) if isinstance(operand, Value | Part) else float(operand)


def _part(node: Any, op: str, data: float, grad: float, operands: tuple, partials: tuple[float, ...]) -> Part:
    kept = tuple(p for operand, p in zip(operands, partials, strict=True) if not isinstance(operand, float))
    return Part(op, data, grad, operands, kept, node.scope)


def _added_up(node: Any, terms: Sequence[Any], grad: float) -> list[Part]:
    """The running sums of `terms`, in the engine's order."""
    parts: list[Part] = []
    total = terms[0]
    for term in terms[1:]:
        data = _number(total) + _number(term)
        total = _part(node, "add", data, grad, (total, term), (1.0, 1.0))
        parts.append(total)
    return parts


def _ending_in(node: Any, parts: list[Part]) -> list[Part]:
    """`parts` with the node's own value last: the engine may have added in a more exact way than one by one."""
    if parts:
        parts[-1].data, parts[-1].grad = node.data, node.grad
    return parts


def _plain(operands: Sequence[Any]) -> list[Any]:
    return [o if isinstance(o, Value | Part) else float(o) for o in operands]


def _dot(node: Any) -> list[Part]:
    start, *flat = _plain(node.operands)
    products: list[Part] = []
    for x, y in zip(flat[::2], flat[1::2], strict=True):
        data = _number(x) * _number(y)
        products.append(_part(node, "mul", data, node.grad, (x, y), (_number(y), _number(x))))
    has_start = not (isinstance(start, float) and start == 0.0)
    sums = _added_up(node, [*([start] if has_start else []), *products], node.grad)
    return _ending_in(node, _interleaved(products, sums, has_start))


def _interleaved(products: list[Part], sums: list[Part], has_start: bool) -> list[Part]:
    """Each product right before the sum that takes it in, which is the order in which one would compute by hand."""
    lead = 0 if has_start else 1
    mixed: list[Part] = products[:lead]
    for product, total in zip(products[lead:], sums, strict=True):
        mixed += [product, total]
    return mixed


def _sum(node: Any) -> list[Part]:
    start, *terms = _plain(node.operands)
    lead = [] if isinstance(start, float) and start == 0.0 else [start]
    return _ending_in(node, _added_up(node, [*lead, *terms], node.grad))


def _mean(node: Any) -> list[Part]:
    terms = _plain(node.operands)
    share = 1.0 / len(terms)
    sums = _added_up(node, terms, node.grad * share)
    scaled = _part(node, "mul", node.data, node.grad, (sums[-1], share), (share, sums[-1].data))
    return [*sums, scaled]


def _prod(node: Any) -> list[Part]:
    factors = _plain(node.operands)
    parts: list[Part] = []
    product = factors[0]
    for factor in factors[1:]:
        x, y = _number(product), _number(factor)
        product = _part(node, "mul", x * y, 0.0, (product, factor), (y, x))
        parts.append(product)
    grad = node.grad
    for part, factor in zip(reversed(parts), reversed(factors), strict=False):
        part.grad = grad
        grad *= _number(factor)
    return _ending_in(node, parts)


def _logsumexp(node: Any) -> list[Part]:
    """max + log(sum(exp(x - max))): shifted by the largest operand, as the engine does, so that nothing overflows."""
    terms = _plain(node.operands)
    largest = max(map(_number, terms))
    if not math.isfinite(largest):
        return []
    total = math.fsum(math.exp(_number(x) - largest) for x in terms)
    grad = node.grad / total
    parts: list[Part] = []
    powers: list[Part] = []
    for x in terms:
        shifted = _number(x) - largest
        power = math.exp(shifted)
        below = _part(node, "sub", shifted, grad * power, (x, largest), (1.0, -1.0))
        powers.append(_part(node, "exp", power, grad, (below,), (power,)))
        parts += [below, powers[-1]]
    sums = _added_up(node, powers, grad)
    log = _part(node, "log", math.log(total), node.grad, (sums[-1] if sums else powers[0],), (1.0 / total,))
    back = _part(node, "add", node.data, node.grad, (log, largest), (1.0, 1.0))
    return [*parts, *sums, log, back]


_RULES: Mapping[str, Callable[[Any], list[Part]]] = {
    "dot": _dot,
    "sum": _sum,
    "mean": _mean,
    "prod": _prod,
    "logsumexp": _logsumexp,
}
