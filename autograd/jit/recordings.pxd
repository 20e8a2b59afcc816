# The types that recordings.py is compiled with.
from autograd.jit.arguments cimport Call

cdef class Entry:
    cdef public object watch
    cdef public list recordings, held

cdef class Recording:
    cdef public object graph, results, inputs, nodes, settings
    cdef public tuple captured, active
    cdef public list lines, counts
    cdef public dict machines, alone

cdef class Recipe:
    cdef public Recording recording
    cdef public Call call
    cdef public Py_ssize_t root
    cdef public object rows
    cdef public double seed

cpdef object machine_of(Recording recording, Call call)
cdef object new_machine(Recording recording, tuple spans)
