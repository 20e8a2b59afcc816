# The types that value.py is compiled with.
cimport cython
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.hooks cimport ahead, catch_up, current_note
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.object cimport PyObject, PyTypeObject

cdef extern from "memory.h":
    int glassgrad_take_over(PyTypeObject *)
    object glassgrad_new(int op, int form, double data, double dx, double dy, object x, object y, object note)
    void settle_slabs "glassgrad_settle"(double)
    Py_ssize_t nodes_in_slabs "glassgrad_count"()

cdef extern from "stack.h":
    ctypedef struct Stack "stack":
        pass
    Stack *glassgrad_new_stack()
    void free_stack "glassgrad_free_stack"(Stack *)
    int glassgrad_push(Stack *, PyObject *) except -1
    PyObject *glassgrad_pop(Stack *)

cdef enum:
    LEAF = 0
    VALUES = 1
    RIGHT = 2
    LEFT = 3
    MANY = 4
    RESULT = 5
    CALL = 6

@cython.final
cdef class Value:
    # memory.h names these fields in this order
    cdef double _data
    cdef double _grad, dx, dy
    cdef Value x, y  # of the form MANY: a tuple and a buffer; read them with all_operands and doubles
    cdef object note
    cdef unsigned short op_code
    cdef unsigned char form
    cdef unsigned char live  # during a pass: whether a derivative has arrived
    cdef int pending

cdef list names
cdef object services
cdef double pass_number

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

cdef inline Value new(int op, int form, double data, double dx, double dy, object x, object y):
    return <Value>glassgrad_new(op, form, data, dx, dy, x, y, current_note)

cdef inline take_over_memory():
    if glassgrad_take_over(<PyTypeObject*>Value):
        raise SystemError("the compiled twin was built against another layout of Value; reinstall glassgrad")

cdef inline tuple all_operands(Value z):
    return <tuple>(<PyObject *>z.x)

cdef inline RecordedCall evaluation_of(Value z):
    return <RecordedCall?>(<object>(<PyObject *>z.y))

cdef inline Py_ssize_t result_number(Value z) noexcept:
    return <Py_ssize_t>z.dy

cdef inline double read(object x) except? -1:
    if type(x) is Value:
        if ahead:
            catch_up()
        return (<Value>x)._data
    return <double>x if type(x) is float else data_of(x)

cdef inline object new_doubles(Py_ssize_t n):
    return PyBytes_FromStringAndSize(NULL, n * sizeof(double))

cdef inline double* doubles(object buffer) noexcept:
    return <double*>PyBytes_AS_STRING(buffer)

cdef inline double* doubles_of(Py_ssize_t n, object buffer) except NULL:
    if type(buffer) is not bytes or PyBytes_GET_SIZE(buffer) != n * <Py_ssize_t>sizeof(double):
        raise TypeError(f"the evaluation of a recorded function has no {n} partials")
    return doubles(buffer)

@cython.locals(data=double, dx=double, z=Value)
cdef unary(int op, Value x)
cdef look_at(Value z)
cdef catch_up_with(Value z)
@cython.locals(z=Value, c=double)
cdef binary(int op, object x, object y)
cdef quotient_and_remainder(object x, object y)
cdef rounded(Value x, object digits)
@cython.locals(data=double, dx=double, dy=double)
cdef Value both(int op, Value x, Value y)
@cython.locals(data=double, dx=double, _=double)
cdef Value right(int op, Value x, double c)
@cython.locals(data=double, dy=double, _=double, number=double)
cdef Value left(int op, double c, Value x)
@cython.locals(z=Value)
cdef many(int op, double data, tuple operands, object partials)
@cython.locals(kept=Value, both_nan=bint)
cdef kept_gradient(Value leaf)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *")
cdef tuple partials_of_result(Value z)
@cython.locals(stack="Stack *", this_pass=object)
cdef backpropagate(Value root)
@cython.locals(z=Value)
cdef int count_users(Value root, Stack *stack) except -1
cdef int count(Value x, Stack *stack) except -1
@cython.locals(z=Value, partials="double *", i=int)
cdef int hand_down(Value root, Stack *stack) except -1
cdef int share(Value z, int k, Value x, double partial, Stack *stack) except -1
cdef int give(Value x, double share, Stack *stack) except -1
cdef int release(Value x, Stack *stack) except -1
@cython.locals(evaluation=RecordedCall)
cdef bint backpropagate_into_arena(Value root) except -1
cpdef bint not_chosen(int op, int k, double partial) noexcept
cdef int hand_down_result(Value z, Stack *stack) except -1
@cython.locals(i=Py_ssize_t, g=double, partials="double *", evaluation=RecordedCall, operands=tuple, x=Value)
cdef int hand_down_call(Value z, Stack *stack) except -1
@cython.locals(value=Value)
cpdef double data_of(object x) except? -1
@cython.locals(a=double, b=double, answer=bint)
cdef compare(str relation, Value x, object y)
cpdef Value leaf_of(Value z)
cpdef annotate(Value z, object note)
cpdef Value cut(Value z)
cdef Value new_node(int op, int form, double data, double dx, double dy, object x, object y)
cpdef settle(list roots, double number)
