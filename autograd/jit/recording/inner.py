"""Derivatives that a function takes while it is recorded: of the part of the recording that the inner function made.

The nodes between the variables and the outputs are read as a graph; its derivative is a graph, and that is made in
nodes again, which the recorder sees like any others. So whatever the inner function closes over stays symbolic, and no
branch of a derivative's formula is decided by the numbers of this one run. Compiled by Cython where possible (types:
inner.pxd).
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.indices import Index, take
from autograd.jit.passes.differentiating import Derivation
from autograd.jit.passes.graph import INPUT
from autograd.jit.passes.own_operations import own_node
from autograd.jit.passes.simplifying import part
from autograd.reductions import dot as dot_of
from autograd.reductions import logsumexp, mean, norm, prod
from autograd.reductions import max as max_of
from autograd.reductions import min as min_of
from autograd.reductions import sum as sum_of

if cython.compiled:
    from cython.cimports.autograd.generated.derivatives import one, two
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.jit.passes.graph import CONSTANT, codes_in, ints_in, reals_in
    from cython.cimports.autograd.reductions import ternary
    from cython.cimports.autograd.value import Value, cut
else:
    from autograd.generated.derivatives import one, two
    from autograd.generated.kernels import *
    from autograd.jit.passes.graph import CONSTANT, codes_in, ints_in, reals_in
    from autograd.reductions import ternary
    from autograd.value import Value, cut


def pulled(tape, weights):
    """The gradient of the weighted sum of a tape's outputs at the variables' places: see sweeps.pulled_values."""
    outputs = [i for i, w in zip(tape.outputs, weights) if i >= 0 and w is not None]  # noqa: B905
    seeds = [w for i, w in zip(tape.outputs, weights) if i >= 0 and w is not None]  # noqa: B905
    variables = [i for i in tape.variables if i >= 0]
    section = Section(tape, [tape.nodes[i] for i in outputs])
    found = section.adjoints(seeds, variables, False)
    if section.selects and not all_numbers(found):
        found = section.adjoints(seeds, variables, True)
    return at_places(variables, found, len(tape.nodes))


def pushed(tape, tangents):
    """The derivative of each output when the variables move, as sweeps.pushed_values has it, at the outputs' places."""
    outputs = sorted({i for i in tape.outputs if i >= 0})
    section = Section(tape, [tape.nodes[i] for i in outputs])
    moves = {i: t for i, t in zip(tape.variables, tangents) if i >= 0 and t is not None}  # noqa: B905
    return at_places(outputs, section.tangents(moves), len(tape.nodes))


def is_symbolic(tape):
    """Whether what a tape holds depends on more than numbers, so that its derivatives must be recorded."""
    known = {id(z) for z in tape.nodes}
    return any([id(x) not in known for z in tape.nodes for x in z.inputs])


def at_places(places, found, n):
    values = [None] * n
    for i, x in zip(places, found):  # noqa: B905
        values[i] = x
    return values


def all_numbers(found):
    """Whether none of the derivatives is nan; which they are is a branch of the recording."""
    total = sum_of([x for x in found if x is not None])
    return bool(total == total)


class Section:
    """The part of a recording between a tape's variables and some of its outputs."""

    def __init__(self, tape, outputs):
        on_tape = {id(z) for z in tape.nodes}
        self.nodes = list(tape.nodes)
        self.begins = [
            i for i in dict.fromkeys(tape.variables)
            if i >= 0 and not any([id(x) in on_tape for x in tape.nodes[i].inputs])
        ]  # fmt: skip
        self.inputs = [tape.nodes[i] for i in self.begins]
        self.graph, self.where = part(self.nodes, self.inputs, outputs)
        self.selects = False

    def adjoints(self, seeds, variables, exact):
        """The adjoints of the nodes at these places, as Values or floats, or None."""
        d = Derivation(self.graph, [1] * len(self.inputs), False, exact)
        self.selects = d.selects
        d.reverse(self.graph.roots, [d.number(x) for x in seeds], [])
        return self.made(d, [d.adjoint_of(self.where[i]) for i in variables])

    def tangents(self, moves):
        """The tangents of the outputs, as Values or floats, or None."""
        d = Derivation(self.graph, [1] * len(self.inputs), False)
        leaves = [(INPUT, k) for k, i in enumerate(self.begins) if i in moves]
        seeds = [d.number(moves[i]) for i in self.begins if i in moves]
        return self.made(d, d.forward(leaves, seeds, self.graph.roots))

    def made(self, d, ends):
        """The nodes of the derivative, made on the nodes that are there already."""
        graph = d.finished([end for end in ends if end >= 0], False)
        known = [None] * len(graph.op)
        for z, i in zip(self.nodes, self.where):  # noqa: B905
            known[d.node_of(i)] = z
        nodes = iter(nodes_of(graph, self.inputs, known))
        return [next(nodes) if end >= 0 else None for end in ends]


def nodes_of(graph, inputs, known):
    """The roots of a graph as nodes; `known` are nodes of it that there are already, or None."""
    op, first, args, numbers = codes_in(graph.op), ints_in(graph.first), ints_in(graph.args), reals_in(graph.numbers)
    n = len(graph.op)
    needed = bytearray(n)
    for i in graph.roots:
        needed[i] = 1
    for i in range(n - 1, -1, -1):
        if needed[i] and known[i] is None and op[i] > 0:
            for j in range(first[i], first[i + 1]):
                needed[args[j]] = 1
    for i in range(n):
        if known[i] is not None or not needed[i]:
            continue
        start = first[i]
        if op[i] == CONSTANT:
            known[i] = numbers[args[start]]
        elif op[i] <= 0:
            known[i] = inputs[args[start]] if op[i] == INPUT else graph.captured[args[start]]
        else:
            count = first[i + 1] - start
            if op[i] >= OPERATIONS:
                known[i] = own_node(op[i], [known[args[j]] for j in range(start, start + count)])
            elif SUM <= op[i] <= PROGRAM or count > 2:
                known[i] = several(op[i], [known[args[j]] for j in range(start, start + count)])
            elif count == 2:
                known[i] = two(op[i], known[args[start]], known[args[start + 1]])
            else:
                x = known[args[start]]
                known[i] = (cut(x) if type(x) is Value else x) if op[i] == DETACH else one(op[i], x)
    return [known[i] for i in graph.roots]


def several(op, xs):
    """The operation on any number of nodes."""
    if op < SUM or op > PROGRAM:
        return ternary(op, xs[0], xs[1], xs[2])
    if op == DOT:
        return dot_of(xs[1::2], xs[2::2], xs[0])
    if op == SUM:
        return sum_of(xs[1:], xs[0])
    if op == TAKE:
        return take(xs[1:], Index(xs[0]))
    return _REDUCTIONS[op](xs)


_REDUCTIONS = {MEAN: mean, PROD: prod, LOGSUMEXP: logsumexp, MAX: max_of, MIN: min_of, NORM: norm}
