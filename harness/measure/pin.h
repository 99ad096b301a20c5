/* SPDX-License-Identifier: MIT */
/* Binds a run's threads to CPUs that this process may use, with hwloc. */
#ifndef HARNESS_MEASURE_PIN_H
#define HARNESS_MEASURE_PIN_H

#include <sched.h>

#include "harness/error.h"

enum pin_policy {
	PIN_COMPACT, /* neighbours first: SMT siblings, then cores, then packages */
	PIN_SCATTER, /* as far apart as the machine allows */
	PIN_CORE,    /* one thread per core; SMT siblings stay idle */
	PIN_NONE,
};

struct pin_plan {
	unsigned int nr_threads;
	unsigned int nr_cpus; /* number of different CPUs; less than nr_threads: oversubscribed */
	int *cpus;            /* OS number of each thread's CPU; -1: not bound */
};

/* Makes a plan. If there are more threads than CPUs, the CPUs are assigned repeatedly. Returns 0,
 * or -1 with the error set. */
int pin_plan_make(
    struct pin_plan *plan, enum pin_policy policy, unsigned int nr_threads, struct error *err);
void pin_plan_free(struct pin_plan *plan);

/* Binds the calling thread to `cpu`, unless it is -1. Returns 0 or a negative errno. */
int pin_thread(int cpu);

/* Returns the number of CPUs that this process may use, at least 1. */
unsigned int pin_nr_cpus(void);

#endif
