/* Instructions over lists of numbers: copies, sums, the largest, log-sum-exp, and the choice of one; sums of products
   are in machine_list_dots.h. */

/* A reference is slot * 4 + (wants a gradient) * 2 + (in the tile). */
#undef IN_TILE
#undef WANTS
#undef SLOT
#define IN_TILE(reference) ((reference) & 1)
#define WANTS(reference) ((reference) & 2)
#define SLOT(reference) ((long)((reference) >> 2))
INLINE const real *V(referred)(const V(section) *s, int reference) {
    return V(at)(s, IN_TILE(reference), SLOT(reference));
}

/* z = x in every row. */
INLINE void V(copy)(real *z, const real *x, int across, long stride) {
    if (stride == 1)
        *z = *x;
    else if (across)
        memcpy(z, x, sizeof *z * (size_t)stride);
    else
        EACH_VECTOR(r, stride) V(store)(z + r, V(broadcast)(*x));
}

static void V(gather)(const int *c, const V(section) *s) {
    for (long i = 0; i < c[2]; i++)
        V(copy)(s->S + (c[3] + i) * s->stride, V(referred)(s, c[4 + i]), IN_TILE(c[4 + i]), s->stride);
}

static void V(gather_back)(const int *c, const V(section) *s) {
    for (long i = 0; i < c[2]; i++)
        if (WANTS(c[4 + i]))
            V(give)(s, IN_TILE(c[4 + i]), SLOT(c[4 + i]), s->dS + (c[3] + i) * s->stride, NULL, 0);
}

/* c: TAKE, flags, M, slot of z, slot of the index, the first number's slot, from place to place, from result to result,
   how many places. Flags: bit 0 the index lies in the tile, bit 1 the numbers do. */
static void V(take)(const int *c, const V(section) *s) {
    const real *index = V(at)(s, c[1] & 1, c[4]);
    long base = c[5], step = c[6], next = c[7], count = c[8], stride = s->stride;
    for (long r = 0; r < stride; r++) {
        long place = machine_place(index[c[1] & 1 ? r : 0], count);
        if (place < 0) {
            s->ok[r] = 0;
            place = 0;
        }
        for (long i = 0; i < c[2]; i++) {
            long slot = base + place * step + i * next;
            s->S[(c[3] + i) * stride + r] = c[1] & 2 ? s->T[slot * stride + r] : s->U[slot];
        }
    }
}

static void V(take_back)(const int *c, const V(section) *s) {
    const real *index = V(at)(s, c[1] & 1, c[4]);
    long base = c[5], step = c[6], next = c[7], count = c[8], stride = s->stride;
    for (long r = 0; r < s->width; r++) {
        long place = machine_place(index[c[1] & 1 ? r : 0], count);
        if (place < 0) continue;
        for (long i = 0; i < c[2]; i++) {
            long slot = base + place * step + i * next;
            real g = s->dS[(c[3] + i) * stride + r];
            if (c[1] & 2)
                s->dT[slot * stride + r] += g;
            else
                s->dU[slot] += g;
        }
    }
}

/* log(exp(x1) + exp(x2) + ...) and the weights exp(xi - z), which are stored for the way back. The largest is left out
   of the sum, which starts from its 1, so that small others are not lost. */
#if !SINGLE
static double V(log_sum_exp_of_list)(const double *x, double *weight, long n, long step) {
    long first = 0;
    for (long i = 1; i < n; i++)
        if (x[i * step] > x[first * step]) first = i;
    double top = x[first * step], total = 0.0, buffer[BLOCK];
    int finite = top - top == 0.0;
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        for (long i = 0; i < m; i++) buffer[i] = x[(from + i) * step] - top;
        for (long i = 0; i < m; i += LANES) V(put)(buffer, i, m - i, V(exp)(V(get)(buffer, i, m - i)));
        for (long i = 0; i < m; i++) {
            double number = x[(from + i) * step];
            double e = number == top ? 1.0 : finite || number != number || top != top ? buffer[i] : 0.0;
            weight[from + i] = e;
            if (from + i != first) total += e;
        }
    }
    for (long i = 0; i < n; i++) weight[i] /= 1.0 + total;
    return !finite && total == total ? top : top + log1p(total);
}
#endif

INLINE vd V(exp_of)(vd x) {
#if SINGLE
    return V(joined)(D(exp)(V(lower)(x)), D(exp)(V(upper)(x)));
#else
    return V(exp)(x);
#endif
}

INLINE vd V(log1p_of)(vd x) {
#if SINGLE
    return V(joined)(D(log1p)(V(lower)(x)), D(log1p)(V(upper)(x)));
#else
    return V(log1p)(x);
#endif
}

/* The same for a vector of rows; numbers and weights of one row lie `step` and `weight_step` apart. */
static vd V(log_sum_exp)(const real *x, real *weight, long n, long step, long weight_step) {
    vd top = V(load)(x), total = {0}, one = V(broadcast)(1), zero = {0};
    for (long k = 1; k < n; k++) {
        vd number = V(load)(x + k * step);
        top = V(select)(V(gt)(number, top), number, top);
    }
    vm finite = V(eq)(top - top, zero), counted = V(ne)(zero, zero);
    for (long k = 0; k < n; k++) {
        vd number = V(load)(x + k * step);
        vm largest = V(eq)(number, top), kept = V(either)(finite, V(ne)(number, number));
        vd e = V(select)(largest, one, V(select)(kept, V(exp_of)(number - top), zero));
        V(store)(weight + k * weight_step, e);
        total += V(select)(V(both)(largest, V(not)(counted)), zero, e);
        counted = V(either)(counted, largest);
    }
    vd share = one / (one + total);
    for (long k = 0; k < n; k++) V(store)(weight + k * weight_step, V(load)(weight + k * weight_step) * share);
    return V(select)(V(both)(V(not)(finite), V(eq)(total, total)), top, top + V(log1p_of)(total));
}

/* x1 * x2 * ... and for each factor the product of the others, which is stored for the way back. */
static real V(prod)(const real *x, real *others, long n, long step, long others_step) {
    real before = 1, after = 1;
    for (long i = 0; i < n; i++) {
        others[i * others_step] = before;
        before *= x[i * step];
    }
    for (long i = n - 1; i >= 0; i--) {
        others[i * others_step] *= after;
        after *= x[i * step];
    }
    return before;
}

/* sqrt(x1 * x1 + x2 * x2 + ...), and each number's share in it, which is stored for the way back; see reductions.py. */
static real V(norm)(const real *x, real *share, long n, long step, long share_step) {
    double top = 0, missing = 0, total = 0;
    for (long i = 0; i < n; i++) {
        double size = fabs((double)x[i * step]);
        if (size > top) top = size;
        if (size != size) missing = size;
    }
    for (long i = 0; i < n; i++) {
        double part = v_norm_part((double)x[i * step], top);
        total += part * part;
    }
    double length = sqrt(total);
    double z = top - top != 0 ? top : missing != missing ? missing : length / v_norm_scale(top);
    int plain = 1e-290 < z && z < 1e300; /* a scaled number may have lost digits */
    for (long i = 0; i < n; i++) {
        double number = (double)x[i * step];
        share[i * share_step] = (real)(plain ? number / z : v_norm_share(v_norm_part(number, top), length));
    }
    return (real)z;
}

#if !SINGLE
/* begin + x[0] + x[1] + ..., from left to right; a long sum in columns, as many for every target: one addition after
   the other would wait for each. */
static double V(sum_of_list)(double begin, const double *x, long n, long step) {
    long i = 0;
    if (n >= LEAST_IN_COLUMNS && (step == 1 || step == -1)) {
        vd sum[COLUMNS / LANES];
        double sums[COLUMNS];
        const double *at = step == 1 ? x : x - (COLUMNS - 1);
        UNROLLED for (int k = 0; k < COLUMNS / LANES; k++) sum[k] = V(load)(at + k * LANES);
        for (i = COLUMNS; i + COLUMNS <= n; i += COLUMNS)
            UNROLLED for (int k = 0; k < COLUMNS / LANES; k++) sum[k] += V(load)(at + i * step + k * LANES);
        UNROLLED for (int k = 0; k < COLUMNS / LANES; k++) V(store)(sums + k * LANES, sum[k]);
        for (long half = COLUMNS / 2; half; half /= 2)
            for (long k = 0; k < half; k++) sums[k] += sums[k + half];
        begin += sums[0];
    }
    for (; i < n; i++) begin += x[i * step];
    return begin;
}

/* The sum, the mean, the largest or the smallest of a list of the uniform section. */
static double V(of_list)(int op, double begin, const double *x, long n, long step) {
    if (op == OP_SUM || op == OP_MEAN) {
        begin = V(sum_of_list)(begin, x, n, step);
        return op == OP_MEAN ? begin / (double)n : begin;
    }
    double most = x[0], open = x[0] - x[0]; /* open: nan as soon as there is a number that is not finite */
    long i = 1;
    if (step == 1 && n >= 4 * LANES) {
        vd tops = V(load)(x), opens = tops - tops;
        for (i = LANES; i + LANES <= n; i += LANES) {
            vd y = V(load)(x + i);
            tops = V(select)(op == OP_MAX ? V(gt)(y, tops) : V(lt)(y, tops), y, tops);
            opens += y - y;
        }
        double lanes[LANES];
        V(store)(lanes, tops);
        open = V(sum)(opens);
        most = lanes[0];
        for (long k = 1; k < LANES; k++)
            if (op == OP_MAX ? lanes[k] > most : lanes[k] < most) most = lanes[k];
    }
    for (; i < n; i++) {
        double y = x[i * step];
        if (op == OP_MAX ? y > most : y < most) most = y;
        open += y - y;
    }
    if (open == open && most != 0.0) return most; /* else a nan or the sign of a zero may decide */
    most = x[0];
    for (i = 1; i < n; i++) most = op == OP_MAX ? v_maximum(most, x[i * step]) : v_minimum(most, x[i * step]);
    return most;
}
#endif

/* The largest or smallest of n numbers in some vectors of rows, which do not wait for each other. */
#undef EXTREMES
#define EXTREMES 3
INLINE void V(extremes)(int largest, const real *x, long n, long step, real *z) {
    vd most[EXTREMES];
    UNROLLED for (int v = 0; v < EXTREMES; v++) most[v] = V(load)(x + v * LANES);
    for (long k = 1; k < n; k++)
        UNROLLED for (int v = 0; v < EXTREMES; v++) {
            const vd y = V(load)(x + k * step + v * LANES);
            most[v] = largest ? V(w_maximum)(most[v], y) : V(w_minimum)(most[v], y);
        }
    UNROLLED for (int v = 0; v < EXTREMES; v++) V(store)(z + v * LANES, most[v]);
}

/* One result of n numbers: c[4] is the first slot, c[5] the step to the next, c[6] the first slot of the weights; of a
   sum that begins with a constant (flag 7) that one's slot. */
static void V(reduction)(const int *c, const V(section) *s) {
    long n = c[2], stride = s->stride, step = c[5] * stride;
    real *z = s->S + c[3] * stride, *x = s->S + c[4] * stride;
    if (c[0] == OP_LOGSUMEXP) {
#if !SINGLE
        if (stride == 1) {
            *z = V(log_sum_exp_of_list)(x, s->S + c[6], n, step);
            return;
        }
#endif
        EACH_VECTOR(r, stride) V(store)(z + r, V(log_sum_exp)(x + r, s->S + c[6] * stride + r, n, step, stride));
        return;
    }
    if (c[0] == OP_PROD) {
        for (long r = 0; r < stride; r++) z[r] = V(prod)(x + r, s->S + c[6] * stride + r, n, step, stride);
        return;
    }
    if (c[0] == OP_NORM) {
        for (long r = 0; r < stride; r++) z[r] = V(norm)(x + r, s->S + c[6] * stride + r, n, step, stride);
        return;
    }
    const int begins = c[1] >> 7 & 1;
#if !SINGLE
    if (stride == 1) {
        *z = V(of_list)(c[0], begins ? s->U[c[6]] : c[0] == OP_MEAN ? 0.0 : -0.0, x, n, step);
        return;
    }
#endif
    long r = 0;
    for (; (c[0] == OP_MAX || c[0] == OP_MIN) && r + EXTREMES * LANES <= stride; r += EXTREMES * LANES)
        V(extremes)(c[0] == OP_MAX, x + r, n, step, z + r);
    for (long m = stride - r; m > 0; r += LANES, m -= LANES) {
        vd sum = begins ? V(broadcast)(s->U[c[6]]) : V(get)(x, r, m);
        if (c[0] == OP_MEAN) sum += V(broadcast)(0); /* a mean begins with 0, a sum with its first number */
        for (long k = !begins; k < n; k++) {
            vd y = V(get)(x + k * step, r, m);
            if (c[0] == OP_SUM || c[0] == OP_MEAN)
                sum += y;
            else
                sum = c[0] == OP_MAX ? V(w_maximum)(sum, y) : V(w_minimum)(sum, y);
        }
        V(put)(z, r, m, c[0] == OP_MEAN ? sum / V(broadcast)((real)n) : sum);
    }
}

static void V(reduction_back)(const int *c, const V(section) *s) {
    long n = c[2], stride = s->stride, step = c[5] * stride;
    const real *z = s->S + c[3] * stride, *g = s->dS + c[3] * stride, *x = s->S + c[4] * stride;
    const real one = 1, part = (real)(1.0 / (double)n);
    real *d = s->dS + c[4] * stride;
    switch (c[0]) {
    case OP_SUM: case OP_MEAN:
        for (long k = 0; k < n; k++) V(add_product)(d + k * step, g, 1, c[0] == OP_SUM ? &one : &part, 0, stride);
        return;
    case OP_LOGSUMEXP: case OP_PROD: case OP_NORM:
        for (long k = 0; k < n; k++) V(add_product)(d + k * step, g, 1, s->S + (c[6] + k) * stride, 1, stride);
        return;
    default:
#if !SINGLE
        if (stride == 1) {
            long ties = 0;
            for (long k = 0; k < n; k++) ties += x[k * step] == *z;
            for (long k = 0; k < n; k++) {
                double share = *z != *z ? *z : x[k * step] == *z ? 1 / (double)ties : 0;
                d[k * step] += *g * share;
            }
            return;
        }
#endif
        EACH_VECTOR(r, stride) {
            const vd most = V(load)(z + r), slope = V(load)(g + r), zero = {0};
            vd ties = zero;
            for (long k = 0; k < n; k++)
                ties += V(select)(V(eq)(V(load)(x + k * step + r), most), V(broadcast)(1), zero);
            const vd chosen = V(select)(V(ne)(most, most), most, V(broadcast)(1) / ties);
            const vd others = V(select)(V(ne)(most, most), most, zero);
            for (long k = 0; k < n; k++) {
                vd share = V(select)(V(eq)(V(load)(x + k * step + r), most), chosen, others);
                V(store)(d + k * step + r, V(load)(d + k * step + r) + slope * share);
            }
        }
    }
}
