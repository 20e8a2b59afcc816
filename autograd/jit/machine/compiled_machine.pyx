# cython: boundscheck=False, wraparound=False, cdivision=True, language_level=3
"""The machine in C: runs a program over one set of numbers or over the rows of a batch.

Numbers are read from the Values and derivatives are handed back in the form that a node keeps them in; in between the
interpreter's lock is not held. Whoever evaluates a program owns a room of its numbers for as long as it wants to ask
for derivatives; the memory of a room that is let go of is used again.
"""

from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.array cimport array, clone, resize
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.exc cimport PyErr_CheckSignals
from libc.math cimport NAN
from libc.stdint cimport uintptr_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

from autograd.arrays.arena cimport LEAST, Arena, arena_and_order, made
from autograd cimport hooks
from autograd.value cimport Value, data_of, doubles, doubles_of, new_doubles, read

cdef extern from "machine_threads.h":
    ctypedef struct machine_strips:
        long rooms
    ctypedef struct machine_rewritten:
        int *code
    ctypedef struct machine_pairs:
        pass
    ctypedef struct machine_program:
        const int *code
        const int *uniform
        const int *tiled
        long n_uniform, n_tiled, uniform_slots, tiled_slots
        int n_roots
        const int *roots
        void *caller
        double (*call)(void *caller, int code, const double *x, int n) noexcept
        const machine_strips *strips
        const machine_rewritten *rewritten
        const machine_pairs *pairs
    machine_strips *machine_find_strips(const machine_program *p, long begin)
    void machine_free_strips(const machine_strips *strips)
    machine_rewritten *machine_rewrite(const machine_program *p, long words)
    void machine_free_rewritten(machine_rewritten *rewritten)
    machine_pairs *machine_find_pairs(const machine_program *p, long words)
    void machine_free_pairs(const machine_pairs *pairs)
    enum: ROOM_OF_A_STRIP
    ctypedef struct machine_batch:
        const machine_program *program
        double *U
        float *single
        long n_columns
        const double **columns
        const long *steps
        const int *slots
        const long long *rows
        long width
        const double *seeds
        const unsigned char *seeded
        double *values
        unsigned char *state
        int stop
    ctypedef struct machine_part:
        void *T
        void *dT
        double *dU
        double *sums
        unsigned char *ok
    int best_target() nogil
    int machine_forward(int target, const machine_program *p, double *U) nogil
    void machine_backward(int target, const machine_program *p, double *U, double *dU) nogil
    void machine_exact_backward(const machine_program *p, const double *U, double *dU, unsigned char *live) nogil
    void machine_rows(int target, const machine_batch *b, machine_part *part, long start, long end) nogil
    enum: MOST_THREADS
    ctypedef struct machine_job:
        const machine_batch *batch
        int target
        long rows, rows_of_range
        double *sums
        long next
    ctypedef struct machine_worker:
        machine_job *job
        machine_part part
    long machine_sums(const machine_program *p) nogil
    bint machine_take(machine_worker *w, long *start, long *end) nogil
    void machine_start(machine_worker *workers, int n) nogil
    void machine_join(machine_worker *workers, int n) nogil
    void machine_add_up(const machine_job *job) nogil
    bint machine_finite(int target, long n, const double *x) nogil
    const char **TARGET_NAMES

DEF LANES = 16  # the most numbers that a vector has, whatever the target and precision
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
DEF SPARE_ROOMS = 2  # of a machine: one result is computed while the one before is still there


cdef int TARGET = best_target()
cdef array REALS = array("d"), INTS = array("i")
cdef int[::1] NO_INTS = INTS


cdef array reals(Py_ssize_t n):
    return clone(REALS, n, False)


cdef array as_ints(list items):
    cdef Py_ssize_t i
    cdef array found = clone(INTS, len(items), False)
    for i in range(len(items)):
        found.data.as_ints[i] = items[i]
    return found


cdef int[::1] view_of(ints):
    """A view of an array, which keeps its length while there is one; of empty ones there is one for all."""
    if not ints:
        return NO_INTS
    return ints


def target_names():
    """The kinds of processor this machine has code for and this one can run, the best last."""
    return [TARGET_NAMES[k].decode() for k in range(best_target() + 1)]


cdef const double *beginning(table) except NULL:
    """Where the numbers of a contiguous array begin; whoever asks holds the array."""
    cdef Py_buffer view
    PyObject_GetBuffer(table, &view, PyBUF_SIMPLE)
    cdef const double *numbers = <const double *>view.buf
    PyBuffer_Release(&view)
    return numbers


cdef array stretches(const int *places, Py_ssize_t length, Py_ssize_t step, Py_ssize_t first):
    """Where places lie side by side: (which is the first, its place, how many) for each such stretch of them."""
    cdef Py_ssize_t k = 0, start, end = 0, n = (length + step - 1 - first) // step
    cdef array found = clone(INTS, 3 * n, False)
    while k < n:
        start = k
        k += 1
        while k < n and places[k * step + first] == places[start * step + first] + k - start:
            k += 1
        found.data.as_ints[end] = start
        found.data.as_ints[end + 1] = places[start * step + first]
        found.data.as_ints[end + 2] = k - start
        end += 3
    resize(found, end)
    return found


cdef array runs(int[::1] order, int[::1] others):
    """Where places and the others' numbers go up together: (the number, the first place, how many) for each such run.

    Arguments:
        order: which of the others is at each place, -1 for none. others: their numbers, None where they count from 0.
    """
    cdef array found = clone(INTS, 0, False)
    cdef Py_ssize_t first = -1, begin = 0, count = 0, place, other
    for place in range(order.shape[0]):
        if order[place] < 0:
            continue
        other = order[place] if others is None else others[order[place]]
        if count and place == first + count and other == begin + count:
            count += 1
            continue
        if count:
            found.extend((begin, first, count))
        first, begin, count = place, other, 1
    if count:
        found.extend((begin, first, count))
    return found


cdef class Room:
    """The uniform numbers of one evaluation of a program, and as many derivatives behind them."""
    cdef Machine machine
    cdef void *memory
    cdef double *at  # on a 64-byte boundary, a cache line

    def __dealloc__(self):
        if self.memory and self.machine.n_spare < SPARE_ROOMS:
            self.machine.spare[self.machine.n_spare] = self.memory
            self.machine.n_spare += 1
        else:
            free(self.memory)


cdef class Tile:
    """Memory for the tiles of a run over rows and for its sums; while a run uses it, no other one may."""
    cdef void *memory
    cdef size_t size

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


cdef double *aligned(void *memory) noexcept:
    return <double *>((<uintptr_t>memory + 63) & ~<uintptr_t>63)


cdef double call_function(void *caller, int code, const double *x, int n) noexcept with gil:
    """Compute an operation by its Python function; what that raises is raised at the end of the run."""
    cdef Machine machine = <Machine>caller
    if machine.raised is not None:
        return NAN
    try:
        return machine.program.functions[code](*[x[k] for k in range(n)])
    except BaseException as error:
        machine.raised = error
        return NAN


cdef class Machine:
    """Runs one program.

    Arguments:
        active: the places of those inputs that get a derivative. spans: for each table of rows (the place of its first
            number among the inputs, how many numbers a row has). single: whether rows are computed in single
            precision. threads: on how many threads at most.
    """

    cdef machine_program p
    cdef machine_rewritten *rewritten
    cdef int[::1] code, uniform, tiled, captured_slots, input_places  # the program's: views keep their lengths
    cdef array roots, captured_stretches, input_stretches, root_stretches, row_slots, row_tables, row_columns
    cdef array active_slots
    cdef double[::1] constants
    cdef tuple spans
    cdef public object program
    cdef void *spare[SPARE_ROOMS]
    cdef int n_spare
    cdef Arena arena
    cdef tuple of_arena
    cdef Py_ssize_t arenas
    cdef int[::1] from_arena, to_arena
    cdef Tile spare_tile
    cdef int target, threads, n_inputs
    cdef bint single
    cdef long row_work, room_slots
    cdef object raised

    def __init__(self, program, tuple active, tuple spans, bint single=False, int threads=1, int target=-1):
        cdef Py_ssize_t n
        program.check()
        self.program = program
        self.code, self.uniform, self.tiled = program.code, view_of(program.uniform), view_of(program.tiled)
        self.roots = as_ints([x for root in program.roots for x in root])
        self.root_stretches = stretches(self.roots.data.as_ints, len(self.roots), 3, 1)
        self.captured_slots, self.input_places = view_of(program.captured), view_of(program.inputs)
        self.constants = program.constants
        n = self.captured_slots.shape[0]
        self.captured_stretches = stretches(&self.captured_slots[0] if n else NULL, n, 1, 0)
        self.n_inputs = 1 + max(program.inputs, default=-1)
        n = self.input_places.shape[0]
        self.input_stretches = stretches(&self.input_places[0] if n else NULL, n, 1, 0)
        self.row_slots = as_ints(list(range(len(program.row_inputs))))
        columns = {start + k: (table, k) for table, (start, width) in enumerate(spans) for k in range(width)}
        self.row_tables = as_ints([columns[place][0] for place in program.row_inputs])
        self.row_columns = as_ints([columns[place][1] for place in program.row_inputs])
        self.spans = spans
        slots = program.input_slots() if active else {}
        self.active_slots = as_ints([slots.get(place, -1) for place in active])
        self.single, self.threads, self.row_work = single, min(threads, MOST_THREADS), program.row_work()
        self.target = best_target() if target < 0 else min(target, best_target())
        self.p.code = &self.code[0] if len(self.code) else NULL
        self.p.uniform = &self.uniform[0] if len(self.uniform) else NULL
        self.p.tiled = &self.tiled[0] if len(self.tiled) else NULL
        self.p.n_uniform, self.p.n_tiled = len(self.uniform), len(self.tiled)
        self.p.uniform_slots, self.p.tiled_slots = program.uniform_slots, program.tiled_slots
        self.p.n_roots = len(program.roots)
        self.p.roots = &self.roots.data.as_ints[0] if len(self.roots) else NULL
        self.p.caller, self.p.call = <void *>self, call_function
        self.room_slots = ((2 + single) * self.p.uniform_slots + 7) // 8 * 8
        machine_free_strips(self.p.strips)
        self.p.strips = machine_find_strips(&self.p, self.room_slots)
        if self.p.strips:
            self.room_slots += self.p.strips.rooms * ROOM_OF_A_STRIP
        machine_free_pairs(self.p.pairs)
        self.p.pairs = machine_find_pairs(&self.p, len(self.code))
        machine_free_rewritten(self.rewritten)
        self.p.rewritten = self.rewritten = NULL if single else machine_rewrite(&self.p, len(self.code))
        if self.rewritten:
            self.p.code = self.rewritten.code

    cdef raise_what_was(self):
        """Raise what a Python function has raised."""
        error, self.raised = self.raised, None
        raise error

    def __dealloc__(self):
        cdef int k
        for k in range(self.n_spare):
            free(self.spare[k])
        machine_free_strips(self.p.strips)
        machine_free_pairs(self.p.pairs)
        machine_free_rewritten(self.rewritten)

    cdef Room new_room(self):
        """A room with the constants in it."""
        cdef Room room = Room.__new__(Room)
        cdef double *first
        cdef Py_ssize_t i
        room.machine = self
        if self.n_spare:
            self.n_spare -= 1
            room.memory = self.spare[self.n_spare]
            room.at = aligned(room.memory)
            return room
        room.memory = memory_of(self.room_slots)
        room.at = aligned(room.memory)
        first = room.at + self.captured_slots.shape[0] + self.input_places.shape[0]
        for i in range(self.constants.shape[0]):
            first[i] = self.constants[i]
        return room

    cdef load(self, double *U, captured, numbers):
        """Read the numbers that come in: those of Values, or of an array that was kept of them; of a list, or an array."""
        cdef Py_ssize_t i
        cdef tuple values
        cdef list listed
        cdef const double[::1] array
        cdef double[::1] kept
        if type(captured) is tuple and self.in_arena(<tuple>captured) and self.arena.lead():
            self.arena.saved += 1
            for i in range(0, self.from_arena.shape[0], 3):
                memcpy(
                    U + self.from_arena[i], self.arena.data + self.from_arena[i + 1],
                    self.from_arena[i + 2] * sizeof(double),
                )
        elif type(captured) is tuple:
            values = captured
            if hooks.ahead:
                hooks.catch_up()
            for i in range(self.captured_slots.shape[0]):
                U[self.captured_slots[i]] = (<Value>values[i])._data
        else:
            kept = captured
            for i in range(self.captured_slots.shape[0]):
                U[self.captured_slots[i]] = kept[i]
        U += self.captured_slots.shape[0]
        if type(numbers) is list:
            listed = numbers
            for i in range(self.input_places.shape[0]):
                U[i] = read(listed[self.input_places[i]])
        else:
            array = numbers
            if array.shape[0] < self.n_inputs:
                raise ValueError(f"{self.n_inputs} numbers are wanted, got {array.shape[0]}")
            for i in range(0, len(self.input_stretches), 3):
                memcpy(
                    U + self.input_stretches.data.as_ints[i], &array[self.input_stretches.data.as_ints[i + 1]],
                    self.input_stretches.data.as_ints[i + 2] * sizeof(double),
                )

    cdef bint in_arena(self, tuple captured) except -1:
        """Whether all of the Values that a recording reads lie in an arena; looked up where there is another one."""
        cdef Py_ssize_t n = len(captured)
        if n < LEAST or n != self.captured_slots.shape[0]:
            return False
        if self.arenas == made() and self.of_arena is captured:
            return self.arena is not None
        self.arenas, self.of_arena = made(), captured
        self.arena, order = arena_and_order(captured)
        if self.arena is None:
            return False
        self.from_arena = runs(order, self.captured_slots)
        self.to_arena = runs(order, None)
        return True

    def is_ahead(self, operands):
        """Whether these are the recording's captured Values, and their gradients lie in an arena."""
        return operands is self.of_arena and self.arena is not None and self.arena.leads

    def add_to_arena(self, operands, partials):
        """Add the partials to the gradients there, where they still lie there; whether they do."""
        if not self.is_ahead(operands):
            return False
        self.arena.add(self.to_arena, doubles_of(len(operands), partials))
        return True

    def captured_numbers(self, Room room):
        """The numbers of the captured Values that the room was computed from, as an array."""
        cdef array kept = reals(self.captured_slots.shape[0])
        cdef Py_ssize_t i
        for i in range(self.captured_slots.shape[0]):
            kept.data.as_doubles[i] = room.at[self.captured_slots[i]]
        return kept

    def evaluate(self, captured, numbers):
        """The room of one evaluation, None where a guard did not hold.

        Arguments:
            captured: a tuple of Values, or an array of numbers in their place.
            numbers: a list of floats and Values, or an array of floats.
        """
        cdef Room room = self.new_room()
        cdef double *U = room.at
        cdef int ok
        self.load(U, captured, numbers)
        with nogil:
            ok = machine_forward(self.target, &self.p, U)
        if self.raised is not None:
            self.raise_what_was()
        return room if ok else None

    def values(self, Room room):
        """The results, floats."""
        cdef int k
        return [room.at[self.roots.data.as_ints[3 * k + 1]] for k in range(self.p.n_roots)]

    def write_values(self, Room room, double[::1] out):
        """The same, into an array."""
        cdef Py_ssize_t k
        if out.shape[0] < self.p.n_roots:
            raise ValueError(f"there is no room for {self.p.n_roots} results")
        for k in range(0, len(self.root_stretches), 3):
            memcpy(
                &out[self.root_stretches.data.as_ints[k]], room.at + self.root_stretches.data.as_ints[k + 1],
                self.root_stretches.data.as_ints[k + 2] * sizeof(double),
            )

    def partials(self, Room room, list weights):
        """The derivative of the weighted sum of the results: of the captured Values, then of the active inputs.

        Arguments:
            weights: a float for each result, or None for one to leave out.

        Where one of them is not finite, what was not chosen may have been multiplied by it: see machine_exact.h.
        """
        cdef double *U = room.at
        cdef double *dU = U + self.p.uniform_slots
        cdef int k
        memset(dU, 0, self.p.uniform_slots * sizeof(double))
        for k in range(self.p.n_roots):
            if weights[k] is not None:
                dU[self.roots.data.as_ints[3 * k + 1]] += <double>weights[k]
        with nogil:
            machine_backward(self.target, &self.p, U, dU)
        partials = self.handed_out(dU)
        return partials if all_finite(partials, self.operands()) else self.exact(room, weights)[0]

    def exact(self, Room room, list weights):
        """The same by way of what was chosen only; and for each of them whether any derivative reaches it, as bytes."""
        cdef double *U = room.at
        cdef double *dU = U + self.p.uniform_slots
        cdef int k
        cdef Py_ssize_t i, n = self.captured_slots.shape[0], m = len(self.active_slots)
        cdef bytes marks = PyBytes_FromStringAndSize(NULL, self.p.uniform_slots + 1)
        cdef bytes reaches = PyBytes_FromStringAndSize(NULL, n + m)
        cdef unsigned char *live = <unsigned char *>PyBytes_AS_STRING(marks)
        cdef char *found = PyBytes_AS_STRING(reaches)
        memset(dU, 0, self.p.uniform_slots * sizeof(double))
        memset(live, 0, self.p.uniform_slots)
        for k in range(self.p.n_roots):
            if weights[k] is not None:
                dU[self.roots.data.as_ints[3 * k + 1]] += <double>weights[k]
                live[self.roots.data.as_ints[3 * k + 1]] = 1
        with nogil:
            machine_exact_backward(&self.p, U, dU, live)
        for i in range(n):
            found[i] = live[self.captured_slots[i]]
        for i in range(m):
            found[n + i] = live[self.active_slots.data.as_ints[i]] if self.active_slots.data.as_ints[i] >= 0 else 0
        return self.handed_out(dU), reaches

    cdef Py_ssize_t operands(self):
        return self.captured_slots.shape[0] + len(self.active_slots)

    cdef handed_out(self, double *dU):
        """The derivatives of the leaves in the form of a node's partials."""
        cdef Py_ssize_t i, n = self.captured_slots.shape[0], m = len(self.active_slots)
        partials = new_doubles(n + m)
        cdef double *out = doubles(partials)
        for i in range(0, len(self.captured_stretches), 3):
            memcpy(
                out + self.captured_stretches.data.as_ints[i], dU + self.captured_stretches.data.as_ints[i + 1],
                self.captured_stretches.data.as_ints[i + 2] * sizeof(double),
            )
        for i in range(m):
            out[n + i] = 0.0 if self.active_slots.data.as_ints[i] < 0 else dU[self.active_slots.data.as_ints[i]]
        return partials

    cdef double work(self, long n, bint gradient):
        """Multiply-adds for n rows, the way back taking twice as many as the way forward."""
        return <double>n * self.row_work * (3 if gradient else 1)

    cdef long ranges_for(self, long n):
        """Into how many ranges n rows are divided: the sums depend on it, so that it may depend on the rows alone."""
        cdef double work = self.work(n, True)
        cdef long sums = machine_sums(&self.p), most = max(8, min(MOST_RANGES, SUMS_OF_RANGES // sums))
        return <long>max(1, min(most, work / WORK_OF_A_RANGE, <double>n * self.row_work / (WORK_FOR_A_SUM * sums)))

    cdef long least_rows(self):
        """How many rows a tile has at least: more where there are large matrices, which every tile reads anew."""
        cdef bint large = self.row_work > WORK_OF_A_NUMBER * self.p.tiled_slots
        return ROWS_OF_MATRICES if large and self.p.tiled_slots < MOST_SLOTS_OF_MATRICES else LANES

    cdef Tile tiles(self, machine_worker *workers, machine_job *job, int count, long ranges, long width):
        """Memory for the tiles of so many threads and the sums of so many ranges, handed to them."""
        cdef size_t stride = (width + LANES - 1) // LANES * LANES
        cdef size_t numbers = self.p.tiled_slots * stride, each = (2 * numbers + stride // 8 + 7) // 8 * 8
        cdef size_t size = count * each + ranges * machine_sums(&self.p)
        cdef Tile tile = self.spare_tile
        cdef double *at
        cdef int k
        self.spare_tile = None
        if tile is None or tile.size < size:
            tile = Tile(size)
        for k in range(count):
            at = aligned(tile.memory) + k * each
            workers[k].job = job
            workers[k].part.T, workers[k].part.dT = at, at + numbers
            workers[k].part.ok = <unsigned char *>(at + 2 * numbers)
        job.sums = aligned(tile.memory) + count * each
        return tile

    def run_rows(self, captured, list numbers, list tables, rows, long n, weights, values, state):
        """The room of an evaluation over rows, sums over those whose state is then 0, and with weights their partials.

        Arguments:
            captured, numbers: as in `evaluate`. tables: arrays of float64, C-contiguous, a row each item, in the order
                of the spans. rows: which rows, an int64 array, or None for all; n: how many.
            weights: a float for each result, what its derivative starts with in each row, None for one to leave out;
                or None for no derivatives. values: an array (n, results) to be filled, or None.
            state: an array of n bytes to be filled, or None.

        Returns:
            None where a guard did not hold in any row.
        """
        cdef Room room = self.new_room()
        cdef double *U = room.at
        cdef long m = len(self.row_slots), i, width, most, start, end
        cdef double[:, ::1] out
        cdef long long[::1] chosen
        cdef unsigned char[::1] states
        cdef machine_batch b
        cdef machine_worker workers[MOST_THREADS]
        cdef machine_job job
        cdef int k, ok, target = self.target
        cdef size_t slots = self.p.uniform_slots
        cdef Tile tile
        pointers, lengths = new_doubles(m), new_doubles(m)
        cdef const double **columns = <const double **>PyBytes_AS_STRING(pointers)
        cdef long *steps = <long *>PyBytes_AS_STRING(lengths)
        cdef const double *table = NULL
        cdef long step = 0
        cdef int which = -1
        for i in range(m):
            if self.row_tables.data.as_ints[i] != which:
                which = self.row_tables.data.as_ints[i]
                table, step = beginning(tables[which]), self.spans[which][1]
            columns[i] = table + self.row_columns.data.as_ints[i]
            steps[i] = step
        seeds, seeded = new_doubles(self.p.n_roots), bytearray(self.p.n_roots)
        for k in range(self.p.n_roots):
            if weights is not None and weights[k] is not None:
                doubles(seeds)[k] = weights[k]
                seeded[k] = 1
        self.load(U, captured, numbers)
        with nogil:
            ok = machine_forward(target, &self.p, U)
        if self.raised is not None:
            self.raise_what_was()
        if not ok:
            return None
        cdef bint gradient = weights is not None
        cdef long ranges = self.ranges_for(n)
        cdef int count = 1
        if self.work(n, gradient) >= WORK_FOR_THREADS:
            count = <int>max(1, min(self.threads, ranges // RANGES_OF_A_THREAD))
        job.rows, job.rows_of_range = n, ((n + ranges - 1) // ranges + LANES - 1) // LANES * LANES
        width = TILE_BYTES // ((8 if self.single else 16) * (self.p.tiled_slots + 1))
        if self.single:
            width = min(width, MOST_SINGLE_ROWS)
        width = max(self.least_rows(), max(1, width // (3 * LANES)) * (3 * LANES))
        width = max(LANES, min(width, job.rows_of_range))
        tile = self.tiles(workers, &job, count, ranges, width)
        b.program, b.U, b.single, b.n_columns, b.columns, b.steps = &self.p, U, NULL, m, columns, steps
        if self.single:
            b.single = <float *>(U + 2 * slots)
            for i in range(self.p.uniform_slots):
                b.single[i] = <float>U[i]
        b.slots = &self.row_slots.data.as_ints[0] if m else NULL
        b.rows = NULL
        if rows is not None:
            chosen = rows
            b.rows = &chosen[0]
        b.width, b.values, b.state, b.stop = width, NULL, NULL, 0
        b.seeds = doubles(seeds) if gradient else NULL
        b.seeded = <const unsigned char *>PyByteArray_AS_STRING(seeded)
        if values is not None:
            out = values
            b.values = &out[0, 0]
        if state is not None:
            states = state
            b.state = &states[0]
        job.batch, job.target, job.next = &b, target, 0
        most = max(1, CHUNK_WORDS // (width * (1 + self.code.shape[0]))) * width
        with nogil:
            machine_start(workers, count)
        try:
            while machine_take(workers, &start, &end):
                while start < end:
                    with nogil:
                        machine_rows(target, &b, &workers[0].part, start, min(start + most, end))
                    PyErr_CheckSignals()
                    start += most
        except:
            b.stop = 1
            raise
        finally:
            with nogil:
                machine_join(workers, count)
        if self.raised is not None:
            self.raise_what_was()
        machine_add_up(&job)
        sums = [job.sums[slots + k] for k in range(self.p.n_roots)]
        partials = None
        if gradient:
            with nogil:
                machine_backward(target, &self.p, U, job.sums)
            partials = self.handed_out(job.sums)
        self.spare_tile = tile
        return room, sums, partials


cdef bint all_finite(partials, Py_ssize_t n) noexcept:
    return machine_finite(TARGET, n, doubles(partials))


def finite(partials, Py_ssize_t n):
    """Whether the first n partials of a node are all finite."""
    return all_finite(partials, n)
