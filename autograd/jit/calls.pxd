# The types that calls.py is compiled with.
cimport cython
from autograd.jit.arguments cimport Call
from autograd.jit.recordings cimport Entry, Recipe, Recording

@cython.locals(call=Call, entry=Entry, recording=Recording, gradient=bint)
cpdef object called(object jitted, tuple args, dict kwargs)
@cython.locals(recording=Recording)
cdef object called_anew(object jitted, Entry entry, Call call, bint gradient)
cpdef bint bypassed() except -1
cpdef bint gradient_wanted() except -1
@cython.locals(key=tuple, entry=Entry)
cpdef Entry known(object jitted, Call call)
@cython.locals(values=list, partials=list, made=list, operands=tuple, k=Py_ssize_t, recipe=Recipe)
cpdef object finished(Recording recording, tuple out, Call call, object rows, double seed)
@cython.locals(numbers="double *", i=Py_ssize_t)
cdef bint any_nan(object room, Py_ssize_t n)
@cython.locals(call=Call, recording=Recording)
cdef object partials_alone(Recipe recipe)
