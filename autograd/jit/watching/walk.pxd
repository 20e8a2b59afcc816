# The types that walk.py is compiled with.
from autograd.jit.watching.watch cimport Observed

cdef class Walk:
    cdef public object visitor_of
    cdef object _named_in_module
    cdef public Observed watch
    cdef public set names, users_names, inner, unknown
    cdef public dict ran, unrun, generators, waiting, descriptors
    cdef public list modules, refused
    cdef public bint parts, suspected, theirs
    cdef list _stack
    cdef dict _seen, _visitors
    cdef set _inside

    cpdef push(self, x)
    cpdef push_all(self, items)
    cpdef bint met(self, x) except -1
    cpdef go(self)
    cpdef mention(self, names, bint by_user=*)
    cpdef wait(self, name, visit)
    cpdef when(self, name, visit)
