# cython: boundscheck=False, wraparound=False, cdivision=True, language_level=3
"""How the rows of a batch are divided: into ranges, which threads take one after the other, and these into tiles."""

from libc.stdlib cimport free, malloc

DEF TILE_BYTES = 256 * 1024
DEF MOST_SINGLE_ROWS = 480  # of a tile: no more than 30 to 120 numbers are added up in single precision in a row
DEF ROWS_OF_MATRICES = 64
DEF WORK_OF_A_NUMBER = 32  # multiply-adds for each number of a row, where most of the work are products
DEF MOST_SLOTS_OF_MATRICES = 8192  # of a tile: 8 MB with its derivatives
DEF CHUNK_WORDS = 20_000_000
DEF WORK_OF_A_RANGE = 2_000_000  # multiply-adds: these take about as long as to start a thread
# Below 2 ms of work one thread does it all: where other programs keep the cores busy (PyTorch's and JAX's threads do
# for a while after each of their calls), a thread may wait a whole time slice of some 3 ms before it runs.
DEF WORK_FOR_THREADS = 60_000_000
DEF MOST_RANGES = 64
DEF WORK_FOR_A_SUM = 64  # multiply-adds forward: a sum of a range is set to 0, added to once a tile, and added up
DEF SUMS_OF_RANGES = 1_000_000  # numbers; fewer ranges where a program has very many parameters
DEF RANGES_OF_A_THREAD = 3


cdef class Tile:
    """Memory for the tiles of a run over rows and for its sums; while a run uses it, no other one may."""

    def __cinit__(self, size_t size):
        self.memory, self.size = memory_of(size), size

    def __dealloc__(self):
        free(self.memory)


cdef void *memory_of(size_t size) except NULL:
    """Memory of so many doubles, and what it takes to begin at a cache line."""
    cdef void *memory = malloc(size * sizeof(double) + 64)
    if not memory:
        raise MemoryError(f"no room for {size} numbers of a recorded function")
    return memory


cdef division division_of(long n, double row_work, long sums, long tiled_slots, long words, bint single, bint gradient,
                          int threads) noexcept:
    """How n rows are divided for a program of so much work for each of them, so many sums of a range, slots and words.

    The way back takes twice as many multiply-adds as the way forward.
    """
    cdef division d
    cdef long width = TILE_BYTES // ((8 if single else 16) * (tiled_slots + 1))
    d.ranges = ranges_for(n, row_work, sums)
    d.rows_of_range = ((n + d.ranges - 1) // d.ranges + LANES - 1) // LANES * LANES
    d.threads = 1
    if n * row_work * (3 if gradient else 1) >= WORK_FOR_THREADS:
        d.threads = <int>max(1, min(threads, d.ranges // RANGES_OF_A_THREAD))
    if single:
        width = min(width, MOST_SINGLE_ROWS)
    width = max(least_rows(row_work, tiled_slots), max(1, width // (3 * LANES)) * (3 * LANES))
    d.width = max(LANES, min(width, d.rows_of_range))
    d.most = max(1, CHUNK_WORDS // (d.width * (1 + words))) * d.width
    return d


cdef long ranges_for(long n, double row_work, long sums) noexcept:
    """Into how many ranges n rows are divided: the sums depend on it, so that it may depend on the rows alone."""
    cdef long most = max(8, min(MOST_RANGES, SUMS_OF_RANGES // sums))
    return <long>max(1, min(most, n * row_work * 3 / WORK_OF_A_RANGE, n * row_work / (WORK_FOR_A_SUM * sums)))


cdef long least_rows(double row_work, long tiled_slots) noexcept:
    """How many rows a tile has at least: more where there are large matrices, which every tile reads anew."""
    cdef bint large = row_work > WORK_OF_A_NUMBER * tiled_slots
    return ROWS_OF_MATRICES if large and tiled_slots < MOST_SLOTS_OF_MATRICES else LANES
