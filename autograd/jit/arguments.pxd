# The types that arguments.py is compiled with.
cimport cython
from autograd.value cimport Value

cdef class Call:
    cdef public list key, names, objects, numbers, active, tables, spans
    cdef public object n

cpdef Call single(tuple args, dict kwargs)
cpdef Call batch(str name, tuple args, dict kwargs)
cdef int take_apart(Call call, x) except -1
cdef int add_value(Call call, Value x) except -1
cdef int array_apart(Call call, x) except -1
cdef int rows_apart(Call call, x, str name, place) except -1
@cython.locals(floats=bint, lists=bint, width=Py_ssize_t, shape=tuple)
cdef int table_apart(Call call, x, lists, str name, place) except -1
