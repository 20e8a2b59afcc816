# The types that products.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.jit.passes.layout cimport Layout

@cython.final
cdef class Products:
    cdef Layout layout
    cdef int room, begun, start, start_stride, start_tiled, start_active, latest_list
    cdef array dots_array, group_array, hashes_array, alike_array, count_array, pairs_array, following_array, last_array
    cdef int *dots
    cdef int *group
    cdef int *alike
    cdef int *count
    cdef int *pairs
    cdef int *following
    cdef int *last
    cdef long long *hashes

    cdef make_room(self, int m)
    @cython.locals(d=int, side=int, place=int, leader=int, n=int, k=int, leaders="int *")
    cdef emit(self, int space, int m)
    @cython.locals(layout=Layout, rising=int, d=int, x=int, y=int)
    cdef void put_forward(self, int m) noexcept
    @cython.locals(left=int, right=int)
    cdef int side_of(self, int d) noexcept
    @cython.locals(size=int, begin=int, d=int, leader=int, h="long long", spot="long long", table="int *")
    cdef find_alike(self, int side, int m)
    @cython.locals(layout=Layout, h="unsigned long long", j=int)
    cdef long long hash_of(self, int i, int side) noexcept
    @cython.locals(layout=Layout, a=int, b=int, n=int, k=int)
    cdef bint same_side(self, int i, int j, int side) noexcept
    @cython.locals(layout=Layout, first=int, n=int, p=int, q=int, i=int, row=int, w=int, dst=int, x=int, x_stride=int,
                   x_tiled=int, x_affine=bint, x_active=int, columns=int, rows=int, active=int, begin=int, flags=int)
    cdef emit_group(self, int space, int m, int side)
    @cython.locals(layout=Layout, words="int *", at=int, count=int, step=int, start_step=int)
    cdef bint joins(self, int flags, int m, int dst, int n, int rows, int columns, int w, int x, int x_stride) except -1
    @cython.locals(layout=Layout, a=int, b=int)
    cdef bint extends(self, int i, int j, int distance, int rows, int side, int n, int columns) noexcept
    @cython.locals(layout=Layout, first=int, affine=bint, k=int, x=int)
    cdef find_starts(self, int space, int p, int q)
    @cython.locals(layout=Layout, start=int, end=int, j=int)
    cdef emit_list(self, int space, int i)
    @cython.locals(layout=Layout, i=int, begin=int, m=int, first=int, start=int, k=int, step=int, at=int)
    cdef bint continues_lists(self, int node, int n) except -1
