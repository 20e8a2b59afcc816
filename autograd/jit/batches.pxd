# The types that batches.py is compiled with.
cimport cython
from autograd.jit.recording.arguments cimport Arrays, Call
from autograd.jit.evaluation cimport Evaluation
from autograd.jit.recording.recordings cimport Entry, Recording

@cython.locals(common=Arrays, call=Call)
cdef Call call_of(object jitted, str name, tuple args, dict kwargs)

@cython.locals(call=Call, run=BatchRun)
cpdef object reduced(object jitted, str name, tuple args, dict kwargs)

cdef class BatchRun:
    cdef public object jitted, view, eager
    cdef double seed
    cdef bint gradient
    cdef public list done, alone
    cdef public Call call
    cdef Entry entry

    @cython.locals(n=Py_ssize_t, k=Py_ssize_t, most=Py_ssize_t, before=Py_ssize_t, entry=Entry, anew=bint)
    cpdef all_rows(self, list values)
    cdef by_new_path(self, left, list values)
    @cython.locals(n=Py_ssize_t)
    cdef by_path(self, recording, rows, list values)
    cdef tuple run(self, machine, Recording recording, rows, Py_ssize_t n, found, state)
    cdef int keep(self, original, Recording recording, rows, out, found, list values) except -1
    cdef int eagerly(self, rows) except -1
    cdef added_up(self, str name)
    @cython.locals(evaluation=Evaluation, arguments=Call, values=list)
    cdef list finished(self, Recording recording, rows, tuple out)
    cpdef columns(self, list values)
    cpdef in_one_piece(self, list values)
    cpdef tuple put_in_order(self, str name, list values)

cdef bint operands_exist(Recording recording) except -1
cdef bint by_the_way_back(Recording recording) except -1
cdef int only_active(list roots) except -2
cdef list weights_of_one(list roots, double seed)
