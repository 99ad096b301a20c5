/* SPDX-License-Identifier: MIT */
/*
 * The contract of first-touch configuration: several contexts may set up a device's IOMMU state for
 * the first time at once. A driver's probe comes under the device's lock; a driver that configures
 * a device by hand, as of_dma_configure() was called in 2023, does not.
 *
 * Whoever has touched a device holds its state: one for the device, the same for all, and complete.
 * That is safe, and all else is not. A state may be set up twice if all but one are discarded.
 *
 * An implementation is one file in impl/configure/ that includes this header and its lock, and ends
 * with
 *
 *	static const struct configure_ops impl = { .summary = ..., ... };
 *
 * Its name is its file's name; nothing else has to be edited.
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

/* What a state holds when it is complete: its address and this. */
#define IOMMU_STATE_COMPLETE UINT64_C(0x6a09e667f3bcc908)

/* What the kernel keeps in dev->iommu. Plain: what orders its set-up before others' looks is the
 * implementation. */
struct iommu_state {
	uint64_t complete;
};

struct iommu_device {
	_Alignas(128) pthread_mutex_t lock;  /* device_lock */
	_Atomic(bool) added;                 /* the harness's: others see the device */
	_Alignas(128) unsigned char state[]; /* the implementation's: device_size bytes, zeroed */
};

/* One context that touches a device. */
struct toucher {
	bool locked;        /* it holds the device's lock */
	uint64_t turns;     /* of a delay that a set-up lasts */
	uint64_t set_ups;   /* states that it has set up, */
	uint64_t discarded; /* and those of them that nobody was given */
	uint64_t reports;   /* of a lock's assertion */
};

static inline void iommu_state_fill(struct iommu_state *state, const struct toucher *toucher)
{
	for (uint64_t turns = toucher->turns; turns; turns--)
		__asm__ volatile("" : "+r"(turns));
	state->complete = (uint64_t)(uintptr_t)state ^ IOMMU_STATE_COMPLETE;
}

/* A state without content; never NULL. */
static inline struct iommu_state *iommu_state_alloc(struct toucher *toucher)
{
	struct iommu_state *state = calloc(1, sizeof(*state));

	if (!state)
		abort(); /* some bytes */
	toucher->set_ups++;
	return state;
}

/* A complete one. */
static inline struct iommu_state *iommu_state_new(struct toucher *toucher)
{
	struct iommu_state *state = iommu_state_alloc(toucher);

	iommu_state_fill(state, toucher);
	return state;
}

/* One that nobody was given. */
static inline void iommu_state_discard(struct iommu_state *state, struct toucher *toucher)
{
	toucher->discarded++;
	free(state);
}

static inline bool iommu_state_is_complete(const struct iommu_state *state)
{
	return state->complete == ((uint64_t)(uintptr_t)state ^ IOMMU_STATE_COMPLETE);
}

/* As the kernel's device_lock_assert() with lockdep: says so, and goes on. */
static inline void toucher_assert_locked(struct toucher *toucher)
{
	if (__builtin_expect(!toucher->locked, false))
		toucher->reports++;
}

struct configure_ops {
	union {
		struct impl_about about; /* its class is CLASS_SAFE or CLASS_UNSAFE */
		struct {
			IMPL_ABOUT_MEMBERS
		};
	};
	size_t device_size; /* bytes of device->state */

	/* Optional: before the first and after the last touch; one thread. */
	int (*device_init)(struct iommu_device *dev);
	void (*device_destroy)(struct iommu_device *dev);

	/* Sets the device's state up, if that has not been done. Not NULL. */
	struct iommu_state *(*touch)(struct iommu_device *dev, struct toucher *toucher);

	/* The state that stays, or NULL; nobody touches the device any more. */
	struct iommu_state *(*state)(struct iommu_device *dev);
};

#endif
