# The types that frames.py is compiled with.
cdef extern from "frames.h":
    void glassgrad_observe(object)
    void glassgrad_end()
    void glassgrad_listen()
    bint glassgrad_aside()
    int glassgrad_look_out(object, int) except -1
    int PRINTING, OUTSIDE
