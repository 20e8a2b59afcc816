# The types that inner.py is compiled with.
cimport cython
from autograd.value cimport Value

@cython.locals(op="short *", first="int *", args="int *", numbers="double *", n=int, i=int, j=int, start=int, count=int)
cdef list nodes_of(graph, list inputs, list known)
cdef several(int op, list xs)
