/* SPDX-License-Identifier: MIT */
/* Times single operations in the calling thread. The engine's loops time only pairs of probe and
 * remove. */
#ifndef BENCH_CLAIMS_TIMING_H
#define BENCH_CLAIMS_TIMING_H

#include <pthread.h>
#include <semaphore.h>

#include "harness/error.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

/* A group of one implementation, in the process of the experiment. */
struct bench_group {
	const struct impl_ops *impl;
	struct topology topology;
	struct model model;
	struct driver driver;
	pthread_t idler;
	sem_t end;
};

/* Sets up the implementation, which is possible once per process, and registers the calling thread.
 * Also starts a second thread that sleeps, because in a single-threaded process glibc's mutex
 * avoids atomic operations. Returns 0, or -1 with the error set. */
int bench_group_create(
    struct bench_group *group, const char *impl, size_t devices, struct error *err);
void bench_group_destroy(struct bench_group *group);

static inline struct device *bench_device(struct bench_group *group, size_t i)
{
	return group->model.devices[i];
}

/* Returns the nanoseconds of a remove with warm caches and all siblings unbound: the mean over
 * `removes` pairs of probe and remove, less the time of as many probes. */
double timing_remove_warm(struct bench_group *group, size_t removes);

/* Returns the median nanoseconds of `removes` removes, each with the group flushed from the
 * caches and all siblings unbound. */
double timing_remove_cold(struct bench_group *group, size_t removes);

/* Returns the seconds needed to unbind the whole group, in list order or in reverse. */
double timing_unbind_all(struct bench_group *group, bool reverse);

/* Returns the nanoseconds of one claimed(), the mean over `queries`. */
double timing_query(struct bench_group *group, size_t queries);

#endif
