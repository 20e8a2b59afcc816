# The types that calls.py is compiled with.
cimport cython
from autograd.jit.recording.arguments cimport Call
from autograd.jit.evaluation cimport Evaluation
from autograd.jit.recording.recordings cimport Entry, Recording
from autograd.value cimport Value

@cython.locals(arguments=Call, entry=Entry, recording=Recording, k=Py_ssize_t, most=Py_ssize_t)
cpdef object called(object jitted, tuple args, dict kwargs)
@cython.locals(recording=Recording)
cdef object called_anew(object jitted, Entry entry, Call arguments)
@cython.locals(recording=Recording)
cpdef int check(object jitted, Entry entry, Call arguments, list numbers, Call given=*) except -1
cpdef bint bypassed() except -1
cpdef bint gradient_wanted() except -1
@cython.locals(entry=Entry, changed=str)
cpdef Entry known(object jitted, Call arguments)
@cython.locals(values=list, operands=tuple)
cdef object finished(Recording recording, machine, room, Call arguments)
@cython.locals(operands=tuple, numbers=list)
cpdef tuple operands_of(Recording recording, Call arguments)
@cython.locals(made=Value, k=Py_ssize_t)
cpdef list as_nodes(Evaluation evaluation, list values)
