# The types that tape.py is compiled with.
cimport cython
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from autograd.node cimport Node, Stack
from autograd.value cimport Value

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
cdef int place(Node z) noexcept
@cython.locals(z=Node, state=int)
cdef int walk(Tape tape, Value root, bint through, Stack *stack) except -1
cdef int descend(Tape tape, Node z, Stack *stack) except -1
cdef int visit(Tape tape, Node x, Stack *stack) except -1
@cython.locals(known=dict)
cdef bint is_known(Tape tape, Node x) except -1
cdef bint depends(Node z) except -1
cdef bint depends_on_outer(Node z) except -1
cdef bint is_outer(Node x) noexcept

# the same for one out of a tuple, whose class is known
cdef inline int place_of_one(object x) noexcept:
    return place(<Node>x)

cdef inline int visit_one(Tape tape, object x, Stack *stack) except -1:
    return visit(tape, <Node>x, stack)

cdef inline bint is_outer_one(object x) noexcept:
    return is_outer(<Node>x)

@cython.locals(n=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, k=int, e=int, z=Value, cut=bint, first="int *",
               target="int *", weight="double *", partials="double *")
cdef int lay_out(Tape tape) except -1
cdef int edges(Node z) noexcept
