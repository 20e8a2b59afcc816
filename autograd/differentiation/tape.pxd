# The types that tape.py is compiled with.
cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from autograd.value cimport Stack, Value

cdef enum:
    UNSEEN = 0
    OPEN = -1
    APART = -2
    OUTER = -3
    VARIABLE = -4
    OPEN_VARIABLE = -5
    NESTED = -6

cdef inline object new_ints(Py_ssize_t n):
    return PyBytes_FromStringAndSize(NULL, n * sizeof(int))

cdef inline int* ints(object room) noexcept:
    return <int*>PyBytes_AS_STRING(room)

@cython.final
cdef class Tape:
    cdef readonly tuple nodes, variables, outputs
    cdef readonly bint nested, calls
    cdef list order, apart
    cdef tuple known
    cdef object first, target, weight

@cython.locals(tape=Tape, stack="Stack *", marked=list)
cpdef Tape tape_between(list outputs, list variables, list outer, bint through=*, tuple known=*)
@cython.locals(z=Value)
cdef int mark_all(list nodes, int state) except -1
cdef int place(Value z) noexcept
@cython.locals(z=Value, state=int)
cdef int walk(Tape tape, Value root, bint through, Stack *stack) except -1
cdef int descend(Tape tape, Value z, Stack *stack) except -1
cdef int visit(Tape tape, Value x, Stack *stack) except -1
@cython.locals(known=dict)
cdef bint is_known(Tape tape, Value x) except -1
cdef bint depends(Value z) except -1
cdef bint depends_on_outer(Value z) except -1
cdef bint is_outer(Value x) noexcept
@cython.locals(n=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, k=int, e=int, z=Value, cut=bint, first="int *", target="int *", weight="double *", partials="double *")
cdef int lay_out(Tape tape) except -1
cdef int edges(Value z) noexcept
