/* SPDX-License-Identifier: MIT */
/*
 * The loop of `share` over mutex_count as one would write it by hand, without the harness's
 * variants: what the generated loops are held against. Run both in one sweep:
 *
 *	ownbench run --impl=mutex_count,handwritten --workload=share --threads=1
 */
#define impl mutex_count_impl
#include "impl/mutex_count.c"
#undef impl

#include "harness/ownership/ownership.h"

static void handwritten_pairs(struct worker *worker, size_t steps)
{
	for (size_t i = 0; i < steps; i++) {
		struct device *dev = (struct device *)worker->trace[i & worker->mask];
		struct mutex_count *g = mutex_count(dev->group);

		atomic_store_explicit(&dev->driver, worker->driver, memory_order_relaxed);
		pthread_mutex_lock(&g->mutex.mutex);
		if (g->owner_cnt && g->owner)
			worker->tally.refused++;
		else
			g->owner_cnt++;
		pthread_mutex_unlock(&g->mutex.mutex);
		pthread_mutex_lock(&g->mutex.mutex);
		g->owner_cnt--;
		pthread_mutex_unlock(&g->mutex.mutex);
		atomic_store_explicit(&dev->driver, NULL, memory_order_relaxed);
	}
	worker->tally.pairs += steps;
}

extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &family_ownership,
    .about = &mutex_count_impl.about,
    .ops = &mutex_count_impl,
    .loops = {[LOOP_PAIRS][BUS_PATH_OPS][false][false] = handwritten_pairs},
};
