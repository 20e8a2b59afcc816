"""From a graph to instructions: what runs together, and in which order.

Compiled by Cython where possible (types: schedule.pxd). Nodes of one depth do not depend on each other, so depth by
depth equal operations form runs over neighboring slots (runs.py), and dot products over the same numbers form
matrix-vector products (products.py). Where the numbers lie is kept in layout.py.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.jit.passes.graph import *  # arrays
    from cython.cimports.autograd.jit.passes.layout import ACTIVE, CALL, GUARD, TILED, Layout
    from cython.cimports.autograd.jit.passes.lists import emit_reduction, emit_takes
    from cython.cimports.autograd.jit.passes.products import Products
    from cython.cimports.autograd.jit.passes.runs import Runs, cut
else:
    from autograd.generated.kernels import *
    from autograd.jit.machine.program import CALL, GUARD
    from autograd.jit.passes.graph import *
    from autograd.jit.passes.layout import ACTIVE, TILED, Layout
    from autograd.jit.passes.lists import emit_reduction, emit_takes
    from autograd.jit.passes.products import Products
    from autograd.jit.passes.runs import Runs, cut

from autograd.jit.machine.program import Program
from autograd.jit.passes.own_operations import function_of


def scheduled(graph, row_inputs, active_inputs):
    """The program of a graph.

    Arguments:
        row_inputs: for each input whether every row of a batch brings its own number; empty: there are no rows.
        active_inputs: for each input whether its gradient is wanted.
    """
    return Schedule(graph).program(row_inputs, active_inputs)


class Schedule:
    """The work in progress; one object serves one graph.

    Attributes:
        order: the operations of the uniform space by depth, then those of the tile.
        edges: where each depth begins in it.
        chosen: the `take`s of a depth.
    """

    def __init__(self, graph):
        self.graph = graph
        self.layout = Layout(graph)
        self.products = Products(self.layout)
        self.runs = Runs(self.layout)
        self.n = self.layout.n
        self.depth = self.operations = self.dots = self.takes = 0
        self.chosen = []
        self.functions = {}

    def program(self, row_inputs, active_inputs):
        layout, graph = self.layout, self.graph
        self.classify(row_inputs, active_inputs)
        self.keep_to_what_reaches_a_root()
        if self.dots:
            self.place_leaves_of(DOT, 2)
        if self.takes:
            self.place_leaves_of(TAKE, 1)
        self.place_inputs()
        self.sort_by_depth(2 if row_inputs else 1)
        self.emit_section(0)
        uniform = layout.count
        if row_inputs:
            self.emit_section(1)
        guarded = layout.checked
        guards = ints_in(graph.guards)
        for k in range(0, len(graph.guards), 4):
            if self.emit_guard(guards[k], guards[k + 1], guards[k + 2], guards[k + 3]):
                guarded = True
        for i in graph.roots:
            layout.place_leaf(i)
        roots = [(layout.is_tiled(i), layout.slot[i], layout.is_active(i)) for i in graph.roots]
        return self.finished(uniform, roots, guarded)

    # ---- depths and kinds

    def classify(self, row_inputs, active_inputs):
        """Find every node's depth, whether it depends on the row, and whether a gradient passes through it."""
        layout = self.layout
        kinds = 0
        for i in range(self.n):
            code = layout.op[i]
            if code > 0:
                self.classify_operation(i, code)
            elif code == CAPTURED:
                layout.kind[i] = ACTIVE
                layout.captured += 1
            elif code == CONSTANT:
                layout.constants += 1
            else:
                place = layout.args[layout.first[i]]
                if active_inputs[place]:
                    layout.kind[i] = ACTIVE
                if row_inputs and row_inputs[place]:
                    layout.kind[i] |= TILED
                    layout.rows += 1
                else:
                    layout.inputs += 1
            kinds |= layout.kind[i]
        if not kinds & ACTIVE:
            self.align_sums()
        layout.start_slots()

    def classify_operation(self, i, code):
        layout = self.layout
        level = kind = 0
        for j in range(layout.first[i], layout.first[i + 1]):
            x = layout.args[j]
            if layout.slot[x] > level:
                level = layout.slot[x]
            kind |= layout.kind[x] & ~cut(code, j - layout.first[i])
        level += 1
        if level > self.depth:
            self.depth = level
        layout.slot[i] = level
        layout.kind[i] = kind & TILED if code == DETACH else kind
        self.operations += 1
        self.dots += code == DOT
        self.takes += code == TAKE

    def align_sums(self):
        """Let sums of equally many terms have one depth, in whatever order each adds up its own.

        In a derivative's program the terms come in the order of the way back, which is another one at the ends of a
        ring. Each sum would take a step more there, so would all that depends on it, and after some steps of a
        recurrence no two operations would be of one depth. Where derivatives come back the order of instructions is
        the order of additions, and stays.
        """
        layout = self.layout
        op, first, args, depth = layout.op, layout.first, layout.args, layout.slot
        uses_array, top_array, terms_array = zeros(self.n), ints(self.n), ints(self.n)
        uses, top, terms = ints_in(uses_array), ints_in(top_array), ints_in(terms_array)
        for i in range(self.n):
            if op[i] > 0:
                for j in range(first[i], first[i + 1]):
                    uses[args[j]] += 1
        self.depth = 0
        for i in range(self.n):
            top[i], terms[i] = -1, 0
            if op[i] <= 0:
                continue
            adds = op[i] == ADD or op[i] == SUB
            for j in range(first[i], first[i + 1]):
                x = args[j]
                if adds and uses[x] == 1 and (op[x] == ADD or op[x] == SUB):
                    top[i] = max(top[i], top[x])
                    terms[i] = max(terms[i], terms[x])
                else:
                    top[i] = max(top[i], depth[x])
            top[i] = max(top[i], 0)
            terms[i] += 1
            depth[i] = top[i] + terms[i]
            self.depth = max(self.depth, depth[i])
        for i in range(self.n - 1, -1, -1):
            if op[i] == ADD or op[i] == SUB:
                for j in range(first[i], first[i + 1]):
                    x = args[j]
                    if uses[x] == 1 and (op[x] == ADD or op[x] == SUB):
                        top[x] = top[i]
                        depth[x] = top[i] + terms[x]

    def keep_to_what_reaches_a_root(self):
        """What only a guard or a detach looks at has no gradient: on the way back, zero times infinity would be nan."""
        layout = self.layout
        reaches_array = zero_chars(self.n)
        reaches = chars_in(reaches_array)
        for i in self.graph.roots:
            reaches[i] = 1
        for i in range(self.n - 1, -1, -1):
            if layout.op[i] <= 0:
                continue
            if not reaches[i]:
                layout.kind[i] &= TILED
                continue
            if layout.kind[i] & ACTIVE:
                for j in range(layout.first[i], layout.first[i + 1]):
                    reaches[layout.args[j]] = 1

    def place_leaves_of(self, wanted, step):
        """Weights lie row by row, as their dot products read them, and tables as `take` reads them."""
        layout = self.layout
        for i in range(self.n):
            if layout.op[i] == wanted:
                start = layout.first[i]
                n = (layout.first[i + 1] - start) // step
                for side in range(1, step + 1):
                    layout.place_leaves(start + side, step, n if step == 2 else n - 1)
                layout.place_leaf(layout.args[start])

    def place_inputs(self):
        """The other inputs lie in their own order, in which an array that comes in has them."""
        layout = self.layout
        for i in range(self.n):
            if layout.op[i] == INPUT and not layout.is_tiled(i):
                layout.place_leaf(i)

    def sort_by_depth(self, spaces):
        """Put the operations in order: first those of the uniform space, by depth, then those of the tile."""
        layout = self.layout
        depth = self.depth + 1
        n = spaces * depth
        self.order_array, self.edges_array = ints(self.operations), zeros(n + 1)
        order, edges = self.order, self.edges = ints_in(self.order_array), ints_in(self.edges_array)
        for i in range(self.n):
            if layout.op[i] > 0:
                edges[(layout.kind[i] & TILED) * depth + layout.slot[i]] += 1
        widest = 1
        for b in range(n):
            if edges[b] > widest:
                widest = edges[b]
            edges[b + 1] += edges[b]
        for i in range(self.n - 1, -1, -1):  # every edge moves from the end of its depth to its beginning
            if layout.op[i] > 0:
                b = (layout.kind[i] & TILED) * depth + layout.slot[i]
                edges[b] -= 1
                order[edges[b]] = i
        self.products.make_room(widest if self.dots else 1)
        self.runs.make_room(widest)

    # ---- the operations of one depth

    def emit_section(self, space):
        for level in range(1, self.depth + 1):
            b = space * (self.depth + 1) + level
            lo, hi = self.edges[b], self.edges[b + 1]
            if hi == lo + 1 and self.is_elementwise(self.order[lo]):
                self.runs.emit_alone(space, self.order[lo])
            elif lo < hi:
                self.emit_level(space, lo, hi)

    def is_elementwise(self, i):
        code = self.layout.op[i]
        return code < SUM or PROGRAM < code < OPERATIONS

    def emit_level(self, space, lo, hi):
        layout = self.layout
        dots = 0
        for p in range(lo, hi):
            i = self.order[p]
            code = layout.op[i]
            if self.is_elementwise(i):
                self.runs.add(i)
            elif code == DOT:
                self.products.dots[dots] = i
                dots += 1
            elif code == TAKE:
                self.chosen.append(i)
            elif code >= OPERATIONS:
                self.emit_call(space, i, code)
            else:
                emit_reduction(layout, space, i)
        if dots:
            self.products.emit(space, dots)
        if self.takes and self.chosen:
            emit_takes(layout, space, self.chosen)
            self.chosen.clear()
        self.runs.emit(space)

    def emit_call(self, space, i, code):
        """The instruction for an operation that is computed by a Python function."""
        layout = self.layout
        start, end = layout.first[i], layout.first[i + 1]
        layout.place_leaves(start, 1, end - start)
        layout.slot[i] = layout.new_slots(space, 1)
        layout.begin(space, CALL, 0, end - start, layout.slot[i], end - start + 1)
        layout.emit(code)
        for j in range(start, end):
            layout.emit(layout.reference(layout.args[j]))
        self.functions[code] = function_of(code)

    # ---- the ends

    def emit_guard(self, relation, x, y, answer):
        """False where two constants are compared: there is nothing to guard."""
        layout = self.layout
        if layout.op[x] == CONSTANT and layout.op[y] == CONSTANT:
            return False
        layout.place_leaf(x)
        layout.place_leaf(y)
        tiled_x, tiled_y = layout.is_tiled(x), layout.is_tiled(y)
        layout.begin(tiled_x | tiled_y, GUARD, tiled_x | tiled_y << 1, relation, answer, 2)
        layout.emit(layout.slot[x])
        layout.emit(layout.slot[y])
        return True

    def finished(self, uniform, roots, guarded):
        """The program; `uniform` is how many of the instructions run once."""
        layout = self.layout
        leaves = ints(layout.captured), ints(layout.inputs), reals(layout.constants), ints(layout.rows)
        self.write_leaves(ints_in(leaves[0]), ints_in(leaves[1]), reals_in(leaves[2]), ints_in(leaves[3]))
        return Program(
            resized(layout.code_array, layout.end), self.starts_of(0, 0, uniform),
            self.starts_of(1, uniform, layout.count), layout.next_slot[0], layout.next_slot[1], *leaves, roots, guarded,
            self.functions,
        )  # fmt: skip

    def write_leaves(self, captured, inputs, constants, rows):
        """Say where the leaves lie; inputs and constants by slot, without those of other leaves before them."""
        layout = self.layout
        for i in range(self.n):
            if layout.op[i] > 0:
                continue
            layout.place_leaf(i)
            slot, place = layout.slot[i], layout.args[layout.first[i]]
            if layout.op[i] == CAPTURED:
                captured[place] = slot
            elif layout.op[i] == CONSTANT:
                constants[slot - layout.captured - layout.inputs] = layout.numbers[place]
            elif layout.kind[i] & TILED:
                rows[slot] = place
            else:
                inputs[slot - layout.captured] = place

    def starts_of(self, space, lo, hi):
        """Where the instructions of a space begin, guards last."""
        guards = self.layout.guards[space]
        starts_array = ints(hi - lo + len(guards))
        starts = ints_in(starts_array)
        for p in range(lo, hi):
            starts[p - lo] = self.layout.starts[p]
        p = hi - lo
        for begin in guards:
            starts[p] = begin
            p += 1
        return starts_array
