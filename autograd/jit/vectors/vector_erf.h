/* erf and erfc on vectors; see vector_math.h. */

#if FUSED
/* erfc(x) for x in 0 .. 28: exp(-x * x) times a ratio that falls from 1 to 1 / (sqrt(pi) * x), as a polynomial in u,
   which is linear in t = 1 / (x + 2.5). What the rounded x * x, t and u leave out is kept and added at the end. */
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
#else
BY_LANE(erf)
BY_LANE(erfc)
#endif
