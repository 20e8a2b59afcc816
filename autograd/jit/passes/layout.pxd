# The types that layout.py is compiled with.
cimport cython
from cpython.array cimport array

cdef enum:
    TILED = 1
    ACTIVE = 2
    LIST_DOT = 1001
    GATHER = 1002
    GUARD = 1003
    CALL = 1004
    MANY_VECTORS = 256
    LIST_DOTS = 1005

@cython.final
cdef class Layout:
    cdef object graph
    cdef int n, end, room, count, captured, inputs, constants, rows, starts_room, stride, listed_room, gathered_active
    cdef array kind_array, slot_array, code_array, starts_array, next_slot_array, next_leaf_array, listed_array
    cdef short *op
    cdef signed char *kind
    cdef int *first
    cdef int *args
    cdef int *slot
    cdef int *code
    cdef int *starts
    cdef int *next_slot
    cdef int *next_leaf
    cdef int *listed
    cdef double *numbers
    cdef tuple guards
    cdef bint checked

    @cython.locals(before=int)
    cdef void start_slots(self) noexcept
    @cython.locals(code=int, which=int)
    cdef void place_leaf(self, int i) noexcept
    @cython.locals(k=int)
    cdef void place_leaves(self, int start, int step, int n) noexcept
    @cython.locals(slot=int)
    cdef int new_slots(self, int space, int n) noexcept
    @cython.locals(x=int, base=int, space=int, k=int)
    cdef bint affine(self, int start, int step, int n) noexcept
    @cython.locals(kinds=int, k=int)
    cdef int any_active(self, int start, int step, int n) noexcept
    cdef int is_active(self, int i) noexcept
    cdef int is_tiled(self, int i) noexcept
    cdef bint is_zero(self, int i) noexcept
    cdef int reference(self, int i) noexcept
    @cython.locals(code="int *", end=int)
    cdef int begin(self, int space, int op, int flags, int n, int dst, int words) except -1
    cdef int room_for(self, int words) except -1
    cdef void emit(self, int word) noexcept
    @cython.locals(k=int)
    cdef int list_operands(self, int n, int start, int step, int more) except -1
    @cython.locals(kinds=int, base=int, k=int)
    cdef int gather(self, int space, int n) except -1
