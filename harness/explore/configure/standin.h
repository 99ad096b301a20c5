/* SPDX-License-Identifier: MIT */
/* Replaces functions that configure implementations use. Filling a state and looking at it become
 * steps, and uses of a discarded state are reported. */
#ifndef EXPLORE_CONFIGURE_STANDIN_H
#define EXPLORE_CONFIGURE_STANDIN_H

#include "configure/configure.h"
/* Must be included after the header whose functions it replaces. */
#include "harness/explore/standin.h"

struct iommu_state *explore_state_alloc(
    const struct source_location *site, struct toucher *toucher);
void explore_state_fill(
    const struct source_location *site, struct iommu_state *state, const struct toucher *toucher);
void explore_state_discard(
    const struct source_location *site, struct iommu_state *state, struct toucher *toucher);
void explore_toucher_assert(const struct source_location *site, struct toucher *toucher);

/* Allocates and fills in a state, like iommu_state_new(). */
static inline struct iommu_state *explore_state_new(
    const struct source_location *site, struct toucher *toucher)
{
	struct iommu_state *state = explore_state_alloc(site, toucher);

	explore_state_fill(site, state, toucher);
	return state;
}

#define iommu_state_alloc(toucher) explore_state_alloc(SOURCE_LOCATION("set-up"), (toucher))
#define iommu_state_fill(state, toucher) \
	explore_state_fill(SOURCE_LOCATION("fill"), (state), (toucher))
#define iommu_state_new(toucher) explore_state_new(SOURCE_LOCATION("fill"), (toucher))
#define iommu_state_discard(state, toucher) \
	explore_state_discard(SOURCE_LOCATION("discard"), (state), (toucher))
#define toucher_assert_locked(toucher) \
	explore_toucher_assert(SOURCE_LOCATION("device_lock_assert"), (toucher))

#endif
