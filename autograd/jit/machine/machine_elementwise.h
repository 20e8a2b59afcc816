/* Runs of one operation of the table, forward and backward. The kernels are the table's own, on vectors. */

/* Where the numbers of one operand lie: side by side where step is 1, one for all where it is 0; the item after an item
   of the run is `next` numbers on. The derivatives are added to d likewise, or to *sum, where they are wanted. */
typedef struct {
    const real *x;
    real *d;
    double *sum;
    int step;
    long next;
} V(operand);

/* A vector from number i on, of which m are left. */
INLINE vd V(get)(const real *x, long i, long m) { return m < LANES ? V(load_some)(x + i, m) : V(load)(x + i); }

INLINE void V(put)(real *z, long i, long m, vd x) {
    if (m < LANES)
        V(store_some)(z + i, x, m);
    else
        V(store)(z + i, x);
}

#undef UNARY
#undef BINARY
#undef TERNARY
#if SINGLE
#define UNARY EACH_UNARY_IN_SINGLE
#define BINARY EACH_BINARY_IN_SINGLE
#define TERNARY EACH_TERNARY_IN_SINGLE
static void V(values_in_double)(int op, long n, real *z, const V(operand) *o);
static void V(shares_in_double)(int op, long n, const real *z, const real *g, const V(operand) *o);
#else
#define UNARY EACH_UNARY
#define BINARY EACH_BINARY
#define TERNARY EACH_TERNARY
#endif

/* A pointer to the numbers of operand k and how far it moves from vector to vector; one number is spread over a vector
   that it stays at, so that the loops need not ask. */
#undef FOLLOW
#define FOLLOW(at, move, k)                                       \
    vd same_##at = {0};                                           \
    const long move = o[k].step ? LANES : 0;                      \
    if (!o[k].step && o[k].x) same_##at = V(broadcast)(*o[k].x);  \
    const real *at = o[k].step ? o[k].x : (const real *)&same_##at;

/* z[i] = op of the operands for i < n, a multiple of LANES. */
static void V(whole_values)(int op, long n, real *z, const V(operand) *o) {
    FOLLOW(x, dx, 0)
    FOLLOW(y, dy, 1)
    FOLLOW(w, dw, 2)
    const real *end = z + n;
    /* most rows' work is these three: several vectors at a time, the rest below */
    for (; op <= OP_MUL && end - z >= 4 * LANES; z += 4 * LANES, x += 4 * dx, y += 4 * dy) {
        UNROLLED for (int v = 0; v < 4; v++) {
            const vd a = V(load)(x + v * dx), b = V(load)(y + v * dy);
            V(store)(z + v * LANES, op == OP_ADD ? a + b : op == OP_SUB ? a - b : a * b);
        }
    }
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: for (; z < end; z += LANES, x += dx) V(store)(z, V(w_##name)(V(load)(x))); break;
        UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: \
        for (; z < end; z += LANES, x += dx, y += dy) V(store)(z, V(w_##name)(V(load)(x), V(load)(y))); \
        break;
        BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: \
        for (; z < end; z += LANES, x += dx, y += dy, w += dw) \
            V(store)(z, V(w_##name)(V(load)(x), V(load)(y), V(load)(w))); \
        break;
        TERNARY(DO)
#undef DO
#if SINGLE
    default: V(values_in_double)(op, n, z, o);
#endif
    }
}

/* Where the share of operand k goes: to derivatives that lie side by side, or to sums that stay in a register. */
#undef GIVE
#define GIVE(k, partial)                                              \
    if (d##k) {                                                       \
        V(store)(d##k, V(load)(d##k) + V(load)(g) * (partial));       \
        d##k += LANES;                                                \
    } else if (added##k)                                              \
        sum##k += V(load)(g) * (partial);

#undef BY_ANOTHER
#if SINGLE
#define BY_ANOTHER(DO)
#else
#define BY_ANOTHER EACH_BY_ANOTHER
#endif

/* Add to the operands' derivatives the shares of n results z, whose derivatives are g; n is a multiple of LANES. */
static void V(whole_shares)(int op, long n, const real *z, const real *g, const V(operand) *o) {
    FOLLOW(x, dx, 0)
    FOLLOW(y, dy, 1)
    FOLLOW(w, dw, 2)
    real *d0 = o[0].d, *d1 = o[1].d, *d2 = o[2].d;
    const int added0 = !d0 && o[0].sum, added1 = !d1 && o[1].sum, added2 = !d2 && o[2].sum;
    vd sum0 = {0}, sum1 = {0}, sum2 = {0};
    const real *end = z + n;
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: \
        for (; z < end; z += LANES, g += LANES, x += dx) GIVE(0, V(p_##name##_##a)(V(load)(x), V(load)(z))) \
        break;
        UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: \
        for (; z < end; z += LANES, g += LANES, x += dx, y += dy) { \
            vd X = V(load)(x), Y = V(load)(y), Z = V(load)(z); \
            GIVE(0, V(p_##name##_##a)(X, Y, Z)) \
            GIVE(1, V(p_##name##_##b)(X, Y, Z)) \
        } \
        break;
        BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: \
        for (; z < end; z += LANES, g += LANES, x += dx, y += dy, w += dw) { \
            vd X = V(load)(x), Y = V(load)(y), W = V(load)(w), Z = V(load)(z); \
            GIVE(0, V(p_##name##_##a)(X, Y, W, Z)) \
            GIVE(1, V(p_##name##_##b)(X, Y, W, Z)) \
            GIVE(2, V(p_##name##_##c)(X, Y, W, Z)) \
        } \
        break;
        TERNARY(DO)
#undef DO
#define DO(OP, name, other) \
    case BY_ANOTHER_OPERATION + OP_##OP: \
        for (; z < end; z += LANES, g += LANES, y += dy) GIVE(0, V(p_##name##_by_##other)(V(load)(y), V(load)(z))) \
        break;
        BY_ANOTHER(DO)
#undef DO
#if SINGLE
    default: V(shares_in_double)(op, n, z, g, o); return;
#endif
    }
    if (added0) *o[0].sum += V(sum)(sum0);
    if (added1) *o[1].sum += V(sum)(sum1);
    if (added2) *o[2].sum += V(sum)(sum2);
}

/* The operands from number n on, of which `rest` are left: copied to whole vectors. */
INLINE void V(last_operands)(const V(operand) *o, long n, long rest, V(operand) *last, real copies[3][LANES]) {
    for (int k = 0; k < 3; k++) {
        last[k] = (V(operand)){o[k].x, NULL, NULL, o[k].step, 0};
        if (!o[k].step || !o[k].x) continue;
        V(store)(copies[k], V(load_some)(o[k].x + n, rest));
        last[k].x = copies[k];
    }
}

/* The same for any n. */
static void V(values)(int op, long n, real *z, const V(operand) *o) {
    long rest = n % LANES;
    n -= rest;
    if (n) V(whole_values)(op, n, z, o);
    if (!rest) return;
    V(operand) last[3];
    real copies[3][LANES], results[LANES];
    V(last_operands)(o, n, rest, last, copies);
    V(whole_values)(op, LANES, results, last);
    V(store_some)(z + n, V(load)(results), rest);
}

static void V(shares)(int op, long n, const real *z, const real *g, const V(operand) *o) {
    long rest = n % LANES;
    n -= rest;
    if (n) V(whole_shares)(op, n, z, g, o);
    if (!rest) return;
    V(operand) last[3];
    real copies[3][LANES], given[3][LANES] = {{0}}, results[LANES], slopes[LANES];
    V(last_operands)(o, n, rest, last, copies);
    for (int k = 0; k < 3; k++)
        if (o[k].d || o[k].sum) last[k].d = given[k];
    V(store)(results, V(load_some)(z + n, rest));
    V(store)(slopes, V(load_some)(g + n, rest));
    V(whole_shares)(op, LANES, results, slopes, last);
    for (int k = 0; k < 3; k++) {
        if (o[k].d)
            V(store_some)(o[k].d + n, V(load_some)(o[k].d + n, rest) + V(load)(given[k]), rest);
        else if (o[k].sum)
            *o[k].sum += V(sum)(V(first_lanes)(V(load)(given[k]), rest));
    }
}

#if SINGLE
/* What is not exact is computed in double precision and rounded, block by block. */
static void V(widen)(double *to, const real *from, long n) {
    EACH_VECTOR(i, n) {
        vd x = V(load)(from + i);
        D(store)(to + i, V(lower)(x));
        D(store)(to + i + LANES / 2, V(upper)(x));
    }
}

/* A block of the operands from number `from` on. */
static void V(widened)(const V(operand) *o, long from, long m, D(operand) *wide, double copies[3][BLOCK]) {
    for (int k = 0; k < 3; k++) {
        wide[k] = (D(operand)){o[k].x ? copies[k] : NULL, NULL, NULL, o[k].step, 0};
        if (o[k].x && o[k].step)
            V(widen)(copies[k], o[k].x + from, m);
        else if (o[k].x)
            copies[k][0] = *o[k].x;
    }
}

static void V(values_in_double)(int op, long n, real *z, const V(operand) *o) {
    double copies[3][BLOCK], results[BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        D(operand) wide[3];
        V(widened)(o, from, m, wide, copies);
        D(whole_values)(op, m, results, wide);
        EACH_VECTOR(i, m) V(store)(z + from + i, V(joined)(D(load)(results + i), D(load)(results + i + LANES / 2)));
    }
}

static void V(shares_in_double)(int op, long n, const real *z, const real *g, const V(operand) *o) {
    double copies[3][BLOCK], given[3][BLOCK], results[BLOCK], slopes[BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        D(operand) wide[3];
        V(widened)(o, from, m, wide, copies);
        for (int k = 0; k < 3; k++) {
            wide[k].sum = o[k].sum;
            if (o[k].d) wide[k].d = memset(given[k], 0, sizeof given[k]);
        }
        V(widen)(results, z + from, m);
        V(widen)(slopes, g + from, m);
        D(whole_shares)(op, m, results, slopes, wide);
        for (int k = 0; k < 3; k++)
            for (long i = 0; o[k].d && i < m; i += LANES) {
                real *d = o[k].d + from + i;
                vd share = V(joined)(D(load)(given[k] + i), D(load)(given[k] + i + LANES / 2));
                V(store)(d, V(load)(d) + share);
            }
    }
}
#endif

/* Find the operands; returns whether the whole run can be done as one loop. */
static int V(operands)(const int *c, const V(section) *s, int back, V(operand) *o) {
    int arity = c[1] >> 8 & 3, flat = 1;
    for (int k = 0; k < 3; k++, o++) {
        *o = (V(operand)){0};
        if (k >= arity) continue;
        long slot = c[4 + 2 * k], next = c[5 + 2 * k];
        int tile = c[1] >> k & 1, wanted = back && c[1] >> (3 + k) & 1;
        o->x = V(at)(s, tile, slot);
        if (wanted && tile) o->d = s->dT + slot * s->stride;
        if (wanted && !tile) o->sum = s->dU + slot;
        o->step = tile;
        o->next = tile ? next * s->stride : next;
#if !SINGLE
        if (s->stride == 1) {
            o->step = c[2] == 1 || next == 1;
            if (wanted && o->step) o->d = o->sum;
            flat = flat && (o->step || next == 0);
            continue;
        }
#endif
        flat = flat && !o->sum && (c[2] == 1 || next == tile);
    }
    return flat;
}

/* The operands at the next item of the run. */
INLINE void V(advance)(V(operand) *o) {
    for (int k = 0; k < 3; k++) {
        o[k].x += o[k].next;
        if (o[k].d) o[k].d += o[k].next;
        if (o[k].sum) o[k].sum += o[k].next;
    }
}

#if !SINGLE
/* One operation on one number of each operand, the commonest ones without the vectors' overhead; 0 if it is none. */
INLINE int V(alone)(const int *c, double *U) {
    const double x = U[c[4]], y = c[0] <= OP_DIV ? U[c[6]] : 0.0;
    switch (c[0]) {
    case OP_ADD: U[c[3]] = x + y; return 1;
    case OP_SUB: U[c[3]] = x - y; return 1;
    case OP_MUL: U[c[3]] = x * y; return 1;
    case OP_DIV: U[c[3]] = x / y; return 1;
    default: return 0;
    }
}

INLINE int V(alone_back)(const int *c, const double *U, double *dU) {
    const double g = dU[c[3]];
    if (c[0] > OP_DIV) return 0;
    const double y = U[c[6]];
    switch (c[0]) {
    case OP_ADD:
        if (c[1] & 8) dU[c[4]] += g;
        if (c[1] & 16) dU[c[6]] += g;
        return 1;
    case OP_SUB:
        if (c[1] & 8) dU[c[4]] += g;
        if (c[1] & 16) dU[c[6]] -= g;
        return 1;
    case OP_MUL:
        if (c[1] & 8) dU[c[4]] += g * y;
        if (c[1] & 16) dU[c[6]] += g * U[c[4]];
        return 1;
    case OP_DIV:
        if (c[1] & 8) dU[c[4]] += g * (1.0 / y);
        if (c[1] & 16) dU[c[6]] += g * (-U[c[3]] / y);
        return 1;
    default: return 0;
    }
}

/* A run of one of these, or of signs turned; 0 if it is none. Long recurrences are thousands of runs of a few numbers:
   finding out what is special about them would take longer than they do. */
INLINE int V(arithmetic)(const int *c, double *U) {
    if (c[0] > OP_DIV && c[0] != OP_NEG) return 0;
    const int *second = c[0] == OP_NEG ? c + 4 : c + 6; /* there is none, and none is read */
    const double *x = U + c[4], *y = U + second[0];
    const long n = c[2], next_x = c[5], next_y = second[1];
    double *z = U + c[3];
    const int across = (unsigned long)next_x <= 1 && (unsigned long)next_y <= 1;
    const vd same_x = V(broadcast)(*x), same_y = V(broadcast)(*y);
    const long whole = across ? n / LANES * LANES : 0;
    long i = 0;
#undef RUN
#define RUN(OP, result)                                                                       \
    case OP:                                                                                  \
        if (next_x && next_y)                                                                 \
            WHOLE_VECTORS(V(load)(x + i), V(load)(y + i), result)                             \
        else if (next_x)                                                                      \
            WHOLE_VECTORS(V(load)(x + i), same_y, result)                                     \
        else                                                                                  \
            WHOLE_VECTORS(same_x, next_y ? V(load)(y + i) : same_y, result)                   \
        if (across && i < n) {                                                                \
            const vd a = next_x ? V(load_some)(x + i, n - i) : same_x;                        \
            const vd b = next_y ? V(load_some)(y + i, n - i) : same_y;                        \
            V(store_some)(z + i, result, n - i);                                              \
        }                                                                                     \
        for (; !across && i < n; i++) {                                                       \
            const double a = x[i * next_x], b = y[i * next_y];                                \
            z[i] = result;                                                                    \
        }                                                                                     \
        return 1;
#undef WHOLE_VECTORS
#define WHOLE_VECTORS(first, second, result)                                                  \
    for (; i < whole; i += LANES) {                                                           \
        const vd a = first, b = second;                                                       \
        V(store)(z + i, result);                                                              \
    }
    switch (c[0]) {
        RUN(OP_ADD, a + b)
        RUN(OP_SUB, a - b)
        RUN(OP_MUL, a * b)
        RUN(OP_DIV, a / b)
        RUN(OP_NEG, ((void)b, -a))
    default: return 0;
    }
}

/* A run of the uniform section whose operands do not lie side by side: copied to where they do, block by block. */
static void V(scattered)(const int *c, double *z, const V(operand) *o) {
    double copies[3][BLOCK];
    for (long from = 0, n = c[2]; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        V(operand) near[3] = {{0}};
        for (int k = 0; k < 3 && o[k].x; k++) {
            near[k] = (V(operand)){copies[k], NULL, NULL, 1, 0};
            for (long i = 0; i < m; i++) copies[k][i] = o[k].x[(from + i) * o[k].next];
        }
        V(values)(c[0], m, z + from, near);
    }
}

static void V(scattered_back)(const int *c, const double *z, const double *g, const V(operand) *o) {
    double copies[3][BLOCK], given[3][BLOCK];
    for (long from = 0, n = c[2]; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        V(operand) near[3] = {{0}};
        for (int k = 0; k < 3 && o[k].x; k++) {
            near[k] = (V(operand)){copies[k], o[k].sum ? given[k] : NULL, NULL, 1, 0};
            for (long i = 0; i < m; i++) copies[k][i] = o[k].x[(from + i) * o[k].next], given[k][i] = 0.0;
        }
        V(shares)(c[0], m, z + from, g + from, near);
        for (int k = 0; k < 3; k++)
            for (long i = 0; o[k].sum && i < m; i++) o[k].sum[(from + i) * o[k].next] += given[k][i];
    }
}
#endif

static void V(elementwise)(const int *c, const V(section) *s) {
    real *z = s->S + c[3] * s->stride;
    V(operand) o[3];
#if !SINGLE
    if (s->stride == 1) {
        if (c[2] == 1 ? V(alone)(c, s->U) : V(arithmetic)(c, s->U)) return;
        if (V(operands)(c, s, 0, o))
            V(values)(c[0], c[2], z, o);
        else
            V(scattered)(c, z, o);
        return;
    }
#endif
    if (V(operands)(c, s, 0, o)) {
        V(values)(c[0], c[2] * s->stride, z, o);
        return;
    }
    for (long i = 0; i < c[2]; i++, V(advance)(o)) V(values)(c[0], s->stride, z + i * s->stride, o);
}

static void V(elementwise_back)(const int *c, const V(section) *s) {
    const real *z = s->S + c[3] * s->stride, *g = s->dS + c[3] * s->stride;
    V(operand) o[3];
#if !SINGLE
    if (s->stride == 1) {
        if (c[2] == 1 && V(alone_back)(c, s->U, s->dU)) return;
        if (V(operands)(c, s, 1, o))
            V(shares)(c[0], c[2], z, g, o);
        else
            V(scattered_back)(c, z, g, o);
        return;
    }
#endif
    int op = c[0], flat = V(operands)(c, s, 1, o);
#if !SINGLE
    if (c[1] & 128) { /* another operation has what its partial costs */
        op += BY_ANOTHER_OPERATION;
        o[1] = (V(operand)){V(at)(s, 1, c[6]), NULL, NULL, 1, c[7] * s->stride};
        flat = flat && (c[2] == 1 || c[7] == 1);
    }
#endif
    if (flat) {
        V(shares)(op, c[2] * s->stride, z, g, o);
        return;
    }
    for (long i = 0; i < c[2]; i++, V(advance)(o))
        V(shares)(op, s->width, z + i * s->stride, g + i * s->stride, o);
}
