/* exp, expm1, tanh, sinh and cosh on vectors; see vector_math.h. */

/* exp and its relatives: x = k * log(2) + r + tail with |r| <= log(2) / 2. */
INLINE vd V(exp_reduce)(vd x, vd *r, vd *tail) {
    vd k = V(fma)(x, V(broadcast)(LOG2_OF_E), V(broadcast)(TO_INTEGER)) - TO_INTEGER;
    vd near = V(fma)(-k, V(broadcast)(LN2_1), x);
    *r = V(fma)(-k, V(broadcast)(LN2_2), near);
    *tail = V(fma)(-k, V(broadcast)(LN2_2), near - *r);
    return k;
}

INLINE vd V(exp_inlined)(vd x) {
    vd r, tail, k = V(exp_reduce)(V(clamp)(x, -800.0, 800.0), &r, &tail);
    return V(scale)(1.0 + V(fma)(r * r, POLYNOMIAL(r, EXP_TAIL), r), k);
}
static inline PURE vd V(exp)(vd x) { return V(exp_inlined)(x); }

/* Half of exp(x) - 1 as a sum of two numbers, for x in -60 .. 710: 2**(k - 1) * (exp(r) - 1) + (2**(k - 1) - 1/2). */
INLINE vd V(half_expm1)(vd x, vd *small) {
    vd r, tail, k = V(exp_reduce)(x, &r, &tail), scale = V(power_of_two)(k - 1.0);
    vd whole = scale - 0.5, part = scale * r, sum = whole + part;
    *small = V(fma)(scale, V(fma)(r * r, POLYNOMIAL(r, EXP_TAIL), tail), V(lost_of_smaller)(whole, part, sum));
    return sum;
}

INLINE vd V(expm1_inlined)(vd x) {
    vd small, sum = V(half_expm1)(V(clamp)(x, -60.0, 710.0), &small);
    return V(select)(V(lt)(V(fabs)(x), V(broadcast)(0x1p-54)), x, 2.0 * (sum + small));
}
static inline PURE vd V(expm1)(vd x) { return V(expm1_inlined)(x); }

/* tanh(x) = e / (1 + e) with e = (exp(2x) - 1) / 2, for positive x; it is 1 to the last digit from 19.1 on. What the
   rounded e and 1 + e leave out moves the quotient q by (of_e - q * of_sum) / (1 + e), and 1 / (1 + e) is 1 - q. */
INLINE vd V(tanh_inlined)(vd x) {
    vd small, sum = V(half_expm1)(V(at_most)(2.0 * V(fabs)(x), 40.0), &small);
    vd e = sum + small, of_e = small - (e - sum), divisor = 1.0 + e;
    vd q = e / divisor, of_sum = V(lost)(V(broadcast)(1.0), e, divisor) + of_e;
    return V(copysign)(q + (of_e - q * of_sum) * (1.0 - q), x);
}
static inline PURE vd V(tanh)(vd x) { return V(tanh_inlined)(x); }

/* sinh and cosh: 2**k * exp(r) and its reciprocal share their even and odd parts, cosh(r) and sinh(r), so that no
   quotient is needed: cosh(x) = up * cosh(r) + down * sinh(r) with up and down the sum and the difference of 2**k / 2
   and 2**-k / 2, and sinh(x) the other way around. All of it is halved once more, for 2**k / 2 may be too large. */
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
CALLED(sinh)
INLINE vd V(cosh_inlined)(vd x) { return V(hyperbolic)(x, 0); }
CALLED(cosh)

