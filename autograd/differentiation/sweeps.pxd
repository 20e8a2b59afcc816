# The types that sweeps.py is compiled with.
cimport cython
from cpython.bytearray cimport PyByteArray_AS_STRING
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.differentiation.tape cimport Tape
from autograd.value cimport Value

cdef inline char* flags(bytearray room) noexcept:
    return PyByteArray_AS_STRING(room)

@cython.locals(i=Py_ssize_t, numbers="double *")
cdef sums(Py_ssize_t n)
@cython.locals(i=Py_ssize_t, k=Py_ssize_t)
cdef int start(tuple places, list numbers, double *totals, char *live) except -1
@cython.locals(i=Py_ssize_t, k=Py_ssize_t)
cdef list started(Tape tape, tuple places, list numbers)
@cython.locals(n=Py_ssize_t, i=Py_ssize_t, e=int, j=int, g="double *", weight="double *", live="char *", first="int *",
               target="int *")
cpdef list pulled(Tape tape, list weights)
@cython.locals(z=Value, e=int, j=int, k=int, n=Py_ssize_t, partial=double, partials="double *", evaluation=RecordedCall,
               target="int *")
cdef bint pulled_through(Tape tape, Py_ssize_t i, double *g, char *live, dict weighed) except -1
cdef list weights_of(dict weighed, int j, Value call)
@cython.locals(n=Py_ssize_t, i=Py_ssize_t, t="double *", live="char *")
cpdef list pushed(Tape tape, list tangents)
@cython.locals(i=Py_ssize_t, k=Py_ssize_t, e=int, j=int, weight="double *", first="int *", target="int *")
cdef int push_tangents(Tape tape, list tangents, double *t, char *live) except -1
@cython.locals(z=Value, e=int, j=int, target="int *")
cdef bint pushed_through(Tape tape, Py_ssize_t i, double *t, char *live, dict moved) except -1
@cython.locals(k=Py_ssize_t, first=Py_ssize_t, weights=list, shares=list, places=list, again=list)
cpdef list pulled_from_call(Value y, list variables)
@cython.locals(x=Value, marked=int, leaves=bint)
cdef bint operands_of_leaves(tuple operands, list variables, list places, list again) except -1
cdef list weights_of_results(list g, int j, Value call)
@cython.locals(i=Py_ssize_t, k=Py_ssize_t, e=int, j=int, g=list, z=Value, partials=list, first="int *", target="int *")
cpdef list pulled_values(Tape tape, list weights)
@cython.locals(i=Py_ssize_t, values=list)
cpdef list as_values(list found, places)
@cython.locals(i=Py_ssize_t, k=Py_ssize_t, e=int, j=int, t=list, z=Value, partials=list, first="int *", target="int *")
cpdef list pushed_values(Tape tape, list tangents)
cdef plus(a, b)
cdef times(g, p)
@cython.locals(slope=double, place=int, step=bint)
cdef partial(Value z, int k)
@cython.locals(k=Py_ssize_t, z=Value, op=int, operands=tuple, partials=list, first="int *", target="int *")
cdef list partials_of_many(Tape tape, Py_ssize_t i)
@cython.locals(weight=double, dx=double, dy=double, _=double)
cdef partial_of_many(Value z, int op, tuple operands, Py_ssize_t k)
@cython.locals(k=Py_ssize_t, partials=list)
cdef list partials_of_product(tuple operands)
cdef operand(x)
