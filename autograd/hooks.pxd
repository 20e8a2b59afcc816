# The types that hooks.py is compiled with.
cdef extern from "pythread.h":
    unsigned long get_ident "PyThread_get_thread_ident"()

cdef bint watching, transforming, ahead
cdef int passes
cdef object current_note
cdef object observer, recorder, asked_before_float, write_back
cdef unsigned long recording_thread
cdef list tape, guards
cdef int LINES_NOTED

cpdef bint unobserved()
cpdef connect_arenas(function)
cdef int get_ahead(bint an_arena_is) except -1
cdef int catch_up() except -1
cpdef int catch_up_once() except -1
cpdef bint recording()
cpdef bint recorder_on()
cpdef object recorder_here()
cpdef note_with(object note)
cdef check_note(object note)
cdef before_float(z)
cdef observe(z)
cdef look(z)
cdef look_at_text(z)
cdef look_at_label(z)
cdef look_at_hash(z)
cdef touch(list values)
cdef guard(str relation, x, y, bint answer)
cdef inspect(root)
cdef bint knows_better(y) except -1
