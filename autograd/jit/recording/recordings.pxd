# The types that recordings.py is compiled with.
from autograd.jit.recording.arguments cimport Call

cdef class Entry:
    cdef public object watch
    cdef public list recordings, held
    cdef public Py_ssize_t calls, due, hits, misses

    cpdef Py_ssize_t tries(self)
    cpdef int served(self, Py_ssize_t k) except -1

cdef class Recording:
    cdef public object graph, results, inputs, nodes, settings, lines, origin
    cdef public tuple captured, active
    cdef public list counts
    cdef public dict machines, derivatives
    cdef public set compared

cpdef object machine_of(Recording recording, Call call)
cpdef object single_machine(Recording recording)
cdef object new_machine(Recording recording, tuple spans)
