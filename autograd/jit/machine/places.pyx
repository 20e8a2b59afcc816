# cython: boundscheck=False, wraparound=False, cdivision=True, language_level=3
"""Where numbers lie: arrays of places, which of them lie side by side, so that they are copied at once, and copies."""

from cpython.array cimport array, clone, resize
from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from libc.string cimport memcmp

cdef array REALS = array("d"), INTS = array("i")
NO_INTS = INTS


cdef array reals(Py_ssize_t n):
    return clone(REALS, n, False)


cdef array as_ints(list items):
    cdef Py_ssize_t i
    cdef array found = clone(INTS, len(items), False)
    for i in range(len(items)):
        found.data.as_ints[i] = items[i]
    return found


cdef int[::1] view_of(ints):
    """A view of an array, which keeps its length while there is one; of empty ones there is one for all."""
    if not ints:
        return NO_INTS
    return ints


cdef const double *beginning(table, Py_ssize_t *size) except NULL:
    """Where the numbers of a contiguous array begin, and how many bytes they are; whoever asks holds the array."""
    cdef Py_buffer view
    PyObject_GetBuffer(table, &view, PyBUF_SIMPLE)
    cdef const double *numbers = <const double *>view.buf
    if size:
        size[0] = view.len
    PyBuffer_Release(&view)
    return numbers


cdef array stretches(const int *places, Py_ssize_t length, Py_ssize_t step, Py_ssize_t first):
    """Where places lie side by side: (which is the first, its place, how many) for each such stretch of them."""
    cdef Py_ssize_t k = 0, start, end = 0, n = (length + step - 1 - first) // step
    cdef array found = clone(INTS, 3 * n, False)
    while k < n:
        start = k
        k += 1
        while k < n and places[k * step + first] == places[start * step + first] + k - start:
            k += 1
        found.data.as_ints[end] = start
        found.data.as_ints[end + 1] = places[start * step + first]
        found.data.as_ints[end + 2] = k - start
        end += 3
    resize(found, end)
    return found


cdef array runs(int[::1] order, int[::1] others):
    """Where places and the others' numbers go up together: (the number, the first place, how many) for each such run.

    Arguments:
        order: which of the others is at each place, -1 for none. others: their numbers, None where they count from 0.
    """
    cdef array found = clone(INTS, 0, False)
    cdef Py_ssize_t first = -1, begin = 0, count = 0, place, other
    for place in range(order.shape[0]):
        if order[place] < 0:
            continue
        other = order[place] if others is None else others[order[place]]
        if count and place == first + count and other == begin + count:
            count += 1
            continue
        if count:
            found.extend((begin, first, count))
        first, begin, count = place, other, 1
    if count:
        found.extend((begin, first, count))
    return found


def copies_of(list tables, Py_ssize_t most):
    """What the tables hold, as bytes; None where it is more than so many of them."""
    cdef list copies = []
    cdef Py_ssize_t size
    cdef const double *numbers
    for table in tables:
        numbers = beginning(table, &size)
        most -= size
        if most < 0:
            return None
        copies.append(PyBytes_FromStringAndSize(<const char *>numbers, size))
    return copies


def are_copies(list copies, list tables):
    """Whether the tables still hold this."""
    cdef Py_ssize_t k, size
    cdef const double *numbers
    for k in range(len(copies)):
        numbers = beginning(tables[k], &size)
        if len(<bytes>copies[k]) != size or memcmp(numbers, PyBytes_AS_STRING(<bytes>copies[k]), size) != 0:
            return False
    return True
