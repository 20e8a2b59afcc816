# The types that evaluation.py is compiled with.
cimport cython
from autograd.jit.recording.arguments cimport Call
from autograd.jit.recording.recordings cimport Recording
from autograd.value cimport Value

cdef class Evaluation:
    cdef public Recording recording
    cdef public object machine, room, rows, sums, kept
    cdef public Call arguments
    cdef public tuple operands
    cdef public bint batch
    cdef public double factor
    cdef public dict units
    cdef public list weights

    cpdef Evaluation over(self, rows, sums, double factor)
    cpdef int prepared(self) except -1
    cdef run_rows(self, machine, captured, Call arguments, weights)
    cpdef captured_numbers(self)
    cpdef int weigh(self, Py_ssize_t k, double weight) except -1
    cpdef object partials(self, Py_ssize_t k)
    @cython.locals(k=Py_ssize_t, weight=double)
    cpdef object pulled(self, list weights)
    cdef object derived_numbers(self, list weights)
    @cython.locals(i=Py_ssize_t)
    cdef object by_program(self, list weights)
    cdef object second_derivatives(self, list weights)
    @cython.locals(k=Py_ssize_t, recording=Recording, operands=list)
    cdef tuple along(self, list weights)
    cdef int check(self, sums) except -1
    cdef int check_rows(self) except -1
    @cython.locals(i=Py_ssize_t, n=Py_ssize_t, recording=Recording, arguments=Call, open_sums=bint)
    cpdef tuple exact(self, list weights)
    cpdef list results(self)
    @cython.locals(k=Py_ssize_t, recording=Recording)
    cpdef list pulled_values(self, list weights)
    @cython.locals(evaluation=Evaluation, arguments=Call)
    cdef Evaluation derived(self, Recording recording, list seeds)
    @cython.locals(made=Value, k=Py_ssize_t)
    cdef list as_values(self, Evaluation evaluation, list reached, list values)

@cython.locals(i=Py_ssize_t)
cdef object scaled(object partials, double factor, Py_ssize_t n)
