# The types that arguments.py is compiled with.
cimport cython
from autograd.differentiation.structure cimport Reader, Structure

@cython.final
cdef class Call:
    cdef public Structure structure
    cdef public tuple key, same
    cdef public list objects, numbers, active, tables, spans
    cdef public object n, given

    @cython.locals(call=Call)
    cpdef Call with_numbers(self, list more)
    @cython.locals(call=Call)
    cpdef Call on(self, list numbers)

@cython.locals(n=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, found=tuple)
cdef tuple repeated(list leaves, list values)

cdef class Arguments(Reader):
    cdef public list objects, tables, spans
    cdef public object n

    cpdef Structure all(self, tuple args, dict kwargs)
    cpdef tuple attributes(self, tree)
    cpdef bint bare(self, tree) except -1
    @cython.locals(named=Structure)
    cpdef Structure joined(self, Structure positional, dict kwargs)
    cpdef str path(self, str name, key)
    cpdef Structure other(self, x, str name)
    @cython.locals(items=Structure)
    cdef Structure array(self, x)

    cpdef beside(self, x)

cdef class WithoutCaches(Arguments):
    cpdef tuple attributes(self, tree)

cdef class Rows(Arguments):
    cdef str method
    cdef public bint floats
    cdef public list kinds

    cpdef str path(self, str name, key)
    cpdef tuple attributes(self, tree)
    cdef of_rows(self, x, rows)
    cpdef Structure item(self, x, str name, int depth)
    cdef array_of(self, x, str name)
    @cython.locals(floats=bint, width=Py_ssize_t, shape=tuple)
    cpdef Structure table(self, source, str name)
    cpdef given(self, tuple args, dict kwargs)

cdef class Arrays:
    cdef Call call
    cdef list shapes

    @cython.locals(k=Py_ssize_t, call=Call, shape=tuple)
    cpdef Call again(self, tuple args)

@cython.locals(common=Call, k=Py_ssize_t)
cpdef Arrays arrays_of(Call call, tuple args)
cpdef Call single(tuple args, dict kwargs)
cpdef Call single_part(x)
cpdef bint is_plain(x) except -1
cpdef Call batch(str name, tuple args, dict kwargs)
