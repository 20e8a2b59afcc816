# The types that structure.py is compiled with.
cimport cython
from autograd.value cimport Value

@cython.final
cdef class Structure:
    cdef readonly object kind, prototype
    cdef readonly tuple parts, keys
    cdef readonly Py_ssize_t count, size
    cdef Py_hash_t hashed

    cpdef tuple all_parts(self)

cdef class Reader:
    cdef public list leaves, values

    cpdef Structure read(self, tree, str name)
    cpdef str path(self, str name, key)
    cpdef tuple attributes(self, tree)
    cpdef bint bare(self, tree) except -1
    cpdef Structure item(self, x, str name, int depth)
    cpdef Structure other(self, x, str name)

@cython.locals(i=Py_ssize_t)
cdef bint same(Structure a, Structure b) except -1
@cython.locals(i=Py_ssize_t)
cdef bint same_keys(tuple a, tuple b) except -1
cpdef Structure structure_of(Reader reader, tree, str name, int depth)
@cython.locals(parts=list, size=Py_ssize_t, k=Py_ssize_t, alike=bint, part=Structure, one=Structure, first=Structure,
               leaves=list, values=list)
cpdef Structure items_of(Reader reader, kind, items, tuple keys, prototype, str name, int depth)
cdef bint flat(Reader reader, items) except -1
cpdef put_together(Structure structure, list leaves, other=*)
@cython.locals(parts=list)
cdef built(Structure structure, leaves, array, other)
cpdef container(Structure structure, list parts)
