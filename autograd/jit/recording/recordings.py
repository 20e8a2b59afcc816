"""What is kept of a recorded function: entries for kinds of call, recordings of paths and of their derivatives.

Compiled by Cython where possible (types: recordings.pxd): these are read at every call.
"""

from typing import Any

from autograd.jit.machine import Machine
from autograd.jit.passes.differentiating import Derivation
from autograd.jit.passes.fusing import with_sums_fused
from autograd.jit.passes.graph import CAPTURED, INPUT
from autograd.jit.passes.own_operations import lowered
from autograd.jit.passes.schedule import scheduled
from autograd.jit.recording.economy import FEW_TRIES, FREE_MISSES, MOST_PATHS


class Entry:
    """What is known of one key: the recordings of the paths taken so far, and what the function reads besides.

    Attributes:
        recordings: those used of late first. watch: see watching. held: the objects of the key, or weak references.
        calls: how many there were; due: at which one the function is run beside its recording.
        hits, misses: calls that a recorded path has served, or none.
    """

    __slots__ = ("calls", "due", "held", "hits", "misses", "recordings", "watch")

    def __init__(self, watch):
        self.watch = watch
        self.recordings = []
        self.held = []
        self.calls = self.hits = self.misses = 0
        self.due = 2

    def tries(self):
        """How many paths to try: few where they hardly ever serve."""
        return FEW_TRIES if self.misses > FREE_MISSES and self.misses > self.hits else MOST_PATHS

    def served(self, k):
        """The k-th path has served a call: it moves up."""
        self.hits += 1
        if k:
            recordings = self.recordings
            recordings[k - 1], recordings[k] = recordings[k], recordings[k - 1]
        return 0


class Recording:
    """One path through a function, or a derivative of one.

    Attributes:
        graph: its operations. captured: the Values it reads besides its inputs; a derivative has all of the original's.
        results: how they are put together. lines: of the first guards.
        inputs: how many; active: the places of those that are Values. nodes: how many were recorded.
        counts: (what was done, operations left). settings: precision and threads.
        machines: for the spans of a batch's tables, () for a single call, the machine that runs the program.
        compared: which rows the function has been run for as they were given, see given_rows.py.
        derivatives: recordings of this one's derivatives, see `reverse`. origin: of one made by
            `reverse`, what of, and which operands its results are the adjoints of.
    """

    __slots__ = (
        "active", "captured", "compared", "counts", "derivatives", "graph", "inputs", "lines", "machines", "nodes",
        "origin", "results", "settings",
    )  # fmt: skip

    def __init__(self, graph, results, lines, active, inputs, nodes):
        self.graph = graph
        self.captured = graph.captured
        self.results: Any = results
        self.lines = lines
        self.active = tuple(active)
        self.inputs = inputs
        self.nodes = nodes
        self.counts = []
        self.settings: Any = None
        self.machines = {}
        self.derivatives = {}
        self.compared = set()
        self.origin = None

    def derivation(self, exact=False):
        """The graph to add derivatives to, and the leaves that they are in the direction of: those of the operands."""
        wanted = [0] * self.inputs
        for place in self.active:
            wanted[place] = 1
        leaves = [(CAPTURED, k) for k in range(len(self.captured))] + [(INPUT, place) for place in self.active]
        return Derivation(self.graph, wanted, True, exact), leaves

    def derived(self, graph, more_inputs, variable):
        """The recording of a graph made of this one's, of whose further inputs those in `variable` are Values."""
        active = self.active + tuple([self.inputs + k for k in variable])
        recording = Recording(with_sums_fused(graph, True), None, (), active, self.inputs + more_inputs, self.nodes)
        recording.settings = self.settings
        return recording

    def reverse(self, roots, variable, exact=False):
        """The recording of what the operands' adjoints are, from the adjoints of some of the results.

        Arguments:
            roots: places of the results, one more input each. variable: which of those inputs are Values.
            exact: see differentiating.py.

        Returns:
            The recording, and for each operand whether it is among the results: no path leads to the others.
        """
        found = self.derivatives.get(("reverse", roots, variable, exact))
        if found is None:
            d, leaves = self.derivation(exact)
            seeds = [d.input(self.inputs + k) for k in range(len(roots))]
            ends = d.reverse([self.graph.roots[k] for k in roots], seeds, leaves)
            recording = self.derived(d.finished([end for end in ends if end >= 0], False), len(roots), variable)
            recording.origin = self, roots, variable, [k for k in range(len(ends)) if ends[k] >= 0]
            found = self.derivatives["reverse", roots, variable, exact] = recording, [end >= 0 for end in ends]
        return found

    def forward(self, operands, variable):
        """The recording of the results' tangents, from tangents of some of the operands; returns as `reverse` does."""
        found = self.derivatives.get(("forward", operands, variable))
        if found is None:
            d, leaves = self.derivation()
            seeds = [d.input(self.inputs + k) for k in range(len(operands))]
            ends = d.forward([leaves[k] for k in operands], seeds, self.graph.roots)
            recording = self.derived(d.finished([end for end in ends if end >= 0], False), len(operands), variable)
            found = self.derivatives["forward", operands, variable] = recording, [end >= 0 for end in ends]
        return found

    def along(self, chosen):
        """Of a recording made by `reverse`: that of the sum of its results' products with weights, one more input each.

        The adjoints' product with weights is the adjoint seeds' product with the tangents along these weights: the
        same number from a program that is a few times as long as the original, whatever the number of operands.

        Arguments:
            chosen: the places of the results that have a weight, None for all.
        """
        found = self.derivatives.get(("along", chosen))
        if found is None:
            original, roots, variable, operands = self.origin
            if chosen is not None:
                operands = [operands[k] for k in chosen]
            d, leaves = original.derivation()
            inputs = original.inputs
            seeds = [d.input(inputs + k) for k in range(len(roots))]
            weights = [d.input(inputs + len(roots) + k) for k in range(len(operands))]
            tangents = d.forward([leaves[k] for k in operands], weights, [original.graph.roots[k] for k in roots])
            total = d.dot(seeds, tangents)
            found = original.derived(d.finished([total], False), len(roots) + len(operands), variable)
            self.derivatives["along", chosen] = found
        return found


def single_machine(recording):
    """The machine for one set of numbers."""
    machine = recording.machines.get(())
    return new_machine(recording, ()) if machine is None else machine


def machine_of(recording, call):
    """The machine for calls whose numbers come in the same way as this one's."""
    spans = tuple(call.spans)
    machine = recording.machines.get(spans)
    return new_machine(recording, spans) if machine is None else machine


def new_machine(recording, spans):
    n = recording.inputs
    tables = tuple(zip(spans[::2], spans[1::2]))  # noqa: B905
    tiled, wanted = [0] * n, [0] * n
    for start, width in tables:
        tiled[start : start + width] = [1] * width
    for place in recording.active:
        wanted[place] = 1
    graph = lowered(recording.graph) if recording.graph.own else recording.graph
    program = scheduled(graph, tiled if tables else [], wanted)
    settings = recording.settings
    machine = Machine(program, recording.active, tables, settings.single, settings.threads)
    recording.machines[spans] = machine
    return machine
