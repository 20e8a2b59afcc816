# The types that watch.py is compiled with.
cimport cython

cdef extern from "watch.h":
    ctypedef struct places:
        pass
    Py_ssize_t next_suspect_place(places *, Py_ssize_t, object) noexcept
    int set_place(places *, Py_ssize_t, int, object, object, object) except -1
    void free_places(places *)
    bint has_attributes(object)
    int same_bytes(object, object)
    object PyObject_GenericGetDict(object, void *)

cpdef enum:  # numbered as the places in watch.h
    OTHER = 0
    INSTANCE = 1
    SPACE = 2
    MAP = 3
    CLASS = 4
    LIST = 5
    CELL = 6
    FUNCTION = 7
    GUEST = 8
    ITEMS = 9
    SLOT = 10
    ARRAY = 11
    STATE = 12

cdef class Observed:
    cdef places fast
    cdef list entries
    cdef dict index
    cdef public set names
    cdef public bint everything
    cdef list weights
    cdef long long changes
    cpdef add(self, tuple entry)
    cpdef replace(self, Py_ssize_t i, tuple entry)
    cpdef correct(self, Py_ssize_t i, tuple entry)
    cpdef known(self, int kind, x)
    cpdef position(self, tuple entry)

cdef inline int set_up(Observed watch, Py_ssize_t i, int kind, object a, object b, object c) except -1:
    return set_place(&watch.fast, i, kind, a, b, c)

cdef inline void let_go(Observed watch) noexcept:
    free_places(&watch.fast)

cdef inline Py_ssize_t next_suspect(Observed watch, Py_ssize_t i, object missing) noexcept:
    return next_suspect_place(&watch.fast, i, missing)

cpdef inline attributes_of(x):
    return PyObject_GenericGetDict(x, NULL) if has_attributes(x) else None

cdef long long weight_changes

@cython.locals(kind=int)
cdef tuple key_of(tuple entry)
@cython.locals(kind=int)
cdef mirror(Observed watch, Py_ssize_t i, tuple entry)
@cython.locals(i=Py_ssize_t)
cpdef str change(Observed watch)
@cython.locals(kind=int)
cdef tuple renewed(tuple entry)
@cython.locals(kind=int)
cpdef str difference(Observed watch, tuple entry)
cdef str instance_difference(Observed watch, object x, object kind, object attributes, dict named, bint users)
@cython.locals(found=Py_ssize_t)
cdef str named_difference(object now, dict named, object names, bint everything)
@cython.locals(everything=bint)
cdef str class_difference(Observed watch, object cls, tuple bases, dict named, bint users)
cpdef bint is_special(str name)
cdef str function_difference(object f, object code, object defaults, object keyword_defaults)
@cython.locals(same=int)
cdef str array_difference(object array, object form, bytes seen)
@cython.locals(i=Py_ssize_t)
cdef str map_difference(object items, tuple keys, tuple values)
@cython.locals(i=Py_ssize_t)
cdef bint other_items(object items, tuple seen) except -1
@cython.locals(kind=type)
cpdef bint alike(now, before) except -1
cpdef contents(cell)
cpdef form_of(array)
cpdef memory(array)
