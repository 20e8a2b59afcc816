# The types that objects.py is compiled with.
cimport cython
from autograd.jit.watching.walk cimport Walk

@cython.locals(named=dict)
cpdef attributes(Walk walk, x, names, bint users)
@cython.locals(everything=bint, mentioned=set)
cdef _fill(Walk walk, names, dict named, bint users)

cdef class _Later:
    cdef Walk walk
    cdef object names
    cdef dict named
