/* Runs of one operation of the table, forward and backward. The kernels are the table's own, on vectors. */

/* LANES numbers from i on, or one number for all. */
#undef AT
#undef AT_END
#define AT(x, step, i) ((step) ? V(load)((x) + (i)) : V(broadcast)(*(x)))
#define AT_END(x, step, i, n) ((step) ? V(load_some)((x) + (i), n) : V(broadcast)(*(x)))

/* The first n lanes, zero in the others. */
INLINE vd V(first_lanes)(vd x, long n) {
    double kept[LANES] = {0};
    V(store_some)(kept, x, n);
    return V(load)(kept);
}

static double V(total)(const double *x, long n) {
    vd sum = {0};
    long i = 0;
    for (; i + LANES <= n; i += LANES) sum += V(load)(x + i);
    if (i < n) sum += V(load_some)(x + i, n - i);
    return V(sum)(sum);
}

/* z[i] = op(x[i], y[i], w[i]) for i < n; an operand whose step is 0 is the same for all. */
static void V(values)(int op, long n, double *z, const double *x, long dx, const double *y, long dy, const double *w,
                      long dw) {
    long i = 0;
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: \
        for (; i + LANES <= n; i += LANES) V(store)(z + i, V(w_##name)(AT(x, dx, i))); \
        if (i < n) V(store_some)(z + i, V(w_##name)(AT_END(x, dx, i, n - i)), n - i); \
        break;
        EACH_UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: \
        for (; i + LANES <= n; i += LANES) V(store)(z + i, V(w_##name)(AT(x, dx, i), AT(y, dy, i))); \
        if (i < n) V(store_some)(z + i, V(w_##name)(AT_END(x, dx, i, n - i), AT_END(y, dy, i, n - i)), n - i); \
        break;
        EACH_BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: \
        for (; i + LANES <= n; i += LANES) \
            V(store)(z + i, V(w_##name)(AT(x, dx, i), AT(y, dy, i), AT(w, dw, i))); \
        if (i < n) \
            V(store_some)(z + i, V(w_##name)(AT_END(x, dx, i, n - i), AT_END(y, dy, i, n - i), AT_END(w, dw, i, n - i)), \
                          n - i); \
        break;
        EACH_TERNARY(DO)
    }
}

/* Add the share of one operand: to each number, or their sum to the one that stands for all. */
INLINE void V(give)(double *d, long step, long i, vd share, vd *sum) {
    if (step)
        V(store)(d + i, V(load)(d + i) + share);
    else
        *sum += share;
}

INLINE void V(give_end)(double *d, long step, long i, vd share, vd *sum, long n) {
    if (step)
        V(store_some)(d + i, V(load_some)(d + i, n) + share, n);
    else
        *sum += V(first_lanes)(share, n);
}

/* Add to the operands' derivatives the shares of z, whose derivatives are g; gx is NULL where none is wanted. */
static void V(shares)(int op, long n, const double *z, const double *g, const double *x, long dx, double *gx,
                      const double *y, long dy, double *gy, const double *w, long dw, double *gw) {
    vd sx = {0}, sy = {0}, sw = {0};
    long i = 0;
    switch (op) {
#undef DO
#define DO(OP, name, a) \
    case OP_##OP: \
        for (; i + LANES <= n; i += LANES) \
            V(give)(gx, dx, i, V(load)(g + i) * V(p_##name##_##a)(AT(x, dx, i), V(load)(z + i)), &sx); \
        if (i < n) \
            V(give_end)(gx, dx, i, V(load_some)(g + i, n - i) * V(p_##name##_##a)(AT_END(x, dx, i, n - i), \
                        V(load_some)(z + i, n - i)), &sx, n - i); \
        break;
        EACH_UNARY(DO)
#undef DO
#define DO(OP, name, a, b) \
    case OP_##OP: \
        for (; i + LANES <= n; i += LANES) { \
            vd X = AT(x, dx, i), Y = AT(y, dy, i), Z = V(load)(z + i), G = V(load)(g + i); \
            if (gx) V(give)(gx, dx, i, G * V(p_##name##_##a)(X, Y, Z), &sx); \
            if (gy) V(give)(gy, dy, i, G * V(p_##name##_##b)(X, Y, Z), &sy); \
        } \
        if (i < n) { \
            long m = n - i; \
            vd X = AT_END(x, dx, i, m), Y = AT_END(y, dy, i, m), Z = V(load_some)(z + i, m), G = V(load_some)(g + i, m); \
            if (gx) V(give_end)(gx, dx, i, G * V(p_##name##_##a)(X, Y, Z), &sx, m); \
            if (gy) V(give_end)(gy, dy, i, G * V(p_##name##_##b)(X, Y, Z), &sy, m); \
        } \
        break;
        EACH_BINARY(DO)
#undef DO
#define DO(OP, name, a, b, c) \
    case OP_##OP: \
        for (; i < n; i += LANES) { \
            long m = n - i < LANES ? n - i : LANES; \
            vd X, Y, W, Z, G; \
            if (m == LANES) \
                X = AT(x, dx, i), Y = AT(y, dy, i), W = AT(w, dw, i), Z = V(load)(z + i), G = V(load)(g + i); \
            else \
                X = AT_END(x, dx, i, m), Y = AT_END(y, dy, i, m), W = AT_END(w, dw, i, m), \
                Z = V(load_some)(z + i, m), G = V(load_some)(g + i, m); \
            if (m == LANES) { \
                if (gx) V(give)(gx, dx, i, G * V(p_##name##_##a)(X, Y, W, Z), &sx); \
                if (gy) V(give)(gy, dy, i, G * V(p_##name##_##b)(X, Y, W, Z), &sy); \
                if (gw) V(give)(gw, dw, i, G * V(p_##name##_##c)(X, Y, W, Z), &sw); \
            } else { \
                if (gx) V(give_end)(gx, dx, i, G * V(p_##name##_##a)(X, Y, W, Z), &sx, m); \
                if (gy) V(give_end)(gy, dy, i, G * V(p_##name##_##b)(X, Y, W, Z), &sy, m); \
                if (gw) V(give_end)(gw, dw, i, G * V(p_##name##_##c)(X, Y, W, Z), &sw, m); \
            } \
        } \
        break;
        EACH_TERNARY(DO)
#undef DO
    }
    if (gx && !dx) *gx += V(sum)(sx);
    if (gy && !dy) *gy += V(sum)(sy);
    if (gw && !dw) *gw += V(sum)(sw);
}

/* Where an instruction's operand lies: its first number and derivative, the step from item to item of the run, and
   whether its numbers differ from row to row; `along` is the step in one loop over the whole run and all rows. */
typedef struct {
    double *x, *d;
    long stride;
    int across, along;
} V(operand);

/* The operands of a run; returns whether all of it can be done as one loop over contiguous or equal numbers. */
static int V(operands)(const int *c, double *U, double *dU, double *T, double *dT, long width, int own,
                       V(operand) *operand) {
    int arity = c[1] >> 8 & 3, flat = 1;
    for (int k = 0; k < arity; k++) {
        int slot = c[4 + 2 * k], stride = c[5 + 2 * k], tile = c[1] >> k & 1, active = c[1] >> (3 + k) & 1;
        V(operand) *o = operand + k;
        o->x = tile ? T + slot * width : U + slot;
        o->d = !active || !dU ? NULL : tile ? dT + slot * width : dU + slot;
        o->stride = tile ? stride * width : stride;
        o->across = o->along = tile;
        if (c[2] == 1)
            o->along = tile || own;
        else if (stride == 1 && (tile || width == 1))
            o->along = 1;
        else if (stride == 0 && (!tile || width == 1))
            o->along = 0;
        else
            flat = 0;
    }
    for (int k = arity; k < 3; k++) operand[k] = (V(operand)){NULL, NULL, 0, 0, 0};
    return flat;
}

/* One operation on one number of each operand, the commonest ones without the vectors' overhead; 0 if it is none. */
INLINE int V(alone)(const int *c, double *U, double *S) {
    const double x = U[c[4]], y = c[0] <= OP_DIV ? U[c[6]] : 0.0;
    switch (c[0]) {
    case OP_ADD: S[c[3]] = x + y; return 1;
    case OP_SUB: S[c[3]] = x - y; return 1;
    case OP_MUL: S[c[3]] = x * y; return 1;
    case OP_DIV: S[c[3]] = x / y; return 1;
    default: return 0;
    }
}

INLINE int V(alone_back)(const int *c, double *U, double *dU, double *S) {
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
        if (c[1] & 16) dU[c[6]] += g * (-S[c[3]] / y);
        return 1;
    default: return 0;
    }
}

static void V(elementwise)(const int *c, double *U, double *T, double *S, long width) {
    if (c[2] == 1 && S == U && V(alone)(c, U, S)) return;
    V(operand) o[3];
    int op = c[0], own = S == U;
    long n = c[2];
    double *z = S + c[3] * width;
    if (V(operands)(c, U, NULL, T, NULL, width, own, o)) {
        V(values)(op, n * width, z, o[0].x, o[0].along, o[1].x, o[1].along, o[2].x, o[2].along);
        return;
    }
    if (width > 1) {
        for (long i = 0; i < n; i++)
            V(values)(op, width, z + i * width, o[0].x + i * o[0].stride, o[0].across, o[1].x + i * o[1].stride,
                      o[1].across, o[2].x + i * o[2].stride, o[2].across);
        return;
    }
    double copies[3][BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        for (int k = 0; k < 3 && o[k].x; k++)
            for (long i = 0; i < m; i++) copies[k][i] = o[k].x[(from + i) * o[k].stride];
        V(values)(op, m, z + from, copies[0], 1, copies[1], 1, copies[2], 1);
    }
}

static void V(elementwise_back)(const int *c, double *U, double *dU, double *T, double *dT, double *S, double *dS,
                                long width) {
    if (c[2] == 1 && S == U && V(alone_back)(c, U, dU, S)) return;
    V(operand) o[3];
    int op = c[0], own = S == U;
    long n = c[2];
    const double *z = S + c[3] * width, *g = dS + c[3] * width;
    if (V(operands)(c, U, dU, T, dT, width, own, o)) {
        V(shares)(op, n * width, z, g, o[0].x, o[0].along, o[0].d, o[1].x, o[1].along, o[1].d, o[2].x, o[2].along,
                  o[2].d);
        return;
    }
    if (width > 1) {
        for (long i = 0; i < n; i++)
            V(shares)(op, width, z + i * width, g + i * width, o[0].x + i * o[0].stride, o[0].across,
                      o[0].d ? o[0].d + i * o[0].stride : NULL, o[1].x + i * o[1].stride, o[1].across,
                      o[1].d ? o[1].d + i * o[1].stride : NULL, o[2].x + i * o[2].stride, o[2].across,
                      o[2].d ? o[2].d + i * o[2].stride : NULL);
        return;
    }
    double copies[3][BLOCK], given[3][BLOCK];
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        for (int k = 0; k < 3 && o[k].x; k++)
            for (long i = 0; i < m; i++) copies[k][i] = o[k].x[(from + i) * o[k].stride], given[k][i] = 0.0;
        V(shares)(op, m, z + from, g + from, copies[0], 1, o[0].d ? given[0] : NULL, copies[1], 1,
                  o[1].d ? given[1] : NULL, copies[2], 1, o[2].d ? given[2] : NULL);
        for (int k = 0; k < 3; k++)
            for (long i = 0; o[k].d && i < m; i++) o[k].d[(from + i) * o[k].stride] += given[k][i];
    }
}
