# The types that simplifying.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.value cimport Value

cdef enum:
    NEAR = 1

cdef int HIGHEST
cdef dict _RELATIONS

@cython.locals(graph=Simplifier, z=Value, k=int, numbers="int *")
cpdef simplified(list tape, list inputs, list roots, list guards)

@cython.final
cdef class Simplifier:
    cdef int n, end, constants, room, width, operands_room
    cdef long long mask
    cdef list captured
    cdef array op_array, first_array, args_array, numbers_array, operands_array, table_array
    cdef signed char *op
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
    @cython.locals(z=Value, i=int)
    cdef int place(self, x) except -1
    @cython.locals(spot="long long", i=int)
    cdef int constant(self, double number) noexcept
    @cython.locals(h="unsigned long long", spot="long long", i=int)
    cdef long long spot_of_number(self, double number) noexcept
    @cython.locals(form=int, code=int, k=int, operands=tuple)
    cdef int node(self, Value z) except -1
    @cython.locals(x=int, y=int, w=int, constant=bint, number=double)
    cdef int operation(self, int code, int k) noexcept
    cdef double number(self, int i) noexcept
    @cython.locals(spot="long long", i=int, j=int)
    cdef int found(self, int code, int k) noexcept
    @cython.locals(h="unsigned long long", latest=int, x=int, j=int, i=int, tries=int, spot="long long")
    cdef long long spot_of_operation(self, int code, int k) noexcept
    @cython.locals(start=int, j=int)
    cdef bint same(self, int i, int code, int k) noexcept
    cdef finished(self, list roots, array guards)

@cython.locals(z=double, dx=double, dy=double, dw=double)
cdef double folded(int code, int k, double x, double y, double w) noexcept
cdef refuse(Value z)
