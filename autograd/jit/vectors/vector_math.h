/* The mathematics library on vectors, within 2 units in the last place, special values as in the C library.

   Written out here are the functions that models use in every row; the others go through the C library lane by lane (at
   the end of the file). Each function reduces its argument to a small interval, exactly or with the rounding error kept,
   evaluates a polynomial there (coefficients.h), and puts the result together so that the largest term is rounded last.
   Lanes outside the domain are computed like the others and replaced at the end: nothing branches on a single lane. */
#ifndef GLASSGRAD_COEFFICIENTS
#define GLASSGRAD_COEFFICIENTS
#include "coefficients.h"
/* Adding this rounds a number below 2**51 to a whole one and leaves it in the low bits. */
#define TO_INTEGER 0x1.8p52
#endif

#undef POLYNOMIAL
#define POLYNOMIAL(z, a) V(polynomial)(z, a, (int)(sizeof a / sizeof a[0]))

/* Even and odd powers apart: two short chains run side by side where one long one would wait for itself. */
INLINE vd V(polynomial)(vd z, const double *a, int count) {
    vd even = V(broadcast)(a[(count - 1) & ~1]), odd = V(broadcast)(a[(count - 2) | 1]), square = z * z;
    UNROLLED for (int i = ((count - 1) & ~1) - 2; i >= 0; i -= 2) even = V(fma)(even, square, V(broadcast)(a[i]));
    UNROLLED for (int i = ((count - 2) | 1) - 2; i >= 0; i -= 2) odd = V(fma)(odd, square, V(broadcast)(a[i]));
    return V(fma)(odd, z, even);
}

/* x between two bounds; nan stays nan. */
INLINE vd V(clamp)(vd x, double low, double high) {
    x = V(select)(V(lt)(x, V(broadcast)(low)), V(broadcast)(low), x);
    return V(select)(V(gt)(x, V(broadcast)(high)), V(broadcast)(high), x);
}

/* 2**k for a whole number k in -1022 .. 1023. */
INLINE vd V(power_of_two)(vd k) { return (vd)(((vi)(k + TO_INTEGER) << 52) + (vi)V(broadcast)(1.0)); }

/* x * 2**k, rounded once, for any whole number k in -2044 .. 2046. */
INLINE vd V(scale)(vd x, vd k) {
#if LEVEL == 2
    return _mm512_scalef_pd(x, k);
#else
    vd half = (k * 0.5 + TO_INTEGER) - TO_INTEGER;
    return x * V(power_of_two)(half) * V(power_of_two)(k - half);
#endif
}

/* What x + y loses in rounding, given their sum; exact for any x and y. */
INLINE vd V(lost)(vd x, vd y, vd sum) {
    vd of_y = sum - x;
    return (x - (sum - of_y)) + (y - of_y);
}

/* exp and its relatives: x = k * log(2) + r + tail with |r| <= log(2) / 2. */
INLINE vd V(exp_reduce)(vd x, vd *r, vd *tail) {
    vd k = V(fma)(x, V(broadcast)(LOG2_OF_E), V(broadcast)(TO_INTEGER)) - TO_INTEGER;
    vd near = V(fma)(-k, V(broadcast)(LN2_1), x);
    *r = V(fma)(-k, V(broadcast)(LN2_2), near);
    *tail = V(fma)(-k, V(broadcast)(LN2_2), near - *r);
    return k;
}

static inline PURE vd V(exp)(vd x) {
    vd r, tail, k = V(exp_reduce)(V(clamp)(x, -800.0, 800.0), &r, &tail);
    return V(scale)(1.0 + V(fma)(r * r, POLYNOMIAL(r, EXP_TAIL), r), k);
}

/* Half of exp(x) - 1 as a sum of two numbers, for x in -60 .. 710: 2**(k - 1) * (exp(r) - 1) + (2**(k - 1) - 1/2). */
INLINE vd V(half_expm1)(vd x, vd *small) {
    vd r, tail, k = V(exp_reduce)(x, &r, &tail), scale = V(power_of_two)(k - 1.0);
    vd whole = scale - 0.5, part = scale * r, sum = whole + part;
    *small = V(fma)(scale, V(fma)(r * r, POLYNOMIAL(r, EXP_TAIL), tail), V(lost)(whole, part, sum));
    return sum;
}

static inline PURE vd V(expm1)(vd x) {
    vd small, sum = V(half_expm1)(V(clamp)(x, -60.0, 710.0), &small);
    return V(select)(V(lt)(V(fabs)(x), V(broadcast)(0x1p-54)), x, 2.0 * (sum + small));
}

/* tanh(x) = e / (1 + e) with e = (exp(2x) - 1) / 2, for positive x; it is 1 to the last digit from 19.1 on. What the
   rounded e and 1 + e leave out moves the quotient q by (of_e - q * of_sum) / (1 + e), and 1 / (1 + e) is 1 - q. */
static inline PURE vd V(tanh)(vd x) {
    vd twice = 2.0 * V(fabs)(x);
    vd small, sum = V(half_expm1)(V(select)(V(gt)(twice, V(broadcast)(40.0)), V(broadcast)(40.0), twice), &small);
    vd e = sum + small, of_e = small - (e - sum), divisor = 1.0 + e;
    vd q = e / divisor, of_sum = V(lost)(V(broadcast)(1.0), e, divisor) + of_e;
    return V(copysign)(q + (of_e - q * of_sum) * (1.0 - q), x);
}

/* log and its relatives: x = 2**k * (1 + f) with 1 + f in sqrt(1/2) .. sqrt(2), for positive finite x; unscale is 2**-k. */
INLINE vd V(log_reduce)(vd x, vd *f, vd *unscale) {
    vm subnormal = V(lt)(x, V(broadcast)(0x1p-1022));
    vi bits = (vi)V(select)(subnormal, x * 0x1p54, x);
    vi exponent = (vi)((vu)(bits + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd)) >> 52);
    *f = (vd)(bits - ((exponent - 1023) << 52)) - 1.0;
    *unscale = (vd)((2047 - exponent) << 52) * 0.5;
    vd k = (vd)(exponent | (vi)V(broadcast)(0x1p52)) - (0x1p52 + 1023);
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
    vd outside = V(select)(V(eq)(x, V(broadcast)(0.0)), V(broadcast)(-INFINITY), V(broadcast)(NAN));
    r = V(select)(V(gt)(x, V(broadcast)(0.0)), r, outside);
    return V(select)(V(eq)(x, V(broadcast)(INFINITY)), x, r);
}

static inline PURE vd V(log)(vd x) {
    vd f, unscale, k = V(log_reduce)(x, &f, &unscale);
    vd small = V(fma)(k, V(broadcast)(LN2_2), V(log_tail)(f));
    return V(log_domain)(x, k * LN2_1 + (f - (0.5 * f * f - small)));
}

static inline PURE vd V(log1p)(vd x) {
    vd u = 1.0 + x, f, unscale, k = V(log_reduce)(u, &f, &unscale);
    vd missing = V(lost)(V(broadcast)(1.0), x, u) * unscale, g = f + missing, tail = missing - (g - f);
    vd small = V(fma)(k, V(broadcast)(LN2_2), V(log_tail)(g) + V(fma)(-g, tail, tail));
    vd r = V(log_domain)(u, k * LN2_1 + (g - (0.5 * g * g - small)));
    return V(select)(V(lt)(V(fabs)(x), V(broadcast)(0x1p-54)), x, r);
}

/* k * unit + log(1 + f) * (factor_1 + factor_2): the leading half of log(1 + f) times factor_1 is exact. */
INLINE vd V(log_of_base)(vd x, double unit_1, double unit_2, double factor_1, double factor_2) {
    vd f, unscale, k = V(log_reduce)(x, &f, &unscale), square = 0.5 * f * f;
    vd high = (vd)((vi)(f - square) & -0x100000000), low = (f - high) - square + V(log_tail)(f);
    vd small = V(fma)(low, V(broadcast)(factor_1), V(fma)(low + high, V(broadcast)(factor_2), k * unit_2));
    vd whole = k * unit_1, part = high * factor_1, sum = whole + part;
    return V(log_domain)(x, sum + (small + V(lost)(whole, part, sum)));
}

LONG vd V(log2)(vd x) { return V(log_of_base)(x, 1.0, 0.0, LOG2_E_1, LOG2_E_2); }
LONG vd V(log10)(vd x) { return V(log_of_base)(x, LOG10_2_1, LOG10_2_2, LOG10_E_1, LOG10_E_2); }

/* sin, cos and tan: x = k * pi / 2 + r + tail with |r| <= pi / 4, for |x| <= LARGEST_ANGLE; k in the low bits returned.
   The parts of pi / 2 together have 152 bits, enough for the double that comes closest to a multiple of it. */
#undef LARGEST_ANGLE
#define LARGEST_ANGLE 1e6
INLINE vi V(angle_reduce)(vd x, vd *r, vd *tail) {
    vd shifted = V(fma)(x, V(broadcast)(TWO_OVER_PI), V(broadcast)(TO_INTEGER)), k = shifted - TO_INTEGER;
    vd first = V(fma)(-k, V(broadcast)(HALF_PI_1), x);
    vd part_2 = -k * HALF_PI_2, second = first + part_2;
    vd part_3 = -k * HALF_PI_3, third = second + part_3;
    vd rest = V(lost)(first, part_2, second) + (V(lost)(second, part_3, third) - k * HALF_PI_4);
    *r = third + rest;
    *tail = rest - (*r - third);
    return (vi)shifted;
}

INLINE vd V(sin_polynomial)(vd r, vd tail) {
    vd z = r * r;
    return r + V(fma)(z * r, POLYNOMIAL(z, SIN_TAIL), V(fma)(-0.5 * z, tail, tail));
}

INLINE vd V(cos_polynomial)(vd r, vd tail) {
    vd z = r * r, half = 0.5 * z, whole = 1.0 - half;
    return whole + (((1.0 - whole) - half) + V(fma)(z * z, POLYNOMIAL(z, COS_TAIL), -r * tail));
}

INLINE vm V(odd)(vi k) {
#if LEVEL == 2
    return _mm512_test_epi64_mask((__m512i)k, _mm512_set1_epi64(1));
#else
    return (vm)-(k & 1);
#endif
}

/* sin(x + quarters * pi / 2) */
INLINE vd V(sine)(vd x, int quarters) {
    vd r, tail;
    vi k = V(angle_reduce)(x, &r, &tail) + quarters;
    vd y = V(select)(V(odd)(k), V(cos_polynomial)(r, tail), V(sin_polynomial)(r, tail));
    return (vd)((vi)y ^ ((k & 2) << 62));
}

INLINE vd V(tangent)(vd x) {
    vd r, tail;
    vi k = V(angle_reduce)(x, &r, &tail);
    vd sine = V(sin_polynomial)(r, tail), cosine = V(cos_polynomial)(r, tail);
    vm odd = V(odd)(k);
    return V(select)(odd, -cosine, sine) / V(select)(odd, sine, cosine);
}

/* Angles beyond the reduction's reach are rare: the C library computes them one by one. */
#undef CIRCULAR
#define CIRCULAR(name, formula, tiny)                                                     \
    static __attribute__((noinline, cold)) vd V(name##_of_large)(vd x, vd y) {            \
        EACH_LANE if (fabs(x[lane]) > LARGEST_ANGLE) y[lane] = name(x[lane]);             \
        return y;                                                                         \
    }                                                                                     \
    LONG vd V(name)(vd x) {                                                               \
        vd size = V(fabs)(x), y = V(select)(V(lt)(size, V(broadcast)(0x1p-27)), tiny, formula); \
        return V(any)(V(gt)(size, V(broadcast)(LARGEST_ANGLE))) ? V(name##_of_large)(x, y) : y; \
    }
CIRCULAR(sin, V(sine)(x, 0), x)
CIRCULAR(cos, V(sine)(x, 1), V(broadcast)(1.0))
CIRCULAR(tan, V(tangent)(x), x)

/* The functions from here on keep the rounding errors of products, which takes one instruction where multiply-add is
   rounded once; elsewhere they go lane by lane.

   pow: exp(y * log(x)) with the logarithm and the product in two numbers each, so that the result is rounded about once. */
#if FUSED
/* The sum of two numbers that is log(x), to 65 bits, for positive finite x that is not subnormal. */
INLINE vd V(log_in_two)(vd x, vd *small) {
    vd f, unscale, k = V(log_reduce)(x, &f, &unscale);
    vd d = 2.0 + f, inverse = 1.0 / d, s = f * inverse;
    vd s_low = (V(fma)(-s, d, f) - s * (f - (d - 2.0))) * inverse;
    vd z = s * s, z_low = V(fma)(s, s, -z) + 2.0 * s * s_low;
    vd cube = s * z, cube_low = V(fma)(s, z, -cube) + (s * z_low + s_low * z);
    vd third = cube * TWO_THIRDS_1, third_low = V(fma)(cube, V(broadcast)(TWO_THIRDS_1), -third);
    third_low += V(fma)(cube, V(broadcast)(TWO_THIRDS_2), cube_low * TWO_THIRDS_1);
    vd whole = k * LN2_1, part = 2.0 * s, sum = whole + part, more = sum + third;
    vd rest = V(lost)(whole, part, sum) + V(lost)(sum, third, more) + V(fma)(k, V(broadcast)(LN2_2), 2.0 * s_low);
    rest += V(fma)(cube * z, POLYNOMIAL(z, LOG_REST), third_low);
    vd r = more + rest;
    *small = rest - (r - more);
    return r;
}

/* x ** y for positive finite x that is not subnormal and |y| <= 2**60. */
LONG vd V(pow_of_positive)(vd x, vd y) {
    vd log_low, log_x = V(log_in_two)(x, &log_low), product = y * log_x;
    vd low = V(fma)(y, log_x, -product) + y * log_low, r, tail;
    low = V(select)(V(lt)(V(fabs)(product), V(broadcast)(750.0)), low, V(broadcast)(0.0));
    vd k = V(exp_reduce)(V(clamp)(product, -800.0, 800.0), &r, &tail), moved = r + (tail + low);
    tail = (tail + low) - (moved - r);
    vd sum = 1.0 + moved, small = V(lost)(V(broadcast)(1.0), moved, sum) + V(fma)(moved, tail, tail);
    return V(scale)(sum + V(fma)(moved * moved, POLYNOMIAL(moved, EXP_TAIL), small), k);
}

/* Zeros, subnormal numbers, inf, nan and endless exponents: the C library, one by one. */
static __attribute__((noinline, cold)) vd V(pow_of_special)(vd x, vd y, vd z, unsigned ordinary) {
    EACH_LANE if (!(ordinary >> lane & 1)) z[lane] = pow(x[lane], y[lane]);
    return z;
}

static inline PURE vd V(pow)(vd x, vd y) {
    vd size = V(fabs)(x), half = 0.5 * y;
    vm ordinary = V(both)(V(both)(V(ge)(size, V(broadcast)(0x1p-1022)), V(lt)(size, V(broadcast)(INFINITY))),
                          V(le)(V(fabs)(y), V(broadcast)(0x1p60)));
    vd z = V(pow_of_positive)(size, y);
    vd negative = V(select)(V(eq)(V(rint)(half), half), z, -z);
    negative = V(select)(V(eq)(V(rint)(y), y), negative, V(broadcast)(NAN));
    z = V(select)(V(lt)(x, V(broadcast)(0.0)), negative, z);
    return V(all)(ordinary) ? z : V(pow_of_special)(x, y, z, V(lanes_of)(ordinary));
}

/* erfc(x) for x in 0 .. 28: exp(-x * x) times a ratio that falls from 1 to 1 / (sqrt(pi) * x), as a polynomial in u, which
   is linear in t = 1 / (x + 2.5). What the rounded x * x, t and u leave out is kept and added at the end. */
LONG vd V(erfc_of_positive)(vd x) {
    vd square = x * x, d = x + 2.5, t = 1.0 / d;
    vd t_low = (V(fma)(-t, d, V(broadcast)(1.0)) - t * V(lost)(x, V(broadcast)(2.5), d)) * t;
    vd scaled = t * ERFC_SCALE, u = scaled - ERFC_SHIFT;
    vd u_low = V(lost)(scaled, V(broadcast)(-ERFC_SHIFT), u) + V(fma)(t, V(broadcast)(ERFC_SCALE), -scaled);
    vd higher = V(polynomial)(u, ERFC_RATIO + 1, (int)(sizeof ERFC_RATIO / sizeof ERFC_RATIO[0]) - 1);
    vd upper = u * higher, w = ERFC_RATIO[0] + upper, part = u * w, ratio = ERFC_MIDDLE_1 + part;
    vd w_low = V(lost)(V(broadcast)(ERFC_RATIO[0]), upper, w) + V(fma)(u, higher, -upper);
    vd ratio_low = V(lost)(V(broadcast)(ERFC_MIDDLE_1), part, ratio) + V(fma)(u, w, -part);
    ratio_low += V(fma)(u, w_low, V(broadcast)(ERFC_MIDDLE_2));
    ratio_low += V(fma)(t_low, V(broadcast)(ERFC_SCALE), u_low) * POLYNOMIAL(u, ERFC_SLOPE);
    vd q = ratio * t, q_low = V(fma)(ratio, t, -q) + V(fma)(ratio, t_low, ratio_low * t);
    vd r, tail, k = V(exp_reduce)(-square, &r, &tail);
    tail -= V(fma)(x, x, -square);
    vd moved = r + tail, low = tail - (moved - r);
    vd rise = moved + V(fma)(moved * moved, POLYNOMIAL(moved, EXP_TAIL), V(fma)(low, moved, low));
    return V(scale)(q + V(fma)(q, rise, V(fma)(q_low, rise, q_low)), k);
}

static inline PURE vd V(erfc)(vd x) {
    vd y = V(erfc_of_positive)(V(clamp)(V(fabs)(x), 0.0, 28.0));
    return V(select)(V(lt)(x, V(broadcast)(0.0)), 2.0 - y, y);
}

static inline PURE vd V(erf)(vd x) {
    vd size = V(fabs)(x), square = x * x;
    return CHOOSE(V(lt)(size, V(broadcast)(1.0)), V(fma)(x, POLYNOMIAL(square, ERF_RATIO), x),
                  V(copysign)(1.0 - V(erfc_of_positive)(V(clamp)(size, 0.0, 28.0)), x));
}
#endif

/* Lane by lane. */
#undef BY_LANE
#undef BY_LANE_2
#define BY_LANE(name) LONG vd V(name)(vd x) { EACH_LANE x[lane] = name(x[lane]); return x; }
#define BY_LANE_2(name) \
    LONG vd V(name)(vd x, vd y) { EACH_LANE x[lane] = name(x[lane], y[lane]); return x; }
BY_LANE(cbrt)
BY_LANE(asin)
BY_LANE(acos)
BY_LANE(atan)
BY_LANE(sinh)
BY_LANE(cosh)
BY_LANE(asinh)
BY_LANE(acosh)
BY_LANE(atanh)
#if !FUSED
BY_LANE(erf)
BY_LANE(erfc)
BY_LANE_2(pow)
#endif
BY_LANE_2(atan2)
BY_LANE_2(hypot)
BY_LANE_2(fmod)
