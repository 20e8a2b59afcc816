# The types that watch.py is compiled with.
cimport cython
from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.object cimport PyObject
from libc.string cimport memcmp

cdef extern from "Python.h":
    PyObject **PySequence_Fast_ITEMS(object)
    Py_ssize_t PySequence_Fast_GET_SIZE(object)
    PyObject *PyTuple_GET_ITEM(object, Py_ssize_t)
    Py_ssize_t PyDict_Size(object) except -1
    int PyDict_Next(object, Py_ssize_t *, PyObject **, PyObject **)
    PyObject *PyDict_GetItemWithError(object, object) except? NULL
    object PyObject_GenericGetDict(object, void *)
    PyObject *PyFunction_GET_CODE(object)
    PyObject *PyFunction_GET_DEFAULTS(object)
    PyObject *PyFunction_GET_KW_DEFAULTS(object)
    ctypedef struct PyTypeObject:
        PyObject *tp_dict

cdef inline bint same_items(object items, object seen):
    cdef Py_ssize_t n = PySequence_Fast_GET_SIZE(seen)
    if PySequence_Fast_GET_SIZE(items) != n:
        return False
    return not n or memcmp(PySequence_Fast_ITEMS(items), PySequence_Fast_ITEMS(seen), n * sizeof(PyObject *)) == 0

cdef inline bint same_entries(object items, object keys, object values) except -1:
    cdef Py_ssize_t at = 0, i = 0
    cdef PyObject *key
    cdef PyObject *value
    if PyDict_Size(items) != PySequence_Fast_GET_SIZE(keys):
        return False
    while PyDict_Next(items, &at, &key, &value):
        if value != PyTuple_GET_ITEM(values, i) or key != PyTuple_GET_ITEM(keys, i):
            return False
        i += 1
    return True

cdef inline bint same_name(object items, object name, object value, object missing) except -1:
    cdef PyObject *now = PyDict_GetItemWithError(items, name)
    if now is NULL:
        now = <PyObject *>missing
    return now == <PyObject *>value

cdef inline bint same_owner(object x, object kind, object attributes) except -1:
    if type(x) is not kind:
        return False
    return attributes is None or PyObject_GenericGetDict(x, NULL) is attributes

cdef inline bint same_or_absent(PyObject *now, object before):
    return now == <PyObject *>before or (now is NULL and before is None)

cdef inline bint same_function(object f, object code, object defaults, object keyword_defaults):
    return (
        PyFunction_GET_CODE(f) == <PyObject *>code
        and same_or_absent(PyFunction_GET_DEFAULTS(f), defaults)
        and same_or_absent(PyFunction_GET_KW_DEFAULTS(f), keyword_defaults)
    )

cdef inline object namespace(object cls):
    return <object>(<PyTypeObject *>cls).tp_dict

cdef inline bint same_memory(object array, object seen) except -1:
    cdef Py_buffer view
    try:
        PyObject_GetBuffer(array, &view, PyBUF_SIMPLE)
    except (BufferError, ValueError):
        return memory(array) == seen
    try:
        if view.len != PyBytes_GET_SIZE(seen):
            return False
        return not view.len or memcmp(view.buf, PyBytes_AS_STRING(seen), view.len) == 0
    finally:
        PyBuffer_Release(&view)

cdef class Watch:
    cdef public list lists, dicts, instances, names, cells, functions, attributes, classes, sets, arrays, randoms, held

cpdef str change(Watch watch)
cdef bint other_items(object items, tuple seen) except -1
cdef bint other_entries(object items, tuple keys, tuple values) except -1
@cython.locals(kind=type)
cdef bint alike(now, before) except -1
cpdef contents(cell)
cpdef form_of(array)
cpdef memory(array)
