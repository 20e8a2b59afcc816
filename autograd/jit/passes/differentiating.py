"""The derivative of a graph is a graph: adjoints from the results down, tangents from the leaves up.

Compiled by Cython where possible (types: differentiating.pxd). A partial is what the table says of its operation, as
operations of the graph (partials.py), so that no branch of a formula is frozen and everything can be differentiated
again.

A selection (`where`, `maximum`, `relu` ...) has no derivative towards what it did not choose. Its share is then 0, and
what is below multiplies that by its own partials, which is nan where one of these is infinite. Such a nan always
reaches an adjoint of a leaf. Where one does, the same is done again with `exact`: a mask goes with each adjoint that
may not be wanted, and says where it is. That costs more, and is hardly ever needed.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if cython.compiled:
    from cython.cimports.autograd.generated.kernels import *
    from cython.cimports.autograd.generated.partials import alive, partial, share
    from cython.cimports.autograd.jit.passes.building import Builder
    from cython.cimports.autograd.jit.passes.graph import *  # arrays
else:
    from autograd.generated.kernels import *
    from autograd.generated.partials import alive, partial, share
    from autograd.jit.passes.building import Builder
    from autograd.jit.passes.graph import *

    PARTIAL, SHARE, ALIVE = range(3)  # what is asked of the table


from autograd.jit.passes.own_operations import partial_node


class Derivation:
    """A graph to which derivatives are added.

    Attributes:
        place: where each node of the graph stands in the new one. active: whether it depends on a leaf of interest.
        adjoint, mask, tangent: of each node, in the new graph; -1 for none, and for a mask that is true everywhere.
        exact: see above. selects: whether there is a selection, without which `exact` makes no difference.
    """

    def __init__(self, graph, inputs, captured, exact=False):
        """
        Arguments:
            inputs: for each input whether derivatives in its direction are wanted. captured: whether they are in the
                direction of the captured Values.
        """
        n = len(graph.op)
        self.graph, self.n, self.exact, self.selects = graph, n, exact, False
        self.op, self.first, self.args = codes_in(graph.op), ints_in(graph.first), ints_in(graph.args)
        self.b = Builder(4 * n + 64)
        self.place_array, self.active_array = ints(n), zero_chars(n)
        self.adjoint_array, self.mask_array, self.tangent_array = ints(n), ints(n), ints(n)
        self.place, self.active = ints_in(self.place_array), chars_in(self.active_array)
        self.adjoint, self.mask = ints_in(self.adjoint_array), ints_in(self.mask_array)
        self.tangent = ints_in(self.tangent_array)
        self.leaves, self.shared = {}, {}
        self.copy(inputs, captured)

    def copy(self, inputs, captured):
        """Add the graph as it is."""
        b, numbers = self.b, reals_in(self.graph.numbers)
        for i in range(self.n):
            code = self.op[i]
            if code > 0:
                k = self.first[i + 1] - self.first[i]
                b.have_operands(k)
                for j in range(k):
                    b.operands[j] = self.place[self.args[self.first[i] + j]]
                self.place[i] = b.operation(code, k)
                self.active[i] = code != DETACH and self.any_active(i)
                self.selects = self.selects or (self.active[i] and code < OPERATIONS and SELECTED[code] != 0)
            elif code == CONSTANT:
                self.place[i] = b.constant(numbers[self.args[self.first[i]]])
            elif code == CAPTURED:
                self.place[i] = b.capture(self.graph.captured[self.args[self.first[i]]])
                self.active[i] = captured
                self.leaves[CAPTURED, self.args[self.first[i]]] = i
            else:
                self.place[i] = b.input(self.args[self.first[i]])
                self.active[i] = inputs[self.args[self.first[i]]]
                self.leaves[INPUT, self.args[self.first[i]]] = i

    def input(self, k):
        """A new leaf for the input number k."""
        return self.b.input(k)

    def any_active(self, i):
        for j in range(self.first[i], self.first[i + 1]):
            if self.active[self.args[j]]:
                return True
        return False

    def selects_from(self, code, k):
        """Whether a partial of 0 of the operand k says that the operand was not chosen; share and alive know better."""
        return code < FIRST_PARTIAL and SELECTED[code] >> (k if k < 7 else 7) & 1

    # ---- reverse mode

    def reverse(self, roots, seeds, leaves):
        """The adjoints of leaves when the roots, nodes of the graph, have these adjoints, nodes of the new graph.

        Returns:
            For each leaf, (INPUT or CAPTURED, which), a node of the new graph; -1 where no path leads to it.
        """
        for i in range(self.n):
            self.adjoint[i] = self.mask[i] = -1
        for k in range(len(roots)):
            self.give(roots[k], seeds[k], -1)
        for i in range(self.n - 1, -1, -1):
            if self.adjoint[i] >= 0 and self.active[i] and self.op[i] > 0:
                self.hand_down(i)
        return [self.adjoint_of_leaf(leaf) for leaf in leaves]

    def adjoint_of_leaf(self, leaf):
        i = self.leaves.get(leaf, -1)
        return self.adjoint_of(i) if i >= 0 else -1

    def adjoint_of(self, i):
        """The adjoint of any node that `reverse` has found, -1 for none."""
        return self.adjoint[i] if self.active[i] else -1

    def give(self, x, share, mask):
        """Add a share to the adjoint of a node; it is wanted where the mask is true."""
        if not self.active[x]:
            return 0
        if self.adjoint[x] < 0:
            self.adjoint[x], self.mask[x] = share, mask
            return 0
        self.adjoint[x] = self.b.two(ADD, self.adjoint[x], share)
        if self.exact:
            if mask < 0 or self.mask[x] < 0:
                self.mask[x] = -1
            elif mask != self.mask[x]:
                self.mask[x] = self.b.three(WHERE, self.mask[x], self.b.constant(1.0), mask)
        return 0

    def hand_down(self, i):
        """Give each operand its share of the adjoint of node i."""
        g, code = self.adjoint[i], self.op[i]
        start = self.first[i]
        for k in range(self.first[i + 1] - start):
            x = self.args[start + k]
            if not self.active[x]:
                continue
            if code == WHERE:
                self.give_chosen(i, x, k)
                continue
            if self.is_flat(i, k):
                continue
            if not self.selects_from(code, k):
                mask = self.mask[i]
                if self.exact and self.is_elementwise(code):
                    lives = self.elementwise(i, k, ALIVE, -1)
                    mask = mask if self.b.is_number(lives, 1.0) else self.both(mask, lives)
                self.give(x, self.masked(mask, self.share(i, k, g)), mask)
                continue
            p = self.partial(i, k)
            if not self.b.is_number(p, 0.0):
                self.give(x, self.b.two(CHOSEN, p, g), self.both(self.mask[i], p) if self.exact else -1)
        return 0

    def give_chosen(self, i, x, k):
        """The share of an operand of `where`, in which the condition chooses."""
        if k == 0:
            return 0
        b, g, zero = self.b, self.adjoint[i], self.b.constant(0.0)
        c = self.place[self.args[self.first[i]]]
        share = b.three(WHERE, c, g, zero) if k == 1 else b.three(WHERE, c, zero, g)
        if not self.exact:
            return self.give(x, share, -1)
        chosen = c if k == 1 else b.two(EQ, c, zero)
        return self.give(x, share, self.both(self.mask[i], chosen))

    def masked(self, mask, share):
        """The share where it is wanted; nothing elsewhere."""
        return share if mask < 0 else self.b.three(WHERE, mask, share, self.b.constant(0.0))

    def both(self, mask, chosen):
        """Where the mask is true and `chosen` is not 0."""
        return chosen if mask < 0 else self.b.three(WHERE, mask, chosen, self.b.constant(0.0))

    # ---- forward mode

    def forward(self, leaves, seeds, roots):
        """The tangents of the roots when the leaves have these tangents, nodes of the new graph; -1 for none.

        A tangent that a selection did not choose is dropped as it is, so there is no `exact` here.
        """
        for i in range(self.n):
            self.tangent[i] = -1
        for k in range(len(leaves)):
            i = self.leaves.get(leaves[k], -1)
            if i >= 0:
                self.tangent[i] = seeds[k]
        for i in range(self.n):
            if self.op[i] > 0 and self.active[i]:
                self.gather_up(i)
        return [self.tangent[i] for i in roots]

    def gather_up(self, i):
        """Set the tangent of node i from those of its operands."""
        code = self.op[i]
        if code == WHERE:
            self.choose(i)
            return 0
        n = self.first[i + 1] - self.first[i]
        if code == DOT:  # the products with what moves on either side: each may be a row of one product of matrices
            left, right = self.gathered_up(i, 0, 1, 1), self.gathered_up(i, 2, n, 2)
            left = self.sum_of_two(left, self.gathered_up(i, 1, n, 2))
            self.tangent[i] = self.sum_of_two(left, right)
        else:
            self.tangent[i] = self.gathered_up(i, 0, n, 1)
        return 0

    def gathered_up(self, i, first, end, step):
        """What the operands of node i at these places add to its tangent, -1 for nothing."""
        code, start, b = self.op[i], self.first[i], self.b
        total = -1
        for k in range(first, end, step):
            t = self.tangent[self.args[start + k]]
            if t < 0 or self.is_flat(i, k):
                continue
            if self.selects_from(code, k):
                p = self.partial(i, k)
                if b.is_number(p, 0.0):
                    continue
                t = b.two(CHOSEN, p, t)
            else:
                t = self.share(i, k, t)
            total = self.sum_of_two(total, t)
        return total

    def sum_of_two(self, x, y):
        return y if x < 0 else x if y < 0 else self.b.two(ADD, x, y)

    def choose(self, i):
        start, zero = self.first[i], self.b.constant(0.0)
        x, y = self.tangent[self.args[start + 1]], self.tangent[self.args[start + 2]]
        if x >= 0 or y >= 0:
            c = self.place[self.args[start]]
            self.tangent[i] = self.b.three(WHERE, c, x if x >= 0 else zero, y if y >= 0 else zero)

    # ---- partials

    def partial(self, i, k):
        """The node that is the partial of node i in the direction of its operand number k."""
        code, start = self.op[i], self.first[i]
        if self.is_elementwise(code):
            return self.elementwise(i, k, PARTIAL, -1)
        if code == SUM:
            return self.b.constant(1.0)
        if code == MEAN:
            return self.b.constant(1.0 / (self.first[i + 1] - start))
        if code == DOT:
            if k == 0:
                return self.b.constant(1.0)
            return self.place[self.args[start + k + 1 if k % 2 else start + k - 1]]
        if code == TAKE:
            return self.is_at(i, k)
        if code >= OPERATIONS:
            return partial_node(self.b, code, k, self.operands(i), self.place[i])
        shares = self.shared.get(i)
        if shares is None:
            shares = self.shared[i] = self.shares(i, code)
        return shares[k]

    def share(self, i, k, g):
        """The node that is the product of g and that partial."""
        if self.is_elementwise(self.op[i]):
            return self.elementwise(i, k, SHARE, g)
        return self.b.two(MUL, g, self.partial(i, k))

    def is_flat(self, i, k):
        """Whether a partial as an operation of its own does not change with operand k: to eager code it is a number."""
        return FIRST_PARTIAL <= self.op[i] < OPERATIONS and self.b.is_number(self.elementwise(i, k, PARTIAL, -1), 0.0)

    def is_elementwise(self, code):
        return code < SUM or PROGRAM < code < OPERATIONS

    def elementwise(self, i, k, what, g):
        """What the table says of an operation of one to three operands: see partials.py."""
        start, z = self.first[i], self.place[i]
        n = self.first[i + 1] - start
        x = self.place[self.args[start]]
        y = self.place[self.args[start + 1]] if n > 1 else x
        w = self.place[self.args[start + 2]] if n > 2 else x
        if what == SHARE:
            return share(self.b, self.op[i], k, x, y, w, z, g)
        if what == ALIVE:
            return alive(self.b, self.op[i], k, x, y, w, z)
        return partial(self.b, self.op[i], k, x, y, w, z)

    def operands(self, i):
        return [self.place[self.args[j]] for j in range(self.first[i], self.first[i + 1])]

    def shares(self, i, code):
        """The partials of a reduction, which are made together."""
        b, xs = self.b, self.operands(i)
        if code == PROD:
            return self.products_of_others(xs)
        if code == LOGSUMEXP:  # from the largest down, as the value is computed: no digits are lost
            top = self.b.many(MAX, xs)
            weights = [b.two(EXP_BELOW, x, b.one(DETACH, top)) for x in xs]
            total = self.b.many(SUM, [b.constant(0.0), *weights])
            return [b.two(DIV, weight, total) for weight in weights]
        if code == NORM:  # scaled, as the value is computed
            top = b.many(MAX, [b.constant(0.0), *[b.one(ABS, b.one(DETACH, x)) for x in xs]])
            parts = [b.two(NORM_PART, x, top) for x in xs]
            length = b.many(NORM, parts)
            return [b.two(NORM_SHARE, part, length) for part in parts]
        z = self.place[i]  # MAX, MIN: those that equal the result share; a nan is handed on
        equal = [b.two(EQ, x, z) for x in xs]
        ties = self.b.many(SUM, [b.constant(0.0), *equal])
        share = b.one(RECIPROCAL, ties)  # one division instead of one for each: the others are products with 0 or 1
        return [b.three(WHERE, b.two(EQ, z, z), b.two(MUL, e, share), b.one(DETACH, z)) for e in equal]

    def products_of_others(self, xs):
        """For each factor the product of the others: right where some are zero."""
        b = self.b
        found = []
        before = b.constant(1.0)
        for x in xs:
            found.append(before)
            before = b.two(MUL, before, x)
        after = b.constant(1.0)
        for k in range(len(xs) - 1, -1, -1):
            found[k] = b.two(MUL, found[k], after)
            after = b.two(MUL, after, xs[k])
        return found

    def is_at(self, i, k):
        """1 where the index of a `take` says the place k, counted from 1 behind the index; from the end if negative."""
        b = self.b
        if k == 0:
            return b.constant(0.0)
        index = self.place[self.args[self.first[i]]]
        count = self.first[i + 1] - self.first[i] - 1
        from_end = b.two(ADD, index, b.constant(count))
        place = b.three(WHERE, b.two(LT, index, b.constant(0.0)), from_end, index)
        return b.two(EQ, place, b.constant(k - 1))

    # ---- the new graph

    def node_of(self, i):
        """Where the node i of the graph stands in the new one."""
        return self.place[i]

    def dot(self, xs, ys):
        """Where the sum of products stands; -1 among the ys is 0."""
        total = self.b.constant(0.0)
        for k in range(len(xs)):
            if ys[k] >= 0:
                total = self.b.two(ADD, total, self.b.two(MUL, xs[k], ys[k]))
        return total

    def number(self, x):
        """Where a number stands in the new graph: a float, or a Value from outside."""
        return self.b.constant(x) if type(x) is float else self.b.capture(x)

    def finished(self, roots, guarded):
        """The new graph with these roots, nodes of it, where -1 is 0; with the guards of the old one if `guarded`."""
        roots = [self.b.constant(0.0) if i < 0 else i for i in roots]
        guards = self.graph.guards[:] if guarded else ints(0)
        numbers = ints_in(guards)
        for k in range(0, len(guards), 4):
            numbers[k + 1], numbers[k + 2] = self.place[numbers[k + 1]], self.place[numbers[k + 2]]
        return self.b.finished(roots, guards)
