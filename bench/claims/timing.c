/* SPDX-License-Identifier: MIT */
#include "bench/claims/timing.h"

#include <stdlib.h>
#include <string.h>

#include "bench/claims/experiment.h"
#include "harness/measure/clock.h"
#include "harness/ownership/ownership.h"
#include "harness/stats/interval.h"

static void *idler_main(void *arg)
{
	sem_t *end = arg;

	while (sem_wait(end))
		;
	return NULL;
}

static int start_idler(struct bench_group *group, struct error *err)
{
	int ret;

	sem_init(&group->end, 0, 0);
	ret = pthread_create(&group->idler, NULL, idler_main, &group->end);
	return ret ? error_set(err, "cannot start a thread: %s", strerror(ret)) : 0;
}

int bench_group_create(
    struct bench_group *group, const char *impl, size_t devices, struct error *err)
{
	const struct instance *instance = experiment_instance(impl, err);
	int ret;

	if (!instance)
		return -1;
	*group =
	    (struct bench_group){.impl = ownership_ops(instance), .driver = {.name = "dma_api"}};
	ret = group->impl->about.setup ? group->impl->about.setup() : 0;
	if (!ret && group->impl->about.thread_register)
		ret = group->impl->about.thread_register();
	if (ret)
		return error_set(err, "%s cannot run here: %s", impl, strerror(-ret));
	if (start_idler(group, err) || topology_uniform(1, devices, &group->topology, err))
		return -1;
	if (!model_create(&group->model, group->impl, &group->topology, err))
		return 0;
	topology_free(&group->topology);
	return -1;
}

void bench_group_destroy(struct bench_group *group)
{
	model_destroy(&group->model);
	topology_free(&group->topology);
	if (group->impl->about.thread_unregister)
		group->impl->about.thread_unregister();
	sem_post(&group->end);
	pthread_join(group->idler, NULL);
	sem_destroy(&group->end);
}

static void probe_device(struct bench_group *group, struct device *dev)
{
	bus_probe(group->impl, dev, &group->driver, BUS_FAIL_NONE, BUS_PATH_OPS);
}

static void remove_device(struct bench_group *group, struct device *dev)
{
	bus_remove(group->impl, dev, BUS_PATH_OPS);
}

/* -- warm -- */

/* Times probes without removes in between. In a kernel-owned group a probe costs the same whatever
 * the count is. */
static uint64_t time_probes(struct bench_group *group, struct device *dev, size_t nr)
{
	uint64_t start = clock_ns(), end;

	for (size_t i = 0; i < nr; i++)
		probe_device(group, dev);
	end = clock_ns();
	return end - start;
}

static uint64_t time_pairs(struct bench_group *group, struct device *dev, size_t nr)
{
	uint64_t start = clock_ns(), end;

	for (size_t i = 0; i < nr; i++) {
		probe_device(group, dev);
		remove_device(group, dev);
	}
	end = clock_ns();
	return end - start;
}

/* Calls unuse as often as time_probes() called use. */
static void settle_count(struct bench_group *group, struct device *dev, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (group->impl->unuse_default_domain(dev))
			break; /* the design keeps no count */
	}
	device_set_driver(dev, NULL);
}

double timing_remove_warm(struct bench_group *group, size_t removes)
{
	struct device *dev = bench_device(group, 0);
	uint64_t pairs, probes;

	time_pairs(group, dev, removes / 10 + 1);
	pairs = time_pairs(group, dev, removes);
	probes = time_probes(group, dev, removes);
	settle_count(group, dev, removes);
	return pairs > probes ? (double)(pairs - probes) / (double)removes : 0;
}

/* -- cold -- */

static void flush_lines(const void *address, size_t size)
{
	const char *line = address;

	for (size_t i = 0; i < size; i += 32) {
#if defined(__x86_64__) || defined(__i386__)
		__builtin_ia32_clflush(line + i);
#elif defined(__aarch64__)
		__asm__ volatile("dc civac, %0" ::"r"(line + i) : "memory");
#endif
	}
}

/* Evicts the group by touching other memory, on architectures that have no flush instruction for
 * user space. */
static void drive_out(void)
{
#if !defined(__x86_64__) && !defined(__i386__) && !defined(__aarch64__)
	enum { BYTES = 64 << 20 };
	static volatile char *other;

	if (!other)
		other = malloc(BYTES);
	for (size_t i = 0; other && i < BYTES; i += 32)
		other[i]++;
#endif
}

static void make_cold(struct bench_group *group)
{
	const struct model *model = &group->model;

	flush_lines(model->parts[0].groups, model_group_bytes(group->impl));
	flush_lines(model->parts[0].devices, model->nr_devices * model_device_bytes(group->impl));
	drive_out();
	atomic_thread_fence(memory_order_seq_cst); /* wait for the flushes to complete */
}

/* Returns the least nanoseconds between two consecutive readings of the clock. */
static double clock_cost(void)
{
	double best = 1e9;

	for (int i = 0; i < 1000; i++) {
		uint64_t start = clock_ns();
		double took = (double)(clock_ns() - start);

		best = took < best ? took : best;
	}
	return best;
}

double timing_remove_cold(struct bench_group *group, size_t removes)
{
	struct device *dev = bench_device(group, 0);
	double *took = calloc(removes, sizeof(*took));
	const double clock = clock_cost();
	double median = 0;

	for (size_t i = 0; took && i < removes; i++) {
		uint64_t start;

		probe_device(group, dev);
		make_cold(group);
		start = clock_ns();
		remove_device(group, dev);
		took[i] = (double)(clock_ns() - start) - clock;
	}
	if (took)
		median = stats_median(took, removes);
	free(took);
	return median;
}

/* -- the whole group -- */

/* Devices are added at the head of the list, so the model's last device is the first in the
 * list. */
double timing_unbind_all(struct bench_group *group, bool reverse)
{
	const size_t nr = group->model.nr_devices;
	uint64_t start;

	for (size_t i = 0; i < nr; i++)
		probe_device(group, bench_device(group, i));
	start = clock_ns();
	for (size_t i = 0; i < nr; i++)
		remove_device(group, bench_device(group, reverse ? i : nr - 1 - i));
	return clock_seconds_since(start);
}

double timing_query(struct bench_group *group, size_t queries)
{
	struct group *asked = group->model.groups[0];
	uint64_t start = clock_ns();
	uint64_t end;

	for (size_t i = 0; i < queries; i++)
		(void)group->impl->claimed(asked);
	end = clock_ns();
	return (double)(end - start) / (double)queries;
}
