/* The shares that a largest or smallest hands to its operands; see machine_rewriting.h.

   c: SHARES, flags, how many, slot of the first share, slot of the first operand, step, slot of the largest, slot of
   the uniform number that the count begins with. Operands that equal the largest have equal parts of one, the others
   none; where it is nan, so is every share. How often it is there is counted, and nothing is kept but the shares. */
static void V(largest_shares)(const int *c, const V(section) *s) {
    const real *first = s->T + c[4] * s->stride, *largest = s->T + c[6] * s->stride;
    const long next = c[5] * s->stride;
    real *z = s->T + c[3] * s->stride;
    const vd begin = V(broadcast)(s->U[c[7]]);
    EACH_VECTOR(r, s->stride) {
        const vd m = V(load)(largest + r), known = V(w_eq)(m, m);
        vd count = begin;
        for (long i = 0; i < c[2]; i++) count = count + V(w_eq)(V(load)(first + i * next + r), m);
        const vd part = V(w_reciprocal)(count);
        for (long i = 0; i < c[2]; i++) {
            const vd share = V(w_eq)(V(load)(first + i * next + r), m) * part;
            V(store)(z + i * s->stride + r, V(w_where)(known, share, m));
        }
    }
}
