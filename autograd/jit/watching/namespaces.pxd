# The types that namespaces.py is compiled with.
cimport cython
from autograd.jit.watching.walk cimport Walk

cpdef bint started(Walk walk, int origin, code, function, space) except -1
cpdef function(Walk walk, f)
cpdef parts_of(Walk walk, f)
@cython.locals(origin=int)
cpdef function_that_ran(Walk walk, f)
cdef _globals_of(Walk walk, int origin, space, tuple names)
@cython.locals(named=dict, hidden=dict)
cdef _users_globals(Walk walk, space, tuple names)
@cython.locals(named=dict)
cpdef named_in_space(Walk walk, space, name)
cdef dict _space(Walk walk, space)
cdef _standard_globals(Walk walk, space, names)
cdef _imported(Walk walk, tuple names, package)
cdef bint _is_of_a_module(space) except -1
cdef _computed(Walk walk, code, int origin, space)
cpdef named_in_module(Walk walk, m, int origin, names)
