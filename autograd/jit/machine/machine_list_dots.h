/* Sums of products of numbers that lie anywhere, forward and back: a beginning, then pairs of factors. */

/* The sum in some vectors of rows from row r on. */
#undef LIST_VECTORS
#define LIST_VECTORS 8
INLINE void V(list_dot_block)(int vectors, const int *c, const V(section) *s, real *z, long r) {
    const int *reference = c + 4;
    const real *begin = V(referred)(s, *reference);
    vd sum[LIST_VECTORS];
    UNROLLED for (int v = 0; v < vectors; v++) sum[v] = V(some)(begin, IN_TILE(*reference), r + v * LANES);
    for (long k = 0; k < c[2]; k++) {
        const int a = *++reference, b = *++reference;
        const real *x = V(referred)(s, a), *y = V(referred)(s, b);
        if (IN_TILE(a) && IN_TILE(b))
            UNROLLED for (int v = 0; v < vectors; v++)
                sum[v] = V(fma)(V(load)(x + r + v * LANES), V(load)(y + r + v * LANES), sum[v]);
        else if (IN_TILE(a) || IN_TILE(b)) {
            const vd same = V(broadcast)(IN_TILE(a) ? *y : *x);
            const real *at = (IN_TILE(a) ? x : y) + r;
            UNROLLED for (int v = 0; v < vectors; v++) sum[v] = V(fma)(same, V(load)(at + v * LANES), sum[v]);
        } else
            UNROLLED for (int v = 0; v < vectors; v++) sum[v] = V(fma)(V(broadcast)(*x), V(broadcast)(*y), sum[v]);
    }
    UNROLLED for (int v = 0; v < vectors; v++) V(store)(z + r + v * LANES, sum[v]);
}

static void V(list_dot)(const int *c, const V(section) *s) {
    const int *reference = c + 4;
    real *z = s->S + c[3] * s->stride;
    if (s->stride == 1) { /* of the uniform section */
        double total = s->U[SLOT(*reference)];
        for (long k = 0; k < c[2]; k++) total += s->U[SLOT(reference[1 + 2 * k])] * s->U[SLOT(reference[2 + 2 * k])];
        *z = total;
        return;
    }
    long r = 0;
    for (; r + LIST_VECTORS * LANES <= s->stride; r += LIST_VECTORS * LANES)
        V(list_dot_block)(LIST_VECTORS, c, s, z, r);
    for (; r + 2 * LANES <= s->stride; r += 2 * LANES) V(list_dot_block)(2, c, s, z, r);
    for (; r < s->stride; r += LANES) V(list_dot_block)(1, c, s, z, r);
}

#if !SINGLE
/* c: LIST_DOTS, flags, M, slot of z, K, then for what each sum starts from and the two factors of its K products a slot
   and how far it is to that of the next sum. Of the uniform section, where nobody asks for derivatives. */
static void V(list_dots)(const int *c, const V(section) *s) {
    const long n = c[2], K = c[4];
    const int *words = c + 5;
    const double *U = s->U;
    double *z = s->U + c[3];
    int across = n >= LANES / 2;
    for (long k = 0; k < 2 * K + 1; k++) across = across && (words[2 * k + 1] == 0 || words[2 * k + 1] == 1);
    for (long i = 0; i < n && !across; i++) {
        double total = U[words[0] + i * words[1]];
        for (const int *w = words + 2; w < words + 4 * K; w += 4) total += U[w[0] + i * w[1]] * U[w[2] + i * w[3]];
        z[i] = total;
    }
#undef FACTOR
#define FACTOR(w) ((w)[1] ? V(get)(U + (w)[0], i, n - i) : V(broadcast)(U[(w)[0]]))
    for (long i = 0; i < n && across; i += LANES) {
        vd total = FACTOR(words);
        for (const int *w = words + 2; w < words + 4 * K; w += 4) {
            vd a = FACTOR(w), b = FACTOR(w + 2);
            total += a * b;
        }
        V(put)(z, i, n - i, total);
    }
}
#endif

/* Of a pair of which one factor is uniform and wants a gradient, and the other is in the tile: whether that one wants a
   gradient too, -1 for other pairs. */
INLINE int V(mixed)(const int *pair) {
    if (IN_TILE(pair[0]) == IN_TILE(pair[1])) return -1;
    const int row = IN_TILE(pair[0]) ? pair[0] : pair[1], uniform = IN_TILE(pair[0]) ? pair[1] : pair[0];
    return !WANTS(uniform) ? -1 : WANTS(row) != 0;
}

/* The shares of such pairs, whose sums over the rows do not wait for each other: g is read once for all of them. */
INLINE void V(mixed_back)(int pairs, int both, const int *reference, const V(section) *s, const real *g) {
    const real *y[4];
    real *d[4];
    double *du[4];
    vd u[4];
    D(reals) sum[4] = {{0}};
    UNROLLED for (int j = 0; j < pairs; j++) {
        const int a = reference[2 * j], b = reference[2 * j + 1];
        const long row = SLOT(IN_TILE(a) ? a : b) * s->stride, slot = SLOT(IN_TILE(a) ? b : a);
        y[j] = s->T + row, d[j] = s->dT + row, du[j] = s->dU + slot, u[j] = V(broadcast)(s->U[slot]);
    }
    const long rest = s->width % LANES, whole = s->width - rest;
    EACH_VECTOR(r, whole) {
        const vd slope = V(load)(g + r);
        UNROLLED for (int j = 0; j < pairs; j++) {
            sum[j] += V(folded)(slope * V(load)(y[j] + r));
            if (both) V(store)(d[j] + r, V(load)(d[j] + r) + slope * u[j]);
        }
    }
    if (rest) {
        const vd slope = V(load)(g + whole);
        UNROLLED for (int j = 0; j < pairs; j++) {
            sum[j] += V(folded)(V(first_lanes)(slope * V(load)(y[j] + whole), rest));
            if (both) V(store)(d[j] + whole, V(load)(d[j] + whole) + slope * u[j]);
        }
    }
    UNROLLED for (int j = 0; j < pairs; j++) *du[j] += D(sum)(sum[j]);
}

/* The shares of four such pairs, or two, from this one on, of which `rest` are left; how many they are. */
static long V(several_back)(const int *pair, long rest, const V(section) *s, const real *g) {
    const int both = V(mixed)(pair);
    long n = 1;
    while (both >= 0 && n < 4 && n < rest && V(mixed)(pair + 2 * n) == both) n++;
    if (n == 4 && both)
        V(mixed_back)(4, 1, pair, s, g);
    else if (n == 4)
        V(mixed_back)(4, 0, pair, s, g);
    else if (n > 1 && both)
        V(mixed_back)(2, 1, pair, s, g);
    else if (n > 1)
        V(mixed_back)(2, 0, pair, s, g);
    return n == 4 ? 4 : n > 1 ? 2 : 0;
}

static void V(list_dot_back)(const int *c, const V(section) *s) {
    const int *reference = c + 4;
    const real *g = s->dS + c[3] * s->stride;
    if (WANTS(*reference)) V(give)(s, IN_TILE(*reference), SLOT(*reference), g, NULL, 0);
    for (long k = 0, done; k < c[2]; k += done ? done : 1) {
        done = V(several_back)(reference + 1 + 2 * k, c[2] - k, s, g);
        if (done) continue;
        int a = reference[1 + 2 * k], b = reference[2 + 2 * k];
        if (WANTS(a)) V(give)(s, IN_TILE(a), SLOT(a), g, V(referred)(s, b), IN_TILE(b));
        if (WANTS(b)) V(give)(s, IN_TILE(b), SLOT(b), g, V(referred)(s, a), IN_TILE(a));
    }
}
