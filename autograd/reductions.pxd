# The types that reductions.py is compiled with.
cimport cython
from libc.math cimport exp, log1p
from autograd.value cimport Value

@cython.locals(i=Py_ssize_t, data=double, operands=tuple)
cpdef sum(values, start=*)
@cython.locals(n=Py_ssize_t, data=double, operands=tuple)
cpdef mean(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *")
cdef constant_partials(int op, double data, tuple operands, double partial)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *", data=double, x=double, y=double, operands=tuple)
cpdef dot(xs, ys, start=*)
@cython.locals(i=Py_ssize_t, operands=list)
cdef tuple interleaved(start, list xs, list ys)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *", before=double, after=double, operands=tuple)
cpdef prod(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, first=Py_ssize_t, weights="double *", top=double, total=double, data=double, x=double, operands=tuple)
cpdef logsumexp(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, ties=int, partials="double *", best=double, _=double, operands=tuple)
cdef extreme(int op, int of_two, str name, values)
cpdef list softmax(values)
cdef function_exp(x)
@cython.locals(partials="double *", data=double, dx=double, dy=double, dw=double, operands=tuple)
cdef ternary(int op, x, y, w)
cdef bint any_value(tuple operands)
cdef tuple at_least_one(str name, values)
