/* log, log1p, log2, log10, atanh, asinh and acosh on vectors; see vector_math.h. */

/* log and its relatives: x = 2**k * (1 + f) for positive finite x, with 1 + f in sqrt(1/2) .. sqrt(2), or in 3/4 .. 3/2
   where there are instructions for that; unscale is 2**-k. */
INLINE vd V(log_reduce)(vd x, vd *f, vd *unscale) {
#if LEVEL == 2
    vd near_one = _mm512_getmant_pd(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_src);
    vd steps = _mm512_getexp_pd(x) - _mm512_getexp_pd(near_one);
    *f = near_one - 1.0;
    *unscale = _mm512_scalef_pd(V(broadcast)(1.0), -steps);
    return steps;
#endif
    vm subnormal = V(lt)(x, V(broadcast)(0x1p-1022));
    vu bits = (vu)V(select)(subnormal, x * 0x1p54, x); /* naturals, for those of nan may go beyond the integers */
    vu exponent = (bits + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd)) >> 52;
    *f = (vd)(bits - ((exponent - 1023) << 52)) - 1.0;
    *unscale = (vd)((2047 - exponent) << 52) * 0.5;
    vd k = (vd)(exponent | (vu)V(broadcast)(0x1p52)) - (0x1p52 + 1023);
    return V(select)(subnormal, k - 54.0, k);
}

/* log(1 + f) = f - f**2 / 2 + the number returned, which is of the size of f**3 / 3: with s = f / (2 + f) the series
   2 * (s + s**3 / 3 + ...) is f - s * f + s**3 * LOG_TAIL, and s * f = (1 - s) * f**2 / 2. */
INLINE vd V(log_tail)(vd f) {
    vd s = f / (2.0 + f), z = s * s;
    return s * V(fma)(z, POLYNOMIAL(z, LOG_TAIL), 0.5 * f * f);
}

/* The logarithm r of x, where x is not positive and finite replaced by what it must be there. */
INLINE vd V(log_domain)(vd x, vd r) {
#if LEVEL == 2
    /* a number for each of nan (two kinds), 0, 1, -inf, inf, negative, positive: 3 nan, 4 -inf, 5 inf, 0 as it is */
    return _mm512_fixupimm_pd(r, x, _mm512_set1_epi64(0x03530433), 0);
#endif
    vd outside = V(select)(V(eq)(x, V(broadcast)(0.0)), V(broadcast)(-INFINITY), V(broadcast)(NAN));
    r = V(select)(V(gt)(x, V(broadcast)(0.0)), r, outside);
    return V(select)(V(eq)(x, V(broadcast)(INFINITY)), x, r);
}

INLINE vd V(log_inlined)(vd x) {
    vd f, unscale, k = V(log_reduce)(x, &f, &unscale);
    vd small = V(fma)(k, V(broadcast)(LN2_2), V(log_tail)(f));
    return V(log_domain)(x, k * LN2_1 + (f - (0.5 * f * f - small)));
}
static inline PURE vd V(log)(vd x) { return V(log_inlined)(x); }

INLINE vd V(log1p_inlined)(vd x) {
    vd u = 1.0 + x, f, unscale, k = V(log_reduce)(u, &f, &unscale);
    vd missing = V(lost)(V(broadcast)(1.0), x, u) * unscale, g = f + missing, tail = missing - (g - f);
    vd small = V(fma)(k, V(broadcast)(LN2_2), V(log_tail)(g) + V(fma)(-g, tail, tail));
    vd r = V(log_domain)(u, k * LN2_1 + (g - (0.5 * g * g - small)));
    return V(select)(V(lt)(V(fabs)(x), V(broadcast)(0x1p-54)), x, r);
}
static inline PURE vd V(log1p)(vd x) { return V(log1p_inlined)(x); }

/* k * unit + log(1 + f) * (factor_1 + factor_2). Without fused multiply-add only a leading half of log(1 + f) times the
   leading half of factor_1 is exact. */
INLINE vd V(log_of_base)(vd x, double unit_1, double unit_2, double factor_1, double factor_2) {
    vd f, unscale, k = V(log_reduce)(x, &f, &unscale), whole = k * unit_1;
#if FUSED
    vd part = f * (factor_1 + factor_2), sum = whole + part, low = V(fma)(-0.5 * f, f, V(log_tail)(f));
    vd small = V(fma)(f, V(broadcast)(factor_2), V(fma)(f, V(broadcast)(factor_1), -part));
    small = V(fma)(low, V(broadcast)(factor_2), V(fma)(k, V(broadcast)(unit_2), small));
    small = V(fma)(low, V(broadcast)(factor_1), small);
#else
    vd square = 0.5 * f * f, high = (vd)((vi)(f - square) & -0x100000000);
    vd low = (f - high) - square + V(log_tail)(f);
    vd part = high * factor_1, sum = whole + part;
    vd small = V(fma)(low, V(broadcast)(factor_1), V(fma)(low + high, V(broadcast)(factor_2), k * unit_2));
#endif
    return V(log_domain)(x, sum + (small + V(lost_of_smaller)(whole, part, sum)));
}

INLINE vd V(log2_inlined)(vd x) { return V(log_of_base)(x, 1.0, 0.0, LOG2_E_1, LOG2_E_2); }
CALLED(log2)
INLINE vd V(log10_inlined)(vd x) { return V(log_of_base)(x, LOG10_2_1, LOG10_2_2, LOG10_E_1, LOG10_E_2); }
CALLED(log10)

/* k * log(2) + log((d + n) / (d - n)), where n and d are sums of two numbers; k is not negative. */
INLINE vd V(log_of_ratio)(vd k, vd n, vd n_low, vd d, vd d_low) {
    vd inverse = 1.0 / d, s, s_low;
#if FUSED
    s = n * inverse;
    s_low = (V(fma)(-s, d, n) + V(fma)(-s, d_low, n_low)) * inverse;
#else
    s = n / d;
    s_low = (n_low - s * d_low) * inverse;
#endif
    vd z = s * s, whole = k * LN2_1, part = 2.0 * s, sum = whole + part;
    vd small = V(fma)(s * z, POLYNOMIAL(z, LOG_TAIL), V(fma)(k, V(broadcast)(LN2_2), 2.0 * s_low));
    return sum + (V(lost_of_smaller)(whole, part, sum) + small);
}

/* atanh(x) = log((1 + x) / (1 - x)) / 2; the divisor is brought near the numerator by 2**k. */
INLINE vd V(atanh_inlined)(vd x) {
    vd size = V(fabs)(x), more = 1.0 + size, less = 1.0 - size;
    vd more_low = size - (more - 1.0), less_low = (1.0 - less) - size;
    vu apart = (vu)more - (vu)less + 0x0008000000000000, steps = apart & 0xfff0000000000000;
    vd k = (vd)((apart >> 52) | (vu)V(broadcast)(0x1p52)) - 0x1p52;
    less = (vd)((vu)less + steps);
    less_low *= (vd)(steps + (vu)V(broadcast)(1.0));
    vd d = more + less, d_low = V(lost)(more, less, d) + (more_low + less_low);
    vm none = V(eq)(k, V(broadcast)(0.0)); /* then n / d is x */
    vd n = V(select)(none, size, more - less), n_low = V(select)(none, V(broadcast)(0.0), more_low - less_low);
    d = V(select)(none, V(broadcast)(1.0), d);
    d_low = V(select)(none, V(broadcast)(0.0), d_low);
    vd y = 0.5 * V(log_of_ratio)(k, n, n_low, d, d_low);
    vd outside = V(select)(V(eq)(size, V(broadcast)(1.0)), V(broadcast)(INFINITY), V(broadcast)(NAN));
    return V(copysign)(V(select)(V(lt)(size, V(broadcast)(1.0)), y, outside), x);
}
CALLED(atanh)

#if FUSED
/* asinh and acosh, the logarithm of w = x + sqrt(x * x + one). Near 1 it is that of (d + n) / (d - n), where n / d is
   the hyperbolic tangent of half the result: x / (1 + sqrt(...)) or sqrt(...) / (1 + x), without loss where the result
   is small. Beyond, w = 2**k * (1 + f) = 2**k * (d + n) / (d - n). From 2**28 on w is 2 * x to the last digit. */
INLINE vd V(area)(vd size, double one) {
    vm far = V(ge)(size, V(broadcast)(0x1p28));
    vd x = V(select)(far, V(broadcast)(2.0), size), p = x * x, u = p + one;
    vd root = V(sqrt)(u), root_low = V(lost_root)(u, V(lost)(p, V(broadcast)(one), u) + V(lost_square)(x, p), root);
    vd larger = one > 0.0 ? root : x, smaller = one > 0.0 ? x : root, w = larger + smaller;
    vd f, unscale, k = V(log_reduce)(V(select)(far, size, w), &f, &unscale);
    vd w_low = V(lost_of_smaller)(larger, smaller, w) + root_low;
    w_low = V(select)(far, V(broadcast)(0.0), w_low * unscale);
    vm near = V(eq)(k, V(broadcast)(0.0));
    vd d = 2.0 + f, d_near = 1.0 + larger;
    vd d_low = V(select)(near, 1.0 - (d_near - larger), f - (d - 2.0));
    vd n = V(select)(near, smaller, f), n_low = V(select)(near, one > 0.0 ? V(broadcast)(0.0) : root_low, w_low);
    d_low += V(select)(near, one > 0.0 ? root_low : V(broadcast)(0.0), w_low);
    k = V(select)(far, k + 1.0, k);
    return V(log_of_ratio)(k, n, n_low, V(select)(near, d_near, d), d_low);
}

INLINE vd V(asinh_inlined)(vd x) {
    vd size = V(fabs)(x), y = V(area)(size, 1.0);
    vm inside = V(both)(V(ge)(size, V(broadcast)(0x1p-28)), V(lt)(size, V(broadcast)(INFINITY)));
    return V(select)(inside, V(copysign)(y, x), x);
}
CALLED(asinh)

INLINE vd V(acosh_inlined)(vd x) {
    vd y = V(select)(V(ge)(x, V(broadcast)(1.0)), V(area)(x, -1.0), V(broadcast)(NAN));
    return V(select)(V(eq)(x, V(broadcast)(INFINITY)), x, y);
}
CALLED(acosh)
#else
BY_LANE(asinh)
BY_LANE(acosh)
#endif
