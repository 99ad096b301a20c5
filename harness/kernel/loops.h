/* SPDX-License-Identifier: MIT */
/*
 * The workloads' loops. workload.c includes this header for the driver core, and instance.c once
 * for each design. In both, struct depth_ops is a constant, so the compiler inlines its functions
 * into the loops.
 */
#ifndef HARNESS_KERNEL_LOOPS_H
#define HARNESS_KERNEL_LOOPS_H

#include "harness/kernel/workload.h"

/* How to bind a device and to claim a group. These functions also update the witness. */
struct depth_ops {
	int (*bind)(struct bus_device *dev);
	void (*unbind)(struct bus_device *dev);
	int (*claim)(struct bus_group *group, struct worker *worker);
	void (*release)(struct bus_group *group, struct worker *worker);
};

enum { LOOP_BATCH = 16 }; /* operations between two clock reads */

/*
 * Binds a device, holds it for hold_us, unbinds it, and counts the outcome. Returns 0, or the
 * negative errno of the bind.
 */
static __always_inline int loop_bind(const struct depth_ops *depth, struct worker *worker,
				     struct bus_device *dev)
{
	const struct run_spec *spec = &worker->run->spec;
	int ret = depth->bind(dev);

	if (!ret) {
		worker->binds++;
		if (spec->hold_us)
			workload_delay(spec->hold_us);
		depth->unbind(dev);
	} else if (ret == -EBUSY) {
		worker->refused++;
	} else if (dev->fail) {
		worker->failed++;
	} else {
		violation("group %u: a bind failed unexpectedly (%d)", dev->group->index, ret);
	}
	if (spec->gap_us)
		workload_delay(spec->gap_us);
	return ret;
}

static __always_inline void loop_claim(const struct depth_ops *depth, struct worker *worker,
				       struct bus_group *group)
{
	const struct run_spec *spec = &worker->run->spec;

	if (!depth->claim(group, worker)) {
		worker->claims++;
		if (spec->hold_us)
			workload_delay(spec->hold_us);
		depth->release(group, worker);
	} else {
		worker->claims_refused++;
	}
	if (spec->gap_us)
		workload_delay(spec->gap_us);
}

static __always_inline void loop_share(const struct depth_ops *depth, struct worker *worker)
{
	struct bus_device *dev = workload_device(worker, 0);

	while (!workload_over(worker->run)) {
		for (int i = 0; i < LOOP_BATCH; i++)
			loop_bind(depth, worker, dev);
		cond_resched();
	}
}

static __always_inline void loop_spread(const struct depth_ops *depth, struct worker *worker)
{
	unsigned int groups = worker->run->bus.nr_groups;

	while (!workload_over(worker->run)) {
		for (int i = 0; i < LOOP_BATCH; i++) {
			u32 group = prandom_u32_state(&worker->random) % groups;

			loop_bind(depth, worker, workload_device(worker, group));
		}
		cond_resched();
	}
}

static __always_inline void loop_takeover(const struct depth_ops *depth, struct worker *worker)
{
	if (worker->index >= worker->run->spec.claimers) {
		loop_share(depth, worker);
		return;
	}
	while (!workload_over(worker->run)) {
		loop_claim(depth, worker, &worker->run->bus.groups[0]);
		cond_resched();
	}
}

/* Thread 0 owns the group during the whole window, so every bind must be refused. */
static __always_inline void loop_busy(const struct depth_ops *depth, struct worker *worker)
{
	struct bus_group *group = &worker->run->bus.groups[0];

	if (!worker->index) {
		worker->claims = !depth->claim(group, worker);
		if (!worker->claims)
			violation("group %u: a claim was refused although the group was idle",
				  group->index);
	}
	workload_meet(worker->run);
	loop_share(depth, worker);
	workload_meet(worker->run);
	if (worker->claims)
		depth->release(group, worker);
}

/* Each thread binds a device of its own. Half of the binds fail, at one of three steps. */
static __always_inline void loop_flap(const struct depth_ops *depth, struct worker *worker)
{
	static const enum bus_fail fails[] = {
		BUS_FAIL_NONE,	BUS_FAIL_NONE,	 BUS_FAIL_NONE,
		BUS_FAIL_DEFER, BUS_FAIL_DRIVER, BUS_FAIL_CONFIGURE,
	};
	struct bus_device *dev = workload_device(worker, 0);

	while (!workload_over(worker->run)) {
		dev->fail = fails[prandom_u32_state(&worker->random) % ARRAY_SIZE(fails)];
		loop_bind(depth, worker, dev);
		cond_resched();
	}
}

/* Binds or unbinds this thread's share of the devices. */
static __always_inline void loop_storm_all(const struct depth_ops *depth, struct worker *worker,
					   bool bind)
{
	const struct run *run = worker->run;
	unsigned int nr = run->bus.nr_groups * run->bus.per_group;

	for (unsigned int d = worker->index; d < nr; d += run->spec.threads) {
		if (!bind)
			depth->unbind(run->bus.devices[d]);
		else if (depth->bind(run->bus.devices[d]))
			violation("group %u: a bind failed although no user owned the group",
				  run->bus.devices[d]->group->index);
		else
			worker->binds++;
	}
}

/* Each round binds all devices, as a boot does, and then unbinds them. */
static __always_inline void loop_storm(const struct depth_ops *depth, struct worker *worker)
{
	struct run *run = worker->run;

	while (workload_next_round(worker)) {
		u64 start = ktime_get_ns();

		loop_storm_all(depth, worker, true);
		workload_meet(run);
		if (!worker->index)
			run->storm_ns = min(run->storm_ns, ktime_get_ns() - start);
		loop_storm_all(depth, worker, false);
		workload_meet(run);
	}
}

/* Between rounds all devices are unbound. If a claim is refused then, the group has leaked. */
static __always_inline void loop_rendezvous_check(const struct depth_ops *depth,
						  struct worker *worker)
{
	struct run *run = worker->run;
	struct bus_group *group = &run->bus.groups[0];
	int ret = depth->claim(group, worker);

	if (!ret) {
		depth->release(group, worker);
		return;
	}
	run->leaks++;
	violation("group %u: leaked: a claim was refused (%d) although no device was bound",
		  group->index, ret);
	if (bus_renew_group(&run->bus, group))
		run->abort = true;
}

/* In each round two removes, or a remove and a probe, run concurrently in the driver core. */
static __always_inline void loop_rendezvous(const struct depth_ops *depth, struct worker *worker)
{
	struct bus_device *dev = workload_device(worker, 0);
	bool second = worker->index;
	int bound = 0;

	for (unsigned int round = 0; workload_next_round(worker); round++) {
		bool probes = second && round % 2;

		if (!probes)
			bound = !depth->bind(dev);
		workload_meet(worker->run);
		if (probes)
			bound = !depth->bind(dev);
		else if (bound)
			depth->unbind(dev);
		workload_meet(worker->run);
		if (probes && bound)
			depth->unbind(dev);
		worker->binds += bound;
		worker->refused += !bound;
		workload_meet(worker->run);
		if (!second)
			loop_rendezvous_check(depth, worker);
	}
}

/* DEFINE_LOOPS(name) defines name_loops, whose loops use the constant name_depth. */
#define DEFINE_LOOP(name, kind)                          \
	static void name##_##kind(struct worker *worker) \
	{                                                \
		loop_##kind(&name##_depth, worker);      \
	}
#define DEFINE_LOOPS(name)                                      \
	DEFINE_LOOP(name, share)                                \
	DEFINE_LOOP(name, spread)                               \
	DEFINE_LOOP(name, takeover)                             \
	DEFINE_LOOP(name, busy)                                 \
	DEFINE_LOOP(name, flap)                                 \
	DEFINE_LOOP(name, storm)                                \
	DEFINE_LOOP(name, rendezvous)                           \
	static const struct workload_loops name##_loops = {     \
		.loop[WORKLOAD_SHARE] = name##_share,           \
		.loop[WORKLOAD_SPREAD] = name##_spread,         \
		.loop[WORKLOAD_TAKEOVER] = name##_takeover,     \
		.loop[WORKLOAD_BUSY] = name##_busy,             \
		.loop[WORKLOAD_FLAP] = name##_flap,             \
		.loop[WORKLOAD_STORM] = name##_storm,           \
		.loop[WORKLOAD_RENDEZVOUS] = name##_rendezvous, \
	}

#endif
