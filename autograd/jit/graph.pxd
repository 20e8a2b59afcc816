# The types that graph.py is compiled with.
cimport cython
from autograd.value cimport Value

cdef enum:
    CONSTANT = -1
    INPUT = -2
    CAPTURED = -3

@cython.locals(z=Value, n=Py_ssize_t)
cdef Py_ssize_t operand_count(list tape) except -1
@cython.locals(z=Value)
cdef unmark(list values)
cdef mark(Value x, int i, int[::1] op, double[::1] data)
cdef set_place(Value z, int place)
@cython.locals(z=Value)
cdef int last_place(object x, int n) except -1
@cython.locals(z=Value)
cdef int placed(object x, int n, int[::1] op, int[::1] first, double[::1] data, list captured) except -1
@cython.locals(z=Value, form=int, end=int, i=int, operands=tuple)
cdef int taken_down(list tape, int n, int[::1] op, int[::1] first, int[::1] args, double[::1] data, list captured) except -1
@cython.locals(z=Value, highest=int)
cpdef int highest_operation(list tape) except -1
@cython.locals(i=int, count=int)
cdef int count_operations(int[::1] op, int n)
