# cython: boundscheck=False, wraparound=False, cdivision=True, annotation_typing=False
# pyright: reportUnboundVariable=false, reportUndefinedVariable=false, reportAttributeAccessIssue=false
"""From a graph to instructions: what runs together, in which order, and where every number lies.

Compiled by Cython where possible (types: schedule.pxd). Nodes of one depth do not depend on each other, so depth by
depth equal operations form runs over neighboring slots, and dot products over the same numbers form matrix-vector
products; leaves get their slots in the order in which those read them. Numbers that do not depend on the row of a batch
lie in the uniform space, one slot each; the others in the tile, one slot a row each.
"""

from array import array

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.jit.graph import CAPTURED, CONSTANT, INPUT
    from cython.cimports.autograd.jit.passes import bits
    from cython.cimports.autograd.kernels import *
else:
    from autograd.jit.graph import CAPTURED, CONSTANT, INPUT
    from autograd.jit.passes import bits
    from autograd.jit.program import GATHER, GUARD, LIST_DOT
    from autograd.kernels import *

from autograd.jit.graph import ints, longs
from autograd.jit.program import Program

RELATIONS = ("lt", "le", "gt", "ge", "eq", "ne")


def scheduled(graph, row_inputs, active_inputs):
    """The program of a graph.

    Arguments:
        row_inputs: for each input whether every row of a batch brings its own number; empty: there are no rows.
        active_inputs: for each input whether its gradient is wanted.
    """
    schedule = Schedule(graph, row_inputs, active_inputs)
    schedule.classify(row_inputs, active_inputs)
    schedule.sort_by_depth()
    schedule.place_leaves_of_products()
    schedule.emit_sections()
    guards = len(graph.guards)
    for relation, x, y, answer in graph.guards:
        guards -= schedule.emit_guard(RELATIONS.index(relation), x, y, answer)
    return schedule.program(guards < len(graph.guards))


class Schedule:
    """The work in progress; one object serves one graph."""

    def __init__(self, graph, row_inputs, active_inputs):
        self.graph = graph
        self.op, self.first, self.args, self.data = graph.op, graph.first, graph.args, graph.data
        n = self.n = len(graph.op)
        self.level, self.varying, self.active, self.slot = ints(n), ints(n), ints(n), ints(n)
        self.order = self.edges = ints(1)
        self.code = ints(64 + 8 * n)
        self.end = 0
        self.starts = ints(64 + n // 2)
        self.guards = [[], []]
        self.count = self.uniform = 0
        self.checked = False
        self.next_slot = ints(2)
        self.next_leaf = ints(4)
        self.keys, self.nodes, self.other_keys, self.other_nodes = longs(1), ints(1), longs(1), ints(1)

    def classify(self, row_inputs, active_inputs):
        """Find every node's depth, whether it depends on the row, and whether a gradient passes through it."""
        captured = inputs = constants = rows = 0
        for i in range(self.n):
            self.slot[i] = -1
            code = self.op[i]
            if code == CAPTURED:
                self.active[i] = 1
                captured += 1
            elif code == CONSTANT:
                constants += 1
            elif code == INPUT:
                place = int(self.data[i])
                self.active[i] = active_inputs[place]
                if row_inputs and row_inputs[place]:
                    self.varying[i] = 1
                    rows += 1
                else:
                    inputs += 1
            else:
                self.classify_operation(i, code)
        self.keep_to_what_reaches_a_root()
        self.next_leaf[0], self.next_leaf[1], self.next_leaf[2] = 0, captured, captured + inputs
        self.next_slot[0] = captured + inputs + constants
        self.next_slot[1] = rows

    def classify_operation(self, i, code):
        level = varying = active = 0
        for j in range(self.first[i], self.first[i + 1]):
            x = self.args[j]
            if self.level[x] > level:
                level = self.level[x]
            varying |= self.varying[x]
            active |= self.active[x]
        self.level[i] = level + 1
        self.varying[i] = varying
        self.active[i] = active if code != DETACH else 0

    def keep_to_what_reaches_a_root(self):
        """What only a guard looks at has no gradient: on the way back its zero times an infinite partial would be nan."""
        reaches = ints(self.n)
        for i in self.graph.roots:
            reaches[i] = 1
        for i in range(self.n - 1, -1, -1):
            if self.op[i] > 0 and not reaches[i]:
                self.active[i] = 0
            elif self.op[i] > 0:
                for j in range(self.first[i], self.first[i + 1]):
                    reaches[self.args[j]] = 1

    def sort_by_depth(self):
        """Put the operations in order: first those of the uniform space, by depth, then those of the tile."""
        deepest = count = 0
        for i in range(self.n):
            if self.level[i] > deepest:
                deepest = self.level[i]
            if self.op[i] > 0:
                count += 1
        self.depth = deepest + 1
        self.order, self.edges = ints(count + 1), ints(2 * self.depth + 1)
        for i in range(self.n):
            if self.op[i] > 0:
                self.edges[self.varying[i] * self.depth + self.level[i] + 1] += 1
        widest = 1
        for b in range(2 * self.depth):
            if self.edges[b + 1] > widest:
                widest = self.edges[b + 1]
            self.edges[b + 1] += self.edges[b]
        self.fill_order(ints(2 * self.depth + 1))
        self.keys, self.nodes = longs(widest), ints(widest)
        self.other_keys, self.other_nodes = longs(widest), ints(widest)

    def fill_order(self, fill):
        copied(self.edges, fill, 2 * self.depth + 1)
        for i in range(self.n):
            if self.op[i] > 0:
                b = self.varying[i] * self.depth + self.level[i]
                self.order[fill[b]] = i
                fill[b] += 1

    def place_leaf(self, i):
        """Give a leaf its slot when it is first asked for."""
        if self.slot[i] >= 0 or self.op[i] > 0:
            return
        code = self.op[i]
        kind = 3 if self.varying[i] else 0 if code == CAPTURED else 1 if code == INPUT else 2
        self.slot[i] = self.next_leaf[kind]
        self.next_leaf[kind] += 1

    def place_leaves_of_products(self):
        """Weights lie row by row, as their dot products read them; then tables, as `take` reads them."""
        for wanted in (DOT, TAKE):
            step = 2 if wanted == DOT else 1
            for i in range(self.n):
                if self.op[i] != wanted:
                    continue
                for side in range(1, step + 1):
                    for j in range(self.first[i] + side, self.first[i + 1], step):
                        self.place_leaf(self.args[j])
                self.place_leaf(self.args[self.first[i]])

    def new_slot(self, space):
        slot = self.next_slot[space]
        self.next_slot[space] = slot + 1
        return slot

    # ---- instructions

    def begin(self, space, op, flags, n, dst):
        if op == GUARD:
            self.guards[space].append(self.end)
        else:
            if self.count == len(self.starts):
                more = ints(2 * self.count)
                copied(self.starts, more, self.count)
                self.starts = more
            self.starts[self.count] = self.end
            self.count += 1
        self.emit(op)
        self.emit(flags)
        self.emit(n)
        self.emit(dst)

    def emit(self, word):
        if self.end == len(self.code):
            more = ints(2 * self.end)
            copied(self.code, more, self.end)
            self.code = more
        self.code[self.end] = word
        self.end += 1

    def emit_sections(self):
        for space in range(2):
            self.uniform = self.count if space else 0
            for level in range(1, self.depth):
                lo, hi = self.edges[space * self.depth + level], self.edges[space * self.depth + level + 1]
                if lo < hi:
                    self.emit_level(space, lo, hi)

    def emit_level(self, space, lo, hi):
        dots: list = []
        takes: list = []
        count = 0
        for p in range(lo, hi):
            i = self.order[p]
            code = self.op[i]
            if code == DOT:
                dots.append(i)
            elif code == TAKE:
                takes.append(i)
            elif SUM <= code <= PROGRAM:
                self.emit_reduction(space, i)
            else:
                self.keys[count] = self.key_of(i)
                self.nodes[count] = i
                count += 1
        if dots:
            self.emit_dots(space, dots)
        if takes:
            self.emit_takes(space, takes)
        if count:
            self.sort_nodes(count)
            for p in range(count):
                self.slot[self.nodes[p]] = self.new_slot(space)
            self.emit_runs(space, count)

    def flags_of(self, i):
        """Bits 0 to 2: the operand lies in the tile; 3 to 5: it wants a gradient; 6: so does the result."""
        flags = self.active[i] << 6
        bit = 0
        for j in range(self.first[i], self.first[i + 1]):
            x = self.args[j]
            flags |= (self.varying[x] | self.active[x] << 3) << bit
            bit += 1
        return flags

    def key_of(self, i):
        for j in range(self.first[i], self.first[i + 1]):
            self.place_leaf(self.args[j])
        key = self.op[i] * 128 + self.flags_of(i)
        return (key << 32) | self.slot[self.args[self.first[i]]]

    def sort_nodes(self, n):
        """Sort the nodes by their keys, equal ones in the order recorded: merge sort from the bottom up."""
        ordered = True
        for p in range(1, n):
            if self.keys[p - 1] > self.keys[p]:
                ordered = False
        width = 1
        while width < n and not ordered:
            for lo in range(0, n, 2 * width):
                self.merge(lo, min(lo + width, n), min(lo + 2 * width, n))
            self.keys, self.other_keys = self.other_keys, self.keys
            self.nodes, self.other_nodes = self.other_nodes, self.nodes
            width *= 2

    def merge(self, lo, mid, hi):
        a, b = lo, mid
        for p in range(lo, hi):
            if b >= hi or (a < mid and self.keys[a] <= self.keys[b]):
                self.other_keys[p], self.other_nodes[p] = self.keys[a], self.nodes[a]
                a += 1
            else:
                self.other_keys[p], self.other_nodes[p] = self.keys[b], self.nodes[b]
                b += 1

    def emit_runs(self, space, count):
        """One instruction for as many neighbors as have operands at equal distances."""
        lo = 0
        while lo < count:
            i = self.nodes[lo]
            hi = lo + 1
            while hi < count and (self.keys[hi] >> 32) == (self.keys[lo] >> 32) and self.continues(lo, hi):
                hi += 1
            arity = self.first[i + 1] - self.first[i]
            self.begin(space, self.op[i], self.flags_of(i) | arity << 8, hi - lo, self.slot[i])
            for k in range(arity):
                self.emit(self.operand_slot(i, k))
                self.emit(self.operand_slot(self.nodes[lo + 1], k) - self.operand_slot(i, k) if hi > lo + 1 else 0)
            lo = hi

    def operand_slot(self, i, k):
        return self.slot[self.args[self.first[i] + k]]

    def continues(self, lo, hi):
        """Whether the node at hi has its operands where the run that begins at lo leads."""
        i, j, z = self.nodes[lo], self.nodes[lo + 1], self.nodes[hi]
        for k in range(self.first[i + 1] - self.first[i]):
            a = self.operand_slot(i, k)
            if self.operand_slot(z, k) != a + (hi - lo) * (self.operand_slot(j, k) - a):
                return False
        return True

    # ---- several operands

    def affine(self, start, step, n):
        """Whether the n operands at `args[start::step]` lie in one space at equal distances; sets `self.stride`."""
        x = self.args[start]
        base, space = self.slot[x], self.varying[x]
        self.stride = self.slot[self.args[start + step]] - base if n > 1 else 1
        for k in range(1, n):
            x = self.args[start + k * step]
            if self.varying[x] != space or self.slot[x] != base + k * self.stride:
                return False
        return True

    def any_active(self, start, step, n):
        active = 0
        for k in range(n):
            active |= self.active[self.args[start + k * step]]
        return active

    def reference(self, x):
        """A node's place in one number: slot, whether it wants a gradient, whether it lies in the tile."""
        return self.slot[x] * 4 + self.active[x] * 2 + self.varying[x]

    def emit_gather(self, space, nodes):
        """Copy numbers to neighboring slots; the first of them and whether any wants a gradient are returned."""
        base = self.next_slot[space]
        self.next_slot[space] += len(nodes)
        active = 0
        for x in nodes:
            active |= self.active[x]
        self.begin(space, GATHER, active << 6, len(nodes), base)
        for x in nodes:
            self.emit(self.reference(x))
        return base, active

    def place_leaves(self, start, step, n):
        for k in range(n):
            self.place_leaf(self.args[start + k * step])

    def emit_reduction(self, space, i):
        start = self.first[i]
        n = self.first[i + 1] - start
        self.place_leaves(start, 1, n)
        if self.affine(start, 1, n) and self.varying[self.args[start]] == space:
            base, stride, active = self.slot[self.args[start]], self.stride, self.any_active(start, 1, n)
        else:
            (base, active), stride = self.emit_gather(space, self.args[start : start + n]), 1
        self.slot[i] = self.new_slot(space)
        self.begin(space, self.op[i], space | active << 3 | self.active[i] << 6, n, self.slot[i])
        self.emit(base)
        self.emit(stride)
        if self.op[i] == LOGSUMEXP or self.op[i] == PROD:  # room for what the way back needs of each operand
            self.emit(self.next_slot[space])
            self.next_slot[space] += n

    def emit_takes(self, space, takes):
        groups: dict = {}
        for i in takes:
            self.place_leaves(self.first[i], 1, self.first[i + 1] - self.first[i])
            groups.setdefault((self.args[self.first[i]], self.first[i + 1] - self.first[i]), []).append(i)
        for (index, _), group in groups.items():
            self.emit_take(space, index, group)

    def emit_take(self, space, index, group):
        first = self.first[group[0]] + 1
        count = self.first[group[0] + 1] - first
        regular = True
        row_stride = column_stride = 0
        for j, i in enumerate(group):
            start = self.first[i] + 1
            regular = regular and self.affine(start, 1, count)
            if j == 0:
                row_stride = self.stride
            if j == 1:
                column_stride = self.slot[self.args[start]] - self.slot[self.args[first]]
            regular = regular and self.stride == row_stride
            regular = regular and self.slot[self.args[start]] == self.slot[self.args[first]] + j * column_stride
            regular = regular and self.varying[self.args[start]] == self.varying[self.args[first]]
        if regular:
            base, inside = self.slot[self.args[first]], self.varying[self.args[first]]
            active = 0
            for i in group:
                active |= self.any_active(self.first[i] + 1, 1, count)
        else:
            nodes = [x for i in group for x in self.args[self.first[i] + 1 : self.first[i + 1]]]
            base, active = self.emit_gather(space, nodes)
            inside, row_stride, column_stride = space, 1, count
        self.checked = True
        dst = self.next_slot[space]
        for i in group:
            self.slot[i] = self.new_slot(space)
        flags = self.varying[index] | inside << 1 | active << 4 | active << 6
        self.begin(space, TAKE, flags, len(group), dst)
        for word in (self.slot[index], base, row_stride, column_stride, count):
            self.emit(word)

    # ---- dot products: operands are the start and then pairs (w, x)

    def hash_side(self, i, side):
        h = self.first[i + 1] - self.first[i]
        for j in range(self.first[i] + side, self.first[i + 1], 2):
            h = ((h ^ self.args[j]) * 0x2545F491) & 0x3FFFFFFFFFFFFFFF
            h ^= h >> 29
        return h

    def same_side(self, i, j, side):
        n = self.first[i + 1] - self.first[i]
        if self.first[j + 1] - self.first[j] != n:
            return False
        for k in range(side, n, 2):
            if self.args[self.first[i] + k] != self.args[self.first[j] + k]:
                return False
        return True

    def emit_dots(self, space, dots):
        """Dot products that share one side become matrix-vector products; that side is x, the others are rows."""
        hashes = [(self.hash_side(i, 1), self.hash_side(i, 2)) for i in dots]
        counts: tuple = ({}, {})
        for pair in hashes:
            for side in (0, 1):
                counts[side][pair[side]] = counts[side].get(pair[side], 0) + 1
        groups: dict = {}
        for i, (left, right) in zip(dots, hashes):  # noqa: B905
            key = (2, right, self.active[i]) if counts[1][right] >= counts[0][left] else (1, left, self.active[i])
            group = groups.setdefault(key, [])
            if group and not self.same_side(group[0], i, key[0]):
                groups[key, i] = [i]
            else:
                group.append(i)
        for key, group in groups.items():
            self.emit_product(space, group, key[0] if type(key[0]) is int else 2)

    def emit_product(self, space, group, side):
        """A group of dot products whose operands number `side` of each pair are the same."""
        first = self.first[group[0]]
        n = (self.first[group[0] + 1] - first) // 2
        self.place_leaves(first + side, 2, n)
        for i in group:
            self.place_leaves(self.first[i] + 3 - side, 2, n)
            self.place_leaf(self.args[self.first[i]])
        dst = self.next_slot[space]
        for i in group:
            self.slot[i] = self.new_slot(space)
        x_affine = n > 0 and self.affine(first + side, 2, n)
        x, x_stride, x_space = self.slot[self.args[first + side]] if n else 0, self.stride, 0
        x_active = self.any_active(first + side, 2, n)
        if x_affine:
            x_space = self.varying[self.args[first + side]]
        elif n > 0 and len(group) > 1:
            x_affine, x_stride, x_space = True, 1, space
            x, x_active = self.emit_gather(space, [self.args[first + side + 2 * k] for k in range(n)])
        p = 0
        while p < len(group):
            i = group[p]
            row = self.first[i] + 3 - side
            if not x_affine or not self.affine(row, 2, n):
                self.emit_list_dot(space, i)
                p += 1
                continue
            columns, rows, q = self.stride, 0, p + 1
            active = self.any_active(row, 2, n)
            while q < len(group) and self.extends(group[p], group[q], q - p, rows, side, n, columns):
                if q == p + 1:
                    rows = self.slot[self.args[self.first[group[q]] + 3 - side]] - self.slot[self.args[row]]
                active |= self.any_active(self.first[group[q]] + 3 - side, 2, n)
                q += 1
            begun, start, start_stride, start_space, start_active = self.starts_of(space, group[p:q])
            flags = self.varying[self.args[row]] | x_space << 1 | start_space << 2 | active << 3 | x_active << 4
            flags |= start_active << 5 | self.active[i] << 6 | begun << 7
            self.begin(space, DOT, flags, q - p, dst + p)
            for word in (n, self.slot[self.args[row]], rows, columns, x, x_stride, start, start_stride):
                self.emit(word)
            p = q

    def extends(self, i, j, distance, rows, side, n, columns):
        """Whether the row of dot product j lies where the matrix that begins with that of i leads."""
        a, b = self.first[i] + 3 - side, self.first[j] + 3 - side
        if not self.affine(b, 2, n) or (n > 1 and self.stride != columns):
            return False
        if self.varying[self.args[a]] != self.varying[self.args[b]]:
            return False
        return distance == 1 or self.slot[self.args[b]] == self.slot[self.args[a]] + distance * rows

    def starts_of(self, space, group):
        """What the sums of a product start from: (whether there is anything, slot, stride, space, active)."""
        nodes = [self.args[self.first[i]] for i in group]
        if all([self.op[x] == CONSTANT and bits(self.data[x]) == 0 for x in nodes]):
            return 0, 0, 0, 0, 0
        slots = [self.slot[x] for x in nodes]
        stride = slots[1] - slots[0] if len(slots) > 1 else 0
        active = 0
        for x in nodes:
            active |= self.active[x]
        if all([slots[k] == slots[0] + k * stride for k in range(len(slots))]) and (
            all([self.varying[x] == self.varying[nodes[0]] for x in nodes])
        ):
            return 1, slots[0], stride, self.varying[nodes[0]], active
        base, active = self.emit_gather(space, nodes)
        return 1, base, 1, space, active

    def emit_list_dot(self, space, i):
        start = self.first[i]
        n = (self.first[i + 1] - start) // 2
        self.begin(space, LIST_DOT, self.active[i] << 6, n, self.slot[i])
        for j in range(start, self.first[i + 1]):
            self.emit(self.reference(self.args[j]))

    # ---- the ends

    def emit_guard(self, relation, x, y, answer):
        """1 where there was something to guard, 0 where two constants were compared."""
        if self.op[x] == CONSTANT and self.op[y] == CONSTANT:
            return 0
        self.place_leaf(x)
        self.place_leaf(y)
        space = self.varying[x] | self.varying[y]
        self.begin(space, GUARD, self.varying[x] | self.varying[y] << 1, relation, int(answer))
        self.emit(self.slot[x])
        self.emit(self.slot[y])
        return 1

    def program(self, guarded):
        graph = self.graph
        for i in graph.roots:
            self.place_leaf(i)
        captured, inputs, constants = [], [], []
        for i in range(self.n):
            if self.slot[i] < 0:
                continue
            if self.op[i] == CAPTURED:
                captured.append((int(self.data[i]), self.slot[i]))
            elif self.op[i] == INPUT:
                inputs.append((int(self.data[i]), self.varying[i], self.slot[i]))
            elif self.op[i] == CONSTANT:
                constants.append((self.slot[i], self.data[i]))
        roots = [(self.varying[i], self.slot[i], self.active[i]) for i in graph.roots]
        code, starts = ints(self.end), ints(self.count)
        copied(self.code, code, self.end)
        copied(self.starts, starts, self.count)
        uniform = starts[: self.uniform] + array("i", self.guards[0])
        tiled = starts[self.uniform :] + array("i", self.guards[1])
        return Program(
            code, uniform, tiled, self.next_slot[0], self.next_slot[1], captured, inputs, constants, roots,
            guarded or self.checked,
        )


def copied(source, target, n):
    for i in range(n):
        target[i] = source[i]
