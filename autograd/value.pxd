# The types that value.py is compiled with.
cimport cython
from autograd.hooks cimport current_note
from autograd.node cimport Node, Stack, all_nodes_are
from cpython.object cimport PyObject, PyTypeObject

cdef extern from "memory.h":
    int glassgrad_take_over(PyTypeObject *)
    object glassgrad_new(int op, int form, double data, double dx, double dy, object x, object y, object note)
    void glassgrad_settle(double)
    Py_ssize_t nodes_in_memory "glassgrad_count"()

@cython.final
cdef class Value(Node):
    pass

cdef object services
cdef double pass_number

cdef inline Value new(int op, int form, double data, double dx, double dy, object x, object y):
    return <Value>glassgrad_new(op, form, data, dx, dy, x, y, current_note)

cdef inline take_over_memory(type cls):
    all_nodes_are(cls)
    if glassgrad_take_over(<PyTypeObject*>cls):
        raise SystemError("the compiled twin was built against another layout of Value; reinstall glassgrad")

cdef inline settle_nodes(list roots, double number):
    glassgrad_settle(number)

@cython.locals(data=double, dx=double, z=Value)
cdef unary(int op, Value x)
@cython.locals(z=Value, c=double)
cdef binary(int op, object x, object y)
@cython.locals(data=double, dx=double, dy=double)
cdef Value both(int op, Value x, Value y)
@cython.locals(data=double, dx=double, _=double)
cdef Value right(int op, Value x, double c)
@cython.locals(data=double, dy=double, _=double, number=double)
cdef Value left(int op, double c, Value x)
@cython.locals(z=Value)
cdef many(int op, double data, tuple operands, object partials)
@cython.locals(stack="Stack *", this_pass=object)
cdef backpropagate(Value root)
@cython.locals(z=Node)
cdef int count_users(Node root, Stack *stack) except -1
cdef int count(Node x, Stack *stack) except -1
@cython.locals(z=Node, partials="double *", i=int)
cdef int hand_down(Node root, Stack *stack) except -1
cdef int share(Node z, int k, Node x, double partial, Stack *stack) except -1
cdef int give(Node x, double share, Stack *stack) except -1
cdef int release(Node x, Stack *stack) except -1
cdef int hand_down_result(Node z, Stack *stack) except -1
@cython.locals(x=Value, partials="double *", i=Py_ssize_t)
cdef int hand_down_call(Node z, Stack *stack) except -1
cpdef Value cut(Value z)
cdef Value new_node(int op, int form, double data, double dx, double dy, object x, object y)
cpdef settle(list roots, double number)

# the same for one out of a tuple, whose class is known
cdef inline int count_one(object x, Stack *stack) except -1:
    return count(<Node>x, stack)

cdef inline int share_with_one(Node z, int k, object x, double partial, Stack *stack) except -1:
    return share(z, k, <Node>x, partial, stack)
