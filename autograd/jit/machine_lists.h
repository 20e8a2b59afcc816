/* Instructions over lists of numbers: copies, sums, the largest, log-sum-exp, and the choice of one. */

/* A reference is slot * 4 + (wants a gradient) * 2 + (in the tile). */
#undef PLACE
#define PLACE(reference, U, T, width) ((reference) & 1 ? (T) + ((reference) >> 2) * (width) : (U) + ((reference) >> 2))

static void V(gather)(const int *c, const double *U, const double *T, double *S, long width) {
    for (long i = 0; i < c[2]; i++) {
        const double *x = PLACE(c[4 + i], U, T, width);
        double *z = S + (c[3] + i) * width;
        if (c[4 + i] & 1)
            memcpy(z, x, sizeof *z * (size_t)width);
        else
            for (long r = 0; r < width; r++) z[r] = *x;
    }
}

static void V(gather_back)(const int *c, double *dU, double *dT, const double *dS, long width) {
    for (long i = 0; i < c[2]; i++) {
        if (!(c[4 + i] & 2)) continue;
        double *d = PLACE(c[4 + i], dU, dT, width);
        const double *g = dS + (c[3] + i) * width;
        if (c[4 + i] & 1)
            for (long r = 0; r < width; r++) d[r] += g[r];
        else
            *d += V(total)(g, width);
    }
}

static void V(list_dot)(const int *c, const double *U, const double *T, double *S, long width) {
    const int *reference = c + 4;
    double *z = S + c[3] * width;
    const double *start = PLACE(reference[0], U, T, width);
    for (long r = 0; r < width; r++) z[r] = start[reference[0] & 1 ? r : 0];
    for (long k = 0; k < c[2]; k++) {
        int a = reference[1 + 2 * k], b = reference[2 + 2 * k];
        const double *x = PLACE(a, U, T, width), *y = PLACE(b, U, T, width);
        if (width == 1)
            *z += *x * *y;
        else if (a & b & 1)
            for (long r = 0; r < width; r++) z[r] += x[r] * y[r];
        else if (a & 1)
            for (long r = 0; r < width; r++) z[r] += x[r] * *y;
        else if (b & 1)
            for (long r = 0; r < width; r++) z[r] += *x * y[r];
        else
            for (long r = 0; r < width; r++) z[r] += *x * *y;
    }
}

/* d += g * y, where each may be one number for all rows. */
static void V(add_product)(double *d, int d_across, const double *g, const double *y, int y_across, long width) {
    if (d_across) {
        for (long r = 0; r < width; r++) d[r] += g[r] * y[y_across ? r : 0];
        return;
    }
    vd sum = {0};
    long r = 0;
    for (; r + LANES <= width; r += LANES) sum += V(load)(g + r) * AT(y, y_across, r);
    if (r < width) sum += V(first_lanes)(V(load_some)(g + r, width - r) * AT_END(y, y_across, r, width - r), width - r);
    *d += V(sum)(sum);
}

static void V(list_dot_back)(const int *c, double *U, double *dU, double *T, double *dT, const double *dS, long width) {
    const int *reference = c + 4;
    const double *g = dS + c[3] * width, one = 1.0;
    if (reference[0] & 2) V(add_product)(PLACE(reference[0], dU, dT, width), reference[0] & 1, g, &one, 0, width);
    for (long k = 0; k < c[2]; k++) {
        int a = reference[1 + 2 * k], b = reference[2 + 2 * k];
        if (a & 2) V(add_product)(PLACE(a, dU, dT, width), a & 1, g, PLACE(b, U, T, width), b & 1, width);
        if (b & 2) V(add_product)(PLACE(b, dU, dT, width), b & 1, g, PLACE(a, U, T, width), a & 1, width);
    }
}

static void V(take)(const int *c, const double *U, const double *T, double *S, long width, unsigned char *ok) {
    const double *index = c[1] & 1 ? T + c[4] * width : U + c[4];
    long base = c[5], step = c[6], stride = c[7], count = c[8];
    for (long r = 0; r < width; r++) {
        long place = machine_place(index[c[1] & 1 ? r : 0], count);
        if (place < 0) {
            ok[r] = 0;
            place = 0;
        }
        for (long i = 0; i < c[2]; i++) {
            long slot = base + place * step + i * stride;
            S[(c[3] + i) * width + r] = c[1] & 2 ? T[slot * width + r] : U[slot];
        }
    }
}

static void V(take_back)(const int *c, const double *U, double *dU, const double *T, double *dT, const double *dS,
                         long width) {
    const double *index = c[1] & 1 ? T + c[4] * width : U + c[4];
    long base = c[5], step = c[6], stride = c[7], count = c[8];
    for (long r = 0; r < width; r++) {
        long place = machine_place(index[c[1] & 1 ? r : 0], count);
        if (place < 0) continue;
        for (long i = 0; i < c[2]; i++) {
            long slot = base + place * step + i * stride;
            double *d = c[1] & 2 ? dT + slot * width + r : dU + slot;
            *d += dS[(c[3] + i) * width + r];
        }
    }
}

/* log(exp(x1) + exp(x2) + ...) and the weights exp(xi - z), which are stored for the way back. */
static double V(log_sum_exp)(const double *x, double *weight, long n, long step, long weight_step) {
    long first = 0;
    for (long i = 1; i < n; i++)
        if (x[i * step] > x[first * step]) first = i;
    double top = x[first * step], total = 0.0, buffer[BLOCK];
    int finite = top - top == 0.0;
    for (long from = 0; from < n; from += BLOCK) {
        long m = n - from < BLOCK ? n - from : BLOCK;
        for (long i = 0; i < m; i++) buffer[i] = x[(from + i) * step] - top;
        for (long i = 0; i < m; i += LANES) {
            if (i + LANES <= m)
                V(store)(buffer + i, V(exp)(V(load)(buffer + i)));
            else
                V(store_some)(buffer + i, V(exp)(V(load_some)(buffer + i, m - i)), m - i);
        }
        for (long i = 0; i < m; i++) {
            double number = x[(from + i) * step];
            double e = number == top ? 1.0 : finite || number != number ? buffer[i] : 0.0;
            weight[(from + i) * weight_step] = e;
            if (from + i != first) total += e;
        }
    }
    for (long i = 0; i < n; i++) weight[i * weight_step] /= 1.0 + total;
    return !finite && total == total ? top : top + log1p(total);
}

/* x1 * x2 * ... and for each factor the product of the others, which is stored for the way back. */
static double V(prod)(const double *x, double *others, long n, long step, long others_step) {
    double before = 1.0, after = 1.0;
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

/* One result of n numbers: c[4] is the first slot, c[5] the step to the next, c[6] the first slot of the weights. */
static void V(reduction)(const int *c, double *S, long width) {
    long n = c[2], step = c[5] * width;
    double *z = S + c[3] * width;
    const double *x = S + c[4] * width;
    if (c[0] == OP_LOGSUMEXP) {
        for (long r = 0; r < width; r++) z[r] = V(log_sum_exp)(x + r, S + c[6] * width + r, n, step, width);
        return;
    }
    if (c[0] == OP_PROD) {
        for (long r = 0; r < width; r++) z[r] = V(prod)(x + r, S + c[6] * width + r, n, step, width);
        return;
    }
    memcpy(z, x, sizeof *z * (size_t)width);
    for (long k = 1; k < n; k++) {
        const double *y = x + k * step;
        switch (c[0]) {
        case OP_SUM: case OP_MEAN:
            for (long r = 0; r < width; r++) z[r] += y[r];
            break;
        case OP_MAX:
            for (long r = 0; r < width; r++) z[r] = y[r] > z[r] || y[r] != y[r] ? y[r] : z[r];
            break;
        default:
            for (long r = 0; r < width; r++) z[r] = y[r] < z[r] || y[r] != y[r] ? y[r] : z[r];
        }
    }
    if (c[0] == OP_MEAN)
        for (long r = 0; r < width; r++) z[r] /= (double)n;
}

static void V(reduction_back)(const int *c, const double *S, double *dS, long width, double *temp) {
    long n = c[2], step = c[5] * width;
    const double *z = S + c[3] * width, *g = dS + c[3] * width, *x = S + c[4] * width;
    double *d = dS + c[4] * width;
    (void)temp;
    for (long r = 0; r < width; r++) {
        switch (c[0]) {
        case OP_SUM:
            for (long k = 0; k < n; k++) d[k * step + r] += g[r];
            break;
        case OP_MEAN:
            for (long k = 0; k < n; k++) d[k * step + r] += g[r] * (1.0 / (double)n);
            break;
        case OP_LOGSUMEXP: case OP_PROD:
            for (long k = 0; k < n; k++) d[k * step + r] += g[r] * S[(c[6] + k) * width + r];
            break;
        default: {
            long ties = 0;
            for (long k = 0; k < n; k++) ties += x[k * step + r] == z[r];
            for (long k = 0; k < n; k++) {
                double share = z[r] != z[r] ? z[r] : x[k * step + r] == z[r] ? 1.0 / (double)ties : 0.0;
                d[k * step + r] += g[r] * share;
            }
        }
        }
    }
}
