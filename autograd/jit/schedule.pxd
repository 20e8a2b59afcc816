# The types that schedule.py is compiled with.
cimport cython

cdef enum:
    LIST_DOT = 1001
    GATHER = 1002
    GUARD = 1003

@cython.final
cdef class Schedule:
    cdef object graph
    cdef int n, end, depth, stride, count, uniform
    cdef int[::1] op, first, args, level, varying, active, slot, order, edges, code, next_slot, next_leaf, nodes, other_nodes, starts
    cdef double[::1] data
    cdef long long[::1] keys, other_keys
    cdef list guards
    cdef bint checked

    @cython.locals(i=int, code=int, captured=int, inputs=int, constants=int, rows=int, place=int)
    cdef classify(self, list row_inputs, list active_inputs)
    @cython.locals(j=int, x=int, level=int, varying=int, active=int)
    cdef int classify_operation(self, int i, int code) except -1
    @cython.locals(reaches="int[::1]", i=int, j=int)
    cdef keep_to_what_reaches_a_root(self)
    @cython.locals(i=int, b=int, deepest=int, count=int, widest=int)
    cdef sort_by_depth(self)
    @cython.locals(i=int, b=int)
    cdef fill_order(self, int[::1] fill)
    @cython.locals(code=int, kind=int)
    cdef void place_leaf(self, int i) noexcept
    @cython.locals(wanted=int, i=int, j=int, side=int, step=int)
    cdef place_leaves_of_products(self)
    @cython.locals(slot=int)
    cdef int new_slot(self, int space) except -1
    cdef begin(self, int space, int op, int flags, int n, int dst)
    cdef int emit(self, int word) except -1
    @cython.locals(space=int, level=int, lo=int, hi=int)
    cdef emit_sections(self)
    @cython.locals(p=int, i=int, code=int, count=int)
    cdef emit_level(self, int space, int lo, int hi)
    @cython.locals(flags=int, bit=int, j=int, x=int)
    cdef int flags_of(self, int i) except -1
    @cython.locals(j=int, key="long long")
    cdef long long key_of(self, int i) noexcept
    @cython.locals(p=int, ordered=bint, width=int, lo=int)
    cdef sort_nodes(self, int n)
    @cython.locals(a=int, b=int, p=int)
    cdef int merge(self, int lo, int mid, int hi) except -1
    @cython.locals(lo=int, hi=int, i=int, arity=int, k=int)
    cdef emit_runs(self, int space, int count)
    cdef int operand_slot(self, int i, int k)
    @cython.locals(i=int, j=int, z=int, k=int, a=int)
    cdef bint continues(self, int lo, int hi)
    @cython.locals(x=int, base=int, space=int, k=int)
    cdef bint affine(self, int start, int step, int n)
    @cython.locals(active=int, k=int)
    cdef int any_active(self, int start, int step, int n)
    cdef int reference(self, int x)
    cdef emit_gather(self, int space, nodes)
    @cython.locals(k=int)
    cdef int place_leaves(self, int start, int step, int n) except -1
    cdef emit_reduction(self, int space, int i)
    cdef emit_takes(self, int space, list takes)
    cdef emit_take(self, int space, int index, list group)
    @cython.locals(h="long long", j=int)
    cdef long long hash_side(self, int i, int side)
    @cython.locals(n=int, k=int)
    cdef bint same_side(self, int i, int j, int side)
    cdef emit_dots(self, int space, list dots)
    @cython.locals(n=int, first=int, i=int, row=int, columns=int, rows=int, q=int, p=int, active=int)
    cdef emit_product(self, int space, list group, int side)
    @cython.locals(a=int, b=int)
    cdef bint extends(self, int i, int j, int distance, int rows, int side, int n, int columns)
    cdef starts_of(self, int space, list group)
    @cython.locals(j=int, start=int)
    cdef emit_list_dot(self, int space, int i)
    cdef int emit_guard(self, int relation, int x, int y, bint answer) except -1
    @cython.locals(i=int)
    cdef program(self, bint guarded)

@cython.locals(i=int)
cdef copied(int[::1] source, int[::1] target, int n)
