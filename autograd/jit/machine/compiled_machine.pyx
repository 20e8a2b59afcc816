# cython: boundscheck=False, wraparound=False, cdivision=True, language_level=3
"""The machine in C: runs a program over one set of numbers or over the rows of a batch.

Numbers are read from the Values and derivatives are handed back in the form that a node keeps them in; in between the
interpreter's lock is not held. Whoever evaluates a program owns a room of its numbers for as long as it wants to ask
for derivatives; the memory of a room that is let go of is used again.
"""

from cpython.array cimport array
from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.exc cimport PyErr_CheckSignals
from libc.math cimport NAN
from libc.stdlib cimport free
from libc.string cimport memset

from autograd.arrays.arena cimport LEAST, Arena, arena_and_order, made
from autograd cimport hooks
from autograd.jit.machine.machine cimport *
from autograd.jit.machine.places cimport as_ints, beginning, copy, reals, runs, stretches, view_of
from autograd.jit.machine.tiles cimport LANES, Tile, aligned, division, division_of, memory_of
from autograd.node cimport doubles, doubles_of, new_doubles, read
from autograd.value cimport Value

DEF SPARE_ROOMS = 2  # of a machine: one result is computed while the one before is still there

cdef int TARGET = best_target()


def target_names():
    """The kinds of processor this machine has code for and this one can run, the best last."""
    return [TARGET_NAMES[k].decode() for k in range(best_target() + 1)]


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
    cdef long row_work, room_slots, used_slots
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
        self.used_slots = self.p.tiled_slots
        if self.rewritten:
            self.p.code = self.rewritten.code
            self.used_slots -= self.rewritten.unused

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
        """Read the numbers that come in: those of Values, or of an array kept of them; of a list, or an array."""
        cdef Py_ssize_t i
        cdef tuple values
        cdef list listed
        cdef const double[::1] array
        cdef double[::1] kept
        if type(captured) is tuple and self.in_arena(<tuple>captured) and self.arena.lead():
            self.arena.saved += 1
            copy(U, self.arena.data, &self.from_arena[0], self.from_arena.shape[0])
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
            if self.n_inputs:
                copy(U, &array[0], self.input_stretches.data.as_ints, len(self.input_stretches))

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
        if out.shape[0] < self.p.n_roots:
            raise ValueError(f"there is no room for {self.p.n_roots} results")
        if self.p.n_roots:
            copy(&out[0], room.at, self.root_stretches.data.as_ints, len(self.root_stretches))

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
        copy(out, dU, self.captured_stretches.data.as_ints, len(self.captured_stretches))
        for i in range(m):
            out[n + i] = 0.0 if self.active_slots.data.as_ints[i] < 0 else dU[self.active_slots.data.as_ints[i]]
        return partials

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
        cdef long m = len(self.row_slots), i, start, end
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
                table, step = beginning(tables[which], NULL), self.spans[which][1]
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
        cdef division d = division_of(
            n, self.row_work, machine_sums(&self.p), self.used_slots, self.code.shape[0], self.single, gradient,
            self.threads,
        )
        job.rows, job.rows_of_range = n, d.rows_of_range
        tile = self.tiles(workers, &job, d.threads, d.ranges, d.width)
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
        b.width, b.values, b.state, b.stop = d.width, NULL, NULL, 0
        b.seeds = doubles(seeds) if gradient else NULL
        b.seeded = <const unsigned char *>PyByteArray_AS_STRING(seeded)
        if values is not None:
            out = values
            b.values = &out[0, 0]
        if state is not None:
            states = state
            b.state = &states[0]
        job.batch, job.target, job.next = &b, target, 0
        if d.threads > 1:
            with nogil:
                machine_start(workers, d.threads)
        try:
            while machine_take(workers, &start, &end):
                while start < end:
                    with nogil:
                        machine_rows(target, &b, &workers[0].part, start, min(start + d.most, end))
                    PyErr_CheckSignals()
                    start += d.most
        except:
            b.stop = 1
            raise
        finally:
            if d.threads > 1:
                with nogil:
                    machine_join(workers, d.threads)
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
