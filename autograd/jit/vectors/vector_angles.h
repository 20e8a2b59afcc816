/* sin, cos, tan, asin, acos, atan and atan2 on vectors; see vector_math.h. */

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
    CALLED(name)
CIRCULAR(sin, V(sine)(x, 0), x)
CIRCULAR(cos, V(sine)(x, 1), V(broadcast)(1.0))
CIRCULAR(tan, V(tangent)(x), x)

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
CALLED(asin)

INLINE vd V(acos_inlined)(vd x) {
    vd z, root, root_low, two = V(copysign)(V(broadcast)(2.0), x);
    vm large = V(arc_reduce)(V(fabs)(x), &z, &root, &root_low);
    vd base = V(select)(large, 2.0 - two, V(broadcast)(2.0));
    return V(arc)(base, V(select)(large, two * root, -x), two * root_low, z);
}
CALLED(acos)

/* The angle of the point (x, y) for x and y that are not negative, or of (-x, y) where `left` says so: a multiple of
   pi / 4 and the angle between the point and that direction, whose tangent t is at most 1/2. */
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
CALLED(atan)

/* Where quotients could overflow or underflow: the C library. */
BY_LANE_WHERE_NOT(atan2)
INLINE vd V(atan2_inlined)(vd y, vd x) {
    vd height = V(fabs)(y), width = V(fabs)(x), size = V(select)(V(gt)(height, width), height, width);
    vd z = V(copysign)(V(angle_of)(height, width, V(negative)(x)), y);
    vm ordinary = V(both)(V(gt)(size, V(broadcast)(0x1p-900)), V(lt)(size, V(broadcast)(0x1p1000)));
    ordinary = V(either)(ordinary, V(eq)(size, V(broadcast)(0.0)));
    return V(all)(ordinary) ? z : V(atan2_of_special)(y, x, z, V(lanes_of)(ordinary));
}
CALLED_2(atan2)

