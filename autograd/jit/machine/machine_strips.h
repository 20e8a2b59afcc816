/* Long runs of the uniform section in strips: some hundred numbers of one run, then as many of the next, which reads
   them.

   One run after the other, thousands of numbers long, each goes to memory and comes back from it. In strips they stay
   in the nearest cache, and a result that nobody reads but the runs beside it needs no place of its own at all: it lies
   in room for a strip, which is used again. Each number is computed by the same operations as before. Groups of runs
   are found once, when the machine is set up; derivatives do not come back through them, as these read what was there.

   A run that reads another one some places ahead goes on behind it by as many, its `skew`; what it reads some places
   back is kept when the room for the strip is used again, the room's `history`.

   Additions, differences, products and quotients of which each reads the one before go through a strip together, so
   that the number between stays in a register; what only the next of them reads is not written at all. The runs of a
   group are put into an order in which there are many such chains. */
#ifndef GLASSGRAD_MACHINE_STRIPS_H
#define GLASSGRAD_MACHINE_STRIPS_H

enum {
    STRIP = 512, LEAST_RUN = 1024, MOST_SHIFT = 64, MOST_RUNS = 64, ROOM_OF_A_STRIP = STRIP + MOST_SHIFT + 8,
    LINKS_OF_A_STRIP = 16, WORDS_OF_A_STRIP = 10
};

/* A run. room: the slot of the first number of a strip where it has no place of its own, else -1. source: for each
   operand which run of the group it lies in as a whole, or -1, and how far from its beginning. last: which run of the
   group reads it last. links: how many runs, from this one on, go through a strip together. running: bits 0 and 1,
   which operands are the result of the run before in the chain. written: whether its numbers go to memory. */
typedef struct {
    int word, room, last;
    long skew, history;
    int source[3];
    long shift[3];
    int links, running, written;
} machine_run_of_strips;

/* Neighboring instructions of the section, from `first` to before `end`. */
typedef struct {
    long first, end, strips;
    machine_run_of_strips *runs;
} machine_group;

typedef struct machine_strips {
    long n, rooms;
    machine_group *groups;
    machine_run_of_strips *runs;
} machine_strips;

static inline int machine_is_elementwise(int op) {
    switch (op) {
    case OP_DOT: case OP_TAKE: case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN:
    case OP_NORM: case LIST_DOT: case LIST_DOTS: case GATHER: case GUARD: case CALL:
        return 0;
    default: return 1;
    }
}

static inline int machine_fits_strips(const int *c) {
    if (!machine_is_elementwise(c[0]) || c[1] & 64 || c[2] < LEAST_RUN) return 0;
    for (int k = 0; k < (c[1] >> 8 & 3); k++)
        if (c[5 + 2 * k] != 0 && c[5 + 2 * k] != 1) return 0;
    return 1;
}

/* Where operand k begins in the results of another run, and whether it reads any of these. */
static inline int machine_overlap(const int *c, int k, const int *other, long *shift) {
    long length = c[5 + 2 * k] ? c[2] : 1;
    *shift = (long)c[4 + 2 * k] - other[3];
    return *shift < other[2] && *shift + length > 0;
}

/* How far the run c must stay behind the runs of the group; -1 where it cannot be one of them. */
static inline long machine_skew(const machine_program *p, const machine_group *g, const int *c) {
    long skew = 0, shift;
    for (const machine_run_of_strips *r = g->runs; r < g->runs + (g->end - g->first); r++)
        for (int k = 0; k < (c[1] >> 8 & 3); k++) {
            if (!machine_overlap(c, k, p->code + r->word, &shift)) continue;
            if (!c[5 + 2 * k] || shift > MOST_SHIFT) return -1;
            if (r->skew + shift > skew) skew = r->skew + shift;
        }
    return skew;
}

/* Mark the slots that an instruction outside of the groups reads. */
static inline void machine_mark(const int *c, unsigned char *kept) {
    const long n = c[2];
    switch (c[0]) {
    case GUARD: kept[c[4]] = kept[c[5]] = 1; return;
    case GATHER: for (long i = 0; i < n; i++) kept[c[4 + i] >> 2] = 1; return;
    case CALL: for (long i = 0; i < n; i++) kept[c[5 + i] >> 2] = 1; return;
    case LIST_DOT: for (long i = 0; i < 2 * n + 1; i++) kept[c[4 + i] >> 2] = 1; return;
    case LIST_DOTS:
        for (long k = 0; k < 2 * c[4] + 1; k++)
            for (long i = 0; i < n; i++) kept[c[5 + 2 * k] + i * c[6 + 2 * k]] = 1;
        return;
    case OP_DOT:
        for (long k = 0; k < c[4]; k++) {
            kept[c[8] + k * c[9]] = 1;
            for (long i = 0; i < n; i++) kept[c[5] + i * c[6] + k * c[7]] = 1;
        }
        for (long i = 0; i < n && c[1] & 128; i++) kept[c[10] + i * c[11]] = 1;
        return;
    case OP_TAKE:
        kept[c[4]] = 1;
        for (long place = 0; place < c[8]; place++)
            for (long i = 0; i < n; i++) kept[c[5] + place * c[6] + i * c[7]] = 1;
        return;
    case OP_SUM: case OP_MEAN: case OP_PROD: case OP_LOGSUMEXP: case OP_MAX: case OP_MIN: case OP_NORM:
        for (long k = 0; k < n; k++) kept[c[4] + k * c[5]] = 1;
        if (c[1] & 128) kept[c[6]] = 1;
        return;
    default:
        for (int k = 0; k < (c[1] >> 8 & 3); k++)
            for (long i = 0; i < n; i++) kept[c[4 + 2 * k] + i * c[5 + 2 * k]] = 1;
    }
}

/* Find from which runs of its group each operand comes, and mark what it reads of others. */
static inline void machine_find_sources(const machine_program *p, machine_group *g, unsigned char *kept) {
    const long n = g->end - g->first;
    for (long j = 0; j < n; j++) {
        machine_run_of_strips *r = g->runs + j;
        const int *c = p->code + r->word;
        for (int k = 0; k < (c[1] >> 8 & 3); k++) {
            long shift, found = -1, several = 0;
            for (long i = 0; i < j; i++)
                if (machine_overlap(c, k, p->code + g->runs[i].word, &shift)) {
                    several = found >= 0;
                    found = i;
                    r->shift[k] = shift;
                }
            if (found >= 0 && !several) {
                machine_run_of_strips *source = g->runs + found;
                long back = r->skew - source->skew - r->shift[k];
                if (r->shift[k] >= 0 && r->shift[k] + c[2] <= p->code[source->word + 2] && back <= MOST_SHIFT) {
                    r->source[k] = (int)found;
                    source->last = (int)j;
                    if (back > source->history) source->history = back;
                    continue;
                }
            }
            memset(kept + c[4 + 2 * k], 1, c[5 + 2 * k] ? (size_t)c[2] : 1);
        }
    }
}

/* Give the runs of a group that nobody else reads room for a strip; how many rooms the group takes is returned. */
static inline long machine_give_rooms(const machine_program *p, machine_group *g, const unsigned char *kept,
                                      long begin) {
    const long n = g->end - g->first;
    int taken_until[MOST_RUNS];
    long rooms = 0;
    for (long j = 0; j < n; j++) {
        machine_run_of_strips *r = g->runs + j;
        const int *c = p->code + r->word;
        if (memchr(kept + c[3], 1, (size_t)c[2])) continue;
        long room = 0;
        while (room < rooms && taken_until[room] >= j) room++;
        if (room == rooms) rooms++;
        taken_until[room] = r->history ? MOST_RUNS : r->last;
        r->room = (int)(begin + room * ROOM_OF_A_STRIP + MOST_SHIFT);
    }
    return rooms;
}

/* Whether an instruction is one of the operations that a chain has. */
static inline int machine_links_strips(const int *c) {
    return c[0] == OP_ADD || c[0] == OP_SUB || c[0] == OP_MUL || c[0] == OP_DIV || c[0] == OP_NEG;
}

/* Which operands of the run r are the results of the run before it, 0 where it cannot be the next link. */
static inline int machine_continues(const machine_program *p, const machine_run_of_strips *before,
                                    const machine_run_of_strips *r) {
    const int *c = p->code + r->word, *b = p->code + before->word;
    int running = 0;
    if (!machine_links_strips(c) || !machine_links_strips(b) || c[2] != b[2] || r->skew != before->skew) return 0;
    for (int k = 0; k < (c[1] >> 8 & 3); k++)
        if (c[5 + 2 * k] == 1 && c[4 + 2 * k] == b[3]) running |= 1 << k;
    return running;
}

/* Whether every run of the group that r reads is among the first `done`. */
static inline int machine_is_ready(const machine_program *p, const machine_group *g, long done, long at) {
    const int *c = p->code + g->runs[at].word;
    long shift;
    for (long i = done; i < g->end - g->first; i++)
        for (int k = 0; i != at && k < (c[1] >> 8 & 3); k++)
            if (machine_overlap(c, k, p->code + g->runs[i].word, &shift)) return 0;
    return 1;
}

/* Put the runs of a group into an order in which those that can follow each other as links do. */
static inline void machine_order_strips(const machine_program *p, machine_group *g) {
    const long n = g->end - g->first;
    for (long done = 1; done < n; done++) {
        long next = -1, ready = -1;
        for (long at = done; at < n && next < 0; at++) {
            if (!machine_is_ready(p, g, done, at)) continue;
            if (ready < 0) ready = at;
            if (machine_continues(p, g->runs + done - 1, g->runs + at)) next = at;
        }
        if (next < 0) next = ready;
        const machine_run_of_strips chosen = g->runs[next];
        memmove(g->runs + done + 1, g->runs + done, sizeof chosen * (size_t)(next - done));
        g->runs[done] = chosen;
    }
    for (long j = 0; j < n; j++) g->runs[j].last = (int)j;
}

/* Find the chains of a group, and what of them goes to memory. */
static inline void machine_link_strips(const machine_program *p, machine_group *g) {
    const long n = g->end - g->first;
    for (long j = 0, end; j < n; j = end) {
        for (end = j + 1; end < n && end - j < LINKS_OF_A_STRIP; end++) {
            g->runs[end].running = machine_continues(p, g->runs + end - 1, g->runs + end);
            if (!g->runs[end].running) break;
        }
        g->runs[j].links = (int)(end - j);
        for (long i = j; i < end; i++) {
            machine_run_of_strips *r = g->runs + i;
            r->written = i + 1 == end || r->room < 0 || r->last != i + 1;
        }
    }
}

/* The words of a run's numbers from `from` to before `to`, in the strip that begins at `begin`. */
static inline void machine_words_of_strip(const machine_program *p, const machine_group *g,
                                          const machine_run_of_strips *r, long begin, long from, long to, int *words) {
    const int *c = p->code + r->word;
    words[0] = c[0], words[1] = c[1], words[2] = (int)(to - from);
    words[3] = (int)(r->room < 0 ? c[3] + from : r->room + from - (begin - r->skew));
    for (int k = 0; k < (c[1] >> 8 & 3); k++) {
        const machine_run_of_strips *source = g->runs + r->source[k];
        const int here = r->source[k] >= 0 && source->room >= 0;
        words[4 + 2 * k] = (int)(here ? source->room + from + r->shift[k] - (begin - source->skew)
                                      : c[4 + 2 * k] + from * c[5 + 2 * k]);
        words[5 + 2 * k] = c[5 + 2 * k];
    }
}

static inline void machine_free_strips(const machine_strips *strips) {
    if (!strips) return;
    free(strips->groups);
    free(strips->runs);
    free((void *)strips);
}

/* The groups of a program, NULL where there is none; rooms begin at the slot `begin`, a multiple of 8. */
static inline machine_strips *machine_find_strips(const machine_program *p, long begin) {
    long fitting = 0;
    for (long j = 0; j < p->n_uniform; j++) fitting += machine_fits_strips(p->code + p->uniform[j]);
    if (fitting < 2) return NULL;
    machine_strips *found = calloc(1, sizeof *found);
    unsigned char *kept = calloc((size_t)p->uniform_slots, 1);
    if (found) {
        found->groups = calloc((size_t)fitting, sizeof *found->groups);
        found->runs = calloc((size_t)fitting, sizeof *found->runs);
    }
    if (!found || !kept || !found->groups || !found->runs) {
        machine_free_strips(found);
        free(kept);
        return NULL;
    }
    machine_run_of_strips *next = found->runs;
    machine_group *g = NULL;
    for (long j = 0; j < p->n_uniform; j++) {
        const int *c = p->code + p->uniform[j];
        if (!machine_fits_strips(c)) continue;
        long skew = g && g->end == j && j - g->first < MOST_RUNS ? machine_skew(p, g, c) : -1;
        if (skew < 0) {
            g = found->groups + found->n++;
            *g = (machine_group){j, j, 0, next};
            skew = 0;
        }
        *next++ = (machine_run_of_strips){p->uniform[j], -1, (int)(j - g->first), skew, 0,
                                          {-1, -1, -1}, {0, 0, 0}, 1, 0, 1};
        g->end = j + 1;
        long strips = (c[2] + skew + STRIP - 1) / STRIP;
        if (strips > g->strips) g->strips = strips;
    }
    for (int k = 0; k < p->n_roots; k++) kept[p->roots[3 * k + 1]] = 1;
    for (g = found->groups; g < found->groups + found->n; g++) {
        machine_order_strips(p, g);
        machine_find_sources(p, g, kept);
    }
    for (long j = 0; j < p->n_uniform; j++)
        if (!machine_fits_strips(p->code + p->uniform[j])) machine_mark(p->code + p->uniform[j], kept);
    for (g = found->groups; g < found->groups + found->n && !p->n_tiled; g++) {
        long rooms = machine_give_rooms(p, g, kept, begin);
        if (rooms > found->rooms) found->rooms = rooms;
    }
    for (g = found->groups; g < found->groups + found->n; g++) machine_link_strips(p, g);
    free(kept);
    return found;
}
#endif
