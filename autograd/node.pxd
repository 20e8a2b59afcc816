# The types that node.py is compiled with, and how other modules get at what a node holds.
cimport cython
from autograd.differentiation.recorded_call cimport RecordedCall
from autograd.hooks cimport ahead, catch_up
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.object cimport PyObject

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

cdef class Node:
    # memory.h names these fields in this order
    cdef double _data
    cdef double _grad, dx, dy
    cdef Node x, y  # of the form MANY: a tuple and a buffer; read them with all_operands and doubles
    cdef object note
    cdef unsigned short op_code
    cdef unsigned char form
    cdef unsigned char live  # during a pass: whether a derivative has arrived
    cdef int pending

cdef list names
cdef object value_class

cdef inline Stack *new_stack() except NULL:
    cdef Stack *stack = glassgrad_new_stack()
    if stack is NULL:
        raise MemoryError
    return stack

cdef inline int push(Stack *stack, Node x) except -1:
    return glassgrad_push(stack, <PyObject *>x)

cdef inline Node pop(Stack *stack):
    cdef PyObject *x = glassgrad_pop(stack)
    if x is NULL:
        return None
    return <Node>x

cdef inline tuple all_operands(Node z):
    return <tuple>(<PyObject *>z.x)

cdef inline RecordedCall evaluation_of(Node z):
    return <RecordedCall?>(<object>(<PyObject *>z.y))

cdef inline Py_ssize_t result_number(Node z) noexcept:
    return <Py_ssize_t>z.dy

cdef inline object new_doubles(Py_ssize_t n):
    return PyBytes_FromStringAndSize(NULL, n * sizeof(double))

cdef inline double* doubles(object buffer) noexcept:
    return <double*>PyBytes_AS_STRING(buffer)

cdef inline double* doubles_of(Py_ssize_t n, object buffer) except NULL:
    if type(buffer) is not bytes or PyBytes_GET_SIZE(buffer) != n * <Py_ssize_t>sizeof(double):
        raise TypeError(f"the evaluation of a recorded function has no {n} partials")
    return doubles(buffer)

cdef inline double read(object x) except? -1:
    if type(x) is value_class:
        if ahead:
            catch_up()
        return (<Node>x)._data
    return <double>x if type(x) is float else data_of(x)

cpdef all_nodes_are(type cls)
cdef look_at(Node z)
cdef catch_up_with(Node z)
@cython.locals(value=Node)
cpdef double data_of(object x) except? -1
@cython.locals(a=double, b=double, answer=bint)
cdef compare(str relation, Node x, object y)
@cython.locals(kept=Node, both_nan=bint)
cdef kept_gradient(Node leaf)
@cython.locals(i=Py_ssize_t, n=Py_ssize_t, partials="double *")
cdef tuple partials_of_result(Node z)
cpdef bint not_chosen(int op, int k, double partial) noexcept
cdef no_value(x)
