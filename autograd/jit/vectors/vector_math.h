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

/* A long function is inlined into the loop of its own operation; formulas call it. The baseline saves that room. */
#undef OUT_OF_LINE
#undef OUT_OF_LINE_2
#undef IN_LOOP
#define OUT_OF_LINE(name) LONG vd V(name)(vd x) { return V(name##_inlined)(x); }
#define OUT_OF_LINE_2(name) LONG vd V(name)(vd x, vd y) { return V(name##_inlined)(x, y); }
#if LEVEL > 0
#define IN_LOOP(name) V(name##_inlined)
#else
#define IN_LOOP(name) V(name)
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

/* The same where x is 0 or not smaller than y. */
INLINE vd V(lost_of_smaller)(vd x, vd y, vd sum) { return y - (sum - x); }

/* What x * x loses in rounding, given the product. */
INLINE vd V(lost_square)(vd x, vd square) {
#if FUSED
    return V(fma)(x, x, -square);
#else
    vd high = (vd)((vi)x & -0x8000000), low = x - high;
    return (high * high - square) + (high + x) * low;
#endif
}

/* What the root of a number leaves out, where the number is that and more. */
INLINE vd V(lost_root)(vd number, vd more, vd root) {
    vd again = root * root;
    return ((number - again) + (more - V(lost_square)(root, again))) * (0.5 / V(at_least)(root, 0x1p-500));
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
#if LEVEL == 2
    /* a number for each of nan (two kinds), 0, 1, -inf, inf, negative, positive: 3 nan, 4 -inf, 5 inf, 0 as it is */
    return _mm512_fixupimm_pd(r, x, _mm512_set1_epi64(0x03530433), 0);
#endif
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
    return V(log_domain)(x, sum + (small + V(lost_of_smaller)(whole, part, sum)));
}

INLINE vd V(log2_inlined)(vd x) { return V(log_of_base)(x, 1.0, 0.0, LOG2_E_1, LOG2_E_2); }
OUT_OF_LINE(log2)
INLINE vd V(log10_inlined)(vd x) { return V(log_of_base)(x, LOG10_2_1, LOG10_2_2, LOG10_E_1, LOG10_E_2); }
OUT_OF_LINE(log10)

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
    INLINE vd V(name##_inlined)(vd x) {                                                   \
        vd size = V(fabs)(x), y = V(select)(V(lt)(size, V(broadcast)(0x1p-27)), tiny, formula); \
        return V(any)(V(gt)(size, V(broadcast)(LARGEST_ANGLE))) ? V(name##_of_large)(x, y) : y; \
    }                                                                                     \
    OUT_OF_LINE(name)
CIRCULAR(sin, V(sine)(x, 0), x)
CIRCULAR(cos, V(sine)(x, 1), V(broadcast)(1.0))
CIRCULAR(tan, V(tangent)(x), x)

/* sinh and cosh: 2**k * exp(r) and its reciprocal share their even and odd parts, cosh(r) and sinh(r), so that no quotient
   is needed: cosh(x) = up * cosh(r) + down * sinh(r) with up and down the sum and difference of 2**k / 2 and 2**-k / 2, and
   sinh(x) the other way around. All of it is halved once more, since 2**k / 2 may be beyond the largest number. */
INLINE vd V(hyperbolic)(vd x, int odd) {
    vd r, tail, k = V(exp_reduce)(V(at_most)(V(fabs)(x), 710.6), &r, &tail);
    vd grown = V(power_of_two)(k - 2.0), shrunk = V(power_of_two)(-2.0 - V(at_most)(k, 100.0));
    vd up = grown + shrunk, down = grown - shrunk, z = r * r;
    vd of_even = odd ? down : up, of_odd = odd ? up : down, part = of_odd * r, sum = of_even + part;
    vd lost = V(lost_of_smaller)(of_even, part, sum) + (odd ? (grown - down) - shrunk : shrunk - (up - grown));
#if FUSED
    lost += V(fma)(of_odd, r, -part);
#endif
    vd small = V(fma)(of_odd, V(fma)(r * z, POLYNOMIAL(z, SINH_TAIL), tail), lost);
    return 2.0 * (sum + V(fma)(of_even * z, POLYNOMIAL(z, COSH_TAIL), small));
}

INLINE vd V(sinh_inlined)(vd x) {
    return V(select)(V(lt)(V(fabs)(x), V(broadcast)(0x1p-28)), x, V(copysign)(V(hyperbolic)(x, 1), x));
}
OUT_OF_LINE(sinh)
INLINE vd V(cosh_inlined)(vd x) { return V(hyperbolic)(x, 0); }
OUT_OF_LINE(cosh)

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
    vd small = V(fma)(s * z, POLYNOMIAL(z, RATIO_TAIL), V(fma)(k, V(broadcast)(LN2_2), 2.0 * s_low));
    return sum + (V(lost_of_smaller)(whole, part, sum) + small);
}

/* atanh(x) = log((1 + x) / (1 - x)) / 2; the divisor is brought near the numerator by 2**k. */
INLINE vd V(atanh_inlined)(vd x) {
    vd size = V(fabs)(x), more = 1.0 + size, less = 1.0 - size;
    vd more_low = size - (more - 1.0), less_low = (1.0 - less) - size;
    vu apart = (vu)((vi)more - (vi)less + 0x0008000000000000);
    vi steps = (vi)(apart & 0xfff0000000000000);
    vd k = (vd)((vi)(apart >> 52) | (vi)V(broadcast)(0x1p52)) - 0x1p52;
    less = (vd)((vi)less + steps);
    less_low *= (vd)(steps + (vi)V(broadcast)(1.0));
    vd d = more + less, d_low = V(lost)(more, less, d) + (more_low + less_low);
    vm none = V(eq)(k, V(broadcast)(0.0)); /* then n / d is x */
    vd n = V(select)(none, size, more - less), n_low = V(select)(none, V(broadcast)(0.0), more_low - less_low);
    d = V(select)(none, V(broadcast)(1.0), d);
    d_low = V(select)(none, V(broadcast)(0.0), d_low);
    vd y = 0.5 * V(log_of_ratio)(k, n, n_low, d, d_low);
    vd outside = V(select)(V(eq)(size, V(broadcast)(1.0)), V(broadcast)(INFINITY), V(broadcast)(NAN));
    return V(copysign)(V(select)(V(lt)(size, V(broadcast)(1.0)), y, outside), x);
}
OUT_OF_LINE(atanh)

/* asin and acos: up to 1/2 by a polynomial, beyond by asin(x) = pi / 2 - 2 * asin(s) with s = sqrt((1 - x) / 2), whose
   square z is exact. The result is base * pi / 4 + v + ..., where v is x, s or 2 * s with either sign and v_low what
   the rounded root leaves out. */
INLINE vd V(arc)(vd base, vd v, vd v_low, vd z) {
    vd whole = base * QUARTER_PI_1, sum = whole + v;
    vd small = V(fma)(v * z, POLYNOMIAL(z, ASIN_TAIL), V(fma)(base, V(broadcast)(QUARTER_PI_2), v_low));
    return sum + (small + V(lost_of_smaller)(whole, v, sum));
}

INLINE vm V(arc_reduce)(vd size, vd *z, vd *root, vd *root_low) {
    vm large = V(gt)(size, V(broadcast)(0.5));
    vd half = 0.5 - 0.5 * size;
    *root = V(sqrt)(half);
    *root_low = V(select)(large, V(lost_root)(half, V(broadcast)(0.0), *root), V(broadcast)(0.0));
    *z = V(select)(large, half, size * size);
    return large;
}

INLINE vd V(asin_inlined)(vd x) {
    vd size = V(fabs)(x), z, root, root_low;
    vm large = V(arc_reduce)(size, &z, &root, &root_low);
    vd base = V(select)(large, V(broadcast)(2.0), V(broadcast)(0.0));
    return V(copysign)(V(arc)(base, V(select)(large, -2.0 * root, size), -2.0 * root_low, z), x);
}
OUT_OF_LINE(asin)

INLINE vd V(acos_inlined)(vd x) {
    vd z, root, root_low, two = V(copysign)(V(broadcast)(2.0), x);
    vm large = V(arc_reduce)(V(fabs)(x), &z, &root, &root_low);
    vd base = V(select)(large, 2.0 - two, V(broadcast)(2.0));
    return V(arc)(base, V(select)(large, two * root, -x), two * root_low, z);
}
OUT_OF_LINE(acos)

/* The angle of the point (x, y) for x and y that are not negative, in the quadrant right of it or, where `left` says so,
   left of it: a multiple of pi / 4 and the angle r between the point and that direction, whose tangent t is at most 1/2. */
INLINE vd V(angle_of)(vd y, vd x, vm left) {
    vm steep = V(gt)(y, x);
    vd a = V(select)(steep, x, y), b = V(select)(steep, y, x);
    vm diagonal = V(gt)(a + a, b);
    vd n = V(select)(diagonal, a - b, a), d = V(select)(diagonal, a + b, b);
    vd base = V(select)(diagonal, V(broadcast)(1.0), V(broadcast)(0.0));
    base = V(select)(steep, 2.0 - base, base);
    base = V(select)(left, 4.0 - base, base);
    n = V(select)(V(differ)(steep, left), -n, n);
    d = V(at_least)(d, 0x1p-1000); /* where both are 0 */
#if FUSED
    vd d_low = V(select)(diagonal, a - (d - b), V(broadcast)(0.0)), inverse = 1.0 / d, t = n * inverse;
    vd t_low = V(fma)(-t, d_low, V(fma)(-t, d, n)) * inverse;
#else
    vd t = n / d, t_low = {0};
#endif
    vd z = t * t, whole = base * QUARTER_PI_1, sum = whole + t;
    vd small = V(fma)(t * z, POLYNOMIAL(z, ATAN_TAIL), V(fma)(base, V(broadcast)(QUARTER_PI_2), t_low));
    return sum + (V(lost_of_smaller)(whole, t, sum) + small);
}

INLINE vd V(atan_inlined)(vd x) { /* from 2**64 on it is pi / 2 to the last digit */
    vm nowhere = V(ne)(V(broadcast)(0.0), V(broadcast)(0.0));
    return V(copysign)(V(angle_of)(V(at_most)(V(fabs)(x), 0x1p64), V(broadcast)(1.0), nowhere), x);
}
OUT_OF_LINE(atan)

/* Where quotients and products could overflow or underflow, and at infinities: the C library, one by one. */
#undef BY_LANE_WHERE_NOT
#define BY_LANE_WHERE_NOT(name)                                                                     \
    static __attribute__((noinline, cold)) vd V(name##_of_special)(vd x, vd y, vd z, unsigned ordinary) { \
        EACH_LANE if (!(ordinary >> lane & 1)) z[lane] = name(x[lane], y[lane]);                    \
        return z;                                                                                   \
    }
BY_LANE_WHERE_NOT(atan2)
BY_LANE_WHERE_NOT(hypot)

INLINE vd V(atan2_inlined)(vd y, vd x) {
    vd height = V(fabs)(y), width = V(fabs)(x), size = V(select)(V(gt)(height, width), height, width);
    vd z = V(copysign)(V(angle_of)(height, width, V(negative)(x)), y);
    vm ordinary = V(both)(V(gt)(size, V(broadcast)(0x1p-900)), V(lt)(size, V(broadcast)(0x1p1000)));
    ordinary = V(either)(ordinary, V(eq)(size, V(broadcast)(0.0)));
    return V(all)(ordinary) ? z : V(atan2_of_special)(y, x, z, V(lanes_of)(ordinary));
}
OUT_OF_LINE_2(atan2)

/* The root of the sum of squares, and what squares, sum and root leave out over twice the root. */
INLINE vd V(hypot_inlined)(vd x, vd y) {
    vd of_x = x * x, of_y = y * y, square = of_x + of_y, root = V(sqrt)(square);
    vd more = V(lost)(of_x, of_y, square) + (V(lost_square)(x, of_x) + V(lost_square)(y, of_y));
    vd z = root + V(lost_root)(square, more, root);
    vm ordinary = V(both)(V(gt)(square, V(broadcast)(0x1p-960)), V(lt)(square, V(broadcast)(INFINITY)));
    ordinary = V(either)(ordinary, V(both)(V(eq)(x, V(broadcast)(0.0)), V(eq)(y, V(broadcast)(0.0))));
    return V(all)(ordinary) ? z : V(hypot_of_special)(x, y, z, V(lanes_of)(ordinary));
}
OUT_OF_LINE_2(hypot)

/* cbrt(x) = cbrt(m) * 2**q for x = m * 2**(3 * q) with m in 1 .. 8. A root c of m to 25 bits is cut to 26, so that its square
   is exact; then m / c**2 is c * (1 + h) with a small h, and the root c * (1 + h)**(1/3). */
INLINE vd V(cbrt_inlined)(vd x) {
    vd size = V(fabs)(x);
    vm subnormal = V(lt)(size, V(broadcast)(0x1p-1022));
    vi bits = (vi)V(select)(subnormal, size * 0x1p54, size);
    vd exponent = (vd)((vi)((vu)bits >> 52) | (vi)V(broadcast)(0x1p52)) - 0x1p52; /* 3 * 341 more than that of 1 */
    vd third = V(floor)(V(fma)(exponent, V(broadcast)(1.0 / 3.0), V(broadcast)(0.1))), left = exponent - 3.0 * third;
    vd fraction = (vd)((bits & 0x000fffffffffffff) | (vi)V(broadcast)(1.0));
    vd m = fraction * V(fma)(0.5 * left, left + 1.0, V(broadcast)(1.0)); /* 1, 2 or 4 times */
    vd y = POLYNOMIAL(fraction, INVERSE_CBRT);
    y *= V(fma)(left, V(fma)(left, V(broadcast)(CBRT_STEP_3), V(broadcast)(CBRT_STEP_2)), V(broadcast)(1.0));
    y = V(fma)(y * (1.0 / 3.0), 1.0 - m * y * (y * y), y);
    vd c = (vd)((vi)(m * y * y) & -0x8000000), over = m / (c * c) - c;
    c = V(fma)(over, V(fma)(over * y, V(broadcast)(-1.0 / 9.0), V(broadcast)(1.0 / 3.0)), c);
    third = V(select)(subnormal, third - 18.0, third) - 341.0;
    c *= V(power_of_two)(third);
    vm ordinary = V(both)(V(gt)(size, V(broadcast)(0.0)), V(lt)(size, V(broadcast)(INFINITY)));
    return V(select)(ordinary, V(copysign)(c, x), x);
}
OUT_OF_LINE(cbrt)

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
INLINE vd V(pow_of_positive)(vd x, vd y) {
    vd log_low, log_x = V(log_in_two)(x, &log_low), product = y * log_x;
    vd low = V(fma)(y, log_x, -product) + y * log_low, r, tail;
    low = V(select)(V(lt)(V(fabs)(product), V(broadcast)(750.0)), low, V(broadcast)(0.0));
    vd k = V(exp_reduce)(V(clamp)(product, -800.0, 800.0), &r, &tail), moved = r + (tail + low);
    tail = (tail + low) - (moved - r);
    vd sum = 1.0 + moved, small = V(lost)(V(broadcast)(1.0), moved, sum) + V(fma)(moved, tail, tail);
    return V(scale)(sum + V(fma)(moved * moved, POLYNOMIAL(moved, EXP_TAIL), small), k);
}

/* Zeros, subnormal numbers, inf, nan and endless exponents. */
BY_LANE_WHERE_NOT(pow)

INLINE vd V(pow_inlined)(vd x, vd y) {
    vd size = V(fabs)(x), half = 0.5 * y;
    vm ordinary = V(both)(V(both)(V(ge)(size, V(broadcast)(0x1p-1022)), V(lt)(size, V(broadcast)(INFINITY))),
                          V(le)(V(fabs)(y), V(broadcast)(0x1p60)));
    vd z = V(pow_of_positive)(size, y);
    vd negative = V(select)(V(eq)(V(rint)(half), half), z, -z);
    negative = V(select)(V(eq)(V(rint)(y), y), negative, V(broadcast)(NAN));
    z = V(select)(V(lt)(x, V(broadcast)(0.0)), negative, z);
    return V(all)(ordinary) ? z : V(pow_of_special)(x, y, z, V(lanes_of)(ordinary));
}
OUT_OF_LINE_2(pow)

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

/* asinh and acosh, log(w) with w = x + sqrt(x * x + one): while w is below sqrt(2), the sine and cosine hyperbolic of half
   the result have the ratio s = x / (1 + sqrt(...)), or sqrt(...) / (1 + x), which loses no digits where the result is small; above,
   w = 2**k * (d + n) / (d - n). From 2**28 on w is 2 * x to the last digit. */
INLINE vd V(area)(vd size, double one) {
    vm far = V(ge)(size, V(broadcast)(0x1p28));
    vd x = V(select)(far, V(broadcast)(2.0), size), p = x * x, u = p + one;
    vd root = V(sqrt)(u), root_low = V(lost_root)(u, V(lost)(p, V(broadcast)(one), u) + V(lost_square)(x, p), root);
    vd larger = one > 0.0 ? root : x, smaller = one > 0.0 ? x : root, w = larger + smaller;
    vd w_low = (smaller - (w - larger)) + root_low, f, unscale, k = V(log_reduce)(V(select)(far, size, w), &f, &unscale);
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
OUT_OF_LINE(asinh)

INLINE vd V(acosh_inlined)(vd x) {
    vd y = V(select)(V(ge)(x, V(broadcast)(1.0)), V(area)(x, -1.0), V(broadcast)(NAN));
    return V(select)(V(eq)(x, V(broadcast)(INFINITY)), x, y);
}
OUT_OF_LINE(acosh)

/* The remainder is exact: where the rounded quotient is below 2**53, its whole part is that of the exact one or 1 more. */
BY_LANE_WHERE_NOT(fmod)
INLINE vd V(fmod_inlined)(vd x, vd y) {
    vd size = V(fabs)(x), divisor = V(fabs)(y), quotient = size / divisor;
    vd rest = V(fma)(-V(floor)(quotient), divisor, size);
    rest = V(select)(V(lt)(rest, V(broadcast)(0.0)), rest + divisor, rest);
    vm ordinary = V(both)(V(lt)(quotient, V(broadcast)(0x1p53)), V(lt)(divisor, V(broadcast)(INFINITY)));
    rest = V(copysign)(rest, x);
    return V(all)(ordinary) ? rest : V(fmod_of_special)(x, y, rest, V(lanes_of)(ordinary));
}
OUT_OF_LINE_2(fmod)
#endif

/* Lane by lane. */
#undef BY_LANE
#undef BY_LANE_2
#define BY_LANE(name) LONG vd V(name)(vd x) { EACH_LANE x[lane] = name(x[lane]); return x; }
#define BY_LANE_2(name) \
    LONG vd V(name)(vd x, vd y) { EACH_LANE x[lane] = name(x[lane], y[lane]); return x; }
#if !FUSED
BY_LANE(erf)
BY_LANE(erfc)
BY_LANE(asinh)
BY_LANE(acosh)
BY_LANE_2(pow)
BY_LANE_2(fmod)
#endif
