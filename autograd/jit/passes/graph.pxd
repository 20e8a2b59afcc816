# The types that graph.py is compiled with.
cimport cython
from cpython.array cimport array, clone, resize
from libc.string cimport memcpy

cpdef enum:
    CONSTANT = -1
    INPUT = -2
    CAPTURED = -3

cdef extern from *:
    """
    #define SPREAD 0x9E3779B97F4A7C15ULL
    #define WORD 0xFFFFFFFFFFFFFFFFULL
    """
    const unsigned long long SPREAD, WORD

cdef array CHARS, CODES, INTS, LONGS, REALS

cdef inline array room(array kind, Py_ssize_t n):
    return clone(kind, n, False)

cdef inline array zeroed(array kind, Py_ssize_t n):
    return clone(kind, n, True)

cdef inline array resized(array a, Py_ssize_t n):
    resize(a, n)
    return a

cdef inline signed char *chars_in(array a) noexcept:
    return a.data.as_schars

cdef inline short *codes_in(array a) noexcept:
    return a.data.as_shorts

cdef inline int *ints_in(array a) noexcept:
    return a.data.as_ints

cdef inline long long *longs_in(array a) noexcept:
    return a.data.as_longlongs

cdef inline double *reals_in(array a) noexcept:
    return a.data.as_doubles

cdef inline unsigned long long bits(double x) noexcept:
    cdef unsigned long long b
    memcpy(&b, &x, sizeof(b))
    return b

cpdef array codes(Py_ssize_t n)
cpdef array ints(Py_ssize_t n)
cpdef array longs(Py_ssize_t n)
cpdef array reals(Py_ssize_t n)
cpdef array zeros(Py_ssize_t n)
cpdef array zero_chars(Py_ssize_t n)
@cython.locals(i=Py_ssize_t, count=Py_ssize_t, code="short *")
cdef Py_ssize_t count_operations(array op, Py_ssize_t n)
