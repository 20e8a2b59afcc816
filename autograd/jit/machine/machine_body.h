/* The machine for one target and precision: instructions forward and backward over a section, the tiles of a batch. */
#if !SINGLE
#include "linear.h"
#endif
#include "machine_section.h"
#include "machine_elementwise.h"
#include "machine_lists.h"
#include "machine_list_dots.h"
#include "machine_products.h"
#if !SINGLE && REWRITES
#include "machine_chains.h"
#include "machine_differences.h"
#include "machine_shares.h"
#endif

static void V(guard)(const int *c, const V(section) *s) {
    const real *x = V(at)(s, c[1] & 1, c[4]), *y = V(at)(s, c[1] & 2, c[5]);
    for (long r = 0; r < s->stride; r++)
        s->ok[r] &= machine_relation(c[2], x[c[1] & 1 ? r : 0], y[c[1] & 2 ? r : 0]) == c[3];
}

/* c: CALL, flags, how many operands, slot of z, the operation's code, references to the operands. */
static void V(call)(const machine_program *p, const int *c, const V(section) *s) {
    double x[BLOCK];
    int n = c[2] < BLOCK ? c[2] : BLOCK;
    for (long r = 0; r < s->stride; r++) {
        for (int k = 0; k < n; k++) {
            const real *operand = V(referred)(s, c[5 + k]);
            x[k] = operand[IN_TILE(c[5 + k]) && s->stride > 1 ? (r < s->width ? r : s->width - 1) : 0];
        }
        real *z = s->S + c[3] * s->stride;
        z[r] = r < s->width ? (real)p->call(p->caller, c[4], x, n) : z[s->width - 1];
    }
}

static void V(machine_forward_part)(const machine_program *p, const int *code, const int *starts, long n,
                                    const V(section) *s) {
    for (long j = 0; j < n; j++) {
        const int *c = code + starts[j];
        switch (c[0]) {
        case OP_DOT: V(product)(c, s); break;
        case LIST_DOT: V(list_dot)(c, s); break;
#if !SINGLE
        case LIST_DOTS: V(list_dots)(c, s); break;
        case PAIRS: machine_run_pairs(c, s->U); break;
#endif
#if !SINGLE && REWRITES
        case CHAIN: V(chain)(c, s); break;
        case DIFFERENCES: V(differences)(c, s); break;
        case SHARES: V(largest_shares)(c, s); break;
#endif
        case GATHER: V(gather)(c, s); break;
        case OP_TAKE: V(take)(c, s); break;
        case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN: case OP_NORM:
            V(reduction)(c, s);
            break;
        case GUARD: V(guard)(c, s); break;
        case CALL: V(call)(p, c, s); break;
        default: V(elementwise)(c, s);
        }
    }
}

static void V(machine_backward_part)(const int *code, const int *starts, long n, const V(section) *s) {
    for (long j = n - 1; j >= 0; j--) {
        const int *c = code + starts[j];
        if (c[0] == GUARD || !(c[1] & 64)) continue;
        switch (c[0]) {
        case OP_DOT: V(product_back)(c, s); break;
        case LIST_DOT: V(list_dot_back)(c, s); break;
#if !SINGLE && REWRITES
        case CHAIN: V(chain_back)(c, s); break;
        case DIFFERENCES: V(differences_back)(c, s); break;
#endif
        case GATHER: V(gather_back)(c, s); break;
        case OP_TAKE: V(take_back)(c, s); break;
        case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN: case OP_NORM:
            V(reduction_back)(c, s);
            break;
        default: V(elementwise_back)(c, s);
        }
    }
}

/* Whether the column's numbers lie as the tile wants them. */
INLINE int V(lies_ready)(const machine_batch *b, long k) { return !SINGLE && !b->rows && b->steps[k] == 1; }

#undef TRANSPOSES
#if !SINGLE && LANES >= 4 && defined(__GNUC__) && !defined(__clang__)
#define TRANSPOSES 1
#else
#define TRANSPOSES 0
#endif
#if TRANSPOSES
/* How many columns from number k on, up to a vector of them, lie side by side in their table and in the tile. */
INLINE long V(side_by_side)(const machine_batch *b, long k) {
    const long most = b->n_columns - k < LANES ? b->n_columns - k : LANES;
    long m = 1;
    while (m < most && b->columns[k + m] == b->columns[k] + m && b->steps[k + m] == b->steps[k] &&
           b->slots[k + m] == b->slots[k] + (int)m)
        m++;
    return m;
}

/* Of the vectors, let those change places that are in the upper half of one and the lower half of another. */
INLINE void V(exchange)(vd *rows, int half) {
    vi lower, upper;
    UNROLLED EACH_LANE lower[lane] = lane & half ? LANES + lane - half : lane;
    UNROLLED EACH_LANE upper[lane] = lane & half ? LANES + lane : lane + half;
    UNROLLED EACH_LANE {
        if (lane & half) continue;
        const vd a = rows[lane], c = rows[lane + half];
        rows[lane] = __builtin_shuffle(a, c, lower);
        rows[lane + half] = __builtin_shuffle(a, c, upper);
    }
}

/* Let rows and columns of a vector of vectors change places: in halves, quarters and so on, each with masks that are
   known when this is compiled. */
INLINE void V(transpose)(vd *rows) {
    if (LANES > 4) V(exchange)(rows, 4);
    V(exchange)(rows, 2);
    V(exchange)(rows, 1);
}

/* Copy m such columns of a vector of rows, which begin at x and lie `step` apart. */
INLINE void V(load_columns)(const double *x, long step, long m, real *slot, long stride) {
    vd rows[LANES];
    if (m == 2 && step == 2) { /* the rows lie side by side */
        vi even, odd;
        UNROLLED EACH_LANE even[lane] = 2 * lane, odd[lane] = 2 * lane + 1;
        const vd a = V(load)(x), b = V(load)(x + LANES);
        V(store)(slot, __builtin_shuffle(a, b, even));
        V(store)(slot + stride, __builtin_shuffle(a, b, odd));
        return;
    }
    UNROLLED EACH_LANE rows[lane] = V(get)(x + lane * step, 0, m);
    V(transpose)(rows);
    UNROLLED EACH_LANE if (lane < m) V(store)(slot + lane * stride, rows[lane]);
}
#endif

/* Copy the inputs of the tile's rows, a vector of rows at a time: what these rows hold then stays in cache. */
static void V(load_rows)(const machine_batch *b, real *T, long row, long width, long stride) {
    long ready = 0;
    for (long k = 0; k < b->n_columns; k++) {
        if (!V(lies_ready)(b, k)) continue;
        real *slot = T + b->slots[k] * stride;
        memcpy(slot, b->columns[k] + row, sizeof *slot * (size_t)width);
        for (long r = width; r < stride; r++) slot[r] = slot[width - 1];
        ready++;
    }
    if (ready == b->n_columns) return;
    EACH_VECTOR(r, stride) {
        for (long k = 0; k < b->n_columns; k++) {
            if (V(lies_ready)(b, k)) continue;
            const double *x = b->columns[k];
            real *slot = T + b->slots[k] * stride + r;
            long step = b->steps[k];
#if TRANSPOSES
            const long m = b->rows || r + LANES > width ? 1 : V(side_by_side)(b, k);
            if (m >= LANES / 2 || (m == 2 && step == 2)) {
                V(load_columns)(x + (row + r) * step, step, m, slot, stride);
                k += m - 1;
                continue;
            }
#endif
            if (!b->rows && r + LANES <= width) {
                x += (row + r) * step;
                UNROLLED EACH_LANE slot[lane] = (real)x[lane * step];
            } else {
                EACH_LANE {
                    long i = row + (r + lane < width ? r + lane : width - 1);
                    slot[lane] = (real)x[(b->rows ? b->rows[i] : i) * step];
                }
            }
        }
    }
}

#if TRANSPOSES
/* Write the results from number k on, a vector of them, of the rows that fill vectors. */
INLINE void V(write_columns)(const machine_batch *b, const V(section) *s, long row, int k) {
    const machine_program *p = b->program;
    const long whole = s->width / LANES * LANES;
    double *out = b->values + row * p->n_roots + k;
    const real *at[LANES];
    EACH_LANE at[lane] = V(at)(s, p->roots[3 * (k + lane)], p->roots[3 * (k + lane) + 1]);
    EACH_VECTOR(r, whole) {
        vd rows[LANES];
        UNROLLED EACH_LANE rows[lane] = V(some)(at[lane], p->roots[3 * (k + lane)], r);
        V(transpose)(rows);
        UNROLLED EACH_LANE V(store)(out + (r + lane) * p->n_roots, rows[lane]);
    }
}
#endif

/* Write the values of the results in every row of the tile. */
static void V(write_results)(const machine_batch *b, const V(section) *s, long row) {
    const machine_program *p = b->program;
    const int n = p->n_roots;
    if (!SINGLE && n == 1 && p->roots[0]) {
        memcpy(b->values + row, s->T + p->roots[1] * s->stride, sizeof *b->values * (size_t)s->width);
        return;
    }
    long written = 0;
#if TRANSPOSES
    for (int k = 0; n >= LANES && k < n; k += LANES) V(write_columns)(b, s, row, k + LANES <= n ? k : n - LANES);
    if (n >= LANES) written = s->width / LANES * LANES;
#endif
    for (int k = 0; k < n; k++) {
        const int tile = p->roots[3 * k], slot = p->roots[3 * k + 1];
        for (long r = written; r < s->width; r++)
            b->values[(row + r) * n + k] = tile ? s->T[slot * s->stride + r] : b->U[slot];
    }
}

/* The sums of the results over the rows of the tile. */
static void V(add_results)(const machine_batch *b, machine_part *part, const V(section) *s) {
    const machine_program *p = b->program;
    for (int k = 0; k < p->n_roots; k++) {
        const int tile = p->roots[3 * k], slot = p->roots[3 * k + 1];
        part->sums[k] += tile ? V(row_sum)(s->T + slot * s->stride, NULL, 0, s->width) : b->U[slot] * (double)s->width;
    }
}

/* Let the derivatives of the tile begin with zero. */
INLINE void V(clear_derivatives)(const machine_program *p, const machine_rewritten *rewritten, const V(section) *s) {
    const size_t slot = sizeof *s->dT * (size_t)s->stride;
    if (!rewritten) memset(s->dT, 0, slot * (size_t)p->tiled_slots);
    for (long k = 0; rewritten && k < rewritten->n_cleared; k++) {
        const int *stretch = rewritten->cleared + 2 * k;
        memset(s->dT + stretch[0] * s->stride, 0, slot * (size_t)(stretch[1] - stretch[0]));
    }
}

/* The derivatives of all results together, each starting with its seed. */
static void V(tile_back)(const machine_batch *b, machine_part *part, V(section) *s) {
    const machine_program *p = b->program;
    const machine_rewritten *rewritten = SINGLE ? NULL : p->rewritten;
    long width = s->width, stride = s->stride;
    int begun = 0;
    for (int k = 0; k < p->n_roots; k++) {
        int slot = p->roots[3 * k + 1];
        if (!p->roots[3 * k + 2] || !b->seeded[k]) continue;
        if (!p->roots[3 * k]) {
            part->dU[slot] += b->seeds[k] * (double)width;
            continue;
        }
        if (!begun) V(clear_derivatives)(p, rewritten, s);
        begun = 1;
        for (long r = 0; r < width; r++) s->dT[slot * stride + r] += (real)b->seeds[k];
    }
    s->dU = part->dU;
    if (begun && rewritten) V(machine_backward_part)(p->code, rewritten->starts, rewritten->n, s);
    if (begun && !rewritten) V(machine_backward_part)(p->code, p->tiled, p->n_tiled, s);
}

static void V(machine_tiles)(const machine_batch *b, machine_part *part, long from, long to) {
    const machine_program *p = b->program;
    real *T = part->T, *dT = part->dT, *U = SINGLE ? (real *)b->single : (real *)b->U;
    for (long row = from; row < to && !b->stop; row += b->width) {
        long width = to - row < b->width ? to - row : b->width, stride = (width + LANES - 1) / LANES * LANES;
        V(section) s = {U, T, T, NULL, dT, dT, width, stride, part->ok};
        V(load_rows)(b, T, row, width, stride);
        memset(part->ok, 1, (size_t)stride);
        if (SINGLE || !p->rewritten)
            V(machine_forward_part)(p, p->code, p->tiled, p->n_tiled, &s);
        else
            V(machine_forward_part)(p, p->code, p->rewritten->starts, p->rewritten->n, &s);
        int all = !memchr(part->ok, 0, (size_t)width);
        if (b->state)
            for (long r = 0; r < width; r++) b->state[row + r] = all ? 0 : part->ok[r] ? 2 : 1;
        if (!all) continue;
        if (b->values) V(write_results)(b, &s, row);
        V(add_results)(b, part, &s);
        if (b->seeds) V(tile_back)(b, part, &s);
    }
}

#if !SINGLE
/* What a link does to the running number a, with another operand b; three each: b lies side by side, is one number for
   all, or is a itself. */
#undef EACH_LINK
#define EACH_LINK(DO) DO(0, a + b) DO(3, a - b) DO(6, b - a) DO(9, a * b) DO(12, a / b) DO(15, b / a)

/* A link over a strip: what it does, the other operand, and where the result goes, NULL where it is not written. */
typedef struct {
    int what;
    const double *other;
    double *z;
} V(link_of_strip);

/* The same of the words of a run, of whose operands `running` are the result of the run before. */
INLINE V(link_of_strip) V(read_link)(const int *c, int running, int written, double *U) {
    const int second = running != 2, last = (c[1] >> 8 & 3) - 1, other = second < last ? second : last;
    int what = 18; /* the sign is turned */
    switch (running == 2 ? -c[0] : c[0]) {
    case OP_ADD: case -OP_ADD: what = 0; break;
    case OP_SUB: what = 3; break;
    case -OP_SUB: what = 6; break;
    case OP_MUL: case -OP_MUL: what = 9; break;
    case OP_DIV: what = 12; break;
    case -OP_DIV: what = 15;
    }
    if (what < 18) what += running == 3 ? 2 : !c[5 + 2 * other];
    return (V(link_of_strip)){what, U + c[4 + 2 * other], written ? U + c[3] : NULL};
}

/* All links of a chain over the numbers from i on, of which `left` are left; it begins with x, or a number for all. */
INLINE void V(block_of_links)(int vectors, const V(link_of_strip) *link, const V(link_of_strip) *end,
                              const double *begin, int step, long i, long left) {
    vd x[LINK_VECTORS];
#undef NUMBERS
#define NUMBERS(at) (vectors > 1 ? V(load)((at) + i + v * LANES) : V(get)((at), i, left))
    UNROLLED for (int v = 0; v < vectors; v++) x[v] = step ? NUMBERS(begin) : V(broadcast)(*begin);
    for (; link < end; link++) {
        const double *other = link->other;
        switch (link->what) {
#undef DO
#define DO(what, result)                                     \
    case what:                                               \
        UNROLLED for (int v = 0; v < vectors; v++) {         \
            const vd a = x[v], b = NUMBERS(other);           \
            x[v] = result;                                   \
        }                                                    \
        break;                                               \
    case what + 1: {                                         \
        const vd b = V(broadcast)(*other);                   \
        UNROLLED for (int v = 0; v < vectors; v++) {         \
            const vd a = x[v];                               \
            x[v] = result;                                   \
        }                                                    \
        break;                                               \
    }                                                        \
    case what + 2:                                           \
        UNROLLED for (int v = 0; v < vectors; v++) {         \
            const vd a = x[v], b = a;                        \
            x[v] = result;                                   \
        }                                                    \
        break;
            EACH_LINK(DO)
#undef DO
        default: UNROLLED for (int v = 0; v < vectors; v++) x[v] = -x[v];
        }
        if (link->z && vectors > 1)
            UNROLLED for (int v = 0; v < vectors; v++) V(store)(link->z + i + v * LANES, x[v]);
        else if (link->z)
            V(put)(link->z, i, left, x[0]);
    }
#undef NUMBERS
}

/* The links of a chain over a strip; the words are theirs. */
static void V(strip_of_links)(const int (*words)[WORDS_OF_A_STRIP], const machine_run_of_strips *r, double *U) {
    const long n = words[0][2];
    const double *begin = U + words[0][4];
    V(link_of_strip) links[LINKS_OF_A_STRIP], *end = links + r->links;
    for (int k = 0; k < r->links; k++) links[k] = V(read_link)(words[k], k ? r[k].running : 1, r[k].written, U);
    long i = 0;
    for (; i + LINK_VECTORS * LANES <= n; i += LINK_VECTORS * LANES)
        V(block_of_links)(LINK_VECTORS, links, end, begin, words[0][5], i, n - i);
    for (; i < n; i += LANES) V(block_of_links)(1, links, end, begin, words[0][5], i, n - i);
}

/* The runs of a group, strip by strip; see machine_strips.h. */
static void V(strips)(const machine_program *p, const machine_group *g, const V(section) *s) {
    const machine_run_of_strips *end = g->runs + (g->end - g->first);
    for (long begin = 0; begin < g->strips * STRIP; begin += STRIP) {
        for (const machine_run_of_strips *r = g->runs; r < end; r += r->links) {
            int words[LINKS_OF_A_STRIP][WORDS_OF_A_STRIP];
            long first = begin - r->skew, from = first > 0 ? first : 0, to = first + STRIP, n = p->code[r->word + 2];
            if (to > n) to = n;
            if (from >= to) continue;
            for (int i = 0; i < r->links; i++) machine_words_of_strip(p, g, r + i, begin, from, to, words[i]);
            if (r->links > 1)
                V(strip_of_links)(words, r, s->U);
            else
                V(elementwise)(words[0], s);
        }
        for (const machine_run_of_strips *r = g->runs; r < end; r++)
            if (r->room >= 0 && r->history)
                memmove(s->U + r->room - r->history, s->U + r->room + STRIP - r->history,
                        sizeof(double) * (size_t)r->history);
    }
}

static void V(machine_forward_uniform)(const machine_program *p, double *U, unsigned char *ok) {
    V(section) s = {U, U, U, NULL, NULL, NULL, 1, 1, ok};
    if (p->pairs) {
        V(machine_forward_part)(p, p->pairs->code, p->pairs->starts, p->pairs->n, &s);
        return;
    }
    long j = 0;
    for (long k = 0; p->strips && k < p->strips->n; k++) {
        const machine_group *g = p->strips->groups + k;
        V(machine_forward_part)(p, p->code, p->uniform + j, g->first - j, &s);
        V(strips)(p, g, &s);
        j = g->end;
    }
    V(machine_forward_part)(p, p->code, p->uniform + j, p->n_uniform - j, &s);
}

static void V(machine_backward_uniform)(const machine_program *p, double *U, double *dU) {
    V(section) s = {U, U, U, dU, dU, dU, 1, 1, NULL};
    V(machine_backward_part)(p->code, p->uniform, p->n_uniform, &s);
}
#endif
