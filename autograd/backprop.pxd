# The types that backprop.py is compiled with.
cimport cython
from autograd.value cimport Value

@cython.locals(root=Value)
cpdef backward(root)
@cython.locals(stack=list, z=Value)
cdef count_users(Value root)
cdef int count(Value x, list stack) except -1
@cython.locals(ready=list, z=Value, g=double, partials="double *", i=Py_ssize_t)
cdef hand_down(Value root)
cdef int give(Value x, double share, list ready) except -1
