# The types that backprop.py is compiled with.
cimport cython
from cpython.object cimport PyObject
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.value cimport Value

cdef extern from "stack.h":
    ctypedef struct Stack "stack":
        pass
    Stack *glassgrad_new_stack()
    void free_stack "glassgrad_free_stack"(Stack *)
    int glassgrad_push(Stack *, PyObject *) except -1
    PyObject *glassgrad_pop(Stack *)

cdef inline Stack *new_stack() except NULL:
    cdef Stack *stack = glassgrad_new_stack()
    if stack is NULL:
        raise MemoryError
    return stack

cdef inline int push(Stack *stack, Value x) except -1:
    return glassgrad_push(stack, <PyObject *>x)

cdef inline Value pop(Stack *stack):
    cdef PyObject *x = glassgrad_pop(stack)
    return None if x is NULL else <Value>x

cdef double pass_number

@cython.locals(stack="Stack *")
cpdef backward(Value root)
cpdef reset(Value root)
cpdef take_back(list roots, double number)
cpdef make_up()
@cython.locals(evaluation=RecordedCall)
cdef bint straight(Value root) except -1
@cython.locals(z=Value)
cdef int count_users(Value root, Stack *stack) except -1
cdef int count(Value x, Stack *stack) except -1
@cython.locals(z=Value, g=double, partials="double *", i=int)
cdef int hand_down(Value root, Stack *stack) except -1
cdef int share(Value z, int k, Value x, double g, double partial, Stack *stack) except -1
cdef int give(Value x, double share, Stack *stack) except -1
cdef int release(Value x, Stack *stack) except -1
cdef int hand_down_result(Value z, Stack *stack) except -1
@cython.locals(i=Py_ssize_t, g=double, partials="double *", evaluation=RecordedCall, operands=tuple, x=Value)
cdef int hand_down_call(Value z, Stack *stack) except -1
