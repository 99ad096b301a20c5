/* SPDX-License-Identifier: MIT */
/*
 * Negative control: device_slots, but a claim does not force a fence on the probers. If a store to
 * a slot is still in the store buffer, the walk misses it, and the prober has not seen the claim
 * either.
 */
#include "impl.h"

#include "asymmetric.h"
#undef membarrier_heavy
#define membarrier_heavy() ((void)0)
#define CONTROL_SUMMARY "device_slots_unguarded, but a claim skips membarrier()"
#define CONTROL_CLASS CLASS_UNSAFE
#define OVER_FENCE "fence/membarrier.h"
#include "device_slots.h"
