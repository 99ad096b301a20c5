/* SPDX-License-Identifier: MIT */
/* Single operations timed in this thread, where a loop of the engine shows pairs alone. */
#ifndef BENCH_CLAIMS_TIMING_H
#define BENCH_CLAIMS_TIMING_H

#include <pthread.h>
#include <semaphore.h>

#include "harness/error.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

/* One group of an implementation, in the experiment's own process. */
struct bench_group {
	const struct impl_ops *impl;
	struct topology topology;
	struct model model;
	struct driver driver;
	pthread_t idler;
	sem_t end;
};

/* Sets the implementation up, once in a process, and registers this thread. Starts another, which
 * sleeps: glibc's mutex does without atomics in a process of one thread. */
int bench_group_create(
    struct bench_group *group, const char *impl, size_t devices, struct error *err);
void bench_group_destroy(struct bench_group *group);

static inline struct device *bench_device(struct bench_group *group, size_t i)
{
	return group->model.devices[i];
}

/* Nanoseconds of one remove of a device whose siblings are unbound; the mean of `removes`, in warm
 * caches: pairs less the probes among them. */
double timing_remove_warm(struct bench_group *group, size_t removes);

/* The same, the median of `removes` of which each finds nothing of the group in the caches. */
double timing_remove_cold(struct bench_group *group, size_t removes);

/* Seconds to unbind the whole group, the devices in list order or in reverse. */
double timing_unbind_all(struct bench_group *group, bool reverse);

/* Nanoseconds of one claimed(), the mean of `queries`. */
double timing_query(struct bench_group *group, size_t queries);

#endif
