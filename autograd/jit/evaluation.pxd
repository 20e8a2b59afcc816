# The types that evaluation.py is compiled with.
cimport cython
from autograd.jit.arguments cimport Call
from autograd.jit.recordings cimport Recording

cdef class Evaluation:
    cdef public Recording recording
    cdef public object machine, room, rows, sums
    cdef public Call arguments
    cdef public tuple operands
    cdef public double factor
    cdef public dict units
    cdef public list weights

    cpdef int weigh(self, Py_ssize_t k, double weight) except -1
    cpdef object partials(self, Py_ssize_t k)
    @cython.locals(k=Py_ssize_t, weight=double)
    cpdef object pulled(self, list weights)
    cdef object derived_numbers(self, list weights)

@cython.locals(i=Py_ssize_t)
cdef object scaled(object partials, double factor, Py_ssize_t n)
