# cython: boundscheck=False, wraparound=False, annotation_typing=False
"""What is kept of a recorded function: entries for kinds of call, recordings of paths and of their derivatives.

Compiled by Cython where possible (types: recordings.pxd): these are read at every call.
"""

from typing import Any

from autograd.jit.differentiating import Derivation
from autograd.jit.gathering import gathered
from autograd.jit.graph import CAPTURED, INPUT
from autograd.jit.machine import Machine
from autograd.jit.schedule import scheduled


class Entry:
    """What is known of one key: the recordings of the paths taken so far, and what the function reads besides."""

    __slots__ = ("recordings", "watch")

    def __init__(self, watch):
        self.watch = watch
        self.recordings = []


class Recording:
    """One path through a function, or a derivative of one.

    Attributes:
        graph: its operations. captured: the Values it reads besides its inputs. results: how they are put together.
        lines: of the first guards. inputs: how many; active: the places of those that are Values.
        nodes: how many were recorded. counts: (what was done, operations left).
        settings: precision and threads. machines: for the spans of a batch's tables, () for a single call, the machine
            that runs the program. derivatives: recordings of this one's derivatives, see `reverse`.
        places: of a derivative, which of the original's captured Values it reads. operand_places: likewise for the
            captured Values and active inputs together.
    """

    __slots__ = (
        "active", "captured", "counts", "derivatives", "graph", "inputs", "lines", "machines", "nodes",
        "operand_places", "places", "results", "settings",
    )  # fmt: skip

    def __init__(self, graph, results, lines, active, inputs, nodes):
        self.graph = graph
        self.captured = graph.captured
        self.results = results
        self.lines = lines
        self.active = tuple(active)
        self.inputs = inputs
        self.nodes = nodes
        self.counts = []
        self.settings: Any = None
        self.machines = {}
        self.derivatives = {}
        self.places = None
        self.operand_places = None

    def reverse(self, roots, variable, exact=False):
        """The recording of what the operands' adjoints are, from the adjoints of some of the results.

        Arguments:
            roots: places of the results, one more input each. variable: which of those inputs are Values.
            exact: see differentiating.py.

        Returns:
            The recording, and for each operand (captured Values, active inputs) whether it is among the results: no
            path leads to the others.
        """
        return self.derivative(("reverse", roots, variable, exact))

    def forward(self, operands, variable):
        """The recording of the results' tangents, from tangents of some of the operands; returns as `reverse` does."""
        return self.derivative(("forward", operands, variable, False))

    def derivative(self, key):
        found = self.derivatives.get(key)
        if found is None:
            found = self.derivatives[key] = self.new_derivative(key)
        return found

    def new_derivative(self, key):
        mode, places, variable, exact = key
        graph = self.graph
        wanted = [0] * self.inputs
        for place in self.active:
            wanted[place] = 1
        d = Derivation(graph, wanted, True, exact)
        seeds = [d.input(self.inputs + k) for k in range(len(places))]
        leaves = [(CAPTURED, k) for k in range(len(graph.captured))] + [(INPUT, place) for place in self.active]
        if mode == "reverse":
            ends = d.reverse([graph.roots[k] for k in places], seeds, leaves)
        else:
            ends = d.forward([leaves[k] for k in places], seeds, graph.roots)
        reached = [end >= 0 for end in ends]
        roots = [end for end in ends if end >= 0]
        return self.derived(d.finished(roots, False), len(places), variable), reached

    def derived(self, graph, more_inputs, variable):
        """The recording of a graph made of this one's, whose further inputs are Values where `variable` says so."""
        active = self.active + tuple([self.inputs + k for k in variable])
        recording = Recording(gathered(graph), None, (), active, self.inputs + more_inputs, self.nodes)
        recording.settings = self.settings
        place = {id(x): k for k, x in enumerate(self.captured)}
        recording.places = [place[id(x)] for x in recording.captured]
        inputs = [len(self.captured) + k for k in range(len(self.active))]
        recording.operand_places = recording.places + inputs
        return recording


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
    program = scheduled(recording.graph, tiled if tables else [], wanted)
    settings = recording.settings
    machine = Machine(program, recording.active, tables, settings.single, settings.threads)
    recording.machines[spans] = machine
    return machine
