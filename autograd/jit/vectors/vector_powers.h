/* cbrt, hypot, pow and fmod on vectors; see vector_math.h. */

/* cbrt(x) = cbrt(m) * 2**q for x = m * 2**(3 * q) with m in 1 .. 8. A root c of m, right to 25 bits, is cut to 26, so
   that its square is exact; then m / c**2 is c * (1 + h) with a small h, and the root c * (1 + h)**(1/3). */
INLINE vd V(cbrt_inlined)(vd x) {
    vd size = V(fabs)(x);
    vd exponent, fraction = V(fraction_of)(size, &exponent);
    vd third = V(floor)(V(fma)(exponent, V(broadcast)(1.0 / 3.0), V(broadcast)(0.1)));
    vd left = V(fma)(third, V(broadcast)(-3.0), exponent);
    vd m = fraction * V(fma)(0.5 * left, left + 1.0, V(broadcast)(1.0)); /* 1, 2 or 4 times */
    vd y = POLYNOMIAL(fraction, INVERSE_CBRT);
    y *= V(fma)(left, V(fma)(left, V(broadcast)(CBRT_STEP_3), V(broadcast)(CBRT_STEP_2)), V(broadcast)(1.0));
    y = V(fma)(y * (1.0 / 3.0), 1.0 - m * y * (y * y), y);
    vd c = (vd)((vi)(m * y * y) & -0x8000000), over = m / (c * c) - c;
    c = V(fma)(over, V(fma)(over * y, V(broadcast)(-1.0 / 9.0), V(broadcast)(1.0 / 3.0)), c);
    c *= V(power_of_two)(third);
    vm ordinary = V(both)(V(gt)(size, V(broadcast)(0.0)), V(lt)(size, V(broadcast)(INFINITY)));
    return V(select)(ordinary, V(copysign)(c, x), x);
}
CALLED(cbrt)

/* The root of the sum of squares, and what squares, sum and root leave out over twice the root. */
BY_LANE_WHERE_NOT(hypot)
INLINE vd V(hypot_inlined)(vd x, vd y) {
    vd of_x = x * x, of_y = y * y, square = of_x + of_y, root = V(sqrt)(square);
    vd more = V(lost)(of_x, of_y, square) + (V(lost_square)(x, of_x) + V(lost_square)(y, of_y));
    vd z = root + V(lost_root)(square, more, root);
    vm ordinary = V(both)(V(gt)(square, V(broadcast)(0x1p-960)), V(lt)(square, V(broadcast)(INFINITY)));
    ordinary = V(either)(ordinary, V(both)(V(eq)(x, V(broadcast)(0.0)), V(eq)(y, V(broadcast)(0.0))));
    return V(all)(ordinary) ? z : V(hypot_of_special)(x, y, z, V(lanes_of)(ordinary));
}
CALLED_2(hypot)

/* pow: exp(y * log(x)) with the logarithm and the product in two numbers each, so that the result is rounded about
   once. */
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

/* Bases of 0 all together, for they are common; subnormal numbers, inf, nan and endless exponents one by one. */
static __attribute__((noinline, cold)) vd V(pow_of_special)(vd x, vd y, vd z, unsigned ordinary) {
    vd half = 0.5 * y, power = V(select)(V(lt)(y, V(broadcast)(0.0)), V(broadcast)(INFINITY), V(broadcast)(1.0));
    power = V(select)(V(gt)(y, V(broadcast)(0.0)), V(broadcast)(0.0), power);
    vm odd = V(both)(V(eq)(V(rint)(y), y), V(ne)(V(rint)(half), half));
    vm zero = V(both)(V(eq)(x, V(broadcast)(0.0)), V(eq)(y, y));
    z = V(select)(zero, V(select)(odd, V(copysign)(power, x), power), z);
    ordinary |= V(lanes_of)(zero);
    EACH_LANE if (!(ordinary >> lane & 1)) z[lane] = pow(x[lane], y[lane]);
    return z;
}

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
CALLED_2(pow)

/* The remainder is exact: where the rounded quotient is below 2**53, its whole part is the exact one's, or 1 more. */
BY_LANE_WHERE_NOT(fmod)
INLINE vd V(fmod_inlined)(vd x, vd y) {
    vd size = V(fabs)(x), divisor = V(fabs)(y), quotient = size / divisor;
    vd rest = V(fma)(-V(floor)(quotient), divisor, size);
    rest = V(select)(V(lt)(rest, V(broadcast)(0.0)), rest + divisor, rest);
    vm ordinary = V(both)(V(lt)(quotient, V(broadcast)(0x1p53)), V(lt)(divisor, V(broadcast)(INFINITY)));
    rest = V(copysign)(rest, x);
    return V(all)(ordinary) ? rest : V(fmod_of_special)(x, y, rest, V(lanes_of)(ordinary));
}
CALLED_2(fmod)
#else
BY_LANE_2(pow)
BY_LANE_2(fmod)
#endif
