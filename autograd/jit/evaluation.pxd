# The types that evaluation.py is compiled with.
cimport cython
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.jit.recording.arguments cimport Call
from autograd.jit.recording.recordings cimport Recording
from autograd.value cimport Value

cdef class Evaluation(RecordedCall):
    cdef public Recording recording
    cdef public object machine, room, rows, sums, kept
    cdef public list copies
    cdef public Evaluation source
    cdef public Call arguments
    cdef public tuple operands
    cdef public bint batch
    cdef public double factor
    cdef public dict units

    cpdef Evaluation over(self, rows, sums, double factor)
    cpdef int prepared(self) except -1
    cdef run_rows(self, machine, captured, Call arguments, weights)
    cpdef captured_numbers(self)
    cpdef Py_ssize_t count(self) except -1
    cpdef object partials(self, Py_ssize_t k)
    @cython.locals(k=Py_ssize_t, seeded=Py_ssize_t, weight=double)
    cpdef object pulled(self, list weights)
    cpdef bint is_ahead(self) except -1
    cpdef bint add_to_arena(self, partials) except -1
    cdef object derived_numbers(self, list weights)
    @cython.locals(i=Py_ssize_t)
    cdef object by_program(self, list weights)
    cdef object second_derivatives(self, list weights)
    @cython.locals(k=Py_ssize_t, recording=Recording)
    cdef tuple along(self, list weights)
    cdef int check(self, sums) except -1
    @cython.locals(first=Evaluation)
    cdef int check_rows(self) except -1
    cpdef object reaches(self, list weights)
    cpdef list pushed(self, list tangents)
    @cython.locals(i=Py_ssize_t, n=Py_ssize_t, recording=Recording, arguments=Call, open_sums=bint)
    cpdef tuple exact(self, list weights)
    cpdef list results(self)
    @cython.locals(k=Py_ssize_t, recording=Recording)
    cpdef list pulled_values(self, list weights)
    @cython.locals(k=Py_ssize_t, recording=Recording, evaluation=Evaluation)
    cpdef list pushed_values(self, list tangents)
    @cython.locals(evaluation=Evaluation, arguments=Call)
    cdef Evaluation derived(self, Recording recording, list seeds)

@cython.locals(made=Value, i=Py_ssize_t, k=Py_ssize_t)
cdef list as_nodes(Evaluation evaluation, list reached, numbers)

@cython.locals(i=Py_ssize_t)
cdef object scaled(object partials, double factor, Py_ssize_t n)
