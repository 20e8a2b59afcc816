# The types that nodes.py is compiled with.
cimport cython
from autograd.value cimport Value

cpdef Value leaf_of(Value z)
cpdef annotate(Value z, object note)
@cython.locals(z=Value)
cdef known_unary(int op, double data, double dx, Value x)
@cython.locals(z=Value)
cdef known_binary(int op, double data, double dx, double dy, Value x, Value y)
cdef Value call(tuple operands, evaluation, double n)
cdef result(Value behind, double k, double data)
@cython.locals(k=int, partial=double)
cpdef shares(Value z)
cpdef node(int op, double data, tuple operands, list partials)
@cython.locals(i=Py_ssize_t, partial=double)
cdef room_of(list partials)
cdef int known(int op) except -1
@cython.locals(z=Value)
cpdef disassembled(Value z, dict place)
@cython.locals(z=Value, form=int)
cpdef assemble(tuple node, list made)
cdef operand(x, list made)
cdef check_node(op, int form, tuple operands, list partials)
