/* Short runs of one operation beside each other, as one instruction that names the operands of every result.

   Where a recurrence was unrolled, or a derivative cuts runs at their ends, a program has thousands of runs of two or
   three numbers each. Finding out what a run is, which the processor cannot foresee, takes longer than its numbers do.
   When the machine is set up, neighboring runs of an operation whose results lie side by side are written anew for the
   way forward: PAIRS, the operation, how many results, the slot of the first, and for each result the slots of its
   operands. They are computed one after the other, as before. The way back reads the program as it is. */
#ifndef GLASSGRAD_MACHINE_PAIRS_H
#define GLASSGRAD_MACHINE_PAIRS_H

enum { PAIRS = 1103, MOST_ACROSS = 8, MOST_APART = 64, LEAST_PAIRED = 32 };

/* code: all words, those of the program first. starts: the instructions of the uniform section, forward. */
typedef struct machine_pairs {
    int *code, *starts;
    long n;
} machine_pairs;

/* Whether a run is one of two operands, and so short that it had better be named number by number. */
static inline int machine_is_short(const int *c) {
    if (c[0] != OP_ADD && c[0] != OP_SUB && c[0] != OP_MUL && c[0] != OP_DIV) return 0;
    const int across = (c[5] == 0 || c[5] == 1) && (c[7] == 0 || c[7] == 1);
    return c[2] <= (across ? MOST_ACROSS : MOST_APART);
}

/* Where the runs end that can be one instruction with the one at j; how many results they have goes to *results. */
static inline long machine_end_of_pairs(const machine_program *p, long j, long *results) {
    const int *first = p->code + p->uniform[j];
    *results = 0;
    for (; j < p->n_uniform; j++) {
        const int *c = p->code + p->uniform[j];
        if (c[0] != first[0] || c[3] != first[3] + *results || !machine_is_short(c)) break;
        *results += c[2];
    }
    return j;
}

static inline void machine_free_pairs(const machine_pairs *pairs) {
    if (!pairs) return;
    free(pairs->code);
    free(pairs->starts);
    free((void *)pairs);
}

/* Write the instructions with pairs among them; how many runs these stand for is returned. */
static inline long machine_write_pairs(const machine_program *p, machine_pairs *made, long words) {
    long paired = 0, results, end;
    for (long j = 0; j < p->n_uniform; j = end) {
        end = machine_end_of_pairs(p, j, &results);
        if (results < 2) {
            end = j + 1;
            made->starts[made->n++] = p->uniform[j];
            continue;
        }
        int *to = made->code + words;
        const int *c = p->code + p->uniform[j];
        made->starts[made->n++] = (int)words;
        paired += end - j;
        words += 4 + 2 * results;
        to[0] = PAIRS, to[1] = c[0], to[2] = (int)results, to[3] = c[3];
        for (to += 4; j < end; j++) {
            c = p->code + p->uniform[j];
            for (int i = 0; i < c[2]; i++, to += 2) to[0] = c[4] + i * c[5], to[1] = c[6] + i * c[7];
        }
    }
    return paired;
}

/* The uniform section of a program of so many words with its short runs as pairs; NULL where there are few of them,
   where other runs go in strips, or where there is no memory. */
static inline machine_pairs *machine_find_pairs(const machine_program *p, long words) {
    long fitting = 0, most = words, results, end;
    for (long j = 0; j < p->n_uniform && !p->strips; j = end > j ? end : j + 1) {
        end = machine_end_of_pairs(p, j, &results);
        fitting += end - j;
        most += 4 + 2 * results;
    }
    if (fitting < LEAST_PAIRED) return NULL;
    machine_pairs *made = calloc(1, sizeof *made);
    if (made) made->code = malloc(sizeof *made->code * (size_t)most);
    if (made) made->starts = malloc(sizeof *made->starts * (size_t)p->n_uniform);
    if (!made || !made->code || !made->starts) {
        machine_free_pairs(made);
        return NULL;
    }
    memcpy(made->code, p->code, sizeof *made->code * (size_t)words);
    if (machine_write_pairs(p, made, words) >= LEAST_PAIRED) return made;
    machine_free_pairs(made);
    return NULL;
}

static inline void machine_run_pairs(const int *c, double *U) {
    double *z = U + c[3];
    const long n = c[2];
    const int *at = c + 4;
#define EACH_PAIR(result)                                 \
    for (long i = 0; i < n; i++, at += 2) {               \
        const double x = U[at[0]], y = U[at[1]];          \
        z[i] = result;                                    \
    }                                                     \
    return;
    switch (c[1]) {
    case OP_ADD: EACH_PAIR(x + y)
    case OP_SUB: EACH_PAIR(x - y)
    case OP_MUL: EACH_PAIR(x * y)
    default: EACH_PAIR(x / y)
    }
#undef EACH_PAIR
}
#endif
