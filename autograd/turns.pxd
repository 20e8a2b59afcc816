# The types that turns.py is compiled with.
cdef object acquire_lock, release_lock, settle, unsettled

cpdef settle_with(function)
cpdef begin()
cpdef end()
cpdef take_back(list roots, number)
