# The types that runs.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.jit.passes.layout cimport Layout

cdef int cut(int code, int k) noexcept

@cython.final
cdef class Runs:
    cdef Layout layout
    cdef int count
    cdef array keys_array, nodes_array, more_keys_array, more_nodes_array, kept_array
    cdef int *nodes
    cdef int *more_nodes
    cdef int *kept_nodes
    cdef long long *keys
    cdef long long *more_keys

    cdef make_room(self, int widest)
    cdef void add(self, int i) noexcept
    @cython.locals(layout=Layout, count=int, i=int, p=int)
    cdef int emit(self, int space) except -1
    @cython.locals(key="long long")
    cdef int emit_alone(self, int space, int i) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", kind="signed char *", code=int, flags=int, start=int,
                   bit=int, j=int, x=int, key="long long")
    cdef long long key_of(self, int i) noexcept
    @cython.locals(p=int, ordered=bint, width=int, lo=int, mid=int, hi=int)
    cdef void sort_nodes(self, int start, int end) noexcept
    @cython.locals(a=int, b=int, p=int)
    cdef void merge(self, int lo, int mid, int hi) noexcept
    @cython.locals(layout=Layout, x=int, y=int)
    cdef bint in_order(self, long long *keys, int *nodes, int a, int b) noexcept
    @cython.locals(lo=int, hi=int)
    cdef void order_for_runs(self, int count) noexcept
    @cython.locals(least=int, cost=int, order=int, p=int)
    cdef void order_group(self, int lo, int hi) noexcept
    @cython.locals(layout=Layout)
    cdef int place_in(self, int order, int i) noexcept
    @cython.locals(cost=int, end=int)
    cdef int cost_of_runs(self, int lo, int hi) noexcept
    @cython.locals(layout=Layout, i=int, arity=int, hi=int, begins=bint)
    cdef int end_of_run(self, int space, int lo, int count) noexcept
    @cython.locals(layout=Layout, args="int *", slot="int *", start=int, other=int, k=int, step=int)
    cdef bint side_by_side(self, int lo) noexcept
    @cython.locals(layout=Layout, lo=int, hi=int, i=int)
    cdef int emit_runs(self, int space, int count) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", i=int, other="long long", key="long long", a=int, b=int,
                   mid=int, p=int, x=int, y=int)
    cdef int note_slopes(self, int lo, int hi, int count) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", words="int *", start=int, other=int, end=int, arity=int,
                   k=int, a=int)
    cdef int emit_run(self, int space, long long key, int i, int j, int n) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", i=int, j=int, z=int, k=int, a=int)
    cdef bint continues(self, int lo, int hi, int arity) noexcept
