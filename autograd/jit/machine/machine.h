/* The machine that runs programs: its data, and the choice of the code for this processor.

   A number that does not depend on the row of a batch lies in the uniform space, one slot each. The others lie in the
   tile: `width` rows at a time, a slot's numbers of these rows side by side, so that vectors run across rows. The words
   of the instructions are described in docs/machine.md; listing.py prints a program. */
#ifndef GLASSGRAD_MACHINE_H
#define GLASSGRAD_MACHINE_H
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

enum {
    LIST_DOT = 1001, GATHER = 1002, GUARD = 1003, CALL = 1004, LIST_DOTS = 1005,
    BY_ANOTHER_OPERATION = 2000, BLOCK = 256, MANY_VECTORS = 256,
    COLUMNS = 32, LEAST_IN_COLUMNS = 128 /* numbers of a sum */
};

typedef struct {
    const int *code, *uniform, *tiled;
    long n_uniform, n_tiled, uniform_slots, tiled_slots;
    int n_roots;
    const int *roots; /* (in the tile, slot, wants a gradient) each */
    void *caller;     /* who calls Python functions: gives the number of one of n numbers */
    double (*call)(void *caller, int code, const double *x, int n);
    const struct machine_strips *strips; /* long runs that go together, or NULL */
    const struct machine_rewritten *rewritten; /* the rows' instructions in another form, or NULL */
    const struct machine_pairs *pairs; /* the uniform instructions in another form, or NULL */
} machine_program;

#ifndef REWRITES
#define REWRITES 1 /* whether there is code for what is written anew; without it `rewritten` stays NULL */
#endif
#ifndef SINGLE_ROWS
#define SINGLE_ROWS 1 /* whether rows can be computed in single precision; without it `single` stays NULL */
#endif

#include "machine_strips.h"
#include "machine_rewriting.h"
#include "machine_pairs.h"

typedef struct {
    const machine_program *program;
    double *U;     /* the uniform numbers */
    float *single; /* the same in single precision, or NULL: rows are computed in double precision */
    long n_columns;
    const double **columns; /* where the inputs of the first row lie */
    const long *steps;      /* from row to row, in numbers */
    const int *slots;
    const long long *rows; /* which rows, or NULL for all */
    long width;
    const double *seeds;  /* what the derivative of each root starts with, or NULL for no derivatives at all; */
    const unsigned char *seeded; /* whether that root has one */
    double *values;       /* (row, root), or NULL */
    unsigned char *state; /* of each row: 0 done, 1 takes another path, 2 to be done again without its neighbors */
    volatile int stop;    /* whether to leave off at the next tile */
} machine_batch;

typedef struct {
    void *T, *dT; /* the tile and its derivatives, on boundaries of 64 bytes */
    double *dU, *sums; /* derivatives of the uniform numbers; for each root its sum over the rows */
    unsigned char *ok;
} machine_part;

static inline int machine_relation(int relation, double x, double y) {
    switch (relation) {
    case 0: return x < y;
    case 1: return x <= y;
    case 2: return x > y;
    case 3: return x >= y;
    case 4: return x == y;
    default: return x != y;
    }
}

/* The place that `take` reads, counted from the end when negative; -1 where there is none. */
static inline long machine_place(double index, long count) {
    if (!(index >= -(double)count && index < (double)count)) return -1;
    long i = (long)index;
    return i < 0 ? i + count : i;
}

#define TARGET_BODY "machine_body.h"
#if SINGLE_ROWS
#define SINGLE_BODY "machine_body.h"
#endif
#include "each_target.h"

#if WIDE_TARGETS
#define AT_TARGET(name, ...) \
    (target == AVX512 ? name##_avx512(__VA_ARGS__) \
     : target == AVX2 ? name##_avx2(__VA_ARGS__) \
                      : name##_baseline(__VA_ARGS__))
#else
#define AT_TARGET(name, ...) ((void)target, name##_baseline(__VA_ARGS__))
#endif

/* Compute the uniform numbers; whether all guards among them held. */
static inline int machine_forward(int target, const machine_program *p, double *U) {
    unsigned char ok = 1;
    AT_TARGET(machine_forward_uniform, p, U, &ok);
    return ok;
}

/* Hand the derivatives in dU down to the leaves. */
static inline void machine_backward(int target, const machine_program *p, double *U, double *dU) {
    AT_TARGET(machine_backward_uniform, p, U, dU);
}

/* Whether all of the numbers are finite. */
static inline int machine_finite(int target, long n, const double *x) { return AT_TARGET(all_finite, n, x); }

/* Compute the rows from `from` to before `to`, tile by tile. */
static inline void machine_rows(int target, const machine_batch *b, machine_part *part, long from, long to) {
#if SINGLE_ROWS
    if (b->single) {
        AT_TARGET(machine_tiles_single, b, part, from, to);
        return;
    }
#endif
    AT_TARGET(machine_tiles, b, part, from, to);
}
#endif
