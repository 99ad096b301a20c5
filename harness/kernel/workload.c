// SPDX-License-Identifier: MIT
#include <linux/cpumask.h>
#include <linux/delay.h>

#include "harness/kernel/design.h"
#include "harness/kernel/loops.h"
#include "harness/kernel/workload.h"

enum { MEET_SPINS = 1000 };

const char *const workload_names[NR_WORKLOADS] = {
	[WORKLOAD_SHARE] = "share",
	[WORKLOAD_SPREAD] = "spread",
	[WORKLOAD_TAKEOVER] = "takeover",
	[WORKLOAD_BUSY] = "busy",
	[WORKLOAD_FLAP] = "flap",
	[WORKLOAD_STORM] = "storm",
	[WORKLOAD_RENDEZVOUS] = "rendezvous",
};

const char *const depth_names[NR_DEPTHS] = {
	[DEPTH_CORE] = "core",
	[DEPTH_OPS] = "ops",
};

static int core_claim(struct bus_group *group, struct worker *worker)
{
	int ret = worker->run->bus.ops->group_claim(group->impl, workload_token(worker));

	if (!ret)
		witness_user_enters(group, worker->index + 1);
	return ret;
}

static void core_release(struct bus_group *group, struct worker *worker)
{
	int ret;

	witness_user_leaves(group, worker->index + 1);
	ret = worker->run->bus.ops->group_release(group->impl);
	if (ret)
		violation("group %u: the design refused user %u's release (%d)", group->index,
			  worker->index + 1, ret);
}

static const struct depth_ops core_depth = {
	.bind = bus_bind,
	.unbind = bus_unbind,
	.claim = core_claim,
	.release = core_release,
};

DEFINE_LOOPS(core);

void workload_run(struct worker *worker)
{
	const struct run_spec *spec = &worker->run->spec;
	const struct workload_loops *loops =
		spec->depth == DEPTH_CORE ? &core_loops : spec->design->loops;

	loops->loop[spec->workload](worker);
}

/*
 * Spins at first, so that all threads leave the barrier at the same moment. Then sleeps, because a
 * late thread may need this CPU, or run on a virtual CPU that the host has preempted.
 */
void workload_meet(struct run *run)
{
	int phase = atomic_read(&run->phase);
	unsigned int spins = 0;

	if (atomic_inc_return(&run->arrived) == run->spec.threads) {
		atomic_set(&run->arrived, 0);
		/* Full barrier: all accesses before the meeting happen before all accesses after
		 * it. */
		atomic_inc_return(&run->phase);
		return;
	}
	while (atomic_read_acquire(&run->phase) == phase) {
		if (spins++ < MEET_SPINS)
			cpu_relax();
		else
			usleep_range(10, 50);
	}
}

bool workload_next_round(struct worker *worker)
{
	struct run *run = worker->run;

	if (!worker->index) {
		run->last_round = workload_over(run);
		run->rounds += !run->last_round;
	}
	workload_meet(run);
	return !run->last_round;
}

void workload_delay(unsigned int us)
{
	fsleep(us);
}
