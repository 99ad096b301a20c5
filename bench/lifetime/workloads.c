/* SPDX-License-Identifier: MIT */
#include "bench/lifetime/lifetime.h"

const struct workload lifetime_workloads[] = {
    {
	.name = "unbind",
	.summary =
	    "consumers use a device's service; one thread unbinds its driver and binds it again",
	.unit = "uses",
	.family = &family_lifetime,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.scales = true,
	.one_group = true,
	.groups = 1,
	.devices = 1,
    },
    {
	.name = "keep",
	.summary = "like unbind, but with 8 devices, and consumers keep a service for a while, "
		   "like an open file",
	.unit = "uses",
	.family = &family_lifetime,
	.loop = LOOP_PAIRS,
	.path = BUS_PATH_OPS,
	.scales = true,
	.one_group = true,
	.groups = 1,
	.devices = 8,
	.keep_ns = 1000000,
    },
    {.name = NULL},
};

/* The workload of --check=race. It is not listed, because it measures nothing. */
const struct workload lifetime_race = {
    .name = "race",
    .summary = "a user and an unbind race for a fresh provider",
    .unit = "trials",
    .family = &family_lifetime,
    .loop = LOOP_RACE,
    .path = BUS_PATH_OPS,
    .groups = RACE_GROUPS,
};
