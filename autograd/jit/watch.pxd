# The types that watch.py is compiled with.
cimport cython

@cython.locals(items=list, seen=tuple, i=Py_ssize_t, n=Py_ssize_t)
cdef bint changed_list(items, seen) except -1
@cython.locals(i=Py_ssize_t, values=tuple, keys=tuple)
cdef bint changed_dict(dict items, tuple keys, tuple values) except -1
