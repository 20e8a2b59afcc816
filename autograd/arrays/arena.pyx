# cython: boundscheck=False, wraparound=False, cdivision=True, language_level=3
"""Where numbers and gradients of an optimizer's parameters lie side by side while recorded functions train them.

A Value is 80 bytes, so a step that goes by way of 100,000 of them moves 8 MB each time it reads a number or writes a
gradient: with zero_grad, a call, backward and step that was three quarters of the step. In an arena all of it is
contiguous. While the arena leads, its numbers are the ones that count and those in the Values may be old; whoever reads
or changes a Value asks `hooks.ahead` before and has the arena write everything back (`hooks.catch_up`). So the arena
begins to lead when a recorded function reads it, and ends when anything else but a recorded function, its backward pass
or the optimizer looks at a leaf. One arena leads at a time. Only the compiled twin has arenas.
"""

cimport cython
from cpython.array cimport array, clone
from cpython.object cimport PyObject
from libc.stdint cimport uintptr_t
from libc.stdlib cimport free, malloc
from libc.string cimport memset

from weakref import ref

from autograd cimport hooks
from autograd.node cimport LEAF
from autograd.value cimport Value

cdef extern from "updates.h":
    ctypedef struct adam_settings:
        double beta1, beta2, eps, rate, root, decay, shrink
    void updates_add(Py_ssize_t n, double *z, const double *x) nogil
    void updates_sgd(Py_ssize_t n, double *p, const double *g, double *m, double rate, double momentum,
                     double decay, int nesterov) nogil
    void updates_adam(Py_ssize_t n, double *p, const double *g, double *m, double *v, const adam_settings *a) nogil

DEF MOST_PATIENCE = 64
DEF WORTH = 3  # walks over the Values that must be saved to repay the two that gather the numbers and write them back

cdef list known = []  # weak references to all arenas, the latest last
cdef array INTS = array("i")
cdef PyObject *leader = NULL  # not held: an arena that nobody has any more writes its numbers back and goes
cdef Py_ssize_t count = 0


def write_back(often):
    """Have the Values of the arena that leads follow it; `often` where who asks may do so at every step."""
    if leader is not NULL:
        (<Arena>leader).end(often)


hooks.connect_arenas(write_back)


cpdef Arena arena_of(list values):
    """The arena of these parameters, different leaves all of them; None where they are too few for one."""
    global count
    cdef Arena arena
    if len(values) < LEAST:
        return None
    arena = Arena(tuple(values))
    known[:] = [r for r in known if r() is not None]
    known.append(ref(arena))
    count += 1
    return arena


cdef Arena leader_of(list parameters):
    """The arena that leads, where it is of these parameters in this order; None otherwise."""
    cdef tuple values
    cdef Py_ssize_t i
    if leader is NULL or parameters is None or len((<Arena>leader).values) != len(parameters):
        return None
    values = (<Arena>leader).values
    for i in range(len(parameters)):
        if values[i] is not parameters[i]:
            return None
    return <Arena>leader


cdef Py_ssize_t made() noexcept:
    """How many arenas there have been: where this has changed, another one may suit better."""
    return count


cdef tuple arena_and_order(tuple values):
    """The latest arena that has all of these Values, different ones, and for each of its places which of them lies
    there, -1 for none; (None, None) where there is no such arena."""
    for r in reversed(known):
        arena = r()
        if arena is None or len((<Arena>arena).values) < len(values):
            continue
        order = order_in((<Arena>arena).values, values)
        if order is not None:
            return arena, order
    return None, None


cdef array order_in(tuple places, tuple values):
    """Which of the values lies in each place, an array of ints; None where one lies in none of them, or comes twice."""
    cdef Py_ssize_t i, k, n = len(places), mask = 1
    cdef array order = clone(INTS, n, False)
    cdef int[::1] found = order
    while mask < 2 * n:
        mask *= 2
    cdef int *table = <int *>malloc(mask * sizeof(int))  # by the objects' addresses; a dict takes ten times as long
    if not table:
        raise MemoryError
    memset(table, 0xff, mask * sizeof(int))
    mask -= 1
    for k in range(n):
        found[k] = -1
        i = beginning(<PyObject *>places[k], mask)
        while table[i] >= 0:
            i = (i + 1) & mask
        table[i] = k
    for k in range(len(values)):
        i = beginning(<PyObject *>values[k], mask)
        while table[i] >= 0 and places[table[i]] is not values[k]:
            i = (i + 1) & mask
        if table[i] < 0 or found[table[i]] >= 0:
            free(table)
            return None
        found[table[i]] = k
    free(table)
    return order


cdef inline Py_ssize_t beginning(PyObject *p, Py_ssize_t mask) noexcept:
    """Where in a table of mask + 1 places an object is looked for first."""
    cdef uintptr_t address = <uintptr_t>p
    return <Py_ssize_t>((address >> 4) ^ (address >> 16)) & mask


@cython.no_gc  # a Value refers to no arena
cdef class Arena:
    """Attributes:
        values: the parameters, in the optimizer's order. data, grad: their numbers while it leads.
        cleared: whether the gradients are zeros that are not written yet: the first to be added then begin them.
        saved: how many walks over the Values it has saved since it began to lead. patience: how many times it will not
            lead where it has been ended too soon; waited: how many of them are over.
    """

    def __cinit__(self, tuple values):
        cdef Py_ssize_t n = len(values)
        for p in values:
            if type(p) is not Value:
                raise TypeError(f"an arena is of Values, got {type(p).__name__}")
        self.values = values
        self.n = n
        self.memory = malloc(2 * (n + 8) * sizeof(double) + 64)
        if not self.memory:
            raise MemoryError(f"no room for the numbers of {n} parameters")
        self.data = <double *>((<uintptr_t>self.memory + 63) & ~<uintptr_t>63)
        self.grad = self.data + (n + 7) // 8 * 8
        self.leads = self.cleared = False
        self.saved = self.patience = self.waited = 0

    def __dealloc__(self):
        if self.memory:
            self.follow()
            free(self.memory)

    def __reduce__(self):
        return arena_of, ([],)  # an optimizer that is copied makes its own

    cdef bint lead(self) except -1:
        """Have its numbers be the ones that count, if that is likely to pay; whether they are."""
        global leader
        cdef Value p
        cdef Py_ssize_t i
        if self.leads:
            return True
        if hooks.passes:
            return False
        if self.waited < self.patience:
            self.waited += 1
            return False
        for x in self.values:
            p = <Value>x
            if p.form != LEAF or p.x is not None:  # a gradient that is a Value is kept beside
                return False
        if hooks.ahead:
            hooks.catch_up()
        for i in range(self.n):
            p = <Value>self.values[i]
            self.data[i], self.grad[i] = p._data, p._grad
        self.leads, self.cleared, self.saved, self.waited = True, False, 0, 0
        leader = <PyObject *>self
        hooks.get_ahead(True)
        return True

    cdef end(self, bint often):
        """Let the Values be the ones that count again."""
        self.follow()
        if not often:
            return
        if self.saved >= WORTH:
            self.patience = 0
        else:
            self.patience = min(2 * self.patience + 1, MOST_PATIENCE)

    cdef void follow(self) noexcept:
        """Write all numbers into the Values."""
        global leader
        cdef Value p
        cdef Py_ssize_t i
        if not self.leads:
            return
        self.clear()
        for i in range(self.n):
            p = <Value>self.values[i]
            p._data, p._grad = self.data[i], self.grad[i]
        self.leads, leader = False, NULL
        hooks.get_ahead(False)

    cdef void zero_gradients(self) noexcept:
        self.saved += 1
        self.cleared = True

    cdef void clear(self) noexcept:
        """Write the zeros that `zero_gradients` has promised."""
        if self.cleared:
            memset(self.grad, 0, self.n * sizeof(double))
            self.cleared = False

    cdef void add(self, int[::1] stretches, const double *x) noexcept:
        """Add to the gradients; stretches: (the first number of x, its place here, how many) of each, by place."""
        cdef Py_ssize_t i, k, first, count, end = 0
        cdef double *grad = self.grad
        cdef bint begin = self.cleared
        self.saved += 4  # a backward pass goes over its leaves so often
        self.cleared = False
        for i in range(0, stretches.shape[0], 3):
            first, count = stretches[i + 1], stretches[i + 2]
            if begin:
                memset(grad + end, 0, (first - end) * sizeof(double))
                for k in range(count):
                    grad[first + k] = 0.0 + x[stretches[i] + k]
                end = first + count
            else:
                updates_add(count, grad + first, x + stretches[i])
        if begin:
            memset(grad + end, 0, (self.n - end) * sizeof(double))

    cdef descend(self, double[::1] buffer, double rate, double momentum, double decay, bint nesterov):
        cdef double *memory = NULL if buffer is None else &buffer[0]
        self.saved += 1
        self.clear()
        updates_sgd(self.n, self.data, self.grad, memory, rate, momentum, decay, nesterov)

    cdef adapt(
        self, double[::1] ms, double[::1] vs, double rate, double root, double eps, double decay, double shrink,
        double beta1, double beta2,
    ):  # fmt: skip
        cdef adam_settings a
        self.saved += 1
        self.clear()
        a.beta1, a.beta2, a.eps, a.rate, a.root, a.decay, a.shrink = beta1, beta2, eps, rate, root, decay, shrink
        updates_adam(self.n, self.data, self.grad, &ms[0], &vs[0], &a)
