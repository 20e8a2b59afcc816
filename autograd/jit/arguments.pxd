# The types that arguments.py is compiled with.
cimport cython
from autograd.value cimport Value

cdef extern from "Python.h":
    int Py_EnterRecursiveCall(const char *)
    void come_back "Py_LeaveRecursiveCall"()

cdef inline int go_deeper() except -1:
    # with an exception set it gives 1 or -1, as the version of Python pleases
    return -1 if Py_EnterRecursiveCall(" while taking the arguments of a recorded function apart") else 0

cdef class Call:
    cdef public list key, names, objects, numbers, active, tables, spans
    cdef public object n

cpdef Call single(tuple args, dict kwargs)
cpdef Call batch(str name, tuple args, dict kwargs)
cdef int take_apart(Call call, x) except -1
cdef int all_apart(Call call, items) except -1
cdef int add_value(Call call, Value x) except -1
cdef int array_apart(Call call, x) except -1
cdef int all_rows_apart(Call call, items, str name, place) except -1
cdef int rows_apart(Call call, x, str name, place) except -1
@cython.locals(floats=bint, lists=bint, width=Py_ssize_t, shape=tuple)
cdef int table_apart(Call call, x, lists, str name, place) except -1
