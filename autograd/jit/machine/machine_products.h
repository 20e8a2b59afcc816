/* Matrix-vector products: z[i] = start[i] + W[i, 0] * x[0] + ... for i < M, the weights at regular distances.

   c: DOT, flags, M, slot of z, K, slot of W, step from row to row, from column to column, slot of x, its step, slot of
   the start, its step. Flags: bits 0 to 2 W, x, start lie in the tile; 3 to 5 they want a gradient; 7 there is a start;
   8, of the uniform section alone: W multiplies several vectors, and there follow how many, the distance from one to
   the next, and that of what their sums start from; results lie side by side, and all steps are 1 but those of starts.
   Over rows, a block of sums stays in registers while it is added up: 8 by 3 vectors where there are 32 of them. */

#undef PRODUCT_ROWS
#if LEVEL == 2
#define PRODUCT_ROWS 8
#else
#define PRODUCT_ROWS 4
#endif

/* What a sum starts from: nothing, one number for all rows of the tile, or a number for each. */
#ifndef GLASSGRAD_STARTS
#define GLASSGRAD_STARTS
enum { FROM_ZERO, FROM_ONE, FROM_ROWS };
#endif
typedef struct {
    const real *x;
    long step;
    int kind;
} V(begin);

/* Z[i] = start[i] + the sum over k of W[i, k] * X[k], for `rows` of W and `vectors` vectors of neighbors in X and Z. */
INLINE void V(block)(int rows, int vectors, long K, const real *W, long row, long column, const real *X, long x_step,
                     real *Z, long z_step, V(begin) start) {
    vd sum[8][3];
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < vectors; v++)
            sum[i][v] = start.kind == FROM_ZERO ? (vd){0}
                        : start.kind == FROM_ONE ? V(broadcast)(start.x[i * start.step])
                                                 : V(load)(start.x + i * start.step + v * LANES);
    for (long k = 0; k < K; k++) {
        vd x[3];
        UNROLLED for (int v = 0; v < vectors; v++) x[v] = V(load)(X + k * x_step + v * LANES);
        UNROLLED for (int i = 0; i < rows; i++) {
            vd w = V(broadcast)(W[i * row + k * column]);
            UNROLLED for (int v = 0; v < vectors; v++) sum[i][v] = V(fma)(w, x[v], sum[i][v]);
        }
    }
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < vectors; v++) V(store)(Z + i * z_step + v * LANES, sum[i][v]);
}

INLINE void V(block_rows)(int vectors, long M, long K, const real *W, long row, long column, const real *X, long x_step,
                          real *Z, long z_step, V(begin) start) {
    long i = 0;
#define BLOCK_OF(rows)                                                                                   \
    for (; i + rows <= M; i += rows, start.x += rows * start.step)                                       \
        V(block)(rows, vectors, K, W + i * row, row, column, X, x_step, Z + i * z_step, z_step, start);
    BLOCK_OF(PRODUCT_ROWS)
    BLOCK_OF(2)
    BLOCK_OF(1)
#undef BLOCK_OF
}

/* Z (M, stride) = start + W (M, K, anywhere) X (K, stride). */
static void V(multiply)(long M, long K, long stride, const real *W, long row, long column, const real *X, long x_step,
                        real *Z, long z_step, V(begin) start) {
    long r = 0, along = start.kind == FROM_ROWS;
    for (; r + 3 * LANES <= stride && stride - r != 4 * LANES; r += 3 * LANES) {
        V(block_rows)(3, M, K, W, row, column, X + r, x_step, Z + r, z_step, start);
        start.x += along * 3 * LANES;
    }
    for (; r + 2 * LANES <= stride; r += 2 * LANES) {
        V(block_rows)(2, M, K, W, row, column, X + r, x_step, Z + r, z_step, start);
        start.x += along * 2 * LANES;
    }
    if (r < stride) V(block_rows)(1, M, K, W, row, column, X + r, x_step, Z + r, z_step, start);
}

#if SINGLE
/* z[0 .. 3] += the sums of four vectors. */
INLINE void V(add_sums)(double *z, vd a, vd b, vd c, vd d) {
#if LEVEL >= 1
#if LEVEL == 2
#define HALVED(x) _mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1))
#else
#define HALVED(x) (x)
#endif
    __m256 pairs = _mm256_hadd_ps(_mm256_hadd_ps(HALVED(a), HALVED(b)), _mm256_hadd_ps(HALVED(c), HALVED(d)));
#undef HALVED
    __m128 sums = _mm_add_ps(_mm256_castps256_ps128(pairs), _mm256_extractf128_ps(pairs, 1));
    _mm256_storeu_pd(z, _mm256_add_pd(_mm256_loadu_pd(z), _mm256_cvtps_pd(sums)));
#else
    D(add_sums)(z, V(folded)(a), V(folded)(b), V(folded)(c), V(folded)(d));
#endif
}
#endif

/* Sums over the rows for the weights' derivatives; what the padding of G and X holds must be zero. */
INLINE void V(outer_block)(int rows, int columns, long stride, const real *G, const real *X, long x_step, double *D,
                           long row, long column) {
    vd sum[4][4] = {{{0}}};
    EACH_VECTOR(r, stride) {
        vd x[4];
        UNROLLED for (int k = 0; k < columns; k++) x[k] = V(load)(X + k * x_step + r);
        UNROLLED for (int i = 0; i < rows; i++) {
            vd g = V(load)(G + i * stride + r);
            UNROLLED for (int k = 0; k < columns; k++) sum[i][k] = V(fma)(g, x[k], sum[i][k]);
        }
    }
    UNROLLED for (int i = 0; i < rows; i++, D += row) {
        if (columns == 4 && column == 1)
            V(add_sums)(D, sum[i][0], sum[i][1], sum[i][2], sum[i][3]);
        else
            UNROLLED for (int k = 0; k < columns; k++) D[k * column] += V(sum)(sum[i][k]);
    }
}

INLINE void V(outer_rows)(int rows, long K, long stride, const real *G, const real *X, long x_step, double *D, long row,
                          long column) {
    long k = 0;
#define BLOCK_OF(columns)                                                                                     \
    for (; k + columns <= K; k += columns)                                                                    \
        V(outer_block)(rows, columns, stride, G, X + k * x_step, x_step, D + k * column, row, column);
    BLOCK_OF(4)
    BLOCK_OF(2)
    BLOCK_OF(1)
#undef BLOCK_OF
}

/* D[i, k] += the sum over the rows of G[i] * X[k]. */
static void V(outer)(long M, long K, long stride, const real *G, const real *X, long x_step, double *D, long row,
                     long column) {
    long i = 0;
    for (; i + 4 <= M; i += 4) V(outer_rows)(4, K, stride, G + i * stride, X, x_step, D + i * row, row, column);
    for (; i < M; i++) V(outer_rows)(1, K, stride, G + i * stride, X, x_step, D + i * row, row, column);
}

/* D[i] += the sum over the rows of G[i]. */
static void V(add_totals)(long M, long stride, const real *G, double *D, long step) {
    long i = 0;
    for (; i + 4 <= M && step == 1; i += 4, G += 4 * stride) {
        vd sum[4] = {{0}};
        EACH_VECTOR(r, stride)
            UNROLLED for (int j = 0; j < 4; j++) sum[j] += V(load)(G + j * stride + r);
        V(add_sums)(D + i, sum[0], sum[1], sum[2], sum[3]);
    }
    for (; i < M; i++, G += stride) D[i * step] += V(row_sum)(G, NULL, 0, stride);
}

/* Zeros where the padding of M slots is. */
static void V(clear_padding)(real *x, long step, long M, long width, long stride) {
    for (; M > 0 && width < stride; M--, x += step)
        for (long r = width; r < stride; r++) x[r] = 0;
}

#if !SINGLE
/* What the M sums of the vector number t start from. */
INLINE void V(begin_sums)(const int *c, const V(section) *s, long t, double *z) {
    const long M = c[2], step = c[11];
    if (!(c[1] & 128)) {
        memset(z, 0, sizeof *z * (size_t)M);
        return;
    }
    const double *start = s->U + c[10] + (c[1] & MANY_VECTORS ? t * c[14] : 0);
    for (long i = 0; i < M; i++) z[i] = start[i * step];
}

/* Several vectors: the uniform section's products of matrices, the same bits as vector by vector. */
static void V(product_of_matrices)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], count = c[12], next = c[13];
    double *z = s->U + c[3];
    for (long t = 0; t < count; t++) V(begin_sums)(c, s, t, z + t * M);
    V(matrix_matrix)(M, count, K, s->U + c[5], c[6], s->U + c[8], next, z);
}

static void V(product_of_matrices_back)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], last = c[12] - 1, row = c[6], next = c[13];
    const double *W = s->U + c[5], *x = s->U + c[8], *g = s->dU + c[3];
    if (c[1] & 32)
        for (long t = last; t >= 0; t--)
            for (long i = 0; i < M; i++) s->dU[c[10] + t * c[14] + i * c[11]] += g[t * M + i];
    if (c[1] & 16) V(add_products)(last + 1, M, K, g, M, 1, W, row, s->dU + c[8], next);
    if (c[1] & 8) V(add_products)(M, last + 1, K, g + last * M, 1, -M, x + last * next, -next, s->dU + c[5], row);
}

/* One row: the numbers of the uniform section. */
static void V(product_of_one)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], row = c[6], column = c[7], x_step = c[9];
    const double *W = s->U + c[5], *x = s->U + c[8];
    double *z = s->U + c[3];
    if (c[1] & MANY_VECTORS) {
        V(product_of_matrices)(c, s);
        return;
    }
    V(begin_sums)(c, s, 0, z);
    if (column == 1 && x_step == 1)
        V(matrix_vector)(M, K, W, row, x, z);
    else if (row == 1 && x_step == 1)
        V(transposed_vector)(K, M, W, column, x, z);
    else
        for (long i = 0; i < M; i++)
            for (long k = 0; k < K; k++) z[i] += W[i * row + k * column] * x[k * x_step];
}

static void V(product_of_one_back)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], row = c[6], column = c[7], x_step = c[9];
    const double *W = s->U + c[5], *x = s->U + c[8], *g = s->dU + c[3];
    double *dW = s->dU + c[5], *dx = s->dU + c[8];
    if (c[1] & MANY_VECTORS) {
        V(product_of_matrices_back)(c, s);
        return;
    }
    if (c[1] & 32)
        for (long i = 0; i < M; i++) s->dU[c[10] + i * c[11]] += g[i];
    if (column == 1 && x_step == 1) {
        if (c[1] & 16) V(transposed_vector)(M, K, W, row, g, dx);
        if (c[1] & 8) V(add_outer)(M, K, g, x, dW, row);
    } else if (row == 1 && x_step == 1) {
        if (c[1] & 16) V(matrix_vector)(K, M, W, column, g, dx);
        if (c[1] & 8) V(add_outer)(K, M, x, g, dW, column);
    } else {
        for (long i = 0; i < M; i++)
            for (long k = 0; k < K; k++) {
                if (c[1] & 16) dx[k * x_step] += g[i] * W[i * row + k * column];
                if (c[1] & 8) dW[i * row + k * column] += g[i] * x[k * x_step];
            }
    }
}
#endif

/* The sum number i, of a matrix of the rows' own numbers, in some vectors of rows from row r on. */
INLINE void V(product_of_rows)(int vectors, const int *c, const V(section) *s, real *z, long i, long r) {
    const int tile = c[1] & 2;
    const real *w = V(at)(s, 1, c[5] + i * c[6]) + r, *x = V(at)(s, tile, c[8]) + (tile ? r : 0);
    const long next_w = c[7] * s->stride, next_x = tile ? c[9] * s->stride : c[9];
    vd sum[4] = {{0}};
    if (c[1] & 128) {
        const real *begin = V(at)(s, c[1] & 4, c[10] + i * c[11]);
        UNROLLED for (int v = 0; v < vectors; v++) sum[v] = V(some)(begin, c[1] & 4, r + v * LANES);
    }
    for (long k = 0; k < c[4]; k++, w += next_w, x += next_x) {
        if (tile)
            UNROLLED for (int v = 0; v < vectors; v++)
                sum[v] = V(fma)(V(load)(w + v * LANES), V(load)(x + v * LANES), sum[v]);
        else
            UNROLLED for (int v = 0; v < vectors; v++)
                sum[v] = V(fma)(V(load)(w + v * LANES), V(broadcast)(*x), sum[v]);
    }
    UNROLLED for (int v = 0; v < vectors; v++) V(store)(z + r + v * LANES, sum[v]);
}

static void V(product)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], stride = s->stride;
    real *z = s->S + c[3] * stride;
    int tile = c[1] >> 2 & 1;
#if !SINGLE
    if (stride == 1) {
        V(product_of_one)(c, s);
        return;
    }
#endif
    if (!(c[1] & 1)) {
        V(begin) start = {V(at)(s, tile, c[10]), tile ? c[11] * stride : c[11], tile ? FROM_ROWS : FROM_ONE};
        if (!(c[1] & 128)) start.kind = FROM_ZERO;
        V(multiply)(M, K, stride, s->U + c[5], c[6], c[7], s->T + c[8] * stride, c[9] * stride, z, stride, start);
        return;
    }
    for (long i = 0; i < M; i++, z += stride) {
        long r = 0;
        for (; r + 4 * LANES <= stride; r += 4 * LANES) V(product_of_rows)(4, c, s, z, i, r);
        for (; r < stride; r += LANES) V(product_of_rows)(1, c, s, z, i, r);
    }
}

static void V(product_back)(const int *c, const V(section) *s) {
    long M = c[2], K = c[4], stride = s->stride;
    real *g = s->dS + c[3] * stride;
#if !SINGLE
    if (stride == 1) {
        V(product_of_one_back)(c, s);
        return;
    }
#endif
    if (c[1] & 40) V(clear_padding)(g, stride, M, s->width, stride);
    if (c[1] & 32 && !(c[1] & 4))
        V(add_totals)(M, stride, g, s->dU + c[10], c[11]);
    else if (c[1] & 32)
        for (long i = 0; i < M; i++) V(give)(s, 1, c[10] + i * c[11], g + i * stride, NULL, 0);
    if (!(c[1] & 1)) {
        real *x = s->T + c[8] * stride, *dx = s->dT + c[8] * stride;
        long x_step = c[9] * stride;
        if (c[1] & 16) {
            V(begin) start = {dx, x_step, FROM_ROWS};
            V(multiply)(K, M, stride, s->U + c[5], c[7], c[6], g, stride, dx, x_step, start);
        }
        if (c[1] & 8) {
            V(clear_padding)(x, x_step, K, s->width, stride);
            V(outer)(M, K, stride, g, x, x_step, s->dU + c[5], c[6], c[7]);
        }
        return;
    }
    int tile = c[1] >> 1 & 1;
    for (long i = 0; i < M; i++, g += stride)
        for (long k = 0; k < K; k++) {
            long w = c[5] + i * c[6] + k * c[7], x = c[8] + k * c[9];
            if (c[1] & 8) V(give)(s, 1, w, g, V(at)(s, tile, x), tile);
            if (c[1] & 16) V(give)(s, tile, x, g, V(at)(s, 1, w), 1);
        }
}
