/* The engine's machine for WebAssembly: what compiled_machine.pyx is to Python, for the page's scripts.

   The headers are those of the compiled twin, unchanged; here are only a program's numbers and one run over rows.
   Memory is handed out by `machine_memory` and never given back: a page keeps what it has made. */
#include <stdlib.h>

#include <math.h>

#define REWRITES 0 /* the rows of a page run as they are written, in double precision: it is loaded with every page */
#define SINGLE_ROWS 0
#include "machine.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { TILE_BYTES = 256 * 1024, MOST_LANES = 16 };

static double no_call(void *caller, int code, const double *x, int n) {
    (void)caller, (void)code, (void)x, (void)n;
    return NAN; /* operations of a user's own are Python functions: no page has any */
}

EXPORT(machine_memory) void *machine_memory(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64); }

EXPORT(machine_program)
machine_program *machine_program_of(const int *code, const int *uniform, long n_uniform, const int *tiled, long n_tiled,
                                    long uniform_slots, long tiled_slots, const int *roots, int n_roots) {
    machine_program *p = malloc(sizeof *p);
    if (p)
        *p = (machine_program){code, uniform, tiled, n_uniform, n_tiled, uniform_slots, tiled_slots,
                               n_roots, roots, NULL, no_call};
    return p;
}

/* How many rows a tile has, as in compiled_machine.pyx. */
static long tile_width(const machine_program *p, long n) {
    long width = TILE_BYTES / (16 * (p->tiled_slots + 1)) / (3 * MOST_LANES) * (3 * MOST_LANES);
    if (width < 3 * MOST_LANES) width = 3 * MOST_LANES;
    if (width > n) width = n;
    return width < MOST_LANES ? MOST_LANES : width;
}

/* How many numbers `machine_run` needs for its tiles. */
EXPORT(machine_room) long machine_room(const machine_program *p, long n) {
    long width = tile_width(p, n), stride = (width + MOST_LANES - 1) / MOST_LANES * MOST_LANES;
    return 2 * p->tiled_slots * stride + stride / 8 + 8;
}

/* Run the program over n rows of a table.

   U: the uniform numbers, leaves filled in. width: numbers in a row of the table. places: where in a row the inputs of
   the tile are. rows: which rows, as 64-bit numbers, or NULL. seeds: what the derivative of each root starts with, or
   NULL; seeded: which have one. sums: the derivatives of the uniform numbers and then the sum of each root. values: the
   roots in every row, or NULL. */
EXPORT(machine_run)
void machine_run(const machine_program *p, double *U, const double *table, long width, const int *places, long n_places,
                 const long long *rows, long n, const double *seeds, const unsigned char *seeded, double *sums,
                 double *values, double *room) {
    const double **columns = malloc(sizeof *columns * (size_t)(n_places + 1));
    long *steps = malloc(sizeof *steps * (size_t)(n_places + 1));
    int *slots = malloc(sizeof *slots * (size_t)(n_places + 1));
    for (long k = 0; k < n_places; k++) columns[k] = table + places[k], steps[k] = width, slots[k] = (int)k;
    long tile = tile_width(p, n), stride = (tile + MOST_LANES - 1) / MOST_LANES * MOST_LANES;
    long numbers = p->tiled_slots * stride;
    machine_part part = {room, room + numbers, sums, sums + p->uniform_slots, (unsigned char *)(room + 2 * numbers)};
    machine_batch batch = {p, U, NULL, n_places, columns, steps, slots, rows, tile, seeds, seeded, values, NULL, 0};
    memset(sums, 0, sizeof *sums * (size_t)(p->uniform_slots + p->n_roots));
    machine_forward(BASELINE, p, U);
    machine_rows(BASELINE, &batch, &part, 0, n);
    if (seeds) machine_backward(BASELINE, p, U, sums);
    free(columns), free(steps), free(slots);
}

/* An optimizer's numbers for an epoch; the rules are those of nn/optimizers.py, in the same order of operations. */
typedef struct {
    double lr, momentum, decay, shrink, l1;
    double *first, *second; /* what it remembers of each parameter */
    const double *factors;  /* of Adam, for each step: the rate and the root of the second correction; NULL: descent */
} optimizer;

static void take_step(const optimizer *o, long step, double *x, const double *gradient, long count) {
    double *first = o->first, *second = o->second;
    if (!o->factors) {
        for (long i = 0; i < count; i++) {
            double g = gradient[i] + o->decay * x[i];
            if (o->momentum != 0) g = first[i] = o->momentum * first[i] + g;
            x[i] -= o->lr * g;
        }
        return;
    }
    double rate = o->factors[2 * step], root = o->factors[2 * step + 1], decay = o->decay, shrink = o->shrink;
    for (long i = 0; i < count; i++) {
        double g = gradient[i] + decay * x[i];
        double m = 0.9 * first[i] + (1 - 0.9) * g, v = 0.999 * second[i] + (1 - 0.999) * (g * g);
        first[i] = m, second[i] = v;
        x[i] = x[i] * shrink - (rate * m) / (sqrt(v) / root + 1e-8);
    }
}

/* One epoch: a gradient and a step for every `size` of the n rows, in their order; the mean loss of the rows before
   their steps. U begins with `count` parameters, which are trained; `last` is given them as they were before the last
   step. */
EXPORT(machine_epoch)
double machine_epoch(const machine_program *p, double *U, long count, const double *table, long width,
                     const int *places, long n_places, const long long *rows, long n, long size, double *seeds,
                     const unsigned char *seeded, double *sums, double *room, const double *settings, double *first,
                     double *second, const double *factors, double *last) {
    optimizer o = {settings[0], settings[1], settings[2], settings[3], settings[4], first, second, factors};
    double total = 0;
    for (long start = 0, step = 0; start < n; start += size, step++) {
        long m = start + size < n ? size : n - start;
        seeds[0] = 1.0 / (double)m;
        machine_run(p, U, table, width, places, n_places, rows + start, m, seeds, seeded, sums, NULL, room);
        total += sums[p->uniform_slots] / (double)m * (double)m;
        if (start + size >= n) memcpy(last, U, sizeof *U * (size_t)count);
        if (o.l1 != 0)
            for (long i = 0; i < count; i++) sums[i] += o.l1 * ((U[i] > 0) - (U[i] < 0));
        take_step(&o, step, U, sums, count);
    }
    return total / (double)n;
}
