# The types that reductions.py is compiled with.
cimport cython
from libc.math cimport copysign, exp, fabs, log1p, sqrt
from cpython.list cimport PyList_GET_ITEM, PyList_GET_SIZE
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from autograd.value cimport Value

cdef extern from *:
    """
    /* of a class of lists, one that has no other items than are in it */
    static inline int is_plain_list(PyObject *x)
    {
        return PyList_Check(x) && Py_TYPE(x)->tp_iter == PyList_Type.tp_iter;
    }
    """
    bint is_list "is_plain_list"(object)

cdef inline object item(object operands, Py_ssize_t i, object x):
    Py_INCREF(x)
    PyTuple_SET_ITEM(operands, i, x)

cdef inline tuple interleaved(object start, object xs, object ys):
    cdef Py_ssize_t i, n = PyList_GET_SIZE(xs)
    cdef tuple operands = PyTuple_New(2 * n + 1)
    item(operands, 0, start)
    for i in range(n):
        item(operands, 2 * i + 1, <object>PyList_GET_ITEM(xs, i))
        item(operands, 2 * i + 2, <object>PyList_GET_ITEM(ys, i))
    return operands

@cython.locals(i=Py_ssize_t, data=double, operands=tuple)
cpdef sum(values, start=*)
@cython.locals(n=Py_ssize_t, data=double, operands=tuple)
cpdef mean(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *")
cdef constant_partials(int op, double data, tuple operands, double partial)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *", data=double, x=double, y=double, operands=tuple)
cpdef dot(xs, ys, start=*)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *", before=double, after=double, operands=tuple)
cpdef prod(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, first=Py_ssize_t, weights="double *", top=double, total=double, data=double,
               x=double, operands=tuple)
cpdef logsumexp(values)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, shares="double *", top=double, nan=double, x=double, scale=double,
               total=double, length=double, data=double, operands=tuple)
cpdef norm(values)
cdef double SCALE_UP, SCALE_DOWN
cdef double scale_of(double top) noexcept
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, ties=int, partials="double *", best=double, _=double, operands=tuple)
cdef extreme(int op, int of_two, str name, values)
cpdef list softmax(values)
cdef function_exp(x)
@cython.locals(partials="double *", data=double, dx=double, dy=double, dw=double, operands=tuple)
cdef ternary(int op, x, y, w)
cdef tuple values_in(tuple operands)
cdef bint any_value(tuple operands)
cdef tuple at_least_one(str name, values)
