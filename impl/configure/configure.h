/* SPDX-License-Identifier: MIT */
/*
 * The contract of first-touch configuration: the first context that touches a device sets up its
 * IOMMU state, and several contexts may do so at once. A driver's probe runs under the device's
 * lock. A driver that configures a device by hand does not hold that lock; some drivers called
 * of_dma_configure() in this way in 2023.
 *
 * All contexts that touch a device must get the same, complete state. An implementation that
 * guarantees this is safe; any other is unsafe. Several states may be set up if all but one are
 * discarded.
 *
 * An implementation is one file in impl/configure/ that includes this header and its lock, and ends
 * with
 *
 *	static const struct configure_ops impl = { .summary = ..., ... };
 *
 * The implementation is named after its file. No other file has to change.
 */
#ifndef CONFIGURE_H
#define CONFIGURE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "about.h"
#include "atomics.h"

/* A complete state holds its own address XORed with this constant. */
#define IOMMU_STATE_COMPLETE UINT64_C(0x6a09e667f3bcc908)

/* The state that the kernel keeps in dev->iommu. A plain field: only the implementation orders its
 * set-up before other threads' loads. */
struct iommu_state {
	uint64_t complete;
};

struct iommu_device {
	_Alignas(128) pthread_mutex_t lock;  /* the device's device_lock */
	_Atomic(bool) added;                 /* for the harness: other threads may use the device */
	_Alignas(128) unsigned char state[]; /* device_size bytes for the implementation, zeroed */
};

/* A context that touches a device. */
struct toucher {
	bool locked;        /* holds the device's lock */
	uint64_t turns;     /* length of a set-up, in delay-loop turns */
	uint64_t set_ups;   /* states that this context has allocated */
	uint64_t discarded; /* states that this context has discarded */
	uint64_t reports;   /* failed assertions that this context holds the lock */
};

static inline void iommu_state_fill(struct iommu_state *state, const struct toucher *toucher)
{
	for (uint64_t turns = toucher->turns; turns; turns--)
		__asm__ volatile("" : "+r"(turns));
	state->complete = (uint64_t)(uintptr_t)state ^ IOMMU_STATE_COMPLETE;
}

/* Allocates a state that is not complete. Never returns NULL. */
static inline struct iommu_state *iommu_state_alloc(struct toucher *toucher)
{
	struct iommu_state *state = calloc(1, sizeof(*state));

	if (!state)
		abort(); /* out of memory, although only a few bytes are needed */
	toucher->set_ups++;
	return state;
}

/* Allocates a complete state. Never returns NULL. */
static inline struct iommu_state *iommu_state_new(struct toucher *toucher)
{
	struct iommu_state *state = iommu_state_alloc(toucher);

	iommu_state_fill(state, toucher);
	return state;
}

/* Frees a state that was never returned to any thread. */
static inline void iommu_state_discard(struct iommu_state *state, struct toucher *toucher)
{
	toucher->discarded++;
	free(state);
}

static inline bool iommu_state_is_complete(const struct iommu_state *state)
{
	return state->complete == ((uint64_t)(uintptr_t)state ^ IOMMU_STATE_COMPLETE);
}

/* Like the kernel's device_lock_assert() with lockdep: reports a caller without the lock, and
 * continues. */
static inline void toucher_assert_locked(struct toucher *toucher)
{
	if (__builtin_expect(!toucher->locked, false))
		toucher->reports++;
}

struct configure_ops {
	union {
		struct impl_about about; /* the class is CLASS_SAFE or CLASS_UNSAFE */
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t device_size; /* bytes of device->state */

	/* Optional. Called by one thread: device_init() before the first touch, and
	 * device_destroy() after the last. */
	int (*device_init)(struct iommu_device *dev);
	void (*device_destroy)(struct iommu_device *dev);

	/* Sets the device's state up if there is none, and returns it. Never returns NULL. */
	struct iommu_state *(*touch)(struct iommu_device *dev, struct toucher *toucher);

	/* Returns the state that the device has kept, or NULL. Called when no thread touches the
	 * device any more. */
	struct iommu_state *(*state)(struct iommu_device *dev);
};

#endif
