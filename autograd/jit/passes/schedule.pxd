# The types that schedule.py is compiled with.
cimport cython
from cpython.array cimport array
from autograd.jit.passes.layout cimport Layout
from autograd.jit.passes.products cimport Products
from autograd.jit.passes.runs cimport Runs

@cython.locals(schedule=Schedule)
cpdef scheduled(graph, list row_inputs, list active_inputs)

@cython.final
cdef class Schedule:
    cdef object graph
    cdef Layout layout
    cdef Products products
    cdef Runs runs
    cdef int n, depth, operations, dots, takes
    cdef list chosen
    cdef dict functions
    cdef array order_array, edges_array
    cdef int *order
    cdef int *edges

    @cython.locals(layout=Layout, uniform=int, guarded=bint, i=int, k=int, guards="int *")
    cdef program(self, list row_inputs, list active_inputs)
    @cython.locals(layout=Layout, i=int, code=int, place=int, kinds=int)
    cdef classify(self, list row_inputs, list active_inputs)
    @cython.locals(layout=Layout, j=int, x=int, level=int, kind=int)
    cdef void classify_operation(self, int i, int code) noexcept
    @cython.locals(layout=Layout, op="short *", first="int *", args="int *", depth="int *", uses="int *", top="int *",
                   terms="int *", i=int, j=int, x=int, adds=bint)
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
    @cython.locals(layout=Layout, p=int, i=int, code=int, dots=int)
    cdef emit_level(self, int space, int lo, int hi)
    @cython.locals(layout=Layout, start=int, end=int, j=int)
    cdef emit_call(self, int space, int i, int code)
    @cython.locals(layout=Layout, tiled_x=int, tiled_y=int)
    cdef bint emit_guard(self, int relation, int x, int y, bint answer) except -1
    @cython.locals(layout=Layout, leaves=tuple)
    cdef finished(self, int uniform, list roots, bint guarded)
    @cython.locals(layout=Layout, i=int, slot=int, place=int)
    cdef void write_leaves(self, int *captured, int *inputs, double *constants, int *rows) noexcept
    @cython.locals(p=int, starts="int *", starts_array=array)
    cdef starts_of(self, int space, int lo, int hi)
