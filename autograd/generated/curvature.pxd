# Generated from primitives.py by `python -m autograd.formulas`: do not edit.
cdef extern from "curvature.h" nogil:
    double second(int op, int entry, double x, double y, double z, double dx, double dy)
    int mask(int op)
