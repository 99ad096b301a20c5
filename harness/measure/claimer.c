/* SPDX-License-Identifier: MIT */
/*
 * A user who wants a group now and then: one attempt after another until it is granted, then the
 * release, then a rest. Each attempt is timed, and the time from the first to the one that is
 * granted. The other threads probe and remove at full speed.
 */
#include "harness/measure/claimer.h"

#include "harness/measure/latency.h"

static bool claim_once(struct engine_thread *thread, struct group *group)
{
	const struct impl_ops *impl = thread->engine->spec->instance->ops;
	uint64_t start = latency_start();
	int ret = impl->group_claim(group, worker_owner(&thread->worker));

	latency_end(LATENCY_CLAIM, start);
	if (ret)
		thread->worker.tally.claims_refused++;
	return !ret;
}

static void release(struct engine_thread *thread, struct group *group)
{
	const struct impl_ops *impl = thread->engine->spec->instance->ops;
	uint64_t start = latency_start();
	int ret = impl->group_release(group);

	latency_end(LATENCY_RELEASE, start);
	thread->worker.tally.claims++;
	if (ret)
		thread->worker.tally.unpaired++;
}

void claimer_begin(struct engine_thread *thread, struct claimer *claimer)
{
	const struct worker *worker = &thread->worker;

	*claimer = (struct claimer){
	    .group = step_device(worker->trace[worker->next & worker->mask])->group,
	    .next_ns = clock_ns() + thread->engine->spec->claim_every_ns,
	};
}

void claimer_close(struct engine_thread *thread, const struct claimer *claimer)
{
	thread->latency->unsuccessful += claimer->first_ns != 0;
}

void claimer_step(struct engine_thread *thread, struct claimer *claimer)
{
	if (!claimer->first_ns) {
		if (clock_ns() < claimer->next_ns)
			return;
		/* He waits from when he was to begin, also where his last claim made him late. */
		claimer->first_ns = claimer->next_ns;
		claimer->next_ns += thread->engine->spec->claim_every_ns;
	}
	if (!claim_once(thread, claimer->group))
		return;
	latency_end(LATENCY_CLAIM_SUCCESS, claimer->first_ns);
	claimer->first_ns = 0;
	release(thread, claimer->group);
}
