# The types that schedule.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.jit.passes.layout cimport Layout
from autograd.jit.passes.products cimport Products

@cython.locals(schedule=Schedule)
cpdef scheduled(graph, list row_inputs, list active_inputs)

@cython.final
cdef class Schedule:
    cdef object graph
    cdef Layout layout
    cdef Products products
    cdef int n, depth, operations, dots, takes
    cdef list chosen
    cdef dict functions
    cdef array order_array, edges_array, keys_array, nodes_array, more_keys_array, more_nodes_array, kept_array
    cdef int *order
    cdef int *edges
    cdef int *nodes
    cdef int *more_nodes
    cdef int *kept_nodes
    cdef long long *keys
    cdef long long *more_keys

    @cython.locals(layout=Layout, uniform=int, guarded=bint, i=int, k=int, guards="int *")
    cdef program(self, list row_inputs, list active_inputs)
    @cython.locals(layout=Layout, i=int, code=int, place=int, kinds=int)
    cdef classify(self, list row_inputs, list active_inputs)
    @cython.locals(layout=Layout, j=int, x=int, level=int, kind=int)
    cdef void classify_operation(self, int i, int code) noexcept
    cdef int cut(self, int code, int k) noexcept
    @cython.locals(layout=Layout, op="short *", first="int *", args="int *", depth="int *", uses="int *", top="int *", terms="int *", i=int, j=int, x=int, adds=bint)
    cdef align_sums(self)
    @cython.locals(layout=Layout, reaches="signed char *", i=int, j=int)
    cdef keep_to_what_reaches_a_root(self)
    @cython.locals(layout=Layout, i=int)
    cdef void place_inputs(self) noexcept
    @cython.locals(layout=Layout, i=int, n=int, start=int, side=int)
    cdef place_leaves_of(self, int wanted, int step)
    @cython.locals(layout=Layout, i=int, b=int, n=int, depth=int, widest=int, order="int *", edges="int *")
    cdef sort_by_depth(self, int spaces)
    @cython.locals(level=int, b=int, lo=int, hi=int)
    cdef emit_section(self, int space)
    @cython.locals(code=int)
    cdef bint is_elementwise(self, int i) noexcept
    @cython.locals(key="long long")
    cdef int emit_alone(self, int space, int i) except -1
    @cython.locals(layout=Layout, p=int, i=int, code=int, count=int, dots=int)
    cdef emit_level(self, int space, int lo, int hi)
    @cython.locals(layout=Layout, start=int, end=int, j=int)
    cdef emit_call(self, int space, int i, int code)
    @cython.locals(layout=Layout, args="int *", slot="int *", kind="signed char *", flags=int, start=int, bit=int, j=int, x=int, key="long long")
    cdef long long key_of(self, int i, int code) noexcept
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
    @cython.locals(layout=Layout, args="int *", slot="int *", i=int, other="long long", key="long long", a=int, b=int, mid=int, p=int, x=int, y=int)
    cdef int note_slopes(self, int lo, int hi, int count) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", words="int *", start=int, other=int, end=int, arity=int, k=int, a=int)
    cdef int emit_run(self, int space, long long key, int i, int j, int n) except -1
    @cython.locals(layout=Layout, args="int *", slot="int *", i=int, j=int, z=int, k=int, a=int)
    cdef bint continues(self, int lo, int hi, int arity) noexcept
    @cython.locals(layout=Layout, tiled_x=int, tiled_y=int)
    cdef bint emit_guard(self, int relation, int x, int y, bint answer) except -1
    @cython.locals(layout=Layout, leaves=tuple)
    cdef finished(self, int uniform, list roots, bint guarded)
    @cython.locals(layout=Layout, i=int, slot=int, place=int)
    cdef void write_leaves(self, int *captured, int *inputs, double *constants, int *rows) noexcept
    @cython.locals(p=int, starts="int *", starts_array=array)
    cdef starts_of(self, int space, int lo, int hi)
