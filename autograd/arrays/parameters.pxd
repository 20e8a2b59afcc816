# The types that parameters.py is compiled with.
cimport cython
from cpython.object cimport PyObject
from libc.string cimport memcmp
from autograd.arrays.arena cimport Arena
from autograd.value cimport Value

cdef extern from "Python.h":
    PyObject **PySequence_Fast_ITEMS(list)

cdef inline bint same_objects(list a, list b):
    if not a:  # an empty list has no items to point at
        return True
    return memcmp(PySequence_Fast_ITEMS(a), PySequence_Fast_ITEMS(b), len(a) * sizeof(PyObject *)) == 0

cpdef bint only_values(items)
@cython.locals(p=Value)
cpdef bint only_leaves(list values)
@cython.locals(p=Value, i=Py_ssize_t, at="double[::1]")
cpdef numbers_of(values)
@cython.locals(p=Value)
cpdef zero_gradients(list parameters, Arena arena=*)
@cython.locals(p=Value)
cpdef descend(list parameters, double rate, double decay, Arena arena=*)
@cython.locals(p=Value, i=Py_ssize_t, g=double, m=double)
cpdef descend_with_momentum(list parameters, double rate, double decay, double momentum, bint nesterov,
                            double[::1] buffer, Arena arena=*)
@cython.locals(p=Value, i=Py_ssize_t, g=double, m=double, v=double)
cpdef adapt(list parameters, double rate, double root, double eps, double decay, double shrink,
            double beta1, double beta2, double[::1] ms, double[::1] vs, Arena arena=*)
cdef bint leads(Arena arena, list parameters) except -1
cpdef bint same(list parameters, list others)
cdef int check_memory(list parameters, double[::1] memory, str name) except -1
