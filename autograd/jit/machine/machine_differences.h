/* Sums of squared or weighted differences between numbers of the row and uniform ones; see machine_rewriting.h.

   z[i] = the sum over k of d * d, or of w[i, k] * d, where d = x[k] - u[i, k] or its negative. Differences are formed
   where they are needed, forward and back, and lie nowhere. What the padding of the tile holds adds nothing to the sums
   over rows: the derivatives there are set to zero. */

typedef struct {
    int flags;
    long M, z, z_step, K, x, x_step, u, u_row, u_column, w, w_row, w_column;
} V(differences_words);

INLINE V(differences_words) V(read_differences)(const int *c) {
    return (V(differences_words)){c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12], c[13]};
}

/* A difference of the row's numbers x and the uniform number u. */
INLINE vd V(difference)(int negative, vd x, const double *u) {
    return negative ? V(broadcast)(*u) - x : x - V(broadcast)(*u);
}

/* `rows` sums in `vectors` vectors from row r of the tile on. */
INLINE void V(differences_block)(int rows, int vectors, int weighted, int negative, const V(differences_words) *d,
                                 const V(section) *s, long i, long r) {
    vd sum[4][2] = {{{0}}};
    for (long k = 0; k < d->K; k++) {
        const double *u = s->U + d->u + i * d->u_row + k * d->u_column;
        const double *w = s->U + d->w + i * d->w_row + k * d->w_column;
        vd x[2];
        const real *at = s->T + (d->x + k * d->x_step) * s->stride + r;
        UNROLLED for (int v = 0; v < vectors; v++) x[v] = V(load)(at + v * LANES);
        UNROLLED for (int j = 0; j < rows; j++)
            UNROLLED for (int v = 0; v < vectors; v++) {
                vd apart = V(difference)(negative, x[v], u + j * d->u_row);
                sum[j][v] = V(fma)(weighted ? V(broadcast)(w[j * d->w_row]) : apart, apart, sum[j][v]);
            }
    }
    UNROLLED for (int j = 0; j < rows; j++)
        UNROLLED for (int v = 0; v < vectors; v++)
            V(store)(s->T + (d->z + (i + j) * d->z_step) * s->stride + r + v * LANES, sum[j][v]);
}

INLINE void V(differences_of)(int weighted, int negative, const V(differences_words) *d, const V(section) *s) {
    for (long i = 0, m; i < d->M; i += m) {
        long r = 0;
        m = d->M - i >= 4 ? 4 : d->M - i >= 2 ? 2 : 1;
        for (; r + 2 * LANES <= s->stride; r += 2 * LANES) {
            if (m == 4)
                V(differences_block)(4, 2, weighted, negative, d, s, i, r);
            else if (m == 2)
                V(differences_block)(2, 2, weighted, negative, d, s, i, r);
            else
                V(differences_block)(1, 2, weighted, negative, d, s, i, r);
        }
        if (r < s->stride)
            for (long j = i; j < i + m; j++) V(differences_block)(1, 1, weighted, negative, d, s, j, r);
    }
}

#define EACH_KIND_OF_DIFFERENCE(f, ...)                                         \
    switch (d.flags & (WEIGHTED | NEGATIVE)) {                                  \
    case 0: f(0, 0, __VA_ARGS__); break;                                        \
    case WEIGHTED: f(1, 0, __VA_ARGS__); break;                                 \
    case NEGATIVE: f(0, 1, __VA_ARGS__); break;                                 \
    default: f(1, 1, __VA_ARGS__);                                              \
    }

static void V(differences)(const int *c, const V(section) *s) {
    const V(differences_words) d = V(read_differences)(c);
    EACH_KIND_OF_DIFFERENCE(V(differences_of), &d, s)
}

/* The sums over the rows of g[i] times the difference of i and k, for 4 by 2 of them or fewer, to `found`. */
INLINE void V(moments_block)(int rows, int columns, int negative, const V(differences_words) *d, const V(section) *s,
                             long i, long k, double found[4][2]) {
    vd sum[4][2] = {{{0}}}, u[4][2];
    const real *g = s->dT + (d->z + i * d->z_step) * s->stride, *x = s->T + (d->x + k * d->x_step) * s->stride;
    const long next_g = d->z_step * s->stride, next_x = d->x_step * s->stride;
    UNROLLED for (int j = 0; j < rows; j++)
        UNROLLED for (int l = 0; l < columns; l++)
            u[j][l] = V(broadcast)(s->U[d->u + (i + j) * d->u_row + (k + l) * d->u_column]);
    EACH_VECTOR(r, s->stride) {
        vd at[2];
        UNROLLED for (int l = 0; l < columns; l++) at[l] = V(load)(x + l * next_x + r);
        UNROLLED for (int j = 0; j < rows; j++) {
            const vd slope = V(load)(g + j * next_g + r);
            UNROLLED for (int l = 0; l < columns; l++)
                sum[j][l] = V(fma)(slope, negative ? u[j][l] - at[l] : at[l] - u[j][l], sum[j][l]);
        }
    }
    UNROLLED for (int j = 0; j < rows; j++)
        UNROLLED for (int l = 0; l < columns; l++) found[j][l] = V(sum)(sum[j][l]);
}

/* Hand them to the uniform numbers, or to the weights. */
INLINE void V(moments_of)(int negative, int wanted, const V(differences_words) *d, const V(section) *s) {
    for (long i = 0, m; i < d->M; i += m) {
        m = d->M - i >= 4 ? 4 : 1;
        for (long k = 0, n; k < d->K; k += n) {
            double found[4][2];
            n = d->K - k >= 2 ? 2 : 1;
            if (m == 4 && n == 2)
                V(moments_block)(4, 2, negative, d, s, i, k, found);
            else if (m == 4)
                V(moments_block)(4, 1, negative, d, s, i, k, found);
            else if (n == 2)
                V(moments_block)(1, 2, negative, d, s, i, k, found);
            else
                V(moments_block)(1, 1, negative, d, s, i, k, found);
            for (long j = 0; j < m; j++)
                for (long l = 0; l < n; l++) {
                    double *du = s->dU + d->u + (i + j) * d->u_row + (k + l) * d->u_column;
                    if (wanted == 32)
                        s->dU[d->w + (i + j) * d->w_row + (k + l) * d->w_column] += found[j][l];
                    else
                        *du += (negative ? 2.0 : -2.0) * found[j][l];
                }
        }
    }
}

/* Of weighted ones: the uniform numbers' derivatives need no differences. */
static void V(weights_back)(const V(differences_words) *d, const V(section) *s) {
    for (long i = 0; i < d->M; i++) {
        double total = V(row_sum)(s->dT + (d->z + i * d->z_step) * s->stride, NULL, 0, s->width);
        if (!(d->flags & NEGATIVE)) total = -total;
        for (long k = 0; k < d->K; k++)
            s->dU[d->u + i * d->u_row + k * d->u_column] += total * s->U[d->w + i * d->w_row + k * d->w_column];
    }
}

/* Add to the derivatives of the row's numbers. */
INLINE void V(differences_to_rows)(int weighted, int negative, const V(differences_words) *d, const V(section) *s) {
    for (long k = 0; k < d->K; k++) {
        const real *x = s->T + (d->x + k * d->x_step) * s->stride;
        real *dx = s->dT + (d->x + k * d->x_step) * s->stride;
        EACH_VECTOR(r, s->stride) {
            vd sum = V(load)(dx + r);
            const vd at = V(load)(x + r);
            for (long i = 0; i < d->M; i++) {
                const vd g = V(load)(s->dT + (d->z + i * d->z_step) * s->stride + r);
                const double *u = s->U + d->u + i * d->u_row + k * d->u_column;
                const vd slope = weighted ? V(broadcast)(s->U[d->w + i * d->w_row + k * d->w_column])
                                          : V(broadcast)(2) * V(difference)(negative, at, u);
                sum = V(fma)(negative ? -g : g, slope, sum);
            }
            V(store)(dx + r, sum);
        }
    }
}

static void V(differences_back)(const int *c, const V(section) *s) {
    const V(differences_words) d = V(read_differences)(c);
    for (long i = 0; i < d.M; i++)
        V(clear_padding)(s->dT + (d.z + i * d.z_step) * s->stride, s->stride, 1, s->width, s->stride);
    if (d.flags & 8) EACH_KIND_OF_DIFFERENCE(V(differences_to_rows), &d, s)
    if (d.flags & 16 && d.flags & WEIGHTED) V(weights_back)(&d, s);
    for (int wanted = 16; wanted <= 32; wanted += 16) {
        if (!(d.flags & wanted) || (wanted == 16 && d.flags & WEIGHTED)) continue;
        if (d.flags & NEGATIVE)
            V(moments_of)(1, wanted, &d, s);
        else
            V(moments_of)(0, wanted, &d, s);
    }
}
#undef EACH_KIND_OF_DIFFERENCE
