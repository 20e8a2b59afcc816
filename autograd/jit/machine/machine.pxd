# The machine in C: what machine_threads.h declares, and the headers it includes.

cdef extern from "machine_threads.h":
    ctypedef struct machine_strips:
        long rooms
    ctypedef struct machine_rewritten:
        int *code
        long unused
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
