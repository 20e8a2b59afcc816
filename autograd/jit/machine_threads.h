/* The rows of a batch divided among threads: each has a range of its own, and the sums are added up in their order, so
   that the result depends on how many there are and on nothing else.

   A thread lives for one call. Starting one takes some 20 to 60 microseconds, which the work it is given must repay (see
   compiled_machine.pyx), and there is nothing to keep, to end, or to miss after a fork. */
#ifndef GLASSGRAD_MACHINE_THREADS_H
#define GLASSGRAD_MACHINE_THREADS_H
#include "machine.h"

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
    machine_part part;
    long from, to;
    int target, started;
    machine_thread thread;
} machine_worker;

static inline void *machine_work(void *argument) {
    machine_worker *w = argument;
    machine_rows(w->target, w->batch, &w->part, w->from, w->to);
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

/* Wait for the threads, do what none could be had for, and add everything up in the first worker's part. */
static inline void machine_finish(machine_worker *workers, int n) {
    const machine_program *p = workers->batch->program;
    for (int k = 1; k < n; k++) {
        machine_worker *w = workers + k;
#if !defined(_WIN32)
        if (w->started) pthread_join(w->thread, NULL);
#endif
        if (!w->started) machine_work(w);
        for (long i = 0; i < p->n_roots * p->uniform_slots; i++) workers->part.dU[i] += w->part.dU[i];
        for (int i = 0; i < p->n_roots; i++) workers->part.sums[i] += w->part.sums[i];
    }
}
#endif
