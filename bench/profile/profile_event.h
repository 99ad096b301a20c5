/* SPDX-License-Identifier: MIT */
/* Chooses the events that a profile samples or counts, from those that the machine and this
 * process's privileges permit. */
#ifndef BENCH_PROFILE_PROFILE_EVENT_H
#define BENCH_PROFILE_PROFILE_EVENT_H

#include "bench/profile/profile.h"

/* Fills in `chosen` and `note`. Returns 0, or -1 with the error set if nothing can be observed
 * here. */
int profile_choose_event(struct profile *profile, struct error *err);

/* Returns the samples per second on each CPU that the threads use. */
uint64_t profile_frequency(const struct profile *profile, unsigned int threads);

#endif
