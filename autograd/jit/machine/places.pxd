# Where numbers lie, for the machine in C: see places.pyx.
from cpython.array cimport array
from libc.string cimport memcpy

cdef int[::1] NO_INTS

cdef array reals(Py_ssize_t n)
cdef array as_ints(list items)
cdef int[::1] view_of(ints)
cdef const double *beginning(table, Py_ssize_t *size) except NULL
cdef array stretches(const int *places, Py_ssize_t length, Py_ssize_t step, Py_ssize_t first)
cdef array runs(int[::1] order, int[::1] others)

cdef inline void copy(double *to, const double *numbers, const int *stretches, Py_ssize_t n) noexcept:
    """Copy numbers as stretches say: where to, from where, how many, for each of them."""
    cdef Py_ssize_t i
    for i in range(0, n, 3):
        memcpy(to + stretches[i], numbers + stretches[i + 1], stretches[i + 2] * sizeof(double))
