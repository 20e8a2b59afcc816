/* Vectors of LANES numbers (`vd`) and of as many conditions (`vm`), for the target and precision one_target.h is at.

   The numbers are of type `real`: double, or float where SINGLE is 1. Arithmetic is written with operators, which the
   compiler's vector extensions give; comparisons, choices and rounding are functions, because the best instructions for
   them differ. Nothing here traps, and nan and -0.0 keep their meaning. */
#ifndef vd
#define vd V(reals)
#define vi V(integers)
#define vu V(naturals)
#define vm V(mask)
#endif

/* X512(add) is the intrinsic for 512 bits of this precision, WHOLE the size from which on every number is whole. */
#undef X128
#undef X256
#undef X512
#undef V128
#undef V256
#undef COMPARE_512
#undef INTEGER
#undef NATURAL
#undef LARGEST
#undef WHOLE
#if SINGLE
#define X128(name) _mm_##name##_ps
#define X256(name) _mm256_##name##_ps
#define X512(name) _mm512_##name##_ps
#define V128 __m128
#define V256 __m256
#define COMPARE_512 _mm512_cmp_ps_mask
#define INTEGER int32_t
#define NATURAL uint32_t
#define LARGEST INT32_MAX
#define WHOLE 0x1p23f
#else
#define X128(name) _mm_##name##_pd
#define X256(name) _mm256_##name##_pd
#define X512(name) _mm512_##name##_pd
#define V128 __m128d
#define V256 __m256d
#define COMPARE_512 _mm512_cmp_pd_mask
#define INTEGER int64_t
#define NATURAL uint64_t
#define LARGEST INT64_MAX
#define WHOLE 0x1p52
#endif

typedef real vd __attribute__((vector_size(sizeof(real) * LANES)));
typedef INTEGER vi __attribute__((vector_size(sizeof(real) * LANES)));
typedef NATURAL vu __attribute__((vector_size(sizeof(real) * LANES)));
#if LEVEL < 2
typedef vi vm;
#elif SINGLE
typedef __mmask16 vm;
#else
typedef __mmask8 vm;
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

INLINE vd V(load)(const real *p) { vd x; memcpy(&x, p, sizeof x); return x; }
INLINE void V(store)(real *p, vd x) { memcpy(p, &x, sizeof x); }
/* A number in every lane; subtracting +0.0 keeps -0.0 as it is. */
INLINE vd V(broadcast)(real a) { return a - (vd){0}; }

/* A mask of the first n lanes, n < LANES, for the instructions that read or write only these. */
#if LEVEL == 2
INLINE vm V(first)(long n) { return (vm)((1u << n) - 1); }
#elif LEVEL == 1
INLINE __m256i V(first)(long n) {
    static const INTEGER lanes[2 * LANES] = {-1, -1, -1, -1,
#if SINGLE
                                             -1, -1, -1, -1
#endif
    };
    return _mm256_loadu_si256((const __m256i *)(lanes + LANES - n));
}
#endif

/* The first n numbers, n < LANES, and zeros; memory beyond them is not touched. */
INLINE vd V(load_some)(const real *p, long n) {
#if LEVEL == 2
    return X512(maskz_loadu)(V(first)(n), p);
#elif LEVEL == 1
    return X256(maskload)(p, V(first)(n));
#else
    vd x = {0};
    EACH_LANE if (lane < n) x[lane] = p[lane];
    return x;
#endif
}

INLINE void V(store_some)(real *p, vd x, long n) {
#if LEVEL == 2
    X512(mask_storeu)(p, V(first)(n), x);
#elif LEVEL == 1
    X256(maskstore)(p, V(first)(n), x);
#else
    EACH_LANE if (lane < n) p[lane] = x[lane];
#endif
}

/* The first n lanes, n < LANES, zero in the others. */
INLINE vd V(first_lanes)(vd x, long n) {
#if LEVEL == 2
    return X512(maskz_mov)(V(first)(n), x);
#elif LEVEL == 1
    return (vd)((vi)x & (vi)V(first)(n));
#else
    EACH_LANE if (lane >= n) x[lane] = 0;
    return x;
#endif
}

/* Conditions. Every comparison with nan is false, except that nan != x is true. */
#undef COMPARISON
#if LEVEL == 2
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return COMPARE_512(x, y, code); }
#elif LEVEL == 1
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return (vm)X256(cmp)(x, y, code); }
#elif defined(__SSE2__)
#define COMPARISON(name, op, code) INLINE vm V(name)(vd x, vd y) { return (vm)X128(cmp##name)(x, y); }
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
INLINE vm V(truth)(vd x) { return V(ne)(x, V(broadcast)(0)); }

/* The lanes whose condition holds, as the low bits of a number. */
INLINE unsigned V(lanes_of)(vm m) {
#if LEVEL == 2
    return m;
#elif LEVEL == 1
    return (unsigned)X256(movemask)((V256)m);
#elif defined(__SSE2__)
    return (unsigned)X128(movemask)((V128)m);
#elif defined(__wasm_simd128__) && !SINGLE
    return wasm_i64x2_bitmask((v128_t)m);
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
    return X512(mask_blend)(m, y, x);
#elif LEVEL == 1
    return X256(blendv)(y, x, (V256)m);
#elif defined(__SSE2__)
    return X128(or)(X128(and)((V128)m, x), X128(andnot)((V128)m, y));
#else
    return (vd)((m & (vi)x) | (~m & (vi)y));
#endif
}

/* The same for costly x and y: a side that no lane wants is not computed. */
#undef CHOOSE
#define CHOOSE(condition, x, y)                                               \
    __extension__({                                                           \
        vm which = (condition);                                               \
        V(select)(which, V(any)(which) ? (x) : V(broadcast)(0),               \
                  V(all)(which) ? V(broadcast)(0) : (y));                     \
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
    return X512(fmadd)(x, y, z);
#elif LEVEL == 1
    return X256(fmadd)(x, y, z);
#elif defined(__aarch64__) && SINGLE
    return (vd)vfmaq_f32((float32x4_t)z, (float32x4_t)x, (float32x4_t)y);
#elif defined(__aarch64__)
    return (vd)vfmaq_f64((float64x2_t)z, (float64x2_t)x, (float64x2_t)y);
#else
    return x * y + z;
#endif
}

INLINE vd V(sqrt)(vd x) {
#if LEVEL == 2
    return X512(sqrt)(x);
#elif LEVEL == 1
    return X256(sqrt)(x);
#elif defined(__SSE2__)
    return X128(sqrt)(x);
#elif defined(__wasm_simd128__) && !SINGLE
    return (vd)wasm_f64x2_sqrt((v128_t)x);
#else
    EACH_LANE x[lane] = (real)sqrt(x[lane]);
    return x;
#endif
}

INLINE vd V(fabs)(vd x) { return (vd)((vi)x & LARGEST); }
/* The bound where x is beyond it; nan stays nan. */
INLINE vd V(at_most)(vd x, real bound) {
#if LEVEL == 2
    return X512(min)(V(broadcast)(bound), x);
#elif LEVEL == 1
    return X256(min)(V(broadcast)(bound), x);
#elif defined(__SSE2__)
    return X128(min)(V(broadcast)(bound), x);
#elif defined(__wasm_simd128__) && !SINGLE
    return (vd)wasm_f64x2_pmin((v128_t)x, wasm_f64x2_splat(bound));
#else
    return V(select)(V(gt)(x, V(broadcast)(bound)), V(broadcast)(bound), x);
#endif
}

INLINE vd V(at_least)(vd x, real bound) {
#if LEVEL == 2
    return X512(max)(V(broadcast)(bound), x);
#elif LEVEL == 1
    return X256(max)(V(broadcast)(bound), x);
#elif defined(__SSE2__)
    return X128(max)(V(broadcast)(bound), x);
#elif defined(__wasm_simd128__) && !SINGLE
    return (vd)wasm_f64x2_pmax((v128_t)x, wasm_f64x2_splat(bound));
#else
    return V(select)(V(lt)(x, V(broadcast)(bound)), V(broadcast)(bound), x);
#endif
}

/* The lanes whose sign bit is set, -0.0 among them. */
INLINE vm V(negative)(vd x) {
#if LEVEL == 2 && SINGLE
    return _mm512_movepi32_mask((__m512i)x);
#elif LEVEL == 2
    return _mm512_movepi64_mask((__m512i)x);
#else
    return (vm)((vi)x >> (8 * (int)sizeof(real) - 1));
#endif
}

/* The size of x with the sign of y. */
INLINE vd V(copysign)(vd x, vd y) { return (vd)(((vi)x & LARGEST) | ((vi)y & ~LARGEST)); }

/* To the nearest whole number, ties to even. From WHOLE on every number is whole; below, adding WHOLE rounds. */
INLINE vd V(rint)(vd x) {
#if LEVEL == 2
    return X512(roundscale)(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif LEVEL == 1
    return X256(round)(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
#elif defined(__wasm_simd128__) && !SINGLE
    return (vd)wasm_f64x2_nearest((v128_t)x);
#else
    vd size = V(fabs)(x), rounded = (size + WHOLE) - WHOLE;
    return V(select)(V(lt)(size, V(broadcast)(WHOLE)), V(copysign)(rounded, x), x);
#endif
}

INLINE vd V(floor)(vd x) {
#if LEVEL == 2
    return X512(roundscale)(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#elif LEVEL == 1
    return X256(round)(x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC);
#elif defined(__wasm_simd128__) && !SINGLE
    return (vd)wasm_f64x2_floor((v128_t)x);
#else
    vd nearest = V(rint)(x);
    return V(copysign)(V(select)(V(gt)(nearest, x), nearest - 1, nearest), x);
#endif
}

INLINE vd V(ceil)(vd x) { return -V(floor)(-x); }
INLINE vd V(trunc)(vd x) { return V(copysign)(V(floor)(V(fabs)(x)), x); }

#if SINGLE
/* The lower and the upper half of the lanes in double precision, and back. */
typedef float V(half) __attribute__((vector_size(2 * LANES)));
INLINE D(reals) V(lower)(vd x) {
#if LEVEL == 2
    return _mm512_cvtps_pd(_mm512_castps512_ps256(x));
#elif LEVEL == 1
    return _mm256_cvtps_pd(_mm256_castps256_ps128(x));
#endif
    V(half) half;
    memcpy(&half, &x, sizeof half);
    return __builtin_convertvector(half, D(reals));
}

INLINE D(reals) V(upper)(vd x) {
#if LEVEL == 2
    return _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1));
#elif LEVEL == 1
    return _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1));
#endif
    V(half) half;
    memcpy(&half, (char *)&x + sizeof half, sizeof half);
    return __builtin_convertvector(half, D(reals));
}

INLINE vd V(joined)(D(reals) lower, D(reals) upper) {
#if LEVEL == 2
    return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(lower)), _mm512_cvtpd_ps(upper), 1);
#elif LEVEL == 1
    return _mm256_set_m128(_mm256_cvtpd_ps(upper), _mm256_cvtpd_ps(lower));
#elif defined(__SSE2__)
    return _mm_movelh_ps(_mm_cvtpd_ps(lower), _mm_cvtpd_ps(upper));
#else
    vd x;
    for (int lane = 0; lane < LANES / 2; lane++)
        x[lane] = (float)lower[lane], x[lane + LANES / 2] = (float)upper[lane];
    return x;
#endif
}

/* The sums of lanes that lie half the lanes apart, without rounding to single precision. */
INLINE D(reals) V(folded)(vd x) { return V(lower)(x) + V(upper)(x); }
INLINE double V(sum)(vd x) { return D(sum)(V(folded)(x)); }
#else
INLINE vd V(folded)(vd x) { return x; }

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
#endif
