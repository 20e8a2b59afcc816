# How rows are divided, for the machine in C: see tiles.pyx.
cdef enum:
    LANES = 16  # the most numbers that a vector has, whatever the target and precision

cdef class Tile:
    cdef void *memory
    cdef size_t size

cdef void *memory_of(size_t size) except NULL

cdef inline double *aligned(void *memory) noexcept:
    return <double *>((<size_t>memory + 63) & ~<size_t>63)

cdef struct division:
    long ranges, rows_of_range
    int threads
    long width  # of a tile, in rows
    long most  # rows between two looks at whether the user wants to stop

cdef division division_of(long n, double row_work, long sums, long tiled_slots, long words, bint single, bint gradient,
                          int threads) noexcept
