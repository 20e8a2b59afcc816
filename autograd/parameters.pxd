# The types that parameters.py is compiled with.
cimport cython
from autograd.value cimport Value

@cython.locals(p=Value)
cpdef zero_gradients(list parameters)
@cython.locals(p=Value)
cpdef descend(list parameters, double rate, double decay)
@cython.locals(p=Value, i=Py_ssize_t, g=double, m=double)
cpdef descend_with_momentum(list parameters, double rate, double decay, double momentum, bint nesterov, double[::1] buffer)
@cython.locals(p=Value, i=Py_ssize_t, g=double, m=double, v=double)
cpdef adapt(list parameters, double rate, double root, double eps, double decay, double shrink, double beta1, double beta2, double[::1] ms, double[::1] vs)
