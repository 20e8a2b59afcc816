/* The mathematics library on vectors, within 2 units in the last place, special values as in the C library.

   Each function reduces its argument to a small interval, exactly or with the rounding error kept, evaluates a
   polynomial there (coefficients.h), and puts the result together so that the largest term is rounded last. Lanes
   outside the domain are computed like the others and replaced at the end: nothing branches on a single lane. Only rare
   lanes, of huge angles for example, go through the C library one by one. All lanes do so in functions that keep the
   rounding errors of products, where multiply-add is rounded twice: there that takes many instructions. */
#ifndef GLASSGRAD_COEFFICIENTS
#define GLASSGRAD_COEFFICIENTS
#include "coefficients.h"
/* Adding this rounds a number below 2**51 to a whole one and leaves it in the low bits. */
#define TO_INTEGER 0x1.8p52
#endif

/* Functions are there twice: IN_LOOP(name) for the loop of the operation that is nothing but that, where constants stay
   in registers, and V(name) for formulas, a call where the function is long. The baseline saves that room. */
#undef CALLED
#undef CALLED_2
#undef IN_LOOP
#define CALLED(name) LONG vd V(name)(vd x) { return V(name##_inlined)(x); }
#define CALLED_2(name) LONG vd V(name)(vd x, vd y) { return V(name##_inlined)(x, y); }
#if LEVEL > 0
#define IN_LOOP(name) V(name##_inlined)
#else
#define IN_LOOP(name) V(name)
#endif

/* The C library's function, in every lane or in those that are not ordinary. */
#undef BY_LANE
#undef BY_LANE_2
#undef BY_LANE_WHERE_NOT
#define BY_LANE(name) LONG vd V(name)(vd x) { EACH_LANE x[lane] = name(x[lane]); return x; }
#define BY_LANE_2(name) \
    LONG vd V(name)(vd x, vd y) { EACH_LANE x[lane] = name(x[lane], y[lane]); return x; }
#define BY_LANE_WHERE_NOT(name)                                                                            \
    static __attribute__((noinline, cold)) vd V(name##_of_special)(vd x, vd y, vd z, unsigned ordinary) {  \
        EACH_LANE if (!(ordinary >> lane & 1)) z[lane] = name(x[lane], y[lane]);                           \
        return z;                                                                                          \
    }

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
INLINE vd V(clamp)(vd x, double low, double high) { return V(at_most)(V(at_least)(x, low), high); }

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

/* x / 2**exponent, in 1 .. 2, for positive finite x. */
INLINE vd V(fraction_of)(vd x, vd *exponent) {
#if LEVEL == 2
    *exponent = _mm512_getexp_pd(x);
    return _mm512_getmant_pd(x, _MM_MANT_NORM_1_2, _MM_MANT_SIGN_src);
#else
    vm subnormal = V(lt)(x, V(broadcast)(0x1p-1022));
    vi bits = (vi)V(select)(subnormal, x * 0x1p54, x);
    vd count = (vd)((vi)((vu)bits >> 52) | (vi)V(broadcast)(0x1p52)) - (0x1p52 + 1023);
    *exponent = V(select)(subnormal, count - 54.0, count);
    return (vd)((bits & 0x000fffffffffffff) | (vi)V(broadcast)(1.0));
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

#include "vector_exponentials.h"
#include "vector_logarithms.h"
#include "vector_angles.h"
#include "vector_powers.h"
#include "vector_erf.h"
