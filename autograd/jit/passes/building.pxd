# The types that building.py is compiled with.
cimport cython
from cpython.array cimport array

cdef enum:
    NEAR = 4

@cython.final
cdef class Builder:
    cdef public int n
    cdef int end, constants, room, width, operands_room
    cdef long long mask
    cdef public list captured
    cdef bint own
    cdef array op_array, first_array, args_array, numbers_array, operands_array, table_array
    cdef short *op
    cdef int *first
    cdef int *args
    cdef int *operands
    cdef int *table
    cdef double *numbers

    cdef hold(self)
    @cython.locals(size="long long")
    cdef new_table(self)
    cdef int reserve(self, int k) except -1
    @cython.locals(i=int, j=int, n=int)
    cdef grow(self, int k)
    @cython.locals(i=int)
    cdef int leaf(self, int kind, int place) noexcept
    cpdef int input(self, int k) except -1
    cpdef int capture(self, z) except -1
    @cython.locals(spot="long long", i=int)
    cpdef int constant(self, double number) except -1
    @cython.locals(h="unsigned long long", spot="long long", i=int)
    cdef long long spot_of_number(self, double number) noexcept
    cpdef int one(self, int code, int x) except -1
    cpdef int two(self, int code, int x, int y) except -1
    cpdef int three(self, int code, int x, int y, int w) except -1
    @cython.locals(k=int)
    cpdef int many(self, int code, list nodes) except -1
    cpdef int power(self, int x, int y) except -1
    cdef int have_operands(self, int k) except -1
    @cython.locals(x=int, y=int, w=int, constant=bint, number=double)
    cdef int operation(self, int code, int k) except -1
    cdef double number(self, int i) noexcept
    cdef bint is_number(self, int i, double number) noexcept
    @cython.locals(spot="long long", i=int, j=int)
    cdef int found(self, int code, int k) noexcept
    @cython.locals(h="unsigned long long", latest=int, total="long long", x=int, j=int, i=int, tries=int,
                   spot="long long")
    cdef long long spot_of_operation(self, int code, int k) noexcept
    @cython.locals(start=int, j=int)
    cdef bint same(self, int i, int code, int k) noexcept
    cpdef finished(self, list roots, array guards)

@cython.locals(z=double, dx=double, dy=double, dw=double)
cdef double folded(int code, int k, double x, double y, double w) noexcept
