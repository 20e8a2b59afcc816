# The types that batches.py is compiled with.
cimport cython
from autograd.jit.arguments cimport Call
from autograd.jit.evaluation cimport Evaluation
from autograd.jit.recordings cimport Entry, Recording

@cython.locals(call=Call, run=Batch, parts=list)
cpdef object reduced(object jitted, str name, tuple args, dict kwargs)

cdef class Batch:
    cdef object jitted
    cdef Call call
    cdef double seed
    cdef bint gradient
    cdef list done, alone
    cdef Entry entry

    cdef all_rows(self, list values)
    cdef by_new_path(self, left, list values)
    @cython.locals(n=Py_ssize_t)
    cdef by_path(self, Recording recording, rows, list values)
    cdef tuple run(self, machine, Recording recording, rows, Py_ssize_t n, found, state)
    cdef int keep(self, Recording recording, rows, out, found, list values) except -1
    @cython.locals(evaluation=Evaluation, arguments=Call, values=list)
    cdef finished(self, Recording recording, rows, tuple out)
    cdef eager(self, row)

cdef bint operands_exist(Recording recording) except -1
cdef int only_active(list roots) except -2
cdef list weights_of_one(list roots, double seed)
