/* SPDX-License-Identifier: MIT */
/* What implementations of configure get from the harness, in the explorer: a state is filled in by
 * a step, looked at by one, and dead when it is discarded. */
#ifndef EXPLORE_CONFIGURE_STANDIN_H
#define EXPLORE_CONFIGURE_STANDIN_H

#include "configure/configure.h"
/* Behind what it stands in for. */
#include "harness/explore/standin.h"

struct iommu_state *explore_state_alloc(const struct site *site, struct toucher *toucher);
void explore_state_fill(
    const struct site *site, struct iommu_state *state, const struct toucher *toucher);
void explore_state_discard(
    const struct site *site, struct iommu_state *state, struct toucher *toucher);
void explore_toucher_assert(const struct site *site, struct toucher *toucher);

/* As iommu_state_new() does it. */
static inline struct iommu_state *explore_state_new(
    const struct site *site, struct toucher *toucher)
{
	struct iommu_state *state = explore_state_alloc(site, toucher);

	explore_state_fill(site, state, toucher);
	return state;
}

#define iommu_state_alloc(toucher) explore_state_alloc(SITE("set-up"), (toucher))
#define iommu_state_fill(state, toucher) explore_state_fill(SITE("fill"), (state), (toucher))
#define iommu_state_new(toucher) explore_state_new(SITE("fill"), (toucher))
#define iommu_state_discard(state, toucher) \
	explore_state_discard(SITE("discard"), (state), (toucher))
#define toucher_assert_locked(toucher) explore_toucher_assert(SITE("device_lock_assert"), (toucher))

#endif
