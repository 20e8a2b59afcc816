# cython: boundscheck=False, wraparound=False, annotation_typing=False
"""What is kept of a recorded function: entries for kinds of call, recordings of paths, recipes of results.

Compiled by Cython where possible (types: recordings.pxd): these are read at every call.
"""

from typing import Any

from autograd.jit.graph import Graph
from autograd.jit.machine import Machine
from autograd.jit.schedule import scheduled


class Entry:
    """What is known of one key: the recordings of the paths taken so far, and what the function reads besides.

    `held` has the objects of the key, or weak references to them.
    """

    __slots__ = ("held", "recordings", "watch")

    def __init__(self, watch):
        self.watch = watch
        self.recordings = []
        self.held = []


class Recording:
    """One path through a function.

    Attributes:
        graph: its operations. captured: the Values it reads besides its inputs. results: how they are put together.
        lines: of the first guards. inputs: how many; active: the places of those that are Values.
        nodes: how many were recorded. counts: (what was done, operations left).
        settings: precision and threads. machines: for the spans of a batch's tables, () for a single call, the machine
            that runs the program. alone: for the place of a result, a recording of that one only.
    """

    __slots__ = (
        "active", "alone", "captured", "counts", "graph", "inputs", "lines", "machines", "nodes", "results", "settings",
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
        self.alone = {}

    def of_root(self, k):
        """The recording of the k-th result only."""
        recording = self.alone.get(k)
        if recording is None:
            whole = self.graph
            graph = Graph(
                whole.op, whole.first, whole.args, whole.numbers, whole.captured, whole.roots[k : k + 1], whole.guards
            )
            recording = Recording(graph, self.results, self.lines, self.active, self.inputs, self.nodes)
            recording.settings = self.settings
            self.alone[k] = recording
        return recording


class Recipe:
    """How a result came about: the recording, which of its roots, the call, and of a batch more.

    Attributes:
        rows: which ones, an array, or None for all. seed: what the sum over them is multiplied by.
    """

    __slots__ = ("call", "recording", "root", "rows", "seed")

    def __init__(self, recording, root, call, rows, seed):
        self.recording = recording
        self.root = root
        self.call = call
        self.rows = rows
        self.seed = seed


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
