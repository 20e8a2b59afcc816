# The types that fusing.py is compiled with.
cimport cython
from cpython.array cimport array
from libc.stdlib cimport abs

cdef enum:
    INSIDE = -1
    LONG = 8

cpdef with_sums_fused(graph, bint keep_captured=*)

@cython.final
cdef class Gathering:
    cdef object graph
    cdef int n, end, constants
    cdef array uses_array, role_array, products_array, others_array, new_args_array, place_array, stack_array
    cdef short *op
    cdef signed char *role
    cdef int *first
    cdef int *args
    cdef int *uses
    cdef int *products
    cdef int *others
    cdef int *new_args
    cdef int *place
    cdef int *stack
    cdef double *numbers

    @cython.locals(i=int, k=int, dead=int, chains=int, guards="int *")
    cdef run(self, bint keep_captured)
    @cython.locals(i=int, j=int, dead=int)
    cdef int count_uses(self) noexcept
    cdef bint adds(self, int x) noexcept
    cdef bint is_link(self, int x) noexcept
    cdef bint is_product(self, int x) noexcept
    cdef bint is_dot(self, int x) noexcept
    @cython.locals(i=int, j=int, x=int, products=int, others=int, any_worth=bint)
    cdef bint weigh(self) except -1
    @cython.locals(products=int, others=int)
    cdef int worth(self, int i) noexcept
    @cython.locals(start=int, left=int)
    cdef bint stays_two(self, int i) noexcept
    cdef int products_in(self, int x) noexcept
    @cython.locals(i=int, j=int, x=int, role=int, chains=int)
    cdef int choose(self) noexcept
    @cython.locals(n=int, width=int, m=int, i=int, op_array=array, first_array=array, numbers_array=array,
                   place="int *")
    cdef rebuilt(self, int chains)
    @cython.locals(k=int, numbers="int *")
    cdef array moved(self, array guards)
    @cython.locals(m=int, i=int, j=int, code=int)
    cdef int write(self, int chains, short *op, int *first, double *numbers, list captured) except -1
    @cython.locals(place=int)
    cdef int leaf(self, int i, double *numbers, list captured) except -1
    @cython.locals(start=int, depth=int, x=int, j=int)
    cdef void terms(self, int i, int code) noexcept
    cdef void other_term(self, int x, int start) noexcept
