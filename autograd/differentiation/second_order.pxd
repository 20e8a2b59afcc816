# The types that second_order.py is compiled with.
cimport cython
from autograd.differentiation.tape cimport Tape
from autograd.value cimport Value

cdef enum:
    STRAIGHT = 0
    ONE = 16
    OF_DOT = 17
    OF_LOGSUMEXP = 18
    OF_PROD = 19
    OF_NORM = 20
    DENSE = 21
    UNKNOWN = 22

@cython.final
cdef class Curvature:
    cdef Tape tape
    cdef object gradient, kind, second
    cdef bytearray reached
    cdef dict dense

@cython.locals(b=Curvature, n=Py_ssize_t, i=Py_ssize_t, kind="int *")
cpdef Curvature curvature_of(Tape tape)
@cython.locals(n=Py_ssize_t, i=Py_ssize_t, e=int, g="double *", live="char *", weight="double *", first="int *",
               target="int *")
cdef gradient_in_every_node(Tape tape, bytearray reached)
@cython.locals(h="double *", op=int, which=int, entry=int, slope=double)
cdef int bend(Curvature b, Value z, Py_ssize_t i) except -1
cdef double true_to(int op, int k, double slope, double bend) noexcept
@cython.locals(op=int)
cdef int bend_of_many(Curvature b, Value z, Py_ssize_t i) except -1
@cython.locals(copy=Value, k=Py_ssize_t, operands=tuple)
cdef list second_partials(Value z)
@cython.locals(tape=Tape, n=Py_ssize_t, i=Py_ssize_t, e=int, j=int, t="double *", moves="char *", dg="double *",
               turns="char *", weight="double *", first="int *", target="int *", kind="int *", reached="char *")
cpdef list adjoint_tangents(Curvature b, list tangents)
@cython.locals(tape=Tape, e=int, j=int, m=int, k=int, last=int, entry=int, kind=int, g=double, h="double *",
               weight="double *", target="int *")
cdef int turn_inputs(Curvature b, Py_ssize_t i, double *t, char *moves, double *dg, char *turns) except -1
cdef int cross(int j, int m, double g, double *t, char *moves, double *dg, char *turns) except -1
@cython.locals(z=Value, k=int, last=int, j=int, target="int *", weight="double *", dx=double, _=double)
cdef int turn_parts(Tape tape, Py_ssize_t i, double g, double *t, char *moves, double *dg, char *turns) except -1
@cython.locals(operands=tuple, n=Py_ssize_t, k=Py_ssize_t, e=int, j=int, target="int *", before="double *",
               change="double *", p=double, dp=double, x=double)
cdef int turn_factors(Tape tape, Py_ssize_t i, double g, double *t, char *moves, double *dg, char *turns) except -1
@cython.locals(k=Py_ssize_t, i=Py_ssize_t, j=int, m=int, slope=double, row=list)
cdef int turn_dense(list rows, int *target, int e, double g, double *t, char *moves, double *dg, char *turns) except -1
