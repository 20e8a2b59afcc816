/* The machine for one target: instructions forward and backward over one section, and the tiles of a batch.

   A section's own numbers lie in S, `width` of them for each slot: S is the tile T, or the uniform space U with a width
   of 1. d before a name: the derivatives, laid out alike. */
#include "machine_elementwise.h"
#include "machine_lists.h"
#include "machine_products.h"

static void V(machine_forward_part)(const int *code, const int *starts, long n, double *U, double *T, double *S,
                                    long width, unsigned char *ok) {
    for (long j = 0; j < n; j++) {
        const int *c = code + starts[j];
        switch (c[0]) {
        case OP_DOT: V(product)(c, U, T, S, width); break;
        case LIST_DOT: V(list_dot)(c, U, T, S, width); break;
        case GATHER: V(gather)(c, U, T, S, width); break;
        case OP_TAKE: V(take)(c, U, T, S, width, ok); break;
        case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN:
            V(reduction)(c, S, width);
            break;
        case GUARD:
            for (long r = 0; r < width; r++) {
                double x = c[1] & 1 ? T[c[4] * width + r] : U[c[4]];
                double y = c[1] & 2 ? T[c[5] * width + r] : U[c[5]];
                ok[r] &= machine_relation(c[2], x, y) == c[3];
            }
            break;
        default: V(elementwise)(c, U, T, S, width);
        }
    }
}

static void V(machine_backward_part)(const int *code, const int *starts, long n, double *U, double *dU, double *T,
                                     double *dT, double *S, double *dS, long width, double *temp) {
    for (long j = n - 1; j >= 0; j--) {
        const int *c = code + starts[j];
        if (c[0] == GUARD || !(c[1] & 64)) continue;
        switch (c[0]) {
        case OP_DOT: V(product_back)(c, U, dU, T, dT, dS, width); break;
        case LIST_DOT: V(list_dot_back)(c, U, dU, T, dT, dS, width); break;
        case GATHER: V(gather_back)(c, dU, dT, dS, width); break;
        case OP_TAKE: V(take_back)(c, U, dU, T, dT, dS, width); break;
        case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN:
            V(reduction_back)(c, S, dS, width, temp);
            break;
        default: V(elementwise_back)(c, U, dU, T, dT, S, dS, width);
        }
    }
}

static void V(machine_tiles)(const machine_batch *b, machine_part *part, long from, long to) {
    const machine_program *p = b->program;
    double *T = part->T, *dT = part->dT;
    for (long row = from; row < to; row += b->width) {
        long width = to - row < b->width ? to - row : b->width;
        for (long k = 0; k < b->n_columns; k++) {
            const double *column = b->columns[k];
            double *slot = T + b->slots[k] * width;
            long step = b->steps[k];
            if (b->rows)
                for (long r = 0; r < width; r++) slot[r] = column[b->rows[row + r] * step];
            else
                for (long r = 0; r < width; r++) slot[r] = column[(row + r) * step];
        }
        memset(part->ok, 1, (size_t)width);
        V(machine_forward_part)(p->code, p->tiled, p->n_tiled, b->U, T, T, width, part->ok);
        int all = 1;
        for (long r = 0; r < width; r++) all &= part->ok[r];
        if (b->state)
            for (long r = 0; r < width; r++) b->state[row + r] = all ? 0 : part->ok[r] ? 2 : 1;
        if (!all) continue;
        for (int k = 0; k < p->n_roots; k++) {
            const int *root = p->roots + 3 * k;
            const double *z = root[0] ? T + root[1] * width : b->U + root[1];
            if (b->values)
                for (long r = 0; r < width; r++) b->values[(row + r) * p->n_roots + k] = root[0] ? z[r] : *z;
            if (!root[0]) {
                part->sums[k] += *z * (double)width;
                if (b->gradient && root[2]) part->dU[k * p->uniform_slots + root[1]] += b->seed * (double)width;
                continue;
            }
            part->sums[k] += V(total)(z, width);
            if (!b->gradient || !root[2]) continue;
            memset(dT, 0, sizeof *dT * (size_t)(p->tiled_slots * width));
            for (long r = 0; r < width; r++) dT[root[1] * width + r] = b->seed;
            double *dU = part->dU + k * p->uniform_slots;
            V(machine_backward_part)(p->code, p->tiled, p->n_tiled, b->U, dU, T, dT, T, dT, width, part->temp);
        }
    }
}
