/* The way back through the uniform section number by number, where a selection hands nothing to what it did not choose.

   The vectors' way back hands 0 there, and 0 times an infinite partial is nan. Whoever finds a nan among the
   derivatives asks here: `live` says of each slot whether a derivative has arrived at all, and what has none hands
   nothing on. It knows the same instructions, in their plainest form. */
#ifndef GLASSGRAD_MACHINE_EXACT_H
#define GLASSGRAD_MACHINE_EXACT_H
#include "machine.h"

typedef struct {
    const int *code;
    const double *U;
    double *dU;
    unsigned char *live;
} exact_section;

static inline void exact_give(const exact_section *s, long slot, double share) {
    s->dU[slot] += share;
    s->live[slot] = 1;
}

static void exact_product(const int *c, const exact_section *s) {
    for (long t = c[1] & MANY_VECTORS ? c[12] - 1 : 0; t >= 0; t--) {
        long z = c[3] + t * c[2], start = c[10] + (t ? t * c[14] : 0), xs = c[8] + (t ? t * c[13] : 0);
        for (long i = 0; i < c[2]; i++) {
            if (!s->live[z + i]) continue;
            double g = s->dU[z + i];
            if (c[1] & 32) exact_give(s, start + i * c[11], g);
            for (long k = 0; k < c[4]; k++) {
                long w = c[5] + i * c[6] + k * c[7], x = xs + k * c[9];
                if (c[1] & 8) exact_give(s, w, g * s->U[x]);
                if (c[1] & 16) exact_give(s, x, g * s->U[w]);
            }
        }
    }
}

static void exact_list_dot(const int *c, const exact_section *s) {
    const int *reference = c + 4;
    if (!s->live[c[3]]) return;
    double g = s->dU[c[3]];
    if (reference[0] & 2) exact_give(s, reference[0] >> 2, g);
    for (long k = 0; k < c[2]; k++) {
        int a = reference[1 + 2 * k], b = reference[2 + 2 * k];
        if (a & 2) exact_give(s, a >> 2, g * s->U[b >> 2]);
        if (b & 2) exact_give(s, b >> 2, g * s->U[a >> 2]);
    }
}

static void exact_gather(const int *c, const exact_section *s) {
    for (long i = 0; i < c[2]; i++)
        if (c[4 + i] & 2 && s->live[c[3] + i]) exact_give(s, c[4 + i] >> 2, s->dU[c[3] + i]);
}

static void exact_take(const int *c, const exact_section *s) {
    long place = machine_place(s->U[c[4]], c[8]);
    for (long i = 0; place >= 0 && i < c[2]; i++)
        if (s->live[c[3] + i]) exact_give(s, c[5] + place * c[6] + i * c[7], s->dU[c[3] + i]);
}

static void exact_reduction(const int *c, const exact_section *s) {
    long n = c[2], ties = 0;
    if (!s->live[c[3]]) return;
    double z = s->U[c[3]], g = s->dU[c[3]];
    int extreme = c[0] == OP_MAX || c[0] == OP_MIN;
    for (long k = 0; extreme && k < n; k++) ties += s->U[c[4] + k * c[5]] == z;
    for (long k = 0; k < n; k++) {
        long slot = c[4] + k * c[5];
        double partial = c[0] == OP_SUM ? 1.0 : c[0] == OP_MEAN ? 1.0 / (double)n : 0.0;
        if (extreme) {
            if (z == z && s->U[slot] != z) continue;
            partial = z != z ? z : 1.0 / (double)ties;
        } else if (c[0] != OP_SUM && c[0] != OP_MEAN) {
            partial = s->U[c[6] + k];
        }
        exact_give(s, slot, g * partial);
    }
}

static void exact_elementwise(const int *c, const exact_section *s) {
    int arity = c[1] >> 8 & 3;
    for (long i = 0; i < c[2]; i++) {
        if (!s->live[c[3] + i]) continue;
        double g = s->dU[c[3] + i], partial[3] = {0}, x[3] = {0};
        for (int k = 0; k < arity; k++) x[k] = s->U[c[4 + 2 * k] + i * c[5 + 2 * k]];
        if (arity == 1) forward_unary(c[0], x[0], partial);
        if (arity == 2) forward_binary(c[0], x[0], x[1], partial, partial + 1);
        if (arity == 3) forward_ternary(c[0], x[0], x[1], x[2], partial, partial + 1, partial + 2);
        for (int k = 0; k < arity; k++) {
            int nothing = partial[k] == 0.0 && !signbit(partial[k]) && SELECTED[c[0]] >> k & 1;
            if (nothing || !(c[1] >> (3 + k) & 1)) continue;
            exact_give(s, c[4 + 2 * k] + i * c[5 + 2 * k], g * partial[k]);
        }
    }
}

/* Hand the derivatives in dU down to the leaves; `live` is set where they begin. */
static void machine_exact_backward(const machine_program *p, const double *U, double *dU, unsigned char *live) {
    exact_section s = {p->code, U, dU, live};
    for (long j = p->n_uniform - 1; j >= 0; j--) {
        const int *c = p->code + p->uniform[j];
        if (c[0] == GUARD || !(c[1] & 64)) continue;
        switch (c[0]) {
        case OP_DOT: exact_product(c, &s); break;
        case LIST_DOT: exact_list_dot(c, &s); break;
        case GATHER: exact_gather(c, &s); break;
        case OP_TAKE: exact_take(c, &s); break;
        case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN: case OP_NORM:
            exact_reduction(c, &s);
            break;
        default: exact_elementwise(c, &s);
        }
    }
}
#endif
