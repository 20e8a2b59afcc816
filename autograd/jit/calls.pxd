# The types that calls.py is compiled with.
cimport cython
from autograd.jit.arguments cimport Call
from autograd.jit.evaluation cimport Evaluation
from autograd.jit.recordings cimport Entry, Recording
from autograd.value cimport Value

@cython.locals(arguments=Call, entry=Entry, recording=Recording)
cpdef object called(object jitted, tuple args, dict kwargs)
@cython.locals(recording=Recording)
cdef object called_anew(object jitted, Entry entry, Call arguments)
cpdef bint bypassed() except -1
cpdef bint gradient_wanted() except -1
@cython.locals(entry=Entry)
cpdef Entry known(object jitted, Call arguments)
@cython.locals(values=list, operands=tuple)
cdef object finished(Recording recording, machine, room, Call arguments)
@cython.locals(operands=tuple, numbers=list)
cpdef tuple operands_of(Recording recording, Call arguments)
@cython.locals(made=Value, k=Py_ssize_t)
cpdef list as_nodes(Evaluation evaluation, list values)
