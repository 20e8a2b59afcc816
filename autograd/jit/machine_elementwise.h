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
INLINE vd V(get)(const real *x, int step, long i, long m) {
    return !step ? V(broadcast)(*x) : m < LANES ? V(load_some)(x + i, m) : V(load)(x + i);
}

INLINE void V(put)(real *z, long i, long m, vd x) {
    if (m < LANES)
        V(store_some)(z + i, x, m);
    else
        V(store)(z + i, x);
}

/* Add the share of one operand: to each number, or to the sum that stands for all. */
INLINE void V(add_share)(const V(operand) *o, long i, long m, vd share, vd *sum) {
    if (o->d)
        V(put)(o->d, i, m, V(get)(o->d, 1, i, m) + share);
    else
        *sum += m < LANES ? V(first_lanes)(share, m) : share;
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

#undef EACH_PART
#undef OPERAND
#define EACH_PART for (long i = 0, m = n; m > 0; i += LANES, m -= LANES)
#define OPERAND(k) V(get)(o[k].x, o[k].step, i, m)

/* z[i] = op of the operands for i < n. */
static void V(values)(int op, long n, real *z, const V(operand) *o) {
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: EACH_PART V(put)(z, i, m, V(w_##name)(OPERAND(0))); break;
        UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: EACH_PART V(put)(z, i, m, V(w_##name)(OPERAND(0), OPERAND(1))); break;
        BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: EACH_PART V(put)(z, i, m, V(w_##name)(OPERAND(0), OPERAND(1), OPERAND(2))); break;
        TERNARY(DO)
#if SINGLE
    default: V(values_in_double)(op, n, z, o);
#endif
    }
}

#undef WANTED
#undef SHARE
#define WANTED(k) (o[k].d || o[k].sum)
#define SHARE(k, partial) if (WANTED(k)) V(add_share)(o + k, i, m, G * (partial), &sum[k]);

/* Add to the operands' derivatives the shares of the results z, whose derivatives are g. */
static void V(shares)(int op, long n, const real *z, const real *g, const V(operand) *o) {
    vd sum[3] = {{0}};
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: \
        EACH_PART { \
            vd X = OPERAND(0), Z = V(get)(z, 1, i, m), G = V(get)(g, 1, i, m); \
            V(add_share)(o, i, m, G * V(p_##name##_##a)(X, Z), &sum[0]); \
        } \
        break;
        UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: \
        EACH_PART { \
            vd X = OPERAND(0), Y = OPERAND(1), Z = V(get)(z, 1, i, m), G = V(get)(g, 1, i, m); \
            SHARE(0, V(p_##name##_##a)(X, Y, Z)) \
            SHARE(1, V(p_##name##_##b)(X, Y, Z)) \
        } \
        break;
        BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: \
        EACH_PART { \
            vd X = OPERAND(0), Y = OPERAND(1), W = OPERAND(2), Z = V(get)(z, 1, i, m), G = V(get)(g, 1, i, m); \
            SHARE(0, V(p_##name##_##a)(X, Y, W, Z)) \
            SHARE(1, V(p_##name##_##b)(X, Y, W, Z)) \
            SHARE(2, V(p_##name##_##c)(X, Y, W, Z)) \
        } \
        break;
        TERNARY(DO)
#undef DO
#if SINGLE
    default: V(shares_in_double)(op, n, z, g, o); return;
#endif
    }
    for (int k = 0; k < 3; k++)
        if (o[k].sum && !o[k].d) *o[k].sum += V(sum)(sum[k]);
}

#if SINGLE
/* What is not exact is computed in double precision and rounded: in blocks, with numbers beyond n up to a whole vector,
   which the padding of the rows has room for. */
static void V(widen)(double *to, const real *from, long n) {
    EACH_VECTOR(i, n) {
        vd x = V(load)(from + i);
        D(store)(to + i, V(lower)(x));
        D(store)(to + i + LANES / 2, V(upper)(x));
    }
}

static void V(values_in_double)(int op, long n, real *z, const V(operand) *o) {
    double copies[3][BLOCK], results[BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        D(operand) wide[3] = {{0}};
        for (int k = 0; k < 3 && o[k].x; k++) {
            wide[k] = (D(operand)){copies[k], NULL, NULL, o[k].step, 0};
            if (o[k].step)
                V(widen)(copies[k], o[k].x + from, m);
            else
                copies[k][0] = *o[k].x;
        }
        D(values)(op, m, results, wide);
        EACH_VECTOR(i, m) V(put)(z + from, i, m - i, V(joined)(D(load)(results + i), D(load)(results + i + LANES / 2)));
    }
}

static void V(shares_in_double)(int op, long n, const real *z, const real *g, const V(operand) *o) {
    double copies[3][BLOCK], given[3][BLOCK], results[BLOCK], slopes[BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        D(operand) wide[3] = {{0}};
        for (int k = 0; k < 3 && o[k].x; k++) {
            wide[k] = (D(operand)){copies[k], o[k].d ? given[k] : NULL, o[k].sum, o[k].step, 0};
            if (o[k].step)
                V(widen)(copies[k], o[k].x + from, m);
            else
                copies[k][0] = *o[k].x;
            if (o[k].d) memset(given[k], 0, sizeof given[k]);
        }
        V(widen)(results, z + from, m);
        V(widen)(slopes, g + from, m);
        D(shares)(op, m, results, slopes, wide);
        for (int k = 0; k < 3; k++) {
            if (!o[k].d) continue;
            real *d = o[k].d + from;
            EACH_VECTOR(i, m) {
                vd share = V(joined)(D(load)(given[k] + i), D(load)(given[k] + i + LANES / 2));
                V(put)(d, i, m - i, V(get)(d, 1, i, m - i) + share);
            }
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
        if (c[2] == 1 && V(alone)(c, s->U)) return;
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
    if (V(operands)(c, s, 1, o)) {
        V(shares)(c[0], c[2] * s->stride, z, g, o);
        return;
    }
    for (long i = 0; i < c[2]; i++, V(advance)(o))
        V(shares)(c[0], s->width, z + i * s->stride, g + i * s->stride, o);
}
