/* The optimizers' updates of contiguous numbers, for this processor: see linear.h. */
#ifndef GLASSGRAD_UPDATES_H
#define GLASSGRAD_UPDATES_H
#include "kernels.h"
#define TARGET_BODY "linear.h"
#include "each_target.h"

#if WIDE_TARGETS
#define AT_TARGET(name, ...)                                              \
    do {                                                                  \
        int target = best_target();                                       \
        if (target == AVX512) name##_avx512(__VA_ARGS__);                 \
        else if (target == AVX2) name##_avx2(__VA_ARGS__);                \
        else name##_baseline(__VA_ARGS__);                                \
    } while (0)
#else
#define AT_TARGET(name, ...) name##_baseline(__VA_ARGS__)
#endif

static void updates_add(Py_ssize_t n, double *z, const double *x) { AT_TARGET(add_numbers, n, z, x); }

static void updates_sgd(Py_ssize_t n, double *p, const double *g, double *m, double rate, double momentum, double decay,
                        int nesterov) {
    AT_TARGET(update_sgd, n, p, g, m, rate, momentum, decay, nesterov);
}

static void updates_adam(Py_ssize_t n, double *p, const double *g, double *m, double *v, const adam_settings *a) {
    AT_TARGET(update_adam, n, p, g, m, v, a);
}
#undef AT_TARGET
#endif
