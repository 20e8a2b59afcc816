/* Matrix-vector products: z[i] = start[i] + W[i, 0] * x[0] + ... for i < M, the weights at regular distances.

   c: DOT, flags, M, slot of z, K, slot of W, step from row to row, from column to column, slot of x, its step, slot of
   the start, its step. Flags: bits 0 to 2 W, x, start lie in the tile; 3 to 5 they want a gradient; 7 there is a start. */

#undef PRODUCT_ROWS
#if LEVEL == 2
#define PRODUCT_ROWS 8
#else
#define PRODUCT_ROWS 4
#endif

/* Z[i] += the sum over k of W[i, k] * X[k] for `rows` of W and `vectors` vectors of neighbors in X and Z. */
INLINE void V(block)(int rows, int vectors, long tail, long K, const double *W, long row, long column, const double *X,
                     long x_step, double *Z, long z_step) {
    vd sum[8][3];
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < vectors; v++)
            sum[i][v] = tail ? V(load_some)(Z + i * z_step, tail) : V(load)(Z + i * z_step + v * LANES);
    for (long k = 0; k < K; k++) {
        vd x[3];
        UNROLLED for (int v = 0; v < vectors; v++)
            x[v] = tail ? V(load_some)(X + k * x_step, tail) : V(load)(X + k * x_step + v * LANES);
        UNROLLED for (int i = 0; i < rows; i++) {
            vd w = V(broadcast)(W[i * row + k * column]);
            UNROLLED for (int v = 0; v < vectors; v++) sum[i][v] = V(fma)(w, x[v], sum[i][v]);
        }
    }
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < vectors; v++) {
            if (tail)
                V(store_some)(Z + i * z_step, sum[i][v], tail);
            else
                V(store)(Z + i * z_step + v * LANES, sum[i][v]);
        }
}

INLINE void V(block_rows)(int vectors, long tail, long M, long K, const double *W, long row, long column,
                          const double *X, long x_step, double *Z, long z_step) {
    long i = 0;
    for (; i + PRODUCT_ROWS <= M; i += PRODUCT_ROWS)
        V(block)(PRODUCT_ROWS, vectors, tail, K, W + i * row, row, column, X, x_step, Z + i * z_step, z_step);
    for (; i + 2 <= M; i += 2) V(block)(2, vectors, tail, K, W + i * row, row, column, X, x_step, Z + i * z_step, z_step);
    for (; i < M; i++) V(block)(1, vectors, tail, K, W + i * row, row, column, X, x_step, Z + i * z_step, z_step);
}

/* Z (M, width) += W (M, K, anywhere) X (K, width). */
static void V(multiply)(long M, long K, long width, const double *W, long row, long column, const double *X,
                        long x_step, double *Z, long z_step) {
    long r = 0;
    for (; r + 3 * LANES <= width; r += 3 * LANES)
        V(block_rows)(3, 0, M, K, W, row, column, X + r, x_step, Z + r, z_step);
    for (; r + LANES <= width; r += LANES) V(block_rows)(1, 0, M, K, W, row, column, X + r, x_step, Z + r, z_step);
    if (r < width) V(block_rows)(1, width - r, M, K, W, row, column, X + r, x_step, Z + r, z_step);
}

INLINE void V(outer_block)(int rows, int columns, long width, const double *G, long g_step, const double *X, long x_step,
                           double *D, long row, long column) {
    vd sum[4][4] = {{{0}}};
    long r = 0;
    for (; r < width; r += LANES) {
        long n = width - r;
        vd x[4];
        UNROLLED for (int k = 0; k < columns; k++)
            x[k] = n >= LANES ? V(load)(X + k * x_step + r) : V(load_some)(X + k * x_step + r, n);
        UNROLLED for (int i = 0; i < rows; i++) {
            vd g = n >= LANES ? V(load)(G + i * g_step + r) : V(load_some)(G + i * g_step + r, n);
            UNROLLED for (int k = 0; k < columns; k++) sum[i][k] = V(fma)(g, x[k], sum[i][k]);
        }
    }
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int k = 0; k < columns; k++) D[i * row + k * column] += V(sum)(sum[i][k]);
}

/* D[i, k] += the sum over the rows of G[i] * X[k]. */
static void V(outer)(long M, long K, long width, const double *G, long g_step, const double *X, long x_step, double *D,
                     long row, long column) {
    long i = 0;
    for (; i + 4 <= M; i += 4) {
        long k = 0;
        for (; k + 4 <= K; k += 4)
            V(outer_block)(4, 4, width, G + i * g_step, g_step, X + k * x_step, x_step, D + i * row + k * column, row,
                           column);
        for (; k < K; k++)
            V(outer_block)(4, 1, width, G + i * g_step, g_step, X + k * x_step, x_step, D + i * row + k * column, row,
                           column);
    }
    for (; i < M; i++) {
        long k = 0;
        for (; k + 4 <= K; k += 4)
            V(outer_block)(1, 4, width, G + i * g_step, g_step, X + k * x_step, x_step, D + i * row + k * column, row,
                           column);
        for (; k < K; k++)
            V(outer_block)(1, 1, width, G + i * g_step, g_step, X + k * x_step, x_step, D + i * row + k * column, row,
                           column);
    }
}

/* The dot product of two runs of contiguous numbers. */
INLINE double V(run_dot)(const double *x, const double *y, long n) {
    vd sum = {0};
    long k = 0;
    for (; k + LANES <= n; k += LANES) sum = V(fma)(V(load)(x + k), V(load)(y + k), sum);
    if (k < n) sum = V(fma)(V(load_some)(x + k, n - k), V(load_some)(y + k, n - k), sum);
    return V(sum)(sum);
}

/* d += a * x over runs of contiguous numbers. */
INLINE void V(run_add)(double *d, double a, const double *x, long n) {
    vd factor = V(broadcast)(a);
    long k = 0;
    for (; k + LANES <= n; k += LANES) V(store)(d + k, V(fma)(factor, V(load)(x + k), V(load)(d + k)));
    if (k < n) V(store_some)(d + k, V(fma)(factor, V(load_some)(x + k, n - k), V(load_some)(d + k, n - k)), n - k);
}

static void V(single)(const int *c, const double *U, double *z) {
    long M = c[2], K = c[4], row = c[6], column = c[7], x_step = c[9];
    const double *W = U + c[5], *x = U + c[8];
    if (column == 1 && x_step == 1)
        for (long i = 0; i < M; i++) z[i] += V(run_dot)(W + i * row, x, K);
    else if (row == 1)
        for (long k = 0; k < K; k++) V(run_add)(z, x[k * x_step], W + k * column, M);
    else
        for (long i = 0; i < M; i++)
            for (long k = 0; k < K; k++) z[i] += W[i * row + k * column] * x[k * x_step];
}

static void V(single_back)(const int *c, const double *U, double *dU, const double *g) {
    long M = c[2], K = c[4], row = c[6], column = c[7], x_step = c[9];
    const double *W = U + c[5], *x = U + c[8];
    double *dW = dU + c[5], *dx = dU + c[8];
    if (column == 1 && x_step == 1) {
        for (long i = 0; i < M; i++) {
            if (c[1] & 16) V(run_add)(dx, g[i], W + i * row, K);
            if (c[1] & 8) V(run_add)(dW + i * row, g[i], x, K);
        }
    } else if (row == 1) {
        for (long k = 0; k < K; k++) {
            if (c[1] & 16) dx[k * x_step] += V(run_dot)(W + k * column, g, M);
            if (c[1] & 8) V(run_add)(dW + k * column, x[k * x_step], g, M);
        }
    } else {
        for (long i = 0; i < M; i++)
            for (long k = 0; k < K; k++) {
                if (c[1] & 16) dx[k * x_step] += g[i] * W[i * row + k * column];
                if (c[1] & 8) dW[i * row + k * column] += g[i] * x[k * x_step];
            }
    }
}

static void V(product)(const int *c, const double *U, const double *T, double *S, long width) {
    long M = c[2], K = c[4];
    double *z = S + c[3] * width;
    for (long i = 0; i < M; i++) {
        long slot = c[10] + i * c[11];
        for (long r = 0; r < width; r++)
            z[i * width + r] = !(c[1] & 128) ? 0.0 : c[1] & 4 ? T[slot * width + r] : U[slot];
    }
    if (S == U) {
        V(single)(c, U, z);
        return;
    }
    if (!(c[1] & 1)) {
        V(multiply)(M, K, width, U + c[5], c[6], c[7], T + c[8] * width, c[9] * width, z, width);
        return;
    }
    for (long i = 0; i < M; i++)
        for (long k = 0; k < K; k++) {
            const double *w = T + (c[5] + i * c[6] + k * c[7]) * width;
            double *to = z + i * width;
            if (c[1] & 2) {
                const double *x = T + (c[8] + k * c[9]) * width;
                for (long r = 0; r < width; r++) to[r] += w[r] * x[r];
            } else {
                double x = U[c[8] + k * c[9]];
                for (long r = 0; r < width; r++) to[r] += w[r] * x;
            }
        }
}

static void V(product_back)(const int *c, const double *U, double *dU, const double *T, double *dT, const double *dS,
                            long width) {
    long M = c[2], K = c[4];
    const double *g = dS + c[3] * width, one = 1.0;
    int own = dS == dU;
    if (c[1] & 32)
        for (long i = 0; i < M; i++) {
            long slot = c[10] + i * c[11];
            int tile = c[1] >> 2 & 1;
            V(add_product)(tile ? dT + slot * width : dU + slot, tile, g + i * width, &one, 0, width);
        }
    if (own) {
        V(single_back)(c, U, dU, g);
        return;
    }
    if (!(c[1] & 1)) {
        const double *x = T + c[8] * width;
        if (c[1] & 16)
            V(multiply)(K, M, width, U + c[5], c[7], c[6], g, width, dT + c[8] * width, c[9] * width);
        if (c[1] & 8) V(outer)(M, K, width, g, width, x, c[9] * width, dU + c[5], c[6], c[7]);
        return;
    }
    for (long i = 0; i < M; i++)
        for (long k = 0; k < K; k++) {
            long w = (c[5] + i * c[6] + k * c[7]) * width, slot = c[8] + k * c[9];
            int tile = c[1] >> 1 & 1;
            const double *x = tile ? T + slot * width : U + slot;
            if (c[1] & 8) V(add_product)(dT + w, 1, g + i * width, x, tile, width);
            if (c[1] & 16) V(add_product)(tile ? dT + slot * width : dU + slot, tile, g + i * width, T + w, 1, width);
        }
}
