# The types that nesting.py is compiled with.
cimport cython
from autograd.differentiation.structure cimport Reader, Structure
from autograd.jit.recording.arguments cimport Call

cdef class Results(Reader):
    cdef public list fixed
    cdef public Structure structure

    cpdef str path(self, str name, key)
    cpdef tuple attributes(self, tree)
    cpdef bint bare(self, tree) except -1
    cpdef Structure other(self, x, str name)
    @cython.locals(items=Structure, part=Structure)
    cdef Structure array(self, x)
    cpdef list released(self)
    @cython.locals(k=Py_ssize_t, leaves=list, fixed=list)
    cpdef make(self, list values)
