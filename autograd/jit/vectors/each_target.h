/* Includes the file that TARGET_BODY names once for each kind of processor: the baseline of the architecture, AVX2 and
   AVX-512 (the last two on x86-64 only). In the body, V(name) is `name` with the target's suffix, and vector.h,
   vector_math.h and kernels_vector.h have been included; outside, `best_target()` says which suffix to call. A
   SINGLE_BODY is included once more for each target, for vectors of floats: see one_target.h.

       #define TARGET_BODY "machine_body.h"
       #include "each_target.h"

   Compile with -ffp-contract=off: the compiler must not fuse what the scalar kernels round twice. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if !defined(__GNUC__)
#error "glassgrad's vector kernels need the vector extensions of GCC or Clang"
#endif

#if defined(__x86_64__)
#define WIDE_TARGETS 1
#include <immintrin.h>
#else
#define WIDE_TARGETS 0
#endif
#if defined(__aarch64__)
#include <arm_neon.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

#ifndef GLASSGRAD_TARGETS
#define GLASSGRAD_TARGETS
enum target { BASELINE, AVX2, AVX512, TARGETS };
static const char *const TARGET_NAMES[] = {"baseline", "avx2", "avx512"};

/* Whether this processor, and its operating system, can run the code of a target. */
static int has_target(int target) {
#if WIDE_TARGETS
    __builtin_cpu_init();
    if (target == AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma");
    if (target == AVX2)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
    return target == BASELINE;
}

/* The widest target that this processor can run. */
static inline int best_target(void) {
    return has_target(AVX512) ? AVX512 : has_target(AVX2) ? AVX2 : BASELINE;
}
#endif

#define LEVEL 0
#define DOUBLE_LANES 2
#define D(name) name##_baseline
#define F(name) name##_single_baseline
#include "one_target.h"
#undef F
#undef D
#undef DOUBLE_LANES
#undef LEVEL

#if WIDE_TARGETS
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,fma")
#endif
#define LEVEL 1
#define DOUBLE_LANES 4
#define D(name) name##_avx2
#define F(name) name##_single_avx2
#include "one_target.h"
#undef F
#undef D
#undef DOUBLE_LANES
#undef LEVEL
#if defined(__clang__)
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl"))), apply_to = function)
#else
#pragma GCC pop_options
#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512dq,avx512vl")
#endif
#define LEVEL 2
#define DOUBLE_LANES 8
#define D(name) name##_avx512
#define F(name) name##_single_avx512
#include "one_target.h"
#undef F
#undef D
#undef DOUBLE_LANES
#undef LEVEL
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
