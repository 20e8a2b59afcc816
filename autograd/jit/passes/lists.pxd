# The types that lists.py is compiled with.
cimport cython
from autograd.jit.passes.layout cimport Layout

@cython.locals(start=int, n=int, base=int, stride=int, active=int, begin=int, begins=bint, flags=int)
cdef emit_reduction(Layout layout, int space, int i)
@cython.locals(i=int)
cdef emit_takes(Layout layout, int space, list takes)
@cython.locals(i=int, first=int, count=int, regular=bint, row_stride=int, column_stride=int, active=int, j=int,
               base=int, inside=int, start=int, dst=int, flags=int)
cdef emit_take(Layout layout, int space, int index, list group)
