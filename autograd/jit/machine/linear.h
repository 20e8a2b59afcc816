/* Loops over contiguous numbers that a network needs for a single row, and the optimizers' updates.

   A sum of products adds lane by lane, then the lanes by halves (`sum` in vector.h): the result depends on the target
   and on nothing else. The updates do what nn/optimizers.py does, operation by operation, and give the same bits. */

/* x[0] * y[0] + ... + x[n - 1] * y[n - 1] */
INLINE double V(dot)(long n, const double *x, const double *y) {
    vd sum = {0};
    long k = 0;
    for (; k + LANES <= n; k += LANES) sum = V(fma)(V(load)(x + k), V(load)(y + k), sum);
    if (k < n) sum = V(fma)(V(load_some)(x + k, n - k), V(load_some)(y + k, n - k), sum);
    return V(sum)(sum);
}

/* Rows of 4 numbers fill half of the widest vectors, and are worth loops of their own: heads of attention have such. */
#undef HALVES
#define HALVES (LEVEL == 2)

#if LEVEL >= 1
/* z[0 .. 3] += the sums of four vectors of 4, the halves first. */
INLINE void V(add_sums_of_4)(double *z, __m256d a, __m256d b, __m256d c, __m256d d) {
    __m256d ab = _mm256_add_pd(_mm256_permute2f128_pd(a, b, 0x20), _mm256_permute2f128_pd(a, b, 0x31));
    __m256d cd = _mm256_add_pd(_mm256_permute2f128_pd(c, d, 0x20), _mm256_permute2f128_pd(c, d, 0x31));
    __m256d acbd = _mm256_add_pd(_mm256_unpacklo_pd(ab, cd), _mm256_unpackhi_pd(ab, cd));
    _mm256_storeu_pd(z, _mm256_add_pd(_mm256_loadu_pd(z), _mm256_permute4x64_pd(acbd, 0xd8)));
}
#endif

/* z[0 .. 3] += the sums of four vectors, each in the order of `sum`. */
INLINE void V(add_sums)(double *z, vd a, vd b, vd c, vd d) {
#if LEVEL >= 1
#if LEVEL == 2
#define HALVED(x) _mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd(x, 1))
#else
#define HALVED(x) (x)
#endif
    V(add_sums_of_4)(z, HALVED(a), HALVED(b), HALVED(c), HALVED(d));
#undef HALVED
#else
    z[0] += V(sum)(a);
    z[1] += V(sum)(b);
    z[2] += V(sum)(c);
    z[3] += V(sum)(d);
#endif
}

/* z[i] += dot(W[i], x) for the rows i of W, which lie `row` numbers apart: the same bits as one by one. */
static __attribute__((unused)) void V(matrix_vector)(long rows, long n, const double *W, long row, const double *x,
                                                     double *z) {
    enum { TOGETHER = LEVEL == 2 ? 8 : 4 }; /* as many sums as stay in registers */
    long i = 0;
#if HALVES
    if (n == 4) {
        const __m256d x4 = _mm256_loadu_pd(x), zero = _mm256_setzero_pd();
        for (; i + 4 <= rows; i += 4) {
            __m256d sum[4];
            UNROLLED for (int j = 0; j < 4; j++) sum[j] = _mm256_fmadd_pd(_mm256_loadu_pd(W + (i + j) * row), x4, zero);
            V(add_sums_of_4)(z + i, sum[0], sum[1], sum[2], sum[3]);
        }
    }
#endif
    for (; i + TOGETHER <= rows; i += TOGETHER) {
        vd sum[TOGETHER] = {{0}};
        long k = 0;
        for (; k + LANES <= n; k += LANES)
            UNROLLED for (int j = 0; j < TOGETHER; j++)
                sum[j] = V(fma)(V(load)(W + (i + j) * row + k), V(load)(x + k), sum[j]);
        if (k < n)
            UNROLLED for (int j = 0; j < TOGETHER; j++)
                sum[j] = V(fma)(V(load_some)(W + (i + j) * row + k, n - k), V(load_some)(x + k, n - k), sum[j]);
        UNROLLED for (int j = 0; j < TOGETHER; j += 4)
            V(add_sums)(z + i + j, sum[j], sum[j + 1], sum[j + 2], sum[j + 3]);
    }
    for (; i < rows; i++) z[i] += V(dot)(n, W + i * row, x);
}

/* z[t * rows + i] += dot(W[i], x[t]) for `count` vectors x, which lie `next` numbers apart: the same bits. */
static __attribute__((unused)) void V(matrix_matrix)(long rows, long count, long n, const double *W, long row,
                                                     const double *x, long next, double *z) {
    enum { VECTORS = LEVEL == 2 ? 4 : 2 };
    long i = 0;
    for (; i + 4 <= rows; i += 4) {
        long t = 0;
#define BLOCK_OF(vectors)                                                                                             \
    for (; t + vectors <= count; t += vectors) {                                                                      \
        const double *w = W + i * row, *y = x + t * next;                                                             \
        vd sum[4][vectors] = {{{0}}};                                                                                 \
        long k = 0;                                                                                                   \
        for (; k + LANES <= n; k += LANES)                                                                            \
            UNROLLED for (int j = 0; j < 4; j++) {                                                                    \
                vd a = V(load)(w + j * row + k);                                                                      \
                UNROLLED for (int v = 0; v < vectors; v++)                                                            \
                    sum[j][v] = V(fma)(a, V(load)(y + v * next + k), sum[j][v]);                                      \
            }                                                                                                         \
        if (k < n)                                                                                                    \
            UNROLLED for (int j = 0; j < 4; j++) {                                                                    \
                vd a = V(load_some)(w + j * row + k, n - k);                                                          \
                UNROLLED for (int v = 0; v < vectors; v++)                                                            \
                    sum[j][v] = V(fma)(a, V(load_some)(y + v * next + k, n - k), sum[j][v]);                          \
            }                                                                                                         \
        UNROLLED for (int v = 0; v < vectors; v++)                                                                    \
            V(add_sums)(z + (t + v) * rows + i, sum[0][v], sum[1][v], sum[2][v], sum[3][v]);                          \
    }
        BLOCK_OF(VECTORS)
        BLOCK_OF(1)
#undef BLOCK_OF
    }
    for (; i < rows; i++)
        for (long t = 0; t < count; t++) z[t * rows + i] += V(dot)(n, W + i * row, x + t * next);
}

/* `count` vectors of d, or the last `some` numbers, += the sum over i of g[i] * W[i]. */
INLINE void V(add_rows)(int count, long some, long rows, const double *W, long row, const double *g, double *d) {
    vd sum[8];
    UNROLLED for (int v = 0; v < count; v++) sum[v] = some ? V(load_some)(d, some) : V(load)(d + v * LANES);
    for (long i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < count; v++) {
            vd w = some ? V(load_some)(W + i * row, some) : V(load)(W + i * row + v * LANES);
            sum[v] = V(fma)(V(broadcast)(g[i]), w, sum[v]);
        }
    UNROLLED for (int v = 0; v < count; v++) {
        if (some)
            V(store_some)(d, sum[v], some);
        else
            V(store)(d + v * LANES, sum[v]);
    }
}

/* d[k] += g[0] * W[0, k] + g[1] * W[1, k] + ...: the backward pass of matrix_vector, in the order of the rows. */
static __attribute__((unused)) void V(transposed_vector)(long rows, long n, const double *W, long row, const double *g,
                                                         double *d) {
    long k = 0;
#if HALVES
    if (n == 4) {
        __m256d sum = _mm256_loadu_pd(d);
        for (long i = 0; i < rows; i++) sum = _mm256_fmadd_pd(_mm256_set1_pd(g[i]), _mm256_loadu_pd(W + i * row), sum);
        _mm256_storeu_pd(d, sum);
        return;
    }
#endif
    for (; k + 8 * LANES <= n; k += 8 * LANES) V(add_rows)(8, 0, rows, W + k, row, g, d + k);
    for (; k + 2 * LANES <= n; k += 2 * LANES) V(add_rows)(2, 0, rows, W + k, row, g, d + k);
    for (; k + LANES <= n; k += LANES) V(add_rows)(1, 0, rows, W + k, row, g, d + k);
    if (k < n) V(add_rows)(1, n - k, rows, W + k, row, g, d + k);
}

/* D[i, k] += g[i] * x[k]: what a row gives to the weights' gradient. */
static __attribute__((unused)) void V(add_outer)(long rows, long n, const double *g, const double *x, double *D,
                                                 long row) {
#if HALVES
    if (n == 4) {
        const __m256d x4 = _mm256_loadu_pd(x);
        for (long i = 0; i < rows; i++, D += row)
            _mm256_storeu_pd(D, _mm256_fmadd_pd(_mm256_set1_pd(g[i]), x4, _mm256_loadu_pd(D)));
        return;
    }
#endif
    for (long i = 0; i < rows; i++, D += row) {
        vd factor = V(broadcast)(g[i]);
        long k = 0;
        for (; k + LANES <= n; k += LANES) V(store)(D + k, V(fma)(factor, V(load)(x + k), V(load)(D + k)));
        if (k < n) V(store_some)(D + k, V(fma)(factor, V(load_some)(x + k, n - k), V(load_some)(D + k, n - k)), n - k);
    }
}

/* `rows` rows of c, of each `count` vectors or the last `some` numbers, += the sum over j of f[j] * b[j], in that
   order. f's numbers lie `along` apart for one row of c, and `down` from row to row. */
INLINE void V(add_block)(int rows, int count, long some, long m, const double *f, long down, long along,
                         const double *b, long b_row, double *c, long c_row) {
    vd sum[4][4];
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < count; v++)
            sum[i][v] = some ? V(load_some)(c + i * c_row, some) : V(load)(c + i * c_row + v * LANES);
    for (long j = 0; j < m; j++, f += along, b += b_row) {
        vd y[4];
        UNROLLED for (int v = 0; v < count; v++) y[v] = some ? V(load_some)(b, some) : V(load)(b + v * LANES);
        UNROLLED for (int i = 0; i < rows; i++) {
            vd factor = V(broadcast)(f[i * down]);
            UNROLLED for (int v = 0; v < count; v++) sum[i][v] = V(fma)(factor, y[v], sum[i][v]);
        }
    }
    UNROLLED for (int i = 0; i < rows; i++)
        UNROLLED for (int v = 0; v < count; v++) {
            if (some)
                V(store_some)(c + i * c_row, sum[i][v], some);
            else
                V(store)(c + i * c_row + v * LANES, sum[i][v]);
        }
}

/* c[i, k] += f[i, 0] * b[0, k] + f[i, 1] * b[1, k] + ... for k < n, as if row by row; the rows of c do not overlap. */
static __attribute__((unused)) void V(add_products)(long rows, long m, long n, const double *f, long down, long along,
                                                    const double *b, long b_row, double *c, long c_row) {
    enum { WIDE = LEVEL == 2 ? 4 : 2 };
    long k = 0;
#define ROWS_OF(count, some)                                                                                    \
    {                                                                                                           \
        long i = 0;                                                                                             \
        for (; i + 4 <= rows; i += 4)                                                                           \
            V(add_block)(4, count, some, m, f + i * down, down, along, b + k, b_row, c + i * c_row + k, c_row); \
        for (; i < rows; i++)                                                                                   \
            V(add_block)(1, count, some, m, f + i * down, down, along, b + k, b_row, c + i * c_row + k, c_row); \
    }
    for (; k + WIDE * LANES <= n; k += WIDE * LANES) ROWS_OF(WIDE, 0)
    for (; k + LANES <= n; k += LANES) ROWS_OF(1, 0)
    if (k < n) ROWS_OF(1, n - k)
#undef ROWS_OF
}

/* z[k] += x[k] */
static __attribute__((unused)) void V(add_numbers)(long n, double *z, const double *x) {
    long k = 0;
    for (; k + LANES <= n; k += LANES) V(store)(z + k, V(load)(z + k) + V(load)(x + k));
    for (; k < n; k++) z[k] += x[k];
}

/* Whether all n numbers are finite: else some x - x is nan. */
static __attribute__((unused)) int V(all_finite)(long n, const double *x) {
    vd open[4] = {{0}};
    long k = 0;
    for (; k + 4 * LANES <= n; k += 4 * LANES)
        UNROLLED for (int j = 0; j < 4; j++) {
            vd y = V(load)(x + k + j * LANES);
            open[j] += y - y;
        }
    double sum = V(sum)((open[0] + open[1]) + (open[2] + open[3]));
    for (; k < n; k++) sum += x[k] - x[k];
    return sum == 0.0;
}

/* Gradient descent on n parameters p with gradients g; m is the momentum's memory, or NULL without momentum. */
static __attribute__((unused)) void V(update_sgd)(long n, double *p, const double *g, double *m, double lr,
                                                  double momentum, double decay, int nesterov) {
    for (long k = 0; k < n; k += LANES) {
        long some = n - k < LANES ? n - k : LANES;
#define GET(a) (some < LANES ? V(load_some)((a) + k, some) : V(load)((a) + k))
#define PUT(a, x) (some < LANES ? V(store_some)((a) + k, x, some) : V(store)((a) + k, x))
        vd x = GET(p), slope = GET(g) + decay * x;
        if (m) {
            vd mean = momentum * GET(m) + slope;
            PUT(m, mean);
            slope = nesterov ? slope + momentum * mean : mean;
        }
        PUT(p, x - lr * slope);
    }
}

/* What Adam's update needs beside the arrays: step-dependent corrections are already in rate and root. */
#ifndef GLASSGRAD_ADAM
#define GLASSGRAD_ADAM
typedef struct {
    double beta1, beta2, eps;
    double rate;   /* lr / (1 - beta1**t) */
    double root;   /* sqrt(1 - beta2**t) */
    double decay;  /* added to the gradient, times p: Adam's weight decay, 0 for AdamW */
    double shrink; /* times p before the step: AdamW's 1 - lr * weight_decay, 1 for Adam */
} adam_settings;
#endif

/* Adam and AdamW on n parameters p with gradients g; m and v are the running means of g and of its square. */
static __attribute__((unused)) void V(update_adam)(long n, double *p, const double *g, double *m, double *v,
                                                   const adam_settings *a) {
    double first = 1.0 - a->beta1, second = 1.0 - a->beta2;
    for (long k = 0; k < n; k += LANES) {
        long some = n - k < LANES ? n - k : LANES;
        vd x = GET(p), slope = GET(g) + a->decay * x;
        vd mean = a->beta1 * GET(m) + first * slope, square = a->beta2 * GET(v) + second * (slope * slope);
        PUT(m, mean);
        PUT(v, square);
        PUT(p, x * a->shrink - a->rate * mean / (V(sqrt)(square) / a->root + a->eps));
    }
#undef GET
#undef PUT
}
