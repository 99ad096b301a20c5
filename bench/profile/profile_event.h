/* SPDX-License-Identifier: MIT */
/* What a profile samples or counts, as far as this process may and the machine can. */
#ifndef BENCH_PROFILE_PROFILE_EVENT_H
#define BENCH_PROFILE_PROFILE_EVENT_H

#include "bench/profile/profile.h"

/* Fills in `chosen` and `note`. 0, or -1 with an error where nothing can be observed here. */
int profile_choose_event(struct profile *profile, struct error *err);

/* Samples a second on each CPU that the threads use. */
uint64_t profile_frequency(const struct profile *profile, unsigned int threads);

#endif
