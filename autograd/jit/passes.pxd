# The types that passes.py is compiled with.
cimport cython
from libc.string cimport memcpy

cdef inline long long bits(double x) noexcept:
    cdef long long b
    memcpy(&b, &x, sizeof(b))
    return b

@cython.locals(i=int, j=int, k=int, m=int, end=int, code=int, x=int, y=int, w=int, there=int, value=double, number=double, h="long long", constant=bint)
cdef int share(int n, int[::1] op, int[::1] first, int[::1] args, double[::1] data, int[::1] new_op, int[::1] new_first, int[::1] new_args, double[::1] new_data, int[::1] place, int[::1] table, long long mask) except -1
cdef bint foldable(int code)
@cython.locals(z=double, dx=double, dy=double, dw=double)
cdef double folded(int code, int k, double x, double y, double w)
@cython.locals(j=int, h="unsigned long long")
cdef long long hashed(int code, int k, double value, int[::1] args, int start)
@cython.locals(j=int)
cdef bint same(int there, int code, int k, double value, int[::1] op, int[::1] first, int[::1] args, double[::1] data, int start)
@cython.locals(i=int, j=int)
cdef mark_live(int n, int[::1] first, int[::1] args, int[::1] wanted)
@cython.locals(i=int, j=int, m=int, end=int)
cdef int compact(int n, int[::1] op, int[::1] first, int[::1] args, double[::1] data, int[::1] wanted, int[::1] new_op, int[::1] new_first, int[::1] new_args, double[::1] new_data, int[::1] place) except -1
@cython.locals(i=int)
cdef number(int n, int[::1] op, double[::1] data, list captured, list kept)
@cython.locals(j=int)
cdef count_uses(int n, int[::1] first, int[::1] args, int[::1] uses)
@cython.locals(i=int, j=int, x=int, terms=int)
cdef int find_chains(int n, int[::1] op, int[::1] first, int[::1] args, int[::1] uses, int[::1] inside) except -1
@cython.locals(i=int, j=int, products=int, others=int)
cdef decide(int n, int[::1] op, int[::1] first, int[::1] args, int[::1] uses, int[::1] inside, int[::1] codes, int[::1] stack)
@cython.locals(i=int, j=int, m=int, end=int, code=int)
cdef int rebuild(int n, int[::1] op, int[::1] first, int[::1] args, double[::1] data, int[::1] uses, int[::1] inside, int[::1] codes, int[::1] new_op, int[::1] new_first, int[::1] new_args, double[::1] new_data, int[::1] place, int[::1] stack) except -1
cdef bint is_product(int x, int[::1] op, int[::1] uses)
cdef bint is_dot(int x, int[::1] op, int[::1] uses)
@cython.locals(j=int, x=int, y=int, depth=int, products=int, others=int)
cdef (int, int) survey(int i, int[::1] op, int[::1] first, int[::1] args, int[::1] uses, int[::1] inside, int[::1] stack)
@cython.locals(j=int, x=int, depth=int, start=int)
cdef int terms_of(int i, int code, int[::1] op, int[::1] first, int[::1] args, double[::1] data, int[::1] uses, int[::1] inside, int[::1] place, int[::1] new_args, int end, int[::1] stack) except -1
cdef int other_term(int x, int[::1] op, double[::1] data, int[::1] place, int[::1] new_args, int start, int end) except -1
