/* The instructions for rows written anew when a machine is set up: chains and products of differences.

   A program says one operation after the other, each of which writes what the next one reads. What many of them have in
   common is worth an instruction of its own, which keeps what is between in registers: a chain of additions and
   products, each of the one before (a polynomial, a recurrence), see machine_chains.h; and sums of squared or weighted
   differences between numbers of the row and parameters (distances), see machine_differences.h; and what each operand
   of a largest or smallest gets of its derivative, where that is a number of the program, see machine_shares.h. Which
   these are is read off the words: nothing else may read what is no longer written. Programs stay as they are, and so
   does whoever reads them; rows in single precision run as they are written. */
#ifndef GLASSGRAD_MACHINE_REWRITING_H
#define GLASSGRAD_MACHINE_REWRITING_H

enum {
    CHAIN = 1101, DIFFERENCES = 1102, SHARES = 1104,
    LEAST_LINKS = 4, MOST_LINKS = 256, WORDS_OF_A_LINK = 4, WORDS_OF_DIFFERENCES = 14, WORDS_OF_SHARES = 8,
    MOST_READINGS = 3, /* of a difference: more would take longer than to keep it */
    OPEN_GROUPS = 4,
    /* what a link does to the number that runs through the chain; */
    LINK_ADD = 0, LINK_SUB = 1, LINK_FROM = 2, LINK_MUL = 3,
    /* where its other operand lies, and what of it is wanted */
    OTHER_IN_TILE = 4, OTHER_ACTIVE = 8, RUNNING_ACTIVE = 16, LINK_STORED = 32, LINK_GIVEN = 64,
    WEIGHTED = 1, NEGATIVE = 2,
    REPLACED = 1, DROPPED = 2
};

/* code: all words, those of the program first. starts: the instructions for rows. cleared: pairs of the first slot and
   the end of a stretch of the tile in which derivatives begin with zero. unused: how many slots nobody writes. */
typedef struct machine_rewritten {
    int *code, *starts, *cleared;
    long n, n_cleared, unused;
} machine_rewritten;

/* The work in progress. readers, writer, spared: of each slot of the tile how often it is read, which operation writes
   it or -1, and how many of its readings are no more. gone, place: of each instruction whether it is replaced by others
   or dropped, and at which word one begins that stands in its place, or -1. */
typedef struct {
    const machine_program *p;
    int *code, *readers, *writer, *spared, *place;
    unsigned char *gone;
    long end;
} machine_rewriting;

static inline int machine_arity(const int *c) { return c[1] >> 8 & 3; }

/* How many results an instruction has. */
static inline long machine_results(const int *c) {
    switch (c[0]) {
    case GUARD: return 0;
    case LIST_DOT: case CALL: case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN:
    case OP_NORM: return 1;
    default: return c[2];
    }
}

/* Count how often an instruction reads each slot of the tile. */
static inline void machine_count_readers(const int *c, int *readers) {
    const long n = c[2];
#define READ(tile, slot) \
    do { if (tile) readers[slot]++; } while (0)
    switch (c[0]) {
    case GUARD: READ(c[1] & 1, c[4]); READ(c[1] & 2, c[5]); return;
    case GATHER: for (long i = 0; i < n; i++) READ(c[4 + i] & 1, c[4 + i] >> 2); return;
    case CALL: for (long i = 0; i < n; i++) READ(c[5 + i] & 1, c[5 + i] >> 2); return;
    case LIST_DOT: for (long i = 0; i < 2 * n + 1; i++) READ(c[4 + i] & 1, c[4 + i] >> 2); return;
    case OP_DOT:
        for (long k = 0; k < c[4]; k++) {
            READ(c[1] & 2, c[8] + k * c[9]);
            for (long i = 0; i < n; i++) READ(c[1] & 1, c[5] + i * c[6] + k * c[7]);
        }
        for (long i = 0; i < n && c[1] & 128; i++) READ(c[1] & 4, c[10] + i * c[11]);
        return;
    case OP_TAKE:
        READ(c[1] & 1, c[4]);
        for (long place = 0; place < c[8]; place++)
            for (long i = 0; i < n; i++) READ(c[1] & 2, c[5] + place * c[6] + i * c[7]);
        return;
    case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN: case OP_NORM:
        for (long k = 0; k < n; k++) READ(1, c[4] + k * c[5]);
        return;
    default:
        for (int k = 0; k < machine_arity(c); k++)
            for (long i = 0; i < n; i++) READ(c[1] >> k & 1, c[4 + 2 * k] + i * c[5 + 2 * k]);
        for (long i = 0, at = 4 + 2 * machine_arity(c); c[1] & 128 && i < n; i++) READ(1, c[at] + i * c[at + 1]);
    }
#undef READ
}

/* ---- chains */

/* Whether an instruction can be a link: one addition, difference or product of two numbers. */
static inline int machine_is_link(const int *c) {
    return (c[0] == OP_ADD || c[0] == OP_SUB || c[0] == OP_MUL) && c[2] == 1;
}

/* Which operand of the instruction is the result of the one before it, -1 where neither or both are. */
static inline int machine_running(const int *c, int slot) {
    const int first = c[1] & 1 && c[4] == slot, second = c[1] & 2 && c[6] == slot;
    return first == second ? -1 : second;
}

/* The words of a link whose operand number k runs through the chain. */
static inline void machine_write_link(const machine_rewriting *w, const int *c, int k, int last, int *link) {
    const int other = 1 - k, slot = c[3], kept = last || w->readers[slot] > 1;
    link[0] = c[0] == OP_ADD ? LINK_ADD : c[0] == OP_MUL ? LINK_MUL : k ? LINK_FROM : LINK_SUB;
    if (c[1] >> other & 1) link[0] |= OTHER_IN_TILE;
    if (c[1] >> (3 + other) & 1) link[0] |= OTHER_ACTIVE;
    if (c[1] >> (3 + k) & 1) link[0] |= RUNNING_ACTIVE;
    if (kept) link[0] |= LINK_STORED | LINK_GIVEN;
    link[1] = slot;
    link[2] = c[4 + 2 * other];
    link[3] = c[4 + 2 * k];
}

/* Make a chain of the instructions from j on, as many as there are; where the next one begins is returned. */
static inline long machine_make_chain(machine_rewriting *w, long j) {
    const machine_program *p = w->p;
    const int *c = w->code + p->tiled[j];
    long end = j + 1;
    if (w->gone[j] || !machine_is_link(c) || !(c[1] & 3)) return end;
    for (; end < p->n_tiled && end - j < MOST_LINKS; end++) {
        const int *next = w->code + p->tiled[end];
        const int before = w->code[p->tiled[end - 1] + 3];
        if (w->gone[end] || !machine_is_link(next) || (next[1] ^ c[1]) & 64 || machine_running(next, before) < 0) break;
    }
    if (end - j < LEAST_LINKS) return end;
    int *words = w->code + w->end;
    words[0] = CHAIN, words[1] = c[1] & 64, words[2] = (int)(end - j), words[3] = c[3];
    for (long i = j; i < end; i++) {
        const int *link = w->code + p->tiled[i];
        const int k = i == j ? !(c[1] & 1) : machine_running(link, w->code[p->tiled[i - 1] + 3]);
        machine_write_link(w, link, k, i == end - 1, words + 4 + WORDS_OF_A_LINK * (i - j));
        if (i > j && link[0] == OP_MUL && words[4 + WORDS_OF_A_LINK * (i - j)] & OTHER_ACTIVE)
            words[4 + WORDS_OF_A_LINK * (i - j - 1)] |= LINK_STORED; /* the way back multiplies by it */
        w->gone[i] = REPLACED;
    }
    w->place[j] = (int)w->end;
    w->end += 4 + WORDS_OF_A_LINK * (end - j);
    return end;
}

/* ---- products of differences */

/* A difference of one number of the row and one uniform number: which is operand number k, and their slots. */
typedef struct {
    int k, x, u, flags;
} machine_difference;

static inline int machine_find_difference(const machine_rewriting *w, long slot, machine_difference *found) {
    if (w->writer[slot] < 0 || w->readers[slot] > MOST_READINGS) return 0;
    const int *c = w->code + w->p->tiled[w->writer[slot]];
    if (c[0] != OP_SUB || (c[1] & 3) == 3) return 0;
    const long i = slot - c[3];
    const int k = c[1] & 1 ? 0 : 1;
    *found = (machine_difference){k, c[4 + 2 * k] + (int)i * c[5 + 2 * k], c[6 - 2 * k] + (int)i * c[7 - 2 * k], 0};
    found->flags = (c[1] >> (3 + k) & 1 ? 8 : 0) | (c[1] >> (4 - k) & 1 ? 16 : 0) | (k ? NEGATIVE : 0);
    return 1;
}

/* Write the words for one product whose factors, or the factors on the rows' side, are differences; whether it is one.

   Words: DIFFERENCES, flags, how many products, slot of the first, step to the next, how many factors, slot and step of
   the numbers of the row, slot of the uniform ones with the steps from product to product and from factor to factor,
   slot of the weights with the same. Flags: 1 there are weights, else the differences are squared; 2 the row's
   number is subtracted; 8, 16, 32 the row's numbers, the uniform ones, the weights want a gradient. */
static inline int machine_write_differences(const machine_rewriting *w, const int *c, int *words) {
    const int weighted = !(c[1] & 1);
    if (c[0] != OP_DOT || c[2] != 1 || c[4] < 2 || !(c[1] & 2) || c[1] & 128) return 0;
    if (!weighted && (c[5] != c[8] || c[7] != c[9])) return 0;
    machine_difference first = {0}, d;
    int x_step = 0, u_step = 0;
    for (int k = 0; k < c[4]; k++) {
        if (!machine_find_difference(w, c[8] + (long)k * c[9], &d)) return 0;
        if (k == 0) first = d;
        if (k == 1) x_step = d.x - first.x, u_step = d.u - first.u;
        if (d.flags != first.flags || d.x != first.x + k * x_step || d.u != first.u + k * u_step) return 0;
    }
    const int flags = first.flags | (c[1] & 64) | (weighted ? WEIGHTED | (c[1] & 8 ? 32 : 0) : 0);
    const int found[] = {DIFFERENCES, flags, 1, c[3], 0, c[4], first.x, x_step, first.u, 0, u_step, c[5], 0, c[7]};
    memcpy(words, found, sizeof found);
    return 1;
}

/* Whether the product follows upon those that the words have so far, which then have it too. */
static inline int machine_joins(int *words, const int *one) {
    const int n = words[2];
    if (words[1] != one[1] || words[5] != one[5] || words[6] != one[6] || words[7] != one[7] || words[10] != one[10])
        return 0;
    if (words[1] & WEIGHTED && words[13] != one[13]) return 0;
    if (n == 1) words[4] = one[3] - words[3], words[9] = one[8] - words[8], words[12] = one[11] - words[11];
    if (one[3] != words[3] + n * words[4] || one[8] != words[8] + n * words[9]) return 0;
    if (words[1] & WEIGHTED && one[11] != words[11] + n * words[12]) return 0;
    words[2]++;
    return 1;
}

/* Gather the products of differences, and drop the differences that nobody reads any more. */
static inline void machine_make_differences(machine_rewriting *w) {
    const machine_program *p = w->p;
    int one[WORDS_OF_DIFFERENCES], *open[OPEN_GROUPS] = {0};
    long groups = 0;
    for (long j = 0; j < p->n_tiled; j++) {
        const int *c = w->code + p->tiled[j];
        if (!machine_write_differences(w, c, one)) continue;
        for (int k = 0; k < c[4]; k++) w->spared[c[8] + (long)k * c[9]] += one[1] & WEIGHTED ? 1 : 2;
        w->gone[j] = REPLACED;
        int joined = 0;
        for (int g = 0; g < OPEN_GROUPS && !joined; g++) joined = open[g] && machine_joins(open[g], one);
        if (joined) continue;
        w->place[j] = (int)w->end;
        open[groups++ % OPEN_GROUPS] = memcpy(w->code + w->end, one, sizeof one);
        w->end += WORDS_OF_DIFFERENCES;
    }
    for (long j = 0; j < p->n_tiled && groups; j++) {
        const int *c = w->code + p->tiled[j];
        if (c[0] != OP_SUB) continue;
        int read = 0;
        for (int i = 0; i < c[2]; i++) read = read || w->spared[c[3] + i] < w->readers[c[3] + i];
        w->gone[j] = read ? 0 : DROPPED;
    }
}

/* ---- shares of a largest */

/* The instruction that writes n slots from this one on by the operation op of so many operands, all in the tile; each
   slot is read `times` times, and no derivative goes through it. NULL where there is none; its number goes to *at. */
static inline const int *machine_written_by(const machine_rewriting *w, long slot, int op, long n, long times,
                                            long *at) {
    *at = w->writer[slot];
    if (*at < 0 || w->gone[*at]) return NULL;
    const int *c = w->code + w->p->tiled[*at];
    const int reduction = op == OP_SUM, operands = reduction ? 0 : machine_arity(c);
    if (c[0] != op || c[3] != slot || c[1] & 64 || (reduction ? n != 1 : c[2] != n)) return NULL;
    for (int k = 0; k < operands; k++)
        if (!(c[1] >> k & 1)) return NULL;
    for (long i = 0; i < n; i++)
        if (w->readers[slot + i] != times) return NULL;
    return c;
}

/* Put one instruction in the place of those that count how often the largest is there, if j is the last of these. */
static inline void machine_make_shares(machine_rewriting *w, long j) {
    const int *c = w->code + w->p->tiled[j], n = c[2];
    long at[6];
    if (c[0] != OP_WHERE || c[1] & 64 || (c[1] & 7) != 7 || n >= LEAST_IN_COLUMNS || w->gone[j]) return;
    if (n < 2 || c[5] != 0 || c[7] != 1 || c[9] != 0) return;
    const int *known = machine_written_by(w, c[4], OP_EQ, 1, n, at);
    const int *part = machine_written_by(w, c[6], OP_MUL, n, 1, at + 1);
    const int *lost = machine_written_by(w, c[8], OP_DETACH, 1, n, at + 2);
    if (!known || !part || !lost || part[5] != 1 || part[7] != 0) return;
    const int largest = lost[4];
    if (known[4] != largest || known[6] != largest) return;
    const int *equal = machine_written_by(w, part[4], OP_EQ, n, 2, at + 3);
    const int *inverse = machine_written_by(w, part[6], OP_RECIPROCAL, 1, n, at + 4);
    if (!equal || !inverse || equal[6] != largest || equal[7] != 0) return;
    const int *count = machine_written_by(w, inverse[4], OP_SUM, 1, 1, at + 5);
    if (!count || !(count[1] & 128) || count[2] != n || count[4] != equal[3] || count[5] != 1) return;
    const int words[WORDS_OF_SHARES] = {SHARES, 0, n, c[3], equal[4], equal[5], largest, count[6]};
    memcpy(w->code + w->end, words, sizeof words);
    w->place[j] = (int)w->end;
    w->end += WORDS_OF_SHARES;
    w->gone[j] = REPLACED;
    for (int k = 0; k < 6; k++) w->gone[at[k]] = DROPPED;
}

/* Which slots of the tile have a derivative that anybody reads, and that begins with zero, as stretches. */
static inline void machine_find_cleared(const machine_rewriting *w, machine_rewritten *made) {
    const machine_program *p = w->p;
    unsigned char *without = (unsigned char *)w->spared; /* of each slot, in memory that is wanted no more */
    memset(without, 1, (size_t)p->tiled_slots);
    for (long j = 0; j < p->n_tiled; j++) {
        const int *c = w->code + p->tiled[j];
        if (c[1] & 64 && c[0] != GUARD && w->gone[j] != DROPPED) memset(without + c[3], 0, (size_t)machine_results(c));
    }
    for (long j = 0; j < p->n_tiled; j++) {
        const int *c = w->place[j] < 0 ? NULL : w->code + w->place[j];
        for (long i = 0; c && c[0] == CHAIN && i < c[2]; i++)
            if (!(c[4 + WORDS_OF_A_LINK * i] & LINK_GIVEN)) without[c[5 + WORDS_OF_A_LINK * i]] = 1;
    }
    for (long slot = 0; slot < p->tiled_slots; slot++) {
        if (without[slot]) continue;
        made->cleared[2 * made->n_cleared] = (int)slot;
        while (slot < p->tiled_slots && !without[slot]) slot++;
        made->cleared[2 * made->n_cleared++ + 1] = (int)slot;
    }
}

/* How many slots of the tile are no longer written. */
static inline long machine_unused(const machine_rewriting *w) {
    const machine_program *p = w->p;
    long unused = 0;
    for (long j = 0; j < p->n_tiled; j++) {
        const int *c = w->place[j] < 0 ? NULL : w->code + w->place[j];
        if (w->gone[j] == DROPPED) unused += machine_results(w->code + p->tiled[j]);
        for (long i = 0; c && c[0] == CHAIN && i < c[2]; i++) unused += !(c[4 + WORDS_OF_A_LINK * i] & LINK_STORED);
    }
    return unused;
}

static inline void machine_free_rewritten(machine_rewritten *made) {
    if (!made) return;
    free(made->code);
    free(made->starts);
    free(made->cleared);
    free(made);
}

/* Find who reads and who writes the slots of the tile. */
static inline void machine_find_readers(machine_rewriting *w) {
    const machine_program *p = w->p;
    for (long slot = 0; slot < p->tiled_slots; slot++) w->writer[slot] = -1;
    for (int k = 0; k < p->n_roots; k++)
        if (p->roots[3 * k]) w->readers[p->roots[3 * k + 1]] += MOST_READINGS + 1;
    for (long j = 0; j < p->n_tiled; j++) {
        const int *c = w->code + p->tiled[j];
        machine_count_readers(c, w->readers);
        w->place[j] = -1;
        for (long i = 0; c[0] != GUARD && i < machine_results(c); i++) w->writer[c[3] + i] = (int)j;
    }
}

/* The instructions for rows of a program of so many words, written anew; NULL where there are none or is no memory. */
static inline machine_rewritten *machine_rewrite(const machine_program *p, long words) {
    if (!p->n_tiled) return NULL;
    machine_rewritten *made = calloc(1, sizeof *made);
    const size_t slots = (size_t)p->tiled_slots, n = (size_t)p->n_tiled, most = WORDS_OF_DIFFERENCES;
    machine_rewriting w = {.p = p, .end = words};
    w.code = malloc(sizeof *w.code * ((size_t)words + most * n));
    int *memory = calloc(3 * slots + n, sizeof *memory);
    w.gone = calloc(n, 1);
    if (made) made->code = w.code, made->starts = malloc(sizeof *made->starts * n);
    if (made) made->cleared = malloc(sizeof *made->cleared * (slots + 2));
    if (!made || !w.code || !memory || !w.gone || !made->starts || !made->cleared) {
        if (!made) free(w.code);
        machine_free_rewritten(made);
        free(memory);
        free(w.gone);
        return NULL;
    }
    w.readers = memory, w.writer = memory + slots, w.spared = memory + 2 * slots, w.place = memory + 3 * slots;
    memcpy(w.code, p->code, sizeof *w.code * (size_t)words);
    machine_find_readers(&w);
    machine_make_differences(&w);
    for (long j = 0; j < p->n_tiled; j++) machine_make_shares(&w, j);
    for (long j = 0; j < p->n_tiled; j = machine_make_chain(&w, j)) continue;
    for (long j = 0; j < p->n_tiled; j++) {
        if (w.place[j] >= 0) made->starts[made->n++] = w.place[j];
        else if (!w.gone[j]) made->starts[made->n++] = p->tiled[j];
    }
    machine_find_cleared(&w, made);
    made->unused = machine_unused(&w);
    free(memory);
    free(w.gone);
    return made;
}
#endif
