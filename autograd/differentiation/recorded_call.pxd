# The types that recorded_call.py is compiled with.

cdef class RecordedCall:
    cdef public list weights

    cpdef int weigh(self, Py_ssize_t k, double weight) except -1
    cpdef Py_ssize_t count(self) except -1
    cpdef object partials(self, Py_ssize_t k)
    cpdef object pulled(self, list weights)
    cpdef bint is_ahead(self) except -1
    cpdef bint add_to_arena(self, partials) except -1
    cpdef object reaches(self, list weights)
    cpdef list pushed(self, list tangents)
    cpdef list pulled_values(self, list weights)
    cpdef list pushed_values(self, list tangents)
