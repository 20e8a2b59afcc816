# The types that simplifying.py is compiled with.
cimport cython
from autograd.jit.passes.building cimport Builder
from autograd.value cimport Value

cdef dict _RELATIONS

@cython.locals(b=Builder, z=Value, k=int, numbers="int *")
cpdef simplified(list tape, list inputs, list roots, list guards)
@cython.locals(b=Builder, z=Value)
cpdef part(list nodes, list inputs, list roots)
@cython.locals(z=Value)
cdef int read_in(Builder b, list inputs, list nodes) except -1
@cython.locals(z=Value)
cdef int place(Builder b, x) except -1
@cython.locals(form=int, code=int, k=int, i=int, operands=tuple)
cdef int node(Builder b, Value z) except -1
