/* The numbers that a run over instructions works on, and what all instructions share: sums over rows and shares.

   A slot of the tile holds the numbers of `width` rows and, up to `stride`, a multiple of LANES, those of the last row
   again: whole vectors are computed everywhere, and only sums over rows stop at the width. In the uniform section,
   which is in double precision, width and stride are 1 and S is U. */

/* d before a name: the derivatives, laid out alike; those of uniform numbers are in double precision always. S holds
   the section's own numbers: the tile, or the uniform numbers. */
typedef struct {
    real *U, *T, *S;
    double *dU;
    real *dT, *dS;
    long width, stride;
    unsigned char *ok; /* of each row */
} V(section);

#undef EACH_VECTOR
#define EACH_VECTOR(r, n) for (long r = 0; r < (n); r += LANES)

/* The numbers of a slot. */
INLINE real *V(at)(const V(section) *s, int tile, long slot) { return tile ? s->T + slot * s->stride : s->U + slot; }

/* A vector of them, `across`, or one number for all rows. */
INLINE vd V(some)(const real *x, int across, long r) { return across ? V(load)(x + r) : V(broadcast)(*x); }

/* The sum over the rows of x * y, of x where y is NULL; in double precision always. */
static double V(row_sum)(const real *x, const real *y, int across, long width) {
    D(reals) sum = {0};
    long r = 0;
    for (; r + LANES <= width; r += LANES) {
        vd a = V(load)(x + r);
        sum += V(folded)(y ? a * V(some)(y, across, r) : a);
    }
    if (r < width) {
        vd a = V(load_some)(x + r, width - r);
        if (y) a = V(first_lanes)(a * (across ? V(load_some)(y + r, width - r) : V(broadcast)(*y)), width - r);
        sum += V(folded)(a);
    }
    return D(sum)(sum);
}

/* z += x * y in every row. */
static void V(add_product)(real *z, const real *x, int x_across, const real *y, int y_across, long stride) {
    if (stride == 1)
        *z += *x * *y;
    else
        EACH_VECTOR(r, stride)
            V(store)(z + r, V(fma)(V(some)(x, x_across, r), V(some)(y, y_across, r), V(load)(z + r)));
}

/* Add g * y, or g where y is NULL, to a slot's derivative: row by row in the tile, else the sum. */
static void V(give)(const V(section) *s, int tile, long slot, const real *g, const real *y, int across) {
    if (tile) {
        real *d = s->dT + slot * s->stride;
        EACH_VECTOR(r, s->stride) {
            vd a = V(load)(g + r);
            V(store)(d + r, V(load)(d + r) + (y ? a * V(some)(y, across, r) : a));
        }
    } else if (s->stride == 1)
        s->dU[slot] += y ? *g * *y : *g;
    else
        s->dU[slot] += V(row_sum)(g, y, across, s->width);
}
