/* SPDX-License-Identifier: MIT */
/* Where the threads of a run are bound, by hwloc, within the CPUs that this process may use. */
#ifndef HARNESS_MEASURE_PIN_H
#define HARNESS_MEASURE_PIN_H

#include <sched.h>

#include "harness/error.h"

enum pin_policy {
	PIN_COMPACT, /* neighbours first: SMT siblings, then cores, then packages */
	PIN_SCATTER, /* as far apart as the machine allows */
	PIN_CORE,    /* one thread on each core, SMT siblings left idle */
	PIN_NONE,
};

struct pin_plan {
	unsigned int nr_threads;
	unsigned int nr_cpus; /* different CPUs in the plan; fewer than threads: oversubscribed */
	int *cpus;            /* OS number of the CPU of each thread; -1: not bound */
};

/* More threads than CPUs go round. 0, or -1 with the error set. */
int pin_plan_make(
    struct pin_plan *plan, enum pin_policy policy, unsigned int nr_threads, struct error *err);
void pin_plan_free(struct pin_plan *plan);

/* Binds the calling thread; `cpu` as in the plan. 0 or a negative errno. */
int pin_thread(int cpu);

/* CPUs that this process may use, at least 1. */
unsigned int pin_nr_cpus(void);

#endif
