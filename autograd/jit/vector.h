/* Vectors of LANES doubles (`vd`) and of as many conditions (`vm`), for the target that each_target.h is at.

   Arithmetic is written with operators, which the compiler's vector extensions give; comparisons, choices and rounding
   are functions, because the best instructions for them differ. Nothing here traps, and nan and -0.0 keep their meaning. */
#ifndef vd
#define vd V(reals)
#define vi V(integers)
#define vu V(naturals)
#define vm V(mask)
#endif

typedef double vd __attribute__((vector_size(8 * LANES)));
typedef int64_t vi __attribute__((vector_size(8 * LANES)));
typedef uint64_t vu __attribute__((vector_size(8 * LANES)));
#if LEVEL == 2
typedef __mmask8 vm;
#else
typedef vi vm;
#endif

#undef INLINE
#define INLINE static inline __attribute__((always_inline, unused))
#undef PURE
#define PURE __attribute__((const, unused))
/* For functions so long that copies of them would crowd out everything else. */
#undef LONG
#define LONG static __attribute__((const, unused, noinline))
/* Before a loop whose count is known: at -O2 GCC keeps such loops unless told, Clang unrolls them anyway. */
#undef UNROLLED
#if defined(__clang__)
#define UNROLLED
#else
#define UNROLLED _Pragma("GCC unroll 16")
#endif
#undef EACH_LANE
#define EACH_LANE for (int lane = 0; lane < LANES; lane++)

INLINE vd V(load)(const double *p) { vd x; memcpy(&x, p, sizeof x); return x; }
INLINE void V(store)(double *p, vd x) { memcpy(p, &x, sizeof x); }
/* A number in every lane; subtracting +0.0 keeps -0.0 as it is. */
INLINE vd V(broadcast)(double a) { return a - (vd){0}; }

/* The first n numbers, n < LANES, and zeros; memory beyond them is not touched. */
INLINE vd V(load_some)(const double *p, long n) {
#if LEVEL == 2
    return _mm512_maskz_loadu_pd((__mmask8)((1u << n) - 1), p);
#else
    vd x = {0};
    EACH_LANE if (lane < n) x[lane] = p[lane];
    return x;
#endif
}

INLINE void V(store_some)(double *p, vd x, long n) {
#if LEVEL == 2
    _mm512_mask_storeu_pd(p, (__mmask8)((1u << n) - 1), x);
#else
    EACH_LANE if (lane < n) p[lane] = x[lane];
#endif
}

/* Conditions. Every comparison with nan is false, except that nan != x is true. */
#undef COMPARISON
#if LEVEL == 2
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return _mm512_cmp_pd_mask(x, y, code); }
#elif LEVEL == 1
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return (vm)_mm256_cmp_pd(x, y, code); }
#elif defined(__SSE2__)
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return (vm)_mm_cmp##name##_pd(x, y); }
#else
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return (vm)(x op y); }
#endif
COMPARISON(lt, <, _CMP_LT_OQ)
COMPARISON(le, <=, _CMP_LE_OQ)
COMPARISON(gt, >, _CMP_GT_OQ)
COMPARISON(ge, >=, _CMP_GE_OQ)
COMPARISON(eq, ==, _CMP_EQ_OQ)
INLINE vm V(not)(vm a) { return (vm)~a; }
INLINE vm V(ne)(vd x, vd y) { return V(not)(V(eq)(x, y)); }

INLINE vm V(both)(vm a, vm b) { return (vm)(a & b); }
INLINE vm V(either)(vm a, vm b) { return (vm)(a | b); }
INLINE vm V(differ)(vm a, vm b) { return (vm)(a ^ b); }
INLINE vm V(truth)(vd x) { return V(ne)(x, V(broadcast)(0.0)); }
INLINE vm V(odd)(vi k) {
#if LEVEL == 2
    return _mm512_test_epi64_mask((__m512i)k, _mm512_set1_epi64(1));
#else
    return (vm)-(k & 1);
#endif
}

/* The lanes whose condition holds, as the low bits of a number. */
INLINE unsigned V(lanes_of)(vm m) {
#if LEVEL == 2
    return m;
#elif LEVEL == 1
    return (unsigned)_mm256_movemask_pd((__m256d)m);
#elif defined(__SSE2__)
    return (unsigned)_mm_movemask_pd((__m128d)m);
#else
    unsigned lanes = 0;
    EACH_LANE lanes |= (unsigned)(m[lane] & 1) << lane;
    return lanes;
#endif
}

INLINE int V(any)(vm m) { return V(lanes_of)(m) != 0; }
INLINE int V(all)(vm m) { return V(lanes_of)(m) == (1u << LANES) - 1; }

/* x where the condition holds, y elsewhere. */
INLINE vd V(select)(vm m, vd x, vd y) {
#if LEVEL == 2
    return _mm512_mask_blend_pd(m, y, x);
#elif LEVEL == 1
    return _mm256_blendv_pd(y, x, (__m256d)m);
#elif defined(__SSE2__)
    return _mm_or_pd(_mm_and_pd((__m128d)m, x), _mm_andnot_pd((__m128d)m, y));
#else
    return (vd)((m & (vi)x) | (~m & (vi)y));
#endif
}

/* The same for costly x and y: a side that no lane wants is not computed. */
#undef CHOOSE
#define CHOOSE(condition, x, y)                                               \
    __extension__({                                                           \
        vm which = (condition);                                               \
        V(select)(which, V(any)(which) ? (x) : V(broadcast)(0.0),             \
                  V(all)(which) ? V(broadcast)(0.0) : (y));                   \
    })

#undef FUSED
#if LEVEL >= 1 || defined(__aarch64__)
#define FUSED 1
#else
#define FUSED 0
#endif
/* x * y + z; rounded once where the target can do that in one instruction, else twice. */
INLINE vd V(fma)(vd x, vd y, vd z) {
#if LEVEL == 2
    return _mm512_fmadd_pd(x, y, z);
#elif LEVEL == 1
    return _mm256_fmadd_pd(x, y, z);
#elif defined(__aarch64__)
    return (vd)vfmaq_f64((float64x2_t)z, (float64x2_t)x, (float64x2_t)y);
#else
    return x * y + z;
#endif
}

INLINE vd V(sqrt)(vd x) {
#if LEVEL == 2
    return _mm512_sqrt_pd(x);
#elif LEVEL == 1
    return _mm256_sqrt_pd(x);
#elif defined(__SSE2__)
    return _mm_sqrt_pd(x);
#else
    EACH_LANE x[lane] = sqrt(x[lane]);
    return x;
#endif
}

INLINE vd V(fabs)(vd x) { return (vd)((vi)x & INT64_MAX); }
/* The size of x with the sign of y. */
INLINE vd V(copysign)(vd x, vd y) { return (vd)(((vi)x & INT64_MAX) | ((vi)y & INT64_MIN)); }

/* To the nearest whole number, ties to even. From 2**52 on every number is whole; below, adding 2**52 rounds. */
INLINE vd V(rint)(vd x) {
#if LEVEL == 2
    return _mm512_roundscale_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif LEVEL == 1
    return _mm256_round_pd(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#else
    vd size = V(fabs)(x), rounded = (size + 0x1p52) - 0x1p52;
    return V(select)(V(lt)(size, V(broadcast)(0x1p52)), V(copysign)(rounded, x), x);
#endif
}

INLINE vd V(floor)(vd x) {
#if LEVEL == 2
    return _mm512_roundscale_pd(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#elif LEVEL == 1
    return _mm256_round_pd(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#else
    vd nearest = V(rint)(x);
    return V(copysign)(V(select)(V(gt)(nearest, x), nearest - 1.0, nearest), x);
#endif
}

INLINE vd V(ceil)(vd x) { return -V(floor)(-x); }
INLINE vd V(trunc)(vd x) { return V(copysign)(V(floor)(V(fabs)(x)), x); }

/* The sum of the lanes, by halves: for eight ((0+4)+(2+6)) + ((1+5)+(3+7)). */
INLINE double V(sum)(vd x) {
#if LEVEL >= 1
#if LEVEL == 2
    __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd(x, 1));
#else
    __m256d four = x;
#endif
    __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
    return two[0] + two[1];
#else
    double part[LANES];
    memcpy(part, &x, sizeof part);
    for (int half = LANES / 2; half > 0; half /= 2)
        for (int lane = 0; lane < half; lane++) part[lane] += part[lane + half];
    return part[0];
#endif
}
