/* The rows of a batch divided into ranges, which threads take one after the other until none is left.

   Every range has sums of its own, which are added up in the order of the ranges at the end: the result depends on how
   many ranges there are, not on how many threads, nor on which of them was faster. A thread lives for one call:
   starting one takes some 20 to 60 microseconds, which the ranges must repay (see compiled_machine.pyx), and there is
   nothing to keep, to end, or to miss after a fork. */
#ifndef GLASSGRAD_MACHINE_THREADS_H
#define GLASSGRAD_MACHINE_THREADS_H
#include "machine.h"
#include "machine_exact.h"

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
typedef pthread_t machine_thread;
#else
typedef int machine_thread;
#endif

enum { MOST_THREADS = 64 };

typedef struct {
    const machine_batch *batch;
    int target;
    long rows, rows_of_range;
    double *sums; /* of each range: the derivatives, then the sums of the results */
    long next;    /* the range that is taken next */
} machine_job;

typedef struct {
    machine_job *job;
    machine_part part;
    int started;
    machine_thread thread;
} machine_worker;

/* How many numbers the sums of a range are; a whole number of cache lines, so that threads do not share one. */
static inline long machine_sums(const machine_program *p) { return (p->n_roots + p->uniform_slots + 7) / 8 * 8; }

/* Take the next range; 0 when none is left. */
static inline int machine_take(machine_worker *w, long *from, long *to) {
    machine_job *job = w->job;
    const machine_program *p = job->batch->program;
    long range = __atomic_fetch_add(&job->next, 1, __ATOMIC_RELAXED);
    *from = range * job->rows_of_range;
    *to = *from + job->rows_of_range < job->rows ? *from + job->rows_of_range : job->rows;
    if (*from >= job->rows) return 0;
    w->part.dU = job->sums + range * machine_sums(p);
    w->part.sums = w->part.dU + p->uniform_slots;
    memset(w->part.dU, 0, sizeof(double) * (size_t)machine_sums(p));
    return 1;
}

static inline void *machine_work(void *argument) {
    machine_worker *w = argument;
    long from, to;
    while (machine_take(w, &from, &to)) machine_rows(w->job->target, w->job->batch, &w->part, from, to);
    return NULL;
}

/* Start a thread for each worker but the first, which is the caller's own; signals are left to the caller's threads. */
static inline void machine_start(machine_worker *workers, int n) {
    for (int k = 0; k < n; k++) workers[k].started = 0;
#if !defined(_WIN32)
    sigset_t every, before;
    sigfillset(&every);
    if (n > 1 && pthread_sigmask(SIG_SETMASK, &every, &before) == 0) {
        for (int k = 1; k < n; k++)
            workers[k].started = pthread_create(&workers[k].thread, NULL, machine_work, workers + k) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
#endif
}

/* Wait for the threads. */
static inline void machine_join(machine_worker *workers, int n) {
    (void)workers;
    (void)n;
#if !defined(_WIN32)
    for (int k = 1; k < n; k++)
        if (workers[k].started) pthread_join(workers[k].thread, NULL);
#endif
}

/* Add the sums of all ranges to those of the first. */
static inline void machine_add_up(const machine_job *job) {
    long size = machine_sums(job->batch->program);
    for (long range = 1; range * job->rows_of_range < job->rows; range++)
        for (long i = 0; i < size; i++) job->sums[i] += job->sums[range * size + i];
}
#endif
