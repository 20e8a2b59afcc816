# The types that differentiating.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.jit.passes.building cimport Builder

cdef enum:
    PARTIAL = 0
    SHARE = 1
    ALIVE = 2

@cython.final
cdef class Derivation:
    cdef object graph
    cdef int n
    cdef bint exact
    cdef readonly bint selects
    cdef Builder b
    cdef dict leaves, shared
    cdef array place_array, active_array, adjoint_array, mask_array, tangent_array
    cdef short *op
    cdef int *first
    cdef int *args
    cdef int *place
    cdef signed char *active
    cdef int *adjoint
    cdef int *mask
    cdef int *tangent

    @cython.locals(b=Builder, numbers="double *", i=int, j=int, k=int, code=int)
    cdef copy(self, inputs, bint captured)
    cpdef int input(self, int k) except -1
    @cython.locals(j=int)
    cdef bint any_active(self, int i) noexcept
    cdef bint selects_from(self, int code, int k) noexcept
    @cython.locals(i=int, k=int)
    cpdef list reverse(self, list roots, list seeds, list leaves)
    @cython.locals(i=int)
    cdef int adjoint_of_leaf(self, leaf) except -2
    cpdef int adjoint_of(self, int i)
    cdef int give(self, int x, int share, int mask) except -1
    @cython.locals(g=int, code=int, start=int, k=int, x=int, p=int, mask=int, lives=int)
    cdef int hand_down(self, int i) except -1
    @cython.locals(b=Builder, g=int, zero=int, c=int, share=int, chosen=int)
    cdef int give_chosen(self, int i, int x, int k) except -1
    cdef int masked(self, int mask, int share) except -1
    cdef int both(self, int mask, int chosen) except -1
    @cython.locals(i=int, k=int)
    cpdef list forward(self, list leaves, list seeds, list roots)
    @cython.locals(code=int, n=int, left=int, right=int)
    cdef int gather_up(self, int i) except -1
    @cython.locals(b=Builder, code=int, start=int, k=int, t=int, p=int, total=int)
    cdef int gathered_up(self, int i, int first, int end, int step) except -2
    cdef int sum_of_two(self, int x, int y) except -2
    @cython.locals(start=int, zero=int, x=int, y=int, c=int)
    cdef choose(self, int i)
    @cython.locals(code=int, start=int)
    cdef int partial(self, int i, int k) except -1
    cdef int share(self, int i, int k, int g) except -1
    cdef bint is_flat(self, int i, int k) except -1
    cdef bint is_elementwise(self, int code) noexcept
    @cython.locals(start=int, x=int, y=int, w=int, z=int, n=int)
    cdef int elementwise(self, int i, int k, int what, int g) except -1
    @cython.locals(j=int)
    cdef list operands(self, int i)
    @cython.locals(b=Builder, z=int, top=int, total=int)
    cdef list shares(self, int i, int code)
    @cython.locals(b=Builder, before=int, after=int, k=int)
    cdef list products_of_others(self, list xs)
    @cython.locals(b=Builder, index=int, count=int, from_end=int, place=int)
    cdef int is_at(self, int i, int k) except -1
    cpdef int node_of(self, int i)
    @cython.locals(total=int, k=int)
    cpdef int dot(self, list xs, list ys) except -1
    cpdef int number(self, x) except -1
    @cython.locals(k=int, numbers="int *")
    cpdef finished(self, list roots, bint guarded)
