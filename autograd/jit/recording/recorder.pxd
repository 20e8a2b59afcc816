# The types that recorder.py is compiled with.
cimport cython
from autograd.jit.recording.arguments cimport Call

cdef class Recorder:
    cdef public list tape, guards, foreign, lines
    cdef public object refusals
    cdef public dict named
    cdef list _leaves
    cdef set _known
    cdef Py_ssize_t _hashed

cdef class Attempt:
    cdef public object recording, watch, output, leaves, outside, imported

    cpdef bint settled(self)

@cython.locals(recorder=Recorder)
cpdef attempted(f, Call call, list numbers)
cpdef eagerly(f, Call call, list numbers, bint stand_ins=*)
cdef list _shared(Call call, list leaves)
cdef dict _parts(tuple args, dict kwargs)
@cython.locals(before=Call, after=Call)
cdef _changed(dict given, dict now)
