# The types that recorded_pass.py is compiled with.
cimport cython
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.node cimport Node

@cython.locals(operands=tuple, n=Py_ssize_t, i=Py_ssize_t, partials="double *", x=Node, evaluation=RecordedCall)
cdef tuple partials_of_call(Node z)
@cython.locals(evaluation=RecordedCall)
cdef bint is_made_in_arena(Node root) except -1
