# What other modules may use of arena.pyx.
cdef enum:
    LEAST = 256  # parameters; of fewer, what a step does with their Values takes some microseconds

cdef class Arena:
    cdef readonly tuple values
    cdef Py_ssize_t n, saved, patience, waited
    cdef void *memory
    cdef double *data
    cdef double *grad
    cdef readonly bint leads
    cdef bint cleared
    cdef object __weakref__

    cdef bint lead(self) except -1
    cdef end(self, bint often)
    cdef void follow(self) noexcept
    cdef void zero_gradients(self) noexcept
    cdef void clear(self) noexcept
    cdef void add(self, int[::1] stretches, const double *x) noexcept
    cdef descend(self, double[::1] buffer, double rate, double momentum, double decay, bint nesterov)
    cdef adapt(
        self, double[::1] ms, double[::1] vs, double rate, double root, double eps, double decay, double shrink,
        double beta1, double beta2,
    )

cpdef Arena arena_of(list values)
cdef Arena leader_of(list parameters)
cdef Py_ssize_t made() noexcept
cdef tuple arena_and_order(tuple values)
