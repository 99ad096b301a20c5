/* SPDX-License-Identifier: MIT */
/*
 * The claimer is a thread that claims a group at a fixed rate, while the other threads probe and
 * remove at full speed. When a claim is due, the claimer retries until it is granted, releases the
 * group, and idles until the next claim is due. Two latencies are measured: the duration of each
 * attempt, and the time from when the claim was due until it was granted.
 */
#include "harness/measure/claimer.h"

#include <ck_pr.h>

#include "harness/measure/latency.h"

static bool claim_once(struct engine_thread *thread, struct group *group)
{
	const struct impl_ops *impl = thread->engine->spec->instance->ops;
	uint64_t start = latency_start();
	int ret = impl->group_claim(group, worker_owner(&thread->worker));

	latency_end(ret ? LATENCY_CLAIM_REFUSED : LATENCY_CLAIM_GRANTED, start);
	if (ret)
		thread->worker.tally.claims_refused++;
	return !ret;
}

static void release_group(struct engine_thread *thread, struct group *group)
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
		if (clock_ns() < claimer->next_ns) {
			/* If this CPU shares a core with a prober's, waiting must not slow the
			 * prober down. Otherwise designs with slow claims would seem fast. */
			ck_pr_stall();
			return;
		}
		/*
		 * A claim waits from the time when it is due, even if the previous one is still
		 * pending then. Otherwise a slow claim would hide the wait of the claims after it.
		 */
		claimer->first_ns = claimer->next_ns;
		claimer->next_ns += thread->engine->spec->claim_every_ns;
	}
	if (!claim_once(thread, claimer->group))
		return;
	latency_end(LATENCY_CLAIM_SUCCESS, claimer->first_ns);
	claimer->first_ns = 0;
	release_group(thread, claimer->group);
}
